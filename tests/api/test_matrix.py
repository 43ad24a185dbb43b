"""Every route, every role: what each may and may not do, as one table, over real HTTP."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any, NamedTuple

import httpx
import pytest

from api.app import make_app
from api.serve import open_ledger
from tests.api.server import AT, CONTRACT, OTHER, PEOPLE, Own, Served, signed, terms

READERS = ("operator", "bureau", "provider", "watch", "builder", "office", "audit")
EVERYBODY = (*READERS, "stranger")
OPERATOR, INSPECTORS = ("operator",), ("operator", "audit")
WRITERS = ("bureau", "provider", "watch", "builder", "office")
ROLE_HOLDERS = (*WRITERS, "audit")  # on the contract
NOBODY: tuple[str, ...] = ()
ZEROS = "0" * 64


class Row(NamedTuple):
    """Who may call a route. Those who may get anything but 401 and 403, however wrong the rest is."""

    route: str
    path: str
    may: tuple[str, ...]
    body: Any = None


def get(path: str, may: tuple[str, ...], route: str | None = None) -> Row:
    return Row(f"GET {route or path}", path, may)


OF = "/api/v1/contracts/{contract}"
TABLE = (
    get("/api/v1/contracts", EVERYBODY),
    get("/api/v1/portfolio", EVERYBODY),
    get("/api/v1/me", EVERYBODY),
    Row("POST /api/v1/portfolio/what-if", "/api/v1/portfolio/what-if", EVERYBODY, {"readings": {}}),
    get(f"/api/v1/portfolio/what-if/{ZEROS[:32]}", EVERYBODY, "/api/v1/portfolio/what-if/{supposition}"),
    get("/api/v1/types", EVERYBODY),
    get("/api/v1/types/InvoiceIssued", EVERYBODY, "/api/v1/types/{type}"),
    get(AT, READERS, OF),
    *(get(f"{AT}/{what}", READERS, f"{OF}/{what}") for what in (
        "status", "obligations", "incidents", "termination", "damages", "sensitivity", "replay", "facts", "documents",
        "clauses", "claims", "deadlines.ics")),
    get(f"{AT}/explain?path=phase", READERS, OF + "/explain"),
    get(f"{AT}/diff?as_of=2025-10-01&as_of=2025-10-02", READERS, OF + "/diff"),
    get(f"{AT}/facts/1", READERS, OF + "/facts/{fact}"),
    get(f"{AT}/facts/1/personal", ("bureau", "provider"), OF + "/facts/{fact}/personal"),
    get(f"{AT}/evidence?about=nothing", ROLE_HOLDERS, OF + "/evidence"),
    get(f"{AT}/evidence/preview", ROLE_HOLDERS, OF + "/evidence/preview"),
    get("/api/v1/exports/0", EVERYBODY, "/api/v1/exports/{export}"),
    Row("DELETE /api/v1/exports/{export}", "/api/v1/exports/0", EVERYBODY),
    get("/api/v1/exports/0/package", EVERYBODY, "/api/v1/exports/{export}/package"),
    get(f"{AT}/documents/{ZEROS}", READERS, OF + "/documents/{sha256}"),
    Row(f"POST {OF}/simulate", f"{AT}/simulate", READERS, signed()),
    Row(f"POST {OF}/documents", f"{AT}/documents", WRITERS, b"a file"),
    get(f"{AT}/imports", READERS, OF + "/imports"),
    get(f"{AT}/imports/0", READERS, OF + "/imports/{imported}"),
    Row(f"POST {OF}/imports", f"{AT}/imports?kind=table", WRITERS, b"no table"),
    Row(f"PUT {OF}/imports/{{imported}}/rows/{{row}}", f"{AT}/imports/0/rows/1", WRITERS, {}),
    Row(f"POST {OF}/imports/{{imported}}/preview", f"{AT}/imports/0/preview", READERS),
    Row(f"POST {OF}/imports/{{imported}}/confirm", f"{AT}/imports/0/confirm", WRITERS),
    Row(f"DELETE {OF}/imports/{{imported}}", f"{AT}/imports/0", WRITERS),
    get("/api/v1/deadlines.ics", EVERYBODY),
    get("/api/v1/alerts", EVERYBODY),
    get("/api/v1/log/checkpoint", EVERYBODY),
    get("/api/v1/log/keys", EVERYBODY),
    get("/log/checkpoint", EVERYBODY),
    get("/log/tile/0/000.p/1", EVERYBODY, "/log/tile/{tile}"),
    get("/log/tile/entries/000.p/1", ("operator", "office", "audit"), "/log/tile/{tile}"),
    get("/api/v1/log/proof", EVERYBODY),
    Row("POST /api/v1/log/cosign", "/api/v1/log/cosign", (*ROLE_HOLDERS, "stranger"), {}),
    Row("POST /api/v1/webhooks", "/api/v1/webhooks", OPERATOR, {}),
    get("/api/v1/webhooks", OPERATOR),
    get("/api/v1/dead-letters", OPERATOR),
    Row("POST /api/v1/dead-letters/{delivery}/retry", "/api/v1/dead-letters/0-1/retry", OPERATOR),
    Row("DELETE /api/v1/webhooks/{webhook}", "/api/v1/webhooks/0", OPERATOR),
    get("/api/v1/access/principals", OPERATOR),
    get("/api/v1/access/principals/bureau", OPERATOR, "/api/v1/access/principals/{name}"),
    Row("PUT /api/v1/access/principals/{name}", "/api/v1/access/principals/bureau", OPERATOR, {}),
    Row("DELETE /api/v1/access/principals/{name}", "/api/v1/access/principals/nobody", OPERATOR),
    Row("POST /api/v1/access/principals/{name}/keys", "/api/v1/access/principals/nobody/keys", OPERATOR, {}),
    Row("DELETE /api/v1/access/keys/{key}", "/api/v1/access/keys/nokey", OPERATOR),
    get("/api/v1/access/log", INSPECTORS),
    get("/metrics", INSPECTORS),
)
# Writing is told apart below, by role; streams do not end; these are open to everybody.
ELSEWHERE = {f"POST {OF}/facts", "POST /api/v1/contracts", "GET /api/v1/events"}
OPEN = {"GET /healthz", "GET /readyz", "POST /api/v1/verify"}


def send(client: httpx.Client, row: Row) -> int:
    method = row.route.partition(" ")[0]
    content: dict[str, Any] = {}
    if isinstance(row.body, bytes):
        content = {"content": row.body, "headers": {"Content-Type": "application/octet-stream"}}
    elif row.body is not None:
        content = {"json": row.body}
    return client.request(method, row.path, **content).status_code


def routes() -> set[str]:
    """Every operation of the OpenAPI document."""
    document = make_app(open_ledger("sqlite:///:memory:")).api.openapi()
    return {f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods}


def test_a_route_answers_those_it_may_and_nobody_else(served: Served) -> None:
    with ExitStack() as stack:
        clients = {who: stack.enter_context(served.client(who)) for who in PEOPLE}
        for row in TABLE:
            found = {who: send(client, row) for who, client in clients.items()}
            refused = {who for who, status in found.items() if status in (401, 403)}
            assert refused == set(PEOPLE) - set(row.may), (row.route, found)
            assert all(found[who] == 403 for who in refused)
            assert not [who for who in row.may if found[who] >= 500], (row.route, found)


def test_without_a_key_no_route_answers(served: Served) -> None:
    with served.client() as client:
        assert {row.route: send(client, row) for row in TABLE} == dict.fromkeys((row.route for row in TABLE), 401)


def test_the_table_names_every_route_there_is() -> None:
    assert {row.route for row in TABLE} | ELSEWHERE | OPEN == routes()


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_needs_no_key(served: Served, path: str) -> None:
    with served.client() as client:
        assert client.get(path).json() == {"status": "ok"}


def test_the_verifier_needs_no_key_and_says_no_to_what_is_no_package(served: Served) -> None:
    with served.client() as client:
        found = client.post("/api/v1/verify", content=b"no zip", headers={"Content-Type": "application/zip"})
    assert (found.status_code, found.json()["verdict"]) == (200, "failed")


@pytest.mark.parametrize("path", [
    "/openapi.json", "/nowhere", "/api/v1/nowhere",
])  # fmt: skip
def test_what_is_no_route_needs_a_key_too(served: Served, path: str) -> None:
    with served.client() as client:
        assert client.get(path).status_code == 401


# --- who may assert what ---------------------------------------------------------------------------

BY = {
    "bureau": "party_a", "provider": "party_b", "watch": "supervisor", "builder": "integrator",
    "office": "administrator",
}  # fmt: skip


@pytest.mark.parametrize("who", PEOPLE)
def test_a_fact_is_asserted_in_the_callers_own_role_only(served: Served, who: str) -> None:
    for by in ("party_a", "party_b", "supervisor", "integrator", "administrator", "auditor"):
        # An acknowledgement of nothing: whoever may assert it is told 409, nothing is recorded.
        fact = {"type": "FactAcknowledged", "on": "2025-10-01", "by": by, "data": {"target": "nothing"}}
        with served.client(who) as client:
            found = client.post(f"{AT}/facts", json=fact)
        assert (found.status_code == 409) == (BY.get(who) == by), found.text
        if found.status_code != 409:
            assert found.json()["code"] in ("BY_NOT_YOURS", "ROLE_MAY_NOT", "CONTRACT_NOT_YOURS")


# The same terms again change nothing, whichever party sends them.
@pytest.mark.parametrize(("who", "status"), [
    ("operator", 403), ("audit", 403), ("watch", 403), ("office", 403), ("builder", 403), ("bureau", 200),
    ("provider", 200), ("stranger", 403),
])  # fmt: skip
def test_only_a_party_registers_its_own_contract(served: Served, who: str, status: int) -> None:
    with served.client(who) as client:
        assert client.post("/api/v1/contracts", json={"terms": terms()}).status_code == status


def test_an_auditor_reads_and_never_writes(served: Served) -> None:
    with served.client("audit") as client:
        assert client.get(f"{AT}/status").status_code == 200
        found = client.post(f"{AT}/facts", json=signed())
    assert (found.status_code, found.json()["code"]) == (403, "ROLE_MAY_NOT")


def test_a_party_sees_only_its_contracts(served: Served, own: Own) -> None:
    def seen(who: str, path: str) -> set[str]:
        with served.client(who) as client:
            return {line["contract"] for line in client.get(path).json()}

    with served.client("stranger") as stranger:
        stranger.post("/api/v1/contracts", json={"terms": terms(OTHER)}).raise_for_status()
    for path in ("/api/v1/contracts", "/api/v1/portfolio"):
        assert seen("stranger", path) == {OTHER}
        assert seen("bureau", path) == {CONTRACT}
        assert {CONTRACT, OTHER, own.number} <= seen("audit", path)


def test_whether_a_contract_exists_is_not_told_to_those_without_a_role(served: Served) -> None:
    with served.client("stranger") as stranger:
        there, nowhere = stranger.get(f"{AT}/status"), stranger.get("/api/v1/contracts/NOWHERE/status")
    assert there.status_code == nowhere.status_code == 403
    assert there.json()["code"] == nowhere.json()["code"] == "CONTRACT_NOT_YOURS"
