"""Where the log keeps its hashes: beside the facts, in the same transaction, append only.

`log_hashes` holds the growing sequence of `merkle.place` in pieces of at most PIECE hashes, keyed by where
each piece starts. An append writes one piece for every hundred facts or so, and a look-up reads one piece
of at most 4 KiB. A leaf's index is its fact's position minus one.
"""

import os
import threading
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from hashlib import sha256
from typing import Any, Protocol

from ledger.log.failure import Tampered
from ledger.log.merkle import HASH_SIZE, Node, count, edge, grow, place

CATCH_UP = 2_000  # facts read at a time where the tree is behind
PIECE = 120  # one database page of 4 KiB, its overhead included

OTHERS = 64  # pieces of other processes that are followed at most

_TABLES = (
    """CREATE TABLE IF NOT EXISTS log_hashes (
        start {integer} PRIMARY KEY, size {integer} NOT NULL, batch {integer} NOT NULL,
        hashes {bytes} NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS log_checkpoints (
        size {integer} PRIMARY KEY, note {bytes} NOT NULL, frontier {bytes} NOT NULL,
        made_at {integer} NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS log_cosignatures (
        size {integer} NOT NULL, line TEXT NOT NULL, received_at {integer} NOT NULL,
        PRIMARY KEY (size, line))""",
    """CREATE TABLE IF NOT EXISTS log_tokens (
        size {integer} NOT NULL, number {integer} NOT NULL, token {bytes} NOT NULL,
        stamped_at {integer} NOT NULL, expires_at {integer} NOT NULL, PRIMARY KEY (size, number))""",
    """CREATE TABLE IF NOT EXISTS log_keys (
        vkey TEXT PRIMARY KEY, role TEXT NOT NULL, since {integer} NOT NULL, statement {bytes} NOT NULL)""",
)
NAMES = ("log_hashes", "log_checkpoints", "log_cosignatures", "log_tokens", "log_keys")
_END = "SELECT size, batch FROM log_hashes ORDER BY start DESC LIMIT 1"
_SINCE = "SELECT start, size, batch, hashes FROM log_hashes WHERE start >= ? ORDER BY start LIMIT ?"
_PIECE_AT = "SELECT start, hashes FROM log_hashes WHERE start <= ? ORDER BY start DESC LIMIT 1"
_START_AT = "(SELECT max(start) FROM log_hashes WHERE start <= ?)"
_OLDER = (
    "SELECT notification_id, state FROM stored_events WHERE notification_id > ? AND notification_id < ?"
    " ORDER BY notification_id"
)
_REFUSE = "what the log holds is never changed or removed"


class Row(Protocol):
    """A stored fact, of which the log needs its place and its bytes."""

    @property
    def position(self) -> int: ...
    @property
    def bytes(self) -> bytes: ...


class WriteTransaction(Protocol):
    """The open write transaction of the store (`?` for a parameter)."""

    def query(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]: ...
    def execute(self, sql: str, params: Sequence[object] = ()) -> None: ...
    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None: ...


class Query(Protocol):
    """Run a SELECT and return its rows."""

    def __call__(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]: ...


class Source(Protocol):
    """What the log asks of the store that holds the facts."""

    @property
    def dialect(self) -> str: ...
    @property
    def replica(self) -> bool: ...
    @property
    def transacting(self) -> bool: ...
    def query(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]: ...
    def holds(self, table: str) -> bool: ...
    def writing(self) -> AbstractContextManager[WriteTransaction]: ...
    def leaves(self, start: int = 1, stop: int | None = None) -> Iterable[tuple[int, bytes]]:
        """(position, stored bytes) of the facts at positions start..stop, `stop` not included, read anew."""
        ...


def as_bytes(value: object) -> bytes:
    """A column of bytes. TypeError where the database holds something else there, as SQLite will if told to."""
    if not isinstance(value, bytes | memoryview):
        raise TypeError(f"kept as {type(value).__name__}, not as bytes")
    return bytes(value)


