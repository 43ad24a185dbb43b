"""第十条 违约责任及协议解除 (SPEC 4.2, 4.5): grounds that arise, lapse, are exercised, moot or unsupported."""

from __future__ import annotations

import pytest

from tests.happenings import (
    a_incident,
    absent,
    accepted,
    amended,
    assessed,
    b_incident,
    contested,
    corrected,
    declared,
    dual_active_refused,
    exit_permitted,
    exit_requested,
    exit_withdrawn,
    grade_agreed,
    lease_started,
    linked,
    major_event,
    notice,
    reading_agreed,
    rectification_rejected,
    rectified,
    renewal_proposed,
    retracted,
    signed,
    staffing,
    termination_proposed,
    trial_run,
    unlinked,
)
from tests.scenario import (
    anomalies,
    b_count,
    given,
    ground,
    grounds,
    headroom,
    no_anomalies,
    obligation,
    phase,
    term,
    termination_allowed_under,
    termination_not_allowed,
    terms,
)

SERVED = (signed, lease_started("2025-12-01"))
TWO_YEARS = terms(term__months=24)
FIVE_YEARS = terms(term__months=60)


# -- 10.1: one A-grade incident ---------------------------------------------------------------------


def test_one_a_incident_opens_the_right_to_terminate_on_its_day() -> None:
    told = given(*SERVED, a_incident("2026-01-10"))
    told.as_of("2026-01-09").then(grounds(), termination_not_allowed)
    told.as_of("2026-01-10").then(
        termination_allowed_under("10.1"),
        ground("10.1", "open", arose_on="2026-01-10", lapses_on="2027-01-10", because=["a-2026-01-10"]),
    )


def test_one_b_incident_opens_nothing() -> None:
    given(*SERVED, b_incident("2026-01-10")).as_of("2026-01-10").then(grounds(), termination_not_allowed, headroom(2))


@pytest.mark.parametrize(
    ("moment", "day"), [("2026-01-10T15:59:59Z", "2026-01-10"), ("2026-01-10T16:00:00Z", "2026-01-11")]
)
def test_an_incident_falls_on_its_beijing_day(moment, day) -> None:
    given(*SERVED, a_incident(moment)).as_of("2026-02-01").then(ground("10.1", "open", arose_on=day))


def test_a_ground_arises_on_the_incidents_day_even_where_a_later_fact_made_its_grade() -> None:
    told = given(*SERVED, b_incident("2026-01-10", "inc"), grade_agreed("2026-03-01", "A"))
    told.as_of("2026-02-28").then(grounds())
    told.as_of("2026-03-01").then(ground("10.1", "open", arose_on="2026-01-10", lapses_on="2027-03-01"))


def test_a_ground_is_gone_when_a_later_assessment_takes_the_grade_away() -> None:
    told = given(*SERVED, a_incident("2026-01-10", "inc"), assessed("2026-02-01", duration_minutes=119))
    told.as_of("2026-01-31").then(termination_allowed_under("10.1"))
    told.as_of("2026-02-01").then(grounds(), termination_not_allowed)


@pytest.mark.parametrize(
    ("on", "arises"),
    [("2025-11-30", False), ("2025-12-01", True), ("2026-12-01", True), ("2026-12-02", False)],
)
def test_only_incidents_of_the_operating_period_count(on, arises) -> None:
    state = "moot"  # asked after the end
    expected = grounds(("10.1", on, state)) if arises else grounds()
    given(*SERVED, a_incident(on)).as_of("2026-12-05").then(expected)


def test_the_operating_period_begins_with_the_trial_run_where_that_is_earlier() -> None:
    given(*SERVED, trial_run("2025-11-25"), a_incident("2025-11-25")).as_of("2025-12-01").then(
        termination_allowed_under("10.1")
    )
    given(*SERVED, trial_run("2025-12-20"), a_incident("2025-12-01")).as_of("2025-12-20").then(
        termination_allowed_under("10.1")
    )


def test_where_two_a_incidents_are_needed_the_second_opens_the_right() -> None:
    told = given(*SERVED, a_incident("2026-01-10"), a_incident("2026-02-10"), under=terms(termination__a_incidents=2))
    told.as_of("2026-02-09").then(grounds())
    told.as_of("2026-02-10").then(
        ground("10.1", "open", arose_on="2026-02-10", because=["a-2026-01-10", "a-2026-02-10"])
    )


# -- lapse: one year --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "learned_on", "last_day", "next_day"),
    [
        ("2026-01-10", None, "2027-01-10", "2027-01-11"),
        ("2026-01-10", "2026-02-15", "2027-02-15", "2027-02-16"),
        ("2026-01-10", "2026-01-10", "2027-01-10", "2027-01-11"),
        ("2026-01-10", "2026-01-05", "2027-01-10", "2027-01-11"),
    ],
)
def test_a_ground_lapses_after_the_day_one_year_after_it_arose_or_was_learned(
    on, learned_on, last_day, next_day
) -> None:
    more = {} if learned_on is None else {"learned_on": learned_on}
    told = given(*SERVED, a_incident(on, **more), under=TWO_YEARS)
    told.as_of(last_day).then(ground("10.1", "open", lapses_on=last_day), termination_allowed_under("10.1"))
    told.as_of(next_day).then(ground("10.1", "lapsed", lapses_on=last_day), termination_not_allowed)


