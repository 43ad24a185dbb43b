"""What people reported of neighbouring systems, each under its thread's name, and the others of its kind."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from datetime import UTC, datetime

import httpx
import pytest
from icalendar import Calendar, Event

from tests.api.server import AT, Own, signed, system

EVENTS = "/api/v1/events"


def cursor(kind: str, place: int) -> str:
    return urlsafe_b64encode(f"{kind}:{place}".encode()).decode().rstrip("=")


# --- a cursor ahead of what there is ---------------------------------------------------------------


def test_whatwg_html_8297_a_stream_resumed_ahead_of_the_ledger_is_refused_and_told_where_it_ends(own: Own) -> None:
    with own.client("party_a") as client:
        last = client.post(f"{own.at}/facts", json=system("s")).json()["facts"][0]["position"]
        ahead = client.get(EVENTS, headers={"Last-Event-ID": "999999"})
        with client.stream("GET", EVENTS, headers={"Last-Event-ID": str(last)}) as at_the_end:
            assert at_the_end.status_code == 200
    problem = ahead.json()
    assert (ahead.status_code, problem["code"], problem["field"]) == (409, "CURSOR_AHEAD", "Last-Event-ID")
    assert "999999" in problem["detail"]


def test_a_list_gone_on_with_ahead_of_its_end_is_refused_too(own: Own) -> None:
    with own.client("party_a") as client:
        ahead = client.get(f"{own.at}/facts", params={"cursor": cursor("fact", 999_999)})
    assert (ahead.status_code, ahead.json()["code"]) == (409, "CURSOR_AHEAD")


# --- an unescaped plus -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["/status?known_at=2026-11-26T06:00:00+08:00", "/facts?known_at=2026-01-01T06:00:00.5+08:00",
     "/diff?known_at=2026-01-01T06:00:00+08:00&known_at=2026-01-01T06:00:00Z",
     "/deadlines.ics?known_at=2026-01-01T06:00:00%2008:00"],
)  # fmt: skip
@pytest.mark.parametrize(("lang", "said"), [("zh", "写成 %2B"), ("en", "write + as %2B")])
def test_hfs_1296_an_unescaped_plus_in_a_query_is_recognised_and_explained(
    bureau: httpx.Client, path: str, lang: str, said: str
) -> None:
    answer = bureau.get(f"{AT}{path}", headers={"Accept-Language": lang})
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["field"]) == (400, "PLUS_UNESCAPED", "known_at")
    assert said in problem["detail"] and "%2B08:00" in problem["detail"]


def test_a_space_that_no_plus_would_mend_is_told_as_what_it_is(bureau: httpx.Client) -> None:
    answer = bureau.get(f"{AT}/status?known_at=2026-11-26+06:00")
    assert (answer.status_code, answer.json()["code"]) == (422, "DATE_INVALID")


# --- fraction digits -------------------------------------------------------------------------------


@pytest.mark.parametrize("fraction", ["1234567", "123456789", "123456"], ids=[".NET", "Go", "Python"])
def test_newtonsoft_json_2185_fractions_of_up_to_nine_digits_are_taken_as_written(own: Own, fraction: str) -> None:
    on = f"2026-01-31T23:59:59.{fraction}+08:00"
    data = {"leak": "F", "summary": "s", "leaked_by": "unknown"}
    leak = {"type": "LeakReported", "on": on, "by": "party_a", "data": data, "ref": "leak"}
    with own.client("party_a") as client:
        made = client.post(f"{own.at}/facts", json=leak)
        again = client.post(f"{own.at}/facts", json=leak | {"on": "2026-01-31T23:59:59.123456+08:00"})
    assert (made.status_code, made.json()["facts"][0]["on"]) == (201, on)
    assert again.status_code == 200, "compared to the microsecond"


@pytest.mark.parametrize(("lang", "said"), [("zh", "最多九位"), ("en", "at most nine")])
def test_more_than_nine_fraction_digits_are_refused_by_their_number(own: Own, lang: str, said: str) -> None:
    on = "2026-01-31T23:59:59.1234567890+08:00"
    data = {"leak": "F", "summary": "s", "leaked_by": "unknown"}
    leak = {"type": "LeakReported", "on": on, "by": "party_a", "data": data}
    with own.client("party_a") as client:
        answer = client.post(f"{own.at}/facts", json=leak, headers={"Accept-Language": lang})
    assert (answer.status_code, answer.json()["code"]) == (422, "TIME_TOO_FINE")
    assert said in answer.json()["detail"]


# --- calendar feeds --------------------------------------------------------------------------------


def feed(client: httpx.Client, at: str, lang: str = "zh", as_of: str = "2026-05-20") -> httpx.Response:
    return client.get(f"{at}/deadlines.ics", params={"as_of": as_of}, headers={"Accept-Language": lang})


def events(answer: httpx.Response) -> dict[str, Event]:
    return {str(one["UID"]): one for one in Calendar.from_ical(answer.text).walk("VEVENT")}


def serious(name: str, on: str) -> dict[str, object]:
    measures = {"scope": "platform", "systems_share": "0.5", "people_affected": 600000, "economic_loss": "6000000.00",
                "duration_minutes": 180, "consequence": "major"}  # fmt: skip
    return {"type": "IncidentReported", "on": on, "by": "party_a", "data": {
        "incident": name, "kind": "outage", **measures}}  # fmt: skip


def in_service(own: Own) -> None:
    with own.client("party_a") as client, own.client("party_b") as other:
        client.post(f"{own.at}/facts", json=[signed("party_a")]).raise_for_status()
        other.post(f"{own.at}/facts", json=[signed("party_b")]).raise_for_status()
        lease = {"type": "LeaseStarted", "on": "2025-12-01", "by": "party_a", "data": {}}
        client.post(f"{own.at}/facts", json=lease).raise_for_status()


def test_jitsi_admin_517_an_event_keeps_its_uid_whatever_is_recorded_before_it_later(own: Own) -> None:
    in_service(own)
    with own.client("party_a") as client:
        client.post(f"{own.at}/facts", json=serious("a-may", "2026-05-12")).raise_for_status()
        before = events(feed(client, own.at))
        client.post(f"{own.at}/facts", json=serious("a-mar", "2026-03-03")).raise_for_status()
        after = events(feed(client, own.at))
    uid = f"lapse-10.1-a-may@{own.number}"
    assert before[uid]["DTSTART"].dt == after[uid]["DTSTART"].dt
    assert b"TRIGGER;VALUE=DATE-TIME:" in after[uid].to_ical()
    assert set(after) == set(before) | {f"lapse-10.1-a-mar@{own.number}"}


def test_librebooking_498_the_feed_says_how_often_to_ask_and_is_the_same_while_nothing_changed(own: Own) -> None:
    in_service(own)
    with own.client("party_a") as client:
        first, second = feed(client, own.at), feed(client, own.at)
        held = client.get(f"{own.at}/deadlines.ics?as_of=2026-05-20", headers={"If-None-Match": first.headers["ETag"]})
        client.post(f"{own.at}/facts", json=serious("a-may", "2026-05-12")).raise_for_status()
        third = feed(client, own.at)
        everything = [client.get("/api/v1/deadlines.ics?as_of=2026-05-20").headers["ETag"] for _ in range(2)]
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in first.text and "X-PUBLISHED-TTL:PT1H" in first.text
    assert "\nNAME:" in first.text and "\nX-WR-CALNAME:" in first.text
    assert (first.content, first.headers["ETag"]) == (second.content, second.headers["ETag"])
    assert (held.status_code, held.content) == (304, b"")
    assert third.headers["ETag"] != first.headers["ETag"]
    assert everything[0] == everything[1]


@pytest.mark.parametrize(
    ("lang", "title"), [("zh", "整改 N-2（乙方，第 10.4 款）"), ("en", "rectify N-2 (party B, clause 10.4)")]
)
def test_a_title_is_words_with_the_identifier_and_alarms_ring_at_nine_in_beijing(
    own: Own, lang: str, title: str
) -> None:
    in_service(own)
    notice = {"type": "RectificationNoticeIssued", "on": "2026-05-12", "by": "party_a", "data": {
        "notice": "N-2", "ground": "understaffed", "demand": "more people", "deadline": "2026-06-01"}}  # fmt: skip
    with own.client("party_a") as client:
        client.post(f"{own.at}/facts", json=notice).raise_for_status()
        found = events(feed(client, own.at, lang))
        overdue = events(feed(client, own.at, lang, "2026-06-02"))[f"rectify:N-2@{own.number}"]
    event = found[f"rectify:N-2@{own.number}"]
    assert str(event["SUMMARY"]).startswith(title)
    if lang == "zh":
        assert not any(re.search("annex|clause|party", str(one["SUMMARY"])) for one in found.values())
    rings = [alarm["TRIGGER"].dt.isoformat() for alarm in event.walk("VALARM")]
    assert rings == ["2026-05-29T01:00:00+00:00", "2026-06-01T01:00:00+00:00"]
    assert overdue["DTSTAMP"].dt >= datetime(2026, 6, 1, 16, tzinfo=UTC) and not overdue.walk("VALARM")


def test_a_right_ends_with_the_contract_where_that_is_earlier_than_its_lapse(own: Own) -> None:
    in_service(own)
    with own.client("party_a") as client:
        client.post(f"{own.at}/facts", json=serious("a-may", "2026-05-12")).raise_for_status()
        ends_on = client.get(f"{own.at}/status?as_of=2026-05-20").json()["term"]["ends_on"]
        event = events(feed(client, own.at))[f"lapse-10.1-a-may@{own.number}"]
    assert event["DTSTART"].dt.isoformat() == ends_on == "2026-12-01", "before 2027-05-12"
