"""Somebody else's log, read from its tiles (C2SP tlog-tiles) in a folder or over http. Nothing read is trusted.

What a tile says counts only once hashes lead from it to the root of a checkpoint that is signed; callers see to that.
"""

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from ledger.domain.errors import Refusal
from ledger.log.merkle import HASH_SIZE, Node, node_hash
from ledger.log.note import LIMIT
from ledger.log.tiles import CHECKPOINT, ENTRIES, LONGEST_ENTRY, WIDTH, Tile, split_entries

SECONDS = 10.0  # one request may take
_LARGEST = {True: WIDTH * (LONGEST_ENTRY + 2), False: WIDTH * HASH_SIZE}  # bytes of a tile; True: of leaves


class TileReader:
    """A log at `address`, a folder or an http(s) prefix.

    Raises Refusal TILES_UNREACHABLE, TILES_MISSING (a file that must be there is not) or TILES_UNSOUND.
    """

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/") or "/"

    def file(self, path: str, most: int = LIMIT) -> bytes | None:
        """The content of a file, at most `most` bytes; None where it is not there."""
        read = self._over_http if self.address.startswith(("http://", "https://")) else self._from_folder
        content = read(path, most)
        if content is not None and len(content) > most:
            raise self.unsound(path)
        return content

    def checkpoint(self) -> bytes:
        """The signed checkpoint, unverified."""
        found = self.file(CHECKPOINT)
        if found is None:
            raise Refusal("TILES_MISSING", "address", address=self.address, file=CHECKPOINT)
        return found

    def node(self, size: int) -> Node:
        """node(level, index) of the tree of `size` leaves, for :mod:`ledger.log.merkle`; each tile is read once."""
        read = dict[tuple[int, int], bytes]()

        def node(level: int, index: int) -> bytes:
            height, below = divmod(level, 8)
            first = index << below
            number, at = divmod(first, WIDTH)
            if (height, number) not in read:
                read[height, number] = self._tile(height, number, size)
            tile, start, stop = read[height, number], at * HASH_SIZE, (at + (1 << below)) * HASH_SIZE
            hashes = [tile[one : one + HASH_SIZE] for one in range(start, stop, HASH_SIZE)]
            while len(hashes) > 1:
                hashes = [node_hash(*hashes[pair : pair + 2]) for pair in range(0, len(hashes), 2)]
            return hashes[0]

        return node

    def leaves(self, start: int, size: int) -> Iterator[bytes]:
        """The leaves from index `start` up to but without `size`, as the log of `size` leaves has them."""
        for number in range(start // WIDTH, -(-size // WIDTH)):
            try:
                found = split_entries(self._tile(ENTRIES, number, size))
            except ValueError:
                raise self.unsound(Tile(ENTRIES, number, WIDTH).path) from None
            yield from found[max(0, start - number * WIDTH) : size - number * WIDTH]

    def unsound(self, path: str) -> Refusal:
        """That what is at `path` is not what the checkpoint says."""
        return Refusal("TILES_UNSOUND", "address", address=self.address, file=path)

    def _tile(self, level: int, number: int, size: int) -> bytes:
        """A tile of a tree of `size` leaves; where a partial one is gone, the full one that took its place."""
        width = min(WIDTH, (size >> 8 * max(level, 0)) - number * WIDTH)
        for tile in (Tile(level, number, width), Tile(level, number, WIDTH)):
            content = self.file(tile.path, _LARGEST[level == ENTRIES])
            if content is not None:
                if level != ENTRIES and len(content) != tile.width * HASH_SIZE:
                    raise self.unsound(tile.path)
                return content
        raise Refusal("TILES_MISSING", "address", address=self.address, file=Tile(level, number, width).path)

    def _from_folder(self, path: str, most: int) -> bytes | None:
        try:
            with (Path(self.address) / path).open("rb") as file:
                return file.read(most + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unreachable(error) from error

    def _over_http(self, path: str, most: int) -> bytes | None:
        try:
            with urllib.request.urlopen(f"{self.address}/{path}", timeout=SECONDS) as answer:
                content: bytes = answer.read(most + 1)
                return content
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise self._unreachable(error) from error
        except (OSError, ValueError) as error:
            raise self._unreachable(error) from error

    def _unreachable(self, error: Exception) -> Refusal:
        return Refusal("TILES_UNREACHABLE", "address", address=self.address, detail=str(error))
