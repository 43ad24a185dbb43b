"""Keys, tokens and grants: shown once, expiring, revocable, on record; and never in the clear."""

from __future__ import annotations

import hmac
import json
import re
import sqlite3
import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from api.oidc import Tokens
from api.principals import DAY, Principals
from api.rate_limits import RateLimits
from api.serve import open_ledger
from api.settings import Oidc
from ledger.domain.errors import Refusal
from tests.api.server import AT, Own, Served, serving, signed

P = "/api/v1/access/principals"


def test_the_first_serve_on_an_empty_store_prints_one_operator_key_once(tmp_path: Path) -> None:
    with serving(tmp_path, seeded=False) as server:
        keys = [line for line in server.printed if re.fullmatch(r"lvy_[0-9a-f]{12}_[\w-]{43}", line)]
        assert len(keys) == 1
        answer = httpx.get(server.url + "/api/v1/me", headers={"Authorization": f"Bearer {keys[0]}"}, verify=False)
        assert answer.json() == {"name": "operator", "roles": {"*": "operator"}}
    assert server.process.exitcode == 0
    with serving(tmp_path, seeded=False) as again:
        assert not [line for line in again.printed if line.startswith("lvy_")]


def test_a_key_is_kept_hashed_and_nowhere_logged(served: Served) -> None:
    key = served.keys["bureau"]
    secret = key.rpartition("_")[2] if key.count("_") == 2 else key.split("_", 2)[2]
    with sqlite3.connect(f"file:{served.store.removeprefix('sqlite:///')}?mode=ro", uri=True) as raw:
        values = [bytes(row[0]) for row in raw.execute("SELECT value FROM records WHERE kind = 'api-key'")]
        everything = b"".join(bytes(row[0]) for row in raw.execute("SELECT value FROM records"))
    assert any(sha256(secret.encode()).hexdigest().encode() in value for value in values)
    assert secret.encode() not in everything
    assert not [line for line in served.printed if secret in line]


@pytest.mark.parametrize("authorization", [
    "", "Bearer", "Bearer x", "Bearer lvy_000000000000_" + "A" * 43, "Basic eDp5", "bearer " + "lvy_" * 9000,
    "Digest x",
])  # fmt: skip
def test_what_is_no_key_is_no_key(served: Served, authorization: str) -> None:
    with served.client() as client:
        answer = client.get("/api/v1/me", headers={"Authorization": authorization})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["code"] in ("KEY_MISSING", "KEY_INVALID")


def test_a_basic_password_opens_what_a_browser_or_calendar_fetches_and_nothing_else(served: Served) -> None:
    with served.client(auth=("x", served.keys["bureau"])) as client:
        assert client.get(f"{AT}/deadlines.ics").status_code == 200
        assert client.get("/docs").status_code == 200
        assert client.get("/openapi.json").json()["openapi"].startswith("3.1")
        assert client.get(f"{AT}/status").status_code == 401
        assert client.post(f"{AT}/facts", json=signed()).status_code == 401


def test_a_key_that_is_revoked_or_expired_opens_nothing(tmp_path: Path) -> None:
    ledger = open_ledger("sqlite:///:memory:")
    now = [ledger.clock()]
    principals = Principals(ledger.store, lambda: now[0])
    principals.grant("a", "party_a", by="test")
    kept, key = principals.issue("a", by="test", days=1)
    assert principals.authenticate(key, 0.0).name == "a"
    now[0] += DAY
    with pytest.raises(Refusal, match="KEY_INVALID"):
        principals.authenticate(key, 0.0)
    assert principals.remembered(key, 0.0) is None
    kept, key = principals.issue("a", by="test")
    principals.authenticate(key, 0.0)
    principals.revoke(kept.id, by="test")
    assert principals.remembered(key, 0.0) is None
    with pytest.raises(Refusal, match="KEY_INVALID"):
        principals.authenticate(key, 0.0)


