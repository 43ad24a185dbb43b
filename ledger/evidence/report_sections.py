"""The sections on conclusions: what stands in the answer (SPEC 5), as each section of the template tells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.evidence.report_book import Book
from ledger.explanation.bilingual import Both, Text, both, in_both, joined, labelled
from ledger.explanation.report import DASH, Cell, plain
from ledger.labels import amount, change, path

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


# -- readings, and what comes next ------------------------------------------------------------------


def readings(book: Book) -> None:
    book.section("readings")
    in_force = book.answer["readings"]
    rows: list[list[Cell]] = [
        [labelled("reading", name), labelled("reading", f"{name}={chosen}")] for name, chosen in in_force.items()
    ]
    book.table([("reading", "fr", "left"), ("option", 6.4, "left")], rows)
    changed = book.answer["sensitivity"]
    if changed is None:
        book.say("report.not_asked")
        return
    book.say("report.sensitivity_intro" if changed else "report.none_sensitivity", weighed=weighed(book))
    if changed:
        rows = [
            [labelled("reading", one["reading"]), labelled("reading", f"{one['reading']}={one['option']}"),
             _path(one["path"]), _shown(one, "from"), {"k": "bold", "t": _shown(one, "to")}]
            for one in changed[: book.most_rows]
        ]  # fmt: skip
        book.table([("reading", "fr", "left"), ("other", 3.4, "left"), ("change", 3.2, "left"), ("from", 2.2, "right"),
                    ("to", 2.2, "right")], rows)  # fmt: skip
        book.more_rows(len(changed) - len(rows))


def weighed(book: Book) -> Both:
    """The conclusions by which readings are weighed, by their names."""
    return joined([_path(f"{key}.{part}") for key, one in book.template.sections.items() for part in one.weighed], "、")


def _path(of: str) -> Both:
    return in_both(lambda lang: path(of, lang))


def _shown(change: Mapping[str, Any], side: str) -> Text:
    if change[side] is None:
        return DASH
    return in_both(lambda lang: amount(change["path"], change[side], lang))


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
    return [*said, both("report.more_changes", count=left)] if left > 0 else said


def _said(of: Mapping[str, Any]) -> Both:
    return in_both(lambda lang: change(of["what"], of["from"], of["to"], lang))
