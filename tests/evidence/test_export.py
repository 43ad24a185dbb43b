"""The dispute package of the story's contract: whole, about something, opened in part, refused, repeated."""

from __future__ import annotations

import base64
import hashlib
import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ledger.domain.errors import Refusal
from ledger.evidence import export as exports
from ledger.evidence.scope import closure
from ledger.exporting import exporting
from ledger.log.failure import Tampered
from ledger.service import CALENDAR, LOG, Ledger, Question
from tests.evidence.conftest import Files, verified
from tests.evidence.exported import MINUTE, SCAN, Place, unpacked
from tests.evidence.test_package import pythons
from tests.installed import installed
from tests.log.test_stamps import authority, url  # noqa: F401  fixtures
from tests.story import CONTRACT, LATER

SCANNED = hashlib.sha256(SCAN).hexdigest()


@pytest.fixture
def place(told: Path, tmp_path: Path) -> Place:
    return Place(told, tmp_path)


@pytest.fixture(scope="module")
def whole(told: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, Files]:
    place = Place(told, tmp_path_factory.mktemp("whole"))
    return place, place.export(pdf=True)


def passed(files: Files, trust: str) -> None:
    found = verified(files, trust)
    assert (found.failed, found.unchecked) == ([], [])


def lines(files: Files, name: str) -> list[Any]:
    return [json.loads(line) for line in files[name].splitlines()]


def events(files: Files) -> list[dict[str, Any]]:
    """The contract's own facts; the log's stream, which a package carries too, is left out."""
    return [row for row in lines(files, "data/events.jsonl") if row["contract"] not in (LOG, CALENDAR)]


def items(files: Files) -> list[dict[str, Any]]:
    return list(json.loads(files["data/items.json"])["items"])


# --- the whole -----------------------------------------------------------------------------------


def test_the_whole_contract_verifies_against_keys_taken_from_the_ledger(whole: tuple[Place, Files]) -> None:
    place, files = whole
    passed(files, place.trust)


def test_everything_the_specification_lists_is_there_under_ascii_names(whole: tuple[Place, Files]) -> None:
    _, files = whole
    wanted = {"bagit.txt", "bag-info.txt", "manifest-sha256.txt", "manifest-sm3.txt", "tagmanifest-sha256.txt",
              "verify.py", "HOW-TO-VERIFY.txt"}  # fmt: skip
    wanted |= {f"data/{name}" for name in (
        "events.jsonl", "log/checkpoint", "log/inclusion.jsonl", "log/consistency.jsonl", "keys/keys.txt",
        "keys/log.pem", "report.pdf", "conclusions.json", "clauses/10.2.txt", "clauses/annex-1-outage-B.txt",
        f"sources/{SCANNED}", "items.json", "custody.jsonl", "environment.json", "disclosures.txt",
    )}  # fmt: skip
    assert wanted <= set(files)
    assert all(name.isascii() for name in files)
    assert any(name.endswith("-cosigned.note") for name in files), "the witness's cosignature travels along"
    assert files["data/report.pdf"].startswith(b"%PDF-")
    assert "B级事件" in files["data/clauses/10.2.txt"].decode().replace(" ", "")


def test_the_stream_is_exact_and_ends_with_the_record_of_this_export(whole: tuple[Place, Files]) -> None:
    place, files = whole
    stored = [leaf for _, _, leaf in place.ledger.store.rows(CONTRACT)]
    whole_log = sorted([*place.ledger.store.rows(CONTRACT), *place.ledger.store.rows(LOG)])
    assert files["data/events.jsonl"] == b"".join(leaf + b"\n" for _, _, leaf in whole_log)
    last = events(files)[-1]
    assert last["type"] == "EvidenceExported.v1" and last["by"] == "party_a"
    assert last["data"] == {"scope": "all", "facts": len(stored) - 1}


def test_the_conclusions_are_those_of_the_moment_and_do_not_count_the_export(
    whole: tuple[Place, Files], told: Path, tmp_path: Path
) -> None:
    _, files = whole
    said = json.loads(files["data/conclusions.json"])
    before = Place(told, tmp_path).ledger  # nothing was exported from it
    assert said == before.status(CONTRACT, Question(known_at=LATER + MINUTE, sensitivity=True))
    assert said["facts"] == len(events(files)) - 1


