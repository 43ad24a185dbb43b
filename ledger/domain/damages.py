"""Payments and set-offs on items of damages: a sum fills the items in the order in which it names them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ledger.domain.declare import NamedTuple, dataclass, field
from ledger.domain.fact import Fact
from ledger.domain.money import Fen

StandsFor = Callable[[str], tuple[str, int] | None]
"""The item that counts in place of an item, and its amount in fen; None where there is no such item."""


def agreed_item(ref: str, number: int = 1) -> str:
    """The item that the amount of this number is, agreed or ruled by the fact of this ref."""
    return f"agreed:{ref}" if number == 1 else f"agreed:{ref}.{number}"


class SumSettled(NamedTuple):
    """A sum paid or set off on items."""

    fact: Fact
    items: tuple[str, ...]
    amount: Fen


class Part(NamedTuple):
    """What a settlement put on one item that stands, in fen."""

    fact: Fact
    item: str
    amount: Fen


@dataclass(slots=True)
class Filled:
    """The parts of all sums so far, and, by item, their total and the facts; ``of`` is the version of the items."""

    of: int = -1
    settlements: int = 0
    parts: list[Part] = field(default_factory=list)
    sums: dict[str, int] = field(default_factory=dict)
    facts: dict[str, list[Fact]] = field(default_factory=dict)


@dataclass(slots=True)
class SumsSettled:
    """The sums paid and set off so far, in order; their ``total``, and the items ``named``."""

    settlements: list[SumSettled] = field(default_factory=list)
    total: Fen = Fen(0)
    named: set[str] = field(default_factory=set)
    _filled: Filled = field(default_factory=Filled)

    def settle(self, fact: Fact, items: Sequence[str], amount: Fen) -> None:
        """Note that ``amount`` was paid or set off on ``items``."""
        self.settlements.append(SumSettled(fact, tuple(items), amount))
        self.total = Fen(self.total + amount)
        self.named.update(items)

    def unsettled(self, items: Iterable[str], version: int, stands_for: StandsFor) -> Fen:
        """What of ``items`` is still unsettled; for an absorbed item, the item that absorbed it counts."""
        sums = self.filled(version, stands_for).sums
        standing = {one[0]: one[1] for id_ in items if (one := stands_for(id_)) is not None}
        return Fen(sum(amount - sums.get(id_, 0) for id_, amount in standing.items()))

    def filled(self, version: int, stands_for: StandsFor) -> Filled:
        """The part of each sum that goes to each item; ``version`` changes whenever what stands for the items
        named may have.
        """
        kept = self._filled
        if kept.of != version:
            kept = self._filled = Filled(version)
        for settlement in self.settlements[kept.settlements :]:
            left: int = settlement.amount
            for id_ in settlement.items:
                one = stands_for(id_)
                room = 0 if one is None else one[1] - kept.sums.get(one[0], 0)
                part = min(left, room)
                if one is not None and part > 0:
                    kept.sums[one[0]] = kept.sums.get(one[0], 0) + part
                    kept.parts.append(Part(settlement.fact, one[0], Fen(part)))
                    kept.facts.setdefault(one[0], []).append(settlement.fact)
                    left -= part
        kept.settlements = len(self.settlements)
        return kept
