"""A few threads for what blocks, with as little as possible between the event loop and them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any

Future = asyncio.Future[Any]


class Threads:
    """``most`` threads, made when first needed, that take one piece of work after another.

    An executor of the standard library makes two futures and takes a dozen locks for each piece, which a short
    request feels. The threads end with the process.
    """

    def __init__(self, most: int, name: str) -> None:
        self._most, self._name, self._made = most, name, 0
        self._queue: SimpleQueue[tuple[Future, Callable[..., Any], tuple[Any, ...]]] = SimpleQueue()

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
            future, do, given = self._queue.get()
            if future.cancelled():
                continue
            result, error = None, None
            try:
                result = do(*given)
            except BaseException as raised:  # whatever it is, the one who waits must hear of it
                error = raised
            with suppress(RuntimeError):  # the loop has ended, and with it whoever waited
                future.get_loop().call_soon_threadsafe(_settle, future, result, error)
            del future, do, given, result, error


def _settle(future: Future, result: Any, error: BaseException | None) -> None:
    if future.cancelled():
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)
