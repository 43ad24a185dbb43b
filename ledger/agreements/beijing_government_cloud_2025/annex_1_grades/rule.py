"""附件1 重大事件—退出: what is said of incidents, and on which days what counts may change."""

from __future__ import annotations

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
)
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Incident, Incidents
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.facts import TrialRunStarted
from ledger.agreements.beijing_government_cloud_2025.article_13_term.facts import BillingStarted, LeaseStarted
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.terms import TERMS, window_months
from ledger.domain.calendar import corresponding_day
from ledger.domain.declare import replace
from ledger.domain.fact import Fact, chronological
from ledger.domain.fact_data import stated
from ledger.domain.facts.agreement import AmendmentAgreed, ContractSigned
from ledger.domain.facts.dispute import JudgmentEntered
from ledger.domain.machine import ONE_DAY, Machine
from ledger.domain.rulings import rulings_of


def reported(m: Machine, fact: Fact, what: IncidentReported) -> None:
    incident = m[Incidents].reported[what.incident] = Incident(
        what.incident, fact, what.kind, what.measures, [fact.id], fact.day, dict.fromkeys(stated(what.measures), fact)
    )
    _ties_stated(m, incident)
    _said(m, what.incident)
    _watch(m, fact.day)
    if what.measures.learned_on is not None:
        _watch(m, what.measures.learned_on)
    for judgment, grade in m[Incidents].ruled.get(what.incident, ()):  # dated before what it rules on
        _rule(m, incident, judgment, grade)


def assessed(m: Machine, fact: Fact, what: IncidentAssessed) -> None:
    """An assessment replaces measure by measure, from its day, within the limits of SPEC 2.4."""
    incident = m[Incidents].reported[what.incident]
    incident.assessments.append(fact)
    counts: dict[str, Any] = {}
    for measure in stated(what.measures):
        incident.stated[measure] = told = _telling(m, incident, measure)
        counts[measure] = getattr(told.what.measures, measure)
    incident.measures = replace(incident.measures, **counts)
    incident.facts.append(fact.id)
    _ties_stated(m, incident)
    _said(m, what.incident)
    _watch(m, fact.day)
    if what.measures.learned_on is not None:
        _watch(m, what.measures.learned_on)


def _telling(m: Machine, incident: Incident, measure: str) -> Fact:
    """Whose statement of a measure counts; a role's assessment replaces what it reported."""
    said = [one for one in incident.assessments if getattr(one.what.measures, measure) is not None]
    report = incident.fact
    if getattr(report.what.measures, measure) is not None and all(one.speaker != report.speaker for one in said):
        said.append(report)
    return m.prevailing(said)


def _ties_stated(m: Machine, incident: Incident) -> None:
    """The causes by which the incident is one with others: linked and not unlinked, or stated in it."""
    said = {cause: list(facts) for cause, facts in m[Incidents].links.get(incident.id, {}).items()}
    measured = incident.stated.get("root_cause")
    if measured is not None and incident.measures.root_cause is not None:
        # what was said of it before it happened counts as it happens
        counts = measured if measured.at >= incident.fact.at else replace(measured, at=incident.fact.at)
        said.setdefault(incident.measures.root_cause, []).append(counts)
    incident.ties, incident.untied, incident.claimed = {}, {}, {}
    for cause, facts in said.items():
        one = m.prevailing(facts)
        if isinstance(one.what, IncidentsUnlinked):
            if not all(isinstance(fact.what, IncidentsUnlinked) for fact in facts):
                incident.untied[cause] = one
        elif grouping.binds(m, one):
            incident.ties[cause] = measured if measured is not None and one.seq == measured.seq else one
        else:
            incident.claimed[cause] = one.id


