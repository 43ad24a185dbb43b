"""Damages agreed and settled, and which items are joined by what they share (10.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Read
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import (
    Agreed,
    Item,
    Listed,
    Occurrence,
    Origin,
    Tie,
    place,
    ties,
)
from ledger.domain.damages import Filled, SumSettled, SumsSettled
from ledger.domain.declare import dataclass, field
from ledger.domain.fact import Fact
from ledger.domain.machine import Anomaly
from ledger.domain.money import Fen
from ledger.domain.shown import Shown


@dataclass(slots=True)
class Joined:
    """Items and agreed amounts joined by what they share; ``accrues`` is what stands of them, fen.

    ``tangled`` are the tangles among them too large to be weighed exactly, and of how many items.
    """

    ids: list[str]
    accrues: int
    tangled: list[tuple[Anomaly, int]]


@dataclass(slots=True)
class Retold:
    """By seq: the facts that tell otherwise of one before, and the earliest such from each on; so the late ones."""

    acts: list[int]
    of: list[int]  # the lowest seq acted on from there on
    late: list[int]
    days: list[date]  # the first day told of from there on


@dataclass(slots=True)
class Settlements:
    """Amounts agreed and settled, and how the items were last joined.

    ``naming`` are the agreed amounts by the items they name, ``resting`` by what their items rested on; ``tied`` are
    items and agreed amounts by occurrence, ``joined`` those each is joined with, ``incidents`` are
    known by the ref of their report. ``listed`` are all of them, by their
    place. ``made`` are the amounts agreed today. ``stale`` are to be joined anew; ``version`` moves whenever what
    stands for an item that was settled may have; ``decided`` are those decided anew since the debts were last told.
    """

    agreed: dict[str, Agreed] = field(default_factory=dict)
    naming: dict[str, list[Agreed]] = field(default_factory=dict)
    resting: dict[Origin, list[Agreed]] = field(default_factory=dict)
    sums: SumsSettled = field(default_factory=SumsSettled)
    items: dict[str, Item] = field(default_factory=dict)
    tied: dict[Occurrence, dict[str, Listed]] = field(default_factory=dict)
    joined: dict[str, Joined] = field(default_factory=dict)
    incidents: dict[str, str] = field(default_factory=dict)
    made: list[Agreed] = field(default_factory=list)
    stale: dict[str, None] = field(default_factory=dict)
    listed: Shown[Listed] = field(default_factory=lambda: Shown(place))
    accrued: int = 0  # fen
    retold: Retold | None = None
    read: Read | None = None  # how far the groups of incidents were followed
    reading: str | None = None  # of same-cause-damages, by which they were joined, where that was asked
    version: int = 0
    decided: dict[str, None] = field(default_factory=dict)

    def one(self, id_: str) -> Listed | None:
        """The item or agreed amount of this id, if there is one."""
        return self.items.get(id_) or self.agreed.get(id_)

    def tied_by(self, tie: Tie) -> Iterator[Listed]:
        """What has this in common."""
        kind, of = tie
        if kind == "occurrence":
            yield from self.tied[of].values()
            return
        yield from self.naming.get(of, ())
        if (named := self.one(of)) is not None:
            yield named

    def neighbours(self, one: Listed) -> Iterator[Listed]:
        """What shares something with it, itself perhaps among them."""
        for tie in ties(one):
            yield from self.tied_by(tie)

    # -- what was settled ---------------------------------------------------------------------------

    @property
    def settlements(self) -> list[SumSettled]:
        return self.sums.settlements

    def settle(self, fact: Fact, items: Sequence[str], amount: Fen) -> None:
        """``amount`` was paid or set off on ``items``."""
        self.sums.settle(fact, items, amount)

    @property
    def settled(self) -> Fen:
        """The sums paid and what was set off."""
        return self.sums.total

    def stands_for(self, id_: str) -> Listed | None:
        """What stands in the place of an item, itself where nothing absorbs it; None where there is no such item."""
        one = self.one(id_)
        while one is not None and one.absorbed_by is not None:
            one = self.one(one.absorbed_by)
        return one

    def unsettled(self, items: Iterable[str]) -> Fen:
        """What stands of ``items`` and was not settled; an absorbed item stands for what absorbed it."""
        return self.sums.unsettled(items, self.version, self._standing)

    def filled(self) -> Filled:
        """What each settlement put on which item, in the order in which they were made."""
        return self.sums.filled(self.version, self._standing)

    def _standing(self, id_: str) -> tuple[str, int] | None:
        one = self.stands_for(id_)
        return None if one is None else (one.id, one.amount or 0)
