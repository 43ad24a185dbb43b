"""What is kept and is no fact: whoever deletes, rewrites, adds or exchanges any of it is found out by the audit.

One full ledger for each database. An alteration is made, audited and rolled back within one transaction, as somebody
with the database's password would make it: triggers dropped, the journal's chain made right again where that helps.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256

import pytest

from api.principals import Principals
from ledger.custody.custody import Custody
from ledger.custody.journal import JournalAudit
from ledger.log import journal
from ledger.log.failure import Tampered
from ledger.log.journal import START, fingerprint
from ledger.log.note import Note
from ledger.log.seals import SEALED, newest, text
from ledger.log.seals import forget as forget_sealed
from ledger.log.signing import Ed25519Signer
from ledger.log.stamps import Stamp
from ledger.log.storage import add_token
from ledger.log.witness import cosign, open_witness
from ledger.recording import Once
from ledger.store import Transaction
from ledger.store.database import holds
from ledger.store.records import RECORDS, adopt, forget, put, remove
from ledger.store.schema import STEPS
from tests.custody.conftest import NUMBER, SECOND, House, assigned, unguarded

ISSUER, SUB = "https://idp.example", "zhang.san@example.gov.cn"
NAME = "值班工程师甲"
Alteration = Callable[[House, Transaction], None]


def filled(house: House) -> House:
    """Something of every kind that is kept, some of it replaced or removed as the program does."""
    ledger, store = house.ledger, house.ledger.store
    principals = Principals(store, house.clock)
    principals.grant("root", "operator", by="local")
    principals.issue("root", by="local")
    principals.grant("bureau", "party_a", NUMBER, by="root")
    principals.grant("county", "party_a", NUMBER, by="root")
    principals.revoke(principals.issue("bureau", by="root")[0].id, by="root")
    principals.grant("auditor", "auditor", by="root", subject=(ISSUER, SUB))
    for number in (1, 2):
        once = Once("bureau", f"retry {number}", "0" * 64, lambda _: b"recorded")
        ledger.record(NUMBER, [assigned(f"staff-{number}", name=NAME)], once=once)
    ledger.personal.erase(f"{NUMBER}/staff-2", "left")
    attach, pdf = ledger.attachments.attach, "application/pdf"
    attach(NUMBER, f"{NUMBER}#2", b"%PDF-1.7 minutes", name="a.pdf", media_type=pdf, by="party_a")
    with store.writing() as transaction:
        for id_ in ("w1", "w2"):
            put(transaction, "webhook", id_, b'{"url":"https://a.example/","secret":"whsec_1"}', at=house.clock())
        principals.note({"did": "webhook", "by": "root"})
        put(transaction, "lease", "webhook w1", b"{}", at=house.clock())
        put(transaction, "dead-letter", "w1-3", b'{"webhook":"w1"}', at=house.clock())
        for id_ in ("e1", "e2"):
            put(transaction, "export", id_, b'{"principal":"bureau"}', at=house.clock())
    with store.writing() as transaction:
        remove(transaction, "webhook", "w2")
        principals.note({"did": "webhook-removed", "by": "root"})
        remove(transaction, "export", "e2")
    head = ledger.checkpoint()
    assert head is not None
    witness = open_witness(house.folder / "witness.key", "witness.example")
    ledger.operator.admit_witness(str(witness.witness_key), "county", recorded_by="root")
    cosign(ledger.custody.log, head, witness, house.folder / "witness.seen", house.clock())
    ledger.operator.rotate()
    house.perform(2)
    ledger.checkpoint()
    return house


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def full(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp(request.param)
    url = f"sqlite:///{folder / 'ledger.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_address")()
    keys = {"LVYUE_KEYS": str(folder / "keys")}
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("LVYUE_KEYS", keys["LVYUE_KEYS"])
        house = filled(House(url, folder))
    house.ledger.custody = Custody(house.ledger.store, keys)
    yield house
    house.close()


class Undone(Exception):
    """Raised to roll an alteration back."""


def audited(house: House, alter: Alteration) -> list[Tampered]:
    """What an audit finds while an alteration stands."""
    found: list[Tampered] = []
    with pytest.raises(Undone), house.ledger.store.writing() as transaction:
        guards = unguarded(transaction)
        alter(house, transaction)
        for table, guard in guards:
            if holds(transaction, table):
                transaction.execute(guard)
        found = house.ledger.audit().findings
        raise Undone
    return found


# --- what somebody with the database's password does ---------------------------------------------------


def sql(statement: str, *params: object) -> Alteration:
    return lambda _, transaction: transaction.execute(statement, params)


def of(kind: str) -> str:
    """One record of a kind, the last but for nothing."""
    return f"kind = '{kind}' AND key = (SELECT max(key) FROM records WHERE kind = '{kind}')"


def deleted(kind: str) -> Alteration:
    return sql(f"DELETE FROM records WHERE {of(kind)}")


def rewritten(kind: str, old: str = "", new: str = "") -> Alteration:
    """Some words of a record's value exchanged, or one bit of its bytes."""

    def alter(_: House, transaction: Transaction) -> None:
        ((value,),) = transaction.query(f"SELECT value FROM records WHERE {of(kind)}")
        changed = bytes(value).replace(old.encode(), new.encode()) if old else bytes([value[0] ^ 1]) + bytes(value)[1:]
        assert changed != bytes(value)
        transaction.execute(f"UPDATE records SET value = ? WHERE {of(kind)}", (changed,))

    return alter


