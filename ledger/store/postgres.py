"""A ledger in a PostgreSQL database: the same tables, one writer at a time by a lock on the table of heads.

Connections are opened when needed and kept for reuse; one that has failed is discarded. The write lock is LOCK TABLE
heads IN EXCLUSIVE MODE, which lets readers read: insert order is commit order, and positions counted under it have no
gaps. It requires the right to update that table, which every writer has; nobody needs such a right on the facts
(ledger.store.service_role).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import local
from typing import TYPE_CHECKING, Any

from ledger.domain.errors import Refusal
from ledger.store.database import Dialect, Question, Transaction
from ledger.store.leadership import LeaderWatch
from ledger.store.schema import APPLICATION_ID, SCHEMA_VERSION, advance

if TYPE_CHECKING:
    from ledger.store.application import LedgerStore

try:
    import psycopg
    from psycopg import errors
    from psycopg.conninfo import conninfo_to_dict
    from psycopg.pq import TransactionStatus
    from psycopg.sql import SQL, Identifier

    from ledger.store.postgres_transaction import Connection, PostgresConnection, PostgresTransaction, own
except ImportError as error:
    raise Refusal("STORE_DRIVER_MISSING", "store") from error

CONNECT_SECONDS = 5
LOCK_SECONDS = 10
SOME = 1000  # rows fetched at a time from a snapshot

# Never acknowledge what is not on disk, whatever the server's default is.
_DURABLE = "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
_LITERALS = "SET standard_conforming_strings = on"  # a backslash in one is a backslash, as those of bytes need it

_INDEXES = """
    SELECT (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
            WHERE extname = 'amcheck'), c.oid, c.relname
    FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid JOIN pg_am a ON a.oid = c.relam
    WHERE c.relnamespace = current_schema()::regnamespace AND a.amname = 'btree' AND i.indisvalid
    ORDER BY c.relname"""


class PostgresDatabase:
    """The connections and the table lock; PostgreSQL's errors become refusals."""

    dialect: Dialect = "postgresql"

    def __init__(self, url: str, *, create: bool, lock_seconds: float = LOCK_SECONDS) -> None:
        """Open the database at ``url``. Raises STORE_URL_INVALID, STORE_URL_UNESCAPED, STORE_UNREACHABLE,
        STORE_MISSING, STORE_FOREIGN, STORE_NEWER or STORE_READ_ONLY; tables are only ever made when ``create`` is true.
        """
        try:
            named = conninfo_to_dict(url)
        except psycopg.ProgrammingError as error:
            raise Refusal("STORE_URL_INVALID", "store", url="postgresql://…") from error
        if _cut_apart(url):
            raise Refusal("STORE_URL_UNESCAPED", "store")
        self.name = f"postgresql://{named.get('host', '')}/{named.get('dbname', '')}"
        self._url = url
        self._lock_milliseconds = int(lock_seconds * 1000)
        self._idle: list[PostgresConnection] = []
        self._watch = LeaderWatch(self._connect, self._forget) if "," in str(named.get("host", "")) else None
        self._closed = False
        self.replica = False
        self._mine = local()  # .transaction: the write transaction this thread has open
        self.made = False
        self._application: LedgerStore | None = None
        with self._refusing(), self.connection() as connection:
            if create:
                self._create(connection)
            self.schema = self._check(connection)

    def _connect(self) -> PostgresConnection:
        connection = PostgresConnection.connect(self._url, connect_timeout=CONNECT_SECONDS, autocommit=True)
        connection.execute(own(f"{_DURABLE}; {_LITERALS}; SET lock_timeout = {self._lock_milliseconds}"))
        return connection

    @contextmanager
    def connection(self) -> Iterator[PostgresConnection]:
        """A connection for one caller, in autocommit."""
        connection = self._take()
        try:
            yield connection
        finally:
            self._give_back(connection)

    def _take(self) -> PostgresConnection:
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._connect()
        self.replica = connection.pgconn.parameter_status(b"in_hot_standby") == b"on"  # the server tells it, unasked
        return self._watched(connection)

    def _watched(self, connection: PostgresConnection) -> PostgresConnection:
        if self._watch is not None:
            self._watch.taken(connection)
        return connection

    def _give_back(self, connection: PostgresConnection) -> None:
        """Keep it for reuse, unless it is broken or was left in a transaction."""
        if self._watch is not None:
            self._watch.given_back(connection)
        if connection.pgconn.transaction_status == TransactionStatus.IDLE and not self._closed:
            self._idle.append(connection)
        else:
            connection.close()

    def _create(self, connection: PostgresConnection) -> None:
        with self._alone(connection) as transaction:
            found = connection.execute("SELECT to_regclass('lvyue_ledger') IS NOT NULL").fetchone()
            if found and not found[0]:
                self.made = True
                advance(transaction, 0)
                transaction.execute("UPDATE lvyue_ledger SET version = ?", (SCHEMA_VERSION,))

    def _migrate(self, connection: PostgresConnection) -> None:
        """Bring an older ledger to this version, unless somebody else did while this process waited for the lock."""
        with self._alone(connection) as transaction:
            transaction.execute(f"SET LOCAL lock_timeout = {self._lock_milliseconds}")
            transaction.execute("LOCK TABLE stored_events IN EXCLUSIVE MODE")
            found = transaction.query("SELECT max(version) FROM lvyue_ledger")[0][0]
            if 0 < found < SCHEMA_VERSION:
                advance(transaction, found)
                transaction.execute("UPDATE lvyue_ledger SET version = ?", (SCHEMA_VERSION,))
            elif found != SCHEMA_VERSION:
                raise Refusal("STORE_BROKEN", "store", store=self.name, detail=f"version {found}")

    @contextmanager
    def _alone(self, connection: PostgresConnection) -> Iterator[PostgresTransaction]:
        """A transaction that excludes every other process that makes or migrates tables; they would make each other
        fail.
        """
        with connection.transaction():
            connection.execute("SET LOCAL lock_timeout = 0")  # as long as another takes
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (APPLICATION_ID,))
            transaction = PostgresTransaction(connection)
            yield transaction
            transaction.send()

    def _check(self, connection: PostgresConnection) -> str:
        """Refuse what is no ledger, migrate an older one; returns the schema that the tables are in."""
        found = connection.execute(
            "SELECT to_regclass('lvyue_ledger') IS NOT NULL, to_regclass('stored_events') IS NOT NULL, current_schema()"
        ).fetchone()
        ours, somebodys, schema = found or (False, False, None)
        if not ours:
            raise Refusal("STORE_FOREIGN" if somebodys else "STORE_MISSING", "store", store=self.name)
        version = connection.execute("SELECT max(version) FROM lvyue_ledger").fetchone()
        if version is None or version[0] is None:
            raise Refusal("STORE_FOREIGN", "store", store=self.name)
        if version[0] > SCHEMA_VERSION:
            raise Refusal("STORE_NEWER", "store", store=self.name, found=version[0], known=SCHEMA_VERSION)
        if version[0] < SCHEMA_VERSION:
            self._migrate(connection)
        return str(schema)

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            lines = str(error).strip().splitlines()
            detail = error.sqlstate or (lines[0] if lines else type(error).__name__)
            raise Refusal(_code(error), "store", store=self.name, detail=detail) from error

    @property
    def transacting(self) -> bool:
        """Whether this thread has a write transaction open, in which it reads what is not committed."""
        return self._my_transaction() is not None

    def query(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a SELECT; repeated once where the server had gone away."""
        with self._refusing():
            mine = self._my_transaction()
            if mine is not None:
                return mine.query(sql, params)
            try:
                with self.connection() as connection:
                    return connection.execute(own(sql), params, binary=True).fetchall()
            except psycopg.OperationalError as error:
                if not _gone(error):
                    raise
                self._forget()
                with self.connection() as connection:
                    return connection.execute(own(sql), params, binary=True).fetchall()

    @contextmanager
    def writing(self, ahead: Sequence[Question] = ()) -> Iterator[Transaction]:
        """BEGIN, the table lock, … COMMIT; rolled back on any exception. Inside another: a part of it (SAVEPOINT)."""
        with self._refusing():
            mine = self._my_transaction()
            if mine is not None:
                with mine.part(ahead):
                    yield mine
                return
            connection, transaction = self._begun(ahead)
            self._mine.transaction = transaction
            try:
                yield transaction
                transaction.commit()
            except psycopg.Error:
                connection.close()  # which rolls back: what it had the server prepare by then is not known
                raise
            except BaseException:
                connection.roll_back()
                raise
            finally:
                self._mine.transaction = None
                self._give_back(connection)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """The connection of the write transaction this thread has open, else one in autocommit."""
        mine = self._my_transaction()
        if mine is not None:
            mine.send()
            yield mine.connection
            return
        with self.connection() as connection:
            yield connection

    def _my_transaction(self) -> PostgresTransaction | None:
        return getattr(self._mine, "transaction", None)

    def _begun(self, ahead: Sequence[Question]) -> tuple[PostgresConnection, PostgresTransaction]:
        """A connection with the lock; repeated once where the server had gone away."""
        connection = self._take()
        try:
            return connection, connection.begin(ahead)
        except psycopg.Error as error:
            connection.close()
            if not _gone(error):
                raise
            self._forget()
            connection = self._watched(self._connect())
            return connection, connection.begin(ahead)

    def _forget(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def scrub(self) -> None:
        """Nothing to do: the server overwrites removed rows when it vacuums, and its own log when it recycles that."""

    @contextmanager
    def snapshot(self) -> Iterator[Callable[[str], Iterator[tuple[Any, ...]]]]:
        """Everything read inside is of one moment; others may write meanwhile."""
        with self._refusing(), self.connection() as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

            def rows(sql: str) -> Iterator[tuple[Any, ...]]:
                with connection.cursor("snapshot", binary=True) as cursor:
                    cursor.itersize = SOME
                    yield from cursor.execute(own(sql))

            yield rows

    def flaws(self) -> list[str] | None:
        """What amcheck finds in the B-trees of this schema, looking up each row in each index; None where it is not
        available.

        Where it may be installed, it is, within a transaction that is rolled back. Refusal STORE_LOCKED where somebody
        else changes a table for longer than a writer would wait.
        """
        with self._refusing(), self._reading() as connection:
            try:
                with connection.transaction(force_rollback=True):
                    found = connection.execute("SELECT count(*) FROM pg_extension WHERE extname = 'amcheck'").fetchone()
                    if found == (0,):
                        connection.execute("CREATE EXTENSION amcheck")
                    indexes = connection.execute(_INDEXES).fetchall()
                    return [flaw for index in indexes if (flaw := _flaw(connection, index))]
            except (errors.InsufficientPrivilege, errors.UndefinedFile, errors.FeatureNotSupported,
                    errors.ReadOnlySqlTransaction):  # a replica, whose own server has no amcheck yet
                return None

    def application(self) -> LedgerStore:
        """The eventsourcing application over this database."""
        if self._application is None:
            from ledger.store.application import LedgerStore
            from ledger.store.postgres_recorder import PostgresLedgerFactory

            self._application = LedgerStore(lambda env: PostgresLedgerFactory(env, self))
        return self._application

    def close(self) -> None:
        """Close the connections; those in use close when their callers are done."""
        self._closed = True
        self._forget()


def _flaw(connection: Connection, index: tuple[Any, ...]) -> str:
    """What is wrong with an index, by (the amcheck extension's schema, oid, name); empty where nothing is."""
    schema, oid, name = index
    check = SQL("SELECT {}.bt_index_check(%s::oid::regclass, true)").format(Identifier(schema))
    try:
        with connection.transaction():
            connection.execute(check, (oid,))
    except (errors.InternalError, errors.IndexCorrupted, errors.DataCorrupted) as error:
        return f"{name}: {str(error).splitlines()[0]}"
    return ""


def _cut_apart(url: str) -> bool:
    """Whether libpq takes part of the password for the host or database, as it does after an unescaped ``@`` or ``/``.
    """
    login = url.partition("?")[0].partition("//")[2].rpartition("@")[0]
    return "@" in login or "/" in login


def _gone(error: psycopg.Error) -> bool:
    """Whether the connection is lost (no state, class 08) or the server is going away (57P)."""
    return isinstance(error, psycopg.OperationalError) and (error.sqlstate or "08")[:3] in ("08", "080", "57P")


def _code(error: psycopg.Error) -> str:
    match error:
        case errors.LockNotAvailable():
            return "STORE_LOCKED"
        case errors.DiskFull():
            return "STORE_DISK_FULL"
        case errors.ReadOnlySqlTransaction():
            return "STORE_READ_ONLY"
        case errors.InsufficientPrivilege():
            return "STORE_DENIED"
        case errors.UndefinedTable():
            return "STORE_MISSING"
        case errors.DuplicateTable() | errors.DuplicateFunction():
            return "STORE_FOREIGN"
        case psycopg.OperationalError():
            return "STORE_UNREACHABLE"
        case _:
            return "STORE_BROKEN"
