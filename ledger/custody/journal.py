"""The audit of rows that are no facts: every row is compared with the journal, the journal with its seals.

The journal says which rows must exist and what each contains. Rows that differ, are missing or were never journaled are
named; so are lines that were altered, cut off, or do what no program does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from ledger.domain.declare import NamedTuple
from ledger.domain.errors import Refusal
from ledger.log import journal, seals, storage
from ledger.log.failure import Tampered
from ledger.log.journal import START, JournaledTable, JournalLine, fingerprint
from ledger.log.note import VerifierKey
from ledger.log.storage import LOG_KEY, KnownKey
from ledger.store import Store
from ledger.store.records import ACCESS, ACCESS_LOG, journaled

PART = 500_000  # lines whose rows are looked at at a time; a longer journal is walked more often, not held in memory
LOG, SUBJECT_KEY = "log", "personal-key"
TABLES = ("journal", "journal_seals")


class Live(NamedTuple):
    """What the journal says of a row that must exist."""

    number: int
    act: str
    fingerprint: bytes


class JournalAudit:
    """One audit of one store's journal; ``directory`` is the key folder, where there is one."""

    def __init__(self, store: Store, keys: Sequence[KnownKey], directory: Path | None, *, part: int = PART) -> None:
        self._store, self._directory, self._part = store, directory, part
        self._log_keys = {str(known.key): known.key for known in keys if known.role == "log"}

    def findings(self) -> Iterator[Tampered]:
        """What differs from the journal, the journal's own faults first. Refusal KEY_UNREADABLE."""
        if not all(map(self._store.holds, TABLES)):
            yield Tampered("JOURNAL_CUT", number=seals.remembered(self._directory)[0], found=0)
            return
        yield from self._lines()
        parts = 1 + journal.end(self._store.query).number // self._part
        for part in range(parts):
            yield from self._rows(part, parts)

    # -- the journal itself -----------------------------------------------------------------------

    def _lines(self) -> Iterator[Tampered]:
        """Every line follows from the one before, and lines sealed by the log's key are there."""
        sealed = journal.rows(self._store.query, seals.SEALS)
        waiting, newest = next(sealed, None), 0
        before, key = JournalLine(0, "", "", "", b"", START), None
        for line in journal.lines(self._store.query):
            if line.number != before.number + 1 or line.chain != journal.chained(before.chain, line):
                yield Tampered("JOURNAL_BROKEN", number=before.number + 1)
            yield from _unrecorded(before, line)
            key = self._log_keys.get(line.key, key) if line.kind == LOG_KEY else key
            while waiting is not None and waiting[0] <= line.number:
                yield from _contradicted(waiting, line, key)
                newest, waiting = waiting[0], next(sealed, None)
            before = line
        yield from _unrecorded(before, None)
        held = [seals.remembered(self._directory)]
        if waiting is not None:
            newest = max(row[0] for row in chain([waiting], sealed))
            held = [max(held[0], (newest, b""))]
        yield from seals.contradictions(self._store.query, held)
        if newest < held[0][0] <= before.number:
            yield Tampered("SEAL_MISSING", number=held[0][0])

    # -- the rows ---------------------------------------------------------------------------------

    def _rows(self, part: int, parts: int) -> Iterator[Tampered]:
        """The rows that must exist do, with the right content, and there are no others."""
        live: dict[bytes, Live] = {}
        yield from self._expected(live, part, parts)
        for table, row in self._kept():
            kind, key = table.named(row)
            tag = _tag(kind, key)
            if tag[0] % parts != part:
                continue
            wanted = live.pop(tag, None)
            if wanted is None:
                yield Tampered("RECORD_ADDED", kind=kind, key=key)
            elif wanted.fingerprint != fingerprint(*row):
                yield Tampered("RECORD_ALTERED", kind=kind, key=key, number=wanted.number)
        for wanted in live.values():
            line = journal.at(self._store.query, wanted.number)
            if line is not None:
                yield Tampered("RECORD_MISSING", kind=line.kind, key=line.key, number=line.number)

    def _expected(self, live: dict[bytes, Live], part: int, parts: int) -> Iterator[Tampered]:
        """Fill ``live`` from the journal; a permanent row is written once, a subject's key is removed with a fact."""
        erased: Counter[str] = Counter()
        for line in journal.lines(self._store.query):
            tag = _tag(line.kind, line.key)
            if tag[0] % parts != part:
                continue
            before = live.pop(tag, None)
            if (before is not None and "keep" in (before.act, line.act)) or (before is None and line.act == "remove"):
                yield Tampered("RECORD_REPLACED", kind=line.kind, key=line.key, number=line.number)
            if line.act != "remove":
                live[tag] = Live(line.number, line.act, line.fingerprint)
            elif line.kind == SUBJECT_KEY:
                erased[line.key] += 1
        for subject in erased - self._erasures() if erased else ():
            yield Tampered("ERASURE_UNRECORDED", subject=subject)

    def _kept(self) -> Iterator[tuple[JournaledTable, Sequence[Any]]]:
        for table in storage.TABLES:
            if self._store.holds(table.name):
                for row in journal.rows(self._store.query, table):
                    yield table, row
        yield from journaled(self._store.query)

    def _erasures(self) -> Counter[str]:
        """How often the facts say that a subject's values were erased; up to the first fact at fault, which is named
        anyway.
        """
        said: Counter[str] = Counter()
        try:
            for _, fields, _ in self._store.decoded(LOG):
                if fields["type"].startswith("PersonalDataErased."):
                    said[fields["data"]["subject"]] += 1
        except (Refusal, KeyError, TypeError):
            pass
        return said


def _unrecorded(change: JournalLine, after: JournalLine | None) -> Iterator[Tampered]:
    """A change of access is followed by another, or by an entry of the access log."""
    if change.kind in ACCESS and (after is None or after.kind not in (*ACCESS, ACCESS_LOG)):
        yield Tampered("ACCESS_UNRECORDED", number=change.number, kind=change.kind, key=change.key)


def _contradicted(row: Sequence[Any], line: JournalLine, key: VerifierKey | None) -> Iterator[Tampered]:
    """A seal over this line that says another chain, or that the key the log had then did not sign."""
    try:
        seal = seals.read(row)
    except Tampered as altered:
        yield altered
        return
    if key is None or not seals.sealed_by(seal, key):
        yield Tampered("SEAL_ALTERED", number=seal.number)
    elif (seal.number, seal.chain) != (line.number, line.chain):
        yield Tampered("JOURNAL_REWRITTEN", number=seal.number)


def _tag(kind: str, key: str) -> bytes:
    return fingerprint(kind, key)[:16]
