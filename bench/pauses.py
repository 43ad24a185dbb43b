"""What a wait costs the work after it: one fact a commit in memory, with a pause before each in place of the disk's.

    python -m bench.pauses [facts]

Median processor µs per commit, the ledger's and raw sqlite3's, in turn, without a pause and after 0.3, 1 and 3 ms in
which the processor does other work or none. Nothing is flushed (``/dev/shm``, where there is one): what grows is what a
program pays that finds its caches cold. Nothing is asserted: read the table.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from bench.ledger import history, terms
from bench.store import raw_commits, raw_table
from ledger.service import Ledger

PAUSES = (None, 0.0003, 0.001, 0.003)  # seconds


def spent(action: Callable[[], object], pause: float | None) -> float:
    """Processor seconds of this thread for ``action``, begun after a pause."""
    if pause is not None:
        time.sleep(pause)
    began = time.thread_time()
    action()
    return time.thread_time() - began


def main(facts: int) -> None:
    """Print the table."""
    shared = Path("/dev/shm")
    with (
        tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as name, raw_table(Path(name)) as raw
    ):  # fmt: skip
        ledger = Ledger(f"sqlite:///{name}/ledger.db", create=True)
        contract = ledger.register(terms()).fact.contract
        told = history(facts * len(PAUSES) + 100)
        for _ in range(100):
            ledger.record(contract, [next(told)])
        for pause in PAUSES:
            ours, floor = list[float](), list[float]()
            for number in range(facts):
                ours.append(spent(partial(ledger.record, contract, [next(told)]), pause))
                floor.append(spent(partial(raw_commits, raw, [f"{pause}-{number}"], 0, 1, b"x" * 350), pause))
            each, least = median(ours), median(floor)
            print(f"after {(pause or 0) * 1e3:3.1f} ms: ours {each * 1e6:6.1f} µs, raw {least * 1e6:6.1f},"
                  f" ratio {least / each:.2f}")  # fmt: skip
        ledger.store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 600)
