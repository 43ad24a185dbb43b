"""附件1 重大事件—退出: what makes an incident A or B grade, and which incidents are one (10.3).

The heading limits the table to accidents for which the provider is mainly responsible (云服务商主责). A
measure that is not stated never satisfies a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any, NamedTuple

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.facts import (
    IncidentAssessed,
    IncidentGradeAgreed,
    IncidentReported,
    IncidentsLinked,
    IncidentsUnlinked,
    Measures,
)
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Group, Grouped, Incident, Incidents
from ledger.agreements.beijing_government_cloud_2025.article_13_term.facts import LeaseStarted
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.terms import Grades, OutageGrade, latest_terms, terms_on
from ledger.domain.calendar import corresponding_day
from ledger.domain.fact import Fact, chronological
from ledger.domain.facts.agreement import AmendmentAgreed
from ledger.domain.machine import ONE_DAY, Machine

# -- the table --------------------------------------------------------------------------------------


def grade(kind: str, measures: Measures, grades: Grades, readings: Mapping[str, str]) -> str | None:
    """``"A"``, ``"B"`` or ``None`` for an incident of ``kind`` with these measures."""
    if measures.responsibility == "other":  # "云服务商主责"
        return None
    if kind in ("outage", "data_loss"):  # "因不可抗力造成": a contradiction of the text
        force_majeure = readings["force-majeure"]
        if force_majeure == "excluded" and measures.force_majeure is True:
            return None
        if force_majeure == "required" and measures.force_majeure is not True:
            return None
    asked = criteria(kind, measures, grades)
    if not asked or not _met(asked, "AB"):  # 互备缺失 is no row of annex 1
        return None
    together = any if kind == "outage" and readings["outage-criteria"] == "any" else all
    if _met(asked, "A", together):
        return "A"
    if kind == "outage" and readings["outage-b-ceiling"] == "thirty-percent" and _share_of_a(asked):
        return None
    return "B" if _met(asked, "B", together) else None


class Criterion(NamedTuple):
    """One condition of a row of annex 1 and what was found; ``met`` is None where nothing was stated.

    ``grade`` is "A", "B" or, for what both rows ask, "AB"; ``test`` says how ``stated`` was held against ``required``:
    ``is``, ``from`` (以上, inclusive), ``over`` (超过, exclusive), ``one_of``, or ``weighty``, where ``stated`` is the
    level of protection and 重要业务系统, of which either is enough.
    """

    grade: str
    measure: str
    test: str
    required: Any
    stated: Any
    met: bool | None


def criteria(kind: str, measures: Measures, grades: Grades) -> list[Criterion]:
    """What annex 1 asks of an incident of ``kind``, row by row; empty where it has no row for it."""
    match kind:
        case "outage" if grades.outage is not None:
            outage = grades.outage
            # "服务中断 云平台整体 … 2 小时以上"
            # A "超过 30% 以上业务系统中断、影响人数 50 万以上、导致 500 万元以上经济损失"
            # B "超过 10% 至 30% 业务系统中断、影响人数 10 万以上、导致 100 万元以上经济损失"
            return [
                _is("AB", "scope", measures, "platform"),
                _from("AB", "duration_minutes", measures, outage.minutes),
                *_affected("A", measures, outage.a), *_affected("B", measures, outage.b),
            ]  # fmt: skip
        case "tampering" if grades.tampering is not None:
            # "因云服务商的安全隐患原因造成的系统被恶意篡改事件…未按照应急预案进行处置 … 30 分钟以上"
            # A "在重大或特别重大保障期间 … 被国家级机构或媒体通报、市级领导批示或关注"
            # B "被市级机构或媒体通报、市级领导批示或关注": national attention a fortiori
            return [
                _from("AB", "duration_minutes", measures, grades.tampering.minutes),
                _is("AB", "provider_hazard", measures, True),
                _is("AB", "plan_followed", measures, False),
                _is("A", "guarantee_period", measures, True),
                _one_of("A", "attention", measures, ("national", "municipal_leader")),
                _one_of("B", "attention", measures, ("municipal", "municipal_leader", "national")),
            ]
        case "data_loss" if grades.data_loss is not None:
            loss = grades.data_loss
            # "核心业务数据 … 丢失超过 1 个月以上的数据,且确认无法恢复"
            # A "等保三级或重要业务系统 … 超过 3 个业务系统"
            # B "1 个业务系统": more of them a fortiori
            return [
                _is("AB", "core_data", measures, True),
                _is("AB", "unrecoverable", measures, True),
                _over("AB", "months_lost", measures, loss.months_over),
                _over("A", "systems_affected", measures, loss.a.systems_over),
                _weighty(measures, loss.a.mlps_level_from),
                _from("B", "systems_affected", measures, loss.b.systems_from),
            ]
        case "intrusion" if grades.intrusion is not None:
            # "被第三方安全机构通报…未在 24 小时内做有效处置…造成业务系统…被恶意篡改或敏感信息泄露事件"
            # A "等保三级或重要业务系统 … 在重大或特别重大保障期间"
            return [
                _is("AB", "third_party_notified", measures, True),
                _is("AB", "handled_in_time", measures, False),
                _is("AB", "tampered_or_leaked", measures, True),
                _is("A", "guarantee_period", measures, True),
                _weighty(measures, grades.intrusion.a.mlps_level_from),
            ]
    return []


def _met(asked: Iterable[Criterion], row: str, together: Callable[[Iterable[bool]], bool] = all) -> bool:
    return together(one.met is True for one in asked if one.grade == row)


def _share_of_a(asked: Iterable[Criterion]) -> bool:
    return any(one.met is True for one in asked if one.grade == "A" and one.measure == "systems_share")


def _affected(row: str, measures: Measures, of: OutageGrade) -> list[Criterion]:
    return [
        _over(row, "systems_share", measures, of.systems_share_over),
        _from(row, "people_affected", measures, of.people_from),
        _from(row, "economic_loss", measures, of.loss_from),
    ]


def _is(row: str, measure: str, measures: Measures, right: object) -> Criterion:
    stated = getattr(measures, measure)
    return Criterion(row, measure, "is", right, stated, None if stated is None else stated == right)


def _from(row: str, measure: str, measures: Measures, least: Any) -> Criterion:  # 以上
    stated = getattr(measures, measure)
    return Criterion(row, measure, "from", least, stated, None if stated is None else stated >= least)


def _over(row: str, measure: str, measures: Measures, limit: Any) -> Criterion:  # 超过
    stated = getattr(measures, measure)
    return Criterion(row, measure, "over", limit, stated, None if stated is None else stated > limit)


def _one_of(row: str, measure: str, measures: Measures, names: tuple[str, ...]) -> Criterion:
    stated = getattr(measures, measure)
    met = None if stated is None else not set(stated).isdisjoint(names)
    return Criterion(row, measure, "one_of", names, stated, met)


def _weighty(measures: Measures, level: int) -> Criterion:  # 等保三级或重要业务系统
    stated = measures.mlps_level, measures.important
    if stated == (None, None):
        return Criterion("A", "weighty", "weighty", level, None, None)
    met = (measures.mlps_level is not None and measures.mlps_level >= level) or measures.important is True
    return Criterion("A", "weighty", "weighty", level, stated, met)


# -- facts about incidents --------------------------------------------------------------------------

_MEASURES = tuple(field.name for field in fields(Measures))


def reported(m: Machine, fact: Fact, what: IncidentReported) -> None:
    incidents = m[Incidents]
    measures = what.measures
    incidents.reported[what.incident] = Incident(
        what.incident, fact, what.kind, measures, [fact.id],
        linked=incidents.links.setdefault(what.incident, set()), measured_cause=measures.root_cause,
    )  # fmt: skip
    _moved(m, what.incident)
    _watch(m, fact.day)
    if measures.learned_on is not None:
        _watch(m, measures.learned_on)


def assessed(m: Machine, fact: Fact, what: IncidentAssessed) -> None:
    """An assessment replaces measure by measure, from its day."""
    incident = m[Incidents].reported[what.incident]
    stated = {name: value for name in _MEASURES if (value := getattr(what.measures, name)) is not None}
    incident.measures = replace(incident.measures, **stated)
    incident.measured_cause = what.measures.root_cause or incident.measured_cause
    incident.facts.append(fact.id)
    _moved(m, what.incident)
    if what.measures.learned_on is not None:
        _watch(m, what.measures.learned_on)


def grade_agreed(m: Machine, fact: Fact, what: IncidentGradeAgreed) -> None:
    """An agreed grade replaces the computed one from its day."""
    incident = m[Incidents].reported[what.incident]
    incident.agreed = what.grade
    incident.facts.append(fact.id)
    _moved(m, what.incident)


def linked(m: Machine, fact: Fact, what: IncidentsLinked) -> None:
    # 10(3) "系同一事件或原因导致的事故, 甲方不可就同一事件重复要求乙方承担违约责任"
    for name in what.incidents:
        m[Incidents].links.setdefault(name, set()).add(what.root_cause)
    _moved(m, *what.incidents)


def unlinked(m: Machine, fact: Fact, what: IncidentsUnlinked) -> None:
    """Unlinking removes the incident from that root cause only; other ties hold."""
    for name in what.incidents:
        m[Incidents].links.setdefault(name, set()).discard(what.root_cause)
        incident = m[Incidents].reported.get(name)
        if incident is not None and incident.measured_cause == what.root_cause:
            incident.measured_cause = None
    _moved(m, *what.incidents)


def _moved(m: Machine, *names: str) -> None:
    m[Incidents].moved |= dict.fromkeys(names)
    m.touched.update(("incidents", "termination", "damages"))


def watch_anew(m: Machine, fact: Fact, what: LeaseStarted | AmendmentAgreed) -> None:
    """Another window, or a lease to count contract years from, moves the days incidents leave on."""
    for incident in m[Incidents].reported.values():
        _watch(m, incident.day)


def _watch(m: Machine, day: date) -> None:
    """The days on which an incident of ``day`` may leave a window, or its ground lapse."""
    life = m[Life]
    months = latest_terms(m).termination.b_window_months
    m.wake(corresponding_day(day, months) + ONE_DAY, "incidents")
    m.wake(corresponding_day(day, 12) + ONE_DAY, "termination")
    m.wake(date(day.year + 1, 1, 1), "incidents")
    if life.lease is not None:
        lease = life.lease.day
        years = day.year - lease.year
        anniversary = corresponding_day(lease, 12 * years)
        m.wake(anniversary if anniversary > day else corresponding_day(lease, 12 * (years + 1)), "incidents")


# -- incidents that are one -------------------------------------------------------------------------


def graded(m: Machine, incident: Incident) -> str | None:
    """The grade of one incident; an agreed grade prevails, also over ``responsibility``."""
    if incident.agreed is not None:
        return None if incident.agreed == "none" else incident.agreed
    readings = m.agreement.on(incident.day).readings
    return grade(incident.kind, incident.measures, terms_on(m, incident.day).grades, readings)


def graded_groups(m: Machine) -> list[Group]:
    """The groups by 10.3 with a graded incident, inside the operating period or not."""
    return grouped(m).graded


def grouped(m: Machine) -> Grouped:
    """The incidents graded and grouped: those that moved since the last time, and the groups they touch, anew."""
    incidents, kept = m[Incidents], m[Incidents].grouped
    if kept.version != m[Life].version:  # the operating period, the terms or the readings moved
        kept.version = m[Life].version
        kept.of.clear()
        kept.changes.clear()
        incidents.moved |= dict.fromkeys(incidents.reported)
    if not incidents.moved:
        return kept
    moved = [incidents.reported[name] for name in incidents.moved if name in incidents.reported]
    incidents.moved.clear()
    for incident in moved:
        _judge(m, incident, kept)
    touched = dict.fromkeys([*(one.id for one in moved), *(
        other.id for one in moved if one.id in kept.of for other in kept.of[one.id].all_of_them
    )])  # fmt: skip
    for members in _components([incidents.reported[id_] for id_ in touched], kept.by_cause):
        kept.changes += [(False, group) for group in _groups_of(members, kept)]
        group = _group(m, members, kept.grades)
        kept.of |= dict.fromkeys((one.id for one in members), group)
        kept.changes.append((True, group))
    return kept


def _judge(m: Machine, incident: Incident, kept: Grouped) -> None:
    """Grade one incident, and find it by its causes as they are now."""
    grade = graded(m, incident)
    if grade is not None:
        kept.grades[incident.id] = grade
    else:
        kept.grades.pop(incident.id, None)
    for cause in incident.tied - incident.causes:
        del kept.by_cause[cause][incident.id]
    for cause in incident.causes - incident.tied:
        kept.by_cause.setdefault(cause, {})[incident.id] = incident
    incident.tied = frozenset(incident.causes)


def _components(begin: list[Incident], by_cause: Mapping[str, Mapping[str, Incident]]) -> Iterator[list[Incident]]:
    """The incidents that share a cause with one of these, directly or through others, each list by (on, seq)."""
    seen: set[str] = set()
    followed: set[str] = set()
    for incident in begin:
        if incident.id in seen:
            continue
        seen.add(incident.id)
        component, reached = [], [incident]
        while reached:
            one = reached.pop()
            component.append(one)
            for cause in one.causes - followed:
                fresh = [other for other in by_cause[cause].values() if other.id not in seen]
                seen.update(other.id for other in fresh)
                reached += fresh
            followed |= one.causes
        yield sorted(component, key=lambda one: chronological(one.fact))


def _groups_of(incidents: list[Incident], kept: Grouped) -> list[Group]:
    """The groups these were in; each is told once, and gone."""
    found = {id(group): group for one in incidents if (group := kept.of.get(one.id)) is not None}
    for group in found.values():
        for one in group.all_of_them:
            kept.of.pop(one.id, None)
    return list(found.values())


def _group(m: Machine, incidents: list[Incident], grades: Mapping[str, str]) -> Group:
    """Its grade is the highest of its members', its day the first day a member of that grade began."""
    members = [one for one in incidents if m[Life].operating(one.day)]
    highest = min((grades[one.id] for one in members if one.id in grades), default=None)
    first = next((one for one in members if grades.get(one.id) == highest), None) if highest else None
    return Group(incidents, members, highest, first, any(one.id in grades for one in incidents))
