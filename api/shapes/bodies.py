"""What the API takes, as declared models. They document: endpoints read bodies strictly themselves.

The ledger's admission knows more than a schema can say, and answers with its own codes (SPEC 2.1).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, RootModel

from api.shapes import AnyRole, Model, Object, Role, TermsJson, Type
from ledger.projections.alerts import LEAD_DAYS, AlertKind


class Registration(Model):
    terms: TermsJson
    by: Annotated[Literal["party_a", "party_b"], Field(default_factory=str)]


class FactIn(RootModel[Object]):
    """Its schema is worked out in api.shapes.fact_schemas."""


class ImaginedFact(RootModel[Object]):
    """Its schema is worked out in api.shapes.fact_schemas."""


class FactsIn(RootModel[Annotated[list[FactIn], Field(min_length=1, max_length=1000)]]):
    pass


class ImaginedFacts(RootModel[Annotated[list[ImaginedFact], Field(min_length=1, max_length=1000)]]):
    pass


class AmendedCells(RootModel[Object]):
    pass


class SuppositionIn(Model):
    prefix: Annotated[str, Field(default_factory=str)]
    readings: Annotated[dict[str, str], Field(default_factory=dict)]
    notices: Annotated[list[Object], Field(max_length=5, default_factory=list)]
    facts: Annotated[list[Object], Field(max_length=100, default_factory=list)]  # each contract says what is wrong


class GrantIn(Model):
    role: AnyRole
    contract: str = "*"
    subject: Annotated[str, Field(min_length=1, max_length=255, default_factory=str)]


class KeyIn(Model):
    days: Annotated[int, Field(ge=1, le=1095)] = 365


class WebhookIn(Model):
    url: Annotated[str, Field(min_length=8, max_length=2000)]
    contract: str = "*"
    facts: bool = True
    types: Annotated[list[Type], Field(default_factory=list)]
    alerts: Annotated[list[AlertKind], Field(default_factory=list)]
    within_days: Annotated[int, Field(ge=0, le=LEAD_DAYS[0])] = LEAD_DAYS[0]
    as_seen_by: Annotated[Role, Field(default_factory=str)]


class CosignatureIn(Model):
    size: Annotated[int, Field(ge=1, le=10**15)]
    signature: str
    key: str
