"""The audit finds every alteration somebody with the database's password can make, and blames the right fact."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ledger.answer_cache import AnswerCache
from ledger.domain.errors import Refusal
from ledger.log.note import Note, Signature
from ledger.log.seals import forget
from ledger.log.signing import Ed25519Signer
from ledger.log.witness import compare, cosign, open_witness
from tests.custody.conftest import NUMBER, SECOND, House, assigned

SECOND_CHECKPOINT = 13  # facts under it; the first is over 3, the third over 23


def long(house: House) -> House:
    """Twenty more facts, checkpoints over 3, 13 and 23 of them, and two more that no checkpoint covers."""
    house.ledger.checkpoint()
    for _ in range(2):
        house.perform(10)
        house.ledger.checkpoint()
    house.perform(2)
    return house


def findings(house: House, since: bytes | None = None) -> list[tuple[str, object]]:
    """Code and place of what an audit by another process finds."""
    found = house.again().audit(since).findings
    return [(one.code, one.values.get("position", one.values.get("size"))) for one in found]


def altered(house: House, position: int) -> tuple[str, tuple[object, ...]]:
    """One byte of a fact, its length and shape kept: another number of units."""
    leaf = house.leaf(position).replace(b'"units":', b'"units":9', 1)
    assert leaf != house.leaf(position)
    return "UPDATE stored_events SET state = ? WHERE notification_id = ?", (leaf, position)


def test_given_nothing_done_then_the_audit_is_sound_and_says_what_it_read(either: House) -> None:
    found = long(either).again().audit()
    assert found.sound
    assert (found.facts, found.contracts, found.checkpoints, found.since) == (25, 1, 3, 0)


@pytest.mark.parametrize("position", [4, 13, 14, 23, 24, 25])
def test_given_a_byte_of_a_fact_changed_then_that_fact_is_named(either: House, position: int) -> None:
    long(either).tamper(altered(either, position))
    assert findings(either)[0] == ("LEAF_ALTERED", position)


def test_given_two_facts_swapped_then_the_first_of_them_is_named(either: House) -> None:
    one, other = long(either).leaf(7), either.leaf(9)
    put = "UPDATE stored_events SET state = ? WHERE notification_id = ?"
    either.tamper((put, (other, 7)), (put, (one, 9)))
    assert findings(either)[0][1] == 7


def test_given_a_fact_taken_out_of_the_middle_then_its_place_is_named(either: House) -> None:
    long(either).tamper(("DELETE FROM stored_events WHERE notification_id = ?", (9,)))
    assert findings(either)[0] == ("POSITION_GAP", 9)


@pytest.mark.parametrize("left", [24, 22, 12, 2])
def test_given_the_tail_cut_off_then_it_is_said_how_many_are_missing(either: House, left: int) -> None:
    long(either).tamper(("DELETE FROM stored_events WHERE notification_id > ?", (left,)))
    (shrunk,) = [one for one in either.again().audit().findings if one.code == "LOG_SHRUNK"]
    assert shrunk.values == {"size": 25, "found": left}


def test_given_the_tail_cut_off_facts_and_tree_alike_then_a_checkpoint_tells(house: House) -> None:
    long(house).tamper(
        ("DELETE FROM stored_events WHERE notification_id > ?", (13,)),
        ("DELETE FROM log_hashes WHERE size > ?", (13,)),
        thorough=True,
    )
    assert ("LOG_SHRUNK", 23) in findings(house)


def test_given_every_trace_of_the_tail_cut_off_with_the_key_folder_then_only_what_a_witness_holds_tells(
    house: House,
) -> None:
    head = long(house).ledger.checkpoint()
    assert head is not None
    ((line,),) = house.ledger.store.query("SELECT number FROM journal WHERE kind = 'checkpoint' AND key = '13'")
    house.tamper(*(
        (f"DELETE FROM {table} WHERE {column} > ?", (last,))
        for table, column, last in (
            ("stored_events", "notification_id", 13), ("log_hashes", "size", 13), ("log_checkpoints", "size", 13),
            ("journal", "number", line), ("journal_seals", "number", line),
        )
    ), thorough=True)  # fmt: skip
    assert findings(house) == [("JOURNAL_CUT", None), ("ROLLED_BACK", 25)]
    house.ledger.custody.remembered.forget()
    forget(house.ledger.custody.directory)
    assert findings(house) == []
    assert compare(house.again().custody.log, str(head.note).encode()).verdict == "ahead"
    assert findings(house, str(head.note).encode()) == [("LOG_SHRUNK", 25)]


def test_given_a_fact_and_its_hash_in_the_tree_changed_then_the_checkpoint_tells(house: House) -> None:
    """Whoever rewrites a fact and grows the whole tree anew cannot sign it anew."""
    store = long(house).ledger.store
    leaves = [leaf for _, leaf in store.leaves()]
    leaves[6] = leaves[6].replace(b'"units":', b'"units":9', 1)
    rewritten = chained(leaves, 6)
    from ledger.log.merkle import grow, leaf_hash

    hashes, _, _ = grow([], 0, map(leaf_hash, rewritten))
    put = "UPDATE stored_events SET state = ? WHERE notification_id = ?"
    house.tamper(
        *((put, (leaf, position)) for position, leaf in enumerate(rewritten, 1)), ("DELETE FROM log_hashes", ()),
        ("INSERT INTO log_hashes (start, size, batch, hashes) VALUES (0, 25, 7, ?)", (hashes,)), thorough=True,
    )  # fmt: skip
    assert findings(house)[0] == ("HISTORY_REWRITTEN", 4), "the first fact after the last checkpoint that agrees"


def chained(leaves: list[bytes], start: int) -> list[bytes]:
    """The chain of digests made right again from a changed fact on."""
    from hashlib import sha256

    made = list(leaves)
    for at in range(start + 1, len(made)):
        made[at] = made[at][:-66] + sha256(made[at - 1]).hexdigest().encode() + made[at][-2:]
    return made


@pytest.mark.parametrize(("position", "covered"), [(7, True), (25, False)])
def test_given_a_hash_of_the_tree_changed_then_the_tree_or_the_fact_is_named(
    house: House, position: int, covered: bool
) -> None:
    from ledger.log.merkle import HASH_SIZE, place

    store = long(house).ledger.store
    at = place(0, position - 1)
    start, hashes = store.query(
        "SELECT start, hashes FROM log_hashes WHERE start <= ? ORDER BY start DESC LIMIT 1", (at,)
    )[0]
    flipped = bytearray(hashes)
    flipped[(at - start) * HASH_SIZE] ^= 1
    house.tamper(("UPDATE log_hashes SET hashes = ? WHERE start = ?", (bytes(flipped), start)))
    wanted = ("TREE_ALTERED", SECOND_CHECKPOINT) if covered else ("LEAF_ALTERED", 25)
    assert findings(house)[0] == wanted


def test_given_the_tree_taken_away_then_the_checkpoints_still_find_an_altered_fact(house: House) -> None:
    long(house).tamper(("DELETE FROM log_hashes", ()), altered(house, 9))
    assert findings(house)[0][0] in ("HISTORY_REWRITTEN", "PREV_BROKEN")


def test_given_a_fact_put_in_behind_the_log_then_it_is_named(house: House) -> None:
    store = long(house).ledger.store
    stream = store.query("SELECT originator_id FROM stored_events WHERE notification_id = 25")[0][0]
    last = house.leaf(25)
    from hashlib import sha256

    forged = last.replace(b'"seq":25', b'"seq":26')[:-66] + sha256(last).hexdigest().encode() + b'"}'
    house.tamper((
        "INSERT INTO stored_events (notification_id, originator_id, originator_version, topic, state)"
        " VALUES (26, ?, 26, 'ServicePerformed.v1', ?)", (stream, forged),
    ), thorough=True)  # fmt: skip
    assert findings(house) == [("LEAF_UNLOGGED", 26)]


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE stored_events SET topic = 'PaymentMade.v1' WHERE notification_id = 9", "LEAF_MISLABELLED"),
        ("UPDATE stored_events SET originator_version = 99 WHERE notification_id = 9", "SEQ_GAP"),
        ("UPDATE stored_events SET originator_id = 'ab' WHERE notification_id = 9", "SEQ_GAP"),
        ("UPDATE stored_events SET notification_id = 99 WHERE notification_id = 25", "POSITION_GAP"),
    ],
)
def test_given_what_stands_beside_the_bytes_changed_then_the_fact_is_named(house: House, sql: str, code: str) -> None:
    long(house).tamper((sql, ()))
    assert findings(house)[0] == (code, 25 if code == "POSITION_GAP" else 9)


# --- checkpoints, keys, witnesses ------------------------------------------------------------------

def forged(house: House, sign: Callable[[str], Signature]) -> bytes:
    """The checkpoint over 13 facts with another root."""
    head = house.ledger.custody.log.head(SECOND_CHECKPOINT)
    assert head is not None
    origin, size, _ = head.note.text.splitlines()
    text = f"{origin}\n{size}\n{'A' * 43}=\n"
    return str(Note(text, (sign(text),))).encode()


def test_given_a_checkpoint_forged_with_another_key_then_it_is_named(either: House) -> None:
    origin = long(either).ledger.custody.log.origin
    either.tamper((
        "UPDATE log_checkpoints SET note = ? WHERE size = ?",
        (forged(either, Ed25519Signer.generate(origin).sign), SECOND_CHECKPOINT),
    ))  # fmt: skip
    assert findings(either)[0] == ("CHECKPOINT_ALTERED", SECOND_CHECKPOINT)


def test_given_a_checkpoint_forged_with_the_logs_own_key_then_facts_and_checkpoint_disagree(house: House) -> None:
    signer = long(house).ledger.custody.keyring.signer
    house.tamper((
        "UPDATE log_checkpoints SET note = ? WHERE size = ?", (forged(house, signer.sign), SECOND_CHECKPOINT),
    ))  # fmt: skip
    assert findings(house)[0][0] == "HISTORY_REWRITTEN"


def test_given_a_checkpoint_that_is_no_note_any_more_then_it_is_named(house: House) -> None:
    long(house).tamper(("UPDATE log_checkpoints SET note = ? WHERE size = ?", (b"x", SECOND_CHECKPOINT)))
    assert ("CHECKPOINT_ALTERED", SECOND_CHECKPOINT) in findings(house)


def test_given_the_keys_in_the_store_replaced_then_the_key_at_hand_tells(house: House) -> None:
    long(house)
    origin = house.ledger.custody.log.origin
    stranger = Ed25519Signer.generate(origin)
    house.tamper(("UPDATE log_keys SET vkey = ? WHERE role = ?", (str(stranger.key), "log")))
    assert ("KEY_FOREIGN", None) in findings(house)


def test_given_a_key_added_that_no_key_announced_then_it_is_named(house: House) -> None:
    long(house)
    origin = house.ledger.custody.log.origin
    added = str(Ed25519Signer.generate(origin).key)
    house.tamper(("INSERT INTO log_keys (vkey, role, since, statement) VALUES (?, 'log', 5, ?)", (added, b"")))
    assert findings(house) == [("KEY_UNANNOUNCED", None), ("RECORD_ADDED", None)]


def test_given_a_cosignature_altered_then_its_checkpoint_is_named(house: House) -> None:
    head = long(house).ledger.checkpoint()
    assert head is not None
    witness = open_witness(house.folder / "w.key", "witness.example")
    house.ledger.operator.admit_witness(str(witness.witness_key), "party-b", recorded_by="local")
    cosign(house.ledger.custody.log, head, witness, house.folder / "w.seen", house.now)
    assert house.again().audit().cosignatures == 1
    other = Ed25519Signer.generate("witness.example").cosign(head.note.text, 1)
    house.tamper(("UPDATE log_cosignatures SET line = ?", (str(other),)))
    assert ("COSIGNATURE_ALTERED", 25) in findings(house)


# --- since, progress, memory of answers ------------------------------------------------------------

def test_given_a_checkpoint_then_only_what_came_after_is_read_and_an_alteration_there_found(either: House) -> None:
    head = long(either).ledger.custody.log.head(SECOND_CHECKPOINT)
    assert head is not None
    since = str(head.note).encode()
    found = either.again().audit(since)
    assert found.sound and (found.since, found.facts, found.checkpoints) == (13, 12, 1)
    either.tamper(altered(either, 20))
    assert findings(either, since)[0] == ("LEAF_ALTERED", 20)


def test_given_a_checkpoint_nobody_here_signed_then_nothing_is_audited_since_it(house: House) -> None:
    long(house)
    for since, code in ((b"x", "CHECKPOINT_MALFORMED"), (forged(house, Ed25519Signer.generate("a").sign), "FOREIGN")):
        with pytest.raises(Refusal, match=code):
            house.ledger.audit(since)


def test_given_many_facts_then_progress_is_told_and_ends_with_all(house: House) -> None:
    house.perform(4_500)
    told: list[tuple[int, int]] = []
    assert house.ledger.audit(progress=lambda count, total: told.append((count, total))).sound
    assert told == [(2_000, 4_503), (4_000, 4_503), (4_503, 4_503)]


def test_given_answers_remembered_from_facts_that_were_changed_since_then_the_audit_says_so(house: House) -> None:
    ledger = house.ledger
    ledger.status(NUMBER)
    assert ledger.audit().answers == 1
    facts = ledger._streams.remembered(NUMBER).facts
    facts[2].what = facts[1].what  # signed by one party twice
    house.now += SECOND
    ledger._answers = AnswerCache()  # so that it is asked again of the facts remembered
    assert [one.code for one in ledger.audit().findings] == ["ANSWER_STALE"]


def test_given_personal_values_and_a_rotated_key_then_all_of_it_is_sound(either: House) -> None:
    either.record(assigned(name="值班工程师甲"))
    either.ledger.operator.rotate()
    either.perform(3)
    either.ledger.checkpoint()
    found = either.again().audit()
    assert found.sound and found.contracts == 2