def added(kind: str, key: str, value: bytes) -> Alteration:
    return sql("INSERT INTO records (kind, key, value, recorded_at, kept, salt) VALUES (?, ?, ?, 1, 0, ?)",
               kind, key, value, b"salt")  # fmt: skip


def exchanged(_: House, transaction: Transaction) -> None:
    """Two principals change places, every other column with them."""
    for old, new in (("bureau", "x"), ("root", "bureau"), ("x", "root")):
        transaction.execute("UPDATE records SET key = ? WHERE kind = 'principal' AND key = ?", (new, old))


def lines_of(transaction: Transaction, kind: str) -> list[int]:
    found = transaction.query("SELECT number FROM journal WHERE kind = ? ORDER BY number", (kind,))
    return [number for (number,) in found]


def chained_again(transaction: Transaction) -> None:
    """Number the journal's lines from 1 on and make every chain right, which takes no key."""
    lines, before = list(journal.lines(transaction.query)), START
    transaction.execute("DELETE FROM journal")
    for number, line in enumerate(lines, 1):
        line = line._replace(number=number)
        before = journal.chained(before, line)
        transaction.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?)", line._replace(chain=before))


def with_its_line(kind: str, *, again: bool) -> Alteration:
    """A record and what the journal says of it deleted."""

    def alter(house: House, transaction: Transaction) -> None:
        ((key,),) = transaction.query(f"SELECT key FROM records WHERE {of(kind)}")
        deleted(kind)(house, transaction)
        transaction.execute("DELETE FROM journal WHERE kind = ? AND key = ?", (kind, key))
        if again:
            chained_again(transaction)

    return alter


def with_a_line_more(kind: str) -> Alteration:
    """A record deleted, and the journal told so as the program would tell it."""

    def alter(house: House, transaction: Transaction) -> None:
        ((key,),) = transaction.query(f"SELECT key FROM records WHERE {of(kind)}")
        deleted(kind)(house, transaction)
        journal.add(transaction, "remove", kind, key)

    return alter


def revoked_no_more(house: House, transaction: Transaction) -> None:
    """A revoked key made good again, with a line in the journal and none in the access log."""
    key, value = next((key, value) for key, value in transaction.query(
        "SELECT key, value FROM records WHERE kind = 'api-key'") if json.loads(bytes(value))["revoked_at"])  # fmt: skip
    good = json.dumps(json.loads(bytes(value)) | {"revoked_at": None}).encode()
    put(transaction, "api-key", key, good, at=house.now)


def put_back(house: House, transaction: Transaction) -> None:
    """The key of a subject that was erased, from an older copy."""
    added("personal-key", f"{NUMBER}/staff-2", b"the wrapped key")(house, transaction)


def access_cut(_: House, transaction: Transaction) -> None:
    """The last entry of the access log, its line and everything after it, seals too."""
    last = lines_of(transaction, "access-log")[-1]
    transaction.execute(f"DELETE FROM records WHERE {of('access-log')}")
    transaction.execute("DELETE FROM journal WHERE number >= ?", (last,))
    transaction.execute("DELETE FROM journal_seals WHERE number >= ?", (last,))


