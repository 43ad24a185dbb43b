"""附件2 重大违约行为, 附件3 一般违约行为: what each row makes of the facts, and which items stand (10.3).

Annex 2 is charged on total ÷ months of the term, annex 3 on the system's annual fee ÷ months. An incident
of a graded group raises no item ("影响程度和经济损失未达到 B 级事故的"), nor one others answer for.

Every item rests on one source: a report, an incident, a system's complaints or outages, a notice (``RAISES``). What
moves a source says so by :func:`_again`; when the items are asked for, only such sources are worked out again.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from functools import partial
from heapq import merge
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Grouped, Incident, Incidents
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
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.state import Raised, Reports, ScaleOut
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.facts import AvailabilityReported
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.state import Quality
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.facts import (
    RectificationNoticeIssued,
    RectificationRejected,
)
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.state import Grounds
from ledger.agreements.beijing_government_cloud_2025.readings import reliability_floor
from ledger.agreements.beijing_government_cloud_2025.terms import CloudTerms, DamagesRow, terms_ever, terms_on
from ledger.domain.calendar import month_number
from ledger.domain.fact import Fact, chronological
from ledger.domain.facts.agreement import AmendmentAgreed, ReadingAgreed
from ledger.domain.machine import ONE_DAY, Anomaly, Machine
from ledger.domain.money import Fen, round_half_up

CONSEQUENCE = {2: "major", 3: "problem"}  # 造成重大影响/事故 | 出现问题但未造成重大影响


# -- facts ------------------------------------------------------------------------------------------


def system_registered(m: Machine, fact: Fact, what: SystemRegistered) -> None:
    m[Reports].systems[what.system] = fact
    m[Reports].charges.clear()
    for source in m[Raised].feeless.pop(what.system, ()):
        _again(m, *source)


def service_level_reported(m: Machine, fact: Fact, what: ServiceLevelReported) -> None:
    """A later report for the same month and system replaces the earlier one."""
    m[Reports].service_levels[what.month, what.system] = fact
    _again(m, "service-level", (what.month, what.system))


def availability_reported(m: Machine, fact: Fact, what: AvailabilityReported) -> None:
    _again(m, "availability", (what.month, what.system))
    _again(m, "complaints", what.system)


def on_site_absence_recorded(m: Machine, fact: Fact, what: OnSiteAbsenceRecorded) -> None:
    _again(m, "on-site", len(m[Reports].on_site))
    m[Reports].on_site.append(fact)


def assessment_recorded(m: Machine, fact: Fact, what: AssessmentRecorded) -> None:
    """A later assessment of the same month and system replaces the earlier one."""
    failed = m[Reports].failed.setdefault(what.system, {})
    month = month_number(what.month)
    before = failed.pop(month, None)
    if not what.passed:
        failed[month] = fact
    for name in m[Reports].demands.get("assessment", ()):
        if before is not None or chronological(fact) < chronological(m[Grounds].notices[name].fact):
            _again(m, "assessments", name)


def complaint_filed(m: Machine, fact: Fact, what: ComplaintFiled) -> None:
    if what.subject == "availability" and what.system is not None:
        insort(m[Reports].complaints.setdefault(what.system, []), fact, key=chronological)
        _again(m, "complaints", what.system)


def scale_out_requested(m: Machine, fact: Fact, what: ScaleOutRequested) -> None:
    # 附件3 第4行 "在 7 个自然日内完成云平台的资源扩容": natural days, no roll
    due = m.calendar.days(fact.day, terms_on(m, fact.day).periods.scale_out_days, rolls=False)
    m.oblige("scale-out", what.request, "annex 3 row 4", "party_b", due, [fact.id], on=fact.day)
    asked = ScaleOut(fact, due.due)
    m[Reports].scale_outs[what.request] = asked
    m[Reports].scale_outs_named |= {fact.ref: asked, fact.id: asked, what.request: asked}
    _demands_again(m, asked)
    m.wake(due.due + ONE_DAY, "damages", partial(_demands_again, asked=asked))


def scale_out_completed(m: Machine, fact: Fact, what: ScaleOutCompleted) -> None:
    asked = m[Reports].scale_outs[what.request]
    if asked.completed is None:
        asked.completed = fact
        _demands_again(m, asked)
    m.settle("scale-out:" + what.request, fact)


def notice_issued(m: Machine, fact: Fact, what: RectificationNoticeIssued) -> None:
    if what.about is not None:
        m[Reports].demands.setdefault(what.about, []).append(what.notice)
        m.wake(what.deadline + ONE_DAY, "damages", partial(_demand_again, notice=what.notice))


def notice_rejected(m: Machine, fact: Fact, what: RectificationRejected) -> None:
    _demand_again(m, what.notice)


def _demands_again(m: Machine, asked: ScaleOut) -> None:
    """Every notice about a scale-out may have come to more."""
    what = asked.fact.what
    assert isinstance(what, ScaleOutRequested)
    for name in {what.request, asked.fact.ref, asked.fact.id}:
        for notice in m[Reports].demands.get(name, ()):
            _demand_again(m, notice)


def _demand_again(m: Machine, notice: str) -> None:
    _again(m, "assessments", notice)
    _again(m, "scale-out", notice)


def agreement_changed(m: Machine, fact: Fact, what: AmendmentAgreed | ReadingAgreed) -> None:
    """Rows, rates, bases and readings of a day may be others now."""
    reports = m[Reports]
    for rule, keys in (
        ("service-level", reports.service_levels), ("on-site", range(len(reports.on_site))),
        ("complaints", reports.complaints), ("outages", reports.outages),
        ("availability", ((month, of) for of, months in m[Quality].availability.items() for month in months)),
        ("assessments", m[Grounds].notices), ("scale-out", m[Grounds].notices),
    ):  # fmt: skip
        for key in keys:
            _again(m, rule, key)


def _again(m: Machine, rule: str, key: Hashable) -> None:
    """What rests on this source is to be worked out again."""
    m[Raised].stale[rule, key] = None
    m.touched.add("damages")


# -- the items ---------------------------------------------------------------------------------------


def renewed(m: Machine, grouped: Grouped) -> tuple[list[Item], list[Item]]:
    """The items that no longer are what they were when last asked for, and those that are new since."""
    raised = m[Raised]
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


def _without_fee(m: Machine, item: Item, more: int) -> None:
    """The fact that completed an item of annex 3 where no system's fee is known is an anomaly."""
    if item.annex != 3 or item.base is not None:
        return
    fact = item.completed_by
    anomaly, count = m[Raised].unpriced.get(fact.id) or (Anomaly("NO_SYSTEM_FEE", fact.id, fact.seq, fact.day), 0)
    if count == 0:
        m.anomalies.put(anomaly)
    elif count + more == 0:
        m.anomalies.drop(anomaly)
    m[Raised].unpriced[fact.id] = anomaly, count + more


