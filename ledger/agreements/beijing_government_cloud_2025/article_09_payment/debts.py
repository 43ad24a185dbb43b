"""What conforming invoices still ask for, as debts of party A (SPEC 4.9)."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.agreements.beijing_government_cloud_2025.article_09_payment.state import Invoice, Payments
from ledger.agreements.beijing_government_cloud_2025.terms import latest_terms
from ledger.domain.debts import Debt
from ledger.domain.machine import Machine
from ledger.domain.money import Fen


def debts(m: Machine) -> Mapping[str, Debt]:
    owed = m[Payments].owed
    if not owed:
        return {}
    several = len(latest_terms(m).payment.instalments) > 1
    return {debt.id: debt for debt in (_of_invoice(m, invoice, several) for invoice in owed.values())}


def _of_invoice(m: Machine, invoice: Invoice, several: bool) -> Debt:
    duty = m.duties["pay-invoice:" + invoice.id]
    paid = [one for one in m[Payments].paid_by_invoice.get(invoice.id, ()) if not one.returned]
    return Debt(
        duty.id, "party_b", duty.obligor, Fen(invoice.amount - invoice.paid), duty.due_on, "due",
        (invoice.fact.id,), duty.clause, f"obligations.{duty.id}", (invoice.fact.id,),
        tuple(one.fact for one in paid), instalment=several,
    )  # fmt: skip
