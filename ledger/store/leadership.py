"""Give up a database host that led a cluster and no longer answers, once another host leads.

A host that is frozen, or cut off behind something that still accepts bytes, keeps its connections open, so a client
would wait for its answer forever, and no time limit tells this from a slow statement. Therefore a connection that has
waited for a while is closed only where the cluster, asked again, accepts writes on another host. The statement may or
may not have been carried out, as with any lost connection: the request is repeated, and a fact that exists already is
not recorded twice.
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
    """The connections in use to a database of several hosts; ``connect`` opens one to the host that accepts writes,
    ``forget`` closes those not in use.
    """

    def __init__(self, connect: Callable[[], Connection], forget: Callable[[], None]) -> None:
        self._connect, self._forget = connect, forget
        self._since: dict[Connection, float] = {}
        self._thread: threading.Thread | None = None

    def taken(self, connection: Connection) -> None:
        """Note that a connection is in use."""
        self._since[connection] = time.monotonic()
        if self._thread is None:  # none where nothing is ever asked
            self._thread = threading.Thread(target=_look, args=(ref(self),), name="leader-watch", daemon=True)
            self._thread.start()

    def given_back(self, connection: Connection) -> None:
        """Note that a connection is no longer in use."""
        self._since.pop(connection, None)

    def look(self) -> None:
        """Close every connection that has waited long for a host that no longer leads."""
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
