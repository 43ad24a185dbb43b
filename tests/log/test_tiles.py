"""The log as static files: what is written is read and verified by another program (tlog-scales), piece by piece."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tlog_scales import backend, reader, signing
from tlog_scales import tiles as theirs

from ledger.domain.errors import Refusal
from ledger.log.failure import Tampered
from ledger.log.log import TransparencyLog
from ledger.log.merkle import leaf_hash, verify_consistency
from ledger.log.publishing import publish
from ledger.log.tiles import ENTRIES, Tile, levels_of, parse_path, split_entries, tiles_of
from tests.log.conftest import Bench
from tests.log.test_log import Ledgers


def published(ledger: Bench, folder: Path, *, leaves: bool = False) -> int:
    return publish(ledger.log, ledger.log.checkpoint(ledger.clock()), folder, leaves=ledger.store if leaves else None)


def read(folder: Path) -> reader.TilesReader:
    opened = reader.TilesReader(backend.LocalBackend(folder))
    opened.get_checkpoint()
    return opened


# Just before, on and after a full tile, and enough for a third level of 1.
@pytest.mark.parametrize("sizes", [(1, 255, 256, 257), (600, 65_537)])
def test_another_program_verifies_what_is_published_at_every_size(
    ledger: Bench, tmp_path: Path, sizes: tuple[int, ...]
) -> None:
    folder = tmp_path / "public"
    for size in sizes:
        ledger.record(size - ledger.log.size())
        published(ledger, folder, leaves=True)
        opened = read(folder)
        checkpoint = opened.get_checkpoint()
        checkpoint.verify(signing.Vkey.from_string(str(ledger.keyring.signer.key)))
        assert checkpoint.size == size and opened.calculate_root_hash() == checkpoint.root_hash
        for index in {0, size // 2, size - 1}:
            leaf = opened.get_entry(index)
            assert [(index + 1, leaf)] == list(ledger.store.leaves(index + 1, index + 2))
            opened.get_inclusion_proof(index, size).check(theirs.leaf_hash(leaf), checkpoint.root_hash)
    proof, first = read(folder).get_consistency_proof(sizes[0], sizes[-1]), ledger.log.root(sizes[0])
    assert verify_consistency(sizes[0], sizes[-1], first, ledger.log.root(sizes[-1]), proof.node_hashes)


def test_facts_stay_private_unless_asked_for_and_full_tiles_replace_partial_ones(
    ledger: Bench, tmp_path: Path
) -> None:
    folder = tmp_path / "public"
    ledger.record(200)
    assert published(ledger, folder) == 1
    assert {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} == {
        "checkpoint", "tile/0/000.p/200"
    }  # fmt: skip
    ledger.record(100)
    assert published(ledger, folder) == 3 and published(ledger, folder) == 0
    assert {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} == {
        "checkpoint", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"
    }  # fmt: skip
    assert published(ledger, folder, leaves=True) == 2  # asked for later, all of them come
    leaves = split_entries((folder / "tile/entries/000").read_bytes())
    assert [leaf_hash(leaf) for leaf in leaves[:2]] == [ledger.log.node()(0, 0), ledger.log.node()(0, 1)]


def test_a_folder_is_never_led_on_into_another_history(ledger: Bench, ledgers: Ledgers, tmp_path: Path) -> None:
    folder, other = tmp_path / "public", ledgers("other")
    ledger.record(3)
    published(ledger, folder)
    before = (folder / "checkpoint").read_bytes()
    other.record(5)
    with pytest.raises(Refusal, match="CHECKPOINT_FOREIGN"):
        published(other, folder)
    rewritten = ledgers("rewritten")
    rewritten.record(7, "CU12-9")
    rewritten.log = TransparencyLog(rewritten.store, ledger.stolen)  # the same key, other facts
    with pytest.raises(Tampered, match="LOG_SPLIT_VIEW"):
        published(rewritten, folder)
    assert (folder / "checkpoint").read_bytes() == before


@given(st.sampled_from([ENTRIES, 0, 1, 2]), st.integers(0, 10**9), st.integers(1, 256))
def test_a_path_names_one_tile_and_is_the_other_programs(level: int, index: int, width: int) -> None:
    path = Tile(level, index, width).path
    assert path == "/".join(theirs.tile_path(level, index, width % 256))
    assert parse_path(path.removeprefix("tile/")) == Tile(level, index, width)


def test_what_is_no_path_of_a_tile_is_none() -> None:
    for path in ("0/1", "0/0001", "0/x000/001", "0/000.p/0", "0/000.p/256", "0/000.p/01", "64/000", "00/000",
                 "entries/000/", "../checkpoint", "0/000.p/300", "data/000"):  # fmt: skip
        assert parse_path(path) is None, path


def test_a_tree_of_70000_leaves_has_the_tiles_the_specification_counts() -> None:
    tiles = [tile for level in levels_of(70_000) for tile in tiles_of(level, 70_000)]
    widths = {level: [tile.width for tile in tiles if tile.level == level] for level in range(3)}
    assert widths == {0: [112, *[256] * 273], 1: [17, 256], 2: [1]} and {*levels_of(256)} == {0, 1}
