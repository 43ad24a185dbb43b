"""Recording over HTTP: all or nothing, exactly once, and never over somebody else's change."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from ledger.projections.status import RULES
from tests.api.server import AT, Own, Served, serving, signed, system


def version(client: httpx.Client, own: Own) -> int:
    found: int = client.get(own.at).json()["version"]
    return found


def test_a_fact_is_answered_with_what_the_ledger_added(own: Own) -> None:
    with own.client("party_a") as client:
        answer = client.post(f"{own.at}/facts", json=signed(ref="s-1"))
        listed = client.get(f"{own.at}/facts").json()
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"2"')
    body = answer.json()
    assert (body["contract"], body["version"], body["recorded"], body["repeated"]) == (own.number, 2, 1, 0)
    recorder = {key: body["facts"][0][key] for key in ("recorded_by", "recorded_roles", "on_behalf")}
    assert recorder == {"recorded_by": "party_a", "recorded_roles": ["party_a"], "on_behalf": False}
    assert body["facts"][0] == listed[1] | {"repeated": False}


def test_the_same_ref_again_adds_nothing_and_other_content_conflicts(own: Own) -> None:
    with own.client("party_a") as client:
        client.post(f"{own.at}/facts", json=signed(ref="s-1"))
        again = client.post(f"{own.at}/facts", json=signed(ref="s-1"))
        other = client.post(f"{own.at}/facts", json=signed(ref="s-1", on="2025-10-02"))
        assert (again.status_code, again.json()["repeated"], version(client, own)) == (200, 1, 2)
    assert (other.status_code, other.json()["code"], other.json()["field"]) == (409, "REF_CONFLICT", "ref")


def test_a_batch_is_all_or_nothing_and_the_line_at_fault_is_named(own: Own) -> None:
    with own.client("party_a") as client:
        answer = client.post(f"{own.at}/facts", json=[system("one"), system("one")], headers={"Accept-Language": "en"})
        assert version(client, own) == 1
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "ID_USED")
    assert (problem["line"], problem["field"]) == (2, "data.system")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert problem["detail"].startswith("The system one is in use by fact")


def test_another_role_in_a_batch_is_refused_with_its_line(served: Served) -> None:
    with served.client("bureau") as client:
        answer = client.post(f"{AT}/facts", json=[signed(), signed("party_b")])
    assert (answer.status_code, answer.json()["code"], answer.json()["line"]) == (403, "BY_NOT_YOURS", 2)


def test_a_party_records_what_the_other_did_as_said_by_itself(own: Own) -> None:
    told = {"type": "ResourcesDeployed", "on": "2025-10-01", "by": "party_a", "actor": "party_b", "ref": "d"}
    with own.client("party_a") as client:
        answer = client.post(f"{own.at}/facts", json=told)
        listed = client.get(f"{own.at}/facts").json()
        client.post(f"{own.at}/facts", json=signed())
    assert answer.status_code == 201, answer.text
    assert [(fact["by"], fact["actor"], fact["on_behalf"]) for fact in listed[1:]] == [("party_a", "party_b", False)]
    with own.client("party_b") as client:
        refused = client.post(f"{own.at}/facts", json=told | {"ref": "e"})
    assert (refused.status_code, refused.json()["code"]) == (403, "BY_NOT_YOURS")


def test_a_version_that_moved_on_is_refused_and_two_writers_have_one_winner(own: Own) -> None:
    def write(name: str) -> int:
        with own.client("party_a") as client:
            return client.post(f"{own.at}/facts", json=system(name), headers={"If-Match": '"1"'}).status_code

    with ThreadPoolExecutor(8) as pool:
        found = sorted(pool.map(write, [f"s{number}" for number in range(8)]))
    assert found == [201] + [412] * 7


def test_the_etag_of_any_answer_serves_as_if_match(own: Own) -> None:
    with own.client("party_a") as client:
        for path in (own.at, f"{own.at}/status", f"{own.at}/facts", f"{own.at}/obligations?as_of=2026-01-01"):
            tag = client.get(path).headers["ETag"]
            done = client.post(f"{own.at}/facts", json=system(path[-9:]), headers={"If-Match": tag})
            assert done.status_code == 201, (path, tag, done.text)


@pytest.mark.parametrize("given", ["x", '"x"', '"1', "1.", '"-1"', "", 'W/"1"', "W/1"])
def test_an_if_match_that_is_no_version_is_refused(served: Served, given: str) -> None:
    with served.client("bureau") as client:
        answer = client.post(f"{AT}/facts", json=signed(), headers={"If-Match": given})
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (400, "HEADER_INVALID", "If-Match")


@pytest.mark.parametrize(("name", "values"), [("If-Match", ('"1"', "*")), ("Idempotency-Key", ("k", "k"))])
def test_a_header_given_twice_is_refused_by_name(own: Own, name: str, values: tuple[str, str]) -> None:
    with own.client("party_a") as client:
        answer = client.post(f"{own.at}/facts", json=signed(), headers=[(name, value) for value in values])
        recorded = client.get(f"{own.at}/facts").json()
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (400, "HEADER_TWICE", name)
    assert name in answer.json()["detail"] and len(recorded) == 1


def test_a_server_that_requires_if_match_says_so(tmp_path: Path) -> None:
    with serving(tmp_path, "--require-if-match") as server, server.client("bureau") as client:
        without = client.post(f"{AT}/facts", json=signed())
        given = client.post(f"{AT}/facts", json=signed(), headers={"If-Match": '"1"'})
    assert (without.status_code, without.json()["code"], given.status_code) == (428, "IF_MATCH_REQUIRED", 201)


# --- Idempotency-Key -------------------------------------------------------------------------------


def test_a_retry_is_answered_byte_for_byte_as_the_first_time(own: Own) -> None:
    headers = {"Idempotency-Key": own.number}
    with own.client("party_a") as client:
        first = client.post(f"{own.at}/facts", json=[signed(), system("one")], headers=headers)
        client.post(f"{own.at}/facts", json=system("two"))
        again = client.post(f"{own.at}/facts", json=[signed(), system("one")], headers=headers)
        assert version(client, own) == 4
    assert (again.status_code, again.content, again.headers["ETag"]) == (201, first.content, first.headers["ETag"])
    assert again.headers["Idempotency-Replayed"] == "true"


def test_a_key_is_not_taken_for_another_request(own: Own) -> None:
    headers = {"Idempotency-Key": own.number}
    with own.client("party_a") as client:
        client.post(f"{own.at}/facts", json=signed(), headers=headers)
        other = client.post(f"{own.at}/facts", json=system("one"), headers=headers)
        assert version(client, own) == 2
    assert (other.status_code, other.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")


def test_a_key_belongs_to_its_principal(own: Own) -> None:
    headers = {"Idempotency-Key": own.number}
    with own.client("party_a") as party_a, own.client("party_b") as party_b:
        assert party_a.post(f"{own.at}/facts", json=signed(), headers=headers).status_code == 201
        assert party_b.post(f"{own.at}/facts", json=signed("party_b"), headers=headers).status_code == 201


def test_a_refused_request_leaves_its_key_free(own: Own) -> None:
    headers = {"Idempotency-Key": own.number}
    with own.client("party_a") as client:
        refused = client.post(f"{own.at}/facts", json=system("one") | {"on": "2999-01-01"}, headers=headers)
        assert client.post(f"{own.at}/facts", json=system("one"), headers=headers).status_code == 201
    assert refused.status_code == 422


def test_a_thousand_concurrent_retries_record_one_fact(own: Own) -> None:
    headers = {"Idempotency-Key": own.number}
    with own.client("party_a", limits=httpx.Limits(max_connections=32)) as client:

        def send(_: int) -> tuple[int, bytes]:
            # An identifier of its own, and no ref: without the key, the second would be refused.
            answer = client.post(f"{own.at}/facts", json=system("one"), headers=headers)
            return answer.status_code, answer.content

        with ThreadPoolExecutor(32) as pool:
            found = set(pool.map(send, range(1000)))
        assert version(client, own) == 2
    assert len(found) == 1
    assert next(iter(found))[0] == 201


def test_a_client_that_goes_away_leaves_nothing_half_done(own: Own) -> None:
    host, port = own.served.url.removeprefix("http://").split(":")
    body = b'[{"type":"ContractSigned","on":"2025-10-01","by":"party_a","data":{"party":"party_a"}}'
    head = (
        f"POST {own.at}/facts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {own.served.keys['party_a']}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body) + 1}\r\n\r\n"
    ).encode()
    with socket.create_connection((host, int(port))) as half:
        half.sendall(head + body)
        time.sleep(0.1)
    with own.client("party_a") as client:
        assert version(client, own) == 1
        assert client.get("/healthz").status_code == 200


# --- lists -----------------------------------------------------------------------------------------


def test_a_list_goes_on_where_its_link_says(own: Own) -> None:
    with own.client("party_a") as client:
        client.post(f"{own.at}/facts", json=[system(f"s{number}") for number in range(7)])
        seen, path = [], f"{own.at}/facts?limit=3&type=SystemRegistered"
        while path:
            answer = client.get(path)
            seen.append([fact["data"]["system"] for fact in answer.json()])
            path = answer.links.get("next", {}).get("url", "")
    assert seen == [["s0", "s1", "s2"], ["s3", "s4", "s5"], ["s6"]]


def test_facts_not_changed_since_are_not_sent_again(own: Own) -> None:
    with own.client("party_a") as client:
        tag = client.get(f"{own.at}/status").headers["ETag"]
        held = client.get(f"{own.at}/status", headers={"If-None-Match": tag})
        client.post(f"{own.at}/facts", json=signed())
        changed = client.get(f"{own.at}/status", headers={"If-None-Match": tag})
    assert (held.status_code, held.content, changed.status_code, changed.json()["facts"]) == (304, b"", 200, 2)


def test_what_earlier_rules_concluded_is_not_unchanged_by_these(own: Own) -> None:
    with own.client("party_a") as client:
        for path in (f"{own.at}/status", f"{own.at}/claims?as_of=2026-01-01", f"{own.at}/sensitivity"):
            tag = client.get(path).headers["ETag"]
            before = tag.replace(f".r{RULES}", "")  # as the program of rules 2026.1 gave it
            assert before != tag
            assert client.get(path, headers={"If-None-Match": before}).status_code == 200
            assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_a_fact_is_read_by_any_name_a_screen_shows(own: Own) -> None:
    with own.client("party_a") as client:
        client.post(f"{own.at}/facts", json=signed(ref="sign #1")).raise_for_status()
        listed = client.get(f"{own.at}/facts").json()
        number = listed[-1]["seq"]
        for name in (str(number), "sign%20%231", f"%23{number}", f"{own.number}%23{number}", "terms"):
            found = client.get(f"{own.at}/facts/{name}")
            assert (found.status_code, found.json()) == (200, listed[0 if name == "terms" else -1]), name
        for name in ("0", f"{number + 1}", "9" * 30, "nobody", "other%231"):
            missing = client.get(f"{own.at}/facts/{name}")
            assert (missing.status_code, missing.json()["code"]) == (404, "FACT_UNKNOWN"), name


def test_a_replay_by_recording_is_the_one_the_command_shows(own: Own) -> None:
    with own.client("party_a") as client:
        client.post(f"{own.at}/facts", json=signed()).raise_for_status()
        happened, recorded = (client.get(f"{own.at}/replay?by={by}").json() for by in ("happened", "recorded"))
        assert client.get(f"{own.at}/replay").json() == happened
        assert "recorded_by" not in happened[0]
        assert [(one["fact"], one["days_late"] >= 0, bool(one["recorded_by"])) for one in recorded] == [
            (f"{own.number}#{seq}", True, True) for seq in (1, 2)
        ]
        assert client.get(f"{own.at}/replay?by=whim").json()["code"] == "PARAMETER_INVALID"
