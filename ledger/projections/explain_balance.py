"""How each sum of the balance comes about (SPEC 4.3)."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_09_payment.facts import InvoiceIssued
from ledger.agreements.beijing_government_cloud_2025.article_09_payment.state import Invoice, Payments
from ledger.domain.money import Fen, capitals, yuan
from ledger.projections.balance import balance
from ledger.projections.explanation import Explanation, joined, label, summed, weekday

PARTS = ("total", "invoiced", "paid", "outstanding", "payable", "overdue")


def every(x: Explanation) -> None:
    for part in PARTS:
        one(x, part)


def one(x: Explanation, part: str) -> None:
    x.cite("9.1")
    match part:
        case "total":
            _total(x)
        case "invoiced":
            _invoiced(x)
        case "paid":
            _paid(x)
        case "outstanding":
            shown = balance(x.m, x.day)
            x.rest_on(x.m.registration.id)
            x.step("EX_OUTSTANDING", total=shown["total"], paid=shown["paid"], outstanding=shown["outstanding"])
        case "payable":
            _payable(x)
        case "overdue":
            _overdue(x)
        case _:
            x.rest_on(x.m.registration.id)
            x.step("EX_CURRENCY", currency=x.m.agreement.latest.terms.payment.currency)


def _total(x: Explanation) -> None:
    payment = x.m.agreement.latest.terms.payment
    x.cite("9.2")
    x.rest_on(x.m.registration.id, *(fact.id for fact in x.of_type("AmendmentAgreed")))
    parts = summed(instalment.amount for instalment in payment.instalments)
    x.step("EX_TOTAL", total=yuan(payment.total), parts=parts, capitals=capitals(payment.total))


def _invoiced(x: Explanation) -> None:
    for invoice in x.m[Payments].invoices.values():
        if invoice.conforming and not invoice.voided:
            x.step("EX_INVOICE_COUNTS", fact=x.fact(invoice.fact.id), invoice=invoice.id, amount=yuan(invoice.amount))
        elif invoice.voided:
            x.step("EX_INVOICE_VOIDED", fact=x.fact(invoice.fact.id), invoice=invoice.id)
        else:
            faults = [one.code for one in x.m.anomalies if one.fact == invoice.fact.id]
            why = joined(label("anomaly", code) for code in faults)
            x.step("EX_INVOICE_FAULTY", fact=x.fact(invoice.fact.id), invoice=invoice.id, why=why)
    parts = summed(invoice.amount for invoice in _asking(x))
    x.step("EX_INVOICED", parts=parts, sum=balance(x.m, x.day)["invoiced"])


def _asking(x: Explanation) -> list[Invoice]:
    return [invoice for invoice in x.m[Payments].invoices.values() if invoice.conforming and not invoice.voided]


def _paid(x: Explanation) -> None:
    book = x.m[Payments]
    for payment in book.payments.values():
        code = "EX_PAYMENT_RETURNED" if payment.returned else "EX_PAYMENT"
        x.step(code, fact=x.fact(payment.fact.id), amount=yuan(payment.amount))
    parts = summed(payment.amount for payment in book.payments.values() if not payment.returned)
    x.step("EX_PAID", parts=parts, sum=balance(x.m, x.day)["paid"])


def _payable(x: Explanation) -> None:
    unpaid = []
    for invoice in _asking(x):
        left = max(0, invoice.amount - invoice.paid)
        unpaid.append(left)
        x.step("EX_PAYABLE_LINE", fact=x.fact(invoice.fact.id), invoice=invoice.id, amount=yuan(invoice.amount),
               paid=yuan(Fen(invoice.paid)), unpaid=yuan(Fen(left)))  # fmt: skip
    x.step("EX_PAYABLE", parts=summed(unpaid), sum=balance(x.m, x.day)["payable"])


def _overdue(x: Explanation) -> None:
    late = []
    for invoice in _asking(x):
        assert isinstance(invoice.fact.what, InvoiceIssued)
        due = x.m.duties["pay-invoice:" + invoice.id].due_on
        left = max(0, invoice.amount - invoice.paid)
        if due is None or not left:
            continue
        if x.day > due:
            late.append(left)
        code = "EX_OVERDUE_LINE" if x.day > due else "EX_NOT_YET_DUE_LINE"
        x.step(code, fact=x.fact(invoice.fact.id), invoice=invoice.id, due=weekday(due), unpaid=yuan(Fen(left)))
    x.step("EX_OVERDUE", parts=summed(late), sum=balance(x.m, x.day)["overdue"], day=x.day)
