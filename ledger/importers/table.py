"""Facts from a table: CSV or xlsx, one type a sheet or a column that says the type; every fault at once, with its cell.

A sheet's headings stand in one of its first rows, in Chinese, in English or as keys (:mod:`ledger.importers.columns`);
what stands above them is a title. A table that has no column for who says a fact, or who did it, is told so as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ledger.domain.declare import NamedTuple, dataclass, field
from ledger.domain.errors import Refusal
from ledger.domain.fact import PARTIES, FactType
from ledger.domain.fact_envelope import recordable
from ledger.domain.fact_faults import fact_faults
from ledger.domain.values import nearest, quoted, unknown_type
from ledger.importers.cells import Cell, is_empty, is_total, times_ten_thousand, value_of
from ledger.importers.columns import (
    DATA,
    TYPE_KEY,
    Column,
    envelope_name,
    headings,
    is_in_ten_thousands,
    is_ledgers,
    is_remark,
    is_type_heading,
    key_of,
    normal,
    path_of,
    type_called,
)
from ledger.importers.spreadsheet import Sheet, letter, sheets_of

HEADING_ROWS = 10  # headings stand in one of so many first rows
NOTES = ("选项", "说明", "options", "notes")  # sheets for people: read over
_LISTED = re.compile(r"data\.(?P<list>[^.]+)\.(?P<number>[0-9]+)(?:\.(?P<part>.+))?")


class Told(NamedTuple):
    """What is said of a table as a whole, where no column says it: its rows' type, who says them, who did them.

    ``skip`` are columns that are not read, by heading, or by letter (``G``) where no heading is called so.
    """

    type: str | None = None
    by: str | None = None
    actor: str | None = None
    skip: Sequence[str] = ()


UNTOLD = Told()


@dataclass(slots=True)
class FactRow:
    """A row as the fact it states; ``faults`` of its cells, each with its place; ``cells`` are where columns stand,
    ``written`` what stands in the cells at fault, both by the columns' keys."""

    sheet: str
    number: int
    envelope: dict[str, Any]
    faults: list[Refusal] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    seq: int | None = None  # of a fact that was exported

    def stated(self, now: int) -> dict[str, Any] | Refusal:
        """The envelope, or in its place every fault: of cells, and what can be seen of the rest (``now`` in µs)."""
        if not self.faults:
            return self.envelope
        unread = {fault.field for fault in self.faults}
        rest = [self.located(one) for one in fact_faults(self.envelope, now) if one.field not in unread]
        faults = [*self.faults, *(rest if "type" in self.envelope else ())]
        return faults[0] if len(faults) == 1 else Refusal("FACTS_FAULTY", faults=faults, facts=1, count=len(faults))

    def place_of(self, path: str | None) -> str:
        """Where what stands at a path of the envelope is told: ``开具发票!C3 金额（元）``, without a column the row."""
        row = f"{self.sheet}!{self.number}" if self.sheet else ""
        for key in _keys(path):
            if key in self.cells:
                column, _, heading = self.cells[key].partition(" ")
                return f"{self.sheet + '!' if self.sheet else ''}{column}{self.number} {heading}".strip()
        return row

    def located(self, fault: Refusal) -> Refusal:
        """``fault`` with its place in the table."""
        fault.place = fault.place or self.place_of(fault.field) or None
        return fault


def _keys(path: str | None) -> Iterator[str]:
    """The columns that may say what stands at a path, or at what it is part of."""
    while path:
        yield key_of(path)
        path = path.rpartition(".")[0]


