"""What the API answers, as declared models: the JSON of SPEC section 5 and 2.1, exactly.

They document; the answers themselves come from the service as they are, and a test holds both together.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, WithJsonSchema

Day = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]
Moment = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
Money = Annotated[str, Field(pattern=r"^-?[0-9]+\.[0-9]{2}$")]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
FactId = str
Role = Literal["party_a", "party_b", "supervisor", "integrator", "administrator", "auditor"]
AnyRole = Literal["party_a", "party_b", "supervisor", "integrator", "administrator", "auditor", "operator"]
Grade = Literal["A", "B"]
State = Literal["pending", "overdue", "fulfilled", "fulfilled_late", "standing", "breached", "cancelled"]
Phase = Literal["registered", "effective", "in_service", "ended", "terminated", "closed"]
Object = dict[str, JsonValue]


class Shape(BaseModel):
    """An object with these keys and no others."""

    model_config = ConfigDict(extra="forbid")


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


# --- facts -----------------------------------------------------------------------------------------


class Document(Shape):
    """An attached file, by its digest."""

    sha256: Digest
    name: str
    media_type: str
    sm3: Digest | None = None


class Fact(Shape):
    """A recorded fact (SPEC 2.1)."""

    type: str
    on: str
    by: Role
    ref: str
    data: Object
    documents: Annotated[list[Document], Field(default_factory=list)]
    seq: int
    id: FactId
    position: int
    recorded_at: Moment
    recorded_by: str
    digest: Digest
    prev: Digest


class RecordedFact(Fact):
    """A fact, and whether it had been recorded before (then nothing was added)."""

    repeated: bool


class Recorded(Shape):
    contract: str
    version: int
    recorded: int
    repeated: int
    facts: list[RecordedFact]


# --- conclusions -----------------------------------------------------------------------------------


class Term(Shape):
    signed_on: Day | None
    effective_on: Day | None
    lease_started_on: Day | None
    ends_on: Day | None
    terminated_on: Day | None
    provisional: bool


class Balance(Shape):
    currency: str
    total: Money
    invoiced: Money
    paid: Money
    outstanding: Money
    payable: Money
    overdue: Money


class Obligation(Shape):
    id: str
    kind: str
    clause: str
    obligor: Role
    raised_on: Day
    due_on: Day | None
    provisional: bool
    state: State
    settled_on: Day | None
    raised_by: list[FactId]
    settled_by: list[FactId]


class CountedIncident(Shape):
    incident: str
    grade: Grade
    on: Day
    members: list[str]


class ExcludedIncident(Shape):
    incident: str
    reason: Literal["same-cause", "outside-window", "outside-operating-period"]
    counted_as: str | None


class Incidents(Shape):
    a_count: int
    b_count_rolling_year: int
    window: Annotated[list[Day], Field(min_length=2, max_length=2)]
    counted: list[CountedIncident]
    excluded: list[ExcludedIncident]
    grades: dict[str, Grade]


class Ground(Shape):
    clause: str
    arose_on: Day
    lapses_on: Day | None
    state: Literal["open", "unsupported", "lapsed", "exercised", "moot"]
    because: list[FactId]


class Headroom(Shape):
    b_incidents: int


class Termination(Shape):
    allowed: bool
    grounds: list[Ground]
    headroom: Headroom


class Exit(Shape):
    request: str | None
    permitted: bool | None
    earliest_exit_on: Day | None


class DamagesItem(Shape):
    id: str
    annex: Literal[2, 3]
    row: int
    base: Money | None
    rate: str
    amount: Money | None
    absorbed_by: str | None
    because: list[FactId]


class Damages(Shape):
    accrued: Money
    settled: Money
    items: list[DamagesItem]


class Anomaly(Shape):
    code: str
    fact: FactId
    on: Day


class NextChange(Shape):
    on: Day
    what: str


class ReadingMatters(Shape):
    """A change of reading that would change the outcome."""

    reading: str
    option: str
    path: str
    from_: Annotated[JsonValue, Field(alias="from")]
    to: JsonValue


class Receipt(Shape):
    rules: str
    terms: Digest
    calendar: dict[str, str]
    head: Digest
    result: Digest


class Status(Shape):
    """Everything that holds of a contract (SPEC 5)."""

    contract: str
    as_of: Day
    known_at: Moment
    facts: int
    phase: Phase
    term: Term
    balance: Balance
    obligations: list[Obligation]
    incidents: Incidents
    termination: Termination
    exit: Exit
    damages: Damages
    anomalies: list[Anomaly]
    contested: list[FactId]
    next_changes: list[NextChange]
    readings: dict[str, str]
    sensitivity: list[ReadingMatters] | None
    receipt: Receipt


class Section(Shape):
    """Which answer a part was taken from."""

    contract: str
    as_of: Day
    known_at: Moment


class ObligationsSection(Section):
    obligations: list[Obligation]


class IncidentsSection(Section):
    incidents: Incidents


class TerminationSection(Section):
    termination: Termination


class DamagesSection(Section):
    damages: Damages


class SensitivitySection(Section):
    sensitivity: list[ReadingMatters]


class Change(Shape):
    path: str
    from_: Annotated[JsonValue, Field(alias="from")]
    to: JsonValue


class ReplayEntry(Shape):
    """A fact, or (with null) a day that passed, and what it changed."""

    on: Day
    fact: FactId | None
    type: str | None
    by: Role | None
    stands: bool
    changes: list[Change]


class DiffSide(Shape):
    as_of: Day
    known_at: Moment
    facts: int


class DiffFact(Shape):
    fact: FactId
    type: str
    on: str


class Diff(Shape):
    from_: Annotated[DiffSide, Field(alias="from")]
    to: DiffSide
    changes: list[Change]
    facts: list[DiffFact]


class WhatIf(Shape):
    status: Status
    changes: list[Change]


class Explanation(BaseModel):
    """Why it is so: the value, the words of the contract, the arithmetic, the facts."""

    path: str
    value: JsonValue
    clauses: list[Any]
    facts: list[Object]
    steps: list[Any]
    readings: list[Any]


# --- contracts -------------------------------------------------------------------------------------


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
    terms: Object


# --- operations ------------------------------------------------------------------------------------


class Healthy(Shape):
    status: Literal["ok"]


# --- access ----------------------------------------------------------------------------------------


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


# --- documents, webhooks ---------------------------------------------------------------------------


class StoredDocument(Shape):
    sha256: Digest
    sm3: Annotated[Digest, Field(default_factory=str)]
    size: int
    media_type: str
    uploaded_at: Moment
    uploaded_by: str


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


# --- the log, evidence -----------------------------------------------------------------------------


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
    asked_at: Moment
    fact: FactId | None
    bytes: int | None
    package: str | None
    code: str | None
