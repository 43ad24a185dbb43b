"""Where the contract stands between signature and end (art. 13)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ledger.domain.fact import Fact
from ledger.domain.machine import ONE_DAY, Machine


@dataclass(slots=True)
class Proposal:
    """A renewal or termination proposed under 13.2."""

    fact: Fact
    renewal: bool
    day: date  # ends_on or effective_on as proposed
    ends_on: date | None = None  # of the term, as it stood when the proposal was made
    accepted: bool = False
    takes_effect_on: date | None = None  # of a termination, once accepted


@dataclass(slots=True)
class Life:
    """Signatures, lease, term and end; ``version`` moves whenever the operating period may have."""

    signed: dict[str, Fact] = field(default_factory=dict)
    effective_on: date | None = None
    trial_run: Fact | None = None
    lease: Fact | None = None
    renewed_to: date | None = None
    renewed_by: list[str] = field(default_factory=list)
    ends_on: date | None = None
    terminated_on: date | None = None
    terminated_by: list[str] = field(default_factory=list)
    provisional: bool = False
    proposals: dict[str, Proposal] = field(default_factory=dict)
    version: int = 0

    def over_from(self, day: date) -> date | None:
        """The first day on which the contract is over, if it is over at the end of ``day``."""
        if self.terminated_on is not None and self.terminated_on <= day:
            return self.terminated_on
        if self.ends_on is not None and day > self.ends_on:
            return self.ends_on + ONE_DAY
        return None

    @property
    def operating_period(self) -> tuple[date | None, date | None]:
        """运营期间 (4.1): from the earlier of trial run and lease start to the end; None for what is not known yet."""
        starts = [fact.day for fact in (self.trial_run, self.lease) if fact is not None]
        return min(starts, default=None), self.terminated_on or self.ends_on

    def operating(self, day: date) -> bool:
        """Is ``day`` of the operating period?"""
        first, last = self.operating_period
        return first is not None and first <= day and (last is None or day <= last)

    def moved(self, m: Machine) -> None:
        """The operating period may have moved, and with it all that is judged by it."""
        self.version += 1
        m.touched.update(("term", "incidents", "termination", "damages"))

    def terminate(self, m: Machine, day: date, by: list[str], *, provisional: bool = False) -> bool:
        """The contract is terminated from ``day``, unless it is over already."""
        if self.terminated_on is not None or (self.ends_on is not None and day > self.ends_on):
            return False
        self.terminated_on = day
        self.terminated_by = by
        self.provisional = provisional
        self.moved(m)
        return True

    def move_end(self, m: Machine, ends_on: date) -> None:
        """The term now ends on ``ends_on``, and with it what is due by the end of the term."""
        if ends_on == self.ends_on:
            return
        self.ends_on = ends_on
        self.moved(m)
        m.wake(ends_on + ONE_DAY, "term")
        m.move_term(ends_on)
