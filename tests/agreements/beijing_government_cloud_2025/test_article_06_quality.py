"""第六条 服务质量及验收要求 (SPEC 4.2): trial run, availability, acceptance and rework."""

from __future__ import annotations

import pytest

from tests.happenings import (
    accepted,
    amended,
    availability,
    corrected,
    fact,
    lease_started,
    renewal_proposed,
    retracted,
    signature,
    signed,
    signed_on,
    trial_run,
)
from tests.scenario import anomalies, given, no_anomalies, no_obligation, obligation

TRIAL = "trial-run"
SERVED = (signed, lease_started("2025-12-01"))


# -- trial run --------------------------------------------------------------------------------------


def test_the_trial_run_is_due_sixty_days_after_the_later_signature_and_rolls_over_a_rest_day() -> None:
    """19 November + 60 days = Sunday 18 January 2026, a rest day: Monday."""
    told = given(signature("party_b", "2025-11-10"), signature("party_a", "2025-11-19"))
    told.as_of("2025-11-18").then(no_obligation(TRIAL))
    told.as_of("2026-01-19").then(
        obligation(
            TRIAL,
            "pending",
            due_on="2026-01-19",
            clause="6.2",
            obligor="party_b",
            raised_on="2025-11-19",
            raised_by=["signed-b", "signed-a"],
            provisional=False,
        )
    )
    told.as_of("2026-01-20").then(obligation(TRIAL, "overdue"))


@pytest.mark.parametrize(
    ("signed_day", "due"),
    [
        ("2025-11-17", "2026-01-16"),  # a Friday
        ("2025-11-18", "2026-01-19"),  # Saturday 17 January
        ("2025-12-16", "2026-02-14"),  # a Saturday that is worked
        ("2025-12-17", "2026-02-24"),  # 15 February, the first of nine days off
        ("2025-12-25", "2026-02-24"),  # 23 February, the last of them
        ("2025-12-30", "2026-02-28"),  # a Saturday that is worked
        ("2025-11-19T15:59:59Z", "2026-01-19"),
        ("2025-11-20T16:00:00Z", "2026-01-20"),  # 21 November + 60 days, a Tuesday
    ],
)
def test_sixty_days_end_on_a_working_day(signed_day, due) -> None:
    given(signed_on(signed_day)).as_of("2026-01-01").then(obligation(TRIAL, "pending", due_on=due))


def test_a_deadline_rests_on_the_notices_known_when_it_is_asked() -> None:
    """3 November 2025 + 60 days = Friday 2 January 2026, a day off by the notice published on 4 November."""
    told = given(signed_on("2025-11-03"))
    told.as_of("2025-11-30", known_at="2025-11-03T23:59:59+08:00").then(
        obligation(TRIAL, "pending", due_on="2026-01-02", provisional=True)
    )
    told.as_of("2025-11-30", known_at="2025-11-04").then(
        obligation(TRIAL, "pending", due_on="2026-01-04", provisional=False)  # a Sunday that is worked
    )


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("2026-01-19", "fulfilled"),
        ("2026-01-19T15:59:59Z", "fulfilled"),
        ("2026-01-19T16:00:00Z", "fulfilled_late"),
        ("2026-01-20", "fulfilled_late"),
    ],
)
def test_the_trial_run_is_in_time_until_the_end_of_its_day(moment, state) -> None:
    given(signed, trial_run(moment)).as_of("2026-02-01").then(obligation(TRIAL, state, settled_by=["trial-run"]))


def test_a_trial_run_that_began_before_the_signatures_is_in_time() -> None:
    given(trial_run("2025-11-01"), signed).as_of("2025-11-19").then(
        obligation(TRIAL, "fulfilled", settled_on="2025-11-01")
    )


