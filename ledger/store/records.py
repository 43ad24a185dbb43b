"""Rows kept beside the facts: stored answers of idempotent requests, and records of other packages.

A record is *kept* (never changed or removed; the database enforces it) or *replaceable*. Every change of one is written
into the journal (:mod:`ledger.log.journal`) in the same transaction, except for the kinds in PASSING, which only say
how far a server has got. A row has a salt, which is removed with it: afterwards the journal no longer reveals what the
row said. Times come from the caller, in µs since the epoch: no clock is read here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ledger.domain.declare import NamedTuple, dataclass
from ledger.domain.errors import Refusal
from ledger.log import journal
from ledger.log.journal import Act, JournaledTable, fingerprint
from ledger.log.tables import Query
from ledger.store.database import Question, Transaction, holds
from ledger.store.leaf import StoredRow


class Record(NamedTuple):
    """One record of a kind; ``recorded_at`` in µs."""

    key: str
    value: bytes
    recorded_at: int


class Answer(NamedTuple):
    """The stored answer to an idempotent request: the request's digest and the response's bytes."""

    request: str
    response: bytes
    recorded_at: int


@dataclass(frozen=True, slots=True)
class Idempotency:
    """An ``Idempotency-Key`` to be stored with the append it guards.

    ``request`` is the digest of the request; ``respond`` makes the response from the rows recorded.
    """

    principal: str
    key: str
    request: str
    respond: Callable[[Sequence[StoredRow]], bytes]


PASSING = ("lease", "webhook-attempts", "webhook-position")
"""Kinds that are not journaled: which process works until when, and what has been delivered so far."""
UNNAMED = ("answer", "oidc-subject")
"""Kinds whose key was chosen outside and may name a person: the journal has a salted digest of it instead."""
ACCESS, ACCESS_LOG = ("principal", "oidc-subject", "api-key", "webhook", "session"), "access-log"
"""The kinds that decide who may do what, and the log of their changes: each change is followed by a line there."""
LARGE = ("document", "import-file", "import-rows")  # kinds whose values may be of many megabytes

SELECT_ANSWER = "SELECT request, response, recorded_at FROM answers WHERE principal = ? AND key = ?"
SELECT_RECORD = "SELECT key, value, recorded_at FROM records WHERE kind = ? AND key = ?"
SELECT_KIND = "SELECT key, value, recorded_at FROM records WHERE kind = ? ORDER BY key"


def before_remembering(guard: Idempotency) -> list[Question]:
    """What is looked up before an answer is stored: whether there is one, and where the journal ends."""
    return [(SELECT_ANSWER, (guard.principal, guard.key)), (journal.END, ())]


def remember(transaction: Transaction, guard: Idempotency, rows: Sequence[StoredRow], *, at: int) -> None:
    """Store the response to ``guard``'s request, made from the rows just recorded (none: all were there already)."""
    row = (guard.principal, guard.key, guard.request, guard.respond(rows), at, _salt())
    journal.insert(transaction, ANSWERS, row, "put")


def forget(transaction: Transaction, before: int) -> int:
    """Remove the answers stored before a moment (µs), which can then no longer be replayed; returns how many."""
    found = transaction.query(
        f"SELECT {', '.join(ANSWERS.columns)} FROM answers WHERE recorded_at < ? ORDER BY principal, key", (before,)
    )
    for row in found:
        transaction.execute("DELETE FROM answers WHERE principal = ? AND key = ?", row[:2])
        journal.add(transaction, "remove", *ANSWERS.named(row))
    return len(found)


def put(transaction: Transaction, kind: str, key: str, value: bytes, *, at: int) -> None:
    """Write a replaceable record. Refusal RECORD_KEPT where a permanent record has that key."""
    found = transaction.query("SELECT kept, salt FROM records WHERE kind = ? AND key = ?", (kind, key))
    if not found:
        _insert(transaction, (kind, key, value, at, 0, _salt()), "put")
    elif found[0][0]:
        raise Refusal("RECORD_KEPT", kind=kind, key=key)
    else:
        transaction.execute(
            "UPDATE records SET value = ?, recorded_at = ? WHERE kind = ? AND key = ?", (value, at, kind, key)
        )
        _journal(transaction, (kind, key, value, at, 0, bytes(found[0][1])), "put")