def lines_exchanged(_: House, transaction: Transaction) -> None:
    one, other = lines_of(transaction, "principal")[:2]
    for old, new in ((one, 0), (other, one), (0, other)):
        transaction.execute("UPDATE journal SET number = ? WHERE number = ?", (new, old))


def sealed_by_another(house: House, transaction: Transaction) -> None:
    last = newest(transaction.query)
    assert last is not None
    signer = Ed25519Signer.generate(house.ledger.custody.log.origin)
    said = last.note.text
    transaction.execute("UPDATE journal_seals SET note = ? WHERE number = ?",
                        (str(Note(said, (signer.sign(said),))).encode(), last.number))  # fmt: skip


def written_anew(house: House, transaction: Transaction) -> None:
    """An entry of the access log rewritten, its line with it, every chain made right; no seal is left."""
    rewritten("access-log", "root", "bureau")(house, transaction)
    (row,) = transaction.query(f"SELECT {', '.join(RECORDS.columns)} FROM records WHERE {of('access-log')}")
    transaction.execute("UPDATE journal SET fingerprint = ? WHERE kind = ? AND key = ?",
                        (fingerprint(*row), row[0], row[1]))  # fmt: skip
    chained_again(transaction)
    transaction.execute("DELETE FROM journal_seals")


def stamped_then(statement: str) -> Alteration:
    """A time stamp kept as the program keeps one, then altered."""

    def alter(_: House, transaction: Transaction) -> None:
        add_token(transaction, 3, 0, Stamp(b"token", 1, 2))
        transaction.execute(statement)

    return alter


def emptied(_: House, transaction: Transaction) -> None:
    for table in ("journal", "journal_seals", "records", "answers"):
        transaction.execute(f"DELETE FROM {table}")


def dropped(_: House, transaction: Transaction) -> None:
    transaction.execute("DROP TABLE journal")


