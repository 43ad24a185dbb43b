"""Flipped bits, anywhere in the store's file: the audit names them, and nobody is told anything untrue.

``make faults`` flips 2,000 (LVYUE_FAULTS says how many); the suite flips 80. LVYUE_FAULTS_SEED says which: the file
itself, its keys and salts included, follows from the seed, so that a flip can be made again.
"""

from __future__ import annotations

import os
import random
import secrets
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ledger.domain.errors import INTEGRITY, Refusal
from ledger.log.failure import Tampered
from ledger.log.signing import Ed25519Signer
from ledger.service import Ledger
from ledger.store.records import PASSING
from tests.custody.conftest import NUMBER, SECOND, START, House, assigned, fact, terms

FREE = {
    "log_hashes.batch": "drawn at random by an append, to recognise its own row again",
    "sqlite_master.rootpage": "where SQLite put a table or an index; what is read by way of it is compared",
    **dict.fromkeys(
        (f"portfolio_generations.{column}" for column in ("state", "assumes", "position", "place", "step")),
        "how far the portfolio has got; its rows are compared, and made again from the facts where it is lost",
    ),
    **{f"records of the kind {kind}": "how far a server has got; no answer rests on it" for kind in PASSING},
}
"""The columns that an audit does not compare with anything, and why that is safe. Every other column is compared."""
FLIPS = int(os.environ.get("LVYUE_FAULTS", "80"))
SEED = int(os.environ.get("LVYUE_FAULTS_SEED", "20261126"))
OTHERS = [f"CU12-1101-2025-00000{number}" for number in range(1, 6)]
NEXT = fact("ServicePerformed", "party_b", service="vcpu", units=77)


@dataclass(frozen=True)
class Whole:
    """The file as it was, and everything in it that is kept or answered."""

    file: bytes
    kept: dict[str, list[tuple[Any, ...]]]
    contracts: list[str]
    facts: dict[str, list[tuple[int, int, str]]]
    status: dict[str, Any]


def opened(path: Path) -> Ledger:
    return Ledger(f"sqlite:///{path}", clock=lambda: START + 3600 * SECOND)


def facts_of(ledger: Ledger, contract: str) -> list[tuple[int, int, str]]:
    return [(fact.position, fact.seq, fact.digest) for fact in ledger.facts(contract)]


