"""What each row of annexes 2 and 3 makes of the facts (SPEC 4.6): items, and what it asks beside what was found.

Annex 2 is charged on total ÷ months of the term, annex 3 on a twelfth of the system's annual fee. Every item rests on
one source: a report, an incident, a system's complaints or outages, a notice (``RAISES``). What lies outside the
operating period raises nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from heapq import merge
from typing import Any, NamedTuple

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Incident, Incidents
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.facts import (
    AssessmentRecorded,
    OnSiteAbsenceRecorded,
    ScaleOutRequested,
    ServiceLevelReported,
    SystemRegistered,
)
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import (
    Base,
    Item,
    Measured,
    Origin,
    occurrences_of,
)
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.state import Reports
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.facts import AvailabilityReported
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.state import Quality
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.state import Grounds, Notice
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.readings import reliability_floor
from ledger.agreements.beijing_government_cloud_2025.terms import DamagesRow, terms_ever, terms_on
from ledger.domain.calendar import corresponding_day, month_number
from ledger.domain.fact import ADMINISTRATOR, SUPERVISOR, Fact, chronological
from ledger.domain.machine import ONE_DAY, Machine
from ledger.domain.moments import parse_on
from ledger.domain.money import round_half_up

MINUTE = 60_000_000  # µs
CONSEQUENCE = {2: "major", 3: "problem"}  # 造成重大影响/事故 | 出现问题但未造成重大影响
Minutes = Decimal | int


# -- the base and the amount ------------------------------------------------------------------------


def _item(
    m: Machine, annex: int, row: DamagesRow, completed_by: Fact, system: str | None, origins: Iterable[Origin],
    because: Iterable[Fact | str], measured: Iterable[Measured], *, suffix: str = "",
) -> Item:  # fmt: skip
    """A damages base uses total and months of the day the item was completed (SPEC 4.8)."""
    day = completed_by.day
    base = _base(m, annex, system, day)
    rested = list(dict.fromkeys(origins))
    if rested:  # of one fact, one occurrence
        rested = list(dict.fromkeys([*rested, ("fact", completed_by.ref)]))
    told = {one if isinstance(one, str) else one.id: None for one in because}
    return Item(
        f"a{annex}-r{row.row}:{completed_by.ref}{suffix}", annex, row, system, day, base,
        None if base is None else round_half_up(base.each * Fraction(row.rate)), list(told), completed_by,
        tuple(measured), tuple(rested), occurrences_of(rested, m[Incidents].grouped.of),
    )  # fmt: skip


def _base(m: Machine, annex: int, system: str | None, day: date) -> Base | None:
    if annex == 2:  # 附件2 "取费基数:服务协议总金额/服务月数"
        terms = terms_on(m, day)
        return Base("total", terms.payment.total, _months(m, day) or terms.term.months)
    registered = m[Reports].systems.get(system) if system is not None else None
    if registered is None:
        return None
    what = registered.what
    assert isinstance(what, SystemRegistered)
    return Base("fee", what.annual_fee, 12, registered.id)  # 附件3 "取费基数为某业务系统的月均云服务费"


def _months(m: Machine, day: date) -> int | None:
    """The months from the lease to the end of the term, a part counting as one, by the reading ``extended-term``."""
    life = m[Life]
    if m.agreement.reading("base-months", day) != "extended-term" or life.lease is None or life.ends_on is None:
        return None
    lease, ends_on = life.lease.day, life.ends_on
    months = (ends_on.year - lease.year) * 12 + ends_on.month - lease.month
    return months + 1 if corresponding_day(lease, months) < ends_on else max(months, 1)


# -- what a report rests on, and what of it lies in the operating period ----------------------------


def _reported(m: Machine, fact: Fact, *, month: str | None = None) -> list[Origin]:
    """A report, and the incidents that caused what it tells: those it names, or by ``shortfall-cause`` the month's."""
    what: Any = fact.what
    names = dict.fromkeys(one for one in getattr(what, "incidents", None) or () if one in m[Incidents].reported)
    if month is not None and m.agreement.latest.readings["shortfall-cause"] == "same-month":
        caused = (one for one in begun_in(m, month) if what.system is None or concerns(one, what.system))
        names |= dict.fromkeys(one.id for one in caused)
    return [("fact", fact.ref), *(("incident", name) for name in names)]


