"""The cost per fact on one node, and by extrapolation that of 10⁹ facts: the figures of `docs/scale.md`.

Processor time of this process and those it starts, as other work may share the machine; bytes as counted by the file
system. ``python -m bench.scale [--contracts N] [--facts N]``. Nothing is asserted: read the table.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench.ledger import history, terms
from ledger.city.city import City
from ledger.log.handout import trust_file
from ledger.log.publishing import publish
from ledger.service import Ledger, now

BILLION = 10**9
COLLECTIONS = 20


class Cost(NamedTuple):
    """The cost of one work: processor seconds, and bytes stored."""

    what: str
    seconds: float
    bytes: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("--contracts", type=int, default=500)
    parser.add_argument("--facts", type=int, default=50, help="of each contract, its registration included")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        costs = measured(Path(folder), asked.contracts, asked.facts)
    count = asked.contracts * asked.facts
    print(f"{count:,} facts of {asked.contracts:,} contracts; {os.cpu_count()} processors")
    print(f"{'':34}{'µs a fact':>10}{'bytes a fact':>14}{'10⁹: core-hours':>17}{'GB':>8}")
    for cost in costs:
        each, bytes_ = cost.seconds / count, cost.bytes / count
        hours, gigabytes = each * BILLION / 3600, bytes_ * BILLION / 1e9
        print(f"{cost.what:34}{each * 1e6:10.1f}{bytes_:14.1f}{hours:17.1f}{gigabytes:8.0f}")
    with tempfile.TemporaryDirectory() as folder:
        seconds, bytes_ = city(Path(folder))
    print(f"a city's collection from one bureau: {seconds * 1000:.1f} ms of processor, {bytes_} bytes more to publish")


def measured(folder: Path, contracts: int, facts: int) -> list[Cost]:
    """Each work once over the same facts: recording, signing, publishing, sweeping, auditing."""
    file, public = folder / "scale.db", folder / "public"
    ledger = Ledger(f"sqlite:///{file}", create=True)
    numbers = [f"SCALE-{number}" for number in range(contracts)]
    documents = {number: terms(number) for number in numbers}
    told = list(history(facts - 1))

    def record() -> None:
        for number in numbers:
            with ledger.group_commit():
                ledger.register(documents[number])
                ledger.record(number, told)

    costs = [Cost("record, a commit a contract", processor(record))]
    costs.append(Cost("checkpoint over all of it", processor(ledger.checkpoint)))
    ledger.store.scrub()
    costs.append(Cost("kept in one SQLite file", 0.0, file.stat().st_size))
    head = ledger.custody.log.checkpoint(now())
    written = processor(lambda: publish(ledger.custody.log, head, public))
    costs.append(Cost("tiles, hashes only", written, size(public)))
    written = processor(lambda: publish(ledger.custody.log, head, public, leaves=ledger.store))
    costs.append(Cost("tiles of the facts, compressible", written, size(public / "tile/entries")))
    costs.append(Cost("portfolio anew, in one process", processor(ledger.projector.rebuild)))
    costs.append(Cost("audit, all read and swept again", processor(ledger.audit)))
    ledger.store.close()
    return costs


def city(folder: Path) -> tuple[float, int]:
    """Processor seconds to collect from a bureau that has grown by one fact, and the bytes added."""
    ledger = Ledger(f"sqlite:///{folder / 'bureau.db'}", create=True)
    contract = ledger.register(terms()).fact.contract
    log, tiles, public = ledger.custody.log, folder / "tiles", folder / "public"
    publish(log, log.checkpoint(now()), tiles)
    keys = {"LVYUE_KEYS": str(folder / "city.keys")}
    town = City(f"sqlite:///{folder / 'city.db'}", keys, now, origin="log.city.example")
    town.add("bureau", trust_file(log), str(tiles))
    spent = 0.0

    def collect() -> None:
        town.collect()
        town.publish(public)

    for fact in list(history(COLLECTIONS)):
        ledger.record(contract, [fact])
        publish(log, log.checkpoint(now()), tiles)
        spent += processor(collect)
    last = town.last(town.bureaus()[0])
    assert last is not None
    bytes_ = len(last.bytes) + 2 + 32  # an entry with its length in tile/entries, and its hash in tile/0
    for store in (town.store, ledger.store):
        store.close()
    return spent / COLLECTIONS, bytes_


def processor(action: Callable[[], object]) -> float:
    """Processor seconds of ``action``, including those of processes it started and waited for."""
    began = _spent()
    action()
    return _spent() - began


def _spent() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def size(folder: Path) -> int:
    """The total size of all files below a folder, in bytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
