"""A small ledger on SQLite with the log attached, and a clock that only moves forward."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ledger.log.keys import open_keyring
from ledger.log.lineage import Witness
from ledger.log.log import TransparencyLog
from ledger.log.signing import Ed25519Signer
from ledger.log.tables import TreeTables
from ledger.store import Draft, Store, open_store

START = 1_795_327_200_000_000  # 2026-11-22T06:00:00Z in µs


def complaint(number: int) -> Draft:
    data = {"complaint": f"c-{number}", "system": "portal", "subject": "availability"}
    return Draft("ComplaintFiled.v1", "2026-05-01", "party_a", f"complaint-{number}", data)


class Bench:
    """A store, its log, and short words for the tests."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "ledger.db"
        self.now = START
        self.store: Store = open_store(f"sqlite:///{self.path}", create=True, extensions=[TreeTables()])
        environment = {"LVYUE_LOG_ORIGIN": "log.example/lvyue"}
        self.keyring = open_keyring(folder / "ledger.db.keys", environment, sm2=False)
        self.stolen = replace(self.keyring, directory=None)  # the keys without what the folder remembers
        self.admitted: list[Witness] = []
        self.log = TransparencyLog(self.store, self.keyring, witnesses=lambda: self.admitted)

    def admit(self, witness: Ed25519Signer) -> Callable[[], list[Witness]]:
        """Admit a witness; returns what tells a log so."""
        self.admitted.append(Witness(witness.witness_key, "party-b"))
        return lambda: self.admitted

    def clock(self) -> int:
        self.now += 1_000_000
        return self.now

    def record(self, count: int, contract: str = "CU12-1") -> None:
        first = self.store.last_seq(contract) + 1
        drafts = [complaint(number) for number in range(first, first + count)]
        self.store.append(contract, drafts, now=self.clock, recorded_by="local")

    def tamper(self, sql: str, *params: object) -> None:
        """Change the file as somebody with the database's password would: triggers dropped first."""
        with self.store.writing() as transaction:
            for (name,) in transaction.query("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
                transaction.execute(f"DROP TRIGGER {name}")
            transaction.execute(sql, params)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def ledgers(tmp_path: Path) -> Iterator[Callable[[str], Bench]]:
    made: list[Bench] = []

    def make(name: str) -> Bench:
        (tmp_path / name).mkdir()
        made.append(Bench(tmp_path / name))
        return made[-1]

    yield make
    for bench in made:
        bench.store.close()
