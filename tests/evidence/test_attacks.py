"""Attacks on a package: each is refused, and blamed on what was attacked."""

import base64
import hashlib
import io
import json
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.evidence import verify
from ledger.log.note import Note
from ledger.log.signing import Ed25519Signer
from tests.evidence.conftest import CONTRACT, Case, Files, verified

EVENTS, INCLUSION = "data/events.jsonl", "data/log/inclusion.jsonl"
MUTATIONS = int(os.environ.get("LVYUE_MUTATIONS", "800"))


def blamed(files: Files, trust: str) -> str:
    found = verified(files, trust)
    assert found.failed, "passed although it was attacked"
    return "\n".join(found.failed)


def lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


# --- mutations -----------------------------------------------------------------------------------


def flip(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def drop(chance: random.Random, data: bytes) -> bytes:
    kept = lines(data)
    del kept[chance.randrange(len(kept))]
    return b"".join(kept)


def duplicate(chance: random.Random, data: bytes) -> bytes:
    kept = lines(data)
    kept.insert(chance.randrange(len(kept) + 1), chance.choice(kept))
    return b"".join(kept)


def swap(chance: random.Random, data: bytes) -> bytes:
    kept = lines(data)
    first, second = chance.randrange(len(kept)), chance.randrange(len(kept))
    kept[first], kept[second] = kept[second], kept[first]
    return b"".join(kept)


def truncate(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


WAYS: tuple[Callable[[random.Random, bytes], bytes], ...] = (flip, drop, duplicate, swap, truncate)


def test_no_mutation_goes_undetected_and_each_is_blamed_on_its_file(case: Case) -> None:
    chance, count = random.Random(20261122), 0
    names = sorted(name for name, data in case.files.items() if data)
    while count < MUTATIONS:
        name = chance.choice(names)
        altered = chance.choice(WAYS)(chance, case.files[name])
        if altered == case.files[name]:
            continue
        count += 1
        said = blamed({**case.files, name: altered}, case.trust)
        assert name in said, (name, said)


def test_a_file_removed_added_or_put_for_another_is_blamed(case: Case) -> None:
    for name in case.files:
        remaining = {other: data for other, data in case.files.items() if other != name}
        assert name in blamed(remaining, case.trust) if name != "seal.txt" else blamed(remaining, case.trust)
    assert "data/extra" in blamed({**case.files, "data/extra": b"x"}, case.trust)
    assert "extra.txt" in blamed({**case.files, "extra.txt": b"x"}, case.trust)
    exchanged = {**case.files, EVENTS: case.files["data/items.json"], "data/items.json": case.files[EVENTS]}
    assert EVENTS in blamed(exchanged, case.trust)


# --- by somebody who makes manifests, and even the log's seal, fit again ------------------------------


def test_fixed_manifests_do_not_fit_the_seal(case: Case) -> None:
    files = case.resealed({**case.files, "data/conclusions.json": b"{}"})
    assert "tagmanifest-sha256.txt: " in blamed(files, case.trust)


def insider(case: Case, **changed: bytes) -> str:
    """The operator alters payload files and seals the package anew with the log's own key."""
    names = {"events": EVENTS, "inclusion": INCLUSION, "earlier": "data/log/earlier/000000000004.note",
             "consistency": "data/log/consistency.jsonl", "checkpoint": "data/log/checkpoint",
             "conclusions": "data/conclusions.json", "disclosures": "data/disclosures.txt"}  # fmt: skip
    files = {**case.files, **{names[key]: data for key, data in changed.items()}}
    return blamed(case.resealed(files, case.sign), case.trust)


def test_a_swapped_leaf_is_not_in_the_tree_and_breaks_the_chain(case: Case) -> None:
    events = case.files[EVENTS].replace(b'"complaint":"c1"', b'"complaint":"x1"')
    said = insider(case, events=events)
    assert f"{CONTRACT}#2: 不在检查点的树中" in said and f"{CONTRACT}#3: 序号有缺口或摘要链中断" in said


def test_a_cut_tail_lacks_the_export_record(case: Case) -> None:
    cut = {key: b"".join(lines(case.files[name])[:-1]) for key, name in (("events", EVENTS), ("inclusion", INCLUSION))}
    assert "末条不是本次导出的记录" in insider(case, **cut)


def test_a_fact_left_out_leaves_a_gap(case: Case) -> None:
    def without(name: str) -> bytes:
        kept = lines(case.files[name])
        return b"".join(kept[:2] + kept[3:])

    assert f"{CONTRACT}#4: 序号有缺口" in insider(case, events=without(EVENTS), inclusion=without(INCLUSION))


def test_a_fact_without_a_proof_is_refused(case: Case) -> None:
    assert "有未经证明的事实" in insider(case, events=case.files[EVENTS] + lines(case.files[EVENTS])[0])


def test_a_proof_for_another_size_is_refused(case: Case) -> None:
    rows = [json.loads(line) for line in lines(case.files[INCLUSION])]
    path = base64.b64decode(rows[0]["path"])
    rows[0]["path"] = base64.b64encode(path[:-32]).decode()
    said = insider(case, inclusion=b"".join(json.dumps(row).encode() + b"\n" for row in rows))
    assert f"{CONTRACT}#1: 不在检查点的树中" in said


def test_a_leaf_under_another_index_is_refused(case: Case) -> None:
    for index in (1, 2, 10**6, -1):
        rows = [json.loads(line) for line in lines(case.files[INCLUSION])]
        rows[0]["index"] = index
        said = insider(case, inclusion=b"".join(json.dumps(row).encode() + b"\n" for row in rows))
        assert f"{CONTRACT}#1: 不在检查点的树中" in said


def test_a_forged_earlier_checkpoint_is_no_prefix_even_when_signed(case: Case) -> None:
    old = case.files["data/log/earlier/000000000004.note"].decode().split("\n")
    forged = "\n".join([old[0], old[1], base64.b64encode(hashlib.sha256(b"forged").digest()).decode()]) + "\n"
    said = insider(case, earlier=case.sign(forged).encode())
    assert "data/log/earlier/000000000004.note: 不是检查点的前缀" in said


def test_a_checkpoint_of_another_history_holds_none_of_the_facts(case: Case) -> None:
    real = case.files["data/log/checkpoint"].decode().split("\n")
    forged = "\n".join([real[0], real[1], base64.b64encode(hashlib.sha256(b"other").digest()).decode()]) + "\n"
    said = insider(case, checkpoint=case.sign(forged).encode())
    assert all(f"{CONTRACT}#{seq}: 不在检查点的树中" in said for seq in range(1, 8))


def test_conclusions_that_do_not_fit_their_receipt_are_refused(case: Case) -> None:
    altered = case.files["data/conclusions.json"].replace(b"in_service", b"terminated")
    assert "data/conclusions.json: 与其回执不符" in insider(case, conclusions=altered)


def test_an_invented_disclosure_opens_no_commitment(case: Case) -> None:
    for disclosed in (b'["AAAAAAAAAAAAAAAAAAAAAA", "name", "\xe6\x9d\x8e\xe5\x9b\x9b"]\n',
                      case.files["data/disclosures.txt"].replace(b'"name"', b'"phone"')):
        assert "data/disclosures.txt: 披露与承诺不符" in insider(case, disclosures=disclosed)


def test_a_document_that_a_fact_names_may_not_be_missing(case: Case) -> None:
    name = next(name for name in case.files if name.startswith("data/sources/"))
    kept = {other: data for other, data in case.files.items() if other != name}
    assert f"{name}: 文书缺失" in blamed(case.resealed(kept, case.sign), case.trust)
    other = {**kept, name: b"another scan"}
    assert f"{name}: 文书缺失、内容不符" in blamed(case.resealed(other, case.sign), case.trust)


# --- with a key of one's own -----------------------------------------------------------------------


def test_a_package_signed_with_a_key_of_its_own_convinces_only_itself(case: Case) -> None:
    own = Ed25519Signer.generate("log.example/lvyue")

    def sign(text: str) -> str:
        return str(Note(text, (own.sign(text),)))

    files = dict(case.files)
    for name in [name for name in files if name.endswith(".note")] + ["data/log/checkpoint"]:
        files[name] = sign(files[name].decode().rpartition("\n\n")[0] + "\n").encode()
    files["data/keys/keys.txt"] = f"{own.key}\n".encode()
    files = case.resealed(files, sign)
    assert verified(files, "").failed == []
    said = blamed(files, case.trust)
    assert "seal.txt: 没有可信日志密钥的签名" in said and "data/log/checkpoint: 没有可信日志密钥的签名" in said


def test_a_witness_or_another_log_cannot_sign_for_this_log(case: Case) -> None:
    other = Ed25519Signer.generate("other.example/log")
    text = case.files["data/log/checkpoint"].decode().rpartition("\n\n")[0] + "\n"
    files = {**case.files, "data/log/checkpoint": str(Note(text, (other.sign(text),))).encode()}
    said = blamed(case.resealed(files, case.sign), case.trust + f"{other.key}\n")
    assert "data/log/checkpoint: 没有可信日志密钥的签名" in said


def test_a_key_named_by_the_old_key_is_followed_and_one_that_is_not_is_refused(case: Case) -> None:
    new = Ed25519Signer.generate("log.example/lvyue")
    text = f"log.example/lvyue key\n{new.key}\n"
    rotation = {"type": "LogKeyRotated.v1", "data": {"statement": case.sign(text)}}
    line = json.dumps(rotation, separators=(",", ":")).encode() + b"\n"
    files = {**case.files, EVENTS: line + case.files[EVENTS]}
    found = verified(files, case.trust)
    assert ("log.example/lvyue", new.key.key_id) in found.keys
    rotation["data"] = {"statement": str(Note(text, (new.sign(text),)))}
    files[EVENTS] = json.dumps(rotation, separators=(",", ":")).encode() + b"\n" + case.files[EVENTS]
    assert "LogKeyRotated: 没有可信日志密钥的签名" in blamed(files, case.trust)


# --- on the container ------------------------------------------------------------------------------


def opened(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "attack.zip").write_bytes(data)
    verify.open_package(tmp_path / "attack.zip")


@pytest.mark.parametrize("name", ["../../evil", "/etc/passwd", "data/../../x", "a\\b", "名", ".."])
def test_a_path_that_leaves_the_folder_is_refused(case: Case, tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="unsafe path"):
        opened(tmp_path, case.zip({**case.files, name: b"x"}))


def test_a_link_is_refused(case: Case, tmp_path: Path) -> None:
    out = io.BytesIO(case.zip())
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("bag/data/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(ValueError, match="unsafe path"):
        opened(tmp_path, out.getvalue())
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "data").symlink_to(tmp_path)
    with pytest.raises(ValueError, match="unsafe path"):
        verify.open_package(tmp_path / "folder")


def test_a_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bag/data/zeros", bytes(200 << 20))
    with pytest.raises(ValueError, match="too much"):
        opened(tmp_path, out.getvalue())


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused(case: Case, tmp_path: Path) -> None:
    out = io.BytesIO(case.zip())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("bag/" + EVENTS, b"")
    with pytest.raises(ValueError, match="twice"):
        opened(tmp_path, out.getvalue())
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("bag/a", b"1")
        archive.writestr("other/a", b"2")
    with pytest.raises(ValueError, match="twice"):
        opened(tmp_path, out.getvalue())


def test_a_damaged_zip_is_refused_or_holds_the_same_bytes(case: Case, tmp_path: Path) -> None:
    chance, whole, refused = random.Random(7), case.zip(), 0
    directory = whole.index(b"PK\1\2")
    for number in range(150):
        at = directory if number % 10 == 0 else 0  # every tenth in the directory, which some read first
        (tmp_path / "attack.zip").write_bytes(whole[:at] + flip(chance, whole[at:]))
        try:
            files = verify.open_package(tmp_path / "attack.zip")
            found = verify.Verification(files, case.trust)
        except Exception:  # what verify.py calls FAILED, as the next test sees
            refused += 1
            continue
        assert found.failed or {name: opener().read() for name, opener in files.items()} == case.files
    assert 0 < refused < 150, "some flips are met on opening, some only by the checks"


@pytest.mark.parametrize("damage", ["encrypted", "compressed as nobody knows", "cut short", "no zip", "empty"])
def test_a_package_that_cannot_be_opened_has_failed_and_is_told_in_one_line(
    case: Case, tmp_path: Path, damage: str
) -> None:
    whole = bytearray(case.zip())
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        keys = archive.getinfo(next(name for name in archive.namelist() if name.endswith("data/keys/keys.txt")))
    entry = whole.rindex(keys.filename.encode()) - 46  # its header in the central directory
    if damage == "encrypted":
        whole[entry + 8] |= 1
        whole[keys.header_offset + 6] |= 1
    elif damage == "compressed as nobody knows":
        whole[entry + 10] = 99
    else:
        whole = bytearray({"cut short": whole[: len(whole) // 2], "no zip": b"abcd", "empty": b""}[damage])
    (tmp_path / "attack.zip").write_bytes(whole)
    command = [sys.executable, verify.__file__, str(tmp_path / "attack.zip")]
    said = subprocess.run(command, capture_output=True, text=True)
    assert (said.returncode, said.stderr) == (3, ""), said.stderr
    assert "不符 FAILED" in said.stdout