ALTERATIONS: dict[str, tuple[str, Alteration]] = {
    "principal deleted": ("RECORD_MISSING principal", deleted("principal")),
    "principal raised to operator": ("RECORD_ALTERED principal", rewritten("principal", "operator", "auditor")),
    "principal added": ("RECORD_ADDED principal", added("principal", "mallory", b'{"roles":{"*":"operator"}}')),
    "two principals exchanged": ("RECORD_ALTERED principal", exchanged),
    "key deleted": ("RECORD_MISSING api-key", deleted("api-key")),
    "key rewritten": ("RECORD_ALTERED api-key", rewritten("api-key", "T", "t")),
    "revoked key made good, no entry": ("ACCESS_UNRECORDED api-key", revoked_no_more),
    "subject of a login deleted": ("RECORD_MISSING oidc-subject", deleted("oidc-subject")),
    "subject of a login rewritten": ("RECORD_ALTERED oidc-subject", rewritten("oidc-subject", "auditor", "root")),
    "subject of a login added": ("RECORD_ADDED oidc-subject", added("oidc-subject", f"{ISSUER} mallory", b"root")),
    "access entry deleted": ("RECORD_MISSING access-log", deleted("access-log")),
    "access entry rewritten": ("RECORD_ALTERED access-log", rewritten("access-log", "root", "bureau")),
    "access entry no longer for good": ("RECORD_ALTERED access-log", sql("UPDATE records SET kept = 0")),
    "access entry and its line deleted": ("JOURNAL_BROKEN", with_its_line("access-log", again=False)),
    "access entry and its line deleted, chain redone": ("JOURNAL_REWRITTEN", with_its_line("access-log", again=True)),
    "access entry deleted, and a line saying so": ("RECORD_REPLACED access-log", with_a_line_more("access-log")),
    "answer deleted": ("RECORD_MISSING answer", sql("DELETE FROM answers WHERE key = 'retry 1'")),
    "answer rewritten": ("RECORD_ALTERED answer", sql("UPDATE answers SET response = ?", b"refused")),
    "answer to another request": ("RECORD_ALTERED answer", sql("UPDATE answers SET request = 'another'")),
    "answer added": (
        "RECORD_ADDED answer", sql("INSERT INTO answers VALUES ('bureau', 'retry 9', '', ?, 1, ?)", b"", b"salt"),
    ),
    "vault line deleted": ("RECORD_MISSING personal", deleted("personal")),
    "vault line rewritten": ("RECORD_ALTERED personal", rewritten("personal", "line", "eniL")),
    "vault line deleted, and a line saying so": ("RECORD_REPLACED personal", with_a_line_more("personal")),
    "subject's key deleted": ("RECORD_MISSING personal-key", deleted("personal-key")),
    "subject's key rewritten": ("RECORD_ALTERED personal-key", rewritten("personal-key")),
    "subject's key erased without a fact": ("ERASURE_UNRECORDED", with_a_line_more("personal-key")),
    "erased key put back": ("RECORD_ADDED personal-key", put_back),
    "document deleted": ("RECORD_MISSING document", deleted("document")),
    "document rewritten": ("RECORD_ALTERED document", rewritten("document")),
    "document's custody deleted": (f"RECORD_MISSING document-of {NUMBER}", deleted(f"document-of {NUMBER}")),
    "document's custody rewritten": (
        f"RECORD_ALTERED document-of {NUMBER}", rewritten(f"document-of {NUMBER}", "uploaded_at", "uploaded_as"),
    ),
    "document's time set": (f"RECORD_ALTERED document-of {NUMBER}", sql("UPDATE records SET recorded_at = 5")),
    "webhook turned elsewhere": ("RECORD_ALTERED webhook", rewritten("webhook", "a.example", "b.example")),
    "webhook's secret rewritten": ("RECORD_ALTERED webhook", rewritten("webhook", "whsec_1", "whsec_2")),
    "webhook deleted": ("RECORD_MISSING webhook", deleted("webhook")),
    "webhook added": ("RECORD_ADDED webhook", added("webhook", "w9", b'{"url":"https://b.example/"}')),
    "dead letter deleted": ("RECORD_MISSING dead-letter", deleted("dead-letter")),
    "export deleted": ("RECORD_MISSING export", deleted("export")),
    "export given to another": ("RECORD_ALTERED export", rewritten("export", "bureau", "county")),
    "checkpoint deleted": (
        "RECORD_MISSING checkpoint",
        sql("DELETE FROM log_checkpoints WHERE size = (SELECT min(size) FROM log_checkpoints)"),
    ),
    "last checkpoint deleted": (
        "RECORD_MISSING checkpoint",
        sql("DELETE FROM log_checkpoints WHERE size = (SELECT max(size) FROM log_checkpoints)"),
    ),
    "checkpoint's time set": (
        "RECORD_ALTERED checkpoint",
        sql("UPDATE log_checkpoints SET made_at = made_at - 1 WHERE size = (SELECT max(size) FROM log_checkpoints)"),
    ),
    "cosignature deleted": ("RECORD_MISSING cosignature", sql("DELETE FROM log_cosignatures")),
    "cosignature's time set": ("RECORD_ALTERED cosignature", sql("UPDATE log_cosignatures SET received_at = 1")),
    "time stamp added": ("RECORD_ADDED time-stamp", sql("INSERT INTO log_tokens VALUES (3, 0, ?, 1, 2)", b"token")),
    "time stamp deleted": ("RECORD_MISSING time-stamp", stamped_then("DELETE FROM log_tokens")),
    "time stamp's moment set": ("RECORD_ALTERED time-stamp", stamped_then("UPDATE log_tokens SET stamped_at = 9")),
    "log's key deleted": ("RECORD_MISSING log-key", sql("DELETE FROM log_keys WHERE role = 'log' AND since > 0")),
    "log's key set to count from the start": (
        "RECORD_ALTERED log-key", sql("UPDATE log_keys SET since = 0 WHERE since > 0 AND role = 'log'"),
    ),
    "line rewritten": ("JOURNAL_BROKEN", sql("UPDATE journal SET key = 'nobody' WHERE number = 3")),
    "line deleted": ("JOURNAL_BROKEN", sql("DELETE FROM journal WHERE number = 3")),
    "two lines exchanged": ("JOURNAL_BROKEN", lines_exchanged),
    "tail of the journal cut": ("JOURNAL_CUT", sql("DELETE FROM journal WHERE number > 5")),
    "tail, its rows and its seals cut": ("JOURNAL_CUT", access_cut),
    "seal deleted": (
        "SEAL_MISSING", sql("DELETE FROM journal_seals WHERE number = (SELECT max(number) FROM journal_seals)"),
    ),
    "seal rewritten": ("SEAL_ALTERED", sql("UPDATE journal_seals SET note = ?", b"nothing")),
    "seal's time set": ("SEAL_ALTERED", sql("UPDATE journal_seals SET sealed_at = 1")),
    "sealed by another key": ("SEAL_ALTERED", sealed_by_another),
    "journal written anew without seals": ("JOURNAL_REWRITTEN", written_anew),
    "journal and what it speaks of emptied": ("JOURNAL_CUT", emptied),
    "journal dropped": ("JOURNAL_CUT", dropped),
}  # fmt: skip


