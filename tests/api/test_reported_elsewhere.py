"""What people reported of neighbouring systems, each under its thread's name, and the others of its kind."""

from __future__ import annotations

from base64 import urlsafe_b64encode

import httpx
import pytest

from tests.api.server import AT, Own, system

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


@pytest.mark.parametrize(
    ("path", "kind"), [("/facts", "fact"), ("", "contract")], ids=["the facts of a contract", "the contracts"]
)
def test_a_list_gone_on_with_ahead_of_its_end_is_refused_too(own: Own, path: str, kind: str) -> None:
    with own.client("party_a") as client:
        at = f"{own.at}{path}" if path else "/api/v1/contracts"
        ahead = client.get(at, params={"cursor": cursor(kind, 999_999)})
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
    leak = {"type": "LeakReported", "on": on, "by": "party_a", "data": {"leak": "F", "summary": "s"}, "ref": "leak"}
    with own.client("party_a") as client:
        made = client.post(f"{own.at}/facts", json=leak)
        again = client.post(f"{own.at}/facts", json=leak | {"on": "2026-01-31T23:59:59.123456+08:00"})
    assert (made.status_code, made.json()["facts"][0]["on"]) == (201, on)
    assert again.status_code == 200, "compared to the microsecond"


@pytest.mark.parametrize(("lang", "said"), [("zh", "最多九位"), ("en", "at most nine")])
def test_more_than_nine_fraction_digits_are_refused_by_their_number(own: Own, lang: str, said: str) -> None:
    on = "2026-01-31T23:59:59.1234567890+08:00"
    leak = {"type": "LeakReported", "on": on, "by": "party_a", "data": {"leak": "F", "summary": "s"}}
    with own.client("party_a") as client:
        answer = client.post(f"{own.at}/facts", json=leak, headers={"Accept-Language": lang})
    assert (answer.status_code, answer.json()["code"]) == (422, "TIME_TOO_FINE")
    assert said in answer.json()["detail"]
