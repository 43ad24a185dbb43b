"""第十条 违约责任及协议解除: the grounds on which party A may terminate, from their rise to their end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from datetime import date
from itertools import pairwise

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Group, Grouped
from ledger.agreements.beijing_government_cloud_2025.article_04_operation.state import Events
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.facts import (
    DualActiveRefused,
    RectificationCompleted,
    RectificationNoticeIssued,
    RectificationRejected,
    StaffingReported,
    TerminationDeclared,
)
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.state import (
    Arisen,
    Ground,
    Grounds,
    Notice,
    State,
)
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.terms import terms_on
from ledger.domain.calendar import corresponding_day, month_number
from ledger.domain.fact import Fact, chronological
from ledger.domain.machine import ONE_DAY, Machine

Groups = Callable[[Machine], Grouped]  # the incidents graded and grouped


def notice_issued(m: Machine, fact: Fact, what: RectificationNoticeIssued) -> None:
    # 10(4) "甲方向乙方提出整改要求和期限"
    notice = Notice(what.notice, fact, what.ground, what.about, what.deadline)
    m[Grounds].notices[what.notice] = notice
    due = m.calendar.fixed(what.deadline)
    m.oblige("rectify", what.notice, "10.4", "party_b", due, [fact.id], on=fact.day, ends_with="early")

    def deadline_passed(m: Machine) -> None:
        if notice.completed is None:
            _unheeded(m, notice)

    m.wake(what.deadline + ONE_DAY, "termination", deadline_passed)


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
        m.touched.add("termination")
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
    incidents = [group.first.fact for group in groups(m).graded if group.first is not None]
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


# -- the close of a day -----------------------------------------------------------------------------


def settle_grounds(m: Machine, groups: Groups) -> None:
    """The grounds under 10(4) that arose today, each by what supports it on that day."""
    if not m[Grounds].arising:
        return
    for notice in m[Grounds].arising:
        support = SUPPORT[notice.ground](m, groups)
        facts = sorted([notice.fact, *support], key=chronological)
        because = [fact.id for fact in facts]
        state: State = "open" if support else "unsupported"
        m[Grounds].arisen.append(
            Ground("10.4", notice.id, m.day, _lapse(m, m.day, None), because, state, chronological(notice.fact))
        )
        m.wake(corresponding_day(m.day, 12) + ONE_DAY, "termination")
    m[Grounds].arising.clear()
    m.touched.add("termination")


def declared(m: Machine, fact: Fact, what: TerminationDeclared, groups: Groups) -> None:
    """A declaration takes effect if a ground is open at the end of its day, itself left out."""
    open_ = [g for g in grounds(m, m.day, groups).grounds if g.state == "open"]
    if open_ and m[Life].terminate(m, fact.day, [fact.id], last_day=fact.day):
        m[Grounds].exercised.update((ground.clause, ground.maker) for ground in open_)
    else:
        m.anomaly("TERMINATION_WITHOUT_GROUND", fact)


def grounds(m: Machine, day: date, groups: Groups) -> Arisen:
    """The grounds that have arisen by ``day``, which is not before the machine's."""
    kept = m[Grounds].kept
    grouped = groups(m)
    anew, changes, read = grouped.since(kept.read)
    if anew:
        kept = m[Grounds].kept = Arisen()
    kept.read = read
    for came, group in changes:
        if group.first is not None and group.grade is not None:
            _follow(m, kept, came, group)
    for ground in m[Grounds].arisen[kept.demands :]:
        _arose(kept, ground)
    kept.demands = len(m[Grounds].arisen)
    _states(m, kept, day)
    return kept