def grade_agreed(m: Machine, fact: Fact, what: IncidentGradeAgreed) -> None:
    """An agreed grade replaces the computed one from its day; in a party's view what it claims was agreed prevails."""
    incident = m[Incidents].reported[what.incident]
    incident.agreements.append(fact)
    latest = {one.speaker: one for one in sorted(incident.agreements, key=chronological)}
    claimed = [one for one in latest.values() if one.seq in m.view.claimed]
    counts = max(claimed or incident.agreements, key=chronological)
    incident.agreed = counts.what.grade
    if incident.ruled is None:
        incident.decided_by = counts
    _graded_by(m, incident, fact)


def judged(m: Machine, fact: Fact, what: JudgmentEntered) -> None:
    """A grade finally ruled prevails over the computed and the agreed one (SPEC 2.4)."""
    if not what.final:
        return
    for ruling in rulings_of(what, GradeRuled):
        m[Incidents].ruled.setdefault(ruling.incident, []).append((fact, ruling.grade))
        incident = m[Incidents].reported.get(ruling.incident)
        if incident is not None:
            _rule(m, incident, fact, ruling.grade)


def _rule(m: Machine, incident: Incident, judgment: Fact, grade: str) -> None:
    incident.ruled, incident.decided_by = grade, judgment
    _graded_by(m, incident, judgment)


def _graded_by(m: Machine, incident: Incident, fact: Fact) -> None:
    incident.facts.append(fact.id)
    _said(m, incident.id)
    _watch(m, fact.day)


def linked(m: Machine, fact: Fact, what: IncidentsLinked | IncidentsUnlinked) -> None:
    """Link incidents, or unlink them, which removes them from that root cause only; other ties remain."""
    # 10(3) "系同一事件或原因导致的事故, 甲方不可就同一事件重复要求乙方承担违约责任"
    for name in what.incidents:
        m[Incidents].links.setdefault(name, {}).setdefault(what.root_cause, []).append(fact)
        incident = m[Incidents].reported.get(name)
        if incident is not None:
            _ties_stated(m, incident)
    _moved(m, *what.incidents)


def _said(m: Machine, name: str) -> None:
    m[Incidents].today[name] = None
    _moved(m, name)


def _moved(m: Machine, *names: str) -> None:
    m[Incidents].moved |= dict.fromkeys(names)
    m.touched.update(("incidents", "termination", "damages"))


def note_grades(m: Machine) -> None:
    """At the close of a day: note since when an incident that was reported on has its grade."""
    for name in m[Incidents].today:
        incident = m[Incidents].reported[name]
        grade = grouping.graded(m, incident)
        if grade is not None:
            incident.had.setdefault(grade, m.day)
    m[Incidents].today.clear()


# -- the days on which something may change by itself ------------------------------------------------


def watch_anew(
    m: Machine, fact: Fact, what: ContractSigned | LeaseStarted | BillingStarted | TrialRunStarted | AmendmentAgreed
) -> None:
    """Another window, or another start of contract years, changes the days on which incidents leave."""
    for incident in m[Incidents].reported.values():
        _watch(m, incident.fact.day)
    first = m[Life].operating_period[0] or TERMS.latest(m).term.starts_on
    if first is not None:
        _watch(m, first)  # the day of what began before it


def _watch(m: Machine, day: date) -> None:
    """Set timers for the days on which an incident of ``day`` may leave a window, or its ground lapse."""
    start, agreed = m[Life].start, TERMS.latest(m).term.starts_on
    leaves = corresponding_day(day, window_months(TERMS.latest(m)))
    m.wake(leaves, "incidents")  # by either reading of the anniversary
    m.wake(leaves + ONE_DAY, "incidents")
    m.wake(corresponding_day(day, 12) + ONE_DAY, "termination")
    m.wake(date(day.year + 1, 1, 1), "incidents")
    began = start.day if start is not None else agreed
    if began is not None:
        years = day.year - began.year
        anniversary = corresponding_day(began, 12 * years)
        m.wake(anniversary if anniversary > day else corresponding_day(began, 12 * (years + 1)), "incidents")
