"""One processor for all threads of a server, since only one of them runs Python at a time.

Spread over several processors they gain nothing and lose time: each hand-over from the event loop to a thread and back
wakes the other processor, whose cache has none of what is needed, and whoever makes a system call finds the interpreter
taken when it returns. On two processors 16 readers were answered at a third of the speed. What can make use of more
processors runs in processes of its own, for which :func:`everywhere` is there.
"""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress

LOOK_SECONDS = 1.0
MOST_WAIT, FEW = 0.2, 0.7  # seconds of a look: waiting so long, of which we used so few, others are in our way
ALLOWED = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set[int]()
_THREAD = "/proc/thread-self/"
_let_go = set[int]()  # threads that are in everywhere()


class OneProcessor:
    """Keeps the threads of this process where its event loop runs; used in the loop.

    Where other processes keep that processor busy, the system places the threads as it likes for a second, and then
    they stay where the loop has come to. Nothing is done where a system has no such thing, or one processor only.
    """

    def __init__(self) -> None:
        self._kept: int | None = None  # the processor they are kept on
        self._ran = self._waited = 0.0

    def look(self) -> None:
        """Keep them, move them or let them go; once now, and again every second."""
        if len(ALLOWED) < 2:
            return
        with suppress(OSError):
            ran, waited = time.process_time(), _waited_seconds()
            crowded = waited - self._waited > MOST_WAIT and ran - self._ran < FEW
            self._ran, self._waited = ran, waited
            if self._kept is None:
                self._kept = _processor()
            elif crowded:
                self._kept = None
            _place(ALLOWED if self._kept is None else {self._kept})  # also those begun meanwhile
            asyncio.get_running_loop().call_later(LOOK_SECONDS, self.look)


@contextmanager
def everywhere() -> Iterator[None]:
    """What is done inside, and processes started there, may run on every processor: for work that is not Python's."""
    if len(ALLOWED) < 2:
        yield
        return
    thread, before = threading.get_native_id(), os.sched_getaffinity(0)
    _let_go.add(thread)
    with suppress(OSError):
        os.sched_setaffinity(0, ALLOWED)
    try:
        yield
    finally:
        with suppress(OSError):
            os.sched_setaffinity(0, before)
        _let_go.discard(thread)  # where the others have moved meanwhile, it follows within a second


def _place(processors: Collection[int]) -> None:
    for thread in threading.enumerate():
        if thread.native_id is not None and thread.native_id not in _let_go:
            with suppress(ProcessLookupError):  # it has ended
                os.sched_setaffinity(thread.native_id, processors)


def _waited_seconds() -> float:
    """How long this thread was ready to run and did not."""
    with open(f"{_THREAD}schedstat", encoding="ascii") as told:
        return int(told.read().split()[1]) / 1e9


def _processor() -> int:
    """The processor this thread last ran on (proc(5), stat, field 39)."""
    with open(f"{_THREAD}stat", encoding="ascii") as told:
        return int(told.read().rpartition(")")[2].split()[36])
