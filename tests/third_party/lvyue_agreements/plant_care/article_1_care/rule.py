"""第一条 养护: within so many working days of a request."""

from __future__ import annotations

from ledger.domain.fact import Fact
from ledger.domain.machine import Machine

from ..terms import TERMS
from .facts import CareGiven, CareRequested
from .state import Visits


def requested(m: Machine, fact: Fact, what: CareRequested) -> None:
    # 1 "乙方应在甲方提出养护要求后 3 个工作日内完成养护"
    within = TERMS.on(m, fact.day).care.within_working_days
    m.oblige("care", what.request, "1", "party_b", m.calendar.working_days(fact.day, within), [fact.id],
             on=fact.day)  # fmt: skip


def given(m: Machine, fact: Fact, what: CareGiven) -> None:
    m[Visits].made.append(fact)
    m.touched.add("fees")
    if what.request is not None:
        m.settle(f"care:{what.request}", fact)
