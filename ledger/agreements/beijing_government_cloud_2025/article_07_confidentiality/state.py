"""Leaks (7.2)."""

from __future__ import annotations

from ledger.domain.declare import dataclass, field
from ledger.domain.fact import Fact


@dataclass(slots=True)
class Leaks:
    """Leaks in the order they were reported."""

    reported: list[Fact] = field(default_factory=list)
