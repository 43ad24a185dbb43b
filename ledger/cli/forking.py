"""Spreads pure functions over all processors by forking, where the platform allows it."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

_shared: Callable[[Any], Any] | None = None  # the function that the forked processes run


def forked(do: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
    """``map(do, items)`` computed by one process per processor, in order.

    State that ``do`` caches stays in each process. With one processor, or where a fork is unsafe, it is plain ``map``.
    """
    global _shared
    count = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    if count < 2 or threading.active_count() > 1:
        yield from map(do, items)
        return
    import signal  # imported here: other commands would start slower
    from multiprocessing import get_context

    _shared = do
    try:
        with get_context("fork").Pool(count, signal.signal, (signal.SIGINT, signal.SIG_IGN)) as pool:
            yield from pool.imap(_one, items, chunksize=4)
    finally:
        _shared = None


def _one(item: Any) -> Any:
    assert _shared is not None
    return _shared(item)
