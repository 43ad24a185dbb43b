"""The rows of a CSV or xlsx file with their row numbers; what they mean is decided elsewhere.

CSV is UTF-8 (with or without a mark), UTF-16 with its mark, or GB18030, separated by commas, semicolons or tabs. Of a
workbook the values are read, as last calculated, and never formulas; hidden sheets are ignored.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ledger.domain.declare import NamedTuple
from ledger.domain.errors import Refusal
from ledger.importers.cells import Cell, is_empty

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"  # an xls, or an xlsx under a password
MOST_ROWS = 100_000
MOST_CELLS = 5_000_000
MOST_COLUMNS = 1_000
LONGEST_CELL = 200_000  # characters, of CSV; a workbook's own limit is 32,767
MOST_UNPACKED = 300_000_000  # bytes, of all parts of a workbook
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})?([0-9]{1,7})["']""")


class Sheet(NamedTuple):
    """A sheet's rows that are not empty, each with its number (1, 2, 3 …); ``name`` is "" for CSV.

    ``covered`` are the cells hidden by one merged with them: by row number and column (from 0), with the value shown.
    """

    name: str
    rows: Sequence[tuple[int, list[Cell]]]
    covered: Mapping[tuple[int, int], Cell] = {}


def looks_like_table(content: bytes, name: str = "") -> bool:
    """Whether the beginning of a file is that of a workbook, or of text whose first line has columns and is no JSON."""
    if content.startswith((ZIP, OLE)) or name.lower().endswith((".csv", ".xlsx")):
        return True
    first = _decoded(content[:65536].rpartition(b"\n")[0] or content[:65536], lenient=True).lstrip("\ufeff \r\n")
    return bool(first) and first[0] not in "{[#" and _separator(first.splitlines()[0]) is not None


def sheets_of(content: bytes) -> list[Sheet]:
    """The sheets of a file, by what its bytes are.

    Refusal TABLE_EMPTY, TABLE_ENCODING, TABLE_QUOTES, TABLE_BROKEN, TABLE_OLD_OR_LOCKED, TABLE_TOO_LARGE.
    """
    if content.startswith(OLE):
        raise Refusal("TABLE_OLD_OR_LOCKED")
    found = _workbook(content) if content.startswith(ZIP) else [_csv(content)]
    if not any(sheet.rows for sheet in found):
        raise Refusal("TABLE_EMPTY")
    if sum(len(sheet.rows) for sheet in found) > MOST_ROWS:
        raise Refusal("TABLE_TOO_LARGE", rows=MOST_ROWS, columns=MOST_COLUMNS)
    return found


def letter(column: int) -> str:
    """A column's letters, counted from 0: A, B … Z, AA."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


# --- CSV ---------------------------------------------------------------------------------------------


def _csv(content: bytes) -> Sheet:
    import csv

    text = _decoded(content)
    if "\x00" in text:
        raise Refusal("TABLE_BROKEN", detail="NUL")
    csv.field_size_limit(LONGEST_CELL)
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=_separator(text.lstrip("\r\n").partition("\n")[0]) or ",", strict=True)
    rows: list[tuple[int, list[Cell]]] = []
    try:
        for number, row in enumerate(reader, 1):
            if any(one.strip() for one in row):
                rows.append((number, list(row)))
    except csv.Error:
        raise Refusal("TABLE_QUOTES", line=reader.line_num) from None
    if any(len(row) > MOST_COLUMNS for _, row in rows):
        raise Refusal("TABLE_TOO_LARGE", rows=MOST_ROWS, columns=MOST_COLUMNS)
    return Sheet("", rows)


def _decoded(content: bytes, *, lenient: bool = False) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace") if lenient else _strict(content, encoding)
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    if lenient:
        return content.decode("latin-1")
    raise Refusal("TABLE_ENCODING")


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Refusal("TABLE_ENCODING") from None


def _separator(heading: str) -> str | None:
    found = max(",;\t", key=heading.count)
    return found if found in heading else None


# --- workbooks ---------------------------------------------------------------------------------------


def _workbook(content: bytes) -> list[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    _require_bounded(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = []
        shown = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        for name in shown:
            sheet = book.get_sheet_by_name(name)
            rows: Any = sheet.to_python(skip_empty_area=False)
            kept = [(number, row) for number, row in enumerate(rows, 1) if not all(map(is_empty, row))]
            sheets.append(Sheet(name, kept, _covered(rows, sheet.merged_cell_ranges or ())))
        return sheets
    except (CalamineError, OSError, ValueError) as flaw:
        raise Refusal("TABLE_BROKEN", detail=str(flaw).splitlines()[0][:200] if str(flaw) else "xlsx") from None


def _covered(rows: Any, merged: Any) -> dict[tuple[int, int], Cell]:
    """What stands in the cells that hide those below them; those merged within one row hide nothing of another."""
    return {
        (number + 1, column): rows[top][left]
        for (top, left), (bottom, right) in merged if top < len(rows) and left < len(rows[top])
        for number in range(top + 1, min(bottom, len(rows) - 1) + 1) for column in range(left, right + 1)
        if not is_empty(rows[top][left])
    }


def _require_bounded(content: bytes) -> None:
    """The reader makes room for every cell up to the last, so one cell far away would take all there is.

    Refusal TABLE_TOO_LARGE, TABLE_BROKEN.
    """
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(one.file_size for one in parts.infolist()) > MOST_UNPACKED:
                raise Refusal("TABLE_TOO_LARGE", rows=MOST_ROWS, columns=MOST_COLUMNS)
            if "xl/workbook.xml" not in parts.namelist():
                raise Refusal("TABLE_BROKEN", detail="no xlsx")
            for name in parts.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    _require_near(parts.read(name))
    # zipfile raises NotImplementedError for a compression it does not know, RuntimeError for an encrypted file
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as flaw:
        raise Refusal("TABLE_BROKEN", detail=type(flaw).__name__) from None


def _require_near(sheet: bytes) -> None:
    places = {(column, int(row)) for column, row in _PLACE.findall(sheet)}
    rows = max((row for _, row in places), default=0)
    columns = max((_number(column) for column in {column for column, _ in places}), default=0)
    if rows > MOST_ROWS + 1 or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise Refusal("TABLE_TOO_LARGE", rows=MOST_ROWS, columns=MOST_COLUMNS)


def _number(letters: bytes) -> int:
    number = 0
    for one in letters:
        number = number * 26 + one - 64
    return number
