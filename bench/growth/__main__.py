"""Growth of the time per fact with the number of facts of one kind. Wanted: at most 1.5 × when they double.

Processor time, as other work may share the machine. ``python -m bench.growth [KIND…] [--sizes 250,500,…] [--works …]``;
work that took longer than a quarter of ``MOST`` seconds is not tried at the next size. Nothing is asserted: read the
table. All kinds together take some ten minutes of processor. ``tests/test_growth.py`` counts the work instead.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import math
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.growth import cloud, general, operations
from bench.growth.histories import FIRST, Kind, beginning, terms_of
from ledger.evidence.export import Wanted, export
from ledger.exporting import exporting
from ledger.portfolio_rows import rows_of
from ledger.service import Ledger, Question

KINDS = general.KINDS | cloud.KINDS | operations.KINDS
SIZES = (500, 1_000)
WORKS = ("record", "status", "other day", "replay", "explain", "diff", "row", "export")
WANTED = 1.5
MOST = 20.0  # seconds
NOW = int(dt.datetime(2060, 1, 1, tzinfo=dt.UTC).timestamp()) * 1_000_000


def measured(folder: Path, kind: Kind, size: int, tired: set[str]) -> Iterator[tuple[str, float]]:
    """Processor seconds for each work on ``size`` facts of the kind, except works in ``tired``, which took too long."""
    url = f"sqlite:///{folder / 'ledger.db'}"
    ledger = Ledger(url, create=True, clock=lambda: NOW)
    contract = ledger.register(terms_of(kind.agreement)).fact.contract
    ledger.record(contract, list(beginning(kind.agreement)))
    facts = list(kind.make(size))
    last = max(dt.date.fromisoformat(one["on"][:10]) for one in facts)
    before = last - (last - FIRST) // 4

    def record() -> None:
        for start in range(0, len(facts), 50):
            ledger.record(contract, facts[start : start + 50])

    if "record" in tired:
        return
    yield "record", _seconds(record)
    asked, earlier = Question(as_of=last), Question(as_of=before)
    works: dict[str, Callable[[Ledger], object]] = {
        "status": lambda ledger: ledger.status(contract, asked),
        "other day": lambda ledger: ledger.status(contract, earlier),
        "replay": lambda ledger: ledger.replay(contract, asked),
        "explain": lambda ledger: ledger.explain(contract, kind.path, asked),
        "diff": lambda ledger: ledger.diff(contract, earlier, asked),
        "row": lambda ledger: rows_of(ledger._streams, [contract], NOW),
        "export": lambda ledger: export(exporting(ledger, contract, asked), Wanted(pdf=False), folder / "package.zip"),
    }
    ledger.store.close()
    ledger = Ledger(url, clock=lambda: NOW)
    for work, do in works.items():
        if work not in tired:
            yield work, _seconds(lambda do=do, ledger=ledger: do(ledger))  # type: ignore[misc]
    ledger.store.close()


def _seconds(do: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    do()
    return time.process_time() - start


def main() -> None:
    """Print, for each kind and work, µs per fact at each size and the growth from the size before."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--works", default=",".join(WORKS))
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    given = parser.parse_args()
    works = given.works.split(",")
    sizes = [int(size) for size in given.sizes.split(",")]
    print(f"{'':44}" + "".join(f"{size:>8}      " for size in sizes) + " µs a fact, × the size before; * over 1.5")
    for kind in given.kinds or KINDS:
        found: dict[str, dict[int, float]] = {work: {} for work in WORKS}
        tired = set(WORKS[1:]) - set(works)
        for size in sizes:
            with tempfile.TemporaryDirectory() as name:
                for work, seconds in measured(Path(name), KINDS[kind], size, tired):
                    found[work][size] = seconds / size * 1e6
                    if seconds > MOST / 4:
                        tired.add(work)
        for work in works:
            print(f"{kind:34}{work:10}" + "".join(_cells(found[work], sizes)), flush=True)


def _cells(found: dict[int, float], sizes: list[int]) -> Iterator[str]:
    before: tuple[int, float] | None = None
    for size in sizes:
        if size not in found:
            yield f"{'–':>8}      "
            continue
        grew = "      "
        if before is not None:
            times = found[size] / before[1]
            grew = f" {times:4.2f}{'*' if times > WANTED ** math.log2(size / before[0]) else ' '}"
        yield f"{found[size]:8.0f}{grew}"
        before = size, found[size]


if __name__ == "__main__":
    main()
