"""Letting go of a database host that led and answers no more, while another leads: a cluster's, of several hosts.

A host that is frozen, or cut off behind something that still takes bytes, keeps its connections open: who waits for its
answer would wait for ever, and no time limit tells that from a statement that takes long. So whoever has waited a
while is let go only where the cluster, asked anew, takes writes somewhere else. What was asked may have been done or
not, as with any connection that is lost: it is told again, and a fact that is there already is not recorded twice.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from weakref import ref

import psycopg

Connection = psycopg.Connection[tuple[Any, ...]]
WAITED_SECONDS, LOOK_SECONDS = 10.0, 2.0


class LeaderWatch:
    """The connections in use to a database of several hosts; ``connect`` makes one to the host that takes writes,
    ``forget`` closes those that are not in use."""

    def __init__(self, connect: Callable[[], Connection], forget: Callable[[], None]) -> None:
        self._connect, self._forget = connect, forget
        self._since: dict[Connection, float] = {}
        self._thread: threading.Thread | None = None

    def taken(self, connection: Connection) -> None:
        """It is in use from now on."""
        self._since[connection] = time.monotonic()
        if self._thread is None:  # none where nothing is ever asked
            self._thread = threading.Thread(target=_look, args=(ref(self),), name="leader-watch", daemon=True)
            self._thread.start()

    def given_back(self, connection: Connection) -> None:
        """It is in use no more."""
        self._since.pop(connection, None)

    def look(self) -> None:
        """Let go of every connection that has waited long for a host which leads no more."""
        long_ago = time.monotonic() - WAITED_SECONDS
        for connection in [one for one in list(self._since) if one.closed]:
            self.given_back(connection)
        waiting = [connection for connection, since in list(self._since.items()) if since < long_ago]
        if not waiting:
            return
        with suppress(psycopg.Error):  # nobody leads yet: they go on waiting
            with self._connect() as anew:
                leads = _host(anew)
            for connection in waiting:
                if connection in self._since and _host(connection) != leads:
                    self._forget()
                    with suppress(OSError, psycopg.Error), socket.socket(fileno=os.dup(connection.fileno())) as line:
                        line.shutdown(socket.SHUT_RDWR)


def _host(connection: Connection) -> tuple[str, int]:
    return connection.info.host, connection.info.port


def _look(watched: ref[LeaderWatch]) -> None:
    """Look now and then, as long as there is somebody to look for."""
    while True:
        time.sleep(LOOK_SECONDS)
        watch = watched()
        if watch is None:
            return
        watch.look()
        del watch
