"""The balance in the report."""

from __future__ import annotations

from ledger.domain.money import capitals, fen
from ledger.explanation.bilingual import Text, both, grouped
from ledger.explanation.report import Book, Cell


def balance(book: Book) -> None:
    book.section("balance")
    shown = book.answer["balance"]
    rows: list[list[Cell]] = [
        [both(f"path.balance.{name}"), {"k": "money", "t": grouped(shown[name])},
         capitals(fen(shown[name], signed=True))]
        for name in ("total", "invoiced", "paid", "outstanding", "payable", "overdue")
    ]  # fmt: skip
    book.table([("item_name", 3, "left"), ("amount", 3.6, "right"), ("capitals", "fr", "left")], rows)
    book.tell("balance", both("report.told.balance"))


def in_short(book: Book) -> Text:
    money = {name: grouped(amount) for name, amount in book.answer["balance"].items() if name != "currency"}
    return both("report.money", **money)
