"""The sections every answer has: obligations, anomalies, what is contested (SPEC 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NotRequired, cast

from ledger import labels
from ledger.domain import debts
from ledger.domain.declare import TypedDict
from ledger.domain.fact import Fact
from ledger.domain.machine import Anomaly, Machine, Obligation
from ledger.domain.moments import day_text, shown_day
from ledger.domain.money import yuan
from ledger.domain.section import Day, FactId, Issue, Role, Section, State, Sum, Why, by_identity
from ledger.drawing import sections as drawn
from ledger.explanation import Explanation, anomaly, obligation
from ledger.explanation import claims as claim
from ledger.explanation import limitation as told_limitation
from ledger.explanation import report as told
from ledger.messages import Language


class ObligationJson(TypedDict):
    """An obligation at the end of a day; days as ``YYYY-MM-DD``, facts by id.

    ``expected_until`` only where the agreement says how long it usually takes without setting a deadline; ``within``,
    the dotted path of the term that set the due day, only where the kind alone does not determine it.
    """

    id: str
    kind: str
    clause: str
    obligor: Role
    raised_on: Day
    due_on: Day | None
    expected_until: NotRequired[Day]
    within: NotRequired[str]
    provisional: bool
    state: State
    settled_on: Day | None
    raised_by: list[FactId]
    settled_by: list[FactId]


class AnomalyJson(TypedDict):
    """An anomaly and the day of its fact."""

    code: str
    fact: FactId
    on: Day


class LimitationJson(TypedDict):
    """A debt and until when a court protects it; ``last_day`` is null where time does not run."""

    debt: str
    clause: str
    creditor: Role
    amount: Sum
    state: Literal["running", "stopped", "barred"]
    last_day: Day | None
    provisional: bool
    raised_by: list[FactId]
    restarted_by: list[FactId]


def obligations(m: Machine, day: date) -> list[ObligationJson]:
    """Every obligation at the end of ``day``, by the day it was raised, then id."""
    return [shown(duty, day) for duty in sorted(m.duties.values(), key=lambda duty: (duty.raised_on, duty.id))]


def shown(duty: Obligation, day: date) -> ObligationJson:
    due = duty.due
    settled = duty.settled(day)
    provisional, due_on = (due.provisional, day_text(due.due)) if due is not None else (False, None)
    told: ObligationJson = {
        "id": duty.id,
        "kind": duty.kind,
        "clause": duty.clause,
        "obligor": duty.obligor,
        "raised_on": day_text(duty.raised_on),
        "due_on": due_on,
        "provisional": provisional,
        "state": duty.state(day),
        "settled_on": shown_day(settled),
        "raised_by": duty.raised_by,
        "settled_by": duty.told_by,
    }
    if duty.expected_until is not None:
        told["expected_until"] = duty.expected_until.isoformat()
    if duty.within is not None:
        told["within"] = duty.within
    return told


def anomalies(m: Machine, day: date) -> list[AnomalyJson]:
    """Recorded facts that the contract does not provide for, and anomalies that follow from conclusions."""
    for clause in m.template.clauses:
        if clause.found is not None:
            clause.found(m)
    return m.anomalies.records(_noted)


def _noted(one: Anomaly) -> AnomalyJson:
    return {"code": one.code, "fact": one.fact, "on": one.on.isoformat()}


def limitation(m: Machine, day: date) -> list[LimitationJson]:
    """Every unpaid debt and its time, by last day, then debt (SPEC 4.9)."""
    return debts.looked_at(m, day).listed.records(_timed)


def _timed(one: debts.Timed) -> LimitationJson:
    last = one.time.last if one.time.state != "stopped" else None
    return {
        "debt": one.debt.id,
        "clause": one.debt.clause,
        "creditor": one.debt.creditor,
        "amount": yuan(one.debt.amount),
        "state": one.time.state,
        "last_day": shown_day(last.due if last is not None else None),
        "provisional": last is not None and last.provisional,
        "raised_by": list(one.debt.raised_by),
        "restarted_by": [bearing.fact for bearing in one.time.restarted_by],
    }


def contested(m: Machine, day: date) -> list[str]:
    """The facts that count at the end of ``day`` and that a role contests, including the asking role's own contests."""
    return [fact.id for fact in m.standing.contested(day)]


