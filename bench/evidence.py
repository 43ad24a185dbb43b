"""The dispute package and single proofs against their targets (issue 3, Speed).

One contract of 20,000 facts is scattered through a log of 1,000,000. Every figure is measured in its own process,
from a store just opened. Nothing is asserted: read the table. ``--quick`` uses a twentieth of all sizes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from bench.ledger import history, terms
from bench.store import DRAFT
from ledger.service import Ledger

ROUNDS = 20  # rounds in which the log is filled, each with a checkpoint and a part of the contract
OTHERS = 50  # contracts that the rest of the log belongs to

EXPORT = """
import datetime as dt, resource, sys, time
from pathlib import Path
from ledger.evidence.export import Wanted, export
from ledger.exporting import exporting
from ledger.service import Ledger, Question
url, contract, out, pdf = sys.argv[1:]
start = time.perf_counter()
ledger = Ledger(url)
report = pdf == "pdf"
source = exporting(ledger, contract, Question(as_of=dt.date(2026, 9, 1)), weighed=report)
export(source, Wanted(pdf=report), Path(out))
elapsed = time.perf_counter() - start
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(elapsed, time.process_time(), memory, Path(out).stat().st_size / 1e6)
"""
PROOF = """
import random, sys, time
from ledger.log.keys import open_keyring
from ledger.log.log import TransparencyLog
from ledger.store import open_store
url, size, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
ring = open_keyring(None, {}, sm2=False)
warmed = open_store(url)
TransparencyLog(warmed, ring).inclusion(0, size)
warmed.close()
best = 1.0
for index in random.Random(1).sample(range(size), 25):
    start = time.perf_counter()
    store = open_store(url)
    opened = time.perf_counter()
    TransparencyLog(store, ring).inclusion(index, size)
    done = time.perf_counter()
    store.close()
    best = min(best, done - opened)
    print(opened - start, done - opened)
"""


def filled(url: str, total: int, own: int) -> str:
    """Fill a log with ``total`` facts, including a contract of ``own`` spread throughout; returns the contract."""
    ledger = Ledger(url, create=True)
    contract = ledger.register(terms()).fact.contract
    facts = list(history(own - 1))
    for turn in range(ROUNDS):
        ledger.record(contract, facts[turn * own // ROUNDS : (turn + 1) * own // ROUNDS])
        for other in range(OTHERS):
            drafts = [DRAFT] * ((total - own) // ROUNDS // OTHERS)
            ledger.store.append(f"OTHER-{other}", drafts, now=ledger.clock, recorded_by="local")
        ledger.checkpoint()
    ledger.store.close()
    return contract


def told(program: str, *arguments: str) -> list[list[float]]:
    """The numbers printed by a program run in its own process, by line."""
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    return [[float(number) for number in line.split()] for line in done.stdout.splitlines()]


def main() -> None:
    total, own = (50_000, 1_000) if "--quick" in sys.argv else (1_000_000, 20_000)
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{name}/log.db"
        contract = filled(url, total, own)
        print(f"a contract of {own:,} facts in a log of {total:,}")
        for kind, wanted in (("plain", 3), ("pdf", 10)):
            ((seconds, cpu, megabytes, size),) = told(EXPORT, url, contract, f"{name}/{kind}.zip", kind)
            name_ = "package with the report" if kind == "pdf" else "package without the report"
            print(f"{name_:28} {seconds:6.2f} s (processor {cpu:.2f} s)  {megabytes:4.0f} MB  zip {size:4.1f} MB"
                  f"   (wanted ≤ {wanted} s, ≤ 500 MB)")  # fmt: skip
        log = Ledger(url).custody.log
        keys = Path(name, "keys.txt")
        keys.write_text("".join(f"{known.key}\n" for known in log.known_keys()))
        size = log.size()
        opening, proving = (sorted(column) for column in zip(*told(PROOF, url, str(size), name), strict=True))
        middle = len(proving) // 2
        print(f"inclusion proof, cold open    {proving[middle] * 1e3:8.2f} ms   worst {proving[-1] * 1e3:5.2f}"
              f"   opening the store {opening[middle] * 1e3:5.2f} ms   (wanted ≤ 1)")  # fmt: skip


if __name__ == "__main__":
    main()
