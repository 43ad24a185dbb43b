"""A city's log as anybody reads it: its tiles, and whether a bureau's checkpoint that somebody holds stands in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from ledger.city.city import BUREAUS, Bureau
from ledger.city.histories import TrustedKey, judge, parse_origin, signed, trusted_keys
from ledger.domain.declare import dataclass
from ledger.domain.errors import Refusal
from ledger.log.checkpoint import Checkpoint
from ledger.log.merkle_reference import root_from_leaves
from ledger.log.note import COSIGNATURE, parse_note
from ledger.log.signing import signed_by
from ledger.log.tile_reader import TileReader


@dataclass(frozen=True, slots=True)
class HeldCheckpoint:
    """What the city's log says of a checkpoint that is held.

    - held: it is leaf `index`;
    - beginning: leaf `index`, a larger checkpoint of the same log, goes on from it;
    - newer: it goes on from leaf `index`, the largest the city has collected;
    - two-histories: leaf `index` is of another history, signed by the same log.

    `unproven` says why it could not be set against another that was collected of the same log.
    """

    verdict: Literal["held", "beginning", "newer", "two-histories"]
    held: Checkpoint
    index: int
    leaf: bytes
    unproven: Refusal | None = None


class PublishedCity:
    """The log at `address`, whose checkpoint a key of `trust` (a trust file's text) signed.

    Raises Refusal TILES_UNREACHABLE, TILES_MISSING, CHECKPOINT_MALFORMED, CHECKPOINT_FOREIGN.
    """

    def __init__(self, address: str, trust: str) -> None:
        self.tiles = TileReader(address)
        self.trust = trusted_keys(trust)
        content = self.tiles.checkpoint()
        self.checkpoint, self.note = signed(content, self.trust)
        self._whole = parse_note(content)

    def bureaus(self) -> list[Bureau]:
        """Whose logs the city says it follows, where and by which keys. Refusal TILES_UNSOUND."""
        try:
            return [Bureau(**one) for one in json.loads(self.tiles.file(BUREAUS) or b"[]")]
        except (ValueError, TypeError) as error:
            raise self.tiles.unsound(BUREAUS) from error

    def cosigners(self) -> list[str]:
        """The names of the witnesses trusted that have signed the checkpoint."""
        witnesses = (one.key for one in self.trust if one.key.kind == COSIGNATURE)
        return [key.name for key in witnesses if signed_by(key, self._whole)]

    def keys_of(self, origin: str) -> Sequence[TrustedKey]:
        """The keys of a bureau's log: those trusted; where there are none, those that the city names."""
        own = [one for one in self.trust if one.key.name == origin]
        return own or [key for bureau in self.bureaus() if bureau.origin == origin for key in bureau.keys]

    def read(self, leaf: Callable[[int, bytes], None], start: int = 0, frontier: Sequence[bytes] = ()) -> list[bytes]:
        """Hand every leaf from index `start` on, which `frontier` fixes, to `leaf`; the frontier at the end.

        Refusal TILES_UNSOUND where the leaves do not lead to the checkpoint's root: forget what was handed then.
        """

        def handed() -> Iterator[bytes]:
            for index, content in enumerate(self.tiles.leaves(start, self.checkpoint.size), start):
                leaf(index, content)
                yield content

        try:
            root, after = root_from_leaves(self.checkpoint.size, handed(), start, frontier)
        except EOFError:
            raise self.tiles.unsound("tile/entries") from None
        if root != self.checkpoint.root:
            raise self.tiles.unsound("tile/entries")
        return after

    def standing(self, data: bytes, address: str | None = None) -> HeldCheckpoint:
        """How a bureau's checkpoint stands to what the city collected; `address` is where the bureau's tiles are.

        Raises Refusal CHECKPOINT_MALFORMED, CHECKPOINT_FOREIGN, CITY_LACKS_LOG, and those of reading tiles.
        """
        origin = parse_origin(data)
        keys, found = self.keys_of(origin), list[tuple[int, Checkpoint, bytes]]()
        held, _ = signed(data, keys)

        def of_this_log(index: int, leaf: bytes) -> None:
            if leaf.startswith(f"{origin}\n".encode()):
                found.append((index, signed(leaf, keys)[0], leaf))

        self.read(of_this_log)
        if not found:
            raise Refusal("CITY_LACKS_LOG", "checkpoint", origin=origin)
        for index, one, leaf in found:
            if one.size == held.size and one.root != held.root:
                return HeldCheckpoint("two-histories", held, index, leaf)
        return self._placed(held, found, TileReader(address or self._address_of(origin)))

    def _placed(
        self, held: Checkpoint, found: list[tuple[int, Checkpoint, bytes]], tiles: TileReader
    ) -> HeldCheckpoint:
        """Set `held` against its neighbours by size and against the largest."""
        found.sort(key=lambda one: one[1].size)
        same = next(((index, leaf) for index, one, leaf in found if one.size == held.size), None)
        below = next((one for one in reversed(found) if one[1].size < held.size), None)
        above = next((one for one in found if one[1].size > held.size), None)
        nearest, unproven = above or below, None
        for each in dict.fromkeys(one for one in (above, below, found[-1]) if one and one[1].size != held.size):
            try:
                if judge(tiles, held, each[1]) == "two-histories":
                    return HeldCheckpoint("two-histories", held, each[0], each[2])
            except Refusal as refused:
                if same is None and each is nearest:
                    raise
                unproven = refused
        if same is not None or nearest is None:
            index, leaf = same or (found[0][0], found[0][2])
            return HeldCheckpoint("held", held, index, leaf, unproven)
        return HeldCheckpoint("beginning" if above else "newer", held, nearest[0], nearest[2], unproven)

    def _address_of(self, origin: str) -> str:
        return next(bureau.address for bureau in self.bureaus() if bureau.origin == origin)
