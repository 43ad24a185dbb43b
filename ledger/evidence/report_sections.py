"""The sections on conclusions: what stands in the answer (SPEC 5), as each section of the template tells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.bilingual import Bilingual, in_both, phrase
from ledger.evidence.report_book import Book
from ledger.evidence.report_readings import readings
from ledger.explanation.report import Cell, plain
from ledger.labels import change

MOST_CHANGES = 12  # named of one day


def conclusions(book: Book) -> None:
    """Every section on conclusions but the summary, in the order of the contract's weight."""
    for section in book.template.by_weight:
        if not book.has(section.key):
            continue
        if section.report is not None:
            section.report(book)
        elif section.in_report_of is None:
            plain(book, section.key, book.answer[section.key])
    for name, tell in (("readings", readings), ("next_changes", next_changes)):
        if book.has(name):
            tell(book)


# -- what comes next ------------------------------------------------------------------------------


def next_changes(book: Book) -> None:
    listed = book.answer["next_changes"]
    if listed:
        book.section("next")
        by_day: dict[str, list[Mapping[str, Any]]] = {}
        for one in listed:
            by_day.setdefault(one["on"], []).append(one)
        rows: list[list[Cell]] = [[day, {"k": "lines", "t": changes_of_a_day(ones)}] for day, ones in by_day.items()]
        book.table([("date", 2.4, "left"), ("change", "fr", "left")], rows)


def changes_of_a_day(changes: list[Mapping[str, Any]]) -> list[Cell]:
    """What changes on one day, a line for each: what it is about, from what, to what."""
    said: list[Cell] = [_said(one) for one in changes[:MOST_CHANGES]]
    left = len(changes) - MOST_CHANGES
    return [*said, phrase("report.more_changes", count=left)] if left > 0 else said


def _said(of: Mapping[str, Any]) -> Bilingual:
    return in_both(lambda lang: change(of["what"], of["from"], of["to"], lang))
