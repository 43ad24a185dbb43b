"""Documents, deadlines, the log, and that every answer is the service's own."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import sqlite3
import time
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from icalendar import Calendar

from api.serve import open_ledger
from ledger.log.checkpoint import parse_checkpoint
from ledger.log.merkle import leaf_hash, verify_consistency
from ledger.log.note import parse_key
from ledger.log.signing import signed_by
from ledger.service import Ledger, Question, envelope
from tests.api.server import AT, Own, Served, serving, signed, system, terms
from tests.log.proofs import verify_inclusion

STORY = Path(__file__).parents[2] / "contracts/cu12-1101-2025-018605.story.jsonl"


@pytest.fixture(scope="module")
def told(served: Served) -> str:
    """The contract's story, each fact recorded by the role that asserts it."""
    number = "TOLD-1"
    at = f"/api/v1/contracts/{number}"
    with served.client("party_a") as client:
        client.post("/api/v1/contracts", json={"terms": terms(number)}).raise_for_status()
    with served.client("operator") as operator:
        for role in ("supervisor", "administrator"):
            made = operator.put(f"/api/v1/access/principals/{role}", json={"role": role})
            made.raise_for_status()
            key = operator.post(f"/api/v1/access/principals/{role}/keys", json={}).json()["key"]
            served.keys[role] = key
    text = STORY.read_text("utf-8").replace("CU12-1101-2025-018605", number)
    for line in text.splitlines():
        if line and not line.startswith("#"):
            fact = json.loads(line)
            with served.client(fact["by"]) as client:
                answer = client.post(f"{at}/facts", json=fact)
                assert answer.status_code in (201, 422), answer.text  # 422: later than this machine's clock
    return at


QUESTIONS = (
    "", "as_of=2026-03-31", "as_of=2026-09-30&reading=outage-criteria=any", "as_seen_by=party_b&as_of=2026-06-30",
)  # fmt: skip


@pytest.mark.parametrize("query", QUESTIONS)
def test_the_answers_are_the_services_own(served: Served, told: str, query: str) -> None:
    ledger: Ledger = open_ledger(served.store, create=False)
    with served.client("audit") as client:
        answer = client.get(f"{told}/status?{query}&known_at=2199-01-01T00:00:00Z").json()
        known_at = 7226582400000000
        parameters = dict(part.split("=", 1) for part in query.split("&") if part)
        as_of = date.fromisoformat(parameters["as_of"]) if "as_of" in parameters else None
        readings = dict([parameters["reading"].split("=")]) if "reading" in parameters else {}
        asked = Question(as_of, known_at, parameters.get("as_seen_by"), readings)
        number = told.rpartition("/")[2]
        assert answer == ledger.status(number, asked)
        replayed = client.get(f"{told}/replay?{query}&known_at=2199-01-01T00:00:00Z").json()
        assert replayed == ledger.replay(number, asked)
        section = client.get(f"{told}/damages?{query}&known_at=2199-01-01T00:00:00Z").json()
        assert section["damages"] == answer["damages"]
        facts = client.get(f"{told}/facts").json()
        assert facts == [envelope(fact) for fact in ledger.facts(number)]
    ledger.store.close()


def test_a_what_if_records_nothing(served: Served, told: str) -> None:
    with served.client("audit") as client:
        before = client.get(told).json()["version"]
        plan = {"type": "IncidentReported", "on": "2027-02-01", "by": "party_a", "data": {
            "incident": "what-if", "kind": "outage", "consequence": "none"}}  # fmt: skip
        answer = client.post(f"{told}/simulate", json=plan)
        assert (answer.status_code, answer.json()["status"]["as_of"]) == (200, "2027-02-01")
        assert client.get(told).json()["version"] == before


def test_deadlines_are_a_calendar_that_marks_what_is_not_certain(served: Served, told: str) -> None:
    with served.client("audit") as client:
        status = client.get(f"{told}/status?as_of=2026-03-31").json()
        answer = client.get(f"{told}/deadlines.ics?as_of=2026-03-31")
        everything = client.get("/api/v1/deadlines.ics?as_of=2026-03-31")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    found = {str(one["UID"]).partition("@")[0]: one for one in Calendar.from_ical(answer.text).walk("VEVENT")}
    due = {
        duty["id"]: duty for duty in status["obligations"]
        if duty["state"] in ("pending", "overdue") and duty["due_on"]
    }  # fmt: skip
    assert set(due) <= set(found)
    for id_, duty in due.items():
        assert found[id_].decoded("DTSTART").isoformat() == duty["due_on"]
        assert found[id_]["STATUS"] == ("TENTATIVE" if duty["provisional"] else "CONFIRMED")
    assert set(found) - set(due) <= {"term-end"} | {one for one in found if one.startswith("lapse-")}
    assert len(Calendar.from_ical(everything.text).walk("VEVENT")) >= len(found)


