"""Corresponding days by the Civil Code, and working days by the notices known at the time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.calendar import Calendar, WorkingDayNotice, corresponding_day
from ledger.domain.errors import Refusal
from tests.domain.calendars import CALENDAR, CALENDARS, DAY, DAYS, NEAR, NOTICE_2026, plainly_working

# --- corresponding days ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "corresponding"),
    [
        ("2025-11-19", 12, "2026-11-19"),
        ("2025-01-30", 1, "2025-02-28"),
        ("2024-01-30", 1, "2024-02-29"),
        ("2024-01-29", 1, "2024-02-29"),
        ("2025-01-28", 1, "2025-02-28"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-08-31", 1, "2026-09-30"),
        ("2026-10-31", 1, "2026-11-30"),
        ("2026-10-31", 2, "2026-12-31"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-03-31", 0, "2026-03-31"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2024-02-29", -12, "2023-02-28"),
    ],
)
def test_a_period_in_months_ends_on_the_corresponding_day_or_the_months_last(
    day: str, months: int, corresponding: str
) -> None:
    assert str(corresponding_day(date.fromisoformat(day), months)) == corresponding


@given(DAYS, st.integers(min_value=-600, max_value=600))
def test_a_corresponding_day_lies_in_the_right_month_and_never_past_the_day(day: date, months: int) -> None:
    found = corresponding_day(day, months)
    assert (found.year - day.year) * 12 + found.month - day.month == months
    assert found.day == day.day or (found.day < day.day and (found + DAY).day == 1)


# --- which days are working days ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "working", "reason", "name", "document"),
    [
        ("2026-03-04", True, "working", "周三", None),
        ("2026-03-07", False, "weekend", "周六", None),
        ("2026-02-14", True, "makeup", "周六", NOTICE_2026.document),
        ("2026-02-16", False, "notice", "春节", NOTICE_2026.document),
        ("2026-02-23", False, "notice", "春节", NOTICE_2026.document),
        ("2026-02-24", True, "working", "周二", None),
        ("2026-10-03", False, "notice", "国庆节", NOTICE_2026.document),
    ],
)
def test_a_day_of_a_year_with_a_notice_is_settled(
    text: str, working: bool, reason: str, name: str, document: str | None
) -> None:
    kind = CALENDAR.explain(date.fromisoformat(text))
    assert (kind.working, kind.reason, kind.name, kind.document) == (working, reason, name, document)
    assert not kind.provisional


@pytest.mark.parametrize(
    ("text", "working", "reason", "name"),
    [
        ("2026-12-31", True, "working", "周四"),
        ("2027-01-01", False, "statutory", "元旦"),
        ("2027-01-04", True, "working", "周一"),
        ("2027-02-05", False, "statutory", "春节"),
        ("2027-02-08", False, "statutory", "春节"),
        ("2027-02-09", False, "statutory", "春节补假"),  # for Saturday 6 and Sunday 7 February
        ("2027-02-10", False, "statutory", "春节补假"),
        ("2027-02-11", True, "working", "周四"),
        ("2027-04-05", False, "statutory", "清明节"),
        ("2027-05-01", False, "statutory", "劳动节"),
        ("2027-05-02", False, "statutory", "劳动节"),
        ("2027-05-03", False, "statutory", "劳动节补假"),
        ("2027-05-04", False, "statutory", "劳动节补假"),
        ("2027-05-05", True, "working", "周三"),
        ("2027-06-09", False, "statutory", "端午节"),
        ("2027-09-15", False, "statutory", "中秋节"),
        ("2027-10-04", False, "statutory", "国庆节补假"),
        ("2027-10-05", False, "statutory", "国庆节补假"),
        ("2027-10-06", True, "working", "周三"),
        ("2027-10-09", False, "weekend", "周六"),
    ],
)
def test_a_day_of_a_year_without_a_notice_goes_by_the_law_and_is_provisional(
    text: str, working: bool, reason: str, name: str
) -> None:
    kind = CALENDAR.explain(date.fromisoformat(text))
    assert (kind.working, kind.reason, kind.name, kind.document) == (working, reason, name, None)
    assert kind.provisional == (text >= "2027")


def test_a_notice_settles_the_days_it_names_in_a_year_without_one() -> None:
    calendar = Calendar([WorkingDayNotice(2027, "甲", date(2026, 11, 1), frozenset([date(2028, 1, 3)]), frozenset())])
    assert not calendar.provisional(date(2028, 1, 3))
    assert calendar.explain(date(2028, 1, 3)).reason == "notice"
    assert calendar.provisional(date(2028, 1, 4))


def test_a_later_notice_overrides_day_by_day_only_what_it_names() -> None:
    first = WorkingDayNotice(
        2026, "甲", date(2025, 11, 4), frozenset([date(2026, 3, 2)]), frozenset([date(2026, 3, 7)])
    )
    later = WorkingDayNotice(2026, "乙", date(2026, 1, 9), frozenset([date(2026, 3, 7)]), frozenset([date(2026, 3, 8)]))
    for calendar in (Calendar([first, later]), Calendar([later, first])):
        working = [calendar.is_working_day(date(2026, 3, day)) for day in (2, 7, 8)]
        assert working == [False, False, True]
        assert calendar.explain(date(2026, 3, 7)).document == "乙"
        assert calendar.explain(date(2026, 3, 2)).document == "甲"
        assert calendar.documents([2026, 2027]) == {"2026": "甲、乙"}


def test_a_day_off_that_no_holiday_explains_has_no_name() -> None:
    calendar = Calendar([WorkingDayNotice(2026, "甲", date(2025, 11, 4), frozenset([date(2026, 3, 4)]), frozenset())])
    assert calendar.explain(date(2026, 3, 4)).name == ""


def test_a_notice_is_known_from_the_end_of_the_day_it_is_published() -> None:
    assert CALENDAR.known_by(date(2025, 11, 3)).provisional(date(2026, 1, 1))
    assert not CALENDAR.known_by(date(2025, 11, 4)).provisional(date(2026, 1, 1))
    assert not CALENDAR.known_by(date(2025, 11, 5)).provisional(date(2026, 1, 1))


def test_the_same_knowledge_is_the_same_calendar() -> None:
    assert CALENDAR.known_by(date(2026, 1, 1)) is CALENDAR
    assert CALENDAR.known_by(date(2025, 1, 1)) is CALENDAR.known_by(date(2024, 1, 1))


def test_a_notice_that_contradicts_itself_or_names_a_far_day_is_refused() -> None:
    with pytest.raises(Refusal, match="NOTICE_DAY_TWICE"):
        WorkingDayNotice(2026, "甲", date(2025, 11, 4), frozenset([date(2026, 3, 2)]), frozenset([date(2026, 3, 2)]))
    with pytest.raises(Refusal, match="NOTICE_DAY_FAR"):
        WorkingDayNotice(2026, "甲", date(2025, 11, 4), frozenset([date(2024, 12, 31)]), frozenset())
    with pytest.raises(Refusal, match="NOTICE_DAY_FAR"):
        WorkingDayNotice(2026, "甲", date(2025, 11, 4), frozenset(), frozenset([date(2028, 1, 1)]))


@given(CALENDARS, NEAR)
def test_whether_a_day_is_worked_agrees_with_the_long_way(calendar: Calendar, day: date) -> None:
    assert calendar.is_working_day(day) == plainly_working(day, calendar.notices)
    kind = calendar.explain(day)
    assert kind.working == calendar.is_working_day(day)
    assert kind.provisional == calendar.provisional(day)
    assert (kind.document is None) == (kind.reason not in ("notice", "makeup"))


@given(CALENDARS, NEAR, NEAR)
def test_a_calendar_known_by_a_day_has_just_the_notices_published_until_then(
    calendar: Calendar, day: date, asked: date
) -> None:
    published = [notice for notice in calendar.notices if notice.published_on <= day]
    assert calendar.known_by(day).explain(asked) == Calendar(published).explain(asked)
