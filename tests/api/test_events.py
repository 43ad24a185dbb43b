"""New facts as they come: event streams that resume, and webhooks that arrive, or are listed as undelivered."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from api.background.courier import MOST_ATTEMPTS, POSITION, WEBHOOK, Courier
from api.metrics import Metrics
from api.serve import open_ledger
from ledger.service import Ledger
from ledger.store.encoding import encode
from tests.api.server import AT, CONTRACT, Own, Served, signed, system, terms

STREAM = "/api/v1/events"


def events(lines: Iterator[str]) -> Iterator[dict[str, str]]:
    """The events of a stream that has some; what only names an id is left out."""
    one: dict[str, str] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(":")
            one[name] = value.strip()
        else:
            if "data" in one:
                yield one
            one = {}


def test_a_stream_sends_new_facts_as_they_are_recorded(own: Own) -> None:
    with (
        own.client("party_a") as client,
        own.client("party_b") as writer,
        client.stream("GET", STREAM, params={"contract": own.number}) as stream,
    ):
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        found = events(stream.iter_lines())
        made = writer.post(f"{own.at}/facts", json=signed("party_b")).json()["facts"][0]
        event = next(found)
    assert event["event"] == "ContractSigned"
    assert event["id"] == str(made["position"])
    assert json.loads(event["data"]) | {"repeated": False} == made | {"contract": own.number}


def test_a_stream_goes_on_after_the_last_event_seen(own: Own) -> None:
    with own.client("party_a") as client:
        client.post(f"{own.at}/facts", json=[system(f"s{number}") for number in range(5)])
        seen = client.get(f"{own.at}/facts").json()
        headers = {"Last-Event-ID": str(seen[2]["position"])}
        with client.stream("GET", STREAM, params={"contract": own.number}, headers=headers) as stream:
            found = events(stream.iter_lines())
            assert [int(next(found)["id"]) for _ in range(3)] == [fact["position"] for fact in seen[3:]]


def test_a_stream_shows_a_party_its_contracts_only(served: Served, own: Own) -> None:
    with own.client("party_a") as other:
        other.post(f"{own.at}/facts", json=system("secret"))
    with served.client("bureau") as client, client.stream("GET", STREAM, headers={"Last-Event-ID": "0"}) as stream:
        found = events(stream.iter_lines())
        assert json.loads(next(found)["data"])["contract"] == CONTRACT
        client.post(f"{AT}/facts", json=signed(ref="end"))
        seen = []
        while True:
            seen.append(json.loads(next(found)["data"]))
            if seen[-1]["ref"] == "end":
                break
    assert {fact["contract"] for fact in seen} == {CONTRACT}


@pytest.mark.parametrize("given", ["x", "-1", "1.0", "9" * 30])
def test_an_event_id_that_is_none(served: Served, given: str) -> None:
    with served.client("bureau") as client:
        answer = client.get(STREAM, headers={"Last-Event-ID": given})
    assert (answer.status_code, answer.json()["field"]) == (400, "Last-Event-ID")


def test_a_stream_of_anothers_contract_is_refused(served: Served) -> None:
    with served.client("stranger") as client:
        assert client.get(STREAM, params={"contract": CONTRACT}).status_code == 403


# --- webhooks --------------------------------------------------------------------------------------


class Receiver:
    """Answers as told, and keeps what it got."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.got: list[tuple[dict[str, Any], bytes, dict[str, str]]] = []

    def post(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        self.got.append((json.loads(body), body, headers))
        return self.statuses.pop(0) if self.statuses else 204


SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()


@pytest.fixture
def ledger() -> Ledger:
    made = open_ledger("sqlite:///:memory:")
    made.register(terms())
    made.record(CONTRACT, [signed(), system("one")])
    return made


def hook(ledger: Ledger, *types: str) -> None:
    what = {"url": "https://receiver.example", "contract": "*", "types": list(types), "secret": SECRET,
            "created_at": "2026-01-01T00:00:00.000000Z"}  # fmt: skip
    ledger.store.put(WEBHOOK, "h1", encode(what), at=0)
    ledger.store.put(POSITION, "h1", b"0", at=0)


def rounds(courier: Courier, number: int = 1) -> None:
    for _ in range(number):
        for done in courier.round():
            done.result(10)


def test_facts_arrive_in_order_as_signed_cloud_events(ledger: Ledger) -> None:
    receiver = Receiver()
    hook(ledger)
    courier = Courier(ledger, Metrics(lines=False), post=receiver.post)
    rounds(courier)
    assert [event["type"] for event, _, _ in receiver.got] == [
        "lvyue.fact.ContractRegistered", "lvyue.fact.ContractSigned", "lvyue.fact.SystemRegistered",
    ]  # fmt: skip
    event, body, headers = receiver.got[1]
    assert (event["specversion"], event["id"], event["subject"]) == ("1.0", f"{CONTRACT}#2", CONTRACT)
    assert event["data"]["data"] == {"party": "party_a"}
    signing = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(b"k" * 32, signing, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["webhook-id"] == "h1-2"
    rounds(courier)
    assert len(receiver.got) == 3


def test_only_the_types_asked_for_are_sent(ledger: Ledger) -> None:
    receiver = Receiver()
    hook(ledger, "SystemRegistered")
    rounds(Courier(ledger, Metrics(lines=False), post=receiver.post))
    assert [event["id"] for event, _, _ in receiver.got] == [f"{CONTRACT}#3"]


def test_what_fails_is_tried_again_under_the_same_id_and_nothing_overtakes_it(ledger: Ledger) -> None:
    receiver = Receiver(204, 500, 0, 204, 204)
    hook(ledger)
    courier = Courier(ledger, Metrics(lines=False), post=receiver.post, first_wait=0.0)
    rounds(courier, 3)
    ids = [headers["webhook-id"] for _, _, headers in receiver.got]
    assert ids == ["h1-1", "h1-2", "h1-2", "h1-2", "h1-3"]


def test_a_wait_is_kept_between_attempts(ledger: Ledger) -> None:
    receiver = Receiver(500)
    hook(ledger)
    courier = Courier(ledger, Metrics(lines=False), post=receiver.post, first_wait=60.0)
    rounds(courier, 5)
    assert len(receiver.got) == 1


def test_where_it_stands_outlives_the_process(ledger: Ledger) -> None:
    receiver = Receiver(204, 500)
    hook(ledger)
    rounds(Courier(ledger, Metrics(lines=False), post=receiver.post, first_wait=0.0))
    rounds(Courier(ledger, Metrics(lines=False), post=receiver.post))
    assert [headers["webhook-id"] for _, _, headers in receiver.got] == ["h1-1", "h1-2", "h1-2", "h1-3"]


def test_what_is_given_up_is_listed_and_the_rest_goes_on(ledger: Ledger) -> None:
    receiver = Receiver(*([500] * MOST_ATTEMPTS))
    hook(ledger)
    courier = Courier(ledger, Metrics(lines=False), post=receiver.post, first_wait=0.0)
    rounds(courier, MOST_ATTEMPTS + 1)
    letters = [json.loads(one.value) for one in ledger.store.list("dead-letter")]
    assert [(one["fact"], one["attempts"], one["last_status"]) for one in letters] == [(f"{CONTRACT}#1", 8, 500)]
    assert [headers["webhook-id"] for _, _, headers in receiver.got][-2:] == ["h1-2", "h1-3"]


def test_an_operator_makes_lists_and_removes_a_webhook(operator: httpx.Client, own: Own) -> None:
    asked = {"url": "https://receiver.example/in", "contract": own.number, "types": ["InvoiceIssued"]}
    made = operator.post("/api/v1/webhooks", json=asked)
    assert made.status_code == 201
    assert made.json()["secret"].startswith("whsec_")
    listed = [one for one in operator.get("/api/v1/webhooks").json() if one["id"] == made.json()["id"]]
    assert "secret" not in listed[0]
    assert operator.delete(f"/api/v1/webhooks/{made.json()['id']}").status_code == 204
    assert operator.delete(f"/api/v1/webhooks/{made.json()['id']}").status_code == 404
    assert operator.get("/api/v1/dead-letters").json() == []
    assert operator.post("/api/v1/dead-letters/0-1/retry").status_code == 404


@pytest.mark.parametrize("url", [
    "http://receiver.example/", "ftp://receiver.example", "https://u:p@receiver.example", "https://", "https://x:99999",
    "https://x/#y", "https://x y", "javascript:alert(1)", "https://汉.example",
])  # fmt: skip
def test_an_address_that_is_not_called(operator: httpx.Client, url: str) -> None:
    answer = operator.post("/api/v1/webhooks", json={"url": url})
    assert (answer.status_code, answer.json()["code"]) == (422, "WEBHOOK_ADDRESS")
