"""Drafts as stored and shown: a row of a file, or an entry of a feed, and the fact that it would be.

A draft is JSON, so that it can be stored, shown and changed: its number, state, envelope, where its values stand in the
table, what could not be read, what admission would refuse, and further remarks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES
from ledger.domain.fact_envelope import KEYS
from ledger.domain.fact_faults import Stated, fact_faults
from ledger.domain.feeds import DraftingBasis, DraftNote
from ledger.importers.cells import value_of
from ledger.importers.columns import headings, path_of, type_called
from ledger.importers.table import FactRow
from ledger.messages import refusal, say

_OF_NO_ROW = ("VERSION_CONFLICT", "CLOCK_BEHIND", "IMPORT_MOVED_ON", "CONTRACT_UNKNOWN", "ROLLED_BACK", "FACTS_GONE")
DRAFT, CONFIRMED, DISCARDED = "draft", "confirmed", "discarded"


def counts_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    found = Counter(row["state"] for row in rows)
    faulty = sum(row["state"] == DRAFT and bool(row["faults"]) for row in rows)
    return {DRAFT: found[DRAFT], "faulty": faulty, CONFIRMED: found[CONFIRMED], DISCARDED: found[DISCARDED]}


# --- rows --------------------------------------------------------------------------------------------


def of_table(read: Sequence[FactRow], answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = []
    for row in read:
        for path, value in answers.items():
            if path not in row.written:
                _answer(row.envelope, path, value)
        made = _draft(row.envelope, row.place_of(None) or str(row.number), row.cells)
        made["written"] = row.written
        made["unread"] = [fault_kept(fault, made) for fault in row.faults]
        rows.append(made)
    return rows


def of_feed(told: Sequence[object], known: DraftingBasis) -> list[dict[str, Any]]:
    """Drafts from a feed, as the contract's agreement makes them; none where the feed reports nothing new.

    Refusal FEED_MAKES_NOTHING for an agreement that makes no facts from such a feed.
    """
    template, rows = known.stream.template, []
    for cls, alike in groupby(sorted(told, key=lambda one: type(one).__name__), type):
        make = template.drafts.get(cls)
        if make is None:
            raise Refusal("FEED_MAKES_NOTHING", "kind", agreement_zh=template.zh, agreement=template.en)
        for proposed in make(list(alike), known):
            made = _draft(dict(proposed.envelope), "", {})
            made["notes"] = [_note(note) for note in proposed.notes]
            rows.append(made)
    return rows


def _draft(envelope: dict[str, Any], place: str, cells: Mapping[str, str]) -> dict[str, Any]:
    return {
        "row": 0, "state": DRAFT, "place": place, "fact": None, "envelope": envelope, "cells": dict(cells),
        "written": {}, "unread": [], "faults": [], "notes": [],
    }  # fmt: skip


def _answer(envelope: dict[str, Any], path: str, value: Any) -> None:
    """A value given for all rows, where a row has none of its own."""
    if path.startswith("data."):
        envelope.setdefault("data", {}).setdefault(path[5:], value)
    else:
        envelope.setdefault(path, value)


def row_of(rows: Sequence[dict[str, Any]], number: int) -> dict[str, Any]:
    if not 1 <= number <= len(rows):
        raise Refusal("ROW_UNKNOWN", "row", row=number, last=len(rows))
    return rows[number - 1]


def chosen(rows: list[dict[str, Any]], numbers: Sequence[int] | None) -> list[dict[str, Any]]:
    return rows if numbers is None else [row_of(rows, number) for number in dict.fromkeys(numbers)]


def to_confirm(rows: list[dict[str, Any]], numbers: Sequence[int] | None) -> list[dict[str, Any]]:
    """The rows to confirm; rows named that are confirmed already are included, and change nothing."""
    found = chosen(rows, numbers)
    for row in found:
        if row["state"] == DISCARDED and numbers is not None:
            raise Refusal("ROW_DONE", "row", row=row["row"], state=say("draft.discarded"))
    return [row for row in found if row["state"] == DRAFT or (numbers is not None and row["state"] == CONFIRMED)]


def stated(row: Mapping[str, Any], now: int) -> Stated:
    """The fact that a draft states; or, where cells could not be read, these and all other faults found (``now`` in
    µs).
    """
    if not row["unread"]:
        return dict(row["envelope"])
    faults = [_refusal(one) for one in row["unread"]]
    fields = {fault.field for fault in faults}
    if "type" in row["envelope"]:
        faults += [one for one in fact_faults(row["envelope"], now) if one.field not in fields]
    return faults[0] if len(faults) == 1 else Refusal("FACTS_FAULTY", faults=faults, facts=1, count=len(faults))


def with_document(row: Mapping[str, Any], made: Mapping[str, Any]) -> dict[str, Any]:
    """The fact with the file it came in, after the documents it names itself."""
    file = {"sha256": made["sha256"], "name": made["name"], "media_type": made["media_type"]}
    envelope: dict[str, Any] = dict(row["envelope"])
    own = envelope.get("documents", [])
    return envelope | {"documents": [*own, file] if isinstance(own, list) and file not in own else own}


def set_cell(row: dict[str, Any], path: str, given: Any) -> None:
    """Set a value of a draft as a cell would state it."""
    envelope = row["envelope"]
    named = type_called(given) if path == "type" and isinstance(given, str) else None
    if named is not None:
        given = named.name
    type_ = TYPES.get(envelope.get("type", ""))
    column = headings(type_).column(path) if type_ is not None and path != "type" else None
    if column is None and path not in KEYS:
        known = ", ".join(headings(type_).columns) if type_ is not None else ", ".join(KEYS)
        raise Refusal("FIELD_UNKNOWN", path, nearest="–", known=known)
    key = column.key if column is not None else path
    row["unread"] = [one for one in row["unread"] if one["field"] != path_of(key)]
    row["written"].pop(key, None)
    into, name = _where(envelope, key)
    if given is None or given == "":
        into.pop(name, None)
    else:
        try:
            into[name] = value_of(given, column.shape) if isinstance(given, str) and column is not None else given
        except Refusal as refused:
            refused.field = path_of(key)
            raise


def _where(envelope: dict[str, Any], key: str) -> tuple[dict[str, Any], str]:
    """The record that a column's key belongs to, and the key in it: ``data.lines.2.amount`` belongs to the second line.
    """
    if not key.startswith("data."):
        return envelope, key
    data = envelope.setdefault("data", {})
    name, _, rest = key[5:].partition(".")
    number, _, part = rest.partition(".")
    if not part:
        return data, key[5:]
    records = data.get(name) if isinstance(data.get(name), list) else []
    data[name] = [*records, *({} for _ in range(int(number) - len(records)))]
    return data[name][int(number) - 1], part


# --- faults ------------------------------------------------------------------------------------------


def fault_kept(fault: Refusal, row: Mapping[str, Any]) -> dict[str, Any]:
    """A fault as stored: code, field, place in the table, and the values of its sentence."""
    place = fault.place or place_in_table(fault.field, row)
    return {"code": fault.code, "field": fault.field, "place": place, "values": {
        key: value if isinstance(value, (str, int, bool)) else str(value) for key, value in fault.values.items()
    }}  # fmt: skip


def place_in_table(field: str | None, row: Mapping[str, Any]) -> str | None:
    """The cell of a field, where the row is of a table."""
    sheet, _, number = row["place"].rpartition("!")
    found = FactRow(sheet, int(number) if number.isdigit() else 0, {}, cells=row["cells"])
    return found.place_of(field) or None if row["cells"] else None


def _refusal(kept: Mapping[str, Any]) -> Refusal:
    made = Refusal(kept["code"], kept["field"])
    made.values.update(kept["values"])
    made.place = kept["place"]
    return made


def placed(refused: Refusal, rows: Sequence[Mapping[str, Any]]) -> Refusal:
    """A refusal of several facts, each fault with the row it is about."""
    for fault in refused.faults or (refused,):
        line = fault.line or refused.line or (1 if len(rows) == 1 else None)
        row = rows[line - 1] if line is not None else None
        if row is not None and fault.code not in _OF_NO_ROW and not fault.code.startswith("STORE_"):
            fault.line, fault.place = row["row"], fault.place or place_in_table(fault.field, row)
    return refused


def _note(note: DraftNote) -> dict[str, Any]:
    return {"code": note.code, "values": {key: str(value) for key, value in note.values.items()}}


# --- telling -----------------------------------------------------------------------------------------


def in_short(made: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in made.items() if key != "asked"}


def told(made: dict[str, Any], rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """An import as shown: faults and remarks in both languages, confirmed rows with the ids of their facts."""
    counts = counts_of(rows)
    short = in_short(made) | {"counts": counts, "state": "open" if counts[DRAFT] else "done"}
    return short | {"rows": [_row_told(row) for row in rows]}


def _row_told(row: Mapping[str, Any]) -> dict[str, Any]:
    shown = {key: value for key, value in row.items() if key != "unread"}
    return shown | {
        "faults": [
            {**one, "message": _both(_refusal(one))}
            for one in row["faults"]
        ],
        "notes": [{"code": one["code"], "message": _said(one)} for one in row["notes"]],
    }  # fmt: skip


def _both(fault: Refusal) -> dict[str, str]:
    bare = Refusal(fault.code)
    bare.values.update(fault.values)
    return {"zh": refusal(bare, "zh"), "en": refusal(bare, "en")}


def _said(note: Mapping[str, Any]) -> dict[str, str]:
    return {"zh": say(note["code"], "zh", **note["values"]), "en": say(note["code"], "en", **note["values"])}
