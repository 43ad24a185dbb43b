"""The log as static files (C2SP tlog-tiles): which files a tree of some size has, and what is in each.

Files of 256 hashes, `tile/<level>/<index>`, hold the roots of complete subtrees of 256**level leaves one after
another, `tile/entries/<index>` the leaves themselves. The last of each level is partial, `<index>.p/<width>`. Once
its checkpoint is signed no file ever changes, so that any file server or CDN can carry them.
"""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from ledger.domain.declare import dataclass
from ledger.domain.errors import Refusal
from ledger.log.merkle import Node
from ledger.log.note import Note
from ledger.log.tables import Source

WIDTH = 256  # hashes, or leaves, of a full tile
ENTRIES = -1  # the level of the leaves themselves
CHECKPOINT = "checkpoint"
LONGEST_ENTRY = 0xFFFF  # bytes: a leaf's length is told in two
_LEVELS = 8  # of the tree between two levels of tiles: 2**8 = WIDTH
_PATH = re.compile(r"(entries|[0-9]|[1-5][0-9]|6[0-3])((?:/x[0-9]{3})*/[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


@dataclass(frozen=True, slots=True)
class Tile:
    """One file: its level (ENTRIES for leaves), its index there, how many hashes or leaves it holds (1 to WIDTH)."""

    level: int
    index: int
    width: int

    @property
    def path(self) -> str:
        """Where it is, below the log's prefix; index 1234067 is written x001/x234/067."""
        digits = f"{self.index:03d}".zfill(-(-len(str(self.index)) // 3) * 3)
        parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        index = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
        level = "entries" if self.level == ENTRIES else str(self.level)
        return f"tile/{level}/{index}" + ("" if self.width == WIDTH else f".p/{self.width}")

    @property
    def leaves(self) -> int:
        """The size a tree has at least when it has this tile."""
        return (self.index * WIDTH + self.width) << _LEVELS * max(self.level, 0)


def parse_path(path: str) -> Tile | None:
    """The tile at `path`, given without `tile/`; None where the format has no such file."""
    matched = _PATH.fullmatch(path)
    if matched is None:
        return None
    level = ENTRIES if matched[1] == "entries" else int(matched[1])
    found = Tile(level, int(re.sub("[/x]", "", matched[2])), int(matched[3] or WIDTH))
    fit = found.width < WIDTH or not matched[3]
    return found if fit and found.path == f"tile/{path}" else None  # an index is written one way only


def tiles_of(level: int, size: int) -> Iterator[Tile]:
    """The tiles of one level of a tree of `size` leaves, the newest first."""
    full, rest = divmod(size >> _LEVELS * max(level, 0), WIDTH)
    if rest:
        yield Tile(level, full, rest)
    yield from (Tile(level, index, WIDTH) for index in reversed(range(full)))


def levels_of(size: int) -> range:
    """The levels of hashes a tree of `size` leaves has tiles of."""
    return range(-(-size.bit_length() // _LEVELS))


def hashes(tile: Tile, node: Node) -> bytes:
    """What is in a tile of hashes: 32 bytes each."""
    first = tile.index * WIDTH
    return b"".join(node(_LEVELS * tile.level, index) for index in range(first, first + tile.width))


def entries(tile: Tile, source: Source) -> bytes:
    """What is in a tile of leaves: each with its length, two bytes big-endian, before it. Refusal LOG_ENTRY_LONG."""
    made, first = bytearray(), tile.index * WIDTH + 1
    for position, leaf in source.leaves(first, first + tile.width):
        if len(leaf) > LONGEST_ENTRY:
            raise Refusal("LOG_ENTRY_LONG", "entries", position=position, bytes=len(leaf), most=LONGEST_ENTRY)
        made += len(leaf).to_bytes(2) + leaf
    return bytes(made)


def split_entries(content: bytes) -> list[bytes]:
    """The leaves in a tile of leaves. Raises ValueError where it is cut off."""
    found, at = [], 0
    while at < len(content):
        stop = at + 2 + int.from_bytes(content[at : at + 2])
        if stop > len(content):
            raise ValueError("the tile of entries is cut off")
        found.append(content[at + 2 : stop])
        at = stop
    return found


def write(folder: Path, node: Node, size: int, note: Note, leaves: Source | None) -> int:
    """Write every file that a tree of `size` leaves has and `folder` lacks, the checkpoint last; how many tiles.

    The tree must continue what is there: the caller compares. `leaves` are written beside the hashes, if given.
    Each file appears whole or not at all and durably, a level's oldest first: a crash leaves a folder that the next
    writing completes, under the checkpoint it had. Refusal LOG_ENTRY_LONG; OSError.
    """
    written = 0
    for level in ([ENTRIES] if leaves is not None else []) + list(levels_of(size)):
        lacking = []
        for tile in tiles_of(level, size):
            if (folder / tile.path).exists():
                break  # what is older is there as well
            lacking.append(tile)
        for tile in reversed(lacking):
            content = hashes(tile, node) if level != ENTRIES or leaves is None else entries(tile, leaves)
            place(folder / tile.path, content)
            if tile.width == WIDTH:
                shutil.rmtree(folder / f"{tile.path}.p", ignore_errors=True)
        written += len(lacking)
    place(folder / CHECKPOINT, str(note).encode())
    return written


def place(path: Path, content: bytes) -> None:
    """Put a file that everybody may read in place, whole or not at all, and durably."""
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f".{path.name}.{os.getpid()}")
    with passing.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(passing, path)
