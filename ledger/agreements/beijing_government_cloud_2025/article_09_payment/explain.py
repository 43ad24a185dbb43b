"""How each sum of the balance comes about (SPEC 4.3)."""

from __future__ import annotations

from typing import Any

from ledger.agreements.beijing_government_cloud_2025.article_09_payment.answer import balance
from ledger.agreements.beijing_government_cloud_2025.article_09_payment.facts import InvoiceIssued, allocated, tax_rates
from ledger.agreements.beijing_government_cloud_2025.article_09_payment.state import Invoice, Payments
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.domain.fact import Fact
from ledger.domain.machine import Obligation
from ledger.domain.money import Fen, capitals, yuan
from ledger.explanation import Both, Explanation, joined, label, phrase, summed, weekday

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
            x.step("EX_CURRENCY", currency=x.terms(x.day).payment.currency)


def _total(x: Explanation) -> None:
    payment = x.terms(x.day).payment
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
    for payment in (one for parts in book.payments.values() for one in parts):
        code = "EX_PAYMENT_RETURNED" if payment.returned else "EX_PAYMENT"
        x.step(code, fact=x.fact(payment.fact.id), amount=yuan(payment.amount))
    parts = summed(one.amount for parts in book.payments.values() for one in parts if not one.returned)
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


# -- the obligation to pay ---------------------------------------------------------------------------


def conforming(x: Explanation, invoice: Invoice) -> None:
    """Why an invoice conforms, by what it was judged."""
    book = x.m[Payments]
    what = invoice.fact.what
    assert isinstance(what, InvoiceIssued)
    terms = x.terms(invoice.fact.day)
    instalment = next(one for one in terms.payment.instalments if one.number == what.instalment)
    x.cite("9.1", "9.2")
    x.step(
        "EX_INVOICE_CONFORMS", invoice=invoice.id, instalment=what.instalment, amount=yuan(invoice.amount),
        rate=_rates(what), most=yuan(instalment.amount), effective=x.m[Life].effective_on,
    )  # fmt: skip
    if "stage-review" in instalment.requires and book.stage_review is not None:
        x.step("EX_INVOICE_AFTER_REVIEW", fact=x.fact(book.stage_review.id))


def _rates(what: InvoiceIssued) -> str:
    return ", ".join(map(str, tax_rates(what)))


def invoice(x: Explanation, duty: Obligation) -> None:
    conforming(x, x.m[Payments].invoices[duty.id.partition(":")[2]])


def payments(x: Explanation, duty: Obligation) -> None:
    book = x.m[Payments]
    invoice = book.invoices[duty.id.partition(":")[2]]
    payments = book.paid_by_invoice.get(invoice.id, [])
    for payment in payments:
        code = "EX_PAYMENT_RETURNED" if payment.returned else "EX_PAYMENT"
        x.step(code, fact=x.fact(payment.fact.id), amount=yuan(payment.amount))
    if payments:
        kept = summed(payment.amount for payment in payments if not payment.returned)
        unpaid = yuan(Fen(max(0, invoice.amount - invoice.paid)))
        x.step("EX_INVOICE_PAID", invoice=invoice.id, sum=kept, paid=yuan(Fen(invoice.paid)),
               amount=yuan(invoice.amount), unpaid=unpaid)  # fmt: skip


def source(x: Explanation, duty: Obligation) -> Both:
    """Who set the day by which deployment and stage review are due."""
    x.rest_on_term("payment.stage_review_by", x.day)
    return phrase("EX_SOURCE_CONTRACT")


# -- anomalies --------------------------------------------------------------------------------------


def paid_too_much(x: Explanation, fact: Fact) -> None:
    book = x.m[Payments]
    what: Any = fact.what
    named = [book.invoices[part.invoice] for part in allocated(what) if part.invoice in book.invoices]
    invoice = next(one for one in named if one.paid > one.amount)
    paid = [other for other in book.paid_by_invoice[invoice.id] if not other.returned]
    lines = joined(phrase("EX_PAYMENT", fact=x.fact(other.fact.id), amount=yuan(other.amount)) for other in paid)
    x.step("EX_PAID_TOO_MUCH", invoice=invoice.id, amount=yuan(invoice.amount), payments=lines,
           paid=summed(other.amount for other in paid))  # fmt: skip


def faulty(x: Explanation, fact: Fact, code: str) -> None:
    """Why an invoice does not conform, by one of its anomalies."""
    what = fact.what
    assert isinstance(what, InvoiceIssued)
    terms = x.terms(fact.day)
    if code == "INVOICE_TAX_RATE":
        x.step("EX_TAX_RATE", invoice=what.invoice, rate=_rates(what), right=terms.payment.tax_rate)
    elif code == "INVOICE_BEFORE_EFFECTIVE":
        effective = x.m[Life].effective_on
        known = phrase("EX_EFFECTIVE", on=effective) if effective else phrase("EX_NOT_EFFECTIVE", day=x.day)
        x.step("EX_TOO_EARLY", invoice=what.invoice, on=fact.day, known=known)
    elif code == "INVOICE_BEFORE_STAGE_REVIEW":
        x.step("EX_BEFORE_REVIEW", invoice=what.invoice, instalment=what.instalment, on=fact.day)
    else:
        instalment = next((one for one in terms.payment.instalments if one.number == what.instalment), None)
        if instalment is None:
            x.step("EX_NO_INSTALMENT", invoice=what.invoice, instalment=what.instalment)
            return
        earlier = Fen(x.when_judged(fact)[Payments].invoiced.get(what.instalment, 0))
        x.step("EX_EXCEEDS", invoice=what.invoice, instalment=what.instalment, amount=yuan(what.amount),
               earlier=yuan(earlier), sum=yuan(Fen(earlier + what.amount)), most=yuan(instalment.amount))  # fmt: skip
    x.step("EX_NOT_CONFORMING", invoice=what.invoice)
