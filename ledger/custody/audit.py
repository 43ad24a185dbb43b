"""The audit: everything stored is read again and compared with everything else that was stored about it.

The first fact at fault is named. What is read is not kept in memory, so a ledger of any length can be audited; only one
entry for each contract, checkpoint or document is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import Any

from ledger.custody.custody import Custody
from ledger.custody.journal import JournalAudit
from ledger.custody.scan import Scan, blocks, by_contract
from ledger.domain.declare import dataclass, field
from ledger.domain.errors import INTEGRITY, Refusal
from ledger.log import merkle, storage
from ledger.log.checkpoint import parse_checkpoint
from ledger.log.failure import Tampered
from ledger.log.lineage import signers, unannounced
from ledger.log.note import SM2, MalformedNote, Note, VerifierKey
from ledger.log.signing import signed_by, sm2_available
from ledger.log.stamps import stamps_these
from ledger.log.storage import KnownKey, SignedHead
from ledger.log.tables import TreeTables, node_source, read_frontier, torn_piece, tree_size
from ledger.store import Store

SM2_CHECKED = 20  # of the newest checkpoints: each costs mostly a run of openssl
MOST_ABSENT = 20  # documents listed that were named and never handed in
MOST_JOURNAL = 50  # findings listed about what is no fact
Progress = Callable[[int, int], None]

_UNREADABLE = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What decoders raise for bytes that are not as this program wrote them."""


@dataclass(slots=True)
class Audit:
    """What was checked, and what was found. ``absent`` are documents that are named by their digest only."""

    since: int = 0
    facts: int = 0
    contracts: int = 0
    checkpoints: int = 0
    cosignatures: int = 0
    stamps: int = 0
    documents: int = 0
    answers: int = 0
    indexes: bool | None = None  # whether the database checked its own; None: not asked, since a checkpoint
    absent: list[str] = field(default_factory=list)
    findings: list[Tampered] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.findings


