"""Problems, health, access, webhooks, the log and evidence."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from api.shapes.values import AnyRole, Day, Digest, FactId, Model, Moment, Role
from ledger.projections.alerts import AlertKind


class Fault(Model):
    code: str
    field: str | None = None
    line: int | None = None
    detail: str


class Problem(BaseModel):
    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    field: str = ""
    line: int = 1
    errors: Annotated[list[Fault], Field(default_factory=list)]


class Healthy(Model):
    status: Literal["ok"]


class WhoAmI(Model):
    name: str
    roles: dict[str, AnyRole]


class KeyShown(Model):
    id: str
    created_at: Moment
    expires_at: Moment
    revoked_at: Moment | None


class IssuedKey(KeyShown):
    name: str
    key: str


class PrincipalShown(Model):
    name: str
    roles: dict[str, AnyRole]
    version: str
    keys: list[KeyShown]


class AccessEntry(BaseModel):
    id: str
    at: Moment
    did: str


class Alert(Model):
    id: str
    contract: str
    kind: AlertKind
    path: str
    from_: Annotated[str | None, Field(alias="from")]
    to: str | None
    on: Day | None
    what: Literal["due", "overdue", "term-ends", "right-ends", "claim-ends", "limitation"] | None
    subject: str | None
    clause: str | None
    obligor: Role | None
    provisional: bool | None
    views: list[Literal["record", "party_a", "party_b"]]
    because: list[FactId]
    days: int | None
    zh: str
    en: str
    told_at: Moment
    position: int


class Webhook(Model):
    id: str
    url: str
    contract: str
    facts: bool
    types: list[str]
    alerts: list[AlertKind]
    within_days: int | None
    as_seen_by: Role | None
    created_at: Moment


class WebhookShown(Webhook):
    position: int
    alert: int


class WebhookMade(Webhook):
    secret: str


class DeadLetter(Model):
    id: str
    webhook: str
    position: int
    fact: FactId | None
    alert: int | None
    attempts: int
    last_status: int
    given_up_at: Moment


class Delivered(Model):
    id: str
    delivered: bool
    status: int


class BoundJson(Model):
    size: int
    root: str


class LogKey(Model):
    key: str
    pem: str
    fingerprint: str
    role: Literal["log", "sm2"]
    since: int
    retired: BoundJson | None
    trust: str


class WitnessKey(Model):
    key: str
    pem: str
    fingerprint: str
    principal: str


class LogKeys(Model):
    origin: str
    keys: list[LogKey]
    witnesses: list[WitnessKey]


class LogProof(Model):
    size: int
    root: str
    path: list[str]
    index: int = 0
    first: int = 0
    tlog_proof: str = ""


class VerdictJson(Model):
    verdict: Literal["passed", "incomplete", "failed"]
    facts: int
    withheld: int
    failed: list[str]
    unchecked: list[str]
    set_aside: list[str]
    trusted: bool
    conclusions: str | None


class EvidencePreview(Model):
    facts: int
    withheld: int
    sections: list[str] | None
    documents: list[Digest]
    absent: list[Digest]
    disclosed: int


class ExportShown(Model):
    id: str
    contract: str
    state: Literal["waiting", "building", "done", "failed"]
    progress: Annotated[int, Field(ge=0, le=100)]
    asked_at: Moment
    fact: FactId | None
    bytes: int | None
    package: str | None
    code: str | None
