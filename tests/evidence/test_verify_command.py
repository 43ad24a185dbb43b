"""`lvyue evidence` and `lvyue verify` as a person types them, and packages made to deceive."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest

from ledger.canonical import canonical, digest
from ledger.cli.program import run
from ledger.evidence import inventory, rederive
from ledger.evidence.bag import write_bag
from ledger.log.note import Note
from ledger.log.signing import Ed25519Signer
from ledger.projections.status import RULES
from ledger.service import Question
from tests.evidence.conftest import Files, unzipped
from tests.evidence.exported import Place, unpacked, zipped
from tests.story import CONTRACT, ref_ids, story

Said = tuple[int, str]
Lvyue = Callable[..., Said]


@pytest.fixture
def place(told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    place = Place(told, tmp_path)
    (tmp_path / "keys.txt").write_text(place.trust)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LVYUE_STORE", place.url)
    return place


@pytest.fixture
def lvyue(place: Place, capsys: pytest.CaptureFixture[str]) -> Lvyue:
    """Run a command; its status and all it said."""

    def command(*arguments: object) -> Said:
        capsys.readouterr()
        status = run([str(argument) for argument in arguments], clock=lambda: place.now)
        said = capsys.readouterr()
        return status, said.out + said.err

    return command


@pytest.fixture(scope="module")
def package(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Files:
    return Place(told, tmp_path_factory.mktemp("package")).export()


# --- evidence ------------------------------------------------------------------------------------


def test_evidence_writes_a_package_that_verify_passes(place: Place, lvyue: Lvyue) -> None:
    status, said = lvyue("evidence", CONTRACT, "-o", "out.zip", "--as-of", "2026-11-20", "--by", "auditor")
    assert status == 0 and f"{CONTRACT}#{len(story()) + 4}" in said and "--trust" in said
    files = place.files("out.zip")
    assert json.loads(files["data/conclusions.json"])["as_of"] == "2026-11-20"
    assert cover(files).startswith("合同履约证据报告合同编号CU12"), "in Chinese, where no language is asked for"
    status, said = lvyue("verify", "out.zip", "--trust", "keys.txt")
    assert status == 0 and "结论：通过" in said and "重新推得同样的结论" in said and "注意" not in said


def cover(files: Files) -> str:
    page = pypdf.PdfReader(io.BytesIO(files["data/report.pdf"])).pages[0]
    return "".join(page.extract_text().split())


def test_evidence_takes_names_fields_readings_view_and_languages(place: Place, lvyue: Lvyue) -> None:
    status, said = lvyue(
        "evidence", CONTRACT, "-o", "out.zip", "--about", "D-1", "inc-1", "--about", "INV-1",
        "--disclose", "staff-9.name", "--as-seen-by", "party_b", "--reading", "year-window=calendar-year", "--json",
        "--lang", "both",
    )  # fmt: skip
    shown = json.loads(said)
    assert status == 0 and shown["fact"] == f"{CONTRACT}#{len(story()) + 4}"
    assert shown["bytes"] == Path("out.zip").stat().st_size
    files = place.files("out.zip")
    asked = json.loads(files["data/environment.json"])["question"]
    assert (asked["as_seen_by"], asked["readings"]) == ("party_b", {"year-window": "calendar-year"})
    assert b"about D-1, inc-1, INV-1" in files["data/events.jsonl"]
    assert "运维工程师丙".encode() in files["data/disclosures.txt"]
    both = "合同履约证据报告Evidencereportontheperformanceofacontract合同编号Contract"
    assert cover(files).startswith(both)
    status, said = lvyue("--lang", "en", "verify", "out.zip", "--trust", "keys.txt")
    assert status == 0 and "stand as digests only" in said


def test_evidence_as_known_then_and_under_another_reading_is_drawn_again_alike(place: Place, lvyue: Lvyue) -> None:
    place.export("then.zip", question=Question(
        known_at=place.now - 120 * 86_400_000_000, as_seen_by="party_b", readings={"year-window": "calendar-year"}
    ))  # fmt: skip
    status, said = lvyue("verify", "then.zip", "--trust", "keys.txt", "--json")
    assert status == 0 and json.loads(said)["conclusions"] == "same"


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["-o", "keys.txt"], 1, "已有文件 keys.txt"),
        (["-o", "nowhere/out.zip"], 1, "没有目录 nowhere"),
        (["-o", "out.zip", "--about", "nobody"], 1, "没有 nobody"),
        (["-o", "out.zip", "--disclose", "inv-1.amount"], 1, "不是个人信息字段"),
        (["-o", "out.zip", "--by", "judge"], 2, "judge"),
        ([], 2, "--output"),
    ],
)
def test_evidence_says_what_is_wrong_and_records_nothing(
    place: Place, lvyue: Lvyue, arguments: list[str], status: int, words: str
) -> None:
    before = place.ledger.version(CONTRACT)
    found, said = lvyue("evidence", CONTRACT, *arguments)
    assert found == status and words in said
    assert place.ledger.version(CONTRACT) == before and not Path("out.zip").exists()


def test_a_preview_tells_what_would_be_exported_and_records_nothing(place: Place, lvyue: Lvyue) -> None:
    before = place.ledger.version(CONTRACT)
    status, said = lvyue("evidence", CONTRACT, "--preview", "--about", "D-1")
    assert status == 0 and "解除权及其理由" in said and "未作任何记录" in said
    status, said = lvyue("--json", "evidence", CONTRACT, "--preview", "--about", "D-1")
    found = json.loads(said)
    assert found["facts"] + found["withheld"] == before == place.ledger.version(CONTRACT)
    assert lvyue("evidence", CONTRACT, "--preview", "-o", "out.zip")[0] == 2 and not Path("out.zip").exists()


def test_both_languages_are_for_a_report_only(lvyue: Lvyue) -> None:
    status, said = lvyue("--lang", "both", "status", CONTRACT)
    assert status == 2 and "both" in said


# --- verify: what is right -----------------------------------------------------------------------


def test_without_trust_it_says_plainly_that_keys_inside_prove_nothing(package: Files, lvyue: Lvyue) -> None:
    zipped(package, Path("p.zip"))
    status, said = lvyue("verify", "p.zip")
    assert status == 1 and "证明不了来源" in said and "任何人都能造出这样的包" in said and "结论：不完整" in said
    status, said = lvyue("verify", "p.zip", "--lang", "en")
    assert status == 1 and "no key: those inside prove nothing" in said and "result: INCOMPLETE" in said


def test_folders_serve_as_package_and_as_trust(package: Files, lvyue: Lvyue, place: Place) -> None:
    unpacked(package, Path("bag"))
    Path("trusted").mkdir()
    Path("trusted/log.txt").write_text(place.trust)
    assert lvyue("verify", "bag", "--trust", "trusted")[0] == 0


def test_rules_that_are_not_installed_here_are_not_guessed_at(
    package: Files, lvyue: Lvyue, monkeypatch: pytest.MonkeyPatch
) -> None:
    zipped(package, Path("p.zip"))
    monkeypatch.setattr(rederive, "RULES", "2031.1")
    status, said = lvyue("verify", "p.zip", "--trust", "keys.txt")
    assert status == 0 and f"规则 {RULES}，此处未安装" in said


def test_without_openssl_the_result_is_incomplete(
    package: Files, lvyue: Lvyue, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ledger.evidence import verify

    zipped(package, Path("p.zip"))
    monkeypatch.setattr(verify, "openssl", lambda *_, **__: "")
    status, said = lvyue("verify", "p.zip", "--trust", "keys.txt")
    assert status == 1 and "未核对" in said and "不完整" in said


# --- verify: what is wrong -----------------------------------------------------------------------


def test_an_altered_byte_is_blamed_on_its_file_and_its_fact(package: Files, lvyue: Lvyue) -> None:
    forged = package["data/events.jsonl"].replace(b'"amount":"460782.26"', b'"amount":"460782.27"')
    zipped({**package, "data/events.jsonl": forged}, Path("p.zip"))
    status, said = lvyue("verify", "p.zip", "--trust", "keys.txt")
    assert status == 3 and "data/events.jsonl" in said and ref_ids()["inv-3"] in said and "结论：不符" in said
    status, said = lvyue("verify", "p.zip", "--trust", "keys.txt", "--json")
    document = json.loads(said)
    assert (status, document["verdict"], document["conclusions"]) == (3, "failed", None) and document["failed"]


def concluding(files: Files, **other: Any) -> Files:
    """The package with other conclusions, and a receipt that fits them."""
    said = json.loads(files["data/conclusions.json"]) | other
    receipt = said.pop("receipt")
    assert receipt["result"] != digest(said)
    said["receipt"] = receipt | {"result": hashlib.sha256(canonical(said)).hexdigest()}
    return {**files, "data/conclusions.json": json.dumps(said, ensure_ascii=False).encode()}


def resealed(files: Files, signer: Ed25519Signer) -> Files:
    """Manifests made anew, the seal and the checkpoint signed by another's key, which is put among the keys."""
    payload = {name: data for name, data in files.items() if name.startswith("data/")}
    text = files["data/log/checkpoint"].decode().partition("\n\n")[0] + "\n"
    payload["data/log/checkpoint"] = str(Note(text, (signer.sign(text),))).encode()
    payload["data/keys/keys.txt"] += f"{signer.key}\n".encode()
    tags = {name: files[name] for name in ("verify.py", "HOW-TO-VERIFY.txt")}
    origin, out = text.partition("\n")[0], io.BytesIO()

    def seal(tag_manifest: str) -> str:
        said = f"{origin} package\n{tag_manifest}\n{CONTRACT}\n"
        return str(Note(said, (signer.sign(said),)))

    write_bag(out, "bag", payload, tags, {"External-Identifier": CONTRACT}, seal)
    return unzipped(out.getvalue())