def keep(transaction: Transaction, kind: str, key: str, value: bytes, *, at: int) -> None:
    """Write a permanent record; the same bytes again do nothing. Refusal RECORD_KEPT for other bytes."""
    found = transaction.query("SELECT value, kept FROM records WHERE kind = ? AND key = ?", (kind, key))
    if not found:
        _insert(transaction, (kind, key, value, at, 1, _salt()), "keep")
    elif bytes(found[0][0]) != value or not found[0][1]:
        raise Refusal("RECORD_KEPT", kind=kind, key=key)


def remove(transaction: Transaction, kind: str, key: str) -> None:
    """Remove a replaceable record, if there is one. Refusal RECORD_KEPT for a permanent one."""
    found = transaction.query("SELECT kept, salt FROM records WHERE kind = ? AND key = ?", (kind, key))
    if not found:
        return
    if found[0][0]:
        raise Refusal("RECORD_KEPT", kind=kind, key=key)
    transaction.execute("DELETE FROM records WHERE kind = ? AND key = ?", (kind, key))
    _journal(transaction, (kind, key, b"", 0, 0, bytes(found[0][1])), "remove")


def journaled(query: Query) -> Iterator[tuple[JournaledTable, Sequence[Any]]]:
    """Every answer, and every record of a kind that is journaled."""
    passing = ", ".join(f"'{kind}'" for kind in PASSING)
    large = ", ".join(f"'{kind}'" for kind in LARGE)
    for where, most in ((f"kind NOT IN ({passing}, {large})", journal.READ_ROWS), (f"kind IN ({large})", 1)):
        for row in journal.rows(query, RECORDS, where, most):
            yield RECORDS, row
    for row in journal.rows(query, ANSWERS):
        yield ANSWERS, row


def _insert(transaction: Transaction, row: tuple[str, str, bytes, int, int, bytes], act: Act) -> None:
    transaction.execute(
        "INSERT INTO records (kind, key, value, recorded_at, kept, salt) VALUES (?, ?, ?, ?, ?, ?)", row
    )
    _journal(transaction, row, act)


def _journal(transaction: Transaction, row: tuple[str, str, bytes, int, int, bytes], act: Act) -> None:
    if row[0] not in PASSING:
        journal.add(transaction, act, *RECORDS.named(row), b"" if act == "remove" else fingerprint(*row))


def _salt() -> bytes:
    return os.urandom(16)


def _named(kind: str, key: str, salt: bytes) -> tuple[str, str]:
    """The key by which the journal names a row."""
    return kind, fingerprint(salt, kind, key).hex()[:32] if kind in UNNAMED else key


RECORDS = JournaledTable(
    "records", ("kind", "key", "value", "recorded_at", "kept", "salt"), 2, lambda row: _named(row[0], row[1], row[5])
)
ANSWERS = JournaledTable(
    "answers", ("principal", "key", "request", "response", "recorded_at", "salt"), 2,
    lambda row: _named("answer", f"{row[0]} {row[1]}", row[5]),
)  # fmt: skip


def adopt(transaction: Transaction) -> None:
    """Begin the journal of a ledger that has none: a line for everything kept so far, the access log last."""
    from ledger.log.storage import KEYS, TABLES

    replaceable = transaction.query("SELECT kind, key FROM records WHERE kept = 0")
    for kind, key in replaceable:
        transaction.execute("UPDATE records SET salt = ? WHERE kind = ? AND key = ?", (_salt(), kind, key))
    for principal, key in transaction.query("SELECT principal, key FROM answers"):
        transaction.execute("UPDATE answers SET salt = ? WHERE principal = ? AND key = ?", (_salt(), principal, key))
    for table in TABLES:
        rows = journal.rows(transaction.query, table) if holds(transaction, table.name) else iter(())
        if table is KEYS:
            rows = iter(sorted(rows, key=lambda row: int(row[2])))  # by which they took over from one another
        for row in rows:
            journal.add(transaction, "keep", *table.named(row), fingerprint(*row))
    late = (*ACCESS, ACCESS_LOG)
    for kinds in ((), *((kind,) for kind in late)):
        for table, row in journaled(transaction.query):
            kind, key = table.named(row)
            if kind in kinds or (not kinds and kind not in late):
                act: Act = "keep" if table is RECORDS and row[4] else "put"
                journal.add(transaction, act, kind, key, fingerprint(*row))
