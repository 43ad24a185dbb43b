"""第六条 履约保证金: paid within its days, drawn on for what is unsettled, returned after the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_06_bond.facts import BondDrawn, BondPaid, BondReturned
from ledger.agreements.it_operations_maintenance.article_06_bond.state import BondAccount
from ledger.agreements.it_operations_maintenance.article_07_cap.state import Items
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.domain.debts import Debt, Moved
from ledger.domain.fact import PARTY_A, PARTY_B, Fact
from ledger.domain.machine import ONE_DAY, Machine
from ledger.domain.money import Fen

Unsettled = Callable[[Machine, Any], int]  # what of items is unsettled, fen


def effective(m: Machine, fact: Fact, what: Any) -> None:
    # 6.1 "乙方应自合同生效之日起 15 日内向甲方交纳履约保证金"
    life, bond = m[ServiceLife], TERMS.on(m, fact.day).bond
    if life.effective_on == fact.day and bond is not None and "pay-bond" not in m.duties:
        due = m.calendar.days(fact.day, bond.pay_within_days, rolls=True)
        raised_by = [signature.id for signature in life.signed.values()]
        m.oblige("pay-bond", None, "6.1", PARTY_B, due, raised_by, on=fact.day, ends_with="early")
        _weigh(m, bond.amount)


def bond_paid(m: Machine, fact: Fact, what: BondPaid) -> None:
    m[BondAccount].pay(fact)
    m.touched.add("bond")
    duty = m.duties.get("pay-bond")
    bond = TERMS.on(m, duty.raised_on).bond if duty is not None else None
    if bond is not None:
        _weigh(m, bond.amount)


def _weigh(m: Machine, amount: int) -> None:
    """It is paid by the payment that reaches its amount."""
    account, sum_ = m[BondAccount], 0
    if account.paid < amount:
        return
    for count, fact in enumerate(account.payments, 1):
        sum_ += fact.what.amount
        if sum_ >= amount:
            m.settle_by("pay-bond", max(fact.day, m.duties["pay-bond"].raised_on),
                        [one.id for one in account.payments[:count]])  # fmt: skip
            return


def bond_drawn(m: Machine, fact: Fact, what: BondDrawn, *, unsettled: Unsettled) -> None:
    # 6.2 "甲方可以从履约保证金中扣划，但不超过尚未结清的数额"
    account = m[BondAccount]
    if what.amount > min(unsettled(m, what.items), account.held):
        m.anomaly("BOND_DRAWN_BEYOND", fact)
    account.draw(fact)
    m[Items].settled.settle(fact, what.items, what.amount)
    m.touched.update(("bond", "damages"))
    _given_back(m, fact)


def bond_returned(m: Machine, fact: Fact, what: BondReturned) -> None:
    account = m[BondAccount]
    if what.amount > account.held:
        m.anomaly("BOND_RETURNED_BEYOND", fact)
    account.give_back(fact)
    m.touched.add("bond")
    _given_back(m, fact)


def _given_back(m: Machine, fact: Fact) -> None:
    if m[BondAccount].held <= 0:
        m.settle("return-bond", fact)


def close(m: Machine) -> None:
    """After the contract's last day what is held must be returned."""
    # 6.3 "甲方应自服务期届满或者合同提前终止之日起 30 日内，将履约保证金的余额退还乙方"
    last, duty = m[ServiceLife].last_day, m.duties.get("return-bond")
    bond = TERMS.on(m, last).bond if last is not None and m.day > last else None
    since = _held_since(m[BondAccount], last + ONE_DAY) if last is not None and bond is not None else None
    if duty is not None and duty.raised_on != since:  # by what is known now it goes on, or ended on another day
        del m.duties["return-bond"]
        m.touched.update(("obligations.return-bond", "bond"))
        duty = None
    if since is not None and duty is None and bond is not None and last is not None:
        # what is paid only after the end is to be returned within as many days of that
        start = last if since == last + ONE_DAY else since
        due = m.calendar.days(start, bond.return_within_days, rolls=True)
        paid = [fact.id for fact in m[BondAccount].payments if fact.day <= since]
        m.oblige("return-bond", None, "6.3", PARTY_A, due, paid, on=since)
        m.touched.add("bond")
        for fact, held in m[BondAccount].course():
            if fact.day > since and held <= 0:
                m.settle("return-bond", fact)


def _held_since(account: BondAccount, first: date) -> date | None:
    """The first day from ``first`` on at whose end something is held."""
    by_day: dict[date, int] = {}
    for fact, held in account.course():
        by_day[max(fact.day, first)] = held
    return next((day for day, held in sorted(by_day.items()) if held > 0), None)


def debts(m: Machine) -> Moved:
    """What is held is owed to party B, once it must be returned."""
    told = m[BondAccount].told
    told.touched.add("return-bond")
    return told.now(partial(_debt, m))


def _debt(m: Machine, duty_id: str) -> Debt | None:
    account, duty = m[BondAccount], m.duties.get(duty_id)
    if duty is None or account.held <= 0:
        return None
    return Debt(
        duty.id, PARTY_B, PARTY_A, Fen(account.held), duty.due_on, "due", tuple(duty.raised_by), "6.3",
        "obligations.return-bond", (), tuple(account.returns),
    )  # fmt: skip
