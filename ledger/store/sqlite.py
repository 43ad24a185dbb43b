"""A ledger in one SQLite file: WAL, synchronous=FULL, one connection behind one lock.

One connection per store, and checkpoints only while holding the write lock: SQLite 3.7.0–3.51.2 can
corrupt a WAL database when a checkpoint runs while another connection commits (docs/adr/0002-store.md).
Other processes may write the same file; they wait up to BUSY_SECONDS for each other.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import RLock
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ledger.domain.errors import Refusal
from ledger.store.database import Dialect, Question, Transaction
from ledger.store.schema import APPLICATION_ID, SCHEMA_VERSION, advance

if TYPE_CHECKING:
    from ledger.store.application import LedgerStore

BUSY_SECONDS = 10.0
MOST_FLAWS = 20  # named of a damaged file
CHECKPOINT_WEIGHT = 1000  # commits, or some 16 rows each, between checkpoints: a log of some 4–16 MB

_CODES = {
    sqlite3.SQLITE_BUSY: "STORE_LOCKED",
    sqlite3.SQLITE_LOCKED: "STORE_LOCKED",
    sqlite3.SQLITE_READONLY: "STORE_READ_ONLY",
    sqlite3.SQLITE_PERM: "STORE_DENIED",
    sqlite3.SQLITE_CANTOPEN: "STORE_DENIED",
    sqlite3.SQLITE_FULL: "STORE_DISK_FULL",
    sqlite3.SQLITE_NOTADB: "STORE_FOREIGN",
}


def make_private(path: str) -> None:
    """Make an empty file that only its owner can read, where there is none; SQLite's further files get the same rights.
    """
    with suppress(OSError):  # it is there, or SQLite will say why it cannot be made
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _busy(error: sqlite3.Error) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


class _Refusing:
    """Raise SQLite's errors inside it as refusals; a class, because one is entered for every statement."""

    def __init__(self, store: str) -> None:
        self._store = store

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, (sqlite3.Error, UnicodeDecodeError)):  # the latter: a message that quotes a damaged schema
            code = _CODES.get((getattr(error, "sqlite_errorcode", None) or 0) & 0xFF, "STORE_BROKEN")
            detail = getattr(error, "sqlite_errorname", None) or str(error)
            raise Refusal(code, "store", store=self._store, detail=detail) from error


