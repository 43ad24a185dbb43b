"""From which moment a fact counts as known, where the clock was ahead when it was recorded (SPEC 2.1, 7).

A correction names, by position, the facts recorded at a moment that never came; they count as known from the moment of
the correction on. Stored moments are not changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ledger.domain.declare import NamedTuple
from ledger.domain.fact import Fact
from ledger.domain.facts.log import ClockCorrected

LATE = 120_000_000  # µs a clock may stand behind the last recording, for clocks of two servers are never quite the same


class Correction(NamedTuple):
    """The facts at positions `first` to `last` count as known from `at` (µs) on."""

    first: int
    last: int
    at: int


def clock_corrections(facts: Iterable[Fact]) -> tuple[Correction, ...]:
    """The clock corrections among the facts of the stream `log`."""
    return tuple(
        Correction(fact.what.first, fact.what.last, fact.recorded_at)
        for fact in facts if isinstance(fact.what, ClockCorrected)
    )  # fmt: skip


def known_from(position: int, recorded_at: int, corrections: Sequence[Correction]) -> int:
    """The moment (µs) from which the fact at ``position`` counts as known."""
    return min([recorded_at, *(one.at for one in corrections if one.first <= position <= one.last)])
