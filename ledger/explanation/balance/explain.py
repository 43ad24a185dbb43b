"""How each sum of the balance was worked out, and what was paid on an invoice (SPEC 4.3).

The total, and why an invoice does or does not conform, are explained by the agreement.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ledger.bilingual import Bilingual, joined, label, phrase, weekday
from ledger.domain.clause import Telling
from ledger.domain.fact import Fact, chronological
from ledger.domain.facts.payment import InvoiceIssued, tax_rates
from ledger.domain.machine import Obligation
from ledger.domain.money import Fen, said_yuan, thousands
from ledger.domain.payments.state import Invoice, Payment, Payments, Piece, SetOff
from ledger.domain.settlements import SettledDebts
from ledger.explanation import Explanation, added, summed
from ledger.explanation.balance.report import PARTS


def every(x: Explanation, total: Telling) -> None:
    for part in PARTS:
        one(x, part, total)


def one(x: Explanation, part: str, total: Telling) -> None:
    """``total`` explains the agreement's price."""
    x.cite(x.m.template.saying("balance"))
    match part:
        case "total":
            total(x, sums(x)["total"])
        case "invoiced":
            _invoiced(x)
        case "paid":
            _paid(x)
        case "deducted":
            _deducted(x)
        case "credit":
            _credit(x)
        case "outstanding":
            shown = sums(x)
            x.rest_on(x.m.registration.id)
            x.step("EX_OUTSTANDING", total=shown["total"], paid=shown["paid"], deducted=shown["deducted"],
                   outstanding=shown["outstanding"])  # fmt: skip
        case "payable":
            _payable(x)
        case "overdue":
            _overdue(x)
        case _:
            x.rest_on(x.m.registration.id)
            x.step("EX_CURRENCY", currency=sums(x)["currency"])


def sums(x: Explanation) -> dict[str, str]:
    """The balance as sentences say it."""
    shown = x.m.template.sections["balance"].show(x.m, x.day)
    return {part: thousands(str(said)) for part, said in shown.items()}


def _invoiced(x: Explanation) -> None:
    for invoice in x.m[Payments].invoices.values():
        fact, cuts = x.fact(invoice.fact.id), x.facts(cut.fact.id for cut in invoice.cuts)
        amount = said_yuan(Fen(invoice.amount))
        if invoice.voided:
            x.step("EX_INVOICE_VOIDED", fact=fact, invoice=invoice.id, cuts=cuts)
        elif invoice.conforming:
            x.step("EX_INVOICE_COUNTS", fact=fact, invoice=invoice.id, amount=amount)
            if invoice.cuts:
                x.step("EX_INVOICE_CUT", invoice=invoice.id, cuts=cuts, issued=said_yuan(invoice.issued), amount=amount)
        else:
            x.step("EX_INVOICE_FAULTY", fact=fact, invoice=invoice.id, why=faults(invoice))
    x.step("EX_INVOICED", sum=added((one.amount for one in _asking(x)), sums(x)["invoiced"]))


def _asking(x: Explanation) -> list[Invoice]:
    return [invoice for invoice in x.m[Payments].invoices.values() if invoice.conforming]


def faults(invoice: Invoice) -> Bilingual:
    return joined(label("anomaly", code) for code in invoice.faults)


def paid_in(x: Explanation, payments: Iterable[Payment]) -> None:
    """Each payment with what was returned of it."""
    for payment in payments:
        x.step("EX_PAYMENT", fact=x.fact(payment.fact.id), amount=said_yuan(payment.amount))
        if payment.returned:
            back = x.facts(one.id for one in payment.returned_by)
            x.step("EX_PAYMENT_RETURNED", facts=back, amount=said_yuan(Fen(payment.returned)))


def _paid(x: Explanation) -> None:
    on_invoices = x.m[Payments].payments.values()
    paid_in(x, on_invoices)
    parts = [payment.amount - payment.returned for payment in on_invoices if payment.amount > payment.returned]
    x.step("EX_PAID", sum=added(parts, sums(x)["paid"]))


def _deducted(x: Explanation) -> None:
    set_offs = x.m[Payments].set_offs.values()
    x.cite("civil code 568")
    for one in set_offs:
        set_off(x, one)
    parts = [one.amount for one in set_offs if one.amount]
    x.step("EX_DEDUCTED", sum=added(parts, sums(x)["deducted"]))


