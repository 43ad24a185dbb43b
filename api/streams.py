"""The open event streams: a limit for each principal and for all, and queries shared between them."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from ledger.domain.errors import Refusal

MOST, MOST_OF_ONE = 500, 20
AGAIN_SECONDS = 5  # when to ask again where there are too many
MOST_REMEMBERED = 2 * MOST


class Places:
    """Counts the open streams of each principal; ``changed`` is called with their total."""

    def __init__(self, changed: Callable[[int], object]) -> None:
        self._lock = Lock()
        self._open: Counter[str] = Counter()
        self._changed = changed

    def take(self, principal: str) -> None:
        """Refusal STREAMS_MANY where the principal has its share, SERVER_BUSY where there are too many in all."""
        with self._lock:
            if self._open[principal] >= MOST_OF_ONE:
                raise Refusal("STREAMS_MANY", most=MOST_OF_ONE, seconds=AGAIN_SECONDS)
            if self._open.total() >= MOST:
                raise Refusal("SERVER_BUSY")
            self._open[principal] += 1
            self._changed(self._open.total())

    def leave(self, principal: str) -> None:
        with self._lock:
            self._open[principal] -= 1
            self._open += Counter()  # forgets who has none
            self._changed(self._open.total())


class PlacedStream(StreamingResponse):
    """A stream that gives its place back however it ends, even where it never began."""

    leave: Callable[[], None]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.leave()


class Shared:
    """Runs a query once for all streams that ask it within ``seconds``. Used from the event loop only."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._found: dict[Hashable, tuple[float, asyncio.Task[Any]]] = {}

    async def ask(self, what: Hashable, do: Callable[..., Any], *given: Any) -> Any:
        """What ``do(*given)`` returns or raises, worked out in a thread."""
        now = time.monotonic()
        until, looking = self._found.get(what, (0.0, None))
        if looking is None or until < now:
            if len(self._found) > MOST_REMEMBERED:
                self._found = {key: found for key, found in self._found.items() if found[0] >= now}
            looking = asyncio.create_task(run_in_threadpool(do, *given))
            self._found[what] = now + self._seconds, looking
        return await asyncio.shield(looking)  # one that goes away must not end it for the others
