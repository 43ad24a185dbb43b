"""The real server in a process of its own, and somebody of every role to talk to it."""

from __future__ import annotations

import os
import threading
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from api.principals import Principals
from api.serve import open_ledger
from ledger.domain.terms_amendment import document_json
from tests.api.server_process import ServerProcess, start

ROOT = Path(__file__).parents[2]
TERMS = document_json(tomllib.loads((ROOT / "contracts/cu12-1101-2025-018605.toml").read_text("utf-8")))
CONTRACT = str(TERMS["contract"]["id"])
OTHER = "OTHER-1"
AT = f"/api/v1/contracts/{CONTRACT}"

# principal: role, contract
PEOPLE = {
    "operator": ("operator", "*"),
    "bureau": ("party_a", CONTRACT),
    "provider": ("party_b", CONTRACT),
    "watch": ("supervisor", CONTRACT),
    "builder": ("integrator", CONTRACT),
    "office": ("administrator", "*"),
    "audit": ("auditor", "*"),
    "stranger": ("party_a", OTHER),
}

# For tests with a contract of their own: the parties of every contract.
PARTIES = {"party_a": ("party_a", "*"), "party_b": ("party_b", "*")}


def terms(number: str = CONTRACT) -> dict[str, Any]:
    """The contract's terms under another number."""
    return TERMS | {"contract": TERMS["contract"] | {"id": number}}


def signed(party: str = "party_a", ref: str | None = None, on: str = "2025-10-01") -> dict[str, Any]:
    fact = {"type": "ContractSigned", "on": on, "by": party, "data": {"party": party}}
    return fact if ref is None else fact | {"ref": ref}


def system(name: str, by: str = "party_a", ref: str | None = None) -> dict[str, Any]:
    data = {"system": name, "name": name, "annual_fee": "100001.00", "mlps_level": 3, "important": False}
    fact = {"type": "SystemRegistered", "on": "2025-10-02", "by": by, "data": data}
    return fact if ref is None else fact | {"ref": ref}


@dataclass
class Served:
    """A running server: its address, the keys, what it printed, its store."""

    url: str
    keys: dict[str, str]
    printed: list[str]
    process: ServerProcess
    store: str

    def client(self, who: str | None = None, **more: Any) -> httpx.Client:
        headers = {"Authorization": f"Bearer {self.keys[who]}"} if who is not None else {}
        # Without TLS to verify there is no context to load, which costs more than the requests.
        return httpx.Client(base_url=self.url, headers=headers, timeout=30, trust_env=False, verify=False, **more)


@dataclass(frozen=True)
class Own:
    """A contract of a test's own on the shared server, and clients of its two parties."""

    served: Served
    number: str

    @property
    def at(self) -> str:
        return f"/api/v1/contracts/{self.number}"

    def client(self, who: str, **more: Any) -> httpx.Client:
        return self.served.client(who, **more)


def people(store_url: str, who: Sequence[str] = (*PEOPLE, *PARTIES)) -> dict[str, str]:
    """Grant everybody their role in a store, and give each a key."""
    ledger = open_ledger(store_url)
    try:
        principals, keys = Principals(ledger.store, ledger.clock), {}
        for name in who:
            role, contract = (PEOPLE | PARTIES)[name]
            principals.grant(name, role, contract, by="test")
            keys[name] = principals.issue(name, by="test")[1]
        return keys
    finally:
        ledger.store.close()


@contextmanager
def serving(
    folder: Path, *options: str, seeded: bool = True, rate: int = 10000, store: str | None = None,
    first: str = "", afresh: bool = False,
) -> Iterator[Served]:  # fmt: skip
    """``lvyue serve`` on a new store, stopped at the end; ``seeded`` with everybody and the contract.

    ``first`` is Python that the server's process runs before anything else, even the imports with ``afresh``.
    """
    store = store or f"sqlite:///{folder / 'lvyue.db'}"
    keys = people(store) if seeded else {}
    command = ["--store", store, "--lang", "en", "serve", "--port", "0", "--rate", str(rate), *options]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("LVYUE_")}
    # Where the keys of a store on a server go; receivers under test listen on loopback.
    environment |= {"HOME": str(folder), "LVYUE_TEST_RECEIVERS": "loopback"}
    process, lines = start(command, environment, str(ROOT), first, afresh=afresh)
    printed: list[str] = []
    ready = threading.Event()

    def read() -> None:
        for line in lines:
            printed.append(line.rstrip())
            if line.startswith("lvyue serves at"):
                ready.set()
        ready.set()

    threading.Thread(target=read, daemon=True).start()
    try:
        assert ready.wait(60) and any("lvyue serves at" in line for line in printed), printed
        url = next(line.rpartition(" ")[2] for line in printed if line.startswith("lvyue serves at"))
        served = Served(url, keys, printed, process, store)
        if seeded:
            with served.client("bureau") as client:
                client.post("/api/v1/contracts", json={"terms": terms()}).raise_for_status()
        yield served
    finally:
        process.terminate()
        process.join(60)  # a second where nothing else runs; what it has begun it finishes
        ended = process.exitcode is not None
        process.kill()
        assert ended, "it stops when it is told to"
