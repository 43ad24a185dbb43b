"""The API against its floors, each in its own process, on loopback.

    python -m bench.api [requests]

- warm status against a trivial FastAPI endpoint that returns the same bytes;
- durable single-fact POSTs over 16 connections against sequential service calls without HTTP; also over 1 and 4,
  where fewer requests can share a commit (with one, none), which is printed without a target;
- the 99th percentile of a status at 16 connections against its median;
- a warm status while long questions about another contract run, against the same alone;
- the server's memory over many requests.
"""

from __future__ import annotations

import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

from bench.ledger import history
from bench.load import drive, once, open_line, request
from ledger.service import Ledger
from tests.api.server import AT, CONTRACT, Served, serving, system, terms

STORY = Path(__file__).parents[1] / "contracts/cu12-1101-2025-018605.story.jsonl"
TRIVIAL = """
import socket, sys, uvicorn
from fastapi import FastAPI, Response
app, body = FastAPI(), open(sys.argv[1], "rb").read()
@app.get("/status")
def status() -> Response:
    return Response(body, media_type="application/json")
sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
sock.bind(("127.0.0.1", 0))
sock.listen(1024)
print(sock.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False)).run(sockets=[sock])
"""


class Ratio(NamedTuple):
    """The median of the ratios of ours to theirs, and both rates (requests per second)."""

    ratio: float
    ours: float
    theirs: float


def rates(found: Ratio) -> str:
    return f"{found.ours:.0f}/s, {found.theirs:.0f}/s"


def turns(ours: Callable[[int], float], theirs: Callable[[int], float], count: int, times: int) -> Ratio:
    """Run both in turn, ``count`` requests at a time, so that a busy machine slows both alike; both return seconds."""
    pairs = [(count / ours(count), count / theirs(count)) for _ in range(times)]
    ratio = statistics.median(one / other for one, other in pairs)
    return Ratio(ratio, statistics.median(one for one, _ in pairs), statistics.median(other for _, other in pairs))


def resident(pid: int | None) -> float:
    """Resident memory in MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024


def told(served: Served) -> None:
    """Record the contract's story up to now, through the service, beside the running server."""
    ledger = Ledger(served.store)
    for line in STORY.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            ledger.record(CONTRACT, [json.loads(line)])
    ledger.store.close()


def posting(served: Served, connections: int) -> Ratio:
    """Durable single-fact writes over ``connections``, against the service alone on a store of its own."""
    numbers, key = itertools.count(), served.keys["bureau"]
    lines = [open_line(served.url) for _ in range(connections)]

    def over(count: int) -> float:
        facts = [system(f"{connections}-{next(numbers)}") for _ in range(count)]
        bodies = [json.dumps(fact).encode() for fact in facts]
        return drive(lines, [request("POST", f"{AT}/facts", key, body) for body in bodies], 201).seconds

    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(f"sqlite:///{folder}/bench.db", create=True)
        ledger.register(terms())

        def straight(count: int) -> float:
            facts = [system(f"own-{next(numbers)}") for _ in range(count)]
            begun = time.perf_counter()
            for fact in facts:
                ledger.record(CONTRACT, [fact])
            return time.perf_counter() - begun

        over(100), straight(100)
        found = turns(over, straight, 200, 15)
        ledger.store.close()
    return found


def long_contract(served: Served, facts: int = 10_000) -> str:
    """Record another contract of ``facts`` facts through the service, beside the running server; returns its number."""
    ledger, number = Ledger(served.store), "LONG-1"
    ledger.register(terms(number))
    for start in range(0, facts, 1000):
        ledger.record(number, list(history(facts))[start : start + 1000])
    ledger.store.close()
    return number


def beside(served: Served, what: str, status: bytes, seconds: float = 5.0) -> tuple[float, float, int]:
    """The slowest warm status of some seconds alone, and of as many while another connection asks ``what``, as of
    another day each time so that no answer is remembered (ms); and how often it was answered.
    """
    line, other, asked = open_line(served.url), open_line(served.url), 0
    once(line, status)  # the first after facts were recorded is a cold one
    alone = max(drive([line], lasting(status, seconds)).each)
    stop = Event()

    def asking() -> None:
        nonlocal asked
        for number in itertools.count():
            if stop.is_set():
                return
            as_of = date(2026, 1, 1) + timedelta(number % 300)
            other.ask(request("GET", f"{what}?as_of={as_of}", served.keys["audit"]))
            while other.whole() is None:
                pass
            asked += 1

    thread = Thread(target=asking)
    thread.start()
    worst = max(drive([line], lasting(status, seconds)).each)
    stop.set()
    thread.join()
    return alone * 1000, worst * 1000, asked


def lasting(status: bytes, seconds: float) -> Iterator[bytes]:
    """A request again and again."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield status


def main(requests: int) -> int:
    held = []

    def floor(name: str, ratio: float, least: float | None = None, most: float | None = None, detail: str = "") -> None:
        good = (least is None or ratio >= least) and (most is None or ratio <= most)
        held.append(good)
        wanted = f">= {least}" if least is not None else f"<= {most}"
        print(f"{'ok  ' if good else 'FAIL'} {name}: {ratio:.2f} ({wanted}) {detail}", flush=True)

    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), rate=10_000) as served:
        told(served)
        status = request("GET", f"{AT}/status", served.keys["bureau"])
        near = open_line(served.url)
        file = Path(folder, "body.json")
        file.write_bytes(once(near, status))
        trivial = subprocess.Popen([sys.executable, "-c", TRIVIAL, str(file)], stdout=subprocess.PIPE, text=True)
        try:
            assert trivial.stdout is not None
            far, plain = open_line(f"http://127.0.0.1:{trivial.stdout.readline().strip()}"), request("GET", "/status")
            found = turns(
                lambda count: drive([near], [status] * count).seconds,
                lambda count: drive([far], [plain] * count).seconds, 200, 15,
            )  # fmt: skip
            floor("warm status / trivial endpoint", found.ratio, least=0.5, detail=rates(found))
        finally:
            trivial.terminate()
            trivial.wait()
        each = drive([open_line(served.url) for _ in range(16)], [status] * 4800).each
        median, worst = statistics.median(each) * 1000, statistics.quantiles(each, n=100)[98] * 1000
        floor("p99 / median at 16 connections", worst / median, most=5.0, detail=f"{median:.2f} ms, {worst:.2f} ms")
        for connections in (1, 4):
            found = posting(served, connections)
            print(f"     POST / service call, {connections} at once: {found.ratio:.2f} {rates(found)}", flush=True)
        found = posting(served, 16)
        floor("POST / service call, 16 at once", found.ratio, least=0.6, detail=rates(found))
        number = long_contract(served)
        for what in ("status", "sensitivity", "replay"):
            alone, worst, asked = beside(served, f"/api/v1/contracts/{number}/{what}", status)
            floor(f"warm status beside {what}, ms more", worst - alone, most=100.0,
                  detail=f"{alone:.1f} ms alone, {worst:.1f} ms beside {asked}")  # fmt: skip
        drive([near], [status] * (requests // 10))
        before = resident(served.process.pid)
        drive([near], itertools.repeat(status, requests))
        after = resident(served.process.pid)
        detail = f"{before:.1f} to {after:.1f} over {requests} requests"
        floor("memory grown, MiB", after - before, most=8.0, detail=detail)
    return 0 if all(held) else 1


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