def begun_in(m: Machine, month: str) -> Iterable[Incident]:
    """The incidents begun in a month."""
    return m[Reports].begun.get(month_number(month), {}).values()


def concerns(incident: Incident, system: str) -> bool:
    """Is it an incident of that system, or of the platform?"""
    return incident.measures.system == system or of_platform(incident)


def of_platform(incident: Incident) -> bool:
    """Is it of the platform: said so, or of no system in particular?"""
    measures = incident.measures
    return measures.scope == "platform" or (measures.scope is None and measures.system is None)


def times(m: Machine, at: int, minutes: Minutes | None) -> tuple[Fraction, Fraction]:
    """When something that began ``at`` (µs) and lasted ``minutes`` went on within the operating period, in µs.

    A fact of a day without a time stands at its start.
    """
    first, last = m[Life].operating_period
    begin, end = Fraction(at), Fraction(at) + Fraction(minutes or 0) * MINUTE
    if first is not None:
        begin = max(begin, Fraction(parse_on(first.isoformat()).at))
    if last is not None:
        end = min(end, Fraction(parse_on((last + ONE_DAY).isoformat()).at))
    return begin, max(begin, end)


def _minutes_of(m: Machine, fact: Fact, minutes: Minutes) -> Minutes:
    begin, end = times(m, fact.at, minutes)
    return shown_minutes((end - begin) / MINUTE)


def shown_minutes(minutes: Fraction) -> Minutes:
    """A whole number where it is one."""
    if minutes.denominator == 1:
        return minutes.numerator
    return Decimal(minutes.numerator) / Decimal(minutes.denominator)


def _is(measure: str, required: object, found: object, *facts: Fact) -> Measured:
    return Measured(measure, "is", required, found, required == found, tuple(fact.id for fact in facts))


# -- availability: annex 2 row 1, annex 3 rows 1 and 2 ----------------------------------------------


def _floors(m: Machine, row: DamagesRow, fact: Fact) -> list[Measured]:
    """可用性低于 99.99%, 或数据可用性低于 …: the month reported beside the row's floors, of which one is enough."""
    report = fact.what
    assert isinstance(report, AvailabilityReported)
    floors = {"availability": row.availability, "data_reliability": row.data_reliability}
    if row.data_reliability is not None:
        floors["data_reliability"] = reliability_floor(row.data_reliability, m.agreement.on(fact.day).readings)
    return [
        Measured(name, "below", floor, found, found < floor, (fact.id,))
        for name, floor in floors.items() if floor is not None for found in [getattr(report, name)]
    ]  # fmt: skip


def _short(m: Machine, row: DamagesRow, fact: Fact) -> bool:
    return any(one.met for one in _floors(m, row, fact))


def _of_availability(m: Machine, key: tuple[str, str | None]) -> Iterator[Item]:
    month, system = key
    fact = m[Quality].availability[system][month]
    report = fact.what
    assert isinstance(report, AvailabilityReported)
    if not m[Life].operating_month(month):
        return
    for annex, row in terms_on(m, fact.day).damages.by_rule.get("availability", ()):
        if report.consequence == CONSEQUENCE[annex] and _short(m, row, fact):
            measured = [*_floors(m, row, fact), _is("consequence", CONSEQUENCE[annex], report.consequence, fact)]
            yield _item(m, annex, row, fact, system, _reported(m, fact, month=month), [fact], measured)


def _of_complaints(m: Machine, system: str) -> Iterator[Item]:
    # 附件3 第2行 "且在服务期内被甲方投诉此类情况 3 次以上的": once per system
    complaints = [fact for fact in m[Reports].complaints.get(system, []) if m[Life].operating(fact.day)]
    months = m[Quality].availability.get(system, {}) if complaints else {}
    reports = sorted(
        (fact for month, fact in months.items() if m[Life].operating_month(month)), key=chronological
    )  # fmt: skip
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
                item = _complained(m, annex, row, completed_by, system, first, counted)
                other = completed.setdefault((annex, row.row), item)
                # an amended row may have been completed before this one
                if chronological(completed_by) < chronological(other.completed_by):
                    completed[annex, row.row] = item
                break
    yield from completed.values()


