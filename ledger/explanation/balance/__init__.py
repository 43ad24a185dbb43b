"""The balance of any agreement with a price: what has been invoiced and paid, and what is outstanding (SPEC 4.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from ledger.domain.clause import Anomalous, Telling
from ledger.domain.declare import TypedDict
from ledger.domain.fact import Fact
from ledger.domain.machine import Machine
from ledger.domain.money import Fen, yuan
from ledger.domain.payments.state import Payments
from ledger.domain.section import Issue, Section, Sum
from ledger.explanation.balance import explain, page, report, screen


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


def balance(m: Machine, day: date, *, total: Callable[[Machine], Fen]) -> BalanceJson:
    """``total`` is the contract's as of ``day``; ``payable`` is what is still to be paid on conforming invoices.

    No more is payable than is outstanding of the total, and no more overdue than is payable.
    """
    book = m[Payments]
    price = total(m)
    outstanding = price - book.paid - book.deducted
    payable = min(sum(book.unpaid.values()), max(0, outstanding))
    overdue = sum(unpaid for due, unpaid in book.unpaid.items() if day > due)
    return {
        "currency": "CNY",
        "total": yuan(price),
        "invoiced": yuan(Fen(sum(book.invoiced.values()))),
        "paid": yuan(Fen(book.paid)),
        "deducted": yuan(Fen(book.deducted)),
        "credit": yuan(Fen(book.credit)),
        "outstanding": yuan(Fen(outstanding)),
        "payable": yuan(Fen(payable)),
        "overdue": yuan(Fen(min(overdue, payable))),
    }


def _tell(x: Any, part: str, key: str | None, value: Any, *, total: Telling) -> None:
    if part:
        explain.one(x, part, total)
    else:
        explain.every(x, total)


def _issues(facts: Sequence[Fact], value: BalanceJson, *, clauses: tuple[str, ...]) -> Iterator[Issue]:
    money = ("InvoiceIssued", "InvoiceVoided", "PaymentMade", "PaymentReturned", "DamagesSettled")
    yield Issue("balance", clauses, tuple(fact.id for fact in facts if fact.type in money))


def balance_of(total: Callable[[Machine], Fen], told: Telling, clauses: tuple[str, ...]) -> Section:
    """The section of an agreement: ``total`` is its price as of the day, ``told`` explains it.

    ``clauses`` are those under which it is disputed.
    """
    return Section(
        "balance", partial(balance, total=total), BalanceJson, frozenset({"balance"}), partial(_tell, total=told),
        title="screen.balance", draw=screen.balance, money=True,
        at_a_glance={"outstanding": "outstanding", "overdue": "overdue", "credit": "credit"},
        glance=screen.glance, figures=("payable",), pictures=page.pictures,
        report=report.balance, in_short=report.in_short, weight=50, issues=partial(_issues, clauses=clauses),
    )  # fmt: skip


def anomalies(clause: str) -> dict[str, Anomalous]:
    """The explanations of payments that do not fit their invoices, and of returns that do not fit their payments."""
    return {
        "PAYMENT_EXCEEDS_INVOICE": Anomalous((clause,), explain.paid_too_much),
        "PAYMENT_BEFORE_INVOICE": Anomalous((clause,), explain.paid_early),
        "RETURN_EXCEEDS_PAYMENT": Anomalous((clause,), explain.returned_too_much),
    }
