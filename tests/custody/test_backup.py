"""Backup and restore: all that is kept but the keys, verified, never over another ledger and never backwards."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from ledger.custody.backup import Copied, backup, restore
from ledger.custody.custody import Custody
from ledger.domain.errors import Refusal
from ledger.log.failure import Tampered
from ledger.log.tables import TreeTables
from ledger.service import Ledger
from ledger.store import open_store
from ledger.store.copying import tables
from tests.custody.conftest import NUMBER, House, assigned, fact

RECORDING = """
import sys, time
from ledger.service import Ledger
ledger, number = Ledger(sys.argv[1]), 0
print("ready", flush=True)
while True:
    number += 1
    data = {"service": "vcpu", "units": number}
    ledger.record(sys.argv[2], [{"type": "ServicePerformed", "on": "2025-12-02", "by": "party_b", "data": data}])
    time.sleep(0.01)
"""


def lived_in(house: House) -> House:
    """Facts, checkpoints, a personal value, a document."""
    house.perform(5)
    house.ledger.checkpoint()
    house.record(assigned(name="值班工程师甲", ref="who"))
    house.ledger.attachments.attach(NUMBER, "who", b"a letter", name="a.txt", media_type="text/plain", by="party_b")
    return house


def backed_up(ledger: Ledger, out: Path) -> Copied:
    return backup(ledger.custody, out, ledger.clock())


def everything(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, as both databases give them; streams by their hex digits."""
    with open_store("sqlite:///:memory:", create=True, extensions=[TreeTables()]) as plain:
        names = tables(plain.query)
    query = ledger.store.query
    rows = {name: query(f"SELECT {', '.join(columns)} FROM {name}") for name, (columns, _) in names.items()}
    return {name: sorted((tuple(map(plainly, row)) for row in found), key=repr) for name, found in rows.items()}


def plainly(value: object) -> object:
    return value.hex if isinstance(value, UUID) else value


def at(path: Path) -> Ledger:
    return Ledger(f"sqlite:///{path}")


def moved(house: House) -> Path:
    """The house's ledger moved away, as after a loss; its keys stay."""
    house.close()
    aside = house.folder / "aside"
    aside.mkdir()
    for path in house.folder.glob("ledger.db*"):
        path.rename(aside / path.name)
    return house.folder / "ledger.db"


def put_back(house: House, file: Path) -> Copied:
    return restore(file, house.url, os.environ)


def test_a_backup_of_either_database_holds_everything_and_restores_to_sqlite(either: House, tmp_path: Path) -> None:
    before_keys = lived_in(either).ledger.custody.directory
    file, target = tmp_path / "backup.db", tmp_path / "restored.db"
    made = backed_up(either.ledger, file)
    facts = either.ledger.store.leaf_count()
    assert (made.facts, made.size, made.keys) == (facts, facts, before_keys) and made.root
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith((".lvyue", "backup.db-"))]
    put = restore(file, f"sqlite:///{target}", os.environ)
    assert put == made
    restored = at(target)
    assert everything(restored) == everything(either.ledger)
    assert restored.audit().sound and restored.personal.of(NUMBER, "who") == {"name": "值班工程师甲"}
    assert restored.record(NUMBER, [fact("LeaseStarted", "party_a")])[0].fact.position == facts + 1
    restored.checkpoint()
    assert restored.audit().sound
    restored.store.close()


def test_a_backup_restores_to_an_empty_postgresql_once(
    house: House, tmp_path: Path, postgres_address: Callable[[], str]
) -> None:
    file, url = tmp_path / "backup.db", postgres_address()
    backed_up(lived_in(house).ledger, file)
    restore(file, url, os.environ)
    restored = Ledger(url)
    assert everything(restored) == everything(house.ledger) and restored.audit().sound
    with pytest.raises(Refusal, match="STORE_EXISTS"):
        restore(file, url, os.environ)
    restored.store.close()


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_only_the_owner_can_read_a_backup_and_what_is_restored(house: House, tmp_path: Path) -> None:
    file, target = tmp_path / "backup.db", tmp_path / "restored.db"
    before = os.umask(0)
    try:
        backed_up(house.ledger, file)
        restore(file, f"sqlite:///{target}", os.environ)
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file, target)] == [0o600, 0o600]


def test_a_backup_holds_no_key(house: House, tmp_path: Path) -> None:
    backed_up(lived_in(house).ledger, tmp_path / "backup.db")
    content = (tmp_path / "backup.db").read_bytes()
    folder = house.ledger.custody.directory
    assert folder is not None
    secrets = [path.read_bytes().strip() for path in folder.iterdir() if path.name.endswith((".key", ".pem"))]
    assert len(secrets) >= 2 and not [secret for secret in secrets if secret in content]


