"""eventsourcing's SQLite recorder over the store's one connection.

It departs from the library's recorder where it must: the position is a column assigned here (a bare rowid may be
renumbered), rows are inserted with executemany inside a transaction that is already open, and there is no connection
pool (one connection per store).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

from eventsourcing.persistence import ApplicationRecorder, Notification, StoredEvent, Subscription
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteCursor, SQLiteDatastore, SQLiteFactory
from eventsourcing.utils import Environment

from ledger.store.database import Transaction
from ledger.store.leaf import StoredRow, originator

if TYPE_CHECKING:
    from ledger.store.sqlite import SqliteDatabase

INSERT = (
    "INSERT INTO stored_events (notification_id, originator_id, originator_version, topic, state)"
    " VALUES (?, ?, ?, ?, ?)"
)


class LentSQLiteDatastore(SQLiteDatastore):
    """A datastore that lends the store's own connection for reading, under the store's own lock."""

    def __init__(self, database: SqliteDatabase) -> None:
        super().__init__(database.path)
        self._database = database

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        """A cursor that gives named rows."""
        with self._database.lock:
            cursor = self._database.connection.cursor()
            cursor.row_factory = sqlite3.Row
            try:
                yield SQLiteCursor(cursor)
            finally:
                cursor.close()


class SqliteLedgerRecorder(SQLiteApplicationRecorder):
    """Inserts and selects facts in ``stored_events``; the store makes the tables."""

    def construct_create_table_statements(self) -> list[str]:
        """None: ledger.store.schema makes them, with their triggers."""
        return []

    def record(self, transaction: Transaction, rows: Sequence[StoredRow]) -> None:
        """Insert sealed rows within the open write transaction."""
        # Python's sqlite3 looks for an adapter of bytes, in vain and for half a microsecond, but for none of bytearray.
        transaction.executemany(
            INSERT, [(row.position, originator(row.contract), row.seq, row.type, bytearray(row.bytes)) for row in rows]
        )

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """Closed: raises TypeError, for facts enter through the store's ``append``."""
        raise TypeError("facts enter through Store.append, which seals them under the write lock")

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        """Closed: raises TypeError; the library has none for SQLite."""
        raise TypeError("follow the ledger by position, with Store.leaves")

    def select_notifications(
        self, start: int | None, limit: int, stop: int | None = None, topics: Sequence[str] = (), *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:  # fmt: skip
        """Facts in position order, as the library's notifications."""
        first = 1 if start is None else start if inclusive_of_start else start + 1
        where, params = "notification_id >= ?", [first]
        if stop is not None:
            where, params = f"{where} AND notification_id <= ?", [*params, stop]
        if topics:
            where = f"{where} AND topic IN ({', '.join('?' * len(topics))})"
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(
                f"SELECT * FROM stored_events WHERE {where} ORDER BY notification_id LIMIT ?",
                [*params, *topics, limit],
            )
            return [
                Notification(
                    UUID(row["originator_id"]), row["originator_version"], row["topic"], row["state"],
                    row["notification_id"],
                )
                for row in cursor.fetchall()
            ]  # fmt: skip


class SqliteLedgerFactory(SQLiteFactory):
    """Makes the recorder over the database that the store has open."""

    application_recorder_class = SqliteLedgerRecorder

    def __init__(self, env: Environment, database: SqliteDatabase) -> None:
        env[self.SQLITE_DBNAME] = database.path
        env[self.CREATE_TABLE] = "n"
        super().__init__(env)
        self.datastore = LentSQLiteDatastore(database)
