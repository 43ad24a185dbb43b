"""Contracts and their facts, and attached documents."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, RootModel

from api.shapes.values import AnyRole, Day, Digest, Moment, Money, Object, Phase, Shape


class Fact(RootModel[Object]):
    """Its schema is worked out in api.shapes.fact_schemas."""


class RecordedFact(RootModel[Object]):
    """Its schema is worked out in api.shapes.fact_schemas."""


class ContractRegisteredRecordedFact(RootModel[Object]):
    """Its schema is worked out in api.shapes.fact_schemas."""


class Recorded(Shape):
    contract: str
    version: int
    recorded: int
    repeated: int
    facts: list[RecordedFact]


class Terms(RootModel[Object]):
    """Their schema is worked out in api.shapes.terms_schema."""


class NextDue(Shape):
    id: str
    due_on: Day


class ContractLine(Shape):
    contract: str
    title: str
    phase: Phase
    ends_on: Day | None
    outstanding: Money
    overdue: Money
    overdue_obligations: int
    next_due: NextDue | None
    b_count_rolling_year: int
    termination_allowed: bool
    damages_accrued: Money
    anomalies: int


class Contract(Shape):
    contract: str
    version: int
    role: AnyRole
    terms: Terms


class StoredDocument(Shape):
    sha256: Digest
    sm3: Annotated[Digest, Field(default_factory=str)]
    size: int
    media_type: str
    uploaded_at: Moment
    uploaded_by: str