def _complained(
    m: Machine, annex: int, row: DamagesRow, completed_by: Fact, system: str, first: Fact, counted: list[Fact]
) -> Item:
    report = first.what
    assert isinstance(report, AvailabilityReported)
    number = Measured("complaints", "from", row.count, len(counted), True, tuple(fact.id for fact in counted))
    because = sorted([first, *counted], key=chronological)
    origins = _reported(m, first, month=report.month)
    return _item(m, annex, row, completed_by, system, origins, because, [*_floors(m, row, first), number])


# -- notices: annex 3 rows 3 and 4 ------------------------------------------------------------------


def _past(notice: Notice) -> Measured:
    return Measured("deadline_passed", "past", notice.deadline, notice.unheeded_on, True, (notice.fact.id,))


def _of_failed_assessments(m: Machine, name: str) -> Iterator[Item]:
    # 附件3 第3行 "如乙方连续 3 次未能通过考核, 经限期整改后仍不能达到甲方要求的"
    notice = m[Grounds].notices[name]
    if notice.about != "assessment" or notice.unheeded_on is None:
        return
    for annex, row in terms_on(m, notice.fact.day).damages.by_rule.get("failed-assessments", ()):
        for system, months in m[Reports].assessed.items():
            run = _run_before(m, months, row.count or 0, notice.fact)
            if run:
                failed = Measured("failed_in_a_row", "from", row.count, len(run), True, tuple(one.id for one in run))
                because = sorted([*run, notice.fact], key=chronological)
                suffix = f":{system}" if system is not None else ""
                yield _item(
                    m, annex, row, notice.fact, system, [], because, [failed, _past(notice)], suffix=suffix
                )  # fmt: skip


def _run_before(m: Machine, months: dict[int, Fact], count: int, notice: Fact) -> list[Fact]:
    """The first ``count`` consecutive failed months of the operating period all reported before the notice."""
    before = {
        month: fact for month, fact in months.items()
        if not _assessed(fact).passed and chronological(fact) < chronological(notice)
        and m[Life].operating_month(_assessed(fact).month)
    }  # fmt: skip
    for month in sorted(before):
        if all(month + step in before for step in range(count)):
            return [before[month + step] for step in range(count)]
    return []


def _assessed(fact: Fact) -> AssessmentRecorded:
    assert isinstance(fact.what, AssessmentRecorded)
    return fact.what


def _of_late_scale_out(m: Machine, name: str) -> Iterator[Item]:
    # 附件3 第4行 "且经管理单位书面通知仍未能限期满足甲方需求的"
    notice = m[Grounds].notices[name]
    asked = m[Reports].scale_outs_named.get(notice.about or "")
    if asked is None or notice.fact.actor != ADMINISTRATOR:
        return
    request = asked.fact.what
    assert isinstance(request, ScaleOutRequested)
    late_on = max(asked.due, notice.deadline) + ONE_DAY
    if late_on > m.day or (asked.completed is not None and asked.completed.day < late_on):
        return
    duties = (m.duties.get(f"scale-out:{request.request}"), m.duties.get(f"rectify:{notice.id}"))
    if any(duty is not None and duty.discharged_on is not None for duty in duties):
        return
    measured = [
        Measured("scale_out_due", "past", asked.due, late_on, True, (asked.fact.id,)),
        Measured("deadline_passed", "past", notice.deadline, late_on, True, (notice.fact.id,)),
    ]
    because = sorted([asked.fact, notice.fact], key=chronological)
    for annex, row in terms_on(m, notice.fact.day).damages.by_rule.get("late-scale-out", ()):
        origins: list[Origin] = [("scale-out", request.request)]
        yield _item(m, annex, row, notice.fact, request.system, origins, because, measured)


# -- bands of minutes: annex 2 rows 7 to 12, annex 3 rows 8 to 13 -----------------------------------


def _in_band(
    m: Machine, rule: str, minutes: Minutes, consequence: str, fact: Fact
) -> Iterator[tuple[int, DamagesRow, list[Measured]]]:
    """The row of each annex whose band holds ``minutes``."""
    a_fortiori = m.agreement.reading("band-gaps", fact.day) == "a-fortiori"
    rows = terms_on(m, fact.day).damages.by_rule.get(rule, ())
    for annex in (2, 3):
        row = band([row for of, row in rows if of == annex], minutes, a_fortiori=a_fortiori)
        if row is not None and consequence == CONSEQUENCE[annex]:
            over, under = row.over or 0, row.under or 0
            beyond = minutes >= under
            yield annex, row, [
                Measured(f"{rule}_minutes", "over", over, minutes, minutes > over, (fact.id,)),
                Measured(f"{rule}_minutes", "upto" if beyond else "under", under, minutes, True, (fact.id,)),
                _is("consequence", CONSEQUENCE[annex], consequence, fact),
            ]


