"""The types of facts as one may look them up."""

from __future__ import annotations

from typing import Literal

from pydantic import JsonValue

from api.shapes.conclusions import WordsJson
from api.shapes.values import Model, Object, Role, Type


class TypeLine(Model):
    type: Type
    name: WordsJson
    clause: str | None
    clauses: dict[str, str]
    by: list[Role]
    actor: list[Role]
    template: str | None
    recorded_with: Literal["record", "register", "calendar publish", "ledger"]


class NamedBy(Model):
    kind: str
    name: WordsJson
    field: str


class FieldOption(Model):
    option: str
    name: WordsJson


class OnlyFor(Model):
    field: str
    options: list[str]


class TypeField(Model):
    field: str
    name: WordsJson
    required: bool
    value: WordsJson
    example: JsonValue
    options: list[FieldOption]
    names: str | None
    only_for: OnlyFor | None


class FactTypeJson(TypeLine):
    meaning: WordsJson
    introduces: NamedBy | None
    subject: NamedBy | None
    fields: list[TypeField]
    example_fact: Object | None
