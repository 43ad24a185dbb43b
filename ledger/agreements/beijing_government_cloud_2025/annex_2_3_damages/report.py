"""Liquidated damages in the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.screen import clause_of_item
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.share import share_of_total
from ledger.bilingual import Bilingual, Text, clause_name, phrase
from ledger.domain.money import fen, percent, thousands
from ledger.explanation.report import DASH, Cell, Column, ReportBook


def damages(book: ReportBook) -> None:
    book.section("damages")
    answer = book.answer["damages"]
    items = answer["items"]
    if items:
        _damages_table(book, answer)
    else:
        book.say("report.none_items")
    weighed = sorted(items, key=lambda one: (one["absorbed_by"] is not None, -fen(one["amount"] or "0")))
    told = {one["id"] for one in weighed[: book.most_told]}
    for one in [one for one in items if one["id"] in told]:
        amount = thousands(one["amount"]) if one["amount"] else None
        code = "report.told.item" if amount else "report.told.item_without"
        book.tell(f"damages.items.{one['id']}", phrase(code, item=one["id"], amount=amount), _stands(one))
    book.more_told(len(told), len(items))
    book.tell("damages.accrued", phrase("report.told.accrued", amount=thousands(answer["accrued"])))
    if fen(answer["accrued"]):
        book.say("EX_ACCRUED_SHARE", **_share(book))
        book.say("damages.adjustable")
    book.tell("damages.settled", phrase("report.told.settled", amount=thousands(answer["settled"])))
    book.tell("damages.deductible", phrase("report.told.deductible", amount=thousands(answer["deductible"])))


def _damages_table(book: ReportBook, answer: Mapping[str, Any]) -> None:
    rows: list[list[Cell]] = [
        [one["id"], clause_name(clause_of_item(one)),
         thousands(one["base"]) if one["base"] else DASH, percent(one["rate"]) if one["rate"] else DASH,
         thousands(one["amount"]) if one["amount"] else DASH, _stands(one), book.of_ids(one["because"])]
        for one in answer["items"][: book.most_rows]
    ]  # fmt: skip
    total: list[Cell] = [phrase("report.total_accrued"), "", "", "", thousands(answer["accrued"]), "", ""]
    columns: list[Column] = [
        ("item", "fr", "left"), ("clause", 2.5, "left"), ("base", 2.3, "right"), ("rate", 1.3, "right"),
        ("amount", 2.3, "right"), ("stands", 2.9, "left"), ("facts", 1.9, "left"),
    ]  # fmt: skip
    book.table(columns, rows, total=total)
    book.more_rows(len(answer["items"]) - len(rows))


def _stands(item: Mapping[str, Any]) -> Bilingual:
    by = item["absorbed_by"]
    if by is None:
        return phrase("report.stands")
    if by.startswith("agreed:"):
        return phrase("report.agreed", item=by)
    return phrase("report.absorbed", item=by)


def _share(book: ReportBook) -> dict[str, str]:
    accrued, total = book.answer["damages"]["accrued"], book.answer["balance"]["total"]
    return {"sum": thousands(accrued), "total": thousands(total), "share": share_of_total(fen(accrued), fen(total))}


def in_short(book: ReportBook) -> Text:
    sums = {name: thousands(book.answer["damages"][name]) for name in ("accrued", "settled", "deductible")}
    if not fen(book.answer["damages"]["accrued"]):
        return phrase("report.damages", **sums)
    return phrase("report.damages_adjustable", **sums, share=_share(book)["share"])
