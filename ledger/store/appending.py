"""Appending: what is decided under the write lock, and what is remembered between appends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, cast

from ledger.domain.declare import NamedTuple
from ledger.domain.errors import Refusal
from ledger.store import heads, records
from ledger.store.database import Conflict, Database, Extension, Question, Transaction
from ledger.store.heads import Head, head_of, move
from ledger.store.leaf import Draft, StoredRow, moment_of, seal
from ledger.store.records import Idempotency

if TYPE_CHECKING:
    from ledger.store.application import LedgerRecorder

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


_LAST = "SELECT max(notification_id) FROM stored_events"
_UNKNOWN = _Tail(-1, 0)  # no ledger ends there: look it up


class _Turn:
    """A lock that a thread may hold several times; waiting for another thread ends with a Refusal after TURN_SECONDS.
    """

    def __init__(self, store: str) -> None:
        self._store = store
        self._lock = RLock()

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=TURN_SECONDS):
            raise Refusal("STORE_LOCKED", "store", store=self._store)

    def __exit__(self, *raised: object) -> None:
        self._lock.release()


class Appender:
    """Write transactions over one database, one after another.

    The cached end of the ledger and heads of streams hold as long as nobody else has appended, which one look at the
    last position shows. The cache is changed by one thread at a time, after a commit or within a group that is going to
    commit.
    """

    def __init__(self, database: Database, extensions: Sequence[Extension]) -> None:
        self._database = database
        self._extensions = tuple(extensions)
        self._prepared = not self._extensions
        self._turn = _Turn(database.name)
        self._tail = _UNKNOWN
        self._heads: dict[str, Head] = {}
        self._others = False  # whether somebody else had appended since, the last time that was looked at

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """The write lock and a transaction; the extensions' tables are made first where they are missing."""
        with self._database.writing() as transaction:
            if not self._prepared and _makes_tables(transaction):
                for extension in self._extensions:
                    for statement in extension.schema(transaction.dialect):
                        transaction.execute(statement)
            yield transaction
        self._prepared = True

    @contextmanager
    def group_commit(self) -> Iterator[None]:
        """One commit for everything that this thread appends and writes inside: durable at the end, not before.

        Each append still happens wholly or not at all; a refused one does not undo the others. Other writers see none
        of it and wait until the end. Where the commit fails nothing was recorded, and its Refusal is raised.
        """
        with self._turn:
            try:
                with self.writing():
                    yield
            except BaseException:
                self._tail = _UNKNOWN  # what is remembered may never have been committed
                self._heads.clear()
                self._prepared = not self._extensions
                raise

    def append(
        self, contract: str, drafts: Sequence[Draft], *, now: Callable[[], int], recorded_by: str,
        expected_seq: int | None = None, idempotency: Idempotency | None = None, also: Also | None = None,
        moment: Moment = max, ahead: Sequence[Question] = (),
    ) -> list[StoredRow]:  # fmt: skip
        """Append ``drafts`` to one contract in one transaction: all of them durably, or none.

        Under the write lock the contract must stand at the seq they were decided upon (0: not registered, None: any),
        else :class:`Conflict`; so must an idempotency key be new (Conflict too: look the answer up with
        :meth:`~ledger.store.store.Store.answer`). All rows get one ``recorded_at``: what ``moment`` makes of ``now()``
        and the ledger's last (the later of the two, if left out). ``also`` runs last in the same transaction; ``ahead``
        is what it will look up for certain. Returns the rows in the order given.
        """
        application = self._database.application()
        with self._turn:
            far = self._database.dialect == "postgresql"  # only what is far away is asked ahead
            asked = self._ahead(contract, idempotency, ahead) if far else ()
            with self._database.writing(asked) if self._prepared else self.writing() as transaction:
                self._catch_up(transaction)
                _refuse_answered(transaction, idempotency)
                at = moment(now(), self._tail.recorded_at)
                head = self._heads.get(contract) or head_of(transaction, contract, self._database.name)
                if expected_seq is not None and expected_seq != head.seq:
                    raise Conflict(contract, expected_seq, head.seq)
                rows = seal(contract, drafts, head.seq, head.digest, self._tail.position, at, recorded_by)
                if rows:
                    move(transaction, rows[-1])  # before the facts: see ledger.store.schema
                    cast("LedgerRecorder", application.recorder).record(transaction, rows)
                    for extension in self._extensions:
                        extension.appended(transaction, rows)
                if idempotency is not None:
                    records.remember(transaction, idempotency, rows, at=at)
                if also is not None:
                    also(transaction, rows)
            if rows:
                last = rows[-1]
                self._tail, self._heads[contract] = _Tail(last.position, at), Head(last.seq, last.position, last.digest)
        return rows

    def _ahead(
        self, contract: str, idempotency: Idempotency | None, also: Sequence[Question]
    ) -> list[Question]:
        """What an append will look up in any case, or probably, as somebody else appends too."""
        asked = [(_LAST, ()), *also]
        if self._others:
            asked += [heads.END, heads.head_question(contract)]
        for extension in self._extensions:
            asked += extension.ahead()
        if idempotency is not None:
            asked += records.before_remembering(idempotency)
        return asked

    def _catch_up(self, transaction: Transaction) -> None:
        """Refresh what is cached where somebody else has appended meanwhile."""
        found = transaction.query(_LAST)[0][0] or 0
        self._others = found != self._tail.position
        if self._others:
            self._heads.clear()
            last, leaf = heads.end_of(transaction, self._database.name)
            self._tail = _Tail(last.position, moment_of(leaf, last.position)) if leaf else _Tail(0, 0)
        elif len(self._heads) > REMEMBERED:
            self._heads.clear()


def _makes_tables(transaction: Transaction) -> bool:
    """May whoever writes make tables? Where not, its owner has made them."""
    if transaction.dialect == "sqlite":
        return True
    return bool(transaction.query("SELECT has_schema_privilege(current_schema(), 'CREATE')")[0][0])


def _refuse_answered(transaction: Transaction, guard: Idempotency | None) -> None:
    if guard and transaction.query(records.SELECT_ANSWER, (guard.principal, guard.key)):
        raise Conflict(guard.key, 0, 1)
