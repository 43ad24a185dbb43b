"""The section ``incidents``: how its value is identified, explained, drawn and reported."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import explain, explain_count, page, report, screen
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import grouping as annex_1_grades
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.answer import (
    IncidentsJson,
    incidents,
    window,
)
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.facts import (
    IncidentAssessed,
    IncidentGradeAgreed,
    IncidentReported,
)
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import (
    Incidents,
)
from ledger.domain.fact import Fact
from ledger.domain.machine import Machine
from ledger.domain.section import Issue, Section


def _idle(m: Machine) -> bool:
    """Days on which an incident would have left the year, had any been graded."""
    return not annex_1_grades.grouped(m).grades


def _on(m: Machine, day: date, value: Any) -> Any:
    return value | {"window": [end.isoformat() for end in window(m, day)]}


def _absent(m: Machine, part: str) -> Collection[str]:
    """An incident that is not graded, not counted or not excluded has null there: why is worth asking."""
    return m[Incidents].reported if part in ("grades", "counted", "excluded") else ()


def _tell(x: Any, part: str, key: str | None, value: Any) -> None:
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
    told: dict[str, list[str]] = {}
    kinds = {fact.what.incident: fact.what.kind for fact in facts if isinstance(fact.what, IncidentReported)}
    for fact in facts:
        if isinstance(fact.what, IncidentReported | IncidentAssessed | IncidentGradeAgreed):
            told.setdefault(fact.what.incident, []).append(fact.id)
    for incident, grade in value["grades"].items():
        row = (f"annex 1 {kinds[incident]} {grade}",) if incident in kinds else ()
        yield Issue(f"incidents.grades.{incident}", ("annex 1", *row), tuple(told.get(incident, ())))
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
    no_change=frozenset({"window"}), weighed=("b_count_rolling_year", "grades.*"), idle=_idle, on=_on,
    absent=_absent, alone=True,
    title="screen.incidents", draw=screen.incidents, sorts={"reason": "excluded"}, pictures=page.pictures,
    at_a_glance={"b_count_rolling_year": "b_count_rolling_year"},
    report=report.incidents, in_short=report.in_short, weight=20, issues=_issues, underlies=True,
    cites=_cites,
)  # fmt: skip
