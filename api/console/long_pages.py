"""Pages that take long: after some seconds a page says so and renews itself, while the work goes on in the background.

The work is that of one person and address, and is not begun again by asking again. Who asks without being a browser
that opens a page waits for the answer, however long it takes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from api.threads import Future

WAIT_SECONDS = 4.0  # for a page, before it says that it takes longer
AGAIN_SECONDS = 2  # until the page asks again, without script
KEPT_SECONDS = 30.0  # for whoever asks again, once it is there
LOOKS = "x-lvyue-look"  # the header of our script, which wants to know whether it is there


@dataclass(slots=True)
class LongPage:
    """An answer on its way, begun and there since (monotonic seconds)."""

    answer: Future
    begun: float
    there: float | None = None


class LongPages:
    """The answers on their way at one server. Used from the event loop only."""

    def __init__(self) -> None:
        self._under_way: dict[tuple[str, str], LongPage] = {}

    async def answered(
        self, request: Request, begin: Callable[[], Future], meanwhile: Callable[[int], Awaitable[Response]]
    ) -> Response:
        """The answer that ``begin`` begins, unless it is under way; after a while what ``meanwhile`` says, given the
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
        if LOOKS in request.headers and not begun:  # the page itself is what our script asks for next
            return Response(b"", 200, {"Cache-Control": "no-store"}, "text/html")
        self._under_way.pop(key, None)
        found: Response = page.answer.result()
        return found

    def forget(self, request: Request) -> None:
        """What a browser asked for before it did something: that is not what it asks for afterwards."""
        self._under_way = {key: page for key, page in self._under_way.items() if key[0] != _browser(request)}

    def _forget_old(self) -> None:
        """What nobody came back for."""
        now = time.monotonic()
        for key, page in list(self._under_way.items()):
            if page.answer.done():
                page.there = page.there or now
                if now - page.there > KEPT_SECONDS:
                    del self._under_way[key]


def _browser(request: Request) -> str:
    """The session, the language and the type of a browser."""
    return request.headers.get("cookie", "")


def _opened_by_browser(request: Request) -> bool:
    """Does a browser open it as a page, or does our script ask whether it is there?"""
    opened = request.headers.get("sec-fetch-mode") == "navigate" or "upgrade-insecure-requests" in request.headers
    return opened or LOOKS in request.headers
