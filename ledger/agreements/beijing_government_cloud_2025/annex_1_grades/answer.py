"""How many A- and B-grade incidents count, and which do not, and why? (SPEC 4.4)"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter, itemgetter
from typing import Annotated, Any, Literal, TypeAlias, TypedDict, cast

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import report, screen
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import rule as annex_1_grades
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.facts import IncidentReported
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import (
    Counting,
    Group,
    Incident,
    Incidents,
    LeftOut,
    Tally,
)
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.rule import year_window
from ledger.domain.fact import Fact
from ledger.domain.machine import ONE_DAY, Machine
from ledger.domain.section import Day, Issue, Section


def window(m: Machine, day: date) -> tuple[date, date]:
    """The year in which B-grade incidents count as of ``day``."""
    return year_window(m, day, m.agreement.reading("year-window", day))


def counting(m: Machine, day: date) -> list[Group]:
    """The groups that count as of ``day``, by their day: every A, and every B within the year."""
    tally = _tally(m)
    return [one.group for one in sorted([*tally.a, *tally.b[_within(m, tally, day)]], key=_PLACE)]


def b_count(m: Machine, day: date) -> int:
    """How many B-grade groups count as of ``day``."""
    tally = _tally(m)
    return len(tally.b[_within(m, tally, day)])


Grade: TypeAlias = Annotated[str, "Grade"]
Reason: TypeAlias = Literal["same-cause", "outside-window", "outside-operating-period"]


class CountedIncidentJson(TypedDict):
    """An incident that counts, with all that are one with it."""

    incident: str
    grade: Grade
    on: Day
    members: list[str]


class ExcludedIncidentJson(TypedDict):
    """A graded incident that does not count; ``counted_as`` is the one it is one with."""

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
    tally = _tally(m)
    within = _within(m, tally, day)
    counted = tally.b[within]
    outside = [one.outside for one in (*tally.b[: within.start], *tally.b[within.stop :])]
    excluded = sorted([*tally.excluded, *outside], key=_AT) if outside and tally.excluded else outside or tally.excluded
    shown = sorted([*tally.a, *counted], key=_PLACE) if tally.a else counted
    return {
        "a_count": len(tally.a),
        "b_count_rolling_year": len(counted),
        "window": [end.isoformat() for end in window(m, day)],
        "counted": [cast(CountedIncidentJson, one.record) for one in shown],
        "excluded": [cast(ExcludedIncidentJson, record) for _, record in excluded],
        "grades": tally.grades,
    }


_PLACE = attrgetter("place")
_AT = itemgetter(0)


def _within(m: Machine, tally: Tally, day: date) -> slice:
    """Which of the B-grade groups are within the year."""
    first, _ = window(m, day)
    return slice(bisect_left(tally.b, (first, ""), key=_PLACE), bisect_left(tally.b, (day + ONE_DAY, ""), key=_PLACE))


def _tally(m: Machine) -> Tally:
    """Brought up to the groups as they are now."""
    grouped, tally = annex_1_grades.grouped(m), m[Tally]
    anew, changes, read = grouped.since(tally.read)
    if anew:
        tally = m.begin(Tally)
    tally.read = read
    for came, group in changes:
        _count(tally, grouped.grades, group, came)
    if changes:
        new = (id_ for id_ in grouped.grades if id_ not in tally.grades)
        tally.grades = {id_: grouped.grades[id_] for id_ in sorted([*tally.grades, *new]) if id_ in grouped.grades}
    return tally


def _count(tally: Tally, grades: Mapping[str, str], group: Group, came: bool) -> None:
    """A group with a graded incident came, or is no more."""
    if not group.graded:
        return
    if came:
        entry, excluded = tally.of[group.id] = _entry(group), _excluded(group, grades)
    else:
        entry, excluded = tally.of.pop(group.id)
    listed = tally.a if group.grade == "A" else tally.b
    if came:
        for one in excluded:
            insort(tally.excluded, one, key=_AT)
        if entry is not None:
            insort(listed, entry, key=_PLACE)
    else:
        for one in excluded:
            del tally.excluded[bisect_left(tally.excluded, one[0], key=_AT)]
        if entry is not None:
            del listed[bisect_left(listed, entry.place, key=_PLACE)]


def _entry(group: Group) -> Counting | None:
    if group.first is None:
        return None
    shown = {
        "incident": group.first.id,
        "grade": group.grade or "",
        "on": group.day.isoformat(),
        "members": [member.id for member in group.members],
    }
    return Counting(group, (group.day, group.first.id), shown, _left_out(group.first, "outside-window"))


def _excluded(group: Group, grades: Mapping[str, str]) -> list[LeftOut]:
    """What of the group never counts."""
    inside = {member.id for member in group.members}
    found = []
    for one in group.all_of_them:
        if one.id not in inside:
            if one.id in grades:
                found.append(_left_out(one, "outside-operating-period"))
        elif group.first is not None and one is not group.first:
            found.append(_left_out(one, "same-cause", group.first.id))
    return found


def _left_out(one: Incident, reason: Reason, counted_as: str | None = None) -> LeftOut:
    return (one.day, one.id), {"incident": one.id, "reason": reason, "counted_as": counted_as}


def _idle(m: Machine) -> bool:
    """Days on which an incident would have left the year, had any been graded."""
    return not annex_1_grades.grouped(m).grades


def _on(m: Machine, day: date, value: Any) -> Any:
    return value | {"window": [end.isoformat() for end in window(m, day)]}


def _absent(m: Machine, part: str) -> Collection[str]:
    """An incident that is not graded, not counted or not excluded has null there: why is worth asking."""
    return m[Incidents].reported if part in ("grades", "counted", "excluded") else ()


def _tell(x: Any, part: str, key: str | None, value: Any) -> None:
    from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import explain, explain_count

    match part:
        case "a_count":
            explain_count.count(x, "A")
        case "b_count_rolling_year":
            explain_count.count(x, "B")
        case "window":
            explain_count.in_window(x)
        case "counted" | "excluded" if key is not None:
            explain_count.whether_counted(x, key)
        case "grades" if key is not None:
            explain.incident(x, key)
        case "grades":
            explain.every(x)
        case _:
            explain_count.overview(x)


def _issues(facts: Sequence[Fact], value: IncidentsJson) -> Iterator[Issue]:
    reports: dict[str, tuple[str, ...]] = {}
    for fact in facts:
        if isinstance(fact.what, IncidentReported):
            reports[fact.what.incident] = (*reports.get(fact.what.incident, ()), fact.id)
    for incident in value["grades"]:
        yield Issue(f"incidents.grades.{incident}", ("annex 1",), reports.get(incident, ()))
    yield Issue("incidents.a_count", ("10.1",), ())
    yield Issue("incidents.b_count_rolling_year", ("10.2",), ())


def _cites(value: IncidentsJson) -> Iterator[str]:
    """Annex 1 and the rows of each kind, where anything is graded."""
    if value["grades"]:
        yield "annex 1"
        kinds = ("outage", "tampering", "data_loss", "intrusion")
        yield from (f"annex 1 {kind} {grade}" for kind in kinds for grade in "AB")


INCIDENTS = Section(
    "incidents", incidents, IncidentsJson, frozenset({"incidents"}), _tell,
    records={"counted": ("incident",), "excluded": ("incident",)}, maps=frozenset({"grades"}),
    no_change=frozenset({"window"}), weighed=("b_count_rolling_year", "grades"), idle=_idle, on=_on,
    absent=_absent, alone=True,
    draw=screen.incidents, sorts={"reason": "excluded"},
    at_a_glance={"b_count_rolling_year": "b_count_rolling_year"},
    report=report.incidents, in_short=report.in_short, weight=20, issues=_issues, underlies=True,
    cites=_cites,
)  # fmt: skip
