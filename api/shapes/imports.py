"""Imports and their drafts."""

from __future__ import annotations

from typing import Literal

from api.shapes.conclusions import ChangeJson, WordsJson
from api.shapes.values import Digest, FactId, Model, Moment, Object, Role


class DraftFault(Model):
    code: str
    field: str | None
    place: str | None
    values: Object
    message: WordsJson


class DraftTold(Model):
    code: str
    message: WordsJson


class DraftJson(Model):
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
    rows: list[DraftJson]


class ImportPreview(Model):
    contract: str
    would_record: int
    effects: list[ChangeJson]