def test_items_say_of_each_fact_what_it_is_who_kept_it_and_where_it_stands(whole: tuple[Place, Files]) -> None:
    place, files = whole
    listed = {item["fact"]: item for item in items(files) if "article" in item}
    invoice = next(item for item in listed.values() if item["title"]["zh"] == "开具发票")
    index = invoice["leaf_index"]
    leaf = next(leaf for position, leaf in place.ledger.store.leaves() if position == index + 1)
    assert invoice["digest_sha256"] == hashlib.sha256(leaf).hexdigest()
    assert invoice["digest_sm3"] == hashlib.new("sm3", leaf).hexdigest()
    assert (invoice["author"], invoice["custodian"], invoice["article"]) == ("party_b", "local", "9.1")
    assert "乙方称：2025-11-21，开具发票" in invoice["proves"]["zh"]
    assigned = next(item for item in listed.values() if len(item["redactions"]) == 2)
    assert [redacted["field"] for redacted in assigned["redactions"]] == ["name", "phone"]
    document = next(item for item in items(files) if item.get("sha256") == SCANNED)
    assert (document["title"], document["size"], document["author"]) == ("通知.pdf", len(SCAN), "supervisor")


def test_custody_tells_in_order_who_recorded_signed_witnessed_and_exported(whole: tuple[Place, Files]) -> None:
    _, files = whole
    told = lines(files, "data/custody.jsonl")
    assert [entry["at"] for entry in told] == sorted(entry["at"] for entry in told)
    assert {entry["did"] for entry in told} == {"recorded", "signed checkpoint", "cosigned", "exported"}
    runs = [e for e in told if e["did"] == "recorded" and e["contract"] == CONTRACT]
    kept = [seq for e in runs for seq in range(e["first"], e["last"] + 1)]
    assert kept == list(range(1, len(events(files))))


def test_no_personal_value_host_or_path_is_in_any_file(whole: tuple[Place, Files]) -> None:
    import platform

    place, files = whole
    whole_text = b"\n".join(data for name, data in files.items() if not name.endswith(".pdf")).decode()
    host = f'"{platform.node()}"'  # quoted, for a short name may stand in a signature by chance
    for word in ("运维工程师丙", "000-0000-0003", host, str(place.folder), str(Path.home())):
        assert word not in whole_text


# --- with others' tools --------------------------------------------------------------------------


@pytest.mark.parametrize("python", pythons())
def test_the_verifier_within_passes_it_under_old_and_new_pythons(
    python: str, whole: tuple[Place, Files], tmp_path: Path
) -> None:
    place, files = whole
    bag = unpacked(files, tmp_path / "bag")
    (tmp_path / "keys.txt").write_text(place.trust)
    command = [python, "-I", str(bag / "verify.py"), str(bag), "--trust", str(tmp_path / "keys.txt")]
    done = subprocess.run(command, capture_output=True, env={"PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"})
    assert done.returncode == 0 and b"PASSED" in done.stdout, done.stdout + done.stderr


