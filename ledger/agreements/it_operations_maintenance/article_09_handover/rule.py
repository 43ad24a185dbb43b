"""第九条 移交: owed from the day after the contract's last day."""

from __future__ import annotations

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_09_handover.facts import HandoverCompleted
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.domain.fact import PARTY_B, Fact
from ledger.domain.machine import ONE_DAY, Machine


def completed(m: Machine, fact: Fact, what: HandoverCompleted) -> None:
    life = m[ServiceLife]
    life.handed_over = life.handed_over or fact
    m.settle("hand-over", fact)
    m.touched.add("term")


def close(m: Machine) -> None:
    # 9.1 "乙方应自该日起 30 日内，将全部运行维护资料、账号和配置移交甲方或者甲方指定的第三方"
    life, duty = m[ServiceLife], m.duties.get("hand-over")
    last = life.last_day
    since = last + ONE_DAY if last is not None and m.day > last else None
    if duty is not None and duty.raised_on != since:  # by what is known now it goes on, or ended on another day
        del m.duties["hand-over"]
        m.touched.add("obligations.hand-over")
        duty = None
    allowed = TERMS.on(m, last).handover if last is not None else None
    if since is not None and last is not None and duty is None and allowed is not None:
        due = m.calendar.days(last, allowed.within_days, rolls=True)
        by = life.terminated_by or [life.began_by.id if life.began_by is not None else m.registration.id]
        m.oblige("hand-over", None, "9.1", PARTY_B, due, by, on=since)
        if life.handed_over is not None:
            m.settle("hand-over", life.handed_over)
