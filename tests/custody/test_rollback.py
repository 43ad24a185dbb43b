"""A ledger put back to an older copy, or rewritten without the log's key: the key folder remembers what it signed."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from api.background.courier import LOOK_SECONDS, Courier
from api.metrics import Metrics
from ledger import messages
from ledger.domain.errors import Refusal
from ledger.log.failure import Tampered
from ledger.log.keys import STATEMENTS
from ledger.log.note import Note
from ledger.log.signed import FILE
from ledger.log.signing import Ed25519Signer, signed_by
from ledger.service import LOG, Question
from tests.api.server import Served, serving
from tests.api.test_events import Receiver, hook
from tests.custody.conftest import LOG_TABLES, NUMBER, House, fact


def told(house: House) -> list[str]:
    """What audit, status and record each say."""
    ledger = house.again()
    said = [one.code for one in ledger.audit().findings if one.code == "ROLLED_BACK"]
    for ask in (
        lambda: ledger.status(NUMBER), lambda: ledger.facts(NUMBER, Question()),
        lambda: ledger.record(NUMBER, [fact("LeaseStarted", "party_a")]), ledger.checkpoint, ledger.operator.rotate,
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


def test_given_an_older_copy_in_the_same_file_since_the_last_checkpoint_then_whoever_met_more_facts_says_so(
    house: House,
) -> None:
    house.ledger.checkpoint()
    house.perform(2)
    copy = yesterday(house)
    house.perform(3)
    assert house.ledger.status(NUMBER)["facts"] == 8
    with closing(sqlite3.connect(copy)) as older, closing(sqlite3.connect(house.folder / "ledger.db")) as file:
        older.backup(file)
    assert house.again().status(NUMBER)["facts"] == 5, "nobody signed more, and a new process has met no more"
    for ask in (
        lambda: house.ledger.status(NUMBER), lambda: house.ledger.facts(NUMBER), house.ledger.portfolio.page,
        lambda: house.ledger.record(NUMBER, [fact("LeaseStarted", "party_a")]), house.ledger.checkpoint,
    ):  # fmt: skip
        with pytest.raises(Tampered, match="FACTS_GONE"):
            ask()
    assert "FACTS_GONE" in [one.code for one in house.ledger.audit().findings]


def test_facts_that_were_not_committed_were_never_met(house: House) -> None:
    house.ledger.checkpoint()
    with pytest.raises(KeyboardInterrupt), house.ledger.group_commit():
        house.perform(2)
        assert house.ledger.version(NUMBER) == 5, "as a server asks that answers a repeated request in between"
        raise KeyboardInterrupt
    assert house.ledger.status(NUMBER)["facts"] == 3


def test_facts_that_another_thread_has_not_committed_are_not_gone(house_on_postgres: House) -> None:
    """On PostgreSQL, where readers do not wait for who writes."""
    ledger = house_on_postgres.ledger
    ledger.checkpoint()
    with ThreadPoolExecutor(1) as elsewhere:
        with ledger.group_commit():
            house_on_postgres.perform(2)
            assert ledger.version(NUMBER) == 5
            assert elsewhere.submit(ledger.status, NUMBER).result(30)["facts"] == 3
        assert elsewhere.submit(ledger.status, NUMBER).result(30)["facts"] == 5


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


@pytest.mark.parametrize("rotations", [1, 2])
def test_given_a_copy_from_before_a_rotation_when_accepted_then_the_key_at_hand_signs_on(
    house: House, rotations: int
) -> None:
    house.perform(10)
    held = house.ledger.checkpoint()
    assert held is not None
    first, copy = house.ledger.custody.keyring.signer.key, yesterday(house)
    for _ in range(rotations):
        house.perform(2)
        house.ledger.operator.rotate()
    at_hand = house.ledger.custody.keyring.signer.key
    put_back(house, copy)

    ledger = house.again()
    ledger.operator.accept_rollback("disk lost", recorded_by="chief")
    head = ledger.checkpoint()
    assert head is not None and signed_by(at_hand, head.note) and not signed_by(first, head.note)
    assert [fact.type for fact in ledger.facts(LOG)] == ["RollbackAccepted", *["LogKeyRotated"] * rotations]
    assert ledger.audit().sound and house.again().audit(str(held.note).encode()).sound
    handed = ledger.custody.log.keys_handed_out()
    own = [(one.key, bound is not None and bound.size < 16) for one, bound in handed if one.role == "log"]
    assert (own[0], own[-1]) == ((first, True), (at_hand, False)), "who trusts the first key can follow to the last"
    ledger.operator.rotate()
    assert house.again().audit().sound


@pytest.mark.parametrize("kept", [None, "[]", "of a stranger"])
def test_given_no_statement_of_the_logs_key_then_the_key_at_hand_signs_nothing_and_it_is_said_what_helps(
    house: House, kept: str | None
) -> None:
    house.ledger.checkpoint()
    copy = yesterday(house)
    house.ledger.operator.rotate()
    put_back(house, copy)
    file = house.folder / "keys" / STATEMENTS
    if kept is None:
        file.unlink()
    else:
        ring = house.ledger.custody.keyring
        stranger = Ed25519Signer.generate(ring.origin)
        text = f"{ring.origin} key\n{ring.signer.key}\n"
        file.write_text(kept if kept == "[]" else json.dumps([str(Note(text, (stranger.sign(text),)))]))

    ledger = house.again()
    ledger.operator.accept_rollback("disk lost", recorded_by="chief")
    with pytest.raises(Refusal, match="KEY_FOREIGN") as refused:
        ledger.checkpoint()
    assert all(STATEMENTS in messages.refusal(refused.value, lang) for lang in ("zh", "en"))


@pytest.mark.parametrize("damage", ["", "{", "{}", "[1]"])
def test_given_statements_that_cannot_be_read_then_nothing_is_taken_on_trust(house: House, damage: str) -> None:
    house.ledger.checkpoint()
    copy = yesterday(house)
    house.ledger.operator.rotate()
    put_back(house, copy)
    (house.folder / "keys" / STATEMENTS).write_text(damage)
    with pytest.raises(Refusal, match="KEY_UNREADABLE"):
        house.again().operator.accept_rollback("disk lost", recorded_by="chief")


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
    at = f"/api/v1/contracts/{NUMBER}"
    read = [
        "/api/v1/contracts", "/api/v1/portfolio", "/api/v1/deadlines.ics", "/api/v1/log/checkpoint", at,
        *(f"{at}/{what}" for what in ("status", "facts", "facts/1", "replay", "deadlines.ics", "documents")),
    ]  # fmt: skip
    with serving(tmp_path) as served, served.client("bureau") as client:
        client.get("/api/v1/log/checkpoint").raise_for_status()
        before = [client.get(path).status_code for path in read]  # and what was answered once is remembered
        with client.stream("GET", "/api/v1/events") as stream:
            lines = stream.iter_lines()
            next(lines)
            _forget_checkpoints(served)
            told = list(lines)  # the stream that was open ends, and says why
        answers = [client.get(path) for path in (*read, "/api/v1/events")]
        answers.append(client.post(f"{at}/facts", json={"type": "LeaseStarted"}))
    assert before == [200] * len(read) and "event: problem" in told and "ROLLED_BACK" in "".join(told)
    assert [(one.status_code, one.json()["code"]) for one in answers] == [(500, "ROLLED_BACK")] * (len(read) + 2)


def test_of_a_ledger_rolled_back_no_webhook_is_told_anything_until_that_is_accepted(house: House) -> None:
    hook(house.ledger)
    house.ledger.checkpoint()
    house.tamper(("DELETE FROM log_checkpoints", ()))
    ledger, receiver = house.again(), Receiver()
    courier = Courier(ledger, Metrics(lines=False), post=receiver.post)
    courier.start()
    try:
        with pytest.raises(Tampered, match="ROLLED_BACK"):
            courier.round()
        time.sleep(2 * LOOK_SECONDS)
        assert not receiver.got
        ledger.operator.accept_rollback("checkpoints lost", recorded_by="chief")
        waited = time.monotonic()
        while not receiver.got and time.monotonic() - waited < 30:
            time.sleep(0.05)
    finally:
        courier.stop()
    assert receiver.got


def _forget_checkpoints(served: Served) -> None:
    import sqlite3

    with sqlite3.connect(served.store.removeprefix("sqlite:///"), isolation_level=None) as connection:
        connection.execute("DROP TRIGGER log_checkpoints_delete")
        connection.execute("DELETE FROM log_checkpoints")
