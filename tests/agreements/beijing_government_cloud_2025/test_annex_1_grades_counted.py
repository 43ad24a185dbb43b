"""Which graded incidents count: incidents that are one (10.3), the operating period, the year."""

from __future__ import annotations

import pytest

from tests.agreements.beijing_government_cloud_2025.test_annex_1_grades import SERVED, TWO_YEARS
from tests.happenings import (
    a_incident,
    assessed,
    b_incident,
    declared,
    incident,
    lease_started,
    linked,
    reading_agreed,
    retracted,
    signed,
    system,
    trial_run,
    unlinked,
)
from tests.scenario import b_count, counted, counts, excluded, given, grade, terms

# -- incidents that are one (10.3) ------------------------------------------------------------------


def test_linked_incidents_are_one_from_the_day_of_the_link() -> None:
    told = given(
        *SERVED, b_incident("2026-01-10", "one"), b_incident("2026-02-10", "two"), linked("2026-03-01", "one", "two")
    )
    told.as_of("2026-02-28").then(b_count(2), excluded())
    told.as_of("2026-03-01").then(
        b_count(1),
        counted(("one", "B", "2026-01-10", ["one", "two"])),
        excluded(("two", "same-cause", "one")),
        counts(grades={"one": "B", "two": "B"}),
    )


def test_incidents_that_share_a_root_cause_are_one() -> None:
    told = given(
        *SERVED,
        b_incident("2026-01-10", "one", root_cause="光缆"),
        b_incident("2026-02-10", "two", root_cause="光缆"),
        b_incident("2026-03-10", "three", root_cause="电源"),
    )
    told.as_of("2026-03-10").then(
        counted(("one", "B", "2026-01-10", ["one", "two"]), ("three", "B", "2026-03-10", ["three"])),
        excluded(("two", "same-cause", "one")),
    )


def test_the_grade_of_incidents_that_are_one_is_the_highest_and_their_day_the_first_of_that_grade() -> None:
    told = given(
        *SERVED,
        b_incident("2026-01-10", "one"),
        a_incident("2026-01-20", "two"),
        a_incident("2026-01-30", "three"),
        linked("2026-03-01", "one", "two", "three"),
    )
    told.as_of("2026-03-01").then(
        counts(a_count=1, b_count_rolling_year=0),
        counted(("two", "A", "2026-01-20", ["one", "two", "three"])),
        excluded(("one", "same-cause", "two"), ("three", "same-cause", "two")),
    )


def test_an_ungraded_incident_of_the_group_is_a_member_and_excluded() -> None:
    told = given(
        *SERVED,
        incident("2026-01-05", "outage", "small"),
        b_incident("2026-01-10", "one"),
        linked("2026-03-01", "small", "one"),
    )
    told.as_of("2026-03-01").then(
        counted(("one", "B", "2026-01-10", ["small", "one"])),
        excluded(("small", "same-cause", "one")),
        counts(grades={"one": "B"}),
    )


def test_incidents_are_one_through_a_third() -> None:
    told = given(
        *SERVED,
        b_incident("2026-01-10", "one"),
        b_incident("2026-02-10", "two"),
        b_incident("2026-03-10", "three"),
        linked("2026-04-01", "one", "two"),
        linked("2026-04-02", "two", "three", cause="电源"),
    )
    told.as_of("2026-04-01").then(b_count(2))
    told.as_of("2026-04-02").then(b_count(1), counted(("one", "B", "2026-01-10", ["one", "two", "three"])))


def test_a_link_names_a_cause_that_a_report_may_share() -> None:
    told = given(
        *SERVED,
        b_incident("2026-01-10", "one"),
        b_incident("2026-02-10", "two", root_cause="光缆"),
        incident("2026-02-11", "outage", "small"),
        linked("2026-04-01", "one", "small"),
    )
    told.as_of("2026-03-31").then(b_count(2))
    told.as_of("2026-04-01").then(b_count(1), counted(("one", "B", "2026-01-10", ["one", "two", "small"])))


def test_an_unlinked_incident_leaves_its_group_from_that_day() -> None:
    told = given(
        *SERVED,
        b_incident("2026-01-10", "one"),
        b_incident("2026-02-10", "two"),
        linked("2026-03-01", "one", "two"),
        unlinked("2026-04-01", "two"),
    )
    told.as_of("2026-03-31").then(b_count(1))
    told.as_of("2026-04-01").then(b_count(2), excluded())


