"""The API against its floors, in processes of their own, on loopback.

    python -m bench.api [requests]

- warm status against a trivial FastAPI endpoint that returns the same bytes;
- a durable single-fact POST against the service call without HTTP;
- the 99th percentile of a status at 16 connections against its median;
- the server's memory over many requests.
"""

from __future__ import annotations

import http.client
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

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


def connection(url: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(url.removeprefix("http://"), timeout=60)


def once(to: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> bytes:
    to.request("GET", path, headers=headers)
    answer = to.getresponse()
    body = answer.read()
    assert answer.status == 200, body
    return body


def turns(
    ours: Callable[[], object], theirs: Callable[[], object], count: int, times: int
) -> tuple[float, float, float]:
    """The median of ours/theirs, and both rates a second: in turns, so that a busy machine slows both alike."""
    pairs = []
    for _ in range(times):
        taken = []
        for do in (ours, theirs):
            begun = time.perf_counter()
            for _ in range(count):
                do()
            taken.append(count / (time.perf_counter() - begun))
        pairs.append((taken[0], taken[1]))
    ratio = statistics.median(one / other for one, other in pairs)
    return ratio, statistics.median(one for one, _ in pairs), statistics.median(other for _, other in pairs)


def spread(url: str, path: str, headers: dict[str, str], connections: int = 16, each: int = 300) -> tuple[float, float]:
    """Median and 99th percentile, in ms, at so many connections at once."""
    taken: list[float] = []

    def work() -> None:
        to, own = connection(url), list[float]()
        for _ in range(each):
            begun = time.perf_counter()
            once(to, path, headers)
            own.append((time.perf_counter() - begun) * 1000)
        taken.extend(own)

    threads = [threading.Thread(target=work) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


def resident(process: subprocess.Popen[str]) -> float:
    """Resident memory in MiB."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024


def told(served: Served) -> None:
    """The contract's story up to now, told by the service beside the server."""
    ledger = Ledger(served.store)
    for line in STORY.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            ledger.record(CONTRACT, [json.loads(line)])
    ledger.store.close()


def posting(served: Served, headers: dict[str, str], connections: int) -> tuple[float, float, float]:
    """Durable single-fact writes over so many connections, against the service alone on a store of its own."""
    lines = [connection(served.url) for _ in range(connections)]
    numbers = itertools.count()

    def post(to: http.client.HTTPConnection) -> None:
        fact = json.dumps(system(f"{connections}-{next(numbers)}"))
        to.request("POST", f"{AT}/facts", fact, {**headers, "Content-Type": "application/json"})
        answer = to.getresponse()
        body = answer.read()
        assert answer.status == 201, body

    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(connections) as pool:
        ledger = Ledger(f"sqlite:///{folder}/bench.db", create=True)
        ledger.register(terms())
        found = turns(
            lambda: list(pool.map(post, lines)),
            lambda: [ledger.record(CONTRACT, [system(f"own-{next(numbers)}")]) for _ in lines], 25, 15,
        )  # fmt: skip
        ledger.store.close()
    return found[0], found[1] * connections, found[2] * connections


def main(requests: int) -> int:
    held = []

    def floor(name: str, ratio: float, least: float | None = None, most: float | None = None, detail: str = "") -> None:
        good = (least is None or ratio >= least) and (most is None or ratio <= most)
        held.append(good)
        wanted = f">= {least}" if least is not None else f"<= {most}"
        print(f"{'ok  ' if good else 'FAIL'} {name}: {ratio:.2f} ({wanted}) {detail}", flush=True)

    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), rate=10_000) as served:
        told(served)
        headers, path = {"Authorization": f"Bearer {served.keys['bureau']}"}, f"{AT}/status"
        body = once(connection(served.url), path, headers)
        file = Path(folder, "body.json")
        file.write_bytes(body)
        trivial = subprocess.Popen([sys.executable, "-c", TRIVIAL, str(file)], stdout=subprocess.PIPE, text=True)
        try:
            assert trivial.stdout is not None
            other = f"http://127.0.0.1:{trivial.stdout.readline().strip()}"
            near, far = connection(served.url), connection(other)
            ratio, ours, theirs = turns(lambda: once(near, path, headers), lambda: once(far, "/status", {}), 100, 15)
            floor("warm status / trivial endpoint", ratio, least=0.5, detail=f"{ours:.0f}/s, {theirs:.0f}/s")
        finally:
            trivial.terminate()
            trivial.wait()
        median, worst = spread(served.url, path, headers)
        floor("p99 / median at 16 connections", worst / median, most=5.0, detail=f"{median:.2f} ms, {worst:.2f} ms")
        for connections in (1, 4):
            ratio, over, straight = posting(served, headers, connections)
            detail = f"{over:.0f}/s, {straight:.0f}/s"
            floor(f"POST / service call, {connections} connections", ratio, least=0.6, detail=detail)
        to = connection(served.url)
        for _ in range(requests // 10):
            once(to, path, headers)
        before = resident(served.process)
        for _ in range(requests):
            once(to, path, headers)
        after = resident(served.process)
        detail = f"{before:.1f} to {after:.1f} over {requests} requests"
        floor("memory grown, MiB", after - before, most=8.0, detail=detail)
    return 0 if all(held) else 1


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
