"""The verbs of custody as a person runs them: exit statuses, what is said, and what is left behind."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from ledger.cli.program import run
from tests.cli.conftest import CONTRACT, TERMS, Ran, command

Lvyue = Callable[..., Ran]
FACTS = "".join(
    json.dumps({"type": "ContractSigned", "on": "2025-11-19", "by": party, "data": {"party": party}}) + "\n"
    for party in ("party_a", "party_b")
) + json.dumps({
    "type": "PersonnelAssigned", "on": "2025-12-01", "by": "party_b", "ref": "on-duty",
    "data": {"person": "staff-07", "nda_signed": True, "name": "值班工程师甲", "phone": "000-0000-0001"},
})  # fmt: skip


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ledger of one contract and four facts."""
    folder = tmp_path_factory.mktemp("recorded")
    assert command(folder, "register", TERMS).status == 0
    assert command(folder, "record", CONTRACT, "-", stdin=FACTS.encode()).status == 0
    return folder


@pytest.fixture
def lvyue(recorded: Path, tmp_path: Path) -> Lvyue:
    """``lvyue`` in a copy of that folder, keys and all."""
    shutil.copytree(recorded, tmp_path, dirs_exist_ok=True)
    return partial(command, tmp_path)


def tamper(folder: Path, *statements: str) -> None:
    with sqlite3.connect(folder / "lvyue.db") as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_each_write_leaves_a_checkpoint_and_keys_only_the_owner_reads(lvyue: Lvyue, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "lvyue.db") as connection:
        sizes = [size for (size,) in connection.execute("SELECT size FROM log_checkpoints ORDER BY size")]
    connection.close()
    assert sizes == [1, 4]
    for path in (tmp_path / "lvyue.db.keys").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "lvyue.db.keys").stat().st_mode) == 0o700


def test_checkpoint_proof_and_compare_fit_together(lvyue: Lvyue, tmp_path: Path) -> None:
    note = lvyue("log", "checkpoint")
    assert note.status == 0 and note.out.splitlines()[1] == "4"
    proof = lvyue("log", "proof", CONTRACT, "on-duty")
    assert proof.out.startswith("c2sp.org/tlog-proof@v1\nindex 3\n") and note.out in proof.out
    assert lvyue("log", "proof", CONTRACT, "4", "--json").json["fact"] == f"{CONTRACT}#4"
    (tmp_path / "held").write_text(note.out, encoding="utf-8")
    assert lvyue("log", "compare", "held").status == 0
    lvyue("attach", CONTRACT, "2", "held")
    compared = lvyue("log", "compare", "held", "--json")
    assert compared.json["verdict"] == "prefix" and compared.json["path"]
    assert lvyue("log", "proof", CONTRACT, "99").status == 1


def test_a_rewritten_history_is_named_as_such_with_both_checkpoints(lvyue: Lvyue, tmp_path: Path) -> None:
    (tmp_path / "held").write_text(lvyue("log", "checkpoint").out, encoding="utf-8")
    tamper(tmp_path, "DELETE FROM stored_events WHERE notification_id > 3", "DELETE FROM log_hashes WHERE size > 1",
           "DELETE FROM log_checkpoints WHERE size > 1")  # fmt: skip
    found = lvyue("log", "compare", "held", "--lang", "en")
    assert found.status == 3 and "you hold:" in found.err and "the ledger shows:" in found.err
    assert found.err.count("lvyue.local/") >= 4


