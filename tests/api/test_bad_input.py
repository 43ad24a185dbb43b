"""Whatever is wrong with a request, the answer is a problem that names it, and never a failure of ours."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx
import pytest

from api.problems import STATUS, document
from ledger.domain.errors import Refusal
from ledger.messages import CATALOGUE, Language
from tests.api.server import AT, CONTRACT, TERMS, Own, Served, signed, system

FACTS = f"{AT}/facts"


def refused(answer: httpx.Response, status: int, code: str, field: str | None) -> dict[str, Any]:
    problem: dict[str, Any] = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json", answer.text
    assert (answer.status_code, problem["code"], problem.get("field")) == (status, code, field)
    assert problem["status"] == status
    assert problem["type"] == "urn:lvyue:problem:" + code.lower().replace("_", "-")
    assert problem["instance"].endswith(answer.headers["X-Request-Id"])
    return problem


@pytest.mark.parametrize(("query", "status", "code", "field"), [
    ("as_of=2025-02-30", 422, "DATE_INVALID", "as_of"),
    ("as_of=2025-2-3", 422, "DATE_INVALID", "as_of"),
    ("as_of=2025-10-01T00:00:00Z", 422, "DATE_INVALID", "as_of"),
    ("as_of=0001-01-01", 422, "DATE_RANGE", "as_of"),
    ("as_of=", 422, "DATE_INVALID", "as_of"),
    ("as_of=2025-10-01&as_of=2025-10-02", 400, "PARAMETER_TWICE", "as_of"),
    ("known_at=2025-10-01T00:00:00", 422, "TIME_WITHOUT_OFFSET", "known_at"),
    ("known_at=2025-10-01T00:00:00+08:00", 400, "PLUS_UNESCAPED", "known_at"),  # the + is a space here
    ("as_seen_by=emperor", 422, "ROLE_UNKNOWN", "as_seen_by"),
    ("reading=lapse", 422, "READING_OPTION_UNKNOWN", "reading"),
    ("reading=colour=red", 422, "READING_UNKNOWN", "reading"),
    ("reading=lapse=never&reading=lapse=civil-code-564", 422, "READING_TWICE", "reading"),
    ("sensitivity=maybe", 400, "PARAMETER_INVALID", "sensitivity"),
    ("asof=2025-10-01", 400, "PARAMETER_UNKNOWN", "asof"),
    ("as_of=%ff", 400, "PARAMETER_INVALID", "query"),
    ("&".join(f"x{number}=1" for number in range(256)), 400, "PARAMETER_UNKNOWN", "x0"),
    ("&".join(f"x{number}=1" for number in range(257)), 400, "PARAMETERS_MANY", "query"),
])  # fmt: skip
def test_a_question_that_makes_no_sense(bureau: httpx.Client, query: str, status: int, code: str, field: str) -> None:
    refused(bureau.get(f"{AT}/status?{query}"), status, code, field)


@pytest.mark.parametrize(("query", "sentence"), [
    ("as_of=%ff", "The query parameter ? cannot be 'as_of=%ff'; it must be percent-encoded UTF-8."),
    ("&".join(["x=1"] * 300), "There are 300 query parameters; at most 256 are taken."),
])  # fmt: skip
def test_a_query_that_cannot_be_read_is_told_why(bureau: httpx.Client, query: str, sentence: str) -> None:
    answer = bureau.get(f"{AT}/status?{query}", headers={"Accept-Language": "en"})
    assert answer.json()["detail"] == sentence


def test_known_at_a_day_means_its_end_in_beijing(bureau: httpx.Client) -> None:
    answer = bureau.get(f"{AT}/status", params={"known_at": "2100-01-01"})
    assert answer.json()["known_at"] == "2100-01-01T15:59:59.999999Z"


def test_a_moment_before_the_contract_was_known(bureau: httpx.Client) -> None:
    answer = bureau.get(f"{AT}/status", params={"known_at": "2020-01-01T00:00:00Z"})
    refused(answer, 404, "CONTRACT_UNKNOWN_THEN", None)


@pytest.mark.parametrize(("body", "status", "code", "field"), [
    (b"", 400, "BODY_EMPTY", "body"),
    (b" \r\n", 400, "BODY_EMPTY", "body"),
    (b"{", 400, "JSON_BROKEN", "body"),
    (b"{}{}", 400, "JSON_BROKEN", "body"),
    (b"\xef\xbb\xbf{}", 400, "JSON_BROKEN", "body"),
    (b"\xff\xfe", 400, "NOT_UTF8", "body"),
    (b'{"a": NaN}', 422, "JSON_FLOAT", "a"),
    (b'{"data": {"party": 0.5}}', 422, "JSON_FLOAT", "data.party"),
    (b'{"a": 1' + b"0" * 5000 + b"}", 400, "JSON_NUMBER_LONG", "body"),
    (b'{"type": "X", "type": "Y"}', 400, "JSON_KEY_TWICE", "type"),
    (b"[" * 100_000, 400, "JSON_TOO_DEEP", "body"),
    (b'{"a":' * 40 + b"1" + b"}" * 40, 400, "JSON_TOO_DEEP", "body"),
    (b"[]", 422, "BATCH_LENGTH", "body"),
    (b"null", 422, "FIELD_TYPE", "body"),
    (b"[1]", 422, "FIELD_TYPE", "body"),
    (b"{}", 422, "FACTS_FAULTY", None),
    (b'{"type": "LeaseStarted", "by": "party_a"}', 422, "FIELD_MISSING", "on"),
])  # fmt: skip
def test_a_body_that_is_no_fact(
    bureau: httpx.Client, body: bytes, status: int, code: str, field: str | None
) -> None:
    answer = bureau.post(FACTS, content=body, headers={"Content-Type": "application/json"})
    refused(answer, status, code, field)


@pytest.mark.parametrize("body", [b"null", b"[1]"])
def test_an_imagined_fact_that_is_no_object(bureau: httpx.Client, body: bytes) -> None:
    answer = bureau.post(f"{AT}/simulate", content=body, headers={"Content-Type": "application/json"})
    refused(answer, 422, "FIELD_TYPE", "body")


@pytest.mark.parametrize("body", [b"null", b"1", b'"x"', b"[]"])
def test_a_body_that_is_no_object_where_one_is_wanted(bureau: httpx.Client, body: bytes) -> None:
    answer = bureau.post("/api/v1/log/cosign", content=body, headers={"Content-Type": "application/json"})
    refused(answer, 422, "FIELD_TYPE", "body")


def test_a_version_or_a_key_that_is_refused_is_told_with_its_header(bureau: httpx.Client, served: Served) -> None:
    stale = bureau.post(FACTS, json=signed(), headers={"If-Match": '"999999"'})
    refused(stale, 412, "VERSION_CONFLICT", "If-Match")
    with served.client() as nobody:
        unknown = nobody.get("/api/v1/me", headers={"Authorization": "Bearer lvy_000000000000_" + "A" * 43})
    refused(unknown, 401, "KEY_INVALID", "Authorization")


@pytest.mark.parametrize("content", [b"no zip at all", b"PK\x03\x04 cut short"])
def test_bytes_that_are_no_package_are_trusted_by_nobody(served: Served, content: bytes) -> None:
    with served.client() as nobody:
        verdict = nobody.post("/api/v1/verify", content=content).json()
    assert (verdict["verdict"], verdict["trusted"], verdict["facts"]) == ("failed", False, 0)
    assert verdict["failed"] == ["不是证据包，或已损坏，或无权读取"]


@pytest.mark.parametrize(("change", "code", "field"), [
    ({"type": "Surrender"}, "FACT_UNKNOWN_TYPE", "type"),
    ({"on": "2025-02-30"}, "DATE_INVALID", "on"),
    ({"on": 20250230}, "FIELD_TYPE", "on"),
    ({"colour": "red"}, "FIELD_UNKNOWN", "colour"),
    ({"seq": 7}, "FIELD_IS_LEDGERS", "seq"),
    ({"data": {}}, "FIELD_MISSING", "data.party"),
    ({"data": {"party": 5}}, "FIELD_TYPE", "data.party"),
    ({"ref": " a b"}, "IDENTIFIER_INVALID", "ref"),
    ({"documents": [{"sha256": "0", "name": "n", "media_type": "text/plain"}]}, "DIGEST_INVALID", "documents.0.sha256"),
])  # fmt: skip
def test_a_fact_that_cannot_be_read(bureau: httpx.Client, change: dict[str, Any], code: str, field: str) -> None:
    refused(bureau.post(FACTS, json=signed() | change), 422, code, field)


@pytest.mark.parametrize(("method", "address", "body"), [
    ("POST", FACTS, '{"type": "HALF", "on": "2025-01-01", "by": "party_a", "data": {}}'),
    ("POST", FACTS, '{"HALF": 1}'),
    ("POST", "/api/v1/contracts", '{"terms": {"HALF": "HALF"}, "by": "HALF"}'),
    ("POST", f"{AT}/simulate", '[{"type": "HALF", "on": "HALF", "by": "party_a", "data": {}}]'),
    ("POST", "/api/v1/webhooks", '{"url": "https://HALF"}'),
    ("POST", "/api/v1/webhooks", '{"url": "https://hooks.example/x", "contract": "HALF"}'),
    ("PUT", "/api/v1/access/principals/nobody", '{"role": "party_a", "contract": "HALF"}'),
])  # fmt: skip
@pytest.mark.parametrize("half", ["\\ud800", "x\\uDFFF"])
def test_half_a_surrogate_pair_is_refused_wherever_text_is_sent(
    bureau: httpx.Client, operator: httpx.Client, method: str, address: str, body: str, half: str
) -> None:
    client = operator if "webhooks" in address or "access" in address else bureau
    sent = body.replace("HALF", half).encode()
    answer = client.request(method, address, content=sent, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (422, "TEXT_FORBIDDEN")


def test_every_fault_of_the_terms_is_named_at_once(bureau: httpx.Client) -> None:
    broken = TERMS | {"payment": TERMS["payment"] | {"total": 15, "colour": "red"}}
    problem = refused(bureau.post("/api/v1/contracts", json={"terms": broken}), 422, "TERMS_INVALID", None)
    fields = {fault["field"] for fault in problem["errors"]}
    assert {"payment.total", "payment.colour"} <= fields
    assert all(fault["detail"] for fault in problem["errors"])


def faults_told(answer: httpx.Response) -> list[tuple[int | None, str, str | None]]:
    return [(one.get("line"), one["code"], one.get("field")) for one in answer.json()["errors"]]


def test_every_faulty_field_of_a_fact_is_named_at_once(own: Own) -> None:
    leak = {"type": "LeakReported", "on": "2026-02-30", "by": "emperor", "ref": " x", "colour": "red",
            "data": {"leak": 5, "shade": "s"}, "documents": [{"sha256": "0", "size": 1}]}  # fmt: skip
    with own.client("party_a") as client:
        answer = client.post(f"{own.at}/facts", json={"type": "LeaseStarted", "on": "2026-02-30", "by": "party_a",
                                                      "ref": "", "data": {"x": 1}, "documents": 1})  # fmt: skip
        imagined = client.post(f"{own.at}/simulate", json=leak)
    assert (answer.status_code, answer.json()["code"]) == (422, "FACTS_FAULTY")
    assert [one[1:] for one in faults_told(answer)] == [
        ("DATE_INVALID", "on"), ("IDENTIFIER_INVALID", "ref"), ("FIELD_UNKNOWN", "data.x"), ("FIELD_TYPE", "documents"),
    ]  # fmt: skip
    assert [one[1:] for one in faults_told(imagined)] == [
        ("FIELD_UNKNOWN", "colour"), ("ROLE_UNKNOWN", "by"), ("DATE_INVALID", "on"), ("IDENTIFIER_INVALID", "ref"),
        ("FIELD_TYPE", "data.leak"), ("FIELD_UNKNOWN", "data.shade"), ("FIELD_MISSING", "data.summary"),
        ("FIELD_MISSING", "data.leaked_by"),
        ("DIGEST_INVALID", "documents.0.sha256"), ("FIELD_UNKNOWN", "documents.0.size"),
        ("FIELD_MISSING", "documents.0.name"), ("FIELD_MISSING", "documents.0.media_type"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["outage", "tampering", "data_loss", "intrusion"])
def test_a_measure_of_another_kind_is_one_fault_among_the_others(own: Own, kind: str) -> None:
    every = {"scope": "platform", "plan_followed": True, "core_data": True, "handled_in_time": True}
    incident = {"type": "IncidentReported", "on": "2026-01-01", "by": "party_a", "data": {
        "incident": "i", "kind": kind, "consequence": "huge", **every}}  # fmt: skip
    with own.client("party_a") as client:
        told = faults_told(client.post(f"{own.at}/facts", json=incident))
    assert [code for _, code, _ in told] == ["CHOICE_UNKNOWN"] + ["MEASURE_OF_OTHER_KIND"] * 3


def complaint(of_system: str) -> dict[str, Any]:
    data = {"complaint": "c", "system": of_system, "subject": "other"}
    return {"type": "ComplaintFiled", "on": "2025-10-03", "by": "party_a", "data": data}


def test_every_faulty_fact_of_a_batch_is_named_at_once_and_nothing_is_recorded(own: Own) -> None:
    unreadable, nameless = system("b") | {"on": "x"}, system("c") | {"ref": ""}
    batch = [system("a"), unreadable, complaint("nowhere"), system("a"), nameless]
    with own.client("party_a") as client:
        answer = client.post(f"{own.at}/facts", json=batch)
        version = client.get(own.at).json()["version"]
    assert faults_told(answer) == [
        (2, "DATE_INVALID", "on"), (3, "ID_UNKNOWN", "data.system"), (4, "ID_USED", "data.system"),
        (5, "IDENTIFIER_INVALID", "ref"),
    ]  # fmt: skip
    assert (answer.status_code, version) == (422, 1)


def test_what_only_follows_from_an_earlier_fault_is_not_told_as_one(own: Own) -> None:
    about = {"type": "FactRetracted", "on": "2025-10-04", "by": "party_a", "data": {"target": "r", "reason": "wrong"}}
    with own.client("party_a") as client:
        answer = client.post(f"{own.at}/facts", json=[system("s", ref="r") | {"on": "x"}, complaint("s"), about])
    assert (answer.status_code, answer.json()["code"], answer.json().get("line")) == (422, "DATE_INVALID", 1)


def test_a_batch_of_conflicts_is_a_conflict_and_other_peoples_facts_are_all_forbidden(own: Own) -> None:
    unknown = [complaint("x"), complaint("y")]
    with own.client("party_a") as client:
        conflicts = client.post(f"{own.at}/facts", json=unknown)
        others = client.post(f"{own.at}/facts", json=[system("a"), *(system(name, by="party_b") for name in "bc")])
    assert (conflicts.status_code, faults_told(conflicts)) == (
        409, [(1, "ID_UNKNOWN", "data.system"), (2, "ID_UNKNOWN", "data.system")]
    )  # fmt: skip
    assert (others.status_code, others.json()["code"]) == (403, "BY_NOT_YOURS")
    assert faults_told(others) == [(2, "BY_NOT_YOURS", "by"), (3, "BY_NOT_YOURS", "by")]


def test_another_media_type_is_refused(bureau: httpx.Client) -> None:
    answer = bureau.post(FACTS, content=json.dumps(signed()), headers={"Content-Type": "text/plain"})
    refused(answer, 415, "MEDIA_TYPE_UNSUPPORTED", "Content-Type")


def test_a_body_that_is_too_large_is_refused_unread(bureau: httpx.Client) -> None:
    refused(bureau.post(FACTS, content=b" " * (2 << 20)), 413, "BODY_TOO_LARGE", "body")


def test_a_body_that_hides_its_length_is_refused_too(bureau: httpx.Client) -> None:
    pieces = (b" " * 65536 for _ in range(32))
    answer = bureau.post(FACTS, content=pieces, headers={"Content-Type": "application/json"})
    refused(answer, 413, "BODY_TOO_LARGE", "body")


@pytest.mark.parametrize("given", ["", "x" * 200, "ü", "a b"])
def test_an_idempotency_key_that_is_none(bureau: httpx.Client, given: str) -> None:
    answer = bureau.post(FACTS, json=signed(), headers={b"Idempotency-Key": given.encode("latin-1")})
    refused(answer, 400, "HEADER_INVALID", "Idempotency-Key")


@pytest.mark.parametrize("cursor", ["x", "ZmFjdDoxx", "Y29udHJhY3Q6MQ", "ZmFjdDotMQ", "%00", "ZmFjdDow%3D"])
def test_a_cursor_of_ones_own_making(bureau: httpx.Client, cursor: str) -> None:
    refused(bureau.get(f"{FACTS}?cursor={cursor}"), 422, "CURSOR_INVALID", "cursor")


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "x", "1.0", "１", "9" * 40])
def test_a_limit_that_is_none(bureau: httpx.Client, limit: str) -> None:
    refused(bureau.get(f"{FACTS}?limit={limit}"), 400, "PARAMETER_INVALID", "limit")


@pytest.mark.parametrize("number", ["calendar", "x" * 300, "%00", "..%2f", "汉", "%ff"])
def test_a_contract_that_is_none(served: Served, number: str) -> None:
    with served.client("audit") as client:
        answer = client.get(f"/api/v1/contracts/{number}/status")
    codes = {"CONTRACT_UNKNOWN", "ROUTE_UNKNOWN", "PATH_PART_UNUSABLE"}
    assert answer.status_code == 404 and answer.json()["code"] in codes


def unusable_paths(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Every operation, with each part of its path in turn something that is no name."""
    found = []
    for path, operations in document["paths"].items():
        for name in re.findall("{([a-z0-9]+)}", path):
            for part in ("%00", "a%00b", "%E2%80%AE", "%ff", "%0A", "x" * 5000):
                filled = path.replace(f"{{{name}}}", part).replace("{contract}", CONTRACT)
                filled = re.sub("{[a-z0-9]+}", "1", filled)
                found += [(method.upper(), filled) for method in operations]
    return found


