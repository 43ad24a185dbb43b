"""All contracts at a glance: a row for each, from one sweep, with the values it can be found by.

A row is kept until the day on which it may change (:mod:`ledger.projector`). Its content follows from what the sections
of the contract's agreement declare (``Section.at_a_glance``), so contracts of any agreement have one. With it are
stored the contract's deadlines, its alerts (:mod:`ledger.projections.alerts`), and the index of its register
(:mod:`ledger.projections.register`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from ledger.agreements import declare_all
from ledger.domain.clause import FeedEntry
from ledger.domain.declare import NamedTuple, replace
from ledger.domain.fact import PARTIES
from ledger.domain.machine import ONE_DAY, Machine
from ledger.domain.money import fen
from ledger.domain.section import glanced, glanced_shape
from ledger.domain.sweep import Sweep
from ledger.domain.template import TEMPLATES, Template
from ledger.explanation.sections import OBLIGATIONS
from ledger.projections import alerts
from ledger.projections.alerts import StandingAlert
from ledger.projections.basis import Basis
from ledger.projections.deadlines import deadlines
from ledger.projections.explain import explain
from ledger.projections.register import RegisterIndex, register_index
from ledger.projections.status import Board, conclusions, next_changes

LINE = 3  # the version of what a row holds: with another one the rows are made anew
ONE_SHORT = "one_short"

Kind: TypeAlias = Literal["sum", "day", "count", "flag", "word"]
"""What a line's value is: yuan with two decimals, a day, a whole number, true or false, or one of some words."""


class PortfolioRow(NamedTuple):
    """A contract's row: its line, the whole numbers it can be found by, and the day from which both may change.

    ``values`` are sums in fen, days as ordinals, counts, and 1 for what is true and for each word as ``name=word``; a
    value that is missing, 0 or false is left out. ``facts`` is the number of facts it rests on, with the last
    ``recorded_at`` (µs).
    """

    contract: str
    title: str
    facts: int
    again_on: date
    line: dict[str, Any]
    values: dict[str, int]
    recorded_at: int
    deadlines: list[FeedEntry]
    alerts: list[StandingAlert]
    register: RegisterIndex


def row(basis: Basis) -> PortfolioRow:
    """The row of a contract; its line is that of any day before ``again_on``."""
    pass_ = basis.swept()
    machine, day = pass_.machine, basis.as_of
    concluded = conclusions(machine, day)
    title = str(machine.registration.what.terms["contract"]["title"])
    line: dict[str, Any] = {"contract": basis.facts[0].contract, "title": title}
    line |= _glance(concluded, machine.template)
    entries = deadlines(machine, day)
    coming = [one for one in entries if one.day >= day and one.for_role is None]
    line["next_deadline"] = (
        {"on": coming[0].day.isoformat(), "what": coming[0].what, "path": coming[0].path} if coming else None
    )
    days = {fact.day for fact in basis.facts} | machine.standing.days
    following = [one for one in (pass_.next_day(), *days, *alerts.leads(entries, day)) if one is not None and one > day]
    following += [coming[0].day + ONE_DAY] if coming else []
    views = {alerts.RECORD: _standing(machine, entries, line, basis)}
    if machine.standing.parted or machine.template.views_differ(machine.view):
        for role in PARTIES:
            views[role] = _seen_by(machine, replace(basis, as_seen_by=role), following)
    else:
        views |= dict.fromkeys(PARTIES, views[alerts.RECORD])
    line["next_change"] = _next_change(pass_, concluded)
    again_on = min(following, default=date.max)
    return PortfolioRow(
        line["contract"], title, len(basis.facts), again_on, line, values(line), basis.facts[-1].recorded_at, entries,
        alerts.in_views(views), register_index(machine.standing, day),
    )  # fmt: skip


def _seen_by(m: Machine, basis: Basis, following: list[date]) -> list[StandingAlert]:
    """What holds as a party sees it; the days on which that may change are added to those that follow."""
    pass_, day = Sweep(m.standing, basis.as_seen_by, basis.calendar, basis.readings), basis.as_of
    pass_.advance(day)
    entries = deadlines(pass_.machine, day)
    line = _glance(conclusions(pass_.machine, day), m.template)
    following += [one for one in (pass_.next_day(), *alerts.leads(entries, day)) if one is not None and one > day]
    return _standing(pass_.machine, entries, line, basis)


