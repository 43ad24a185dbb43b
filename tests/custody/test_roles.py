"""Roles are those held at the moment of recording, whoever changed them meanwhile (SPEC 2.1)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from ledger.domain.errors import Refusal
from ledger.service import Ledger
from ledger.store import Store, open_store
from tests.api.server import terms

CONTRACT = "ROLES-1"


@pytest.fixture
def ledger(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.setenv("LVYUE_KEYS", str(tmp_path / "keys"))
    ledger = Ledger(url, create=True)
    ledger.register(terms(CONTRACT))
    yield ledger
    ledger.store.close()


@pytest.fixture
def elsewhere(ledger: Ledger) -> Iterator[Store]:
    with open_store(ledger.store.url) as store:
        yield store


def granted(store: Store, **roles: str) -> None:
    store.put("principal", "clerk", json.dumps({"roles": roles}).encode(), at=1)


def system(name: str) -> dict[str, Any]:
    data = {"system": name, "name": name, "annual_fee": "1.00", "mlps_level": 3, "important": False}
    return {"type": "SystemRegistered", "on": "2025-12-02", "by": "party_a", "data": data}


@pytest.mark.parametrize("together", [False, True], ids=["by itself", "in a group"])
def test_given_roles_changed_elsewhere_then_the_next_fact_is_recorded_under_those(
    ledger: Ledger, elsewhere: Store, together: bool
) -> None:
    def recorded(name: str) -> tuple[int, tuple[str, ...] | None]:
        with ledger.group_commit() if together else nullcontext():
            [done] = ledger.record(CONTRACT, [system(name)], recorded_by="clerk")
        return done.fact.seq, done.fact.recorded_roles

    assert recorded("a") == (2, None), "nobody knows of the clerk yet"
    granted(elsewhere, **{CONTRACT: "party_a"})
    assert recorded("b") == (3, ("party_a",))
    granted(elsewhere, **{CONTRACT: "supervisor"})
    assert recorded("c") == (4, ("supervisor",))
    granted(ledger.store, **{"*": "auditor"})
    assert recorded("d") == (5, ("auditor",))
    elsewhere.remove("principal", "clerk")
    assert recorded("e") == (6, None)
    stored = [leaf.get("recorded_roles") for _, leaf, _ in elsewhere.decoded(CONTRACT)]
    assert stored[1:] == [None, ["party_a"], ["supervisor"], ["auditor"], None]


def test_given_a_role_kept_as_text_then_nothing_is_recorded_under_it(tmp_path: Path) -> None:
    ledger = Ledger(f"sqlite:///{tmp_path}/lvyue.db", create=True)
    ledger.register(terms(CONTRACT))
    granted(ledger.store, **{CONTRACT: "party_a"})
    ledger.record(CONTRACT, [system("a")], recorded_by="clerk")
    with open_store(ledger.store.url) as elsewhere, elsewhere.writing() as transaction:
        transaction.execute("UPDATE records SET value = CAST(value AS TEXT) WHERE kind = 'principal'")
    with pytest.raises(Refusal, match="STORE_BROKEN"):
        ledger.record(CONTRACT, [system("b")], recorded_by="clerk")
    assert ledger.version(CONTRACT) == 2
    ledger.store.close()