def band(bands: list[DamagesRow], minutes: Minutes, *, a_fortiori: bool) -> DamagesRow | None:
    """The band that holds ``minutes``, of bands in ascending order: "大于 15 分钟且小于 30 分钟", without both ends.

    ``a_fortiori`` (``band-gaps``) what is on a band's upper end or above it, and in no other, belongs to that band.
    """
    for row in bands:
        if (row.over or 0) < minutes < (row.under or 0):
            return row
    reached = [row for row in bands if minutes >= (row.under or 0)]
    return reached[-1] if a_fortiori and reached else None


def _of_service_level(m: Machine, key: tuple[str, str | None]) -> Iterator[Item]:
    month, system = key
    fact = m[Reports].service_levels[key]
    report = fact.what
    assert isinstance(report, ServiceLevelReported)
    if not m[Life].operating_month(month):
        return
    for rule, minutes in (("response", report.response_minutes), ("recovery", report.recovery_minutes)):
        if minutes is not None:
            for annex, row, measured in _in_band(m, rule, minutes, report.consequence, fact):
                yield _item(m, annex, row, fact, system, _reported(m, fact, month=month), [fact], measured)


def _of_absence(m: Machine, number: int) -> Iterator[Item]:
    fact = m[Reports].on_site[number]
    absence = fact.what
    assert isinstance(absence, OnSiteAbsenceRecorded)
    minutes = _minutes_of(m, fact, absence.minutes)
    for annex, row, measured in _in_band(m, "on-site-absence", minutes, absence.consequence, fact):
        yield _item(m, annex, row, fact, absence.system, _reported(m, fact), [fact], measured)


# -- incidents: annex 2 rows 2 to 6, annex 3 rows 5 and 7 -------------------------------------------


def bears(m: Machine, incident: Incident) -> bool:
    """Can the incident bear a row of the annexes: in the operating period, not graded, not for others to answer?"""
    if incident.measures.responsibility == "other" or not m[Life].operating(incident.day):
        return False
    # 附件2 注 "但事故的影响程度和经济损失未达到 B 级事故的"
    grouped = m[Incidents].grouped
    graded = grouped.of[incident.id].first is not None or incident.id in grouped.grades
    return not graded or m.agreement.reading("graded-damages", incident.day) == "a-fortiori"


def _of_incident(m: Machine, name: str) -> Iterator[Item]:
    incident = m[Incidents].reported[name]
    if not bears(m, incident):
        return
    consequence = incident.measures.consequence
    if name in m[Incidents].grouped.grades:  # a fortiori: it bears what it would bear as major
        consequence = "major"
    rows = terms_on(m, incident.day).damages.by_rule
    for rule, told in _incident_rules(m, incident):
        for annex, row in rows.get(rule, ()):
            measured = told(row)
            if rule not in ("mutual-backup", "outage"):
                measured.append(_is("consequence", CONSEQUENCE[annex], consequence, incident.fact))
            if all(one.met for one in measured):
                because = dict.fromkeys([*incident.facts, *(id_ for one in measured for id_ in one.facts)])
                yield _item(
                    m, annex, row, incident.fact, incident.measures.system, [("incident", name)], because, measured
                )  # fmt: skip


class Rule(NamedTuple):
    """A rule of a row, and what it asks of an incident beside a consequence."""

    name: str
    measured: Callable[[DamagesRow], list[Measured]]


def _incident_rules(m: Machine, incident: Incident) -> Iterator[Rule]:
    measures, fact = incident.measures, incident.fact
    kind = _is("kind", incident.kind, incident.kind, fact)
    if incident.kind == "mutual_backup":  # 附件2 第2行, any consequence
        yield Rule("mutual-backup", lambda row: [kind])
    # 附件2 第3至5行 "因所提供的安全服务出现故障"
    if incident.kind in ("tampering", "data_loss", "intrusion"):
        fault = _is("security_service_fault", True, measures.security_service_fault, fact)
        yield Rule(incident.kind.replace("_", "-"), lambda row: [kind, fault])
    # 附件2 第6行, 附件3 第7行 "在云安全监管服务商已发出整改通知后未正确处置"
    notice = m[Grounds].notices.get(measures.unheeded_notice or "")
    if notice is not None:
        yield Rule("unheeded-notice", lambda row: [_unheeded(incident, notice)])
    # 附件3 第5行 "造成某系统宕机 2 小时以上"
    if incident.kind == "outage" and measures.scope == "system" and measures.duration_minutes is not None:
        minutes = _minutes_of(m, fact, measures.duration_minutes)
        yield Rule("outage", lambda row: [
            Measured("duration_minutes", "from", row.minutes, minutes, minutes >= (row.minutes or 0), (fact.id,))
        ])  # fmt: skip


