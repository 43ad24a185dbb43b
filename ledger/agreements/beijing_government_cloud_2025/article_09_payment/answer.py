"""What has been invoiced and paid, and what is outstanding? (SPEC 4.3)"""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from ledger.agreements.beijing_government_cloud_2025.article_09_payment import screen
from ledger.agreements.beijing_government_cloud_2025.article_09_payment.state import Payments
from ledger.agreements.beijing_government_cloud_2025.terms import latest_terms
from ledger.domain.machine import Machine
from ledger.domain.money import Fen, yuan
from ledger.domain.section import Section, Sum


class BalanceJson(TypedDict):
    """Sums in yuan, as decimal strings."""

    currency: str
    total: Sum
    invoiced: Sum
    paid: Sum
    outstanding: Sum
    payable: Sum
    overdue: Sum


def balance(m: Machine, day: date) -> BalanceJson:
    """``total`` is the contract's as of ``day``; ``payable`` what conforming invoices still ask for."""
    book = m[Payments]
    payment = latest_terms(m).payment
    invoiced = payable = overdue = 0
    for invoice in book.invoices.values():
        if not invoice.conforming or invoice.voided:
            continue
        invoiced += invoice.amount
        unpaid = max(0, invoice.amount - invoice.paid)
        payable += unpaid
        due = m.duties["pay-invoice:" + invoice.id].due_on
        if due is not None and day > due:
            overdue += unpaid
    paid, total = m[Payments].paid, payment.total
    return {
        "currency": payment.currency,
        "total": yuan(total),
        "invoiced": yuan(Fen(invoiced)),
        "paid": yuan(Fen(paid)),
        "outstanding": yuan(Fen(total - paid)),
        "payable": yuan(Fen(payable)),
        "overdue": yuan(Fen(overdue)),
    }


def _tell(x: Any, part: str, key: str | None, value: Any) -> None:
    from ledger.agreements.beijing_government_cloud_2025.article_09_payment import explain

    if part:
        explain.one(x, part)
    else:
        explain.every(x)


BALANCE = Section(
    "balance", balance, BalanceJson, frozenset({"balance"}), _tell,
    draw=screen.balance, money=True, at_a_glance={"outstanding": "outstanding", "overdue": "overdue"},
    glance=screen.glance,
)  # fmt: skip
