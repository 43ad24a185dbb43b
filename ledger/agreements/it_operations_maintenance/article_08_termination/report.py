"""Either party's right to terminate in the report."""

from __future__ import annotations

from ledger.agreements.it_operations_maintenance.article_08_termination.screen import right
from ledger.bilingual import Bilingual, Text, clause_name, in_both, joined, label, phrase
from ledger.domain.fact import PARTIES
from ledger.explanation.report import DASH, Cell, ReportBook


def termination(book: ReportBook) -> None:
    book.section("termination")
    grounds = book.answer["termination"]["grounds"]
    rows: list[list[Cell]] = [
        [clause_name(one["clause"]), label("role", one["party"]), one["arose_on"], one["last_day"] or DASH,
         {"k": "bold", "t": label("ground", one["state"])}, book.of_ids(one["because"])]
        for one in grounds[: book.most_rows]
    ]  # fmt: skip
    if rows:
        book.table([("ground", 2.4, "left"), ("ops_party", 1.6, "left"), ("arose", 2.3, "left"),
                    ("last_day", 2.3, "left"), ("state", 3, "left"), ("facts", "fr", "left")], rows)  # fmt: skip
        book.more_rows(len(grounds) - len(rows))
    else:
        book.say("ops.no_grounds")
    for one in grounds[: book.most_told]:
        title = phrase("report.told.ground", clause=clause_name(one["clause"]), day=one["arose_on"])
        book.tell(f"termination.grounds.{one['clause']}@{one['maker']}", title, label("ground", one["state"]))
    book.more_told(min(len(grounds), book.most_told), len(grounds))
    for party in PARTIES:
        book.tell(f"termination.{party}", phrase(f"path.termination.{party}"), _stands(book, party))
    if book.answer["termination"]["declared"]:
        book.tell("termination.declared", phrase("path.termination.declared"))


def _stands(book: ReportBook, party: str) -> Bilingual:
    state = book.answer["termination"][party]["state"]
    return in_both(lambda lang: right(party, state, lang))


def in_short(book: ReportBook) -> Text:
    return joined([_stands(book, party) for party in PARTIES], "；")
