"""Pages that take long: after some seconds a progress page is shown, which reloads until the answer is ready.

The work belongs to one session and address, and asking again does not start it again. Clients other than a browser
opening a page wait for the answer, however long it takes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from api.threads import Future

WAIT_SECONDS = 4.0  # wait for a page before the progress page
AGAIN_SECONDS = 2  # between reloads, without script
KEPT_SECONDS = 30.0  # an answer is kept for the next request
LOOKS = "x-lvyue-look"  # the header with which our script asks whether it is ready


@dataclass(slots=True)
class LongPage:
    """An answer being computed: when it began and when it was ready (monotonic seconds)."""

    answer: Future
    begun: float
    there: float | None = None


class LongPages:
    """The answers being computed at one server. Used from the event loop only."""

    def __init__(self) -> None:
        self._under_way: dict[tuple[str, str], LongPage] = {}

    async def answered(
        self, request: Request, begin: Callable[[], Future], meanwhile: Callable[[int], Awaitable[Response]]
    ) -> Response:
        """The answer that ``begin`` computes, started unless under way; if it takes long ``meanwhile``, given the
        seconds since it began."""
        if not _opened_by_browser(request):
            waited: Response = await begin()
            return waited
        key = _browser(request), str(request.url)
        self._forget_old()
        page = self._under_way.get(key)
        begun = page is None
        if page is None:
            page = self._under_way[key] = LongPage(begin(), time.monotonic())
        await asyncio.wait([page.answer], timeout=WAIT_SECONDS)
        if not page.answer.done():
            return await meanwhile(int(time.monotonic() - page.begun))
        page.there = page.there or time.monotonic()
        if LOOKS in request.headers and not begun:  # our script then requests the page itself
            return Response(b"", 200, {"Cache-Control": "no-store"}, "text/html")
        self._under_way.pop(key, None)
        found: Response = page.answer.result()
        return found

    def forget(self, request: Request) -> None:
        """Drop the answers of a session that has just changed something: they are out of date."""
        self._under_way = {key: page for key, page in self._under_way.items() if key[0] != _browser(request)}

    def _forget_old(self) -> None:
        """Drop answers that were not fetched."""
        now = time.monotonic()
        for key, page in list(self._under_way.items()):
            if page.answer.done():
                page.there = page.there or now
                if now - page.there > KEPT_SECONDS:
                    del self._under_way[key]


def _browser(request: Request) -> str:
    """The session, language and type size of a browser."""
    return request.headers.get("cookie", "")


def _opened_by_browser(request: Request) -> bool:
    """Whether a browser opens it as a page, or our script asks whether it is ready."""
    opened = request.headers.get("sec-fetch-mode") == "navigate" or "upgrade-insecure-requests" in request.headers
    return opened or LOOKS in request.headers
