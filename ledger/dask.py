"""Sweep a portfolio on other machines: the workers of a Dask cluster read the store themselves, and send rows.

Optional (`pip install lvyue-ledger[dask]`). Numbers of contracts and rows, which are the ledger's conclusions, pass
through the scheduler, so the cluster must be protected like the database. The store's address does not: each worker has
it in its own environment, as LVYUE_STORE.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from typing import Any

from ledger.domain.errors import Refusal
from ledger.portfolio_rows import Swept, assumed, rows_of
from ledger.store import Store, open_store
from ledger.store.portfolio import KeptRow
from ledger.streams import Streams

AHEAD = 4  # pieces of work for each thread of the cluster, so that none waits for the next
SECONDS = 5.0  # until the scheduler has to answer


@contextmanager
def in_dask(scheduler: str, store: Store, assumes: str) -> Iterator[Swept]:
    """A function that makes rows in the cluster whose scheduler is at an address such as ``tcp://host:8786``.

    ``assumes`` is what the rows must rest on (:func:`ledger.portfolio_rows.assumed`). A worker that is lost is replaced
    by another. Raises Refusal DASK_MISSING, DASK_UNREACHABLE, DASK_NEEDS_SERVER for a store in a file; while rows are
    made DASK_OTHER_LEDGER, DASK_OTHER_PROGRAM, DASK_FAILED.
    """
    if store.dialect == "sqlite":
        raise Refusal("DASK_NEEDS_SERVER", "dask")
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise Refusal("DASK_MISSING", "dask") from None
    try:
        client = distributed.Client(scheduler, timeout=SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        detail = str(error) or type(error).__name__
        raise Refusal("DASK_UNREACHABLE", "dask", scheduler=scheduler, detail=detail) from error
    with client:
        yield lambda chunks, at: _swept(client, identity(store), assumes, chunks, at)


def identity(store: Store) -> str:
    """What identifies a ledger: the digest of its first fact, which includes the moment of its recording."""
    return next((sha256(leaf).hexdigest() for _, leaf in store.leaves(1, 2)), "")


def rows_there(ledger: str, contracts: list[str], at: int) -> tuple[str, list[KeptRow]]:
    """On a worker: the rows of contracts as of a moment in µs, and what they rest on. Refusal DASK_OTHER_LEDGER."""
    streams, here = _streams(os.environ.get("LVYUE_STORE", ""))
    if here != ledger:
        raise Refusal("DASK_OTHER_LEDGER", "LVYUE_STORE")
    return assumed(streams.calendar(at)), rows_of(streams, contracts, at)


def _swept(
    client: Any, ledger: str, assumes: str, chunks: Iterable[list[str]], at: int
) -> Iterator[list[KeptRow]]:
    most = AHEAD * max(1, sum(client.nthreads().values()))
    waiting = deque[Any]()

    def rows() -> list[KeptRow]:
        try:
            rests_on, made = waiting.popleft().result()
        except Refusal:
            raise
        except Exception as error:  # the cluster's: its workers are gone, or lack what they need
            raise Refusal("DASK_FAILED", "dask", detail=f"{type(error).__name__}: {error}"[:300]) from error
        if rests_on != assumes:
            raise Refusal("DASK_OTHER_PROGRAM", "dask")
        return list(made)

    try:
        for contracts in chunks:
            waiting.append(client.submit(rows_there, ledger, contracts, at, pure=False))
            if len(waiting) >= most:
                yield rows()
        while waiting:
            yield rows()
    finally:
        with suppress(Exception):
            client.cancel(list(waiting))


@lru_cache(1)
def _streams(url: str) -> tuple[Streams, str]:
    store = open_store(url)
    return Streams(store), identity(store)