def test_unlinking_removes_the_incident_from_that_cause_only() -> None:
    told = given(
        *SERVED,
        b_incident("2026-01-10", "one"),
        b_incident("2026-02-10", "two"),
        linked("2026-03-01", "one", "two"),
        linked("2026-03-02", "one", "two", cause="电源"),
        unlinked("2026-04-01", "two"),
    )
    told.as_of("2026-04-01").then(b_count(1))
    told.record(unlinked("2026-04-02", "two", cause="电源")).as_of("2026-04-02").then(b_count(2))


def test_unlinking_removes_a_reported_root_cause_too() -> None:
    told = given(
        *SERVED,
        b_incident("2026-01-10", "one", root_cause="光缆"),
        b_incident("2026-02-10", "two", root_cause="光缆"),
        unlinked("2026-04-01", "two"),
    )
    told.as_of("2026-03-31").then(b_count(1))
    told.as_of("2026-04-01").then(b_count(2))


def test_a_root_cause_stated_by_an_assessment_ties_incidents_from_its_day() -> None:
    told = given(
        *SERVED,
        b_incident("2026-01-10", "one", root_cause="光缆"),
        b_incident("2026-02-10", "two"),
        assessed("2026-03-01", "two", root_cause="光缆"),
    )
    told.as_of("2026-02-28").then(b_count(2))
    told.as_of("2026-03-01").then(b_count(1))


def test_a_root_cause_put_right_by_an_assessment_unties_incidents() -> None:
    told = given(
        *SERVED,
        b_incident("2026-01-10", "one", root_cause="光缆"),
        b_incident("2026-02-10", "two", root_cause="光缆"),
        assessed("2026-03-01", "two", root_cause="电源"),
    )
    told.as_of("2026-02-28").then(b_count(1))
    told.as_of("2026-03-01").then(b_count(2))


def test_a_retracted_link_ties_nothing() -> None:
    tie = linked("2026-03-01", "one", "two")
    told = given(
        *SERVED, b_incident("2026-01-10", "one"), b_incident("2026-02-10", "two"), tie, retracted("2026-03-05", tie)
    )
    told.as_of("2026-03-05").then(b_count(2))


def test_a_retracted_incident_named_by_a_link_is_read_as_not_given() -> None:
    wrong = b_incident("2026-02-10", "two")
    told = given(
        *SERVED,
        b_incident("2026-01-10", "one"),
        wrong,
        b_incident("2026-02-20", "three"),
        linked("2026-03-01", "one", "two", "three"),
        retracted("2026-03-05", wrong),
    )
    told.as_of("2026-03-05").then(b_count(1), counted(("one", "B", "2026-01-10", ["one", "three"])))


# -- the operating period ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "as_of", "inside"),
    [
        ("2025-11-30T14:00:00Z", "2026-01-10", False),
        ("2025-11-30T16:00:00Z", "2026-01-10", True),
        ("2026-12-01T14:00:00Z", "2026-12-10", True),
        ("2026-12-01T16:00:00Z", "2026-12-10", False),
    ],
)
def test_a_graded_incident_outside_the_operating_period_is_excluded(on, as_of, inside) -> None:
    expected = excluded() if inside else excluded(("inc", "outside-operating-period", None))
    given(*SERVED, b_incident(on, "inc")).as_of(as_of).then(b_count(1 if inside else 0), expected, grade("inc", "B"))


def test_before_any_trial_run_or_lease_no_incident_counts() -> None:
    told = given(signed, b_incident("2025-11-25", "inc"))
    told.as_of("2025-11-25").then(b_count(0), excluded(("inc", "outside-operating-period", None)))
    told.record(trial_run("2025-12-01").recorded_on("2025-12-02")).as_of("2025-12-01").then(b_count(0))


def test_an_incident_on_the_day_of_the_trial_run_counts() -> None:
    given(signed, b_incident("2025-12-01", "inc"), trial_run("2025-12-01T20:00:00+08:00")).as_of("2025-12-01").then(
        b_count(1)
    )


def test_an_incident_on_the_day_of_termination_counts_and_on_the_next_does_not() -> None:
    told = given(
        *SERVED,
        a_incident("2026-01-10"),
        declared("2026-01-20", "10.1"),
        b_incident("2026-01-20", "same"),
        b_incident("2026-01-21", "next"),
    )
    told.as_of("2026-02-01").then(b_count(1), excluded(("next", "outside-operating-period", None)))


