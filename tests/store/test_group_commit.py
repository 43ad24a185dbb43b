"""Group commit: one durable commit for several appends, each all or nothing by itself."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.log.merkle import root
from ledger.log.merkle_reference import root_from_leaves
from ledger.log.tables import TreeTables, node_source, read_frontier
from ledger.store import Conflict, Idempotency, Store, open_store
from ledger.store.sqlite import SqliteDatabase
from tests.store.sample import NOON, invoice, record, refused, ticking
from tests.store.test_concurrency import assert_whole


def test_given_appends_in_a_group_when_it_ends_then_all_are_recorded_and_before_it_none(store: Store, url: str) -> None:
    with open_store(url) as another:
        with store.group_commit():
            record(store, "a")
            record(store, "b", 2)
            assert record(store, "a")[0][:3] == (4, "a", 2)
            assert another.leaf_count() == 0
        assert another.leaf_count() == 4
    assert_whole(store)


def test_given_an_open_group_when_its_thread_reads_then_it_sees_its_own_facts(store: Store) -> None:
    guard = Idempotency("p", "key", "request", lambda rows: b"%d" % rows[0].position)
    with store.group_commit():
        store.append("c", [invoice()], now=ticking(), recorded_by="local", idempotency=guard)
        assert (store.last_seq("c"), store.leaf_count(), len(store.facts("c"))) == (1, 1, 1)
        answered = store.answer("p", "key")
        assert answered is not None and answered.response == b"1"


def test_given_an_append_that_is_refused_when_the_group_ends_then_the_others_are_recorded(store: Store) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("after the rows are in")

    with store.group_commit():
        record(store, "a")
        with pytest.raises(Conflict):
            store.append("a", [invoice()], now=ticking(), recorded_by="local", expected_seq=7)
        with pytest.raises(RuntimeError):
            store.append("a", [invoice()] * 3, now=ticking(), recorded_by="local", also=fail)
        assert store.last_seq("a") == 1
        assert record(store, "a")[0][:3] == (2, "a", 2)
    assert store.leaf_count() == 2
    assert_whole(store)


def test_given_a_group_that_fails_when_it_has_ended_then_nothing_of_it_was_recorded(store: Store, url: str) -> None:
    record(store, "a")
    with pytest.raises(RuntimeError), store.group_commit():
        record(store, "a", 2, at=NOON + 9_000_000)
        store.put("kind", "key", b"value", at=NOON)
        raise RuntimeError("before the commit")
    assert (store.leaf_count(), store.get("kind", "key")) == (1, None)
    with open_store(url) as another:  # the places the group had taken
        record(another, "b", 2)
    assert record(store, "a")[0][:3] == (4, "a", 2)
    assert_whole(store)


def test_given_a_disk_too_full_for_one_of_a_group_when_it_ends_then_the_others_are_recorded(tmp_path: Path) -> None:
    database = SqliteDatabase(str(tmp_path / "ledger.db"), create=True)
    with Store(database) as store:
        record(store, "c", 10)
        database.connection.execute(f"PRAGMA max_page_count = {database.query('PRAGMA page_count')[0][0] + 4}")
        with store.group_commit():
            record(store, "a")
            with refused("STORE_DISK_FULL"):
                record(store, "c", 500)
            record(store, "b")
        assert (store.contracts(), store.last_seq("c"), store.leaf_count()) == (["c", "a", "b"], 10, 12)
        database.connection.execute("PRAGMA max_page_count = 100000")
        assert record(store, "c", 500)[-1].position == 512
        assert_whole(store)


def test_given_a_group_that_sqlite_rolled_back_when_it_ends_then_all_are_refused_and_nothing_is_recorded(
    tmp_path: Path,
) -> None:
    database = SqliteDatabase(str(tmp_path / "ledger.db"), create=True)
    with Store(database) as store:
        record(store, "c")
        with refused("STORE_BROKEN"), store.group_commit():
            record(store, "a")
            database.connection.execute(
                "CREATE TEMP TRIGGER lose BEFORE INSERT ON stored_events BEGIN SELECT RAISE(ROLLBACK, 'lost'); END"
            )
            with refused("STORE_BROKEN"):
                record(store, "b")
            assert not database.connection.in_transaction
            with refused("STORE_BROKEN"):  # not recorded by itself, outside the group
                record(store, "b")
        assert (store.contracts(), store.leaf_count()) == (["c"], 1)
        database.connection.execute("DROP TRIGGER IF EXISTS lose")
        assert record(store, "a")[0].position == 2
        assert_whole(store)


def test_given_a_group_when_another_thread_appends_then_it_waits_for_the_end(store: Store) -> None:
    begun = Event()

    def other() -> int:
        begun.set()
        return record(store, "other")[0].position

    with ThreadPoolExecutor(1) as thread:
        with store.group_commit():
            record(store, "mine")
            waiting = thread.submit(other)
            assert begun.wait(5)
            record(store, "mine")
        assert waiting.result(10) == 3
    assert_whole(store)


def test_given_a_group_within_which_the_server_goes_away_when_it_ends_then_it_is_refused(postgres_url: str) -> None:
    with open_store(postgres_url, create=True) as store, open_store(postgres_url) as another:
        with refused("STORE_UNREACHABLE"), store.group_commit():
            record(store, "a")
            pid = store.query("SELECT pg_backend_pid()")[0][0]
            another.query("SELECT pg_terminate_backend(?)", (pid,))
            with refused("STORE_UNREACHABLE"):
                record(store, "a")
        assert store.leaf_count() == 0
        assert record(store, "a")[0].position == 1


Step = tuple[str, int, str]  # contract, how many facts, and how it goes
STEPS = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 3), st.sampled_from(("well", "well", "conflict", "fails"))),
    max_size=12,
)


def _take(store: Store, step: Step) -> None:
    contract, count, how = step

    def also(*_: object) -> None:
        if how == "fails":
            raise RuntimeError

    expected = 99 if how == "conflict" else None
    with suppress(Conflict, RuntimeError):
        store.append(contract, [invoice(n) for n in range(count)], now=lambda: NOON, recorded_by="local",
                     expected_seq=expected, also=also)  # fmt: skip


def _tree(store: Store) -> tuple[bytes, list[bytes]]:
    size, node = store.leaf_count(), node_source(store.query)
    return root(size, node), read_frontier(size, node)


@given(STEPS, st.integers(1, 12))
def test_given_any_appends_when_grouped_then_the_ledger_and_its_tree_are_as_one_after_another(
    steps: list[Step], size: int
) -> None:
    with (
        open_store("sqlite:///:memory:", create=True, extensions=[TreeTables()]) as one,
        open_store("sqlite:///:memory:", create=True, extensions=[TreeTables()]) as grouped,
    ):
        for step in steps:
            _take(one, step)
        for start in range(0, len(steps), size):
            with grouped.group_commit():
                for step in steps[start : start + size]:
                    _take(grouped, step)
        assert list(grouped.leaves()) == list(one.leaves())
        assert _tree(grouped) == _tree(one)
        assert_whole(grouped)


@pytest.mark.parametrize("server", [False, True], ids=["sqlite", "postgresql"])
@given(turns=st.lists(st.tuples(st.booleans(), st.sampled_from([1, 2, 70, 300]), st.booleans()), max_size=14))
@settings(max_examples=6)
def test_given_two_who_append_in_turn_when_some_is_undone_then_the_tree_is_that_of_all_that_was_recorded(
    postgres_address: Callable[[], str], tmp_path_factory: pytest.TempPathFactory, server: bool,
    turns: list[tuple[bool, int, bool]],
) -> None:  # fmt: skip
    """Each follows what the other added to the tree; what was undone was never part of it."""
    place = postgres_address() if server else f"sqlite:///{tmp_path_factory.mktemp('two')}/ledger.db"
    with (
        open_store(place, create=True, extensions=[TreeTables()]) as one,
        open_store(place, extensions=[TreeTables()]) as other,
    ):
        for number, (who, size, undone) in enumerate(turns):
            with suppress(RuntimeError), (store := one if who else other).group_commit():
                record(store, f"c{number % 3}", size)
                if undone:
                    raise RuntimeError
        leaves = [leaf for _, leaf in one.leaves()]
        assert_whole(one)
        assert _tree(one) == _tree(other) == root_from_leaves(len(leaves), leaves)
