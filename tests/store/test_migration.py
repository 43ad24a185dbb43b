"""A ledger of an older program: brought up to date once, in one transaction, whoever opens it first."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest

from ledger.store import Store, StoredRow, open_store, originator
from ledger.store.leaf import NO_PREV, seal
from ledger.store.postgres_transaction import PostgresConnection, PostgresTransaction
from ledger.store.schema import APPLICATION_ID, SCHEMA_VERSION, STEPS
from ledger.store.sqlite import SqliteTransaction
from tests.store.sample import NOON, invoice, record, refused

INSERT = (
    "INSERT INTO stored_events (notification_id, originator_id, originator_version, topic, state)"
    " VALUES (?, ?, ?, ?, ?)"
)
Old = Callable[[], list[StoredRow]]


def two_contracts() -> list[StoredRow]:
    """Three facts of one contract, two of another, the fourth and fifth of the ledger."""
    first = seal("c", [invoice(number) for number in (1, 2, 3)], 0, NO_PREV, 0, NOON, "local")
    return first + seal("d", [invoice(4), invoice(5)], 0, NO_PREV, 3, NOON, "local")


def values(rows: list[StoredRow]) -> list[tuple[object, ...]]:
    return [(row.position, originator(row.contract), row.seq, row.type, row.bytes) for row in rows]


@pytest.fixture
def old(url: str) -> list[StoredRow]:
    """A ledger as a program of version 1 left it at ``url``, and what it holds."""
    rows = two_contracts()
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file, file:
            file.execute("PRAGMA journal_mode = WAL")
            STEPS[0].take(SqliteTransaction(file))
            file.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            file.execute("PRAGMA user_version = 1")
            file.executemany(INSERT, values(rows))
    else:
        with PostgresConnection.connect(url) as server:
            transaction = PostgresTransaction(server)
            STEPS[0].take(transaction)
            transaction.executemany(INSERT, values(rows))
            transaction.send()
    return rows


def version(store: Store) -> int:
    if store.dialect == "sqlite":
        return int(store.query("PRAGMA user_version")[0][0])
    return int(store.query("SELECT max(version) FROM lvyue_ledger")[0][0])


def test_an_older_ledger_is_brought_up_to_date_and_goes_on(old: list[StoredRow], url: str) -> None:
    with open_store(url) as store:
        assert version(store) == SCHEMA_VERSION
        assert [store.head(contract) for contract in ("c", "d")] == [
            (row.seq, row.position, row.digest) for row in (old[2], old[4])
        ]
        assert store.leaf_count() == 5 and [fact.seq for fact in store.facts("c")] == [1, 2, 3]
        assert record(store, "d")[0].seq == 3
    with open_store(url) as store:
        assert store.last_seq("d") == 3 and store.leaf_count() == 6


def test_an_older_ledger_without_facts_is_brought_up_to_date(old: list[StoredRow], url: str) -> None:
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file, file:
            file.execute("DROP TRIGGER stored_events_delete")
            file.execute("DELETE FROM stored_events")
    else:
        with psycopg.connect(url) as server:
            server.execute("ALTER TABLE stored_events DISABLE TRIGGER USER")
            server.execute("DELETE FROM stored_events")
            server.execute("ALTER TABLE stored_events ENABLE TRIGGER USER")
    with open_store(url) as store:
        assert store.leaf_count() == 0 and store.contracts() == []
        assert record(store, "c")[0].position == 1


def test_many_who_open_an_older_ledger_at_once_bring_it_up_to_date_once(old: list[StoredRow], url: str) -> None:
    def opened(_: int) -> int:
        with open_store(url) as store:
            return store.leaf_count()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(opened, range(16))) == [5] * 16


def test_an_older_program_still_running_can_record_nothing_more(old: list[StoredRow], url: str) -> None:
    late = values(seal("d", [invoice(6)], 2, old[4].digest, 5, NOON, "local"))[0]
    with open_store(url) as store:
        if url.startswith("sqlite"):
            file = sqlite3.connect(url.removeprefix("sqlite:///"))
            with closing(file), pytest.raises(sqlite3.IntegrityError, match="newer program"):
                file.execute(INSERT, late)
        else:
            with psycopg.connect(url) as server, pytest.raises(psycopg.errors.RestrictViolation, match="newer"):
                server.execute(INSERT.replace("?", "%s").encode(), late)
        assert store.leaf_count() == 5


def test_a_ledger_brought_up_to_date_half_is_left_as_it_was(old: list[StoredRow], url: str) -> None:
    """A table of the name is there already: the step fails, and nothing of it stays."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file, file:
            file.execute("CREATE TABLE heads (x)")
    else:
        with psycopg.connect(url) as server:
            server.execute("CREATE TABLE heads (x integer)")
    with refused("STORE_BROKEN" if url.startswith("sqlite") else "STORE_FOREIGN"):
        open_store(url)
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
            assert file.execute("PRAGMA user_version").fetchone() == (1,)
    else:
        with psycopg.connect(url) as server:
            assert server.execute("SELECT version FROM lvyue_ledger").fetchone() == (1,)
