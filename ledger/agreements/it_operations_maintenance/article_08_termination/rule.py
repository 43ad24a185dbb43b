"""第八条 解除: a notice takes effect so many days after it arrived, if a ground of its sender's was open then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_08_termination.facts import TerminationNoticed
from ledger.agreements.it_operations_maintenance.article_08_termination.state import (
    RightGround,
    TerminationNotice,
    TerminationNotices,
)
from ledger.agreements.it_operations_maintenance.terms import terms_on
from ledger.domain.fact import OTHER_PARTY, Fact
from ledger.domain.law.arrival import arrival
from ledger.domain.machine import Machine

Open = Callable[[Machine, date, str], list[RightGround]]  # the grounds of a party open on a day
Terminate = Callable[[Machine, date, date, list[str]], None]


def noticed(m: Machine, fact: Fact, what: TerminationNoticed) -> None:
    m[TerminationNotices].given.append(TerminationNotice(fact))
    m.touched.add("termination")
    arrived(m, fact, what)


def arrived(m: Machine, fact: Fact, what: Any) -> None:
    """Has a notice arrived by now: was it served on the other party, or acknowledged by it?"""
    # 民法典 565 "合同自通知到达对方时解除"
    for notice in m[TerminationNotices].given:
        if notice.arrived is None:
            told = arrival(m, notice.fact, OTHER_PARTY[notice.fact.actor])
            if told is not None:
                notice.arrived, notice.arrived_on = told, max(told.day, notice.fact.day)
                m[TerminationNotices].arriving.append(notice)
                m.touched.add("termination")


def close(m: Machine, *, open_on: Open, terminate: Terminate) -> None:
    """Notices that arrived today are judged by the whole day."""
    notices = m[TerminationNotices]
    arriving, notices.arriving = notices.arriving, []
    for notice in arriving:
        _judge(m, notice, open_on, terminate)


def _judge(m: Machine, notice: TerminationNotice, open_on: Open, terminate: Terminate) -> None:
    fact, day = notice.fact, m.day
    found = open_on(m, day, fact.actor)
    named = fact.what.clauses or ()
    if not found:
        m.anomaly("NOTICE_WITHOUT_GROUND", fact)
        return
    if any(clause not in {one.clause for one in found} for clause in named):
        m.anomaly("NOTICE_GROUND_NOT_OPEN", fact)
    terms = terms_on(m, day).termination
    # 8.5 "合同自通知送达之日起第 15 日解除，该日为合同的最后一日"
    notice.effective_on = day + timedelta(days=terms.notice_days if terms is not None else 0)
    notice.uses = tuple(one.named for one in found)

    def take_effect(m: Machine) -> None:
        on = notice.effective_on
        if on is None or m[ServiceLife].terminated_on is not None or m[ServiceLife].over_on(on):
            return
        notices = m[TerminationNotices]
        notices.exercised.update(notice.uses)
        notices.exercised_by = notice
        terminate(m, on, on, notice.told_by)

    m.wake(notice.effective_on, "termination", take_effect)
