"""The store against raw sqlite3: durable one-row commits, 100 rows a commit, and reading back.

The floor is the least a program could do to store the same bytes: one table of stream, seq, topic and bytes with
its key, WAL and synchronous=FULL; no digest, chain, trigger or position.
Floor and store take turns within a run, so that a busy disk or processor slows both.
"""

from __future__ import annotations

import itertools
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import orjson

from ledger.store import Draft, Store, open_store, originator

DRAFT = Draft(
    "InvoiceIssued.v1", "2025-11-24", "party_b", "inv-1",
    {"invoice": "INV-1", "instalment": 1, "amount": "1843129.06", "tax_rate": "0.06"},
)  # fmt: skip
NOW = itertools.count(1_764_000_000_000_000).__next__
ROUNDS = 8


@contextmanager
def raw_table(folder: Path) -> Iterator[sqlite3.Connection]:
    """A database file with the floor's table."""
    connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(
        "CREATE TABLE events (stream TEXT, seq INTEGER, topic TEXT, state BLOB, PRIMARY KEY (stream, seq))"
    )
    yield connection
    connection.close()


def timed(action: Callable[[], object]) -> float:
    """Seconds that ``action`` took, by the clock."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def raw_commits(connection: sqlite3.Connection, streams: list[str], turn: int, size: int, leaf: bytes) -> None:
    """Commit ``size`` further rows to each of ``streams``."""
    for stream in streams:
        connection.execute("BEGIN IMMEDIATE")
        rows = [(stream, seq, DRAFT.type, leaf) for seq in range(turn * size + 1, (turn + 1) * size + 1)]
        connection.executemany("INSERT INTO events VALUES (?, ?, ?, ?)", rows)
        connection.execute("COMMIT")


def our_commits(store: Store, contracts: list[str], turn: int, size: int) -> None:
    """Append ``size`` further facts to each of ``contracts``, one commit each."""
    drafts = [DRAFT] * size
    for contract in contracts:
        store.append(contract, drafts, now=NOW, recorded_by="local", expected_seq=turn * size)


def writing(store: Store, connection: sqlite3.Connection, size: int, commits: int) -> tuple[float, float]:
    """Rows per second, raw and ours, over ROUNDS turns of ``commits`` commits of ``size`` rows."""
    leaf = store.append(f"sample {size}", [DRAFT], now=NOW, recorded_by="local")[0].bytes
    contracts = [f"{size}-{number}" for number in range(commits)]
    streams = [originator(contract) for contract in contracts]
    raw = ours = 0.0
    for turn in range(ROUNDS):
        raw += timed(partial(raw_commits, connection, streams, turn, size, leaf))
        ours += timed(partial(our_commits, store, contracts, turn, size))
    rows = ROUNDS * commits * size
    return rows / raw, rows / ours


def reading(store: Store, folder: Path) -> tuple[float, float]:
    """Rows per second for 10,000 facts of one contract: raw select + orjson.loads, and decoded()."""
    store.append("long", [DRAFT] * 10_000, now=NOW, recorded_by="local", expected_seq=0)
    connection = sqlite3.connect(folder / "ours.db")
    select = "SELECT state FROM stored_events WHERE originator_id = ? ORDER BY originator_version"
    stream = originator("long")
    raw = ours = 1e9
    for _ in range(ROUNDS):
        raw = min(raw, timed(lambda: [orjson.loads(row[0]) for row in connection.execute(select, (stream,))]))
        ours = min(ours, timed(lambda: list(store.decoded("long"))))
    connection.close()
    return 10_000 / raw, 10_000 / ours


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = open_store(f"sqlite:///{folder / 'ours.db'}", create=True)
        with raw_table(folder) as connection, store:
            our_commits(store, ["warm"], 0, 1)
            figures = {
                "one fact a commit": (*writing(store, connection, 1, 250), 0.5),
                "100 facts a commit": (*writing(store, connection, 100, 125), 0.3),
                "reading 10,000 facts": (*reading(store, folder), 0.3),
            }
    for what, (raw, ours, wanted) in figures.items():
        print(f"{what:22} raw {raw:9,.0f}/s  ours {ours:9,.0f}/s  ratio {ours / raw:.2f} (wanted {wanted})")


if __name__ == "__main__":
    main()
