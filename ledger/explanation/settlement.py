"""What is owed by a settlement or a judgment, and what was paid on it (SPEC 4.2)."""

from __future__ import annotations

from ledger.bilingual import label
from ledger.domain.machine import Obligation
from ledger.domain.money import Fen, said_yuan
from ledger.domain.settlements import SettledDebts
from ledger.explanation import Explanation
from ledger.explanation.balance.explain import paid_in


def debt(x: Explanation, duty: Obligation) -> None:
    """What is owed by a settlement or a judgment, and what was paid on it."""
    one = x.m[SettledDebts].debts[duty.id.partition(":")[2]]
    x.cite(x.m.template.saying("settlement"))
    x.step("EX_DEBT", fact=x.fact(one.fact.id), debtor=label("role", one.debtor), amount=said_yuan(one.amount))
    paid_in(x, one.received.payments)
    x.step("EX_DEBT_PAID", paid=said_yuan(Fen(one.received.sum)), amount=said_yuan(one.amount),
           unpaid=said_yuan(Fen(one.unpaid)))  # fmt: skip
