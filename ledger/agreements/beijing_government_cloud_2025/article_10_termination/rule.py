"""第十条 违约责任及协议解除: the grounds on which party A may terminate, from their rise to their end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Group
from ledger.agreements.beijing_government_cloud_2025.article_04_operation.state import Events
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.facts import (
    DualActiveRefused,
    RectificationCompleted,
    RectificationNoticeIssued,
    RectificationRejected,
    StaffingReported,
    TerminationDeclared,
)
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.state import Grounds, Notice, NoticeGround
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.terms import terms_on
from ledger.domain.calendar import corresponding_day
from ledger.domain.fact import Fact
from ledger.domain.machine import ONE_DAY, Machine

State = Literal["open", "lapsed", "exercised", "moot", "unsupported"]
Groups = Callable[[Machine], list[Group]]  # the groups with a graded incident


@dataclass(slots=True)
class Ground:
    """A ground for termination and what has become of it."""

    clause: str
    maker: str  # the incident or notice that made it
    arose_on: date
    lapses_on: date | None
    because: list[str]
    state: State


def notice_issued(m: Machine, fact: Fact, what: RectificationNoticeIssued) -> None:
    # 10(4) "甲方向乙方提出整改要求和期限"
    notice = Notice(what.notice, fact, what.ground, what.about, what.deadline)
    m[Grounds].notices[what.notice] = notice
    due = m.calendar.fixed(what.deadline)
    m.oblige("rectify", what.notice, "10.4", "party_b", due, [fact.id], on=fact.day)

    def deadline_passed(m: Machine) -> None:
        if notice.completed is None:
            _unheeded(m, notice)

    m.wake(what.deadline + ONE_DAY, "termination", deadline_passed)
    m.wake(what.deadline + ONE_DAY, "damages")


def rectification_completed(m: Machine, fact: Fact, what: RectificationCompleted) -> None:
    notice = m[Grounds].notices[what.notice]
    if notice.completed is None:
        notice.completed = fact
    m.settle("rectify:" + what.notice, fact)


def rectification_rejected(m: Machine, fact: Fact, what: RectificationRejected) -> None:
    notice = m[Grounds].notices[what.notice]
    timely = notice.completed is not None and notice.completed.day <= notice.deadline
    notice.completed = None
    m.reopen("rectify:" + what.notice)
    if timely and fact.day > notice.deadline:
        _unheeded(m, notice)


def _unheeded(m: Machine, notice: Notice) -> None:
    # 10(4) "乙方在规定期限内未能履行甲方正当要求的": later completion heals nothing
    if notice.unheeded_on is None:
        notice.unheeded_on = m.day
        m.touched.update(("termination", "damages"))
        if notice.fact.by == "party_a" and notice.ground in SUPPORT:
            m[Grounds].arising.append(notice)


def staffing_reported(m: Machine, fact: Fact, what: StaffingReported) -> None:
    m[Grounds].staffing[what.month] = fact


def dual_active_refused(m: Machine, fact: Fact, what: DualActiveRefused) -> None:
    m[Grounds].dual_active_refused.append(fact)


# -- what supports a ground under 10(4) -------------------------------------------------------------


def _unheeded_supervisor_notices(m: Machine, groups: Groups) -> list[Fact]:
    # "多次在云安全监管服务商已发出整改通知后未正确处置, 出现问题并造成 B 级及以上事故"
    notices = [n for n in m[Grounds].notices.values() if n.fact.by == "supervisor" and n.unheeded_on is not None]
    incidents = [group.first.fact for group in groups(m) if group.first is not None]
    return [notice.fact for notice in notices] + incidents if len(notices) >= 2 and incidents else []


def _absent_key_personnel(m: Machine, groups: Groups) -> list[Fact]:
    # "重大活动期间所承诺的骨干人员和管理人员未到场"
    return [absent for absences in m[Events].absences.values() for absent in absences]


def _understaffed(m: Machine, groups: Groups) -> list[Fact]:
    # "连续 2 个月所承诺的运维服务人员人数未达到协议要求"
    short = {}
    for month, fact in m[Grounds].staffing.items():
        what = fact.what
        assert isinstance(what, StaffingReported)
        if what.actual < what.committed:
            short[month_number(month)] = fact
    months = sorted(short)
    together = {month for pair in pairwise(months) if pair[1] == pair[0] + 1 for month in pair}
    return [short[month] for month in sorted(together)]


def _dual_active(m: Machine, groups: Groups) -> list[Fact]:
    # "另一家云服务商提出“双活”需求, 不给予配合 (可选)"
    return m[Grounds].dual_active_refused


SUPPORT: dict[str, Callable[[Machine, Groups], list[Fact]]] = {
    "unheeded-supervisor-notices": _unheeded_supervisor_notices,
    "absent-key-personnel": _absent_key_personnel,
    "understaffed": _understaffed,
    "dual-active-refused": _dual_active,
}


def month_number(month: str) -> int:
    """``2026-03`` as a count of months, so that consecutive months differ by one."""
    return int(month[:4]) * 12 + int(month[5:])


# -- the close of a day -----------------------------------------------------------------------------


def settle_grounds(m: Machine, groups: Groups) -> None:
    """The grounds under 10(4) that arose today, each by what supports it on that day."""
    if not m[Grounds].arising:
        return
    for notice in m[Grounds].arising:
        support = SUPPORT[notice.ground](m, groups)
        facts = sorted([notice.fact, *support], key=lambda fact: (fact.at, fact.seq))
        because = [fact.id for fact in facts]
        m[Grounds].arisen.append(NoticeGround(notice.id, m.day, bool(support), because))
        m.wake(corresponding_day(m.day, 12) + ONE_DAY, "termination")
    m[Grounds].arising.clear()
    m.touched.add("termination")


def declared(m: Machine, fact: Fact, what: TerminationDeclared, groups: Groups) -> None:
    """A declaration takes effect if a ground of its clause is open at the end of its day, itself left out."""
    open_ = [g for g in grounds(m, m.day, groups) if g.clause == what.clause and g.state == "open"]
    if open_ and m[Life].terminate(m, fact.day, [fact.id]):
        m[Grounds].exercised.update((ground.clause, ground.maker) for ground in open_)
    else:
        m.anomaly("TERMINATION_WITHOUT_GROUND", fact)


def grounds(m: Machine, day: date, groups: Groups) -> list[Ground]:
    """Every ground that has arisen by ``day``, by the day it arose."""
    graded = [group for group in groups(m) if group.first is not None]
    found = [*_serious(m, graded), *_repeated(m, graded), *_unheeded_demands(m)]
    over = m[Life].over_from(day)
    for ground in found:
        if ground.state != "unsupported":
            ground.state = _state(m, ground, day, over)
    return sorted(found, key=lambda ground: (ground.arose_on, ground.clause))


def _state(m: Machine, ground: Ground, day: date, over: date | None) -> State:
    if (ground.clause, ground.maker) in m[Grounds].exercised:
        return "exercised"
    end = day if over is None else min(day, over - ONE_DAY)
    if ground.lapses_on is not None and end > ground.lapses_on:
        return "lapsed"
    return "open" if over is None else "moot"


def _serious(m: Machine, graded: list[Group]) -> list[Ground]:
    # 10(1) "如发生附件 1 中所列 A 级事件 1 次, 甲方有权解除本协议"
    serious = sorted((g for g in graded if g.grade == "A"), key=_moment)
    found = []
    for index, group in enumerate(serious):
        needed = terms_on(m, group.day).termination.a_incidents
        if index + 1 >= needed:
            found.append(_ground_of(m, "10.1", group, serious[index + 1 - needed : index + 1]))
    return found


def _repeated(m: Machine, graded: list[Group]) -> list[Ground]:
    # 10(2) "如 1 年内发生附件 1 所列 B 级事件 3 次, 甲方有权解除本协议"
    found = []
    repeated = sorted((g for g in graded if g.grade == "B"), key=_moment)
    days = [group.day for group in repeated]
    for index, group in enumerate(repeated):
        first_day, _ = year_window(m, group.day, m.agreement.reading("year-window", group.day))
        first = bisect_left(days, first_day)
        if index + 1 - first >= terms_on(m, group.day).termination.b_incidents:
            found.append(_ground_of(m, "10.2", group, repeated[first : index + 1]))
    return found


def year_window(m: Machine, day: date, reading: str) -> tuple[date, date]:
    """The year ``day`` belongs to: [first day that still counts, ``day``], or its calendar or contract year."""
    life = m[Life]
    months = terms_on(m, day).termination.b_window_months
    if reading == "calendar-year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if reading == "contract-year" and life.lease is not None:
        lease = life.lease.day
        years = day.year - lease.year
        if corresponding_day(lease, 12 * years) > day:
            years -= 1
        return corresponding_day(lease, 12 * years), corresponding_day(lease, 12 * (years + 1)) - ONE_DAY
    start = corresponding_day(day, -months)
    while corresponding_day(start, months) < day:
        start += ONE_DAY
    while corresponding_day(start - ONE_DAY, months) >= day:
        start -= ONE_DAY
    return start, day


def _unheeded_demands(m: Machine) -> list[Ground]:
    def issued(one: NoticeGround) -> tuple[int, int]:
        notice = m[Grounds].notices[one.notice].fact
        return notice.at, notice.seq

    return [
        Ground("10.4", one.notice, one.arose_on, _lapse(m, one.arose_on, None), list(one.because),
               "open" if one.supported else "unsupported")
        for one in sorted(m[Grounds].arisen, key=issued)
    ]


def _ground_of(m: Machine, clause: str, group: Group, counted: list[Group]) -> Ground:
    assert group.first is not None
    lapses_on = _lapse(m, group.day, group.first.measures.learned_on)
    because = [one.first.fact.id for one in counted if one.first is not None]
    return Ground(clause, group.first.id, group.day, lapses_on, because, "open")


def _lapse(m: Machine, arose_on: date, learned_on: date | None) -> date | None:
    # 民法典第五百六十四条 "自解除权人知道或者应当知道解除事由之日起一年内不行使…该权利消灭"
    if m.agreement.reading("lapse", arose_on) == "never":
        return None
    return max(corresponding_day(day, 12) for day in (arose_on, learned_on) if day is not None)


def _moment(group: Group) -> tuple[date, int, int]:
    assert group.first is not None
    return group.day, group.first.fact.at, group.first.fact.seq
