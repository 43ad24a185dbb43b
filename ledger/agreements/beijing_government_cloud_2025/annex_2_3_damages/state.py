"""What the rows of annexes 2 and 3 look at: systems, monthly reports, absences, complaints, scale-outs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import Damages
from ledger.domain.fact import Fact
from ledger.domain.money import Fen


@dataclass(slots=True)
class ScaleOut:
    """A scale-out asked for, its due day and its completion (annex 3 row 4)."""

    fact: Fact
    due: date
    completed: Fact | None = None


@dataclass(slots=True)
class Reports:
    """Facts by what they report of; ``charges`` are base and amount of a row, worked out once."""

    systems: dict[str, Fact] = field(default_factory=dict)
    service_levels: dict[tuple[str, str | None], Fact] = field(default_factory=dict)
    assessments: dict[tuple[str, str | None], Fact] = field(default_factory=dict)
    complaints: dict[str, list[Fact]] = field(default_factory=dict)
    on_site: list[Fact] = field(default_factory=list)
    scale_outs: dict[str, ScaleOut] = field(default_factory=dict)
    scale_outs_named: dict[str, ScaleOut] = field(default_factory=dict)  # by identifier, by the request's ref and id
    found: tuple[tuple[int, date], Damages] | None = None  # at a step and for a day
    charges: dict[tuple[int, int, str | None, int], tuple[Fraction | None, Fen | None]] = field(default_factory=dict)