def test_a_backup_made_while_others_record_is_of_one_moment(
    either: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, "-c", RECORDING, either.url, NUMBER]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert writer.stdout is not None and writer.stdout.readline() == "ready\n"
        made = [backed_up(either.ledger, tmp_path / f"backup-{number}.db") for number in range(3)]
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait(10)
    assert [one.facts for one in made] == sorted(one.facts for one in made) and made[0].size > 0
    monkeypatch.delenv("LVYUE_KEYS")  # these keys know that the first backups are old by now
    for number, one in enumerate(made):
        copy = at(tmp_path / f"backup-{number}.db")
        copy.custody = Custody(copy.store, {})  # the key folder remembers the last of them
        assert copy.audit().sound and len(copy.facts(NUMBER)) == one.facts
        copy.store.close()


def test_where_a_file_can_have_one_name_only_a_backup_gets_it_and_overwrites_nothing(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", unknown)
    backed_up(house.ledger, tmp_path / "backup.db")
    assert at(tmp_path / "backup.db").audit().sound
    with pytest.raises(Refusal, match="FILE_EXISTS"):
        backed_up(house.ledger, tmp_path / "backup.db")


def test_nothing_is_overwritten(house: House, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    backed_up(house.ledger, file)
    held = file.read_bytes()
    with pytest.raises(Refusal, match="FILE_EXISTS"):
        backed_up(house.ledger, file)
    with pytest.raises(Refusal, match="STORE_EXISTS"):
        put_back(house, file)
    assert file.read_bytes() == held and house.ledger.audit().sound


@pytest.mark.parametrize("left", ["-wal", "-shm"])
def test_a_log_left_of_another_ledger_is_not_taken_for_the_restored_ones(
    house: House, tmp_path: Path, left: str
) -> None:
    file = tmp_path / "backup.db"
    backed_up(house.ledger, file)
    (tmp_path / f"restored.db{left}").write_bytes(b"left")
    with pytest.raises(Refusal, match="STORE_EXISTS"):
        restore(file, f"sqlite:///{tmp_path}/restored.db", os.environ)
    assert not (tmp_path / "restored.db").exists()


def test_an_older_backup_than_the_ledger_there_is_refused_as_that(either: House, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    backed_up(either.ledger, file)
    either.perform(2)
    with pytest.raises(Refusal, match="RESTORE_OLDER"):
        put_back(either, file)


def test_an_older_backup_than_what_the_keys_signed_is_refused_when_the_ledger_is_lost(
    house: House, tmp_path: Path
) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    backed_up(lived_in(house).ledger, old)
    house.perform(2)
    backed_up(house.ledger, new)
    target = moved(house)
    with pytest.raises(Refusal, match="RESTORE_OLDER"):
        put_back(house, old)
    assert not target.exists()
    put_back(house, new)
    restored = at(target)
    assert restored.audit().sound and restored.status(NUMBER)
    restored.store.close()


def damaged(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as opened, opened:
        for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            opened.execute(f"DROP TRIGGER {name}")
        opened.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stored_events SET state = replace(state, '\"units\":3', '\"units\":4')",
        "DELETE FROM stored_events WHERE notification_id > 5",
        "UPDATE log_checkpoints SET note = zeroblob(9)",
        "DELETE FROM heads WHERE seq > 0",
        "UPDATE heads SET seq = 3 WHERE seq > 3",
    ],
)
def test_an_altered_backup_is_not_restored(house: House, tmp_path: Path, statement: str) -> None:
    file = tmp_path / "backup.db"
    backed_up(lived_in(house).ledger, file)
    damaged(file, statement)
    target = moved(house)
    with pytest.raises(Tampered):
        put_back(house, file)
    assert not target.exists()


def test_a_damaged_ledger_is_not_backed_up_in_silence(house: House, tmp_path: Path) -> None:
    lived_in(house).tamper(("UPDATE stored_events SET topic = 'PaymentMade.v1' WHERE notification_id = 5", ()))
    with pytest.raises(Tampered):
        backed_up(house.again(), tmp_path / "backup.db")
    assert not list(tmp_path.glob("*backup*")) and not list(tmp_path.glob(".lvyue*"))


def test_a_file_copied_by_hand_with_its_log_is_restored_too(house: House, tmp_path: Path) -> None:
    lived_in(house).ledger.checkpoint()
    for end in ("", "-wal"):
        shutil.copy(tmp_path / f"ledger.db{end}", tmp_path / f"copied.db{end}")
    facts = house.ledger.store.leaf_count()
    moved(house)
    assert put_back(house, tmp_path / "copied.db").facts == facts
    assert (tmp_path / "copied.db-wal").exists(), "what it was made from stays as it was"


def test_what_is_no_backup_is_refused(house: House, tmp_path: Path) -> None:
    text = tmp_path / "text.db"
    text.write_text("nothing of ours" * 400)
    target = moved(house)
    for file, code in ((text, "STORE_FOREIGN"), (tmp_path / "absent.db", "FILE_MISSING"), (tmp_path, "FILE_MISSING")):
        with pytest.raises(Refusal, match=code):
            put_back(house, file)
    assert not target.exists()
