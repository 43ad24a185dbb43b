"""同一事件: which reports concern one event, because they overlap in time (SPEC 2.4; clause 10.3).

Reports of one kind and scope (or system) are compared. Reports of one role concern one event where they overlap by
their times of day. Reports of different roles do where they overlap in time; a report without a time of day or a
duration counts for whole days. ``actor`` says whose report it is; whose measures count depends on ``by``.
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
    """The keys (place and days) under which a report is found by those that may concern the same event."""
    return frozenset(_places(incident, *_span(incident)))


def _places(incident: Incident, begins: int, ends: int) -> Iterator[Hashable]:
    day, last = beijing_day(begins), beijing_day(max(begins, ends - 1))
    return ((_what(incident), day + ONE_DAY * count) for count in range((last - day).days + 1))


def cluster(begin: Incident, by_place: Mapping[Hashable, Mapping[str, Incident]]) -> list[Incident]:
    """The reports that overlap with this one, directly or through others.

    Together they cover one stretch of time without a gap, which grows by whatever overlaps it: the reports of its days
    are scanned once by their beginning, up to its end, and once by their end, down to its beginning.
    """
    found, (since, until) = [begin], _span(begin)
    seen, looked, aside = {begin.id}, set[Hashable](), list[tuple[int, int, Incident]]()
    while new := [place for place in _places(begin, since, until) if place not in looked and place in by_place]:
        looked.update(new)
        fresh = {id_: one for place in new for id_, one in by_place[place].items() if id_ not in seen}
        seen.update(fresh)
        waiting = [(*_span(one), one) for one in fresh.values()] + aside
        aside = []
        for begins, ends, one in sorted(waiting, key=lambda span: span[:2]):
            if begins < until and since < ends:
                found.append(one)
                since, until = min(since, begins), max(until, ends)
            else:
                aside.append((begins, ends, one))
        waiting, aside = aside, []
        for begins, ends, one in sorted(waiting, key=lambda span: span[1], reverse=True):
            if begins < until and since < ends:
                found.append(one)
                since = min(since, begins)
            else:
                aside.append((begins, ends, one))
    return found


def events(reports: Iterable[Incident]) -> Iterator[tuple[Incident, ...]]:
    """The reports of a cluster by the event they concern, each by (on, seq).

    In order of beginning, then seq, supervisors before all others, each joins the first event that has no report of its
    own role and all of whose reports it overlaps with; then reports of one role that overlap by the clock are joined.
    """
    listed = sorted(reports, key=lambda one: (one.fact.actor != SUPERVISOR, one.moment))
    lacking: dict[str, dict[int, list[Incident]]] = {one.fact.actor: {} for one in listed}  # by the number of the event
    told: list[list[Incident]] = []
    for one in listed:
        actor = one.fact.actor
        open_to = lacking[actor].items() if one.kind in TOLD_BY_SEVERAL else ()
        fits = (number for number, event in open_to if all(_overlap(one, other) for other in event))
        number = next(fits, len(told))
        if number == len(told):
            told.append([])
            for role in lacking:
                lacking[role][number] = told[number]
        told[number].append(one)
        del lacking[actor][number]
    for event in _own_together(told):
        yield tuple(sorted(event, key=lambda one: one.moment))


def _own_together(told: list[list[Incident]]) -> list[list[Incident]]:
    """Join events where reports of one role overlap by the clock, in the order of each event's last report."""
    leads = list(range(len(told)))  # to an event further on that it is one with; the last of all leads to itself

    def last(number: int) -> int:
        while leads[number] != number:
            leads[number] = number = leads[leads[number]]
        return number

    clocked = [(one.fact.actor, *_span(one), number) for number, event in enumerate(told) for one in event
               if _clocked(one)]  # fmt: skip
    role, until, with_it = "", 0, 0
    for actor, begins, ends, number in sorted(clocked):
        if actor == role and begins < until:
            one, other = sorted((last(with_it), last(number)))
            leads[one] = other
        if actor != role or ends > until:
            role, until, with_it = actor, ends, number
    joined: dict[int, list[Incident]] = {}
    for number, event in enumerate(told):
        joined.setdefault(last(number), []).extend(event)
    return [joined[number] for number in sorted(joined)]


def counting(event: tuple[Incident, ...]) -> list[Incident]:
    """The reports of an event whose measures count: those of an agreed or ruled grade, else a supervisor's own, else
    all.
    """
    decided = [one for one in event if one.decided is not None]
    return decided or [one for one in event if one.fact.speaker == SUPERVISOR] or list(event)


def _what(incident: Incident) -> Hashable:
    kind, measures = incident.kind, incident.measures
    return (kind, "platform") if measures.scope == "platform" else (kind, measures.scope, measures.system)


def _overlap(one: Incident, other: Incident) -> bool:
    begins, ends = _span(one)
    other_begins, other_ends = _span(other)
    return begins < other_ends and other_begins < ends and _what(one) == _what(other)


def _clocked(incident: Incident) -> bool:
    """Whether it has a time of day and a duration."""
    return "T" in incident.fact.on.upper() and incident.measures.duration_minutes is not None


def _span(incident: Incident) -> tuple[int, int]:
    """Its beginning and end, in microseconds since the epoch; whole days where its times are not known."""
    at, minutes = incident.fact.at, incident.measures.duration_minutes
    ends = at if minutes is None else at + int(minutes * MINUTE)
    if _clocked(incident):
        return at, ends
    last: date = beijing_day(max(at, ends - 1))
    return day_begins(incident.fact.day), day_begins(last + ONE_DAY)
