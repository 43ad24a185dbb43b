"""第二条 养护费: so much a visit, by the fee in force on its day."""

from __future__ import annotations

from typing import NamedTuple

from ledger.domain.fact import Fact
from ledger.domain.machine import Machine
from ledger.domain.money import Fen

from ..article_1_care.state import Visits
from ..terms import TERMS
from .facts import CarePaid
from .state import Paid


class Fees(NamedTuple):
    """The visits to be paid for, what they come to, what was paid."""

    visits: list[Fact]
    due: Fen
    paid: Fen


def paid(m: Machine, fact: Fact, what: CarePaid) -> None:
    m[Paid].made.append(fact)
    m.touched.add("fees")


def fees(m: Machine) -> Fees:
    # 2 "甲方按每次养护 300 元付费"
    visits = [
        visit for visit in m[Visits].made
        if visit.what.request is not None or m.agreement.reading("paid-visits", visit.day) == "every"
    ]  # fmt: skip
    due = sum(TERMS.on(m, visit.day).care.fee for visit in visits)
    return Fees(visits, Fen(due), Fen(sum(payment.what.amount for payment in m[Paid].made)))
