"""Workbooks and CSV files made for a test."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook


def workbook(
    sheets: Mapping[str, Sequence[Sequence[Any]]], merged: Mapping[str, str] = {}, **of_book: Any
) -> bytes:
    """An xlsx of these sheets, ranges of each ``merged`` with what stands there.

    Text that begins with ``=`` is a formula, with the value after ``→``.
    """
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True, "remove_timezone": True, **of_book}) as book:
        day = book.add_format({"num_format": "yyyy/m/d"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, (date, datetime)):
                        sheet.write_datetime(at, column, cell, day)
                    elif isinstance(cell, str) and cell.startswith("=") and "→" in cell:
                        formula, _, value = cell.partition("→")
                        sheet.write_formula(at, column, formula, None, value)
                    elif cell is not None:
                        sheet.write(at, column, cell)
            for cells, text in merged.items():
                sheet.merge_range(cells, text)
    return made.getvalue()


def csv_of(*lines: str, encoding: str = "utf-8") -> bytes:
    return ("\r\n".join(lines) + "\r\n").encode(encoding)