def _follow_groups(m: Machine, grouped: Grouped) -> None:
    """Look again at the incidents that were graded or grouped anew, and at the outages of their systems."""
    raised = m[Raised]
    anew, groups, raised.groups_read = grouped.since(raised.groups_read)
    if anew:
        for system in m[Reports].outages:
            _again(m, "outages", system)
        m[Reports].outages.clear()
        raised.outage_of.clear()
    for came, group in groups:
        for incident in group.all_of_them if came else ():
            _again(m, "incident", incident.id)
            _place_outage(m, incident)


def _place_outage(m: Machine, incident: Incident) -> None:
    """Among the ungraded outages of its system, if it is one of them."""
    raised, outages = m[Raised], m[Reports].outages
    before = raised.outage_of.pop(incident.id, None)
    if before is not None:
        outages[before] = [one for one in outages[before] if one is not incident]
        _again(m, "outages", before)
    system = incident.measures.system
    if incident.kind == "outage" and incident.measures.scope == "system" and system and _ungraded(m, incident):
        insort(outages.setdefault(system, []), incident, key=lambda one: chronological(one.fact))
        raised.outage_of[incident.id] = system
        _again(m, "outages", system)


def _ungraded(m: Machine, incident: Incident) -> bool:
    # a graded incident outside the operating period makes no graded group, and raises no item itself
    grouped = m[Incidents].grouped
    return (
        grouped.of[incident.id].first is None and incident.id not in grouped.grades
        and incident.measures.responsibility != "other"
    )


