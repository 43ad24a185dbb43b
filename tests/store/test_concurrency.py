"""Many writers at once, and writers that die: no gap, no loss, no fork in a chain."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier

import pytest

from ledger.store import Conflict, Idempotency, Store, digest_of, open_store
from tests.store.sample import NOON, invoice, record

ROOT = Path(__file__).parents[2]


def assert_whole(store: Store) -> None:
    """Positions and seqs without a gap, every chain unbroken, recorded_at never decreasing."""
    heads: dict[str, tuple[int, str]] = {}
    recorded = ""
    position = 0
    for position, leaf in store.leaves():
        fact = json.loads(leaf)
        seq, digest = heads.get(fact["contract"], (0, "0" * 64))
        assert (fact["seq"], fact["prev"]) == (seq + 1, digest), (position, fact)
        assert fact["recorded_at"] >= recorded
        recorded = fact["recorded_at"]
        heads[fact["contract"]] = (fact["seq"], digest_of(leaf))
    assert position == store.leaf_count()
    assert [store.head(contract)[::2] for contract in heads] == list(heads.values())


def started(url: str, contract: str, count: int) -> subprocess.Popen[str]:
    """A writer in a process of its own."""
    command = [sys.executable, "-m", "tests.store.writer", url, contract, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def test_threads_of_one_store_take_turns(store: Store) -> None:
    clocks = random.Random(7)

    def work(name: int) -> None:
        for number in range(15):
            contracts = [f"own-{name}", "shared", f"other-{number % 3}"]
            with store.group_commit():
                for contract in contracts:
                    moment = NOON + clocks.randrange(1000)
                    store.append(contract, [invoice(number)] * 2, now=lambda at=moment: at, recorded_by=str(name))
            assert store.last_seq(f"own-{name}") == 2 * (number + 1)

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(work, range(6)))
    assert store.leaf_count() == 6 * 15 * 6
    assert_whole(store)


def test_stores_of_several_threads_wait_for_each_other(url: str) -> None:
    open_store(url, create=True).close()

    def work(name: int) -> None:
        with open_store(url) as own:
            for _ in range(10):
                record(own, "shared")
                record(own, f"own-{name}", 3)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, range(4)))
    with open_store(url) as store:
        assert store.leaf_count() == 4 * 10 * 4
        assert_whole(store)


def test_many_who_make_the_same_ledger_at_once_make_one(url: str) -> None:
    together = Barrier(6)

    def make(name: int) -> None:
        together.wait()
        with open_store(url, create=True) as own:
            record(own, f"own-{name}")

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(make, range(6)))
    with open_store(url) as store:
        assert store.leaf_count() == 6
        assert_whole(store)


def test_processes_write_one_ledger_together(store: Store, url: str) -> None:
    writers = [started(url, contract, 40) for contract in ("shared", "shared", "own")]
    for _ in range(40):
        record(store, "shared", at=0)
    said = [writer.communicate()[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    assert store.leaf_count() == 160
    assert_whole(store)
    digests = {position: digest_of(leaf) for position, leaf in store.leaves()}
    for words in said:
        assert all(digests[int(at)] == digest for at, digest in zip(words[::2], words[1::2], strict=True))


def test_of_two_who_decided_on_the_same_state_exactly_one_wins(store: Store, url: str) -> None:
    record(store, "c")

    def attempt(number: int) -> bool:
        with open_store(url) as own:
            try:
                own.append("c", [invoice(number)], now=lambda: NOON, recorded_by="x", expected_seq=1)
            except Conflict:
                return False
            return True

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(attempt, range(4))) == [False, False, False, True]
    assert store.leaf_count() == 2


def test_of_many_retries_with_one_key_exactly_one_records(store: Store) -> None:
    guard = Idempotency("principal", "key", "digest", lambda rows: str(rows[0].position).encode())

    def attempt(number: int) -> bytes:
        with suppress(Conflict):
            store.append("c", [invoice(1)], now=lambda: NOON, recorded_by="x", idempotency=guard)
        answer = store.answer("principal", "key")
        assert answer is not None
        return answer.response

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(attempt, range(100))) == {b"1"}
    assert store.leaf_count() == 1


@pytest.mark.parametrize("round_", range(3))
def test_a_writer_killed_at_any_moment_leaves_a_whole_ledger_and_loses_nothing_durable(url: str, round_: int) -> None:
    open_store(url, create=True).close()
    writer = started(url, "c", 0)
    assert writer.stdout is not None
    durable = [writer.stdout.readline().split() for _ in range(20 + 17 * round_)]
    writer.kill()
    durable += [words for line in writer.stdout if len(words := line.split()) == 2]
    writer.wait()
    writer.stdout.close()
    with open_store(url) as store:
        assert_whole(store)
        digests = {position: digest_of(leaf) for position, leaf in store.leaves()}
        for position, digest in durable:
            # The last line may have been cut short by the kill; what is whole must be there.
            assert digests[int(position)] == digest or len(digest) < 64
        (after,) = record(store, "c")
        assert after.position == len(digests) + 1
