"""The cost of each part of one fact's commit: the SQL statements alone, without the ledger's Python around them.

    python -m bench.statements [rounds]

Processor µs per commit of one row, the least of ``rounds`` runs of a hundred; each layout leaves out one part of the
ledger's tables. In memory (``/dev/shm``) if available, so that flushing, the same for all, hides nothing. Nothing is
asserted: read the table.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bench.store import raw_commits, raw_table
from ledger.log.tables import TreeTables
from ledger.store.heads import MOVE
from ledger.store.schema import LEDGER, STEPS
from ledger.store.sqlite_recorder import INSERT

STREAM, DIGEST, LEAF, HASHES = "5" * 32, bytearray(b"d" * 32), bytearray(b"x" * 350), bytearray(b"h" * 64)
TREE = "INSERT INTO log_hashes (start, size, batch, hashes) VALUES (?, ?, ?, ?)"
HEADED = "DROP TRIGGER stored_events_headed"


class Layout(NamedTuple):
    """The parts of the ledger's tables that a layout leaves out."""

    without: tuple[str, ...] = ()
    heads: bool = True
    tree: bool = True


LAYOUTS = {
    "the ledger's statements": Layout(),
    "without its triggers": Layout(("DROP TRIGGER stored_events_insert", HEADED, "DROP TRIGGER heads_update")),
    "without the heads": Layout((HEADED,), heads=False),
    "without the tree": Layout(tree=False),
    "without the index of streams": Layout(("DROP INDEX stored_events_stream", "DROP TRIGGER stored_events_insert")),
    "without heads and tree": Layout((HEADED,), heads=False, tree=False),
}  # fmt: skip


class Statements:
    """One layout, in its own database file."""

    def __init__(self, folder: Path, layout: Layout) -> None:
        self._layout, self._count = layout, 0
        self._connection = sqlite3.connect(folder / f"{id(layout)}.db", isolation_level=None)
        made = [statement for step in STEPS for statement in step.sqlite]
        for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", *made,
                          *TreeTables().schema("sqlite"), *layout.without):  # fmt: skip
            self._connection.execute(statement)

    def commits(self, count: int) -> None:
        """``count`` commits of one fact each, as the ledger writes them."""
        execute = self._connection.execute
        for at in range(self._count + 1, self._count + count + 1):
            execute("BEGIN IMMEDIATE")
            execute("SELECT max(notification_id) FROM stored_events").fetchall()
            if self._layout.heads:
                execute(MOVE, (STREAM, at, at, DIGEST, LEDGER, at, at, DIGEST))
            execute(INSERT, (at, STREAM, at, "InvoiceIssued.v1", LEAF))
            if self._layout.tree:
                execute("SELECT size, batch FROM log_hashes ORDER BY start DESC LIMIT 1").fetchall()
                execute(TREE, (2 * at, at, 7919 * at, HASHES))
            execute("COMMIT")
        self._count += count


def main(rounds: int) -> None:
    """Print the table."""
    shared = Path("/dev/shm")
    with (
        tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as name, raw_table(Path(name)) as raw
    ):  # fmt: skip
        told = {what: Statements(Path(name), layout) for what, layout in LAYOUTS.items()}
        least = dict.fromkeys(["raw sqlite3", *told], 1e9)
        for turn in range(rounds):
            begun = time.process_time()
            raw_commits(raw, [f"{turn}-{number}" for number in range(100)], 0, 1, bytes(LEAF))
            least["raw sqlite3"] = min(least["raw sqlite3"], time.process_time() - begun)
            for what, statements in told.items():
                begun = time.process_time()
                statements.commits(100)
                least[what] = min(least[what], time.process_time() - begun)
    for what, seconds in least.items():
        print(f"{what:30} {seconds * 1e4:6.1f} µs   ratio {least['raw sqlite3'] / seconds:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
