"""The store's two verbs: append under the write lock, and read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ledger.domain.errors import Refusal
from ledger.domain.facts import Fact
from ledger.domain.moments import parse_utc
from ledger.store import records
from ledger.store.appending import Also, Appender, Batch, Head, head_of
from ledger.store.database import Database, Dialect, Extension, Transaction
from ledger.store.leaf import NO_PREV, Draft, StoredRow, decode, digest_of, originator
from ledger.store.recorded import fact_of
from ledger.store.records import Answer, Idempotency, Record

if TYPE_CHECKING:
    from ledger.store.application import LedgerStore

READ_ROWS = 2000  # rows fetched at a time while streaming


class Store:
    """A ledger that is open. Safe to use from several threads; close it, or use it in a ``with``."""

    def __init__(self, database: Database, extensions: Sequence[Extension] = (), url: str = "") -> None:
        self._database = database
        self.url = url
        self._appender = Appender(database, extensions)
        if database.made and extensions:
            with self.writing():
                pass  # makes the extensions' tables, so that they can be read before the first fact

    @property
    def dialect(self) -> Dialect:
        """``sqlite`` or ``postgresql``."""
        return self._database.dialect

    def application(self) -> LedgerStore:
        """The eventsourcing application underneath, for what the library can read."""
        return self._database.application()

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
        expected_seq: int | None = None, idempotency: Idempotency | None = None, also: Also | None = None,
    ) -> list[StoredRow]:  # fmt: skip
        """Append ``drafts`` to one contract; see :meth:`append_many`."""
        return self._appender.append([(contract, drafts, expected_seq)], now, recorded_by, idempotency, also)

    def append_many(
        self, batches: Iterable[Batch], *, now: Callable[[], int], recorded_by: str,
        idempotency: Idempotency | None = None, also: Also | None = None,
    ) -> list[StoredRow]:  # fmt: skip
        """Append facts of several contracts in one transaction: all of them durably, or none.

        Under the write lock each contract must stand at its expected seq, else :class:`Conflict`; so must an
        idempotency key be new (Conflict too: look the answer up with :meth:`answer`). All rows get one
        ``recorded_at``: ``now()`` in µs, or the ledger's last where the clock stands behind it. ``also`` runs
        last in the same transaction. Returns the rows in the order given.
        """
        return self._appender.append(batches, now, recorded_by, idempotency, also)

    def writing(self) -> AbstractContextManager[Transaction]:
        """The write lock and a transaction, for what an extension keeps outside an append."""
        return self._appender.writing()

    def group_commit(self) -> AbstractContextManager[None]:
        """One commit for all that this thread appends and writes inside: durable at the end, not before.

        Each append is still all or nothing by itself; one that is refused undoes nothing of the others. Others
        see nothing of it and wait with their writing until the end. Where the commit fails nothing was recorded,
        and its Refusal is raised.
        """
        return self._appender.group_commit()

    # --- reading facts ---------------------------------------------------------------------------

    def contracts(self) -> list[str]:
        """Every contract's number, in the order of registration."""
        found = self._database.query(
            "SELECT notification_id, state FROM stored_events WHERE originator_version = 1 ORDER BY notification_id"
        )
        return [decode(leaf, position)["contract"] for position, leaf in found]

    def head(self, contract: str) -> Head:
        """The contract's last seq, its position and digest (0, 0, 64 zeros where there is none)."""
        return head_of(self._database, contract)

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

        Refusal CHAIN_BROKEN, naming the fact, where a ``prev`` is not the digest of the fact before, and
        LEAF_BROKEN where the bytes are no fact.
        """
        prev = NO_PREV if after_seq == 0 else None
        for position, seq, leaf in self.rows(contract, after_seq, up_to_position):
            fields = decode(leaf, position)
            if prev is not None and fields.get("prev") != prev:
                raise Refusal("CHAIN_BROKEN", fact=f"{contract}#{seq}")
            prev = digest_of(leaf)
            yield position, fields, prev

    def facts(self, contract: str, after_seq: int = 0, up_to_position: int | None = None) -> list[Fact]:
        """A contract's facts by seq, those recorded up to a position only where one is given.

        Refusals as for :meth:`decoded`, and STORE_NEWER for a type or version this program does not know.
        """
        prev = None
        facts: list[Fact] = []
        for position, fields, digest in self.decoded(contract, after_seq, up_to_position):
            facts.append(fact_of(self._database.name, contract, position, fields, digest, prev))
            prev = digest
        return facts

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
            raise Refusal("LEAF_BROKEN", position=position, detail="missing")
        return parse_utc(decode(found[0][0], position)["recorded_at"])

    # --- for the extensions' own tables ----------------------------------------------------------

    def scrub(self) -> None:
        """Leave nothing of what was removed in the files of a database that is one; idempotent."""
        self._database.scrub()

    def holds(self, table: str) -> bool:
        """Whether there is a table of this name yet."""
        known = {
            "sqlite": "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?",
            "postgresql": "SELECT 1 WHERE to_regclass(?) IS NOT NULL",
        }
        return bool(self._database.query(known[self.dialect], (table,)))

    def query(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a SELECT on an extension's tables (``?`` for a parameter)."""
        return self._database.query(sql, params)

    # --- what is kept beside them ----------------------------------------------------------------

    def answer(self, principal: str, key: str) -> Answer | None:
        """What was answered to this principal's request with this idempotency key, if anything."""
        found = self._database.query(records.SELECT_ANSWER, (principal, key))
        return Answer(found[0][0], bytes(found[0][1]), found[0][2]) if found else None

    def put(self, kind: str, key: str, value: bytes, *, at: int) -> None:
        """Write a replaceable record at ``at`` µs. Refusal RECORD_KEPT where a kept one has that key."""
        with self.writing() as transaction:
            records.put(transaction, kind, key, value, at=at)

    def keep(self, kind: str, key: str, value: bytes, *, at: int) -> None:
        """Write a record for good; the same bytes again do nothing. Refusal RECORD_KEPT for other bytes."""
        with self.writing() as transaction:
            records.keep(transaction, kind, key, value, at=at)

    def remove(self, kind: str, key: str) -> None:
        """Remove a replaceable record, if it is there. Refusal RECORD_KEPT for a kept one."""
        with self.writing() as transaction:
            records.remove(transaction, kind, key)

    def get(self, kind: str, key: str) -> bytes | None:
        """The value of a record, None where there is none."""
        found = self._database.query(records.SELECT_RECORD, (kind, key))
        return bytes(found[0][1]) if found else None

    def list(self, kind: str) -> list[Record]:
        """Every record of a kind, by key."""
        found = self._database.query(records.SELECT_KIND, (kind,))
        return [Record(key, bytes(value), recorded_at) for key, value, recorded_at in found]
