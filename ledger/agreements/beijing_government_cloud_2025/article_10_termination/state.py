"""What grounds for termination rest on: notices and how they were answered, staffing, refusals (art. 10)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ledger.domain.fact import Fact


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


@dataclass(slots=True)
class NoticeGround:
    """A ground under 10.4 as it arose: supported or not, and by which facts."""

    notice: str
    arose_on: date
    supported: bool
    because: list[str]


@dataclass(slots=True)
class Grounds:
    """Notices by identifier; grounds under 10.4 that have ``arisen``, and notices whose ground is ``arising`` today."""

    notices: dict[str, Notice] = field(default_factory=dict)
    arisen: list[NoticeGround] = field(default_factory=list)
    arising: list[Notice] = field(default_factory=list)
    exercised: set[tuple[str, str]] = field(default_factory=set)
    staffing: dict[str, Fact] = field(default_factory=dict)
    dual_active_refused: list[Fact] = field(default_factory=list)
