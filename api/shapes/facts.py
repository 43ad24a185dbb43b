"""Contracts and their facts, and attached documents."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, RootModel

from api.shapes.values import AnyRole, Day, Digest, Moment, Money, Object, Phase, Shape


class Fact(RootModel[Object]):
    """A recorded fact (SPEC 2.1); its schema is worked out in api.shapes.fact_schemas."""


class RecordedFact(RootModel[Object]):
    """A fact, and whether it had been recorded before (then nothing was added)."""


class ContractRegisteredRecordedFact(RootModel[Object]):
    """A contract's first fact, and whether it had been recorded before."""


class Recorded(Shape):
    contract: str
    version: int
    recorded: int
    repeated: int
    facts: list[RecordedFact]


class Terms(RootModel[Object]):
    """The terms of a contract, as SPEC 2.3 says them (dates as text); their schema is in api.shapes.terms_schema."""


class NextDue(Shape):
    id: str
    due_on: Day


class ContractLine(Shape):
    """How a contract stands, at a glance."""

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
    """A contract's version and the terms it was registered with."""

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
