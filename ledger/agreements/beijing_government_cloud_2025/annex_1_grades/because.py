"""What the grade of an incident, and that it counts by itself or with others, rests on (SPEC 4.8)."""

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
    """Its report, and the assessments that gave it its measures."""
    return [incident.fact, *incident.stated.values()]


def settled_by(m: Machine, incident: Incident) -> Iterator[Fact]:
    """What decided its grade, and what ties it to others or parted it from them."""
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
    """The readings that its grade depends on, and of which reports tell of its event."""
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
    """Would it have another grade by other terms that the contract had?"""
    if not m.agreement.changed or incident.decided is not None:
        return False
    _, measures = within(incident, m[Life].operating_period)
    readings = m.agreement.quietly(incident.day)
    return len({grade(incident.kind, measures, terms.grades, readings) for terms in TERMS.ever(m)}) > 1
