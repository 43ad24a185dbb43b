"""An exit in the report."""

from __future__ import annotations

from ledger.bilingual import Bilingual, Text, phrase
from ledger.explanation.report import ReportBook


def exit_(book: ReportBook) -> None:
    request = book.answer["exit"]["request"]
    if request is not None:
        book.section("exit")
        book.tell("exit", phrase("report.told.exit", request=request), permitted(book))


def permitted(book: ReportBook) -> Bilingual:
    return phrase("report.permitted" if book.answer["exit"]["permitted"] else "report.not_permitted")


def in_short(book: ReportBook) -> Text:
    asked = book.answer["exit"]
    day = asked["earliest_exit_on"] or "—"
    return phrase("report.exit", request=asked["request"], permitted=permitted(book), day=day)