def test_a_checkpoint_of_another_log_says_nothing(lvyue: Lvyue, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    command(other, "register", TERMS)
    (tmp_path / "held").write_text(command(other, "log", "checkpoint").out, encoding="utf-8")
    assert lvyue("log", "compare", "held", "--json").json["error"]["code"] == "CHECKPOINT_FOREIGN"


def test_a_witness_signs_what_it_saw_and_is_kept(lvyue: Lvyue, tmp_path: Path) -> None:
    refused = lvyue("log", "cosign", "--key", "b.key", "--name", "party-b.example", "--json").json["error"]
    assert refused["code"] == "WITNESS_NOT_ADMITTED" and not (tmp_path / "b.key.seen").exists()
    key = next(word for word in refused["message"].split() if word.startswith("party-b.example+"))
    assert "log#1" in lvyue("log", "admit", key, "party-b").out
    assert lvyue("log", "admit", key, "party-b", "--json").json["repeated"]
    cosigned = lvyue("log", "cosign", "--key", "b.key", "--name", "party-b.example")
    assert cosigned.status == 0 and "— party-b.example " in cosigned.out
    assert "— party-b.example " in lvyue("log", "checkpoint").out
    assert (tmp_path / "b.key.seen").exists() and stat.S_IMODE((tmp_path / "b.key").stat().st_mode) == 0o600
    assert lvyue("audit", "--json").json["cosignatures"] == 1
    handed = lvyue("log", "keys", "--json").json
    assert [one["key"] for one in handed["witnesses"]] == [key] and key not in [one["key"] for one in handed["keys"]]


def test_a_rotated_key_is_on_record_and_the_audit_follows_it(lvyue: Lvyue) -> None:
    before = lvyue("log", "keys").out.splitlines()
    rotated = lvyue("log", "rotate", "--json").json
    assert rotated["before"] in before and rotated["after"] in lvyue("log", "keys").out.splitlines()
    assert "LogKeyRotated" in lvyue("facts", "log", "--json").out
    audited = lvyue("audit", "--json")
    assert audited.status == 0 and audited.json["contracts"] == 2


def test_an_audit_of_an_altered_ledger_ends_with_3_and_names_the_fact(lvyue: Lvyue, tmp_path: Path) -> None:
    assert lvyue("audit").status == 0
    tamper(tmp_path, "UPDATE stored_events SET state = replace(state, 'party_b', 'party_a') WHERE notification_id = 3")
    found = lvyue("audit", "--json")
    assert found.status == 3 and found.json["error"]["code"] == "LEAF_ALTERED"
    assert found.json["error"]["faults"][0]["position"] == 3


def test_since_a_checkpoint_only_what_is_newer_is_read(lvyue: Lvyue, tmp_path: Path) -> None:
    (tmp_path / "held").write_text(lvyue("log", "checkpoint").out, encoding="utf-8")
    lvyue("attach", CONTRACT, "2", "held")
    audited = lvyue("audit", "--since", "held", "--json").json
    assert (audited["since"], audited["facts"], audited["documents"]) == (4, 1, 1)
    assert lvyue("audit", "--since", "nothing").status == 1


def test_attached_files_are_kept_and_missed(lvyue: Lvyue, tmp_path: Path) -> None:
    (tmp_path / "发票.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "b.txt").write_bytes(b"text")
    attached = lvyue("attach", CONTRACT, "on-duty", "发票.pdf", "b.txt", "--by", "party_b", "--json").json
    assert [one["data"]["media_type"] for one in attached] == ["application/pdf", "text/plain"]
    assert "未作改动" in lvyue("attach", CONTRACT, "on-duty", "b.txt", "--by", "party_b").out
    assert lvyue("attach", CONTRACT, "on-duty", "missing.txt").status == 1
    tamper(tmp_path, "DELETE FROM records WHERE kind = 'document'")
    assert lvyue("audit", "--json").json["error"]["code"] == "DOCUMENT_MISSING"


@pytest.mark.parametrize(("name", "content"), [
    ("扫描件.pdf", b"\x89PNG\r\n\x1a\n"), ("材料.zip", b"%PDF-1.7"), ("章.png", b"not a picture"),
])  # fmt: skip
def test_a_file_that_is_not_what_its_name_says_is_refused_by_name_and_none_beside_it_is_kept(
    lvyue: Lvyue, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / "b.txt").write_bytes(b"text")
    (tmp_path / name).write_bytes(content)
    before = lvyue("status", CONTRACT, "--json").json["facts"]
    refused = lvyue("attach", CONTRACT, "on-duty", "b.txt", name)
    assert refused.status == 1 and name in refused.err and "文件说是" in refused.err
    assert lvyue("status", CONTRACT, "--json").json["facts"] == before


def test_an_erased_person_cannot_be_opened_and_the_audit_is_sound(lvyue: Lvyue, tmp_path: Path) -> None:
    assert "值班工程师甲" not in lvyue("facts", CONTRACT, "--json").out
    erased = lvyue("erase", f"{CONTRACT}/staff-07", "--reason", "本人要求", "--json").json
    assert erased["erased"] == 2 and erased["fact"] == "log#1"
    assert lvyue("erase", f"{CONTRACT}/staff-07", "--reason", "本人要求").status == 1
    assert lvyue("audit").status == 0


@pytest.mark.parametrize(
    "words",
    [("log",), ("log", "sign"), ("log", "proof", CONTRACT), ("log", "compare"), ("log", "cosign"),
     ("log", "checkpoint", "x"), ("log", "rotate", "--key", "k"), ("attach", CONTRACT, "1"), ("erase", "x")],
)  # fmt: skip
def test_a_command_that_cannot_be_understood_ends_with_2(words: tuple[str, ...]) -> None:
    assert run(words) == 2


def test_where_the_keys_are_not_at_hand_facts_are_recorded_and_it_is_said_that_nothing_was_signed(
    lvyue: Lvyue, tmp_path: Path
) -> None:
    lease = json.dumps({"type": "LeaseStarted", "on": "2025-12-01", "by": "party_a", "data": {}})
    ran = lvyue("record", CONTRACT, "-", stdin=lease.encode(), LVYUE_KEYS=str(tmp_path / "elsewhere"))
    assert ran.status == 0 and "未能签署检查点" in ran.err
    assert lvyue("log", "checkpoint").out.splitlines()[1] == "5"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_backup_and_what_is_restored_from_it_say_what_they_hold_and_that_the_keys_are_apart(
    lvyue: Lvyue, tmp_path: Path, lang: str
) -> None:
    keys = "lvyue.db.keys"
    made = lvyue("backup", "copy.db", "--lang", lang)
    assert made.status == 0 and "copy.db" in made.out and keys in made.out
    put = lvyue("restore", "copy.db", "--store", "sqlite:///other.db", "--lang", lang)
    assert put.status == 0 and "other.db" in put.out and "other.db.keys" in put.out, "where the keys have to be put"
    told = [lvyue("facts", CONTRACT, "--json", "--store", f"sqlite:///{name}.db").json for name in ("lvyue", "other")]
    assert told[0] == told[1]
    again = lvyue("backup", "copy.db", "--json", "--lang", lang)
    assert (again.status, again.json["error"]["code"]) == (1, "FILE_EXISTS")
    over = lvyue("restore", "copy.db", "--json", "--lang", lang)
    assert (over.status, over.json["error"]["code"]) == (1, "STORE_EXISTS")
    another = lvyue("backup", "another.db", "--json").json
    assert another["facts"] == another["size"] == 4 and another["keys_included"] is False


def test_a_damaged_ledger_stops_every_verb_and_its_backup_with_status_3(lvyue: Lvyue, tmp_path: Path) -> None:
    tamper(tmp_path, "DELETE FROM heads WHERE seq > 3")
    for verb in (["status", CONTRACT], ["facts", CONTRACT], ["portfolio"], ["audit"], ["backup", "copy.db"]):
        refused = lvyue(*verb, "--json")
        assert refused.status == 3 and refused.json["error"]["code"] in ("STORE_DAMAGED", "HEAD_BROKEN"), verb
    refused = lvyue("record", CONTRACT, "-", stdin=FACTS.encode())
    assert refused.status == 3 and "lvyue audit" in refused.err
    assert not (tmp_path / "copy.db").exists()