def _standing(
    m: Machine, entries: Sequence[FeedEntry], line: Mapping[str, Any], basis: Basis
) -> list[StandingAlert]:
    """The alerts in the view of a machine. Being close to a threshold is rare: only then it is explained."""
    glanced = _glanced(m.template)
    states = {path: line[name] for name, path in glanced.items() if kinds()[name] == "word"}
    found = [*alerts.of_view(m, entries, states, basis.as_of)]
    for section in m.template.sections.values() if line[ONE_SHORT] else ():
        for path in (glanced[name] for name in section.short_of if line[name] == 1):
            told = explain(basis, path)["facts"]
            found.append(alerts.one_short(path, [fact["fact"] for fact in told]))
    return found


def _glanced(template: Template) -> dict[str, str]:
    """The values of a line, each with the path of the conclusion it shows."""
    return {
        name: f"{key}.{part}" if part else key
        for key, section in template.sections.items() for name, part in section.at_a_glance.items()
    }  # fmt: skip


def _glance(concluded: Mapping[str, Any], template: Template) -> dict[str, Any]:
    """What the sections show at a glance, and which obligation is due next, or overdue."""
    duties = concluded[OBLIGATIONS.key]
    pending = [duty for duty in duties if duty["state"] in ("pending", "overdue") and duty["due_on"]]
    following = min(pending, key=lambda duty: (duty["due_on"], duty["id"]), default=None)
    line: dict[str, Any] = {}
    for key, section in template.sections.items():
        line |= {name: glanced(concluded[key], part) for name, part in section.at_a_glance.items()}
        if key == OBLIGATIONS.key:
            line["overdue_obligations"] = sum(duty["state"] == "overdue" for duty in duties)
            line["next_due"] = {"id": following["id"], "due_on": following["due_on"]} if following else None
    short = [line[name] for section in template.sections.values() for name in section.short_of]
    return line | {ONE_SHORT: 1 in short}


def _next_change(pass_: Sweep, concluded: Mapping[str, Any]) -> str | None:
    """The first day on which a conclusion changes if nothing new happens."""
    listed = next_changes(pass_, Board(pass_.machine, concluded), most=1)
    return listed[0]["on"] if listed else None


# -- what lines can be found by -----------------------------------------------------------------------


@cache
def kinds() -> dict[str, Kind]:
    """Every name of a line by which it can be found, and the kind of its values, over all agreements declared."""
    declare_all()
    found: dict[str, Kind] = {}
    for template in TEMPLATES.values():
        for section in template.sections.values():
            for name, part in section.at_a_glance.items():
                found[name] = _kind(glanced_shape(section.shape, part))
    return found | {
        ONE_SHORT: "flag", "overdue_obligations": "count", "next_due": "day", "next_deadline": "day",
        "next_change": "day",
    }  # fmt: skip


def _kind(shape: Any) -> Kind:
    origin, args = get_origin(shape), get_args(shape)
    if origin in (Union, UnionType):
        return _kind(next(one for one in args if one is not NoneType))
    if origin is Annotated:
        named: dict[Any, Kind] = {"Money": "sum", "Day": "day"}
        return named.get(args[1], "word")
    plain: dict[Any, Kind] = {bool: "flag", int: "count"}
    return plain.get(shape, "word")


_WHERE = {"next_due": "due_on", "next_deadline": "on"}


def values(line: Mapping[str, Any]) -> dict[str, int]:
    """The whole numbers a line can be found by; see :class:`PortfolioRow`."""
    found: dict[str, int] = {}
    for name, kind in kinds().items():
        shown = line.get(name)
        if name in _WHERE and shown is not None:
            shown = shown[_WHERE[name]]
        if shown is None:
            continue
        if kind == "word":
            found[f"{name}={shown}"] = 1
        elif number := as_number(kind, shown):
            found[name] = number
    return found


def as_number(kind: Kind, shown: Any) -> int:
    """A value of a line, or of a condition in the same words, as the number it is found by. Raises ValueError
    otherwise.
    """
    if kind == "sum":
        return fen(shown, signed=True)
    if kind == "day":
        return date.fromisoformat(shown).toordinal()
    return int(shown)
