"""Another process has SQLite's write lock: our writers wait for it, our readers do not."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from ledger.store import Store, open_store
from ledger.store.sqlite import SqliteDatabase
from tests.store.sample import record, refused

HELD = 1.5  # seconds
AT_ONCE = 0.5


@contextmanager
def somebody_else_writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of its own, as another process would have, that has the write lock until it rolls back."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield other
    finally:
        other.close()


def slowest(read: Callable[[], object], until: float) -> float:
    """The longest of many reads, in seconds."""
    longest = 0.0
    while (begun := monotonic()) < until:
        read()
        longest = max(longest, monotonic() - begun)
        sleep(0.005)
    return longest


@pytest.mark.parametrize("grouped", [False, True], ids=["an append", "a group"])
def test_given_another_process_writing_when_a_writer_waits_then_reads_answer_at_once_and_it_succeeds_later(
    tmp_path: Path, grouped: bool
) -> None:
    def append(store: Store) -> float:
        if grouped:
            with store.group_commit():
                record(store, "c")
        else:
            record(store, "c")
        return monotonic()

    def read(store: Store) -> None:
        assert (store.leaf_count(), store.last_seq("c"), len(store.facts("c"))) == (1, 1, 1)

    path = tmp_path / "ledger.db"
    with open_store(f"sqlite:///{path}", create=True) as store, ThreadPoolExecutor(1) as thread:
        record(store, "c")
        with somebody_else_writing(path) as other:
            freed = monotonic() + HELD
            writer = thread.submit(append, store)
            assert slowest(lambda: read(store), freed) < AT_ONCE
            assert not writer.done()
            other.execute("ROLLBACK")
        assert writer.result(10) >= freed
        assert store.last_seq("c") == 2


def test_given_another_process_writing_when_the_wait_is_over_then_the_writer_is_refused_and_not_before(
    tmp_path: Path,
) -> None:
    path = tmp_path / "ledger.db"
    open_store(f"sqlite:///{path}", create=True).close()
    database = SqliteDatabase(str(path), create=False, busy_seconds=0.3)
    with Store(database) as store:
        with somebody_else_writing(path):
            begun = monotonic()
            with refused("STORE_LOCKED"):
                record(store, "c")
            assert 0.3 <= monotonic() - begun < 0.3 + AT_ONCE
        assert record(store, "c")[0].position == 1


def test_given_a_transaction_when_its_thread_writes_inside_it_then_another_waits_for_the_end_of_the_whole(
    tmp_path: Path,
) -> None:
    with open_store(f"sqlite:///{tmp_path}/ledger.db", create=True) as store, ThreadPoolExecutor(1) as thread:
        with store.group_commit():
            waiting = thread.submit(store.put, "kind", "other", b"", at=0)
            with store.writing(), store.writing():
                record(store, "mine")
            sleep(0.1)
            record(store, "mine")
            assert not waiting.done()
            assert store.get("kind", "other") is None
        waiting.result(10)
        assert store.get("kind", "other") == b""


def test_given_a_store_when_something_was_written_refused_or_read_at_rest_then_sqlite_itself_waits_for_nobody(
    tmp_path: Path,
) -> None:
    path = tmp_path / "ledger.db"
    database = SqliteDatabase(str(path), create=True, busy_seconds=0.25)
    with Store(database) as store:
        record(store, "c")
        assert database.query("PRAGMA busy_timeout") == [(0,)]
        with somebody_else_writing(path), refused("STORE_LOCKED"):
            record(store, "c")
        assert database.query("PRAGMA busy_timeout") == [(0,)]
        with database.snapshot() as rows:
            assert list(rows("PRAGMA busy_timeout")) == [(250,)]
        assert database.query("PRAGMA busy_timeout") == [(0,)]
