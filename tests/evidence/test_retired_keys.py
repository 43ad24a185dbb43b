"""A rotation retires a key: what it signed before passes, nothing beyond; the new key alone is enough to verify."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from api.resources.verify import verdict as over_http
from ledger.cli.program import run
from ledger.evidence import verify
from ledger.evidence.bag import write_bag
from ledger.log.handout import trust_file
from ledger.log.lineage import trust_line
from ledger.log.note import Note
from ledger.log.signing import Ed25519Signer
from tests.evidence.conftest import CONTRACT as LOGGED
from tests.evidence.conftest import Case, Files, unzipped
from tests.evidence.exported import Place, zipped
from tests.story import CONTRACT

STATUS = {"passed": 0, "incomplete": 1, "failed": 3}


@pytest.fixture(scope="module")
def places(told: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, Place]:
    """The ledger whose key was rotated, and a copy with the old key in a thief's hands."""
    thief = Place(told, tmp_path_factory.mktemp("thief"))
    honest = Place(told, tmp_path_factory.mktemp("honest"))
    honest.ledger.operator.rotate()
    honest.export()
    return honest, thief


@pytest.fixture
def judged(tmp_path: Path) -> Callable[[Files, str], tuple[str, str]]:
    """What both verifiers say, which has to be the same: the verdict, and all the findings."""

    def judge(files: Files, trust: str) -> tuple[str, str]:
        package = zipped(files, tmp_path / "package.zip")
        (tmp_path / "trust.txt").write_text(trust, encoding="utf-8")
        command = [sys.executable, verify.__file__, str(package), "--trust", str(tmp_path / "trust.txt")]
        alone = subprocess.run(command, capture_output=True, encoding="utf-8", env=os.environ | {"PYTHONUTF8": "1"})
        ours = run(["verify", str(package), "--trust", str(tmp_path / "trust.txt")])
        assert ours == alone.returncode, alone.stdout
        return next(name for name, status in STATUS.items() if status == ours), alone.stdout

    return judge


Judged = Callable[[Files, str], tuple[str, str]]


def keys_of(place: Place) -> tuple[str, str]:
    """The old key's line and the new one's, as `lvyue log keys` has them."""
    keys = place.ledger.custody.log.keys_handed_out()
    old, new = [trust_line(known.key, bound) for known, bound in keys if known.role == "log"]
    assert " retired " in old and " retired " not in new
    return old, new


def test_the_keys_handed_out_give_for_a_retired_key_the_last_it_may_have_signed(places: tuple[Place, Place]) -> None:
    log = places[0].ledger.custody.log
    (old, bound), (_, none) = [(one, end) for one, end in log.keys_handed_out() if one.role == "log"]
    last = [head for head in log.heads() if any(head.note.by(old.key))][-1]
    assert none is None and bound == last.checkpoint
    root = base64.b64encode(last.checkpoint.root).decode()
    assert f"{old.key} retired {last.checkpoint.size} {root}\n" in trust_file(log)


@pytest.mark.parametrize("trusted", ["all", "the new key alone", "the old key, as it was handed over before"])
def test_a_true_package_passes_for_whoever_trusts(
    places: tuple[Place, Place], judged: Judged, trusted: str
) -> None:
    old, new = keys_of(places[0])
    trust = {"all": places[0].trust, "the new key alone": new}.get(trusted, old.partition(" ")[0])
    files = places[0].files()
    assert any(name.startswith("data/log/earlier/") for name in files), "signed by the old key"
    verdict, said = judged(files, trust + "\n")
    assert verdict == "passed", said


