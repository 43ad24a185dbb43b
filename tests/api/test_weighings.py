"""Sensitivity over HTTP: at once where it is quick, else in the background, asked again at the address it names."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.background.weighings import MOST_KEPT, MOST_WAITING, Weighing, Weighings
from api.response_cache import Bytes
from ledger.domain.errors import Refusal
from tests.api.server import AT, Own, Served, serving, signed, system

# The server's own passes, each held up for so long.
SLOW = (
    "import time, ledger.projections.status as s; c = s._concluding\n"
    "s._concluding = lambda *a: (lambda f: lambda ch: (time.sleep(0.4), f(ch))[1])(c(*a))"
)
LEASE = {"type": "LeaseStarted", "on": "2025-12-01", "by": "party_a", "data": {}}


def begun(served: Served, at: str, one: str = "party_a", other: str = "party_b") -> None:
    """A contract signed by both, and its lease started."""
    with served.client(one) as a, served.client(other) as b:
        a.post(f"{at}/facts", json=[signed(on="2025-11-19"), LEASE]).raise_for_status()
        b.post(f"{at}/facts", json=signed("party_b", on="2025-11-19")).raise_for_status()


# -- at once ----------------------------------------------------------------------------------------


def test_of_a_short_contract_both_are_answered_at_once(own: Own) -> None:
    begun(own.served, own.at)
    with own.client("party_a") as client:
        section = client.get(f"{own.at}/sensitivity", params={"as_of": "2026-02-01"})
        whole = client.get(f"{own.at}/status", params={"as_of": "2026-02-01", "sensitivity": "true"})
    assert (section.status_code, whole.status_code) == (200, 200)
    assert list(section.json()) == ["contract", "as_of", "known_at", "sensitivity", "robust"]
    assert {key: whole.json()[key] for key in ("sensitivity", "robust")} == {
        key: section.json()[key] for key in ("sensitivity", "robust")
    }
    turning = {one["path"]: one.get("changed_by") for one in section.json()["robust"]["paths"]}
    assert turning["phase"] is None
    assert turning["obligations.host-scan.due_on"] == [{"term-end": "day-before"}]


def test_an_answer_that_is_held_still_is_not_sent_again(own: Own) -> None:
    with own.client("party_a") as client:
        tag = client.get(f"{own.at}/sensitivity").headers["etag"]
        assert client.get(f"{own.at}/sensitivity", headers={"If-None-Match": tag}).status_code == 304
        client.post(f"{own.at}/facts", json=system("mail")).raise_for_status()
        assert client.get(f"{own.at}/sensitivity", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(("query", "code"), [
    ({"reading": "no-such=reading"}, "READING_UNKNOWN"), ({"reading": "lapse=perhaps"}, "READING_OPTION_UNKNOWN"),
    ({"as_of": "1899-01-01"}, "DATE_RANGE"),
])  # fmt: skip
def test_a_question_that_cannot_be_asked_is_refused_at_once(bureau: httpx.Client, query: Any, code: str) -> None:
    answer = bureau.get(f"{AT}/sensitivity", params=query, headers={"Prefer": "respond-async"})
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_only_who_may_read_the_contract_may_ask(served: Served) -> None:
    with served.client("stranger") as client:
        assert client.get(f"{AT}/sensitivity").status_code in (403, 404)


def test_what_is_asked_of_a_moment_ahead_is_asked_anew_when_more_is_known(own: Own) -> None:
    begun(own.served, own.at)
    question = {"as_of": "2026-09-30", "known_at": "2100-01-01"}
    event = {"type": "MajorEventAnnounced", "on": "2026-02-01", "by": "party_a",
             "data": {"event": "E", "from": "2026-03-01", "to": "2026-03-05", "personnel": 2}}  # fmt: skip
    with own.client("party_a") as client:
        before = client.get(f"{own.at}/sensitivity", params=question).json()["robust"]["paths"]
        client.post(f"{own.at}/facts", json=event).raise_for_status()
        after = client.get(f"{own.at}/sensitivity", params=question).json()["robust"]["paths"]
    duty = "obligations.on-site-duty:E.state"
    assert [any(one["path"] == duty for one in told) for told in (before, after)] == [False, True]


# -- in the background ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("slow"), first=SLOW) as server:
        begun(server, AT, "bureau", "provider")
        yield server


def until_answered(client: httpx.Client, address: str) -> tuple[list[int], httpx.Response]:
    """The percents told at an address, and its answer."""
    percents: list[int] = []
    for _ in range(600):
        answer = client.get(address, headers={"Prefer": "respond-async"})
        if answer.status_code != 202:
            return percents, answer
        percents.append(answer.json()["progress"])
        time.sleep(0.1)
    raise AssertionError("no answer within a minute")


@pytest.mark.parametrize("what", ["sensitivity", "status?sensitivity=true"])
def test_where_it_takes_long_202_says_how_far_it_is_and_where_to_ask_again(slow: Served, what: str) -> None:
    with slow.client("bureau") as client:
        first = client.get(f"{AT}/{what}", headers={"Prefer": "respond-async"})
        assert first.status_code == 202 and int(first.headers["retry-after"]) >= 1
        told = first.json()
        assert set(told) == {"contract", "progress", "asked_at", "answer"}
        assert first.headers["location"] == told["answer"] and "known_at=" in told["answer"]
        client.post(f"{AT}/facts", json=system(f"meanwhile-{what[:6]}", ref=what[:6])).raise_for_status()
        percents, answer = until_answered(client, told["answer"])
        assert answer.status_code == 200 and answer.json()["robust"]["paths"]
        assert percents == sorted(percents) and len(set(percents)) > 1, "and it grows"
        assert client.get(told["answer"]).json() == answer.json(), "kept for who asks again"


def test_while_it_is_worked_out_others_are_answered(slow: Served) -> None:
    with slow.client("bureau") as client:
        asked = client.get(f"{AT}/sensitivity", params={"as_of": "2026-03-01"}, headers={"Prefer": "respond-async"})
        assert asked.status_code == 202
        began = time.monotonic()
        assert client.get(f"{AT}/status", params={"as_of": "2026-03-02"}).status_code == 200
        assert time.monotonic() - began < 2
        until_answered(client, asked.json()["answer"])


# -- what is kept -----------------------------------------------------------------------------------


def asked(name: str = "T-1") -> Weighing:
    return Weighing(name, f"/{name}", 0)


def answer_of(text: str) -> Callable[[Callable[[int], None]], Bytes]:
    return lambda tell: (text.encode(), None)


def test_a_question_is_worked_out_once_and_known_by_each_of_its_keys() -> None:
    weighings = Weighings()
    first = weighings.begin([("plain",), ("fixed",)], asked(), answer_of("x"))
    assert weighings.within(first, 10) == (b"x", None)
    assert weighings.known(("plain",)) is first is weighings.known(("fixed",))
    weighings.stop()


def test_who_asks_the_same_at_the_same_time_shares_one_answer() -> None:
    weighings = Weighings()
    first = weighings.begin([("plain",), ("fixed",)], asked(), answer_of("x"))
    assert weighings.begin([("plain",), ("later",)], asked(), answer_of("y")) is first
    weighings.stop()


def test_one_that_failed_is_asked_anew() -> None:
    def fails(tell: Callable[[int], None]) -> Bytes:
        raise Refusal("SERVER_BUSY")

    weighings = Weighings()
    first = weighings.begin([("one",)], asked(), fails)
    with pytest.raises(Refusal, match="SERVER_BUSY"):
        weighings.within(first, 10)
    assert weighings.known(("one",)) is None
    weighings.stop()


def test_too_many_that_wait_are_refused_and_the_end_lets_go_of_all() -> None:
    going = threading.Event()

    def waits(tell: Callable[[int], None]) -> Bytes:
        going.set()
        while True:
            tell(1)
            time.sleep(0.01)

    weighings = Weighings()
    under_way = [weighings.begin([(number,)], asked(), waits) for number in range(MOST_WAITING)]
    with pytest.raises(Refusal, match="SERVER_BUSY"):
        weighings.begin([("more",)], asked(), waits)
    assert going.wait(10) and weighings.within(under_way[0], 0) is None
    weighings.stop()
    for one in under_way:
        with pytest.raises(Refusal, match="SERVER_BUSY"):
            weighings.within(one, 10)


def test_of_the_answers_only_the_last_are_kept() -> None:
    weighings = Weighings()
    for number in range(MOST_KEPT + 5):
        weighings.within(weighings.begin([(number,)], asked(), answer_of(str(number))), 10)
    weighings.begin([("last",)], asked(), answer_of("last"))
    assert weighings.known((0,)) is None and weighings.known((MOST_KEPT + 4,)) is not None
    weighings.stop()


def test_the_servers_own_folder_holds_nothing_of_it(slow: Served) -> None:
    folder = Path(slow.store.removeprefix("sqlite:///")).parent
    assert not [one for one in folder.iterdir() if "weigh" in one.name]
