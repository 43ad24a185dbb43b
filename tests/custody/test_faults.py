"""Flipped bits, anywhere in the store's file: the audit names them, and nobody is told anything untrue.

``make faults`` flips 2,000 (LVYUE_FAULTS says how many, LVYUE_FAULTS_SEED which); the suite flips 200.
"""

from __future__ import annotations

import os
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ledger.domain.errors import INTEGRITY, Refusal
from ledger.log.failure import Tampered
from ledger.service import Ledger
from tests.custody.conftest import NUMBER, SECOND, START, House, assigned, fact, terms

FLIPS = int(os.environ.get("LVYUE_FAULTS", "200"))
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
    """Every row of every table, read in the order of the table itself.

    But not the number an append is known by in ``log_hashes.batch``: it is drawn at random and says nothing. SQLite
    calls a table by its name in either case.
    """
    with closing(sqlite3.connect(path)) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
        what = {name: "start, size, hashes" if name.lower() == "log_hashes" else "*" for name in tables}
        read = {name: file.execute(f"SELECT {what[name]} FROM {name} NOT INDEXED").fetchall() for name in tables}
    return {name.lower(): rows for name, rows in read.items()}


@pytest.fixture
def whole(house: House) -> Whole:
    """Six contracts, their facts in turns so that index and table differ, checkpoints, a person, a document."""
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
    ledger.attach(NUMBER, f"{NUMBER}#4", b"scan of a delivery note" * 300, name="a.txt", media_type="text/plain",
                  by="party_b")  # fmt: skip
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
    print(f"{FLIPS} bits, seed {SEED}")
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
