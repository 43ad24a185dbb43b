"""The exits party B asked for, and the switch-over (art. 11)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ledger.domain.fact import Fact


@dataclass(slots=True)
class Exit:
    """An exit party B asked for under 11.1."""

    request: str
    fact: Fact
    exit_on: date
    earliest_on: date
    permitted: bool | None = None
    consent: Fact | None = None
    withdrawn: bool = False


@dataclass(slots=True)
class Exits:
    """Every exit asked for, by request; ``exited`` is the one that took effect."""

    exits: dict[str, Exit] = field(default_factory=dict)
    exited: Exit | None = None
    switched_over: Fact | None = None
