"""A ledger put back to an older copy, or rewritten without the log's key: the key folder remembers what it signed."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from ledger.domain.errors import Refusal
from ledger.log.failure import Tampered
from ledger.log.signed import FILE
from ledger.service import LOG, Question
from tests.api.server import Served, serving
from tests.custody.conftest import LOG_TABLES, NUMBER, House, fact


def told(house: House) -> list[str]:
    """What audit, status and record each say."""
    ledger = house.again()
    said = [one.code for one in ledger.audit().findings if one.code == "ROLLED_BACK"]
    for ask in (
        lambda: ledger.status(NUMBER), lambda: ledger.facts(NUMBER, Question()),
        lambda: ledger.record(NUMBER, [fact("LeaseStarted", "party_a")]), ledger.checkpoint, ledger.rotate,
    ):  # fmt: skip
        with pytest.raises(Tampered) as found:
            ask()
        said.append(found.value.code)
    return said


def rewritten(house: House) -> None:
    """Two facts rewritten, every `prev` and head redone, the log's tables emptied; no key was needed for it."""
    from hashlib import sha256

    changes, prev = [], b""
    for position in range(1, house.ledger.store.leaf_count() + 1):
        leaf = house.leaf(position)
        if position in (6, 8):
            leaf = leaf.replace(b'"units":', b'"units":9', 1)
        leaf = leaf if not prev else leaf[:-66] + prev + leaf[-2:]
        prev = sha256(leaf).hexdigest().encode()
        changes.append(("UPDATE stored_events SET state = ? WHERE notification_id = ?", (leaf, position)))
    house.tamper(*changes, *((f"DELETE FROM {table}", ()) for table in LOG_TABLES), thorough=True)


def put_back(house: House, copy: Path) -> None:
    house.close()
    for part in house.folder.glob("ledger.db*"):
        part.unlink()
    shutil.copy(copy, house.folder / "ledger.db")


def yesterday(house: House) -> Path:
    """A copy of the file as it is now, taken the way an administrator would."""
    import sqlite3

    copy = house.folder / "yesterday.db"
    with sqlite3.connect(house.folder / "ledger.db") as source, sqlite3.connect(copy) as target:
        source.backup(target)
    return copy


ALIKE = ["ROLLED_BACK"] * 6


def test_given_facts_rewritten_and_the_logs_tables_emptied_then_it_is_told_everywhere_and_signed_by_nobody(
    either: House,
) -> None:
    either.perform(10)
    either.ledger.checkpoint()
    rewritten(either)
    assert told(either) == ALIKE


@pytest.mark.parametrize("grown", [0, 3, 40])
def test_given_yesterdays_copy_put_back_then_it_is_told_however_much_was_added_past_the_program(
    house: House, grown: int
) -> None:
    house.perform(10)
    house.ledger.checkpoint()
    copy = yesterday(house)
    house.perform(29)
    house.ledger.checkpoint()
    put_back(house, copy)
    if grown:  # by somebody who removed the memory for as long as he wrote, and put it back
        memory = (house.folder / "keys" / FILE)
        kept = memory.read_bytes()
        memory.unlink()
        house.ledger = house.again()
        house.perform(grown)
        memory.write_bytes(kept)
    assert told(house) == ALIKE


@pytest.mark.parametrize("table", ["log_checkpoints", "log_hashes"])
def test_given_only_a_table_of_the_log_emptied_then_it_is_told(house: House, table: str) -> None:
    house.ledger.checkpoint()
    house.tamper((f"DELETE FROM {table}", ()))
    assert [one.code for one in house.again().audit().findings][-1] == "ROLLED_BACK"
    with pytest.raises(Tampered, match="ROLLED_BACK"):
        house.again().status(NUMBER)


def test_given_the_logs_tables_dropped_then_it_is_told(house: House) -> None:
    house.ledger.checkpoint()
    house.tamper(*((f"DROP TABLE {table}", ()) for table in LOG_TABLES))
    assert told(house) == ALIKE


