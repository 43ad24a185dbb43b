"""Starting the server: the ledger opened with its log, the first key shown once, uvicorn run."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from api.principals import Principals
from api.settings import Oidc, Settings
from ledger.collector import keep_loaded
from ledger.domain.errors import Refusal
from ledger.messages import Language, say
from ledger.service import Ledger

if TYPE_CHECKING:
    from api.app import Lvyue

SWITCH_SECONDS = 0.0005  # how long a thread that works keeps the interpreter from one that has a request to answer
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def open_ledger(store_url: str, *, create: bool = True) -> Ledger:
    """The ledger at ``store_url``, made where there is none."""
    return Ledger(store_url, create=create)


def settings_from(environment: Mapping[str, str], **chosen: object) -> Settings:
    """Settings as the command line chose them, the identity provider from the environment.

    ``LVYUE_OIDC_ISSUER``, ``LVYUE_OIDC_AUDIENCE`` and ``LVYUE_OIDC_JWKS`` (an https address or a file) go
    together; Refusal OIDC_INCOMPLETE where one is missing. ``LVYUE_OIDC_REDIRECT`` (``https://…/sign-in/back``) lets
    people sign in to the console there, ``LVYUE_OIDC_SECRET`` is the client's secret, where it has one.
    ``LVYUE_TEST_RECEIVERS=loopback`` lets webhooks call this machine, which nothing but a test should want.
    """
    named = {name: environment.get(f"LVYUE_OIDC_{name.upper()}", "") for name in ("issuer", "audience", "jwks")}
    if any(named.values()) and not all(named.values()):
        missing = ", ".join(f"LVYUE_OIDC_{name.upper()}" for name, value in named.items() if not value)
        raise Refusal("OIDC_INCOMPLETE", "environment", missing=missing)
    more = {name: environment.get(f"LVYUE_OIDC_{name.upper()}", "") for name in ("redirect", "secret")}
    oidc = Oidc(**named, **more) if all(named.values()) else None
    chosen["test_receivers"] = environment.get("LVYUE_TEST_RECEIVERS") == "loopback"
    return Settings(oidc=oidc, **chosen)  # type: ignore[arg-type]


def main(
    store_url: str, host: str = "127.0.0.1", port: int = 8000, *, lang: Language = "zh",
    settings: Settings | None = None, tls: tuple[str, str] | None = None, workers: int = 0, err: TextIO | None = None,
) -> int:  # fmt: skip
    """Serve the ledger at ``store_url`` until told to stop; 0 after an orderly end.

    ``tls`` is the certificate's and the key's file, ``workers`` how many processes answer (0: this one). A store
    without principals gets one operator key, printed once on standard error and kept nowhere. Refusal SERVE_ADDRESS
    where host and port cannot be had, SERVE_WORKERS where processes cannot share a socket.
    """
    from api.app import make_app

    err, settings = err or sys.stderr, settings or settings_from(os.environ)
    if workers and os.name != "posix":
        raise Refusal("SERVE_WORKERS", "workers")
    sock = _listen(host, port)
    ledger = open_ledger(store_url)
    key = Principals(ledger.store, ledger.clock).first_key()
    if key is not None:
        print(say("SERVE_FIRST_KEY", lang, key=key), file=err, flush=True)
    if host not in LOOPBACK and tls is None:
        print(say("SERVE_IN_THE_CLEAR", lang, host=host), file=err, flush=True)
    scheme, at = "https" if tls else "http", sock.getsockname()
    shown = f"[{at[0]}]" if ":" in at[0] else at[0]

    def ready() -> None:
        print(say("SERVE_READY", lang, url=f"{scheme}://{shown}:{at[1]}"), file=err, flush=True)

    if workers:
        ledger.store.close()
        return _several(store_url, settings, sock, tls, workers, err, ready)
    try:
        app = make_app(ledger, settings, out=err)
        ready()
        run(app, sock, tls)
    finally:
        ledger.store.close()
    return 0


def run(
    app: Lvyue, sock: socket.socket, tls: tuple[str, str] | None, *,
    ended: Callable[[Callable[[], None]], None] = lambda _: None, ready: Callable[[], None] = lambda: None,
    last: float = 0.0,
) -> None:  # fmt: skip
    """Answer on a socket until a signal asks for the end, or what ``ended`` is given is called.

    ``last`` is how many seconds it still listens to whoever it let in just before, where others go on answering.
    """
    import uvicorn

    from api.connection import Connection
    from api.processor import OneProcessor

    sys.setswitchinterval(SWITCH_SECONDS)
    gc.collect()
    keep_loaded()  # looking through it takes 90 ms each time
    gc.set_threshold(20_000, 50, 10)  # an answer is thousands of objects that stay, and no cycle among them
    certificate, private = tls or (None, None)
    logging.getLogger("uvicorn").setLevel(logging.ERROR)  # our own lines have a form, and say no less
    config = uvicorn.Config(
        app, http=Connection, log_config=None, access_log=False, server_header=False, timeout_keep_alive=30,
        timeout_graceful_shutdown=10, lifespan="on", proxy_headers=False, ws="none",
        ssl_certfile=certificate, ssl_keyfile=private,
    )  # fmt: skip

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            OneProcessor().look()
            ready()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            for listening in self.servers if last else ():
                listening.close()
            await asyncio.sleep(last)
            await super().shutdown(sockets=sockets)

    server = Server(config)

    def stop(*_: object) -> None:
        """Before uvicorn listens for signals, and when it sends itself the signal again after it has shut down."""
        server.should_exit = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    ended(stop)
    server.run(sockets=[sock])


def _several(
    store_url: str, settings: Settings, sock: socket.socket, tls: tuple[str, str] | None, workers: int, err: TextIO,
    ready: Callable[[], None],
) -> int:  # fmt: skip
    from api.rate_limits import shared_file
    from api.supervisor import Supervisor
    from api.worker import task

    with shared_file() as limits:
        each = replace(settings, shared_limits=limits, background=False)
        answering = [task(store_url, each, socket_=sock.fileno(), tls=tls) for _ in range(workers)]
        working = [task(store_url, settings)] if settings.background else []
        return Supervisor((sock.fileno(), limits), answering, working, err).run(ready)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # The protocol is named because asyncio switches Nagle's algorithm off only where it is: without that
        # every answer would wait 40 ms for the acknowledgement of its own headers.
        sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        if os.name == "posix":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(1024)
        return sock
    except (OSError, OverflowError) as error:
        detail = getattr(error, "strerror", None) or error
        raise Refusal("SERVE_ADDRESS", "port", host=host, port=port, detail=detail) from None
