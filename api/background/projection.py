"""Keeping the portfolio current beside requests: what facts or days have moved is swept, and told, within a second, of
a large contract that is written to all the while within some ten times as long as sweeping it takes; a new
generation is built in other processes.

Every server of a ledger may do so at the same time; a new generation is built by whichever holds the lease.
"""

from __future__ import annotations

import threading
import time

from api.background.leases import Leases
from api.metrics import Metrics
from ledger.domain.errors import Refusal
from ledger.log.failure import Tampered
from ledger.projector import in_processes
from ledger.service import Ledger

LOOK_SECONDS = 0.5
RESTS = 9  # times as long as a round took: a large contract written to all the while takes a tenth of the time
MOST_REST_SECONDS = 10.0
FAILED_SECONDS = 60.0  # until what could not be swept is tried again
AT_ONCE = 200  # contracts swept in a round
LEASE = "portfolio"
STOP_SECONDS = 5.0


class Stopped(Exception):
    """The server stops; the build is gone on with by the next."""


class Projection:
    """The projector of one server."""

    def __init__(self, ledger: Ledger, metrics: Metrics) -> None:
        self._ledger = ledger
        self._metrics = metrics
        self._leases = Leases(ledger.store, ledger.clock)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="portfolio", daemon=True)

    def start(self) -> None:
        """Of a new ledger the portfolio is built at once: what is recorded from the first fact on is told."""
        try:
            if not self._ledger.store.registered():
                self._ledger.projector.current(AT_ONCE)
        except (Refusal, Tampered) as flaw:
            self._metrics.failed("portfolio", flaw)
        self._thread.start()

    def stop(self) -> None:
        """Begin nothing more; what is being built goes no further."""
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
        """Bring the portfolio up to date, or nearer to it."""
        projector, until = self._ledger.projector, self._ledger.store.leaf_count()
        while not projector.sweep_some(until=until):  # what comes meanwhile waits: it might never end
            if self._stop.is_set():
                raise Stopped
        if projector.stands() or projector.current(AT_ONCE) or not self._leases.take(LEASE):
            return
        try:
            with in_processes(self._ledger.store.url) as swept:
                projector.rebuild(swept, self._built)
        finally:
            self._leases.release(LEASE)

    def _built(self, count: int, total: int) -> None:
        if self._stop.is_set():
            raise Stopped
        self._leases.renew(LEASE)
