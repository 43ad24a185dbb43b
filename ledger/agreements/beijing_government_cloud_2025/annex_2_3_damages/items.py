"""Items of liquidated damages, as the rows of annexes 2 and 3 make them and 10.3 lets them stand."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from ledger.agreements.beijing_government_cloud_2025.terms import DamagesRow
from ledger.domain.fact import Fact
from ledger.domain.money import Fen


@dataclass(slots=True)
class Item:
    """One item of liquidated damages; ``base`` and ``amount`` are ``None`` where no system's fee is known."""

    id: str
    annex: int
    row: DamagesRow
    day: date
    base: Fraction | None
    amount: Fen | None
    because: list[str]
    completed_by: Fact
    occurrences: list[Hashable] = field(default_factory=list)
    absorbed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """An amount the parties agreed in place of items (10.3), itself an item of its own."""

    fact: Fact
    amount: Fen

    @property
    def id(self) -> str:
        return f"agreed:{self.fact.ref}"


@dataclass(slots=True)
class Damages:
    """Every item, and the sum of what stands."""

    items: list[Item]
    accrued: Fen
    agreed: list[Agreed]  # the agreed amounts that count
    without_fee: list[Fact]  # those that complete an annex 3 item of no system
