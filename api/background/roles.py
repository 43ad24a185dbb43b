"""What runs beside requests, by role: in the server itself, or in processes of their own (`lvyue work`).

Each role may run in any number of processes on one store. The signer has one lease, the courier one for each webhook,
and the projector stores its position in the transaction of its rows. A process that holds a lease may be killed at any
moment without harm: another takes the lease once it has run out.
"""

from __future__ import annotations

from typing import Protocol

from api.background.courier import Courier
from api.background.notary import Notary
from api.background.projection import Projection
from api.background.receivers import Receivers
from api.metrics import Metrics
from api.settings import Settings
from ledger.service import Ledger

ROLES = ("signer", "courier", "projector")


class Role(Protocol):
    """Something that runs in a thread of its own from ``start`` to ``stop``, which ends it properly."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


def roles(ledger: Ledger, metrics: Metrics, courier: Courier) -> dict[str, Role]:
    """Everything that runs beside requests, not yet started; nothing on a replica, where all of it would have to write.
    """
    if ledger.store.replica:
        return {}
    return {"signer": Notary(ledger, metrics), "courier": courier, "projector": Projection(ledger, metrics)}


def courier_of(ledger: Ledger, metrics: Metrics, settings: Settings) -> Courier:
    """The courier of a process that does not answer requests."""
    receivers = Receivers(settings.receivers, loopback=settings.test_receivers)
    return Courier(ledger, metrics, post=receivers.post)