def _cause(m: Machine, incident: Incident) -> Hashable:
    """The occurrence that an incident is part of: that of its group (10.3)."""
    return "cause", m[Incidents].grouped.of[incident.id].id


def _item(
    m: Machine, annex: int, row: DamagesRow, completed_by: Fact, system: str | None, occurrences: Iterable[Hashable],
    because: list[Fact], *, suffix: str = "",
) -> Item:
    """A damages base uses total and months of the day the item was completed."""
    day = completed_by.day
    base, amount = _charge(m, annex, row, system, terms_on(m, day))
    return Item(
        f"a{annex}-r{row.row}:{completed_by.ref}{suffix}", annex, row, system, day, base, amount,
        [fact.id for fact in sorted(because, key=chronological)], completed_by, list(occurrences),
    )


def _charge(
    m: Machine, annex: int, row: DamagesRow, system: str | None, terms: CloudTerms
) -> tuple[Fraction | None, Fen | None]:
    """The base and, rounded once, what the row charges on it; worked out once for each."""
    key = (annex, row.row, system, id(terms))
    if key in m[Reports].charges:
        return m[Reports].charges[key]
    base: Fraction | None = None
    if annex == 2:  # 附件2 "取费基数:服务协议总金额/服务月数"
        base = Fraction(terms.payment.total, terms.term.months)
    elif system is not None and system in m[Reports].systems:  # 附件3 "取费基数:某业务系统云服务费/服务月数"
        registered = m[Reports].systems[system].what
        assert isinstance(registered, SystemRegistered)
        base = Fraction(registered.annual_fee, terms.term.months)
    charge = base, None if base is None else round_half_up(base * Fraction(row.rate))
    m[Reports].charges[key] = charge
    return charge


# -- the rows, by what they speak of ----------------------------------------------------------------


def _short(m: Machine, row: DamagesRow, fact: Fact) -> bool:
    """可用性低于 99.99%, 或数据可用性低于 …: is the month reported below the row's floors?"""
    report = fact.what
    assert isinstance(report, AvailabilityReported)
    below = row.availability is not None and report.availability < row.availability
    if row.data_reliability is None:
        return below
    floor = reliability_floor(row.data_reliability, m.agreement.on(fact.day).readings)
    return below or report.data_reliability < floor


def _of_availability(m: Machine, key: tuple[str, str | None]) -> Iterator[Item]:
    month, system = key
    fact = m[Quality].availability[system][month]
    report = fact.what
    assert isinstance(report, AvailabilityReported)
    for annex, row in terms_on(m, fact.day).damages.by_rule.get("availability", ()):
        if report.consequence == CONSEQUENCE[annex] and _short(m, row, fact):
            yield _item(m, annex, row, fact, system, [fact.id], [fact])