def test_a_ground_of_29_february_lapses_after_28_february() -> None:
    told = given(signed, lease_started("2024-01-01"), a_incident("2024-02-29"), under=FIVE_YEARS)
    told.as_of("2025-02-28").then(ground("10.1", "open", lapses_on="2025-02-28"))
    told.as_of("2025-03-01").then(ground("10.1", "lapsed"))


def test_by_the_reading_never_a_ground_does_not_lapse() -> None:
    told = given(*SERVED, a_incident("2026-01-10"), under=FIVE_YEARS)
    told.as_of("2029-01-11", reading={"lapse": "never"}).then(
        ground("10.1", "open", lapses_on=None), termination_allowed_under("10.1")
    )


# -- the last day of a right: the earlier of its lapse and the contract's last day ------------------


@pytest.mark.parametrize(
    ("then", "last_day", "afterwards"),
    [
        ((), "2026-12-01", "2026-12-02"),  # the term's, before the lapse of 2027-01-10
        ((renewal_proposed("2026-08-01", "2027-12-01"), accepted("2026-08-10", "renewal")), "2027-01-10", "2027-01-11"),
        ((renewal_proposed("2026-08-01", "2026-12-31"), accepted("2026-08-10", "renewal")), "2026-12-31", "2027-01-01"),
        ((termination_proposed("2026-03-01", "2026-06-15"), accepted("2026-03-10")), "2026-06-14", "2026-06-15"),
        ((termination_proposed("2026-03-01", "2026-06-15"),), "2026-12-01", "2026-12-02"),  # not accepted
        ((exit_requested("2026-02-01", "2026-09-01"), exit_permitted("2026-02-10")), "2026-08-31", "2026-09-01"),
        ((exit_requested("2026-02-01", "2026-09-01"),), "2026-12-01", "2026-12-02"),  # not permitted
        (
            (exit_requested("2026-02-01", "2026-09-01"), exit_permitted("2026-02-10"), exit_withdrawn("2026-03-01")),
            "2026-12-01",
            "2026-12-02",
        ),
        ((amended("2026-05-01", term__months=15),), "2027-01-10", "2027-01-11"),
    ],
)
def test_the_last_day_is_the_earlier_of_the_lapse_and_the_contracts_last_day(then, last_day, afterwards) -> None:
    told = given(*SERVED, a_incident("2026-01-10"), *then)
    told.as_of("2026-08-20" if last_day > "2026-08-20" else "2026-04-01").then(
        ground("10.1", "open", lapses_on="2027-01-10", last_day=last_day)
    )
    told.as_of(last_day).then(ground("10.1", "open", last_day=last_day), termination_allowed_under("10.1"))
    [after] = told.as_of(afterwards).grounds("10.1")
    assert after["state"] in ("lapsed", "moot") and after["last_day"] is None


def test_a_right_that_never_lapses_lasts_as_long_as_the_contract_and_has_no_last_day_before_the_lease() -> None:
    never = {"lapse": "never"}
    told = given(signed, trial_run("2025-11-28"), a_incident("2025-11-30"), lease_started("2026-01-01"))
    told.as_of("2025-12-31", reading=never).then(ground("10.1", "open", lapses_on=None, last_day=None))
    told.as_of("2026-01-01", reading=never).then(ground("10.1", "open", lapses_on=None, last_day="2027-01-01"))


def test_a_ground_that_is_not_open_has_no_last_day() -> None:
    told = given(*SERVED, a_incident("2026-01-10"), declared("2026-02-01", "10.1"))
    told.as_of("2026-02-01").then(ground("10.1", "exercised", last_day=None))


def test_the_reading_of_lapse_is_that_of_the_day_the_ground_arose() -> None:
    told = given(
        *SERVED,
        a_incident("2026-01-10"),
        reading_agreed("2026-02-01", "lapse", "never"),
        a_incident("2026-02-01"),
        under=TWO_YEARS,
    )
    told.as_of("2027-03-01").then(grounds(("10.1", "2026-01-10", "lapsed"), ("10.1", "2026-02-01", "open")))


def test_a_ground_of_10_2_lapses_a_year_after_the_third_incident() -> None:
    told = given(
        *SERVED,
        b_incident("2026-01-10"),
        b_incident("2026-02-10"),
        b_incident("2026-03-10", learned_on="2026-03-20"),
        under=TWO_YEARS,
    )
    told.as_of("2027-03-20").then(ground("10.2", "open", lapses_on="2027-03-20"))
    told.as_of("2027-03-21").then(ground("10.2", "lapsed"))


def test_the_year_runs_from_the_day_party_a_knew_of_every_incident_that_makes_the_ground() -> None:
    told = given(
        *SERVED,
        b_incident("2026-01-10", learned_on="2026-08-01"),
        b_incident("2026-02-10"),
        b_incident("2026-03-10"),
        under=TWO_YEARS,
    )
    told.as_of("2026-09-01").then(ground("10.2", "open", lapses_on="2027-08-01"))
    told.as_of("2027-08-01").then(ground("10.2", "open"))
    told.as_of("2027-08-02").then(ground("10.2", "lapsed"), termination_not_allowed)


