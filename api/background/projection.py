"""Keep the portfolio current beside requests. Contracts affected by facts or days are swept, and alerts written, within
a second; for a large contract with constant recording within some ten times as long as its sweep takes. New generations
are built in other processes.

Every server of a ledger may do so at the same time; a new generation is built by the one that holds the lease.
"""

from __future__ import annotations

import threading
import time

from api.background.leases import Leases
from api.metrics import Metrics
from api.processor import everywhere
from ledger.domain.errors import Refusal
from ledger.log.failure import Tampered
from ledger.portfolio_rows import in_processes
from ledger.service import Ledger

LOOK_SECONDS = 0.5
RESTS = 9  # times as long as a round took: a large contract written to all the while takes a tenth of the time
MOST_REST_SECONDS = 10.0
FAILED_SECONDS = 60.0  # until what could not be swept is tried again
AT_ONCE = 200  # contracts swept in a round
LEASE = "portfolio"
STOP_SECONDS = 5.0


class Stopped(Exception):
    """The server stops; the next one continues the build."""


class Projection:
    """The projector of one server."""

    def __init__(self, ledger: Ledger, metrics: Metrics) -> None:
        self._ledger = ledger
        self._metrics = metrics
        self._leases = Leases(ledger.store, ledger.clock)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="portfolio", daemon=True)

    def start(self) -> None:
        """Build the portfolio of a new ledger at once, so that alerts begin with the first fact."""
        try:
            if not self._ledger.store.registered():
                self._ledger.projector.current(AT_ONCE)
        except (Refusal, Tampered) as flaw:
            self._metrics.failed("portfolio", flaw)
        self._thread.start()

    def stop(self) -> None:
        """Begin nothing more; an unfinished build stops."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        pause = LOOK_SECONDS
        while not self._stop.wait(pause):
            begun = time.monotonic()
            try:
                self.round()
                pause = min(max(LOOK_SECONDS, RESTS * (time.monotonic() - begun)), MOST_REST_SECONDS)
            except Stopped:
                return
            except (Refusal, Tampered) as flaw:
                self._metrics.failed("portfolio", flaw)
                pause = FAILED_SECONDS

    def round(self) -> None:
        """Bring the portfolio up to date, or closer to it."""
        projector, until = self._ledger.projector, self._ledger.store.leaf_count()
        while not projector.sweep_some(until=until):  # what comes meanwhile waits: it might never end
            if self._stop.is_set():
                raise Stopped
        if projector.stands() or projector.current(AT_ONCE) or not self._leases.take(LEASE):
            return
        try:
            with everywhere(), in_processes(self._ledger.store.url) as swept:
                projector.rebuild(swept, self._built)
        finally:
            self._leases.release(LEASE)

    def _built(self, count: int, total: int) -> None:
        if self._stop.is_set():
            raise Stopped
        self._leases.renew(LEASE)
