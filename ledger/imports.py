"""Imports: a file or a feed becomes drafts, which are no facts until somebody with the role confirms them (SPEC 8).

An import is stored beside the facts, in three journaled records: its summary, its rows, the bytes it was made of.
Confirming records the facts, stores the bytes as a document that each of them names, and marks the rows, in one
transaction. The id of an import follows from its bytes: the same file again is the same import.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ledger.custody.custody import Custody
from ledger.custody.documents import LARGEST, describe
from ledger.domain.admission_state import AdmissionState
from ledger.domain.calendar import format_utc
from ledger.domain.declare import dataclass, replace
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES, Fact
from ledger.domain.fact_faults import Stated
from ledger.domain.feeds import DraftingBasis
from ledger.domain.fields import ON
from ledger.domain.values import quoted
from ledger.importers.cells import value_of
from ledger.importers.drafts import (
    CONFIRMED,
    DISCARDED,
    DRAFT,
    chosen,
    counts_of,
    fault_kept,
    in_short,
    of_feed,
    of_table,
    place_in_table,
    placed,
    row_of,
    set_cell,
    stated,
    to_confirm,
    told,
    with_document,
)
from ledger.importers.feeds import FEEDS
from ledger.importers.table import Told, read_table
from ledger.messages import say
from ledger.recording import Recorded, Recorder
from ledger.store import Store, StoredRow, Transaction
from ledger.store.encoding import encode
from ledger.store.records import SELECT_RECORD, put, remove
from ledger.streams import Streams

TABLE = "table"
IMPORT_KINDS = (TABLE, *FEEDS)
MOST_OPEN = 1_000  # imports of a contract that wait
ROWS, FILE = "import-rows", "import-file"
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What accompanies a file: the role that reports its facts, their type and actor where no column gives them,
    answers, and the columns of a table that are not read (:class:`~ledger.importers.table.Told`).

    ``answers`` are values that the file does not have, by path: ``{"on": "2026-03-02", "data.instalment": 1}``.
    """

    by: str = "party_a"
    type: str | None = None
    actor: str | None = None
    answers: Mapping[str, Any] | None = None
    skip: Sequence[str] = ()


NO_OPTIONS = ImportOptions()