def test_the_days_for_the_trial_run_are_those_agreed_on_the_day_of_signature() -> None:
    told = given(signed, amended("2025-11-20", periods__trial_run_days=90))
    told.as_of("2025-12-01").then(obligation(TRIAL, "pending", due_on="2026-01-19"))
    early = given(amended("2025-11-18", periods__trial_run_days=90), signed)
    early.as_of("2025-12-01").then(obligation(TRIAL, "pending", due_on="2026-02-24"))  # 17 February is off


# -- rework -----------------------------------------------------------------------------------------


def requested(on: str, round: int):
    return fact("AcceptanceRequested", on, "party_b", f"requested-{round}", round=round)


def failed(on: str, round: int):
    return fact("AcceptanceFailed", on, "party_a", f"failed-{round}", round=round, defects="性能不达标")


def test_rework_is_due_thirty_days_after_a_failed_acceptance_and_rolls() -> None:
    """20 January + 30 days = 19 February, off until the 23rd."""
    told = given(signed, requested("2026-01-15", 1), failed("2026-01-20", 1))
    told.as_of("2026-02-24").then(
        obligation("rework:1", "pending", due_on="2026-02-24", clause="6.6", obligor="party_b", raised_by=["failed-1"])
    )
    told.as_of("2026-02-25").then(obligation("rework:1", "overdue"))
    plain = given(signed, requested("2026-03-01", 1), failed("2026-03-10", 1))
    plain.as_of("2026-03-10").then(obligation("rework:1", "pending", due_on="2026-04-09"))


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("2026-04-09T15:59:59Z", "fulfilled"),
        ("2026-04-09T16:00:00Z", "fulfilled_late"),
    ],
)
def test_the_next_request_for_acceptance_fulfils_rework(moment, state) -> None:
    told = given(signed, requested("2026-03-01", 1), failed("2026-03-10", 1), requested(moment, 2))
    told.as_of("2026-05-01").then(obligation("rework:1", state, settled_by=["requested-2"]))


def test_only_the_next_request_counts_and_each_failure_is_reworked_anew() -> None:
    told = given(
        signed,
        requested("2026-03-01", 1),
        failed("2026-03-10", 1),
        requested("2026-03-20", 2),
        failed("2026-03-25", 2),
        requested("2026-05-20", 3),
    )
    told.as_of("2026-04-01").then(
        obligation("rework:1", "fulfilled"), obligation("rework:2", "pending", due_on="2026-04-24")
    )
    told.as_of("2026-06-01").then(
        obligation("rework:1", "fulfilled", settled_on="2026-03-20", settled_by=["requested-2"]),
        obligation("rework:2", "fulfilled_late", settled_on="2026-05-20", settled_by=["requested-3"]),
    )


def test_a_request_made_before_the_failure_does_not_fulfil_rework() -> None:
    told = given(signed, requested("2026-03-01", 1), requested("2026-03-05", 2), failed("2026-03-10", 1))
    told.as_of("2026-03-31").then(obligation("rework:1", "pending"))


def test_a_failure_stands_from_its_own_day_where_the_request_of_its_round_was_recorded_anew_as_later() -> None:
    first, failure = requested("2026-03-01", 1), failed("2026-03-10", 1)
    anew = fact("AcceptanceRequested", "2026-03-20", "party_b", "requested-1-anew", round=1)
    told = given(signed, first, failure, retracted("2026-03-21", first), anew, requested("2026-05-20", 2))
    told.as_of("2026-03-15").then(obligation("rework:1", "pending", due_on="2026-04-09"))
    told.as_of("2026-03-31").then(obligation("rework:1", "pending"))  # its own round's request is no re-submission
    told.as_of("2026-06-01").then(obligation("rework:1", "fulfilled_late", settled_by=["requested-2"]))


# -- availability -----------------------------------------------------------------------------------


def test_availability_stands_from_the_lease_without_a_due_day() -> None:
    told = given(*SERVED)
    told.as_of("2025-11-30").then(no_obligation("availability"))
    told.as_of("2026-12-01").then(
        obligation(
            "availability",
            "standing",
            due_on=None,
            clause="6.3",
            obligor="party_b",
            raised_on="2025-12-01",
            raised_by=["lease"],
            settled_on=None,
        )
    )


