"""Which liquidated damages have accrued, and which item absorbs which? (SPEC 4.6)"""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import rule as annex_1_grades
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages import rule as annex_2_3_damages
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import Agreed, Damages, Item
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause import rule as art_10_same_cause
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.state import Settlements
from ledger.domain.machine import Machine
from ledger.domain.money import Fen, round_half_up, yuan


def found(m: Machine, day: date) -> Damages:
    """Every item raised by ``day``, those absorbed marked, and the sum of what stands."""
    items = annex_2_3_damages.damages(m, day, annex_1_grades.grouped(m))
    accrued, agreed = art_10_same_cause.absorb(m, items)
    without_fee = {item.completed_by.id: item.completed_by for item in items if item.annex == 3 and item.base is None}
    return Damages(items, accrued, agreed, list(without_fee.values()))


def damages(m: Machine, of: Damages) -> dict[str, Any]:
    """The conclusion (SPEC 5); the amounts of what nothing absorbs, agreed ones among them, add up to ``accrued``."""
    rows = [(item.day, item.id, _item(item)) for item in of.items]
    rows += [(one.fact.day, one.id, _agreed(one)) for one in of.agreed]
    return {
        "accrued": yuan(of.accrued),
        "settled": yuan(Fen(m[Settlements].settled)),
        "deductible": yuan(deductible(m, of)),
        "items": [row for _, _, row in sorted(rows, key=lambda row: row[:2])],
    }


def deductible(m: Machine, of: Damages) -> Fen:
    """What party A may still deduct: what accrued and was not settled, never below nothing."""
    return Fen(max(0, of.accrued - m[Settlements].settled))


def _agreed(one: Agreed) -> dict[str, Any]:
    return {
        "id": one.id,
        "annex": None,
        "row": None,
        "base": None,
        "rate": None,
        "amount": yuan(one.amount),
        "absorbed_by": None,
        "because": [one.fact.id],
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
