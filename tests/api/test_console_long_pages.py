"""Pages that take long: told after a while, worked out once, shown when they are there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from api.console import long_pages
from api.console.long_pages import LongPages

BROWSER = {"sec-fetch-mode": "navigate", "cookie": "lvyue=1"}
LOOKS = {"x-lvyue-look": "1", "cookie": "lvyue=1"}


class Desk:
    """A page that is there when it is let, and how often it was begun."""

    def __init__(self) -> None:
        self.pages, self.begun, self.ready = LongPages(), 0, asyncio.Event()

    def begin(self) -> asyncio.Future[Any]:
        self.begun += 1
        return asyncio.ensure_future(self._page(self.begun))

    async def _page(self, number: int) -> Response:
        await self.ready.wait()
        return Response(f"page {number}")

    async def ask(self, headers: dict[str, str], path: str = "/contract/C-1") -> str:
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": raw,
                 "server": ("x", 80), "scheme": "http"}  # fmt: skip
        found = await self.pages.answered(Request(scope), self.begin, self.meanwhile)
        return bytes(found.body).decode() or "it is there"

    async def meanwhile(self, seconds: int) -> Response:
        return Response("under way", 202)


def told(story: Callable[[Desk], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        await story(Desk())

    asyncio.run(run())


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_pages, "WAIT_SECONDS", 0.02)


def test_a_page_that_takes_long_is_begun_once_and_shown_to_who_asks_again() -> None:
    async def story(desk: Desk) -> None:
        assert [await desk.ask(BROWSER), await desk.ask(BROWSER), await desk.ask(LOOKS)] == ["under way"] * 3
        desk.ready.set()
        assert await desk.ask(LOOKS) == "it is there"
        assert await desk.ask(BROWSER) == "page 1"
        assert desk.begun == 1
        assert await desk.ask(BROWSER) == "page 2"  # it was shown: the next is another

    told(story)


def test_a_page_that_is_there_and_tells_of_something_under_way_is_renewed_from_what_it_tells() -> None:
    async def story(desk: Desk) -> None:
        desk.ready.set()
        assert [await desk.ask(LOOKS), await desk.ask(LOOKS)] == ["page 1", "page 2"]

    told(story)


def test_another_browser_or_address_has_an_answer_of_its_own() -> None:
    async def story(desk: Desk) -> None:
        await desk.ask(BROWSER)
        await desk.ask(BROWSER | {"cookie": "lvyue=2"})
        await desk.ask(BROWSER, "/contract/C-2")
        assert desk.begun == 3

    told(story)


def test_what_was_asked_before_something_was_done_is_not_shown_after_it() -> None:
    async def story(desk: Desk) -> None:
        await desk.ask(BROWSER)
        desk.pages.forget(Request({"type": "http", "headers": [(b"cookie", b"lvyue=1")]}))
        desk.ready.set()
        assert await desk.ask(BROWSER) == "page 2"

    told(story)


def test_a_program_waits_for_the_answer_itself() -> None:
    async def story(desk: Desk) -> None:
        asked = asyncio.ensure_future(desk.ask({}))
        await asyncio.sleep(0.1)
        assert not asked.done()
        desk.ready.set()
        assert await asked == "page 1"

    told(story)


def test_what_nobody_came_back_for_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(desk: Desk) -> None:
        monkeypatch.setattr(long_pages, "KEPT_SECONDS", 0.0)
        await desk.ask(BROWSER)
        desk.ready.set()
        await asyncio.sleep(0.01)
        await desk.ask(BROWSER, "/other")  # now it is seen to be there
        await asyncio.sleep(0.01)
        assert await desk.ask(BROWSER) == "page 3"

    told(story)
