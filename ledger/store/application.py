"""The eventsourcing application of the ledger: one stream per contract, stable topics, readable state.

Facts enter through the recorder's ``record``, under the write lock, with their digests. The library's own ``save`` is
closed, because it could set neither ``recorded_at`` nor ``prev`` under that lock. The library's reading side
(``events``, ``notification_log``) works as usual.

Importing ``eventsourcing.domain`` patches ``dataclasses``; so nothing else imports this module before the first append.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, cast
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import (
    InfrastructureFactory,
    JSONTranscoder,
    Mapper,
    Notification,
    StoredEvent,
)
from eventsourcing.utils import Environment, EnvType

from ledger.domain.moments import parse_utc
from ledger.store.database import Transaction
from ledger.store.leaf import StoredRow, decode, digest_of, originator


class LeafMapper(Mapper[UUID]):
    """Stored rows to stored events and back: the topic is the stored name, the state the leaf's own bytes.

    The library's mapper fails on slotted classes, names topics after modules and wraps every value.
    """

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        """The event that holds exactly the row's bytes."""
        row = cast(StoredRow, domain_event)
        return StoredEvent(originator(row.contract), row.seq, row.type, row.bytes)

    def to_domain_event(self, stored_event: StoredEvent) -> StoredRow:
        """The row of a stored event; its position is known only from a notification (else 0)."""
        position = stored_event.id if isinstance(stored_event, Notification) else 0
        leaf = decode(stored_event.state, position)
        return StoredRow(
            position, leaf["contract"], leaf["seq"], leaf["type"], parse_utc(leaf["recorded_at"]),
            digest_of(stored_event.state), leaf["prev"], stored_event.state,
        )  # fmt: skip


class LedgerRecorder(Protocol):
    """A recorder that can insert within a transaction that is already open."""

    def record(self, transaction: Transaction, rows: Sequence[StoredRow]) -> None:
        """Insert sealed rows, in position order."""
        ...


class LedgerStore(Application[UUID]):
    """The ledger as an eventsourcing application."""

    name = "lvyue"
    log_section_size = 1000

    def __init__(self, factory: Callable[[Environment], InfrastructureFactory[Any]]) -> None:
        self._make_factory = factory
        super().__init__()

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """An empty environment: a CIPHER_TOPIC in the shell must not change what is stored."""
        return Environment(name, dict(env or {}))

    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:
        """The factory over the database that the store has open."""
        return self._make_factory(env)

    def construct_mapper(self) -> Mapper[UUID]:
        """The leaf mapper, without cipher and compressor."""
        return LeafMapper(JSONTranscoder())

    def save(self, *objs: object, **kwargs: object) -> Any:
        """Closed: raises TypeError, since facts enter through the store's ``append``."""
        raise TypeError("facts enter through Store.append, which seals them under the write lock")
