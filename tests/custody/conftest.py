"""A ledger with a contract signed by both, a clock that moves on by itself, and a hand that tampers."""

from __future__ import annotations

import functools
import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.domain.terms import document_json
from ledger.log.sm2 import Openssl
from ledger.service import Ledger
from ledger.store import Transaction
from ledger.store.database import holds
from ledger.store.schema import fill_heads

ROOT = Path(__file__).resolve().parents[2]
NUMBER = "CU12-1101-2025-018605"
START = 1_795_327_200_000_000  # 2026-11-22T06:00:00Z in µs
SECOND = 1_000_000
LOG_TABLES = ("log_hashes", "log_checkpoints", "log_cosignatures", "log_tokens", "log_keys")


def terms() -> dict[str, Any]:
    text = (ROOT / "contracts" / "cu12-1101-2025-018605.toml").read_text(encoding="utf-8")
    return document_json(tomllib.loads(text))


def fact(type_: str, by: str, on: str = "2025-12-01", ref: str | None = None, **data: Any) -> dict[str, Any]:
    return {"type": type_, "on": on, "by": by, "data": data} | ({} if ref is None else {"ref": ref})


def assigned(person: str = "staff-07", ref: str | None = None, **more: Any) -> dict[str, Any]:
    return fact("PersonnelAssigned", "party_b", ref=ref, person=person, nda_signed=True, **more)


def unguarded(transaction: Transaction) -> list[tuple[str, str]]:
    """Drop the triggers, as whoever owns the database can; by table, what puts them back, so that nothing shows."""
    if transaction.dialect == "sqlite":
        triggers = transaction.query("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        for name, _, _ in triggers:
            transaction.execute(f"DROP TRIGGER {name}")
        return [(table, sql) for _, table, sql in triggers]
    tables = transaction.query("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    for (name,) in tables:
        transaction.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    return [(name, f"ALTER TABLE {name} ENABLE TRIGGER USER") for (name,) in tables]


class House:
    """One ledger and where it lives; ``again`` opens it anew, as another process would."""

    def __init__(self, url: str, folder: Path, *, signed_at: int | None = None) -> None:
        """On a ledger that was signed then, or on a new one."""
        self.url, self.folder, self.now = url, folder, signed_at or START
        self._opened: list[Ledger] = []
        self.ledger = self.again(create=signed_at is None)
        if signed_at is None:
            self.ledger.register(terms())
            self.record(*(fact("ContractSigned", who, "2025-11-19", party=who) for who in ("party_a", "party_b")))

    def clock(self) -> int:
        self.now += SECOND
        return self.now

    def again(self, *, create: bool = False) -> Ledger:
        self._opened.append(Ledger(self.url, clock=self.clock, create=create))
        return self._opened[-1]

    def record(self, *envelopes: dict[str, Any]) -> list[Any]:
        return self.ledger.record(NUMBER, envelopes)

    def perform(self, count: int) -> None:
        self.record(*(fact("ServicePerformed", "party_b", service="vcpu", units=units + 1) for units in range(count)))

    def tamper(self, *statements: tuple[str, tuple[object, ...]], thorough: bool = False) -> None:
        """Change the database as somebody with its password would: triggers dropped first, and put back.

        Who is ``thorough`` makes the heads follow from what is left.
        """
        store = self.ledger.store
        with store.writing() as transaction:
            guards = unguarded(transaction)
            for sql, params in statements:
                transaction.execute(sql, params)
            if thorough:
                transaction.execute("DELETE FROM heads")
                fill_heads(transaction)
            for table, guard in guards:
                if holds(transaction, table):
                    transaction.execute(guard)

    def leaf(self, position: int) -> bytes:
        found = self.ledger.store.query("SELECT state FROM stored_events WHERE notification_id = ?", (position,))
        return bytes(found[0][0])

    def files(self) -> bytes:
        """Every byte of the database's own files."""
        return b"".join(path.read_bytes() for path in sorted(self.folder.glob("ledger.db*")) if path.is_file())

    def close(self) -> None:
        for one in self._opened:
            one.store.close()


@pytest.fixture(scope="session", autouse=True)
def _remembered_openssl() -> None:
    """Ask openssl once for each signature: what it says about the same bytes does not change."""
    Openssl.verifies = functools.cache(Openssl.verifies)  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def signed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A folder with a ledger on SQLite, its contract signed, and its keys, to be copied; when that was done."""
    folder = tmp_path_factory.mktemp("signed")
    with pytest.MonkeyPatch.context() as patch:
        _of_its_own(folder, patch)
        made = House(f"sqlite:///{folder / 'ledger.db'}", folder)
        made.close()
    return folder, made.now


@pytest.fixture
def house(signed: tuple[Path, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """On SQLite."""
    _of_its_own(tmp_path, monkeypatch)
    shutil.copytree(signed[0], tmp_path, dirs_exist_ok=True)
    made = House(f"sqlite:///{tmp_path / 'ledger.db'}", tmp_path, signed_at=signed[1])
    yield made
    made.close()


@pytest.fixture
def house_on_postgres(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres_address: Callable[[], str]
) -> Iterator[House]:
    _of_its_own(tmp_path, monkeypatch)
    made = House(postgres_address(), tmp_path)
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest) -> House:
    """On SQLite and on PostgreSQL."""
    made: House = request.getfixturevalue("house" if request.param == "sqlite" else "house_on_postgres")
    return made


def _of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys in this folder, and nothing else from outside."""
    for name in ("LVYUE_LOG_KEY", "LVYUE_LOG_KEY_FILE", "LVYUE_LOG_ORIGIN", "LVYUE_TSA_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LVYUE_KEYS", str(folder / "keys"))
