"""What the parties agreed, day by day: the terms with their amendments, and the readings (SPEC 2.2, 4.7).

A rule uses the terms, and the reading, in force on the day of the fact that triggered it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.domain.template import template_of
from ledger.domain.terms import Terms, registered


@dataclass(slots=True)
class Settled:
    """The terms and readings in force from one day on."""

    terms: Terms
    readings: dict[str, str]


class Agreement:
    """The terms and readings of one contract, as they changed; ``asked`` readings hold throughout."""

    def __init__(self, document: Mapping[str, Any], asked: Mapping[str, str]) -> None:
        """``document`` is what was registered. Refusal TERMS_INVALID."""
        self._version = registered(document)
        self.template = template_of(self._version.terms.contract.template)
        self._agreed: dict[str, str] = {}
        self._asked = dict(asked)
        self._days = [date.min]
        self._settled = [self._settle()]

    def _settle(self) -> Settled:
        terms = self._version.terms
        return Settled(terms, {**self.template.defaults, **terms.readings, **self._agreed, **self._asked})

    def _from(self, day: date) -> None:
        if self._days[-1] == day:
            self._settled[-1] = self._settle()
        else:
            self._days.append(day)
            self._settled.append(self._settle())

    def amend(self, day: date, changes: Mapping[str, object]) -> None:
        """Amendments change terms from their day."""
        self._version = self._version.amended(changes)
        self._from(day)

    def agree_reading(self, day: date, reading: str, option: str) -> None:
        self._agreed[reading] = option
        self._from(day)

    def on(self, day: date) -> Settled:
        """What was in force on ``day``."""
        if len(self._days) == 1:
            return self._settled[0]
        return self._settled[bisect_right(self._days, day) - 1]

    def reading(self, reading: str, day: date) -> str:
        return self.on(day).readings[reading]

    @property
    def ever(self) -> Sequence[Settled]:
        """What was in force on some day, in order."""
        return self._settled

    @property
    def latest(self) -> Settled:
        return self._settled[-1]
