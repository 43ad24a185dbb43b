"""eventsourcing's PostgreSQL recorder over the store's own connections.

It departs from the library's recorder where it must: positions are counted under the table lock (a bigserial leaves
gaps after a conflict), and rows are inserted by one statement outside psycopg's pipeline (one save of some 1,400 events
in the pipeline never returns). The LOCK TABLE stays: without it subscribers lose events.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from eventsourcing.persistence import ApplicationRecorder, StoredEvent, Subscription
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore, PostgresFactory
from eventsourcing.utils import Environment
from psycopg.rows import DictRow, dict_row, tuple_row

from ledger.store.database import Transaction
from ledger.store.leaf import StoredRow, originator

if TYPE_CHECKING:
    from ledger.store.postgres import PostgresDatabase

_INTO = "INSERT INTO stored_events (notification_id, originator_id, originator_version, topic, state)"
INSERT_ONE = f"{_INTO} VALUES (?, ?, ?, ?, ?)"
INSERT = f"{_INTO} SELECT * FROM unnest(?::bigint[], ?::uuid[], ?::bigint[], ?::text[], ?::bytea[])"
ROWS = 250  # rows a statement


def _array(values: list[str]) -> str:
    """An array as PostgreSQL reads one; psycopg would look through every byte for what must be escaped."""
    return f"{{{','.join(values)}}}"


class LentPostgresDatastore(PostgresDatastore):
    """A datastore that lends the store's own connections, for reading."""

    def __init__(self, database: PostgresDatabase) -> None:
        super().__init__("", "", "", "", "", schema=database.schema)
        self._database = database

    @contextmanager
    def get_connection(self) -> Iterator[psycopg.Connection[DictRow]]:
        """A connection that gives named rows."""
        with self._database.connection() as connection:
            named: Any = connection
            named.row_factory = dict_row
            try:
                yield named
            finally:
                named.row_factory = tuple_row


class PostgresLedgerRecorder(PostgresApplicationRecorder):
    """Inserts and selects facts in ``stored_events``; the store makes the tables."""

    def create_table(self) -> None:
        """Nothing to do: ledger.store.schema makes the tables, with their triggers."""

    def record(self, transaction: Transaction, rows: Sequence[StoredRow]) -> None:
        """Insert sealed rows within the open write transaction."""
        if len(rows) == 1:
            row = rows[0]
            transaction.execute(INSERT_ONE, (row.position, originator(row.contract), row.seq, row.type, row.bytes))
            return
        for first in range(0, len(rows), ROWS):
            some = rows[first : first + ROWS]
            transaction.execute(
                INSERT,
                (
                    _array([str(row.position) for row in some]),
                    _array([originator(row.contract) for row in some]),
                    _array([str(row.seq) for row in some]),
                    _array([row.type for row in some]),
                    _array([f'"\\\\x{row.bytes.hex()}"' for row in some]),
                ),
            )

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """Closed: raises TypeError, for facts enter through the store's ``append``."""
        raise TypeError("facts enter through Store.append, which seals them under the write lock")

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        """Closed: raises TypeError; a fact recorded before its LISTEN took hold waits unseen for the next one."""
        raise TypeError("follow the ledger by position, with Store.leaves")


class PostgresLedgerFactory(PostgresFactory):
    """Makes the recorder over the database that the store has open."""

    application_recorder_class = PostgresLedgerRecorder

    def __init__(self, env: Environment, database: PostgresDatabase) -> None:
        for key in (self.POSTGRES_DBNAME, self.POSTGRES_HOST, self.POSTGRES_USER, self.POSTGRES_PASSWORD):
            env[key] = ""
        env[self.CREATE_TABLE] = "n"
        super().__init__(env)
        self.datastore = LentPostgresDatastore(database)

    def application_recorder(self) -> PostgresLedgerRecorder:
        """The recorder of ``stored_events`` (the library would name the table after the application)."""
        return PostgresLedgerRecorder(self.datastore, events_table_name="stored_events")
