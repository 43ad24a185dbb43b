"""How many A- and B-grade incidents count, and which do not, and why? (SPEC 4.4)"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias, TypedDict

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import rule as annex_1_grades
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Group, Incident, Incidents
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.rule import year_window
from ledger.domain.machine import Machine
from ledger.domain.section import Day, Section


def window(m: Machine, day: date) -> tuple[date, date]:
    """The year in which B-grade incidents count as of ``day``."""
    return year_window(m, day, m.agreement.reading("year-window", day))


def counting(m: Machine, day: date) -> list[Group]:
    """The groups that count as of ``day``: every A, and every B within the year."""
    first, _ = window(m, day)
    return [
        group for group in annex_1_grades.grouped(m).graded
        if group.first is not None and (group.grade == "A" or first <= group.day <= day)
    ]  # fmt: skip


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
    counted = sorted(counting(m, day), key=lambda group: (group.day, group.first.id if group.first else ""))
    return {
        "a_count": sum(group.grade == "A" for group in counted),
        "b_count_rolling_year": sum(group.grade == "B" for group in counted),
        "window": [end.isoformat() for end in window(m, day)],
        "counted": [_counted(group) for group in counted],
        "excluded": _excluded(m, {id(group) for group in counted}),
        "grades": dict(sorted(annex_1_grades.grouped(m).grades.items())),
    }


def _counted(group: Group) -> CountedIncidentJson:
    assert group.first is not None
    return {
        "incident": group.first.id,
        "grade": group.grade or "",
        "on": group.day.isoformat(),
        "members": [member.id for member in group.members],
    }


def _excluded(m: Machine, counted: set[int]) -> list[ExcludedIncidentJson]:
    grades = annex_1_grades.grouped(m).grades
    found: list[tuple[Incident, Reason, str | None]] = []
    for group in annex_1_grades.grouped(m).graded:
        inside = {member.id for member in group.members}
        for one in group.all_of_them:
            if one.id not in inside:
                if one.id in grades:
                    found.append((one, "outside-operating-period", None))
            elif group.first is None:
                continue
            elif one is not group.first:
                found.append((one, "same-cause", group.first.id))
            elif id(group) not in counted:
                found.append((one, "outside-window", None))
    found.sort(key=lambda entry: (entry[0].day, entry[0].id))
    return [{"incident": one.id, "reason": reason, "counted_as": other} for one, reason, other in found]


def _idle(m: Machine) -> bool:
    """Days on which an incident would have left the year, had any been graded."""
    return not annex_1_grades.grouped(m).graded


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


INCIDENTS = Section(
    "incidents", incidents, IncidentsJson, frozenset({"incidents"}), _tell,
    records={"counted": ("incident",), "excluded": ("incident",)}, maps=frozenset({"grades"}),
    no_change=frozenset({"window"}), weighed=("b_count_rolling_year", "grades"), idle=_idle, on=_on,
    absent=_absent, alone=True,
)  # fmt: skip