def test_a_stolen_old_key_signs_nothing_beyond_its_last(places: tuple[Place, Place], judged: Judged) -> None:
    honest, thief = places
    for number in range(3):
        thief.record("LeakReported", {"leak": f"forged-{number}", "summary": "forged", "leaked_by": "unknown"})
    forged = thief.export("forged.zip")
    before = "\n".join(line.partition(" ")[0] for line in keys_of(honest))
    assert judged(forged, before + "\n")[0] == "passed", "the keys alone, without the bound, are taken in"
    verdict, said = judged(forged, honest.trust)
    assert verdict == "failed" and "由已停用的密钥所签" in said
    served = over_http(honest.ledger.custody.log, zipped(forged, honest.folder / "sent.zip").read_bytes(), "zh")
    assert served["verdict"] == "failed", "POST /verify knows the bound too"
    true = over_http(honest.ledger.custody.log, zipped(honest.files(), honest.folder / "sent.zip").read_bytes(), "zh")
    assert true["verdict"] == "passed"


def test_an_older_package_by_the_old_key_is_confirmed_by_the_log_alone(
    told: Path, places: tuple[Place, Place], judged: Judged, tmp_path: Path
) -> None:
    older = Place(told, tmp_path / "older")
    older.now -= 1
    files = older.export("older.zip")  # the same number of facts as the statement made it: not the same root
    verdict, said = judged(files, places[0].trust)
    assert verdict in ("failed", "incomplete") and "已停用的密钥" in said


def resealed(files: Files, seal: Callable[[str], str]) -> Files:
    payload = {name: data for name, data in files.items() if name.startswith("data/")}
    tags = {name: files[name] for name in ("verify.py", "HOW-TO-VERIFY.txt")}
    origin, out = files["data/log/checkpoint"].decode().partition("\n")[0], io.BytesIO()
    write_bag(out, "bag", payload, tags, {"External-Identifier": CONTRACT},
              lambda digest: seal(f"{origin} package\n{digest}\n{CONTRACT}\n"))
    return unzipped(out.getvalue())


def test_a_stolen_old_key_cannot_seal_a_true_package_anew(places: tuple[Place, Place], judged: Judged) -> None:
    honest, thief = places
    signer = thief.ledger.custody.keyring.signer
    files = {**honest.files(), "data/report.pdf": b"%PDF-1.7 another report"}
    _, new = keys_of(honest)
    for trust in (honest.trust, new + "\n"):
        verdict, said = judged(resealed(files, lambda text: str(Note(text, (signer.sign(text),)))), trust)
        assert verdict == "failed" and "seal.txt" in said


def test_a_retired_key_names_no_other_successor(
    told: Path, places: tuple[Place, Place], judged: Judged, tmp_path: Path
) -> None:
    thief = Place(told, tmp_path / "fork")
    thief.ledger.operator.rotate()
    old, new = keys_of(places[0])
    for trust in (f"{old}\n{new}\n", new + "\n"):
        verdict, said = judged(thief.export(f"fork-{len(trust)}.zip"), trust)
        assert verdict == "failed" and "data/log/checkpoint: 没有可信日志密钥的签名" in said


@pytest.mark.parametrize("kind", ["under the log's name", "under its own"])
def test_a_package_made_with_a_witness_key_fails(case: Case, judged: Judged, kind: str) -> None:
    """Issue 8, 1: whatever key a witness brings, the log's word it is not."""
    name = "log.example/lvyue" if kind == "under the log's name" else "party-b.example"
    own = Ed25519Signer.generate(name)

    def cosigned(text: str) -> str:
        return str(Note(text, (own.cosign(text, 1),)))

    files = dict(case.files)
    for note in [note for note in files if note.endswith(".note")] + ["data/log/checkpoint"]:
        files[note] = cosigned(files[note].decode().rpartition("\n\n")[0] + "\n").encode()
    files["data/keys/keys.txt"] = f"{own.witness_key}\n".encode()
    files = case.resealed(files, cosigned)
    verdict, said = judged(files, f"{case.trust}{own.witness_key}\n")
    assert LOGGED in case.package.contract and verdict == "failed"
    assert "data/log/checkpoint: 没有可信日志密钥的签名" in said
