"""The types of facts as one may look them up."""

from __future__ import annotations

from typing import Literal

from pydantic import JsonValue

from api.shapes.conclusions import Words
from api.shapes.values import Model, Object, Role, Type


class TypeLine(Model):
    type: Type
    name: Words
    clause: str | None
    clauses: dict[str, str]
    by: list[Role]
    actor: list[Role]
    template: str | None
    recorded_with: Literal["record", "register", "calendar publish", "ledger"]


class NamedBy(Model):
    kind: str
    name: Words
    field: str


class FieldOption(Model):
    option: str
    name: Words


class OnlyFor(Model):
    field: str
    options: list[str]


class TypeField(Model):
    field: str
    name: Words
    required: bool
    value: Words
    example: JsonValue
    options: list[FieldOption]
    names: str | None
    only_for: OnlyFor | None


class FactType(TypeLine):
    meaning: Words
    introduces: NamedBy | None
    subject: NamedBy | None
    fields: list[TypeField]
    example_fact: Object | None
