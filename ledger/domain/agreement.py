"""What the parties agreed, day by day: the terms with their amendments, and the readings (SPEC 2.2, 4.7).

A rule uses the terms, and the reading, in force on the day of the fact that triggered it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ledger.domain.declare import NamedTuple, dataclass, field
from ledger.domain.judgments import RuledOption
from ledger.domain.template import template_of
from ledger.domain.terms import Terms, registered


class Change(NamedTuple):
    """A fact that set what stands at a dotted path of the terms, or an option of a reading.

    ``before`` and ``after`` are values as recorded, None for none; ``day`` is the day from which it holds; ``order``
    increases with each change.
    """

    order: int
    fact: str
    day: date
    path: str
    before: object
    after: object


@dataclass(slots=True)
class Settled:
    """The terms and readings in force from one day on, and the facts that set them since the registration.

    ``document`` is the document the terms were read from, never changed; ``changed`` has the last change at each dotted
    path, ``agreed`` that of each reading.
    """

    terms: Terms
    document: Mapping[str, Any]
    readings: dict[str, str]
    changed: Mapping[str, Change] = field(default_factory=dict)
    agreed: Mapping[str, Change] = field(default_factory=dict)

    def changes(self, path: str) -> list[Change]:
        """The changes behind what stands at ``path``, in order; none where it is as registered.

        That is the last change of the path itself or of a table around it, and later ones of its parts.
        """
        if not self.changed:
            return []
        parts = path.split(".")
        above = (".".join(parts[:count]) for count in range(1, len(parts) + 1))
        whole = max((self.changed[one] for one in above if one in self.changed), default=None)
        since = whole.order if whole is not None else 0
        within = [one for one in self.changed.values() if one.path.startswith(path + ".") and one.order > since]
        return sorted([whole, *within] if whole is not None else within)


class Noting(dict[str, str]):
    """Readings that note which of them are looked up."""

    def __init__(self, readings: Mapping[str, str], noted: dict[str, None]) -> None:
        super().__init__(readings)
        self._noted = noted

    def __getitem__(self, reading: str) -> str:
        self._noted[reading] = None
        return super().__getitem__(reading)


class Agreement:
    """The terms and readings of one contract, as they changed.

    Readings that are ``asked`` hold throughout; so do those ``ruled`` by a court, except where others are asked.
    """

    def __init__(
        self, document: Mapping[str, Any], asked: Mapping[str, str], ruled: Mapping[str, RuledOption] = {},
        consulted: dict[str, None] | None = None,
    ) -> None:  # fmt: skip
        """``document`` is the document registered; ``consulted``, where given, collects the readings that rules look
        up, in the order in which each is first looked up. Refusal TERMS_INVALID.
        """
        self._version = registered(document)
        self.template = template_of(self._version.terms.contract.template)
        self._agreed: dict[str, str] = {}
        self._changed: dict[str, Change] = {}
        self._agreements: dict[str, Change] = {}
        self._count = 0
        self._asked, self._ruled, self._consulted = dict(asked), dict(ruled), consulted
        self._days = [date.min]
        self._settled = [self._settle()]

    def _settle(self) -> Settled:
        terms = self._version.terms
        ruled = {reading: one.option for reading, one in self._ruled.items()}
        readings = {**self.template.defaults, **terms.readings, **self._agreed, **ruled, **self._asked}
        if self._consulted is not None:
            readings = Noting(readings, self._consulted)
        return Settled(terms, self._version.document, readings, self._changed, self._agreements)

    def _from(self, day: date) -> None:
        if self._days[-1] == day:
            self._settled[-1] = self._settle()
        else:
            self._days.append(day)
            self._settled.append(self._settle())

    def amend(self, day: date, changes: Mapping[str, object], fact: str) -> None:
        """Apply the changes of the amendment ``fact`` from ``day`` on."""
        before, self._version = self._version, self._version.amended(changes)
        self._count += 1
        self._changed = self._changed | {
            path: Change(self._count, fact, day, path, before.at(path), after) for path, after in changes.items()
        }
        self._from(day)

    def agree_reading(self, day: date, reading: str, option: str, fact: str) -> None:
        """Apply, from ``day`` on, the option of a reading that was agreed by ``fact``."""
        before = self._settled[-1].readings.get(reading)
        self._agreed[reading] = option
        self._count += 1
        self._agreements = self._agreements | {reading: Change(self._count, fact, day, reading, before, option)}
        self._from(day)

    def reading_changes(self, reading: str, day: date) -> list[Change]:
        """The changes behind the option in force on ``day``; none where the option was asked for or registered."""
        if reading in self._asked:
            return []
        if (ruled := self._ruled.get(reading)) is not None:
            return [Change(0, ruled.fact, ruled.day, reading, None, ruled.option)]
        settled = self.on(day)
        agreed = settled.agreed.get(reading)
        return [agreed] if agreed is not None else settled.changes(f"readings.{reading}")

    def on(self, day: date) -> Settled:
        """What was in force on ``day``."""
        if len(self._days) == 1:
            return self._settled[0]
        return self._settled[bisect_right(self._days, day) - 1]

    def reading(self, reading: str, day: date) -> str:
        return self.on(day).readings[reading]

    @property
    def changed(self) -> bool:
        """Whether a fact has changed a term or a reading since the registration."""
        return bool(self._changed or self._agreements or self._ruled)

    def quietly(self, day: date) -> Mapping[str, str]:
        """The readings in force on ``day``, for display only: looking one up is not noted as consulting it."""
        readings = self.on(day).readings
        return readings if self._consulted is None else readings.copy()

    @property
    def ever(self) -> Sequence[Settled]:
        """Everything that was in force on some day, in order."""
        return self._settled

    @property
    def latest(self) -> Settled:
        return self._settled[-1]
