"""Either party's right to terminate in the report."""

from __future__ import annotations

from ledger.agreements.it_operations_maintenance.article_08_termination.screen import right
from ledger.domain.fact import PARTIES
from ledger.explanation.bilingual import Both, Text, both, clause_name, in_both, joined, labelled
from ledger.explanation.report import DASH, Cell, ReportBook


def termination(book: ReportBook) -> None:
    book.section("termination")
    grounds = book.answer["termination"]["grounds"]
    rows: list[list[Cell]] = [
        [clause_name(one["clause"]), labelled("role", one["party"]), one["arose_on"], one["last_day"] or DASH,
         {"k": "bold", "t": labelled("ground", one["state"])}, book.of_ids(one["because"])]
        for one in grounds[: book.most_rows]
    ]  # fmt: skip
    if rows:
        book.table([("ground", 2.4, "left"), ("ops_party", 1.6, "left"), ("arose", 2.3, "left"),
                    ("last_day", 2.3, "left"), ("state", 3, "left"), ("facts", "fr", "left")], rows)  # fmt: skip
        book.more_rows(len(grounds) - len(rows))
    else:
        book.say("ops.no_grounds")
    for one in grounds[: book.most_told]:
        title = both("report.told.ground", clause=clause_name(one["clause"]), day=one["arose_on"])
        book.tell(f"termination.grounds.{one['clause']}@{one['maker']}", title, labelled("ground", one["state"]))
    book.more_told(min(len(grounds), book.most_told), len(grounds))
    for party in PARTIES:
        book.tell(f"termination.{party}", both(f"path.termination.{party}"), _stands(book, party))
    if book.answer["termination"]["declared"]:
        book.tell("termination.declared", both("path.termination.declared"))


def _stands(book: ReportBook, party: str) -> Both:
    state = book.answer["termination"][party]["state"]
    return in_both(lambda lang: right(party, state, lang))


def in_short(book: ReportBook) -> Text:
    return joined([_stands(book, party) for party in PARTIES], "；")