@pytest.mark.parametrize("what", ALTERATIONS)
def test_given_this_was_altered_then_the_audit_names_it(full: House, what: str) -> None:
    wanted, alter = ALTERATIONS[what]
    named = {f"{one.code} {one.values.get('kind', '')}".strip() for one in audited(full, alter)}
    assert wanted in named


def test_given_nothing_altered_then_everything_kept_is_sound(full: House) -> None:
    assert audited(full, lambda _, __: None) == []
    kinds = {kind for (kind,) in full.ledger.store.query("SELECT DISTINCT kind FROM journal")}
    assert kinds >= {
        "principal", "api-key", "oidc-subject", "access-log", "answer", "personal", "personal-key", "document",
        f"document-of {NUMBER}", "webhook", "dead-letter", "export", "checkpoint", "cosignature", "log-key",
    }  # fmt: skip
    assert "lease" not in kinds, "who is at work until when is no record of anything"


def test_given_a_long_journal_walked_in_parts_then_the_same_is_found(full: House) -> None:
    found: list[list[str]] = []
    with pytest.raises(Undone), full.ledger.store.writing() as transaction:
        unguarded(transaction)
        for alter in (deleted("principal"), deleted("personal"), rewritten("document")):
            alter(full, transaction)
        custody = full.ledger.custody
        for part in (1_000, 7):
            audit = JournalAudit(full.ledger.store, custody.log.known_keys(), custody.directory, part=part)
            found.append(sorted(f"{one.code} {one.values['kind']}" for one in audit.findings()))
        raise Undone
    assert found[0] == found[1] == ["RECORD_ALTERED document", "RECORD_MISSING personal", "RECORD_MISSING principal"]


def test_given_the_journal_then_it_tells_nobody_who_logs_in_or_what_was_asked(full: House) -> None:
    """Neither a value, nor a key that somebody outside chose, nor a plain hash of one stands in it."""
    written = repr(full.ledger.store.query("SELECT act, kind, key, fingerprint FROM journal"))
    for secret in (SUB, ISSUER, "retry 1", NAME, f"{ISSUER} {SUB}"):
        assert secret not in written
        digest = sha256(secret.encode())
        assert digest.hexdigest() not in written and repr(digest.digest()) not in written
    salts = full.ledger.store.query("SELECT salt FROM records UNION ALL SELECT salt FROM answers")
    assert all(len(salt) == 16 for (salt,) in salts) and len(set(salts)) == len(salts)


# --- what stays possible -------------------------------------------------------------------------------


def test_given_answers_that_expired_a_package_swept_and_a_webhook_removed_then_it_is_sound(full: House) -> None:
    def expire(house: House, transaction: Transaction) -> None:
        assert forget(transaction, house.now) == 2
        remove(transaction, "export", "e1")
        remove(transaction, "lease", "webhook w1")
        remove(transaction, "webhook", "w1")
        Principals(house.ledger.store, house.clock).note({"did": "webhook-removed", "by": "root"})

    assert audited(full, expire) == []
    assert full.ledger.store.answer("bureau", "retry 1") is not None, "rolled back with the rest"


