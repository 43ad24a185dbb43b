"""Appending: what is decided under the write lock, and what is remembered between appends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import NamedTuple

from ledger.domain.errors import Refusal
from ledger.store import records
from ledger.store.database import Conflict, Database, Extension, Transaction
from ledger.store.heads import Head, head_of, move
from ledger.store.leaf import Draft, StoredRow, moment_of, seal
from ledger.store.records import Idempotency

Batch = tuple[str, Sequence[Draft], int | None]
"""A contract, its drafts in order, and the seq they were decided upon (0: not registered, None: any)."""

Also = Callable[[Transaction, Sequence[StoredRow]], None]
"""What a caller adds to the same transaction, given the rows just recorded."""

Moment = Callable[[int, int], int]
"""The ``recorded_at`` for a clock's reading and the ledger's last moment; raises Refusal where they do not agree."""

REMEMBERED = 100_000  # contracts whose last fact is remembered between appends
TURN_SECONDS = 10.0  # how long one thread waits for the others of this process


class _Tail(NamedTuple):
    """The last fact of the whole ledger; ``recorded_at`` in µs."""

    position: int
    recorded_at: int


_UNKNOWN = _Tail(-1, 0)  # what no ledger stands at: look


class Appender:
    """One write transaction after another over one database.

    What is remembered of the ledger's end and of the streams' heads holds for as long as nobody else has
    appended, which one look at the last position tells. It changes one thread at a time, after a commit or within
    a group that is going to commit.
    """

    def __init__(self, database: Database, extensions: Sequence[Extension]) -> None:
        self._database = database
        self._extensions = tuple(extensions)
        self._prepared = not self._extensions
        self._turn = RLock()
        self._tail = _UNKNOWN
        self._heads: dict[str, Head] = {}

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """The write lock and a transaction, the extensions' tables being there."""
        with self._database.writing() as transaction:
            if not self._prepared and _makes_tables(transaction):
                for extension in self._extensions:
                    for statement in extension.schema(transaction.dialect):
                        transaction.execute(statement)
            yield transaction
        self._prepared = True

    @contextmanager
    def group_commit(self) -> Iterator[None]:
        """See :meth:`ledger.store.store.Store.group_commit`."""
        with self._my_turn():
            try:
                with self.writing():
                    yield
            except BaseException:
                self._tail = _UNKNOWN  # what is remembered may never have been committed
                self._heads.clear()
                self._prepared = not self._extensions
                raise

    def append(
        self, batches: Iterable[Batch], now: Callable[[], int], recorded_by: str,
        idempotency: Idempotency | None, also: Also | None, moment: Moment = max,
    ) -> list[StoredRow]:  # fmt: skip
        """See :meth:`ledger.store.store.Store.append_many`."""
        application = self._database.application()
        with self._my_turn():
            with self.writing() as transaction:
                self._catch_up(transaction)
                _refuse_answered(transaction, idempotency)
                at = moment(now(), self._tail.recorded_at)
                heads = dict[str, Head]()
                rows = self._seal(transaction, batches, heads, at, recorded_by)
                if rows:
                    move(transaction, heads, rows[-1])  # before the facts: see ledger.store.schema
                    application.record(transaction, rows)
                    for extension in self._extensions:
                        extension.appended(transaction, rows)
                if idempotency is not None:
                    records.remember(transaction, idempotency, rows, at=at)
                if also is not None:
                    also(transaction, rows)
            if rows:
                self._tail = _Tail(rows[-1].position, at)
                self._heads.update(heads)
        return rows

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        if not self._turn.acquire(timeout=TURN_SECONDS):
            raise Refusal("STORE_LOCKED", "store", store=self._database.name)
        try:
            yield
        finally:
            self._turn.release()

    def _catch_up(self, transaction: Transaction) -> None:
        """Make what is remembered true again where somebody else has appended meanwhile."""
        found = transaction.query("SELECT max(notification_id) FROM stored_events")[0][0] or 0
        if found != self._tail.position:
            self._heads.clear()
            self._tail = self._tail_of(transaction)
        elif len(self._heads) > REMEMBERED:
            self._heads.clear()

    def _tail_of(self, transaction: Transaction) -> _Tail:
        last = head_of(transaction, None, self._database.name).position
        if not last:
            return _Tail(0, 0)
        leaf = transaction.query("SELECT state FROM stored_events WHERE notification_id = ?", (last,))[0][0]
        return _Tail(last, moment_of(leaf, last))

    def _seal(
        self, transaction: Transaction, batches: Iterable[Batch], heads: dict[str, Head], at: int,
        recorded_by: str,
    ) -> list[StoredRow]:  # fmt: skip
        """The rows to record, each contract standing where its drafts were decided upon; fills ``heads``."""
        rows: list[StoredRow] = []
        position = self._tail.position
        for contract, drafts, expected in batches:
            head = heads.get(contract) or self._heads.get(contract)
            head = head or head_of(transaction, contract, self._database.name)
            if expected is not None and expected != head.seq:
                raise Conflict(contract, expected, head.seq)
            rows += seal(contract, drafts, head.seq, head.digest, position, at, recorded_by)
            if drafts:
                position = rows[-1].position
                heads[contract] = Head(rows[-1].seq, position, rows[-1].digest)
        return rows


def _makes_tables(transaction: Transaction) -> bool:
    """May whoever writes make tables? Where not, its owner has made them."""
    if transaction.dialect == "sqlite":
        return True
    return bool(transaction.query("SELECT has_schema_privilege(current_schema(), 'CREATE')")[0][0])


def _refuse_answered(transaction: Transaction, guard: Idempotency | None) -> None:
    if guard and transaction.query(records.SELECT_ANSWER, (guard.principal, guard.key)):
        raise Conflict(guard.key, 0, 1)
