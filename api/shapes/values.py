"""The values answers are made of."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, WithJsonSchema

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


class Model(BaseModel):
    """An object with these keys and no others. What it is, the catalogue says, at ``api.schema.`` and its name."""

    model_config = ConfigDict(extra="forbid")
