"""Only minutes within the operating period count, and an incident's day is its first day there (SPEC 4.4)."""

from __future__ import annotations

import pytest

from tests.happenings import (
    a_incident,
    accepted,
    assessed,
    b_incident,
    declared,
    grade_agreed,
    incident,
    lease_started,
    signed,
    termination_proposed,
    trial_run,
)
from tests.scenario import b_count, counted, counts, excluded, given, grade, ground, grounds, phase

SERVED = (signed, lease_started("2025-12-01"))


@pytest.mark.parametrize(
    ("begins", "minutes", "expected"),
    [
        ("2025-11-30T23:00:00+08:00", 180, "B"),  # 120 of them from midnight on
        ("2025-11-30T23:00:00+08:00", 179, None),
        ("2025-11-30T22:59:59+08:00", 180, None),  # a second short
        ("2026-12-01T22:00:00+08:00", 121, "B"),
        ("2026-12-01T22:00:01+08:00", 121, None),
    ],
)
def test_of_an_incident_that_crosses_an_end_of_the_period_the_minutes_within_count(begins, minutes, expected) -> None:
    told = given(*SERVED, b_incident(begins, "inc", duration_minutes=minutes)).as_of("2026-12-05")
    told.then(
        grade("inc", expected),
        excluded(*([("inc", "outside-window", None)] if begins < "2025-12" and expected else [])),
    )


def test_its_day_is_its_first_day_in_the_period() -> None:
    told = given(*SERVED, a_incident("2025-11-29T12:00:00+08:00", "inc", duration_minutes=5000))
    told.as_of("2025-12-05").then(
        counted(("inc", "A", "2025-12-01", ["inc"])),
        ground("10.1", "open", arose_on="2025-12-01", lapses_on="2026-12-01"),
    )


def test_one_wholly_outside_is_graded_on_all_its_minutes_and_left_out() -> None:
    told = given(*SERVED, b_incident("2025-11-30T22:00:00+08:00", "inc"))  # over at midnight
    told.as_of("2025-12-05").then(
        grade("inc", "B"), b_count(0), excluded(("inc", "outside-operating-period", None)), grounds()
    )


def test_tampering_is_cut_to_the_period_as_well() -> None:
    measures = {"provider_hazard": True, "plan_followed": False, "attention": ["municipal"]}
    for minutes, expected in ((60, "B"), (59, None)):
        begins = "2025-11-30T23:30:00+08:00"
        told = given(*SERVED, incident(begins, "tampering", duration_minutes=minutes, **measures))
        told.as_of("2025-12-05").then(grade("inc", expected))


def test_an_agreed_end_cuts_what_goes_on_after_it() -> None:
    ended = (termination_proposed("2026-03-01", "2026-06-01"), accepted("2026-03-05"))
    for minutes, expected in ((180, None), (600, None), (720, None)):
        told = given(*SERVED, ended, b_incident("2026-05-31T23:00:00+08:00", "inc", duration_minutes=minutes))
        told.as_of("2026-06-05").then(phase("terminated"), grade("inc", expected), b_count(0))
    two_hours = given(*SERVED, ended, b_incident("2026-05-31T22:00:00+08:00", "inc", duration_minutes=600))
    two_hours.as_of("2026-06-05").then(grade("inc", "B"), b_count(1))


def test_a_declaration_ends_the_period_with_its_last_day() -> None:
    told = given(
        *SERVED, a_incident("2026-01-10"), declared("2026-01-20", "10.1"),
        b_incident("2026-01-20T22:00:00+08:00", "in", duration_minutes=600),
        b_incident("2026-01-20T22:00:01+08:00", "short", scope="platform", duration_minutes=600).said_by("party_b"),
    )  # fmt: skip
    told.as_of("2026-02-01").then(grade("in", "B"), grade("short", None))


def test_by_the_reading_from_lease_the_trial_run_is_not_yet_operation() -> None:
    told = given(signed, trial_run("2025-11-20"), lease_started("2025-12-01"), b_incident("2025-11-25"))
    told.as_of("2025-12-05").then(b_count(1))
    told.as_of("2025-12-05", reading={"operating-period": "from-lease"}).then(
        b_count(0), excluded(("b-2025-11-25", "outside-operating-period", None))
    )


