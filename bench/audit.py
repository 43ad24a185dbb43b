"""The audit against its floor: reading every leaf and hashing it once, in the same run (issue 3, Speed).

``python -m bench.audit [FACTS]``; by default a million facts of 50 contracts. Nothing is asserted: read the table.
Times are processor seconds, so that other work on the machine counts for neither side.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from ledger.service import Ledger
from ledger.store import Draft, Store

CONTRACTS = 50
BATCH = 2_000
START = 1_795_327_200_000_000  # 2026-11-22T06:00:00Z in µs


def fill(ledger: Ledger, facts: int) -> None:
    """Append ``facts`` facts in batches, with a checkpoint after every tenth of them."""
    made = 0
    while made < facts:
        contract = f"CU12-{made // BATCH % CONTRACTS}"
        count = min(BATCH, facts - made)
        drafts = [
            Draft("ServicePerformed.v1", "2026-05-01", "party_b", None, {"service": "vcpu", "units": made + number})
            for number in range(count)
        ]  # fmt: skip
        ledger.store.append(contract, drafts, now=lambda: START, recorded_by="local")
        if made // (facts // 10) != (made + count) // (facts // 10):
            ledger.checkpoint()
        made += count


def floor(store: Store) -> float:
    began = time.process_time()
    for _, leaf in store.leaves():
        sha256(leaf).digest()
    return time.process_time() - began


def main(facts: int = 1_000_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(f"sqlite:///{Path(folder) / 'audit.db'}", clock=lambda: START, create=True)
        fill(ledger, facts)
        floor(ledger.store)  # fills the page cache
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        best, ratio = 9e9, 0.0
        for _ in range(3):
            least = floor(ledger.store)
            began = time.process_time()
            found = ledger.audit()
            taken = time.process_time() - began
            assert found.sound and found.facts == facts, found.findings
            best, ratio = min(best, taken), max(ratio, least / taken)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        each = best / facts * 1e6
        print(f"audit of {facts:,} facts, {found.checkpoints} checkpoints: {best:.2f} s, {each:.2f} µs each")
        print(f"against reading and hashing once: {ratio:.2f} (wanted: 0.25)")
        print(f"memory at its highest: {after / 1024:.0f} MB; the audit added {(after - before) / 1024:.0f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
