"""Every option of every reading changes a conclusion somewhere: a small history for each (SPEC 4.7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from ledger.agreements.beijing_government_cloud_2025.agreement import AGREEMENT
from ledger.agreements.beijing_government_cloud_2025.readings import READINGS
from ledger.projections.basis import Basis
from ledger.projections.paths import changes
from ledger.projections.status import conclusions
from tests.happenings import (
    SUPERVISOR,
    a_incident,
    accepted,
    availability,
    b_incident,
    dual_active_refused,
    incident,
    invoice,
    lease_started,
    linked,
    notice,
    renewal_proposed,
    scale_out_requested,
    service_level,
    signed,
    system,
    termination_proposed,
    trial_run,
)  # fmt: skip
from tests.scenario import Step, calendar_at, given, terms

LIVE = (signed, lease_started("2025-12-01"))
HALF = incident("2026-01-10", "outage", "inc", scope="platform", duration_minutes=150, systems_share="0.15")
TWO_YEARS = {"term__months": 24}


@dataclass(frozen=True)
class Case:
    """What happened, the day asked about, the path whose value the option changes, other terms."""

    happened: tuple[Step, ...]
    day: str
    path: str
    under: dict[str, Any] = field(default_factory=dict)


def unheeded(*, names: str | None) -> tuple[Step, ...]:
    """Two supervisor's notices left, a B incident, and party A's own notice left in its turn."""
    more = {} if names is None else {"unheeded_notice": names}
    return (
        *LIVE,
        notice("2026-01-05", "2026-01-12", name="n-1", by=SUPERVISOR),
        notice("2026-01-06", "2026-01-13", name="n-2", by=SUPERVISOR),
        b_incident("2026-02-02", "after", **more),
        notice("2026-02-03", "2026-02-10", "unheeded-supervisor-notices", "mine"),
    )


def outages(*days: str) -> tuple[Step, ...]:
    return (*LIVE, system(), *(
        incident(day, "outage", f"o-{day}", scope="system", system="mail", duration_minutes=10) for day in days
    ))  # fmt: skip


CASES = {
    ("outage-criteria", "any"): Case((*LIVE, HALF), "2026-02-01", "incidents.grades.inc"),
    ("outage-b-ceiling", "thirty-percent"): Case(
        (*LIVE, b_incident("2026-01-10", "inc", systems_share="0.35")), "2026-02-01", "incidents.grades.inc"
    ),
    ("force-majeure", "excluded"): Case(
        (*LIVE, b_incident("2026-01-10", "inc", force_majeure=True)), "2026-02-01", "incidents.grades.inc"
    ),
    ("force-majeure", "required"): Case((*LIVE, b_incident("2026-01-10", "inc")), "2026-02-01", "incidents.grades.inc"),
    ("main-responsibility", "provider-only"): Case(
        (*LIVE, b_incident("2026-01-10", "inc", responsibility="shared")), "2026-02-01", "incidents.grades.inc"
    ),
    ("main-responsibility", "stated"): Case(
        (*LIVE, b_incident("2026-01-10", "inc")), "2026-02-01", "incidents.grades.inc"
    ),
    ("operating-period", "from-lease"): Case(
        (signed, trial_run("2025-11-24"), b_incident("2025-11-27", "inc"), lease_started("2025-12-01")),
        "2026-02-01", "incidents.b_count_rolling_year",
    ),
    ("year-window", "calendar-year"): Case(
        (*LIVE, b_incident("2025-12-20", "inc")), "2026-02-01", "incidents.b_count_rolling_year"
    ),
    ("year-window", "contract-year"): Case(
        (*LIVE, b_incident("2026-11-25", "inc")), "2026-12-15", "incidents.b_count_rolling_year", TWO_YEARS
    ),
    ("window-anniversary", "exclusive"): Case(
        (*LIVE, b_incident("2026-01-10", "inc")), "2027-01-10", "incidents.b_count_rolling_year", TWO_YEARS
    ),
    ("a-counts-as-b", "yes"): Case(
        (*LIVE, a_incident("2026-01-10", "inc")), "2026-02-01", "incidents.b_count_rolling_year"
    ),
    ("same-cause-count", "each"): Case(
        (*LIVE, b_incident("2026-01-10", "x"), b_incident("2026-01-20", "y"), linked("2026-01-21", "x", "y")),
        "2026-02-01", "incidents.b_count_rolling_year",
    ),
    ("overlapping-reports", "separate"): Case(
        (*LIVE, b_incident("2026-01-10T08:00:00+08:00", "x"),
         b_incident("2026-01-10T08:30:00+08:00", "y", by=SUPERVISOR)),
        "2026-02-01", "incidents.b_count_rolling_year",
    ),
    ("several-notices", "three"): Case(unheeded(names="n-2"), "2026-02-11", "termination.allowed"),
    ("notice-cause", "later"): Case(unheeded(names=None), "2026-02-11", "termination.allowed"),
    ("dual-active-optional", "not-agreed"): Case(
        (*LIVE, dual_active_refused("2026-01-05", "2026-01-10"),
         notice("2026-01-12", "2026-01-20", "dual-active-refused")),
        "2026-01-21", "termination.allowed",
    ),
    ("lapse", "never"): Case((*LIVE, a_incident("2026-01-10", "inc")), "2027-02-01", "termination.allowed", TWO_YEARS),
    ("notice-waiver", "strict"): Case(
        (*LIVE, termination_proposed("2026-03-02", "2026-03-10"), accepted("2026-03-03")), "2026-03-11", "phase"
    ),
    ("notice-day", "same-day"): Case(  # the 30th working day from 2026-03-02
        (*LIVE, termination_proposed("2026-03-02", "2026-04-14"), accepted("2026-03-03")),
        "2026-04-20", "anomalies.NOTICE_TOO_SHORT@{termination}",
    ),
    ("term-end", "day-before"): Case(LIVE, "2026-02-01", "term.ends_on"),
    ("switchover-period", "deadline"): Case(LIVE, "2027-02-01", "obligations.switchover.due_on"),
    ("stage-review-date", "condition"): Case(LIVE, "2026-02-01", "obligations.stage-review"),
    ("early-invoice", "void"): Case((invoice("2025-11-18"), *LIVE), "2026-02-01", "obligations.pay-invoice:inv"),
    ("invoice-received", "next-working-day"): Case(  # a Saturday
        (*LIVE, invoice("2026-01-10")), "2026-02-01", "obligations.pay-invoice:inv.due_on"
    ),
    ("natural-days", "rolls"): Case(  # seven days on it is a Saturday
        (*LIVE, system(), scale_out_requested("2026-01-10")), "2026-02-01", "obligations.scale-out:more.due_on"
    ),
    ("band-gaps", "a-fortiori"): Case(
        (*LIVE, service_level("2026-02-03", "2026-01", "major", response_minutes=30)), "2026-02-04", "damages.accrued"
    ),
    ("data-reliability-floor", "six-nines"): Case(
        (*LIVE, availability("2026-02-03", "2026-01", reliability="99.99995", consequence="major")),
        "2026-02-04", "damages.accrued",
    ),
    ("graded-damages", "a-fortiori"): Case(
        (*LIVE, incident("2026-01-10", "tampering", duration_minutes=40, provider_hazard=True, plan_followed=False,
                         attention=["municipal"], security_service_fault=True, consequence="major")),
        "2026-02-01", "damages.accrued",
    ),
    ("consecutive-outages", "in-one-month"): Case(
        outages("2025-12-10", "2026-01-10", "2026-02-10"), "2026-03-01", "damages.accrued"
    ),
    ("repeated-outages", "each-three"): Case(
        outages(*(f"2026-01-{day}" for day in range(10, 16))), "2026-02-01", "damages.accrued"
    ),
    ("same-cause-damages", "sum"): Case(
        (*LIVE, service_level("2026-02-03", "2026-01", "major", response_minutes=16, recovery_minutes=61)),
        "2026-02-04", "damages.accrued",
    ),
    ("shortfall-cause", "same-month"): Case(
        (*LIVE, system(),
         incident("2026-01-10", "outage", scope="system", system="mail", duration_minutes=130),
         availability("2026-02-03", "2026-01", "99.9", consequence="problem", system="mail")),
        "2026-02-04", "damages.accrued",
    ),
    ("base-months", "extended-term"): Case(
        (*LIVE, service_level("2026-02-03", "2026-01", "major", response_minutes=16),
         renewal_proposed("2026-03-02", "2027-12-01"), accepted("2026-03-05", "renewal")),
        "2026-03-06", "damages.accrued",
    ),
}  # fmt: skip


def test_there_is_a_history_for_every_option_but_the_defaults() -> None:
    assert list(CASES) == [(name, option) for name, one in READINGS.items() for option in [*one.options][1:]]


@pytest.mark.parametrize(("reading", "option"), CASES)
def test_another_reading_changes_a_conclusion(reading: str, option: str) -> None:
    case = CASES[reading, option]
    told = given(*case.happened, under=terms(**case.under))
    ids = {fact.ref: fact.id for fact in told.facts}

    def concluded(**asked: str) -> dict[str, Any]:
        pass_ = Basis(told.facts, calendar_at(told._now), date.fromisoformat(case.day), told._now, None, asked).sweep()
        pass_.advance(date.fromisoformat(case.day))
        return conclusions(pass_.machine, date.fromisoformat(case.day))

    changed = changes(concluded(), concluded(**{reading: option}), AGREEMENT)
    assert case.path.format(**{name.replace("-", "_"): id_ for name, id_ in ids.items()}) in {
        one["path"] for one in changed
    }
