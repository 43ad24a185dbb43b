"""Credits and damages in the report."""

from __future__ import annotations

from ledger.bilingual import Text, clause_name, debt_name, label, phrase
from ledger.domain.money import fen, thousands
from ledger.explanation.report import Cell, ReportBook


def damages(book: ReportBook) -> None:
    book.section("damages")
    answer = book.answer["damages"]
    items = answer["items"]
    rows: list[list[Cell]] = [
        [debt_name(one["id"]), clause_name(one["clause"]),
         label("role", one["debtor"]), thousands(one["amount"]), thousands(one["counted"]),
         label("item", one["state"]), book.of_ids(one["because"])]
        for one in items[: book.most_rows]
    ]  # fmt: skip
    if rows:
        total: list[Cell] = [phrase("ops.total_of_b"), "", "", "", thousands(answer["accrued"]), "", ""]
        book.table([("item", "fr", "left"), ("clause", 2.3, "left"), ("ops_debtor", 1.5, "left"),
                    ("amount", 2.2, "right"), ("ops_counted", 2.2, "right"), ("stands", 2.2, "left"),
                    ("facts", 1.9, "left")], rows, total=total)  # fmt: skip
        book.more_rows(len(items) - len(rows))
    else:
        book.say("ops.no_items")
    for one in items[: book.most_told]:
        title = debt_name(one["id"])
        book.tell(f"damages.items.{one['id']}", title, label("item", one["state"]))
    book.more_told(min(len(items), book.most_told), len(items))
    for one in answer["running"]:
        title = debt_name(one["id"])
        book.tell(f"damages.running.{one['id']}", title)
    if answer["running"] or fen(answer["accrued"]) or fen(answer["owed_by_party_a"]):
        book.say("damages.adjustable")
    for name in ("accrued", "settled", "deductible", "owed_by_party_a"):
        book.tell(f"damages.{name}", phrase(f"path.damages.{name}"), thousands(answer[name]))


def in_short(book: ReportBook) -> Text:
    answer = book.answer["damages"]
    sums = {name: thousands(answer[name]) for name in ("accrued", "settled", "deductible", "owed_by_party_a")}
    return phrase("ops.damages_in_short", **sums)
