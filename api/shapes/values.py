"""The values answers are made of."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, RootModel, WithJsonSchema

from ledger.domain.fact import TYPES

Day = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]
Moment = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
Money = Annotated[str, Field(pattern=r"^-?[0-9]+\.[0-9]{2}$")]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
FactId = str
Type = Annotated[str, WithJsonSchema({"type": "string", "enum": list(TYPES)})]
Role = Literal["party_a", "party_b", "supervisor", "integrator", "administrator", "auditor"]
AnyRole = Literal["party_a", "party_b", "supervisor", "integrator", "administrator", "auditor", "operator"]
Grade = Literal["A", "B"]
State = Literal[
    "pending", "overdue", "fulfilled", "fulfilled_late", "standing", "breached", "discharged", "cancelled"
]
Why = Literal["changes-anothers-word", "speaks-for-both", "takes-back", "contested"]
Phase = Literal["registered", "effective", "in_service", "ended", "terminated", "closed"]
Object = dict[str, JsonValue]


class _NamedModel:
    """A model bears in the document the name of what it shows; in the code it ends in Json where that name is taken."""

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        cls.__name__ = cls.__qualname__ = cls.__name__.removesuffix("Json")


class Model(_NamedModel, BaseModel):
    """An object with these keys and no others. What it is, the catalogue says, at ``api.schema.`` and its name."""

    model_config = ConfigDict(extra="forbid")


class ObjectModel(_NamedModel, RootModel[Object]):
    """Any object; its schema is worked out elsewhere."""