def read_table(content: bytes, told: Told = UNTOLD, *, progress: Callable[[int], None] | None = None) -> list[FactRow]:
    """The rows of a table in their order; ``progress`` is told how many were read, every thousand.

    Raises Refusal for the file as a whole (:func:`ledger.importers.spreadsheet.sheets_of`), TABLE_NO_HEADINGS,
    TABLE_TYPE_UNSAID, HEADINGS_FAULTY with every heading that names nothing, FACT_UNKNOWN_TYPE for ``told.type``, and
    COLUMN_TO_SKIP_UNKNOWN for one of ``told.skip`` that no sheet has.
    """
    of_all = _told_type(told.type)
    rows: list[FactRow] = []
    faults: list[Refusal] = []
    skipped: set[str] = set()
    sheets = sheets_of(content)
    for sheet in sheets:
        if not sheet.rows or (len(sheets) > 1 and normal(sheet.name).startswith(NOTES)):
            continue
        try:
            reader = _SheetReader(sheet, told, of_all or type_called(sheet.name))
        except Refusal as refused:
            faults += refused.faults or (refused,)
            continue
        skipped |= reader.skipped
        for row in reader.rows():
            rows.append(row)
            if progress is not None and len(rows) % 1000 == 0:
                progress(len(rows))
    if not faults:
        faults += [Refusal("COLUMN_TO_SKIP_UNKNOWN", "skip", column=quoted(one)) for one in told.skip
                   if normal(one) not in skipped]  # fmt: skip
    if faults:
        raise faults[0] if len(faults) == 1 else Refusal("HEADINGS_FAULTY", faults=faults, count=len(faults))
    if not rows:
        raise Refusal("TABLE_EMPTY")
    if len(sheets) > 1 and all(row.seq is not None for row in rows):
        rows.sort(key=lambda row: row.seq or 0)  # an exported workbook: its sheets part what was recorded in one order
    return rows


def _told_type(name: str | None) -> FactType | None:
    if name is None:
        return None
    found = type_called(name)
    if found is None:
        raise unknown_type(name, "type", recordable())
    return found


