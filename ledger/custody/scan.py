"""The audit's walk over every stored fact: each byte is read and hashed again, in blocks, and none is kept.

A leaf's text must agree with its columns, follow its contract's previous fact by seq and digest, and be recorded no
earlier than the fact before it. The tree is grown again from the bytes read: the result must equal the stored tree and,
at the size of each checkpoint, what was signed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from operator import itemgetter
from typing import Any

from ledger.domain.declare import dataclass, field
from ledger.log.failure import Tampered
from ledger.log.merkle import HASH_SIZE, count, fold, grow, place
from ledger.log.storage import SignedHead
from ledger.log.tables import preload
from ledger.store import Head, Store, digest_of, originator
from ledger.store.schema import LEDGER

Row = tuple[int, Any, int, str, bytes]  # position, stream, seq, type, leaf
_NO_PREV = b"0" * 64
_RECORDED_AT = b'"recorded_at":"'
_TIME = 27  # bytes of 2026-11-22T06:00:00.000000Z
_NAMES_DOCUMENT = b'"sha256":"'


@dataclass(slots=True)
class Scan:
    """The state of the walk: the number of facts, the tree over them, the last fact of each contract."""

    store: Store
    size: int = 0
    frontier: list[bytes] = field(default_factory=list)
    moment: bytes = b""
    streams: dict[Any, tuple[int, bytes, bytes]] = field(default_factory=dict)  # seq, digest, what names the contract
    fault: Tampered | None = None  # of a fact's text or place
    suspect: Tampered | None = None  # a fact whose hash is not the stored one: it or the tree was altered
    proven: int = 0  # the facts a signed checkpoint was found to agree with
    corrected: list[tuple[int, int]] = field(default_factory=list)  # positions that corrections of the clock named
    naming: list[tuple[int, bytes]] = field(default_factory=list)  # facts of this block that name documents
    _begun: dict[str, bytes] = field(default_factory=dict)  # what a leaf begins with, by type

    def block(self, rows: list[Row], heads: Callable[[int, int], Iterator[SignedHead]], tree: int) -> None:
        """Check the next facts, up to the first at fault, which ``fault`` then names.

        ``heads`` gives the checkpoints to compare with, from one size up to another; ``tree`` is the stored tree's
        size.
        """
        start, hashes = self.size, self._read(rows)
        done = 0
        for head in heads(start, start + len(hashes)):
            self._take(hashes[done : head.checkpoint.size - start], tree)
            done = head.checkpoint.size - start
            if not self._agrees(head):
                return
        self._take(hashes[done:], tree)

    def settle(self) -> Tampered | None:
        """What is at fault, once nothing more can exonerate the tree."""
        return min((one for one in (self.suspect, self.fault) if one), key=_place, default=None)

    def _read(self, rows: list[Row]) -> list[bytes]:
        """The leaf hashes of ``rows``, up to the first that is not in its place."""
        streams, moment, expected, naming, begun = self.streams, self.moment, self.size, self.naming, self._begun
        naming.clear()
        for position, stream, seq, type_, leaf in rows:
            expected += 1
            if leaf.__class__ is not bytes:  # SQLite keeps what it is given: text, where somebody edited it as that
                self.fault = Tampered("LEAF_ALTERED", position=expected)
                break
            last, digest, says = known = streams.get(stream) or self._met(stream, seq, leaf, position)
            at = leaf.rfind(_RECORDED_AT) + 15  # as _recorded_at, without the call
            recorded = leaf[at : at + _TIME]
            if (
                position != expected or seq != last + 1 or leaf[-66:-2] != digest
                or (recorded < moment and not self._corrects(position, type_, leaf, recorded))
                or not leaf.startswith((begun.get(type_) or self._begins(type_)) + says + b'%d,"on":"' % seq)
            ):
                self.fault = self._misplaced(expected, (position, stream, seq, type_, leaf), known, recorded)
                break
            moment = recorded
            streams[stream] = seq, sha256(leaf).hexdigest().encode(), says
            if _NAMES_DOCUMENT in leaf:
                naming.append((position, leaf))
        else:
            expected += 1
        self.moment = moment
        return [sha256(b"\x00" + row[4]).digest() for row in rows[: expected - 1 - self.size]]

    def _begins(self, type_: str) -> bytes:
        """The beginning of every leaf of a type."""
        begins = self._begun[type_] = b'{"type":"%b' % type_.encode()
        return begins

    def _met(self, stream: Any, seq: int, leaf: bytes, position: int) -> tuple[int, bytes, bytes]:
        """The starting state of a stream: nothing, or its last fact before the walk began."""
        contract = leaf.partition(b'","contract":"')[2].partition(b'"')[0]
        ours = originator(contract.decode("utf-8", "replace")) == str(stream).replace("-", "")
        says = b'","contract":"%b","seq":' % contract if ours else b"another contract's"
        if seq == 1:
            return 0, _NO_PREV, says
        found = self.store.query(
            "SELECT originator_version, state FROM stored_events WHERE originator_id = ? AND notification_id < ?"
            " ORDER BY originator_version DESC LIMIT 1", (stream, position),
        )  # fmt: skip
        return (found[0][0], sha256(found[0][1]).hexdigest().encode(), says) if found else (0, _NO_PREV, says)

    def _corrects(self, position: int, type_: str, leaf: bytes, recorded: bytes) -> bool:
        """Whether it is a correction of the clock that names all previous facts with a later moment."""
        if not type_.startswith("ClockCorrected.") or b'"contract":"log"' not in leaf:
            return False
        import json

        said = json.loads(leaf)["data"]
        first, last = said["first"], said["last"]
        before = first - 1  # the fact that still counts, by an earlier correction perhaps
        found = self.store.query("SELECT state FROM stored_events WHERE notification_id = ?", (before,))
        corrected = any(one <= before <= other for one, other in self.corrected)
        sound = not found or corrected or _recorded_at(bytes(found[0][0])) <= recorded
        self.corrected.append((first, last))
        return sound and bool(first <= last == position - 1)

    def _misplaced(
        self, expected: int, row: Row, known: tuple[int, bytes, bytes], recorded: bytes
    ) -> Tampered:
        position, _, seq, _, leaf = row
        if position != expected:
            return Tampered("POSITION_GAP", position=expected, found=position)
        if seq != known[0] + 1:
            return Tampered("SEQ_GAP", position=position, expected=known[0] + 1, found=seq)
        if not leaf.startswith(b'{"type":"%b%b%d,"on":"' % (row[3].encode(), known[2], seq)):
            return Tampered("LEAF_MISLABELLED", position=position)
        if leaf[-66:-2] != known[1]:
            return Tampered("PREV_BROKEN", position=position)
        return Tampered("TIME_REVERSED", position=position, recorded_at=recorded.decode("ascii", "replace"))

    def _take(self, hashes: list[bytes], tree: int) -> None:
        """Grow the tree by leaves, and compare with the stored one."""
        if not hashes:
            return
        start = self.size
        grown, self.frontier, self.size = grow(self.frontier, start, hashes)
        within = min(self.size, tree)
        if self.suspect is None and start < within:
            first, last = count(start), count(within)
            stored = preload(self.store.query, first, last - 1)
            if stored != grown[: (last - first) * HASH_SIZE]:
                self.suspect = _first_difference(hashes, start, stored, first)

    def _agrees(self, head: SignedHead) -> bool:
        """Compare a checkpoint with what was read; a difference, there or in the stored tree only, is a fault."""
        size = head.checkpoint.size
        fault = None
        if fold(self.frontier) != head.checkpoint.root:
            fault = self.suspect or Tampered("HISTORY_REWRITTEN", position=self.proven + 1, size=size)
        elif self.suspect is not None:
            fault = Tampered("TREE_ALTERED", size=size)
        elif tuple(self.frontier) != head.frontier:
            fault = Tampered("CHECKPOINT_ALTERED", size=size)
        if fault is None:
            self.proven = size
            return True
        self.fault, self.suspect = fault, None  # what _read found lies further on
        return False


def _recorded_at(leaf: bytes) -> bytes:
    at = leaf.rfind(_RECORDED_AT) + 15
    return leaf[at : at + _TIME]


def _first_difference(hashes: list[bytes], start: int, stored: bytes, first: int) -> Tampered:
    for index, digest in enumerate(hashes, start):
        at = (place(0, index) - first) * HASH_SIZE
        if stored[at : at + HASH_SIZE] != digest:
            return Tampered("LEAF_ALTERED", position=index + 1)
    return Tampered("TREE_ALTERED", size=start + len(hashes))


def _place(fault: Tampered) -> int:
    return int(str(fault.values.get("position", fault.values.get("size", 0))))


def blocks(store: Store, after: int, last: int, rows: int = 2000) -> Iterator[list[Row]]:
    """The stored facts after position ``after`` up to ``last``, by position, in blocks."""
    while after < last:
        found: list[Row] = store.query(
            "SELECT notification_id, originator_id, originator_version, topic, state FROM stored_events"
            " WHERE notification_id > ? AND notification_id <= ? ORDER BY notification_id LIMIT ?",
            (after, last, rows),
        )
        if not found:
            return
        yield found
        after = max(map(itemgetter(0), found))


def by_contract(store: Store, met: Mapping[Any, tuple[int, bytes, bytes]], *, whole: bool) -> Iterator[Tampered]:
    """Walk each contract by its own index, and compare with what the walk by position found and with its head.

    ``met`` is :attr:`Scan.streams`; where the scan was ``whole``, a head of an unknown stream is a fault too.
    """
    left = {str(stream).replace("-", ""): (seq, digest) for stream, (seq, digest, _) in met.items()}
    for stream, head in store.heads():
        if stream == LEDGER:
            last = store.standing()
            digests = [digest_of(leaf) for _, leaf in store.leaves(last, last + 1)]
            if [head] != [Head(last, last, digest) for digest in digests]:
                yield Tampered("HEAD_BROKEN", position=head.position, found=last)
            continue
        seq, digest = left.pop(stream, (0 if whole else head.seq, head.digest.encode()))
        if (seq, digest.decode()) != (head.seq, head.digest):
            yield Tampered("HEAD_BROKEN", position=head.position, found=seq)
        elif whole and (flaw := _walked(store, stream, head)):
            yield flaw
    for seq, _ in left.values():
        yield Tampered("HEAD_BROKEN", position=0, found=seq)


def _walked(store: Store, stream: str, head: Head) -> Tampered | None:
    """Every seq of a stream in its place by the index that readings go by, the last of them the head's.

    That seq and position grow together the walk by position has shown; here each part is counted in the database.
    """
    seq, position = 0, 0
    while True:
        ((count, first, last, at),) = store.query(_PART, (stream, seq))
        if not count:
            break
        if (first, last) != (seq + 1, seq + count) or at <= position:
            return Tampered("INDEX_BROKEN", position=at, expected=seq + count, found=last)
        seq, position = last, at
    return None if (seq, position) == head[:2] else Tampered("HEAD_BROKEN", position=head.position, found=seq)


_PART = (  # in the order and size in which readings ask, so that the same index answers
    "SELECT count(*), min(seq), max(seq), max(position) FROM (SELECT originator_version AS seq,"
    " notification_id AS position FROM stored_events WHERE originator_id = ? AND originator_version > ?"
    " ORDER BY originator_version LIMIT 2000) AS part"
)
