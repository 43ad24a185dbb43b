"""Which incidents are one (10.3, SPEC 2.4), and their grade: updated as incidents change.

Only minutes within the operating period count (10(1) "在运营期间"), and an incident's day is its first day there.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import same_event
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.facts import (
    IncidentAssessed,
    IncidentReported,
    IncidentsLinked,
)
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import (
    Counted,
    Group,
    Grouped,
    Incident,
    Incidents,
    InOperation,
    Period,
)
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.table import grade
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.terms import TERMS
from ledger.domain.declare import replace
from ledger.domain.fact import PARTY_B, Fact
from ledger.domain.machine import ONE_DAY, Machine
from ledger.domain.moments import MINUTE, beijing_day, day_begins
from ledger.domain.view import View

Key = TypeVar("Key", bound=Hashable)


def within(incident: Incident, period: Period) -> InOperation:
    """The part of an incident in the operating period 运营期间; worked out once for its measures and a period."""
    known = incident.within
    if known is None or known[0] is not incident.measures or known[1] != period:
        known = incident.within = incident.measures, period, _within(incident, period)
    return known[2]


def _within(incident: Incident, period: Period) -> InOperation:
    measures, fact = incident.measures, incident.fact
    minutes = measures.duration_minutes
    first, last = period
    begins = fact.at
    ends = begins + int(minutes * MINUTE) if minutes is not None else begins
    if first is None:
        return InOperation(None, measures)
    if ends == begins:
        inside = first <= fact.day and (last is None or fact.day <= last)
        return InOperation(fact.day if inside else None, measures)
    since = max(begins, day_begins(first))
    until = min(ends, day_begins(last + ONE_DAY)) if last is not None else ends
    if since >= until:
        return InOperation(None, measures)
    if (since, until) != (begins, ends):
        measures = replace(measures, duration_minutes=Decimal(until - since) / MINUTE)
    return InOperation(beijing_day(since), measures)


def graded(m: Machine, incident: Incident, period: Period | None = None) -> str | None:
    """The grade of one incident by its own measures; an agreed or ruled grade prevails, also over ``responsibility``.
    """
    if incident.decided is not None:
        return None if incident.decided == "none" else incident.decided
    inside, measures = within(incident, m[Life].operating_period if period is None else period)
    day = inside or incident.fact.day
    return grade(incident.kind, measures, TERMS.on(m, day).grades, m.agreement.on(day).readings)


def graded_groups(m: Machine) -> list[Group]:
    """The groups by 10.3 with a graded incident, inside the operating period or not."""
    return grouped(m).graded


def binds(m: Machine, said: Fact) -> bool:
    """Whether a fact that states a cause ties incidents in the view swept (10.3).

    On party B's word alone it does so only in party B's view, since 10.3 protects party B.
    """
    return m.view.role == PARTY_B or said.speaker != PARTY_B or said.seq in m.view.agreed


def ties_in_one_view(view: View) -> bool:
    """Whether there is a ``root_cause`` that may tie incidents in party B's view and not of record."""
    incidents: dict[str, set[str]] = {}
    claimed: set[str] = set()
    for fact in view.facts:
        what = fact.what
        if isinstance(what, IncidentsLinked):
            incidents.setdefault(what.root_cause, set()).update(what.incidents)
        elif isinstance(what, (IncidentReported, IncidentAssessed)) and what.measures.root_cause is not None:
            incidents.setdefault(what.measures.root_cause, set()).add(what.incident)
            if fact.speaker == PARTY_B and fact.seq not in view.agreed:
                claimed.add(what.measures.root_cause)
    return any(len(incidents[cause]) > 1 for cause in claimed)


# -- kept as incidents move -------------------------------------------------------------------------


def grouped(m: Machine) -> Grouped:
    """The incidents graded and grouped; only those that changed since the last call, and their groups, are worked out
    again.
    """
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
    touched = {one.id: one for one in moved}
    touched |= {one.id: one for other in moved if other.id in kept.of for one in kept.of[other.id].all_of_them}
    for incident in moved:
        _judge(m, incident, kept)
    touched |= {one.id: one for one in _events_anew(m, moved, kept.by_place)}
    for members in _components(touched.values(), kept.by_cause):
        kept.changes += [(False, group) for group in _groups_of(members, kept)]
        group = _group(m, members, kept)
        kept.of |= dict.fromkeys((one.id for one in members), group)
        kept.changes.append((True, group))
    return kept


def _judge(m: Machine, incident: Incident, kept: Grouped) -> None:
    """Grade one incident by its own measures, and index it by its present causes."""
    grade = graded(m, incident)
    if grade is not None:
        kept.raw[incident.id] = grade
    else:
        kept.raw.pop(incident.id, None)
    incident.day = within(incident, m[Life].operating_period).day or incident.fact.day
    _found_by(incident, kept.by_cause, incident.tied, incident.causes)
    incident.tied = incident.causes


def _found_by(
    incident: Incident, by: dict[Key, dict[str, Incident]], before: frozenset[Key], now: frozenset[Key]
) -> None:
    for key in before - now:
        del by[key][incident.id]
    for key in now - before:
        by.setdefault(key, {})[incident.id] = incident


