"""What changed when: the contract replayed fact by fact and timer by timer, and two answers compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ledger.domain.calendar import Calendar
from ledger.domain.facts import Fact
from ledger.domain.state import ONE_DAY
from ledger.projections.paths import changes
from ledger.projections.status import Asked, Board, conclusions, counted, status, sweep


def replay(facts: Sequence[Fact], calendar: Calendar, asked: Asked) -> list[dict[str, Any]]:
    """Every fact and timer up to ``as_of`` with what it changed.

    An entry is ``{"on", "fact", "type", "by", "stands", "changes"}``; ``fact`` and ``type`` are null for a
    timer (a day that passed), which is listed only where it changed something. The registration comes first.
    A fact that was retracted, or hangs on one that was, is listed with ``stands`` false.
    """
    pass_ = sweep(facts, calendar, asked)
    machine = pass_.machine
    eve = min(fact.day for fact in facts) - ONE_DAY
    board = Board(machine, facts, conclusions(machine, facts, eve))
    entries: list[tuple[date, Fact | None, list[dict[str, Any]]]] = []

    def step(day: date, fact: Fact | None) -> None:
        if fact is not None and fact.type in ("FactContested", "FactAcknowledged"):
            machine.touched.add("contested")
        changed = board.look(machine, day)
        if fact is not None and fact.seq == 1:
            fact = None  # it counts before all others, whatever its day (2.2), and is listed there
        if fact is not None or changed:
            entries.append((day, fact, changed))

    pass_.advance(asked.as_of, step)
    stood = {1, *(fact.seq for _, fact, _ in entries if fact is not None)}
    listed = [_entry(day, fact, changed, stands=True) for day, fact, changed in entries]
    fallen = [fact for fact in counted(facts, asked.as_of) if fact.seq not in stood]
    listed += [_entry(fact.day, fact, [], stands=False) for fact in fallen]
    listed.sort(key=lambda entry: str(entry["on"]))
    return [_entry(facts[0].day, facts[0], [], stands=True), *listed]


def _entry(day: date, fact: Fact | None, changed: list[dict[str, Any]], *, stands: bool) -> dict[str, Any]:
    return {
        "on": day.isoformat(),
        "fact": fact.id if fact is not None else None,
        "type": fact.type if fact is not None else None,
        "by": fact.by if fact is not None else None,
        "stands": stands,
        "changes": changed,
    }


def diff(
    first_facts: Sequence[Fact], first_calendar: Calendar, first: Asked,
    second_facts: Sequence[Fact], second_calendar: Calendar, second: Asked,
) -> dict[str, Any]:  # fmt: skip
    """What differs between two answers, and the facts that one counts and the other does not.

    A correction or retraction known to one alone is among them whatever its day: it holds at every day (2.2).
    """
    before = status(first_facts, first_calendar, first)
    after = status(second_facts, second_calendar, second)
    one = {fact.id for fact in first_facts if _bears_on(fact, first.as_of, second_facts)}
    two = {fact.id for fact in second_facts if _bears_on(fact, second.as_of, first_facts)}
    every = {fact.id: fact for fact in (*first_facts, *second_facts)}
    differing = sorted((every[id_] for id_ in one ^ two), key=lambda fact: fact.seq)
    return {
        "from": {key: before[key] for key in ("as_of", "known_at", "facts")},
        "to": {key: after[key] for key in ("as_of", "known_at", "facts")},
        "changes": changes(before, after),
        "facts": [{"fact": fact.id, "type": fact.type, "on": fact.on} for fact in differing],
    }


def _bears_on(fact: Fact, as_of: date, others: Sequence[Fact]) -> bool:
    if fact.type in ("FactCorrected", "FactRetracted") and fact.seq > len(others):
        return True
    return fact.day <= as_of or fact.seq == 1


def what_if(
    facts: Sequence[Fact], imagined: Sequence[Fact], calendar: Calendar, asked: Asked
) -> dict[str, Any]:
    """The answer with imagined facts added, and what they change against the answer without them."""
    before = status(facts, calendar, asked)
    after = status(imagined, calendar, asked)
    return {"status": after, "changes": changes(before, after)}
