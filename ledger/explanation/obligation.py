"""Why an obligation exists, when it is due, and what became of it (SPEC 4.2)."""

from __future__ import annotations

from ledger.bilingual import Bilingual, clause_name, label, obligation_name, phrase, weekday
from ledger.domain.clause import Duty
from ledger.domain.machine import Obligation
from ledger.explanation import Explanation
from ledger.explanation.deadline import deadline
from ledger.explanation.settlement import debt

OF_EVERY_CONTRACT = {"settlement": Duty(after=debt)}


def _told(x: Explanation, kind: str) -> Duty:
    """What is told of obligations of a kind."""
    return x.m.template.duties.get(kind) or OF_EVERY_CONTRACT.get(kind, Duty())


def every(x: Explanation) -> None:
    """A line for each."""
    if not x.m.duties:
        x.cite(*x.m.template.general.get("obligations", ()))
        x.step("EX_NO_DUTIES", day=x.day)
    for duty in sorted(x.m.duties.values(), key=lambda duty: (duty.raised_on, duty.id)):
        due = weekday(duty.due_on) if duty.due_on is not None else phrase("EX_NO_DUE_DAY")
        x.cite(duty.clause)
        x.rest_on(*duty.raised_by, *duty.told_by)
        state = label("state", duty.state(x.day))
        x.step("EX_DUTY_LINE", id=duty.id, obligor=label("role", duty.obligor), kind=label("duty", duty.kind), due=due,
               state=state)  # fmt: skip


def one(x: Explanation, id_: str) -> None:
    duty = x.m.duties[id_]
    x.cite(duty.clause)
    x.step(
        "EX_DUTY_RAISED", clause=clause_name(duty.clause), obligor=label("role", duty.obligor),
        duty=obligation_name(duty.id), on=duty.raised_on, facts=x.facts(duty.raised_by),
    )  # fmt: skip
    told = _told(x, duty.kind)
    if told.before is not None:
        told.before(x, duty)
    within = duty.within or told.within
    if within is not None:
        x.rest_on_term(within, duty.raised_on)
        x.term(within, duty.raised_on)
    if duty.due is not None:
        deadline(x, duty.due, source=_source(x, duty))
    elif duty.expected_until is not None:
        x.step("EX_NO_DEADLINE", on=duty.expected_until)
    elif duty.with_term:
        x.step("EX_DUE_WITH_LEASE")
    elif not duty.standing:
        x.cite("civil code 511")
        x.step("EX_DUE_NOT_SET")
    if told.after is not None:
        told.after(x, duty)
    _state(x, duty)


def _source(x: Explanation, duty: Obligation) -> Bilingual:
    source = _told(x, duty.kind).source
    return source(x, duty) if source is not None else phrase("EX_SOURCE_FACT", fact=x.fact(duty.raised_by[0]))


def _state(x: Explanation, duty: Obligation) -> None:
    state, due, settled = duty.state(x.day), duty.due_on, duty.settled(x.day)
    by = x.facts(duty.told_by)
    match state:
        case "pending" if due is not None:
            x.step("EX_STATE_PENDING", day=x.day, due=due, left=(due - x.day).days)
        case "overdue" if due is not None:
            x.step("EX_STATE_OVERDUE", day=x.day, due=due, late=(x.day - due).days)
        case "fulfilled" if settled is not None and not duty.settled_by:
            x.step("EX_STATE_KEPT", on=settled)
        case "fulfilled":
            x.step("EX_STATE_FULFILLED", on=settled, facts=by)
        case "fulfilled_late" if due is not None and settled is not None:
            x.step("EX_STATE_LATE", on=settled, facts=by, late=(settled - due).days)
        case "breached":
            x.step("EX_STATE_BREACHED", on=settled, facts=by)
        case "discharged" if duty.ended is not None:
            x.cite("civil code 557", "civil code 566")
            code = "EX_STATE_DISCHARGED" if duty.ended.early else "EX_STATE_DISCHARGED_TERM"
            x.step(code, on=settled, ended=duty.ended.day, facts=by)
        case "cancelled":
            x.step("EX_STATE_CANCELLED", on=settled, facts=by)
        case "standing":
            x.step("EX_STATE_STANDING", day=x.day)
        case _:
            x.step("EX_STATE_OPEN", day=x.day)
