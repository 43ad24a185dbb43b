"""Tables as the bytes of a file: nothing in them is calculated by whoever opens it, and no amount is rounded."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ledger.domain.errors import Refusal
from ledger.exporters.csv_table import STARTS_A_FORMULA, csv_of, text_of
from ledger.exporters.tables import FORMS, ColumnSort, Form, ListTable

MOST_ROWS, LONGEST_CELL, LONGEST_NAME = 1_048_575, 32_767, 31  # of a workbook's sheet below its headings
EXACT_DIGITS = 15  # a workbook's numbers have so many: every amount a ledger holds has fewer
_WIDEST = 60


def written(tables: Sequence[ListTable], form: Form) -> bytes:
    """The bytes of a file in a form; CSV and Parquet hold the one table, a workbook a sheet for each.

    CSV is UTF-8 with its mark. Sums are text in CSV, numbers to the fen in a workbook, decimals in Parquet.
    Refusal EXPORT_FORM, EXPORT_TOO_LARGE where a workbook cannot hold it, EXPORT_NEEDS_PARQUET.
    """
    if form not in FORMS:
        raise Refusal("EXPORT_FORM", form=form, known=", ".join(FORMS))
    if form == "csv":
        return csv_of(tables[0].headings, tables[0].rows)
    return _xlsx(tables) if form == "xlsx" else _parquet(tables[0])


# --- xlsx --------------------------------------------------------------------------------------------


def _xlsx(tables: Sequence[ListTable]) -> bytes:
    from xlsxwriter import Workbook

    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(made, options) as book:
        formats = {
            "heading": book.add_format({"bold": True, "bottom": 1, "bg_color": "#F2F2F2"}),
            "sum": book.add_format({"num_format": "#,##0.00"}), "text": book.add_format({"num_format": "@"}),
            "quoted": book.add_format({"num_format": "@", "quote_prefix": True}), "count": book.add_format(),
        }  # fmt: skip
        for table in tables or (ListTable("–", (), (), []),):
            _sheet(book.add_worksheet(sheet_name(table.name)), table, formats)
    return made.getvalue()


def sheet_name(name: str) -> str:
    """A name that a workbook's sheet may have."""
    return "".join(" " if one in "[]:*?/\\'" else one for one in name)[:LONGEST_NAME].strip() or "–"


def _sheet(sheet: Any, table: ListTable, formats: dict[str, Any]) -> None:
    if len(table.rows) > MOST_ROWS:
        raise Refusal("EXPORT_TOO_LARGE", name=table.name)
    widths = [_width(heading) for heading in table.headings]
    for at, heading in enumerate(table.headings):
        sheet.write_string(0, at, heading, formats["heading"])
    for line, row in enumerate(table.rows, 1):
        for at, (value, sort) in enumerate(zip(row, table.sorts, strict=True)):
            if value is not None:
                widths[at] = max(widths[at], _cell(sheet, line, at, value, sort, formats))
    for at, width in enumerate(widths):
        sheet.set_column(at, at, min(_WIDEST, width + 2))
    if table.headings:
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(table.rows), len(table.headings) - 1)


def _cell(sheet: Any, line: int, at: int, value: Any, sort: ColumnSort, formats: dict[str, Any]) -> int:
    """Write a value; returns how wide it is shown."""
    if sort == "sum" and _exact(value):
        sheet.write_number(line, at, float(value), formats["sum"])
        return len(str(value)) + 4
    if sort == "flag" and isinstance(value, bool):
        sheet.write_boolean(line, at, value)
        return 6
    if sort == "count" and isinstance(value, int) and abs(value) < 10**EXACT_DIGITS:
        sheet.write_number(line, at, value, formats["count"])
        return len(str(value))
    text = text_of(value)
    if len(text) > LONGEST_CELL:
        raise Refusal("EXPORT_TOO_LARGE", name=sheet.get_name())
    sheet.write_string(line, at, text, formats["quoted" if text.startswith(STARTS_A_FORMULA) else "text"])
    return max(map(_width, text.split("\n")))


def _exact(value: Any) -> bool:
    digits = str(value).lstrip("-").replace(".", "", 1)
    return digits.isascii() and digits.isdigit() and len(digits) <= EXACT_DIGITS


def _width(text: str) -> int:
    return sum(2 if ord(one) > 0x2E7F else 1 for one in text)


# --- Parquet -----------------------------------------------------------------------------------------


def _parquet(table: ListTable) -> bytes:
    """Sums as decimals of two places, counts as 64-bit integers, flags as booleans, everything else as text."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise Refusal("EXPORT_NEEDS_PARQUET") from None
    types = {"sum": pa.decimal128(18, 2), "count": pa.int64(), "flag": pa.bool_(), "text": pa.string()}
    columns, fields = [], []
    for at, (heading, sort) in enumerate(zip(table.headings, table.sorts, strict=True)):
        values = [_value(row[at], sort) for row in table.rows]
        columns.append(pa.array(values, types[sort]))
        fields.append(pa.field(heading, types[sort]))
    made = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(columns, schema=pa.schema(fields)), made)
    return made.getvalue()


def _value(value: Any, sort: ColumnSort) -> Any:
    if value is None or sort in ("count", "flag"):
        return value
    return Decimal(value) if sort == "sum" else text_of(value)
