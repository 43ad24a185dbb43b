"""``lvyue serve`` as a process of its own. What it imports is imported once, by the process all are forked off.

Nothing of the ledger is imported at the top: a server that is to find another agreement looks for it itself.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess, SpawnContext, SpawnProcess

ServerProcess = ForkServerProcess | SpawnProcess

_FORKING = get_context("forkserver")
_FORKING.set_forkserver_preload(
    ["ledger.cli.program", "api.command", "api.app", "uvicorn.loops.uvloop", "uvicorn.protocols.http.httptools_impl"]
)


def start(
    arguments: Sequence[str], environment: Mapping[str, str], folder: str, first: str = "", *, afresh: bool = False,
) -> tuple[ServerProcess, Iterator[str]]:  # fmt: skip
    """The process, and the lines of its standard error as they come.

    ``first`` is Python that it runs before anything else; ``afresh`` where that is before anything is imported.
    """
    context: ForkServerContext | SpawnContext = get_context("spawn") if afresh else _FORKING
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(writer, list(arguments), dict(environment), folder, first))
    process.start()
    writer.close()
    return process, _lines(reader)


def _lines(reader: Connection) -> Iterator[str]:
    with reader, open(reader.fileno(), encoding="utf-8", closefd=False) as lines:
        yield from lines


def _serve(to: Connection, arguments: list[str], environment: dict[str, str], folder: str, first: str) -> None:
    os.dup2(to.fileno(), 2)
    to.close()
    sys.stderr = open(2, "w", encoding="utf-8", buffering=1, closefd=False)  # noqa: SIM115
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    exec(first, {})
    from ledger.cli import main

    sys.exit(main(arguments))