def kept_in(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, read in the order of the table itself, and what the tables are; nothing that is FREE.

    SQLite calls a table by its name in either case.
    """
    with closing(sqlite3.connect(path)) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name.lower(): rows_of(file, name) for name in (*tables, "sqlite_master")}


def rows_of(file: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    columns = [name for (name,) in file.execute("SELECT name FROM pragma_table_xinfo(?)", (table,))]
    kept = [name for name in columns if f"{table}.{name}".lower() not in FREE]
    return file.execute(f"SELECT {', '.join(kept)} FROM {table} NOT INDEXED").fetchall()


@pytest.fixture
def seeded(monkeypatch: pytest.MonkeyPatch) -> random.Random:
    """What salts and nonces are drawn from, so that the file follows from the seed."""
    chance = random.Random(f"ledger {SEED}")
    monkeypatch.setattr(secrets, "token_bytes", chance.randbytes)
    monkeypatch.setattr(os, "urandom", chance.randbytes)
    return chance


@pytest.fixture
def whole(seeded: random.Random, house: House, monkeypatch: pytest.MonkeyPatch) -> Whole:
    """Six contracts, their facts in turns so that index and table differ, checkpoints, a person, a document."""
    # An SM2 signature never comes out the same twice, and beside a key that is supplied there is none.
    monkeypatch.setenv("LVYUE_LOG_KEY", Ed25519Signer("faults.example/ledger", seeded.randbytes(32)).private_line())
    ledger = house.ledger
    for number in OTHERS:
        ledger.register({**terms(), "contract": {**terms()["contract"], "id": number}})
    for turn in range(12):
        for number in (NUMBER, *OTHERS):
            units = range(turn * 9 + 1, turn * 9 + 5)
            ledger.record(number, [fact("ServicePerformed", "party_b", service="vcpu", units=each) for each in units])
        if turn % 4 == 0:
            ledger.checkpoint()
    house.record(assigned(name="值班工程师甲"))
    note = b"scan of a delivery note" * 300
    ledger.attachments.attach(NUMBER, f"{NUMBER}#4", note, name="a.txt", media_type="text/plain", by="party_b")
    ledger.portfolio.lines()
    ledger.checkpoint()
    house.close()
    path = house.folder / "ledger.db"
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ledger = opened(path)
    streams = {name: facts_of(ledger, name) for name in ledger.contracts()}
    status = ledger.status(NUMBER)
    assert ledger.audit().sound
    ledger.store.close()
    return Whole(path.read_bytes(), kept_in(path), list(streams), streams, status)


def flipped(whole: Whole, path: Path, bit: int) -> None:
    for beside in ("-wal", "-shm"):
        Path(f"{path}{beside}").unlink(missing_ok=True)
    damaged = bytearray(whole.file)
    damaged[bit // 8] ^= 1 << bit % 8
    path.write_bytes(damaged)


def audited(path: Path) -> list[str]:
    """The codes an audit ends with, none where it is sound."""
    try:
        ledger = opened(path)
        try:
            return [one.code for one in ledger.audit().findings]
        finally:
            ledger.store.close()
    except (Refusal, Tampered) as named:
        return [named.code]
    except Exception as defect:
        return [f"TRACEBACK {defect!r}"]


def alarming(refused: Exception) -> bool:
    """Does it say that the store is damaged or no store of ours, and nothing about the contract?"""
    if isinstance(refused, Refusal):
        return refused.code in INTEGRITY or refused.code.startswith("STORE_")
    return isinstance(refused, Tampered)


def wrong_answers(whole: Whole, path: Path) -> Iterator[str]:
    """What is answered from the file, in so far as it is neither what was kept nor refused."""
    try:
        ledger = opened(path)
    except (Refusal, Tampered):
        return
    try:
        asked = {
            "contracts": (ledger.contracts, whole.contracts), "status": (lambda: ledger.status(NUMBER), whole.status),
            **{name: ((lambda name=name: facts_of(ledger, name)), facts) for name, facts in whole.facts.items()},
        }  # fmt: skip
        for name, (ask, true) in asked.items():
            try:
                if ask() != true:
                    yield name
            except Exception as refused:
                if not alarming(refused):
                    yield f"{name}: {refused!r}"
        for contract in (NUMBER, OTHERS[3]):
            yield from wrong_recording(whole, ledger, path, contract)
    finally:
        ledger.store.close()


def wrong_recording(whole: Whole, ledger: Ledger, path: Path, contract: str) -> Iterator[str]:
    """The next fact gets the next seq and follows the last one, or is refused; and it is read again."""
    before = whole.facts[contract]
    try:
        recorded = ledger.record(contract, [NEXT])[0].fact
    except Exception as refused:
        if not alarming(refused):
            yield f"recording {contract}: {refused!r}"
        return
    if (recorded.seq, recorded.prev) != (before[-1][1] + 1, before[-1][2]):
        yield f"recorded {recorded.id}"
    try:
        again = opened(path)
        try:
            if facts_of(again, contract) != [*before, (recorded.position, recorded.seq, recorded.digest)]:
                yield f"{contract} after recording"
        finally:
            again.store.close()
    except (Refusal, Tampered):
        pass


def test_a_flipped_bit_is_named_by_the_audit_or_changes_nothing_and_nobody_is_told_anything_untrue(
    whole: Whole, tmp_path: Path
) -> None:
    print(f"{FLIPS} bits, seed {SEED}, of the file {sha256(whole.file).hexdigest()[:8]}")
    chance, path = random.Random(SEED), tmp_path / "flipped.db"
    said, silent, untrue = Counter[str](), [], []
    for _ in range(FLIPS):
        bit = chance.randrange(len(whole.file) * 8)
        flipped(whole, path, bit)
        codes = audited(path)
        said[codes[0] if codes else "–"] += 1
        if not codes and (changed := [name for name, rows in kept_in(path).items() if rows != whole.kept[name]]):
            silent.append((bit, changed))
        untrue += [(bit, code) for code in codes if code.startswith("TRACEBACK")]
        untrue += [(bit, answer) for answer in wrong_answers(whole, path)]
    print(dict(said), f"of {len(whole.file):,} bytes; unnamed {silent}, untrue {untrue}")
    assert not untrue
    assert not silent


def altered(value: Any) -> list[Any]:
    """What a column may be turned into: a value of its type that no other row has, and text in the place of bytes."""
    if isinstance(value, bytes):
        return [bytes([value[0] ^ 1]) + value[1:], "text"] if value else [b"added"]
    return [value + 1_000_000] if isinstance(value, int) else [f"{value}x"]


def alterations(file: sqlite3.Connection) -> Iterator[tuple[str, str, Any, Any]]:
    """Every column of every table that is not FREE, with what its last row says and may say instead."""
    for (table,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1").fetchall():
        for (column,) in file.execute("SELECT name FROM pragma_table_xinfo(?)", (table,)).fetchall():
            found = file.execute(f"SELECT {column} FROM {table} NOT INDEXED").fetchall()
            if found and f"{table}.{column}" not in FREE:
                rows = found[:1] + found[-1:] if table == "heads" else found[-1:]
                yield from ((table, column, before, value) for (before,) in rows for value in altered(before))


def test_given_any_column_that_is_not_declared_free_altered_then_the_audit_names_it(
    whole: Whole, tmp_path: Path
) -> None:
    path, silent, seen = tmp_path / "altered.db", [], set()
    path.write_bytes(whole.file)
    with closing(sqlite3.connect(path)) as file:
        wanted = list(alterations(file))
    for table, column, before, value in wanted:
        path.write_bytes(whole.file)
        with closing(sqlite3.connect(path)) as file:
            guards = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in guards:
                file.execute(f"DROP TRIGGER {name}")
            file.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (value, before))
            for _, sql in guards:
                file.execute(sql)
            file.commit()
        seen.add(table)
        codes = audited(path)
        if not codes or codes[0].startswith("TRACEBACK"):
            silent.append((table, column, value, codes))
    assert not silent
    assert seen >= {"stored_events", "heads", "journal", "journal_seals", "records", "log_hashes", "log_checkpoints"}


@pytest.mark.parametrize("guard", ["stored_events_update", "stored_events_first", "journal"])
def test_given_a_guard_an_index_or_a_table_made_otherwise_then_the_audit_names_it(house: House, guard: str) -> None:
    house.ledger.checkpoint()
    house.close()
    with closing(sqlite3.connect(house.folder / "ledger.db")) as file, file:
        file.execute("PRAGMA writable_schema = ON")
        file.execute("UPDATE sqlite_master SET sql = replace(sql, ' ON ', ' ON  ') WHERE name = ?", (guard,))
        file.execute("UPDATE sqlite_master SET sql = replace(sql, 'act TEXT', 'act TEXt') WHERE name = ?", (guard,))
    assert audited(house.folder / "ledger.db") == ["SCHEMA_ALTERED"]


def test_given_a_trigger_added_to_a_table_of_ours_then_the_audit_names_it(house: House) -> None:
    house.tamper(("CREATE TRIGGER quiet BEFORE INSERT ON records BEGIN SELECT RAISE(IGNORE); END", ()))
    found = house.ledger.audit().findings
    assert [(one.code, one.values) for one in found] == [("SCHEMA_ALTERED", {"kind": "trigger", "name": "quiet"})]


def test_given_a_first_fact_that_names_no_contract_then_the_list_of_contracts_is_refused(house: House) -> None:
    leaf = house.leaf(1).replace(b'"contract":"', b'"contracu":"', 1)
    house.tamper(("UPDATE stored_events SET state = ? WHERE notification_id = 1", (leaf,)))
    with pytest.raises(Refusal) as refused:
        house.ledger.contracts()
    assert refused.value.code == "LEAF_BROKEN"


def test_given_a_document_kept_as_text_then_reading_it_is_an_alarm_and_the_audit_goes_on(house: House) -> None:
    house.ledger.attachments.attach(
        NUMBER, f"{NUMBER}#2", b"text", name="a.txt", media_type="text/plain", by="party_b"
    )  # fmt: skip
    house.tamper(("UPDATE records SET value = CAST(value AS TEXT) WHERE kind = 'document'", ()))
    named = [one.code for one in house.ledger.audit().findings]
    assert named == ["STORE_BROKEN", "RECORD_ALTERED"]
    with pytest.raises(Refusal) as refused:
        house.ledger.store.list("document")
    assert alarming(refused.value)

