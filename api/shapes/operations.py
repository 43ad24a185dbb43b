"""Problems, health, access, webhooks, the log and evidence."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from api.shapes.values import AnyRole, FactId, Moment, Shape


class Fault(Shape):
    code: str
    field: str | None = None
    line: int | None = None
    detail: str


class Problem(BaseModel):
    """Why a request was not taken (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: Annotated[str, Field(description="Stable; what a program should look at.")]
    field: Annotated[str, Field(description="The dotted path of what was at fault.")] = ""
    line: Annotated[int, Field(description="The fact of a batch at fault, from 1.")] = 1
    faults: Annotated[list[Fault], Field(default_factory=list)]


class Healthy(Shape):
    status: Literal["ok"]


class WhoAmI(Shape):
    name: str
    roles: dict[str, AnyRole]


class KeyShown(Shape):
    id: str
    created_at: Moment
    expires_at: Moment
    revoked_at: Moment | None


class IssuedKey(KeyShown):
    name: str
    key: str


class PrincipalShown(Shape):
    name: str
    roles: dict[str, AnyRole]
    version: str
    keys: list[KeyShown]


class AccessEntry(BaseModel):
    """Something on record about access; what else it says depends on what was done."""

    id: str
    at: Moment
    did: str


class WebhookShown(Shape):
    id: str
    url: str
    contract: str
    types: list[str]
    created_at: Moment
    position: int


class WebhookMade(Shape):
    id: str
    url: str
    contract: str
    types: list[str]
    created_at: Moment
    secret: str


class DeadLetter(Shape):
    id: str
    webhook: str
    position: int
    fact: FactId
    attempts: int
    last_status: Annotated[int, Field(description="0: no answer came.")]
    given_up_at: Moment


class Delivered(Shape):
    id: str
    delivered: bool
    status: int


class LogKey(Shape):
    key: str
    role: str
    since: int


class LogProof(Shape):
    """An RFC 9162 proof: `index` for inclusion, `first` for consistency; hashes in base64."""

    size: int
    root: str
    path: list[str]
    index: Annotated[int, Field(description="The leaf's index, for inclusion.")] = 0
    first: Annotated[int, Field(description="The earlier size, for consistency.")] = 0
    tlog_proof: Annotated[str, Field(description="The same as a C2SP tlog-proof, for inclusion.")] = ""


class Verdict(Shape):
    verdict: Literal["passed", "incomplete", "failed"]
    facts: int
    failed: list[str]
    unchecked: list[str]
    trusted: bool
    conclusions: str | None


class ExportShown(Shape):
    """An evidence package and how far it is."""

    id: str
    contract: str
    state: Literal["waiting", "building", "done", "failed"]
    progress: Annotated[int, Field(description="Percent; 100 once it is done.", ge=0, le=100)]
    asked_at: Moment
    fact: FactId | None
    bytes: int | None
    package: str | None
    code: str | None
