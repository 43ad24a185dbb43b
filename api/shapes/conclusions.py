"""What follows from the facts (SPEC 5)."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue, create_model

from api.shapes.sections import declared
from api.shapes.values import Day, Digest, FactId, Model, Moment, Object, Role, Type
from ledger.domain.template import TEMPLATES


class NextChange(Model):
    on: Day
    what: str
    from_: Annotated[JsonValue, Field(alias="from")]
    to: JsonValue


class ReadingMatters(Model):
    reading: str
    option: str
    path: str
    from_: Annotated[JsonValue, Field(alias="from")]
    to: JsonValue


class Holds(Model):
    path: str
    holds: Literal["under-every-reading"]


class TurnsOn(Model):
    path: str
    changed_by: list[dict[str, str]]


class Robust(Model):
    tried: Literal["all", "pairs"]
    paths: list[Holds | TurnsOn]


class Receipt(Model):
    rules: str
    terms: Digest
    calendar: dict[str, str]
    head: Digest
    result: Digest


class _Asked(Model):
    contract: str
    as_of: Day
    known_at: Moment


class _Before(_Asked):
    facts: int


class _After(Model):
    next_changes: list[NextChange]
    readings: dict[str, str]
    sensitivity: list[ReadingMatters] | None
    robust: Robust | None
    receipt: Receipt


def _sections() -> dict[str, Any]:
    """The type of each section of the answer, and whether every template has it."""
    found: dict[str, list[Any]] = {}
    for template in TEMPLATES.values():
        for key, section in template.sections.items():
            found.setdefault(key, []).append(section.shape)
    fields: dict[str, Any] = {}
    for key, shapes in found.items():
        made = declared(reduce(or_, dict.fromkeys(shapes)))
        fields[key] = (made, ...) if len(shapes) == len(TEMPLATES) else (made | None, None)
    return fields


SECTIONS = _sections()
_fields = {
    name: (info.annotation, info) for base in (_Before, _After) for name, info in base.model_fields.items()
}
_order = [*_Before.model_fields, *SECTIONS, *_After.model_fields]
Status: Any = create_model("Status", __base__=Model, **{name: (SECTIONS | _fields)[name] for name in _order})
ALONE: dict[str, Any] = {
    key: create_model(f"{key.title()}Section", __base__=_Asked, **{key: SECTIONS[key]})
    for key in dict.fromkeys(
        key for template in TEMPLATES.values() for key, section in template.sections.items() if section.alone
    )
}
"""Sections that can be had by themselves, by key."""


class SensitivitySection(_Asked):
    sensitivity: list[ReadingMatters]
    robust: Robust


class WeighingShown(Model):
    contract: str
    progress: Annotated[int, Field(ge=0, le=100)]
    asked_at: Moment
    answer: str


class ChangeJson(Model):
    path: str
    from_: Annotated[JsonValue, Field(alias="from")]
    to: JsonValue


class ReplayEntry(Model):
    on: Day
    fact: FactId | None
    type: Type | None
    by: Role | None
    actor: Role | None
    stands: bool
    changes: list[ChangeJson]
    recorded_at: Annotated[Moment, Field(default_factory=str)]  # these four in order of recording only
    recorded_by: Annotated[str, Field(default_factory=str)]
    on_behalf: Annotated[bool, Field(default_factory=bool)]
    days_late: Annotated[int, Field(default_factory=int)]


class DiffSide(Model):
    as_of: Day
    known_at: Moment
    facts: int


class Because(Model):
    fact: FactId | None
    on: Day


class DiffChange(ChangeJson):
    because: list[Because]


class DiffFact(Model):
    fact: FactId
    type: Type
    on: str


class Diff(Model):
    from_: Annotated[DiffSide, Field(alias="from")]
    to: DiffSide
    changes: list[DiffChange]
    facts: list[DiffFact]


class ImaginedReceipt(Receipt):
    head: Annotated[str, Field(pattern="^([0-9a-f]{64})?$")]


ImaginedStatus: Any = create_model("ImaginedStatus", __base__=Status, receipt=(ImaginedReceipt, ...))


class WhatIf(Model):
    status: ImaginedStatus
    changes: list[ChangeJson]


class ContractChanges(Model):
    contract: str
    count: int
    changes: list[ChangeJson]


class NotSupposed(Model):
    contract: str
    code: str


class PortfolioWhatIf(Model):
    swept: int
    changing: int
    changed: list[ContractChanges]
    refused: list[NotSupposed]


class WordsJson(Model):
    zh: str
    en: str


class ClauseWords(WordsJson):
    clause: str
    title: str
    changed_by: list[FactId]


class ReadingWords(WordsJson):
    reading: str
    option: str
    set_by: list[FactId]


class ExplainedFact(Model):
    fact: FactId
    type: Type
    label: WordsJson
    on: str
    by: Role
    actor: Role
    recorded_at: Moment
    recorded_by: str
    on_behalf: bool
    data: Object


class ClauseConclusion(Model):
    path: str
    about: WordsJson
    state: str | None
    says: WordsJson
    facts: list[FactId]


class ClauseNow(ClauseWords):
    name: WordsJson
    title_en: str
    conclusions: list[ClauseConclusion]
    facts: list[ExplainedFact]
    readings: list[ReadingWords]
    steps: list[WordsJson]


class Clauses(_Asked):
    clauses: list[ClauseNow]


class ExplanationJson(Model):
    path: str
    value: JsonValue
    clauses: list[ClauseWords]
    facts: list[ExplainedFact]
    steps: list[WordsJson]
    readings: list[ReadingWords]
