"""The open event streams: a limit for each principal and for all, over all workers, and queries shared between them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Hashable
from hashlib import blake2b
from threading import Lock
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from ledger.domain.errors import Refusal

MOST, MOST_OF_ONE = 500, 20
AGAIN_SECONDS = 5  # when to ask again where there are too many
MOST_REMEMBERED = 2 * MOST
_BEYOND = 1 << 62  # where no file has anything
_APART = 1 << 10  # between the first places of two names, more than one has


class Held:
    """Numbered places, each held once: within this process, or with ``shared`` over all that have the same file.

    There a place is held by a lock on one byte, far beyond what the file has, so that it is free again when its process
    ends, however it does. Not safe to use from several threads.
    """

    def __init__(self, shared: int | None = None) -> None:
        self._file = shared
        self._held: set[int] = set()

    def take(self, whose: str, most: int) -> int | None:
        """One of the ``most`` places of that name; None where all are held."""
        name = blake2b(whose.encode("utf-8", "surrogatepass"), digest_size=6).digest()
        first = _BEYOND + int.from_bytes(name, "big") * _APART
        for place in range(first, first + most):
            if place not in self._held and self._locked(place):
                self._held.add(place)
                return place
        return None

    def leave(self, place: int) -> None:
        self._held.discard(place)
        if self._file is not None:
            import fcntl  # there is none on Windows, and no workers

            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, place)

    def _locked(self, place: int) -> bool:
        if self._file is None:
            return True
        import fcntl

        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except OSError:  # another process has it
            return False
        return True


class Places:
    """The places of open streams, so many for each principal and for all; ``changed`` is called with how many this
    process holds."""

    def __init__(self, changed: Callable[[int], object], shared: int | None = None) -> None:
        self._lock = Lock()
        self._held = Held(shared)
        self._open: list[tuple[str, int, int]] = []
        self._changed = changed

    def take(self, principal: str) -> None:
        """Refusal STREAMS_MANY where the principal has its share, SERVER_BUSY where there are too many in all."""
        with self._lock:
            own = self._held.take(f"of {principal}", MOST_OF_ONE)
            if own is None:
                raise Refusal("STREAMS_MANY", most=MOST_OF_ONE, seconds=AGAIN_SECONDS)
            of_all = self._held.take("all", MOST)
            if of_all is None:
                self._held.leave(own)
                raise Refusal("SERVER_BUSY")
            self._open.append((principal, own, of_all))
            self._changed(len(self._open))

    def leave(self, principal: str) -> None:
        with self._lock:
            place = next(place for place in self._open if place[0] == principal)
            self._open.remove(place)
            self._held.leave(place[1])
            self._held.leave(place[2])
            self._changed(len(self._open))


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
