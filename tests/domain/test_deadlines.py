"""Periods by the Civil Code, on, before and after their thresholds, and against the long way."""

from datetime import date

import pytest
from hypothesis import given

from ledger.domain.calendar import LONGEST, Calendar, Deadline, WorkingDayNotice
from tests.domain.calendars import CALENDAR, CALENDARS, COUNTS, DAY, NEAR, NOTICE_2026, plainly_working

# --- periods in working days ----------------------------------------------------------------------


def test_five_working_days_after_an_invoice_do_not_count_its_own_day() -> None:
    deadline = CALENDAR.working_days(date(2026, 3, 2), 5)
    assert deadline == Deadline(
        due=date(2026, 3, 9),
        provisional=False,
        skipped=deadline.skipped,
        years=(2026,),
        rule="working-days",
        start=date(2026, 3, 2),
        count=5,
    )
    assert [(str(rest.day), rest.reason, rest.name, rest.document) for rest in deadline.skipped] == [
        ("2026-03-07", "weekend", "周六", None),
        ("2026-03-08", "weekend", "周日", None),
    ]


def test_five_working_days_across_the_spring_festival_count_the_make_up_saturday() -> None:
    deadline = CALENDAR.working_days(date(2026, 2, 12), 5)
    assert deadline.due == date(2026, 2, 26)
    assert [rest.day.day for rest in deadline.skipped] == list(range(15, 24))
    assert {(rest.reason, rest.name, rest.document) for rest in deadline.skipped} == {
        ("notice", "春节", "国办发明电〔2025〕7号")
    }


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-03-05", "2026-03-06"),
        ("2026-03-06", "2026-03-09"),
        ("2026-03-07", "2026-03-09"),
        ("2026-03-08", "2026-03-09"),
        ("2026-03-09", "2026-03-10"),
        ("2026-02-27", "2026-02-28"),
    ],
)
def test_one_working_day_after_a_day_before_on_and_after_a_weekend(start: str, due: str) -> None:
    assert str(CALENDAR.working_days(date.fromisoformat(start), 1).due) == due


@pytest.mark.parametrize(
    ("start", "n", "provisional", "years"),
    [
        ("2026-12-30", 1, False, (2026,)),
        ("2026-12-30", 2, True, (2026, 2027)),
        ("2026-12-31", 0, False, ()),
        ("2026-12-31", 1, True, (2027,)),
        ("2025-12-31", 1, False, (2026,)),
        ("2025-12-30", 1, True, (2025,)),
    ],
)
def test_a_deadline_that_rests_on_a_year_without_a_notice_is_provisional(
    start: str, n: int, provisional: bool, years: tuple[int, ...]
) -> None:
    deadline = CALENDAR.working_days(date.fromisoformat(start), n)
    assert (deadline.provisional, deadline.years) == (provisional, years)


def test_a_deadline_rests_on_the_neighbouring_notice_that_named_a_day_it_passed() -> None:
    notice = WorkingDayNotice(2027, "甲", date(2026, 11, 5), frozenset(), frozenset([date(2026, 12, 26)]))
    deadline = Calendar([NOTICE_2026, notice]).working_days(date(2026, 12, 25), 1)
    assert (deadline.due, deadline.years) == (date(2026, 12, 26), (2026, 2027))


def test_the_same_deadline_is_computed_once() -> None:
    assert CALENDAR.working_days(date(2026, 3, 2), 5) is CALENDAR.working_days(date(2026, 3, 2), 5)
    assert CALENDAR.days(date(2026, 3, 2), 5, True) is not CALENDAR.days(date(2026, 3, 2), 5, False)


@given(CALENDARS, NEAR, COUNTS)
def test_exactly_n_working_days_lie_after_the_start_up_to_the_due_day(
    calendar: Calendar, start: date, n: int
) -> None:
    deadline = calendar.working_days(start, n)
    passed = [start + DAY * more for more in range(1, (deadline.due - start).days + 1)]
    working = [day for day in passed if plainly_working(day, calendar.notices)]
    assert len(working) == n
    assert deadline.due == (working[-1] if working else start)
    assert [rest.day for rest in deadline.skipped] == [day for day in passed if day not in working]
    assert deadline.provisional == any(calendar.provisional(day) for day in passed)
    assert set(deadline.years) >= {day.year for day in passed}


@given(CALENDARS, NEAR, COUNTS)
def test_a_later_start_or_a_longer_period_is_never_due_earlier(
    calendar: Calendar, start: date, n: int
) -> None:
    due = calendar.working_days(start, n).due
    assert due <= calendar.working_days(start + DAY, n).due
    assert due < calendar.working_days(start, n + 1).due