class TreeTables:
    """The store's extension that grows the tree with every append."""

    def __init__(self) -> None:
        self._edge: tuple[tuple[int, int, int], list[bytes]] = (0, 0, -1), []  # the last piece seen, the frontier then
        self._lock = threading.Lock()

    def schema(self, dialect: str) -> Sequence[str]:
        """Statements that make the tables and keep them append only; harmless where they are there."""
        types = ("INTEGER", "BLOB") if dialect == "sqlite" else ("bigint", "bytea")
        tables = [table.format(integer=types[0], bytes=types[1]) for table in _TABLES]
        return [*tables, *guards(dialect, NAMES)]

    def ahead(self) -> Sequence[tuple[str, tuple[object, ...]]]:
        """What `appended` looks up first."""
        return (self._since(),)

    def appended(self, transaction: WriteTransaction, rows: Sequence[Row]) -> None:
        """Add the leaves of `rows`, which follow one another, to the tree.

        A store that was written to without the log is caught up with first: what is older than `rows` and not
        in the tree is read again. Raises Tampered TREE_AHEAD when the tree holds more than was recorded before
        `rows`, LEAF_MISSING when it cannot be caught up with.
        """
        with self._lock:
            size, batch, start = self._end(transaction.query)
            first = rows[0].position
            if first <= size:
                raise Tampered("TREE_AHEAD", size=size, found=first - 1)
            if size + 1 < first:
                size, batch, start = self._read_again(transaction, size, batch, start, first)
            self._grow(transaction, [row.bytes for row in rows], size, batch, start)

    def catch_up(self, transaction: WriteTransaction) -> None:
        """Add every fact that is not in the tree yet. Raises Tampered LEAF_MISSING."""
        with self._lock:
            last = transaction.query("SELECT max(notification_id) FROM stored_events")[0][0] or 0
            self._read_again(transaction, *self._end(transaction.query), last + 1)

    def _read_again(
        self, transaction: WriteTransaction, size: int, batch: int, start: int, first: int
    ) -> tuple[int, int, int]:
        """Add the facts before position `first` that the tree lacks."""
        while size + 1 < first:
            stop = min(first, size + 1 + CATCH_UP)
            older = transaction.query(_OLDER, (size, stop))
            if [position for position, _ in older] != list(range(size + 1, stop)):
                raise Tampered("LEAF_MISSING", position=size + 1)
            size, batch, start = self._grow(transaction, [leaf for _, leaf in older], size, batch, start)
        return size, batch, start

    def _grow(
        self, transaction: WriteTransaction, leaves: Iterable[bytes], size: int, batch: int, start: int
    ) -> tuple[int, int, int]:
        """Add leaves to a tree of `size`; returns what `_end` would then."""
        (_, _, known), frontier = self._edge
        if known != batch:
            frontier = read_frontier(size, node_source(transaction.query, [place(*at) for at in edge(size)]))
        digests = [sha256(b"\x00" + leaf).digest() for leaf in leaves]  # leaf_hash, without the call
        hashes, frontier, size = grow(frontier, size, digests)
        batch = int.from_bytes(os.urandom(8), "big") >> 2  # names this append: one rolled back is never taken for it
        step = PIECE * HASH_SIZE
        transaction.executemany(
            "INSERT INTO log_hashes (start, size, batch, hashes) VALUES (?, ?, ?, ?)",
            [
                (start + at // HASH_SIZE, size, batch, bytearray(hashes[at : at + step]))
                for at in range(0, len(hashes), step)
            ],
        )
        self._edge = (start + (len(hashes) - 1) // step * PIECE, size, batch), frontier
        return size, batch, count(size)

    def _end(self, query: Query) -> tuple[int, int, int]:
        """How many leaves the tree holds, the batch that left it so, and where the next piece starts."""
        size, batch = self._followed(query(*self._since())) or (query(_END) or [(0, 0)])[0]
        return size, batch, count(size)

    def _since(self) -> tuple[str, tuple[object, ...]]:
        """What asks for the last piece seen and those that were added after it, by other processes."""
        return _SINCE, (self._edge[0][0], OTHERS)

    def _followed(self, found: Sequence[tuple[Any, ...]]) -> tuple[int, int] | None:
        """Follow the pieces from the last one seen; None where that is not there, or there are too many to follow."""
        last, frontier = self._edge
        if not found or found[0][:3] != last or len(found) == OTHERS:
            return None
        added = b"".join(_hashes(hashes) for _, _, _, hashes in found[1:])
        old, first, size = last[1], count(last[1]), int(found[-1][1])
        leaves = [added[at : at + HASH_SIZE] for leaf in range(old, size) for at in [(count(leaf) - first) * HASH_SIZE]]
        grown, frontier, _ = grow(frontier, old, leaves)
        if grown != added:
            return None
        self._edge = found[-1][:3], frontier
        return size, int(found[-1][2])


def tree_size(query: Query) -> int:
    """How many leaves the tree holds."""
    last = query("SELECT size FROM log_hashes ORDER BY start DESC LIMIT 1")
    return int(last[0][0]) if last else 0


def node_source(query: Query, ahead: Sequence[int] = ()) -> Node:
    """node(level, index) over the table, remembering the pieces it has read; those of places ``ahead`` at once."""
    pieces: dict[int, tuple[int, bytes]] = {}
    if ahead:
        any_of = ", ".join([_START_AT] * len(ahead))
        found = query(f"SELECT start, hashes FROM log_hashes WHERE start IN ({any_of})", ahead)
        starts = {int(start): _hashes(hashes) for start, hashes in found}
        for at in ahead:
            start = max((one for one in starts if one <= at), default=0)
            pieces[at >> 3] = start, starts.get(start, b"")

    def node(level: int, index: int) -> bytes:
        at = place(level, index)
        start, hashes = pieces.get(at >> 3, (0, b""))
        offset = (at - start) * HASH_SIZE
        if not hashes or not 0 <= offset < len(hashes):
            found = query(_PIECE_AT, (at,))
            start, hashes = (int(found[0][0]), _hashes(found[0][1])) if found else (0, b"")
            offset = (at - start) * HASH_SIZE
            for key in range(start >> 3, (start + len(hashes) // HASH_SIZE >> 3) + 1):
                pieces[key] = start, hashes
        if len(hashes) < offset + HASH_SIZE:
            raise LookupError(f"the log lacks hash {at} (level {level}, index {index})")
        return hashes[offset : offset + HASH_SIZE]

    return node


def torn_piece(query: Query) -> int | None:
    """The size that a piece is kept under where pieces do not follow one another by start, length and size; or None."""
    end, size = 0, 0
    for start, under, length in query("SELECT start, size, length(hashes) FROM log_hashes ORDER BY start"):
        if start != end or under < size or (under != size and count(size) != start):
            return int(under)
        end, size = start + length // HASH_SIZE, under
    return None if end == count(size) else int(size)


def preload(query: Query, first: int, last: int) -> bytes:
    """The hashes first..last of the sequence (`last` included) in one read, for many proofs at once."""
    found = query(
        "SELECT start, hashes FROM log_hashes WHERE start <= ? AND start >="
        " (SELECT coalesce(max(start), 0) FROM log_hashes WHERE start <= ?) ORDER BY start",
        (last, first),
    )
    skipped = (first - int(found[0][0])) * HASH_SIZE if found else 0
    return b"".join(_hashes(hashes) for _, hashes in found)[skipped : skipped + (last - first + 1) * HASH_SIZE]


def _hashes(value: object) -> bytes:
    """A piece's hashes; none where what is kept are no bytes, so that those it should hold are lacking."""
    return bytes(value) if isinstance(value, bytes | memoryview) else b""


def read_frontier(size: int, node: Node) -> list[bytes]:
    """The hashes of `merkle.edge(size)`."""
    return [node(level, index) for level, index in edge(size)]


def guards(dialect: str, names: Sequence[str]) -> list[str]:
    """Triggers that keep the tables of these names append only."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS {name}_{event.lower()} BEFORE {event} ON {name}"
            f" BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END"
            for name in names
            for event in ("UPDATE", "DELETE")
        ]
    function = (
        "CREATE OR REPLACE FUNCTION log_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$BEGIN RAISE EXCEPTION '{_REFUSE}' USING ERRCODE = 'restrict_violation'; END$$"
    )
    return [function] + [
        f"CREATE OR REPLACE TRIGGER {name}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {name}"
        " FOR EACH STATEMENT EXECUTE FUNCTION log_refuse()"
        for name in names
    ]