class Auditor:
    """One audit of one store."""

    def __init__(self, store: Store, custody: Custody, progress: Progress | None = None) -> None:
        self._store, self._custody, self._progress = store, custody, progress
        self._logged = store.holds("log_checkpoints")
        self._keys: list[KnownKey] = []
        self._cosigned, self._stamped = set[int](), set[int]()
        self.found = Audit()

    def run(self, since: bytes | None = None) -> Audit:
        """Check everything, or everything after a checkpoint that somebody holds.

        Whatever was altered becomes a finding, even where it cannot be read at all. Refusal CHECKPOINT_MALFORMED or
        CHECKPOINT_FOREIGN for ``since``, and those of the key folder.
        """
        scan = Scan(self._store)
        if since is None:
            self._attempt(self._check_database)
            if not self.found.sound:
                return self.found  # what is kept may not even be of its type
        self._attempt(self._read_keys)
        if since is not None:
            self._attempt(partial(self._begin, scan, since))
        for step in (self._check_keys, partial(self._check_facts, scan)) if self.found.sound else ():
            self._attempt(step)
        for step in (
            partial(self._check_contracts, scan), self._check_heads_beyond, self._check_documents, self._check_journal,
            self._custody.remembered.check, self._check_schema,
        ):  # fmt: skip
            self._attempt(step)
        return self.found

    def _attempt(self, step: Callable[[], None]) -> None:
        """Run a step; what it cannot read is a finding, and the next step follows."""
        try:
            step()
        except Tampered as altered:
            self.found.findings.append(altered)
        except Refusal as refusal:
            if refusal.code not in INTEGRITY:
                raise
            self._find(refusal.code, **refusal.values)
        except _UNREADABLE as error:
            self._find("KEPT_UNREADABLE", detail=str(error))

    def _read_keys(self) -> None:
        if self._logged:
            self._keys = storage.keys(self._store.query)
            self._cosigned, self._stamped = self._sizes("log_cosignatures"), self._sizes("log_tokens")

    def _sizes(self, table: str) -> set[int]:
        return {size for (size,) in self._store.query(f"SELECT DISTINCT size FROM {table}")}

    def _check_database(self) -> None:
        """What the database itself finds damaged in its pages and indexes."""
        flaws = self._store.flaws()
        self.found.indexes = flaws is not None
        for flaw in flaws or ():
            self._find("DATABASE_DAMAGED", detail=flaw)

    def _check_schema(self) -> None:
        """The tables, and the triggers that prevent changes, are as this program makes them."""
        for kind, name in self._store.misshapen([TreeTables()] if self._logged else []):
            self._find("SCHEMA_ALTERED", kind=kind, name=name)

    def _check_journal(self) -> None:
        journal = JournalAudit(self._store, self._keys, self._custody.directory)
        self.found.findings += islice(journal.findings(), MOST_JOURNAL)

    # -- where to begin ---------------------------------------------------------------------------

    def _begin(self, scan: Scan, since: bytes) -> None:
        """Begin at a checkpoint, if what it signed is the beginning of what is here."""
        try:
            checkpoint, note = parse_checkpoint(since)
        except MalformedNote as error:
            raise Refusal("CHECKPOINT_MALFORMED", "since", detail=str(error)) from error
        size = checkpoint.size
        if not any(signed_by(key, note) for key in self._own(size)):
            raise Refusal("CHECKPOINT_FOREIGN", "since", origin=checkpoint.origin)
        try:
            frontier = read_frontier(size, node_source(self._store.query))
        except LookupError:
            self._find("LOG_SHRUNK", size=size, found=tree_size(self._store.query))
            return
        if merkle.fold(frontier) != checkpoint.root:
            self._find("HISTORY_REWRITTEN", position=1, size=size)
            return
        scan.size, scan.frontier, scan.proven, self.found.since = size, frontier, size, size

    # -- keys and checkpoints ---------------------------------------------------------------------

    def _own(self, size: int, kind: str = "log") -> list[VerifierKey]:
        return signers(self._keys, size, kind)

    def _check_keys(self) -> None:
        """Every key but the first was named by one before it, and the key at hand is one of them."""
        own = [known for known in self._keys if known.role == "log"]
        ring = self._custody.own_keyring() if own else None
        if ring is not None and ring.signer.key not in [known.key for known in own]:
            self._find("KEY_FOREIGN", key=str(ring.signer.key))
        for known in unannounced(own):
            self._find("KEY_UNANNOUNCED", key=str(known.key))

    def _heads(self, after: int, last: int) -> Iterator[SignedHead]:
        """The stored checkpoints of after < size <= last; one that cannot be read, or is not signed, is a finding."""
        while self._logged:
            sizes = self._store.query(
                "SELECT size FROM log_checkpoints WHERE size > ? AND size <= ? ORDER BY size LIMIT 500", (after, last)
            )
            for (size,) in sizes:
                try:
                    for head in storage.heads(self._store.query, "WHERE size = ?", size):
                        if self._signed(head):
                            yield head
                except Tampered as altered:
                    self.found.findings.append(altered)
            if not sizes:
                return
            after = sizes[-1][0]

    def _signed(self, head: SignedHead) -> bool:
        """Whether a key of this log signed it; its cosignatures and time stamps are checked too."""
        size, checkpoint = head.checkpoint.size, head.checkpoint
        self.found.checkpoints += 1
        own = self._own(size)
        if not any(key.name == checkpoint.origin and signed_by(key, head.note) for key in own):
            self._find("CHECKPOINT_ALTERED", size=size)
            return False
        for line in storage.cosignatures(self._store.query, size) if size in self._cosigned else ():
            self.found.cosignatures += 1
            witnesses = [known.key for known in self._keys if known.role == "witness"]  # as kept before 2026.2
            witnesses += [one.key for one in self._custody.witnesses()]
            if not any(signed_by(key, Note(head.note.text, (line,))) for key in witnesses):
                self._find("COSIGNATURE_ALTERED", size=size)
        stamped = str(head.note).encode()
        for stamp in storage.tokens(self._store.query, size) if size in self._stamped else ():
            self.found.stamps += 1
            if not stamps_these(stamp.response, stamped):
                self._find("STAMP_ALTERED", size=size)
            stamped = stamp.response
        return True

    def _check_heads_beyond(self) -> None:
        """Checkpoints over more facts than there are, and the SM2 signatures of the newest."""
        if not self._logged:
            return
        most = self._store.query("SELECT max(size) FROM log_checkpoints")[0][0] or 0
        held = max(most, tree_size(self._store.query))
        facts = self._store.standing()
        if facts < held:
            self._find("LOG_SHRUNK", size=held, found=facts)
        newest = self._store.query("SELECT size FROM log_checkpoints ORDER BY size DESC LIMIT ?", (SM2_CHECKED,))
        for (size,) in newest if self.found.sound and sm2_available() else ():
            for head in storage.heads(self._store.query, "WHERE size = ?", size):
                for key in self._own(size, "sm2"):
                    if key.kind == SM2 and head.note.by(key) and not signed_by(key, head.note):
                        self._find("CHECKPOINT_ALTERED", size=size)

    # -- facts ------------------------------------------------------------------------------------

    def _check_facts(self, scan: Scan) -> None:
        total = self._store.standing()
        tree = tree_size(self._store.query) if self._logged else 0
        before = len(self.found.findings)
        for rows in blocks(self._store, scan.size, total):
            scan.block(rows, self._heads, tree)
            self._note_documents(scan)
            if self._progress is not None:
                self._progress(scan.size, total)
            if scan.fault is not None or len(self.found.findings) > before:
                break
        fault = scan.settle()
        if fault is not None:
            self.found.findings.insert(0, fault)
        elif 0 < tree < total:
            self._find("LEAF_UNLOGGED", position=tree + 1)
        elif self._logged and (torn := torn_piece(self._store.query)) is not None:
            self._find("TREE_ALTERED", size=torn)
        self.found.facts, self.found.contracts = scan.size - self.found.since, len(scan.streams)

    def _check_contracts(self, scan: Scan) -> None:
        """The same facts by contract, and the heads kept of them."""
        if self.found.sound:
            self.found.findings += by_contract(self._store, scan.streams, whole=not self.found.since)

    def _note_documents(self, scan: Scan) -> None:
        """Note documents that facts name and that were never handed in; bytes that are no JSON are found by the scan.
        """
        import json

        for _, leaf in scan.naming:
            named = None
            with suppress(ValueError):
                named = json.loads(leaf)
            for digest in _digests(named):
                new = len(self.found.absent) < MOST_ABSENT and digest not in self.found.absent
                if new and not self._custody.documents.held(digest):
                    self.found.absent.append(digest)

    def _check_documents(self) -> None:
        for digest in self._custody.documents.digests():
            self.found.documents += 1
            try:
                self._custody.documents.read(digest)
            except Tampered as altered:
                self.found.findings.append(altered)

    def _find(self, code: str, **values: object) -> None:
        self.found.findings.append(Tampered(code, **values))


def _digests(value: Any) -> Iterator[str]:
    """Every ``sha256`` in a fact's JSON, wherever it stands."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "sha256" and isinstance(item, str):
                yield item
            else:
                yield from _digests(item)
    elif isinstance(value, list):
        for item in value:
            yield from _digests(item)
