"""Sessions of the console end when nobody uses them: on the minute, not before, and not while somebody does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.console.sessions import MINUTE, Sessions
from api.principals import Principal, Principals
from ledger.domain.errors import Refusal
from ledger.service import Ledger
from tests.api.server import CONTRACT, serving

IDLE = 30


class Desk:
    """A store with one officer, a clock that is set, and servers on it; ``at`` counts minutes."""

    def __init__(self) -> None:
        self.at = 0.0
        self.ledger = Ledger("sqlite:///:memory:", clock=lambda: 1_790_000_000_000_000 + int(self.at * MINUTE))
        self.principals = Principals(self.ledger.store, self.ledger.clock)
        self.principals.grant("officer", "party_a", CONTRACT, by="test")
        self.server = self.another_server()
        officer = Principal("officer", {CONTRACT: "party_a"}, self.ledger.clock() + 1000 * MINUTE)
        self.cookie = self.server.begin(officer, "test")

    def another_server(self) -> Sessions:
        return Sessions(self.principals, IDLE)

    def used(self, at: float, server: Sessions | None = None) -> bool:
        """Is the session open when it is used at that minute?"""
        self.at = at
        try:
            (server or self.server).find(self.cookie, moment=at)
        except Refusal as refused:
            assert refused.code == "SESSION_OVER"
            return False
        return True


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_session_that_is_not_used_ends_on_the_minute(desk: Desk) -> None:
    just_before = IDLE - 1 / 60_000
    assert desk.used(just_before)
    assert desk.used(just_before + just_before)
    assert not desk.used(just_before + just_before + IDLE)
    assert not desk.used(just_before + just_before + IDLE + 1)


def test_one_found_a_moment_ago_ends_as_well(desk: Desk) -> None:
    assert desk.used(1)
    assert desk.server.remembered(desk.cookie, moment=1) is not None
    desk.at = 1 + IDLE
    assert desk.server.remembered(desk.cookie, moment=1) is None


def test_the_list_tells_when_each_was_used_and_until_when_it_is_open(desk: Desk) -> None:
    began = desk.ledger.clock()
    desk.used(29)
    [one] = desk.server.of("officer")
    assert (one.used_at, one.until) == (began + 29 * MINUTE, began + (29 + IDLE) * MINUTE)
    assert one.open_at(one.until - 1)
    assert not one.open_at(one.until)


def test_another_server_of_the_store_knows_of_the_use_to_a_sixth_of_the_time(desk: Desk) -> None:
    other = desk.another_server()
    assert desk.used(5)  # kept: a sixth of the time has passed
    assert desk.used(9)  # not kept, for it has not
    assert desk.used(5 + IDLE - 1, other)
    assert not desk.used(9 + IDLE + IDLE, other)


def test_what_somebody_ended_is_not_opened_again_by_its_use(desk: Desk) -> None:
    desk.used(10)
    [one] = desk.server.of("officer")
    desk.another_server().end("officer", one.id)
    assert not desk.used(11)


def test_no_session_outlasts_twelve_hours_however_it_is_used(desk: Desk) -> None:
    assert all(desk.used(minute) for minute in range(20, 720, 20))
    assert not desk.used(720)


def test_given_a_server_with_an_idle_time_when_a_browser_rests_that_long_then_it_has_to_sign_in_again(
    tmp_path: Path,
) -> None:
    """``lvyue serve --idle 7`` over HTTP, its clock ahead by as many minutes as a file says."""
    ahead = tmp_path / "minutes"
    ahead.write_text("0")
    clock = f"""
import time, pathlib, ledger.service
ahead = pathlib.Path({str(ahead)!r})
clock = lambda: int(time.time() * 1e6) + int(float(ahead.read_text()) * 6e7)
ledger.service.Ledger.__init__.__kwdefaults__["clock"] = clock
"""
    with serving(tmp_path, "--idle", "7", first=clock) as server, server.client(None) as browser:
        browser.headers["accept"] = "text/html"
        form = re.search(r'name="form_token" value="([^"]+)"', browser.get("/sign-in").text)
        assert form is not None
        browser.post("/sign-in", data={"key": server.keys["bureau"], "form_token": form[1]})
        assert "闲置 7 分钟自动退出" in browser.get("/sessions").text
        for minutes in ("6.5", "13"):  # used in between, it goes on
            ahead.write_text(minutes)
            assert browser.get("/sessions").status_code == 200
        ahead.write_text("20.1")
        over = browser.get("/sessions")
        assert (over.status_code, over.headers["location"]) == (303, "/sign-in?to=/sessions")
        typed = browser.post(f"/contract/{CONTRACT}/record?fact_type=InvoiceIssued", data={"data.invoice": "FP-IDLE"})
        assert typed.status_code == 401 and "FP-IDLE" in typed.text
