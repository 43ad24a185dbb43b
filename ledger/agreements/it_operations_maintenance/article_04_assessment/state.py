"""Scores by service quarter (article 4)."""

from __future__ import annotations

from ledger.domain.declare import dataclass, field
from ledger.domain.fact import Fact
from ledger.domain.machine import Anomaly


@dataclass(slots=True)
class Scores:
    """Assessments by service quarter, of which one counts; ``outside`` are those of quarters that do not exist."""

    told: dict[int, list[Fact]] = field(default_factory=dict)
    outside: list[tuple[Fact, Anomaly]] = field(default_factory=list)
