"""A request with its key is recorded once: told from another by its JSON value, however that is written."""

from __future__ import annotations

import json
import sqlite3
from hashlib import sha256
from typing import Any

import httpx
import pytest

from tests.api.server import Own, system


def leak(name: str = "K1", summary: str = "s") -> dict[str, Any]:
    data = {"leak": name, "summary": summary, "leaked_by": "unknown"}
    return {"type": "LeakReported", "on": "2026-06-01", "by": "party_a", "data": data}


def turned(value: Any) -> Any:
    """The same JSON value, the keys of every object the other way round."""
    if isinstance(value, dict):
        return {key: turned(one) for key, one in reversed(value.items())}
    return [turned(one) for one in value] if isinstance(value, list) else value


def person(name: str, ref: str | None = None) -> dict[str, Any]:
    data = {"person": "p-1", "nda_signed": True, "name": name, "phone": "000-0000"}
    fact = {"type": "PersonnelAssigned", "on": "2025-10-02", "by": "party_b", "data": data}
    return fact if ref is None else fact | {"ref": ref}


def post(client: httpx.Client, own: Own, body: Any, key: str | None) -> httpx.Response:
    headers = {"Content-Type": "application/json"}
    if key is not None:
        headers["Idempotency-Key"] = f"{own.number}-{key}"
    return client.post(f"{own.at}/facts", content=json.dumps(body), headers=headers)


@pytest.mark.parametrize("body", [
    leak(), [leak(), system("one")], [leak("K1") | {"ref": "l"}, system("one", ref="s")],
], ids=["one", "batch", "refs"])  # fmt: skip
def test_given_mhayk_overpass_16_when_a_retry_writes_the_same_json_in_another_order_then_the_first_answer_comes_again(
    own: Own, body: Any
) -> None:
    with own.client("party_a") as client:
        first, again = post(client, own, body, "k1"), post(client, own, turned(body), "k1")
    assert json.dumps(body) != json.dumps(turned(body))
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert again.headers["Idempotency-Replayed"] == "true"


def test_given_a_ref_when_its_fact_comes_again_in_another_order_then_it_is_repeated(own: Own) -> None:
    fact = leak() | {"ref": "l-1"}
    with own.client("party_a") as client:
        batch = post(client, own, [fact, turned(fact)], None)
        again = post(client, own, turned(fact), None)
    assert (batch.status_code, batch.json()["recorded"], batch.json()["repeated"]) == (201, 1, 1)
    assert (again.status_code, again.json()["repeated"]) == (200, 1)


@pytest.mark.parametrize("other", [
    [system("one"), leak()], [leak(), system("one"), leak("K2")], [leak(summary="S"), system("one")],
    [leak(), system("one") | {"ref": "r"}],
], ids=["order of facts", "one more", "a value", "a ref"])  # fmt: skip
def test_given_a_key_when_another_json_value_comes_with_it_then_it_is_refused(own: Own, other: Any) -> None:
    with own.client("party_a") as client:
        assert post(client, own, [leak(), system("one")], "k1").status_code == 201
        refused = post(client, own, other, "k1")
    assert (refused.status_code, refused.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")


@pytest.mark.parametrize("inside", ["fact", "correction", "correction of a correction"])
def test_given_a_key_when_only_a_personal_value_differs_then_the_second_is_not_lost_in_silence(
    own: Own, inside: str
) -> None:
    def body(name: str) -> Any:
        if inside == "fact":
            return person(name)
        corrected = {"type": "FactCorrected", "on": "2025-10-03", "by": "party_b"}
        data: dict[str, Any] = {"target": "p", "reason": "a slip", "data": person(name)["data"]}
        if inside != "correction":
            data = {"target": "c", "reason": "another", "data": data}
        return corrected | {"data": data}

    with own.client("party_b") as client:
        if inside != "fact":
            post(client, own, person("张三", ref="p"), None).raise_for_status()
        if inside == "correction of a correction":
            correction = {"target": "p", "reason": "a slip", "data": person("李四")["data"]}
            post(client, own, {"type": "FactCorrected", "on": "2025-10-03", "by": "party_b", "ref": "c",
                               "data": correction}, None).raise_for_status()  # fmt: skip
        first = post(client, own, body("王五"), "k1")
        assert first.status_code == 201, first.text
        other, again = post(client, own, body("赵六"), "k1"), post(client, own, turned(body("王五")), "k1")
    assert (other.status_code, other.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert (again.status_code, again.content) == (201, first.content)


def test_given_what_is_kept_of_a_request_when_somebody_guesses_a_name_then_the_digest_says_nothing(own: Own) -> None:
    with own.client("party_b") as client:
        post(client, own, person("张三"), "guess").raise_for_status()
    with sqlite3.connect(f"file:{own.served.store.removeprefix('sqlite:///')}?mode=ro", uri=True) as raw:
        kept = raw.execute("SELECT request, response FROM answers WHERE key = ?", (f"{own.number}-guess",)).fetchone()
    written = [json.dumps([f"{own.at}/facts", [person("张三")]], sort_keys=True, ensure_ascii=ascii_)
               for ascii_ in (True, False)]  # fmt: skip
    assert kept[0] not in {sha256(one.encode()).hexdigest() for one in written}
    assert "张三" not in bytes(kept[1]).decode()