def test_the_last_day_of_a_claim_stands_in_its_creditors_feed_alone(own: Own) -> None:
    invoice = {"invoice": "INV-1", "instalment": 1, "amount": "100.00", "tax_rate": "0.06"}
    with own.client("party_b") as client:
        for party in ("party_a", "party_b"):
            with own.client(party) as signing:
                signing.post(f"{own.at}/facts", json=signed(party)).raise_for_status()
        issued = {"type": "InvoiceIssued", "on": "2025-11-24", "by": "party_b", "data": invoice}
        client.post(f"{own.at}/facts", json=issued).raise_for_status()
        claims = client.get(f"{own.at}/status?as_of=2025-12-01").json()["limitation"]
        feeds = {"party_b": client.get(f"{own.at}/deadlines.ics?as_of=2025-12-01").text}
    for role in ("party_a", "audit"):
        with own.client(role) as client:
            feeds[role] = client.get(f"{own.at}/deadlines.ics?as_of=2025-12-01").text
    days = {
        role: [one.decoded("DTSTART").isoformat() for one in Calendar.from_ical(text).walk("VEVENT")
               if str(one["UID"]).startswith("limitation:pay-invoice:INV-1@")]
        for role, text in feeds.items()
    }  # fmt: skip
    assert [one["creditor"] for one in claims] == ["party_b"]
    assert days == {"party_b": [claims[0]["last_day"]], "party_a": [], "audit": []}


def test_the_clauses_are_the_contracts_words_with_what_holds_under_each(served: Served, told: str) -> None:
    with served.client("audit") as client:
        whole = client.get(f"{told}/clauses?as_of=2026-03-31").json()["clauses"]
        article = client.get(f"{told}/clauses?as_of=2026-03-31&article=第九条").json()["clauses"]
        unknown = client.get(f"{told}/clauses?article=99")
    assert [one["clause"] for one in article] == ["9.1", "9.2"] and article == [
        one for one in whole if one["clause"].startswith("9.")
    ]
    assert "贰佰叁拾万叁仟玖佰壹拾壹元叁角贰分" in article[0]["zh"]
    assert {"balance.payable", "obligations.stage-review"} <= {one["path"] for one in article[0]["conclusions"]}
    assert (unknown.status_code, unknown.json()["code"]) == (404, "CLAUSE_UNKNOWN")


# --- documents -------------------------------------------------------------------------------------


def test_a_document_is_kept_by_its_digest_and_saved_never_shown(own: Own) -> None:
    content, kind = b"%PDF-1.7 an invoice", {"Content-Type": "application/pdf"}
    with own.client("party_b") as client:
        made = client.post(f"{own.at}/documents", content=content, headers=kind)
        again = client.post(f"{own.at}/documents", content=content, headers=kind)
        digest = made.json()["sha256"]
        got = client.get(f"{own.at}/documents/{digest}")
        listed = client.get(f"{own.at}/documents").json()
    assert (made.status_code, again.status_code, again.json()) == (201, 200, made.json())
    assert digest == hashlib.sha256(content).hexdigest()
    assert made.json()["sm3"] == hashlib.new("sm3", content).hexdigest()
    assert (got.content, got.headers["Content-Type"]) == (content, "application/octet-stream")
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert listed == [made.json()]


def test_a_document_of_another_contract_is_not_there(own: Own, bureau: httpx.Client) -> None:
    with own.client("party_a") as client:
        made = client.post(f"{own.at}/documents", content=b"secret", headers={"Content-Type": "text/plain"})
    assert bureau.get(f"{AT}/documents/{made.json()['sha256']}").status_code == 404


@pytest.mark.parametrize(("content", "kind", "status"), [(b"", "text/plain", 422), (b"x", "", 415), (b"x", "pdf", 415)])
def test_a_document_that_is_none(own: Own, content: bytes, kind: str, status: int) -> None:
    with own.client("party_a") as client:
        assert client.post(f"{own.at}/documents", content=content, headers={"Content-Type": kind}).status_code == status


FILE = b"%PDF-1.7\r\n--\n\r\r\n\x00\xff--x invoice\r\n"


