"""A damaged index, or a damaged table of heads: no part of a contract is answered for the whole, no seq given twice."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from ledger.store import Store, open_store, originator
from ledger.store.postgres import PostgresDatabase
from tests.store.sample import record, refused

READINGS: dict[str, Callable[[Store], object]] = {
    "facts": lambda store: store.facts("c"),
    "some facts": lambda store: store.facts_between("c", 2, 4),
    "rows": lambda store: list(store.rows("c")),
    "head": lambda store: store.head("c"),
    "last seq": lambda store: store.last_seq("c"),
    "the next fact": lambda store: record(store, "c"),
}


def path_of(url: str) -> str:
    return url.removeprefix("sqlite:///")


def hide_in_index(url: str) -> None:
    """Take the facts after the second out of the index over streams, and of no table: what a flipped bit can do."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(path_of(url))) as file, file:
            # The index's entries, as a table of SQLite's own would be: its b-tree under another description.
            file.execute("PRAGMA writable_schema = ON")
            described = file.execute("SELECT sql FROM sqlite_master WHERE name = 'stored_events_stream'").fetchone()[0]
            file.execute(
                "UPDATE sqlite_master SET sql = ? WHERE name = 'stored_events_stream'",
                (described.replace("UNIQUE INDEX", "INDEX") + " WHERE originator_version <= 2",),
            )
        with closing(sqlite3.connect(path_of(url))) as file, file:
            file.execute("REINDEX stored_events_stream")
        with closing(sqlite3.connect(path_of(url))) as file, file:
            file.execute("PRAGMA writable_schema = ON")
            file.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'stored_events_stream'", (described,))
    else:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute("SET enable_seqscan = on")
            server.execute(
                "CREATE FUNCTION early(v bigint) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS"
                " $$BEGIN RETURN v <= 2; END$$"
            )
            # An index built while its predicate says less than it will be said to say.
            server.execute("ALTER TABLE stored_events DROP CONSTRAINT stored_events_pkey")
            server.execute(
                "CREATE UNIQUE INDEX stored_events_pkey ON stored_events (originator_id, originator_version)"
                " WHERE early(originator_version)"
            )
            server.execute(
                "UPDATE pg_index SET indpred = NULL WHERE indexrelid = 'stored_events_pkey'::regclass"
            )


@pytest.mark.parametrize("reading", READINGS)
def test_given_an_index_that_hides_facts_then_no_reading_takes_a_part_for_the_whole(
    store: Store, url: str, reading: str
) -> None:
    record(store, "c", 5)
    store.close()
    hide_in_index(url)
    with open_store(url) as damaged, refused("STORE_DAMAGED"):
        if damaged.dialect == "postgresql":
            damaged.query("SELECT set_config('enable_seqscan', 'off', false)")
        READINGS[reading](damaged)


def test_given_an_index_that_hides_facts_then_the_database_itself_says_so(store: Store, url: str) -> None:
    record(store, "c", 5)
    assert store.flaws() == []
    store.close()
    hide_in_index(url)
    with open_store(url) as damaged:
        flaws = damaged.flaws()
        assert flaws and ("stored_events_stream" if damaged.dialect == "sqlite" else "stored_events_pkey") in flaws[0]
        if damaged.dialect == "postgresql":
            assert damaged.query("SELECT count(*) FROM pg_extension WHERE extname = 'amcheck'") == [(0,)]


