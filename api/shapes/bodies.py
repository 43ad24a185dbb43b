"""What the API takes, as declared models. They document: endpoints read bodies strictly themselves.

The ledger's admission knows more than a schema can say, and answers with its own codes (SPEC 2.1).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, RootModel

from api.shapes import AnyRole, Object, Shape, Terms, Type


class Registration(Shape):
    """The terms of a contract, and the role that registers it: the caller's own."""

    terms: Terms
    by: Annotated[Literal["party_a", "party_b"], Field(default_factory=str)]


class FactIn(RootModel[Object]):
    """A fact as a client states it (SPEC 2.1); its schema is worked out in api.shapes.fact_schemas."""


class ImaginedFact(RootModel[Object]):
    """A fact that might be recorded."""


class FactsIn(RootModel[Annotated[list[FactIn], Field(min_length=1, max_length=1000)]]):
    """Facts recorded together or not at all, in this order."""


class ImaginedFacts(RootModel[Annotated[list[ImaginedFact], Field(min_length=1, max_length=1000)]]):
    """Facts that might be recorded one after the other."""


class GrantIn(Shape):
    """A role on a contract, or on all (`*`); `subject` is what the identity provider calls this principal."""

    role: AnyRole
    contract: str = "*"
    subject: Annotated[str, Field(min_length=1, max_length=255, default_factory=str)]


class KeyIn(Shape):
    """How many days a new key lives."""

    days: Annotated[int, Field(ge=1, le=1095)] = 365


class WebhookIn(Shape):
    """Where to send the facts of a contract, or of all (`*`), and of which types (none named: every)."""

    url: Annotated[str, Field(min_length=8, max_length=2000)]
    contract: str = "*"
    types: Annotated[list[Type], Field(default_factory=list)]


class CosignatureIn(Shape):
    """A witness's line below a checkpoint of `size` leaves, and the key it verifies with."""

    size: Annotated[int, Field(ge=1, le=10**15)]
    signature: str
    key: str
