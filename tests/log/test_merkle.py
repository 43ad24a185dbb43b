"""RFC 9162 section 2.1: known answers, others' vectors, and what must hold for any tree."""

import base64
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.log import merkle
from ledger.log.merkle_reference import root_from_leaves
from tests.log.proofs import verify_inclusion

# The eight leaves every Certificate Transparency implementation is tested with, and their roots by size.
LEAVES = [bytes.fromhex(leaf) for leaf in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)

VECTORS = Path(os.environ.get("LVYUE_SHARED", Path(__file__).parents[3] / "shared")) / "vectors"
# Written by others and no part of the project: checked where they lie beside the checkout, as they do in CI.
needs_vectors = pytest.mark.skipif(not VECTORS.exists(), reason="the shared vectors are not beside this checkout")


class Tree:
    """A tree in memory, grown in the given steps."""

    def __init__(self, leaves: list[bytes], step: int = 1) -> None:
        self.leaves, self.hashes, self.size = leaves, b"", 0
        frontier: list[bytes] = []
        for start in range(0, len(leaves), step):
            batch = [merkle.leaf_hash(leaf) for leaf in leaves[start : start + step]]
            more, frontier, self.size = merkle.grow(frontier, self.size, batch)
            self.hashes += more
        self.frontier = frontier

    def node(self, level: int, index: int) -> bytes:
        at = merkle.place(level, index) * 32
        return self.hashes[at : at + 32]


def decoded(texts: list[str] | None) -> list[bytes]:
    return [base64.b64decode(text) for text in texts or []]


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_certificate_transparency(size: int) -> None:
    tree = Tree(LEAVES)
    assert merkle.root(size, tree.node).hex() == ROOTS[size]


def test_proofs_between_known_trees_are_those_of_certificate_transparency() -> None:
    tree = Tree(LEAVES)
    path = merkle.inclusion(0, 8, tree.node)
    assert [step.hex()[:8] for step in path] == ["96a296d2", "5f083f0a", "6b47aaf2"]
    path = merkle.consistency(6, 8, tree.node)
    assert [step.hex()[:8] for step in path] == ["0ebc5d34", "ca854ea1", "d37ee418"]


@needs_vectors
def test_every_inclusion_vector_is_judged_as_its_author_judged_it() -> None:
    for case in json.loads((VECTORS / "merkle-inclusion.json").read_text()):
        accepted = verify_inclusion(
            base64.b64decode(case["leafHash"]), case["leafIdx"], case["treeSize"], decoded(case["proof"]),
            base64.b64decode(case["root"]),
        )  # fmt: skip
        assert accepted is not case["wantErr"], case["name"]


@needs_vectors
def test_every_consistency_vector_is_judged_as_its_author_judged_it() -> None:
    for case in json.loads((VECTORS / "merkle-consistency.json").read_text()):
        accepted = merkle.verify_consistency(
            case["size1"], case["size2"], base64.b64decode(case["root1"]), base64.b64decode(case["root2"]),
            decoded(case["proof"]),
        )  # fmt: skip
        assert accepted is not case["wantErr"], case["name"]


def test_every_leaf_of_every_small_tree_proves_its_inclusion_and_no_other_place() -> None:
    tree = Tree([b"%d" % number for number in range(33)])
    for size in range(1, 34):
        root = merkle.root(size, tree.node)
        for index in range(size):
            leaf, path = merkle.leaf_hash(tree.leaves[index]), merkle.inclusion(index, size, tree.node)
            assert verify_inclusion(leaf, index, size, path, root)
            assert not verify_inclusion(leaf, index + 1, size, path, root)
            assert not verify_inclusion(merkle.leaf_hash(b"other"), index, size, path, root)
            assert not verify_inclusion(leaf, index, size, [*path, root], root)
            assert not path or not verify_inclusion(leaf, index, size, path[:-1], root)


def test_every_pair_of_small_trees_proves_consistent_and_a_rewritten_one_does_not() -> None:
    tree = Tree([b"%d" % number for number in range(33)])
    forged = Tree([b"forged", *tree.leaves[1:]])
    for first in range(1, 34):
        for second in range(first, 34):
            old, new = merkle.root(first, tree.node), merkle.root(second, tree.node)
            path = merkle.consistency(first, second, tree.node)
            assert merkle.verify_consistency(first, second, old, new, path)
            rewritten = merkle.root(second, forged.node)
            for attempt in (path, merkle.consistency(first, second, forged.node)):
                assert not merkle.verify_consistency(first, second, old, rewritten, attempt)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.binary(max_size=8), max_size=70), st.integers(1, 9), st.data())
def test_growing_in_any_steps_gives_the_tree_of_the_definition(
    leaves: list[bytes], step: int, data: st.DataObject
) -> None:
    tree = Tree(leaves, step)
    assert len(tree.hashes) == 32 * merkle.count(len(leaves))
    root, frontier = root_from_leaves(len(leaves), leaves)
    assert root == merkle.root(len(leaves), tree.node) == merkle.fold(tree.frontier)
    assert frontier == tree.frontier
    fixed = data.draw(st.integers(0, len(leaves)))
    known = [tree.node(level, index) for level, index in merkle.edge(fixed)]
    assert root_from_leaves(len(leaves), leaves[fixed:], fixed, known) == (root, frontier)


def test_a_root_from_leaves_that_lack_one_says_so() -> None:
    with pytest.raises(EOFError):
        root_from_leaves(3, [b"a", b"b"])