def test_learned_on_stated_by_an_assessment_counts() -> None:
    told = given(
        *SERVED, a_incident("2026-01-10", "inc"), assessed("2026-05-01", learned_on="2026-04-20"), under=TWO_YEARS
    )
    told.as_of("2026-04-30").then(ground("10.1", "open", lapses_on="2027-01-10"))
    told.as_of("2027-04-20").then(ground("10.1", "open", lapses_on="2027-04-20"))
    told.as_of("2027-04-21").then(ground("10.1", "lapsed"))


# -- 10.2: three B-grade incidents within one year --------------------------------------------------


def test_the_third_b_incident_within_a_year_opens_the_right_to_terminate() -> None:
    told = given(*SERVED, b_incident("2026-01-10"), b_incident("2026-02-10"), b_incident("2026-03-10"))
    told.as_of("2026-03-09").then(grounds(), headroom(1), b_count(2))
    told.as_of("2026-03-10").then(
        termination_allowed_under("10.2"),
        headroom(0),
        b_count(3),
        ground(
            "10.2",
            "open",
            arose_on="2026-03-10",
            lapses_on="2027-03-10",
            because=["b-2026-01-10", "b-2026-02-10", "b-2026-03-10"],
        ),
    )


@pytest.mark.parametrize(
    ("first", "third", "opens"),
    [
        ("2026-01-10", "2027-01-09", True),
        ("2026-01-10", "2027-01-10", True),
        ("2026-01-10", "2027-01-11", False),
        ("2024-02-29", "2025-02-28", True),
        ("2024-02-29", "2025-03-01", False),
        ("2024-02-28", "2025-02-28", True),
        ("2024-03-01", "2025-03-01", True),
        ("2026-01-10T15:59:59Z", "2027-01-11", False),
        ("2026-01-10T16:00:00Z", "2027-01-11", True),
        ("2026-01-10", "2027-01-10T15:59:59Z", True),
        ("2026-01-10", "2027-01-10T16:00:00Z", False),
    ],
)
def test_within_one_year_reaches_to_the_corresponding_day(first, third, opens) -> None:
    told = given(
        signed,
        lease_started("2024-01-01"),
        b_incident(first),
        b_incident("2024-08-01" if first < "2025" else "2026-08-01"),
        b_incident(third),
        under=FIVE_YEARS,
    )
    told.as_of("2027-02-01").then(*([ground("10.2", "lapsed" if first < "2025" else "open")] if opens else [grounds()]))


def test_two_b_incidents_open_nothing_and_a_fourth_opens_another_ground() -> None:
    told = given(*SERVED, *(b_incident(f"2026-0{month}-10") for month in range(1, 5)))
    told.as_of("2026-02-10").then(grounds(), headroom(1))
    told.as_of("2026-04-10").then(
        grounds(("10.2", "2026-03-10", "open"), ("10.2", "2026-04-10", "open")), headroom(0), b_count(4)
    )


def test_an_a_incident_is_no_b_incident() -> None:
    told = given(*SERVED, b_incident("2026-01-10"), b_incident("2026-02-10"), a_incident("2026-03-10"))
    told.as_of("2026-03-10").then(grounds(("10.1", "2026-03-10", "open")), b_count(2))


def test_incidents_of_one_cause_count_once() -> None:
    told = given(
        *SERVED,
        b_incident("2026-01-10", "one"),
        b_incident("2026-02-10", "two"),
        b_incident("2026-03-10", "three"),
        linked("2026-03-20", "two", "three"),
    )
    told.as_of("2026-03-19").then(termination_allowed_under("10.2"))
    told.as_of("2026-03-20").then(grounds(), termination_not_allowed, headroom(1))
    told.record(unlinked("2026-04-01", "three"))
    told.as_of("2026-04-01").then(ground("10.2", "open", arose_on="2026-03-10"))


def test_three_b_incidents_on_one_day_open_the_right_once() -> None:
    told = given(*SERVED, *(b_incident("2026-03-10", name) for name in ("one", "two", "three")))
    told.as_of("2026-03-10").then(ground("10.2", "open", arose_on="2026-03-10", because=["one", "two", "three"]))


def test_an_incident_recorded_late_opens_the_right_on_the_day_of_the_third() -> None:
    told = given(
        *SERVED, b_incident("2026-02-10"), b_incident("2026-03-10"), b_incident("2026-01-10").recorded_on("2026-06-01")
    )
    told.as_of("2026-03-10").then(ground("10.2", "open", arose_on="2026-03-10"))
    told.as_of("2026-06-30", known_at="2026-05-31").then(grounds())


def test_the_number_and_the_months_are_those_agreed_on_the_incidents_day() -> None:
    fewer = amended("2026-02-10", termination__b_incidents=2)
    told = given(*SERVED, b_incident("2026-01-10"), fewer, b_incident("2026-02-10"))
    told.as_of("2026-02-09").then(headroom(2))
    told.as_of("2026-02-10").then(ground("10.2", "open"), headroom(0))
    before = given(*SERVED, b_incident("2026-01-10"), b_incident("2026-02-09"), fewer)
    before.as_of("2026-02-10").then(grounds(), headroom(0))


@pytest.mark.parametrize(("third", "opens"), [("2026-07-10", True), ("2026-07-11", False)])
def test_a_window_of_six_months_reaches_to_the_corresponding_day(third, opens) -> None:
    told = given(
        *SERVED,
        b_incident("2026-01-10"),
        b_incident("2026-03-10"),
        b_incident(third),
        under=terms(termination__b_window_months=6),
    )
    told.as_of("2026-08-01").then(*([ground("10.2", "open")] if opens else [grounds()]))


