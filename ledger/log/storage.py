"""What the log stores beside the tree: every checkpoint, the keys, the cosignatures, the time stamps.

Rows in and out, and no judgement; all times are microseconds since the Unix epoch.
"""

from collections.abc import Iterator

from ledger.domain.declare import dataclass
from ledger.log.checkpoint import Checkpoint, parse_checkpoint
from ledger.log.failure import Tampered
from ledger.log.journal import JournaledTable, insert
from ledger.log.merkle import HASH_SIZE
from ledger.log.note import MalformedNote, Note, Signature, VerifierKey, parse_key, parse_note
from ledger.log.stamps import Stamp
from ledger.log.tables import Query, WriteTransaction, as_bytes

CHECKPOINTS = JournaledTable(
    "log_checkpoints", ("size", "note", "frontier", "made_at"), 1, lambda row: ("checkpoint", str(row[0]))
)
COSIGNATURES = JournaledTable(
    "log_cosignatures", ("size", "line", "received_at"), 2, lambda row: ("cosignature", f"{row[0]} {row[1]}")
)
TOKENS = JournaledTable(
    "log_tokens", ("size", "number", "token", "stamped_at", "expires_at"), 2,
    lambda row: ("time-stamp", f"{row[0]} {row[1]}"),
)  # fmt: skip
KEYS = JournaledTable("log_keys", ("vkey", "role", "since", "statement"), 1, lambda row: (LOG_KEY, row[0]))
LOG_KEY = "log-key"
TABLES = (CHECKPOINTS, COSIGNATURES, TOKENS, KEYS)


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A signed tree head: the checkpoint as parsed, the note as signed, the hashes it fixes, when it was made (µs)."""

    checkpoint: Checkpoint
    note: Note
    frontier: tuple[bytes, ...]
    made_at: int


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A key of this log: `role` is log, sm2 or witness; it counts for checkpoints from size `since` on.

    `statement` is, for a key that took over, the note by which the key before it said so.
    """

    key: VerifierKey
    role: str
    since: int
    statement: bytes


def heads(query: Query, clause: str, *params: object) -> Iterator[SignedHead]:
    """The kept checkpoints that `clause` (WHERE …, ORDER BY …) names. Raises Tampered CHECKPOINT_ALTERED."""
    rows = query(f"SELECT size, note, frontier, made_at FROM log_checkpoints {clause}", params)
    for size, data, frontier, made_at in rows:
        try:
            (checkpoint, note), hashes = parse_checkpoint(as_bytes(data)), as_bytes(frontier)
        except (MalformedNote, TypeError) as error:
            raise Tampered("CHECKPOINT_ALTERED", size=size) from error
        if checkpoint.size != size:
            raise Tampered("CHECKPOINT_ALTERED", size=size)
        pieces = (hashes[at : at + HASH_SIZE] for at in range(0, len(hashes), HASH_SIZE))
        yield SignedHead(checkpoint, note, tuple(pieces), made_at)


def add_head(transaction: WriteTransaction, head: SignedHead) -> bool:
    """Keep a checkpoint; False, and nothing kept, when its size has one already."""
    size = head.checkpoint.size
    if transaction.query("SELECT 1 FROM log_checkpoints WHERE size = ?", (size,)):
        return False
    row = size, str(head.note).encode(), b"".join(head.frontier), head.made_at
    insert(transaction, CHECKPOINTS, row, "keep")
    return True


def keys(query: Query) -> list[KnownKey]:
    """Every key of this log, oldest first. Raises Tampered KEY_ALTERED where one cannot be read."""
    found = []
    rows = query("SELECT vkey, role, since, statement FROM log_keys ORDER BY since, role, vkey")
    for vkey, role, since, statement in rows:
        try:
            found.append(KnownKey(parse_key(vkey), role, since, as_bytes(statement)))
        except (MalformedNote, TypeError, AttributeError) as error:
            raise Tampered("KEY_ALTERED", key=vkey) from error
    return found


def add_key(transaction: WriteTransaction, known: KnownKey) -> None:
    """Keep a key; a key that is kept already stays as it is."""
    vkey = str(known.key)
    if not transaction.query("SELECT 1 FROM log_keys WHERE vkey = ?", (vkey,)):
        insert(transaction, KEYS, (vkey, known.role, known.since, known.statement), "keep")


def cosignatures(query: Query, size: int) -> list[Signature]:
    """The cosignatures that came for the checkpoint of `size` leaves, in the order they came.

    Raises Tampered COSIGNATURE_ALTERED where one cannot be read.
    """
    rows = query("SELECT line FROM log_cosignatures WHERE size = ? ORDER BY received_at, line", (size,))
    try:
        return [parse_note(f"x\n\n{line}".encode()).signatures[0] for (line,) in rows]
    except MalformedNote as error:
        raise Tampered("COSIGNATURE_ALTERED", size=size) from error


def add_cosignature(transaction: WriteTransaction, size: int, signature: Signature, received_at: int) -> None:
    """Keep a cosignature, once."""
    line = str(signature)
    if not transaction.query("SELECT 1 FROM log_cosignatures WHERE size = ? AND line = ?", (size, line)):
        insert(transaction, COSIGNATURES, (size, line, received_at), "keep")


def tokens(query: Query, size: int) -> list[Stamp]:
    """The time stamps of a checkpoint: the first is over its note, each later one over the one before.

    Raises Tampered STAMP_ALTERED where one is not kept as bytes.
    """
    rows = query(
        "SELECT token, stamped_at, expires_at FROM log_tokens WHERE size = ? ORDER BY number", (size,)
    )
    try:
        return [Stamp(as_bytes(token), stamped_at, expires_at) for token, stamped_at, expires_at in rows]
    except TypeError as error:
        raise Tampered("STAMP_ALTERED", size=size) from error


def add_token(transaction: WriteTransaction, size: int, number: int, stamp: Stamp) -> bool:
    """Keep the `number`-th time stamp of a checkpoint; False when another process kept one already."""
    if transaction.query("SELECT 1 FROM log_tokens WHERE size = ? AND number = ?", (size, number)):
        return False
    insert(transaction, TOKENS, (size, number, stamp.response, stamp.stamped_at, stamp.expires_at), "keep")
    return True


def unstamped(query: Query) -> list[int]:
    """The sizes of the checkpoints made since the last one that has a time stamp, oldest first."""
    rows = query(
        "SELECT size FROM log_checkpoints WHERE size > (SELECT coalesce(max(size), 0) FROM log_tokens)"
        " ORDER BY size"
    )
    return [int(size) for (size,) in rows]


def expiring(query: Query, before: int) -> list[tuple[int, int, bytes]]:
    """(size, number, token) of the newest time stamps whose certificate ends before `before`."""
    rows = query(
        "SELECT size, number, token FROM log_tokens t WHERE expires_at < ?"
        " AND number = (SELECT max(number) FROM log_tokens u WHERE u.size = t.size) ORDER BY size",
        (before,),
    )
    return [(int(size), int(number), bytes(token)) for size, number, token in rows]
