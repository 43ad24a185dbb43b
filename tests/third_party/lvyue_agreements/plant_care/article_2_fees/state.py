"""Payments (article 2)."""

from __future__ import annotations

from dataclasses import dataclass, field

from ledger.domain.fact import Fact


@dataclass(slots=True)
class Paid:
    """Payments in the order they were made."""

    made: list[Fact] = field(default_factory=list)
