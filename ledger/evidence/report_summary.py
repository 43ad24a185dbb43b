"""What the report says at a glance."""

from __future__ import annotations

from typing import Any

from ledger.bilingual import Bilingual, Text, phrase
from ledger.evidence.report_book import Book


def summary(book: Book) -> list[dict[str, Any]]:
    """What the first pages say at a glance: each row leads to its section."""
    rows: list[tuple[str, Text, str]] = [
        (section.key, section.in_short(book), section.in_report_of or section.key)
        for section in book.template.by_weight if section.in_short is not None
    ]  # fmt: skip
    rows.append(("readings", _sensitive(book), "readings"))
    numbers = {each["name"]: each["number"] for each in book.sections}
    return [{"name": phrase(f"report.row.{row}"), "text": text, "section": numbers[section]}
            for row, text, section in rows if section in numbers]  # fmt: skip


def _sensitive(book: Book) -> Bilingual:
    changed = book.answer["sensitivity"]
    if changed is None or not book.has("readings"):
        return phrase("report.not_asked")
    if not changed:
        return phrase("report.insensitive")
    count = len({(one["reading"], one["option"]) for one in changed})
    return phrase("report.sensitive", count=count, section=book.number("readings"))
