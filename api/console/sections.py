"""Sections of the answer as parts of a page: those of any agreement, from their shape, records and labels.

Drawings and tables that a section declares (:mod:`ledger.drawing`) are used; otherwise every part becomes a line, every
list of records a table. No section is named here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from api.console.drawing import money_band, time_band
from api.console.tables import LedgerTable, RowGroup, TableColumn, TableRow, shortened, table
from api.console.words import PageWords, is_day
from ledger import labels
from ledger.domain.fact import ROLES
from ledger.domain.money import percent
from ledger.domain.section import Listing, Section
from ledger.drawing.bands import MoneyBand, TimeBand
from ledger.drawing.listed import ListedRow, ListedTable
from ledger.messages import say

_BRACKETED = re.compile(r"(.+?)\s*[（(](.+)[）)]")
NUMERIC = re.compile(r"-?[0-9]+\.[0-9]{2}")
UNLISTED = frozenset({"kind", "provisional"})  # fields of records that say what others say already


class Drawn(NamedTuple):
    """A part of a page: its head, a note below it, what is drawn, its tables with a note below each, its lines; with
    ``sums`` its figures are sums."""

    id: str
    head: str
    note: str
    bands: Sequence[Markup]
    tables: Sequence[tuple[LedgerTable, str]]
    lines: Sequence[tuple[str, Markup]]
    sums: bool = False


def head_of(section: Section, words: PageWords) -> tuple[str, str]:
    """The name of a section, and what stands in brackets after it."""
    said = say(section.title, words.lang) if section.title else labels.path(section.key, words.lang)
    found = _BRACKETED.fullmatch(said)
    return (found[1], found[2]) if found is not None else (said, "")


def drawn(
    section: Section, answer: Mapping[str, Any], facts: Sequence[Any], words: PageWords, *, whole: bool = True
) -> Drawn:  # fmt: skip
    """A section, given the whole answer and the facts that stand; ``whole``: with every row, however many."""
    head, note = head_of(section, words)
    bands: list[Markup] = []
    tables: list[tuple[LedgerTable, str]] = []
    for number, one in enumerate(section.pictures(answer, facts, words.lang) if section.pictures is not None else ()):
        if isinstance(one, TimeBand):
            bands.append(time_band(f"{section.key}-{number}", one))
        elif isinstance(one, MoneyBand):
            bands.append(money_band(f"{section.key}-{number}", one))
        else:
            tables.append((listed(one, words), one.note))
    lines: list[tuple[str, Markup]] = []
    if not tables:
        value = answer[section.key]
        for part, one in (value.items() if isinstance(value, Mapping) else [("", value)]):
            _part(section, part, one, words, tables, lines)
    if section.verdicts is not None:
        lines = []  # the answer at the top says them
    shown = [(shortened(one, whole=whole), said) for one, said in tables]
    return Drawn(section.key, head, note, bands, shown, lines, section.money)


def _part(
    section: Section, part: str, value: Any, words: PageWords, tables: list[tuple[LedgerTable, str]],
    lines: list[tuple[str, Markup]],
) -> None:  # fmt: skip
    path = f"{section.key}.{part}" if part else section.key
    if part in section.records:
        if value:
            tables.append((records(section, part, value, words), ""))
    elif isinstance(value, Mapping):
        for key, one in value.items():
            lines.append((labels.path(f"{path}.{key}", words.lang), words.fig(f"{path}.{key}", words.value(path, one))))
    elif value is not None:
        shown = words.value(path, value)
        lines.append((labels.path(path, words.lang), shown if _linked(shown) else words.fig(path, shown)))


def _linked(shown: Markup) -> bool:
    return "<a " in shown


def records(section: Section, part: str, listed_: Sequence[Mapping[str, Any]], words: PageWords) -> LedgerTable:
    """The records of a part by their fields; what identifies one leads to what it rests on."""
    listing = section.listings.get(part, Listing())
    fields = listing.fields or tuple(name for name in listed_[0] if name not in UNLISTED)
    path = f"{section.key}.{part}" if part else section.key
    identity = section.records[part]
    columns = [TableColumn(labels.field(name, words.lang), number=_is_sum(section, name, listed_)) for name in fields]
    rows = []
    for one in listed_:
        key = "@".join(str(one[name]) for name in identity)
        cells = [_cell(section, listing, path, key, name, one, words) for name in fields]
        if section.name is not None and identity == (fields[0],):
            cells[0] = words.fig(f"{path}.{key}", section.name(part, key, words.lang))
        elif fields[0] in identity:
            cells[0] = cells[0] if _linked(cells[0]) else words.fig(f"{path}.{key}", cells[0])
        rows.append(TableRow(cells))
    return table(labels.path(path, words.lang), columns, rows)


def _is_sum(section: Section, name: str, listed_: Sequence[Mapping[str, Any]]) -> bool:
    return section.money and any(isinstance(one[name], str) and NUMERIC.fullmatch(one[name]) for one in listed_)


def _cell(
    section: Section, listing: Listing, path: str, key: str, name: str, record: Mapping[str, Any], words: PageWords
) -> Markup:  # fmt: skip
    value = record.get(name)
    if value is None or value == []:
        return Markup("–")
    if isinstance(value, list):
        return facts_or_ids(value, words)
    if is_day(value):
        return words.day(value)
    if isinstance(value, str) and "#" in value:
        return words.fact(value)
    if name == "clause":
        return words.clause(str(value))
    if value in ROLES:
        return words.ident(words.label("role", value))
    shown = labels.value(f"{path}.{key}.{name}", value, words.lang)
    if value in listing.tones:
        return words.state(listing.tones[value], shown)
    if section.money and isinstance(value, str) and NUMERIC.fullmatch(value):
        return words.fig(f"{path}.{key}.{name}", shown)
    return words.ident(shown) if str(value).isascii() and shown == value else escape(shown)


def facts_or_ids(values: Sequence[Any], words: PageWords) -> Markup:
    """Facts as links, anything else as identifiers."""
    return Markup(" ").join(words.fact(one) if "#" in str(one) else words.ident(one) for one in values)


# -- what a clause lists itself ------------------------------------------------------------------------


def listed(one: ListedTable, words: PageWords) -> LedgerTable:
    """A table as an agreement declares it."""
    numbers = ("sum", "share")
    kinds = [column.kind for column in one.columns]
    columns = [TableColumn(column.head, column.kind in numbers, column.kind == "id") for column in one.columns]
    rows = [TableRow([_listed_cell(kind, cell, words) for kind, cell in zip(kinds, row.cells, strict=True)], row.style)
            for row in _in_brackets(one)]  # fmt: skip
    place = max((at for at, kind in enumerate(kinds) if kind == "sum"), default=0)
    rest = [""] * (len(kinds) - place - 1)
    foot = [TableRow([sum_.name, words.fig(sum_.path, words.sum(sum_.amount)), *rest], "less" if sum_.less else "")
            for sum_ in one.sums]  # fmt: skip
    groups = [RowGroup("", rows)] if rows else []
    wide = len(columns) > 6
    return LedgerTable(one.caption, columns, groups, foot, span=max(1, place), stack=not wide, empty=one.empty,
                       cls="wide" if wide else "")  # fmt: skip


def _in_brackets(one: ListedTable) -> Iterable[ListedRow]:
    """A sum that is not added is shown in brackets, as books do."""
    last = max((at for at, column in enumerate(one.columns) if column.kind == "sum"), default=None)
    for row in one.rows:
        if row.style == "under" and last is not None and row.cells[last] is not None:
            amount, path = row.cells[last]
            cells = [*row.cells[:last], (amount, path, "under"), *row.cells[last + 1 :]]
            yield ListedRow(cells, row.style)
        else:
            yield row


def _listed_cell(kind: str, cell: Any, words: PageWords) -> Markup:
    if kind == "facts":
        return words.facts(cell)
    if cell is None or cell == "":
        return Markup("–") if kind != "text" and kind != "id" else Markup("")
    match kind:
        case "day":
            return words.day(cell)
        case "sum":
            amount, path, *under = cell
            if amount is None:
                return Markup("–")
            shown = words.fig(path, words.sum(amount))
            return words.say("not-added", sum=shown) if under else shown
        case "figure":
            said, path, *below = cell
            return words.fig(path, said) + Markup("").join(Markup("<small>{}</small>").format(one) for one in below)
        case "share":
            return escape(percent(cell))
        case "clause":
            return words.clause(cell, labels.clause(cell, words.lang))
        case "state":
            return words.state(*cell)
        case "id":
            return words.ident(cell)
        case _:
            return words.running(str(cell))
