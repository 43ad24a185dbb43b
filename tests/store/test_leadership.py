"""A host of a database that answers no more keeps nobody waiting once another takes writes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import quote, urlencode

import pytest
from psycopg.conninfo import conninfo_to_dict

from ledger.service import Ledger
from ledger.store import leadership
from tests.test_service import Clock, terms


class Line:
    """A port of loopback behind which a server stands, until it is ``cut``: bytes are taken from then on, and kept."""

    def __init__(self, behind: str) -> None:
        self._behind = behind
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.cut = threading.Event()
        self._open: list[socket.socket] = [self._listening]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                self._open.append(near)
                if self.cut.is_set():
                    continue  # nobody answers
                far = socket.socket(socket.AF_UNIX)
                far.connect(self._behind)
                self._open.append(far)
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                if not self.cut.is_set():
                    other.sendall(data)

    def close(self) -> None:
        for one in self._open:
            one.close()


@contextmanager
def lines(url: str) -> Iterator[tuple[Line, Line, str]]:
    """Two ways to one server, and an address that names both."""
    named = conninfo_to_dict(url)
    port = named.pop("port", "5432")
    behind = f"{named.pop('host')}/.s.PGSQL.{port}"
    one, other = Line(behind), Line(behind)
    more = urlencode(named | {"host": "127.0.0.1,127.0.0.1", "port": f"{one.port},{other.port}"}, quote_via=quote)
    try:
        yield one, other, f"postgresql://?{more}"
    finally:
        one.close()
        other.close()


def test_who_waits_for_a_host_that_went_silent_is_answered_by_the_one_that_leads(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leadership, "WAITED_SECONDS", 0.5)
    monkeypatch.setattr(leadership, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr("ledger.store.postgres.CONNECT_SECONDS", 2)
    with lines(postgres_url) as (one, _, url):
        ledger = Ledger(url, clock=Clock("2025-12-01T02:00:00Z"), create=True)
        contract = ledger.register(terms()).fact.contract
        one.cut.set()
        found: list[int] = []
        asking = threading.Thread(target=lambda: found.append(ledger.store.last_seq(contract)))
        asking.start()
        asking.join(20)
        assert found == [1]
        ledger.store.close()
