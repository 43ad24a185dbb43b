"""Per-time services performed of those ordered (annex 4)."""

from __future__ import annotations

from datetime import date

from ledger.agreements.beijing_government_cloud_2025.terms import OrderLine
from ledger.domain.declare import dataclass, field
from ledger.domain.fact import Fact


@dataclass(slots=True)
class ServiceTally:
    """A per-time service of annex 4: what was performed of what was ordered."""

    line: OrderLine
    units: int = 0
    times: dict[str, int] = field(default_factory=dict)  # by host, where hosts are named
    short: int = 0  # hosts named that have not had their times yet
    facts: list[str] = field(default_factory=list)
    undone: tuple[date | None, date | None, list[str]] = (None, None, [])  # on which day, fulfilled since when, by


@dataclass(slots=True)
class Order:
    """Performances and tallies by service, by the ``version`` of the term for which it was last looked what is owed."""

    performed: dict[str, list[Fact]] = field(default_factory=dict)
    tallies: dict[str, ServiceTally] = field(default_factory=dict)
    version: int = -1
