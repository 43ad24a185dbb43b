"""Contracts and their facts, and attached documents."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, create_model

from api.shapes.sections import declared
from api.shapes.values import AnyRole, Day, Digest, Model, Moment, ObjectModel
from ledger.domain.section import glanced_shape
from ledger.domain.template import TEMPLATES
from ledger.explanation.sections import OBLIGATIONS


class FactJson(ObjectModel):
    """Its schema is worked out in api.shapes.fact_schemas."""


class RecordedFact(ObjectModel):
    """Its schema is worked out in api.shapes.fact_schemas."""


class ContractRegisteredRecordedFact(ObjectModel):
    """Its schema is worked out in api.shapes.fact_schemas."""


class RecordedJson(Model):
    contract: str
    version: int
    recorded: int
    repeated: int
    facts: list[RecordedFact]


class TermsJson(ObjectModel):
    """Their schema is worked out in api.shapes.terms_schema."""


class NextDue(Model):
    id: str
    due_on: Day


class NextDeadline(Model):
    on: Day
    what: Literal["due", "term-ends", "right-ends"]
    path: str


def _line() -> Any:
    """A contract at a glance: what sections show there; of a section not every template has, perhaps nothing."""
    fields: dict[str, Any] = {"contract": (str, ...), "title": (str, ...)}
    for key in dict.fromkeys(key for one in TEMPLATES.values() for key in one.sections):
        having = [one.sections[key] for one in TEMPLATES.values() if key in one.sections]
        for name in dict.fromkeys(name for one in having for name in one.at_a_glance):
            showing = [one for one in having if name in one.at_a_glance]
            made = declared(glanced_shape(showing[0].shape, showing[0].at_a_glance[name]))
            fields[name] = (made, ...) if len(showing) == len(TEMPLATES) else (made | None, None)
        if key == OBLIGATIONS.key:
            fields |= {"overdue_obligations": (int, ...), "next_due": (NextDue | None, ...)}
    return create_model("ContractLine", __base__=Model, **fields, one_short=(bool, ...),
                        next_deadline=(NextDeadline | None, ...), next_change=(Day | None, ...))  # fmt: skip


ContractLine = _line()


class ContractJson(Model):
    contract: str
    version: int
    role: AnyRole
    terms: TermsJson


class StoredDocument(Model):
    sha256: Digest
    sm3: Annotated[Digest, Field(default_factory=str)]
    size: int
    media_type: str
    uploaded_at: Moment
    uploaded_by: str