@pytest.mark.parametrize(
    ("value", "reliability", "state"),
    [
        ("99.99", "99.9999", "standing"),
        ("99.9899", "99.9999", "breached"),
        ("99.99", "99.99989", "breached"),
        ("99.9901", "99.99991", "standing"),
        ("100", "100", "standing"),
    ],
)
def test_availability_is_breached_below_either_floor(value, reliability, state) -> None:
    given(*SERVED, availability("2026-02-01", "2026-01", value, reliability)).as_of("2026-02-01").then(
        obligation("availability", state)
    )


def test_a_report_of_one_system_breaches_no_platform_floor() -> None:
    told = given(
        *SERVED,
        fact(
            "SystemRegistered",
            "2025-12-01",
            "party_a",
            system="mail",
            name="邮件",
            annual_fee="1.00",
            mlps_level=2,
            important=False,
        ),
        availability("2026-02-01", "2026-01", "90", system="mail"),
    )
    told.as_of("2026-02-01").then(obligation("availability", "standing"))


def test_a_later_report_of_the_month_heals_the_breach_and_one_of_another_month_does_not() -> None:
    told = given(
        *SERVED,
        availability("2026-02-01", "2026-01", "99.98"),
        availability("2026-03-01", "2026-02", "99.99"),
        availability("2026-03-05", "2026-01", "99.99"),
    )
    told.as_of("2026-03-04").then(
        obligation("availability", "breached", settled_on="2026-02-01", settled_by=["avail-2026-02-01"])
    )
    told.as_of("2026-03-05").then(obligation("availability", "standing", settled_on=None, settled_by=[]))


def test_a_later_report_of_the_month_may_breach_what_an_earlier_did_not() -> None:
    told = given(*SERVED, availability("2026-02-01", "2026-01"), availability("2026-02-05", "2026-01", "99.98"))
    told.as_of("2026-02-04").then(obligation("availability", "standing"))
    told.as_of("2026-02-05").then(obligation("availability", "breached", settled_on="2026-02-05"))


def test_the_breach_of_availability_is_dated_by_its_first_day() -> None:
    told = given(
        *SERVED, availability("2026-02-01", "2026-01", "99.98"), availability("2026-03-01", "2026-02", "99.98")
    )
    told.as_of("2026-03-01").then(
        obligation(
            "availability", "breached", settled_on="2026-02-01", settled_by=["avail-2026-02-01", "avail-2026-03-01"]
        )
    )


def test_a_retracted_or_corrected_report_no_longer_breaches() -> None:
    wrong = availability("2026-02-01", "2026-01", "99.98")
    given(*SERVED, wrong, retracted("2026-02-03", wrong)).as_of("2026-02-03").then(
        obligation("availability", "standing")
    )
    given(*SERVED, wrong, corrected("2026-02-03", wrong, availability="99.99")).as_of("2026-02-01").then(
        obligation("availability", "standing")
    )


def test_the_floor_is_the_one_agreed_on_the_day_of_the_report() -> None:
    told = given(
        *SERVED,
        availability("2026-02-01", "2026-01", "99.95"),
        amended("2026-02-10", quality__availability="99.9"),
        availability("2026-03-01", "2026-02", "99.95"),
    )
    told.as_of("2026-03-01").then(obligation("availability", "breached", settled_by=["avail-2026-02-01"]))


def test_availability_is_discharged_on_the_first_day_out_of_service() -> None:
    """SPEC 4.1: "and `availability`, unless breached, on any end (settled_on the first day out of service)"."""
    told = given(*SERVED)
    told.as_of("2026-12-01").then(obligation("availability", "standing", settled_on=None))
    told.as_of("2026-12-02").then(
        obligation("availability", "discharged", settled_on="2026-12-02", settled_by=["lease"])
    )
    breached = given(*SERVED, availability("2026-02-01", "2026-01", "99.98"))
    breached.as_of("2026-12-02").then(obligation("availability", "breached", settled_on="2026-02-01"))


