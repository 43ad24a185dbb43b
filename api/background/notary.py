"""The checkpoint signer: every minute a checkpoint over new facts, and the time stamps that are due.

Every process of a ledger may run one; the one that holds the lease signs.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from api.background.leases import Leases
from api.metrics import Metrics
from ledger.domain.errors import Refusal
from ledger.log.failure import Tampered
from ledger.service import Ledger

LOOK_SECONDS = 5.0
ROLE = "signer"


class Notary:
    """The checkpoint signer of one process; others of the same ledger may run at the same time."""

    def __init__(self, ledger: Ledger, metrics: Metrics) -> None:
        self._ledger, self._metrics = ledger, metrics
        self._leases = Leases(ledger.store, ledger.clock)
        self._leads = False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="notary", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Sign the last facts too; then another process may sign."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(10.0)
        self._try(self._last)

    def _run(self) -> None:
        while not self._stop.wait(LOOK_SECONDS):
            self._try(self.round)

    def round(self) -> None:
        """Sign what is due, where no other process does."""
        led, self._leads = self._leads, self._leases.lead(ROLE)
        if self._leads and not led:
            self._metrics.leads(ROLE)
        if self._leads:
            self._ledger.checkpoint_if_due()

    def _last(self) -> None:
        if self._leases.lead(ROLE):
            self._ledger.checkpoint()
            self._leases.release(ROLE)

    def _try(self, sign: Callable[[], object]) -> None:
        """An altered ledger is never signed; that is counted and logged, and the process continues."""
        try:
            sign()
        except (Refusal, Tampered) as error:
            self._metrics.alarmed(error.code)
