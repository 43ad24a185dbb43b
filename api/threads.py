"""Thread pools for blocking work, with as little overhead as possible between them and the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any

Future = asyncio.Future[Any]
Outcome = tuple[Any, BaseException | None]
Work = tuple[Future, Callable[..., Any], tuple[Any, ...]]

MOST_TOGETHER = 32  # requests in one commit: some 10 ms, for which all others wait


class Threads:
    """``most`` threads, made when first needed, that take one piece of work after another.

    An executor of the standard library makes two futures and takes a dozen locks for each piece, which a short
    request feels. The threads end with the process.
    """

    def __init__(self, most: int, name: str) -> None:
        self._most, self._name, self._made = most, name, 0
        self._queue: SimpleQueue[Work] = SimpleQueue()

    def run(self, do: Callable[..., Any], *given: Any) -> Future:
        """What ``do(*given)`` returns or raises, worked out in a thread."""
        future: Future = asyncio.get_running_loop().create_future()
        self._queue.put((future, do, given))
        if self._made < self._most:
            self._made += 1
            Thread(target=self._work, name=f"{self._name}-{self._made}", daemon=True).start()
        return future

    def _work(self) -> None:
        while True:
            work = self._queue.get()
            if not work[0].cancelled():
                _settle(work[0], *_outcome(work))
            del work


class Writer(Threads):
    """One thread for all recording: the requests that arrive while it commits are recorded in its next commit.

    ``together`` is a context manager whose end makes durable what was done inside. Nobody is answered before, and
    where it raises everybody is answered with that.
    """

    def __init__(self, together: Callable[[], AbstractContextManager[None]]) -> None:
        super().__init__(1, "writer")
        self._together = together

    def _work(self) -> None:
        while True:
            waiting = [self._queue.get()]
            while len(waiting) < MOST_TOGETHER and not self._queue.empty():  # nobody else takes from it
                waiting.append(self._queue.get())
            for work, outcome in zip(waiting, self._outcomes(waiting), strict=True):
                _settle(work[0], *outcome)
            del waiting, work, outcome

    def _outcomes(self, waiting: list[Work]) -> list[Outcome]:
        if len(waiting) == 1:
            return [_outcome(waiting[0])]
        try:
            with self._together():
                return [_outcome(work) for work in waiting]
        except BaseException as raised:
            return [(None, raised)] * len(waiting)


def _outcome(work: Work) -> Outcome:
    """What the work returned, or what it raised."""
    _, do, given = work
    try:
        return do(*given), None
    except BaseException as raised:  # whatever it is, the one who waits must hear of it
        return None, raised


def _settle(future: Future, result: Any, error: BaseException | None) -> None:
    with suppress(RuntimeError):  # the loop has ended, and with it whoever waited
        future.get_loop().call_soon_threadsafe(_tell, future, result, error)


def _tell(future: Future, result: Any, error: BaseException | None) -> None:
    if future.cancelled():
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)
