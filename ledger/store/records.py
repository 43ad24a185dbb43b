"""What is kept beside the facts: remembered answers of idempotent requests, and other rooms' records.

A record is *kept* (never changed or removed, the database sees to it) or *replaceable*. Times come from
the caller, in µs since the epoch: nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ledger.domain.errors import Refusal
from ledger.store.database import Transaction
from ledger.store.leaf import StoredRow


class Record(NamedTuple):
    """One record of a kind; ``recorded_at`` in µs."""

    key: str
    value: bytes
    recorded_at: int


class Answer(NamedTuple):
    """What was answered to an idempotent request: its digest and the response's bytes."""

    request: str
    response: bytes
    recorded_at: int


@dataclass(frozen=True, slots=True)
class Idempotency:
    """An ``Idempotency-Key`` to be kept with the append it guards.

    ``request`` is the digest of the request; ``respond`` makes the response from the rows recorded.
    """

    principal: str
    key: str
    request: str
    respond: Callable[[Sequence[StoredRow]], bytes]


SELECT_ANSWER = "SELECT request, response, recorded_at FROM answers WHERE principal = ? AND key = ?"
SELECT_RECORD = "SELECT key, value, recorded_at FROM records WHERE kind = ? AND key = ?"
SELECT_KIND = "SELECT key, value, recorded_at FROM records WHERE kind = ? ORDER BY key"


def remember(transaction: Transaction, guard: Idempotency, rows: Sequence[StoredRow], *, at: int) -> None:
    """Keep the response to ``guard``'s request, made from the rows just recorded (none: all were there)."""
    transaction.execute(
        "INSERT INTO answers (principal, key, request, response, recorded_at) VALUES (?, ?, ?, ?, ?)",
        (guard.principal, guard.key, guard.request, guard.respond(rows), at),
    )


def put(transaction: Transaction, kind: str, key: str, value: bytes, *, at: int) -> None:
    """Write a replaceable record. Refusal RECORD_KEPT where a kept one has that key."""
    found = transaction.query("SELECT kept FROM records WHERE kind = ? AND key = ?", (kind, key))
    if not found:
        _insert(transaction, kind, key, value, at, kept=0)
    elif found[0][0]:
        raise Refusal("RECORD_KEPT", kind=kind, key=key)
    else:
        transaction.execute(
            "UPDATE records SET value = ?, recorded_at = ? WHERE kind = ? AND key = ?", (value, at, kind, key)
        )


def keep(transaction: Transaction, kind: str, key: str, value: bytes, *, at: int) -> None:
    """Write a record for good; the same bytes again do nothing. Refusal RECORD_KEPT for other bytes."""
    found = transaction.query("SELECT value, kept FROM records WHERE kind = ? AND key = ?", (kind, key))
    if not found:
        _insert(transaction, kind, key, value, at, kept=1)
    elif bytes(found[0][0]) != value or not found[0][1]:
        raise Refusal("RECORD_KEPT", kind=kind, key=key)


def remove(transaction: Transaction, kind: str, key: str) -> None:
    """Remove a replaceable record, if it is there. Refusal RECORD_KEPT for a kept one."""
    found = transaction.query("SELECT kept FROM records WHERE kind = ? AND key = ?", (kind, key))
    if found and found[0][0]:
        raise Refusal("RECORD_KEPT", kind=kind, key=key)
    transaction.execute("DELETE FROM records WHERE kind = ? AND key = ?", (kind, key))


def _insert(transaction: Transaction, kind: str, key: str, value: bytes, at: int, *, kept: int) -> None:
    transaction.execute(
        "INSERT INTO records (kind, key, value, recorded_at, kept) VALUES (?, ?, ?, ?, ?)",
        (kind, key, value, at, kept),
    )
