"""Facts of several requests in one commit: each request all or nothing, nobody answered before all is durable."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.threads import MOST_TOGETHER, Writer
from ledger.domain.errors import Refusal
from ledger.service import Ledger
from tests.api.server import AT, CONTRACT, Own, Served, serving, signed, system, terms

LOST = Refusal("STORE_DISK_FULL", "store")


class Commits:
    """Counts the commits and what was done in each; may fail as a commit does."""

    def __init__(self, *, fails: bool = False) -> None:
        self.done: list[list[int]] = []
        self.fails = fails

    @contextmanager
    def __call__(self) -> Iterator[None]:
        self.done.append([])
        yield
        if self.fails:
            raise LOST


def answers(
    together: Callable[[], AbstractContextManager[None]], count: int, do: Callable[[int], Any]
) -> list[Any]:
    """What ``count`` requests are answered that came while one was being recorded; exceptions as they are."""

    async def run() -> list[Any]:
        writer, held = Writer(together), threading.Event()
        first = writer.run(held.wait)
        waiting = [writer.run(do, number) for number in range(count)]
        held.set()
        await first
        return await asyncio.gather(*waiting, return_exceptions=True)

    return asyncio.run(run())


def test_given_a_writer_that_is_busy_when_it_is_done_then_all_who_wait_share_one_commit() -> None:
    commits = Commits()
    assert answers(commits, 5, lambda number: commits.done[-1].append(number) or number) == [0, 1, 2, 3, 4]
    assert commits.done == [[0, 1, 2, 3, 4]]


@pytest.mark.parametrize(
    ("waiting", "sizes"),
    [(MOST_TOGETHER - 1, [MOST_TOGETHER - 1]), (MOST_TOGETHER, [MOST_TOGETHER]),
     (MOST_TOGETHER + 2, [MOST_TOGETHER, 2])],
)  # fmt: skip
def test_given_many_who_wait_when_they_are_more_than_a_commit_takes_then_the_rest_is_the_next(
    waiting: int, sizes: list[int]
) -> None:
    commits = Commits()
    answers(commits, waiting, lambda number: commits.done[-1].append(number))
    assert [len(one) for one in commits.done] == sizes


def test_given_one_who_is_refused_when_the_commit_is_made_then_only_this_one_hears_of_it() -> None:
    def do(number: int) -> int:
        if number == 1:
            raise Refusal("REF_CONFLICT", "ref")
        return number

    first, second, third = answers(Commits(), 3, do)
    assert (first, third) == (0, 2)
    assert isinstance(second, Refusal) and second.code == "REF_CONFLICT"


def test_given_a_commit_that_fails_when_it_ends_then_everybody_is_told_so_also_who_was_refused() -> None:
    def do(number: int) -> int:
        if number == 1:
            raise Refusal("VERSION_CONFLICT")  # of a version that was never recorded
        return number

    assert answers(Commits(fails=True), 3, do) == [LOST, LOST, LOST]


@pytest.fixture(params=["sqlite", "postgresql"])
def mine(request: pytest.FixtureRequest, own: Own, tmp_path: Path) -> Iterator[Own]:
    """A contract of the test's own, on a server over either database."""
    if request.param == "sqlite":
        yield own
        return
    with serving(tmp_path, store=request.getfixturevalue("postgres_url")) as server:
        made = Own(server, "T-1")
        with made.client("party_a") as client:
            client.post("/api/v1/contracts", json={"terms": terms(made.number)}).raise_for_status()
        yield made


def test_given_writers_with_conflicts_keys_and_batches_when_all_come_at_once_then_each_is_whole(mine: Own) -> None:
    def send(number: int) -> str:
        name = f"{number % 40}"
        kinds: list[tuple[Any, dict[str, str]]] = [
            (system(f"s{number}"), {}),
            (system(f"t{name}", ref=f"t{name}"), {}),  # 201 the first time, 200 again
            (system(f"k{name}"), {"Idempotency-Key": f"{mine.number}-{name}"}),
            ([system(f"b{number}"), system(f"b{number}")], {}),  # the second of them is refused, so both are
            ([system(f"c{number}"), system(f"d{number}")], {}),
            (system(f"v{number}"), {"If-Match": '"1"'}),  # long moved on
        ]
        body, headers = kinds[number % len(kinds)]
        answer = client.post(f"{mine.at}/facts", json=body, headers=headers)
        return f"{number % len(kinds)} {answer.status_code}"

    with mine.client("party_a", limits=httpx.Limits(max_connections=24)) as client:
        client.post(f"{mine.at}/facts", json=signed()).raise_for_status()
        with ThreadPoolExecutor(24) as pool:
            told = Counter(pool.map(send, range(600)))
        facts = client.get(f"{mine.at}/facts", params={"limit": 1000}).json()
    assert told == {"0 201": 100, "1 201": 20, "1 200": 80, "2 201": 100, "3 409": 100, "4 201": 100, "5 412": 100}
    names = Counter(fact["data"]["system"][0] for fact in facts if fact["type"] == "SystemRegistered")
    assert names == {"s": 100, "t": 20, "k": 20, "c": 100, "d": 100}
    assert [fact["seq"] for fact in facts] == list(range(1, 343))
    assert all(after["prev"] == before["digest"] for before, after in pairwise(facts))
    batches = [fact["data"]["system"] for fact in facts if fact["type"] == "SystemRegistered"]
    assert all(batches[batches.index(one) + 1] == f"d{one[1:]}" for one in batches if one.startswith("c"))


@pytest.mark.parametrize("answered", [1, 60, 250])
def test_given_a_server_killed_while_it_records_when_the_ledger_is_opened_then_all_it_answered_is_there(
    tmp_path: Path, answered: int
) -> None:
    with serving(tmp_path) as served:
        told = _told_until_killed(served, answered)
        ledger = Ledger(served.store)
        try:
            recorded = {fact.seq: fact.digest for fact in ledger.facts(CONTRACT)}
            assert told and all(recorded[seq] == digest for seq, digest in told.items())
            assert ledger.audit().sound
        finally:
            ledger.store.close()


def _told_until_killed(served: Served, enough: int) -> dict[int, str]:
    """The facts a server answered 201 for before it was killed, after ``enough`` of them: digests by seq."""
    told: dict[int, str] = {}

    def write(name: int) -> None:
        with suppress(httpx.TransportError), served.client("bureau") as client:
            for number in range(1000):
                answer = client.post(f"{AT}/facts", json=system(f"{name}-{number}"))
                assert answer.status_code == 201, answer.text
                told.update((fact["seq"], fact["digest"]) for fact in answer.json()["facts"])
                if len(told) >= enough:
                    served.process.kill()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    return told
