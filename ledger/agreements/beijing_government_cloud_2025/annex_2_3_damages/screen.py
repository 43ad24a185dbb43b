"""Liquidated damages on the screen: a table that adds up, and what may still be deducted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger import labels
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.share import share_of_total
from ledger.domain.money import fen, percent
from ledger.drawing import FAINT, STRONG, Screen, Styled
from ledger.labels import money
from ledger.messages import Language, say


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
        if fen(damages["accrued"]):
            s.prose(f"{share(answer, s.lang)} {say('damages.adjustable', s.lang)}", style=FAINT)


def share(answer: Mapping[str, Any], lang: Language) -> str:
    """The accrued damages as a share of the contract's total."""
    accrued, total = answer["damages"]["accrued"], answer["balance"]["total"]
    return say("EX_ACCRUED_SHARE", lang, sum=money(accrued), total=money(total),
               share=share_of_total(fen(accrued), fen(total)))  # fmt: skip


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
    """The clause under which an item is owed: a row of an annex, or 10.3 for an agreed amount."""
    return "10.3" if item["annex"] is None else f"annex {item['annex']} row {item['row']}"