def set_off(x: Explanation, one: SetOff) -> None:
    """How much of what was deducted was set off, and against which invoices."""
    what: Any = one.fact.what
    x.cite("civil code 568", "contract interpretation 55")
    invoices = ", ".join(pieces[0].own for pieces in one.pieces) or what.invoice or "-"
    x.step("EX_SET_OFF", fact=x.fact(one.fact.id), amount=said_yuan(what.amount), set_off=said_yuan(Fen(one.amount)),
           invoices=invoices)  # fmt: skip
    x.step("EX_SET_OFF_NOTICE")
    if one.amount < what.amount:
        x.step("EX_SET_OFF_REST", rest=said_yuan(Fen(what.amount - one.amount)))


def _credit(x: Explanation) -> None:
    book = x.m[Payments]
    waiting = [piece for pieces in book.waiting.values() for piece in pieces]
    for piece in book.free:
        _free(x, piece)
    for piece in waiting:
        x.step("EX_CREDIT_WAITS", fact=x.fact(piece.fact.id), invoice=piece.own, amount=said_yuan(Fen(piece.amount)))
    parts = [piece.amount for piece in (*book.free, *waiting)]
    x.step("EX_CREDIT", sum=added(parts, sums(x)["credit"]))


def _free(x: Explanation, piece: Piece) -> None:
    """Money that covers nothing, and why it does not."""
    invoice = x.m[Payments].invoices[piece.own]
    if invoice.voided:
        why = phrase("EX_FREE_VOIDED", facts=x.facts(cut.fact.id for cut in invoice.cuts))
    elif not invoice.conforming:
        why = phrase("EX_FREE_FAULTY", why=faults(invoice))
    else:
        why = phrase("EX_FREE_BEYOND")
    x.step("EX_CREDIT_FREE", fact=x.fact(piece.fact.id), invoice=piece.own,
           amount=said_yuan(Fen(piece.amount)), why=why)  # fmt: skip


def _payable(x: Explanation) -> None:
    for invoice in _asking(x):
        x.step("EX_PAYABLE_LINE", fact=x.fact(invoice.fact.id), invoice=invoice.id,
               amount=said_yuan(Fen(invoice.amount)), paid=said_yuan(Fen(invoice.covered)),
               unpaid=said_yuan(Fen(invoice.unpaid)))  # fmt: skip
        _by_credit(x, invoice)
    unpaid = [invoice.unpaid for invoice in _asking(x)]
    shown, asked = sums(x), said_yuan(Fen(sum(unpaid)))
    x.step("EX_PAYABLE", sum=added(unpaid, asked))
    if shown["payable"] != asked:
        x.step("EX_PAYABLE_CAPPED", outstanding=shown["outstanding"], payable=shown["payable"])


def _by_credit(x: Explanation, invoice: Invoice) -> None:
    """Money that covers the invoice and was paid for another."""
    for piece in invoice.pieces:
        if piece.own != invoice.id:
            x.cite("civil code 560")
            x.step("EX_COVERED_BY_CREDIT", invoice=invoice.id, own=piece.own, fact=x.fact(piece.fact.id),
                   amount=said_yuan(Fen(piece.amount)), on=piece.covers_from)  # fmt: skip


def _overdue(x: Explanation) -> None:
    late = []
    for invoice in _asking(x):
        due = x.m.duties["pay-invoice:" + invoice.id].due_on
        if due is None or not invoice.unpaid:
            continue
        if x.day > due:
            late.append(invoice.unpaid)
        code = "EX_OVERDUE_LINE" if x.day > due else "EX_NOT_YET_DUE_LINE"
        x.step(code, fact=x.fact(invoice.fact.id), invoice=invoice.id, due=weekday(due),
               unpaid=said_yuan(Fen(invoice.unpaid)))  # fmt: skip
    shown, asked = sums(x), said_yuan(Fen(sum(late)))
    x.step("EX_OVERDUE", sum=added(late, asked), day=x.day)
    if shown["overdue"] != asked:
        x.step("EX_OVERDUE_CAPPED", payable=shown["payable"])


# -- the obligations to pay --------------------------------------------------------------------------


def payments(x: Explanation, duty: Obligation) -> None:
    """What was paid on the invoice or set off against it, and what covers it."""
    book = x.m[Payments]
    invoice = book.invoices[duty.id.partition(":")[2]]
    paid_in(x, (one for one in book.payments.values() if any(own == invoice.id for own, _ in one.allocations)))
    for one in book.set_offs.values():
        if any(pieces[0].own == invoice.id for pieces in one.pieces):
            set_off(x, one)
    _by_credit(x, invoice)
    for piece in book.free:
        if piece.own == invoice.id:
            _free(x, piece)
    if invoice.pieces:
        paid = added((piece.amount for piece in invoice.pieces), said_yuan(Fen(invoice.covered)))
        x.step("EX_INVOICE_PAID", invoice=invoice.id, paid=paid, amount=said_yuan(Fen(invoice.amount)),
               unpaid=said_yuan(Fen(invoice.unpaid)))  # fmt: skip


