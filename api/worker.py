"""One process of several (`lvyue serve --workers`): it answers on the socket it is given, or works beside requests.

What it is to do comes as one line of JSON on standard input, which stays open as long as whoever started it lives; an
address with a password stands in no list of processes then. It says `ready` on standard output.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, TextIO

from api.settings import Oidc, Settings
from ledger.service import Ledger

READY = "ready"
LAST_SECONDS = 0.5


def task(
    store: str, settings: Settings, *, socket_: int | None = None, tls: tuple[str, str] | None = None
) -> dict[str, Any]:
    """What a worker is told: to answer on the inherited ``socket_``, or without one to work in the background."""
    return {"store": store, "settings": asdict(settings), "socket": socket_, "tls": tls}


def main() -> int:
    """Do what standard input says, until it ends or a signal asks for the end."""
    told = json.loads(sys.stdin.readline())
    oidc = told["settings"].pop("oidc")
    lists = {name: tuple(value) for name, value in told["settings"].items() if isinstance(value, list)}
    named: dict[str, Any] = told["settings"] | lists
    settings = Settings(**named, oidc=oidc and Oidc(**oidc))
    if told["socket"] is None:
        return work(told["store"], settings, ended=_orphaned, ready=_ready)
    sock = socket.socket(fileno=told["socket"])
    return _answer(told["store"], settings, sock, tuple(told["tls"]) if told["tls"] else None)


def work(
    store: str, settings: Settings, wanted: Sequence[str] = (), *, err: TextIO | None = None,
    ended: Callable[[Callable[[], None]], None] = lambda _: None, ready: Callable[[], None] = lambda: None,
) -> int:  # fmt: skip
    """Run the roles ``wanted``, all if none is named, until a signal asks for the end."""
    from api.background.roles import courier_of, roles
    from api.metrics import Metrics

    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    ledger = Ledger(store)
    try:
        metrics = Metrics(err)
        every = roles(ledger, metrics, courier_of(ledger, metrics, settings))
        chosen = [role for name, role in every.items() if not wanted or name in wanted]
        for role in chosen:
            role.start()
        ended(stopping.set)
        ready()
        while not stopping.wait(1.0):
            pass  # a wait without end would keep a signal from being heard on some systems
        for role in chosen:
            role.stop()
    finally:
        ledger.store.close()
    return 0


def _answer(store: str, settings: Settings, sock: socket.socket, tls: tuple[str, str] | None) -> int:
    from api.app import make_app
    from api.serve import run

    ledger = Ledger(store)
    try:
        run(make_app(ledger, settings), sock, tls, ended=_orphaned, ready=_ready, last=LAST_SECONDS)
    finally:
        ledger.store.close()
    return 0


def _ready() -> None:
    print(READY, flush=True)


def _orphaned(stop: Callable[[], None]) -> None:
    """Call ``stop`` once standard input ends: whoever started this process is gone."""

    def wait() -> None:
        while os.read(0, 1024):
            pass
        stop()

    threading.Thread(target=wait, name="orphaned", daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
