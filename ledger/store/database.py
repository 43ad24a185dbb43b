"""The interface of a database to the store: short reads, and one write transaction at a time.

SQL is written once, with ``?`` for a parameter; the PostgreSQL side replaces it with its own placeholder, so a
statement contains no literal ``?`` or ``%``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Literal, Protocol

from ledger.store.leaf import StoredRow

if TYPE_CHECKING:
    from ledger.store.application import LedgerStore

Dialect = Literal["sqlite", "postgresql"]
Question = tuple[str, tuple[object, ...]]
"""A SELECT and its parameters."""


class Conflict(Exception):
    """Somebody else was faster: the state decided upon is no longer the latest; load and decide again.

    ``expected`` and ``actual`` are the contract's last seq (0: not registered).
    """

    def __init__(self, contract: str, expected: int, actual: int) -> None:
        super().__init__(f"{contract}: expected seq {expected}, found {actual}")
        self.contract = contract
        self.expected = expected
        self.actual = actual


class Transaction(Protocol):
    """The one write transaction that is open, holding the ledger's write lock."""

    @property
    def dialect(self) -> Dialect: ...

    def query(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a SELECT."""
        ...

    def execute(self, sql: str, params: Sequence[object] = ()) -> None:
        """Run one statement, at the latest before the next look-up or the commit, where its error is then raised."""
        ...

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of parameters; when, see ``execute``."""
        ...


class Extension(Protocol):
    """Data that another package keeps in the same transaction as the facts (the Merkle log, say)."""

    def schema(self, dialect: Dialect) -> Sequence[str]:
        """Statements that make its tables; each must do nothing where they exist already."""
        ...

    def ahead(self) -> Sequence[Question]:
        """What ``appended`` will look up for certain, and nothing before it in the transaction changes."""
        ...

    def appended(self, transaction: Transaction, rows: Sequence[StoredRow]) -> None:
        """Called with the new rows in position order, before the commit; an exception undoes everything."""
        ...


class Database(Protocol):
    """A database that holds a ledger. Every failure is a Refusal with a ``STORE_…`` code."""

    @property
    def name(self) -> str:
        """Its name for people: a path, or host and database without account and password."""
        ...

    @property
    def dialect(self) -> Dialect: ...

    @property
    def made(self) -> bool:
        """Whether it was made just now, by being opened."""
        ...

    @property
    def replica(self) -> bool:
        """Whether it follows another server, which takes the writes and may be ahead of it."""
        ...

    @property
    def transacting(self) -> bool:
        """Whether this thread has a write transaction open, in which it reads what is not committed."""
        ...

    def query(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a SELECT; in this thread's write transaction while it has one open."""
        ...

    def writing(self, ahead: Sequence[Question] = ()) -> AbstractContextManager[Transaction]:
        """The write lock and a transaction: committed durably at the end, rolled back on any exception.

        ``ahead`` are look-ups that may be made when it begins, under the lock, where the database is far away: the
        transaction's ``query`` tells each once, so nothing may change it before it is asked. Within a transaction that
        this thread has open it is part of that one: undone alone, committed with it.
        """
        ...

    def application(self) -> LedgerStore:
        """The eventsourcing application over this database (imported and built on first use)."""
        ...

    def scrub(self) -> None:
        """Remove traces of deleted data from the database's own files, as far as a client can."""
        ...

    def snapshot(self) -> AbstractContextManager[Callable[[str], Iterator[tuple[Any, ...]]]]:
        """A function that runs a SELECT and gives its rows one by one; everything read inside is of one moment."""
        ...

    def flaws(self) -> list[str] | None:
        """What the database itself finds wrong with its indexes, in its words; None where it offers no such check."""
        ...

    def close(self) -> None:
        """Close every connection; idempotent."""
        ...


def holds(source: Database | Transaction, table: str) -> bool:
    """Whether there is a table of this name."""
    known = {
        "sqlite": "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?",
        "postgresql": "SELECT 1 WHERE to_regclass(?) IS NOT NULL",
    }
    return bool(source.query(known[source.dialect], (table,)))
