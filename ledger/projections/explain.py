"""Why does a conclusion hold? From a conclusion down to clause words, facts and arithmetic (``lvyue explain``).

It reads the swept machine and the conclusions of the status, and draws no conclusion of its own. The explanation of
each part stands with the clause, as its section declares it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from ledger.bilingual import Bilingual, label
from ledger.domain.declare import dataclass
from ledger.domain.errors import Refusal
from ledger.domain.fact import Fact
from ledger.domain.machine import Machine
from ledger.domain.sweep import Sweep
from ledger.domain.template import Template
from ledger.explanation import Explanation
from ledger.explanation.claims import differing
from ledger.explanation.sections import POSITIONS
from ledger.projections import paths
from ledger.projections.basis import Basis
from ledger.projections.status import concluded, in_every_view


@dataclass(frozen=True, slots=True)
class Place:
    """What a path refers to: a section (``balance.overdue``), the key of a record within it, the value there."""

    section: str
    key: str | None
    value: Any


def explain(basis: Basis, path: str) -> dict[str, Any]:
    """``{"path", "value", "clauses", "facts", "steps", "readings"}`` for the conclusion at ``path``.

    ``clauses`` are ``{"clause", "title", "zh", "en"}`` with the contract's own words; ``facts`` are
    ``{"fact", "type", "label", "on", "by", "recorded_at", "data"}`` as they stand (a registration without its
    terms); ``steps`` are sentences ``{"zh", "en"}`` in order; ``readings`` ``{"reading", "option", "zh", "en"}``.
    Raises Refusal PATH_UNKNOWN where no conclusion is at that path, with the ``near`` one that can be asked for.
    """
    return explainer(basis)(path)


def explainer(basis: Basis) -> Callable[[str], dict[str, Any]]:
    """A function that explains path after path as :func:`explain` does, at the cost of one sweep, or of one a view."""
    pass_ = basis.sweep()
    opening, shown = _opened(pass_, basis)
    shown.update(in_every_view(pass_, basis))

    places = PathIndex(shown, opening.m, basis.as_of)

    def explained(path: str) -> dict[str, Any]:
        place = places.find(path)
        x = opening.anew()
        _tell(x, place)
        if place.section != POSITIONS.key:
            differing(x, path)
        return x.answer(path, place.value)

    return explained


def opened(basis: Basis) -> tuple[Explanation, dict[str, Any]]:
    """An empty explanation, and the conclusions as of the day asked about."""
    return _opened(basis.sweep(), basis)


def _opened(pass_: Sweep, basis: Basis) -> tuple[Explanation, dict[str, Any]]:
    pass_.advance(basis.as_of)
    shown = concluded(pass_.machine, basis.as_of)

    def when_judged(fact: Fact) -> Machine:
        return _at_the_moment(basis.sweep(), fact)

    return Explanation(pass_.machine, basis.facts, pass_.machine.view.facts, basis.as_of, when_judged), shown


class _Reached(Exception):
    pass


def _at_the_moment(pass_: Sweep, judged: Fact) -> Machine:
    """The machine just after ``judged`` was handled."""

    def step(day: date, fact: Fact | None) -> None:
        if fact is not None and fact.seq == judged.seq:
            raise _Reached

    with suppress(_Reached):
        pass_.advance(judged.day, step)
    return pass_.machine


# -- where a path leads -----------------------------------------------------------------------------


class PathIndex:
    """The paths of an answer; its conclusions are indexed once, for any number of paths."""

    def __init__(self, shown: Mapping[str, Any], m: Machine, day: date) -> None:
        self._shown, self._template, self._m, self._day = shown, m.template, m, day
        self._flat = paths.addressed(shown, m.template) | _apart(shown, m.template)

    def find(self, path: str) -> Place:
        """The place of a path; records of some sections may be named by their id alone. Refusal PATH_UNKNOWN."""
        flat = self._flat
        for section, value in flat.items():
            if path == section:
                return Place(section, None, _plain(self._shown, section))
            if path.startswith(section + ".") and isinstance(value, dict):
                found = _within(section, value, path[len(section) + 1 :])
                if found is not None:
                    return found
        for section in paths.of_sections(self._template, "named"):
            found = _within(section, flat[section], path)
            if found is not None:
                return found
        if path in self._shown:
            return Place(path, None, self._shown[path])
        return self._absent(path)

    def _absent(self, path: str) -> Place:
        """Parts that may be asked about although nothing is there."""
        sections = self._template.sections
        above = (section for section in (*self._flat, *self._shown) if path.startswith(section + "."))
        near = max(above, key=len, default=None)
        if near is not None:
            top, _, part = near.partition(".")
            if top in sections and path[len(near) + 1 :] in sections[top].absent(self._m, part):
                return Place(near, path[len(near) + 1 :], None)
        raise Refusal("PATH_UNKNOWN", "path", path=path, day=self._day, near=near or self._template.foremost)


def _apart(shown: Mapping[str, Any], template: Template) -> dict[str, Any]:
    """The parts that are no change, which can be asked about all the same."""
    return {
        f"{key}.{part}": shown[key][part] for key, section in template.sections.items() for part in section.no_change
    }


def _plain(shown: Mapping[str, Any], section: str) -> Any:
    """A whole section as the status shows it."""
    top, _, part = section.partition(".")
    return shown[top][part] if part else shown[top]


def _within(section: str, records: Mapping[str, Any], rest: str) -> Place | None:
    """The record ``rest`` names, or a field of it; identifiers may hold dots, so the longest one counts."""
    if rest in records:
        return Place(section, rest, records[rest])
    end = len(rest)
    while (end := rest.rfind(".", 0, end)) != -1:
        key, field = rest[:end], rest[end + 1 :]
        if key in records and isinstance(records[key], dict) and field in records[key]:
            return Place(section, key, records[key][field])
    return None


# -- what is told of it -----------------------------------------------------------------------------


def _tell(x: Explanation, place: Place) -> None:
    top, _, part = place.section.partition(".")
    section = x.m.template.sections.get(top)
    if section is None:
        _readings(x, part)
    else:
        section.tell(x, part, place.key, place.value)


def _readings(x: Explanation, part: str) -> None:
    for reading in [part] if part else list(x.m.template.readings):
        option = x.read(reading)
        x.step("EX_READING_IN_FORCE", reading=reading, question=label("reading", reading),
               option=label("reading", f"{reading}={option}"), day=x.day)  # fmt: skip
    if part:
        _arguments(x, part)
    x.cite(*x.m.template.general.get("readings", ()))
    x.rest_on(*(fact.id for fact in x.of_type("ReadingAgreed")))


def _arguments(x: Explanation, reading: str) -> None:
    """The arguments for the option in force and for each other, and which day decides."""
    declared = x.m.template.readings[reading]
    in_force = x.read(reading)
    for name in sorted(declared.options, key=lambda option: option != in_force):
        one = declared.options[name]
        x.step("EX_READING_ARGUMENT" if name == in_force else "EX_READING_OTHER_ARGUMENT", option=name,
               said=Bilingual(one.zh, one.en), argument=Bilingual(one.argument_zh, one.argument_en))  # fmt: skip
    x.step(f"EX_READING_BY_{declared.decided_on.upper()}")
    x.cite(*declared.clauses)
