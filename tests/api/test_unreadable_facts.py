"""A fact that this program cannot read is never the client's fault: a newer program wrote it, or it was altered."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.background.courier import ATTEMPTS, LONGEST_WAIT, POSITION, Courier
from api.metrics import Metrics
from ledger.store import Draft, open_store
from tests.api.server import AT, CONTRACT, OTHER, Served, serving, system
from tests.api.test_events import STREAM, Receiver, events, hook, ledger, rounds
from tests.api.test_two_servers import until

__all__ = ["ledger"]

NEWER = Draft("InvoiceIssued.v99", "2025-11-24", "party_b", None, {"invoice": "I-1"})
UNKNOWN = Draft("DroneDispatched.v1", "2025-11-24", "party_b", None, {"drone": "D-1"})
TORN = Draft("InvoiceIssued.v1", "2025-11-24", "party_b", None, {"invoice": "I-1"})
SAID = [(NEWER, "STORE_NEWER"), (UNKNOWN, "STORE_NEWER"), (TORN, "LEAF_BROKEN")]


def written_past_the_program(url: str, draft: Draft) -> None:
    """What another program, newer or faulty, leaves in the store, chained as every fact is."""
    with open_store(url) as store:
        at = store.last_moment()
        store.append(CONTRACT, [draft], now=lambda: at + 1, recorded_by="another")


@pytest.fixture(scope="module", params=SAID, ids=lambda given: str(given[0].type))
def unreadable(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Served, str]]:
    draft, code = request.param
    with serving(tmp_path_factory.mktemp("unreadable")) as server:
        written_past_the_program(server.store, draft)
        yield server, code


def test_every_answer_that_rests_on_such_a_fact_says_that_the_store_is_at_fault(
    unreadable: tuple[Served, str],
) -> None:
    served, code = unreadable
    with served.client("audit") as client:
        for path in (f"{AT}/status", f"{AT}/facts", f"{AT}/explain?path=phase", "/api/v1/portfolio", f"{AT}/replay"):
            answer = client.get(path)
            said = answer.json()
            assert (answer.status_code, said["code"]) == (500, code), path
            assert said.get("field") != "type", path
        with client.stream("GET", STREAM, headers={"Last-Event-ID": "0"}) as stream:
            *before, last = events(stream.iter_lines())
        assert [event["event"] for event in before] == ["ContractRegistered"]
        assert last["event"] == "problem" and json.loads(last["data"])["code"] == code
    with served.client("provider") as client:
        assert client.post(f"{AT}/facts", json=system("s", "party_b")).json()["code"] == code
    until(lambda: any('"alarm"' in line and json.loads(line) for line in served.printed) == (code == "LEAF_BROKEN"))


def test_other_contracts_are_answered_all_the_same(unreadable: tuple[Served, str]) -> None:
    served, _ = unreadable
    with served.client("stranger") as client:
        assert client.get(f"/api/v1/contracts/{OTHER}/status").status_code == 404
        assert client.get("/api/v1/portfolio").status_code == 200


@pytest.mark.parametrize(("draft", "code"), SAID)
def test_a_webhook_waits_before_such_a_fact_and_nothing_is_given_up(draft: Draft, code: str, ledger, capsys) -> None:  # type: ignore[no-untyped-def]
    receiver = Receiver()
    hook(ledger)
    ledger.store.append(CONTRACT, [draft], now=ledger.clock, recorded_by="another")
    courier = Courier(ledger, Metrics(), post=receiver.post)
    rounds(courier, 3)
    assert [event["type"] for event, _, _ in receiver.got] == [
        "lvyue.fact.ContractRegistered", "lvyue.fact.ContractSigned", "lvyue.fact.SystemRegistered",
    ]  # fmt: skip
    assert ledger.store.get(POSITION, "h1") == b"3-0" and ledger.store.list("dead-letter") == []
    kept = json.loads(ledger.store.get(ATTEMPTS, "h1"))
    assert kept["made"] == 0 and kept["not_before"] > ledger.clock() + (LONGEST_WAIT - 60) * 1_000_000
    assert [json.loads(line)["code"] for line in capsys.readouterr().err.splitlines()] == [code]


def test_bytes_that_are_no_fact_end_the_stream_with_the_reason(tmp_path: Path) -> None:
    with serving(tmp_path) as served, sqlite3.connect(served.store.removeprefix("sqlite:///")) as connection:
        with served.client("provider") as client:
            client.post(f"{AT}/facts", json=system("s", "party_b")).raise_for_status()
        connection.execute("DROP TRIGGER stored_events_update")
        connection.execute("UPDATE stored_events SET state = ? WHERE notification_id = 1", (b'{"type":"X.v1"}',))
        connection.commit()
        with (
            served.client("audit") as client,
            client.stream("GET", STREAM, headers={"Last-Event-ID": "0"}) as stream,
        ):
            [only] = events(stream.iter_lines())
        assert (only["event"], json.loads(only["data"])["code"]) == ("problem", "LEAF_BROKEN")
