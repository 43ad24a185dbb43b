"""What has been invoiced and paid, and what is outstanding? (SPEC 4.3)"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, TypedDict

from ledger.agreements.beijing_government_cloud_2025.article_09_payment import report, screen
from ledger.agreements.beijing_government_cloud_2025.article_09_payment.state import Payments
from ledger.agreements.beijing_government_cloud_2025.terms import latest_terms
from ledger.domain.fact import Fact
from ledger.domain.machine import Machine
from ledger.domain.money import Fen, yuan
from ledger.domain.section import Issue, Section, Sum


class BalanceJson(TypedDict):
    """Sums in yuan, as decimal strings; total = paid + deducted + outstanding."""

    currency: str
    total: Sum
    invoiced: Sum
    paid: Sum
    deducted: Sum
    credit: Sum
    outstanding: Sum
    payable: Sum
    overdue: Sum


def balance(m: Machine, day: date) -> BalanceJson:
    """``total`` is the contract's as of ``day``; ``payable`` what conforming invoices still ask for.

    No more is payable than is outstanding of the total, and no more overdue than is payable.
    """
    book = m[Payments]
    payment = latest_terms(m).payment
    outstanding = payment.total - book.paid - book.deducted
    payable = overdue = 0
    for invoice in book.owed.values():
        payable += invoice.unpaid
        due = m.duties["pay-invoice:" + invoice.id].due_on
        if due is not None and day > due:
            overdue += invoice.unpaid
    payable = min(payable, max(0, outstanding))
    return {
        "currency": payment.currency,
        "total": yuan(payment.total),
        "invoiced": yuan(Fen(sum(book.invoiced.values()))),
        "paid": yuan(Fen(book.paid)),
        "deducted": yuan(Fen(book.deducted)),
        "credit": yuan(Fen(book.credit)),
        "outstanding": yuan(Fen(outstanding)),
        "payable": yuan(Fen(payable)),
        "overdue": yuan(Fen(min(overdue, payable))),
    }


def _tell(x: Any, part: str, key: str | None, value: Any) -> None:
    from ledger.agreements.beijing_government_cloud_2025.article_09_payment import explain

    if part:
        explain.one(x, part)
    else:
        explain.every(x)


def _issues(facts: Sequence[Fact], value: BalanceJson) -> Iterator[Issue]:
    money = ("InvoiceIssued", "InvoiceVoided", "PaymentMade", "PaymentReturned", "DamagesSettled")
    yield Issue("balance", ("9.1", "9.2"), tuple(fact.id for fact in facts if fact.type in money))


BALANCE = Section(
    "balance", balance, BalanceJson, frozenset({"balance"}), _tell,
    draw=screen.balance, money=True, at_a_glance={"outstanding": "outstanding", "overdue": "overdue"},
    glance=screen.glance,
    report=report.balance, in_short=report.in_short, weight=50, issues=_issues,
)  # fmt: skip
