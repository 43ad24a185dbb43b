"""What changed when: the contract replayed fact by fact and timer by timer, and two answers compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from ledger.domain.calendar import format_utc
from ledger.domain.declare import replace
from ledger.domain.fact import Fact
from ledger.domain.history import ACTS
from ledger.domain.machine import ONE_DAY
from ledger.domain.moments import beijing_day
from ledger.domain.standing import Standing
from ledger.domain.sweep import Sweep
from ledger.projections.basis import Basis, counted, counts
from ledger.projections.paths import changes
from ledger.projections.status import Board, concluded, conclusions, in_every_view, preamble, readings, status

MOST_SWEEPS = 400  # to tie changes to facts: some 20 s of the longest histories


def replay(basis: Basis, since: date | None = None) -> list[dict[str, Any]]:
    """Every fact and timer up to ``as_of`` with what it changed; those after the day ``since``, where one is given.

    An entry is ``{"on", "fact", "type", "by", "actor", "stands", "changes"}``; ``fact`` and ``type`` are null for a
    timer (a day that passed), which is listed only where it changed something. The registration comes first.
    A fact that does not stand in the view asked for (retracted, another's claim, contested by the role whose view it
    is, or hanging on such a one) is listed with ``stands`` false.
    """
    pass_ = basis.sweep()
    before = min(fact.day for fact in basis.facts) - ONE_DAY if since is None else since
    pass_.advance(before)
    entries = _stepped(pass_, before, basis.as_of)
    stood = {1, *(fact.seq for _, fact, _ in entries if fact is not None)}
    listed = [_entry(day, fact, changed, stands=True) for day, fact, changed in entries]
    fallen = [fact for fact in counted(basis.facts, basis.as_of) if fact.seq not in stood and fact.day > before]
    listed += [_entry(fact.day, fact, [], stands=False) for fact in fallen]
    listed.sort(key=lambda entry: str(entry["on"]))
    first = [_entry(basis.facts[0].day, basis.facts[0], [], stands=True)] if since is None else []
    return [*first, *listed]


def _stepped(pass_: Sweep, before: date, until: date) -> list[tuple[date, Fact | None, list[dict[str, Any]]]]:
    """What happened after the day that a pass has reached, up to another, with what it changed."""
    machine = pass_.machine
    board = Board(machine, conclusions(machine, before))
    entries: list[tuple[date, Fact | None, list[dict[str, Any]]]] = []

    def step(day: date, fact: Fact | None) -> None:
        changed = board.look(machine, day)
        if fact is not None and fact.seq == 1:
            fact = None  # it counts before all others, whatever its day (2.2), and is listed there
        if fact is not None or changed:
            entries.append((day, fact, changed))

    pass_.advance(until, step)
    return entries


def _entry(day: date, fact: Fact | None, changed: list[dict[str, Any]], *, stands: bool) -> dict[str, Any]:
    return {
        "on": day.isoformat(),
        "fact": fact.id if fact is not None else None,
        "type": fact.type if fact is not None else None,
        "by": fact.by if fact is not None else None,
        "actor": fact.actor if fact is not None else None,
        "stands": stands,
        "changes": changed,
    }


def replay_as_recorded(basis: Basis, *, as_of_given: bool) -> list[dict[str, Any]]:
    """Every fact in the order of recording, with what recording it changed, as of ``as_of`` or else of that day.

    An entry is one of :func:`replay` with ``recorded_at``, ``recorded_by``, ``on_behalf`` and ``days_late``.
    """
    stand = {fact.seq for fact in Standing(basis.facts).view(basis.as_seen_by).facts}
    entries: list[dict[str, Any]] = []
    day: date | None = None
    before: dict[str, Any] = {}
    for count, fact in enumerate(basis.facts, 1):
        on = basis.as_of if as_of_given else beijing_day(fact.recorded_at)
        if on != day and count > 1:
            before = _concluded(replace(basis, as_of=on, facts=basis.facts[: count - 1]))
        after = _concluded(replace(basis, as_of=on, facts=basis.facts[:count]))
        changed = changes(before, after, basis.template) if count > 1 else []
        entries.append(_entry(fact.day, fact, changed, stands=fact.seq in stand) | {
            "recorded_at": format_utc(fact.recorded_at), "recorded_by": fact.recorded_by,
            "on_behalf": fact.on_behalf, "days_late": fact.days_late,
        })  # fmt: skip
        before, day = after, on
    return entries


def _concluded(basis: Basis) -> dict[str, Any]:
    return concluded(basis.swept().machine, basis.as_of)


def effects(before: Basis, after: Sequence[Fact]) -> list[dict[str, Any]]:
    """What more facts change in the conclusions, as :func:`ledger.projections.paths.changes` says it."""
    return changes(_concluded(before), _concluded(replace(before, facts=after)), before.template)


def diff(first: Basis, second: Basis) -> dict[str, Any]:
    """What differs between two answers, and the facts that one counts and the other does not.

    A correction or retraction known to one alone is among them whatever its day: it holds at every day (2.2).
    Each change has ``because``: the facts (``{"fact", "on"}``) that made it, or the day that did (``fact`` null).
    """
    before, after, causes = _along(first, second.as_of)
    alike = first.calendar is second.calendar and len(first.facts) == len(second.facts)
    if not alike or (first.as_seen_by, first.readings) != (second.as_seen_by, second.readings):
        after = _in_full(second.sweep(), second)
    one = {fact.id for fact in first.facts if _bears_on(fact, first.as_of, second.facts)}
    two = {fact.id for fact in second.facts if _bears_on(fact, second.as_of, first.facts)}
    every = {fact.id: fact for fact in (*first.facts, *second.facts)}
    differing = sorted((every[id_] for id_ in one ^ two), key=lambda fact: fact.seq)
    known = replace(second, facts=max(first.facts, second.facts, key=len))
    causes += _Knowledge(known).between(len(first.facts), len(second.facts))
    return {
        "from": _asked(first),
        "to": _asked(second),
        "changes": _tied(changes(before, after, second.template), causes),
        "facts": [{"fact": fact.id, "type": fact.type, "on": fact.on} for fact in differing],
    }


Cause = tuple[Sequence[dict[str, Any]], Sequence[dict[str, Any]]]
"""``{"fact", "on"}`` of what happened, and the changes it made."""


def _asked(basis: Basis) -> dict[str, Any]:
    said = preamble(basis)
    return {key: said[key] for key in ("as_of", "known_at", "facts")}


def _along(basis: Basis, other: date) -> tuple[dict[str, Any], dict[str, Any], list[Cause]]:
    """The conclusions of the day asked about, those of another day by the same knowledge, and what made the difference:
    one sweep.
    """
    first, last = sorted((basis.as_of, other))
    pass_ = basis.sweep()
    shown = {first: _in_full(pass_, replace(basis, as_of=first))}
    causes: list[Cause] = []
    if first != last:
        steps = _stepped(pass_, first, last)
        shown[last] = _in_full(pass_, replace(basis, as_of=last))
        causes = [
            ([{"fact": fact.id if fact is not None else None, "on": day.isoformat()}], changed)
            for day, fact, changed in steps if changed
        ]  # fmt: skip
    return shown[basis.as_of], shown[other], causes


def _in_full(pass_: Sweep, basis: Basis) -> dict[str, Any]:
    """The conclusions of a day, including the positions and the readings in force."""
    pass_.advance(basis.as_of)
    return in_every_view(pass_, basis) | {"readings": readings(pass_.machine, basis.as_of)}


class _Knowledge:
    """The facts that made a difference by becoming known, found by bisection; parts without a difference are skipped.
    """

    def __init__(self, basis: Basis) -> None:
        self._basis = basis
        self._left = MOST_SWEEPS

    def between(self, one: int, other: int) -> Iterator[Cause]:
        """``one`` and ``other`` are how many facts were known."""
        first, last = sorted((one, other))
        if first != last:
            yield from self._within(first, last, self._at(first), self._at(last))

    def _at(self, count: int) -> dict[str, Any]:
        self._left -= 1
        return _concluded(replace(self._basis, facts=self._basis.facts[:count]))

    def _within(self, first: int, last: int, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Cause]:
        made = changes(before, after, self._basis.template)
        if made and (last - first == 1 or self._left <= 0):  # of very many facts the last are told together
            yield [{"fact": fact.id, "on": fact.day.isoformat()} for fact in self._basis.facts[first:last]], made
        elif made:
            middle = (first + last) // 2
            between = self._at(middle)
            yield from self._within(first, middle, before, between)
            yield from self._within(middle, last, between, after)


def _tied(found: list[dict[str, Any]], causes: Sequence[Cause]) -> list[dict[str, Any]]:
    """Each change with what changed it, at its path, above or below it."""
    by_path: dict[str, list[int]] = {}  # the causes by the paths of what they changed, and by those above
    at_path: dict[str, list[int]] = {}
    for number, (_, made) in enumerate(causes):
        for one in made:
            at_path.setdefault(one["path"], []).append(number)
            for above in _upwards(one["path"]):
                by_path.setdefault(above, []).append(number)
    for change in found:
        numbers = set(by_path.get(change["path"], ()))
        for above in _upwards(change["path"]):
            numbers.update(at_path.get(above, ()))
        because: dict[tuple[Any, ...], dict[str, Any]] = {}
        for number in sorted(numbers):
            because |= {tuple(each.values()): each for each in causes[number][0]}
        change["because"] = list(because.values())
    return found


def _upwards(path: str) -> Iterator[str]:
    """The path, and the paths above it."""
    yield path
    end = len(path)
    while (end := path.rfind(".", 0, end)) != -1:
        yield path[:end]


def _bears_on(fact: Fact, as_of: date, others: Sequence[Fact]) -> bool:
    return (fact.type in ACTS and fact.seq > len(others)) or counts(fact, as_of)  # an act holds at every day


def what_if(basis: Basis, imagined: Sequence[Fact]) -> dict[str, Any]:
    """The answer with imagined facts added, and what they change against the answer without them."""
    before = status(replace(basis, sensitivity=False))
    after = status(replace(basis, facts=[*basis.facts, *imagined]))
    return {"status": after, "changes": changes(before, after, basis.template)}