def _of_complaints(m: Machine, system: str) -> Iterator[Item]:
    # 附件3 第2行 "且在服务期内被甲方投诉此类情况 3 次以上的": once per system
    complaints = m[Reports].complaints.get(system, [])
    reports = sorted(m[Quality].availability.get(system, {}).values(), key=chronological) if complaints else []
    completed: dict[tuple[int, int], Item] = {}
    ever = dict.fromkeys(one for terms in terms_ever(m) for one in terms.damages.by_rule.get("repeated-complaints", ()))
    for annex, row in ever:
        first = next((fact for fact in reports if _short(m, row, fact)), None)
        counted = complaints[: row.count or 0]
        if first is None or len(counted) < (row.count or 0):
            continue
        both_there = max(chronological(fact) for fact in (first, *counted))
        from_then = (facts[bisect_left(facts, both_there, key=chronological) :] for facts in (complaints, reports))
        for completed_by in merge(*from_then, key=chronological):
            if (annex, row) in terms_on(m, completed_by.day).damages.by_rule.get("repeated-complaints", ()):
                item = _item(m, annex, row, completed_by, system, [first.id], [first, *counted])
                other = completed.setdefault((annex, row.row), item)
                # an amended row may have been completed before this one
                if chronological(completed_by) < chronological(other.completed_by):
                    completed[annex, row.row] = item
                break
    yield from completed.values()


def _of_failed_assessments(m: Machine, name: str) -> Iterator[Item]:
    # 附件3 第3行 "如乙方连续 3 次未能通过考核, 经限期整改后仍不能达到甲方要求的"
    notice = m[Grounds].notices[name]
    if notice.about != "assessment" or notice.unheeded_on is None:
        return
    for annex, row in terms_on(m, notice.fact.day).damages.by_rule.get("failed-assessments", ()):
        for system, months in m[Reports].failed.items():
            run = _run_before(months, row.count or 0, notice.fact)
            if run:
                because = [*run, notice.fact]
                suffix = f":{system}" if system is not None else ""
                yield _item(m, annex, row, notice.fact, system, [], because, suffix=suffix)


def _run_before(months: dict[int, Fact], count: int, notice: Fact) -> list[Fact]:
    """The first ``count`` consecutive failed months all reported before the notice."""
    before = {month: fact for month, fact in months.items() if chronological(fact) < chronological(notice)}
    for month in sorted(before):
        if all(month + step in before for step in range(count)):
            return [before[month + step] for step in range(count)]
    return []


def _of_late_scale_out(m: Machine, name: str) -> Iterator[Item]:
    # 附件3 第4行 "且经管理单位书面通知仍未能限期满足甲方需求的"
    notice = m[Grounds].notices[name]
    asked = m[Reports].scale_outs_named.get(notice.about or "")
    if asked is None or notice.fact.by != "administrator":
        return
    late_on = max(asked.due, notice.deadline) + ONE_DAY
    if late_on > m.day or (asked.completed is not None and asked.completed.day < late_on):
        return
    request = asked.fact.what
    assert isinstance(request, ScaleOutRequested)
    for annex, row in terms_on(m, notice.fact.day).damages.by_rule.get("late-scale-out", ()):
        occurrence = ("scale-out", request.request)
        yield _item(m, annex, row, notice.fact, request.system, [occurrence], [asked.fact, notice.fact])


def _in_band(m: Machine, rule: str, value: int, day: date) -> Iterator[tuple[int, DamagesRow]]:
    """The row of each annex whose band holds ``value``: bounds exclusive, or by the reading ``band-gaps``."""
    rows = terms_on(m, day).damages.by_rule.get(rule, ())
    literal = m.agreement.reading("band-gaps", day) == "literal"
    for annex in (2, 3):
        bands = [row for of, row in rows if of == annex]
        for row in bands:
            over, under = row.over or 0, row.under or 0
            # "大于 15 分钟且小于 30 分钟"
            if value > over and (value < under or (not literal and (value == under or row is bands[-1]))):
                yield annex, row
                break


def _of_service_level(m: Machine, key: tuple[str, str | None]) -> Iterator[Item]:
    fact = m[Reports].service_levels[key]
    report = fact.what
    assert isinstance(report, ServiceLevelReported)
    for rule, minutes in (("response", report.response_minutes), ("recovery", report.recovery_minutes)):
        if minutes is None:
            continue
        for annex, row in _in_band(m, rule, minutes, fact.day):
            if report.consequence == CONSEQUENCE[annex]:
                yield _item(m, annex, row, fact, report.system, [fact.id], [fact])


