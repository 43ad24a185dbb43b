"""第十条 违约责任及协议解除 (SPEC 4.2, 4.5): grounds that arise, lapse, are exercised, moot or unsupported."""

from __future__ import annotations

import pytest

from tests.happenings import (
    a_incident,
    accepted,
    amended,
    assessed,
    b_incident,
    declared,
    exit_permitted,
    exit_requested,
    exit_withdrawn,
    grade_agreed,
    lease_started,
    linked,
    reading_agreed,
    renewal_proposed,
    signed,
    termination_proposed,
    trial_run,
    unlinked,
)
from tests.scenario import (
    b_count,
    given,
    ground,
    grounds,
    headroom,
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
