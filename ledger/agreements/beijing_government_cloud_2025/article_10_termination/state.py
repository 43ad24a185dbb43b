"""What grounds for termination rest on: notices and how they were answered, staffing, refusals (art. 10)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Group, Read
from ledger.domain.fact import Fact
from ledger.domain.machine import PLACE
from ledger.domain.shown import Shown


@dataclass(slots=True)
class Notice:
    """A rectification notice and how it was answered (10.4)."""

    id: str
    fact: Fact
    ground: str
    about: str | None
    deadline: date
    completed: Fact | None = None
    unheeded_on: date | None = None


State = Literal["open", "lapsed", "exercised", "moot", "unsupported"]


@dataclass(slots=True)
class Ground:
    """A ground for termination and what has become of it; of 10.4, as it was supported when it arose."""

    clause: str
    maker: str  # the incident or notice that made it
    arose_on: date
    lapses_on: date | None
    because: list[str]
    state: State
    moment: tuple[int, int]  # of the fact that made it

    @property
    def place(self) -> tuple[date, str, tuple[int, int]]:
        """Grounds stand by the day they arose, then clause, then moment."""
        return self.arose_on, self.clause, self.moment


@dataclass(slots=True)
class Arisen:
    """The grounds by the day they arose, kept as incidents and notices come: how far these were followed.

    ``serious`` and ``repeated`` are the A- and the B-grade groups by the moment they began, ``of`` their grounds by
    incident. States are those of ``stated_on``; of the ``unsettled`` the next changes on ``next_lapse``, ``given`` the
    same term, its end and uses of the grounds.
    """

    read: Read | None = None
    demands: int = 0
    serious: list[Group] = field(default_factory=list)
    repeated: list[Group] = field(default_factory=list)
    of: dict[str, Ground] = field(default_factory=dict)
    grounds: Shown[Ground] = field(default_factory=lambda: Shown(PLACE))
    unsettled: dict[tuple[str, str], Ground] = field(default_factory=dict)
    given: tuple[int, date | None, int] | None = None
    stated_on: date = date.min
    next_lapse: date = date.min
    ends_on: date | None = None  # the last day of the contract, as the open ones were last shown


@dataclass(slots=True)
class Grounds:
    """Notices by identifier; grounds under 10.4 that have ``arisen``, and notices whose ground is ``arising`` today."""

    notices: dict[str, Notice] = field(default_factory=dict)
    arisen: list[Ground] = field(default_factory=list)
    arising: list[Notice] = field(default_factory=list)
    kept: Arisen = field(default_factory=Arisen)
    exercised: set[tuple[str, str]] = field(default_factory=set)
    staffing: dict[str, Fact] = field(default_factory=dict)
    dual_active_refused: list[Fact] = field(default_factory=list)
