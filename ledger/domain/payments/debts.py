"""What conforming invoices still ask for, as debts (SPEC 4.9)."""

from __future__ import annotations

from ledger.domain.debts import Debt, Moved
from ledger.domain.fact import PARTY_B
from ledger.domain.machine import Machine
from ledger.domain.money import Fen
from ledger.domain.payments.state import Invoice, Payments


def debts(m: Machine, *, several: bool) -> Moved:
    """``several``: the price is paid in more than one instalment."""
    book = m[Payments]
    return book.debts.now(_debt(m, invoice, several) for invoice in book.owed.values())


def _debt(m: Machine, invoice: Invoice, several: bool) -> Debt:
    """Part payment is what was paid on it or set off against it; credit that came to cover it was meant for another
    invoice.

    The result is the same object until the invoice changes.
    """
    told = m[Payments].told
    known = told.get(invoice.id)
    if known is not None and known.instalment == several:
        return known
    duty = m.duties["pay-invoice:" + invoice.id]
    performed = {piece.fact.id: piece.fact for piece in invoice.pieces if piece.own == invoice.id}
    told[invoice.id] = debt = Debt(
        duty.id, PARTY_B, duty.obligor, Fen(invoice.unpaid), duty.due_on, "due", (invoice.fact.id,), duty.clause,
        f"obligations.{duty.id}", (invoice.fact.id,), tuple(performed.values()), instalment=several,
    )  # fmt: skip
    return debt