# -- invoices ----------------------------------------------------------------------------------------


def rates(what: InvoiceIssued) -> str:
    return ", ".join(map(str, tax_rates(what)))


def cured(x: Explanation, invoice: Invoice) -> None:
    """What made it conform later than it was received."""
    if invoice.cured_by is not None:
        x.step("EX_INVOICE_CURED", invoice=invoice.id, on=invoice.conforms_on, fact=x.fact(invoice.cured_by.id),
               why=faults(invoice))  # fmt: skip


def by_now(x: Explanation, invoice: Invoice) -> None:
    """Whether an invoice that did not conform on receipt does so now, or still may."""
    if invoice.cured_by is not None:
        cured(x, invoice)
    elif invoice in x.m[Payments].unripe.get(invoice.instalment, ()):
        x.step("EX_INVOICE_MAY_RIPEN", invoice=invoice.id)
    else:
        x.step("EX_NOT_CONFORMING", invoice=invoice.id)


# -- anomalies --------------------------------------------------------------------------------------


def _payment(x: Explanation, fact: Fact) -> Payment:
    return next(one for one in x.m[Payments].payments.values() if one.fact.id == fact.id)


def paid_too_much(x: Explanation, fact: Fact) -> None:
    book = x.m[Payments]
    for name, _ in _payment(x, fact).allocations:
        invoice = book.invoices.get(name)
        if invoice is None:
            continue
        paid = [(other, amount) for other, amount in book.on_invoice(name) if amount]
        lines = joined(phrase("EX_PAYMENT", fact=x.fact(other.id), amount=said_yuan(Fen(sum_))) for other, sum_ in paid)
        x.step("EX_PAID_TOO_MUCH", invoice=name, amount=said_yuan(Fen(invoice.amount)), payments=lines,
               paid=summed(amount for _, amount in paid))  # fmt: skip
    x.step("EX_BEYOND_IS_CREDIT")


def paid_early(x: Explanation, fact: Fact) -> None:
    for name, _ in _payment(x, fact).allocations:
        invoice = x.m[Payments].invoices.get(name)
        if invoice is None:
            x.step("EX_PAID_EARLY_WAITS", fact=x.fact(fact.id), invoice=name)
        elif invoice.fact.day > fact.day:
            x.step("EX_PAID_EARLY", fact=x.fact(fact.id), invoice=name, received=x.fact(invoice.fact.id))


def returned_too_much(x: Explanation, fact: Fact) -> None:
    """Which payment, how much of it was left when it was to come back, and how much the return says."""
    books = (x.m[Payments].payments, x.m[SettledDebts].payments)
    payment = next(one for book in books for one in book.values() if fact.id in one.beyond)
    what: Any = fact.what
    left = payment.beyond[fact.id]
    x.step("EX_RETURN_OF", payment=what.payment, fact=x.fact(payment.fact.id), amount=said_yuan(payment.amount))
    earlier = [one.id for one in payment.returned_by if chronological(one) < chronological(fact)]
    if earlier:
        back = said_yuan(Fen(payment.amount - left))
        x.step("EX_RETURNED_BEFORE", facts=x.facts(earlier), amount=back)
    if what.amount is None:
        x.step("EX_RETURN_OF_NOTHING")
    else:
        x.step("EX_RETURN_BEYOND", said=said_yuan(what.amount), left=said_yuan(Fen(left)),
               beyond=said_yuan(Fen(what.amount - left)))  # fmt: skip


def exceeds(x: Explanation, invoice: Invoice, most: int | None) -> None:
    """``most`` is the sum of its instalment; None where there is no such instalment."""
    number = invoice.instalment
    if most is None:
        x.step("EX_NO_INSTALMENT", invoice=invoice.id, instalment=number)
        return
    x.step("EX_EXCEEDS", invoice=invoice.id, instalment=number, amount=said_yuan(invoice.issued),
           earlier=said_yuan(Fen(invoice.earlier)), sum=said_yuan(Fen(invoice.earlier + invoice.issued)),
           most=said_yuan(Fen(most)))  # fmt: skip
