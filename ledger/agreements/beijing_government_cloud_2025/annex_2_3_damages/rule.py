"""附件2 重大违约行为, 附件3 一般违约行为: what each row makes of the facts, and which items stand (10.3).

Annex 2 is charged on total ÷ months of the term, annex 3 on the system's annual fee ÷ months. An incident
of a graded group raises no item ("影响程度和经济损失未达到 B 级事故的"), nor one others answer for.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Group, Grouped, Incident
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
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.state import Reports, ScaleOut
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.facts import AvailabilityReported
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.state import Quality
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.state import Grounds
from ledger.agreements.beijing_government_cloud_2025.readings import reliability_floor
from ledger.agreements.beijing_government_cloud_2025.terms import DamagesRow, Terms, terms_on
from ledger.domain.fact import Fact
from ledger.domain.machine import ONE_DAY, Machine
from ledger.domain.money import Fen, round_half_up

CONSEQUENCE = {2: "major", 3: "problem"}  # 造成重大影响/事故 | 出现问题但未造成重大影响


# -- facts ------------------------------------------------------------------------------------------


def system_registered(m: Machine, fact: Fact, what: SystemRegistered) -> None:
    m[Reports].systems[what.system] = fact
    m[Reports].charges.clear()
    m.touched.add("damages")


def service_level_reported(m: Machine, fact: Fact, what: ServiceLevelReported) -> None:
    """A later report for the same month and system replaces the earlier one."""
    m[Reports].service_levels[what.month, what.system] = fact
    m.touched.add("damages")


def on_site_absence_recorded(m: Machine, fact: Fact, what: OnSiteAbsenceRecorded) -> None:
    m[Reports].on_site.append(fact)
    m.touched.add("damages")


def assessment_recorded(m: Machine, fact: Fact, what: AssessmentRecorded) -> None:
    m[Reports].assessments[what.month, what.system] = fact
    m.touched.add("damages")


def complaint_filed(m: Machine, fact: Fact, what: ComplaintFiled) -> None:
    if what.subject == "availability" and what.system is not None:
        m[Reports].complaints.setdefault(what.system, []).append(fact)
        m.touched.add("damages")


def scale_out_requested(m: Machine, fact: Fact, what: ScaleOutRequested) -> None:
    # 附件3 第4行 "在 7 个自然日内完成云平台的资源扩容": natural days, no roll
    due = m.calendar.days(fact.day, terms_on(m, fact.day).periods.scale_out_days, rolls=False)
    m.oblige("scale-out", what.request, "annex 3 row 4", "party_b", due, [fact.id], on=fact.day)
    asked = ScaleOut(fact, due.due)
    m[Reports].scale_outs[what.request] = asked
    m[Reports].scale_outs_named |= {fact.ref: asked, fact.id: asked, what.request: asked}
    m.wake(due.due + ONE_DAY, "damages")


def scale_out_completed(m: Machine, fact: Fact, what: ScaleOutCompleted) -> None:
    asked = m[Reports].scale_outs[what.request]
    if asked.completed is None:
        asked.completed = fact
    m.settle("scale-out:" + what.request, fact)
    m.touched.add("damages")


# -- the items ---------------------------------------------------------------------------------------


def damages(m: Machine, day: date, grouped: Grouped) -> list[Item]:
    """Every item raised by ``day``, by the day it was completed; which of them stand is a matter of 10.3."""
    return sorted(_items(m, day, grouped.groups, grouped.grades), key=lambda item: (item.day, item.id))


def _items(m: Machine, day: date, groups: list[Group], grades: Mapping[str, str]) -> Iterator[Item]:
    causes = {one.id: index for index, group in enumerate(groups) for one in group.all_of_them}
    # a graded incident outside the operating period makes no graded group, and raises no item itself
    ungraded = [
        one for group in groups if group.first is None for one in group.all_of_them
        if one.id not in grades and one.measures.responsibility != "other"
    ]
    yield from _of_availability(m)
    yield from _of_service_levels(m)
    yield from _of_absences(m)
    for incident in ungraded:
        yield from _of_incident(m, incident, causes)
    yield from _of_complaints(m)
    yield from _of_failed_assessments(m, day)
    yield from _of_late_scale_outs(m, day)
    yield from _of_repeated_outages(m, ungraded, causes)


def _item(
    m: Machine, annex: int, row: DamagesRow, completed_by: Fact, system: str | None, occurrences: Iterable[Hashable],
    because: list[Fact], *, suffix: str = "",
) -> Item:
    """A damages base uses total and months of the day the item was completed."""
    day = completed_by.day
    base, amount = _charge(m, annex, row, system, terms_on(m, day))
    return Item(
        f"a{annex}-r{row.row}:{completed_by.ref}{suffix}", annex, row, day, base, amount,
        [fact.id for fact in sorted(because, key=_moment)], completed_by, list(occurrences),
    )


def _charge(
    m: Machine, annex: int, row: DamagesRow, system: str | None, terms: Terms
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


def _of_availability(m: Machine) -> Iterator[Item]:
    for (_, system), fact in m[Quality].availability.items():
        report = fact.what
        assert isinstance(report, AvailabilityReported)
        for annex, row in terms_on(m, fact.day).damages.by_rule.get("availability", ()):
            if report.consequence == CONSEQUENCE[annex] and _short(m, row, fact):
                yield _item(m, annex, row, fact, system, [fact.id], [fact])


def _of_complaints(m: Machine) -> Iterator[Item]:
    # 附件3 第2行 "且在服务期内被甲方投诉此类情况 3 次以上的": once per system
    for system, complaints in m[Reports].complaints.items():
        reports = [fact for (_, of), fact in m[Quality].availability.items() if of == system]
        raised: set[tuple[int, int]] = set()
        for completed_by in sorted([*reports, *complaints], key=_moment):
            so_far = sorted((f for f in complaints if _moment(f) <= _moment(completed_by)), key=_moment)
            for annex, row in terms_on(m, completed_by.day).damages.by_rule.get("repeated-complaints", ()):
                count = row.count or 0
                short = [f for f in reports if _moment(f) <= _moment(completed_by) and _short(m, row, f)]
                if short and len(so_far) >= count and (annex, row.row) not in raised:
                    raised.add((annex, row.row))
                    first = min(short, key=_moment)
                    yield _item(m, annex, row, completed_by, system, [first.id], [first, *so_far[:count]])


def _of_failed_assessments(m: Machine, day: date) -> Iterator[Item]:
    # 附件3 第3行 "如乙方连续 3 次未能通过考核, 经限期整改后仍不能达到甲方要求的"
    failed: dict[str | None, dict[int, Fact]] = {}
    for (month, system), fact in m[Reports].assessments.items():
        what = fact.what
        assert isinstance(what, AssessmentRecorded)
        if not what.passed:
            failed.setdefault(system, {})[int(month[:4]) * 12 + int(month[5:])] = fact
    for notice in m[Grounds].notices.values():
        if notice.about != "assessment" or notice.unheeded_on is None or notice.unheeded_on > day:
            continue
        for annex, row in terms_on(m, notice.fact.day).damages.by_rule.get("failed-assessments", ()):
            for system, months in failed.items():
                run = _run_before(months, row.count or 0, notice.fact)
                if run:
                    because = [*run, notice.fact]
                    suffix = f":{system}" if system is not None else ""
                    yield _item(m, annex, row, notice.fact, system, [], because, suffix=suffix)


def _run_before(months: dict[int, Fact], count: int, notice: Fact) -> list[Fact]:
    """The first ``count`` consecutive failed months all reported before the notice."""
    before = {month: fact for month, fact in months.items() if _moment(fact) < _moment(notice)}
    for month in sorted(before):
        if all(month + step in before for step in range(count)):
            return [before[month + step] for step in range(count)]
    return []


def _of_late_scale_outs(m: Machine, day: date) -> Iterator[Item]:
    # 附件3 第4行 "且经管理单位书面通知仍未能限期满足甲方需求的"
    for notice in m[Grounds].notices.values():
        asked = m[Reports].scale_outs_named.get(notice.about or "")
        if asked is None or notice.fact.by != "administrator":
            continue
        late_on = max(asked.due, notice.deadline) + ONE_DAY
        if late_on > day or (asked.completed is not None and asked.completed.day < late_on):
            continue
        request = asked.fact.what
        assert isinstance(request, ScaleOutRequested)
        for annex, row in terms_on(m, notice.fact.day).damages.by_rule.get("late-scale-out", ()):
            occurrence = ("scale-out", request.request)
            because = [asked.fact, notice.fact]
            yield _item(m, annex, row, notice.fact, request.system, [occurrence], because)


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


def _of_service_levels(m: Machine) -> Iterator[Item]:
    for (_, system), fact in m[Reports].service_levels.items():
        report = fact.what
        assert isinstance(report, ServiceLevelReported)
        for rule, minutes in (("response", report.response_minutes), ("recovery", report.recovery_minutes)):
            if minutes is None:
                continue
            for annex, row in _in_band(m, rule, minutes, fact.day):
                if report.consequence == CONSEQUENCE[annex]:
                    yield _item(m, annex, row, fact, system, [fact.id], [fact])


def _of_absences(m: Machine) -> Iterator[Item]:
    for fact in m[Reports].on_site:
        absence = fact.what
        assert isinstance(absence, OnSiteAbsenceRecorded)
        for annex, row in _in_band(m, "on-site-absence", absence.minutes, fact.day):
            if absence.consequence == CONSEQUENCE[annex]:
                yield _item(m, annex, row, fact, absence.system, [fact.id], [fact])


def _of_incident(m: Machine, incident: Incident, causes: dict[str, int]) -> Iterator[Item]:
    rows = terms_on(m, incident.day).damages.by_rule
    occurrence = ("cause", causes[incident.id])
    for rule, applies in _incident_rules(incident):
        for annex, row in rows.get(rule, ()):
            if applies(annex, row):
                yield _item(
                    m, annex, row, incident.fact, incident.measures.system, [occurrence], [incident.fact]
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


def _of_repeated_outages(m: Machine, ungraded: list[Incident], causes: dict[str, int]) -> Iterator[Item]:
    # 附件3 第6行 "造成某系统连续宕机 3 次以上或累计 8 小时以上": once per system
    by_system: dict[str | None, list[Incident]] = {}
    for incident in ungraded:
        if incident.kind == "outage" and incident.measures.scope == "system":
            by_system.setdefault(incident.measures.system, []).append(incident)
    for system, outages in by_system.items():
        if system is None:
            continue
        outages.sort(key=lambda one: _moment(one.fact))
        raised: set[tuple[int, int]] = set()
        for index, outage in enumerate(outages):
            for annex, row in terms_on(m, outage.day).damages.by_rule.get("repeated-outages", ()):
                run = _completing(m, row, outages[: index + 1])
                if run and (annex, row.row) not in raised:
                    raised.add((annex, row.row))
                    because = [one.fact for one in run]
                    occurrences = [("cause", causes[one.id]) for one in run]
                    yield _item(m, annex, row, outage.fact, system, occurrences, because)
            if raised:
                break


def _completing(m: Machine, row: DamagesRow, so_far: list[Incident]) -> list[Incident]:
    """The outages that make three, or 480 minutes in all, with the last of them."""
    last = so_far[-1]
    if sum(one.measures.duration_minutes or 0 for one in so_far) >= (row.minutes or 0):
        return so_far
    in_term = m.agreement.reading("consecutive-outages", last.day) == "in-term"
    month = (last.day.year, last.day.month)
    counted = [one for one in so_far if in_term or (one.day.year, one.day.month) == month]
    return counted if len(counted) >= (row.count or 0) else []


def _moment(fact: Fact) -> tuple[int, int]:
    return fact.at, fact.seq