def test_without_window_months_the_window_is_a_year() -> None:
    told = given(
        *SERVED,
        b_incident("2026-01-10"),
        b_incident("2026-08-01"),
        b_incident("2027-01-10"),
        under=terms(termination__b_window_months=None, term__months=24),
    )
    told.as_of("2027-01-10").then(ground("10.2", "open"), b_count(3))
    told.as_of("2027-01-11").then(b_count(2))


def test_by_the_calendar_year_only_incidents_of_one_year_open_the_right() -> None:
    across = given(
        signed,
        lease_started("2025-12-01"),
        b_incident("2025-12-20"),
        b_incident("2026-01-10"),
        b_incident("2026-02-10"),
    )
    across.as_of("2026-02-10").then(termination_allowed_under("10.2"))
    across.as_of("2026-02-10", reading={"year-window": "calendar-year"}).then(grounds(), headroom(1))
    within = given(*SERVED, b_incident("2026-01-01"), b_incident("2026-06-01"), b_incident("2026-11-30"))
    within.as_of("2026-11-30", reading={"year-window": "calendar-year"}).then(ground("10.2", "open"))


def test_by_the_contract_year_only_incidents_between_two_anniversaries_of_the_lease_open_the_right() -> None:
    reading = {"year-window": "contract-year"}
    across = given(
        *SERVED, b_incident("2026-11-30"), b_incident("2026-12-01"), b_incident("2026-12-10"), under=TWO_YEARS
    )
    across.as_of("2026-12-10").then(termination_allowed_under("10.2"))
    across.as_of("2026-12-10", reading=reading).then(grounds(), headroom(1))
    within = given(
        *SERVED, b_incident("2025-12-01"), b_incident("2026-06-01"), b_incident("2026-11-30"), under=TWO_YEARS
    )
    within.as_of("2026-11-30", reading=reading).then(ground("10.2", "open"))


def test_the_reading_of_the_year_is_that_of_the_incidents_day() -> None:
    told = given(
        *SERVED,
        b_incident("2025-12-20"),
        b_incident("2026-01-10"),
        b_incident("2026-02-10"),
        reading_agreed("2026-02-11", "year-window", "calendar-year"),
    )
    told.as_of("2026-02-11").then(termination_allowed_under("10.2"), b_count(2), headroom(1))


# -- 10.4: a notice unheeded, and what supports it --------------------------------------------------

EVENT = (major_event("2026-01-05", "2026-01-20"), absent("2026-01-12"))
ABSENT = notice("2026-01-15", "2026-02-10", "absent-key-personnel")


def test_a_notice_unfulfilled_at_its_deadline_opens_the_right_the_day_after() -> None:
    told = given(*SERVED, EVENT, ABSENT)
    told.as_of("2026-02-10").then(
        grounds(),
        obligation(
            "rectify:notice",
            "pending",
            due_on="2026-02-10",
            clause="10.4",
            obligor="party_b",
            raised_on="2026-01-15",
            raised_by=["notice"],
        ),
    )
    told.as_of("2026-02-11").then(
        obligation("rectify:notice", "overdue"),
        termination_allowed_under("10.4"),
        ground("10.4", "open", arose_on="2026-02-11", lapses_on="2027-02-11", because=["absent-2026-01-12", "notice"]),
    )


def test_a_ground_of_10_4_lapses_a_year_after_it_arose() -> None:
    told = given(*SERVED, EVENT, ABSENT, under=TWO_YEARS)
    told.as_of("2027-02-11").then(ground("10.4", "open"))
    told.as_of("2027-02-12").then(ground("10.4", "lapsed"), termination_not_allowed)
    told.as_of("2027-02-12", reading={"lapse": "never"}).then(ground("10.4", "open", lapses_on=None))


@pytest.mark.parametrize(
    ("completed", "state", "arises"),
    [
        ("2026-02-09", "fulfilled", False),
        ("2026-02-10", "fulfilled", False),
        ("2026-02-10T15:59:59Z", "fulfilled", False),
        ("2026-02-10T16:00:00Z", "fulfilled_late", True),
        ("2026-02-11", "fulfilled_late", True),
        ("2026-05-01", "fulfilled_late", True),
    ],
)
def test_completion_by_the_deadline_prevents_the_ground_and_later_completion_heals_nothing(
    completed, state, arises
) -> None:
    told = given(*SERVED, EVENT, ABSENT, rectified(completed))
    expected = ground("10.4", "open", arose_on="2026-02-11") if arises else grounds()
    told.as_of("2026-06-01").then(obligation("rectify:notice", state), expected)


def test_a_timely_completion_rejected_after_the_deadline_opens_the_right_on_the_day_of_the_rejection() -> None:
    told = given(*SERVED, EVENT, ABSENT, rectified("2026-02-05"), rectification_rejected("2026-02-20"))
    told.as_of("2026-02-19").then(grounds(), obligation("rectify:notice", "fulfilled"))
    told.as_of("2026-02-20").then(
        ground("10.4", "open", arose_on="2026-02-20"), obligation("rectify:notice", "overdue")
    )


