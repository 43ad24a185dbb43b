"""A table to be written: headings, what sort of value each column holds, and the rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, TypeAlias

from ledger.domain.declare import NamedTuple

Form: TypeAlias = Literal["csv", "xlsx", "parquet"]
FORMS: dict[Form, str] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
"""The forms a table can be written in, each with its media type."""

ColumnSort: TypeAlias = Literal["text", "sum", "count", "flag"]
"""What a column holds: ``sum`` are yuan with two decimals, ``count`` whole numbers, ``flag`` true or false."""


class ListTable(NamedTuple):
    """A table: its name (of a sheet), its columns, its rows of values; a value may be None."""

    name: str
    headings: tuple[str, ...]
    sorts: tuple[ColumnSort, ...]
    rows: list[tuple[Any, ...]]


def table_of(
    name: str, rows: Iterable[Mapping[str, Any]], sorts: Mapping[str, ColumnSort] | None = None
) -> ListTable:
    """A table of records under the keys of them all; a list or a record in one is JSON.

    ``sorts`` says what columns hold; others are counts or flags where all their values are, else text.
    """
    listed = [{key: _value(value) for key, value in row.items()} for row in rows]
    headings = tuple(dict.fromkeys(key for row in listed for key in row))
    known = sorts or {}
    found = tuple(known.get(key) or _sort(row.get(key) for row in listed) for key in headings)
    return ListTable(name, headings, found, [tuple(row.get(key) for key in headings) for row in listed])


def flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """A record's values by their dotted keys, ``next_due.id``; for records whose keys are few and known."""
    found: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, Mapping):
            found |= {f"{key}.{inner}": one for inner, one in flat(value).items()}
        else:
            found[key] = value
    return found


def by_change(entries: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Entries of a replay, a row for each change; one without for what changed nothing."""
    for entry in entries:
        told = {key: value for key, value in entry.items() if key != "changes"}
        for change in entry["changes"] or [{"path": None, "from": None, "to": None}]:
            yield told | change


def _value(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, tuple, Mapping)) else value


def _sort(values: Iterable[Any]) -> ColumnSort:
    kinds = {type(value) for value in values if value is not None}
    return "flag" if kinds == {bool} else "count" if kinds == {int} else "text"
