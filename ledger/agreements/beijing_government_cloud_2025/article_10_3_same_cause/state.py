"""Damages agreed and settled (10.3)."""

from __future__ import annotations

from dataclasses import dataclass, field

from ledger.domain.fact import Fact


@dataclass(slots=True)
class Settlements:
    """Agreements on amounts in order of recording, and what was settled in all."""

    agreed: list[Fact] = field(default_factory=list)
    settled: int = 0  # fen