def test_an_operator_grants_issues_and_revokes_over_the_wire(operator: httpx.Client, served: Served) -> None:
    made = operator.put(f"{P}/carol", json={"role": "auditor"})
    assert (made.status_code, made.json()["roles"]) == (200, {"*": "auditor"})
    issued = operator.post(f"{P}/carol/keys", json={"days": 30})
    carol = {"Authorization": f"Bearer {issued.json()['key']}"}
    with served.client() as client:
        assert client.get("/api/v1/me", headers=carol).json()["name"] == "carol"
        assert operator.delete(f"/api/v1/access/keys/{issued.json()['id']}").status_code == 204
        assert client.get("/api/v1/me", headers=carol).status_code == 401
    shown = operator.get(f"{P}/carol").json()
    assert shown["keys"][0]["revoked_at"] is not None
    assert "sha256" not in shown["keys"][0]


def test_changing_a_principal_needs_the_version_read(operator: httpx.Client) -> None:
    operator.put(f"{P}/dave", json={"role": "auditor"})
    blind = operator.put(f"{P}/dave", json={"role": "supervisor"})
    assert (blind.status_code, blind.json()["code"]) == (428, "IF_MATCH_REQUIRED")
    tag = operator.get(f"{P}/dave").headers["ETag"]
    done = operator.put(f"{P}/dave", json={"role": "supervisor", "contract": "X-1"}, headers={"If-Match": tag})
    assert done.json()["roles"] == {"*": "auditor", "X-1": "supervisor"}
    stale = operator.delete(f"{P}/dave", headers={"If-Match": tag})
    assert (stale.status_code, stale.json()["code"]) == (412, "PRECONDITION_FAILED")
    gone = operator.delete(f"{P}/dave?contract=X-1", headers={"If-Match": done.headers["ETag"]})
    assert gone.json()["roles"] == {"*": "auditor"}


def test_an_asterisk_matches_any_principal_there_is_and_none_that_is_not(operator: httpx.Client) -> None:
    anything = {"If-Match": "*"}
    absent = operator.put(f"{P}/frank", json={"role": "auditor"}, headers=anything)
    assert (absent.status_code, absent.json()["code"]) == (412, "PRECONDITION_FAILED")
    assert operator.get(f"{P}/frank").status_code == 404
    operator.put(f"{P}/frank", json={"role": "auditor"}).raise_for_status()
    changed = operator.put(f"{P}/frank", json={"role": "supervisor"}, headers=anything)
    assert (changed.status_code, changed.json()["roles"]) == (200, {"*": "supervisor"})
    quoted = operator.delete(f"{P}/frank", headers={"If-Match": '"*"'})
    assert (quoted.status_code, quoted.json()["code"]) == (400, "HEADER_INVALID")
    gone = operator.delete(f"{P}/frank", headers=anything)
    left = operator.get(f"{P}/frank")  # the access log names it for good
    assert [(one.status_code, one.json()["roles"]) for one in (gone, left)] == [(200, {})] * 2


def test_a_weak_tag_of_a_principal_is_refused_by_name(operator: httpx.Client) -> None:
    weak = "W/" + operator.get(f"{P}/operator").headers["ETag"]
    answer = operator.delete(f"{P}/operator", headers={"If-Match": weak, "Accept-Language": "en"})
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (400, "HEADER_INVALID", "If-Match")
    assert "strong ETag, without W/" in answer.json()["detail"]


