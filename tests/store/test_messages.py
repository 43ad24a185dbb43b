"""What goes to a PostgreSQL server and comes back: few messages, and every value as it was given."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.log.tables import TreeTables
from ledger.service import Ledger
from ledger.store import Conflict, Idempotency, Store, open_store
from ledger.store.postgres import PostgresDatabase
from tests.api.server import system, terms
from tests.store.sample import invoice, record, refused, ticking


@pytest.fixture(scope="module")
def opened(postgres_address: Callable[[], str]) -> Iterator[tuple[Store, PostgresDatabase]]:
    url = postgres_address()
    database = PostgresDatabase(url, create=True)
    with Store(database, [TreeTables()], url) as store:
        record(store, "warm", 3)
        yield store, database


def waits(database: PostgresDatabase, action: Callable[[], object]) -> int:
    """How often an action waits for the server, as libpq traces it."""
    read, write = os.pipe()
    try:
        with database.connection() as connection:
            connection.pgconn.trace(write)
        action()
        with database.connection() as connection:
            connection.pgconn.untrace()
        return os.read(read, 1 << 20).count(b"ReadyForQuery")
    finally:
        os.close(read), os.close(write)


def test_given_a_ledger_when_facts_are_appended_then_the_server_is_waited_for_twice(
    opened: tuple[Store, PostgresDatabase],
) -> None:
    store, database = opened
    once = Idempotency("p", "key", "request", lambda rows: b"answer")
    for number in range(4):
        record(store, f"c{number}")
    assert waits(database, lambda: record(store, "c1")) == 2
    assert waits(database, lambda: record(store, "c2", 9)) == 2
    answered = partial(store.append, "c1", [invoice()], now=ticking(), recorded_by="x", idempotency=once)
    assert waits(database, answered) == 2

    with open_store(store.url, extensions=[TreeTables()]) as other:
        record(other, "c1")
        record(store, "c1")
        record(other, "c2")
        assert waits(database, lambda: record(store, "c2")) == 2  # and where somebody else appends as well

    def grouped() -> None:
        with store.group_commit():
            record(store, "c1")
            record(store, "c2")

    assert waits(database, grouped) == 2 + 2 * 2


def test_given_roles_when_a_fact_is_recorded_under_them_then_confirming_them_waits_for_nobody(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LVYUE_KEYS", str(tmp_path / "keys"))
    ledger = Ledger(postgres_url, create=True)
    ledger.register(terms("C"))
    ledger.store.put("principal", "clerk", b'{"roles": {"*": "party_a"}}', at=1)
    for number in range(4):
        ledger.record("C", [system(f"s{number}")], recorded_by="clerk")
    database = ledger.store._database
    assert isinstance(database, PostgresDatabase)
    assert waits(database, lambda: ledger.record("C", [system("s9")], recorded_by="clerk")) == 2
    assert ledger.facts("C")[-1].recorded_roles == ("party_a",)
    ledger.store.close()


@given(key=st.text(max_size=20), kind=st.text(max_size=20), value=st.binary(max_size=40), at=st.integers(0, 1 << 62))
def test_any_value_comes_back_as_it_was_given(
    opened: tuple[Store, PostgresDatabase], kind: str, key: str, value: bytes, at: int
) -> None:
    store, _ = opened
    if "\0" in kind + key:
        with refused("STORE_BROKEN"):  # which no text of PostgreSQL can hold
            store.put(kind, key, value, at=at)
        return
    store.put(kind, key, value, at=at)
    assert store.get(kind, key) == value
    assert [one.value for one in store.list(kind) if (one.key, one.recorded_at) == (key, at)] == [value]


def test_given_a_server_that_reads_backslashes_otherwise_then_values_come_back_as_they_were_given(
    postgres_url: str,
) -> None:
    with open_store(f"{postgres_url}%20-cstandard_conforming_strings%3Doff", create=True) as store:
        for key in ("a'b", "a\\b", "\\'; DROP TABLE records; --"):
            store.put("kind\\", key, key.encode(), at=0)
            assert store.get("kind\\", key) == key.encode()
        rows = record(store, "c") + record(store, "c", 3)
        assert [leaf for _, leaf in store.leaves()] == [row.bytes for row in rows]


@pytest.mark.parametrize("size", [1, 200_000, 3_000_000])
def test_a_value_of_any_size_comes_back_as_it_was_given(opened: tuple[Store, PostgresDatabase], size: int) -> None:
    store, _ = opened
    value = os.urandom(size)
    store.keep("large", str(size), value, at=0)
    assert store.get("large", str(size)) == value


def test_given_a_part_that_the_server_refuses_when_the_group_ends_then_the_others_are_recorded(
    opened: tuple[Store, PostgresDatabase],
) -> None:
    store, _ = opened
    record(store, "e")
    for _ in range(3):  # what the server was told to prepare meanwhile still counts, or no longer
        with store.group_commit():
            record(store, "e")
            with refused("STORE_BROKEN"), store.writing() as transaction:
                transaction.execute("INSERT INTO answers (principal) VALUES (?)", ("null elsewhere",))
            with suppress(Conflict):
                store.append("e", [invoice()], now=ticking(), recorded_by="x", expected_seq=99)
            record(store, "e")
    assert store.last_seq("e") == 7
    assert [leaf_hashed for leaf_hashed, _ in store.leaves()] == list(range(1, store.leaf_count() + 1))


def test_given_a_statement_that_failed_when_the_error_is_passed_over_then_the_commit_is_refused(
    opened: tuple[Store, PostgresDatabase],
) -> None:
    store, _ = opened
    with refused("STORE_BROKEN"), store.writing() as transaction:
        transaction.execute("INSERT INTO answers (principal) VALUES (?)", ("null elsewhere",))
        with suppress(psycopg.Error):
            transaction.query("SELECT 1")
    assert record(store, "f")[0].seq == 1


def test_given_snapshots_in_between_then_the_server_prepares_each_statement_once(
    opened: tuple[Store, PostgresDatabase],
) -> None:
    store, database = opened

    def prepared() -> int:
        with database.connection() as connection:
            told = connection.execute("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'lvyue%'").fetchone()
        assert told is not None
        return int(told[0])

    for _ in range(4):
        record(store, "g")
    before = prepared()
    for _ in range(3):
        with database.snapshot() as rows:
            list(rows("SELECT 1"))
        record(store, "g")
    assert prepared() == before
    assert database.flaws() is None or database.flaws() == []  # undone, after which the server knows none of them
    assert record(store, "g")[0].seq == 8


def test_many_rows_are_copied_in_as_they_are_and_kept_tables_refuse_what_does_not_belong(
    opened: tuple[Store, PostgresDatabase],
) -> None:
    _, database = opened
    rows = [(number, "a\tb\nc\\N 中文 ''", bytes(range(256)) * (number % 3), None) for number in range(1200)]
    with database.writing() as transaction:
        transaction.execute("CREATE TABLE copied (number bigint, said text, kept bytea, missing text)")
        transaction.executemany("INSERT INTO copied VALUES (?, ?, ?, ?)", rows)
        transaction.executemany("INSERT INTO copied (number, kept, said) VALUES (?, ?, ?)",
                                [(number, b"", "") for number in range(1200, 1300)])  # fmt: skip
    found = database.query("SELECT number, said, kept, missing FROM copied ORDER BY number")
    assert found == [*rows, *((number, "", b"", None) for number in range(1200, 1300))]
    facts = database.query("SELECT max(notification_id) FROM stored_events")[0][0]
    beyond = [(facts + number, "0" * 32, number, "X.v1", b"{}") for number in range(1, 100)]
    with refused("STORE_BROKEN"), database.writing() as transaction:  # the trigger of the heads
        transaction.executemany(
            "INSERT INTO stored_events (notification_id, originator_id, originator_version, topic, state)"
            " VALUES (?, ?, ?, ?, ?)", beyond,
        )  # fmt: skip
    assert database.query("SELECT max(notification_id) FROM stored_events")[0][0] == facts
