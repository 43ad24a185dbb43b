"""Which liquidated damages have accrued, and which item absorbs which? (SPEC 4.6)"""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.domain.clauses import annex_1_grades, annex_2_3_damages, art_10_same_cause
from ledger.domain.items import Damages, Item
from ledger.domain.machine import Machine
from ledger.domain.money import round_half_up, yuan


def found(m: Machine, day: date) -> Damages:
    """Every item raised by ``day``, those absorbed marked, and the sum of what stands."""
    items = annex_2_3_damages.damages(m, day, annex_1_grades.grouped(m))
    accrued, agreed = art_10_same_cause.absorb(m, items)
    without_fee = {item.completed_by.id: item.completed_by for item in items if item.annex == 3 and item.base is None}
    return Damages(items, accrued, agreed, list(without_fee.values()))


def damages(m: Machine, of: Damages) -> dict[str, Any]:
    return {
        "accrued": yuan(of.accrued),
        "settled": yuan(m.damages_settled),
        "items": [_item(item) for item in of.items],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "annex": item.annex,
        "row": item.row.row,
        "base": yuan(round_half_up(item.base)) if item.base is not None else None,
        "rate": str(item.row.rate),
        "amount": yuan(item.amount) if item.amount is not None else None,
        "absorbed_by": item.absorbed_by,
        "because": item.because,
    }
