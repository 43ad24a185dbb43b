"""The term in the report."""

from __future__ import annotations

from ledger.bilingual import label, phrase
from ledger.explanation.report import DASH, Cell, ReportBook


def term(book: ReportBook) -> None:
    book.section("term")
    shown = book.answer["term"]
    starts = "starts_on" if "starts_on" in shown else "lease_started_on"
    days = ("signed_on", "effective_on", starts, "ends_on", "terminated_on")
    rows: list[list[Cell]] = [[phrase(f"path.term.{name}"), shown[name] or DASH] for name in days]
    book.table([("item_name", 5, "left"), ("date", "fr", "left")], rows)
    phase = label("phase", book.answer["phase"])
    book.tell("phase", phrase("report.told.phase", phase=phase))
