"""The heads: the last fact of each contract, and of the ledger as a whole, kept beside the facts they name.

One flipped bit in an index hides facts without an error. A head stands in a table of its own, so what a damaged index
or a damaged heads table says is contradicted by the other, and nobody is told a part of a contract for the whole.
"""

from __future__ import annotations

from typing import Any

from ledger.domain.declare import NamedTuple
from ledger.domain.errors import Refusal
from ledger.store.database import Database, Transaction
from ledger.store.leaf import NO_PREV, StoredRow, digest_bytes, originator
from ledger.store.schema import LEDGER


class Head(NamedTuple):
    """The last fact of a contract (0, 0, 64 zeros where there is none), or of the ledger, whose seq is the position."""

    seq: int
    position: int
    digest: str


NO_HEAD = Head(0, 0, NO_PREV)

_KEPT = "SELECT 0, seq, position, digest FROM heads WHERE originator_id = ?"
_STANDING = (
    " UNION ALL SELECT * FROM (SELECT 1, originator_version, notification_id, state FROM stored_events"
    " WHERE originator_id = ? ORDER BY originator_version DESC LIMIT 1) AS standing"
)
_LAST = (
    " UNION ALL SELECT * FROM (SELECT 1, notification_id AS seq, notification_id AS position, state FROM stored_events"
    " ORDER BY notification_id DESC LIMIT 1) AS standing"
)
_MOVE = (
    "INSERT INTO heads (originator_id, seq, position, digest) VALUES (?, ?, ?, ?), (?, ?, ?, ?)"
    " ON CONFLICT (originator_id)"
    " DO UPDATE SET seq = excluded.seq, position = excluded.position, digest = excluded.digest"
)


def kept_head(source: Database | Transaction, contract: str | None) -> Head:
    """The head kept of ``contract`` (None: of the ledger), to hold what is read against."""
    return _heads(source.query(_KEPT, (LEDGER if contract is None else originator(contract),)))[0]


def head_of(source: Database | Transaction, contract: str | None, store: str) -> Head:
    """The last fact of ``contract`` (None: of the ledger), where the facts and the head kept say the same.

    Refusal STORE_DAMAGED, naming ``store``, where they do not.
    """
    if contract is None:
        found = source.query(_KEPT + _LAST, (LEDGER,))
    else:
        stream = originator(contract)
        found = source.query(_KEPT + _STANDING, (stream, stream))
    kept, standing = _heads(found)
    if kept != standing:
        raise damaged(store, contract, kept, standing)
    return kept


def move(transaction: Transaction, last: StoredRow) -> None:
    """Keep the head of the contract that facts were added to, and the ledger's: ``last`` is the newest of both."""
    digest = bytes.fromhex(last.digest)
    contract = (originator(last.contract), last.seq, last.position, digest)
    transaction.execute(_MOVE, (*contract, LEDGER, last.position, last.position, digest))


def damaged(store: str, contract: str | None, kept: Head, found: Head) -> Refusal:
    """The refusal that says what the head promises and what was found instead."""
    name = contract or ""
    return Refusal("STORE_DAMAGED", "store", store=store, kept=_shown(name, kept), found=_shown(name, found))


def _shown(contract: str, head: Head) -> str:
    return f"{contract}#{head.seq}" + (f" ({head.digest[:8]}…)" if head.digest else "")


def _heads(rows: list[tuple[Any, ...]]) -> tuple[Head, Head]:
    """What was kept and what stands, from rows of (0 or 1, seq, position, digest or leaf)."""
    kept, standing = NO_HEAD, NO_HEAD
    for which, seq, position, value in rows:
        if which:
            standing = Head(seq, position, digest_bytes(value).hex())
        else:
            kept = Head(seq, position, value.hex() if isinstance(value, bytes) else "")  # text fits no digest
    return kept, standing
