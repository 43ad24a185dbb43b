"""The drafts of an import as an editable grid: a row a draft, a column a field, each fault in its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.console.fact_form import named_one_of
from api.console.words import PageWords
from ledger.domain.fact import TYPES
from ledger.importers import cells
from ledger.importers.columns import DATA, ENVELOPE, headings

PAGE = 100  # rows
HIDDEN = ("ref", "type")  # of the envelope: what nobody need change in a grid
Cells = Mapping[tuple[int, str], str]


@dataclass(frozen=True, slots=True)
class GridCell:
    """``name`` is the input's; "" where the row has no such field."""

    name: str
    label: str
    value: str
    fault: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """A draft: where it stood, its state, its cells, what is wrong with it as a whole, what else is to be said."""

    number: int
    place: str
    state: str
    fact: str | None
    cells: tuple[GridCell, ...]
    faults: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def faulty(self) -> bool:
        return bool(self.faults) or any(cell.fault for cell in self.cells)


@dataclass(frozen=True, slots=True)
class GridType:
    """The rows of one type, with what its columns are called."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    types: tuple[GridType, ...]
    page: int
    pages: int


def grid(
    words: PageWords, rows: Sequence[Mapping[str, Any]], typed: Cells, faults: Cells, *, only_faulty: bool, page: int
) -> Grid:
    """One page of an import's rows; rejected input stands in its cell with its fault."""
    fitting = [row for row in rows if not only_faulty or row["faults"] or any(at[0] == row["row"] for at in faults)]
    pages = max(1, -(-len(fitting) // PAGE))
    page = min(page, pages)
    shown = fitting[(page - 1) * PAGE : page * PAGE]
    by_type: dict[str, list[Mapping[str, Any]]] = {}
    for row in shown:
        by_type.setdefault(row["envelope"].get("type", ""), []).append(row)
    return Grid(tuple(_of_type(words, name, listed, typed, faults) for name, listed in by_type.items()), page, pages)


def _of_type(
    words: PageWords, name: str, rows: Sequence[Mapping[str, Any]], typed: Cells, faults: Cells
) -> GridType:
    columns = headings(TYPES[name]).columns if name in TYPES else {}
    wanted = {path for row in rows for path in _paths(row)}
    paths = [path for path in columns if path in wanted] if columns else sorted(wanted)
    heads = [words.both(columns[path].name) if path in columns else path for path in paths]
    said = words.both((TYPES[name].zh, TYPES[name].en)) if name in TYPES else words.plain("import.no-type")
    listed = [_row(words, row, dict(zip(paths, heads, strict=True)), typed, faults) for row in rows]
    return GridType(said, tuple(heads), tuple(listed))


def _paths(row: Mapping[str, Any]) -> set[str]:
    """The columns a row speaks of: what it states, what could not be read, what is missing or wrong."""
    envelope = row["envelope"]
    found = {key for key in ENVELOPE if key in envelope} | {DATA + key for key in envelope.get("data", {})}
    found |= {_column(path) for path in row["written"]}
    found |= {_column(fault["field"]) for fault in row["faults"] if fault["field"]}
    return {path for path in found if path not in HIDDEN}


def _column(path: str) -> str:
    """The column of the grid that a path stands in: a list of records is one."""
    return ".".join(path.split(".")[:2])


def _row(words: PageWords, row: Mapping[str, Any], heads: Mapping[str, str], typed: Cells, faults: Cells) -> GridRow:
    number, cells, told = row["row"], [], set()
    for path, head in heads.items():
        about = [one for one in row["faults"] if _column(one["field"] or "") == path]
        told |= {one["message"][words.lang] for one in about}
        wrong = [
            _missing(words, row, path) if one["code"] == "FIELD_MISSING" else one["message"][words.lang]
            for one in about
        ]
        wrong = [faults[number, path]] if (number, path) in faults else wrong
        value = typed[number, path] if (number, path) in faults else text_of(row, path)
        label = words.plain("import.cell", row=number, head=head)
        cells.append(GridCell(f"{number}:{path}", label, value, "；".join(wrong)))
    whole = [one["message"][words.lang] for one in row["faults"] if one["message"][words.lang] not in told]
    notes = [one["message"][words.lang] for one in row["notes"]]
    return GridRow(number, row["place"], row["state"], row["fact"], tuple(cells), tuple(whole), tuple(notes))


def _missing(words: PageWords, row: Mapping[str, Any], path: str) -> str:
    """What is said in a cell that must be filled in, or in whose place another must be."""
    of = TYPES.get(row["envelope"].get("type", ""))
    one_of = named_one_of(of, path.removeprefix(DATA), words.lang) if of is not None else ""
    return words.plain("form.missing-one-of", fields=one_of) if one_of else words.plain("form.missing")


def text_of(row: Mapping[str, Any], path: str) -> str:
    """The content of a cell: as written where it could not be read, else the value as it would be typed."""
    if path in row["written"]:
        return str(row["written"][path])
    envelope = row["envelope"]
    value = envelope.get("data", {}).get(path[len(DATA) :]) if path.startswith(DATA) else envelope.get(path)
    column = headings(TYPES[envelope["type"]]).columns.get(path) if envelope.get("type") in TYPES else None
    if column is not None:
        return cells.text_of(value, column.shape, "zh")
    return "" if value is None else str(value)


def changed_cells(rows: Sequence[Mapping[str, Any]], pairs: Sequence[tuple[str, str]]) -> dict[tuple[int, str], str]:
    """The input in cells whose content was changed."""
    known, found = {row["row"]: row for row in rows}, {}
    for name, text in pairs:
        number, colon, path = name.partition(":")
        if colon and number.isdigit() and int(number) in known:
            row = known[int(number)]
            if row["state"] == "draft" and text.strip() != text_of(row, path):
                found[int(number), path] = text.strip()
    return found