@dataclass(frozen=True, slots=True)
class Imports:
    """The imports of one ledger. An import is told as JSON::

        {"id", "contract", "role", "kind", "name", "media_type", "sha256", "size", "made_at", "made_by",
         "state": "open"|"done", "counts": {"draft", "faulty", "confirmed", "discarded"},
         "rows": [{"row": 1, "state": "draft", "place": "开具发票!3", "envelope": {…}, "fact": null,
                   "cells": {"data.amount": "C 金额"}, "written": {"data.amount": "12,3"},
                   "faults": [{"code", "field", "place", "message": {"zh", "en"}}], "notes": [{"code", "message"}]}]}

    Without ``rows`` it is told in short. ``cells`` are a table's columns by what they fill, ``written`` what stands in
    cells that could not be read. Rows are counted from 1; ``role`` is the one that says the facts and made the import.
    """

    store: Store
    streams: Streams
    recorder: Recorder
    custody: Custody
    clock: Callable[[], int]
    role: str | None = None

    def of(self, role: str) -> Imports:
        """The imports of one role: no other role sees or changes its drafts."""
        return replace(self, role=role)

    # -- making ---------------------------------------------------------------------------------------

    def draft(
        self, contract: str, kind: str, content: bytes, *, name: str, media_type: str = "",
        asked: ImportOptions = NO_OPTIONS, made_by: str = "local", progress: Progress | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """Make drafts of a file and store them; the same file with the same ``asked`` again changes nothing.

        ``kind`` is one of IMPORT_KINDS. Refusal IMPORT_KIND, IMPORTS_MANY, IMPORT_PERSONAL, CONTRACT_UNKNOWN, and those
        of the reader where the file as a whole cannot be read; faults of single rows are listed in them.
        """
        made, rows = self._made(contract, kind, content, name, media_type, asked, made_by, progress)
        found = self.store.get(_kind(contract), made["id"])
        if found is not None:
            before = json.loads(found)
            if before["asked"] == made["asked"] or before["counts"][CONFIRMED]:
                return self.read(contract, made["id"])
        elif sum(one["state"] == "open" for one in self.listed(contract)) >= MOST_OPEN:
            raise Refusal("IMPORTS_MANY", most=MOST_OPEN)
        if not rows:
            return told(made, rows)
        at = self.clock()
        superseded = self.of(asked.by)._superseded(contract, made["id"], rows) if kind != TABLE else []
        with self.store.writing() as transaction:
            for other, others in superseded:
                _put(transaction, contract, other, others, at)
            _put(transaction, contract, made, rows, at)
            put(transaction, FILE, made["id"], content, at=at)
        return told(made, rows)

    def try_out(
        self, contract: str, kind: str, content: bytes, *, name: str, media_type: str = "",
        asked: ImportOptions = NO_OPTIONS, made_by: str = "local", progress: Progress | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """The import that :meth:`draft` would make; nothing is stored."""
        return told(*self._made(contract, kind, content, name, media_type, asked, made_by, progress))

    def _made(
        self, contract: str, kind: str, content: bytes, name: str, media_type: str, asked: ImportOptions, made_by: str,
        progress: Progress | None,
    ) -> tuple[dict[str, Any], list[dict[str, Any]]]:  # fmt: skip
        if kind not in IMPORT_KINDS:
            raise Refusal("IMPORT_KIND", "kind", kind=quoted(kind), known=", ".join(IMPORT_KINDS))
        if not content:
            raise Refusal("DOCUMENT_EMPTY", "file")
        if len(content) > LARGEST:
            raise Refusal("DOCUMENT_TOO_LARGE", "file", size=len(content), most=LARGEST)
        facts = self._facts(contract)
        asked = replace(asked, answers={path: _answer(path, given) for path, given in (asked.answers or {}).items()})
        if kind == TABLE:
            about = Told(asked.type, asked.by, asked.actor, asked.skip)
            rows = of_table(read_table(content, about, progress=progress), asked.answers or {})
        else:
            rows = of_feed(FEEDS[kind](content), self._drafting_basis(contract, facts, asked))
        digest = hashlib.sha256(content).hexdigest()
        id_ = hashlib.sha256("\n".join((contract, asked.by, kind, digest)).encode()).hexdigest()[:16]
        for number, row in enumerate(rows, 1):
            row["row"] = number
            row["envelope"].setdefault("ref", f"{id_}-{number}")
        made = {
            "id": id_, "contract": contract, "role": asked.by, "kind": kind,
            "name": _printable(name) or kind, "media_type": media_type or FEED_MEDIA.get(kind) or _table_media(content),
            "sha256": digest, "size": len(content), "made_at": format_utc(self.clock()), "made_by": made_by,
            "asked": [asked.by, asked.type, asked.actor, dict(asked.answers or {}), *sorted(asked.skip)],
        }  # fmt: skip
        self._require_nothing_personal(contract, rows)
        self._check(facts, contract, rows, progress)
        return made, rows

    def _require_nothing_personal(self, contract: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Raise Refusal IMPORT_PERSONAL for a file with personal values: its bytes are kept for good, and personal
        values must be erasable.
        """
        with self.streams.lock:
            state = self.streams.existing(contract).admission(contract)
        for row in rows:
            type_, data = row["envelope"].get("type"), row["envelope"].get("data", {})
            if type_ == "FactCorrected" and isinstance(data.get("data"), dict):
                seq = state.seq_of(str(data.get("target")))
                type_, data = state.entries[seq - 1].type if seq is not None else None, data["data"]
            for field in sorted(TYPES[type_].personal & data.keys()) if type_ in TYPES else ():
                refused = Refusal("IMPORT_PERSONAL", f"data.{field}", line=row["row"])
                refused.place = place_in_table(f"data.{field}", row)
                raise refused

    def _drafting_basis(self, contract: str, facts: Sequence[Fact], asked: ImportOptions) -> DraftingBasis:
        return DraftingBasis(AdmissionState(contract, facts), asked.by, dict(asked.answers or {}), self.clock())

    def _facts(self, contract: str) -> list[Fact]:
        self.custody.remembered.check()
        with self.streams.lock:
            facts = list(self.streams.existing(contract).facts)
        if not facts:
            raise Refusal("CONTRACT_UNKNOWN", "contract", contract=contract)
        return facts

    def _check(
        self, facts: Sequence[Fact], contract: str, rows: Sequence[dict[str, Any]], progress: Progress | None = None
    ) -> None:
        """Note in every draft what admission would refuse, if all drafts were recorded now in their order."""
        drafts, at = [row for row in rows if row["state"] == DRAFT], self.clock()
        for row in drafts:
            row["faults"] = []
        try:
            self.recorder.imagine(contract, facts, [stated(row, at) for row in drafts], at, plans=False,
                                  progress=progress)  # fmt: skip
        except Refusal as refused:
            for fault in [refused] if refused.line is not None else refused.faults or [refused]:
                if (line := fault.line or refused.line) is None:
                    raise
                row = drafts[line - 1]
                row["faults"] += [fault_kept(one, row) for one in fault.faults or (fault,)]

    def _superseded(
        self, contract: str, id_: str, rows: Iterable[Mapping[str, Any]]
    ) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
        """Other imports whose drafts have the same ``ref`` as these: those drafts are discarded."""
        refs = {row["envelope"]["ref"] for row in rows}
        found = []
        for one in self.listed(contract):
            if one["id"] == id_ or one["state"] != "open":
                continue
            made, theirs = self._read(contract, one["id"])
            again = [row for row in theirs if row["state"] == DRAFT and row["envelope"].get("ref") in refs]
            for row in again:
                row["state"] = DISCARDED
            if again:
                found.append((made, theirs))
        return found

    # -- looking --------------------------------------------------------------------------------------

    def listed(self, contract: str) -> list[dict[str, Any]]:
        """The imports of a contract without rows, the latest first."""
        self._facts(contract)
        kept = [in_short(json.loads(one.value)) for one in self.store.list(_kind(contract))]
        found = [one for one in kept if self.role in (None, one["role"])]
        return sorted(found, key=lambda one: (one["made_at"], one["id"]), reverse=True)

    def read(self, contract: str, id_: str) -> dict[str, Any]:
        """An import with its rows. Refusal IMPORT_UNKNOWN."""
        return told(*self._read(contract, id_))

    def content(self, contract: str, id_: str) -> bytes:
        """The bytes an import was made of. Refusal IMPORT_UNKNOWN."""
        made, _ = self._read(contract, id_)
        held = self.store.get(FILE, id_)
        return held if held is not None else self.custody.documents.read(made["sha256"]) or b""

    def _read(self, contract: str, id_: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        found, rows = self.store.get(_kind(contract), id_), self.store.get(ROWS, id_)
        made = json.loads(found) if found is not None else {}
        if rows is None or self.role not in (None, made.get("role")):
            raise Refusal("IMPORT_UNKNOWN", "import", id=quoted(id_))
        return made, json.loads(rows)

    # -- changing -------------------------------------------------------------------------------------

    def amend(self, contract: str, id_: str, number: int, cells: Mapping[str, Any]) -> dict[str, Any]:
        """Change one draft; see :meth:`amend_rows`."""
        return self.amend_rows(contract, id_, {number: cells})

    def amend_rows(self, contract: str, id_: str, changes: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
        """Change drafts by their numbers, all or none.

        A change is a value by its path (``on``, ``by``, ``data.amount``), as it would be written in a table's cell.
        Text is read as a cell is, other JSON is taken as it is, None removes the value. Every draft is checked again.
        Refusal IMPORT_UNKNOWN, ROW_UNKNOWN, ROW_DONE, FIELD_UNKNOWN, IMPORT_MOVED_ON and those of cells, with the path.
        """
        facts = self._facts(contract)
        made, rows = self._read(contract, id_)
        before = encode(rows)
        for number, cells in changes.items():
            row = row_of(rows, number)
            if row["state"] != DRAFT:
                raise Refusal("ROW_DONE", "row", row=number, state=say(f"draft.{row['state']}"))
            for path, given in cells.items():
                set_cell(row, path, given)
            self._require_nothing_personal(contract, [row])
        self._check(facts, contract, rows)
        self._write(contract, made, rows, before)
        return told(made, rows)

    def discard(self, contract: str, id_: str, numbers: Sequence[int] | None = None) -> dict[str, Any]:
        """Discard drafts, or all of them; an import of which nothing was confirmed is then deleted."""
        made, rows = self._read(contract, id_)
        before = encode(rows)
        for row in chosen(rows, numbers):
            if row["state"] == CONFIRMED and numbers is not None:
                raise Refusal("ROW_DONE", "row", row=row["row"], state=say("draft.confirmed"))
            row["state"] = DISCARDED if row["state"] == DRAFT else row["state"]
        self._write(contract, made, rows, before)
        return told(made, rows)

    def envelopes(self, contract: str, id_: str, numbers: Sequence[int] | None = None) -> list[dict[str, Any]]:
        """The facts that confirming these rows (all drafts, if left out) would record, for a preview."""
        made, rows = self._read(contract, id_)
        return [with_document(row, made) for row in to_confirm(rows, numbers)]

    def confirm(
        self, contract: str, id_: str, numbers: Sequence[int] | None = None, *, recorded_by: str = "local",
        expected_version: int | None = None, progress: Progress | None = None,
    ) -> list[Recorded]:  # fmt: skip
        """Record the drafts of these rows (all that are left, if none are named), all or nothing.

        Refusal IMPORT_UNKNOWN, ROW_UNKNOWN, ROW_DONE for a discarded row, IMPORT_NOTHING_LEFT, IMPORT_MOVED_ON, and
        FACTS_FAULTY or the one fault, each with the row as its ``line`` and its place in the table.
        """
        made, rows = self._read(contract, id_)
        before = encode(rows)
        drafts, at, content = to_confirm(rows, numbers), self.clock(), self.content(contract, id_)
        if not drafts:
            raise Refusal("IMPORT_NOTHING_LEFT", id=id_)
        facts: list[Stated] = [with_document(row, made) if not row["unread"] else stated(row, at) for row in drafts]
        described = describe(content, made["media_type"], made["made_by"], at)
        done: list[bool] = []

        def also(transaction: Transaction, recorded: Sequence[StoredRow]) -> None:
            self.custody.documents.keep(transaction, contract, content, described, at=at)
            state = self.streams.remembered(contract).admission(contract)  # by now it knows what is being recorded
            for row in drafts:
                row["state"], row["faults"], row["unread"] = CONFIRMED, [], []
                row["fact"] = state.id_of(state.seq_of(row["envelope"]["ref"]) or 0)
            self._guarded(transaction, contract, made, rows, before, at)
            done.append(True)

        try:
            recorded = self.recorder.record(contract, facts, recorded_by=recorded_by, also=also,
                                            expected_version=expected_version, progress=progress)  # fmt: skip
        except Refusal as refused:
            raise placed(refused, drafts) from None
        if not done:  # every fact had been recorded before
            with self.store.writing() as transaction:
                also(transaction, ())
        return recorded

    # -- keeping --------------------------------------------------------------------------------------

    def _write(self, contract: str, made: dict[str, Any], rows: list[dict[str, Any]], before: bytes) -> None:
        at = self.clock()
        with self.store.writing() as transaction:
            self._guarded(transaction, contract, made, rows, before, at)

    def _guarded(
        self, transaction: Transaction, contract: str, made: dict[str, Any], rows: list[dict[str, Any]], before: bytes,
        at: int,
    ) -> None:  # fmt: skip
        """Write an import unless somebody changed it since it was read. Refusal IMPORT_MOVED_ON."""
        found = transaction.query(SELECT_RECORD, (ROWS, made["id"]))
        if not found or bytes(found[0][1]) != before:
            raise Refusal("IMPORT_MOVED_ON", "import", id=made["id"])
        _put(transaction, contract, made, rows, at)


FEED_MEDIA = {"einvoice": "application/xml", "alertmanager": "application/json", "zabbix": "application/x-ndjson"}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _kind(contract: str) -> str:
    return f"import {contract}"


def _answer(path: str, given: Any) -> Any:
    """A day is answered as one writes it in a cell. Refusal CELL_NOT_A_DAY."""
    if path != "on" or not isinstance(given, str):
        return given
    try:
        return value_of(given, ON)
    except Refusal as refused:
        refused.field = path
        raise


def _printable(name: str) -> str:
    """A file's name as a document may be called."""
    return "".join(one for one in name if one.isprintable())[:255].strip()


def _table_media(content: bytes) -> str:
    return _XLSX if content.startswith(b"PK") else "text/csv"


def _put(
    transaction: Transaction, contract: str, made: dict[str, Any], rows: list[dict[str, Any]], at: int
) -> None:
    """Keep an import as it is now; one of which nothing is left and nothing was confirmed goes, its bytes in any case
    once no draft needs them: what was confirmed has them as a document."""
    made["counts"] = counts_of(rows)
    made["state"] = "open" if made["counts"][DRAFT] else "done"
    if made["state"] == "done":
        remove(transaction, FILE, made["id"])
    if made["state"] == "done" and not made["counts"][CONFIRMED]:
        remove(transaction, ROWS, made["id"])
        remove(transaction, _kind(contract), made["id"])
        return
    put(transaction, ROWS, made["id"], encode(rows), at=at)
    put(transaction, _kind(contract), made["id"], encode(made), at=at)
