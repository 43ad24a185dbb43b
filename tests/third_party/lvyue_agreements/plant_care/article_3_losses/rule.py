"""第三条: plants that died, and what the parties change."""

from __future__ import annotations

from ledger.domain.fact import Fact
from ledger.domain.facts.agreement import AmendmentAgreed, ReadingAgreed
from ledger.domain.machine import Machine

from .facts import PlantsLost


def lost(m: Machine, fact: Fact, what: PlantsLost) -> None:
    # 3 "甲方应在绿植枯死之前提出养护要求"
    if not any(duty.kind == "care" and duty.settled_on is None for duty in m.duties.values()):
        m.anomaly("LOST_BEFORE_CARE", fact)


def amended(m: Machine, fact: Fact, what: AmendmentAgreed | ReadingAgreed) -> None:
    # 3 "本协议经双方书面确认可以变更"
    m.touched.add("fees")
