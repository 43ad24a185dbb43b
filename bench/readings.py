"""The cost of trying readings (`sensitivity` and `robust`), in one process and in all, in seconds and in statuses.

Wanted: the story within 1 s, 1,000 facts within 10 s. ``plain`` is a status without them, with empty caches; ``ratio``
is processor time of one process to that. Nothing is asserted. ``python -m bench.readings [COUNT…]``, 0 for the story.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from pathlib import Path

import orjson

from bench.ledger import AS_OF, CONTRACTS, Envelope, history, terms
from ledger.cli.forking import forked
from ledger.projections.sensitivity import Each
from ledger.service import Ledger, Question

STORY = CONTRACTS / "cu12-1101-2025-018605.story.jsonl"
COUNTS = (0, 1_000, 2_000)
END = dt.date(2026, 11, 25)  # of the story


def main(counts: tuple[int, ...]) -> None:
    timed = f"{'plain':>9} {'alone':>8} {'of it CPU':>10} {'ratio':>6} {'together':>9}"
    print(f"{'facts':>7} {timed} {'tried':>6} {'turning':>8}")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            one(Ledger(f"sqlite:///{Path(folder) / 'ledger.db'}", create=True), count)


def one(ledger: Ledger, count: int) -> None:
    contract = ledger.register(terms()).fact.contract
    ledger.record(contract, list(history(count - 1)) if count else story())
    as_of = AS_OF if count else END
    began = time.process_time()
    found = ledger.status(contract, Question(as_of=as_of))
    plain = time.process_time() - began
    alone, cpu, robust = asked(ledger, contract, as_of, map)
    together, _, _ = asked(ledger, contract, as_of, forked)
    turning = sum("changed_by" in path for path in robust["paths"])
    seconds = f"{plain:>7.3f} s {alone:>6.2f} s {cpu:>8.2f} s {cpu / plain:>6.0f} {together:>7.2f} s"
    print(f"{count or found['facts']:>7} {seconds} {robust['tried']:>6} {turning:>8}")


def story() -> list[Envelope]:
    """The facts of the real contract's story."""
    lines = STORY.read_text(encoding="utf-8").splitlines()
    return [orjson.loads(line) for line in lines if line and not line.startswith("#")]


def asked(
    ledger: Ledger, contract: str, as_of: dt.date, each: Each
) -> tuple[float, float, dict[str, list[dict[str, object]]]]:
    """Seconds by the clock, processor seconds, and the answer."""
    began, used = time.perf_counter(), time.process_time()
    answer = ledger.status(contract, Question(as_of=as_of, sensitivity=True), each=each)
    return time.perf_counter() - began, time.process_time() - used, answer["robust"]


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or COUNTS)
