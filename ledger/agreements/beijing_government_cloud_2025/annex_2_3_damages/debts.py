"""The liquidated damages that stand and are not settled, as debts of party B (SPEC 4.9)."""

from __future__ import annotations

from datetime import date

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Incidents
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.answer import found
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import Agreed, Item, Listed
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.state import Settlements
from ledger.domain.damages import Filled
from ledger.domain.debts import Debt, Moved
from ledger.domain.declare import NamedTuple, dataclass, field
from ledger.domain.fact import Fact
from ledger.domain.law.limitation import CLAIM, RULING
from ledger.domain.machine import Machine
from ledger.domain.money import Fen


class ItemDebt(NamedTuple):
    """An item, what had been settled of it, and the debt made from both."""

    one: Listed
    settled: int
    debt: Debt


@dataclass(slots=True)
class Owed:
    """The debts as last reported, by the item; ``filled`` is what was settled of items then, ``parts`` its length."""

    known: dict[str, ItemDebt] = field(default_factory=dict)
    filled: Filled | None = None
    parts: int = 0


def debts(m: Machine) -> Moved:
    """The changes since the last call; where what is settled of items was worked out anew, of all debts.

    An item without an amount is no debt, nor is one that is settled in full.
    """
    standing = found(m).listed
    s, owed = m[Settlements], m[Owed]
    filled = s.filled() if s.settlements else None
    looked_at = dict(s.decided)
    if filled is not owed.filled:
        looked_at = dict.fromkeys([*owed.known, *(one.id for one in standing)])
    elif filled is not None:
        looked_at |= dict.fromkeys(part.item for part in filled.parts[owed.parts :])
    sums = filled.sums if filled is not None else {}
    moved = Moved([], [])
    for id_ in looked_at:
        _look_at(m, id_, sums.get(id_, 0), moved)
    s.decided.clear()
    owed.filled, owed.parts = filled, len(filled.parts) if filled is not None else 0
    return moved


def _look_at(m: Machine, id_: str, settled: int, moved: Moved) -> None:
    one, known = m[Settlements].one(id_), m[Owed].known
    before = known.get(id_)
    if one is None or one.absorbed_by is not None or (one.amount or 0) <= settled:
        if before is not None:
            del known[id_]
            moved.gone.append(id_)
    elif before is None or before.one is not one or before.settled != settled:
        known[id_] = _known(m, one, settled)
        moved.came.append(known[id_].debt)


def _known(m: Machine, one: Listed, settled: int) -> ItemDebt:
    assert one.amount is not None
    performed = tuple(m[Settlements].filled().facts[one.id]) if settled else ()
    left = Fen(one.amount - settled)
    debt = _of_item(m, one, left, performed) if isinstance(one, Item) else _of_agreed(one, left, performed)
    return ItemDebt(one, settled, debt)


def _of_item(m: Machine, item: Item, amount: Fen, performed: tuple[Fact, ...]) -> Debt:
    learned, arisen = _learned_on(m, item), item.unheeded_on or item.day
    late = learned is not None and learned > arisen
    return Debt(
        item.id, "party_a", "party_b", amount, learned if late else arisen, "learned" if late else "arisen",
        tuple(item.raised_by), f"annex {item.annex} row {item.row.row}",
        f"damages.items.{item.id}", performed=performed,
    )  # fmt: skip


def _learned_on(m: Machine, item: Item) -> date | None:
    """The latest day on which party A learned of an incident behind the item."""
    named = (m[Incidents].reported.get(name) for kind, name in item.origins if kind == "incident")
    making = (one for one in named if one is not None and one.fact.id in item.raised_by)
    return max((day for one in making if (day := one.measures.learned_on) is not None), default=None)


def _of_agreed(one: Agreed, amount: Fen, performed: tuple[Fact, ...]) -> Debt:
    return Debt(
        one.id, "party_a", "party_b", amount, one.day, "judgment" if one.ruled else "agreed", (one.fact.id,), "10.3",
        f"damages.items.{one.id}", () if one.ruled else (one.fact.id,), performed, RULING if one.ruled else CLAIM,
    )  # fmt: skip
