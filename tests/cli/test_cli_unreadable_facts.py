"""A fact that this program cannot read: upgrade (STORE_NEWER, exit 1), or an alarm (LEAF_BROKEN, exit 3)."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.store import Draft, open_store
from tests.cli.conftest import Lvyue

NEWER = Draft("InvoiceIssued.v99", "2025-11-24", "party_b", None, {"invoice": "I-1"})
UNKNOWN = Draft("DroneDispatched.v1", "2025-11-24", "party_b", None, {"drone": "D-1"})
TORN = Draft("InvoiceIssued.v1", "2025-11-24", "party_b", None, {"invoice": "I-1"})
NO_DAY = Draft("ContractSigned.v1", "24 November", "party_b", None, {"party": "party_b"})
NO_TYPE = Draft("", "2025-11-24", "party_b", None, {})
NO_AMOUNT = Draft(
    "InvoiceIssued.v1", "2025-11-24", "party_b", None, {"invoice": "I-1", "instalment": 1, "amount": "much"}
)


@pytest.mark.parametrize(("draft", "code", "status"), [
    (NEWER, "STORE_NEWER", 1), (UNKNOWN, "STORE_NEWER", 1), (TORN, "LEAF_BROKEN", 3), (NO_DAY, "LEAF_BROKEN", 3),
    (NO_TYPE, "LEAF_BROKEN", 3), (NO_AMOUNT, "LEAF_BROKEN", 3),
])  # fmt: skip
def test_every_verb_that_reads_such_a_fact_says_that_the_store_is_at_fault(
    lvyue: Lvyue, signed: str, tmp_path: Path, draft: Draft, code: str, status: int
) -> None:
    with open_store(f"sqlite:///{tmp_path / 'lvyue.db'}") as store:
        store.append(signed, [draft], now=store.last_moment, recorded_by="another")
    verbs = [["status", signed], ["portfolio"], ["facts", signed], ["explain", signed, "phase"], ["replay", signed]]
    for verb in verbs:
        ran = lvyue(*verb, "--json", "--lang", "en")
        told = ran.json[-1] if verb[0] == "facts" else ran.json  # a list that was begun ends with the error
        assert (ran.status, told["error"]["code"]) == (status, code), verb
        assert "Traceback" not in ran.err
