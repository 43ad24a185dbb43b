"""The table of the checkpoints that a city collected, which are the leaves of its log; append only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager

from ledger.domain.declare import NamedTuple
from ledger.log.tables import TreeTables, guards
from ledger.store import Conflict, Store, Transaction
from ledger.store.database import Dialect

HELD = "SELECT max(position) FROM city_checkpoints"
_TABLES = (
    """CREATE TABLE IF NOT EXISTS city_checkpoints (
        position {integer} PRIMARY KEY, origin TEXT NOT NULL, size {integer} NOT NULL, note {bytes} NOT NULL,
        verdict TEXT NOT NULL, collected_at {integer} NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS city_checkpoints_origin ON city_checkpoints (origin, size)",
)
_READ_ROWS = 500


class Collected(NamedTuple):
    """A checkpoint as collected, at `collected_at` µs; `verdict` is grown or two-histories."""

    position: int
    origin: str
    size: int
    bytes: bytes
    verdict: str
    collected_at: int


class CityTables:
    """The tables of a city's store; its log works like that of any ledger."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._tree = TreeTables()

    @property
    def dialect(self) -> Dialect:
        return self._store.dialect

    @property
    def replica(self) -> bool:
        return self._store.replica

    @property
    def transacting(self) -> bool:
        return self._store.transacting

    def query(self, sql: str, params: Sequence[object] = ()) -> list[tuple[object, ...]]:
        return self._store.query(sql, params)

    def holds(self, table: str) -> bool:
        return self._store.holds(table)

    def writing(self) -> AbstractContextManager[Transaction]:
        return self._store.writing()

    def make(self) -> None:
        """Make the tables where they are missing."""
        types = {"sqlite": ("INTEGER", "BLOB"), "postgresql": ("bigint", "bytea")}[self.dialect]
        tables = [table.format(integer=types[0], bytes=types[1]) for table in _TABLES]
        with self.writing() as transaction:
            for statement in [*self._tree.schema(self.dialect), *tables, *guards(self.dialect, ("city_checkpoints",))]:
                transaction.execute(statement)

    def leaves(self, start: int = 1, stop: int | None = None) -> Iterable[tuple[int, bytes]]:
        """(position, checkpoint) at positions start..stop, `stop` not included."""
        end = (1 << 62) if stop is None else stop
        while start < end:
            rows = self._store.query(
                "SELECT position, note FROM city_checkpoints WHERE position >= ? AND position < ?"
                " ORDER BY position LIMIT ?", (start, end, _READ_ROWS),
            )  # fmt: skip
            yield from ((position, bytes(note)) for position, note in rows)
            if len(rows) < _READ_ROWS:
                return
            start = rows[-1][0] + 1

    def of(self, origin: str) -> Iterator[Collected]:
        """The checkpoints collected of a log, the largest first."""
        rows = self._store.query(
            "SELECT position, origin, size, note, verdict, collected_at FROM city_checkpoints WHERE origin = ?"
            " ORDER BY size DESC, position DESC", (origin,),
        )  # fmt: skip
        return (Collected(row[0], row[1], row[2], bytes(row[3]), row[4], row[5]) for row in rows)

    def last(self, origin: str) -> Collected | None:
        """The largest checkpoint of a log that continues those before it."""
        return next((one for one in self.of(origin) if one.verdict == "grown"), None)

    def add(self, origin: str, size: int, note: bytes, verdict: str, now: int, *, after: int) -> bool:
        """Store a checkpoint as the next leaf; False, and nothing stored, where it is there already.

        Raises Conflict where the last checkpoint of its log is no longer that at position `after`: judge it again.
        """
        with self.writing() as transaction:
            last = self.last(origin)
            if (last.position if last else 0) != after:
                raise Conflict(origin, after, last.position if last else 0)
            if transaction.query(
                "SELECT 1 FROM city_checkpoints WHERE origin = ? AND size = ? AND note = ?", (origin, size, note)
            ):
                return False
            position = (transaction.query(HELD)[0][0] or 0) + 1
            row = Collected(position, origin, size, note, verdict, now)
            transaction.execute(
                "INSERT INTO city_checkpoints (position, origin, size, note, verdict, collected_at)"
                " VALUES (?, ?, ?, ?, ?, ?)", row,
            )  # fmt: skip
            self._tree.appended(transaction, [row])
        return True
