"""Scores by service quarter (article 4)."""

from __future__ import annotations

from dataclasses import dataclass, field

from ledger.domain.fact import Fact


@dataclass(slots=True)
class Scores:
    """Assessments by service quarter, of which one counts."""

    told: dict[int, list[Fact]] = field(default_factory=dict)
