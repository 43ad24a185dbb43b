"""What no band of a table holds: the gaps between bands and above them, worked out on their ends (SPEC 2.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ledger.agreements.beijing_government_cloud_2025.terms.bands import Band
from ledger.domain.fields import MINUTE_PLACES

FINEST = Decimal(1).scaleb(-MINUTE_PLACES)
"""The smallest difference between two durations that can be recorded, in minutes."""


class Gap(NamedTuple):
    """Values in no band: after the band at place ``below``, before the next; without a next, everything above."""

    band: Band
    below: int

    @property
    def smallest(self) -> int | Decimal:
        """The smallest value in it that can be recorded."""
        return self.band.low if self.band.low_within else self.band.low + FINEST


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
