"""Why an incident has its grade: each criterion of annex 1 with what was stated, met or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import rule as annex_1_grades
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.facts import (
    IncidentAssessed,
    IncidentReported,
    Measures,
)
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Incident, Incidents
from ledger.agreements.beijing_government_cloud_2025.terms import Grades, OutageGrade
from ledger.domain.fact import Fact
from ledger.domain.money import Fen, yuan
from ledger.explanation import Both, Explanation, joined, label, phrase


class Criterion(NamedTuple):
    """One condition of a row: ``needed`` as a phrase, ``met`` None where nothing was stated.

    ``grade`` is "A", "B" or, for what both rows ask, "AB".
    """

    grade: str
    measure: str
    needed: Both
    stated: Any
    met: bool | None


def every(x: Explanation) -> None:
    x.cite("annex 1")
    if not x.m[Incidents].reported:
        x.step("EX_NO_INCIDENTS", day=x.day)
    for id_ in sorted(x.m[Incidents].reported):
        incident(x, id_)


def incident(x: Explanation, id_: str) -> None:
    """The whole of it: facts, criteria, what prevails over them, and what it is one with."""
    one = x.m[Incidents].reported[id_]
    x.cite("annex 1")
    _told(x, one)
    grade = annex_1_grades.graded(x.m, one)
    if one.agreed is not None:
        x.cite("10.3")
        agreed = [fact.id for fact in x.about("incident", one.id) if fact.type == "IncidentGradeAgreed"]
        x.step("EX_GRADE_AGREED", incident=id_, grade=one.agreed, facts=x.facts(agreed[-1:]))
    elif one.measures.responsibility == "other":
        x.step("EX_GRADE_OTHERS", incident=id_)
    else:
        _weighed(x, one, x.terms(one.day).grades, x.m.agreement.on(one.day).readings)
    x.step("EX_GRADE" if grade is not None else "EX_GRADE_NONE", incident=id_, grade=grade)
    _ties(x, one)


def _told(x: Explanation, one: Incident) -> None:
    """What was reported, and what assessments put in its place."""
    for fact in x.about("incident", one.id):
        what = fact.what
        if isinstance(what, IncidentReported | IncidentAssessed):
            code = "EX_REPORTED" if isinstance(what, IncidentReported) else "EX_ASSESSED"
            kind = label("kind", one.kind)
            x.step(code, fact=x.fact(fact.id), incident=one.id, kind=kind, measures=_measures(what.measures))


def _measures(measures: Measures) -> Both:
    stated = [(name, getattr(measures, name)) for name in Measures.__slots__]  # type: ignore[attr-defined]
    told = [
        phrase("EX_MEASURE", measure=label("measure", name), value=shown(name, value))
        for name, value in stated if value is not None
    ]  # fmt: skip
    return joined(told) if told else phrase("EX_NOTHING_MEASURED")


def shown(name: str, value: Any) -> Both:
    """A measure's value as a sentence shows it."""
    if value is None:
        return phrase("EX_NOT_STATED")
    if name == "economic_loss":
        return Both(yuan(Fen(value)), yuan(Fen(value)))
    if isinstance(value, bool):
        return label("truth", str(value).lower())
    if name in ("scope", "consequence", "responsibility"):
        return label(name, value)
    if isinstance(value, tuple):
        return joined(label(name, one) for one in value)
    return Both(str(value), str(value))


# -- the criteria -----------------------------------------------------------------------------------


def _weighed(x: Explanation, one: Incident, grades: Grades, readings: Mapping[str, str]) -> None:
    if one.kind in ("outage", "data_loss"):
        x.read("force-majeure", one.day)
        if readings["force-majeure"] != "ignored":
            told = shown("force_majeure", one.measures.force_majeure)
            option = label("reading", "force-majeure=" + readings["force-majeure"])
            x.step("EX_FORCE_MAJEURE", stated=told, option=option)
    found = criteria(one.kind, one.measures, grades)
    if not found:
        x.step("EX_GRADE_NO_ROW", kind=label("kind", one.kind))
        return
    x.cite(f"annex 1 {one.kind} A", f"annex 1 {one.kind} B", "civil code 1259")
    if one.kind == "outage":
        x.read("outage-criteria", one.day)
        x.read("outage-b-ceiling", one.day)
    for grade in ("AB", "A", "B"):
        asked = [criterion for criterion in found if criterion.grade == grade]
        if asked:
            x.step("EX_CRITERIA_BOTH" if grade == "AB" else "EX_CRITERIA", incident=one.id, grade=grade,
                   criteria=joined(map(_weighing, asked)))  # fmt: skip


def _weighing(criterion: Criterion) -> Both:
    """What was stated, what was needed, and whether it was met."""
    verdict = {True: "EX_MET", False: "EX_NOT_MET", None: "EX_NOT_STATED_HENCE"}[criterion.met]
    return phrase("EX_CRITERION", measure=label("measure", criterion.measure), needed=criterion.needed,
                  stated=shown(criterion.measure, criterion.stated), verdict=phrase(verdict))  # fmt: skip


