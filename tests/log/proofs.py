"""What whoever holds a root does with a proof of inclusion (RFC 9162, 2.1.3.2); the product only makes them."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.log.merkle import HASH_SIZE, node_hash


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes) -> bool:
    """Does `path` lead from the leaf hash at `index` to the root `expected` of `size` leaves (2.1.3.2)?"""
    if not 0 <= index < size or any(len(step) != HASH_SIZE for step in (leaf, *path)):
        return False
    position, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if position & 1 or position == last:
            found = node_hash(step, found)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            found = node_hash(found, step)
        position, last = position >> 1, last >> 1
    return last == 0 and found == expected
