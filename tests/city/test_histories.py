"""Whether a log showed two histories is judged rightly for every fork, and never by a tile that was altered."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ledger.city.histories import judge
from ledger.domain.errors import Refusal
from ledger.log.checkpoint import Checkpoint
from ledger.log.merkle import root
from ledger.log.note import Note
from ledger.log.tile_reader import TileReader
from ledger.log.tiles import write
from tests.log.test_merkle import Tree

SOME = st.one_of(st.integers(0, 9), st.integers(250, 260), st.integers(0, 600))


def tree_of(leaves: list[bytes]) -> Tree:
    return Tree(leaves, step=max(1, len(leaves)))


def checkpoint(tree: Tree, size: int) -> Checkpoint:
    return Checkpoint("log.example", size, root(size, tree.node))


def published(tree: Tree, folder: str) -> TileReader:
    write(Path(folder), tree.node, tree.size, Note(str(checkpoint(tree, tree.size)), ()), None)
    return TileReader(folder)


def leaves(name: str, size: int) -> list[bytes]:
    return [f"{name}{number}".encode() for number in range(size)]


@given(shared=SOME, held=SOME, grown=SOME)
@example(shared=256, held=1, grown=1)
@example(shared=0, held=256, grown=257)
@settings(max_examples=60)
def test_every_fork_is_found_and_every_growth_is_none(shared: int, held: int, grown: int) -> None:
    one = tree_of(leaves("same", shared) + leaves("held", held))
    other = tree_of(leaves("same", shared) + leaves("grown", grown))
    before, now = checkpoint(one, one.size), checkpoint(other, other.size)
    with tempfile.TemporaryDirectory() as folder:
        tiles = published(other, folder)
        if held and one.size > other.size:  # its own tiles do not reach that far: nothing is proved
            with pytest.raises(Refusal, match="TILES_"):
                judge(tiles, before, now)
        elif held and grown:
            assert judge(tiles, before, now) == "two-histories"
        else:
            expected = "same" if one.size == other.size else "grown"
            assert judge(tiles, before, now) == expected
            assert expected == "same" or judge(tiles, now, before) == "behind"


@given(size=st.integers(2, 700), data=st.data())
@settings(max_examples=60)
def test_an_altered_tile_convicts_nobody(size: int, data: st.DataObject) -> None:
    tree = tree_of(leaves("leaf", size))
    before, now = checkpoint(tree, data.draw(st.integers(1, size - 1))), checkpoint(tree, size)
    with tempfile.TemporaryDirectory() as folder:
        tiles = published(tree, folder)
        files = sorted((Path(folder) / "tile").rglob("*"))
        file = data.draw(st.sampled_from([one for one in files if one.is_file()]))
        content = bytearray(file.read_bytes())
        content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
        file.write_bytes(content)
        try:
            assert judge(tiles, before, now) == "grown"  # it was not needed
        except Refusal as refused:
            assert refused.code == "TILES_UNSOUND"