def test_other_conclusions_sealed_by_the_attackers_own_key_are_refused_twice(package: Files, lvyue: Lvyue) -> None:
    origin = package["data/log/checkpoint"].decode().partition("\n")[0]
    forged = concluding(package, phase="in_service")
    zipped(resealed(forged, Ed25519Signer.generate(origin)), Path("p.zip"))
    status, said = lvyue("verify", "p.zip", "--trust", "keys.txt")
    assert status == 3 and "seal.txt" in said and "log/checkpoint" in said, "trusted keys did not sign it"
    status, said = lvyue("verify", "p.zip")
    assert status == 3 and "：phase" in said, "and even by its own keys it does not follow from the facts"
    assert "data/conclusions.json" in said and "结论不同" in said


def test_an_operator_who_seals_conclusions_that_do_not_follow_is_found_out(
    place: Place, lvyue: Lvyue, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = place.ledger.status

    def bent(contract: str, question: Question, **more: Any) -> dict[str, Any]:
        said = dict(answer(contract, question, **more))
        said["balance"] = said["balance"] | {"overdue": "1.00"}
        receipt = said.pop("receipt")
        return said | {"receipt": receipt | {"result": digest(said)}}

    monkeypatch.setattr(place.ledger, "status", bent)
    place.export("bent.zip")
    status, said = lvyue("verify", "bent.zip", "--trust", "keys.txt")
    assert status == 3 and "balance.overdue" in said and "receipt.result" in said


def test_an_operator_who_seals_other_words_or_another_list_of_evidence_is_found_out(
    place: Place, lvyue: Lvyue, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, listed = inventory.clauses, inventory.items
    with monkeypatch.context() as bent:
        bent.setattr(inventory, "clauses", lambda *told: words(*told) | {"10.1.txt": "2 次", "99.txt": "另约定"})
        bent.setattr(inventory, "items", lambda *told: listed(*told)[1:])
        place.export("bent.zip")
    status, said = lvyue("verify", "bent.zip", "--trust", "keys.txt")
    assert status == 3 and "data/conclusions.json" not in said
    assert all(f"data/{name}: 与由包内事实重新生成的不同" in said for name in (
        "clauses/10.1.txt", "clauses/99.txt", "items.json"
    ))  # fmt: skip


def test_facts_no_rule_can_read_count_against_the_package(package: Files, lvyue: Lvyue) -> None:
    origin = package["data/log/checkpoint"].decode().partition("\n")[0]
    environment = {**package, "data/environment.json": b'{"question": {"readings": {"year-window": "never"}}}'}
    zipped(resealed(environment, Ed25519Signer.generate(origin)), Path("p.zip"))
    status, said = lvyue("verify", "p.zip")
    assert status == 3 and "data/conclusions.json" in said


@pytest.mark.parametrize("name", ["bag/../outside.txt", "bag/../../outside.txt", "bag//etc/passwd", "bag/a\\..\\b"])
def test_a_path_out_of_the_package_is_refused(name: str, lvyue: Lvyue) -> None:
    with zipfile.ZipFile("p.zip", "w") as archive:
        archive.writestr(name, b"")
    status, said = lvyue("verify", "p.zip", "--trust", "keys.txt")
    assert status == 3 and "不是证据包" in said


def test_a_zip_bomb_is_refused_unread(lvyue: Lvyue) -> None:
    with zipfile.ZipFile("p.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bag/data/events.jsonl", b"\0" * (192 << 20))
    status, said = lvyue("verify", "p.zip", "--trust", "keys.txt")
    assert status == 3 and "不是证据包" in said


def test_a_zip_that_asks_for_a_password_is_no_package(package: Files, lvyue: Lvyue) -> None:
    zipped(package, Path("p.zip"))
    data = bytearray(Path("p.zip").read_bytes())
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1  # said to be encrypted
        at += 4
    Path("p.zip").write_bytes(data)
    status, said = lvyue("verify", "p.zip")
    assert status == 3 and "不是证据包，或已损坏" in said and "password" not in said


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04 cut short"])
def test_what_is_no_package_is_refused(content: bytes, lvyue: Lvyue) -> None:
    Path("p.zip").write_bytes(content)
    assert lvyue("verify", "p.zip", "--trust", "keys.txt")[0] == 3


@pytest.mark.parametrize("trust", ["nowhere.txt", "empty.txt", "p.zip"])
def test_a_trust_file_without_a_key_is_refused_and_never_passed_over(package: Files, lvyue: Lvyue, trust: str) -> None:
    zipped(package, Path("p.zip"))
    Path("empty.txt").write_text("")
    status, said = lvyue("verify", "p.zip", "--trust", trust)
    assert status == 2 and f"--trust {trust}：" in said and "没有公钥" in said and "不符" not in said


def test_a_package_that_is_not_there_is_a_usage_error(lvyue: Lvyue) -> None:
    status, said = lvyue("verify", "nowhere.zip")
    assert status == 2 and "没有文件 nowhere.zip" in said
