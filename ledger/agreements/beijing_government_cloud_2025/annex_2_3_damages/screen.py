"""Liquidated damages on the screen: a table that adds up, and what may still be deducted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger import labels
from ledger.domain.money import percent
from ledger.drawing import FAINT, STRONG, Screen, Styled
from ledger.labels import money
from ledger.messages import say


def damages(s: Screen, answer: Mapping[str, Any]) -> None:
    damages = answer["damages"]
    if not damages["items"] and damages["settled"] == "0.00":
        return
    s.section(s.word("damages"))
    for key in ("accrued", "settled", "deductible"):
        s.line(Styled(f"{say(f'path.damages.{key}', s.lang)} {money(damages[key])}", STRONG))
    if damages["items"]:
        sum_ = (STRONG, [s.word("not_absorbed"), "", "", "", money(damages["accrued"]), ""])
        s.table(("item", "clause", "base", "rate", "amount", "absorbed"),
                [*(_item(s, one) for one in damages["items"]), sum_], wide=(0, 5), right=(2, 3, 4))  # fmt: skip


def _item(s: Screen, item: Mapping[str, Any]) -> tuple[str, list[str]]:
    return FAINT if item["absorbed_by"] else "", [
        item["id"],
        labels.clause(clause_of_item(item), s.lang),
        money(item["base"]),
        percent(item["rate"]) if item["rate"] is not None else "-",
        money(item["amount"]),
        item["absorbed_by"] or "",
    ]


def clause_of_item(item: Mapping[str, Any]) -> str:
    """By which clause an item is owed: a row of an annex, or 10.3 for an amount agreed."""
    return "10.3" if item["annex"] is None else f"annex {item['annex']} row {item['row']}"
