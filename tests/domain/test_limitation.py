"""Limitation: until when a court protects a claim, and what starts its time anew (Civil Code 188 to 195; SPEC 4.9)."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.domain.law.limitation import CLAIM, RULING, Bearing, Time, time_of
from ledger.notices import shipped_calendar

DAYS = shipped_calendar()
DUE = date(2022, 12, 12)  # a Monday; three years on is Friday 2025-12-12
LAST = date(2025, 12, 12)


def told(*bearings: Bearing, since: date | None = DUE, months: int = CLAIM, day: date) -> Time:
    return time_of(DAYS, since, months, bearings, day)


def demand(day: date, seq: int = 2) -> Bearing:
    return Bearing(day, seq, f"X#{seq}", "demand")


def paid(day: date, seq: int = 3) -> Bearing:
    return Bearing(day, seq, f"X#{seq}", "performance")


def agreed(day: date, seq: int = 4) -> Bearing:
    return Bearing(day, seq, f"X#{seq}", "acknowledgement")


def sued(day: date, seq: int = 5, suit: str = "D-1") -> Bearing:
    return Bearing(day, seq, f"X#{seq}", "sued", suit)


def ended(day: date, seq: int = 6, suit: str = "D-1") -> Bearing:
    return Bearing(day, seq, f"X#{seq}", "ended", suit)


def last(time: Time) -> date:
    assert time.last is not None
    return time.last.due


def test_a_claim_runs_to_the_end_of_its_last_day_and_is_barred_the_day_after() -> None:
    assert (last(told(day=DUE)), told(day=LAST).state) == (LAST, "running")
    assert told(day=date(2025, 12, 13)).state == "barred"


@pytest.mark.parametrize(("since", "to"), [
    (date(2022, 12, 13), date(2025, 12, 15)),  # 13 December 2025 is a Saturday
    (date(2022, 10, 1), date(2025, 10, 9)),  # National Day and Mid-Autumn, eight days off
    (date(2022, 10, 11), date(2025, 10, 11)),  # a Saturday made up for the holidays is a working day
    (date(2020, 2, 29), date(2023, 2, 28)),  # no corresponding day: the month's last
    (date(2021, 2, 28), date(2024, 2, 28)),  # the corresponding day, not the leap day
    (date(2021, 12, 31), date(2024, 12, 31)), (date(2022, 1, 1), date(2025, 1, 2)),  # New Year's Day
])  # fmt: skip
def test_the_last_day_is_the_corresponding_one_and_moves_past_rest_days(since: date, to: date) -> None:
    assert last(told(since=since, day=since)) == to


def test_a_ruling_can_be_enforced_for_two_years() -> None:
    time = told(since=date(2023, 9, 15), months=RULING, day=date(2025, 9, 15))
    assert (last(time), time.state) == (date(2025, 9, 15), "running")
    assert told(since=date(2023, 9, 15), months=RULING, day=date(2025, 9, 16)).state == "barred"


@pytest.mark.parametrize(("on", "to"), [
    (date(2025, 12, 11), date(2028, 12, 11)), (LAST, date(2028, 12, 12)), (date(2025, 12, 13), LAST),
])  # fmt: skip
def test_a_demand_starts_the_time_anew_until_the_last_day_and_not_after_it(on: date, to: date) -> None:
    time = told(demand(on), day=date(2026, 1, 5))
    assert last(time) == to
    assert time.state == ("barred" if to == LAST else "running")
    assert [one.fact for one in time.restarted_by] == ([] if to == LAST else ["X#2"])


def test_a_demand_before_the_due_day_starts_nothing_anew() -> None:
    time = told(demand(date(2022, 12, 11)), demand(DUE, 3), day=LAST)
    assert (time.since, time.restarted_by) == (DUE, ())


def test_what_is_to_come_does_not_bear_yet() -> None:
    assert told(demand(date(2024, 6, 3)), day=date(2024, 6, 2)).since == DUE
    assert told(demand(date(2024, 6, 3)), day=date(2024, 6, 3)).since == date(2024, 6, 3)


@pytest.mark.parametrize("bearing", [paid, agreed])
def test_part_payment_and_acknowledgement_start_the_time_anew_on_its_last_day_and_not_after_it(bearing) -> None:  # type: ignore[no-untyped-def]
    """Whether either shows agreement to perform the rest of what is barred is for a court (Civil Code 192)."""
    time = told(bearing(LAST), day=LAST)
    assert (time.state, time.since, last(time)) == ("running", LAST, date(2028, 12, 12))
    after = told(bearing(date(2025, 12, 13)), demand(date(2026, 4, 1), 7), day=date(2026, 4, 1))
    assert (after.state, after.since, after.restarted_by) == ("barred", DUE, ())


def test_a_suit_stops_the_time_until_it_ends_and_its_end_starts_it_anew() -> None:
    bearings = (sued(LAST), ended(date(2026, 11, 16)))
    assert told(*bearings, day=date(2025, 12, 11)).state == "running"
    assert told(*bearings, day=LAST).state == "stopped"
    assert told(*bearings, day=date(2026, 11, 15)).state == "stopped"
    time = told(*bearings, day=date(2026, 11, 16))
    assert (time.state, last(time)) == ("running", date(2029, 11, 16))
    assert [one.fact for one in time.restarted_by] == ["X#6"]


def test_a_suit_filed_after_the_last_day_stops_nothing() -> None:
    time = told(sued(date(2025, 12, 13)), ended(date(2026, 11, 16)), day=date(2026, 11, 16))
    assert (time.state, time.suits, time.restarted_by) == ("barred", (), ())


def test_two_suits_stop_the_time_until_both_have_ended() -> None:
    bearings = (sued(date(2024, 1, 8)), sued(date(2024, 3, 4), 7, "D-2"), ended(date(2024, 9, 2)))
    assert told(*bearings, day=date(2029, 1, 8)).state == "stopped"
    assert told(*bearings, ended(date(2025, 1, 6), 8, "D-2"), day=date(2025, 1, 6)).since == date(2025, 1, 6)


def test_while_a_suit_is_open_nothing_else_bears_on_the_time() -> None:
    bearings = (sued(date(2024, 1, 8)), demand(date(2024, 3, 4)), paid(date(2024, 5, 6)))
    assert told(*bearings, day=date(2024, 5, 6)).restarted_by == ()
    assert [one.fact for one in told(*bearings, ended(date(2024, 9, 2)), day=LAST).restarted_by] == ["X#6"]


def test_the_time_of_a_debt_without_a_day_starts_with_the_first_demand_and_nothing_before() -> None:
    nothing = told(paid(date(2023, 1, 9)), agreed(date(2023, 2, 6)), since=None, day=date(2030, 1, 1))
    assert (nothing.state, nothing.since, nothing.last, nothing.restarted_by) == ("running", None, None, ())
    time = told(paid(date(2023, 1, 9)), demand(date(2023, 3, 6)), since=None, day=date(2023, 3, 6))
    assert (time.since, last(time)) == (date(2023, 3, 6), date(2026, 3, 6))
    assert [one.fact for one in time.restarted_by] == ["X#2"]


def test_the_end_of_a_suit_starts_the_time_of_a_debt_without_a_day_as_a_demand_does() -> None:
    time = told(sued(date(2023, 1, 9)), ended(date(2023, 3, 6)), since=None, day=date(2023, 3, 6))
    assert (time.since, last(time)) == (date(2023, 3, 6), date(2026, 3, 6))
