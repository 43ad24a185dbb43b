"""A reference computation of the root from leaf bytes, sharing only the two hashes with `merkle.grow`.

This is the definition of RFC 9162 section 2.1.1 written down as it stands there, walking the leaves once,
left to right, and holding one hash per level. What a signed checkpoint has already fixed enters as the
hashes of its complete subtrees, so only newer leaves are read again.
"""

from collections.abc import Iterable, Iterator, Sequence

from ledger.log.merkle import EMPTY_ROOT, edge, leaf_hash, node_hash


def root_from_leaves(
    size: int, leaves: Iterable[bytes], fixed: int = 0, frontier: Sequence[bytes] = ()
) -> tuple[bytes, list[bytes]]:
    """The root over `size` leaves, and the hashes of `merkle.edge(size)`.

    `leaves` yields the bytes from index `fixed` on; the leaves before it are known by `frontier`, the hashes
    of `merkle.edge(fixed)`. Raises EOFError when leaves are missing.
    """
    if size == 0:
        return EMPTY_ROOT, []
    known = _spans(fixed, frontier)
    wanted = dict.fromkeys(_bounds(size))
    rest: Iterator[bytes] = iter(leaves)

    def tree(start: int, stop: int) -> bytes:
        digest = known.get((start, stop)) or once(start, stop)
        if (start, stop) in wanted:
            wanted[start, stop] = digest
        return digest

    def once(start: int, stop: int) -> bytes:
        if stop - start == 1:
            leaf = next(rest, None)
            if leaf is None:
                raise EOFError(f"leaf {start} is missing")
            return leaf_hash(leaf)
        middle = start + (1 << (stop - start - 1).bit_length() - 1)
        left = tree(start, middle)
        return node_hash(left, tree(middle, stop))

    root = tree(0, size)
    return root, [digest for digest in wanted.values() if digest is not None]


def _bounds(size: int) -> list[tuple[int, int]]:
    return [(index << level, index + 1 << level) for level, index in edge(size)]


def _spans(size: int, frontier: Sequence[bytes]) -> dict[tuple[int, int], bytes]:
    return dict(zip(_bounds(size), frontier, strict=True))
