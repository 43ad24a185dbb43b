"""Which key may have signed what: the log's keys, each named by the one before it, and its witnesses (SPEC 7).

A key counts from the size of the tree at which it took over to the size at which the next key did; its last checkpoint
is its limit, and nothing beyond it is accepted from it.
"""

import base64
import hashlib
from collections.abc import Sequence

from ledger.domain.declare import dataclass
from ledger.log.checkpoint import Checkpoint
from ledger.log.note import COSIGNATURE, MalformedNote, VerifierKey, parse_key, parse_note
from ledger.log.signing import signed_by
from ledger.log.storage import KnownKey


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness as admitted: its key, and who may leave cosignatures by it."""

    key: VerifierKey
    principal: str


def fit_for_witness(key: VerifierKey, origin: str) -> bool:
    """Whether it is a cosignature key (type 0x04) under another name than the log's; only such keys are handed out as
    witnesses'.
    """
    return key.kind == COSIGNATURE and key.name != origin


def signers(known: Sequence[KnownKey], size: int, role: str = "log") -> list[VerifierKey]:
    """The keys of a role that may have signed a checkpoint of `size`. Keys of the log retire, SM2 keys do not."""
    keys = own(known) if role == "log" else [one for one in known if one.role == role]
    ends = [key.since for key in keys[1:]] if role == "log" else []
    return [
        key.key for at, key in enumerate(keys) if key.since <= size and (at >= len(ends) or size <= ends[at])
    ]


def own(known: Sequence[KnownKey]) -> list[KnownKey]:
    """The log's own keys, oldest first, without any that were not announced."""
    strays = unannounced(known)
    return [one for one in known if one.role == "log" and one not in strays]


def unannounced(known: Sequence[KnownKey]) -> list[KnownKey]:
    """The log's keys that neither were the first nor are named by a key that was announced itself."""
    keys = [one for one in known if one.role == "log"]
    trusted = [one.key for one in keys if not one.statement][:1]
    waiting = [one for one in keys if one.key not in trusted]
    while named := [one for one in waiting if _names(one, trusted)]:
        trusted += [one.key for one in named]
        waiting = [one for one in waiting if one not in named]
    return waiting


def _names(known: KnownKey, trusted: Sequence[VerifierKey]) -> bool:
    try:
        note = parse_note(known.statement)
    except MalformedNote:
        return False
    return str(known.key) in note.text.split("\n") and any(signed_by(key, note) for key in trusted)


def successor_in(statement: str, key: VerifierKey) -> VerifierKey | None:
    """The key that ``key`` names as its successor in a note it signed; None where it did not sign it."""
    try:
        note = parse_note(statement.encode())
        origin, named = note.text.removesuffix("\n").split("\n")
        return parse_key(named) if origin == f"{key.name} key" and signed_by(key, note) else None
    except (MalformedNote, ValueError):
        return None


def trust_line(key: VerifierKey, bound: Checkpoint | None) -> str:
    """A key as a trust file has it: `name+id+base64`; a retired one adds `retired SIZE ROOT` of its last checkpoint."""
    if bound is None:
        return str(key)
    return f"{key} retired {bound.size} {base64.b64encode(bound.root).decode()}"


def fingerprint(key: VerifierKey) -> str:
    """Eight groups of five digits to be read over the telephone, 132 bits of them.

    They are the last 40 decimal digits of SHA-256(name || 0x0A || type || key), the hash that the key id begins.
    """
    digest = hashlib.sha256(key.name.encode() + b"\n" + key.kind + key.public).digest()
    digits = f"{int.from_bytes(digest, 'big') % 10**40:040d}"
    return " ".join(digits[at : at + 5] for at in range(0, 40, 5))
