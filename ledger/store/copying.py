"""Copy a ledger row by row into an empty one, between any two databases, every byte unchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from ledger.store.database import Transaction

Rows = Callable[[str], Iterator[tuple[Any, ...]]]
"""Runs a SELECT and gives its rows one by one, all of one moment."""

Query = Callable[[str], Sequence[tuple[Any, ...]]]

FACTS = "stored_events"
FIRST = ("heads", FACTS)  # a trigger accepts facts only after their heads: see ledger.store.schema
DERIVED = "portfolio"  # prefix of the tables whose rows are derived from facts and can be rebuilt
SOME = 1000  # rows inserted at a time


def tables(described: Query) -> dict[str, tuple[list[str], list[str]]]:
    """For every table, as a ledger in SQLite describes it: its columns, and which of them make its key."""
    names = [name for (name,) in described("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
             if not name.startswith(DERIVED)]  # fmt: skip
    found = {}
    for name in sorted(names, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name)):
        columns = described(f"SELECT name, pk FROM pragma_table_info('{name}') ORDER BY cid")
        key = [column for column, place in sorted(columns, key=lambda each: each[1]) if place]
        found[name] = [column for column, _ in columns], key
    return found


def copy_rows(described: Query, rows: Rows, target: Transaction) -> Iterator[int]:
    """Insert every row that ``rows`` gives into the empty tables of ``target``, in the order of their keys.

    A generator: now and then it yields how many facts were copied; it copies only while it is consumed.
    """
    facts = 0
    for table, (columns, key) in tables(described).items():
        names = ", ".join(columns)
        insert = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"
        found = rows(f"SELECT {names} FROM {table} ORDER BY {', '.join(key)}")
        while some := [tuple(map(_plain, row)) for row in islice(found, SOME)]:
            target.executemany(insert, some)
            facts += len(some) if table == FACTS else 0
            yield facts


def _plain(value: Any) -> Any:
    return value.hex if isinstance(value, UUID) else value