def test_a_month_known_after_the_end_to_have_been_short_still_breaches() -> None:
    told = given(*SERVED, availability("2027-01-10", "2026-11", "99.98"))
    told.as_of("2027-01-09").then(obligation("availability", "discharged"))
    told.as_of("2027-01-10").then(obligation("availability", "breached", settled_on="2027-01-10"))


def test_a_renewal_after_the_end_makes_availability_stand_again() -> None:
    told = given(*SERVED, renewal_proposed("2026-09-01", "2027-12-01"), accepted("2026-12-10", "renewal"))
    told.as_of("2026-12-09").then(obligation("availability", "discharged"), obligation("switchover", "pending"))
    told.as_of("2026-12-10").then(
        obligation("availability", "standing", settled_on=None, settled_by=[]), no_obligation("switchover")
    )


@pytest.mark.parametrize(
    ("lease", "month", "outside"),
    [
        ("2026-01-31", "2026-01", False),  # one day of the month is in the operating period
        ("2026-02-01", "2026-01", True),
        ("2025-12-01", "2026-12", False),  # the last day is 1 December 2026
        ("2025-11-30", "2026-12", True),
    ],
)
def test_a_month_that_shares_no_day_with_the_operating_period_is_an_anomaly_and_has_no_other_effect(
    lease, month, outside
) -> None:
    told = given(signed, lease_started(lease), availability("2027-01-10", month, "99.98"))
    expected = anomalies(("MONTH_OUTSIDE_OPERATION", "avail-2027-01-10", "2027-01-10")) if outside else no_anomalies
    told.as_of("2027-03-01").then(expected, obligation("availability", "discharged" if outside else "breached"))


def test_a_month_is_outside_operation_as_long_as_the_lease_is_not_there() -> None:
    told = given(signed, lease_started("2026-02-10"), availability("2026-02-08", "2026-01", "99.98"))
    told.as_of("2026-02-08").then(anomalies(("MONTH_OUTSIDE_OPERATION", "avail-2026-02-08", "2026-02-08")))
    tried = given(signed, trial_run("2026-02-15"), availability("2026-02-28", "2026-02", "99.98"))
    tried.as_of("2026-02-28").then(no_anomalies)
    by_lease = {"operating-period": "from-lease"}
    tried.as_of("2026-02-28", reading=by_lease).then(
        anomalies(("MONTH_OUTSIDE_OPERATION", "avail-2026-02-28", "2026-02-28"))
    )


def test_a_month_of_the_trial_run_breaches_once_the_lease_starts() -> None:
    told = given(
        signed, trial_run("2026-01-20"), lease_started("2026-02-10"), availability("2026-02-01", "2026-01", "99.98")
    )
    told.as_of("2026-02-01").then(no_obligation("availability"))
    told.as_of("2026-02-10").then(obligation("availability", "breached", settled_on="2026-02-01"))
    told.as_of("2026-02-10", reading={"operating-period": "from-lease"}).then(obligation("availability", "standing"))


def test_a_breach_healed_and_taken_up_again_within_a_day_went_on() -> None:
    told = given(
        *SERVED,
        availability("2026-02-01", "2026-01", "99.98"),
        availability("2026-03-05T09:00:00+08:00", "2026-01", "99.99"),
        availability("2026-03-05T10:00:00+08:00", "2026-02", "99.98"),
    )
    told.as_of("2026-03-05").then(obligation("availability", "breached", settled_on="2026-02-01"))


def test_a_breach_healed_and_taken_up_again_on_another_day_began_anew() -> None:
    told = given(
        *SERVED,
        availability("2026-02-01", "2026-01", "99.98"),
        availability("2026-03-05", "2026-01", "99.99"),
        availability("2026-03-06", "2026-02", "99.98"),
    )
    told.as_of("2026-03-05").then(obligation("availability", "standing"))
    told.as_of("2026-03-06").then(obligation("availability", "breached", settled_on="2026-03-06"))