def test_given_somebody_who_changes_a_table_and_does_not_end_then_its_indexes_are_not_waited_for(
    postgres_url: str,
) -> None:
    with open_store(postgres_url, create=True), psycopg.connect(postgres_url) as other:
        impatient = PostgresDatabase(postgres_url, create=False, lock_seconds=0.05)
        other.execute("DROP TABLE heads")
        with refused("STORE_LOCKED"):
            impatient.flaws()
        other.rollback()
        assert impatient.flaws() == []
        with impatient.writing() as transaction:
            transaction.execute("ALTER TABLE heads ADD COLUMN note text")
            assert impatient.flaws() == [], "nobody waits for himself"
        impatient.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE heads SET seq = 4 WHERE originator_id = '{c}'",
        "UPDATE heads SET digest = zeroblob(32) WHERE originator_id = '{c}'",
        "UPDATE heads SET position = 4 WHERE originator_id = '{c}'",
        "DELETE FROM heads WHERE originator_id = '{c}'",
        "UPDATE heads SET originator_id = 'x' WHERE originator_id = '{c}'",
    ],
)
def test_given_a_damaged_head_then_the_contract_is_refused_and_others_are_read(
    store: Store, url: str, harm: str
) -> None:
    record(store, "c", 5)
    record(store, "d", 2)
    store.close()
    with closing(sqlite3.connect(path_of(url))) as file, file:
        for trigger in ("heads_update", "heads_delete"):
            file.execute(f"DROP TRIGGER {trigger}")
        file.execute(harm.format(c=originator("c")))
    with open_store(url) as damaged:
        for name in ("head", "the next fact"):
            with refused("STORE_DAMAGED"):
                READINGS[name](damaged)
        assert damaged.last_seq("d") == 2 and damaged.leaf_count() == 7


def test_given_the_index_over_first_facts_damaged_then_the_list_of_contracts_is_refused(store: Store, url: str) -> None:
    record(store, "c")
    assert store.contracts() == ["c"]
    with store.writing() as transaction:
        row = "INSERT INTO heads (originator_id, seq, position, digest) VALUES (?, 1, 2, ?)"
        transaction.execute(row, (originator("hidden"), b"\x00" * 32))
    with refused("STORE_DAMAGED"):
        store.contracts()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_given_a_ledger_whose_end_an_index_hides_then_nothing_is_recorded_in_its_place(store: Store, url: str) -> None:
    record(store, "c", 5)
    store.close()
    with closing(sqlite3.connect(path_of(url))) as file, file:
        file.execute("DROP TRIGGER stored_events_delete")
        file.execute("DELETE FROM stored_events WHERE notification_id = 5")
    with open_store(url) as damaged:
        with refused("STORE_DAMAGED"):
            record(damaged, "d")
        with refused("STORE_DAMAGED"):
            list(damaged.following(0, 100))
        with refused("STORE_DAMAGED"):
            damaged.leaf_count()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_given_a_write_ahead_log_cut_anywhere_then_a_commit_is_there_as_a_whole_or_not_at_all(
    store: Store, url: str, tmp_path: Path
) -> None:
    for count in (1, 2, 3):
        record(store, "c", count)
        record(store, "d", count)
    committed = {0, 1, 3, 6}  # facts of either contract after each of its commits
    log = Path(f"{path_of(url)}-wal").read_bytes()
    cut = tmp_path / "cut.db"
    for length in range(0, len(log) + 1, 1777):
        shutil.copy(path_of(url), cut)
        Path(f"{cut}-wal").write_bytes(log[:length])
        Path(f"{cut}-shm").unlink(missing_ok=True)
        try:
            with open_store(f"sqlite:///{cut}") as damaged:
                seqs = [len(damaged.facts(contract)) for contract in ("c", "d")]
                assert set(seqs) <= committed and damaged.leaf_count() == sum(seqs) and damaged.flaws() == []
                assert record(damaged, "c")[0].seq == seqs[0] + 1
        except Exception as refusal:
            assert getattr(refusal, "code", "") in ("STORE_MISSING", "STORE_FOREIGN")  # cut before it was made


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_whatever_the_umask_only_the_owner_can_read_the_store_and_what_lies_beside_it(
    tmp_path: Path, mask: int
) -> None:
    before = os.umask(mask)
    try:
        with open_store(f"sqlite:///{tmp_path}/ledger.db", create=True) as store:
            record(store, "c")
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(("ledger.db", "ledger.db-shm", "ledger.db-wal"), 0o600)
