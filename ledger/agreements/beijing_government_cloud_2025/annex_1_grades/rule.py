"""附件1 重大事件—退出: what is said of incidents, and on which days what counts may change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import grouping
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.facts import (
    GradeRuled,
    IncidentAssessed,
    IncidentGradeAgreed,
    IncidentReported,
    IncidentsLinked,
    IncidentsUnlinked,
    Measures,
)
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Incident, Incidents
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.facts import TrialRunStarted
from ledger.agreements.beijing_government_cloud_2025.article_13_term.facts import LeaseStarted
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.terms import latest_terms, window_months
from ledger.domain.calendar import corresponding_day
from ledger.domain.fact import Fact
from ledger.domain.fact_data import stated
from ledger.domain.facts.agreement import AmendmentAgreed
from ledger.domain.facts.dispute import JudgmentEntered
from ledger.domain.machine import ONE_DAY, Machine
from ledger.domain.rulings import rulings_of


def reported(m: Machine, fact: Fact, what: IncidentReported) -> None:
    incidents = m[Incidents]
    incident = incidents.reported[what.incident] = Incident(
        what.incident, fact, what.kind, what.measures, [fact.id],
        linked=incidents.links.setdefault(what.incident, set()), day=fact.day,
        stated=dict.fromkeys(stated(what.measures), fact),
    )  # fmt: skip
    _cause_stated(m, incident, what.measures)
    _said(m, what.incident)
    _watch(m, fact.day)
    if what.measures.learned_on is not None:
        _watch(m, what.measures.learned_on)


def assessed(m: Machine, fact: Fact, what: IncidentAssessed) -> None:
    """An assessment replaces measure by measure, from its day, as far as its word goes (SPEC 2.4)."""
    incident = m[Incidents].reported[what.incident]
    counts: dict[str, Any] = {
        name: value for name, value in stated(what.measures).items()
        if name not in incident.stated or m.replaces(fact, incident.stated[name])
    }  # fmt: skip
    incident.stated |= dict.fromkeys(counts, fact)
    incident.measures = replace(incident.measures, **counts)
    if "root_cause" in counts:
        _cause_stated(m, incident, what.measures)
    incident.facts.append(fact.id)
    _said(m, what.incident)
    _watch(m, fact.day)
    if what.measures.learned_on is not None:
        _watch(m, what.measures.learned_on)


def _cause_stated(m: Machine, incident: Incident, measures: Measures) -> None:
    ties = grouping.ties_by(m, incident)
    incident.measured_cause = measures.root_cause if ties else None
    incident.claimed_cause = None if ties else measures.root_cause


def grade_agreed(m: Machine, fact: Fact, what: IncidentGradeAgreed) -> None:
    """An agreed grade replaces the computed one from its day."""
    incident = m[Incidents].reported[what.incident]
    incident.agreed = what.grade
    _graded_by(m, incident, fact)


def judged(m: Machine, fact: Fact, what: JudgmentEntered) -> None:
    """A ruled grade prevails over the computed and the agreed one (SPEC 2.4)."""
    for ruling in rulings_of(what, GradeRuled):
        incident = m[Incidents].reported.get(ruling.incident)
        if incident is not None:
            incident.ruled = ruling.grade
            _graded_by(m, incident, fact)


def _graded_by(m: Machine, incident: Incident, fact: Fact) -> None:
    incident.facts.append(fact.id)
    _said(m, incident.id)
    _watch(m, fact.day)


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
        if incident is not None and incident.claimed_cause == what.root_cause:
            incident.claimed_cause = None
    _moved(m, *what.incidents)


def _said(m: Machine, name: str) -> None:
    m[Incidents].today[name] = None
    _moved(m, name)


def _moved(m: Machine, *names: str) -> None:
    m[Incidents].moved |= dict.fromkeys(names)
    m.touched.update(("incidents", "termination", "damages"))


def note_grades(m: Machine) -> None:
    """At the close of a day: since when an incident of which something was said has the grade it has."""
    for name in m[Incidents].today:
        incident = m[Incidents].reported[name]
        grade = grouping.graded(m, incident)
        if grade is not None:
            incident.had.setdefault(grade, m.day)
    m[Incidents].today.clear()


# -- the days on which something may change by itself ------------------------------------------------


def watch_anew(m: Machine, fact: Fact, what: LeaseStarted | TrialRunStarted | AmendmentAgreed) -> None:
    """Another window, or a lease to count contract years from, moves the days incidents leave on."""
    for incident in m[Incidents].reported.values():
        _watch(m, incident.fact.day)
    first, _ = m[Life].operating_period
    if first is not None:
        _watch(m, first)  # the day of what began before it


def _watch(m: Machine, day: date) -> None:
    """The days on which an incident of ``day`` may leave a window, or its ground lapse."""
    life = m[Life]
    leaves = corresponding_day(day, window_months(latest_terms(m)))
    m.wake(leaves, "incidents")  # by either reading of the anniversary
    m.wake(leaves + ONE_DAY, "incidents")
    m.wake(corresponding_day(day, 12) + ONE_DAY, "termination")
    m.wake(date(day.year + 1, 1, 1), "incidents")
    if life.lease is not None:
        lease = life.lease.day
        years = day.year - lease.year
        anniversary = corresponding_day(lease, 12 * years)
        m.wake(anniversary if anniversary > day else corresponding_day(lease, 12 * (years + 1)), "incidents")
