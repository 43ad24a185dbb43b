"""The facts on which the grade of an incident, and its counting alone or with others, rest (SPEC 4.8)."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.grouping import within
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Incident, Incidents
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.table import grade
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.terms import TERMS
from ledger.domain.agreement import Noting
from ledger.domain.because import Used
from ledger.domain.fact import Fact
from ledger.domain.machine import Machine


def told_by(incident: Incident) -> list[Fact]:
    """Its report, and the assessments that set its measures."""
    return [incident.fact, *incident.stated.values()]


def settled_by(m: Machine, incident: Incident) -> Iterator[Fact]:
    """The facts that decided its grade, and those that tie it to others or separated it from them."""
    if incident.decided_by is not None:
        yield incident.decided_by
    yield from incident.untied.values()
    by_cause = m[Incidents].grouped.by_cause
    yield from (tie for cause, tie in incident.ties.items() if len(by_cause.get(cause, ())) > 1)


def terms_of(m: Machine, incident: Incident) -> Iterator[Used]:
    """The table by which it is graded."""
    if m.agreement.changed and incident.decided is None:
        yield incident.day, f"grades.{incident.kind}"


def readings_of(m: Machine, incident: Incident) -> Iterator[Used]:
    """The readings on which its grade depends, and on which it depends which reports belong to its event."""
    if not m.agreement.changed:
        return
    if incident.decided is None:
        asked: dict[str, None] = {}
        _, measures = within(incident, m[Life].operating_period)
        readings = Noting(m.agreement.quietly(incident.day), asked)
        grade(incident.kind, measures, TERMS.on(m, incident.day).grades, readings)
        yield from ((incident.day, reading) for reading in asked)
    if len(incident.event) > 1:
        yield m.day, "overlapping-reports"


def amended_grade(m: Machine, incident: Incident) -> bool:
    """Whether it would have another grade under other terms that the contract had."""
    if not m.agreement.changed or incident.decided is not None:
        return False
    _, measures = within(incident, m[Life].operating_period)
    readings = m.agreement.quietly(incident.day)
    return len({grade(incident.kind, measures, terms.grades, readings) for terms in TERMS.ever(m)}) > 1
