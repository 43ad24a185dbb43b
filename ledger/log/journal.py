"""The journal: a line for every change to what is kept beside the facts, each line carrying the digest of the last.

Access, answers, vault lines, documents, exports and the log's own checkpoints, keys and cosignatures are rows, not
facts, so no leaf of the tree covers them. Whatever writes, replaces or removes one adds a line in the same
transaction: its number, what was done (``keep`` for good, ``put``, ``remove``), kind and key, the fingerprint of the
row as it now stands (empty once it is removed), and the chain: SHA-256 over all of these and the chain of the line
before. What the log's key signs of it is in :mod:`ledger.log.seals`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Any, Literal

from ledger.domain.declare import NamedTuple
from ledger.log.tables import Query, WriteTransaction

Act = Literal["keep", "put", "remove"]
START = b"\x00" * 32  # the chain before the first line
READ_ROWS = 500


class JournalLine(NamedTuple):
    """One line as it stands in the database; fingerprint and chain are 32 bytes, the former none for ``remove``."""

    number: int
    act: str
    kind: str
    key: str
    fingerprint: bytes
    chain: bytes


class JournaledTable(NamedTuple):
    """A table whose rows are journaled: its first ``keyed`` columns are the key; ``named`` gives kind and key."""

    name: str
    columns: tuple[str, ...]
    keyed: int
    named: Callable[[Sequence[Any]], tuple[str, str]]


def insert(transaction: WriteTransaction, table: JournaledTable, row: Sequence[Any], act: Act) -> None:
    """Insert a row, given in the order of the table's columns, and write that down."""
    places = ", ".join("?" * len(table.columns))
    transaction.execute(f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({places})", row)
    add(transaction, act, *table.named(row), fingerprint(*row))


def rows(query: Query, table: JournaledTable, where: str = "1 = 1", most: int = READ_ROWS) -> Iterator[Sequence[Any]]:
    """Every row of a table that ``where`` (our own words) admits, by key, ``most`` read at a time."""
    select, key = f"SELECT {', '.join(table.columns)} FROM {table.name} WHERE {where}", table.columns[: table.keyed]
    order = f"ORDER BY {', '.join(key)} LIMIT ?"
    found = query(f"{select} {order}", (most,))
    later = f"AND ({', '.join(key)}) > ({', '.join('?' * table.keyed)})"
    while found:
        yield from found
        found = query(f"{select} {later} {order}", (*found[-1][: table.keyed], most))


def add(transaction: WriteTransaction, act: Act, kind: str, key: str, fingerprint: bytes = b"") -> None:
    """Journal what the open transaction does to one row."""
    last = end(transaction.query)
    line = JournalLine(last.number + 1, act, kind, key, fingerprint, b"")
    transaction.execute(
        "INSERT INTO journal (number, act, kind, key, fingerprint, chain) VALUES (?, ?, ?, ?, ?, ?)",
        line._replace(chain=chained(last.chain, line)),
    )


def end(query: Query) -> JournalLine:
    """The last line; number 0 and START where there is none."""
    found = query(END)
    return _line(found[0]) if found else JournalLine(0, "", "", "", b"", START)


def at(query: Query, number: int) -> JournalLine | None:
    """The line of a number."""
    found = query(f"{_SELECT} WHERE number = ?", (number,))
    return _line(found[0]) if found else None


def lines(query: Query, after: int = 0) -> Iterator[JournalLine]:
    """The lines after a number, in order, some hundred at a time."""
    while found := query(f"{_SELECT} WHERE number > ? ORDER BY number LIMIT ?", (after, READ_ROWS)):
        for row in found:
            yield _line(row)
        after = found[-1][0]


def chained(before: bytes, line: JournalLine) -> bytes:
    """The chain a line must have: SHA-256 of its text, JSON ``[number, act, kind, key, fingerprint, chain before]``."""
    text = [line.number, line.act, line.kind, line.key, line.fingerprint.hex(), before.hex()]
    return sha256(json.dumps(text, separators=(",", ":")).encode()).digest()


def fingerprint(*columns: bytes | str | int) -> bytes:
    """SHA-256 over a row's columns, each with its type and length, so that no two rows are the same bytes."""
    digest = sha256()
    for column in columns:
        data = column if isinstance(column, bytes) else str(column).encode("utf-8", "surrogatepass")
        digest.update(b"%s %d:" % (type(column).__name__.encode(), len(data)))
        digest.update(data)
    return digest.digest()


_SELECT = "SELECT number, act, kind, key, fingerprint, chain FROM journal"
END = f"{_SELECT} ORDER BY number DESC LIMIT 1"  # what `end` looks up


def _line(row: Sequence[Any]) -> JournalLine:
    number, act, kind, key, print_, chain = row
    return JournalLine(int(number), str(act), str(kind), str(key), _bytes(print_), _bytes(chain))


def _bytes(value: object) -> bytes:
    """A value stored as bytes; where somebody edited it into text, bytes that fit no chain."""
    return bytes(value) if isinstance(value, bytes | bytearray | memoryview) else b"not bytes"