def test_grade_day_and_members_come_from_the_incidents_of_the_operating_period() -> None:
    told = given(
        *SERVED,
        a_incident("2025-11-20", "early"),
        b_incident("2026-01-10", "one"),
        b_incident("2026-01-20", "two"),
        linked("2026-03-01", "early", "one", "two"),
    )
    told.as_of("2026-03-01").then(
        counts(a_count=0, b_count_rolling_year=1),
        counted(("one", "B", "2026-01-10", ["one", "two"])),
        excluded(("early", "outside-operating-period", None), ("two", "same-cause", "one")),
        counts(grades={"early": "A", "one": "B", "two": "B"}),
    )


# -- the year ---------------------------------------------------------------------------------------


def test_a_b_incident_counts_until_the_corresponding_day_of_the_next_year() -> None:
    told = given(*SERVED, b_incident("2026-01-10", "inc"), under=TWO_YEARS)
    told.as_of("2026-01-09").then(b_count(0), counts(window=["2025-01-09", "2026-01-09"], counted=[], excluded=[]))
    told.as_of("2026-01-10").then(b_count(1))
    told.as_of("2027-01-10").then(b_count(1), counts(window=["2026-01-10", "2027-01-10"]), excluded())
    told.as_of("2027-01-11").then(
        b_count(0), counts(window=["2026-01-11", "2027-01-11"]), excluded(("inc", "outside-window", None))
    )


def test_an_a_incident_is_counted_beyond_the_year() -> None:
    told = given(*SERVED, a_incident("2026-01-10", "inc"), under=TWO_YEARS)
    told.as_of("2027-01-11").then(counts(a_count=1), counted(("inc", "A", "2026-01-10", ["inc"])), excluded())


@pytest.mark.parametrize(
    ("as_of", "first"),
    [
        ("2024-02-29", "2023-03-01"),  # 28 February 2023 reaches to 28 February 2024 only
        ("2025-02-28", "2024-02-28"),
        ("2025-03-01", "2024-03-01"),  # 29 February 2024 reached to 28 February 2025
        ("2026-12-31", "2025-12-31"),
    ],
)
def test_the_window_begins_with_the_first_day_that_still_counts(as_of, first) -> None:
    given(signed, lease_started("2023-01-01"), under=terms(term__months=60)).as_of(as_of).then(
        counts(window=[first, as_of])
    )


def test_by_the_calendar_year_the_incidents_of_that_year_count() -> None:
    told = given(*SERVED, b_incident("2025-12-31", "old"), b_incident("2026-01-01", "new"), under=TWO_YEARS)
    calendar = {"year-window": "calendar-year"}
    told.as_of("2025-12-31", reading=calendar).then(b_count(1), counts(window=["2025-01-01", "2025-12-31"]))
    told.as_of("2026-01-01", reading=calendar).then(
        b_count(1), counts(window=["2026-01-01", "2026-12-31"]), excluded(("old", "outside-window", None))
    )
    told.as_of("2026-12-31", reading=calendar).then(b_count(1))
    told.as_of("2027-01-01", reading=calendar).then(b_count(0))


def test_by_the_contract_year_the_incidents_since_the_last_anniversary_of_the_lease_count() -> None:
    told = given(*SERVED, b_incident("2026-11-30", "old"), b_incident("2026-12-01", "new"), under=TWO_YEARS)
    contract = {"year-window": "contract-year"}
    told.as_of("2026-11-30", reading=contract).then(b_count(1), counts(window=["2025-12-01", "2026-11-30"]))
    told.as_of("2026-12-01", reading=contract).then(
        b_count(1), counts(window=["2026-12-01", "2027-11-30"]), excluded(("old", "outside-window", None))
    )


def test_the_reading_of_the_year_is_that_of_the_day_asked_about() -> None:
    told = given(
        *SERVED,
        b_incident("2025-12-31"),
        b_incident("2026-01-10"),
        reading_agreed("2026-02-01", "year-window", "calendar-year"),
    )
    told.as_of("2026-01-31").then(b_count(2))
    told.as_of("2026-02-01").then(b_count(1))


def test_a_system_named_by_an_incident_does_not_change_its_grade() -> None:
    told = given(*SERVED, system(), b_incident("2026-01-10", "inc", system="mail"))
    told.as_of("2026-01-10").then(grade("inc", "B"))


def test_unlinking_from_another_cause_leaves_the_reported_root_cause() -> None:
    told = given(
        *SERVED,
        b_incident("2026-01-10", "one", root_cause="光缆"),
        b_incident("2026-02-10", "two", root_cause="光缆"),
        linked("2026-03-01", "one", "two", cause="电源"),
        unlinked("2026-04-01", "two", cause="电源"),
    )
    told.as_of("2026-04-01").then(b_count(1))
