"""第四条 乙方权利义务 (SPEC 4.2): monitoring reports and on-site duty during major events."""

from __future__ import annotations

import pytest

from tests.happenings import (
    absent,
    accepted,
    corrected,
    fact,
    lease_started,
    major_event,
    retracted,
    signed,
    system,
    termination_proposed,
    trial_run,
)
from tests.scenario import anomalies, given, no_anomalies, no_obligation, obligation

REPORT = "monitoring-report:march"
DUTY = "on-site-duty:event"


def report_requested(on: str, due_on: str):
    return fact("MonitoringReportRequested", on, "party_a", "march", report="march", due_on=due_on)


def report_delivered(on: str):
    return fact("MonitoringReportDelivered", on, "party_b", "delivered", report="march")


def test_a_monitoring_report_is_due_on_the_day_party_a_named_be_it_a_rest_day() -> None:
    told = given(signed, report_requested("2026-03-01", "2026-04-05"))
    told.as_of("2026-02-28").then(no_obligation(REPORT))
    told.as_of("2026-04-05").then(
        obligation(
            REPORT,
            "pending",
            due_on="2026-04-05",
            clause="4.2",
            obligor="party_b",
            raised_on="2026-03-01",
            raised_by=["march"],
            provisional=False,
        )
    )
    told.as_of("2026-04-06").then(obligation(REPORT, "overdue"))


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("2026-03-31", "fulfilled"),
        ("2026-03-31T15:59:59Z", "fulfilled"),
        ("2026-03-31T16:00:00Z", "fulfilled_late"),
        ("2026-04-01", "fulfilled_late"),
    ],
)
def test_a_monitoring_report_is_in_time_until_the_end_of_its_day(moment, state) -> None:
    told = given(signed, report_requested("2026-03-01", "2026-03-31"), report_delivered(moment))
    told.as_of("2026-05-01").then(obligation(REPORT, state, settled_by=["delivered"]))


def test_on_site_duty_is_fulfilled_by_the_last_day_of_the_event_if_nobody_was_absent() -> None:
    told = given(signed, major_event("2026-03-01", "2026-03-10"))
    told.as_of("2026-02-28").then(no_obligation(DUTY))
    told.as_of("2026-03-09").then(
        obligation(
            DUTY,
            "pending",
            due_on="2026-03-10",
            raised_on="2026-03-01",
            clause="4.2",
            obligor="party_b",
            settled_on=None,
            raised_by=["event"],
        )
    )
    told.as_of("2026-03-10").then(obligation(DUTY, "fulfilled", settled_on="2026-03-10"))
    told.as_of("2026-12-31").then(obligation(DUTY, "fulfilled", settled_on="2026-03-10"))


def test_one_absence_breaches_on_site_duty_from_its_day() -> None:
    told = given(signed, major_event("2026-03-01", "2026-03-10"), absent("2026-03-05"))
    told.as_of("2026-03-04").then(obligation(DUTY, "pending"))
    told.as_of("2026-03-05").then(
        obligation(DUTY, "breached", settled_on="2026-03-05", settled_by=["absent-2026-03-05"])
    )
    told.as_of("2026-12-31").then(obligation(DUTY, "breached", settled_on="2026-03-05"))


def test_an_absence_on_the_last_day_breaches_on_site_duty() -> None:
    given(signed, major_event("2026-03-01", "2026-03-10"), absent("2026-03-10T23:59:59+08:00")).as_of(
        "2026-03-10"
    ).then(obligation(DUTY, "breached", settled_on="2026-03-10"))


def test_the_breach_of_on_site_duty_is_dated_by_the_first_absence_also_where_it_is_recorded_later() -> None:
    later, first = absent("2026-03-07"), absent("2026-03-05").recorded_on("2026-03-20")
    told = given(signed, major_event("2026-03-01", "2026-03-10"), later, first)
    told.as_of("2026-03-06").then(obligation(DUTY, "breached", settled_on="2026-03-05"))
    told.as_of("2026-04-01").then(obligation(DUTY, "breached", settled_on="2026-03-05"))
    told.as_of("2026-04-01", known_at="2026-03-19").then(obligation(DUTY, "breached", settled_on="2026-03-07"))


