"""What the API takes, as declared models. They document: endpoints read bodies strictly themselves.

The ledger's admission knows more than a schema can say, and answers with its own codes (SPEC 2.1).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue, RootModel, WithJsonSchema

from api.shapes import AnyRole, Digest, Document, Role, Shape
from ledger.domain.facts import TYPES

On = Annotated[str, WithJsonSchema({"anyOf": [{"type": "string", "format": "date"},
                                              {"type": "string", "format": "date-time"}]})]  # fmt: skip
Type = Annotated[str, WithJsonSchema({"type": "string", "enum": list(TYPES)})]


class Registration(Shape):
    """The terms of a contract, as SPEC 2.3 says them (dates as text), and the role that registers it."""

    terms: dict[str, JsonValue]
    by: Annotated[Literal["party_a", "party_b"], Field(default_factory=str)]


class FactIn(Shape):
    """A fact as a client states it (SPEC 2.1); `data` by its type (SPEC 2.2)."""

    type: Type
    on: On
    by: Role
    ref: Annotated[str, Field(min_length=1, max_length=128, default_factory=str)]
    data: Annotated[dict[str, JsonValue], Field(default_factory=dict)]
    documents: Annotated[list[Document], Field(max_length=100, default_factory=list)]


class FactsIn(RootModel[Annotated[list[FactIn], Field(min_length=1, max_length=1000)]]):
    """Facts recorded together or not at all, in this order."""


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


__all__ = [
    "CosignatureIn", "Digest", "FactIn", "FactsIn", "GrantIn", "KeyIn", "Registration", "WebhookIn",
]  # fmt: skip
