"""The right to terminate in the report."""

from __future__ import annotations

from collections import Counter

from ledger.agreements.beijing_government_cloud_2025.article_10_termination.screen import right_to_terminate
from ledger.bilingual import Bilingual, Text, clause_name, in_both, joined, label, phrase
from ledger.explanation.report import DASH, Cell, ReportBook

MOST_GROUNDS = 6  # named at a glance


def termination(book: ReportBook) -> None:
    book.section("termination")
    grounds = book.answer["termination"]["grounds"]
    rows: list[list[Cell]] = [
        [clause_name(one["clause"]), one["arose_on"], one["lapses_on"] or DASH, one["last_day"] or DASH,
         {"k": "bold", "t": label("ground", one["state"])}, book.of_ids(one["because"])]
        for one in grounds[: book.most_rows]
    ]  # fmt: skip
    if rows:
        book.table([("ground", 2.6, "left"), ("arose", 2.3, "left"), ("lapses", 2.3, "left"),
                    ("last_day", 2.3, "left"), ("state", 3, "left"), ("facts", "fr", "left")], rows)  # fmt: skip
        book.more_rows(len(grounds) - len(rows))
    else:
        book.say("report.none_grounds")
    seen = Counter[str]()
    for one in grounds[: book.most_told]:
        name = f"{one['clause']}@{one['arose_on']}"
        title = phrase("report.told.ground", clause=clause_name(one["clause"]), day=one["arose_on"])
        book.tell(f"termination.grounds.{name}{'+' * seen[name]}", title, label("ground", one["state"]))
        seen[name] += 1
    book.more_told(min(len(grounds), book.most_told), len(grounds))
    book.tell("termination.allowed", phrase("report.told.allowed"), may(book))
    book.tell("termination.headroom", phrase("report.told.headroom"))


def may(book: ReportBook) -> Bilingual:
    return in_both(lambda lang: right_to_terminate(book.answer["termination"], lang))


def in_short(book: ReportBook) -> Text:
    all_grounds = book.answer["termination"]["grounds"]
    grounds = [phrase("report.ground", clause=clause_name(one["clause"]), day=one["arose_on"],
                    state=label("ground", one["state"])) for one in all_grounds[:MOST_GROUNDS]]  # fmt: skip
    if len(all_grounds) > MOST_GROUNDS:
        grounds.append(phrase("report.more_changes", count=len(all_grounds) - MOST_GROUNDS))
    return joined([may(book), *grounds], "；")
