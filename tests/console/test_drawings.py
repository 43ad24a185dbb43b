"""Drawings: what is in them lies beside one another, at every width, however much there is."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from api.console.drawing import BOX, SIZES, money_band, time_band
from api.console.svg import Lanes
from ledger.drawing.bands import LastDay, MoneyBand, MoneyBar, MoneyPiece, TimeBand, TimeMark

FIRST = date(2025, 11, 20)


def day(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


def band(days: list[int], merged: set[int]) -> TimeBand:
    """A year with a mark on each of these days, those of ``merged`` (by number) one with the first."""
    marks = tuple(
        TimeMark(day(on), "B", f"inc-{number}", "inc-0" if number in merged else "", "one with the first")
        for number, on in enumerate(days)
    )  # fmt: skip
    window, last = (day(0), day(365), "one year"), LastDay(day(376), "last day", "nothing is left")
    return TimeBand("the year", "a finding", day(365), "as of", marks, (), window, last, (day(440), day(700)))


@given(st.lists(st.integers(0, 365), min_size=1, max_size=48), st.sets(st.integers(1, 47)))
def test_no_mark_of_a_year_lies_on_another_at_any_width(days: list[int], merged: set[int]) -> None:
    drawn = str(time_band("year", band(days, merged)))
    pictures = re.findall(r"<svg.*?</svg>", drawn, re.DOTALL)
    assert len(pictures) == len(SIZES)
    for picture in pictures:
        found = re.findall(r'<rect[^>]* x="([-\d.]+)" y="([-\d.]+)" width="22"', picture)
        boxes = [(float(x), float(y)) for x, y in found]
        assert len(boxes) == len(days)
        for (x, y), (other_x, other_y) in combinations(boxes, 2):
            assert abs(x - other_x) >= BOX or abs(y - other_y) >= BOX, (days, merged)


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(1, 200)), max_size=40), st.integers(0, 900))
def test_lanes_never_hold_two_things_in_one_place_nor_anything_where_a_line_leads_up(
    things: list[tuple[int, int]], free: int
) -> None:
    lanes, placed = Lanes(), list[tuple[int, int, int]]()
    lanes.keep(free, free + 8, above=0)
    for left, long in things:
        lane = lanes.put(left, left + long)
        where_the_line_is_kept = left <= free + 8 and left + long >= free
        assert all(lane != at or left + long < x or left > end for x, end, at in placed)
        assert lane == 0 or not where_the_line_is_kept or lane == lanes.count - 1  # above all: no lane has room
        placed.append((left, left + long, lane))


def test_each_size_says_what_it_shows_and_sums_stand_under_their_piece() -> None:
    bar = MoneyBar("total", 100_00, "", (MoneyPiece("paid", 90_00), MoneyPiece("set off", 10_00, "done")))
    drawn = str(money_band("sums", MoneyBand("Sums", "what they come to", (bar,))))
    assert drawn.count("<title ") == drawn.count("<desc ") == drawn.count('role="img"') == len(SIZES)
    wide = drawn[: drawn.index("</svg>")]
    place = re.search(r'<text[^>]* x="([\d.]+)"[^>]*>set off 10.00<', wide)
    assert place is not None and float(place[1]) > SIZES["desk"] * 0.8
