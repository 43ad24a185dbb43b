"""第五条 迟延: by when stages must be accepted."""

from __future__ import annotations

from typing import Any

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_02_payment.facts import StageAccepted
from ledger.agreements.it_operations_maintenance.article_02_payment.state import Acceptances
from ledger.agreements.it_operations_maintenance.article_07_cap.state import Items
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.domain.fact import Fact
from ledger.domain.machine import Machine


def effective(m: Machine, fact: Fact, what: Any) -> None:
    """Each stage with a day must be accepted by it; an amendment moves it."""
    # 5.1 "乙方未在约定日期前使某一阶段通过验收的"
    life = m[ServiceLife]
    if life.effective_on is None:
        return
    for stage in TERMS.latest(m).stages:
        id_ = f"accept:{stage.stage}"
        duty = m.duties.get(id_)
        if stage.by is None:
            m.duties.pop(id_, None)
            m[Items].delays.stages.pop(id_, None)
        elif duty is None:
            raised_by = [signature.id for signature in life.signed.values()]
            due = m.calendar.fixed(stage.by)
            m.oblige(
                "accept", stage.stage, "5.1", "party_b", due, raised_by, on=m.day, ends_with="early"
            )  # fmt: skip
            m[Items].delays.stages[id_] = None
            done = m[Acceptances].accepted.get(stage.stage)
            if done is not None:
                m.settle(id_, done)
        elif duty.due_on != stage.by:
            duty.due = m.calendar.fixed(stage.by)
            m.watch(duty)
        m.touched.update(("obligations." + id_, "damages"))


def stage_accepted(m: Machine, fact: Fact, what: StageAccepted) -> None:
    m.settle(f"accept:{what.stage}", fact)
    m.touched.add("damages")