@pytest.mark.parametrize(
    ("responsibility", "unless_other", "provider_only", "stated"),
    [
        (None, "B", "B", None), ("provider", "B", "B", "B"), ("shared", "B", None, None), ("other", None, None, None),
    ],
)  # fmt: skip
def test_main_responsibility_by_each_reading(responsibility, unless_other, provider_only, stated) -> None:
    more = {} if responsibility is None else {"responsibility": responsibility}
    told = given(*SERVED, b_incident("2026-01-10", "inc", **more))
    for option, expected in (("unless-other", unless_other), ("provider-only", provider_only), ("stated", stated)):
        told.as_of("2026-01-10", reading={"main-responsibility": option}).then(grade("inc", expected))


def test_an_agreed_grade_prevails_over_every_reading_of_main_responsibility() -> None:
    told = given(*SERVED, b_incident("2026-01-10", "inc", responsibility="other"), grade_agreed("2026-02-01", "B"))
    told.as_of("2026-02-01", reading={"main-responsibility": "stated"}).then(grade("inc", "B"))


@pytest.mark.parametrize(
    ("reading", "last", "next_day"),
    [("inclusive", "2027-01-10", "2027-01-11"), ("exclusive", "2027-01-09", "2027-01-10")],
)
def test_the_window_ends_on_the_anniversary_or_the_day_before(reading, last, next_day) -> None:
    told = given(signed, lease_started("2026-02-01"), trial_run("2026-01-05"), b_incident("2026-01-10"))
    asked = {"window-anniversary": reading}
    told.as_of(last, reading=asked).then(b_count(1))
    told.as_of(next_day, reading=asked).then(b_count(0), excluded(("b-2026-01-10", "outside-window", None)))
    before = told.as_of("2026-12-31", reading=asked).status["next_changes"]
    assert [one["on"] for one in before if one["what"] == "incidents.b_count_rolling_year"] == [next_day]


def test_by_the_reading_exclusive_the_third_on_the_anniversary_of_the_first_opens_nothing() -> None:
    for third, inclusive, exclusive in (("2027-01-09", True, True), ("2027-01-10", True, False)):
        told = given(signed, trial_run("2026-01-05"), lease_started("2026-02-01"), b_incident("2026-01-10"),
                     b_incident("2026-06-01"), b_incident(third))  # fmt: skip
        for reading, opens in (("inclusive", inclusive), ("exclusive", exclusive)):
            answer = told.as_of("2027-01-15", reading={"window-anniversary": reading})
            answer.then(ground("10.2", "open", arose_on=third) if opens else grounds())


def test_by_the_reading_yes_an_a_counts_among_the_b_and_may_be_the_third() -> None:
    told = given(*SERVED, b_incident("2026-01-10"), b_incident("2026-02-10"), a_incident("2026-03-10"))
    told.as_of("2026-03-10").then(b_count(2), grounds(("10.1", "2026-03-10", "open")))
    told.as_of("2026-03-10", reading={"a-counts-as-b": "yes"}).then(
        counts(a_count=1, b_count_rolling_year=3),
        grounds(("10.1", "2026-03-10", "open"), ("10.2", "2026-03-10", "open")),
        ground("10.2", "open", because=["b-2026-01-10", "b-2026-02-10", "a-2026-03-10"]),
    )


def test_an_a_that_left_the_window_still_counts_as_a() -> None:
    told = given(signed, trial_run("2025-12-01"), lease_started("2026-02-01"), a_incident("2025-12-10"))
    told.as_of("2026-12-20", reading={"a-counts-as-b": "yes"}).then(
        counts(a_count=1, b_count_rolling_year=0), excluded()
    )


def test_the_first_day_of_a_grade_is_kept_when_the_grade_comes_back() -> None:
    told = given(
        *SERVED, a_incident("2026-01-10", "inc"), assessed("2026-02-01", duration_minutes=119),
        assessed("2026-05-01", duration_minutes=120),
    )  # fmt: skip
    told.as_of("2026-02-01").then(grounds())
    told.as_of("2026-05-01").then(ground("10.1", "open", arose_on="2026-01-10", lapses_on="2027-01-10"))
