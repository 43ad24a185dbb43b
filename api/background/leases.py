"""Leases for what only one server of a ledger may do at a time: kept in the store, and free for another once they run
out.

Moments are those of the ledger's clock, so servers of one ledger keep their clocks within a few seconds of each other.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from json import loads

from ledger.store import Store
from ledger.store.database import Transaction
from ledger.store.encoding import encode
from ledger.store.records import SELECT_RECORD, put, remove

LEASE = "lease"
LEASE_SECONDS = 20.0  # how long what a killed server was doing waits for another
_MICROSECONDS = 1_000_000


class Leases:
    """The leases of one part of one server. Safe to use from several threads."""

    def __init__(self, store: Store, clock: Callable[[], int]) -> None:
        self._store = store
        self._clock = clock
        self._holder = secrets.token_hex(8)
        self._renew_at: dict[str, int] = {}  # what is held here as far as we know, and when to see to it again

    def free(self, name: str) -> bool:
        """Whether nobody holds it, or it has run out."""
        return self._free(self._store.get(LEASE, name))

    def take(self, name: str) -> bool:
        """Take a free lease; False where it is held, even by another thread of this server."""
        with self._store.writing() as transaction:
            return self.take_in(transaction, name)

    def take_in(self, transaction: Transaction, name: str) -> bool:
        """The same within a transaction."""
        if not self._free(_found(transaction, name)):
            return False
        self._put(transaction, name)
        return True

    def lead(self, name: str) -> bool:
        """Hold it from now on, as long as this is called in time; False where another server does."""
        value = self._store.get(LEASE, name)
        held = value is not None and bool(loads(value)["holder"] == self._holder)
        if held and self._clock() < self._renew_at.get(name, 0):
            return True
        if not held and not self._free(value):
            return False
        with self._store.writing() as transaction:
            return self.keep_in(transaction, name) or self.take_in(transaction, name)

    def keep_in(self, transaction: Transaction, name: str) -> bool:
        """Extend it within a transaction; False where another server has taken it, and the work with it."""
        if not self._held(transaction, name):
            return False
        self._put(transaction, name)
        return True

    def renew(self, name: str) -> None:
        """Extend it where a third of its time has passed; for long work between two writes."""
        at = self._renew_at.get(name)
        if at is not None and self._clock() >= at:
            with self._store.writing() as transaction:
                self.keep_in(transaction, name)

    def release(self, name: str) -> None:
        """Release it, where it is still held here."""
        with self._store.writing() as transaction:
            self.release_in(transaction, name)

    def release_in(self, transaction: Transaction, name: str) -> None:
        """The same within a transaction."""
        if self._held(transaction, name):
            remove(transaction, LEASE, name)
        self._renew_at.pop(name, None)

    def _held(self, transaction: Transaction, name: str) -> bool:
        value = _found(transaction, name)
        return value is not None and bool(loads(value)["holder"] == self._holder)

    def _put(self, transaction: Transaction, name: str) -> None:
        now, length = self._clock(), int(LEASE_SECONDS * _MICROSECONDS)
        put(transaction, LEASE, name, encode({"holder": self._holder, "until": now + length}), at=now)
        self._renew_at[name] = now + length // 3

    def _free(self, value: bytes | None) -> bool:
        return value is None or bool(loads(value)["until"] <= self._clock())


def _found(transaction: Transaction, name: str) -> bytes | None:
    found = transaction.query(SELECT_RECORD, (LEASE, name))
    return bytes(found[0][1]) if found else None