def criteria(kind: str, measures: Measures, grades: Grades) -> list[Criterion]:
    """What annex 1 asks of an incident of ``kind``, row by row; empty where it has no row for it."""
    match kind:
        case "outage" if (table := grades.outage) is not None:
            return [
                _is("AB", "scope", measures.scope, "platform"),
                _from("AB", "duration_minutes", measures.duration_minutes, table.minutes),
                *_outage("A", measures, table.a), *_outage("B", measures, table.b),
            ]  # fmt: skip
        case "tampering" if grades.tampering is not None:
            return _tampering(measures, grades.tampering.minutes)
        case "data_loss" if grades.data_loss is not None:
            loss = grades.data_loss
            return [
                _is("AB", "core_data", measures.core_data, True),
                _is("AB", "unrecoverable", measures.unrecoverable, True),
                _over("AB", "months_lost", measures.months_lost, loss.months_over),
                _over("A", "systems_affected", measures.systems_affected, loss.a.systems_over),
                _weighty(measures, loss.a.mlps_level_from),
                _from("B", "systems_affected", measures.systems_affected, loss.b.systems_from),
            ]  # fmt: skip
        case "intrusion" if grades.intrusion is not None:
            return [
                _is("AB", "third_party_notified", measures.third_party_notified, True),
                _is("AB", "handled_in_time", measures.handled_in_time, False),
                _is("AB", "tampered_or_leaked", measures.tampered_or_leaked, True),
                _is("A", "guarantee_period", measures.guarantee_period, True),
                _weighty(measures, grades.intrusion.a.mlps_level_from),
            ]
    return []


def _outage(grade: str, measures: Measures, row: OutageGrade) -> list[Criterion]:
    loss = measures.economic_loss
    needed = phrase("EX_FROM", threshold=yuan(row.loss_from))
    return [
        _over(grade, "systems_share", measures.systems_share, row.systems_share_over),
        _from(grade, "people_affected", measures.people_affected, row.people_from),
        Criterion(grade, "economic_loss", needed, loss, None if loss is None else loss >= row.loss_from),
    ]


def _tampering(measures: Measures, minutes: int) -> list[Criterion]:
    attention = None if measures.attention is None else set(measures.attention)
    rows = (("A", ("national", "municipal_leader")), ("B", ("municipal", "municipal_leader", "national")))
    return [
        _from("AB", "duration_minutes", measures.duration_minutes, minutes),
        _is("AB", "provider_hazard", measures.provider_hazard, True),
        _is("AB", "plan_followed", measures.plan_followed, False),
        _is("A", "guarantee_period", measures.guarantee_period, True),
        *(
            Criterion(
                grade, "attention", phrase("EX_ONE_OF", options=joined(label("attention", name) for name in names)),
                measures.attention, None if attention is None else bool(attention & set(names)),
            )
            for grade, names in rows
        ),
    ]  # fmt: skip


def _is(grade: str, measure: str, stated: object, right: object) -> Criterion:
    met = None if stated is None else stated == right
    return Criterion(grade, measure, shown(measure, right), stated, met)


def _from(grade: str, measure: str, stated: Any, threshold: Any) -> Criterion:
    met = None if stated is None else stated >= threshold
    return Criterion(grade, measure, phrase("EX_FROM", threshold=threshold), stated, met)


def _over(grade: str, measure: str, stated: Any, threshold: Any) -> Criterion:
    met = None if stated is None else stated > threshold
    return Criterion(grade, measure, phrase("EX_OVER", threshold=threshold), stated, met)


def _weighty(measures: Measures, level: int) -> Criterion:
    """Either is enough: the level of protection, or 重要业务系统."""
    stated = None if measures.mlps_level is None and measures.important is None else joined([
        phrase("EX_MEASURE", measure=label("measure", name), value=shown(name, getattr(measures, name)))
        for name in ("mlps_level", "important")
    ])  # fmt: skip
    met = (measures.mlps_level is not None and measures.mlps_level >= level) or measures.important is True
    needed = phrase("EX_WEIGHTY", level=level)
    return Criterion("A", "weighty", needed, stated, None if stated is None else met)


# -- 10.3 -------------------------------------------------------------------------------------------


def _ties(x: Explanation, one: Incident) -> None:
    group = next(group for group in annex_1_grades.grouped(x.m).groups if one in group.all_of_them)
    others = [other for other in group.all_of_them if other is not one]
    if others:
        x.cite("10.3")
        x.step("EX_TIED", incident=one.id, others=", ".join(other.id for other in others),
               facts=x.facts(ties(x, group.all_of_them)))  # fmt: skip


def ties(x: Explanation, incidents: list[Incident]) -> list[str]:
    """The facts by which incidents are one: links, and reports or assessments naming the cause."""
    ids = {one.id for one in incidents}
    told = x.of_type("IncidentsLinked", "IncidentReported", "IncidentAssessed")
    return [fact.id for fact in told if _ties_any(fact, ids)]


def _ties_any(fact: Fact, ids: set[str]) -> bool:
    what: Any = fact.what
    if fact.type == "IncidentsLinked":
        return bool(ids & set(what.incidents))
    return what.incident in ids and what.measures.root_cause is not None
