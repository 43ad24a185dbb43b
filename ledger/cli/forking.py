"""Work that several processors share, where the process can be forked: pure functions only."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

_shared: Callable[[Any], Any] | None = None  # what the processes forked from this one do


def forked(do: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
    """What ``map(do, items)`` gives, worked out by as many processes as there are processors.

    What ``do`` remembers stays in each. Where there is one processor, or no fork that is safe, it is ``map``.
    """
    global _shared
    count = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    if count < 2 or threading.active_count() > 1:
        yield from map(do, items)
        return
    import signal  # these cost other commands their start
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