def answers_to_unusable_paths(client: httpx.Client) -> dict[tuple[str, str], int]:
    """What is answered to them; 403 where the path is refused before the name matters."""
    asked = unusable_paths(client.get("/openapi.json").json())
    assert len(asked) > 150
    body = {"json": {}, "headers": {"If-Match": "*"}}
    return {
        (method, path): client.request(method, path, **(body if method in ("POST", "PUT") else {})).status_code
        for method, path in asked
    }  # fmt: skip


def test_a_path_with_an_unusable_part_is_no_address_and_never_a_failure(bureau: httpx.Client) -> None:
    answered = answers_to_unusable_paths(bureau)
    wrong = {asked: status for asked, status in answered.items() if status not in (400, 403, 404, 422)}
    assert not wrong


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_answer_says_where_the_store_is(lang: Language) -> None:
    where = {"store": "postgresql://10.0.0.5/ledger", "detail": 'connection to server at "10.0.0.5" failed'}
    told = [code for code in CATALOGUE if code.startswith("STORE_") and code in STATUS]  # others: by the command line
    assert told
    for code in told:
        refused_ = Refusal(code, "store", url="postgresql://10.0.0.5", found=2, known=1, kept="#2", **where)
        assert "10.0.0.5" not in json.dumps(document(refused_, STATUS[code], lang, "0123456789abcdef")), code


