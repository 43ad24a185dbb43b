"""Liquidated damages on pages: items that add up, what each absorbs below it, and what may still be deducted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.screen import clause_of_item, share
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.share import share_of_total
from ledger.domain.fact import Fact
from ledger.domain.money import fen
from ledger.drawing.bands import MoneyBand, MoneyBar, MoneyPiece
from ledger.drawing.listed import ListedColumn, ListedRow, ListedSum, ListedTable
from ledger.labels import money
from ledger.messages import Language, say

COLUMNS = (("damages.item", "figure"), ("field.clause", "clause"), ("field.base", "sum"), ("field.rate", "share"),
           ("field.amount", "sum"), ("field.because", "facts"))  # fmt: skip


def pictures(answer: Mapping[str, Any], facts: Sequence[Fact], lang: Language) -> Iterator[MoneyBand | ListedTable]:
    """A bar at the scale of the contract's total, and one table, which adds up."""
    damages, total = answer["damages"], answer["balance"]["total"]
    if fen(damages["accrued"]):
        yield _bar(damages, total, lang)
    items = {one["id"]: one for one in damages["items"]}
    rows: list[ListedRow] = []
    for one in damages["items"]:
        if one["absorbed_by"] not in items:
            rows.append(_row(one, "", lang))
            rows += [_row(under, "under", lang) for under in _under(one["id"], damages["items"])]
    sums = [ListedSum(say(f"path.damages.{part}", lang), damages[part], f"damages.{part}", less=part == "settled")
            for part in ("accrued", "settled", "deductible")]  # fmt: skip
    note = f"{share(answer, lang)} {say('damages.adjustable', lang)}" if fen(damages["accrued"]) else ""
    columns = [ListedColumn(say(code, lang), kind) for code, kind in COLUMNS]  # type: ignore[arg-type]
    yield ListedTable(say("damages.caption", lang), columns, rows, sums if rows else (), note,
                      say("damages.none", lang))  # fmt: skip


def _bar(damages: Mapping[str, Any], total: str, lang: Language) -> MoneyBand:
    pieces = [MoneyPiece(say(f"path.damages.{part}", lang), fen(damages[part]), tone)
              for part, tone in (("settled", "done"), ("deductible", "open"))]  # fmt: skip
    note = say("damages.share", lang, share=share_of_total(fen(damages["accrued"]), fen(total)))
    bar = MoneyBar(say("path.damages.accrued", lang), fen(damages["accrued"]), note, tuple(pieces))
    sums = {part: money(damages[part]) for part in ("accrued", "settled", "deductible")}
    finding = say("damages.finding", lang, total=money(total), **sums)
    return MoneyBand(say("damages.title", lang), finding, (bar,), whole=fen(total))


def _under(id_: str, items: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The items that an item absorbed, and those that these had absorbed before."""
    for one in items:
        if one["absorbed_by"] == id_:
            yield one
            yield from _under(one["id"], items)


def _row(item: Mapping[str, Any], style: Any, lang: Language) -> ListedRow:
    path = f"damages.items.{item['id']}"
    name = "damages.item.agreed" if item["annex"] is None else f"damages.row:{item['annex']}:{item['row']}"
    by = item["absorbed_by"]
    told = say("damages.item.absorbed", lang, item=item["id"], by=by) if by is not None else item["id"]
    return ListedRow([
        (say(name, lang), path, told), clause_of_item(item), (item["base"], f"{path}.base"),
        item["rate"], (item["amount"], f"{path}.amount"), item["because"],
    ], style)  # fmt: skip