def _of_absence(m: Machine, number: int) -> Iterator[Item]:
    fact = m[Reports].on_site[number]
    absence = fact.what
    assert isinstance(absence, OnSiteAbsenceRecorded)
    for annex, row in _in_band(m, "on-site-absence", absence.minutes, fact.day):
        if absence.consequence == CONSEQUENCE[annex]:
            yield _item(m, annex, row, fact, absence.system, [fact.id], [fact])


def _of_incident(m: Machine, name: str) -> Iterator[Item]:
    incident = m[Incidents].reported[name]
    if not _ungraded(m, incident):
        return
    rows = terms_on(m, incident.day).damages.by_rule
    for rule, applies in _incident_rules(incident):
        for annex, row in rows.get(rule, ()):
            if applies(annex, row):
                yield _item(
                    m, annex, row, incident.fact, incident.measures.system, [_cause(m, incident)], [incident.fact]
                )


def _incident_rules(incident: Incident) -> list[tuple[str, Callable[[int, DamagesRow], bool]]]:
    measures = incident.measures

    def consequence(annex: int, row: DamagesRow) -> bool:
        return measures.consequence == CONSEQUENCE[annex]

    rules: list[tuple[str, Callable[[int, DamagesRow], bool]]] = []
    if incident.kind == "mutual_backup":  # 附件2 第2行, any consequence
        rules.append(("mutual-backup", lambda annex, row: True))
    # 附件2 第3至5行 "因所提供的安全服务出现故障"
    if incident.kind in ("tampering", "data_loss", "intrusion") and measures.security_service_fault is True:
        rules.append((incident.kind.replace("_", "-"), consequence))
    # 附件2 第6行, 附件3 第7行 "在云安全监管服务商已发出整改通知后未正确处置"
    if measures.unheeded_notice is not None:
        rules.append(("unheeded-notice", consequence))
    # 附件3 第5行 "造成某系统宕机 2 小时以上"
    if incident.kind == "outage" and measures.scope == "system":
        minutes = measures.duration_minutes
        rules.append(("outage", lambda annex, row: minutes is not None and minutes >= (row.minutes or 0)))
    return rules


def _of_repeated_outages(m: Machine, system: str) -> Iterator[Item]:
    # 附件3 第6行 "造成某系统连续宕机 3 次以上或累计 8 小时以上": once per system
    outages = m[Reports].outages.get(system, [])
    minutes = 0
    in_month: Counter[tuple[int, int]] = Counter()
    for number, outage in enumerate(outages, 1):
        minutes += outage.measures.duration_minutes or 0
        month = (outage.day.year, outage.day.month)
        in_month[month] += 1
        in_term = m.agreement.reading("consecutive-outages", outage.day) == "in-term"
        completed: dict[tuple[int, int], Item] = {}
        for annex, row in terms_on(m, outage.day).damages.by_rule.get("repeated-outages", ()):
            run = outages[:number]
            if minutes < (row.minutes or 0):
                if (number if in_term else in_month[month]) < (row.count or 0):
                    continue
                run = [one for one in run if in_term or (one.day.year, one.day.month) == month]
            because = [one.fact for one in run]
            occurrences = [_cause(m, one) for one in run]
            completed.setdefault((annex, row.row), _item(m, annex, row, outage.fact, system, occurrences, because))
        if completed:
            yield from completed.values()
            return


RAISES: dict[str, Callable[[Machine, Any], Iterator[Item]]] = {
    "availability": _of_availability,  # by month and system
    "service-level": _of_service_level,  # by month and system
    "on-site": _of_absence,  # by its number
    "complaints": _of_complaints,  # by system
    "assessments": _of_failed_assessments,  # by notice
    "scale-out": _of_late_scale_out,  # by notice
    "incident": _of_incident,
    "outages": _of_repeated_outages,  # by system
}
