"""同一事件: which reports tell of one event, because they overlap in time (SPEC 2.4; clause 10.3).

Reports of one kind and scope (or system) are compared. A role's own are one event where they overlap by their clocks.
Those of different roles are one where they overlap in time; what has no time of day or no duration spans its days.
Whose a report is, its ``actor`` says; whose measures count goes by who says it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Incident
from ledger.domain.fact import SUPERVISOR
from ledger.domain.machine import ONE_DAY
from ledger.domain.moments import MINUTE, beijing_day, day_begins

TOLD_BY_SEVERAL = frozenset({"outage", "tampering", "data_loss", "intrusion"})


def spread(incident: Incident) -> frozenset[Hashable]:
    """Where and on which days a report is found by those that may tell of the same event."""
    begins, ends = _span(incident)
    day, last = beijing_day(begins), beijing_day(max(begins, ends - 1))
    return frozenset((_what(incident), day + ONE_DAY * count) for count in range((last - day).days + 1))


def cluster(begin: Incident, by_place: Mapping[Hashable, Mapping[str, Incident]]) -> list[Incident]:
    """The reports that overlap with this one, directly or through others."""
    seen, found, reached = {begin.id}, [], [begin]
    while reached:
        one = reached.pop()
        found.append(one)
        for place in one.spread:
            for other in by_place[place].values():
                if other.id not in seen and _overlap(one, other):
                    seen.add(other.id)
                    reached.append(other)
    return found


def events(reports: Iterable[Incident]) -> Iterator[tuple[Incident, ...]]:
    """The reports of a cluster by the event they tell of, each by (on, seq).

    In order of beginning, then seq, the supervisors' before all others, each joins the first event all of whose reports
    it overlaps with and that has none of its own role; then those of one role that overlap by the clock are one.
    """
    told: list[list[Incident]] = []
    for one in sorted(reports, key=lambda one: (one.fact.actor != SUPERVISOR, one.moment)):
        fits = (event for event in told if one.kind in TOLD_BY_SEVERAL and all(_another_tells(one, o) for o in event))
        joined = next(fits, None)
        if joined is not None:
            joined.append(one)
        else:
            told.append([one])
    for event in _own_together(told):
        yield tuple(sorted(event, key=lambda one: one.moment))


def _own_together(told: list[list[Incident]]) -> list[list[Incident]]:
    apart: list[list[Incident]] = []
    for event in told:
        same = [other for other in apart if any(_one_role_tells(a, b) for a in event for b in other)]
        apart = [other for other in apart if other not in same]
        apart.append([*event, *(one for other in same for one in other)])
    return apart


def counting(event: tuple[Incident, ...]) -> list[Incident]:
    """Those of an event whose measures count: of agreed or ruled grade, else a supervisor's own, else all."""
    decided = [one for one in event if one.decided is not None]
    return decided or [one for one in event if one.fact.speaker == SUPERVISOR] or list(event)


def _what(incident: Incident) -> Hashable:
    kind, measures = incident.kind, incident.measures
    return (kind, "platform") if measures.scope == "platform" else (kind, measures.scope, measures.system)


def _another_tells(one: Incident, other: Incident) -> bool:
    return one.fact.actor != other.fact.actor and _overlap(one, other)


def _one_role_tells(one: Incident, other: Incident) -> bool:
    return one.fact.actor == other.fact.actor and _clocked(one) and _clocked(other) and _overlap(one, other)


def _overlap(one: Incident, other: Incident) -> bool:
    begins, ends = _span(one)
    other_begins, other_ends = _span(other)
    return begins < other_ends and other_begins < ends and _what(one) == _what(other)


def _clocked(incident: Incident) -> bool:
    """Has it a time of day and a duration?"""
    return "T" in incident.fact.on.upper() and incident.measures.duration_minutes is not None


def _span(incident: Incident) -> tuple[int, int]:
    """From when to when it was, in microseconds since the epoch; whole days where its clock is not known."""
    at, minutes = incident.fact.at, incident.measures.duration_minutes
    ends = at if minutes is None else at + int(minutes * MINUTE)
    if _clocked(incident):
        return at, ends
    last: date = beijing_day(max(at, ends - 1))
    return day_begins(incident.fact.day), day_begins(last + ONE_DAY)