def test_a_completion_rejected_before_the_deadline_and_not_repeated_opens_the_right_after_the_deadline() -> None:
    told = given(*SERVED, EVENT, ABSENT, rectified("2026-02-05"), rectification_rejected("2026-02-08"))
    told.as_of("2026-02-10").then(grounds(), obligation("rectify:notice", "pending"))
    told.as_of("2026-02-11").then(ground("10.4", "open", arose_on="2026-02-11"))


def test_a_completion_rejected_on_the_last_day_opens_the_right_the_day_after() -> None:
    told = given(*SERVED, EVENT, ABSENT, rectified("2026-02-05"), rectification_rejected("2026-02-10"))
    told.as_of("2026-02-10").then(grounds())
    told.as_of("2026-02-11").then(ground("10.4", "open", arose_on="2026-02-11"))


def test_a_completion_rejected_and_done_again_in_time_opens_nothing() -> None:
    told = given(
        *SERVED, EVENT, ABSENT, rectified("2026-02-05"), rectification_rejected("2026-02-08"), rectified("2026-02-10")
    )
    told.as_of("2026-06-01").then(grounds(), obligation("rectify:notice", "fulfilled", settled_on="2026-02-10"))


def test_a_late_completion_rejected_opens_no_second_ground() -> None:
    told = given(*SERVED, EVENT, ABSENT, rectified("2026-02-20"), rectification_rejected("2026-03-01"))
    told.as_of("2026-06-01").then(grounds(("10.4", "2026-02-11", "open")), obligation("rectify:notice", "overdue"))


def test_a_timely_completion_rejected_after_the_deadline_and_done_again_does_not_heal() -> None:
    told = given(
        *SERVED, EVENT, ABSENT, rectified("2026-02-05"), rectification_rejected("2026-02-20"), rectified("2026-02-25")
    )
    told.as_of("2026-06-01").then(
        ground("10.4", "open", arose_on="2026-02-20"),
        obligation("rectify:notice", "fulfilled_late", settled_on="2026-02-25"),
    )


def test_absence_recorded_only_after_the_ground_arose_does_not_support_it() -> None:
    told = given(*SERVED, major_event("2026-01-05", "2026-03-20"), absent("2026-02-12"), ABSENT)
    told.as_of("2026-06-01").then(ground("10.4", "unsupported", because=["notice"]), termination_not_allowed)
    same_day = given(*SERVED, major_event("2026-01-05", "2026-03-20"), absent("2026-02-11T20:00:00+08:00"), ABSENT)
    same_day.as_of("2026-06-01").then(ground("10.4", "open"))


def test_a_notice_nothing_supports_opens_nothing() -> None:
    for slug in ("unheeded-supervisor-notices", "absent-key-personnel", "understaffed", "dual-active-refused"):
        told = given(*SERVED, notice("2026-01-15", "2026-02-10", slug))
        told.as_of("2026-02-11").then(ground("10.4", "unsupported", arose_on="2026-02-11"), termination_not_allowed)


def test_an_unsupported_ground_stays_unsupported_when_it_would_have_lapsed_or_the_contract_has_ended() -> None:
    told = given(*SERVED, notice("2026-01-15", "2026-02-10", "understaffed"))
    told.as_of("2027-06-01").then(ground("10.4", "unsupported"))


def test_a_notice_on_another_ground_or_by_another_role_opens_nothing() -> None:
    given(*SERVED, EVENT, notice("2026-01-15", "2026-02-10", "patching")).as_of("2026-03-01").then(grounds())
    for role in ("supervisor", "administrator"):
        told = given(*SERVED, EVENT, ABSENT.said_by(role))
        told.as_of("2026-03-01").then(grounds(), obligation("rectify:notice", "overdue"))


@pytest.mark.parametrize(
    ("reports", "supported"),
    [
        ([("2025-12", 4), ("2026-01", 4)], True),  # December and January are consecutive
        ([("2026-01", 4), ("2026-02", 3)], True),
        ([("2026-01", 4), ("2026-02", 5)], False),  # 5 of 5
        ([("2026-01", 4), ("2026-03", 4)], False),
        ([("2026-01", 4)], False),
        ([("2025-01", 4), ("2026-01", 4)], False),
    ],
)
def test_two_consecutive_months_short_of_staff_support_a_notice_of_it(reports, supported) -> None:
    said = [staffing(f"2026-04-0{n}", month, actual) for n, (month, actual) in enumerate(reports, 1)]
    told = given(*SERVED, *said, notice("2026-04-05", "2026-04-20", "understaffed"))
    told.as_of("2026-05-01").then(ground("10.4", "open" if supported else "unsupported"))


def test_a_refused_dual_active_request_supports_a_notice_of_it() -> None:
    told = given(
        *SERVED,
        dual_active_refused("2026-01-05", "2026-01-08"),
        notice("2026-01-15", "2026-02-10", "dual-active-refused"),
    )
    told.as_of("2026-02-11").then(ground("10.4", "open", because=["dual-refused", "notice"]))


@pytest.mark.parametrize(("refused", "state"), [("2026-02-11", "open"), ("2026-02-12", "unsupported")])
def test_a_refusal_supports_from_its_own_day_whenever_the_request_is_dated(refused, state) -> None:
    requested, refusal = dual_active_refused("2026-02-20", refused)
    told = given(
        *SERVED, notice("2026-01-15", "2026-02-10", "dual-active-refused"), requested,
        refusal.recorded_on("2026-02-21"),
    )  # fmt: skip
    told.as_of("2026-03-01").then(ground("10.4", state))


