"""Imports and their drafts."""

from __future__ import annotations

from typing import Literal

from api.shapes.conclusions import Change, Words
from api.shapes.values import Digest, FactId, Model, Moment, Object, Role


class DraftFault(Model):
    code: str
    field: str | None
    place: str | None
    values: Object
    message: Words


class DraftTold(Model):
    code: str
    message: Words


class Draft(Model):
    row: int
    state: Literal["draft", "confirmed", "discarded"]
    place: str
    fact: FactId | None
    envelope: Object
    cells: dict[str, str]
    written: dict[str, str]
    faults: list[DraftFault]
    notes: list[DraftTold]


class DraftCounts(Model):
    draft: int
    faulty: int
    confirmed: int
    discarded: int


class DraftImportShort(Model):
    id: str
    contract: str
    role: Role
    kind: Literal["table", "einvoice", "alertmanager", "zabbix"]
    name: str
    media_type: str
    sha256: Digest
    size: int
    made_at: Moment
    made_by: str
    state: Literal["open", "done"]
    counts: DraftCounts


class DraftImport(DraftImportShort):
    rows: list[Draft]


class ImportPreview(Model):
    contract: str
    would_record: int
    effects: list[Change]
