"""Bands of values in the tables of terms, and what no band of a table holds (SPEC 2.3).

``over`` and ``under`` are exclusive ends, ``from`` and ``to`` inclusive (以上, 以内 take the number in, 民法典 1259).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ledger.domain.declare import NamedTuple

LOWER, UPPER = ("over", "from"), ("under", "to")


class Band(NamedTuple):
    """The values from ``low`` to ``high``, each end within where so marked; without ``high`` there is no upper end."""

    low: int | Decimal
    low_within: bool
    high: int | Decimal | None
    high_within: bool = False

    def holds(self, value: int | Decimal) -> bool:
        return not self.short_of(value) and not self.passed_by(value)

    def short_of(self, value: int | Decimal) -> bool:
        """Is ``value`` below the band?"""
        return value < self.low or (value == self.low and not self.low_within)

    def passed_by(self, value: int | Decimal) -> bool:
        """Is ``value`` above the band, or on an upper end that is not within it?"""
        return self.high is not None and (value > self.high or (value == self.high and not self.high_within))

    @property
    def is_empty(self) -> bool:
        if self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_within and self.high_within))

    def meets(self, other: Band) -> bool:
        """Is there a value in both, neither being empty?"""
        first, second = sorted((self, other), key=Band.place)
        if first.high is None:
            return True
        return second.low < first.high or (second.low == first.high and second.low_within and first.high_within)

    def reaches_beyond(self, other: Band) -> bool:
        """Does it end later than the other?"""
        if self.high is None or other.high is None:
            return other.high is not None
        return (self.high, self.high_within) > (other.high, other.high_within)

    def place(self) -> tuple[int | Decimal, bool]:
        """The sort key of bands: where they begin."""
        return self.low, not self.low_within


def band_of(row: Mapping[str, Any]) -> Band | None:
    """The band that a row as read states; None where it states no lower end."""
    lower = next((key for key in LOWER if key in row), None)
    upper = next((key for key in UPPER if key in row), None)
    if lower is None:
        return None
    return Band(row[lower], lower == "from", None if upper is None else row[upper], upper == "to")


class Gap(NamedTuple):
    """Values in no band: after the band at place ``below``, before the next; without a next, everything above."""

    band: Band
    below: int

    def smallest(self, finest: Decimal) -> int | Decimal:
        """The smallest value in it, where values differ by ``finest`` at least."""
        return self.band.low if self.band.low_within else self.band.low + finest


def gaps(bands: Sequence[Band]) -> Iterator[Gap]:
    """The gaps of bands that are in ascending order and share no value; what is below the first is no gap."""
    for place, band in enumerate(bands):
        if band.high is None:
            return
        above = bands[place + 1] if place + 1 < len(bands) else None
        high = None if above is None else above.low
        gap = Band(band.high, not band.high_within, high, above is not None and not above.low_within)
        if not gap.is_empty:
            yield Gap(gap, place)


def overlaps(bands: Sequence[Band]) -> Iterator[tuple[int, int]]:
    """The places of bands, none of them empty and in any order, that share a value with one that begins before them.

    Each with the place of the one of those that reaches furthest.
    """
    places = sorted((place for place, _ in enumerate(bands)), key=lambda place: (bands[place].place(), place))
    furthest = places[0] if places else 0
    for place in places[1:]:
        if bands[place].meets(bands[furthest]):
            yield place, furthest
        if bands[place].reaches_beyond(bands[furthest]):
            furthest = place