def test_given_a_rollback_accepted_then_it_is_a_fact_and_signing_goes_on_from_there(house: House) -> None:
    house.perform(10)
    house.ledger.checkpoint()
    copy = yesterday(house)
    house.perform(29)
    held = house.ledger.checkpoint()
    assert held is not None
    put_back(house, copy)

    ledger = house.again()
    with pytest.raises(Refusal, match="reason"):
        ledger.operator.accept_rollback("", recorded_by="chief")
    accepted = ledger.operator.accept_rollback("disk lost, yesterday's backup", recorded_by="chief")
    what = accepted.what
    assert (accepted.contract, accepted.recorded_by, what.size, what.found) == (LOG, "chief", 42, 13)  # type: ignore[union-attr]
    head = ledger.checkpoint()
    assert head is not None and head.checkpoint.size == 14
    assert ledger.audit().sound and house.again().status(NUMBER)["facts"] == 13
    with pytest.raises(Refusal, match="NOT_ROLLED_BACK"):
        house.again().operator.accept_rollback("again", recorded_by="chief")


def test_given_a_crash_between_signing_and_keeping_then_it_is_no_alarm(house: House) -> None:
    house.ledger.checkpoint()
    house.perform(1)
    log = house.ledger.custody.log
    log.remembered.remember(4, log.root(4), kept=False)  # as far as it came
    head = house.again().checkpoint()
    assert head is not None and head.checkpoint.size == 4 and house.again().audit().sound
    assert json.loads((house.folder / "keys" / FILE).read_text())["kept"] is True


def test_given_a_crash_there_and_the_facts_gone_then_it_is_told(house: House) -> None:
    house.ledger.checkpoint()
    log = house.ledger.custody.log
    log.remembered.remember(4, b"r" * 32, kept=False)
    with pytest.raises(Tampered, match="ROLLED_BACK"):
        house.again().status(NUMBER)


def test_given_a_key_folder_from_before_it_remembered_then_it_begins_to(house: House) -> None:
    house.ledger.checkpoint()
    memory = house.folder / "keys" / FILE
    memory.unlink()
    assert house.again().status(NUMBER)["facts"] == 3
    house.again().checkpoint()
    assert json.loads(memory.read_text())["size"] == 3 and stat.S_IMODE(memory.stat().st_mode) == 0o600


@pytest.mark.parametrize("damage", [b"", b"{", b'{"size": 3}', b'{"size": 0, "root": "", "kept": true}', b"\xff"])
def test_given_a_memory_that_cannot_be_read_then_nothing_is_taken_on_trust(house: House, damage: bytes) -> None:
    house.ledger.checkpoint()
    (house.folder / "keys" / FILE).write_bytes(damage)
    with pytest.raises(Refusal, match="KEY_UNREADABLE"):
        house.again().status(NUMBER)


def test_given_two_servers_and_a_command_signing_in_turn_then_the_memory_never_goes_back(house: House) -> None:
    first, second = house.again(), house.again()
    for turn in (first, second, house.ledger):
        house.perform(1)
        turn.checkpoint()
    log = first.custody.log
    log.remembered.remember(4, log.root(4), kept=True)  # a straggler
    signed = second.custody.remembered.signed()
    assert signed is not None and signed.size == 6


def test_over_http_a_ledger_rolled_back_answers_and_records_nothing(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        with served.client("bureau") as client:
            client.get("/api/v1/log/checkpoint").raise_for_status()
            at = client.get("/api/v1/contracts").json()
        _forget_checkpoints(served)
        with served.client("bureau") as client:
            asked: list[Callable[[], httpx.Response]] = [
                lambda: client.get(f"/api/v1/contracts/{NUMBER}/status"),
                lambda: client.get(f"/api/v1/contracts/{NUMBER}/facts"),
                lambda: client.get("/api/v1/log/checkpoint"),
                lambda: client.post(f"/api/v1/contracts/{NUMBER}/facts", json={"type": "LeaseStarted"}),
            ]
            answers = [ask() for ask in asked]
    assert at and [(one.status_code, one.json()["code"]) for one in answers] == [(500, "ROLLED_BACK")] * 4


def _forget_checkpoints(served: Served) -> None:
    import sqlite3

    with sqlite3.connect(served.store.removeprefix("sqlite:///"), isolation_level=None) as connection:
        connection.execute("DROP TRIGGER log_checkpoints_delete")
        connection.execute("DELETE FROM log_checkpoints")
