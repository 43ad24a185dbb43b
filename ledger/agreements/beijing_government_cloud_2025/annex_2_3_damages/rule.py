"""附件2 重大违约行为, 附件3 一般违约行为: what changes the items of damages that the rows raise (``rows``).

A handler marks the sources it changes by :func:`_again`; when the items are needed, only those are worked out again.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Hashable
from datetime import date
from functools import partial
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Grouped, Incident
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.facts import (
    AssessmentRecorded,
    ComplaintFiled,
    OnSiteAbsenceRecorded,
    ScaleOutCompleted,
    ScaleOutRequested,
    ServiceLevelReported,
    SystemRegistered,
)
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import Item
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.rows import RAISES
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.rows_of_incidents import bears
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.state import Raised, Reports, ScaleOut
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.facts import AvailabilityReported
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.state import Quality
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.facts import (
    RectificationNoticeIssued,
    RectificationRejected,
)
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.state import Grounds, RectificationNotice
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.terms import TERMS
from ledger.domain.calendar import Deadline, month_number
from ledger.domain.fact import Fact, chronological
from ledger.domain.facts.settlement import NoticeServed
from ledger.domain.machine import ONE_DAY, Anomaly, Machine

# -- facts ------------------------------------------------------------------------------------------


def system_registered(m: Machine, fact: Fact, what: SystemRegistered) -> None:
    m[Reports].systems[what.system] = fact
    for source in m[Raised].feeless.pop(what.system, ()):
        _again(m, *source)


def service_level_reported(m: Machine, fact: Fact, what: ServiceLevelReported) -> None:
    before = m[Reports].service_levels.get((what.month, what.system))
    if before is None or m.replaces(fact, before):
        m[Reports].service_levels[what.month, what.system] = fact
    _names(m, what, "service-level", (what.month, what.system))


def availability_reported(m: Machine, fact: Fact, what: AvailabilityReported) -> None:
    _names(m, what, "availability", (what.month, what.system))
    if what.system is not None:
        _names(m, what, "complaints", what.system)


def on_site_absence_recorded(m: Machine, fact: Fact, what: OnSiteAbsenceRecorded) -> None:
    _names(m, what, "on-site", len(m[Reports].on_site))
    m[Reports].on_site.append(fact)


def _names(m: Machine, what: Any, rule: str, key: Hashable) -> None:
    """Work out again what a report states and caused, also when an incident that it names changes."""
    for incident in what.incidents or ():
        m[Reports].naming.setdefault(incident, {})[rule, key] = None
    _again(m, rule, key)


def assessment_recorded(m: Machine, fact: Fact, what: AssessmentRecorded) -> None:
    assessed = m[Reports].assessed.setdefault(what.system, {})
    month = month_number(what.month)
    before = assessed.get(month)
    if before is None or m.replaces(fact, before):
        assessed[month] = fact
        for name in m[Reports].demands.get("assessment", ()):
            _again(m, "assessments", name)


def complaint_filed(m: Machine, fact: Fact, what: ComplaintFiled) -> None:
    if what.subject == "availability" and what.system is not None:
        insort(m[Reports].complaints.setdefault(what.system, []), fact, key=chronological)
        _again(m, "complaints", what.system)


def scale_out_requested(m: Machine, fact: Fact, what: ScaleOutRequested) -> None:
    due, within = _scale_out_due(m, fact.day)
    if due is None:
        return
    m.oblige(
        "scale-out", what.request, "annex 3 row 4", "party_b", due, [fact.id], on=fact.day, ends_with="early",
        within=within,
    )  # fmt: skip
    asked = ScaleOut(fact, due.due)
    m[Reports].scale_outs[what.request] = asked
    m[Reports].scale_outs_named |= {fact.ref: asked, fact.id: asked, what.request: asked}
    _demands_again(m, asked)
    m.wake(due.due + ONE_DAY, "damages", partial(_demands_again, asked=asked))


def _scale_out_due(m: Machine, day: date) -> tuple[Deadline | None, str | None]:
    """When a scale-out requested on a day is due, by working days or natural ones; and the term, where by the former.
    """
    periods = TERMS.on(m, day).periods
    if periods.scale_out_working_days is not None:
        return m.calendar.working_days(day, periods.scale_out_working_days), "periods.scale_out_working_days"
    if periods.scale_out_days is None:
        return None, None
    # 附件3 第4行 "在 7 个自然日内完成云平台的资源扩容": natural days do not roll [natural-days]
    due, rolled = (m.calendar.days(day, periods.scale_out_days, rolls=rolls) for rolls in (False, True))
    matters = due.due != rolled.due or rolled.provisional
    return rolled if matters and m.agreement.reading("natural-days", day) == "rolls" else due, None


def scale_out_completed(m: Machine, fact: Fact, what: ScaleOutCompleted) -> None:
    asked = m[Reports].scale_outs.get(what.request)
    if asked is not None and asked.completed is None:
        asked.completed = fact
        _demands_again(m, asked)
    m.settle("scale-out:" + what.request, fact)


def notice_issued(m: Machine, fact: Fact, what: RectificationNoticeIssued) -> None:
    if what.about is not None:
        m[Reports].demands.setdefault(what.about, []).append(what.notice)
        m.wake(what.deadline + ONE_DAY, "damages", partial(_demand_again, notice=what.notice))


def notice_served(m: Machine, fact: Fact, what: NoticeServed) -> None:
    notice = m[Grounds].named.get(what.about)
    if isinstance(notice, RectificationNotice) and notice.about is not None:
        _demand_again(m, notice.id)


def notice_rejected(m: Machine, fact: Fact, what: RectificationRejected) -> None:
    _demand_again(m, what.notice)
    for incident in m[Reports].warned.get(what.notice, ()):
        _again(m, "incident", incident)


def _demands_again(m: Machine, asked: ScaleOut) -> None:
    """Work out again every notice about a scale-out."""
    what = asked.fact.what
    assert isinstance(what, ScaleOutRequested)
    for name in {what.request, asked.fact.ref, asked.fact.id}:
        for notice in m[Reports].demands.get(name, ()):
            _demand_again(m, notice)


def _demand_again(m: Machine, notice: str) -> None:
    _again(m, "assessments", notice)
    _again(m, "scale-out", notice)


def _again(m: Machine, rule: str, key: Hashable) -> None:
    """Mark what rests on this source to be worked out again."""
    m[Raised].stale[rule, key] = None
    m.touched.add("damages")


# -- the items --------------------------------------------------------------------------------------


def renewed(m: Machine, grouped: Grouped) -> tuple[list[Item], list[Item]]:
    """The items that changed or ended since the last call, and those that are new."""
    raised = m[Raised]
    if raised.term != m[Life].version:
        raised.term = m[Life].version
        _all_again(m)
    _follow_groups(m, grouped)
    went: list[Item] = []
    came: list[Item] = []
    for source in raised.stale:
        rule, key = source
        items = list(RAISES[rule](m, key))
        if items == raised.items.get(source, []):
            continue
        went += raised.items.pop(source, ())
        if items:
            raised.items[source] = items
            came += items
        for item in items:
            if item.base is None and item.system is not None:
                raised.feeless.setdefault(item.system, set()).add(source)
    raised.stale.clear()
    for item in went:
        _without_fee(m, item, -1)
    for item in came:
        _without_fee(m, item, 1)
    return went, came


def _all_again(m: Machine) -> None:
    """The operating period, rows, rates, bases or readings of a day may have changed; incidents follow with their
    groups.
    """
    reports = m[Reports]
    for rule, keys in (
        ("service-level", reports.service_levels), ("on-site", range(len(reports.on_site))),
        ("complaints", reports.complaints), ("outages", reports.outages),
        ("availability", ((month, of) for of, months in m[Quality].availability.items() for month in months)),
        ("assessments", m[Grounds].notices), ("scale-out", m[Grounds].notices),
    ):  # fmt: skip
        for key in keys:
            _again(m, rule, key)


def _without_fee(m: Machine, item: Item, more: int) -> None:
    """The fact that completed an item of annex 3 of a system without a known fee is an anomaly."""
    if item.annex != 3 or item.base is not None:
        return
    fact = item.completed_by
    anomaly, count = m[Raised].unpriced.get(fact.id) or (Anomaly("NO_SYSTEM_FEE", fact.id, fact.seq, fact.day), 0)
    if count == 0:
        m.anomalies.put(anomaly)
    elif count + more == 0:
        m.anomalies.drop(anomaly)
    m[Raised].unpriced[fact.id] = anomaly, count + more


# -- incidents --------------------------------------------------------------------------------------


def _follow_groups(m: Machine, grouped: Grouped) -> None:
    """Work out again what rests on incidents that were graded or grouped again."""
    raised = m[Raised]
    anew, groups, raised.groups_read = grouped.since(raised.groups_read)
    if anew:
        for system in m[Reports].outages:
            _again(m, "outages", system)
        m[Reports].outages.clear()
        raised.outage_of.clear()
    months = dict[str, None]()
    for came, group in groups:
        for incident in group.all_of_them if came else ():
            _incident_again(m, incident)
            months[incident.fact.day.isoformat()[:7]] = None
    for month in months:
        _month_again(m, month)


def _incident_again(m: Machine, incident: Incident) -> None:
    reports = m[Reports]
    _again(m, "incident", incident.id)
    _place_outage(m, incident)
    for rule, key in reports.naming.get(incident.id, ()):
        _again(m, rule, key)
    if incident.measures.unheeded_notice is not None:
        reports.warned.setdefault(incident.measures.unheeded_notice, {})[incident.id] = None
    reports.begun.setdefault(month_number(incident.fact.day.isoformat()[:7]), {})[incident.id] = incident


def _month_again(m: Machine, month: str) -> None:
    """Work out again what an incident of a month may be presumed to have caused, by the reading ``shortfall-cause``."""
    for of, months in m[Quality].availability.items():
        if month in months:
            _again(m, "availability", (month, of))
            if of is not None:
                _again(m, "complaints", of)
    for of in (None, *m[Reports].systems):
        if (month, of) in m[Reports].service_levels:
            _again(m, "service-level", (month, of))


def _place_outage(m: Machine, incident: Incident) -> None:
    """Keep it among its system's outages, if it is one of them."""
    raised, outages = m[Raised], m[Reports].outages
    before = raised.outage_of.pop(incident.id, None)
    if before is not None:
        outages[before] = [one for one in outages[before] if one is not incident]
        _again(m, "outages", before)
    system = incident.measures.system
    if incident.kind == "outage" and incident.measures.scope == "system" and system and bears(m, incident):
        insort(outages.setdefault(system, []), incident, key=lambda one: chronological(one.fact))
        raised.outage_of[incident.id] = system
        _again(m, "outages", system)
