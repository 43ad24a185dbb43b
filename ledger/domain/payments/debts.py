"""What conforming invoices still ask for, as debts (SPEC 4.9)."""

from __future__ import annotations

from functools import partial

from ledger.domain.debts import Debt, Moved
from ledger.domain.fact import PARTY_B
from ledger.domain.machine import Machine
from ledger.domain.money import Fen
from ledger.domain.payments.state import Payments


def debts(m: Machine, *, several: bool) -> Moved:
    """``several``: the price is paid in more than one instalment."""
    book = m[Payments]
    if several != book.several:
        book.several = several
        book.told.touched.update(book.owed)
    return book.told.now(partial(_debt, m))


def _debt(m: Machine, name: str) -> Debt | None:
    """Part payment is what was paid on an invoice or set off against it; credit that came to cover it was meant for
    another invoice.
    """
    book = m[Payments]
    invoice = book.owed.get(name)
    if invoice is None:
        return None
    duty = m.duties["pay-invoice:" + name]
    performed = {piece.fact.id: piece.fact for piece in invoice.pieces if piece.own == name}
    return Debt(
        duty.id, PARTY_B, duty.obligor, Fen(invoice.unpaid), duty.due_on, "due", (invoice.fact.id,), duty.clause,
        f"obligations.{duty.id}", (invoice.fact.id,), tuple(performed.values()), instalment=bool(book.several),
    )  # fmt: skip