class SqliteDatabase:
    """The connection and its lock; SQLite's errors become refusals."""

    dialect: Dialect = "sqlite"
    replica = False

    def __init__(self, path: str, *, create: bool, busy_seconds: float = BUSY_SECONDS) -> None:
        """Open ``path`` (``:memory:`` too). Raises STORE_MISSING, STORE_FOREIGN, STORE_NEWER, STORE_BROKEN,
        STORE_LOCKED or STORE_READ_ONLY; a file is only ever made when ``create`` is true.
        """
        self.path = self.name = path
        self.lock = RLock()
        self._refusing = _Refusing(path)
        self._application: LedgerStore | None = None
        self._busy_seconds = busy_seconds
        self.made = False
        self._weight = 0  # what this connection has written since its last checkpoint
        self._writing = False  # whether a write transaction is open, which the thread that has the lock began
        self._lost: BaseException | None = None  # what made SQLite roll that transaction back by itself
        self._memory = path == ":memory:"
        if not self._memory:
            self._look(create)
        self._file = os.path.abspath(path)
        self.connection = self._connect("rwc" if create else "rw")
        try:
            self._opened = self._inode()
            if self._is_empty():
                if not create and not self._memory:
                    raise Refusal("STORE_MISSING", "store", store=path)
                self._make()
            self._check()
            self._wait_at_most(0)
        except BaseException:
            self.connection.close()
            raise

    def _look(self, create: bool) -> None:
        """Refuse what SQLite would report badly, or would create by itself."""
        if not os.path.exists(self.path) and not create:
            raise Refusal("STORE_MISSING", "store", store=self.path)
        folder = os.path.dirname(os.path.abspath(self.path))
        if not os.path.isdir(folder):
            raise Refusal("STORE_MISSING", "store", store=folder)
        if os.path.isdir(self.path):
            raise Refusal("STORE_FOREIGN", "store", store=self.path)
        if create:
            make_private(self.path)

    def _inode(self) -> tuple[int, int]:
        """Which file stands at the path; always the same for a ledger in memory. Refusal STORE_REPLACED for none."""
        if self._memory:
            return 0, 0
        try:
            found = os.stat(self._file)
        except OSError as error:
            raise Refusal("STORE_REPLACED", "store", store=self.path) from error
        return found.st_dev, found.st_ino

    def _in_place(self) -> None:
        """Refusal STORE_REPLACED where another file stands at the path: SQLite would go on with the file it opened, and
        nobody would find again what is recorded there.
        """
        if self._inode() != self._opened:
            raise Refusal("STORE_REPLACED", "store", store=self.path)

    def _connect(self, mode: str) -> sqlite3.Connection:
        with self._refusing:
            if self._memory:
                return self._configured("file::memory:")
            address = f"file:{quote(os.path.abspath(self.path))}"
            try:
                return self._configured(f"{address}?mode={mode}")
            except sqlite3.OperationalError:
                # A read-only folder cannot hold the shared-memory file; where no write-ahead log waits
                # beside it, the file alone is the whole ledger and nobody can be writing it.
                folder = os.path.dirname(os.path.abspath(self.path))
                if os.access(folder, os.W_OK) or os.path.exists(f"{self.path}-wal"):
                    raise
                return self._configured(f"{address}?mode=ro&immutable=1")

    def _configured(self, uri: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri, uri=True, check_same_thread=False, isolation_level=None, timeout=self._busy_seconds
        )
        try:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA recursive_triggers = ON")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA wal_autocheckpoint = 0")
            connection.execute("PRAGMA cell_size_check = ON")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _is_empty(self) -> bool:
        with self._refusing:
            named = self.connection.execute("PRAGMA application_id").fetchone()[0]
            tables = self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        return not named and not tables

    def _make(self) -> None:
        """Make an empty database a ledger, unless somebody else does so while this process waits for the lock."""
        with self._refusing:
            self._switch_to_wal()
        with self.writing() as transaction:
            if self._is_empty():
                self.made = True
                advance(transaction, 0)
                transaction.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                transaction.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _switch_to_wal(self) -> None:
        """Switch to write-ahead logging; SQLite does not wait for other processes here, so this does."""
        give_up = monotonic() + self._busy_seconds
        while True:
            try:
                self.connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if not _busy(error) or monotonic() > give_up:
                    raise
                sleep(0.01)

    def _check(self) -> None:
        with self._refusing:
            application_id = self.connection.execute("PRAGMA application_id").fetchone()[0]
            if application_id != APPLICATION_ID:
                raise Refusal("STORE_FOREIGN", "store", store=self.path)
            version = self._version()
            if version > SCHEMA_VERSION:
                raise Refusal("STORE_NEWER", "store", store=self.path, found=version, known=SCHEMA_VERSION)
            if version < SCHEMA_VERSION:
                self._migrate()
            self.connection.execute("SELECT max(notification_id) FROM stored_events").fetchone()

    def _version(self) -> int:
        return int(self.connection.execute("PRAGMA user_version").fetchone()[0])

    def _migrate(self) -> None:
        """Bring an older ledger to this version, unless somebody else did while this process waited for the lock."""
        with self.writing() as transaction:
            found = self._version()
            if 0 < found < SCHEMA_VERSION:
                advance(transaction, found)
                transaction.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            elif found != SCHEMA_VERSION:
                raise Refusal("STORE_BROKEN", "store", store=self.path, detail=f"user_version {found}")

    @property
    def transacting(self) -> bool:
        """Whether a write transaction is open: another thread than the one that began it reads nothing meanwhile."""
        return self._writing

    def query(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a SELECT."""
        with self.lock, self._refusing:
            self._in_place()
            try:
                return self.connection.execute(sql, params).fetchall()
            except sqlite3.OperationalError as error:  # another process opens or closes the file just now
                if not _busy(error):
                    raise
            with self._patient():
                return self.connection.execute(sql, params).fetchall()

    @contextmanager
    def writing(self, ahead: Sequence[Question] = ()) -> Iterator[Transaction]:
        """BEGIN IMMEDIATE … COMMIT under the lock; rolled back on any exception. Within another transaction: a part of
        it.

        Nothing is looked up ``ahead``. While another process writes, this waits without holding the lock, so that this
        process's threads can read.
        """
        give_up, pause = 0.0, 0.002
        with self._refusing:
            while True:
                with self.lock:
                    try:
                        if not self._writing:
                            self.connection.execute("BEGIN IMMEDIATE")
                    except sqlite3.OperationalError as error:
                        give_up = give_up or monotonic() + self._busy_seconds
                        if not _busy(error) or monotonic() >= give_up:
                            raise
                    else:
                        yield from self._part() if self._writing else self._whole()
                        return
                sleep(pause)
                pause = min(2 * pause, 0.05)

    def _whole(self) -> Iterator[Transaction]:
        """A transaction, up to COMMIT or ROLLBACK."""
        connection = self.connection
        before = connection.total_changes
        self._writing, self._lost = True, None
        try:
            yield SqliteTransaction(connection)
            if self._lost is not None:
                raise self._lost
            self._in_place()
            connection.execute("COMMIT")
        except BaseException:
            # Some errors (a full disk) have rolled back already.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        finally:
            self._writing = False
        self._weight += 1 + (connection.total_changes - before) // 16
        if self._weight >= CHECKPOINT_WEIGHT:
            self._checkpoint()

    def _part(self) -> Iterator[Transaction]:
        """SAVEPOINT … RELEASE. Refused where SQLite has rolled back the whole transaction: the part would become one of
        its own.
        """
        connection = self.connection
        if self._lost is not None:
            raise self._lost
        connection.execute("SAVEPOINT part")
        try:
            yield SqliteTransaction(connection)
            connection.execute("RELEASE part")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK TO part")
            else:
                self._lost = error
            raise

    def _checkpoint(self) -> None:
        """Fold the write-ahead log into the file; FULL, unlike SQLite's own PASSIVE, holds the write lock.

        The log's file is then written again from its start, which is faster than growing it.
        """
        self._weight = 0
        # The facts are committed by now: a checkpoint that cannot be made is made another time.
        with suppress(sqlite3.Error):
            self._wait_at_most(1)  # a reader who stays must not stop writers
            self.connection.execute("PRAGMA wal_checkpoint(FULL)")
        self._wait_at_most(0)

    @contextmanager
    def _patient(self) -> Iterator[None]:
        """Repeat what is inside, as long as a writer would wait, while another process is in the way."""
        self._wait_at_most(self._busy_seconds)
        try:
            yield
        finally:
            self._wait_at_most(0)

    def _wait_at_most(self, seconds: float) -> None:
        """Set how long SQLite itself waits, while the lock is held, for another process; by default not at all."""
        self.connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")

    def scrub(self) -> None:
        """Empty the write-ahead log; what is removed from the file is overwritten (secure_delete)."""
        with self.lock, suppress(sqlite3.Error), self._patient():
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def snapshot(self) -> Iterator[Callable[[str], Iterator[tuple[Any, ...]]]]:
        """Everything read inside is of one moment; other processes may write meanwhile."""
        with self.lock, self._refusing, self._patient():
            self.connection.execute("BEGIN")
            try:
                yield self.connection.execute
            finally:
                self.connection.execute("ROLLBACK")

    def flaws(self) -> list[str] | None:
        """What ``PRAGMA integrity_check`` finds: every page, every cell, every index against its table."""
        found = self.query(f"PRAGMA integrity_check({MOST_FLAWS})")
        return [line for (text,) in found for line in str(text).splitlines() if line != "ok"]

    def application(self) -> LedgerStore:
        """The eventsourcing application over this file."""
        if self._application is None:
            from ledger.store.application import LedgerStore
            from ledger.store.sqlite_recorder import SqliteLedgerFactory

            self._application = LedgerStore(lambda env: SqliteLedgerFactory(env, self))
        return self._application

    def close(self) -> None:
        """Close the connection; the last one folds the write-ahead log into the file."""
        with self.lock, suppress(sqlite3.Error):
            if self._weight:
                self._checkpoint()
            self.connection.close()


class SqliteTransaction:
    """The open write transaction."""

    dialect: Dialect = "sqlite"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def query(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a SELECT."""
        return self._connection.execute(sql, params).fetchall()

    def execute(self, sql: str, params: Sequence[object] = ()) -> None:
        """Run one statement."""
        self._connection.execute(sql, params)

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of parameters."""
        self._connection.executemany(sql, rows)
