"""Two checkpoints of one log: is one the beginning of the other, or did it show two histories?"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Literal

from ledger.domain.declare import NamedTuple
from ledger.domain.errors import Refusal
from ledger.log import merkle
from ledger.log.checkpoint import Checkpoint, parse_checkpoint
from ledger.log.note import ED25519, MalformedNote, Note, VerifierKey, parse_key
from ledger.log.signing import signed_by
from ledger.log.tile_reader import TileReader

Verdict = Literal["same", "grown", "behind", "two-histories"]


class TrustedKey(NamedTuple):
    """A key as a trust file has it; one that is retired signed nothing beyond `last`, (size, root)."""

    key: VerifierKey
    last: tuple[int, bytes] | None

    def __str__(self) -> str:
        if self.last is None:
            return str(self.key)
        size, root = self.last
        return f"{self.key} retired {size} {base64.b64encode(root).decode()}"


def trusted_keys(text: str) -> list[TrustedKey]:
    """The keys of a trust file (`lvyue log keys`). Refusal KEY_MALFORMED for a line that is none, PEM apart."""
    found, in_pem = [], False
    for line in map(str.strip, text.splitlines()):
        in_pem = (in_pem or line.startswith("-----BEGIN")) and not line.startswith("-----END")
        if in_pem or not line or line.startswith(("#", "-----END")):
            continue
        vkey, *bound = line.split()
        try:
            retired, size, root = bound or ("", "", "")
            last = (int(size), base64.b64decode(root, validate=True)) if retired == "retired" else None
            found.append(TrustedKey(parse_key(vkey), last))
        except (MalformedNote, ValueError) as error:
            raise Refusal("KEY_MALFORMED", "trust", given=line[:80]) from error
    return found


def parse_origin(data: bytes) -> str:
    """Whose log a checkpoint says it is of. Refusal CHECKPOINT_MALFORMED."""
    return _parsed(data)[0].origin


def signed(data: bytes, keys: Sequence[TrustedKey]) -> tuple[Checkpoint, Note]:
    """A checkpoint that a log's key signed, with that one signature: the same bytes whoever carried the checkpoint.

    Raises Refusal CHECKPOINT_MALFORMED; CHECKPOINT_FOREIGN where none of the keys may have signed it.
    """
    checkpoint, note = _parsed(data)
    for key, last in keys:
        own = key.kind == ED25519 and key.name == checkpoint.origin
        if own and signed_by(key, note) and (last is None or _within(checkpoint, last)):
            return checkpoint, Note(note.text, note.by(key)[:1])
    raise Refusal("CHECKPOINT_FOREIGN", "checkpoint", origin=checkpoint.origin)


def _parsed(data: bytes) -> tuple[Checkpoint, Note]:
    try:
        return parse_checkpoint(data)
    except MalformedNote as error:
        raise Refusal("CHECKPOINT_MALFORMED", "checkpoint", detail=str(error)) from error


def _within(checkpoint: Checkpoint, last: tuple[int, bytes]) -> bool:
    size, root = last
    return checkpoint.size < size or (checkpoint.size, checkpoint.root) == (size, root)


def judge(tiles: TileReader, before: Checkpoint, now: Checkpoint) -> Verdict:
    """Does `now` go on from `before` (grown), the other way round (behind), or does neither hold the other?

    `tiles` are those of the log; of what they say only what leads to the root of the larger checkpoint counts. So
    two-histories is proved by the two checkpoints, and by hashes from one to the other where their sizes differ.
    Raises Refusal TILES_UNREACHABLE, TILES_MISSING or TILES_UNSOUND where nothing is proved either way.
    """
    if before.size == now.size:
        return "same" if before.root == now.root else "two-histories"
    older, newer = sorted((before, now), key=lambda one: one.size)
    if older.size:
        node = tiles.node(newer.size)
        steps = merkle.consistency(older.size, newer.size, node)
        if not older.size & (older.size - 1):
            steps.insert(0, merkle.root(older.size, node))
        roots = merkle.fold_consistency(older.size, newer.size, steps)
        if roots is None or roots[1] != newer.root:
            raise tiles.unsound("tile")
        if roots[0] != older.root:
            return "two-histories"
    else:
        require_root(tiles, newer)
    return "grown" if now is newer else "behind"


def require_root(tiles: TileReader, checkpoint: Checkpoint) -> None:
    """Refusal TILES_UNSOUND unless the tiles lead to the checkpoint's root."""
    if merkle.root(checkpoint.size, tiles.node(checkpoint.size)) != checkpoint.root:
        raise tiles.unsound("tile")
