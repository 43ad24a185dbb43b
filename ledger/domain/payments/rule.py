"""Invoices that conform, and the money that covers them (SPEC 4.3), for any agreement.

When an invoice conforms, when it is due, and what may be set off against it is defined by the agreement: it gives an
:class:`Invoicing` to :func:`handlers`, :func:`ripen` and :func:`close`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain

from ledger.domain.calendar import Deadline
from ledger.domain.clause import Handler
from ledger.domain.declare import NamedTuple
from ledger.domain.fact import Fact, chronological
from ledger.domain.facts.damages import DamagesSettled
from ledger.domain.facts.payment import InvoiceIssued, InvoiceVoided, PaymentMade, PaymentReturned, allocated
from ledger.domain.machine import ONE_DAY, Machine
from ledger.domain.payments import flow
from ledger.domain.payments.state import Cut, Invoice, Payment, Payments, Piece, SetOff

Settle = Callable[[Machine, Fact, int], int]  # at most so much is set off on the items a fact names; how much was


class Invoicing(NamedTuple):
    """What an agreement defines of invoices.

    ``faults`` gives why an invoice does not conform as of now, ``ripens`` whether the passing of time may cure all of
    these; ``due`` gives the due day of a conforming invoice, None for none; ``last_day`` the contract's last day where
    it ended early; ``settle`` sets off on the items that a fact names.
    """

    faults: Callable[[Machine, Invoice], Sequence[str]]
    ripens: Callable[[Machine, Invoice], bool]
    due: Callable[[Machine, Invoice], Deadline | None]
    last_day: Callable[[Machine], date | None]
    settle: Settle


def handlers(by: Invoicing) -> Mapping[type, Handler]:
    """The handlers for facts of invoices and payments."""
    return {
        InvoiceIssued: partial(invoice_issued, by=by),
        InvoiceVoided: partial(invoice_voided, by=by),
        PaymentMade: payment_made,
        PaymentReturned: payment_returned,
        DamagesSettled: partial(damages_settled, settle=by.settle),
    }


# -- invoices ----------------------------------------------------------------------------------------


def invoice_issued(m: Machine, fact: Fact, what: InvoiceIssued, *, by: Invoicing) -> None:
    """An invoice that conforms raises the obligation to pay it; one that does not is an anomaly (4.3)."""
    book = m[Payments]
    invoice = Invoice(what.invoice, fact, what.amount, what.instalment, what.amount)
    invoice.earlier = book.invoiced.get(what.instalment, 0)
    invoice.faults = tuple(by.faults(m, invoice))
    for code in invoice.faults:
        m.anomaly(code, fact)
    book.invoices[what.invoice] = invoice
    book.today.append(invoice)
    m.touched.add("balance")
    if not invoice.faults:
        _conform(m, invoice, None, by)
    elif by.ripens(m, invoice):
        book.unripe.setdefault(invoice.instalment, []).append(invoice)
    for piece in book.waiting.pop(what.invoice, ()):
        book.credit -= piece.amount
        _pay(m, piece)


def _conform(m: Machine, invoice: Invoice, cured_by: Fact | None, by: Invoicing) -> None:
    book = m[Payments]
    invoice.conforms_on, invoice.cured_by = m.day, cured_by
    book.invoiced[invoice.instalment] = book.invoiced.get(invoice.instalment, 0) + invoice.amount
    facts = [invoice.fact] if cured_by is None else sorted([invoice.fact, cured_by], key=chronological)
    raised_by = [one.id for one in facts]
    due = by.due(m, invoice)
    m.oblige("pay-invoice", invoice.id, m.template.saying("balance"), "party_a", due, raised_by, on=m.day)
    if due is not None:
        m.wake(due.due + ONE_DAY, "balance")
        invoice.due_on = due.due
    book.owe(invoice)
    flow.take_own(m, invoice)


def ripen(m: Machine, fact: Fact | None, by: Invoicing, of: int | None = None) -> None:
    """Let invoices conform whose faults are cured, in order of receipt; of one instalment where only that can be.

    ``fact`` is what cured them, None where the passing of a day did.
    """
    unripe = m[Payments].unripe
    waiting = chain.from_iterable(unripe.values()) if of is None else unripe.get(of, ())
    for invoice in sorted(waiting, key=lambda one: chronological(one.fact)):
        if not by.faults(m, invoice):
            _not_unripe(m, invoice)
            _conform(m, invoice, fact, by)


def _not_unripe(m: Machine, invoice: Invoice) -> None:
    waiting = m[Payments].unripe.get(invoice.instalment, [])
    if invoice in waiting:
        waiting.remove(invoice)


def invoice_voided(m: Machine, fact: Fact, what: InvoiceVoided, *, by: Invoicing) -> None:
    """A void, or a red letter over part of the amount; the money it frees is credit, which may cover other invoices."""
    book = m[Payments]
    invoice = book.invoices[what.invoice]
    if invoice.voided:
        return
    cut = invoice.amount if what.amount is None else min(what.amount, invoice.amount)
    invoice.amount -= cut
    invoice.cuts.append(Cut(fact, invoice.amount))
    invoice.cut_by.add(fact.id)
    if invoice.voided:
        _not_unripe(m, invoice)
    if invoice.conforms_on is not None:
        book.invoiced[invoice.instalment] -= cut
        if invoice.voided:
            m.cancel("pay-invoice:" + invoice.id, fact)
        flow.uncover(m, invoice, invoice.amount)
    m.touched.add("balance")
    ripen(m, fact, by, invoice.instalment)


def close(m: Machine, *, by: Invoicing) -> None:
    """Decide what depends on the whole day: invoices received after an early end, payments made before their invoice;
    then let free money cover what is unpaid.
    """
    if m[Payments].today:
        _close_today(m, by)
    flow.spread(m)


def _close_today(m: Machine, by: Invoicing) -> None:
    book = m[Payments]
    last_day = by.last_day(m)
    if last_day is not None and m.day > last_day:
        for invoice in (one for one in book.today if isinstance(one, Invoice)):
            m.anomaly("INVOICE_AFTER_END", invoice.fact)
            _after_end(m, invoice)
    for payment in (one for one in book.today if isinstance(one, Payment)):
        if any(invoice not in book.invoices for invoice, _ in payment.allocations):
            m.anomaly("PAYMENT_BEFORE_INVOICE", payment.fact)
    book.today.clear()


def _after_end(m: Machine, invoice: Invoice) -> None:
    """民法典 566 "合同解除后，尚未履行的，终止履行": accounts are settled by agreement or judgment."""
    book = m[Payments]
    invoice.faults = (*invoice.faults, "INVOICE_AFTER_END")
    _not_unripe(m, invoice)
    if invoice.conforms_on is not None:
        book.invoiced[invoice.instalment] -= invoice.amount
        invoice.conforms_on = None
        m.duties.pop("pay-invoice:" + invoice.id, None)
        m.touched.add("obligations.pay-invoice:" + invoice.id)
        flow.uncover(m, invoice, 0)


# -- payments and set-offs ---------------------------------------------------------------------------


def payment_made(m: Machine, fact: Fact, what: PaymentMade) -> None:
    """A payment on invoices; payments on settlements are handled in :mod:`ledger.domain.settlements`."""
    if what.settlement is not None:
        return
    book = m[Payments]
    allocations = [(one.invoice, int(one.amount)) for one in allocated(what)]
    payment = Payment(fact, what.amount, allocations, flow.divided(fact, allocations))
    book.payments[what.payment] = payment
    book.paid += what.amount
    m.touched.add("balance")
    book.today.append(payment)
    for [piece] in payment.pieces:
        _pay(m, piece)


def _pay(m: Machine, piece: Piece) -> None:
    exceeding = m[Payments].exceeding
    if flow.receive(m, piece) and piece.fact.id not in exceeding:
        exceeding.add(piece.fact.id)
        m.anomaly("PAYMENT_EXCEEDS_INVOICE", piece.fact)


def payment_returned(m: Machine, fact: Fact, what: PaymentReturned) -> None:
    book = m[Payments]
    payment = book.payments.get(what.payment)
    amount = payment.give_back(m, fact, what.amount) if payment is not None else 0
    if payment is None or not amount:
        return
    book.paid -= amount
    m.touched.add("balance")
    flow.take_back(m, payment, amount)


def damages_settled(m: Machine, fact: Fact, what: DamagesSettled, *, settle: Settle) -> None:
    # 民法典 568 "任何一方可以将自己的债务与对方的到期债务抵销": each as far as the other is there
    if what.manner != "deducted":
        return
    book = m[Payments]
    taken: list[tuple[str, int]] = []
    left = int(what.amount)
    for invoice in _deducted_from(m, what):
        part = settle(m, fact, min(left, invoice.unpaid))
        if part:
            taken.append((invoice.id, part))
            left -= part
    set_off = SetOff(fact, what.amount - left, flow.divided(fact, taken))
    book.set_offs[fact.id] = set_off
    book.deducted += set_off.amount
    m.touched.add("balance")
    for [piece] in set_off.pieces:
        flow.receive(m, piece)


def _deducted_from(m: Machine, what: DamagesSettled) -> list[Invoice]:
    """The invoice named; for facts before rules 2026.2, which named none, conforming ones by due day."""
    book = m[Payments]
    if what.invoice is not None:
        return [book.invoices[what.invoice]] if what.invoice in book.invoices else []
    return sorted(book.owed.values(), key=lambda one: (one.due_on, one.id))
