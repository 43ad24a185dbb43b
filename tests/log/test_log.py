"""The log over a store: it grows with the facts, signs only what it recomputed, names what was altered."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.domain.errors import Refusal
from ledger.log import merkle
from ledger.log.failure import Tampered
from ledger.log.keys import open_keyring, prepare_successor, succeed
from ledger.log.lineage import Witness
from ledger.log.log import TransparencyLog
from ledger.log.note import Note, parse_note
from ledger.log.signing import Ed25519Signer, signed_by
from ledger.log.stamps import Stamp, StampFailed
from ledger.log.witness import compare, cosign, open_witness
from tests.log.conftest import Bench, complaint
from tests.log.proofs import verify_inclusion

Ledgers = Callable[[str], Bench]


# --- growing and signing -------------------------------------------------------------------------


def test_the_tree_holds_every_fact_of_every_contract_in_position_order(ledger: Bench) -> None:
    for contract, count in (("CU12-1", 3), ("CU12-2", 130), ("CU12-1", 1), ("CU12-3", 200)):
        ledger.record(count, contract)
    leaves = [leaf for _, leaf in ledger.store.leaves()]
    assert ledger.log.size() == len(leaves) == 334
    root = ledger.log.root(334)
    for index, leaf in enumerate(leaves):
        path = ledger.log.inclusion(index, 334)
        assert verify_inclusion(merkle.leaf_hash(leaf), index, 334, path, root)


def test_a_checkpoint_covers_everything_recorded_and_is_made_once(ledger: Bench) -> None:
    ledger.record(5)
    assert ledger.log.unsigned() == 5
    head = ledger.log.checkpoint(ledger.clock())
    assert head.checkpoint.size == 5 and signed_by(ledger.keyring.signer.key, head.note)
    assert ledger.log.checkpoint(ledger.clock()) == head and ledger.log.unsigned() == 0
    ledger.record(2)
    assert ledger.log.unsigned() == 2
    assert ledger.log.checkpoint(ledger.clock()).checkpoint.size == 7
    assert [kept.checkpoint.size for kept in ledger.log.heads()] == [5, 7]


def test_any_two_checkpoints_prove_consistent(ledger: Bench) -> None:
    for count in (1, 4, 2, 9, 16, 3):
        ledger.record(count)
        ledger.log.checkpoint(ledger.clock())
    heads = [head.checkpoint for head in ledger.log.heads()]
    for number, old in enumerate(heads):
        for new in heads[number:]:
            path = ledger.log.consistency(old.size, new.size)
            assert merkle.verify_consistency(old.size, new.size, old.root, new.root, path)


def test_an_append_that_is_undone_leaves_no_trace_in_the_tree(ledger: Bench) -> None:
    ledger.record(3)

    def fail(*_: object) -> None:
        raise RuntimeError("undone")

    with pytest.raises(RuntimeError):
        ledger.store.append("CU12-1", [complaint(99)], now=ledger.clock, recorded_by="local", also=fail)
    ledger.record(4)
    assert ledger.log.checkpoint(ledger.clock()).checkpoint.size == 7


def test_a_log_opened_again_goes_on_where_it_stood(ledger: Bench) -> None:
    from ledger.log.tables import TreeTables
    from ledger.store import open_store

    ledger.record(7)
    first = ledger.log.checkpoint(ledger.clock())
    ledger.store.close()
    ledger.store = open_store(f"sqlite:///{ledger.path}", extensions=[TreeTables()])
    ledger.log = TransparencyLog(ledger.store, open_keyring(Path(f"{ledger.path}.keys"), {}, sm2=False))
    ledger.record(5)
    head = ledger.log.checkpoint(ledger.clock())
    assert head.checkpoint.size == 12 and head.checkpoint.origin == first.checkpoint.origin
    assert compare(ledger.log, str(first.note).encode()).verdict == "prefix"


def test_a_proof_that_is_out_of_range_is_refused(ledger: Bench) -> None:
    ledger.record(3)
    log = ledger.log
    for ask in (lambda: log.inclusion(3, 3), lambda: log.consistency(0, 3), lambda: log.inclusion(0, 4)):
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.code == "PROOF_OUT_OF_RANGE"


def test_a_proof_file_holds_index_path_and_checkpoint(ledger: Bench) -> None:
    ledger.record(5)
    head = ledger.log.checkpoint(ledger.clock())
    first, _, checkpoint = ledger.log.proof(3, head).partition("\n\n")
    assert first.split("\n")[:2] == ["c2sp.org/tlog-proof@v1", "index 3"] and len(first.split("\n")) == 5
    assert checkpoint == str(head.note)


# --- alterations are found before anything is signed over them -----------------------------------


def test_a_fact_altered_before_the_checkpoint_is_named_and_nothing_is_signed(ledger: Bench) -> None:
    ledger.record(3)
    ledger.log.checkpoint(ledger.clock())
    ledger.record(6)
    ledger.tamper(
        "UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), 'availability', 'other') AS BLOB)"
        " WHERE notification_id = 7"
    )
    with pytest.raises(Tampered) as found:
        ledger.log.checkpoint(ledger.clock())
    assert (found.value.code, found.value.values) == ("LEAF_ALTERED", {"position": 7})
    assert [head.checkpoint.size for head in ledger.log.heads()] == [3]


def test_a_fact_that_is_gone_is_named(ledger: Bench) -> None:
    ledger.record(6)
    ledger.tamper("DELETE FROM stored_events WHERE notification_id = 5")
    with pytest.raises(Tampered) as found:
        ledger.log.checkpoint(ledger.clock())
    assert found.value.code == "LEAF_MISSING"


def test_an_altered_tree_is_not_signed(ledger: Bench) -> None:
    ledger.record(6)
    ledger.tamper("UPDATE log_hashes SET hashes = zeroblob(length(hashes)) WHERE start = 0")
    with pytest.raises(Tampered):
        ledger.log.checkpoint(ledger.clock())


def test_a_rewritten_past_with_a_rewritten_tree_is_not_signed(ledger: Bench, ledgers: Ledgers) -> None:
    ledger.record(4)
    ledger.log.checkpoint(ledger.clock())
    other = ledgers("other")
    other.record(1, "FORGED")
    other.record(5)
    for table, key in (("stored_events", "notification_id"), ("log_hashes", "start")):
        rows = other.store.query(f"SELECT * FROM {table} ORDER BY {key}")
        ledger.tamper(f"DELETE FROM {table}")
        for row in rows:
            ledger.tamper(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", *row)
    with pytest.raises(Tampered, match="ROLLED_BACK"):
        ledger.log.checkpoint(ledger.clock())
    ledger.log.remembered.forget()  # as who has the key folder, too, makes it
    with pytest.raises(Tampered, match="TREE_ALTERED"):
        ledger.log.checkpoint(ledger.clock())


def test_a_log_that_shrank_is_not_signed(ledger: Bench) -> None:
    ledger.record(1)
    ledger.record(4)
    ledger.log.checkpoint(ledger.clock())
    ledger.tamper("DELETE FROM log_hashes WHERE start > 0")
    with pytest.raises(Tampered) as found:
        ledger.log.checkpoint(ledger.clock())
    assert found.value.code == "LOG_SHRUNK"


def test_an_altered_checkpoint_is_named(ledger: Bench) -> None:
    ledger.record(2)
    ledger.log.checkpoint(ledger.clock())
    ledger.record(2)
    ledger.tamper("UPDATE log_checkpoints SET frontier = zeroblob(32)")
    with pytest.raises(Tampered) as found:
        ledger.log.checkpoint(ledger.clock())
    assert (found.value.code, found.value.values) == ("CHECKPOINT_ALTERED", {"size": 2})


def test_the_database_itself_refuses_to_change_what_the_log_holds(ledger: Bench) -> None:
    ledger.record(2)
    ledger.log.checkpoint(ledger.clock())
    for statement in ("UPDATE log_hashes SET size = 1", "DELETE FROM log_checkpoints"):
        with pytest.raises(Refusal), ledger.store.writing() as transaction:
            transaction.execute(statement)


# --- keys ----------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="files have no owner's permissions elsewhere")  # nor has the keyring
def test_keys_are_made_at_first_use_for_their_owner_only(ledger: Bench) -> None:
    folder = Path(f"{ledger.path}.keys")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "log.key").stat().st_mode) == 0o600
    (folder / "log.key").chmod(0o644)
    with pytest.raises(Refusal) as refused:
        open_keyring(folder, {})
    assert refused.value.code == "KEY_EXPOSED"


def test_a_supplied_key_is_used_and_a_strange_one_is_refused(ledger: Bench, tmp_path: Path) -> None:
    ledger.record(1)
    ledger.log.checkpoint(ledger.clock())
    ledger.record(1)
    strange = Ed25519Signer.generate("log.example/lvyue")
    keyring = open_keyring(tmp_path, {"LVYUE_LOG_KEY": strange.private_line()})
    assert keyring.signer == strange
    with pytest.raises(Refusal) as refused:
        TransparencyLog(ledger.store, keyring).checkpoint(ledger.clock())
    assert refused.value.code == "KEY_FOREIGN"


def test_a_successor_signs_once_it_is_recognised(ledger: Bench) -> None:
    ledger.record(1)
    old = ledger.log.checkpoint(ledger.clock())
    successor = prepare_successor(ledger.keyring)
    assert prepare_successor(ledger.keyring) == successor
    ledger.record(1)
    statement = ledger.log.seal(f"{ledger.log.origin} key\n{successor.key}\n")
    ledger.log.recognise(successor.key, "log", str(statement).encode())
    ledger.keyring = succeed(ledger.keyring)
    ledger.log = TransparencyLog(ledger.store, ledger.keyring)
    head = ledger.log.checkpoint(ledger.clock())
    assert signed_by(successor.key, head.note) and not signed_by(successor.key, old.note)
    assert compare(ledger.log, str(old.note).encode()).verdict == "prefix"


# --- witnesses -----------------------------------------------------------------------------------


def test_a_held_checkpoint_is_a_prefix_and_the_proof_says_so(ledger: Bench) -> None:
    ledger.record(3)
    held = ledger.log.checkpoint(ledger.clock())
    assert compare(ledger.log, str(held.note).encode()).verdict == "same"
    ledger.record(4)
    ours = ledger.log.checkpoint(ledger.clock())
    found = compare(ledger.log, str(held.note).encode())
    roots = held.checkpoint.root, ours.checkpoint.root
    assert found.sound and merkle.verify_consistency(3, 7, *roots, found.path)


def test_two_histories_under_one_key_are_a_split_view_with_both_checkpoints(
    ledger: Bench, ledgers: Ledgers
) -> None:
    other = ledgers("other")
    ledger.record(4)
    ours = ledger.log.checkpoint(ledger.clock())
    other.record(4, "SHOWN-TO-B")
    shown = TransparencyLog(other.store, ledger.stolen).checkpoint(other.clock())
    found = compare(ledger.log, str(shown.note).encode())
    assert (found.verdict, found.held, found.ours) == ("split-view", shown.note, ours.note)
    ledger.record(2)
    assert compare(ledger.log, str(shown.note).encode()).verdict == "split-view"


def test_a_cut_end_is_named_ahead_and_a_rewritten_tree_rewritten(ledger: Bench) -> None:
    ledger.record(1)
    ledger.record(3)
    held = ledger.log.checkpoint(ledger.clock())
    ledger.tamper("UPDATE log_hashes SET hashes = zeroblob(length(hashes)) WHERE start = 1")
    assert compare(ledger.log, str(held.note).encode()).verdict == "rewritten"
    ledger.tamper("DELETE FROM log_hashes WHERE start = 1")
    assert compare(ledger.log, str(held.note).encode()).verdict == "ahead"


def test_a_checkpoint_of_another_key_says_nothing_about_this_log(ledger: Bench, ledgers: Ledgers) -> None:
    other = ledgers("other")
    other.record(2)
    ledger.record(2)
    ledger.log.checkpoint(ledger.clock())
    strange = other.log.checkpoint(other.clock())
    assert compare(ledger.log, str(strange.note).encode()).verdict == "foreign"
    with pytest.raises(Refusal) as refused:
        compare(ledger.log, b"no checkpoint")
    assert refused.value.code == "CHECKPOINT_MALFORMED"


def test_a_cosignature_is_kept_with_its_checkpoint_and_verifies(ledger: Bench, tmp_path: Path) -> None:
    ledger.record(3)
    head = ledger.log.checkpoint(ledger.clock())
    witness = open_witness(tmp_path / "party-b.key", "party-b.example/witness")
    ledger.admit(witness)
    assert open_witness(tmp_path / "party-b.key", "another") == witness
    note = cosign(ledger.log, head, witness, tmp_path / "party-b.seen", ledger.clock())
    assert signed_by(witness.witness_key, note) and signed_by(ledger.keyring.signer.key, note)
    assert parse_note(str(ledger.log.cosigned(head)).encode()) == note
    assert [known.role for known in ledger.log.known_keys()] == ["log"], "a witness is no key of the log"
    assert ledger.log.witnesses() == [Witness(witness.witness_key, "party-b")]


def test_a_witness_does_not_sign_a_history_it_saw_otherwise(
    ledger: Bench, ledgers: Ledgers, tmp_path: Path
) -> None:
    witness = open_witness(tmp_path / "party-b.key", "party-b.example/witness")
    ledger.admit(witness)
    seen = tmp_path / "party-b.seen"
    ledger.record(3)
    cosign(ledger.log, ledger.log.checkpoint(ledger.clock()), witness, seen, ledger.clock())
    ledger.record(2)
    cosign(ledger.log, ledger.log.checkpoint(ledger.clock()), witness, seen, ledger.clock())
    other = ledgers("other")
    other.record(9, "OTHER")
    forged = TransparencyLog(other.store, ledger.stolen, witnesses=ledger.admit(witness))
    with pytest.raises(Refusal) as refused:
        cosign(forged, forged.checkpoint(other.clock()), witness, seen, other.clock())
    assert refused.value.code == "WITNESS_SAW_ANOTHER"
    assert "seen" in refused.value.values and "shown" in refused.value.values


def test_a_cosignature_that_does_not_verify_is_refused(ledger: Bench) -> None:
    ledger.record(1)
    head = ledger.log.checkpoint(ledger.clock())
    witness = Ed25519Signer.generate("party-b.example/witness")
    ledger.admit(witness)
    with pytest.raises(Refusal, match="COSIGNATURE_INVALID"):
        ledger.log.receive(head, witness.cosign("other\n1\nx\n", 1), witness.witness_key, ledger.clock())


def test_a_cosignature_is_taken_from_its_admitted_witness_only(ledger: Bench) -> None:
    ledger.record(1)
    head = ledger.log.checkpoint(ledger.clock())
    witness, log = Ed25519Signer.generate("party-b.example/witness"), Ed25519Signer.generate(ledger.log.origin)
    line = witness.cosign(head.note.text, 1)
    with pytest.raises(Refusal, match="WITNESS_NOT_ADMITTED"):
        ledger.log.receive(head, line, witness.witness_key, ledger.clock(), "party-b")
    ledger.admit(witness)
    with pytest.raises(Refusal, match="WITNESS_NOT_YOURS"):
        ledger.log.receive(head, line, witness.witness_key, ledger.clock(), "bureau")
    with pytest.raises(Refusal, match="WITNESS_NOT_ADMITTED"):
        ledger.log.receive(head, witness.sign(head.note.text), witness.key, ledger.clock(), "party-b")
    ledger.log.receive(head, line, witness.witness_key, ledger.clock(), "party-b")
    assert line in ledger.log.cosigned(head).signatures
    for stranger in (witness.key, log.key, log.witness_key):  # admitted past the program, none is a witness's
        ledger.admitted[:] = [Witness(stranger, "party-b")]
        assert ledger.log.witnesses() == [] and ledger.log.cosigned(head) == head.note


# --- time stamps ---------------------------------------------------------------------------------


class Authority:
    """A stand-in that is away, or answers with a response naming what it stamped."""

    def __init__(self, lifetime: int) -> None:
        self.away, self.asked, self.lifetime, self.now = False, list[bytes](), lifetime, 0

    def __call__(self, url: str, data: bytes) -> Stamp:
        if self.away:
            raise StampFailed("away")
        self.asked.append(data)
        return Stamp(b"stamp %d" % len(self.asked), self.now, self.now + self.lifetime)


def test_a_time_stamp_is_asked_for_again_when_the_authority_was_away(ledger: Bench) -> None:
    authority = Authority(lifetime=10**15)
    authority.now = ledger.now
    log = TransparencyLog(ledger.store, ledger.keyring, tsa_url="http://tsa.example", ask=authority)
    authority.away = True
    for _ in range(2):
        ledger.record(1)
        head = log.checkpoint(ledger.clock())
        assert log.stamp(ledger.clock()) == 0
    assert log.pending() == [1, 2]
    authority.away = False
    assert log.stamp(ledger.clock()) == 1 and log.pending() == []
    assert authority.asked == [str(head.note).encode()] and len(log.tokens(2)) == 1
    assert log.stamp(ledger.clock()) == 0


def test_a_time_stamp_is_itself_stamped_before_its_certificate_ends(ledger: Bench) -> None:
    day = 86_400 * 1_000_000
    authority = Authority(lifetime=400 * day)
    authority.now = ledger.now
    log = TransparencyLog(ledger.store, ledger.keyring, tsa_url="http://tsa.example", ask=authority)
    ledger.record(1)
    log.checkpoint(ledger.clock())
    assert log.stamp(ledger.clock()) == 1
    assert log.stamp(ledger.now + 369 * day) == 0
    authority.now += 371 * day
    assert log.stamp(authority.now) == 1 and authority.asked[1] == b"stamp 1"
    assert log.stamp(authority.now) == 0 and len(log.tokens(1)) == 2


def test_without_an_authority_nothing_is_asked(ledger: Bench) -> None:
    ledger.record(1)
    ledger.log.checkpoint(ledger.clock())
    assert ledger.log.stamp(ledger.clock()) == 0


def test_a_note_never_carries_one_signature_twice(ledger: Bench) -> None:
    line = ledger.keyring.signer.sign("text\n")
    assert Note("text\n", ()).with_signatures(line, line).with_signatures(line).signatures == (line,)