def test_no_such_address_and_no_such_method(bureau: httpx.Client) -> None:
    refused(bureau.get("/api/v1/nowhere"), 404, "ROUTE_UNKNOWN", "path")
    answer = bureau.put(f"{AT}/status", json={})
    refused(answer, 405, "METHOD_UNKNOWN", "method")
    assert answer.headers["Allow"] == "GET, HEAD"


def test_two_days_are_compared_not_one_and_not_three(bureau: httpx.Client) -> None:
    refused(bureau.get(f"{AT}/diff?as_of=2025-10-01"), 422, "PARAMETER_TWO_WANTED", "as_of")
    refused(bureau.get(f"{AT}/diff?" + "&".join(["as_of=2025-10-01"] * 3)), 400, "PARAMETER_TWICE", "as_of")


@pytest.mark.parametrize(("accepted", "language"), [
    (None, "zh"), ("en", "en"), ("fr, en;q=0.5", "en"), ("en;q=0.4, zh-CN;q=0.9", "zh"), ("*", "zh"), ("en;q=0", "zh"),
    (";;,,q=", "zh"),
])  # fmt: skip
def test_a_problem_speaks_the_language_asked_for(bureau: httpx.Client, accepted: str | None, language: str) -> None:
    headers = {"Accept-Language": accepted} if accepted is not None else {}
    answer = bureau.get(f"{AT}/explain?path=colour", headers=headers)
    said = {"zh": "结论中没有路径 colour", "en": "No conclusion is at path colour"}[language]
    assert answer.headers["Content-Language"] == language
    assert refused(answer, 404, "PATH_UNKNOWN", "path")["detail"].startswith(said)


def test_headers_that_keep_browsers_out_of_trouble(bureau: httpx.Client) -> None:
    headers = bureau.get(f"{AT}/status").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Cache-Control"] == "private, no-cache"
    assert "Access-Control-Allow-Origin" not in headers
    assert "Server" not in headers