def test_bagit_and_sha256sum_find_nothing_wrong(whole: tuple[Place, Files], tmp_path: Path) -> None:
    bag = unpacked(whole[1], tmp_path / "bag")
    bagit = [str(Path(sys.executable).with_name("bagit.py")), "--validate", str(bag)]
    assert subprocess.run(bagit, capture_output=True).returncode == 0
    sums = [installed("sha256sum"), "-c", "--strict", "--quiet", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
    assert subprocess.run(sums, cwd=bag).returncode == 0


def test_openssl_verifies_both_signatures_as_the_guide_says(whole: tuple[Place, Files], tmp_path: Path) -> None:
    openssl = installed("openssl")
    _, files = whole
    text, _, signed = files["data/log/checkpoint"].decode().rpartition("\n\n")
    (tmp_path / "text").write_text(text + "\n")
    ways = {"log.pem": [], "log-sm2.pem": ["-digest", "sm3", "-pkeyopt", "distid:1234567812345678"]}
    for line, (key, more) in zip(signed.splitlines(), ways.items(), strict=False):
        (tmp_path / key).write_bytes(files[f"data/keys/{key}"])
        (tmp_path / "signature").write_bytes(base64.b64decode(line.split(" ")[-1])[4:])
        command = [openssl, "pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in", "text",
                   "-sigfile", "signature", *more]  # fmt: skip
        assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode == 0, key


def test_time_stamps_of_an_authority_travel_along_and_verify_by_its_certificate(
    told: Path, tmp_path: Path, authority: Path, url: str, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:
    monkeypatch.setenv("LVYUE_TSA_URL", url)
    place = Place(told, tmp_path)
    files = place.export()
    assert "data/log/checkpoint.tsr" in files
    passed(files, place.trust + (authority / "ca.pem").read_text())
    assert any("checkpoint.tsr" in said for said in verified(files, place.trust).unchecked)
    assert "time-stamped" in {entry["did"] for entry in lines(files, "data/custody.jsonl")}


# --- again ---------------------------------------------------------------------------------------


def differing(one: Files, other: Files) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


SEALS = {"bag-info.txt", "manifest-sha256.txt", "manifest-sm3.txt", "tagmanifest-sha256.txt", "seal.txt"}


def test_two_exports_differ_only_in_the_export_itself_its_time_and_signatures(told: Path, tmp_path: Path) -> None:
    first, second = Place(told, tmp_path / "1"), Place(told, tmp_path / "2")
    second.now += MINUTE
    one, other = (place.export(question=Question(known_at=LATER)) for place in (first, second))
    own = {f"data/{name}" for name in ("events.jsonl", "items.json", "custody.jsonl", "log/checkpoint",
                                       "log/inclusion.jsonl", "log/consistency.jsonl")}  # fmt: skip
    assert differing(one, other) <= SEALS | own
    assert [line for line in one["bag-info.txt"].splitlines() if not line.startswith(b"Payload-Oxum")] == [
        line for line in other["bag-info.txt"].splitlines() if not line.startswith(b"Payload-Oxum")
    ]
    for name in ("data/events.jsonl", "data/custody.jsonl"):
        assert lines(one, name)[:-2] == lines(other, name)[:-2], "all but the export and its checkpoint"
    assert events(one)[:-1] == events(other)[:-1]
    assert items(one)[: len(events(one)) - 1] == items(other)[: len(events(one)) - 1]


def test_at_the_same_moment_only_the_randomised_signature_differs(
    whole: tuple[Place, Files], told: Path, tmp_path: Path
) -> None:
    one, other = whole[1], Place(told, tmp_path).export(pdf=True)
    assert differing(one, other) <= SEALS | {"data/log/checkpoint", "data/report.pdf"}  # the report attaches it
    notes = [files["data/log/checkpoint"].split(b"\n") for files in (one, other)]
    assert notes[0][:5] == notes[1][:5], "text and Ed25519 signature; an SM2 signature has a random part"


# --- about something -----------------------------------------------------------------------------


def refs(ledger: Ledger, about: list[str]) -> set[str]:
    facts = ledger.facts(CONTRACT)
    found = closure(facts, about)
    assert {1, 2, 3} <= found, "the registration and both signatures are always there"
    return {fact.ref for fact in facts if fact.seq in found} - {"terms", "sign-a", "sign-b", "lease"}


LINKED = {"report-4", "assess-4", "contest-4", "dispute-1", "link-2", "report-1", "fix-1"}  # by a claim of party B


@pytest.mark.parametrize(
    ("about", "wanted"),
    [
        ("D-1", LINKED),
        ("INV-1", {"inv-1", "void-1"}),
        ("pay-1", {"inv-2", "pay-1"}),
        ("SO-1", {"sys-media", "scale-1", "scaled-1", "notice-2"}),
        ("inc-1", LINKED),
    ],
)
def test_what_belongs_together_is_shown_together(place: Place, about: str, wanted: set[str]) -> None:
    assert refs(place.ledger, [about]) == wanted


def test_an_incident_brings_those_linked_to_it_and_the_notice_about_their_cause(place: Place) -> None:
    found = refs(place.ledger, ["inc-2"])
    assert {"report-2", "report-3", "link-1", "ack-2", "notice-1", "done-1"} <= found
    assert "report-4" not in found and "pay-1" not in found


def test_a_system_named_as_the_scene_does_not_bring_all_that_happened_on_it(place: Place) -> None:
    assert refs(place.ledger, ["C-1"]) == {"sys-media", "complaint-1"}
    assert {"scale-1", "complaint-1", "report-5"} <= refs(place.ledger, ["media"])


def test_the_rest_of_the_stream_stands_as_digests(place: Place) -> None:
    files = place.export(about=["D-1"])
    passed(files, place.trust)
    shown = {row["ref"] for row in events(files)}
    about = {"terms", "sign-a", "sign-b", "lease", "report-4", "assess-4", "contest-4", "dispute-1"}
    followed = {"report-1", "fix-1", "report-2", "report-3", "link-1", "ack-2"}  # what 10.2, in dispute, rests on
    assert about | followed | {events(files)[-1]["ref"]} <= shown
    assert shown.isdisjoint({"inv-1", "pay-1", "sys-portal", "notice-1", "exit-1", "staff-9"})
    rows = [row for row in lines(files, "data/log/inclusion.jsonl") if row["contract"] == CONTRACT]
    assert [row["seq"] for row in rows] == list(range(1, place.ledger.version(CONTRACT) + 1))
    assert sum("leaf" in row for row in rows) == len(rows) - len(shown)
    assert events(files)[-1]["data"]["scope"] == "about D-1"
    assert f"data/sources/{SCANNED}" not in files, "a document of a fact not shown stays home"


def test_a_fact_left_out_without_its_digest_is_missed(place: Place) -> None:
    files = place.export(about=["D-1"])
    rows = files["data/log/inclusion.jsonl"].splitlines(keepends=True)
    withheld = next(row for row in rows if b'"leaf"' in row)
    files["data/log/inclusion.jsonl"] = b"".join(row for row in rows if row != withheld)
    assert any("a gap" in said for said in verified(files, place.trust).failed)


def test_a_name_nobody_uses_is_refused_and_nothing_is_recorded(place: Place) -> None:
    before = place.ledger.version(CONTRACT)
    with pytest.raises(Refusal) as refused:
        place.export(about=["D-1", "nobody"])
    assert (refused.value.code, refused.value.values["name"]) == ("SCOPE_UNKNOWN", "nobody")
    assert place.ledger.version(CONTRACT) == before and not (place.folder / "evidence.zip").exists()


# --- personal values -----------------------------------------------------------------------------


def test_a_personal_field_is_opened_only_where_asked(place: Place) -> None:
    files = place.export(disclose=["staff-9.name"])
    passed(files, place.trust)
    (line,) = lines(files, "data/disclosures.txt")
    assert line[1:] == ["name", "运维工程师丙"] and len(base64.urlsafe_b64decode(line[0] + "==")) == 16
    assert b"000-0000-0003" not in b"".join(files.values())
    redacted = next(item["redactions"] for item in items(files) if item.get("redactions"))
    assert {one["field"]: one["disclosed"] for one in redacted} == {"name": True, "phone": False}


def test_a_disclosed_field_brings_its_fact_into_the_scope(place: Place) -> None:
    files = place.export(about=["D-1"], disclose=["staff-9.name"])
    passed(files, place.trust)
    assert "staff-9" in {row["ref"] for row in events(files)}


@pytest.mark.parametrize("name", ["staff-9.person", "staff-9", "nobody.name", "staff-9.name.more", "."])
def test_what_is_no_personal_field_is_refused(place: Place, name: str) -> None:
    with pytest.raises(Refusal) as refused:
        place.export(disclose=[name])
    assert refused.value.code == "DISCLOSE_UNKNOWN"


def test_what_was_erased_cannot_be_opened_and_all_else_still_verifies(place: Place) -> None:
    place.ledger.personal.erase(f"{CONTRACT}/ops-09", "本人要求")
    with pytest.raises(Refusal) as refused:
        place.export(disclose=["staff-9.name"])
    assert refused.value.code == "DISCLOSE_ERASED"
    files = place.export()
    passed(files, place.trust)
    assert "PersonalDataErased.v1" in {row["type"] for row in lines(files, "data/events.jsonl")}


def test_an_erasure_under_another_contract_is_seen_only_as_a_digest(place: Place) -> None:
    terms = place.ledger.terms(CONTRACT)
    place.ledger.register(terms | {"contract": terms["contract"] | {"id": "CU-OTHER"}})
    other = {"person": "ops-77", "nda_signed": True, "name": "值班员乙"}
    assigned = {"type": "PersonnelAssigned", "on": "2026-11-22", "by": "party_b", "data": other}
    place.ledger.record("CU-OTHER", [assigned])
    place.ledger.personal.erase("CU-OTHER/ops-77", "another matter")
    files = place.export()
    passed(files, place.trust)
    assert b"ops-77" not in b"".join(files.values()) and b"another matter" not in b"".join(files.values())


# --- documents -----------------------------------------------------------------------------------


def spoil(place: Place, statement: str) -> None:
    """What somebody with the database file can do, past every guard in it."""
    place.ledger.store.close()
    with sqlite3.connect(place.folder / "story.db") as database:
        for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{trigger}"')
        database.execute(statement)
    database.close()
    place.ledger = Ledger(place.url, clock=lambda: place.now)


@pytest.mark.parametrize(
    ("code", "statement"),
    [
        ("DOCUMENT_ALTERED", f"UPDATE records SET value = x'00' WHERE kind = 'document' AND key = '{SCANNED}'"),
        ("DOCUMENT_MISSING", f"DELETE FROM records WHERE kind = 'document' AND key = '{SCANNED}'"),
    ],
)
def test_a_document_missing_or_altered_refuses_the_export(place: Place, code: str, statement: str) -> None:
    before = place.ledger.version(CONTRACT)
    spoil(place, statement)
    with pytest.raises(Tampered) as found:
        place.export()
    assert found.value.code == code
    assert place.ledger.version(CONTRACT) == before and not (place.folder / "evidence.zip").exists()
    passed(place.export(about=["INV-1"]), place.trust)  # which does not need the document


def test_a_document_named_but_never_handed_in_is_listed_as_absent(place: Place) -> None:
    named = {"sha256": "ab" * 32, "name": "原件.pdf", "media_type": "application/pdf"}
    place.record("LeakReported", {"leak": "L-1", "summary": "另案保管", "leaked_by": "unknown"}, documents=[named])
    files = place.export()
    passed(files, place.trust)
    (item,) = [item for item in items(files) if item.get("absent") and item["sha256"] == "ab" * 32]
    assert (item["sha256"], item["title"]) == ("ab" * 32, "原件.pdf")


# --- keys, races, failures -----------------------------------------------------------------------


def test_who_trusts_only_the_first_key_can_follow_a_rotation(place: Place) -> None:
    first = place.trust
    place.ledger.operator.rotate()
    files = place.export()
    old = "".join(line + "\n" for line in first.splitlines() if "witness" not in line)
    assert place.trust != first and verified(files, old).failed == []


def test_a_fact_recorded_meanwhile_is_counted_and_concluded_from(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Ledger(place.url, clock=lambda: place.now)
    answer, waiting = place.ledger.status, [{"type": "ComplaintFiled", "on": "2026-11-22", "by": "party_a", "data": {
        "complaint": "C-9", "system": "media", "subject": "other"}}]  # fmt: skip

    def while_somebody_records(contract: str, question: Question, **more: Any) -> dict[str, Any]:
        answered = answer(contract, question, **more)
        if waiting:
            other.record(CONTRACT, [waiting.pop()])
        return answered

    monkeypatch.setattr(place.ledger, "status", while_somebody_records)
    files = place.export()
    passed(files, place.trust)
    said = json.loads(files["data/conclusions.json"])
    assert events(files)[-2]["type"] == "ComplaintFiled.v1"
    assert said["facts"] == events(files)[-1]["data"]["facts"] == len(events(files)) - 1


def test_facts_recorded_after_the_export_stay_out_of_it(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    checkpoint = place.ledger.checkpoint

    def late() -> object:
        place.record("LeakReported", {"leak": "L-2", "summary": "晚到", "leaked_by": "unknown"})
        return checkpoint()

    monkeypatch.setattr(place.ledger, "checkpoint", late)
    files = place.export()
    passed(files, place.trust)
    assert events(files)[-1]["type"] == "EvidenceExported.v1"


def test_where_writing_fails_the_file_that_was_there_stays(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    (place.folder / "evidence.zip").write_bytes(b"an earlier package")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    before = set(place.folder.iterdir())
    monkeypatch.setattr(exports, "write_package", full)
    with pytest.raises(OSError, match="No space"):
        place.export()
    assert (place.folder / "evidence.zip").read_bytes() == b"an earlier package"
    assert set(place.folder.iterdir()) == before


def test_a_contract_that_is_none_is_refused(place: Place) -> None:
    with pytest.raises(Refusal) as refused:
        exporting(place.ledger, "CU-NONE")
    assert refused.value.code == "CONTRACT_UNKNOWN"