def _follow(m: Machine, kept: Arisen, came: bool, group: Group) -> None:
    """A graded group came or went: the grounds of its clause, from its moment on, anew."""
    graded = kept.serious if group.grade == "A" else kept.repeated
    place = bisect_left(graded, _began(group), key=_began)
    for later in graded[place:]:
        assert later.first is not None
        ground = kept.of.pop(later.first.id, None)
        if ground is not None:
            kept.grounds.drop(ground)
            kept.unsettled.pop((ground.clause, ground.maker), None)
    if came:
        graded.insert(place, group)
    else:
        del graded[place]
    for index in range(place, len(graded)):
        counted = _serious(m, graded, index) if group.grade == "A" else _repeated(m, graded, index)
        if counted:
            ground = _ground_of(m, "10.1" if group.grade == "A" else "10.2", counted)
            kept.of[ground.maker] = ground
            _arose(kept, ground)


def _arose(kept: Arisen, ground: Ground) -> None:
    kept.grounds.put(ground)
    if ground.state != "unsupported":
        kept.unsettled[ground.clause, ground.maker] = ground
        kept.next_lapse = date.min


def _states(m: Machine, kept: Arisen, day: date) -> None:
    """What has become of each ground; one that lapsed stays so while the term stands."""
    over = m[Life].over_from(day)
    given = m[Life].version, over, len(m[Grounds].exercised)
    if given != kept.given or day < kept.stated_on:
        supported = (one for one in kept.grounds if one.state != "unsupported")
        kept.unsettled = {(one.clause, one.maker): one for one in supported}
    elif day < kept.next_lapse:
        return
    kept.given, kept.stated_on, kept.next_lapse = given, day, date.max
    for key, ground in list(kept.unsettled.items()):
        state = _state(m, ground, day, over)
        if state != ground.state:
            ground.state = state
            kept.grounds.move(ground)
        if state == "lapsed":
            del kept.unsettled[key]
        elif ground.lapses_on is not None:
            kept.next_lapse = min(kept.next_lapse, ground.lapses_on + ONE_DAY)


def _state(m: Machine, ground: Ground, day: date, over: date | None) -> State:
    if (ground.clause, ground.maker) in m[Grounds].exercised:
        return "exercised"
    end = day if over is None else min(day, over - ONE_DAY)
    if ground.lapses_on is not None and end > ground.lapses_on:
        return "lapsed"
    return "open" if over is None else "moot"


def _serious(m: Machine, serious: list[Group], index: int) -> list[Group]:
    # 10(1) "如发生附件 1 中所列 A 级事件 1 次, 甲方有权解除本协议"
    first = index + 1 - terms_on(m, serious[index].day).termination.a_incidents
    return serious[first : index + 1] if first >= 0 else []


def _repeated(m: Machine, repeated: list[Group], index: int) -> list[Group]:
    # 10(2) "如 1 年内发生附件 1 所列 B 级事件 3 次, 甲方有权解除本协议"
    day = repeated[index].day
    first_day, _ = year_window(m, day, m.agreement.reading("year-window", day))
    first = bisect_left(repeated, first_day, hi=index + 1, key=lambda group: group.day)
    return repeated[first : index + 1] if index + 1 - first >= terms_on(m, day).termination.b_incidents else []


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


def _ground_of(m: Machine, clause: str, counted: list[Group]) -> Ground:
    """The ground that the last of the incidents counted made."""
    group = counted[-1]
    assert group.first is not None
    lapses_on = _lapse(m, group.day, group.first.measures.learned_on)
    because = [one.first.fact.id for one in counted if one.first is not None]
    return Ground(clause, group.first.id, group.day, lapses_on, because, "open", chronological(group.first.fact))


def _lapse(m: Machine, arose_on: date, learned_on: date | None) -> date | None:
    # 民法典第五百六十四条 "自解除权人知道或者应当知道解除事由之日起一年内不行使…该权利消灭"
    if m.agreement.reading("lapse", arose_on) == "never":
        return None
    return max(corresponding_day(day, 12) for day in (arose_on, learned_on) if day is not None)


def _began(group: Group) -> tuple[date, int, int]:
    assert group.first is not None
    return group.day, group.first.fact.at, group.first.fact.seq
