"""What stands of liquidated damages and is unsettled, as debts of party B (SPEC 4.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Incidents
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.answer import found
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import Agreed, Item, Listed
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.state import Settlements
from ledger.domain.debts import Debt
from ledger.domain.fact import Fact
from ledger.domain.law.limitation import CLAIM, RULING
from ledger.domain.machine import Machine
from ledger.domain.money import Fen


class Known(NamedTuple):
    """An item, what had been settled of it, and the debt made of the two."""

    one: Listed
    settled: int
    debt: Debt


@dataclass(slots=True)
class Owed:
    """The debts as last told, by the item's id; ``of`` are the versions of what stands and of what was settled."""

    of: tuple[int, int] = (-1, -1)
    known: dict[str, Known] = field(default_factory=dict)
    debts: dict[str, Debt] = field(default_factory=dict)


def debts(m: Machine) -> Mapping[str, Debt]:
    """An item without an amount is none, nor one that is settled in full."""
    standing = found(m).listed
    s, owed = m[Settlements], m[Owed]
    of = s.version, len(s.settlements)
    if of != owed.of:
        sums = s.filled().sums
        known = owed.known
        owed.known = {one.id: _known(m, one, sums.get(one.id, 0), known.get(one.id)) for one in standing
                      if one.absorbed_by is None and (one.amount or 0) > sums.get(one.id, 0)}  # fmt: skip
        owed.debts = {id_: one.debt for id_, one in owed.known.items()}
        owed.of = of
    return owed.debts


def _known(m: Machine, one: Listed, settled: int, before: Known | None) -> Known:
    if before is not None and before.one is one and before.settled == settled:
        return before
    assert one.amount is not None
    performed = tuple(part.fact for part in m[Settlements].filled().parts if part.item == one.id) if settled else ()
    left = Fen(one.amount - settled)
    debt = _of_item(m, one, left, performed) if isinstance(one, Item) else _of_agreed(one, left, performed)
    return Known(one, settled, debt)


def _of_item(m: Machine, item: Item, amount: Fen, performed: tuple[Fact, ...]) -> Debt:
    learned = _learned_on(m, item)
    late = learned is not None and learned > item.day
    return Debt(
        item.id, "party_a", "party_b", amount, learned if late else item.day, "learned" if late else "arisen",
        tuple(item.because), f"annex {item.annex} row {item.row.row}",
        f"damages.items.{item.id}", performed=performed,
    )  # fmt: skip


def _learned_on(m: Machine, item: Item) -> date | None:
    """The latest day on which party A learned of an incident that makes the item."""
    named = (m[Incidents].reported.get(name) for kind, name in item.origins if kind == "incident")
    making = (one for one in named if one is not None and one.fact.id in item.because)
    return max((day for one in making if (day := one.measures.learned_on) is not None), default=None)


def _of_agreed(one: Agreed, amount: Fen, performed: tuple[Fact, ...]) -> Debt:
    return Debt(
        one.id, "party_a", "party_b", amount, one.day, "judgment" if one.ruled else "agreed", (one.fact.id,), "10.3",
        f"damages.items.{one.id}", () if one.ruled else (one.fact.id,), performed, RULING if one.ruled else CLAIM,
    )  # fmt: skip
