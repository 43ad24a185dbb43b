"""Items of liquidated damages, as the rows of annexes 2 and 3 make them and 10.3 lets them stand."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from ledger.agreements.beijing_government_cloud_2025.terms import DamagesRow
from ledger.domain.fact import Fact
from ledger.domain.money import Fen
from ledger.domain.shown import Shown


@dataclass(slots=True)
class Item:
    """One item of liquidated damages; ``base`` and ``amount`` are ``None`` where no system's fee is known."""

    id: str
    annex: int
    row: DamagesRow
    system: str | None
    day: date
    base: Fraction | None
    amount: Fen | None
    because: list[str]
    completed_by: Fact
    occurrences: list[Hashable] = field(default_factory=list)
    absorbed_by: str | None = field(default=None, compare=False)


@dataclass(slots=True)
class Agreed:
    """An amount the parties agreed in place of items (10.3), itself an item of its own; ``groups`` it replaces."""

    fact: Fact
    amount: Fen
    groups: int = 0

    @property
    def id(self) -> str:
        return f"agreed:{self.fact.ref}"

    @property
    def day(self) -> date:
        return self.fact.day


def place(one: Item | Agreed) -> tuple[date, str]:
    """Items stand by the day they were completed, then id."""
    return one.day, one.id


@dataclass
class Damages:
    """Every item and every agreed amount that counts, by :func:`place`, and the sum of what stands."""

    listed: Shown[Item | Agreed]
    accrued: Fen

    @cached_property
    def items(self) -> dict[str, Item]:
        """By id."""
        return {one.id: one for one in self.listed if isinstance(one, Item)}

    @cached_property
    def agreed(self) -> dict[str, Agreed]:
        """By id."""
        return {one.id: one for one in self.listed if isinstance(one, Agreed)}

    @cached_property
    def absorbed(self) -> dict[str, list[str]]:
        """By what absorbs them, the items absorbed."""
        found: dict[str, list[str]] = {}
        for one in self.items.values():
            if one.absorbed_by is not None:
                found.setdefault(one.absorbed_by, []).append(one.id)
        return found
