"""Lists as CSV for spreadsheets: UTF-8 with its mark, CRLF (RFC 4180), and nothing a spreadsheet would calculate."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(rows: Iterable[Mapping[str, object]]) -> bytes:
    """The rows under the keys of them all; lists and records as JSON, null as an empty cell."""
    listed = list(rows)
    columns = list(dict.fromkeys(key for row in listed for key in row))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(columns)
    writer.writerows([disarmed(_text(row.get(column))) for column in columns] for row in listed)
    return stream.getvalue().encode("utf-8-sig", "backslashreplace")


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def disarmed(text: str) -> str:
    """Text that a spreadsheet shows and does not calculate; negative amounts stay numbers."""
    number = text.removeprefix("-").replace(".", "", 1)
    if text.startswith(_STARTS_A_FORMULA) and not (number.isascii() and number.isdigit()):
        return "'" + text
    return text