def test_two_grounds_of_one_day_are_listed_by_their_notices() -> None:
    told = given(
        *SERVED, EVENT, staffing("2026-02-03", "2026-01", 4),
        notice("2026-02-12", "2026-03-12", "absent-key-personnel", "first"),
        rectified("2026-03-05", "first"), notice("2026-03-15", "2026-03-30", "understaffed", "second"),
        rectification_rejected("2026-03-31", "first"),
    )  # fmt: skip
    answer = told.as_of("2026-04-01")
    answer.then(grounds(("10.4", "2026-03-31", "open"), ("10.4", "2026-03-31", "unsupported")))
    assert [one["because"] for one in answer.grounds("10.4")] == [
        ["absent-2026-01-12", "first", "first-rectified-2026-03-05", "first-rejected-2026-03-31"], ["second"]
    ]  # a timely completion that was rejected is what makes the first one unheeded


SUPERVISORS = (
    notice("2026-01-05", "2026-01-20", name="s1", by="supervisor"),
    notice("2026-01-06", "2026-02-10", name="s2", by="supervisor"),
)
MULTIPLE = notice("2026-01-25", "2026-02-10", "unheeded-supervisor-notices")
CAUSED = b_incident("2026-02-01", unheeded_notice="s1")


def test_two_unheeded_supervisor_notices_and_a_b_incident_support_a_notice_of_them() -> None:
    told = given(*SERVED, SUPERVISORS, CAUSED, MULTIPLE)
    told.as_of("2026-02-11").then(
        ground("10.4", "open", arose_on="2026-02-11", because=["s1", "s2", "notice", "b-2026-02-01"])
    )
    with_a = given(*SERVED, SUPERVISORS, a_incident("2026-02-01", unheeded_notice="s1"), MULTIPLE)
    with_a.as_of("2026-02-11").then(ground("10.4", "open"))


def test_one_unheeded_supervisor_notice_is_not_multiple() -> None:
    told = given(*SERVED, SUPERVISORS[0], CAUSED, MULTIPLE)
    told.as_of("2026-02-11").then(ground("10.4", "unsupported"))
    in_time = given(*SERVED, SUPERVISORS, rectified("2026-02-10", "s2"), CAUSED, MULTIPLE)
    in_time.as_of("2026-02-11").then(ground("10.4", "unsupported"))


def test_supervisor_notices_whose_deadline_is_still_to_come_do_not_count() -> None:
    later = notice("2026-01-06", "2026-02-11", name="s2", by="supervisor")
    told = given(*SERVED, SUPERVISORS[0], later, CAUSED, MULTIPLE)
    told.as_of("2026-03-01").then(ground("10.4", "unsupported", arose_on="2026-02-11"))


def test_a_supervisor_notice_completed_after_its_deadline_still_counts_as_unheeded() -> None:
    told = given(*SERVED, SUPERVISORS, rectified("2026-01-21", "s1"), CAUSED, MULTIPLE)
    told.as_of("2026-02-11").then(ground("10.4", "open"))


def test_without_a_graded_incident_unheeded_supervisor_notices_support_nothing() -> None:
    told = given(*SERVED, SUPERVISORS, b_incident("2026-02-01", duration_minutes=119, unheeded_notice="s1"), MULTIPLE)
    told.as_of("2026-02-11").then(ground("10.4", "unsupported"))
    too_late = given(*SERVED, SUPERVISORS, b_incident("2026-02-12", unheeded_notice="s1"), MULTIPLE)
    too_late.as_of("2026-03-01").then(ground("10.4", "unsupported"))


def test_notices_of_other_roles_are_not_the_supervisors() -> None:
    others = [notice("2026-01-05", "2026-01-20", name=f"n-{by}", by=by) for by in ("party_a", "administrator")]
    told = given(*SERVED, SUPERVISORS[0], others, CAUSED, MULTIPLE)
    told.as_of("2026-02-11").then(ground("10.4", "unsupported"))


def test_a_retracted_notice_opens_nothing_and_owes_nothing() -> None:
    told = given(*SERVED, EVENT, ABSENT, retracted("2026-03-01", ABSENT))
    told.as_of("2026-03-01").then(grounds())
    assert told.as_of("2026-03-01").obligation("rectify:notice") is None


def test_a_retracted_absence_no_longer_supports_the_notice() -> None:
    told = given(*SERVED, EVENT, ABSENT, retracted("2026-03-01", EVENT[1]))
    told.as_of("2026-03-01").then(ground("10.4", "unsupported"))


# -- declarations -----------------------------------------------------------------------------------


def test_a_declaration_on_an_open_ground_terminates_the_contract_from_its_day() -> None:
    told = given(*SERVED, a_incident("2026-01-10"), declared("2026-01-20", "10.1"))
    told.as_of("2026-01-19").then(phase("in_service"), ground("10.1", "open"))
    told.as_of("2026-01-20").then(
        phase("terminated"),
        term(terminated_on="2026-01-20"),
        ground("10.1", "exercised"),
        termination_not_allowed,
        no_anomalies,
    )


