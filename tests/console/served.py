"""The console over the told story: a real server on a copy of a real store, the day after it, a key for each role."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from api.principals import Principals
from tests import operations
from tests.api.server import PEOPLE, Served, serving, signed, terms
from tests.happenings import Happening
from tests.story import CONTRACT, CONTRACTS, LATER, Told

# The server's clock goes on from the day after the story, whatever day the machine has.
CLOCK = f"""
import time
import ledger.service
began = time.monotonic()
ledger.service.Ledger.__init__.__kwdefaults__["clock"] = lambda: {LATER} + int((time.monotonic() - began) * 1e6)
"""
YOUNG = "CU12-1101-2026-000007"  # a contract of which little has happened yet
OPERATIONS = "OPS-2025-001"  # one of the second agreement
PAPER = CONTRACTS / "cu12-1101-2025-018605.agree-1.zh.txt"


def _operated() -> list[Happening]:
    """Something of everything that the second agreement shows: a bond, invoices, low availability, a ticket, scores."""
    o = operations
    return [
        *o.SIGNED, o.bond("2025-06-25"), o.invoice("FP-1", 1, "2025-07-02"), o.paid("2025-07-10", "FP-1", "360000.00"),
        o.accepted("2025-08-20"), o.measured("2025-08", 600, on="2025-09-02"),
        o.opened("T-1", "2025-09-03T09:00:00+08:00"), o.responded("T-1", "2025-09-03T10:30:00+08:00"),
        o.resolved("T-1", "2025-09-03T20:00:00+08:00"), o.measured("2025-08", 60, on="2025-09-04", by="party_b"),
        o.scored(1, "86", "2025-10-08"), o.invoice("FP-2", 2, "2025-10-09"),
    ]  # fmt: skip


def _stated(one: Happening) -> dict[str, Any]:
    actor = {} if one.actor is None else {"actor": one.actor}
    return {"type": one.type, "on": one.on, "by": one.by, "data": one.data, "ref": one.ref} | actor


def told_store(folder: Path) -> dict[str, str]:
    """A store in ``folder`` that was told the story, with the paper it names, and another contract; everybody's key."""
    told = Told(folder)
    told.ledger.attachments.attach(
        CONTRACT, "agree-1", PAPER.read_bytes(), name=PAPER.name, media_type="text/plain", by="party_a",
    )  # fmt: skip
    told.ledger.register(terms(YOUNG))
    lease = {"type": "LeaseStarted", "on": "2026-11-02", "by": "party_a", "data": {}}
    told.ledger.record(YOUNG, [signed(on="2026-11-02"), signed("party_b", on="2026-11-02"), lease])
    told.ledger.register(operations.terms())
    told.ledger.record(OPERATIONS, [_stated(one) for one in _operated()])
    principals, keys = Principals(told.ledger.store, told.ledger.clock), {}
    for name, (role, contract) in PEOPLE.items():
        principals.grant(name, role, contract, by="test")
        keys[name] = principals.issue(name, by="test")[1]
    for contract in (YOUNG, OPERATIONS):
        principals.grant("bureau", "party_a", contract, by="test")
    principals.grant("provider", "party_b", YOUNG, by="test")
    told.ledger.checkpoint()
    told.ledger.store.close()
    return keys


@contextmanager
def console(folder: Path, told: Path, keys: dict[str, str], first: str = "") -> Iterator[Served]:
    """``lvyue serve`` on a copy, in ``folder``, of the store in ``told``; ``first`` is Python run before it."""
    shutil.copytree(told, folder, dirs_exist_ok=True)
    with serving(folder, seeded=False, store=f"sqlite:///{folder / 'story.db'}", first=CLOCK + first) as server:
        server.keys.update(keys)
        yield server