class _SheetReader:
    """One sheet: where its headings stand, which columns they name, and its rows."""

    def __init__(self, sheet: Sheet, told: Told, of_all: FactType | None) -> None:
        self._sheet, self._told, self._of_all = sheet, told, of_all
        self._at = _heading_row(sheet, of_all)
        number, cells = sheet.rows[self._at]
        self._headings = [str(one).strip() if not is_empty(one) else "" for one in cells]
        self._skipped_at = self._to_skip()
        self._number = number
        empty = self._at + 1 == len(sheet.rows)
        self._type_at = None if of_all is not None or empty else self._type_column()
        self._plans: dict[str, list[tuple[int, Column]]] = {}
        seq = [normal(one) for one in ("seq", *envelope_name("seq"))]
        self._seq_at = next((at for at, one in enumerate(self._headings) if one and normal(one) in seq), None)
        self._require_known()

    @property
    def skipped(self) -> set[str]:
        """Those of the columns to skip that this sheet has."""
        return set(self._skipped_at.values())

    def _to_skip(self) -> dict[int, str]:
        """The columns to skip: those of that heading, else the one of that letter."""
        named = [normal(one) for one in self._headings]
        lettered = {normal(letter(at)): at for at in range(max(len(cells) for _, cells in self._sheet.rows))}
        found: dict[int, str] = {}
        for name in map(normal, self._told.skip):
            if name in named:
                found |= {at: name for at, one in enumerate(named) if one == name}
            elif name in lettered:
                found[lettered[name]] = name
        return found

    def rows(self) -> Iterator[FactRow]:
        for number, cells in self._sheet.rows[self._at + 1 :]:
            row = FactRow(self._sheet.name, number, {})
            if is_total(next(one for one in cells if not is_empty(one))):
                continue
            type_ = self._type_of(cells, row)
            if type_ is not None and type_.name != "ContractRegistered":  # which an export lists too
                yield self._read(type_, cells, row)
            elif row.faults:
                yield row

    def _type_column(self) -> int:
        for at, heading in enumerate(self._headings):
            if is_type_heading(heading) and at not in self._skipped_at:
                said = {str(cells[at]) for _, cells in self._sheet.rows[self._at + 1 :] if at < len(cells)}
                if not any(map(type_called, said)):  # 类型 of something else: of incidents, say
                    raise self._unsaid()
                return at
        raise self._unsaid()

    def _unsaid(self) -> Refusal:
        """The sheet does not say of which type its facts are; told is the type whose columns it has the most of."""
        named = [one for one in self._headings if one and not is_ledgers(one)]
        fitting = max(recordable().values(), key=lambda row: sum(bool(headings(row).column(one)) for one in named))
        return Refusal("TABLE_TYPE_UNSAID", sheet=self._sheet.name or "CSV", type_zh=fitting.zh, type=fitting.en)

    def _fault(self, code: str, at: int, **values: Any) -> Refusal:
        """A fault of the heading of a column."""
        fault = Refusal(code, line=self._number, **values)
        fault.place = f"{self._sheet.name}!" * bool(self._sheet.name) + f"{letter(at)}{self._number}"
        return fault

    def _require_known(self) -> None:
        """Every heading names a column of some type of the sheet; none twice."""
        types = self._types()
        faults = []
        for at, heading in enumerate(self._headings):
            if not heading or at == self._type_at or at in self._skipped_at or is_ledgers(heading):
                continue
            if not any(headings(row).column(heading) for row in types) and not is_remark(heading):
                known = [name for row in types for name in headings(row).names]
                faults.append(self._fault(
                    "HEADING_UNKNOWN", at, heading=quoted(heading), nearest=nearest(heading, known),
                    known="、".join(dict.fromkeys(known)), column=heading,
                ))  # fmt: skip
        for row in types:
            faults += self._doubled(row)
        if faults:
            raise faults[0] if len(faults) == 1 else Refusal("HEADINGS_FAULTY", faults=faults, count=len(faults))

    def _doubled(self, row: FactType) -> Iterator[Refusal]:
        seen: dict[str, int] = {}
        for at, column in self._plan(row):
            if column.key in seen:
                yield self._fault("HEADING_TWICE", at, heading=self._headings[at], first=letter(seen[column.key]))
            seen.setdefault(column.key, at)

    def _types(self) -> list[FactType]:
        if self._of_all is not None:
            return [self._of_all]
        at = self._type_at
        below = self._sheet.rows[self._at + 1 :]
        said = {str(cells[at]).strip() for _, cells in below if at is not None and at < len(cells)}
        found = {one.name: one for one in map(type_called, sorted(said)) if one is not None}
        return list(found.values()) or list(recordable().values())

    def _plan(self, row: FactType) -> list[tuple[int, Column]]:
        if row.name not in self._plans:
            named = headings(row)
            self._plans[row.name] = [
                (at, column) for at, heading in enumerate(self._headings)
                if heading and at != self._type_at and at not in self._skipped_at and not is_ledgers(heading)
                and (column := named.column(heading)) is not None
            ]  # fmt: skip
        return self._plans[row.name]

    def _type_of(self, cells: Sequence[Cell], row: FactRow) -> FactType | None:
        if self._of_all is not None or self._type_at is None:
            return self._of_all
        said = str(cells[self._type_at]).strip() if self._type_at < len(cells) else ""
        row.cells[TYPE_KEY] = f"{letter(self._type_at)} {self._headings[self._type_at]}"
        found = type_called(said) if said else None
        if found is None:
            missing = Refusal("FIELD_MISSING", TYPE_KEY, missing=TYPE_KEY)
            row.faults.append(row.located(unknown_type(said, TYPE_KEY, recordable()) if said else missing))
        return found

    def _read(self, type_: FactType, cells: Sequence[Cell], row: FactRow) -> FactRow:
        row.envelope = {"type": type_.name}
        if self._seq_at is not None and self._seq_at < len(cells) and str(cells[self._seq_at]).split(".")[0].isdigit():
            row.seq = int(str(cells[self._seq_at]).split(".")[0])
        data: dict[str, Any] = {}
        plan = self._plan(type_)
        for at, column in plan:
            row.cells[column.key] = f"{letter(at)} {self._headings[at]}"
            if at < len(cells) and not is_empty(cells[at]):
                try:
                    value = value_of(cells[at], column.shape)
                    if is_in_ten_thousands(self._headings[at]):
                        value = times_ten_thousand(value)
                except Refusal as refused:
                    path = path_of(column.key)
                    refused.field = path if refused.field is None else f"{path}.{refused.field}"
                    row.faults.append(row.located(refused))
                    row.written[column.key] = str(cells[at])
                    continue
                _put(row.envelope, data, column.key, value)
            elif (row.number, at) in self._sheet.covered:
                above = quoted(self._sheet.covered[row.number, at])
                row.faults.append(row.located(Refusal("CELL_MERGED", path_of(column.key), above=above)))
        taken = {at for at, _ in plan}
        row.faults += self._strangers(cells, taken, type_, row)
        _say_who(type_, row.envelope, self._told)
        row.envelope["data"] = {key: _without_gaps(value) for key, value in data.items()}
        return row

    def _strangers(self, cells: Sequence[Cell], taken: set[int], type_: FactType, row: FactRow) -> Iterator[Refusal]:
        """Cells that say something under a heading that names nothing of this row's type, or under none."""
        for at, cell in enumerate(cells):
            heading = self._headings[at] if at < len(self._headings) else ""
            if at in taken or at == self._type_at or at in self._skipped_at or is_empty(cell):
                continue
            if is_ledgers(heading) or is_remark(heading):
                continue
            fault = Refusal("CELL_NO_COLUMN", heading=quoted(heading) or "–", cell=quoted(cell),
                            type_zh=type_.zh, type=type_.en, column=quoted(heading) or letter(at))  # fmt: skip
            row.cells[f" {at}"] = f"{letter(at)} {heading}"
            fault.place = row.place_of(f" {at}")
            yield fault


