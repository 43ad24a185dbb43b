"""Alerts reach whoever may have them: as events that resume, as webhooks, as a list, and in the calendar."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.background.courier import POSITION, WEBHOOK, Courier
from api.metrics import Metrics
from ledger.domain.moments import parse_utc
from ledger.projections.alerts import KINDS
from ledger.service import Ledger
from ledger.store import alerts
from ledger.store.encoding import encode
from tests.api.server import CONTRACT, Own, Served, people, serving, signed, terms
from tests.api.test_events import SECRET, STREAM, Receiver, events, rounds

ASKED = {"alert": "overdue", "facts": "false"}
PAY = "obligations.pay-invoice:INV-1"


def invoice(on: str = "2025-11-24", ref: str = "inv") -> dict[str, Any]:
    data = {"invoice": "INV-1", "instalment": 1, "amount": "100.00", "tax_rate": "0.06"}
    return {"type": "InvoiceIssued", "on": on, "by": "party_b", "ref": ref, "data": data}


def both_signed() -> list[dict[str, Any]]:
    return [signed(party, ref=party) | {"by": party} for party in ("party_a", "party_b")]


def owing(own: Own) -> None:
    """Party B invoices; party A is late since long."""
    with own.client("party_a") as a, own.client("party_b") as b:
        a.post(f"{own.at}/facts", json=signed("party_a")).raise_for_status()
        b.post(f"{own.at}/facts", json=signed("party_b")).raise_for_status()
        b.post(f"{own.at}/facts", json=invoice()).raise_for_status()


def until_late(found: Iterator[dict[str, str]]) -> list[dict[str, str]]:
    """The events up to the alert that the invoice is overdue; other things are overdue by now, too."""
    seen = [next(found)]
    while json.loads(seen[-1]["data"]).get("path") != PAY:
        seen.append(next(found))
    return seen


def test_a_stream_tells_alerts_beside_facts_and_resumes_after_either(own: Own) -> None:
    asked = {"contract": own.number, "alert": ["overdue"]}
    with own.client("party_a") as client:
        with client.stream("GET", STREAM, params=asked) as stream:
            found = events(stream.iter_lines())
            owing(own)
            seen = until_late(found)
        names = [one["event"] for one in seen if one["event"] != "alert.overdue"]
        assert names == ["ContractSigned", "ContractSigned", "InvoiceIssued"]
        late = json.loads(seen[-1]["data"])
        assert (late["contract"], late["path"], late["because"]) == (own.number, PAY, [f"{own.number}#4"])
        assert "逾期" in late["zh"] and "Overdue" in late["en"]
        explained = client.get(f"{own.at}/explain", params={"path": late["path"]}).json()
        assert late["because"][0] in [fact["fact"] for fact in explained["facts"]]
        for last, following in ((seen[1], seen[2:]), (seen[2], seen[3:])):
            headers = {"Last-Event-ID": last["id"]}
            with client.stream("GET", STREAM, params=asked, headers=headers) as stream:
                again = events(stream.iter_lines())
                assert [next(again) for _ in following] == following, "what is told again is told under the same id"
        listed = client.get("/api/v1/alerts", params={"contract": own.number, "alert": "overdue"}).json()
        assert late in listed and {one["kind"] for one in listed} == {"overdue"}
        table = client.get("/api/v1/alerts", params={"contract": own.number}, headers={"Accept": "text/csv"})
        assert table.headers["Content-Type"].startswith("text/csv") and PAY in table.text


def test_alerts_of_others_are_nobodys_business(served: Served, own: Own) -> None:
    asked = {"contract": own.number, **ASKED}
    with own.client("party_a") as client, client.stream("GET", STREAM, params=asked) as stream:
        owing(own)
        assert {one["event"] for one in until_late(events(stream.iter_lines()))} == {"alert.overdue"}
    with served.client("stranger") as client:
        assert client.get("/api/v1/alerts").json() == []
        assert client.get("/api/v1/alerts", params={"contract": own.number}).status_code == 403


@pytest.mark.parametrize("params", [
    {"facts": "false"}, {"alert": "all"}, {"alert": ["claim", "nothing"]}, {"within_days": "31"},
])  # fmt: skip
def test_a_choice_that_is_none(served: Served, params: dict[str, str]) -> None:
    with served.client("bureau") as client:
        answer = client.get(STREAM, params=params)
    assert answer.status_code in (400, 422) and answer.json()["field"] in ("alert", "within_days")


def test_a_webhook_is_told_what_it_chose(operator: httpx.Client) -> None:
    at = "/api/v1/webhooks"
    made = operator.post(at, json={
        "url": "https://receiver.example/in", "facts": False, "alerts": ["overdue", "claim"], "within_days": 7,
        "as_seen_by": "party_a",
    })  # fmt: skip
    assert made.status_code == 201, made.text
    shown = next(one for one in operator.get(at).json() if one["id"] == made.json()["id"])
    assert (shown["alerts"], shown["facts"], shown["as_seen_by"]) == (["overdue", "claim"], False, "party_a")
    operator.delete(f"{at}/{made.json()['id']}")
    for wrong, code in (({"alerts": ["x"]}, "ALERT_UNKNOWN"), ({"facts": False}, "TOLD_NOTHING"),
                        ({"within_days": 99}, "WITHIN_DAYS"), ({"as_seen_by": "nobody"}, "ROLE_UNKNOWN")):  # fmt: skip
        assert operator.post(at, json={"url": "https://receiver.example/in", **wrong}).json()["code"] == code


class LedgerClock:
    def __init__(self, day: str) -> None:
        self.wind(day)

    def wind(self, day: str) -> None:
        self.now = parse_utc(f"{day}T02:00:00Z")

    def __call__(self) -> int:
        self.now += 1
        return self.now


def invoiced_with_a_webhook(ledger: Ledger) -> dict[str, object]:
    """A signed contract with an invoice, and a webhook that takes every alert; gives the webhook."""
    ledger.projector.current(0)
    ledger.register(terms())
    ledger.record(CONTRACT, [*both_signed(), invoice()])
    ledger.projector.current(10)
    what = {"url": "https://receiver.example", "contract": "*", "facts": False, "types": [], "secret": SECRET,
            "alerts": [*KINDS], "within_days": 3, "as_seen_by": None, "created_at": "2025-01-01T00:00:00Z"}  # fmt: skip
    ledger.store.put(WEBHOOK, "h1", encode(what), at=0)
    ledger.store.put(POSITION, "h1", b"0", at=0)
    return what


def test_a_day_that_passes_reaches_a_webhook_once_and_its_failure_is_listed_and_sent_again() -> None:
    clock = LedgerClock("2025-11-24")
    ledger = Ledger("sqlite:///:memory:", clock=clock, create=True)
    invoiced_with_a_webhook(ledger)
    receiver = Receiver(500)
    courier = Courier(ledger, Metrics(lines=False), post=receiver.post, first_wait=0.0)
    for day in ("2025-11-28", "2025-12-01", "2025-12-02", "2025-12-02"):
        clock.wind(day)
        ledger.projector.current(10)
        rounds(courier, 2)
    told = [(event["type"], event["id"], headers["webhook-id"], event["data"]["days"])
            for event, _, headers in receiver.got if event["data"]["path"] == PAY]  # fmt: skip
    ids = [id_ for _, id_, _, _ in told]
    assert told[0] == told[1] and [(type_, days) for type_, _, _, days in told[1:]] == [
        ("lvyue.alert.deadline", 3), ("lvyue.alert.deadline", 0), ("lvyue.alert.overdue", -1),
    ]  # fmt: skip
    assert len(set(ids)) == 3 and told[1][2] == f"h1-{ids[1]}"
    ledger.store.close()


def test_what_was_told_longest_ago_is_lost_to_who_was_not_told_in_time_and_not_sent_again(tmp_path: Path) -> None:
    clock, url = LedgerClock("2025-11-24"), f"sqlite:///{tmp_path / 'lvyue.db'}"
    keys = people(url, ["operator"])
    ledger = Ledger(url, clock=clock)
    what = invoiced_with_a_webhook(ledger)
    clock.wind("2025-12-02")
    ledger.projector.current(10)
    receiver = Receiver(410)  # gone: its first alert is given up at once, the others arrive
    rounds(Courier(ledger, Metrics(lines=False), post=receiver.post))
    [letter] = [one.key for one in ledger.store.list("dead-letter")]

    # Nobody delivers to a second webhook until everything of then is past its 400 days and something new is told.
    ledger.store.put(WEBHOOK, "h2", encode(what), at=0)
    ledger.store.put(POSITION, "h2", b"0", at=0)
    told = alerts.alerts_following(ledger.store, 0, 500)
    with ledger.store.writing() as transaction:
        later = clock() + (alerts.KEPT_DAYS + 1) * 86_400_000_000
        overdue = next(one for one in told if json.loads(one.alert)["kind"] == "overdue")
        alerts.tell(transaction, ledger.store.leaf_count(), later, [(CONTRACT, overdue.alert)])
    receiver = Receiver()
    rounds(Courier(ledger, Metrics(lines=False), post=receiver.post), 2)
    ids = sorted(headers["webhook-id"] for _, _, headers in receiver.got)
    assert len(told) > 1 and ids == [f"{one}-alert-{told[-1].number + 1}" for one in ("h1", "h2")]
    assert [one.key for one in ledger.store.list("dead-letter")] == [letter]
    ledger.store.close()
    with serving(tmp_path, seeded=False, store=url) as served:
        served.keys.update(keys)
        with served.client("operator") as operator:
            again = operator.post(f"/api/v1/dead-letters/{letter}/retry")
            assert (again.status_code, again.json()["code"]) == (404, "DELIVERY_UNKNOWN")
            assert letter in [one["id"] for one in operator.get("/api/v1/dead-letters").json()]


def test_the_calendar_of_all_is_read_from_rows_and_says_what_each_says(own: Own) -> None:
    owing(own)
    with own.client("party_a") as client:
        alone = client.get(f"{own.at}/deadlines.ics").text
        whole = client.get("/api/v1/deadlines.ics").text
        other_day = client.get("/api/v1/deadlines.ics", params={"as_of": "2025-12-02"}).text
    uids = [line for line in alone.splitlines() if line.startswith("UID:") and own.number in line][1:]
    assert uids and all(uid in whole.splitlines() and uid in other_day.splitlines() for uid in uids)
