"""The section on readings: those in force, what another would change and why one may hold it, what holds under all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ledger.bilingual import Bilingual, Text, in_both, joined, label, path_name, phrase, worded
from ledger.evidence.report_book import Book
from ledger.explanation.report import DASH, Cell
from ledger.labels import argument, field, path
from ledger.projections.sensitivity import weighed, weighed_parts

MOST_SETS = 4  # named of those that change one conclusion


def readings(book: Book) -> None:
    book.section("readings")
    rows: list[list[Cell]] = [
        [label("reading", name), _option(name, chosen)] for name, chosen in book.answer["readings"].items()
    ]
    book.table([("reading", "fr", "left"), ("option", 6.4, "left")], rows)
    changed = book.answer["sensitivity"]
    if changed is None:
        book.say("report.not_asked")
        return
    book.say("report.sensitivity_intro" if changed else "report.none_sensitivity")
    if changed:
        _changes(book, changed)
        _arguments(book, list(dict.fromkeys(one["reading"] for one in changed)))
    _robust(book, book.answer["robust"])


def _changes(book: Book, changed: Sequence[Mapping[str, Any]]) -> None:
    rows: list[list[Cell]] = [
        [label("reading", one["reading"]), _option(one["reading"], one["option"]), path_name(one["path"]),
         _shown(one["path"], one["from"]), {"k": "bold", "t": _shown(one["path"], one["to"])}]
        for one in changed[: book.most_rows]
    ]  # fmt: skip
    book.table([("reading", "fr", "left"), ("other", 3.4, "left"), ("change", 3.2, "left"), ("from", 2.2, "right"),
                ("to", 2.2, "right")], rows)  # fmt: skip
    book.more_rows(len(changed) - len(rows))


def _arguments(book: Book, names: Sequence[str]) -> None:
    """What speaks for each option of the readings that matter."""
    book.say("report.arguments_intro")
    rows: list[list[Cell]] = [
        [label("reading", name), _option(name, option), _argument(name, option)]
        for name in names for option in book.template.readings[name].options
    ]  # fmt: skip
    book.table([("reading", 3.4, "left"), ("choice", 3.4, "left"), ("argument", "fr", "left")], rows)


def _robust(book: Book, found: Mapping[str, Any]) -> None:
    """What holds whatever is read otherwise, and what the rest turns on."""
    turning = {one["path"]: one["changed_by"] for one in found["paths"] if "changed_by" in one}
    book.say(f"report.robust_{found['tried']}")
    held = [
        _held(part, [path for path in values if path not in turning], len(values))
        for part, values in weighed_parts(book.answer, book.template).items() if not turning.keys() >= values.keys()
    ]  # fmt: skip
    if held:
        book.say("report.robust_held", held=joined(held, "；"))
    if turning:
        book.say("report.turning_intro")
        stands = weighed(book.answer, book.template)
        rows: list[list[Cell]] = [
            [path_name(path), _shown(path, stands.get(path)), _sets(sets)]
            for path, sets in list(turning.items())[: book.most_rows]
        ]
        book.table([("change", "fr", "left"), ("from", 2.6, "right"), ("changed_by", 7.2, "left")], rows)
        book.more_rows(len(turning) - len(rows))


def _held(part: str, held: Sequence[str], count: int) -> Bilingual:
    """A part's conclusions that hold: by its name where it is one, else how many."""
    records, several, name = part.partition(".*")
    if not several:
        return path_name(part)
    named = in_both(lambda lang: " ".join([path(records, lang), *([field(name[1:], lang)] if name else [])]))
    return phrase("report.held_part", name=named, held=len(held), count=count)


def _sets(sets: Sequence[Mapping[str, str]]) -> Bilingual:
    told: list[Bilingual] = [
        joined([joined([label("reading", name), _option(name, option)], "：") for name, option in one.items()], "，")
        for one in sets[:MOST_SETS]
    ]
    left = len(sets) - MOST_SETS
    return joined([*told, *([phrase("report.more_changes", count=left)] if left > 0 else [])], "；")


def _option(reading: str, option: str) -> Bilingual:
    return label("reading", f"{reading}={option}")


def _argument(reading: str, option: str) -> Bilingual:
    return in_both(lambda lang: argument(reading, option, lang))


def _shown(of: str, value: Any) -> Text:
    return DASH if value is None else worded(of, value)
