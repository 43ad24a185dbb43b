"""Two bureaus, each with a store, a key and tiles of its own, and the city that follows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ledger.city.city import City
from ledger.city.published import PublishedCity
from ledger.city.witnessing import Witnessed, witness
from ledger.log.handout import trust_file
from ledger.log.keys import open_keyring
from ledger.log.log import TransparencyLog
from ledger.log.publishing import publish
from ledger.log.signing import Ed25519Signer
from ledger.log.storage import SignedHead
from ledger.log.tables import TreeTables
from ledger.store import open_store
from tests.log.conftest import START, complaint


class Office:
    """A bureau: records facts, signs, publishes its tiles, witnesses the city."""

    def __init__(self, folder: Path, name: str) -> None:
        folder.mkdir()
        self.name, self.folder, self.tiles, self.now = name, folder, folder / "tiles", START
        environment = {"LVYUE_LOG_ORIGIN": f"log.{name}.example"}
        self.store = open_store(f"sqlite:///{folder / 'ledger.db'}", create=True, extensions=[TreeTables()])
        self.keyring = open_keyring(folder / "keys", environment, sm2=False)
        self.log = TransparencyLog(self.store, self.keyring)
        self.witness = Ed25519Signer.generate(f"witness.{name}")

    def record(self, count: int, contract: str = "CU12-1") -> SignedHead:
        """More facts, under a new checkpoint."""
        first = self.store.last_seq(contract) + 1
        drafts = [complaint(number) for number in range(first, first + count)]
        self.store.append(contract, drafts, now=self.clock, recorded_by="local")
        return self.log.checkpoint(self.clock())

    def publish(self) -> str:
        publish(self.log, self.log.checkpoint(self.clock()), self.tiles)
        return str(self.log.cosigned(self.log.checkpoint(self.clock())))

    def cosign(self, city: PublishedCity) -> Witnessed:
        return witness(city, self.log, self.witness, self.folder / "seen", self.tiles, self.clock())

    def clock(self) -> int:
        self.now += 1_000_000
        return self.now

    def rewritten(self, folder: Path, count: int) -> Office:
        """Another history of the same log, signed by the same key."""
        other = Office(folder, self.name)
        other.keyring = type(self.keyring)(self.keyring.signer, None, None)
        other.log = TransparencyLog(other.store, other.keyring)
        other.record(count, "CU12-9")
        return other


class Town:
    """The city, its published folder, and the bureaus it follows."""

    def __init__(self, folder: Path, url: str | None = None) -> None:
        self.folder, self.public, self.now = folder, folder / "public", START
        self.url = url or f"sqlite:///{folder / 'city.db'}"
        keys = {"LVYUE_KEYS": str(folder / "city.keys")}
        self.city = City(self.url, keys, self.clock, origin="log.city.example")
        self.offices = [Office(folder / name, name) for name in ("roads", "water")]
        for office in self.offices:
            office.record(3)
            office.publish()
            trust = trust_file(office.log)
            self.city.add(office.name, trust, str(office.tiles), str(office.witness.witness_key))

    def clock(self) -> int:
        self.now += 1_000_000
        return self.now

    def collected(self) -> dict[str, str]:
        """What collecting comes to, by bureau; the city is published."""
        outcomes = self.city.collect()
        self.city.publish(self.public)
        return {one.bureau: one.refused.code if one.refused else one.verdict for one in outcomes}

    def published(self, *more: str) -> PublishedCity:
        """The city as somebody reads it who trusts its key, and those in `more`."""
        return PublishedCity(str(self.public), "\n".join([str(self.city.key), *more]))

    def close(self) -> None:
        for one in (self.city, *self.offices):
            one.store.close()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path)
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    address: Callable[[], str] | None = None
    if request.param == "postgresql":
        address = request.getfixturevalue("postgres_address")
    made = Town(tmp_path, address() if address else None)
    yield made
    made.close()
