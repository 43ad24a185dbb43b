"""Which liquidated damages have accrued, and which item absorbs which? (SPEC 4.6)"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any, Literal

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import grouping as annex_1_grades
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages import rule as annex_2_3_damages
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import Agreed, Damages, Item
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.absorb import absorb
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.state import Settlements
from ledger.domain.because import because
from ledger.domain.declare import TypedDict
from ledger.domain.fact import Fact
from ledger.domain.machine import Machine
from ledger.domain.money import Fen, round_half_up, yuan
from ledger.domain.section import FactId, Sum


def found(m: Machine) -> Damages:
    """Every item raised so far, those absorbed marked, and the sum of what stands."""
    grouped = annex_1_grades.grouped(m)
    went, came = annex_2_3_damages.renewed(m, grouped)
    settlements = absorb(m, grouped, went, came)
    return Damages(settlements.listed, Fen(settlements.accrued))


def unsettled(m: Machine, items: Iterable[str]) -> Fen:
    """What stands of these items and is not settled yet, an absorbed one standing for what absorbed it.

    What is then paid or set off on them is entered by ``m[Settlements].settle``.
    """
    found(m)
    return m[Settlements].unsettled(items)


def set_off(m: Machine, fact: Fact, most: int) -> int:
    """At most ``most`` fen are set off on the items a fact names, as far as they stand unsettled; how much was."""
    what: Any = fact.what
    m.touched.add("damages")
    part = Fen(max(0, min(most, unsettled(m, what.items))))
    if part:
        m[Settlements].settle(fact, what.items, part)
    return part


class DamagesItemJson(TypedDict):
    """An item, or an amount agreed in place of items (annex, row, base, rate null); sums in yuan."""

    id: str
    annex: Literal[2, 3] | None
    row: int | None
    base: Sum | None
    rate: str | None
    amount: Sum | None
    absorbed_by: str | None
    because: list[FactId]


class DamagesJson(TypedDict):
    """Sums in yuan: what stands, what of it was settled, what may still be deducted."""

    accrued: Sum
    settled: Sum
    deductible: Sum
    items: list[DamagesItemJson]


def damages(m: Machine, day: date) -> DamagesJson:
    """The conclusion (SPEC 5); the amounts of what nothing absorbs, agreed ones among them, add up to ``accrued``."""
    of = found(m)
    return {
        "accrued": yuan(of.accrued),
        "settled": yuan(m[Settlements].settled),
        "deductible": yuan(deductible(m, of)),
        "items": of.listed.records(partial(_record, m)),
    }


def deductible(m: Machine, of: Damages) -> Fen:
    """What party A may still deduct: what accrued and was not settled, never below nothing."""
    return Fen(max(0, of.accrued - m[Settlements].settled))


def _record(m: Machine, one: Item | Agreed) -> DamagesItemJson:
    return _item(one) if isinstance(one, Item) else _agreed(m, one)


def _agreed(m: Machine, one: Agreed) -> DamagesItemJson:
    return {
        "id": one.id,
        "annex": None,
        "row": None,
        "base": None,
        "rate": None,
        "amount": yuan(one.amount),
        "absorbed_by": one.absorbed_by,
        "because": because(m, [one.fact]),
    }


def _item(item: Item) -> DamagesItemJson:
    return {
        "id": item.id,
        "annex": 2 if item.annex == 2 else 3,
        "row": item.row.row,
        "base": yuan(round_half_up(item.base.each)) if item.base is not None else None,
        "rate": str(item.row.rate),
        "amount": yuan(item.amount) if item.amount is not None else None,
        "absorbed_by": item.absorbed_by,
        "because": item.because,
    }


def item_ids(m: Machine, day: date) -> Iterator[str]:
    """The ids of the items there are, agreed amounts among them."""
    return iter([one.id for one in found(m).listed])


def without_fee(m: Machine) -> None:
    """Facts that complete an item of annex 3 of no system are anomalies: its base is not known."""
    found(m)
