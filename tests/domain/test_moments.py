"""A moment belongs to the day it has in Beijing, and is compared in microseconds."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.calendar import BEIJING, NotAMoment, format_utc, parse_on, parse_utc

DAYS = st.dates(min_value=date(1949, 1, 1), max_value=date(2199, 12, 31))
OFFSETS = st.integers(min_value=-23 * 60 - 59, max_value=23 * 60 + 59).map(
    lambda minutes: timezone(timedelta(minutes=minutes))
)
MOMENTS = st.datetimes(
    min_value=datetime(1949, 1, 3), max_value=datetime(2199, 12, 29), timezones=OFFSETS, allow_imaginary=False
)


def microseconds(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def test_a_date_is_that_beijing_day_and_stands_at_its_start() -> None:
    on = parse_on("2025-11-24")
    assert on.day == date(2025, 11, 24)
    assert format_utc(on.at) == "2025-11-23T16:00:00.000000Z"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-22T15:59:59.999999Z", date(2026, 11, 22)),
        ("2026-11-22T16:00:00Z", date(2026, 11, 23)),
        ("2026-11-22T16:00:00.000001Z", date(2026, 11, 23)),
        ("2026-11-22T23:59:59.999999+08:00", date(2026, 11, 22)),
        ("2026-11-23T00:00:00+08:00", date(2026, 11, 23)),
        ("2026-11-22T10:59:59-05:00", date(2026, 11, 22)),
        ("2026-11-22T11:00:00-05:00", date(2026, 11, 23)),
        ("2026-12-31T16:00:00Z", date(2027, 1, 1)),
        ("2024-02-28T16:00:00Z", date(2024, 2, 29)),
        ("2026-11-23T05:44:59+13:45", date(2026, 11, 22)),
        ("2026-11-23T05:45:00+13:45", date(2026, 11, 23)),
    ],
)
def test_sixteen_hundred_utc_begins_the_next_beijing_day(text: str, day: date) -> None:
    assert parse_on(text).day == day


def test_a_date_and_the_moment_it_begins_are_the_same() -> None:
    assert (
        parse_on("2025-11-24") == parse_on("2025-11-24T00:00:00+08:00") == parse_on("2025-11-23T16:00:00.0Z")
    )


@pytest.mark.parametrize(
    ("fraction", "expected"),
    [("", 0), (".1", 100_000), (".12", 120_000), (".000001", 1), (".999999", 999_999),
     (".1234567", 123_456), (".999999999", 999_999)],
)  # fmt: skip
def test_a_fraction_is_read_down_to_the_microsecond(fraction: str, expected: int) -> None:
    assert parse_on(f"1970-01-01T00:00:00{fraction}Z").at == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2025-11-24T10:00:00", "naive"),
        ("2025-11-24T10:00:00.5", "naive"),
        ("2025-11-24t10:00:00", "naive"),
        ("2025-02-29", "impossible"),
        ("2025-13-01", "impossible"),
        ("2025-00-10", "impossible"),
        ("2025-11-31T10:00:00Z", "impossible"),
        ("2025-11-24T24:00:00Z", "impossible"),
        ("2025-11-24T23:60:00Z", "impossible"),
        ("2025-06-30T23:59:60Z", "impossible"),
        ("2025-11-24T10:00:00+24:00", "impossible"),
        ("2025-11-24T10:00:00+08:60", "impossible"),
        ("0000-01-01", "impossible"),
        ("1948-12-31", "range"),
        ("2200-01-01", "range"),
        ("0001-01-01", "range"),
        ("9999-12-31", "range"),
        ("0001-01-01T00:00:00+10:00", "range"),
        ("9999-12-31T23:59:59-10:00", "range"),
        ("1948-12-31T15:59:59.999999Z", "range"),
        ("2199-12-31T16:00:00Z", "range"),
        ("", "format"),
        ("2025-W48-1", "format"),
        ("2025W481", "format"),
        ("2025-328", "format"),
        ("20251124", "format"),
        ("2025-11-24 ", "format"),
        ("2025-11-24\n", "format"),
        ("2025-1-4", "format"),
        ("２０２５-11-24", "format"),
        ("2025-11-24T10:00Z", "format"),
        ("2025-11-24T10:00:00,5Z", "format"),
        ("2025-11-24T10:00:00.Z", "format"),
        ("2025-11-24T10:00:00.1234567890Z", "fraction"),
        ("2025-11-24T10:00:00.12345678901+08:00", "fraction"),
        ("2025-11-24T10:00:00.1234567", "naive"),
        ("2025-11-24 10:00:00Z", "format"),
        ("2025-11-24t10:00:00z ", "format"),
        ("2025-11-24t10:00z", "format"),
        ("2025-11-24t24:00:00z", "impossible"),
        ("2025-11-24T10:00:00+08", "format"),
        ("2025-11-24T10:00:00+0800", "format"),
        ("2025-11-24T10:00:00+08:00:00", "format"),
        ("20251124T100000Z", "format"),
        ("-2025-11-24", "format"),
        ("+2025-11-24", "format"),
    ],
)
def test_what_is_no_day_and_no_moment_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(NotAMoment) as refused:
        parse_on(text)
    assert refused.value.reason == reason
    assert isinstance(refused.value, ValueError)


@pytest.mark.parametrize(
    "text", ["1949-01-01", "2199-12-31", "1948-12-31T16:00:00Z", "2199-12-31T15:59:59.999999Z"]
)
def test_the_first_and_the_last_day_of_the_range_are_taken(text: str) -> None:
    assert 1949 <= parse_on(text).day.year <= 2199


@pytest.mark.parametrize("text", [
    "2026-11-22t06:00:00z", "2026-11-22T06:00:00z", "2026-11-22t06:00:00Z", "2026-11-22t14:00:00.000000+08:00",
])  # fmt: skip
def test_rfc_3339_may_be_written_in_small_letters(text: str) -> None:
    assert parse_utc(text) == parse_utc("2026-11-22T06:00:00Z")
    assert parse_on(text) == parse_on("2026-11-22T06:00:00Z")


def test_a_moment_known_at_must_be_a_moment() -> None:
    assert parse_utc("2026-11-22T14:00:00+08:00") == parse_utc("2026-11-22T06:00:00.000000Z")
    with pytest.raises(NotAMoment):
        parse_utc("2026-11-22")


@given(DAYS)
def test_every_day_reads_back_as_itself(day: date) -> None:
    start = datetime(day.year, day.month, day.day, tzinfo=BEIJING)
    assert parse_on(day.isoformat()).day == day
    assert parse_on(day.isoformat()).at == microseconds(start)
    assert parse_on(day.isoformat()) is parse_on(day.isoformat())


@given(MOMENTS)
def test_a_moment_with_any_offset_keeps_its_instant_and_finds_its_beijing_day(moment: datetime) -> None:
    on = parse_on(moment.isoformat())
    assert on.at == microseconds(moment)
    assert on.day == moment.astimezone(BEIJING).date()


@given(MOMENTS)
def test_what_is_written_in_utc_reads_back_and_sorts_like_the_instants(moment: datetime) -> None:
    at = microseconds(moment)
    assert parse_utc(format_utc(at)) == at
    assert len(format_utc(at)) == 27
    assert format_utc(at) < format_utc(at + 1)


@given(st.text(max_size=30))
def test_any_other_text_is_refused_and_never_breaks(text: str) -> None:
    try:
        on = parse_on(text)
    except NotAMoment:
        return
    assert parse_utc(format_utc(on.at)) == on.at
