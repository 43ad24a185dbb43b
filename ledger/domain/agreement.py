"""What the parties agreed, day by day: the terms with their amendments, and the readings (SPEC 2.2, 4.7).

A rule uses the terms, and the reading, in force on the day of the fact that triggered it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.domain.readings import DEFAULTS
from ledger.domain.terms import DamagesRow, Terms, amend, parse_terms

SIX_NINES = Decimal("99.9999")


def reliability_floor(written: Decimal, readings: Mapping[str, str]) -> Decimal:
    """The floor of data reliability in percent: as written, or six nines everywhere (``data-reliability-floor``)."""
    return SIX_NINES if readings["data-reliability-floor"] == "six-nines" else written


@dataclass(slots=True)
class Settled:
    """The terms and readings in force from one day on, and the damages rows by rule."""

    terms: Terms
    readings: dict[str, str]
    rows: dict[str, tuple[tuple[int, DamagesRow], ...]]


class Agreement:
    """The terms and readings of one contract, as they changed; ``asked`` readings hold throughout."""

    def __init__(self, document: Mapping[str, object], asked: Mapping[str, str]) -> None:
        self._document = dict(document)
        self._agreed: dict[str, str] = {}
        self._asked = dict(asked)
        self._days = [date.min]
        self._settled = [self._settle(parse_terms(document))]

    def _settle(self, terms: Terms) -> Settled:
        readings = DEFAULTS | terms.readings | self._agreed | self._asked
        rows: dict[str, tuple[tuple[int, DamagesRow], ...]] = {}
        for annex, table in ((2, terms.damages.material), (3, terms.damages.general)):
            for row in sorted(table, key=lambda row: (row.over or 0, row.row)):
                rows[row.rule] = (*rows.get(row.rule, ()), (annex, row))
        return Settled(terms, readings, rows)

    def _from(self, day: date, settled: Settled) -> None:
        if self._days[-1] == day:
            self._settled[-1] = settled
        else:
            self._days.append(day)
            self._settled.append(settled)

    def amend(self, day: date, changes: Mapping[str, object]) -> None:
        """Amendments change terms from their day."""
        self._document = amend(self._document, changes)
        self._from(day, self._settle(parse_terms(self._document)))

    def agree_reading(self, day: date, reading: str, option: str) -> None:
        self._agreed[reading] = option
        self._from(day, self._settle(self._settled[-1].terms))

    def on(self, day: date) -> Settled:
        """What was in force on ``day``."""
        if len(self._days) == 1:
            return self._settled[0]
        return self._settled[bisect_right(self._days, day) - 1]

    def terms(self, day: date) -> Terms:
        return self.on(day).terms

    def reading(self, reading: str, day: date) -> str:
        return self.on(day).readings[reading]

    @property
    def latest(self) -> Settled:
        return self._settled[-1]
