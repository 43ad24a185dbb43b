"""第八条 解除: a notice takes effect a number of days after it arrived, if a ground of its sender was open then.

It is judged for the day it arrived, by all that is known now of that day (SPEC 4.8): what becomes known later of that
day decides, and then all days since are swept again. The same applies to what a court rules on the end of the contract.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_08_termination.facts import TerminationNoticed
from ledger.agreements.it_operations_maintenance.article_08_termination.state import (
    RightGround,
    TerminationNotice,
    TerminationNotices,
)
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.domain.declare import NamedTuple
from ledger.domain.fact import OTHER_PARTY, Fact
from ledger.domain.facts.dispute import JudgmentEntered
from ledger.domain.law.arrival import arrival
from ledger.domain.machine import ONE_DAY, Machine
from ledger.domain.rulings import TerminationRuled, rulings_of

Open = Callable[[Machine, date, str], list[RightGround]]  # the grounds of a party open on a day, by what is known now
Terminate = Callable[[Machine, date, date, list[str]], None]
TOOK_EFFECT, RULED = "article 8: the notice that took effect", "article 8: the end ruled"


class EndRuled(NamedTuple):
    """What a final judgment of ``day`` says of the end: from when, or that nothing had ended the contract by then."""

    day: date
    terminated_on: date | None
    by: str


def noticed(m: Machine, fact: Fact, what: TerminationNoticed) -> None:
    m[TerminationNotices].given.append(TerminationNotice(fact))
    m.touched.add("termination")
    arrived(m, fact, what)


def arrived(m: Machine, fact: Fact, what: Any) -> None:
    """Whether a notice has arrived by now: it was served on the other party, or acknowledged by it."""
    # 民法典 565 "合同自通知到达对方时解除"
    for notice in m[TerminationNotices].given:
        told = arrival(m, notice.fact, OTHER_PARTY[notice.fact.actor]) if notice.arrived is None else None
        if told is not None:
            notice.arrived, notice.arrived_on = told, max(told.day, notice.fact.day)
            terms = TERMS.on(m, notice.arrived_on).termination
            # 8.5 "合同自通知送达之日起第 15 日解除，该日为合同的最后一日"
            notice.would_end_on = notice.arrived_on + timedelta(days=terms.notice_days if terms is not None else 0)
            m.wake(notice.would_end_on, "termination")
            m.touched.add("termination")


def judgment_entered(m: Machine, fact: Fact, what: JudgmentEntered) -> None:
    """A final judgment says on which day the contract ended, or that by its own day nothing had ended it."""
    for one in rulings_of(what, TerminationRuled) if what.final else ():
        m.look_back(RULED, EndRuled(fact.day, one.terminated_on, fact.id))


def begin(m: Machine, *, terminate: Terminate) -> None:
    """The contract ends on the day that a judgment known by now ruled."""
    said = m.hindsight.get(RULED)
    if isinstance(said, EndRuled) and said.terminated_on is not None:
        m.wake(said.terminated_on, "term", partial(_end_as_ruled, said=said, terminate=terminate))


def _end_as_ruled(m: Machine, *, said: EndRuled, terminate: Terminate) -> None:
    life = m[ServiceLife]
    if said.terminated_on is not None and not (life.ends_on is not None and said.terminated_on > life.ends_on):
        terminate(m, said.terminated_on, said.terminated_on - ONE_DAY, [said.by])


def close(m: Machine, *, open_on: Open, terminate: Terminate) -> None:
    """At the close of a day: which notice ended the contract, as far as is known by now."""
    notices, said = m[TerminationNotices], m.hindsight.get(RULED)
    waiting = sorted((one for one in notices.given if one.would_end_on is not None), key=TerminationNotice.place)
    if not waiting:
        return
    if m.day < m.relived_until:
        for one in waiting:
            if one.fact.id == m.hindsight.get(TOOK_EFFECT) and one.would_end_on == m.day:
                _take_effect(m, one, terminate)
        return
    _judge(m, waiting, open_on)
    after = said.day if isinstance(said, EndRuled) else date.min
    effective = next((one for one in waiting if _ends(m, one) and one.would_end_on > after), None)  # type: ignore[operator]
    if isinstance(said, EndRuled) and said.terminated_on is not None:
        effective = None
    if effective is not notices.exercised_by:
        if effective is None or notices.exercised_by is not None or effective.would_end_on != m.day:
            m.look_back(TOOK_EFFECT, effective.fact.id if effective is not None else None)
            return
        _take_effect(m, effective, terminate)
    _tell(m, waiting)


def _judge(m: Machine, waiting: Sequence[TerminationNotice], open_on: Open) -> None:
    """The grounds open on the day each notice arrived, if the contract was not over then; without those that arose only
    from the contract's own end, from a delay that it cut short.
    """
    ends_on, said = m[ServiceLife].ends_on, m.hindsight.get(RULED)
    ruled_on = said.terminated_on if isinstance(said, EndRuled) else None
    for one in waiting:
        assert one.arrived_on is not None
        over = (ends_on is not None and one.arrived_on > ends_on) or (
            ruled_on is not None and m[ServiceLife].terminated_on == ruled_on <= one.arrived_on
        )
        found = [] if over else open_on(m, one.arrived_on, one.fact.actor)
        one.uses = tuple(ground.named for ground in found if one.fact.id not in ground.because)
    since = said.day if isinstance(said, EndRuled) else date.min  # by then, it is ruled, no notice had ended it
    would_end = [one.would_end_on for one in waiting if one.uses and one.would_end_on is not None]
    first = min((day for day in would_end if since < day and (ends_on is None or day <= ends_on)), default=None)
    for one in waiting:
        if first is not None and one.arrived_on is not None and one.arrived_on > first:
            one.uses = ()  # the contract was over when it arrived
        one.effective_on = one.would_end_on if one.uses else None


def _ends(m: Machine, one: TerminationNotice) -> bool:
    """Whether it has ended the contract by now, unless the term had ended it before."""
    day, ends_on = one.effective_on, m[ServiceLife].ends_on
    return day is not None and day <= m.day and (ends_on is None or day <= ends_on)


def _take_effect(m: Machine, one: TerminationNotice, terminate: Terminate) -> None:
    assert one.would_end_on is not None
    m[TerminationNotices].exercised_by = one
    terminate(m, one.would_end_on, one.would_end_on, one.told_by)
    m.remember(TOOK_EFFECT, one.fact.id)


def _tell(m: Machine, waiting: Sequence[TerminationNotice]) -> None:
    """Note which notices had no ground, or named another."""
    for one in waiting:
        named = {clause for clause, _ in one.uses}
        code: str | None = "NOTICE_WITHOUT_GROUND"
        if named:
            code = "NOTICE_GROUND_NOT_OPEN" if set(one.fact.what.clauses or ()) - named else None
        if code == (one.anomaly.code if one.anomaly is not None else None):
            continue
        if one.anomaly is not None:
            m.no_anomaly(one.anomaly)
        one.anomaly = m.anomaly(code, one.fact) if code is not None else None