class ClaimJson(TypedDict):
    """A fact that counts only in the view of the role that reported it, and which of the reasons of 2.4 makes it a
    claim.
    """

    fact: FactId
    by: Role
    why: Why
    concerns: str


class PositionJson(TypedDict):
    """A path on which the views differ, with its value in each; null where there is nothing."""

    path: str
    record: Any
    party_a: Any
    party_b: Any


def claims(m: Machine, day: date) -> list[ClaimJson]:
    """The facts that count by the end of ``day`` only in the view of the role that reported them, in order of (on,
    seq).
    """
    return [
        {"fact": one.fact.id, "by": one.fact.speaker, "why": one.why, "concerns": one.concerns}
        for one in m.standing.claims(day)
    ]


def positions(m: Machine, day: date) -> list[PositionJson]:
    """Where the record and the views of the parties differ; empty until they were compared."""
    return cast("list[PositionJson]", m.positions)


def _tell_obligations(x: Explanation, part: str, key: str | None, value: Any) -> None:
    if key is not None:
        obligation.one(x, key)
    else:
        obligation.every(x)


def _tell_anomalies(x: Explanation, part: str, key: str | None, value: Any) -> None:
    if key is not None:
        anomaly.one(x, key)
    else:
        anomaly.every(x, anomalies(x.m, x.day))


def _tell_limitation(x: Explanation, part: str, key: str | None, value: Any) -> None:
    if key is not None:
        told_limitation.one(x, key)
    else:
        told_limitation.every(x)


def _tell_contested(x: Explanation, part: str, key: str | None, value: Any) -> None:
    listed = contested(x.m, x.day)
    x.cite(*x.m.template.general.get("contested", ()))
    x.rest_on(*listed, *(fact.id for fact in x.of_type("FactContested")))
    x.step("EX_CONTESTED_COUNT", count=len(listed), day=x.day)


def _tell_claims(x: Explanation, part: str, key: str | None, value: Any) -> None:
    if key is not None:
        claim.one(x, key)
    else:
        claim.every(x)


def _tell_positions(x: Explanation, part: str, key: str | None, value: Any) -> None:
    claim.positions(x, key, value)


def _duty_name(part: str, key: str, lang: Language) -> str:
    return f"“{labels.obligation(key, lang)}”"


def _anomaly_name(part: str, key: str, lang: Language) -> str:
    code, _, fact = key.partition("@")
    said = labels.label("anomaly", code, lang)
    return f"{said} {labels.short_id(fact)}" if fact else said


def _fact_name(part: str, key: str, lang: Language) -> str:
    return labels.short_id(key)


def _path_name(part: str, key: str, lang: Language) -> str:
    return labels.path(key, lang)


def _debt_name(part: str, key: str, lang: Language) -> str:
    return f"“{labels.debt(key, lang)}”"


def _unsaid(name: str, line: Mapping[str, Any], lang: Language) -> str:
    return ""


def _how_many_claims(name: str, line: Mapping[str, Any], lang: Language) -> str:
    return f"{labels.path('claims', lang)} {line[name]}" if line[name] else ""


def _duties_at_issue(facts: Sequence[Fact], value: Sequence[ObligationJson]) -> Iterator[Issue]:
    for duty in value:
        yield Issue(f"obligations.{duty['id']}", (duty["clause"],), (*duty["raised_by"], *duty["settled_by"]))


def _anomalies_at_issue(facts: Sequence[Fact], value: Sequence[AnomalyJson]) -> Iterator[Issue]:
    for name, entry in by_identity(value, ("code", "fact")).items():
        yield Issue(f"anomalies.{name}", (), (entry["fact"],))


def _claims_at_issue(facts: Sequence[Fact], value: Sequence[ClaimJson]) -> Iterator[Issue]:
    for one in value:
        yield Issue(f"claims.{one['fact']}", (), (one["fact"],))


