"""Why an incident has its grade: each criterion of annex 1 with what was stated, met or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import grouping as annex_1_grades
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.facts import (
    IncidentAssessed,
    IncidentReported,
    IncidentsLinked,
    Measures,
)
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Incident, Incidents
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.table import Criterion, criteria, mainly_responsible
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.terms import Grades
from ledger.bilingual import Bilingual, joined, label, phrase
from ledger.domain.fact import Fact, chronological
from ledger.domain.machine import Machine
from ledger.domain.money import Fen, said_yuan
from ledger.explanation import Explanation


def every(x: Explanation) -> None:
    x.cite("annex 1")
    if not x.m[Incidents].reported:
        x.step("EX_NO_INCIDENTS", day=x.day)
    for id_ in sorted(x.m[Incidents].reported):
        incident(x, id_)


def incident(x: Explanation, id_: str) -> None:
    """The whole explanation: facts, criteria, what prevails over them, and which incidents it is one with."""
    one = x.m[Incidents].reported[id_]
    x.cite("annex 1")
    _told(x, one)
    annex_1_grades.grouped(x.m)
    if one.decided is not None:
        _decided(x, one)
    else:
        reading = x.read("main-responsibility", one.day)
        if mainly_responsible(one.measures, reading):
            _weighed(x, one, x.terms(one.day).grades, x.m.agreement.on(one.day).readings)
        else:
            stated = shown("responsibility", one.measures.responsibility)
            x.step("EX_GRADE_OTHERS", incident=id_, stated=stated)
    grade = annex_1_grades.graded(x.m, one)
    if one.counts:
        x.step("EX_GRADE" if grade is not None else "EX_GRADE_NONE", incident=id_, grade=grade)
    _measures_of_others(x, one)
    _ties(x, one)


def _decided(x: Explanation, one: Incident) -> None:
    """An agreed grade prevails over the computed one, a ruled grade over both."""
    x.cite("10.3")
    if one.ruled is not None:
        found = [fact.id for fact in x.of_type("JudgmentEntered") if fact.id in one.facts]
        x.step("EX_GRADE_RULED", incident=one.id, grade=label("grade", one.ruled), facts=x.facts(found[-1:]))
    else:
        agreed = [fact.id for fact in x.about("incident", one.id) if fact.type == "IncidentGradeAgreed"]
        x.step("EX_GRADE_AGREED", incident=one.id, grade=label("grade", one.agreed), facts=x.facts(agreed[-1:]))


def _measures_of_others(x: Explanation, one: Incident) -> None:
    """Where several reports concern one event, whose measures count."""
    if len(one.event) == 1 or one.counts:
        return
    counting = [other for other in one.event if other.counts]
    code = "EX_MEASURES_DECIDED" if counting[0].decided is not None else "EX_MEASURES_SUPERVISORS"
    x.step(code, incident=one.id, others=", ".join(other.id for other in counting),
           facts=x.facts(other.fact.id for other in counting))  # fmt: skip


def _told(x: Explanation, one: Incident) -> None:
    """What was reported, and what assessments replaced."""
    for fact in x.about("incident", one.id):
        what = fact.what
        if isinstance(what, IncidentReported | IncidentAssessed):
            code = "EX_REPORTED" if isinstance(what, IncidentReported) else "EX_ASSESSED"
            kind = label("kind", one.kind)
            x.step(code, fact=x.fact(fact.id), incident=one.id, kind=kind, measures=_measures(what.measures))


def _measures(measures: Measures) -> Bilingual:
    stated = [(name, getattr(measures, name)) for name in Measures.__slots__]  # type: ignore[attr-defined]
    told = [
        phrase("EX_MEASURE", measure=label("measure", name), value=shown(name, value))
        for name, value in stated if value is not None
    ]  # fmt: skip
    return joined(told) if told else phrase("EX_NOTHING_MEASURED")


def shown(name: str, value: Any) -> Bilingual:
    """A measure's value as a sentence shows it."""
    if value is None:
        return phrase("EX_NOT_STATED")
    if name == "economic_loss":
        return Bilingual(said_yuan(Fen(value)), said_yuan(Fen(value)))
    if isinstance(value, bool):
        return label("truth", str(value).lower())
    if name in ("scope", "consequence", "responsibility"):
        return label(name, value)
    if name == "duration_minutes" and isinstance(value, Decimal):  # cut to a period, perhaps: never shown as more
        told = f"{value.quantize(Decimal('0.01'), ROUND_DOWN).normalize():f}"
        return Bilingual(told, told)
    if isinstance(value, tuple):
        return joined(label(name, one) for one in value)
    return Bilingual(str(value), str(value))


