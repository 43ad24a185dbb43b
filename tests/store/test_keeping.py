"""What the databases themselves refuse, and what is kept beside the facts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from ledger.store import Answer, Conflict, Idempotency, Record, Store, StoredRow, Transaction, open_store, sqlite
from ledger.store.records import keep, put
from tests.store.sample import NOON, invoice, record, refused, ticking

FORBIDDEN = [
    "UPDATE stored_events SET topic = 'Other.v1'",
    "UPDATE stored_events SET notification_id = 9 WHERE notification_id = 2",
    "DELETE FROM stored_events",
    "DELETE FROM stored_events WHERE notification_id = 2",
    "UPDATE records SET value = '' WHERE kind = 'checkpoint'",
    "DELETE FROM records WHERE kind = 'checkpoint'",
]
REPLACING = [
    # A row in the place of another: by its position, by its seq, by both.
    "INSERT OR REPLACE INTO stored_events SELECT 2, 'elsewhere', 1, topic, state FROM stored_events LIMIT 1",
    "INSERT OR REPLACE INTO stored_events SELECT 3, originator_id, 2, 'Other.v1', state FROM stored_events LIMIT 1",
    "REPLACE INTO stored_events SELECT notification_id, originator_id, originator_version, 'Other.v1', state"
    " FROM stored_events",
    # A gap in the positions, a gap in the seqs, a position SQLite would choose itself.
    "INSERT INTO stored_events SELECT 4, 'elsewhere', 1, topic, state FROM stored_events LIMIT 1",
    "INSERT INTO stored_events SELECT 3, 'elsewhere', 2, topic, state FROM stored_events LIMIT 1",
    "INSERT INTO stored_events SELECT NULL, 'elsewhere', 1, topic, state FROM stored_events LIMIT 1",
    "INSERT OR REPLACE INTO records VALUES ('checkpoint', '1', '', 0, 0, '')",
]
POSTGRES_ONLY = [
    "TRUNCATE stored_events",
    "TRUNCATE records",
    "INSERT INTO stored_events SELECT * FROM stored_events ON CONFLICT (notification_id) DO UPDATE SET topic = 'x'",
    "INSERT INTO records SELECT * FROM records ON CONFLICT (kind, key) DO UPDATE SET value = ''",
    "INSERT INTO stored_events SELECT originator_id, 3, topic, state, 2 FROM stored_events LIMIT 1",
]


def told(store: Store) -> tuple[list[tuple[int, bytes]], list[Record]]:
    return list(store.leaves()), store.list("checkpoint")


@pytest.fixture
def kept(store: Store) -> Store:
    record(store, "c", 2)
    store.keep("checkpoint", "1", b"signed", at=NOON)
    return store


@pytest.fixture
def stranger(url: str) -> Callable[[str], None]:
    """Somebody else's connection to the same database, with none of our settings."""

    def run(statement: str) -> None:
        if url.startswith("sqlite"):
            connection = sqlite3.connect(url.removeprefix("sqlite:///"))
            connection.execute("PRAGMA recursive_triggers = OFF")
            with connection:
                connection.execute(statement)
        else:
            with psycopg.connect(url) as other:
                other.execute(statement)  # type: ignore[call-overload]

    return run


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_what_is_recorded_cannot_be_changed_or_removed(
    kept: Store, stranger: Callable[[str], None], statement: str
) -> None:
    before = told(kept)
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.RestrictViolation), match="never changed or removed"):
        stranger(statement)
    assert told(kept) == before


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("statement", REPLACING)
def test_nothing_takes_the_place_of_what_is_recorded(
    kept: Store, stranger: Callable[[str], None], statement: str
) -> None:
    before = told(kept)
    with pytest.raises(sqlite3.IntegrityError, match="never changed or removed"):
        stranger(statement)
    assert told(kept) == before


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("statement", POSTGRES_ONLY)
def test_postgresqls_own_ways_around_are_closed_too(
    kept: Store, stranger: Callable[[str], None], statement: str
) -> None:
    before = told(kept)
    with pytest.raises((psycopg.errors.RestrictViolation, psycopg.errors.UniqueViolation)):
        stranger(statement)
    assert told(kept) == before


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_positions_survive_a_vacuum(kept: Store, stranger: Callable[[str], None]) -> None:
    before = told(kept)
    stranger("VACUUM")
    assert told(kept) == before
    assert record(kept, "c")[0].position == 3


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_commit_is_on_the_disk_before_it_is_acknowledged(kept: Store) -> None:
    assert kept.query("PRAGMA journal_mode") == [("wal",)]
    assert kept.query("PRAGMA synchronous") == [(2,)]  # FULL


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_postgresql_acknowledges_only_what_is_on_the_disk(kept: Store, url: str) -> None:
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("ALTER ROLE CURRENT_USER SET synchronous_commit = off")
        try:
            with open_store(url) as reopened:
                assert reopened.query("SHOW synchronous_commit") == [("on",)]
        finally:
            other.execute("ALTER ROLE CURRENT_USER RESET synchronous_commit")


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_write_ahead_log_is_folded_into_the_file_while_somebody_reads(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "CHECKPOINT_WEIGHT", 20)
    path = url.removeprefix("sqlite:///")
    reader = sqlite3.connect(path, isolation_level=None)
    for turn in range(6):
        record(store, "c", 20 * 16)
        if turn == 3:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM stored_events").fetchone()
    reader.close()
    record(store, "c", 20 * 16)
    log = Path(f"{path}-wal").stat().st_size
    assert log < Path(path).stat().st_size
    assert store.leaf_count() == 7 * 320


