"""What turns on readings: seconds for `sensitivity` and `robust`, by one process and by all. Nothing is asserted.

Wanted: the story (some 70 facts) within 1 s, 1,000 facts within 10 s. ``python -m bench.readings [COUNT…]``
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from bench.ledger import AS_OF, history, terms
from ledger.cli.forking import forked
from ledger.projections.sensitivity import Each
from ledger.service import Ledger, Question

COUNTS = (70, 1_000, 2_000)


def main(counts: tuple[int, ...]) -> None:
    print(f"{'facts':>7} {'plain':>8} {'alone':>8} {'of it CPU':>10} {'together':>9} {'tried':>6} {'turning':>8}")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            one(Ledger(f"sqlite:///{Path(folder) / 'ledger.db'}", create=True), count)


def one(ledger: Ledger, count: int) -> None:
    contract = ledger.register(terms()).fact.contract
    ledger.record(contract, list(history(count - 1)))
    began = time.perf_counter()
    ledger.status(contract, Question(as_of=AS_OF))
    plain = time.perf_counter() - began
    alone, cpu, robust = asked(ledger, contract, map)
    together, _, _ = asked(ledger, contract, forked)
    turning = sum("changed_by" in path for path in robust["paths"])
    seconds = f"{plain:>6.2f} s {alone:>6.2f} s {cpu:>8.2f} s {together:>7.2f} s"
    print(f"{count:>7} {seconds} {robust['tried']:>6} {turning:>8}")


def asked(ledger: Ledger, contract: str, each: Each) -> tuple[float, float, dict[str, list[dict[str, object]]]]:
    """Seconds by the clock and of the processor, and what it came to."""
    began, used = time.perf_counter(), time.process_time()
    answer = ledger.status(contract, Question(as_of=AS_OF, sensitivity=True), each=each)
    return time.perf_counter() - began, time.process_time() - used, answer["robust"]


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or COUNTS)
