"""What conforming invoices still ask for, and what settlements and judgments leave unpaid, as debts (SPEC 4.9)."""

from __future__ import annotations

from dataclasses import dataclass, field

from ledger.agreements.beijing_government_cloud_2025.article_09_payment.state import Invoice, Payments
from ledger.agreements.beijing_government_cloud_2025.article_09_payment.state import SettledDebt as Settled
from ledger.agreements.beijing_government_cloud_2025.terms import latest_terms
from ledger.domain.debts import Debt, Moved
from ledger.domain.fact import PARTY_A, PARTY_B
from ledger.domain.law.limitation import CLAIM, RULING
from ledger.domain.machine import Machine
from ledger.domain.money import Fen


@dataclass(slots=True)
class DebtsTold:
    """The debts as last told, by id."""

    debts: dict[str, Debt] = field(default_factory=dict)


def debts(m: Machine) -> Moved:
    owed, before = _debts(m), m[DebtsTold].debts
    m[DebtsTold].debts = owed
    return Moved([id_ for id_ in before if id_ not in owed],
                 [debt for id_, debt in owed.items() if before.get(id_) != debt])  # fmt: skip


def _debts(m: Machine) -> dict[str, Debt]:
    book = m[Payments]
    if not book.owed and not book.debts:
        return {}
    several = len(latest_terms(m).payment.instalments) > 1
    found = [_of_invoice(m, invoice, several) for invoice in book.owed.values()]
    found += [_of_settlement(m, one) for one in book.debts.values() if one.paid < one.amount]
    return {debt.id: debt for debt in found}


def _of_invoice(m: Machine, invoice: Invoice, several: bool) -> Debt:
    """Part payment is what was paid on it or set off against it; credit that came to cover it was meant for another.

    It is the same until something moves the invoice.
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


def _of_settlement(m: Machine, one: Settled) -> Debt:
    duty = m.duties["settlement:" + one.id]
    ruled = one.fact.type == "JudgmentEntered"
    since = duty.due_on if duty.due_on is not None or not ruled else one.fact.day
    return Debt(
        duty.id, PARTY_B if one.debtor == PARTY_A else PARTY_A, one.debtor, Fen(one.amount - one.paid), since,
        "judgment" if ruled and duty.due_on is None else "due", tuple(duty.raised_by), duty.clause,
        f"obligations.{duty.id}", () if ruled else (one.fact.id,),
        tuple(payment.fact for payment in one.payments if payment.amount > payment.returned),
        months=RULING if ruled else CLAIM,
    )  # fmt: skip
