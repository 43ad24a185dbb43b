"""The components of one server, which its endpoints share."""

from __future__ import annotations

from dataclasses import dataclass

from api.background.courier import Courier
from api.background.exports import Exports
from api.background.jobs import Jobs
from api.background.receivers import Receivers
from api.background.weighings import Weighings
from api.metrics import Metrics
from api.principals import Principals
from api.response_cache import ResponseCache
from api.settings import Settings
from api.threads import Writer
from ledger.domain.errors import Refusal
from ledger.service import CALENDAR, Ledger


@dataclass(frozen=True, slots=True)
class Components:
    """The components of one server, put together in :mod:`api.app`."""

    ledger: Ledger
    settings: Settings
    principals: Principals
    responses: ResponseCache
    metrics: Metrics
    receivers: Receivers
    courier: Courier
    exports: Exports
    weighings: Weighings
    jobs: Jobs
    suppositions: Jobs  # apart from the others: one over all contracts takes minutes
    writer: Writer

    def known(self, contract: str) -> None:
        """Raise Refusal CONTRACT_UNKNOWN unless the contract exists; the stream of notices is none."""
        if contract == CALENDAR:
            raise Refusal("CONTRACT_UNKNOWN", "contract", contract=contract)
        self.ledger.version(contract)
