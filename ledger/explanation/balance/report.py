"""The balance in the report."""

from __future__ import annotations

from ledger.bilingual import Text, phrase
from ledger.domain.money import capitals, fen, thousands
from ledger.explanation.report import Cell, ReportBook

PARTS = ("total", "invoiced", "paid", "deducted", "credit", "outstanding", "payable", "overdue")


def balance(book: ReportBook) -> None:
    book.section("balance")
    shown = book.answer["balance"]
    rows: list[list[Cell]] = [
        [phrase(f"path.balance.{name}"), {"k": "money", "t": thousands(shown[name])},
         capitals(fen(shown[name], signed=True))]
        for name in PARTS
    ]  # fmt: skip
    book.table([("item_name", 3, "left"), ("amount", 3.6, "right"), ("capitals", "fr", "left")], rows)
    book.tell("balance", phrase("report.told.balance"))


def in_short(book: ReportBook) -> Text:
    money = {name: thousands(amount) for name, amount in book.answer["balance"].items() if name != "currency"}
    return phrase("report.money", **money)
