"""Why is it so? From a conclusion down to clause words, facts and arithmetic (issue 2, ``lvyue explain``).

It reads the swept machine and the conclusions of the status; it comes to no conclusion of its own. What is
said of each part stands in the modules beside this one, in the sentences of the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Incidents
from ledger.domain import history
from ledger.domain.calendar import Calendar
from ledger.domain.errors import Refusal
from ledger.domain.fact import Fact
from ledger.domain.machine import Machine
from ledger.domain.readings import READINGS
from ledger.domain.sweep import Sweep
from ledger.projections import (
    explain_anomaly,
    explain_balance,
    explain_damages,
    explain_grade,
    explain_incidents,
    explain_obligation,
    explain_term,
    explain_termination,
    paths,
)
from ledger.projections.explanation import Explanation, label
from ledger.projections.status import Asked, concluded, sweep


@dataclass(frozen=True, slots=True)
class Place:
    """Where a path leads: a section as ``balance.overdue``, the key of a record within it, the value there."""

    section: str
    key: str | None
    value: Any


def explain(facts: Sequence[Fact], calendar: Calendar, asked: Asked, path: str) -> dict[str, Any]:
    """``{"path", "value", "clauses", "facts", "steps", "readings"}`` for the conclusion at ``path``.

    ``clauses`` are ``{"clause", "title", "zh", "en"}`` with the contract's own words; ``facts`` are
    ``{"fact", "type", "label", "on", "by", "recorded_at", "data"}`` as they stand (a registration without its
    terms); ``steps`` are sentences ``{"zh", "en"}`` in order; ``readings`` ``{"reading", "option", "zh", "en"}``.
    Raises Refusal PATH_UNKNOWN where no conclusion is at that path, with the ``near`` one that can be asked for.
    """
    return explainer(facts, calendar, asked)(path)


def explainer(facts: Sequence[Fact], calendar: Calendar, asked: Asked) -> Callable[[str], dict[str, Any]]:
    """What :func:`explain` answers, for path after path, at the cost of one sweep."""
    pass_ = sweep(facts, calendar, asked)
    pass_.advance(asked.as_of)
    shown = concluded(pass_.machine, facts, asked.as_of)
    standing = history.standing(facts, as_of=asked.as_of, as_seen_by=asked.as_seen_by)

    def when_judged(fact: Fact) -> Machine:
        return _at_the_moment(sweep(facts, calendar, asked), fact)

    def explained(path: str) -> dict[str, Any]:
        place = find(shown, pass_.machine, path, asked.as_of)
        x = Explanation(pass_.machine, facts, standing, asked.as_of)
        _tell(x, place, shown, when_judged)
        return x.answer(path, place.value)

    return explained


class _Reached(Exception):
    pass


def _at_the_moment(pass_: Sweep, judged: Fact) -> Machine:
    """The machine just after ``judged`` was taken in."""

    def step(day: date, fact: Fact | None) -> None:
        if fact is not None and fact.seq == judged.seq:
            raise _Reached

    with suppress(_Reached):
        pass_.advance(judged.day, step)
    return pass_.machine


# -- where a path leads -----------------------------------------------------------------------------


_OF_INCIDENTS = ("incidents.grades", "incidents.counted", "incidents.excluded")


def find(shown: Mapping[str, Any], m: Machine, path: str, day: date) -> Place:
    """The place of a path; an obligation or item may be named by its id alone.

    An incident that is not graded, not counted or not excluded has null there: why is worth asking, above all on the
    day it leaves the year.
    """
    flat = paths.addressed(shown) | {"incidents.window": shown["incidents"]["window"]}
    for section, value in flat.items():
        if path == section:
            return Place(section, None, _plain(shown, section))
        if path.startswith(section + ".") and isinstance(value, dict):
            found = _within(section, value, path[len(section) + 1 :])
            if found is not None:
                return found
    for section in ("obligations", "damages.items"):
        found = _within(section, flat[section], path)
        if found is not None:
            return found
    if path in shown:
        return Place(path, None, shown[path])
    near = max((section for section in (*flat, *shown) if path.startswith(section + ".")), key=len, default=None)
    if near in _OF_INCIDENTS and path[len(near) + 1 :] in m[Incidents].reported:
        return Place(near, path[len(near) + 1 :], None)
    raise Refusal("PATH_UNKNOWN", "path", path=path, day=day, near=near or "termination.allowed")


def _plain(shown: Mapping[str, Any], section: str) -> Any:
    """A whole section as the status shows it."""
    top, _, part = section.partition(".")
    return shown[top][part] if part else shown[top]


def _within(section: str, records: Mapping[str, Any], rest: str) -> Place | None:
    """The record ``rest`` names, or a field of it; identifiers may hold dots, so the longest one counts."""
    for key in sorted(records, key=len, reverse=True):
        if rest == key:
            return Place(section, key, records[key])
        field = rest[len(key) + 1 :]
        if rest.startswith(key + ".") and isinstance(records[key], dict) and field in records[key]:
            return Place(section, key, records[key][field])
    return None


# -- what is told of it -----------------------------------------------------------------------------


def _tell(x: Explanation, place: Place, shown: Mapping[str, Any], when_judged: explain_anomaly.Before) -> None:
    top, _, part = place.section.partition(".")
    match top:
        case "phase":
            explain_term.phase(x)
        case "term":
            explain_term.part(x, part or None)
        case "balance":
            explain_balance.one(x, part) if part else explain_balance.every(x)
        case "obligations":
            explain_obligation.one(x, place.key) if place.key is not None else explain_obligation.every(x)
        case "incidents":
            _incidents(x, part, place.key)
        case "termination":
            _termination(x, part, place.key)
        case "exit":
            explain_term.exit_(x)
        case "damages":
            _damages(x, part, place.key)
        case "anomalies":
            _anomalies(x, place.key, shown["anomalies"], when_judged)
        case "contested":
            x.cite("12.1")
            x.rest_on(*shown["contested"], *(fact.id for fact in x.of_type("FactContested")))
            x.step("EX_CONTESTED_COUNT", count=len(shown["contested"]), day=x.day)
        case _:
            _readings(x, part, place.value)


def _incidents(x: Explanation, part: str, key: str | None) -> None:
    match part:
        case "a_count":
            explain_incidents.count(x, "A")
        case "b_count_rolling_year":
            explain_incidents.count(x, "B")
        case "window":
            explain_incidents.in_window(x)
        case "counted" | "excluded" if key is not None:
            explain_incidents.whether_counted(x, key)
        case "grades" if key is not None:
            explain_grade.incident(x, key)
        case "grades":
            explain_grade.every(x)
        case _:
            explain_incidents.overview(x)


def _termination(x: Explanation, part: str, key: str | None) -> None:
    match part:
        case "grounds" if key is not None:
            explain_termination.at(x, key)
        case "grounds":
            explain_termination.every(x)
        case "headroom":
            explain_termination.headroom(x)
        case _:
            explain_termination.allowed(x)


def _damages(x: Explanation, part: str, key: str | None) -> None:
    if key is not None:
        explain_damages.at(x, key)
    elif part == "settled":
        explain_damages.settled(x)
    elif part == "deductible":
        explain_damages.deductible(x)
    else:
        explain_damages.accrued(x)


def _anomalies(
    x: Explanation, key: str | None, listed: list[dict[str, Any]], when_judged: explain_anomaly.Before
) -> None:
    if key is not None:
        explain_anomaly.one(x, key, when_judged)
    else:
        explain_anomaly.every(x, listed)


def _readings(x: Explanation, part: str, value: Any) -> None:
    for reading in [part] if part else list(READINGS):
        option = x.read(reading)
        x.step("EX_READING_IN_FORCE", reading=reading, question=label("reading", reading),
               option=label("reading", f"{reading}={option}"), day=x.day)  # fmt: skip
    x.cite("14.2")
    x.rest_on(*(fact.id for fact in x.of_type("ReadingAgreed")))
