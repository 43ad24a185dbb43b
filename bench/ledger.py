"""The ledger against its floors: recording, cold and warm status, a whole process, memory (issue 13, Speed).

Each figure is a ratio to a floor measured in the same run, in processor seconds (user + system), which leave out
waiting for the disk; recording also by the clock. Nothing is asserted: read the table.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from bench.store import raw_commits, raw_table
from ledger.domain.terms import document_json
from ledger.service import Ledger, Question

CONTRACTS = Path(__file__).resolve().parent.parent / "contracts"
AS_OF = dt.date(2026, 9, 1)
Envelope = dict[str, Any]


def terms(number: str | None = None) -> dict[str, Any]:
    """The real contract's terms, under another number where one is given."""
    text = (CONTRACTS / "cu12-1101-2025-018605.toml").read_text(encoding="utf-8")
    document = document_json(tomllib.loads(text))
    if number is not None:
        document["contract"]["id"] = number
    return document


def history(count: int, seed: int = 1) -> Iterator[Envelope]:
    """``count`` facts of many types over ten months, in order of time, as a client would send them."""
    rng = random.Random(seed)
    yield from _beginning()
    made = 13
    number = 0
    while made < count:
        number += 1
        day = (dt.date(2025, 12, 2) + dt.timedelta(days=300 * made // count)).isoformat()
        for envelope in _happening(rng, number, day):
            if made < count:
                made += 1
                yield envelope


def _beginning() -> Iterator[Envelope]:
    for party in ("party_a", "party_b"):
        yield fact("ContractSigned", "2025-11-19", party, party=party)
    yield fact("LeaseStarted", "2025-12-01", "party_a")
    for system in range(10):
        yield fact(
            "SystemRegistered", "2025-12-01", "party_a", system=f"s{system}", name="业务系统",
            annual_fee="120000.00", mlps_level=3, important=False,
        )  # fmt: skip


def _happening(rng: random.Random, number: int, day: str) -> list[Envelope]:
    chance, system = rng.random(), f"s{number % 10}"
    if chance < 0.35:
        return [fact("ServicePerformed", day, "party_b", service="vcpu", units=1)]
    if chance < 0.5:
        invoice = fact(
            "InvoiceIssued", day, "party_b", invoice=f"I{number}", instalment=1, amount="10.00", tax_rate="0.06"
        )
        payment = fact("PaymentMade", day, "party_a", payment=f"P{number}", invoice=f"I{number}", amount="10.00")
        return [invoice, payment]
    if chance < 0.65:
        measures = {"scope": "system", "system": system, "duration_minutes": rng.randrange(200)}
        return [fact("IncidentReported", day, "supervisor", incident=f"i{number}", kind="outage", **measures)]
    if chance < 0.75:
        asked = fact("MonitoringReportRequested", day, "party_a", report=f"r{number}", due_on=day)
        return [asked, fact("MonitoringReportDelivered", day, "party_b", report=f"r{number}")]
    if chance < 0.85:
        return [fact("ComplaintFiled", day, "party_a", complaint=f"c{number}", system=system, subject="other")]
    over = dt.date.fromisoformat(day).replace(day=1) - dt.timedelta(days=1)  # a month is reported when it is over
    month = over.isoformat()[:7]
    level = {"month": month, "system": system, "response_minutes": rng.randrange(70), "consequence": "problem"}
    return [fact("ServiceLevelReported", day, "party_a", **level)]


def fact(type_: str, on: str, by: str, **data: object) -> Envelope:
    return {"type": type_, "on": on, "by": by, "data": data}


def timed(action: Callable[[], object]) -> float:
    """Processor seconds of ``action``, including those of processes it waited for."""
    begun = spent()
    action()
    return spent() - begun


class Spent(NamedTuple):
    """Seconds of the processor, and by the clock."""

    processor: float = 0.0
    clock: float = 0.0

    def and_of(self, action: Callable[[], object]) -> Spent:
        """These, and those of ``action``."""
        began, clock = spent(), time.perf_counter()
        action()
        return Spent(self.processor + spent() - began, self.clock + time.perf_counter() - clock)


def spent() -> float:
    """Processor seconds used so far."""
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def best(action: Callable[[], object], rounds: int = 5) -> float:
    return min(timed(action) for _ in range(rounds))


# -- the figures ------------------------------------------------------------------------------------


def one_by_one(folder: Path) -> tuple[Spent, Spent]:
    """For 1,000 facts, one durable commit each: raw sqlite3 and the ledger."""
    ledger = Ledger(f"sqlite:///{folder / 'single.db'}", create=True)
    contract = ledger.register(terms()).fact.contract
    facts = list(history(1_000))
    raw = ours = Spent()
    with raw_table(folder) as connection:
        for turn in range(10):
            chunk = facts[turn * 100 : turn * 100 + 100]
            streams = [f"{turn}-{number}" for number in range(100)]
            raw = raw.and_of(partial(raw_commits, connection, streams, 0, 1, b"x" * 350))
            ours = ours.and_of(lambda chunk=chunk: [ledger.record(contract, [one]) for one in chunk])  # type: ignore[misc]
    ledger.store.close()
    return raw, ours


def in_bulk(folder: Path, contracts: int, each: int) -> tuple[Spent, Spent]:
    """For ``contracts`` × ``each`` facts: raw sqlite3 at 100 rows a commit, the ledger including parsing."""
    (folder / "bulk").mkdir()
    ledger = Ledger(f"sqlite:///{folder / 'bulk.db'}", create=True)
    numbers = [f"BULK-{number:05}" for number in range(contracts)]
    for number in numbers:
        ledger.register(terms(number))
    lines = [orjson.dumps(one) for one in history(each)]
    raw = ours = Spent()
    with raw_table(folder / "bulk") as connection:
        for start in range(0, contracts, 100):
            chunk = numbers[start : start + 100]
            raw = raw.and_of(partial(raw_commits, connection, chunk, 0, each, b"x" * 350))
            ours = ours.and_of(
                lambda chunk=chunk: [  # type: ignore[misc]
                    ledger.record(number, [orjson.loads(line) for line in lines]) for number in chunk
                ]
            )
    ledger.store.close()
    return raw, ours


def filled(folder: Path, count: int) -> tuple[str, str]:
    """Make a store with one contract of ``count`` facts; returns its URL and the contract."""
    url = f"sqlite:///{folder / f'long-{count}.db'}"
    ledger = Ledger(url, create=True)
    contract = ledger.register(terms()).fact.contract
    facts = list(history(count))
    for start in range(0, count, 1_000):
        ledger.record(contract, facts[start : start + 1_000])
    ledger.store.close()
    return url, contract


def cold(url: str, contract: str) -> tuple[float, float]:
    """Seconds to read and decode the rows with orjson, and to answer ``status`` with empty caches."""

    def floor() -> None:
        ledger = Ledger(url)
        for _, _, leaf in ledger.store.rows(contract):
            orjson.loads(leaf)
        ledger.store.close()

    def ours() -> None:
        ledger = Ledger(url)
        ledger.status(contract, Question(as_of=AS_OF))
        ledger.store.close()

    return best(floor), best(ours)


def warm(url: str, contract: str) -> float:
    """Seconds for the same question again."""
    ledger = Ledger(url)
    ledger.status(contract, Question(as_of=AS_OF))
    elapsed = best(lambda: ledger.status(contract, Question(as_of=AS_OF)), 50)
    ledger.store.close()
    return elapsed


def replay(url: str, contract: str) -> float:
    """Seconds for a replay, which shows what every fact changed; the facts are cached."""
    ledger = Ledger(url)
    ledger.status(contract, Question(as_of=AS_OF))
    elapsed = best(lambda: ledger.replay(contract, Question(as_of=AS_OF)), 2)
    ledger.store.close()
    return elapsed


def any_day(folder: Path) -> tuple[float, float]:
    """Seconds, median and worst, for a status on any day of two years of the story's contract, once swept."""
    ledger = Ledger(f"sqlite:///{folder / 'story.db'}", create=True)
    contract = ledger.register(terms()).fact.contract
    story = (CONTRACTS / "cu12-1101-2025-018605.story.jsonl").read_text(encoding="utf-8").splitlines()
    ledger.record(contract, [orjson.loads(line) for line in story if line and not line.startswith("#")])
    days = [dt.date(2025, 11, 1) + dt.timedelta(days=step) for step in range(760)]
    for day in days:
        ledger.status(contract, Question(as_of=day))
    random.Random(7).shuffle(days)
    each = sorted(timed(lambda day=day: ledger.status(contract, Question(as_of=day))) for day in days)  # type: ignore[misc]
    ledger.store.close()
    return each[len(each) // 2], each[-1]


def whole_process(folder: Path) -> tuple[float, float]:
    """Seconds for the floor's process and for ``lvyue status`` on the story, both with byte code compiled before."""
    url = f"sqlite:///{folder / 'story.db'}"
    command = [sys.executable, "-m", "ledger.cli", "--store", url, "status", terms()["contract"]["id"]]
    floor = [sys.executable, "-c", "import sqlite3, decimal, dataclasses"]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "check": True, "env": {**os.environ, "NO_COLOR": "1"}}
    quiet["env"].pop("PYTHONDONTWRITEBYTECODE", None)
    return best(lambda: subprocess.run(floor, **quiet), 15), best(lambda: subprocess.run(command, **quiet), 15)


def memory(url: str, contract: str, count: int) -> float:
    """Bytes a fact at the peak of a sweep, in a process of its own, above an empty ledger's."""
    program = (
        "import sys, datetime as dt\n"
        "from ledger.service import Ledger, Question\n"
        "def peak():\n"  # not ru_maxrss, which a child inherits from its parent
        "    lines = open('/proc/self/status').read().splitlines()\n"
        "    return next(int(line.split()[1]) for line in lines if line.startswith('VmHWM')) * 1024\n"
        "ledger = Ledger(sys.argv[1])\n"
        "before = peak()\n"
        "ledger.status(sys.argv[2], Question(as_of=dt.date(2026, 9, 1)))\n"
        "print(peak() - before)\n"
    )
    found = subprocess.run([sys.executable, "-c", program, url, contract], capture_output=True, text=True, check=True)
    return int(found.stdout) / count


def beside(raw: Spent, ours: Spent, facts: float) -> str:
    """µs a fact and its ratio to raw, by processor and by the clock."""
    return (f"{ours.processor / facts * 1e6:8.1f} µs   ratio {raw.processor / ours.processor:5.2f};"
            f" clock {ours.clock / facts * 1e6:8.1f} µs   ratio {raw.clock / ours.clock:5.2f}")  # fmt: skip


def main() -> None:
    """Print the table; ``--quick`` leaves out measurements that take minutes."""
    quick = "--quick" in sys.argv
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"record one fact durably        {beside(*one_by_one(folder), 1e3)}   (wanted ≥ 0.6)")
        contracts = 100 if quick else 1_000
        print(f"record in bulk, {contracts:5} contracts {beside(*in_bulk(folder, contracts, 100), 100 * contracts)}"
              "   (wanted ≥ 0.35)")  # fmt: skip
        url, contract = filled(folder, 10_000)
        floor, small = cold(url, contract)
        print(f"cold status, 10,000 facts      {small * 1e3:8.0f} ms   ratio {small / floor:5.2f}   (wanted ≤ 4)")
        told = replay(url, contract)
        print(f"replay, 10,000 facts           {told * 1e3:8.0f} ms   x cold {told / small:5.2f}  (wanted ≤ 5)")
        print(f"warm status, 10,000 facts      {warm(url, contract) * 1e3:8.2f} ms                 (wanted ≤ 1)")
        if not quick:
            url, contract = filled(folder, 100_000)
            _, large = cold(url, contract)
            print(f"cold status, 100,000 facts     {large * 1e3:8.0f} ms   growth {large / small:4.1f}   (wanted ≤ 12)")
            each = memory(url, contract, 100_000)
            print(f"memory while sweeping 100,000  {each:8.0f} B/fact            (wanted ≤ 2048)")
        middle, worst = any_day(folder)
        print(f"any day, story, once swept     {middle * 1e3:8.2f} ms   worst {worst * 1e3:5.2f}   (wanted ≤ 1)")
        floor, ours = whole_process(folder)
        print(f"lvyue status, whole process    {ours * 1e3:8.0f} ms   ratio {ours / floor:5.2f}   (wanted ≤ 3)")


if __name__ == "__main__":
    main()
