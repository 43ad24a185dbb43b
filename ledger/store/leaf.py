"""The leaf: the exact bytes stored for one fact, and what is derived from them.

One line of readable JSON, keys always in this order: type (stored name, ``InvoiceIssued.v1``), contract, seq, on, by,
actor (only where it differs from by), ref, data, documents (only where there are any), recorded_at, recorded_by,
recorded_roles (only where known), prev. The digest is the SHA-256 of those bytes; ``prev`` is the digest of the
contract's previous fact, and 64 zeros for seq 1. Nothing is encoded again in order to be hashed: only the stored bytes
count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha1, sha256
from typing import TYPE_CHECKING, Any

import orjson

from ledger.domain.declare import NamedTuple
from ledger.domain.errors import Refusal
from ledger.domain.moments import format_utc, parse_utc

if TYPE_CHECKING:
    from uuid import UUID

NO_PREV = "0" * 64
KEYS = frozenset(("type", "contract", "seq", "on", "by", "ref", "data", "recorded_at", "recorded_by", "prev"))


class Draft(NamedTuple):
    """An admitted fact before the ledger adds its own fields, as passed to ``append``.

    ``type`` is the stored name, ``on`` the text as given, ``data`` and ``documents`` plain JSON values (money and
    shares as decimal strings). Without a ``ref`` the seq serves as one. ``recorded_roles`` are those the recorder held
    on the contract when recording, None where unknown; ``actor`` is None where it equals ``by``.
    """

    type: str
    on: str
    by: str
    ref: str | None
    data: Mapping[str, object]
    documents: Sequence[Mapping[str, object]] | None = None
    recorded_roles: Sequence[str] | None = None
    actor: str | None = None


class StoredRow(NamedTuple):
    """A fact as stored; ``recorded_at`` in µs since the epoch, digests in lower-case hex."""

    position: int
    contract: str
    seq: int
    type: str
    recorded_at: int
    digest: str
    prev: str
    bytes: bytes

    @property
    def originator_id(self) -> UUID:
        """The stream's id, as eventsourcing calls it."""
        from uuid import UUID

        return UUID(originator(self.contract))

    @property
    def originator_version(self) -> int:
        """The seq, as eventsourcing calls it."""
        return self.seq


_NAMESPACE_URL = bytes.fromhex("6ba7b8119dad11d180b400c04fd430c8")  # RFC 9562, 6.6


@lru_cache(maxsize=8192)
def originator(contract: str) -> str:
    """The stream id of a contract: the UUIDv5 of its number's URN (RFC 9562), as 32 hex digits.

    The library's default, a UUIDv4, would let one contract be registered twice.
    """
    # as uuid.uuid5 does, whose module costs every command 3 ms to import
    made = bytearray(sha1(_NAMESPACE_URL + f"urn:lvyue:contract:{contract}".encode(), usedforsecurity=False).digest())
    made[6], made[8] = made[6] & 0x0F | 0x50, made[8] & 0x3F | 0x80
    return made[:16].hex()


def digest_of(leaf: bytes) -> str:
    """The digest of a fact: SHA-256 of its stored bytes, 64 hex digits."""
    return sha256(leaf).hexdigest()


def digest_bytes(leaf: bytes | str) -> bytes:
    """The digest as 32 bytes; also of what SQLite keeps as text because somebody edited it as that."""
    return sha256(leaf if isinstance(leaf, bytes) else leaf.encode()).digest()


def decode(leaf: bytes, position: int) -> dict[str, Any]:
    """The stored JSON of the leaf at ``position``, with every key of a fact; else Refusal LEAF_BROKEN."""
    decoded = parse(leaf, position)
    if not decoded.keys() >= KEYS:
        raise Refusal("LEAF_BROKEN", position=position, detail=f"without {', '.join(sorted(KEYS - decoded.keys()))}")
    return decoded


def parse(leaf: bytes, position: int) -> dict[str, Any]:
    """The stored JSON object of the leaf at ``position``, whatever its keys; Refusal LEAF_BROKEN where it is none."""
    if leaf.__class__ is not bytes:  # SQLite keeps what it is given: text, where somebody edited it as that
        raise Refusal("LEAF_BROKEN", position=position, detail=f"kept as {type(leaf).__name__}")
    try:
        decoded = orjson.loads(leaf)
    except orjson.JSONDecodeError as error:
        raise Refusal("LEAF_BROKEN", position=position, detail=str(error)) from error
    if not isinstance(decoded, dict):
        raise Refusal("LEAF_BROKEN", position=position, detail="not a JSON object")
    return decoded


def moment_of(leaf: bytes, position: int) -> int:
    """When the fact at ``position`` was recorded, in µs; Refusal LEAF_BROKEN where it does not say."""
    try:
        return parse_utc(decode(leaf, position)["recorded_at"])
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise Refusal("LEAF_BROKEN", position=position, detail="recorded_at") from error


def seal(
    contract: str, drafts: Sequence[Draft], seq: int, prev: str, position: int, recorded_at: int,
    recorded_by: str,
) -> list[StoredRow]:  # fmt: skip
    """The rows that follow ``seq``, ``prev`` and ``position`` (all of the fact before) for ``drafts``.

    Pure: the same arguments give the same bytes on every database. Refusal FACT_UNSTORABLE for data that
    is no JSON (a lone surrogate, an integer beyond 64 bits).
    """
    at = format_utc(recorded_at)
    rows: list[StoredRow] = []
    for draft in drafts:
        seq += 1
        position += 1
        type_, on, by, ref, data, documents, roles, actor = draft
        leaf: dict[str, object] = {
            "type": type_, "contract": contract, "seq": seq, "on": on, "by": by,
        }  # fmt: skip
        if actor is not None and actor != by:
            leaf["actor"] = actor
        leaf["ref"] = str(seq) if ref is None else ref
        leaf["data"] = data
        if documents:
            leaf["documents"] = documents
        leaf["recorded_at"] = at
        leaf["recorded_by"] = recorded_by
        if roles is not None:
            leaf["recorded_roles"] = list(roles)
        leaf["prev"] = prev
        try:
            stored = orjson.dumps(leaf)
        except TypeError as error:
            raise Refusal("FACT_UNSTORABLE", "data", type=type_, detail=str(error)) from error
        digest = sha256(stored).hexdigest()
        rows.append(StoredRow(position, contract, seq, type_, recorded_at, digest, prev, stored))
        prev = digest
    return rows
