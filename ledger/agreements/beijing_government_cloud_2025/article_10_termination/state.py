"""What grounds for termination rest on, and what was declared: notices and their answers, staffing (art. 10)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Counted, Incident, Read
from ledger.domain.declare import NamedTuple, dataclass, field
from ledger.domain.fact import Fact, chronological
from ledger.domain.machine import PLACE, Anomaly, Machine
from ledger.domain.shown import Shown


@dataclass(slots=True)
class RectificationNotice:
    """A rectification notice, when it arrived and how it was answered (10.4).

    ``rejected`` are completions that were rejected, each with its rejection, until it counted as unheeded.
    """

    id: str
    fact: Fact
    ground: str
    about: str | None
    deadline: date
    arrived_on: date
    completed: Fact | None = None
    unheeded_on: date | None = None
    rejected: tuple[Fact, ...] = ()

    @property
    def told_by(self) -> tuple[Fact, ...]:
        """The facts that made it unheeded."""
        return self.fact, *self.rejected

    @property
    def leaves_a_period(self) -> bool:
        # 10(4) "甲方向乙方提出整改要求和期限": a deadline that is over as the notice arrives is no period
        return self.deadline > self.arrived_on


class Supported(NamedTuple):
    """What supports a ground of 10.4: facts, among them the reports of ``incidents``, and the ``readings`` consulted.
    """

    facts: list[Fact]
    incidents: Sequence[Incident] = ()
    readings: tuple[str, ...] = ()


Support = Callable[[Machine], Supported]
"""What supported a ground on a day, of what lies in the operating period as it is known when asked."""


@dataclass(slots=True)
class Demand:
    """A notice of party A on a ground of 10.4 that went unheeded ``on`` a day.

    ``support`` gives what supported it on that day, within the operating period as known now.
    """

    notice: RectificationNotice
    on: date
    support: Support


State = Literal["open", "lapsed", "exercised", "moot", "unsupported"]
Named = tuple[str, str]
"""What names a ground: its clause, and the incident or notice that made it."""


@dataclass(slots=True)
class Ground:
    """A ground for termination and what became of it; under 10.4, as it was supported when it arose.

    ``making`` are the reports of the incidents that make it, or its notice; ``because`` all facts it rests on.
    """

    clause: str
    maker: str
    arose_on: date
    lapses_on: date | None
    making: list[str]
    because: list[str]
    state: State
    moment: tuple[int, int]  # of the fact that made it

    @property
    def named(self) -> Named:
        return self.clause, self.maker

    @property
    def place(self) -> tuple[date, str, tuple[int, int]]:
        """The sort key of grounds: the day they arose, then clause, then moment."""
        return self.arose_on, self.clause, self.moment

    def open_on(self, day: date) -> bool:
        """Whether it had arisen by ``day`` and not lapsed."""
        supported = self.state != "unsupported"
        return supported and self.arose_on <= day and (self.lapses_on is None or day <= self.lapses_on)


class Before(NamedTuple):
    """The state of the contract on the day of a declaration, without it: whether something had ended it or it was
    renewed.
    """

    ended: bool
    renewed_to: date | None


@dataclass(slots=True)
class Declaration:
    """A termination declared by party A: when it reached party B, and the grounds open then (10, 民法典 565).

    ``effect_on`` is the later of its own day and the day it arrived; ``before`` is the state of the contract then,
    ``over`` whether it was over, as far as is known now, ``ruled`` whether a court decided on it.
    """

    fact: Fact
    clauses: tuple[str, ...]
    arrived: Fact | None = None
    effect_on: date | None = None
    before: Before | None = None
    over: bool = False
    ruled: bool = False
    opened: list[Ground] | None = None
    anomaly: Anomaly | None = None

    @property
    def place(self) -> tuple[date, tuple[int, int]]:
        """In order of taking effect."""
        assert self.effect_on is not None
        return self.effect_on, chronological(self.fact)


def _told(one: Declaration) -> tuple[int, int]:
    """Declarations are listed by (on, seq)."""
    return chronological(one.fact)


@dataclass(slots=True)
class Arisen:
    """The grounds by the day they arose, updated as incidents and notices are recorded.

    ``supported`` are the notices whose grounds incidents support, ``serious`` the incidents that count as grade A,
    ``repeated`` all that count, by the moment they began; ``of`` the grounds of these and of notices by name. States
    are those of ``stated_on``; the ``unsettled`` ones next change on ``next_lapse``, ``fresh`` have no state yet,
    ``given`` is the term, its end and the uses of grounds on which the states rest.
    """

    read: Read | None = None
    demands: tuple[int, ...] = ()
    supported: list[Demand] = field(default_factory=list)
    serious: list[Counted] = field(default_factory=list)
    repeated: list[Counted] = field(default_factory=list)
    of: dict[Named, Ground] = field(default_factory=dict)
    grounds: Shown[Ground] = field(default_factory=lambda: Shown(PLACE))
    unsettled: dict[Named, Ground] = field(default_factory=dict)
    fresh: dict[Named, Ground] = field(default_factory=dict)
    given: tuple[object, ...] = ()
    stated_on: date = date.min
    next_lapse: date = date.min
    ends_on: date | None = None  # the last day of the contract, as the open ones were last shown


@dataclass(slots=True)
class Grounds:
    """Notices by identifier, unheeded notices of party A, and declarations; the first and last by every name they have.

    ``arising`` are notices whose ground arises today, ``services`` is the number of services recorded. ``effective`` is
    the declaration that ended the contract, ``exercised`` the grounds it used; ``judged`` is the mark up to which
    changes were considered.
    """

    notices: dict[str, RectificationNotice] = field(default_factory=dict)
    named: dict[str, RectificationNotice | Declaration] = field(default_factory=dict)
    demands: list[Demand] = field(default_factory=list)
    arising: list[RectificationNotice] = field(default_factory=list)
    services: int = 0
    kept: Arisen = field(default_factory=Arisen)
    declared: Shown[Declaration] = field(default_factory=lambda: Shown(_told))
    effective: Declaration | None = None
    exercised: frozenset[Named] = frozenset()
    judged: tuple[Read | None, tuple[int, int]] = (None, (0, 0))
    staffing: dict[str, list[Fact]] = field(default_factory=dict)
    dual_active_refused: list[Fact] = field(default_factory=list)