def test_a_declaration_without_a_ground_is_an_anomaly_and_ends_nothing() -> None:
    told = given(*SERVED, declared("2026-01-20", "10.1"))
    told.as_of("2026-06-01").then(
        phase("in_service"),
        term(terminated_on=None),
        anomalies(("TERMINATION_WITHOUT_GROUND", "declaration", "2026-01-20")),
    )


@pytest.mark.parametrize("clause", ["10.2", "10.4"])
def test_a_declaration_that_names_another_clause_than_the_open_one_takes_effect_and_is_told(clause) -> None:
    told = given(*SERVED, a_incident("2026-01-10"), declared("2026-01-20", clause))
    told.as_of("2026-02-01").then(
        phase("terminated"),
        ground("10.1", "exercised"),
        anomalies(("TERMINATION_CLAUSE_MISNAMED", "declaration", "2026-01-20")),
    )


def test_a_declaration_may_rest_on_an_incident_later_the_same_day() -> None:
    told = given(*SERVED, declared("2026-01-10T09:00:00+08:00", "10.1"), a_incident("2026-01-10T22:00:00+08:00"))
    told.as_of("2026-01-10").then(phase("terminated"), no_anomalies)


def test_a_declaration_does_not_rest_on_an_incident_of_the_next_day() -> None:
    told = given(*SERVED, declared("2026-01-10", "10.1"), a_incident("2026-01-10T16:00:00Z"))
    told.as_of("2026-02-01").then(
        phase("in_service"),
        ground("10.1", "open"),
        anomalies(("TERMINATION_WITHOUT_GROUND", "declaration", "2026-01-10")),
    )


def test_a_declaration_on_the_last_day_before_the_lapse_takes_effect_and_on_the_next_does_not() -> None:
    incident = a_incident("2026-01-10")
    told = given(*SERVED, incident, declared("2027-01-10", "10.1"), under=TWO_YEARS)
    told.as_of("2027-01-11").then(phase("terminated"), ground("10.1", "exercised"))
    late = given(*SERVED, incident, declared("2027-01-11", "10.1"), under=TWO_YEARS)
    late.as_of("2027-01-11").then(
        phase("in_service"),
        ground("10.1", "lapsed"),
        anomalies(("TERMINATION_WITHOUT_GROUND", "declaration", "2027-01-11")),
    )


def test_a_declaration_exercises_every_ground_open_that_day_whatever_clause_it_names() -> None:
    told = given(
        *SERVED,
        a_incident("2026-01-10"),
        a_incident("2026-02-10"),
        EVENT,
        ABSENT,
        declared("2026-03-01", "10.1"),
        a_incident("2026-03-02"),
    )
    told.as_of("2026-04-01").then(
        grounds(
            ("10.1", "2026-01-10", "exercised"),
            ("10.1", "2026-02-10", "exercised"),
            ("10.4", "2026-02-11", "exercised"),
        ),
        termination_not_allowed,
    )


def test_a_lapsed_ground_is_not_exercised_with_the_open_ones() -> None:
    told = given(
        *SERVED, a_incident("2026-01-10"), a_incident("2026-06-10"), declared("2027-02-01", "10.1"), under=TWO_YEARS
    )
    told.as_of("2027-03-01").then(grounds(("10.1", "2026-01-10", "lapsed"), ("10.1", "2026-06-10", "exercised")))


def test_a_second_declaration_finds_no_open_ground() -> None:
    told = given(
        *SERVED, a_incident("2026-01-10"), declared("2026-01-20", "10.1"), declared("2026-01-21", "10.1", "again")
    )
    told.as_of("2026-02-01").then(
        term(terminated_on="2026-01-20"), anomalies(("TERMINATION_WITHOUT_GROUND", "again", "2026-01-21"))
    )
    same_day = given(
        *SERVED, a_incident("2026-01-10"), declared("2026-01-20", "10.1"), declared("2026-01-20", "10.1", "again")
    )
    same_day.as_of("2026-02-01").then(anomalies(("TERMINATION_WITHOUT_GROUND", "again", "2026-01-20")))


def test_under_an_unsupported_ground_nothing_can_be_declared() -> None:
    told = given(*SERVED, notice("2026-01-15", "2026-02-10", "understaffed"), declared("2026-02-20", "10.4"))
    told.as_of("2026-03-01").then(
        ground("10.4", "unsupported"), anomalies(("TERMINATION_WITHOUT_GROUND", "declaration", "2026-02-20"))
    )


def test_a_declaration_under_10_2_and_one_under_10_4_take_effect() -> None:
    repeated = given(*SERVED, *(b_incident(f"2026-0{m}-10") for m in (1, 2, 3)), declared("2026-03-20", "10.2"))
    repeated.as_of("2026-03-20").then(phase("terminated"), ground("10.2", "exercised"))
    unheeded = given(*SERVED, EVENT, ABSENT, declared("2026-02-11", "10.4"))
    unheeded.as_of("2026-02-11").then(phase("terminated"), ground("10.4", "exercised"))


def test_a_declaration_the_day_after_the_term_ended_takes_no_effect() -> None:
    told = given(*SERVED, a_incident("2026-06-10"), declared("2026-12-02", "10.1"))
    told.as_of("2026-12-02").then(
        phase("ended"), ground("10.1", "moot"), anomalies(("TERMINATION_WITHOUT_GROUND", "declaration", "2026-12-02"))
    )
    last_day = given(*SERVED, a_incident("2026-06-10"), declared("2026-12-01", "10.1"))
    last_day.as_of("2026-12-01").then(phase("terminated"), ground("10.1", "exercised"))


