"""What an answer rests on, completely: the facts known, the working days, the day, the view, the readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date

from ledger.domain.calendar import Calendar
from ledger.domain.declare import dataclass
from ledger.domain.fact import Fact
from ledger.domain.standing import Standing
from ledger.domain.sweep import Sweep
from ledger.domain.template import Template, template_of_facts


@dataclass(frozen=True, slots=True)
class Basis:
    """One contract's facts by ``seq``, all recorded by ``known_at`` (µs), the registration first; the calendar of that
    moment.

    ``as_of`` is the day asked about; ``as_seen_by`` a role, None for the record; ``readings`` are those asked for
    instead of those in force; ``sensitivity`` asks what depends on them.
    """

    facts: Sequence[Fact]
    calendar: Calendar
    as_of: date
    known_at: int
    as_seen_by: str | None = None
    readings: Mapping[str, str] = field(default_factory=dict)
    sensitivity: bool = False

    @property
    def template(self) -> Template:
        """The template of the contract."""
        return template_of_facts(self.facts)

    def sweep(self) -> Sweep:
        """A sweep over the facts that stand, not yet advanced."""
        return Sweep(Standing(self.facts), self.as_seen_by, self.calendar, self.readings)

    def swept(self) -> Sweep:
        """A sweep up to the end of the day asked about."""
        pass_ = self.sweep()
        pass_.advance(self.as_of)
        return pass_


def counts(fact: Fact, as_of: date) -> bool:
    """Whether a fact's ``on`` is not after ``as_of``; the registration counts on every day."""
    return fact.day <= as_of or fact.seq == 1


def counted(facts: Sequence[Fact], as_of: date) -> list[Fact]:
    """The facts that count on a day."""
    return [fact for fact in facts if counts(fact, as_of)]
