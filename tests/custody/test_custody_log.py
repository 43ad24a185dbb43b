"""The log grows with the first fact; checkpoints, their moments, and keys replaced on record."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ledger.domain.errors import Refusal
from ledger.log.failure import Tampered
from ledger.log.signing import signed_by
from ledger.log.witness import compare
from ledger.service import LOG, Ledger
from ledger.store import open_store
from tests.custody.conftest import NUMBER, SECOND, START, House, fact, terms


def test_given_a_ledger_just_made_then_its_first_fact_is_in_the_tree(either: House) -> None:
    head = either.ledger.checkpoint()
    assert head is not None and head.checkpoint.size == 3 == either.ledger.store.leaf_count()
    assert either.ledger.custody.log.inclusion(0, 3)


def test_given_an_empty_ledger_then_there_is_nothing_to_sign(tmp_path: Path) -> None:
    with Ledger(f"sqlite:///{tmp_path / 'empty.db'}", create=True).store:
        pass
    empty = Ledger(f"sqlite:///{tmp_path / 'empty.db'}")
    assert empty.checkpoint() is None and empty.checkpoint_if_due() is None
    empty.store.close()


@pytest.mark.parametrize("facts", [1, 5_000])
def test_given_a_ledger_written_without_the_log_when_the_next_fact_comes_then_the_tree_holds_all(
    house: House, facts: int
) -> None:
    url = f"sqlite:///{house.folder / 'old.db'}"
    without = Ledger(open_store(url, create=True), clock=house.clock)
    without.register(terms())
    signed = [fact("ContractSigned", who, "2025-11-19", party=who) for who in ("party_a", "party_b")]
    work = [fact("ServicePerformed", "party_b", service="vcpu", units=1) for _ in range(facts)]
    without.record(NUMBER, [*signed, *work])
    without.store.close()

    after = Ledger(url, clock=house.clock)
    after.record(NUMBER, [fact("LeaseStarted", "party_a")])
    head = after.checkpoint()
    assert head is not None and head.checkpoint.size == facts + 4
    assert after.audit().sound
    after.store.close()


def test_given_a_ledger_written_without_the_log_when_a_checkpoint_is_asked_then_it_covers_all(house: House) -> None:
    url = f"sqlite:///{house.folder / 'old.db'}"
    without = Ledger(open_store(url, create=True), clock=house.clock)
    without.register(terms())
    without.store.close()
    after = Ledger(url, clock=house.clock)
    head = after.checkpoint()
    assert head is not None and head.checkpoint.size == 1
    after.store.close()


def test_given_facts_cut_from_the_end_when_another_comes_then_it_is_refused(house: House) -> None:
    house.tamper(("DELETE FROM stored_events WHERE notification_id = ?", (3,)))
    with pytest.raises(Refusal, match="STORE_DAMAGED"):
        house.again().record(NUMBER, [fact("LeaseStarted", "party_a")])


def test_given_facts_and_heads_cut_when_another_comes_then_it_is_refused_as_tampering(house: House) -> None:
    house.tamper(("DELETE FROM stored_events WHERE notification_id = ?", (3,)), thorough=True)
    with pytest.raises(Tampered, match="TREE_AHEAD"):
        house.again().record(NUMBER, [fact("LeaseStarted", "party_a")])


def test_given_a_write_ahead_log_cut_off_then_what_was_signed_and_is_gone_is_known(house: House) -> None:
    house.perform(3)
    house.ledger.checkpoint()
    log = (house.folder / "ledger.db-wal").read_bytes()
    (house.folder / "cut.db").write_bytes((house.folder / "ledger.db").read_bytes())
    (house.folder / "cut.db-wal").write_bytes(log[: len(log) // 2])
    cut = Ledger(f"sqlite:///{house.folder / 'cut.db'}", clock=house.clock)
    assert [one.code for one in cut.audit().findings][-1] == "ROLLED_BACK"
    for asking in (lambda: cut.status(NUMBER), lambda: cut.record(NUMBER, [fact("LeaseStarted", "party_a")])):
        with pytest.raises(Tampered, match="ROLLED_BACK"):
            asking()
    cut.store.close()


def test_given_facts_arriving_then_a_checkpoint_is_due_after_a_minute_and_only_for_new_facts(house: House) -> None:
    ledger = house.ledger
    assert ledger.checkpoint_if_due() is not None, "the first facts have no checkpoint yet"
    assert ledger.checkpoint_if_due() is None
    house.perform(1)
    assert ledger.checkpoint_if_due() is None, "no minute has passed"
    house.now += 60 * SECOND
    head = ledger.checkpoint_if_due()
    assert head is not None and head.checkpoint.size == 4
    house.now += 600 * SECOND
    assert ledger.checkpoint_if_due() is None, "nothing new arrived"
    assert [one.checkpoint.size for one in ledger.custody.log.heads()] == [3, 4]


def test_given_a_rotation_then_it_is_a_fact_the_old_key_signs_it_and_the_new_key_signs_on(either: House) -> None:
    ledger = either.ledger
    ledger.checkpoint()
    before, after = ledger.operator.rotate()
    assert before != after
    (rotated,) = ledger.facts(LOG)
    assert rotated.type == "LogKeyRotated" and rotated.by == "administrator" and after in rotated.what.statement

    log = ledger.custody.log
    old, new = [known.key for known in log.known_keys() if known.role == "log"]
    announced = log.last()
    assert announced is not None and signed_by(old, announced.note) and not signed_by(new, announced.note)
    either.perform(1)
    head = ledger.checkpoint()
    assert head is not None and signed_by(new, head.note) and not signed_by(old, head.note)
    assert compare(log, str(announced.note).encode()).verdict == "prefix"
    assert either.again().audit().sound


def test_given_a_server_that_runs_on_when_the_key_is_rotated_elsewhere_then_it_signs_with_the_new_one(
    house: House,
) -> None:
    house.ledger.checkpoint()
    _, after = house.again().operator.rotate()
    house.perform(1)
    house.ledger.checkpoint()
    assert str(house.ledger.custody.keyring.signer.key) == after


def test_given_a_rotation_that_broke_off_when_repeated_then_one_key_was_announced_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    import ledger.log.keys as keys

    def broken(_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as while_broken:
        while_broken.setattr(keys, "succeed", broken)
        with pytest.raises(OSError, match="no space"):
            house.ledger.operator.rotate()
    house.again().operator.rotate()
    assert len(house.again().facts(LOG)) == 1
    assert house.again().audit().sound


def test_given_the_streams_of_the_ledger_itself_then_they_are_no_contracts_and_nobody_writes_them(
    house: House,
) -> None:
    house.ledger.operator.rotate()
    assert house.ledger.contracts() == [NUMBER]
    assert [line["contract"] for line in house.ledger.portfolio.lines()] == [NUMBER]
    statement = house.ledger.facts(LOG)[0].what.statement
    for contract in (LOG, NUMBER):
        with pytest.raises(Refusal, match="LOG_NOT_OF_CONTRACT"):
            house.ledger.record(contract, [fact("LogKeyRotated", "administrator", statement=statement)])
    with pytest.raises(Refusal, match="CONTRACT_UNKNOWN"):
        house.ledger.status(LOG)
    for name in ("log", "calendar"):
        document = terms()
        document["contract"]["id"] = name
        with pytest.raises(Refusal, match="CONTRACT_ID_RESERVED"):
            house.ledger.register(document)


def test_given_a_copy_without_its_keys_then_nothing_is_signed_and_no_key_is_made(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.ledger.checkpoint()
    house.perform(1)
    monkeypatch.setenv("LVYUE_KEYS", str(house.folder / "elsewhere"))
    copy = house.again()
    with pytest.raises(Refusal, match="KEY_FOREIGN"):
        copy.checkpoint()
    assert copy.audit().sound, "the public keys in the store verify what was signed"
    assert not (house.folder / "elsewhere").exists()


def test_given_a_checkpoint_when_its_moment_is_asked_then_it_is_the_ledgers_clock(house: House) -> None:
    head = house.ledger.checkpoint()
    assert head is not None and START < head.made_at <= house.now


def test_asking_how_a_contract_stands_loads_neither_cryptography_nor_the_signing_log(house: House) -> None:
    code = (
        "import sys\n"
        "from ledger.service import Ledger\n"
        f"ledger = Ledger({house.url!r})\n"
        f"ledger.status({NUMBER!r}), ledger.facts({NUMBER!r})\n"
        "heavy = ('cryptography', 'rfc3161_client', 'eventsourcing', 'ledger.log.log', 'ledger.log.signing',\n"
        "         'ledger.custody.vault', 'ledger.custody.audit', 'urllib.request', 'subprocess')\n"
        "print([name for name in heavy if name in sys.modules])\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
