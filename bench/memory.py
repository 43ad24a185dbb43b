"""The memory of a server while it answers for one contract after the other.

    python -m bench.memory [contracts [facts each [store URL]]]

A store is filled, one server is started on it and builds its portfolio. Then the status of every contract is requested
over one connection, and for every tenth also its reasons and facts. After every tenth of the contracts it prints the
server's resident memory and the anonymous part of it (MB), and that of the server's other processes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path

from api.principals import Principals
from api.serve import open_ledger
from bench.portfolio import fill

FLOOR = "the server must stay below 300"
SERVE = [sys.executable, "-m", "ledger.cli"]


def resident(pid: int) -> dict[str, float]:
    """VmRSS, RssAnon and VmHWM of a process, in MB; empty of one that has ended."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    found = {name: text for name, _, text in (line.partition(":") for line in lines)}
    return {name: int(found[name].split()[0]) / 1024 for name in ("VmRSS", "RssAnon", "VmHWM") if name in found}


def children(pid: int) -> list[int]:
    """The child processes of a process."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(one) for one in listed] + [deep for one in listed for deep in children(int(one))]


def show(what: str, pid: int) -> None:
    """Print a line with the memory held."""
    own = resident(pid)
    others = [f"{resident(one)['VmRSS']:.0f}" for one in children(pid)]
    print(f"{what:>28}: resident {own['VmRSS']:6.0f}, its own {own['RssAnon']:6.0f}, at most {own['VmHWM']:6.0f} MB;"
          f" others {', '.join(others) or '–'}", flush=True)  # fmt: skip


def main(contracts: int, each: int, url: str) -> None:
    """Run the benchmark and print the table (see the module)."""
    folder = tempfile.TemporaryDirectory()
    if not url:
        url = f"sqlite:///{folder.name}/city.db"
        fill(url, contracts, each)
    ledger = open_ledger(url)
    principals = Principals(ledger.store, ledger.clock)
    principals.grant("asker", "auditor", "*", by="bench")
    key, numbers = principals.issue("asker", by="bench")[1], list(ledger.contracts())
    ledger.store.close()
    command = [*SERVE, "--store", url, "--lang", "en", "serve", "--port", "0", "--rate", "10000"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        line = next(line for line in server.stderr if "serves at" in line)
        host = line.split("//")[1].strip()
        subprocess.Popen(["cat"], stdin=server.stderr, stdout=subprocess.DEVNULL)
        show("started", server.pid)
        connection = HTTPConnection(host)

        def ask(path: str) -> int:
            connection.request("GET", path, headers={"Authorization": f"Bearer {key}"})
            answer = connection.getresponse()
            answer.read()
            return answer.status

        while ask("/api/v1/contracts?limit=1") == 503:
            time.sleep(1)
        show("portfolio built", server.pid)
        tenth = max(1, len(numbers) // 10)
        for count, number in enumerate(numbers, 1):
            assert ask(f"/api/v1/contracts/{number}/status") == 200, number
            if count % 10 == 0:
                ask(f"/api/v1/contracts/{number}/explain?path=phase")
                ask(f"/api/v1/contracts/{number}/facts")
            if count % tenth == 0:
                show(f"{count} contracts answered for", server.pid)
        print(f"{FLOOR}: {'holds' if resident(server.pid)['VmRSS'] < 300 else 'misses'}")
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    given = sys.argv[1:]
    main(int(given[0]) if given else 100_000, int(given[1]) if given[1:] else 6, given[2] if given[2:] else "")