def _events_anew(
    m: Machine, moved: list[Incident], by_place: dict[Hashable, dict[str, Incident]]
) -> Iterator[Incident]:
    """The incidents whose event changed because these did."""
    affected = {one.id: one for incident in moved for one in (incident, *incident.event)}
    for incident in moved:
        spread = same_event.spread(incident)
        _found_by(incident, by_place, incident.spread, spread)
        incident.spread = spread
    seen: set[str] = set()
    for incident in affected.values():
        if incident.id in seen:
            continue
        cluster = same_event.cluster(incident, by_place)
        seen.update(one.id for one in cluster)
        for event in _events(m, cluster):
            was = {id(one.event): one.event for one in event}
            other = {key for key, before in was.items() if before != event}
            for one in event:
                is_another, one.event = id(one.event) in other, event
                if is_another:
                    yield one


def _events(m: Machine, cluster: list[Incident]) -> list[tuple[Incident, ...]]:
    """The reports of a cluster by the event they concern [``overlapping-reports``]."""
    if len(cluster) == 1:
        return [tuple(cluster)]
    found = list(same_event.events(cluster))
    if len(found) < len(cluster) and m.agreement.latest.readings["overlapping-reports"] == "separate":
        return [(one,) for one in cluster]
    return found


def _components(begin: Iterable[Incident], by_cause: Mapping[str, Mapping[str, Incident]]) -> Iterator[list[Incident]]:
    """The incidents connected with these by an event or cause, directly or through others, each list by (on, seq)."""
    seen: set[str] = set()
    followed: set[str] = set()
    told: set[int] = set()  # the events followed: all of one have the very same tuple
    for incident in begin:
        if incident.id in seen:
            continue
        seen.add(incident.id)
        component, reached = [], [incident]
        while reached:
            one = reached.pop()
            component.append(one)
            fresh = [other for other in one.event if other.id not in seen] if id(one.event) not in told else []
            told.add(id(one.event))
            for cause in one.tied - followed:
                fresh += [other for other in by_cause[cause].values() if other.id not in seen]
            seen.update(other.id for other in fresh)
            reached += dict.fromkeys(fresh)
            followed |= one.tied
        yield sorted(component, key=lambda one: one.moment)


def _groups_of(incidents: list[Incident], kept: Grouped) -> list[Group]:
    """The groups these were in; each is reported once, and removed."""
    found = {id(group): group for one in incidents if (group := kept.of.get(one.id)) is not None}
    for group in found.values():
        for one in group.all_of_them:
            kept.of.pop(one.id, None)
    return list(found.values())


def _group(m: Machine, incidents: list[Incident], kept: Grouped) -> Group:
    """Its grade is the highest of those whose measures count, its day the first day on which a member of that grade
    began.
    """
    for event in {id(one.event): one.event for one in incidents}.values():
        counting = {one.id for one in same_event.counting(event)}
        for one in event:
            one.counts = one.id in counting
    for one in incidents:
        if one.counts and one.id in kept.raw:
            kept.grades[one.id] = kept.raw[one.id]
        else:
            kept.grades.pop(one.id, None)
    return _as_one(m, incidents, kept.grades, m[Life].operating_period)


def _as_one(m: Machine, incidents: list[Incident], grades: Mapping[str, str], period: Period) -> Group:
    members = [one for one in incidents if within(one, period).day is not None]
    whole = _counted(members, grades)
    graded = any(one.id in grades for one in incidents)
    events: dict[int, list[Incident]] = {}
    for one in members:
        events.setdefault(id(one.event), []).append(one)
    if len(events) < 2 or m.agreement.latest.readings["same-cause-count"] == "one":
        counted = [whole]
    else:  # 10(3) bars claiming liability twice: each event still counts
        counted = [_counted(event, grades) for event in events.values()]
    found = [one for one in counted if one is not None]
    if whole is None:
        return Group(incidents, members, None, None, graded, found)
    return Group(incidents, members, whole.grade, whole.first, graded, found)


def _counted(members: list[Incident], grades: Mapping[str, str]) -> Counted | None:
    highest = min((grades[one.id] for one in members if one.id in grades), default=None)
    if highest is None:
        return None
    first = next(one for one in members if grades.get(one.id) == highest)
    return Counted(first, highest, members, first.day)


# -- had the contract ended -------------------------------------------------------------------------


def counted_until(m: Machine, last: date) -> list[Counted]:
    """The incidents that would count, in order, if ``last`` were the last day of the operating period at the latest."""
    first, ends = m[Life].operating_period
    period = first, last if ends is None else min(last, ends)
    kept = grouped(m)
    found: list[Counted] = []
    for group in kept.graded:
        if group.all_of_them[0].fact.day > last:
            continue
        if all(_over_by(one, last) for one in group.all_of_them):
            found += group.counted
            continue
        grades = {
            one.id: grade for one in group.all_of_them if one.id in kept.grades
            and (grade := kept.raw[one.id] if _over_by(one, last) else graded(m, one, period)) is not None
        }  # fmt: skip
        found += _as_one(m, group.all_of_them, grades, period).counted
    return sorted(found, key=lambda one: one.began)


def _over_by(incident: Incident, last: date) -> bool:
    minutes = incident.measures.duration_minutes
    ends = incident.fact.at + int(minutes * MINUTE) if minutes is not None else incident.fact.at
    return ends <= day_begins(last + ONE_DAY) and incident.fact.day <= last
