"""Notices of termination, and the grounds they use (article 8)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ledger.domain.declare import NamedTuple, dataclass, field
from ledger.domain.fact import Fact, chronological
from ledger.domain.machine import Anomaly

RightState = Literal["open", "lapsed", "exercised", "moot", "cured"]
GroundName = tuple[str, str]
"""What names a ground: its clause and what made it."""


class RightGround(NamedTuple):
    """A ground of a party's right to terminate; ``cured_on`` is the day on which its cause was remedied."""

    clause: str
    party: str
    maker: str
    arose_on: date
    because: list[str]
    cured_on: date | None = None

    @property
    def named(self) -> GroundName:
        return self.clause, self.maker


@dataclass(slots=True, eq=False)
class TerminationNotice:
    """A notice, the fact by which it arrived, the day on which it would end the contract, and the day from which it
    does, if it ``uses`` a ground.
    """

    fact: Fact
    arrived: Fact | None = None
    arrived_on: date | None = None
    would_end_on: date | None = None
    effective_on: date | None = None
    uses: tuple[GroundName, ...] = ()
    anomaly: Anomaly | None = None

    def place(self) -> tuple[date, int, int]:
        """The sort key: of several notices the one that takes effect first counts."""
        assert self.would_end_on is not None
        return self.would_end_on, self.fact.at, self.fact.seq

    @property
    def told_by(self) -> list[str]:
        told = [self.fact, *([self.arrived] if self.arrived is not None else [])]
        return [fact.id for fact in sorted({fact.seq: fact for fact in told}.values(), key=chronological)]


@dataclass(slots=True)
class TerminationNotices:
    """Notices in the order in which they were given; ``exercised_by`` is the one that ended the contract."""

    given: list[TerminationNotice] = field(default_factory=list)
    exercised: set[GroundName] = field(default_factory=set)
    exercised_by: TerminationNotice | None = None


@dataclass(slots=True)
class LatePayments:
    """The grounds of late payment by invoice, by ``terms``; ``followed`` is how many changes of invoices were."""

    terms: object = None
    grounds: dict[str, RightGround] = field(default_factory=dict)
    followed: int = 0