# --- records ---------------------------------------------------------------------------------------


def test_a_replaceable_record_is_replaced_and_removed(store: Store) -> None:
    store.put("principal", "乙方", b"one", at=1)
    store.put("principal", "乙方", b"two", at=2)
    store.put("principal", "a", b"\x00\xff", at=3)
    assert store.get("principal", "乙方") == b"two"
    assert store.list("principal") == [Record("a", b"\x00\xff", 3), Record("乙方", b"two", 2)]
    store.remove("principal", "乙方")
    store.remove("principal", "nobody")
    assert store.get("principal", "乙方") is None
    assert store.list("other") == []


def test_a_kept_record_stays_as_it_is(store: Store) -> None:
    store.keep("checkpoint", "1", b"signed", at=1)
    store.keep("checkpoint", "1", b"signed", at=2)
    for change in (store.keep, store.put):
        with refused("RECORD_KEPT"):
            change("checkpoint", "1", b"other", at=3)
    with refused("RECORD_KEPT"):
        store.remove("checkpoint", "1")
    assert store.list("checkpoint") == [Record("1", b"signed", 1)]


def test_a_replaceable_record_is_not_kept_by_the_way(store: Store) -> None:
    store.put("principal", "a", b"one", at=1)
    with refused("RECORD_KEPT"):
        store.keep("principal", "a", b"one", at=2)
    assert store.list("principal") == [Record("a", b"one", 1)]


def test_records_may_be_written_with_the_facts(store: Store) -> None:
    def index(transaction: Transaction, rows: object) -> None:
        put(transaction, "document", "x", b"1", at=NOON)
        keep(transaction, "custody", "x", b"2", at=NOON)

    store.append("c", [invoice()], now=ticking(), recorded_by="local", also=index)
    assert (store.get("document", "x"), store.get("custody", "x"), store.leaf_count()) == (b"1", b"2", 1)


# --- idempotency keys ------------------------------------------------------------------------------


def guard(request: str = "digest") -> Idempotency:
    def respond(rows: object) -> bytes:
        return b",".join(str(row.position).encode() for row in rows)  # type: ignore[attr-defined]

    return Idempotency("principal", "key-1", request, respond)


def guarded(store: Store, contract: str = "c", count: int = 2) -> list[StoredRow]:
    drafts = [invoice(number) for number in range(count)]
    return store.append(contract, drafts, now=lambda: NOON, recorded_by="local", idempotency=guard())


def test_the_answer_to_an_idempotent_request_is_remembered_with_its_facts(store: Store, url: str) -> None:
    guarded(store)
    assert store.answer("principal", "key-1") == Answer("digest", b"1,2", NOON)
    assert store.answer("another", "key-1") is None
    with open_store(url) as reopened:
        assert reopened.answer("principal", "key-1") == Answer("digest", b"1,2", NOON)


def test_a_key_that_was_answered_conflicts_and_records_nothing(store: Store, url: str) -> None:
    guarded(store)
    with open_store(url) as another, pytest.raises(Conflict):
        guarded(another, "d")
    assert store.leaf_count() == 2


def test_an_answer_is_remembered_though_nothing_new_was_recorded(store: Store) -> None:
    guarded(store, count=0)
    assert store.answer("principal", "key-1") == Answer("digest", b"", NOON)


def test_no_answer_is_remembered_for_a_request_that_failed(store: Store) -> None:
    record(store, "c")
    with pytest.raises(Conflict):
        store.append("c", [invoice()], now=ticking(), recorded_by="x", expected_seq=0, idempotency=guard())
    assert store.answer("principal", "key-1") is None
