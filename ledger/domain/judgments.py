"""Readings ruled by final judgments: they hold throughout, once the judgment is entered (SPEC 2.4)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from ledger.domain.declare import NamedTuple
from ledger.domain.fact import Fact, chronological
from ledger.domain.rulings import ReadingRuled, rulings_of

if TYPE_CHECKING:
    from ledger.domain.machine import Machine

RULED: Final = "reading ruled: "
"""What hindsight is called of a reading, by its name."""


class RuledOption(NamedTuple):
    """An option of a reading that a court ruled by the judgment ``fact`` of a day."""

    option: str
    fact: str
    day: date


def readings_ruled(m: Machine, fact: Fact, what: Any) -> None:
    """Of two judgments on one reading the later by (on, seq) prevails; those of one day are judged together."""
    if not what.final:
        return
    for one in rulings_of(what, ReadingRuled):
        if not any(one.reading in _rules_on(other) for other in _later_that_day(m, fact)):
            m.look_back(RULED + one.reading, RuledOption(one.option, fact.id, fact.day))


def _later_that_day(m: Machine, fact: Fact) -> list[Fact]:
    return [
        other for other in m.view.facts
        if other.type == fact.type and other.day == fact.day and chronological(other) > chronological(fact)
    ]  # fmt: skip


def _rules_on(judgment: Fact) -> set[str]:
    what: Any = judgment.what
    return {one.reading for one in rulings_of(what, ReadingRuled)} if what.final else set()
