"""The performance bond: what of it is held (SPEC 9.6)."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.agreements.it_operations_maintenance.article_06_bond.state import BondAccount
from ledger.domain.declare import TypedDict
from ledger.domain.fact import Fact
from ledger.domain.machine import Machine
from ledger.domain.money import Fen, said_yuan, yuan
from ledger.domain.section import Section, Sum
from ledger.explanation import Explanation


class BondJson(TypedDict):
    """Sums in yuan; held = paid − drawn − returned."""

    paid: Sum
    drawn: Sum
    returned: Sum
    held: Sum


def bond(m: Machine, day: date) -> BondJson:
    account = m[BondAccount]
    return {
        "paid": yuan(Fen(account.paid)), "drawn": yuan(Fen(account.drawn)), "returned": yuan(Fen(account.returned)),
        "held": yuan(Fen(account.held)),
    }  # fmt: skip


def _tell(x: Explanation, part: str, key: str | None, value: Any) -> None:
    account = x.m[BondAccount]
    for name, clause, facts in (
        ("paid", "6.1", account.payments), ("drawn", "6.2", account.draws), ("returned", "6.3", account.returns),
    ):  # fmt: skip
        if part in ("", "held", name):
            x.cite(clause)
            code = f"OPS_BOND_{name.upper()}" if facts else f"OPS_BOND_NOT_{name.upper()}"
            x.step(code, sum=said_yuan(Fen(sum(one.what.amount for one in facts))), day=x.day,
                   facts=x.facts(one.id for one in facts))  # fmt: skip
    if part in ("", "held"):
        x.step("OPS_BOND_HELD", paid=said_yuan(Fen(account.paid)), drawn=said_yuan(Fen(account.drawn)),
               returned=said_yuan(Fen(account.returned)), held=said_yuan(Fen(account.held)))  # fmt: skip


def beyond(x: Explanation, fact: Fact) -> None:
    """A draw, or a return, of more than there was; how much there was on its day."""
    x.step("OPS_BOND_BEYOND", fact=x.fact(fact.id), amount=said_yuan(fact.what.amount))


BOND = Section("bond", bond, BondJson, frozenset({"bond"}), _tell, money=True, weight=45,
               title="screen.ops_bond")  # fmt: skip
