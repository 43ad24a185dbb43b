"""Bands of minutes in the tables of annexes 2 and 3; ``over`` and ``under`` are exclusive, ``from`` and ``to`` not."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

LOWER, UPPER = ("over", "from"), ("under", "to")


class Band(NamedTuple):
    """The values from ``low`` to ``high``, each end within where so marked; without ``high`` there is no upper end."""

    low: int
    low_within: bool
    high: int | None
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

    def place(self) -> tuple[int, bool]:
        """The sort key of bands: where they begin."""
        return self.low, not self.low_within


def band_of(row: Mapping[str, Any]) -> Band | None:
    """The band that a row as read states; None where it states no lower end."""
    lower = next((key for key in LOWER if key in row), None)
    upper = next((key for key in UPPER if key in row), None)
    if lower is None:
        return None
    return Band(row[lower], lower == "from", None if upper is None else row[upper], upper == "to")