@pytest.mark.parametrize("name", ["发票 1.pdf", 'a"b.pdf', "plain.pdf"])
def test_a_form_is_taken_apart_and_the_file_in_it_kept_byte_for_byte(own: Own, name: str) -> None:
    signing = signed("party_b") | {"ref": "signing"}
    with own.client("party_b") as client:
        client.post(f"{own.at}/facts", json=signing).raise_for_status()
        form = {"files": {"file": (name, FILE, "application/pdf")}, "data": {"about": "signing"}}
        made = client.post(f"{own.at}/documents", **form)
        kept = client.get(f"{own.at}/documents/{made.json()['sha256']}").content
        attached = client.get(f"{own.at}/facts?type=DocumentAttached").json()[0]["data"]
    assert (made.status_code, made.json()["media_type"], kept) == (201, "application/pdf", FILE)
    assert made.json()["sha256"] == hashlib.sha256(FILE).hexdigest()
    assert (attached["about"], attached["name"]) == ("signing", name.replace('"', "%22"))


@pytest.mark.parametrize(("kind", "body", "status", "code"), [
    ("multipart/form-data", b"x", 400, "MULTIPART_MALFORMED"),
    ("multipart/form-data; boundary=b", b"--b\r\n\r\nx", 400, "MULTIPART_MALFORMED"),
    ("multipart/form-data; boundary=b",
     b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--", 400, "MULTIPART_MALFORMED"),
    ("multipart/form-data; boundary=b",
     b'--b\r\nContent-Disposition: form-data; name="about"\r\n\r\nx\r\n--b--', 400, "MULTIPART_FILES"),
    ("multipart/form-data; boundary=b",
     b'--b\r\nContent-Disposition: form-data; name="colour"\r\n\r\nx\r\n--b--', 422, "FIELD_UNKNOWN"),
    ("multipart/mixed; boundary=b", b"--b\r\n\r\nx\r\n--b--", 415, "MEDIA_TYPE_UNSUPPORTED"),
])  # fmt: skip
def test_a_form_that_is_none_is_refused_and_never_kept(
    own: Own, kind: str, body: bytes, status: int, code: str
) -> None:
    with own.client("party_a") as client:
        answer = client.post(f"{own.at}/documents", content=body, headers={"Content-Type": kind})
        listed = client.get(f"{own.at}/documents").json()
    assert (answer.status_code, answer.json()["code"], listed) == (status, code, [])


@pytest.mark.parametrize(("kind", "content", "fine"), [
    ("application/pdf", b"%PDF-1.7", True), ("application/pdf", b"\x89PNG\r\n\x1a\n", False),
    ("application/pdf", b"hello", False), ("image/png", b"%PDF-1.7", False), ("text/plain", b"%PDF-1.7", False),
    ("text/plain", "\u6c49".encode(), True), ("application/octet-stream", b"%PDF-1.7", True),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04", True),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"a,b", False),
    ("application/ofd", b"PK\x03\x04", True), ("application/unheard-of", b"hello", True),
])  # fmt: skip
def test_a_media_type_that_does_not_fit_the_bytes_is_told(own: Own, kind: str, content: bytes, fine: bool) -> None:
    with own.client("party_a") as client:
        answer = client.post(f"{own.at}/documents", content=content, headers={"Content-Type": kind})
        form = client.post(f"{own.at}/documents", files={"file": ("f", content, kind)})
    assert (answer.status_code, form.status_code) == ((201, 200) if fine else (415, 415))
    assert fine or answer.json()["code"] == "MEDIA_TYPE_MISMATCH"


def test_a_document_may_be_larger_than_other_bodies_but_not_any_size(own: Own) -> None:
    with own.client("party_a") as client:
        large = client.post(f"{own.at}/documents", content=b"x" * (3 << 20), headers={"Content-Type": "text/plain"})
    assert (large.status_code, large.json()["size"]) == (201, 3 << 20)
    head = (
        f"POST {own.at}/documents HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {own.served.keys['party_a']}\r\n"
        f"Content-Type: text/plain\r\nContent-Length: {65 << 20}\r\n\r\n"
    )
    host, port = own.served.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as raw:
        raw.sendall(head.encode())
        assert raw.recv(100).startswith(b"HTTP/1.1 413")


def test_a_document_may_be_attached_to_a_fact_at_once(own: Own) -> None:
    with own.client("party_a") as client:
        client.post(f"{own.at}/facts", json=signed(ref="s"))
        query, kind = "?about=s&name=scan.pdf", {"Content-Type": "application/pdf"}
        made = client.post(f"{own.at}/documents{query}", content=b"%PDF a scan", headers=kind)
        again = client.post(f"{own.at}/documents{query}", content=b"%PDF a scan", headers=kind)
        facts = client.get(f"{own.at}/facts?type=DocumentAttached").json()
    assert (made.status_code, again.status_code) == (201, 200)
    assert [fact["data"]["sha256"] for fact in facts] == [made.json()["sha256"]]


# --- personal values -------------------------------------------------------------------------------


def test_personal_values_are_shown_to_the_parties_only_and_that_is_kept(own: Own, served: Served) -> None:
    assigned = {"type": "PersonnelAssigned", "on": "2025-10-03", "by": "party_b", "ref": "p", "data": {
        "person": "staff-1", "nda_signed": True, "name": "the duty engineer"}}  # fmt: skip
    with own.client("party_b") as client, served.client("audit") as audit, served.client("operator") as operator:
        headers = {"Idempotency-Key": own.number}
        seq = client.post(f"{own.at}/facts", json=assigned, headers=headers).json()["facts"][0]["seq"]
        assert client.post(f"{own.at}/facts", json=assigned, headers=headers).status_code == 201
        assert client.get(f"{own.at}/facts/{seq}/personal").json() == {"name": "the duty engineer"}
        assert audit.get(f"{own.at}/facts/{seq}/personal").status_code == 403
        assert "duty engineer" not in audit.get(f"{own.at}/facts").text
        log = operator.get("/api/v1/access/log?limit=1000").json()
    fact = f"{own.number}#{seq}"
    assert [one["by"] for one in log if one["did"] == "disclosed" and one["fact"] == fact] == ["party_b"]
    with sqlite3.connect(f"file:{served.store.removeprefix('sqlite:///')}?mode=ro", uri=True) as raw:
        kept = b"".join(bytes(row[0]) for row in raw.execute("SELECT response FROM answers"))
    assert b"duty engineer" not in kept


# --- evidence --------------------------------------------------------------------------------------


def test_a_package_is_built_recorded_and_passes_the_verifier(own: Own, served: Served) -> None:
    with own.client("party_a") as client, served.client() as nobody:
        client.post(f"{own.at}/facts", json=signed())
        asked = client.get(f"{own.at}/evidence", headers={"Prefer": "respond-async"})
        assert asked.status_code == 202
        while (found := client.get(asked.headers["Location"]).json())["state"] in ("waiting", "building"):
            time.sleep(0.2)
        assert found["state"] == "done", found
        package = client.get(found["package"])
        exported = client.get(f"{own.at}/facts").json()[-1]
        verdict = nobody.post("/api/v1/verify", content=package.content, headers={"Content-Type": "application/zip"})
        altered = bytearray(package.content)
        altered[len(altered) // 2] ^= 1
        wrong = nobody.post("/api/v1/verify", content=bytes(altered))
    assert package.headers["Content-Type"] == "application/zip"
    assert (exported["type"], exported["id"], exported["recorded_by"]) == ("EvidenceExported", found["fact"], "party_a")
    assert (verdict.json()["verdict"], verdict.json()["trusted"], verdict.json()["facts"]) == ("passed", True, 3)
    assert wrong.json()["verdict"] == "failed"


def test_a_preview_of_a_package_records_nothing(own: Own) -> None:
    with own.client("party_a") as client:
        client.post(f"{own.at}/facts", json=signed())
        before = client.get(f"{own.at}/facts").json()
        found = client.get(f"{own.at}/evidence/preview").json()
        assert (found["facts"], found["withheld"], found["sections"]) == (len(before), 0, None)
        assert client.get(f"{own.at}/evidence/preview?about=nothing").json()["code"] == "SCOPE_UNKNOWN"
        assert client.get(f"{own.at}/evidence?edition=fr").status_code == 400
        assert client.get(f"{own.at}/facts").json() == before


def test_a_package_is_for_whoever_asked_for_it(own: Own) -> None:
    with own.client("party_a") as client, own.client("party_b") as other:
        asked = client.get(f"{own.at}/evidence?about=nothing", headers={"Prefer": "respond-async"})
        assert other.get(asked.headers["Location"]).status_code == 404
        while (found := client.get(asked.headers["Location"]).json())["state"] in ("waiting", "building"):
            time.sleep(0.05)
        assert (found["state"], found["code"]) == ("failed", "SCOPE_UNKNOWN")
        answer = client.get(f"{asked.headers['Location']}/package")
    assert (answer.status_code, answer.json()["code"]) == (422, "SCOPE_UNKNOWN")


# --- the log ---------------------------------------------------------------------------------------


def test_the_log_proves_a_fact_and_that_it_only_grew(own: Own) -> None:
    with own.client("party_a") as client:
        before, _ = parse_checkpoint(client.get("/api/v1/log/checkpoint").content)
        client.post(f"{own.at}/facts", json=signed()).raise_for_status()
        checkpoint, note = parse_checkpoint(client.get("/api/v1/log/checkpoint").content)
        keys = client.get("/api/v1/log/keys").json()
        fact, prefix = {"contract": own.number, "seq": 2}, {"first": before.size}
        proof = client.get("/api/v1/log/proof", params={**fact, "size": checkpoint.size}).json()
        grown = client.get("/api/v1/log/proof", params={**prefix, "size": checkpoint.size}).json()
    ledger = open_ledger(own.served.store, create=False)
    leaf = next(leaf for _, leaf in ledger.store.leaves(proof["index"] + 1))
    ledger.store.close()
    assert any(signed_by(parse_key(one["key"]), note) for one in keys["keys"] if one["role"] == "log")
    assert inclusion_holds(leaf, proof, checkpoint.root)
    assert verify_consistency(before.size, checkpoint.size, before.root, checkpoint.root, path(grown))


def path(proof: dict[str, Any]) -> list[bytes]:
    return [base64.b64decode(step) for step in proof["path"]]


def inclusion_holds(leaf: bytes, proof: dict[str, Any], root: bytes) -> bool:
    return verify_inclusion(leaf_hash(leaf), proof["index"], proof["size"], path(proof), root)


def test_a_size_without_a_checkpoint_is_told_with_the_latest_there_is(tmp_path: Path) -> None:
    english = {"Accept-Language": "en"}
    with serving(tmp_path) as server, server.client("bureau") as client:
        latest = int(client.get("/api/v1/log/checkpoint").text.splitlines()[1])
        client.post(f"{AT}/facts", json=[signed(), system("s1")]).raise_for_status()
        asked = [client.get(f"/api/v1/log/{query}", headers=english) for query in
                 (f"checkpoint?size={latest + 1}", f"proof?first=1&size={latest + 1}")]  # fmt: skip
        made = client.get(f"/api/v1/log/checkpoint?size={latest + 2}")
    for answer in asked:
        problem = answer.json()
        assert (answer.status_code, problem["code"], problem["field"]) == (404, "CHECKPOINT_UNKNOWN", "size")
        assert problem["detail"] == f"The log has no checkpoint of size {latest + 1}; the latest is of size {latest}."
    assert made.status_code == 200


def test_a_first_size_may_be_the_second_and_not_above_it(own: Own) -> None:
    with own.client("party_a") as client:
        client.headers["Accept-Language"] = "en"
        size = int(client.get("/api/v1/log/checkpoint").text.splitlines()[1])
        same, above = (client.get(f"/api/v1/log/proof?first={first}&size={size}") for first in (size, size + 1))
    assert (same.status_code, same.json()["path"]) == (200, [])
    assert (above.status_code, above.json()["code"], above.json()["field"]) == (422, "PROOF_BACKWARDS", "first")
    assert f"at most the size, {size}" in above.json()["detail"]


@pytest.mark.parametrize(("change", "code"), [
    ({"size": 10**30}, "NUMBER_RANGE"), ({"size": 0}, "NUMBER_RANGE"), ({"size": "1"}, "FIELD_TYPE"),
    ({"key": "x"}, "COSIGNATURE_MALFORMED"), ({"signature": "\ud800"}, "TEXT_FORBIDDEN"),
])  # fmt: skip
def test_a_cosignature_that_is_none(bureau: httpx.Client, change: dict[str, Any], code: str) -> None:
    size = int(bureau.get("/api/v1/log/checkpoint").text.splitlines()[1])
    given = {"size": size, "signature": "\u2014 w AAAAAAAA", "key": "w+00000000+AAAA"} | change
    kind = {"Content-Type": "application/json"}
    answer = bureau.post("/api/v1/log/cosign", content=json.dumps(given), headers=kind)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


@pytest.mark.parametrize(("query", "status"), [
    ("", 422), ("seq=1", 422), ("contract=X&seq=1&first=1", 422), ("first=999999999", 422), ("size=0&first=1", 400),
    ("contract=TOLD-1&seq=99999", 404), ("first=1&size=999999", 404),
])  # fmt: skip
def test_a_proof_of_nothing(served: Served, told: str, query: str, status: int) -> None:
    with served.client("audit") as client:
        assert client.get(f"/api/v1/log/proof?{query}").status_code == status