# --- periods in days and months -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "n", "due", "skipped"),
    [
        ("2025-11-19", 59, "2026-01-19", ["2026-01-17", "2026-01-18"]),
        ("2025-11-19", 58, "2026-01-16", []),
        ("2025-11-19", 60, "2026-01-19", ["2026-01-18"]),
        ("2025-11-19", 61, "2026-01-19", []),
        ("2026-02-07", 7, "2026-02-14", []),
        ("2026-02-07", 8, "2026-02-24", [f"2026-02-{day}" for day in range(15, 24)]),
        ("2026-10-01", 2, "2026-10-08", [f"2026-10-0{day}" for day in range(3, 8)]),
    ],
)
def test_a_period_in_days_that_ends_on_a_rest_day_rolls_to_the_next_working_day(
    start: str, n: int, due: str, skipped: list[str]
) -> None:
    deadline = CALENDAR.days(date.fromisoformat(start), n, rolls=True)
    assert str(deadline.due) == due
    assert [str(rest.day) for rest in deadline.skipped] == skipped
    assert (deadline.rule, deadline.count, deadline.years) == ("days", n, (2026,))


def test_a_period_that_does_not_roll_ends_on_its_day_and_rests_on_no_notice() -> None:
    deadline = CALENDAR.days(date(2026, 12, 26), 7, rolls=False)
    assert deadline == Deadline(date(2027, 1, 2), False, (), (), "days", date(2026, 12, 26), 7)
    deadline = CALENDAR.months(date(2026, 8, 31), 6, rolls=False)
    assert deadline == Deadline(date(2027, 2, 28), False, (), (), "months", date(2026, 8, 31), 6)


def test_a_period_in_months_that_ends_on_a_provisional_rest_day_rolls_provisionally() -> None:
    deadline = CALENDAR.months(date(2026, 8, 31), 6, rolls=True)
    assert (deadline.due, deadline.provisional, deadline.years) == (date(2027, 3, 1), True, (2027,))
    assert [(str(rest.day), rest.reason) for rest in deadline.skipped] == [("2027-02-28", "weekend")]


def test_a_period_that_ends_on_a_working_day_of_a_year_without_a_notice_is_provisional_too() -> None:
    deadline = CALENDAR.days(date(2026, 12, 28), 7, rolls=True)
    assert (deadline.due, deadline.provisional, deadline.skipped) == (date(2027, 1, 4), True, ())


def test_a_fixed_day_neither_rolls_nor_is_provisional() -> None:
    assert CALENDAR.fixed(date(2027, 1, 2)) == Deadline(
        date(2027, 1, 2), False, (), (), "fixed", date(2027, 1, 2), 0
    )


@given(CALENDARS, NEAR, COUNTS)
def test_rolling_goes_to_the_first_working_day_not_before_the_end(
    calendar: Calendar, start: date, n: int
) -> None:
    for plain, rolled in (
        (calendar.days(start, n, False), calendar.days(start, n, True)),
        (calendar.months(start, n, False), calendar.months(start, n, True)),
    ):
        between = [plain.due + DAY * more for more in range((rolled.due - plain.due).days)]
        assert calendar.is_working_day(rolled.due)
        assert not any(calendar.is_working_day(day) for day in between)
        assert [rest.day for rest in rolled.skipped] == between


@pytest.mark.parametrize("n", [-1, LONGEST + 1, 10**12])
def test_a_period_of_absurd_length_is_refused_rather_than_walked(n: int) -> None:
    with pytest.raises(ValueError, match="a period is between"):
        CALENDAR.working_days(date(2026, 1, 1), n)
    with pytest.raises(ValueError, match="a period is between"):
        CALENDAR.days(date(2026, 1, 1), n, False)
    with pytest.raises(ValueError, match="a period is between"):
        CALENDAR.months(date(2026, 1, 1), n, True)


def test_a_period_in_months_is_bounded_like_one_in_days() -> None:
    with pytest.raises(ValueError, match="a period is between"):
        CALENDAR.months(date(2026, 1, 1), LONGEST // 30 + 1, False)


def test_the_longest_periods_from_the_last_day_accepted_still_end_on_a_day() -> None:
    last = date(2199, 12, 31)
    assert CALENDAR.days(last, LONGEST, True).due.year == 2300
    assert CALENDAR.months(last, LONGEST // 30, True).due.year == 2301
    assert CALENDAR.working_days(last, 5).provisional
