"""A package as made: it verifies with others' tools and with its own verifier, under every Python at hand."""

import hashlib
import subprocess
import sys
from pathlib import Path

import bagit
import pytest
from tlog_scales import signing, tlog

from ledger.evidence import verify
from ledger.evidence.package import folder_name
from tests.evidence.conftest import SCAN, Case, make_case, verified
from tests.installed import installed

PYTHONS = sorted(Path.home().glob(".pyenv/versions/3.*/bin/python"))


def pythons() -> list[str]:
    """This Python, and the oldest from 3.8 on and the newest that stand beside it."""
    versions = {tuple(map(int, path.parts[-3].split(".")[:2])): str(path) for path in PYTHONS}
    usable = [versions[version] for version in sorted(versions) if version >= (3, 8)]
    return list(dict.fromkeys([sys.executable, *usable[:1], *usable[-1:]]))


@pytest.fixture
def unpacked(case: Case, tmp_path: Path) -> Path:
    for name, data in case.files.items():
        (tmp_path / "bag" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "bag" / name).write_bytes(data)
    (tmp_path / "trust.txt").write_text(case.trust)
    return tmp_path / "bag"


def run(python: str, folder: Path, *arguments: str) -> tuple[int, str]:
    command = [python, str(folder / "bag" / "verify.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"})
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("python", pythons())
def test_the_verifier_in_the_package_passes_it_under_old_and_new_pythons(python: str, unpacked: Path) -> None:
    status, said = run(python, unpacked.parent, str(unpacked), "--trust", str(unpacked.parent / "trust.txt"))
    assert status == 0 and "PASSED" in said and "UNCHECKED" not in said, said


def test_the_verifier_reads_the_zip_as_well_as_the_folder(case: Case, unpacked: Path) -> None:
    (unpacked.parent / "bag.zip").write_bytes(case.zip())
    trust = str(unpacked.parent / "trust.txt")
    status, said = run(sys.executable, unpacked.parent, str(unpacked.parent / "bag.zip"), "--trust", trust)
    assert status == 0 and "facts: 7" in said


def test_without_trust_it_says_that_keys_inside_prove_nothing(unpacked: Path) -> None:
    status, said = run(sys.executable, unpacked.parent, str(unpacked))
    assert status == 1 and "--trust" in said and "no key: those inside prove nothing" in said and "INCOMPLETE" in said


def test_without_openssl_nothing_passes(unpacked: Path) -> None:
    trust = str(unpacked.parent / "trust.txt")
    command = [sys.executable, str(unpacked / "verify.py"), str(unpacked), "--trust", trust]
    done = subprocess.run(command, capture_output=True, text=True, env={"PATH": "", "PYTHONUTF8": "1"})
    assert done.returncode == 1 and "UNCHECKED" in done.stdout and "INCOMPLETE" in done.stdout


def test_a_package_that_is_not_there_is_a_usage_error(unpacked: Path) -> None:
    assert run(sys.executable, unpacked.parent, "nowhere.zip")[0] == 2


def test_the_verifier_is_short_enough_to_read() -> None:
    assert Path(verify.__file__).read_text(encoding="utf-8").count("\n") < 200


def test_bagit_and_sha256sum_accept_the_bag(unpacked: Path) -> None:
    assert bagit.Bag(str(unpacked)).validate()
    command = [installed("sha256sum"), "-c", "--strict", "--quiet", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
    assert subprocess.run(command, cwd=unpacked).returncode == 0


def test_the_sm3_manifest_is_what_openssl_computes(case: Case, unpacked: Path) -> None:
    line = next(line for line in case.files["manifest-sm3.txt"].decode().splitlines() if "events" in line)
    command = ["openssl", "dgst", "-sm3", "-r", "data/events.jsonl"]
    said = subprocess.run(command, cwd=unpacked, capture_output=True, text=True)
    assert said.returncode != 0 or said.stdout.split()[0] == line[:64]


def test_every_name_is_ascii_and_the_layout_is_as_specified(case: Case) -> None:
    assert all(name.isascii() for name in case.files)
    wanted = {"bagit.txt", "bag-info.txt", "manifest-sha256.txt", "manifest-sm3.txt", "tagmanifest-sha256.txt"}
    wanted |= {"verify.py", "seal.txt", f"data/sources/{hashlib.sha256(SCAN).hexdigest()}"}
    wanted |= {f"data/{name}" for name in (
        "events.jsonl", "log/checkpoint", "conclusions.json", "report.pdf", "items.json", "custody.jsonl",
        "environment.json", "disclosures.txt", "keys/keys.txt",
    )}  # fmt: skip
    assert wanted <= set(case.files)
    assert folder_name("CU12/合同 1") == "evidence-CU12----1"


def test_tlog_scales_agrees_on_checkpoint_and_inclusion(case: Case) -> None:
    checkpoint = tlog.Checkpoint.from_text(case.files["data/log/checkpoint"].decode())
    checkpoint.verify(signing.Vkey.from_string(case.trust.splitlines()[0]))
    for fact in case.package.facts:
        proof = tlog.InclusionProof(fact.index, checkpoint.size, list(fact.path))
        proof.check(hashlib.sha256(b"\x00" + fact.leaf).digest(), checkpoint.root_hash)


def test_facts_outside_the_scope_stand_as_digests_and_the_rest_still_verifies(tmp_path: Path) -> None:
    partial = make_case(tmp_path, withheld=(2, 3))
    assert partial.files["data/events.jsonl"].count(b"\n") == 5
    found = verified(partial.files, partial.trust)
    assert (found.failed, found.unchecked, len(found.facts)) == ([], [], 7)


def test_a_package_without_disclosure_verifies_as_well(case: Case) -> None:
    files = case.resealed({**case.files, "data/disclosures.txt": b""}, case.sign)
    assert verified(files, case.trust).failed == []
