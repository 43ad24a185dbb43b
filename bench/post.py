"""What a POST costs beyond the service call that it makes, layer by layer.

    python -m bench.post [rounds]

Servers of a few lines, each in its own process, and ``lvyue serve``, on one connection, a hundred facts at a time, in
turn, by the clock. What the smallest of them takes with the service call is what no server made of these parts can be
faster than.
"""

from __future__ import annotations

import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.load import drive, open_line, request
from ledger.service import Ledger
from tests.api.server import AT, CONTRACT, ROOT, serving, system, terms

AT_ONCE = 100
# answers from a socket, or as an application of uvicorn; records the fact or not; in a thread or not
SERVER = """
import asyncio, json, os, queue, socket, sys, threading
parts, store = sys.argv[1].split(), sys.argv[2]
sys.setswitchinterval(0.0005)
if "together" in parts:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
ledger, body, given = None, b"x" * 600, queue.SimpleQueue()
if "call" in parts:
    from ledger.service import Ledger
    from tests.api.server import CONTRACT, terms
    ledger = Ledger(store, create=True)
    ledger.register(terms())
def work(fact):
    if ledger is not None:
        ledger.record(CONTRACT, [json.loads(fact)])
def works():
    while True:
        loop, future, fact = given.get()
        work(fact)
        loop.call_soon_threadsafe(future.set_result, None)
async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    fact = (await receive())["body"]
    if "thread" in parts:
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        given.put((loop, future, fact))
        await future
    else:
        work(fact)
    await send({"type": "http.response.start", "status": 201, "headers": [(b"content-length", b"600")]})
    await send({"type": "http.response.body", "body": body})
sock = socket.create_server(("127.0.0.1", 0))
print(sock.getsockname()[1], flush=True)
if "uvicorn" in parts:
    import uvicorn
    threading.Thread(target=works, daemon=True).start()
    config = uvicorn.Config(app, log_config=None, access_log=False, ws="none", lifespan="off")
    uvicorn.Server(config).run(sockets=[sock])
line = sock.accept()[0]
line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
while asked := line.recv(65536):
    work(asked.partition(b"\\r\\n\\r\\n")[2])
    line.sendall(b"HTTP/1.1 201 Created\\r\\ncontent-length: 600\\r\\n\\r\\n" + body)
"""
LAYERS = {
    "socket": "one that answers what it is sent",
    "uvicorn": "an application of three lines",
    "uvicorn thread": "the same, by way of a thread",
    "socket call": "the first, with the service call",
    "uvicorn call": "the second, with the service call",
    "uvicorn thread call": "the third, with the service call",
    "uvicorn thread call together": "the same, on one processor",
}
Take = Callable[[list[bytes]], float]


@contextmanager
def layer(parts: str, folder: Path) -> Iterator[Take]:
    """Seconds that a small server takes for facts one after another."""
    store = f"sqlite:///{folder}/{parts.replace(' ', '-')}.db"
    command = [sys.executable, "-c", SERVER, parts, store]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        try:
            assert server.stdout is not None
            line = open_line(f"http://127.0.0.1:{server.stdout.readline().strip()}")
            yield lambda bodies: drive([line], [request("POST", "/", "k" * 60, body) for body in bodies], 201).seconds
        finally:
            server.terminate()


@contextmanager
def served(folder: Path) -> Iterator[Take]:
    """The same of ``lvyue serve``."""
    with serving(folder, rate=10_000) as ours:
        line, key = open_line(ours.url), ours.keys["bureau"]
        yield lambda bodies: drive([line], [request("POST", f"{AT}/facts", key, body) for body in bodies], 201).seconds


def main(rounds: int) -> None:
    numbers = itertools.count()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as open_:
        ledger = Ledger(f"sqlite:///{folder}/own.db", create=True)
        open_.callback(ledger.store.close)
        ledger.register(terms())

        def straight(bodies: list[bytes]) -> float:
            facts, begun = [json.loads(body) for body in bodies], time.perf_counter()
            for fact in facts:
                ledger.record(CONTRACT, [fact])
            return time.perf_counter() - begun

        takes: dict[str, Take] = {"the service call": straight}
        takes |= {parts: open_.enter_context(layer(parts, Path(folder))) for parts in LAYERS}
        takes["lvyue serve"] = open_.enter_context(served(Path(folder)))
        found: dict[str, list[float]] = {name: [] for name in takes}
        for _ in range(rounds + 1):
            for name, take in takes.items():
                bodies = [json.dumps(system(f"n{next(numbers)}")).encode() for _ in range(AT_ONCE)]
                found[name].append(take(bodies) / AT_ONCE * 1e6)
        for name, times in found.items():
            ratio = statistics.median(call / took for call, took in zip(found["the service call"], times, strict=True))
            print(f"{name:30} {min(times[1:]):6.0f} µs least, {statistics.median(times[1:]):6.0f} median;"
                  f" service call / this {ratio:5.2f}  {LAYERS.get(name, '')}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