def test_an_absence_recorded_before_its_event_was_brought_forward_breaches_it_too() -> None:
    event = major_event("2026-03-01", "2026-03-10")
    told = given(signed, event, absent("2026-03-05"), corrected("2026-03-11", event, "2026-03-06"))
    told.as_of("2026-03-10").then(obligation(DUTY, "breached", settled_on="2026-03-05", raised_on="2026-03-06"))


def test_an_absence_at_one_event_does_not_breach_another() -> None:
    told = given(
        signed,
        major_event("2026-03-01", "2026-03-10"),
        major_event("2026-03-01", "2026-03-10", "other"),
        absent("2026-03-05", "other"),
    )
    told.as_of("2026-03-10").then(obligation(DUTY, "fulfilled"), obligation("on-site-duty:other", "breached"))


def test_a_retracted_absence_leaves_on_site_duty_fulfilled_and_a_retracted_event_leaves_no_duty() -> None:
    event, wrong = major_event("2026-03-01", "2026-03-10"), absent("2026-03-05")
    told = given(signed, event, wrong, retracted("2026-03-11", wrong))
    told.as_of("2026-03-11").then(obligation(DUTY, "fulfilled"))
    told.record(retracted("2026-03-12", event)).as_of("2026-03-12").then(no_obligation(DUTY))


# -- on-site duty and the end ------------------------------------------------------------------------

ENDED = (lease_started("2025-12-01"), termination_proposed("2026-01-05", "2026-03-10"), accepted("2026-01-06"))


@pytest.mark.parametrize(("to", "state"), [("2026-03-09", "fulfilled"), ("2026-03-11", "discharged")])
def test_on_site_duty_beyond_the_end_is_discharged(to, state) -> None:
    given(signed, ENDED, major_event("2026-03-01", to)).as_of("2026-03-20").then(obligation(DUTY, state))


def test_an_absence_before_the_end_breaches_and_one_after_it_does_not() -> None:
    event = major_event("2026-03-01", "2026-03-20")
    given(signed, ENDED, event, absent("2026-03-09")).as_of("2026-03-20").then(obligation(DUTY, "breached"))
    given(signed, ENDED, event, absent("2026-03-12")).as_of("2026-03-20").then(obligation(DUTY, "discharged"))


# -- tests before a system is moved ------------------------------------------------------------------


def step(type_: str, on: str, by: str = "party_b"):
    return fact(type_, on, by, type_, system="mail")


READY = (
    system("2025-12-01"), step("SystemTestPassed", "2025-12-05"),
    step("SecurityAssessmentPassed", "2025-12-06", "supervisor"),
)  # fmt: skip


@pytest.mark.parametrize(("on", "early"), [("2025-12-05", True), ("2025-12-06", False), ("2025-12-07", False)])
def test_a_system_moved_without_test_and_assessment_is_an_anomaly(on, early) -> None:
    """SPEC 4.2, 4.3: a rule that speaks of a day looks at the whole day (4.8)."""
    expected = anomalies(("DEPLOYED_UNTESTED", "SystemDeployed", on)) if early else no_anomalies
    given(signed, READY, step("SystemDeployed", on)).as_of("2025-12-20").then(expected)


def test_a_trial_run_needs_every_registered_system_tested_assessed_and_deployed() -> None:
    untested = anomalies(("TRIAL_RUN_UNTESTED", "trial-run", "2025-12-10"))
    given(signed, READY, trial_run("2025-12-10")).as_of("2025-12-10").then(untested)
    moved = (READY, step("SystemDeployed", "2025-12-10"))
    given(signed, moved, trial_run("2025-12-10")).as_of("2025-12-10").then(no_anomalies)
    other = system("2025-12-10", "portal")
    given(signed, moved, other, trial_run("2025-12-10")).as_of("2025-12-10").then(untested)
    later = system("2025-12-11", "portal")
    given(signed, moved, later, trial_run("2025-12-10")).as_of("2025-12-20").then(no_anomalies)
    given(signed, trial_run("2025-12-10")).as_of("2025-12-20").then(no_anomalies)
