"""What follows from the facts (SPEC 5)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from api.shapes.values import Day, Digest, FactId, Grade, Moment, Money, Object, Phase, Role, Shape, State, Type


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
    last_day: Day | None
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
    annex: Literal[2, 3] | None
    row: int | None
    base: Money | None
    rate: str | None
    amount: Money | None
    absorbed_by: str | None
    because: list[FactId]


class Damages(Shape):
    accrued: Money
    settled: Money
    deductible: Money
    items: list[DamagesItem]


class Anomaly(Shape):
    code: str
    fact: FactId
    on: Day


class NextChange(Shape):
    on: Day
    what: str
    from_: Annotated[JsonValue, Field(alias="from")]
    to: JsonValue


class ReadingMatters(Shape):
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
    on: Day
    fact: FactId | None
    type: Type | None
    by: Role | None
    stands: bool
    changes: list[Change]
    recorded_at: Annotated[Moment, Field(default_factory=str)]  # these four in order of recording only
    recorded_by: Annotated[str, Field(default_factory=str)]
    on_behalf: Annotated[bool, Field(default_factory=bool)]
    days_late: Annotated[int, Field(default_factory=int)]


class DiffSide(Shape):
    as_of: Day
    known_at: Moment
    facts: int


class Because(Shape):
    fact: FactId | None
    on: Day


class DiffChange(Change):
    because: list[Because]


class DiffFact(Shape):
    fact: FactId
    type: Type
    on: str


class Diff(Shape):
    from_: Annotated[DiffSide, Field(alias="from")]
    to: DiffSide
    changes: list[DiffChange]
    facts: list[DiffFact]


class ImaginedReceipt(Receipt):
    head: Annotated[str, Field(pattern="^([0-9a-f]{64})?$")]


class ImaginedStatus(Status):
    receipt: ImaginedReceipt


class WhatIf(Shape):
    status: ImaginedStatus
    changes: list[Change]


class Words(Shape):
    zh: str
    en: str


class ClauseWords(Words):
    clause: str
    title: str


class ReadingWords(Words):
    reading: str
    option: str


class ExplainedFact(Shape):
    fact: FactId
    type: Type
    label: Words
    on: str
    by: Role
    recorded_at: Moment
    recorded_by: str
    on_behalf: bool
    data: Object


class Explanation(Shape):
    path: str
    value: JsonValue
    clauses: list[ClauseWords]
    facts: list[ExplainedFact]
    steps: list[Words]
    readings: list[ReadingWords]
