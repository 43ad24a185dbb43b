"""The heads: the last fact of each contract, and of the whole ledger, kept in a table of their own.

One flipped bit in an index hides facts without an error. Because heads stand in a separate table, a damaged index and a
damaged table of heads contradict each other, so that part of a contract is never taken for the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from ledger.domain.declare import NamedTuple
from ledger.domain.errors import Refusal
from ledger.store.database import Database, Question, Transaction
from ledger.store.leaf import NO_PREV, StoredRow, digest_bytes, originator
from ledger.store.schema import LEDGER


class Head(NamedTuple):
    """The last fact of a contract (0, 0, 64 zeros where there is none), or of the ledger, whose seq is the position."""

    seq: int
    position: int
    digest: str


NO_HEAD = Head(0, 0, NO_PREV)

_KEPT = "SELECT {}, seq, position, digest FROM heads WHERE originator_id = ?"
_STANDING = (
    " UNION ALL SELECT * FROM (SELECT {}, originator_version, notification_id, state FROM stored_events"
    " WHERE originator_id = ? ORDER BY originator_version DESC LIMIT 1) AS standing"
)
_LAST = (
    " UNION ALL SELECT * FROM (SELECT 1, notification_id AS seq, notification_id AS position, state FROM stored_events"
    " ORDER BY notification_id DESC LIMIT 1) AS standing"
)
END: Question = (_KEPT.format(0) + _LAST, (LEDGER,))  # what end_of looks up
MOVE = (
    "INSERT INTO heads (originator_id, seq, position, digest) VALUES (?, ?, ?, ?), (?, ?, ?, ?)"
    " ON CONFLICT (originator_id)"
    " DO UPDATE SET seq = excluded.seq, position = excluded.position, digest = excluded.digest"
)


def kept_head(source: Database | Transaction, contract: str) -> Head:
    """The head stored for ``contract``, against which readings are checked."""
    return _heads(source.query(_KEPT.format(0), (originator(contract),)), 1)[0][0]


def head_of(source: Database | Transaction, contract: str | None, store: str) -> Head:
    """The last fact of ``contract`` (None: of the ledger), where the facts and the stored head agree.

    Refusal STORE_DAMAGED, naming ``store``, where they do not.
    """
    if contract is not None:
        return heads_of(source, (contract,), store)[0]
    return end_of(source, store)[0]


def end_of(source: Database | Transaction, store: str) -> tuple[Head, bytes]:
    """The last fact of the ledger, as :func:`head_of` gives it, and its leaf (none where it is empty)."""
    found = source.query(*END)
    kept, standing = _heads(found, 1)[0]
    return _sound(store, None, kept, standing), found[-1][3] if standing.seq else b""


def heads_of(source: Database | Transaction, contracts: Sequence[str], store: str) -> list[Head]:
    """The heads of these contracts, by one statement. Refusal STORE_DAMAGED."""
    found = _heads(source.query(*head_question(*contracts)), len(contracts))
    return [_sound(store, contract, *both) for contract, both in zip(contracts, found, strict=True)]


def head_question(*contracts: str) -> Question:
    """What :func:`heads_of` looks up."""
    streams = [stream for contract in contracts for stream in (originator(contract),) * 2]
    return _of_several(len(contracts)), tuple(streams)


@cache
def _of_several(count: int) -> str:
    return " UNION ALL ".join((_KEPT + _STANDING).format(2 * number, 2 * number + 1) for number in range(count))


def _sound(store: str, contract: str | None, kept: Head, standing: Head) -> Head:
    if kept != standing:
        raise damaged(store, contract, kept, standing)
    return kept


def move(transaction: Transaction, last: StoredRow) -> None:
    """Update the head of a contract to which facts were added, and the ledger's; ``last`` is the newest fact of both.
    """
    digest = bytearray.fromhex(last.digest)  # not bytes: see ledger.store.sqlite_recorder
    contract = (originator(last.contract), last.seq, last.position, digest)
    transaction.execute(MOVE, (*contract, LEDGER, last.position, last.position, digest))


def damaged(store: str, contract: str | None, kept: Head, found: Head) -> Refusal:
    """The refusal that states what the head promises and what was found instead."""
    name = contract or ""
    return Refusal("STORE_DAMAGED", "store", store=store, kept=_shown(name, kept), found=_shown(name, found))


def _shown(contract: str, head: Head) -> str:
    return f"{contract}#{head.seq}" + (f" ({head.digest[:8]}…)" if head.digest else "")


def _heads(rows: list[tuple[Any, ...]], count: int) -> list[tuple[Head, Head]]:
    """What was kept and what stands of each, from rows of (twice its number, 1 more for what stands, seq, position,
    digest or leaf)."""
    found = [NO_HEAD] * 2 * count
    for place, seq, position, value in rows:
        if place % 2:
            found[place] = Head(seq, position, digest_bytes(value).hex())
        else:
            found[place] = Head(seq, position, value.hex() if isinstance(value, bytes) else "")  # text fits no digest
    return list(zip(found[::2], found[1::2], strict=True))
