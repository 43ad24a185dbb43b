"""Merkle tree of RFC 9162 section 2.1 over SHA-256, kept so that nothing is ever rehashed.

A tree of n leaves is n leaf hashes plus the root of every *complete* subtree: node(level, index) covers
the leaves index * 2**level up to (index + 1) * 2**level, and exists once all of them do. Such a node never
changes again, so the hashes form one sequence that only grows: each leaf's hash, followed by the nodes it
completes. `place` says where in that sequence a node stands; `grow` produces what new leaves add to it.
Every root and proof is then a handful of look-ups through a `Node` callable, wherever the sequence is kept.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence

Node = Callable[[int, int], bytes]
"""node(level, index) -> the 32-byte hash of that complete subtree."""

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of one leaf: SHA-256(0x00 || leaf), 32 bytes (RFC 9162 section 2.1.1)."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256(0x01 || left || right), 32 bytes (RFC 9162 section 2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def count(size: int) -> int:
    """How many hashes the sequence holds for a tree of `size` leaves."""
    return 2 * size - size.bit_count()


def place(level: int, index: int) -> int:
    """Where node(level, index) stands in the sequence, counted from 0."""
    last_leaf = ((index + 1) << level) - 1
    return count(last_leaf) + level


def edge(size: int) -> list[tuple[int, int]]:
    """The complete subtrees of which `size` leaves consist, as (level, index), largest first."""
    return [(level, (size >> level) - 1) for level in reversed(range(size.bit_length())) if size >> level & 1]


def grow(
    frontier: Sequence[bytes], size: int, leaf_hashes: Iterable[bytes]
) -> tuple[bytes, list[bytes], int]:
    """Append leaves to a tree of `size` leaves whose complete subtrees (`edge`) hash to `frontier`.

    Returns the hashes to add to the sequence, as one string, the new frontier and the new size.
    """
    sha256, stack, out = hashlib.sha256, list(frontier), bytearray()
    for digest in leaf_hashes:
        out += digest
        filled = size
        while filled & 1:
            digest = sha256(b"\x01" + stack.pop() + digest).digest()
            out += digest
            filled >>= 1
        stack.append(digest)
        size += 1
    return bytes(out), stack, size


def fold(frontier: Sequence[bytes]) -> bytes:
    """The root over complete subtrees given largest first; the hash of nothing for an empty tree."""
    if not frontier:
        return EMPTY_ROOT
    root = frontier[-1]
    for left in reversed(frontier[:-1]):
        root = node_hash(left, root)
    return root


def root(size: int, node: Node) -> bytes:
    """The root of the first `size` leaves."""
    return fold([node(level, index) for level, index in edge(size)])


def inclusion(index: int, size: int, node: Node) -> list[bytes]:
    """The audit path of leaf `index` in the tree of the first `size` leaves (RFC 9162 section 2.1.3.1).

    Raises ValueError unless 0 <= index < size.
    """
    return next(inclusions((index,), size, node))


def inclusions(indices: Iterable[int], size: int, node: Node) -> Iterator[list[bytes]]:
    """The audit path of each leaf; where neighbours follow one another, what their paths share is kept.

    Raises ValueError unless 0 <= index < size.
    """
    entered, beside = [(0, size)], list[bytes]()  # the spans that hold the leaf, and the hash beside each but the first
    for index in indices:
        if not 0 <= index < size:
            raise ValueError(f"leaf {index} is not in a tree of {size} leaves")
        while not entered[-1][0] <= index < entered[-1][1]:
            entered.pop()
            beside.pop()
        low, high = entered[-1]
        while high - low > 1:
            middle = low + _split(high - low)
            if index < middle:
                beside.append(_subtree(middle, high, node))
                high = middle
            else:
                beside.append(_subtree(low, middle, node))
                low = middle
            entered.append((low, high))
        yield beside[::-1]


def consistency(first: int, second: int, node: Node) -> list[bytes]:
    """The proof that the tree of `first` leaves is a prefix of that of `second` (RFC 9162 section 2.1.4.1).

    Raises ValueError unless 0 < first <= second.
    """
    if not 0 < first <= second:
        raise ValueError(f"there is no proof between trees of {first} and {second} leaves")
    low, high = 0, second
    spans: list[tuple[int, int]] = []
    while high != first:
        middle = low + _split(high - low)
        if first <= middle:
            spans.append((middle, high))
            high = middle
        else:
            spans.append((low, middle))
            low = middle
    if low > 0:  # the old tree's last subtree is not the whole old tree: the verifier has to be told it
        spans.append((low, high))
    return [_subtree(start, stop, node) for start, stop in reversed(spans)]


def verify_consistency(
    first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes]
) -> bool:
    """Does `path` show that the tree of `first_root` is a prefix of that of `second_root` (2.1.4.2)?"""
    if first == second:
        return first > 0 and not path and first_root == second_root
    steps = list(path) if first & (first - 1) else [first_root, *path]
    return fold_consistency(first, second, steps) == (first_root, second_root)


def fold_consistency(first: int, second: int, steps: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The roots of `first` and of `second` leaves that a consistency proof leads to; None where it leads to none.

    `steps` is the proof, beginning, where `first` is a power of two, with the root of those leaves, which it lacks.
    """
    if not 0 < first < second or not steps or any(len(step) != HASH_SIZE for step in steps):
        return None
    position, last = first - 1, second - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if position & 1 or position == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            new = node_hash(new, step)
        position, last = position >> 1, last >> 1
    return (old, new) if last == 0 else None


def _split(width: int) -> int:
    """The largest power of two smaller than `width` (> 1)."""
    return 1 << (width - 1).bit_length() - 1


def _subtree(start: int, stop: int, node: Node) -> bytes:
    """The hash over the leaves start..stop, where `start` is a multiple of a power of two >= stop - start."""
    width = stop - start
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return node(level, start >> level)
    frontier, low = [], start
    for level, _ in edge(width):
        frontier.append(node(level, low >> level))
        low += 1 << level
    return fold(frontier)
