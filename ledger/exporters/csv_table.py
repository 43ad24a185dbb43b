"""Lists as CSV for spreadsheets: UTF-8 with its mark, CRLF (RFC 4180), and nothing a spreadsheet would calculate."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Rows of values under their headings."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([disarmed(one) for one in headings])
    writer.writerows([disarmed(text_of(value)) for value in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig", "backslashreplace")


def text_of(value: object) -> str:
    """A value in a cell: lists and records as JSON, null as nothing."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def disarmed(text: str) -> str:
    """Text that a spreadsheet shows and does not calculate: a quote stands before it, as an importer knows.

    Negative amounts stay numbers. What had such a quote itself gets another, so that it comes back as it was.
    """
    number = text.removeprefix("-").replace(".", "", 1)
    if text.lstrip("'").startswith(STARTS_A_FORMULA) and not (number.isascii() and number.isdigit()):
        return "'" + text
    return text