def test_given_a_ledger_made_before_there_was_a_journal_when_opened_then_it_begins_with_all_that_is_kept(
    house: House,
) -> None:
    filled(house).close()
    with closing(sqlite3.connect(house.folder / "ledger.db", isolation_level=None)) as file:
        parts = ("_generations", "", "_lines", "_values", "_feeds", "_names", "_registers")
        later = [f"portfolio{part}" for part in parts]
        for table in ("journal", "journal_seals", "alerts", *later):
            file.execute(f"DROP TABLE {table}")
        for table in ("records", "answers"):
            file.execute(f"ALTER TABLE {table} DROP COLUMN salt")
        file.execute(f"PRAGMA user_version = {STEPS.index(next(step for step in STEPS if step.fill is adopt))}")
    forget_sealed(house.folder / "keys")

    house.ledger = house.again()
    assert house.ledger.audit().sound
    house.ledger.checkpoint()
    house.tamper(("DELETE FROM records WHERE kind = 'principal' AND key = 'bureau'", ()))
    found = house.again().audit().findings
    assert [(one.code, one.values.get("key")) for one in found] == [("RECORD_MISSING", "bureau")]


# --- seals ---------------------------------------------------------------------------------------------


def test_given_an_older_copy_put_back_to_undo_a_revocation_then_it_is_named_and_not_sealed(house: House) -> None:
    """Not a fact was recorded since the copy was made: only the journal moved, and the key folder remembers."""
    principals = Principals(house.ledger.store, house.clock)
    principals.grant("root", "operator", by="local")
    principals.issue("root", by="local")
    principals.grant("bureau", "party_a", by="root")
    house.ledger.checkpoint()
    backup = house.folder / "copy.db"
    house.ledger.store.query(f"VACUUM INTO '{backup}'")
    principals.take_away("bureau", None, by="root")
    house.now += 60 * SECOND
    house.ledger.checkpoint_if_due()

    house.close()
    for file in house.folder.glob("ledger.db-*"):
        file.unlink()
    backup.rename(house.folder / "ledger.db")
    again = house.again()
    assert Principals(again.store, house.clock).find("bureau") is not None
    assert "JOURNAL_CUT" in [one.code for one in again.audit().findings]
    Principals(again.store, house.clock).grant("mallory", "operator", by="root")  # two lines, as the revocation had
    with pytest.raises(Tampered, match="JOURNAL_REWRITTEN"):
        again.custody.seal(house.clock())


def test_given_a_line_altered_before_it_was_sealed_then_it_is_not_sealed(either: House) -> None:
    either.ledger.checkpoint()
    Principals(either.ledger.store, either.clock).grant("root", "operator", by="local")
    last = journal.end(either.ledger.store.query).number
    either.tamper(("UPDATE journal SET key = 'mallory' WHERE number = ?", (last - 1,)))
    with pytest.raises(Tampered, match="JOURNAL_BROKEN"):
        either.again().custody.seal(either.clock())


def test_given_a_key_that_was_replaced_then_it_seals_nothing_more(house: House) -> None:
    house.ledger.checkpoint()
    old = house.ledger.custody.keyring.signer
    house.ledger.operator.rotate()
    house.perform(1)
    house.ledger.checkpoint()
    last = newest(house.ledger.store.query)
    assert last is not None
    said = text(old.name, journal.end(house.ledger.store.query), house.now)
    house.tamper(("UPDATE journal_seals SET note = ?, sealed_at = ? WHERE number = ?",
                  (str(Note(said, (old.sign(said),))).encode(), house.now, last.number)))  # fmt: skip
    assert "SEAL_ALTERED" in [one.code for one in house.again().audit().findings]


def test_given_only_access_changed_then_it_is_sealed_after_a_minute_and_no_sooner(either: House) -> None:
    ledger = either.ledger
    ledger.checkpoint()
    before = newest(ledger.store.query)
    Principals(ledger.store, either.clock).grant("root", "operator", by="local")
    ledger.checkpoint_if_due()
    assert newest(ledger.store.query) == before
    either.now += 60 * SECOND
    assert ledger.checkpoint_if_due() is None, "there is no new fact"
    sealed = newest(ledger.store.query)
    assert sealed is not None and sealed.number == journal.end(ledger.store.query).number
    assert (either.folder / "keys" / SEALED).stat().st_mode & 0o077 == 0


def test_given_an_alteration_when_the_command_audits_then_status_3(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    from ledger.cli import main

    Principals(house.ledger.store, house.clock).grant("root", "operator", by="local")
    house.ledger.checkpoint()
    house.tamper(("UPDATE records SET value = ? WHERE kind = 'principal'", (b'{"roles":{"*":"auditor"}}',)))
    house.close()
    assert main(["--store", house.url, "--lang", "en", "audit"]) == 3
    assert "The kept principal root was altered" in capsys.readouterr().err
