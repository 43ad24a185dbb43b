"""The store: append under the write lock, and read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ledger.collector import collector_paused
from ledger.domain.declare import NamedTuple
from ledger.domain.errors import Refusal
from ledger.domain.fact import Fact
from ledger.log.tables import Query, as_bytes
from ledger.store import records
from ledger.store.appending import Appender
from ledger.store.database import Database, Dialect, Extension, holds
from ledger.store.decoding import decode_fact
from ledger.store.heads import NO_HEAD, Head, damaged, head_of, heads_of, kept_head
from ledger.store.leaf import NO_PREV, decode, moment_of, originator, parse
from ledger.store.records import Answer, Record
from ledger.store.schema import LEDGER, SCHEMA_VERSION
from ledger.store.service_role import let_serve
from ledger.store.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from ledger.store.application import LedgerStore

READ_ROWS = 2000  # rows fetched at a time while streaming
FIRST_ROWS = 100  # of each contract, where many are read at once
_LAST = 1 << 62  # beyond every position


class FirstRows(NamedTuple):
    """Where a contract ends, and its first facts as stored: (position, seq, leaf)."""

    head: Head
    rows: Sequence[tuple[Any, ...]] = ()


class Store:
    """An open ledger. Safe to use from several threads; close it, or use it in a ``with``."""

    def __init__(self, database: Database, extensions: Sequence[Extension] = (), url: str = "") -> None:
        self._database = database
        self.url = url
        appender = Appender(database, extensions)
        self.append, self.writing, self.group_commit = appender.append, appender.writing, appender.group_commit
        if database.made and extensions:
            with self.writing():
                pass  # makes the extensions' tables, so that they can be read before the first fact

    @property
    def version(self) -> int:
        """The version of its tables, to which opening it has brought them."""
        return SCHEMA_VERSION

    @property
    def dialect(self) -> Dialect:
        """``sqlite`` or ``postgresql``."""
        return self._database.dialect

    @property
    def replica(self) -> bool:
        """Whether it follows another server, which takes the writes and may be ahead of it."""
        return self._database.replica

    @property
    def transacting(self) -> bool:
        """Whether this thread has a write transaction open, in which it reads what is not committed."""
        return self._database.transacting

    def application(self) -> LedgerStore:
        """The eventsourcing application underneath, for what the library can read."""
        return self._database.application()

    def close(self) -> None:
        """Close the database; idempotent."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- reading facts ---------------------------------------------------------------------------

    # Each reading is held against the heads: Refusal STORE_DAMAGED where an index or the table of heads is damaged.

    def contracts(self) -> list[str]:
        """Every contract's number, in the order of registration."""
        kept = self._database.query("SELECT originator_id FROM heads")
        found = self._database.query(
            "SELECT notification_id, state FROM stored_events WHERE originator_version = 1 ORDER BY notification_id"
        )
        contracts = []
        for position, leaf in found:
            contract = decode(leaf, position).get("contract")
            if not isinstance(contract, str):
                raise Refusal("LEAF_BROKEN", position=position, detail="contract")
            contracts.append(contract)
        missing = {_hex(stream) for (stream,) in kept} - {LEDGER, *map(originator, contracts)}
        if missing:
            raise damaged(self._database.name, min(missing), kept=Head(1, 0, ""), found=NO_HEAD)
        return contracts

    def registrations(self, after: int, up_to: int, most: int) -> list[tuple[int, str]]:
        """(position, number) of the next contracts registered after a position up to another, at most ``most``."""
        found = self._database.query(
            "SELECT notification_id, state FROM stored_events WHERE originator_version = 1 AND notification_id > ?"
            " AND notification_id <= ? ORDER BY notification_id LIMIT ?", (after, up_to, most),
        )  # fmt: skip
        return [(position, str(decode(leaf, position)["contract"])) for position, leaf in found]

    def registered(self) -> int:
        """The number of streams."""
        return int(self._database.query("SELECT count(*) FROM stored_events WHERE originator_version = 1")[0][0])

    def head(self, contract: str) -> Head:
        """The contract's last seq, its position and digest (0, 0, 64 zeros where there is none)."""
        return head_of(self._database, contract, self._database.name)

    def heads_of(self, contracts: Sequence[str]) -> list[Head]:
        """The heads of these contracts, all of one moment."""
        return heads_of(self._database, contracts, self._database.name)

    def last_seq(self, contract: str) -> int:
        """The contract's last seq, 0 where it is not registered."""
        return self.head(contract).seq

    def rows(
        self, contract: str, after_seq: int = 0, up_to_position: int | None = None
    ) -> Iterator[tuple[int, int, bytes]]:
        """(position, seq, leaf) of a contract's facts by seq, checked as :meth:`decoded` does."""
        last = _LAST if up_to_position is None else up_to_position
        for found, _ in self._checked(contract, after_seq, None):
            yield from (row for row in found if row[0] <= last)

    def decoded(
        self, contract: str, after_seq: int = 0, up_to_position: int | None = None, prev: str | None = None
    ) -> Iterator[tuple[int, dict[str, Any], str]]:
        """(position, leaf as JSON, digest) of a contract's facts by seq, the chain checked on the way up to its head.

        ``prev`` is the digest of the fact at ``after_seq``, where the caller knows it. Refusal CHAIN_BROKEN, naming
        the fact, where a ``prev`` is not the digest of the fact before, LEAF_BROKEN where the bytes are no fact, and
        STORE_DAMAGED, once all are read, where they do not end with the contract's head.
        """
        last = _LAST if up_to_position is None else up_to_position
        for found, digests in self._checked(contract, after_seq, prev):
            for (position, _, leaf), digest in zip(found, digests, strict=True):
                if position <= last:
                    yield position, decode(leaf, position), digest

    def first_rows(self, contracts: Sequence[str]) -> dict[str, FirstRows]:
        """The head of each of these contracts and its first facts as stored, unchecked, by two queries for all: what
        :meth:`facts` takes as ``first``.
        """
        if not contracts:
            return {}
        streams = {originator(contract): contract for contract in contracts}
        among = f"originator_id IN ({', '.join('?' * len(streams))})"
        heads = self._database.query(
            f"SELECT originator_id, seq, position, digest FROM heads WHERE {among}", tuple(streams)
        )
        rows = self._database.query(
            f"SELECT originator_id, notification_id, originator_version, state FROM stored_events WHERE {among}"
            " AND originator_version <= ? ORDER BY originator_id, originator_version", (*streams, FIRST_ROWS),
        )  # fmt: skip
        of: dict[str, list[tuple[Any, ...]]] = {stream: [] for stream in streams}
        for stream, *row in rows:
            of[_hex(stream)].append(tuple(row))
        return {
            streams[_hex(stream)]: FirstRows(
                Head(seq, position, digest.hex() if isinstance(digest, bytes) else ""),
                [row for row in of[_hex(stream)] if row[1] <= seq],
            )
            for stream, seq, position, digest in heads
        }

    def _checked(
        self, contract: str, after_seq: int, prev: str | None, first: FirstRows | None = None
    ) -> Iterator[tuple[list[tuple[int, int, bytes]], list[str]]]:
        """Rows (position, seq, leaf) and their digests, in blocks, each proven by the ``prev`` after it or by the head.

        So whoever decodes them meets no bytes that are not as they were recorded. Up to the head of ``first``, which
        the caller has read already, or to the one kept now.
        """
        stream, head = originator(contract), first.head if first else kept_head(self._database, contract)
        read = first.rows if first and after_seq == 0 else ()
        seq, position, digest = after_seq, 0, NO_PREV if after_seq == 0 else prev
        held: list[tuple[tuple[int, int, bytes], str]] = []  # the last row read, until the next one's prev proves it
        while seq < head.seq:  # what is recorded meanwhile lies beyond the head that was read first
            # seqs have no gap; a LIMIT instead would sort all that remain each time
            found = list(read) or self._database.query(
                "SELECT notification_id, originator_version, state FROM stored_events WHERE originator_id = ?"
                " AND originator_version > ? AND originator_version <= ? ORDER BY originator_version",
                (stream, seq, min(seq + READ_ROWS, head.seq)),
            )
            read, digests = (), [digest for _, digest in held]
            for place, number, leaf in found:
                if leaf.__class__ is not bytes or (digest is not None and leaf[-66:-2] != digest.encode()):
                    raise _unchained(contract, number, place, leaf)
                if number != seq + 1 or place <= position:
                    raise damaged(self._database.name, contract, head, Head(seq, position, digest or ""))
                seq, position, digest = number, place, sha256(leaf).hexdigest()
                digests.append(digest)
            if not found:
                break
            found = [row for row, _ in held] + found
            if seq < head.seq:
                held = [(found.pop(), digests.pop())]
            elif digest != head.digest:
                decode(found[-1][2], position)
                break
            yield found, digests
        beyond = digest is None and after_seq >= head.seq  # of the fact asked after nothing is known
        if not beyond and (seq, digest) != (head.seq, head.digest):
            raise damaged(self._database.name, contract, head, Head(seq, position, digest or ""))

    def facts(
        self, contract: str, after_seq: int = 0, up_to_position: int | None = None, prev: str | None = None,
        first: FirstRows | None = None,
    ) -> list[Fact]:  # fmt: skip
        """A contract's facts by seq, those recorded up to a position only where one is given.

        ``prev`` and refusals as for :meth:`decoded`; STORE_NEWER for a type or version this program does not know.
        ``first`` is where they end, and rows of them, where the caller has read that already.
        """
        with collector_paused():
            return list(self.each_fact(contract, after_seq, up_to_position, prev, first))

    def each_fact(
        self, contract: str, after_seq: int = 0, up_to_position: int | None = None, prev: str | None = None,
        first: FirstRows | None = None,
    ) -> Iterator[Fact]:  # fmt: skip
        """The facts one by one as they are read, never all in memory."""
        last, name = _LAST if up_to_position is None else up_to_position, self._database.name
        for found, digests in self._checked(contract, after_seq, prev, first):
            for (position, _, leaf), digest in zip(found, digests, strict=True):
                if position <= last:
                    yield decode_fact(name, position, parse(leaf, position), digest, prev)
                    prev = digest

    def facts_between(self, contract: str, first: int, last: int) -> list[Fact]:
        """A contract's facts of these numbers, both inclusive, as far as there are any; beside them only the next one
        is read.

        Each is proven by the ``prev`` of the one after it, or by the head. Refusals as for :meth:`facts`.
        """
        head = kept_head(self._database, contract)
        last = min(last, head.seq)
        found = self._database.query(
            "SELECT notification_id, originator_version, state FROM stored_events WHERE originator_id = ?"
            " AND originator_version BETWEEN ? AND ? ORDER BY originator_version",
            (originator(contract), first, min(last + 1, head.seq)),
        )
        if [seq for _, seq, _ in found] != list(range(first, min(last + 1, head.seq) + 1)):
            raise damaged(self._database.name, contract, head, Head(found[-1][1] if found else 0, 0, ""))
        digests = [sha256(leaf).hexdigest() for _, _, leaf in found]
        for digest, (place, seq, leaf) in zip(digests, found[1:], strict=False):
            if leaf[-66:-2] != digest.encode():
                raise _unchained(contract, seq, place, leaf)
        if last == head.seq and digests and digests[-1] != head.digest:
            raise damaged(self._database.name, contract, head, Head(last, found[-1][0], digests[-1]))
        wanted = zip(found[: last - first + 1], digests, strict=False)
        return [decode_fact(self._database.name, place, parse(leaf, place), digest)
                for (place, _, leaf), digest in wanted]  # fmt: skip

    def types(self, contract: str) -> set[str]:
        """The types of a contract's facts."""
        found = self._database.query(
            "SELECT DISTINCT topic FROM stored_events WHERE originator_id = ?", (originator(contract),)
        )
        return {topic.rpartition(".")[0] for (topic,) in found}

    def fact_in(self, leaf: Mapping[str, Any], position: int, digest: str, prev: str | None = None) -> Fact:
        """The fact in the stored JSON of a leaf. Refusal STORE_NEWER, LEAF_BROKEN; see :func:`decode_fact`."""
        return decode_fact(self._database.name, position, leaf, digest, prev)

    def leaves(self, start: int = 1, stop: int | None = None) -> Iterator[tuple[int, bytes]]:
        """(position, leaf) of every fact from position ``start`` up to but excluding ``stop``, unchecked, streamed.

        The leaf index in the log is position - 1.
        """
        end = _LAST if stop is None else stop
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

    def following(self, position: int, most: int) -> Iterator[tuple[int, bytes]]:
        """(position, leaf) of the next facts after ``position``, at most ``most``; a gap is never passed over silently.
        """
        last = min(self.leaf_count(), position + most)
        for found, leaf in self.leaves(position + 1, last + 1):
            if found != position + 1:
                break
            yield found, leaf
            position = found
        if position < last:
            raise damaged(self._database.name, None, Head(last, last, ""), Head(position, position, ""))

    def standing(self) -> int:
        """The last position, unchecked: for callers that check it in another way."""
        return self._database.query("SELECT max(notification_id) FROM stored_events")[0][0] or 0

    def leaf_count(self) -> int:
        """How many facts the whole ledger holds; also the last position."""
        return head_of(self._database, None, self._database.name).position

    def last_moment(self) -> int:
        """The ``recorded_at`` (µs) of the last fact of the ledger; 0 where it is empty."""
        last = self.leaf_count()
        return self._recorded_at(last) if last else 0

    def _recorded_at(self, position: int) -> int:
        found = self._database.query("SELECT state FROM stored_events WHERE notification_id = ?", (position,))
        if not found:
            raise Refusal("LEAF_BROKEN", position=position, detail="missing")
        return moment_of(found[0][0], position)

    def let_serve(self, role: str) -> None:
        """Grant an account of the PostgreSQL server the rights of a server, and no more; see :func:`let_serve`."""
        if self.dialect != "postgresql":
            raise Refusal("SERVICE_ROLE", "service", role=role)
        with self.writing() as transaction:
            let_serve(transaction, role)

    # --- copies ----------------------------------------------------------------------------------

    def copy_to(
        self, empty: Store, extensions: Sequence[Extension] = (), progress: Callable[[int], None] | None = None
    ) -> None:
        """Copy everything, as of one moment, into a ledger without facts, row by row.

        ``extensions`` are those whose tables exist, ``progress`` is called with the number of facts copied. Afterwards
        either everything is there or nothing. Refusal STORE_EXISTS where ``empty`` is not empty.
        """
        from ledger.store.copying import copy_rows

        with (
            Store(SqliteDatabase(":memory:", create=True), extensions) as described,
            self._database.snapshot() as rows, empty.writing() as transaction,
        ):  # fmt: skip
            if transaction.query("SELECT 1 FROM stored_events LIMIT 1"):
                raise Refusal("STORE_EXISTS", "store", store=empty._database.name)
            for count in copy_rows(described.query, rows, transaction):
                if progress is not None:
                    progress(count)

    # --- for the audit ---------------------------------------------------------------------------

    def flaws(self) -> list[str] | None:
        """What the database itself finds wrong with its indexes, in its words; None where it offers no such check."""
        return self._database.flaws()

    def misshapen(self, extensions: Sequence[Extension]) -> list[tuple[str, str]]:
        """(kind, name) of tables, indexes and triggers that differ from those the store and ``extensions`` make.

        They are changed, missing, or additional on such a table. Only SQLite, which keeps their text in the file, is
        checked.
        """
        if self.dialect != "sqlite":
            return []
        with Store(SqliteDatabase(":memory:", create=True), extensions) as fresh:
            made, found = _shapes(fresh.query), _shapes(self.query)
        tables = {table for table, _ in made.values()}
        return sorted(
            key for key in made.keys() | found.keys()
            if made.get(key) != found.get(key) and (key in made or found[key][0] in tables)
        )  # fmt: skip

    def heads(self) -> Iterator[tuple[str, Head]]:
        """(stream as 32 hex digits, head) as stored; the ledger's own stands under :data:`LEDGER`."""
        for stream, seq, position, digest in self._database.query(
            "SELECT originator_id, seq, position, digest FROM heads"
        ):
            yield _hex(stream), Head(seq, position, self._bytes(digest).hex())

    # --- for the extensions' own tables ----------------------------------------------------------

    def scrub(self) -> None:
        """Remove traces of deleted data from the files of a database that is a file; idempotent."""
        self._database.scrub()

    def holds(self, table: str) -> bool:
        """Whether a table of this name exists."""
        return holds(self._database, table)

    def query(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a SELECT on an extension's tables (``?`` for a parameter)."""
        return self._database.query(sql, params)

    # --- what is kept beside them ----------------------------------------------------------------

    def answer(self, principal: str, key: str) -> Answer | None:
        """The stored answer to this principal's request with this idempotency key, if any."""
        found = self._database.query(records.SELECT_ANSWER, (principal, key))
        return Answer(found[0][0], self._bytes(found[0][1]), found[0][2]) if found else None

    def put(self, kind: str, key: str, value: bytes, *, at: int) -> None:
        """Write a replaceable record at ``at`` µs. Refusal RECORD_KEPT where a permanent record has that key."""
        with self.writing() as transaction:
            records.put(transaction, kind, key, value, at=at)

    def keep(self, kind: str, key: str, value: bytes, *, at: int) -> None:
        """Write a permanent record; the same bytes again do nothing. Refusal RECORD_KEPT for other bytes."""
        with self.writing() as transaction:
            records.keep(transaction, kind, key, value, at=at)

    def remove(self, kind: str, key: str) -> None:
        """Remove a replaceable record, if there is one. Refusal RECORD_KEPT for a permanent one."""
        with self.writing() as transaction:
            records.remove(transaction, kind, key)

    def get(self, kind: str, key: str) -> bytes | None:
        """The value of a record, None where there is none."""
        found = self._database.query(records.SELECT_RECORD, (kind, key))
        return self._bytes(found[0][1]) if found else None

    def list(self, kind: str) -> list[Record]:
        """Every record of a kind, by key."""
        found = self._database.query(records.SELECT_KIND, (kind,))
        return [Record(key, self._bytes(value), recorded_at) for key, value, recorded_at in found]

    def _bytes(self, value: object) -> bytes:
        """A column of bytes. Refusal STORE_BROKEN where the database holds something else there."""
        try:
            return as_bytes(value)
        except TypeError as error:
            raise Refusal("STORE_BROKEN", "store", store=self._database.name, detail=str(error)) from error


def _hex(stream: object) -> str:
    """The id of a stream as 32 hex digits, from either database."""
    return str(stream).replace("-", "")


def _shapes(query: Query) -> dict[tuple[str, str], tuple[str, str | None]]:
    """By kind and name: its table, and the statement that made it."""
    found = query("SELECT type, name, tbl_name, sql FROM sqlite_master")
    return {(str(kind), str(name)): (str(table), sql) for kind, name, table, sql in found}


def _unchained(contract: str, seq: int, position: int, leaf: bytes) -> Refusal:
    """The refusal of bytes that do not follow from the previous fact: LEAF_BROKEN where they are not even JSON."""
    decode(leaf, position)
    return Refusal("CHAIN_BROKEN", fact=f"{contract}#{seq}")