# -- moot -------------------------------------------------------------------------------------------


def test_an_open_ground_is_moot_once_the_term_has_ended() -> None:
    told = given(*SERVED, a_incident("2026-06-10"))
    told.as_of("2026-12-01").then(ground("10.1", "open"))
    told.as_of("2026-12-02").then(ground("10.1", "moot"), termination_not_allowed)
    told.as_of("2027-06-11").then(ground("10.1", "moot"))


def test_a_ground_that_lapsed_before_the_end_stays_lapsed() -> None:
    told = given(*SERVED, a_incident("2025-12-01"), under=terms(term__months=13))
    told.as_of("2026-12-01").then(ground("10.1", "open"))
    told.as_of("2026-12-02").then(ground("10.1", "lapsed"))
    told.as_of("2027-02-01").then(phase("ended"), ground("10.1", "lapsed"))


def test_a_ground_that_still_stood_on_the_last_day_of_the_contract_is_moot_and_one_a_day_older_lapsed() -> None:
    both_end = given(*SERVED, a_incident("2025-12-01"))
    both_end.as_of("2026-12-01").then(ground("10.1", "open"))
    both_end.as_of("2026-12-02").then(phase("ended"), ground("10.1", "moot"))
    day_longer = given(signed, lease_started("2025-12-02"), trial_run("2025-12-01"), a_incident("2025-12-01"))
    day_longer.as_of("2026-12-02").then(ground("10.1", "lapsed"))
    day_longer.as_of("2026-12-03").then(phase("ended"), ground("10.1", "lapsed"))


def test_an_exit_leaves_an_open_ground_moot() -> None:
    told = given(
        *SERVED, a_incident("2026-01-10"), exit_requested("2026-01-11", "2026-07-11"), exit_permitted("2026-01-12")
    )
    told.as_of("2026-07-10").then(ground("10.1", "open"))
    told.as_of("2026-07-11").then(phase("terminated"), ground("10.1", "moot"))


def test_an_incident_after_the_termination_is_outside_the_operating_period() -> None:
    told = given(*SERVED, a_incident("2026-01-10"), declared("2026-01-20", "10.1"), a_incident("2026-01-21"))
    told.as_of("2026-02-01").then(grounds(("10.1", "2026-01-10", "exercised")))


# -- headroom, corrections, views -------------------------------------------------------------------


@pytest.mark.parametrize(("incidents", "left"), [(0, 3), (1, 2), (2, 1), (3, 0), (4, 0)])
def test_headroom_is_what_is_left_until_the_third_and_never_below_zero(incidents, left) -> None:
    given(*SERVED, *(b_incident(f"2026-0{n}-10") for n in range(1, incidents + 1))).as_of("2026-06-01").then(
        headroom(left)
    )


def test_headroom_grows_when_an_incident_leaves_the_window() -> None:
    told = given(*SERVED, b_incident("2026-01-10"), under=TWO_YEARS)
    told.as_of("2027-01-10").then(headroom(2))
    told.as_of("2027-01-11").then(headroom(3))


def test_a_corrected_incident_never_gave_the_right() -> None:
    wrong = a_incident("2026-01-10")
    told = given(*SERVED, wrong, corrected("2026-03-01", wrong, duration_minutes=119))
    told.as_of("2026-01-10").then(grounds())
    told.as_of("2026-01-10", known_at="2026-02-28").then(termination_allowed_under("10.1"))


def test_as_seen_by_party_b_an_incident_it_contests_gives_no_right() -> None:
    told = given(*SERVED, a_incident("2026-01-10"), contested("2026-01-15", a_incident("2026-01-10"), "party_b"))
    told.as_of("2026-01-15", as_seen_by="party_b").then(termination_not_allowed)
    told.as_of("2026-01-15", as_seen_by="party_a").then(termination_allowed_under("10.1"))
    told.as_of("2026-01-14", as_seen_by="party_b").then(termination_not_allowed)  # a contest holds at every as_of
    told.as_of("2026-01-14", known_at="2026-01-14T23:59:59+08:00").then(termination_allowed_under("10.1"))


def test_a_completion_on_the_last_day_rejected_later_is_a_timely_one_rejected() -> None:
    told = given(*SERVED, EVENT, ABSENT, rectified("2026-02-10T15:59:59Z"), rectification_rejected("2026-02-20"))
    told.as_of("2026-02-19").then(grounds())
    told.as_of("2026-02-20").then(ground("10.4", "open", arose_on="2026-02-20"))


def test_each_ground_of_10_1_rests_on_its_own_incident() -> None:
    told = given(*SERVED, a_incident("2026-01-10", "one"), a_incident("2026-02-10", "two"))
    assert [one["because"] for one in told.as_of("2026-02-10").grounds("10.1")] == [["one"], ["two"]]


def test_an_absence_supports_a_notice_from_its_own_day_though_its_event_is_dated_later() -> None:
    event = major_event("2026-01-05", "2026-03-20")
    told = given(*SERVED, event, absent("2026-01-12"), ABSENT, corrected("2026-02-25", event, "2026-02-20"))
    told.as_of("2026-02-25").then(ground("10.4", "open", arose_on="2026-02-11"))
