"""The phase of the contract, and its service period (SPEC 9.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from ledger.agreements.it_operations_maintenance.article_01_term import screen
from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.bilingual import phrase
from ledger.domain.clause import FeedEntry
from ledger.domain.declare import TypedDict
from ledger.domain.machine import Machine
from ledger.domain.moments import shown_day
from ledger.domain.section import Day, Section
from ledger.explanation import Explanation
from ledger.explanation.sections import phase_of

ServicePhase = Literal["registered", "effective", "in_service", "ended", "terminated", "closed"]


class ServiceTermJson(TypedDict):
    """Days as ``YYYY-MM-DD``, null until known."""

    effective_on: Day | None
    starts_on: Day | None
    ends_on: Day | None
    terminated_on: Day | None


def phase(m: Machine, day: date) -> ServicePhase:
    life = m[ServiceLife]
    terminated = life.terminated_on is not None and day >= life.terminated_on
    ended = life.terminated_on is None and life.effective_on is not None and life.over_on(day)
    if (terminated or ended) and life.handed_over is not None and TERMS.latest(m).handover is not None:
        return "closed"
    if terminated:
        return "terminated"
    if ended:
        return "ended"
    if life.effective_on is None:
        return "registered"
    return "in_service" if life.starts_on is not None and day >= life.starts_on else "effective"


def term(m: Machine, day: date) -> ServiceTermJson:
    life = m[ServiceLife]
    terminated = life.terminated_on if life.terminated_on is not None and life.terminated_on <= day else None
    return {
        "effective_on": shown_day(life.effective_on), "starts_on": shown_day(life.starts_on),
        "ends_on": shown_day(life.ends_on), "terminated_on": shown_day(terminated),
    }  # fmt: skip


def feed(m: Machine, day: date) -> Iterator[FeedEntry]:
    """The day on which the term ends."""
    life = m[ServiceLife]
    if life.ends_on is not None and life.terminated_on is None:
        began = [life.began_by] if life.began_by is not None else life.signed.values()
        yield FeedEntry(
            "term-ends", life.ends_on, "term-ends", m.registration.contract, "1.2", None, False, "phase",
            because=[fact.id for fact in began],
        )  # fmt: skip


def _tell_phase(x: Explanation, now: str) -> None:
    _tell_term(x, "", None, None)
    life = x.m[ServiceLife]
    if life.handed_over is not None:
        x.cite("9.1")
        x.step("OPS_HANDED_OVER", fact=x.fact(life.handed_over.id))


def _tell_term(x: Any, part: str, key: str | None, value: Any) -> None:
    life = x.m[ServiceLife]
    if part in ("", "effective_on"):
        x.cite("1.1")
        signatures = x.facts(one.id for one in life.signed.values())
        if life.effective_on is not None:
            x.step("OPS_EFFECTIVE", on=life.effective_on, facts=signatures)
        elif life.signed:
            x.step("OPS_ONE_SIGNED", facts=signatures)
        else:
            x.step("OPS_NOT_SIGNED", day=x.day)
    if part in ("", "starts_on", "ends_on"):
        _tell_period(x, life)
    if part in ("", "terminated_on"):
        if life.terminated_on is not None:
            x.cite("8.5")
            x.step("OPS_TERMINATED", on=life.terminated_on, last=life.terminated_last,
                   facts=x.facts(life.terminated_by))  # fmt: skip
        elif part:
            x.cite("8.5")
            x.step("OPS_NOT_TERMINATED", day=x.day)


def _tell_period(x: Any, life: ServiceLife) -> None:
    x.cite("1.2")
    term = x.terms(x.day).term
    x.rest_on(x.m.registration.id)
    if life.starts_on is None and term.accepted is None:
        x.step("OPS_PERIOD_NOT_STATED", months=term.months)
    elif life.starts_on is None:
        x.step("OPS_PERIOD_WAITS", stage=term.accepted)
    elif life.began_by is not None:
        x.cite("civil code 202")
        x.step("OPS_PERIOD_FROM_ACCEPTANCE", fact=x.fact(life.began_by.id), months=term.months, first=life.starts_on,
               last=life.ends_on)  # fmt: skip
    else:
        x.step("OPS_PERIOD", first=term.from_, last=term.to)
    if life.ends_on is not None:
        over = life.over_on(x.day)
        x.step("OPS_PERIOD_OVER" if over else "OPS_PERIOD_RUNS", last=life.last_day, day=x.day,
               state=phrase("OPS_EARLY") if life.terminated_on is not None else "")  # fmt: skip


PHASE = phase_of(phase, ServicePhase, _tell_phase)
TERM = Section(
    "term", term, ServiceTermJson, frozenset({"term"}), _tell_term, draw=screen.term,
    at_a_glance={"ends_on": "ends_on"}, weight=10,
)  # fmt: skip
