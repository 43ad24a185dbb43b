"""The console over the told story: a real server on a copy of a real store, the day after it, a key for each role."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.principals import Principals
from tests.api.server import PEOPLE, Served, serving
from tests.story import CONTRACT, CONTRACTS, LATER, Told

# The server's clock goes on from the day after the story, whatever day the machine has.
CLOCK = f"""
import time
import ledger.service
began = time.monotonic()
ledger.service.Ledger.__init__.__kwdefaults__["clock"] = lambda: {LATER} + int((time.monotonic() - began) * 1e6)
"""
PAPER = CONTRACTS / "cu12-1101-2025-018605.agree-1.zh.txt"


def told_store(folder: Path) -> dict[str, str]:
    """A store in ``folder`` that was told the story, with the paper it names; everybody's key."""
    told = Told(folder)
    told.ledger.attach(
        CONTRACT, "agree-1", PAPER.read_bytes(), name=PAPER.name, media_type="text/plain", by="party_a",
    )  # fmt: skip
    principals, keys = Principals(told.ledger.store, told.ledger.clock), {}
    for name, (role, contract) in PEOPLE.items():
        principals.grant(name, role, contract, by="test")
        keys[name] = principals.issue(name, by="test")[1]
    told.ledger.checkpoint()
    told.ledger.store.close()
    return keys


@contextmanager
def console(folder: Path, told: Path, keys: dict[str, str]) -> Iterator[Served]:
    """``lvyue serve`` on a copy, in ``folder``, of the store in ``told``."""
    shutil.copytree(told, folder, dirs_exist_ok=True)
    with serving(folder, seeded=False, store=f"sqlite:///{folder / 'story.db'}", first=CLOCK) as server:
        server.keys.update(keys)
        yield server
