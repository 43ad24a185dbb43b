"""第十条 违约责任及协议解除: notices, how they were answered, and what supports a ground under 10(4)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Grouped, Incident
from ledger.agreements.beijing_government_cloud_2025.article_04_operation.state import Events
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.facts import (
    DualActiveRefused,
    RectificationCompleted,
    RectificationNoticeIssued,
    RectificationRejected,
    StaffingReported,
)
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.state import (
    Demand,
    Grounds,
    RectificationNotice,
    Support,
    Supported,
)
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.domain.calendar import corresponding_day, month_number
from ledger.domain.fact import PARTY_A, SUPERVISOR, Fact
from ledger.domain.law.arrival import arrived_on, names
from ledger.domain.machine import ONE_DAY, Machine

Groups = Callable[[Machine], Grouped]  # the incidents graded and grouped


def notice_issued(m: Machine, fact: Fact, what: RectificationNoticeIssued) -> None:
    # 10(4) "甲方向乙方提出整改要求和期限"
    notice = RectificationNotice(what.notice, fact, what.ground, what.about, what.deadline, arrived_on(m, fact))
    m[Grounds].notices[what.notice] = notice
    m[Grounds].named |= dict.fromkeys(names(fact), notice)
    due = m.calendar.fixed(what.deadline)
    m.oblige("rectify", what.notice, "10.4", "party_b", due, [fact.id], on=fact.day, ends_with="early")
    if not notice.leaves_a_period:
        m.anomaly("NOTICE_WITHOUT_PERIOD", fact)
    if fact.actor == PARTY_A and what.ground not in SUPPORT:
        m.anomaly("NOTICE_GROUND_UNKNOWN", fact)

    def deadline_passed(m: Machine) -> None:
        if notice.completed is None:
            _unheeded(m, notice)

    m.wake(what.deadline + ONE_DAY, "termination", deadline_passed)


def notice_served(m: Machine, notice: RectificationNotice) -> None:
    """It arrived later than it was issued, so its deadline may leave no period."""
    had_period = notice.leaves_a_period
    notice.arrived_on = arrived_on(m, notice.fact)
    if had_period and not notice.leaves_a_period:
        m.anomaly("NOTICE_WITHOUT_PERIOD", notice.fact)
    m[Grounds].services += 1
    m.touched.add("termination")


def rectification_completed(m: Machine, fact: Fact, what: RectificationCompleted) -> None:
    notice = m[Grounds].notices[what.notice]
    if notice.completed is None:
        notice.completed = fact
    m.settle("rectify:" + what.notice, fact)


def rectification_rejected(m: Machine, fact: Fact, what: RectificationRejected) -> None:
    notice = m[Grounds].notices[what.notice]
    refused = notice.completed
    timely = refused is not None and refused.day <= notice.deadline
    if refused is not None and notice.unheeded_on is None:
        notice.rejected += (refused, fact)
    notice.completed = None
    m.reopen("rectify:" + what.notice)
    if timely and fact.day > notice.deadline:
        _unheeded(m, notice)


def _unheeded(m: Machine, notice: RectificationNotice) -> None:
    # 10(4) "乙方在规定期限内未能履行甲方正当要求的": later completion heals nothing
    discharged = m.duties["rectify:" + notice.id].discharged_on  # then nothing had to be met any more
    if notice.unheeded_on is None and (discharged is None or discharged > m.day):
        notice.unheeded_on = m.day
        m.touched.add("termination")
        if notice.fact.actor == PARTY_A and notice.ground in SUPPORT:
            m[Grounds].arising.append(notice)


def staffing_reported(m: Machine, fact: Fact, what: StaffingReported) -> None:
    """The report that counts, of several for a month."""
    m[Grounds].staffing.setdefault(what.month, []).append(fact)


def dual_active_refused(m: Machine, fact: Fact, what: DualActiveRefused) -> None:
    m[Grounds].dual_active_refused.append(fact)


# -- what supports a ground under 10(4) -------------------------------------------------------------

def _unheeded_supervisor_notices(m: Machine, groups: Groups) -> Support:
    # "多次在云安全监管服务商已发出整改通知后未正确处置, 出现问题并造成 B 级及以上事故"
    unheeded = {
        one.id: one for one in m[Grounds].notices.values()
        if one.fact.actor == SUPERVISOR and one.leaves_a_period and one.unheeded_on is not None
    }  # fmt: skip
    two = len(unheeded) == 2
    if len(unheeded) < 2 or (two and m.agreement.reading("several-notices", m.day) == "three"):
        return lambda m: Supported([])
    deadlines = sorted(one.deadline for one in unheeded.values())
    grouped = groups(m)
    graded = [one for group in grouped.graded for one in group.all_of_them if one.id in grouped.grades]

    def caused(one: Incident) -> bool:
        named = unheeded.get(one.measures.unheeded_notice or "")
        stated, later = named is not None and one.day > named.deadline, one.day > deadlines[1]
        return stated if stated == later else later == (m.agreement.reading("notice-cause", m.day) == "later")

    caused_by = [one for one in graded if caused(one)]

    def support(m: Machine) -> Supported:
        incidents = [one for one in caused_by if m[Life].operating(one.day)]
        if not incidents:
            return Supported([])
        notices = [fact for one in unheeded.values() for fact in one.told_by]
        told = [*notices, *(one.fact for one in incidents)]
        return Supported(told, incidents, ("several-notices", "notice-cause"))

    return support


def _absent_key_personnel(m: Machine, groups: Groups) -> Support:
    # "重大活动期间所承诺的骨干人员和管理人员未到场"
    absences = [absent for listed in m[Events].absences.values() for absent in listed]
    return lambda m: Supported([absent for absent in absences if m[Life].operating(absent.day)])


def _understaffed(m: Machine, groups: Groups) -> Support:
    # "连续 2 个月所承诺的运维服务人员人数未达到协议要求"
    short = {}
    for month, said in m[Grounds].staffing.items():
        fact = m.prevailing(said)
        what = fact.what
        assert isinstance(what, StaffingReported)
        if what.actual < what.committed:
            short[month] = fact

    def support(m: Machine) -> Supported:
        counted = {month_number(month): fact for month, fact in short.items() if m[Life].operating_month(month)}
        together = {month for pair in pairwise(sorted(counted)) if pair[1] == pair[0] + 1 for month in pair}
        return Supported([counted[month] for month in sorted(together)])

    return support


def _dual_active(m: Machine, groups: Groups) -> Support:
    # "另一家云服务商提出“双活”需求, 不给予配合 (可选)"
    refusals = m[Grounds].dual_active_refused[:]
    if not refusals or m.agreement.reading("dual-active-optional", m.day) == "not-agreed":
        return lambda m: Supported([], readings=("dual-active-optional",) if refusals else ())
    return lambda m: Supported(
        [refused for refused in refusals if m[Life].operating(refused.day)], readings=("dual-active-optional",)
    )


SUPPORT: dict[str, Callable[[Machine, Groups], Support]] = {
    "unheeded-supervisor-notices": _unheeded_supervisor_notices,
    "absent-key-personnel": _absent_key_personnel,
    "understaffed": _understaffed,
    "dual-active-refused": _dual_active,
}


def settle_grounds(m: Machine, groups: Groups) -> None:
    """At the close of a day: the notices whose ground arose today, each with what supports it on that day."""
    if not m[Grounds].arising:
        return
    for notice in m[Grounds].arising:
        m[Grounds].demands.append(Demand(notice, m.day, SUPPORT[notice.ground](m, groups)))
        m.wake(corresponding_day(m.day, 12) + ONE_DAY, "termination")
    m[Grounds].arising.clear()
    m.touched.add("termination")