def _unheeded(incident: Incident, notice: Notice) -> Measured:
    """A supervisor's notice, past its deadline unfulfilled when the incident began."""
    unheeded = notice.unheeded_on is not None and notice.unheeded_on <= incident.day
    met = notice.fact.actor == SUPERVISOR and notice.deadline < incident.day and unheeded
    return Measured("unheeded_notice", "past", notice.deadline, incident.day, met, (notice.fact.id,))


# -- outages in all: annex 3 row 6 ------------------------------------------------------------------


def _of_repeated_outages(m: Machine, system: str) -> Iterator[Item]:
    # 附件3 第6行 "造成某系统连续宕机 3 次以上或累计 8 小时以上"
    done: dict[tuple[int, int], int] = {}
    rows = (one for terms in terms_ever(m) for one in terms.damages.by_rule.get("repeated-outages", ()))
    ever = {(annex, row.row) for annex, row in rows}
    outages = list(_in_union(m, m[Reports].outages.get(system, [])))
    for number, outage in enumerate(outages, 1):
        day = outage.incident.day
        once = m.agreement.reading("repeated-outages", day) == "once"
        for annex, row in terms_on(m, day).damages.by_rule.get("repeated-outages", ()):
            since = done.get((annex, row.row), 0)
            if since and once:
                continue
            run = _run(m, row, outages[:number], since)
            if run:
                done[annex, row.row] = number
                yield _repeated(m, annex, row, system, run)
        if once and done.keys() >= ever:
            return


class Outage(NamedTuple):
    """An outage of a system, which occurrence it is, and the minutes of all outages up to it, none counted twice."""

    incident: Incident
    occurrence: str
    minutes: Minutes


def _in_union(m: Machine, outages: Iterable[Incident]) -> Iterator[Outage]:
    """Outages by their beginning, with the union of their times so far."""
    together, until = Fraction(0), Fraction(-(2**63))
    for incident in outages:
        begin, end = times(m, incident.fact.at, incident.measures.duration_minutes)
        together += max(Fraction(0), end - max(begin, until))
        until = max(until, end)
        yield Outage(incident, m[Incidents].grouped.of[incident.id].id, shown_minutes(together / MINUTE))


def _run(m: Machine, row: DamagesRow, outages: list[Outage], since: int) -> list[Outage]:
    """The outages up to the last, if it makes them ``count`` or their minutes enough; none that counted before."""
    last = outages[-1].incident
    counted = {one.occurrence for one in outages[:since]}
    run = [one for one in outages[since:] if one.occurrence not in counted]
    # "连续宕机 3 次以上": within the term, or [consecutive-outages] one month
    if m.agreement.reading("consecutive-outages", last.day) == "in-one-month":
        month = last.day.year, last.day.month
        run = [one for one in run if (one.incident.day.year, one.incident.day.month) == month]
    if run and run[-1] is outages[-1] and len({one.occurrence for one in run}) >= (row.count or 0):
        return run
    return outages if not since and outages[-1].minutes >= (row.minutes or 0) else []


def _repeated(m: Machine, annex: int, row: DamagesRow, system: str, run: list[Outage]) -> Item:
    number, minutes = len({one.occurrence for one in run}), run[-1].minutes
    facts = tuple(one.incident.fact.id for one in run)
    measured = [
        Measured("outages", "from", row.count, number, number >= (row.count or 0), facts),
        Measured("outage_minutes", "from", row.minutes, minutes, minutes >= (row.minutes or 0), facts),
    ]
    origins: list[Origin] = [("incident", one.incident.id) for one in run]
    because = dict.fromkeys(id_ for one in run for id_ in one.incident.facts)
    return _item(m, annex, row, run[-1].incident.fact, system, origins, because, measured)


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
