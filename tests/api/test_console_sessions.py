"""Sessions of the console end when nobody uses them: on the minute, not before, and not while somebody does."""

from __future__ import annotations

import pytest

from api.console.sessions import MINUTE, Sessions
from api.principals import Principal, Principals
from ledger.domain.errors import Refusal
from ledger.service import Ledger
from tests.api.server import CONTRACT

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
