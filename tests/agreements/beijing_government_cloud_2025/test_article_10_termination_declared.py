"""Declarations of termination, grounds that are moot, headroom, corrections and views."""

from __future__ import annotations

import pytest

from tests.agreements.beijing_government_cloud_2025.test_article_10_termination import SERVED, TWO_YEARS
from tests.agreements.beijing_government_cloud_2025.test_article_10_termination_notices import ABSENT, EVENT
from tests.happenings import (
    a_incident,
    absent,
    b_incident,
    contested,
    corrected,
    declared,
    exit_permitted,
    exit_requested,
    lease_started,
    major_event,
    notice,
    rectification_rejected,
    rectified,
    signed,
    trial_run,
)
from tests.scenario import (
    anomalies,
    given,
    ground,
    grounds,
    headroom,
    no_anomalies,
    phase,
    term,
    termination_allowed_under,
    termination_not_allowed,
    terms,
)

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
