"""The quality of the service: availability, open tickets, scores and coefficients (SPEC 9.9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_03_service_levels import explain
from ledger.agreements.it_operations_maintenance.article_03_service_levels.credits import availability
from ledger.agreements.it_operations_maintenance.article_03_service_levels.state import Levels, Tickets
from ledger.agreements.it_operations_maintenance.article_04_assessment.coefficients import coefficient_of, score_of
from ledger.agreements.it_operations_maintenance.article_04_assessment.explain import shown, tell_coefficient
from ledger.agreements.it_operations_maintenance.article_04_assessment.state import Scores
from ledger.domain.because import because
from ledger.domain.declare import TypedDict
from ledger.domain.machine import Machine
from ledger.domain.section import FactId, Section
from ledger.explanation import Explanation


class AvailabilityJson(TypedDict):
    """The availability of a system in a month, per cent to four decimals."""

    month: str
    system: str
    availability: str
    because: list[FactId]


class OpenTicketJson(TypedDict):
    """A ticket that is not resolved."""

    ticket: str
    system: str
    priority: str
    opened_by: FactId


class ScoreJson(TypedDict):
    """The score of a service quarter."""

    quarter: int
    score: str
    fact: FactId


class CoefficientJson(TypedDict):
    """The coefficient of a service year, once each of its quarters is assessed."""

    year: int
    average: str
    coefficient: str


class ServiceJson(TypedDict):
    """The quality of the service."""

    availability: list[AvailabilityJson]
    open_tickets: list[OpenTicketJson]
    scores: list[ScoreJson]
    coefficients: list[CoefficientJson]


def service(m: Machine, day: date) -> ServiceJson:
    tickets = sorted(m[Tickets].unresolved.values(), key=lambda one: (one.fact.at, one.fact.seq))
    scored = [(quarter, score_of(m, quarter)) for quarter in sorted(m[Scores].told)]
    return {
        "availability": list(_availability(m)),
        "open_tickets": [
            {"ticket": one.id, "system": one.system, "priority": one.priority, "opened_by": one.fact.id}
            for one in tickets
        ],
        "scores": [
            {"quarter": quarter, "score": str(one.what.score), "fact": one.id}
            for quarter, one in scored if one is not None
        ],
        "coefficients": list(_coefficients(m)),
    }  # fmt: skip


def _availability(m: Machine) -> Iterator[AvailabilityJson]:
    for month, system in sorted(m[Levels].reports):
        one = availability(m, month, system)
        if one is not None:
            told = because(m, [*one.facts, *one.period], terms=one.terms)
            yield {"month": month, "system": system, "availability": explain.percent_of(one), "because": told}


def _coefficients(m: Machine) -> Iterator[CoefficientJson]:
    year = 1
    while m[ServiceLife].quarters_of(year):
        known = coefficient_of(m, year)
        if known is not None:
            yield {"year": year, "average": shown(known.average), "coefficient": str(known.coefficient)}
        year += 1


def _tell(x: Explanation, part: str, key: str | None, value: Any) -> None:
    if part in ("", "availability"):
        names = [tuple(key.rstrip("+").split("@", 1))] if key is not None else sorted(x.m[Levels].reports)
        for month, system in names:
            explain.measured(x, month, system)
        if not names:
            x.cite("3.1")
            x.step("OPS_NOTHING_MEASURED", day=x.day)
    if part in ("", "open_tickets"):
        _tell_tickets(x, key if part else None)
    if part in ("", "scores", "coefficients"):
        years = [int(key)] if part == "coefficients" and key is not None else [1]
        while key is None and x.m[ServiceLife].quarters_of(years[-1] + 1):
            years.append(years[-1] + 1)
        for year in years:
            tell_coefficient(x, year)


def _tell_tickets(x: Explanation, key: str | None) -> None:
    x.cite("3.2")
    listed = [one for one in x.m[Tickets].unresolved.values() if key in (None, one.id)]
    for one in listed:
        x.step("OPS_TICKET_OPEN", ticket=one.id, fact=x.fact(one.fact.id), priority=one.priority, system=one.system)
    if not listed:
        x.step("OPS_NO_TICKET_OPEN", day=x.day)


SERVICE = Section(
    "service", service, ServiceJson, frozenset({"service"}), _tell,
    records={"availability": ("month", "system"), "open_tickets": ("ticket",), "scores": ("quarter",),
             "coefficients": ("year",)},
    weight=35, title="screen.ops_service",
)  # fmt: skip