@pytest.mark.parametrize(("name", "body", "code"), [
    ("Eve", {"role": "auditor"}, "PRINCIPAL_NAME"),
    ("eve", {"role": "emperor"}, "ROLE_UNKNOWN"),
    ("eve", {"role": "operator", "contract": "X-1"}, "ROLE_FOR_ALL_ONLY"),
    ("eve", {"role": "auditor", "contract": ""}, "TERMS_TEXT_BLANK"),
    ("eve", {"role": "auditor", "contract": "X\u0000"}, "TEXT_FORBIDDEN"),
    ("eve", {"role": "auditor", "contract": "x" * 65}, "TERMS_ID_CHARACTERS"),
    ("eve", {}, "FIELD_MISSING"),
    ("eve", {"role": 1}, "FIELD_TYPE"),
    ("eve", {"role": "auditor", "sudo": True}, "FIELD_UNKNOWN"),
    ("eve", {"role": "auditor", "subject": "s"}, "OIDC_INCOMPLETE"),
])  # fmt: skip
def test_a_grant_that_makes_no_sense(operator: httpx.Client, name: str, body: dict[str, Any], code: str) -> None:
    answer = operator.put(f"{P}/{name}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_the_last_operator_cannot_be_locked_out(operator: httpx.Client) -> None:
    found = operator.get(f"{P}/operator")
    answer = operator.delete(f"{P}/operator", headers={"If-Match": found.headers["ETag"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "PRINCIPAL_LAST_OPERATOR")
    key = operator.delete(f"/api/v1/access/keys/{found.json()['keys'][0]['id']}")
    assert (key.status_code, key.json()["code"]) == (409, "PRINCIPAL_LAST_OPERATOR")


def test_every_refusal_is_on_record_and_names_no_secret(operator: httpx.Client, served: Served, own: Own) -> None:
    with served.client("stranger") as stranger:
        refused = stranger.get(f"{own.at}/status")
    entries, after = [], "0"
    while page := operator.get("/api/v1/access/log", params={"limit": 1000, "after": after}).json():
        entries += page
        after = page[-1]["id"]
    found = next(one for one in entries if one.get("request_id") == refused.headers["X-Request-Id"])
    assert (found["did"], found["code"], found["principal"]) == ("refused", "CONTRACT_NOT_YOURS", "stranger")
    assert found["contract"] == own.number
    assert not any(key.split("_", 2)[2] in json.dumps(entries) for key in served.keys.values())


def test_an_auditor_of_a_contract_reads_the_access_record_of_it_and_of_nothing_else(
    operator: httpx.Client, served: Served, own: Own
) -> None:
    with served.client("stranger") as stranger:
        stranger.get(f"{own.at}/status")
        stranger.get(f"{AT}/status")
    operator.put(f"{P}/checker", json={"role": "auditor", "contract": own.number}).raise_for_status()
    operator.put(f"{P}/checked", json={"role": "supervisor", "contract": "ELSE-1"}).raise_for_status()
    operator.put(f"{P}/everywhere", json={"role": "auditor"}).raise_for_status()
    key = operator.post(f"{P}/checker/keys", json={}).json()["key"]
    with httpx.Client(base_url=served.url, headers={"Authorization": f"Bearer {key}"}, verify=False) as checker:
        entries = checker.get("/api/v1/access/log", params={"limit": 1000}).json()
        paged, after = [], ""
        while page := checker.get(f"/api/v1/access/log?limit=1{after}").json():
            paged, after = paged + page, f"&after={page[-1]['id']}"
        ahead = checker.get("/api/v1/access/log?after=9999999999999999-ffffffff")
    told = [(one["did"], one["principal"]) for one in entries if one["contract"] == own.number]
    assert told == [("refused", "stranger"), ("grant", "checker")]
    assert {one["contract"] for one in entries} == {own.number, "*"}
    assert ("grant", "everywhere") in {(one["did"], one["principal"]) for one in entries}, "it reads this contract too"
    assert paged == entries
    assert (ahead.status_code, ahead.json()["code"]) == (409, "CURSOR_AHEAD")


def test_logs_are_json_lines_with_a_request_id_and_no_names(served: Served, bureau: httpx.Client) -> None:
    answer = bureau.get(f"{AT}/status", headers={"X-Request-Id": "my-request-0001"})
    assert answer.headers["X-Request-Id"] == "my-request-0001"
    end = time.monotonic() + 5
    while not (lines := [line for line in served.printed if "my-request-0001" in line]):
        assert time.monotonic() < end
        time.sleep(0.01)
    line = json.loads(lines[0])
    assert set(line) == {"at", "request_id", "method", "route", "status", "ms"}
    assert line["route"] == "/api/v1/contracts/{contract}/status"


def test_somebody_who_asks_too_often_waits_and_nobody_else_does(tmp_path: Path) -> None:
    with serving(tmp_path, rate=5) as server, server.client("bureau") as hasty, server.client("provider") as calm:
        found = [hasty.get("/api/v1/me") for _ in range(15)]
        assert calm.get("/api/v1/me").status_code == 200
    refused = [answer for answer in found if answer.status_code == 429]
    assert refused
    assert refused[0].json()["code"] == "RATE_EXCEEDED"
    assert int(refused[0].headers["Retry-After"]) >= 1


def test_a_bucket_fills_again_as_time_goes_by() -> None:
    rates = RateLimits(rate=2, burst=2)
    assert [rates.wait("a", 0.0) for _ in range(3)] == [0, 0, 1]
    assert rates.wait("b", 0.0) == 0
    assert [rates.wait("a", 0.5), rates.wait("a", 0.5)] == [0, 1]


# --- tokens of an identity provider ----------------------------------------------------------------

ISSUER, AUDIENCE = "https://id.example", "lvyue"
SIGNER = ECKey.generate_key("P-256", {"kid": "k1"})


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    ledger = open_ledger("sqlite:///:memory:")
    principals = Principals(ledger.store, ledger.clock)
    principals.grant("carol", "supervisor", "X-1", by="test", subject=(ISSUER, "sub-carol"))
    jwks = tmp_path / "jwks.json"
    jwks.write_text(json.dumps(KeySet([SIGNER]).as_dict(private=False)))
    return Tokens(Oidc(ISSUER, AUDIENCE, str(jwks)), principals)


def token(key: Any = SIGNER, **claims: object) -> str:
    now = int(time.time())
    said = {"iss": ISSUER, "aud": AUDIENCE, "sub": "sub-carol", "iat": now, "exp": now + 300} | claims
    said = {name: value for name, value in said.items() if value is not None}
    return jwt.encode({"alg": "ES256", "kid": "k1"}, said, key)


def test_a_token_stands_for_the_principal_its_subject_was_tied_to(tokens: Tokens) -> None:
    found = tokens.authenticate(token())
    assert (found.name, found.role("X-1"), found.role("X-2")) == ("carol", "supervisor", None)
    assert tokens.authenticate(token(aud=["other", AUDIENCE])).name == "carol"


@pytest.mark.parametrize(("claims", "detail"), [
    ({"iss": "https://evil.example"}, "iss"), ({"aud": "other"}, "aud"), ({"aud": None}, "aud"),
    ({"exp": 1}, "exp"), ({"exp": None}, "exp"), ({"exp": "soon"}, "exp"), ({"nbf": 4_000_000_000}, "nbf"),
    ({"sub": "sub-mallory"}, "sub"), ({"sub": None}, "sub"),
])  # fmt: skip
def test_a_token_that_does_not_hold(tokens: Tokens, claims: dict[str, object], detail: str) -> None:
    with pytest.raises(Refusal) as refused:
        tokens.authenticate(token(**claims))
    assert (refused.value.code, refused.value.values["detail"]) == ("TOKEN_INVALID", detail)


def signed_with_the_public_key() -> str:
    """A token whose algorithm was changed, so that what verifies it would be the secret that signed it."""
    payload = token().split(".")[1]
    header = urlsafe_b64encode(b'{"alg":"HS256","kid":"k1"}').rstrip(b"=").decode()
    made = hmac.digest(SIGNER.as_pem(private=False), f"{header}.{payload}".encode(), "sha256")
    return f"{header}.{payload}.{urlsafe_b64encode(made).rstrip(b'=').decode()}"


def test_a_token_somebody_else_signed_is_none(tokens: Tokens) -> None:
    forged = [
        token(ECKey.generate_key("P-256", {"kid": "k1"})),
        signed_with_the_public_key(),
        token().rpartition(".")[0] + ".",
    ]
    for one in forged:
        with pytest.raises(Refusal) as refused:
            tokens.authenticate(one)
        assert refused.value.values["detail"] == "signature"