OBLIGATIONS = Section(
    "obligations", obligations, list[ObligationJson], frozenset(), _tell_obligations, records={"": ("id",)},
    named=frozenset({""}), weighed=("*.state", "*.due_on"),
    alone=True, title="screen.obligations",
    draw=drawn.obligations, sorts={"state": "state"}, name=_duty_name,
    report=told.obligations, in_short=told.obligations_in_short, weight=60, issues=_duties_at_issue,
)  # fmt: skip
ANOMALIES = Section(
    "anomalies", anomalies, list[AnomalyJson], frozenset({"anomalies", "damages"}), _tell_anomalies,
    records={"": ("code", "fact")}, title="screen.anomalies",
    draw=drawn.anomalies, name=_anomaly_name,
    at_a_glance={"anomalies": ""}, glance=_unsaid,
    report=told.anomalies, in_short=told.anomalies_in_short, weight=80, issues=_anomalies_at_issue,
)  # fmt: skip
CLAIMS = Section(
    "claims", claims, list[ClaimJson], frozenset(), _tell_claims, records={"": ("fact",)}, alone=True,
    title="screen.claims",
    draw=drawn.claims, name=_fact_name, sorts={"why": "why"}, at_a_glance={"claims": ""}, glance=_how_many_claims,
    report=told.claims,
    in_short=told.claims_in_short, weight=84, issues=_claims_at_issue,
)  # fmt: skip
POSITIONS = Section(
    "positions", positions, list[PositionJson], frozenset(), _tell_positions, records={"": ("path",)},
    title="screen.positions",
    draw=drawn.positions, name=_path_name, report=told.positions, in_short=told.positions_in_short, weight=86,
)  # fmt: skip
CONTESTED = Section(
    "contested", contested, list[FactId], frozenset(), _tell_contested, title="screen.contested",
    draw=drawn.contested,
    report=told.contested, in_short=told.contested_in_short, weight=90,
)  # fmt: skip


def phase_of(show: Callable[[Machine, date], str], shape: Any, tell: Callable[[Explanation, str], None]) -> Section:
    """The section ``phase``: a word of the agreement; ``tell`` explains it."""
    return Section(
        "phase", show, shape, frozenset({"term"}), lambda x, part, key, value: tell(x, value),
        headline=drawn.phase, sorts={"phase": "phase"}, at_a_glance={"phase": ""}, glance=drawn.phase_at_a_glance,
        weighed=("",), in_report_of="term", in_short=told.phase_in_short, weight=0,
    )  # fmt: skip


def limitation_with(*marks: str) -> Section:
    """The section ``limitation``; ``marks`` are those of the sections that the agreement's debts follow."""
    return Section(
        "limitation", limitation, list[LimitationJson], frozenset({debts.SECTION, *marks}), _tell_limitation,
        records={"": ("debt",)}, absent=_owed_no_more, title="screen.limitation",
        draw=drawn.limitation, sorts={"state": "limitation"},
        money=True, name=_debt_name,
        report=told.limitation, in_short=told.limitation_in_short, weight=55, issues=_debts_at_issue,
        cites=_limitation_cites,
    )  # fmt: skip


def _owed_no_more(m: Machine, part: str) -> set[str]:
    """A debt that is no longer unpaid may still be asked about, since alerts named it."""
    return {path for id_ in debts.ever_owed(m) for path in (id_, *(f"{id_}.{field}" for field in _FIELDS))}


_FIELDS = tuple(LimitationJson.__annotations__)


def _debts_at_issue(facts: Sequence[Fact], value: Sequence[LimitationJson]) -> Iterator[Issue]:
    for one in value:
        yield Issue(f"limitation.{one['debt']}", (one["clause"],), (*one["raised_by"], *one["restarted_by"]))


def _limitation_cites(value: Sequence[LimitationJson]) -> Iterator[str]:
    if value:
        yield from ("civil code 188", "civil code 192", "civil code 193", "civil code 195")