def _heading_row(sheet: Sheet, of_all: FactType | None) -> int:
    """Which of the sheet's first rows names the most columns. Refusal TABLE_NO_HEADINGS where none names any."""
    types = [of_all] if of_all is not None else list(recordable().values())

    def named(cells: Sequence[Cell]) -> int:
        texts = [one for one in cells if isinstance(one, str) and one.strip()]
        return sum(is_type_heading(one) or any(headings(row).column(one) for row in types) for one in texts)

    counts = [named(cells) for _, cells in sheet.rows[:HEADING_ROWS]]
    if not any(counts):
        known = headings(of_all or next(iter(recordable().values()))).names
        raise Refusal("TABLE_NO_HEADINGS", sheet=sheet.name or "CSV", known="、".join(known))
    return counts.index(max(counts))


def _put(envelope: dict[str, Any], data: dict[str, Any], key: str, value: Any) -> None:
    if not key.startswith(DATA):
        envelope[key] = value
        return
    listed = _LISTED.fullmatch(key)
    if listed is None:
        data[key[len(DATA) :]] = value
        return
    records = data.setdefault(listed["list"], {})
    if isinstance(records, dict):  # a list as JSON in a cell of its own stands alone
        records.setdefault(int(listed["number"]), {})[listed["part"]] = value


def _without_gaps(value: Any) -> Any:
    """Numbered records as the list they are."""
    if isinstance(value, dict) and value and all(isinstance(key, int) for key in value):
        return [value[number] for number in sorted(value)]
    return value


def _say_who(type_: FactType, envelope: dict[str, Any], told: Told) -> None:
    """Who says it and who did it, where no cell does: as told of the table; who did it also where only one may."""
    if "by" not in envelope and told.by is not None:
        envelope["by"] = told.by
    by = envelope.get("by")
    if "actor" in envelope or by is None or by in type_.actors:
        if "actor" not in envelope and told.actor is not None and told.actor != by:
            envelope["actor"] = told.actor
        return
    if told.actor is not None:
        envelope["actor"] = told.actor
    elif len(type_.actors) == 1 and by in PARTIES and not type_.own:
        envelope["actor"] = type_.actors[0]
