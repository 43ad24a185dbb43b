"""The store's two verbs: append under the write lock, and read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, NamedTuple, Self

from ledger.domain.errors import Refusal
from ledger.domain.moments import parse_utc
from ledger.store import records
from ledger.store.database import Conflict, Database, Dialect, Extension, Transaction
from ledger.store.leaf import NO_PREV, Draft, StoredRow, decode, digest_of, originator, seal
from ledger.store.records import Answer, Idempotency, Record

READ_ROWS = 2000  # rows fetched at a time while streaming

Batch = tuple[str, Sequence[Draft], int | None]
"""A contract, its drafts in order, and the seq they were decided upon (0: not registered, None: any)."""


class Head(NamedTuple):
    """The last fact of a contract; seq 0, position 0 and 64 zeros where there is none."""

    seq: int
    position: int
    digest: str


class _Tail(NamedTuple):
    """The last fact of the whole ledger; ``recorded_at`` in µs."""

    position: int
    recorded_at: int


_NO_HEAD = Head(0, 0, NO_PREV)


class Store:
    """A ledger that is open. Safe to use from several threads; close it, or use it in a ``with``."""

    def __init__(self, database: Database, extensions: Sequence[Extension] = ()) -> None:
        self._database = database
        self._extensions = tuple(extensions)
        self._extended = not self._extensions
        # What is known of the end of the ledger and of streams, true as long as nobody else has appended.
        self._tail = _Tail(0, 0)
        self._heads: dict[str, Head] = {}

    @property
    def dialect(self) -> Dialect:
        """``sqlite`` or ``postgresql``."""
        return self._database.dialect

    def close(self) -> None:
        """Let go of the database; idempotent."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- appending -------------------------------------------------------------------------------

    def append(
        self, contract: str, drafts: Sequence[Draft], *, now: Callable[[], int], recorded_by: str,
        expected_seq: int | None = None, idempotency: Idempotency | None = None,
        also: Callable[[Transaction, Sequence[StoredRow]], None] | None = None,
    ) -> list[StoredRow]:  # fmt: skip
        """Append ``drafts`` to one contract; see :meth:`append_many`."""
        batches = [(contract, drafts, expected_seq)]
        return self.append_many(batches, now=now, recorded_by=recorded_by, idempotency=idempotency, also=also)

    def append_many(
        self, batches: Iterable[Batch], *, now: Callable[[], int], recorded_by: str,
        idempotency: Idempotency | None = None,
        also: Callable[[Transaction, Sequence[StoredRow]], None] | None = None,
    ) -> list[StoredRow]:  # fmt: skip
        """Append facts of several contracts in one transaction: all of them durably, or none.

        Under the write lock each contract must stand at its expected seq, else :class:`Conflict`; so must an
        idempotency key be new (Conflict too: look the answer up with :meth:`answer`). All rows get one
        ``recorded_at``: ``now()`` in µs, or the ledger's last where the clock stands behind it. ``also`` runs
        last in the same transaction. Returns the rows in the order given.
        """
        application = self._database.application()
        with self._database.writing() as transaction:
            self._catch_up(transaction)
            self._refuse_answered(transaction, idempotency)
            at = max(now(), self._tail.recorded_at)
            heads = dict[str, Head]()
            rows = self._seal(transaction, batches, heads, at, recorded_by)
            if rows:
                application.record(transaction, rows)
                self._extend(transaction, rows)
                if idempotency is not None:
                    records.remember(transaction, idempotency, rows)
                if also is not None:
                    also(transaction, rows)
        if rows:
            self._tail = _Tail(rows[-1].position, at)
            self._heads.update(heads)
        return rows

    def _catch_up(self, transaction: Transaction) -> None:
        """Make what is remembered of the ledger's end true; a single look when nobody else has appended."""
        found = transaction.query("SELECT max(notification_id) FROM stored_events")[0][0] or 0
        if found == self._tail.position:
            return
        self._heads.clear()
        leaf = transaction.query("SELECT state FROM stored_events WHERE notification_id = ?", (found,))[0][0]
        self._tail = _Tail(found, parse_utc(decode(leaf)["recorded_at"]))

    def _seal(
        self,
        transaction: Transaction,
        batches: Iterable[Batch],
        heads: dict[str, Head],
        at: int,
        recorded_by: str,
    ) -> list[StoredRow]:
        rows: list[StoredRow] = []
        position = self._tail.position
        for contract, drafts, expected in batches:
            head = heads.get(contract) or self._heads.get(contract) or _head(transaction, contract)
            if expected is not None and expected != head.seq:
                raise Conflict(contract, expected, head.seq)
            sealed = seal(
                contract, drafts, seq=head.seq, prev=head.digest, position=position, recorded_at=at,
                recorded_by=recorded_by,
            )  # fmt: skip
            if sealed:
                position = sealed[-1].position
                heads[contract] = Head(sealed[-1].seq, position, sealed[-1].digest)
                rows += sealed
        return rows

    def _extend(self, transaction: Transaction, rows: Sequence[StoredRow]) -> None:
        if not self._extended:
            for extension in self._extensions:
                for statement in extension.schema(transaction.dialect):
                    transaction.execute(statement)
        for extension in self._extensions:
            extension.appended(transaction, rows)
        self._extended = True

    def _refuse_answered(self, transaction: Transaction, guard: Idempotency | None) -> None:
        if guard and transaction.query(records.SELECT_ANSWER, (guard.principal, guard.key)):
            raise Conflict(guard.key, 0, 1)

    # --- reading facts ---------------------------------------------------------------------------

    def contracts(self) -> list[str]:
        """Every contract's number, in the order of registration."""
        found = self._database.query(
            "SELECT state FROM stored_events WHERE originator_version = 1 ORDER BY notification_id"
        )
        return [decode(leaf)["contract"] for (leaf,) in found]

    def head(self, contract: str) -> Head:
        """The contract's last seq, its position and digest (0, 0, 64 zeros where there is none)."""
        return _head(self._database, contract)

    def last_seq(self, contract: str) -> int:
        """The contract's last seq, 0 where it is not registered."""
        found = self._database.query(
            "SELECT max(originator_version) FROM stored_events WHERE originator_id = ?",
            (originator(contract),),
        )
        return found[0][0] or 0

    def rows(
        self, contract: str, after_seq: int = 0, up_to_position: int | None = None
    ) -> Iterator[tuple[int, int, bytes]]:
        """(position, seq, leaf) of a contract's facts by seq, as they stand in the database."""
        stream, last = originator(contract), (1 << 62) if up_to_position is None else up_to_position
        while True:
            found = self._database.query(
                "SELECT notification_id, originator_version, state FROM stored_events WHERE originator_id = ?"
                " AND originator_version > ? AND notification_id <= ? ORDER BY originator_version LIMIT ?",
                (stream, after_seq, last, READ_ROWS),
            )
            yield from found
            if len(found) < READ_ROWS:
                return
            after_seq = found[-1][1]

    def decoded(
        self, contract: str, after_seq: int = 0, up_to_position: int | None = None
    ) -> Iterator[tuple[int, dict[str, Any], str]]:
        """(position, leaf as JSON, digest) of a contract's facts by seq, the chain checked on the way.

        Refusal CHAIN_BROKEN, naming the fact, where a ``prev`` is not the digest of the fact before.
        """
        prev = ""
        for position, seq, leaf in self.rows(contract, after_seq, up_to_position):
            fields = decode(leaf)
            named = fields["prev"]
            if named != prev and (prev or (seq == 1 and named != NO_PREV)):
                raise Refusal("CHAIN_BROKEN", fact=f"{contract}#{seq}")
            prev = digest_of(leaf)
            yield position, fields, prev

    def leaves(self, start: int = 1, stop: int | None = None) -> Iterator[tuple[int, bytes]]:
        """(position, leaf) of every fact from position ``start`` up to but without ``stop``, streamed.

        The leaf index in the log is position - 1.
        """
        end = (1 << 62) if stop is None else stop
        while start < end:
            found = self._database.query(
                "SELECT notification_id, state FROM stored_events WHERE notification_id >= ?"
                " AND notification_id < ? ORDER BY notification_id LIMIT ?",
                (start, end, READ_ROWS),
            )
            yield from found
            if len(found) < READ_ROWS:
                return
            start = found[-1][0] + 1

    def leaf_count(self) -> int:
        """How many facts the whole ledger holds; also the last position."""
        return self._database.query("SELECT max(notification_id) FROM stored_events")[0][0] or 0

    def position_at(self, moment: int) -> int:
        """The last position recorded at or before ``moment`` (µs), 0 where there is none.

        Found by bisection, for ``recorded_at`` never decreases with the position.
        """
        low, high = 0, self.leaf_count()
        if high and self._recorded_at(high) <= moment:
            return high
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._recorded_at(middle) <= moment else (low, middle - 1)
        return low

    def _recorded_at(self, position: int) -> int:
        found = self._database.query("SELECT state FROM stored_events WHERE notification_id = ?", (position,))
        if not found:
            raise Refusal("STORE_BROKEN", detail=f"no fact at position {position}")
        return parse_utc(decode(found[0][0])["recorded_at"])

    # --- for the extensions' own tables ----------------------------------------------------------

    def query(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a SELECT on an extension's tables (``?`` for a parameter)."""
        return self._database.query(sql, params)

    def writing(self) -> AbstractContextManager[Transaction]:
        """The write lock and a transaction, for what an extension keeps outside an append."""
        return self._database.writing()

    # --- what is kept beside them ----------------------------------------------------------------

    def answer(self, principal: str, key: str) -> Answer | None:
        """What was answered to this principal's request with this idempotency key, if anything."""
        found = self._database.query(records.SELECT_ANSWER, (principal, key))
        return Answer(found[0][0], bytes(found[0][1]), found[0][2]) if found else None

    def put(self, kind: str, key: str, value: bytes, *, at: int) -> None:
        """Write a replaceable record at ``at`` µs. Refusal RECORD_KEPT where a kept one has that key."""
        with self._database.writing() as transaction:
            records.put(transaction, kind, key, value, at=at)

    def keep(self, kind: str, key: str, value: bytes, *, at: int) -> None:
        """Write a record for good; the same bytes again do nothing. Refusal RECORD_KEPT for other bytes."""
        with self._database.writing() as transaction:
            records.keep(transaction, kind, key, value, at=at)

    def remove(self, kind: str, key: str) -> None:
        """Remove a replaceable record, if it is there. Refusal RECORD_KEPT for a kept one."""
        with self._database.writing() as transaction:
            records.remove(transaction, kind, key)

    def get(self, kind: str, key: str) -> bytes | None:
        """The value of a record, None where there is none."""
        found = self._database.query(records.SELECT_RECORD, (kind, key))
        return bytes(found[0][1]) if found else None

    def list(self, kind: str) -> list[Record]:
        """Every record of a kind, by key."""
        found = self._database.query(records.SELECT_KIND, (kind,))
        return [Record(key, bytes(value), recorded_at) for key, value, recorded_at in found]


def _head(source: Database | Transaction, contract: str) -> Head:
    found = source.query(
        "SELECT originator_version, notification_id, state FROM stored_events WHERE originator_id = ?"
        " ORDER BY originator_version DESC LIMIT 1",
        (originator(contract),),
    )
    return Head(found[0][0], found[0][1], digest_of(found[0][2])) if found else _NO_HEAD
