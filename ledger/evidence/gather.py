"""Collect what a package contains from the log and the stored streams: facts with their proofs, checkpoints, keys."""

import functools
from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from ledger.evidence.package import EarlierCheckpoint, LoggedFact
from ledger.evidence.progress import Counted, unheard
from ledger.log import merkle
from ledger.log.handout import trust_file
from ledger.log.log import TransparencyLog
from ledger.log.signing import public_pem
from ledger.log.storage import SignedHead

SOME = 100  # facts between two words on progress
MOST_EARLIER = 200  # each costs its reader two signatures to check; the log keeps them all


class RowSource(Protocol):
    """The part of the store that is read here."""

    def rows(
        self, contract: str, after_seq: int = 0, up_to_position: int | None = None
    ) -> Iterator[tuple[int, int, bytes]]:
        """(position, seq, leaf) of a stream's facts by seq."""
        ...


def gather_facts(
    streams: RowSource,
    log: TransparencyLog,
    size: int,
    contract: str,
    *,
    whole: Iterable[str] = (),
    scope: Collection[int] | None = None,
    progress: Counted = unheard,
) -> list[LoggedFact]:
    """The facts of `contract`, and of the streams `whole` it rests on, with their proofs in the tree of `size`.

    With `scope` (seqs) the contract's other facts are withheld and stand as digests; its export record, the last
    fact, never is. In leaf order.
    """
    node = functools.cache(log.node())
    facts: list[LoggedFact] = []
    read = {stream: list(streams.rows(stream, 0, size)) for stream in dict.fromkeys((contract, *whole))}
    total = sum(map(len, read.values()))
    for stream, rows in read.items():
        paths = merkle.inclusions((position - 1 for position, _, _ in rows), size, node)
        for (position, seq, leaf), path in zip(rows, paths, strict=True):
            withheld = stream == contract and scope is not None and seq not in scope and seq != rows[-1][1]
            facts.append(LoggedFact(position - 1, stream, seq, leaf, path, withheld))
            if len(facts) % SOME == 0:
                progress(len(facts), total)
    progress(total, total)
    return sorted(facts, key=lambda fact: fact.index)


def gather_checkpoints(log: TransparencyLog, head: SignedHead, facts: Iterable[LoggedFact]) -> list[EarlierCheckpoint]:
    """The checkpoints that first fixed a fact of the package, and those stamped or cosigned, oldest first.

    `head` itself comes last where it was cosigned. At most MOST_EARLIER are shown: stamped and cosigned ones
    before others, older ones before younger.
    """
    size = head.checkpoint.size
    indices = sorted(fact.index for fact in facts)
    first, attested = list[SignedHead](), list[SignedHead]()
    at = 0
    for old in log.heads():
        if old.checkpoint.size >= size:
            break
        fixes = at < len(indices) and indices[at] < old.checkpoint.size
        while at < len(indices) and indices[at] < old.checkpoint.size:
            at += 1
        if log.tokens(old.checkpoint.size) or len(log.cosigned(old).signatures) > len(old.note.signatures):
            attested.append(old)
        elif fixes:
            first.append(old)
    chosen = sorted((attested + first)[:MOST_EARLIER], key=lambda old: old.checkpoint.size)
    return [shown for old in [*chosen, head] for shown in _shown(log, old, size)]


def _shown(log: TransparencyLog, old: SignedHead, size: int) -> Iterator[EarlierCheckpoint]:
    """A checkpoint as the log signed it, since a time stamp covers that; and with its cosignatures."""
    this, note = old.checkpoint.size, log.cosigned(old)
    path = log.consistency(this, size)
    if this < size:  # that of this very size is the package's own checkpoint
        yield EarlierCheckpoint(f"{this:012d}", str(old.note), path, [stamp.response for stamp in log.tokens(this)])
    if note != old.note:
        yield EarlierCheckpoint(f"{this:012d}-cosigned", str(note), path)


def gather_keys(log: TransparencyLog) -> dict[str, str]:
    """The public keys as files: `keys.txt` for verify.py, PEM for openssl. For comparison only: see the guide."""
    files = {"keys.txt": trust_file(log)}
    for number, (each, _) in enumerate(log.keys_handed_out()):
        name = {"log": "log", "sm2": "log-sm2"}[each.role]
        files[f"{name}.pem" if f"{name}.pem" not in files else f"{name}-{number}.pem"] = public_pem(each.key)
    return files