def operating(m: Machine) -> tuple[Bilingual, Bilingual]:
    """The operating period 运营期间, its ends as phrases."""
    first, last = m[Life].operating_period
    return _known(first), _known(last)


def _known(day: date | None) -> Bilingual:
    return Bilingual(str(day), str(day)) if day is not None else phrase("EX_NOT_YET")


# -- the criteria -----------------------------------------------------------------------------------


def _weighed(x: Explanation, one: Incident, grades: Grades, readings: Mapping[str, str]) -> None:
    if one.kind in ("outage", "data_loss"):
        x.read("force-majeure", one.day)
        if readings["force-majeure"] != "ignored":
            told = shown("force_majeure", one.measures.force_majeure)
            option = label("reading", "force-majeure=" + readings["force-majeure"])
            x.step("EX_FORCE_MAJEURE", stated=told, option=option)
    day, measures = annex_1_grades.within(one, x.m[Life].operating_period)
    if measures is not one.measures:
        first, last = operating(x.m)
        x.read("operating-period")
        x.step("EX_MINUTES_WITHIN", incident=one.id, first=first, last=last, day=day,
               within=shown("duration_minutes", measures.duration_minutes),
               whole=shown("duration_minutes", one.measures.duration_minutes))  # fmt: skip
    found = list(criteria(one.kind, measures, grades))
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


def _weighing(criterion: Criterion) -> Bilingual:
    """What was stated, what was required, and whether it was met."""
    verdict = {True: "EX_MET", False: "EX_NOT_MET", None: "EX_NOT_STATED_HENCE"}[criterion.met]
    return phrase("EX_CRITERION", measure=label("measure", criterion.measure), needed=_required(criterion),
                  stated=_stated(criterion), verdict=phrase(verdict))  # fmt: skip


def _required(criterion: Criterion) -> Bilingual:
    measure, required = criterion.measure, criterion.required
    match criterion.test:
        case "from" | "over":
            threshold = said_yuan(required) if measure == "economic_loss" else required
            return phrase("EX_FROM" if criterion.test == "from" else "EX_OVER", threshold=threshold)
        case "one_of":
            return phrase("EX_ONE_OF", options=joined(label(measure, name) for name in required))
        case "weighty":
            return phrase("EX_WEIGHTY", level=required)
        case _:
            return shown(measure, required)


def _stated(criterion: Criterion) -> Bilingual:
    if criterion.measure != "weighty" or criterion.stated is None:
        return shown(criterion.measure, criterion.stated)
    return joined(
        phrase("EX_MEASURE", measure=label("measure", name), value=shown(name, value))
        for name, value in zip(("mlps_level", "important"), criterion.stated, strict=True)
    )


# -- 10.3 -------------------------------------------------------------------------------------------


def _ties(x: Explanation, one: Incident) -> None:
    group = annex_1_grades.grouped(x.m).of[one.id]
    event = [other.id for other in one.event if other is not one]
    others = [other for other in group.all_of_them if other not in one.event]
    if event:
        x.cite("10.3")
        x.read("overlapping-reports")
        x.step("EX_SAME_EVENT", incident=one.id, others=", ".join(event))
    if others:
        x.cite("10.3")
        x.step("EX_TIED", incident=one.id, others=", ".join(other.id for other in others),
               facts=x.facts(ties(x, group.all_of_them)))  # fmt: skip
    for cause, fact in one.claimed.items():
        x.cite("10.3")
        x.step("EX_CAUSE_CLAIMED", incident=one.id, cause=cause, fact=x.fact(fact))


def ties(x: Explanation, incidents: list[Incident]) -> list[str]:
    """The facts by which incidents are one: links, and reports or assessments naming the cause."""
    links = x.m[Incidents].links
    told = [fact for one in incidents for fact in x.about("incident", one.id) if _names_a_cause(fact)]
    told += [fact for one in incidents for facts in links.get(one.id, {}).values() for fact in facts
             if isinstance(fact.what, IncidentsLinked)]  # fmt: skip
    return [fact.id for fact in sorted({fact.seq: fact for fact in told}.values(), key=chronological)]


def _names_a_cause(fact: Fact) -> bool:
    return isinstance(fact.what, IncidentReported | IncidentAssessed) and fact.what.measures.root_cause is not None
