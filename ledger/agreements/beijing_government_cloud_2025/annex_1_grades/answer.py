"""How many A- and B-grade incidents count, and which do not, and why (SPEC 4.4)."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Literal, TypeAlias, cast

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import grouping as annex_1_grades
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import (
    Counted,
    Group,
    LeftOut,
    Tally,
)
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.grounds import first_counting, year_window
from ledger.domain.declare import TypedDict
from ledger.domain.machine import PLACE, Machine
from ledger.domain.section import Day


def window(m: Machine, day: date) -> tuple[date, date]:
    """The year in which B-grade incidents count as of ``day``."""
    return year_window(m, day, m.agreement.quietly(day))


def counting(m: Machine, day: date) -> list[Counted]:
    """The incidents that count as of ``day``, by their day: every A, and every B within the year."""
    return list(_tally(m, day).counted)


def b_count(m: Machine, day: date) -> int:
    """The number of incidents that count as B as of ``day``."""
    return len(b_counting(m, day))


def b_counting(m: Machine, day: date) -> list[Counted]:
    """The incidents that count as B as of ``day``, by their day."""
    tally = _tally(m, day)
    return tally.b[bisect_left(tally.b, (tally.first, ""), key=PLACE) :]


Grade: TypeAlias = Annotated[str, "Grade"]
Reason: TypeAlias = Literal["same-event", "same-cause", "outside-window", "outside-operating-period"]


class CountedIncidentJson(TypedDict):
    """An incident that counts, with all that count as one with it."""

    incident: str
    grade: Grade
    on: Day
    members: list[str]


class ExcludedIncidentJson(TypedDict):
    """A graded incident that does not count; ``counted_as`` is the incident that counts in its place."""

    incident: str
    reason: Reason
    counted_as: str | None


class IncidentsJson(TypedDict):
    """``window`` is [first day still counting, the day asked about]; ``grades`` names graded incidents only."""

    a_count: int
    b_count_rolling_year: int
    window: Annotated[list[Day], "pair"]
    counted: list[CountedIncidentJson]
    excluded: list[ExcludedIncidentJson]
    grades: dict[str, Grade]


def incidents(m: Machine, day: date) -> IncidentsJson:
    tally = _tally(m, day)
    return {
        "a_count": sum(one.grade == "A" for one in tally.counted),
        "b_count_rolling_year": b_count(m, day),
        "window": [end.isoformat() for end in window(m, day)],
        "counted": tally.counted.records(_counted),
        "excluded": tally.excluded.records(_excluded),
        "grades": tally.grades,
    }


def _counted(one: Counted) -> CountedIncidentJson:
    return {
        "incident": one.first.id,
        "grade": one.grade,
        "on": one.day.isoformat(),
        "members": [member.id for member in one.members],
    }


def _excluded(one: LeftOut) -> ExcludedIncidentJson:
    return {"incident": one.incident.id, "reason": cast(Reason, one.reason), "counted_as": one.counted_as}


def _tally(m: Machine, day: date) -> Tally:
    """The tally, updated to the present groups and the year of ``day``."""
    grouped, tally = annex_1_grades.grouped(m), m[Tally]
    anew, changes, read = grouped.since(tally.read)
    if anew:
        tally = m.begin(Tally)
    tally.read = read
    for came, group in changes:
        if group.graded and came:
            counts_a = any(one.grade == "A" for one in group.counted) and reads_a_as_b(m, day)
            _came(tally, grouped.grades, group, counts_a)
        elif group.graded:
            _went(tally, group)
    first = first_counting(m, day, tally.b)
    if first != tally.first:
        _move_window(tally, first)
    if changes:
        tally.grades = {id_: grouped.grades[id_] for id_ in tally.graded if id_ in grouped.grades}
    return tally


def reads_a_as_b(m: Machine, day: date) -> bool:
    """Whether an A-grade incident counts among the B as of ``day``."""
    return m.agreement.reading("a-counts-as-b", day) == "yes"


def _came(tally: Tally, grades: Mapping[str, str], group: Group, counts_a: bool) -> None:
    never = tally.never[group.id] = list(_never(group, grades))
    for left_out in never:
        tally.excluded.put(left_out)
    tally.listed[group.id] = [member.id for member in group.all_of_them if member.id in grades]
    for id_ in tally.listed[group.id]:
        insort(tally.graded, id_)
    for one in group.counted:
        if one.grade == "B" or counts_a:
            insort(tally.b, one, key=PLACE)
        if one.grade == "B" and one.day < tally.first:
            _leave_out(tally, one)
        else:
            tally.counted.put(one)


def _went(tally: Tally, group: Group) -> None:
    for left_out in tally.never.pop(group.id):
        tally.excluded.drop(left_out)
    for id_ in tally.listed.pop(group.id):
        del tally.graded[bisect_left(tally.graded, id_)]
    for one in group.counted:
        place = bisect_left(tally.b, one.place, key=PLACE)
        if tally.b[place : place + 1] == [one]:
            del tally.b[place]
        outside = tally.outside.pop(one.first.id, None)
        if outside is not None:
            tally.excluded.drop(outside)
        else:
            tally.counted.drop(one)


def _leave_out(tally: Tally, one: Counted) -> None:
    outside = tally.outside[one.first.id] = LeftOut(one.first, "outside-window", None, one.day)
    tally.excluded.put(outside)


def _move_window(tally: Tally, first: date) -> None:
    """Move B-grade incidents in or out between the former and the present first day that counts."""
    ends = sorted((tally.first, first))
    begin, end = (bisect_left(tally.b, (day, ""), key=PLACE) for day in ends)
    for one in tally.b[begin:end]:
        if one.grade == "A":
            continue  # counts as such all the same
        if first > tally.first:
            tally.counted.drop(one)
            _leave_out(tally, one)
        else:
            tally.excluded.drop(tally.outside.pop(one.first.id))
            tally.counted.put(one)
    tally.first = first


def _never(group: Group, grades: Mapping[str, str]) -> Iterator[LeftOut]:
    """The members of the group that never count."""
    inside = set(group.members)
    for one in group.all_of_them:
        if one not in inside and one.id in grades:
            yield LeftOut(one, "outside-operating-period", None, one.day)
    for counted in group.counted:
        for one in counted.members:
            if one is not counted.first:
                reason = "same-event" if counted.same_event(one) else "same-cause"
                yield LeftOut(one, reason, counted.first.id, one.day)
