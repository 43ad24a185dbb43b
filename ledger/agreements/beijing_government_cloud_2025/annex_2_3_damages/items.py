"""Items of liquidated damages, as the rows of annexes 2 and 3 raise them and 10.3 lets them stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Group
from ledger.agreements.beijing_government_cloud_2025.terms import DamagesRow
from ledger.domain.declare import NamedTuple, dataclass, field
from ledger.domain.fact import Fact, chronological
from ledger.domain.money import Fen
from ledger.domain.shown import Shown

Origin = tuple[str, str]
"""What an item rests on: ``("incident", its id)``, ``("scale-out", its request)``, or ``("fact", ref)`` of a report."""
Occurrence = tuple[str, str]
"""An origin, or ``("cause", …)`` for an incident, named by the first of those that are one with it."""


def occurrences_of(origins: Iterable[Origin], groups: Mapping[str, Group]) -> frozenset[Occurrence]:
    """Incidents that are one by 10.3 are one occurrence."""
    return frozenset(
        ("cause", groups[name].id) if kind == "incident" and name in groups else (kind, name) for kind, name in origins
    )


class Measured(NamedTuple):
    """What a row requires and what was found; ``facts`` (ids) state it.

    ``test`` says how ``found`` was compared with ``required``: ``is``, ``below``, ``from`` (以上, inclusive), ``to``
    (以内, inclusive), ``over`` (大于) and ``under`` (小于, both exclusive), ``beyond`` (a band's end or more, by the
    reading ``band-gaps``), ``past`` (a deadline that had passed unfulfilled on the day found). Of those marked
    ``either`` one is enough.
    """

    measure: str
    test: str
    required: Any
    found: Any
    met: bool
    facts: tuple[str, ...] = ()
    either: bool = False


@dataclass(slots=True)
class Base:
    """The base of a row, ``whole`` ÷ ``months``: the ``total``, or a system's ``fee`` as ``set_by`` a fact."""

    of: str
    whole: Fen
    months: int
    set_by: str | None = None

    @property
    def each(self) -> Fraction:
        """One month's share, in fen."""
        return Fraction(self.whole, self.months)


@dataclass(slots=True)
class Item:
    """One item of liquidated damages; ``base`` and ``amount`` are ``None`` where no system's fee is known.

    ``raised_by`` are the reports, assessments and notices that raise it, ``because`` all facts it rests on.
    ``unheeded_on`` is the day on which the notice that completes it went unheeded: until then party B had to meet it.
    """

    id: str
    annex: int
    row: DamagesRow
    system: str | None
    day: date
    base: Base | None
    amount: Fen | None
    because: list[str]
    raised_by: list[str]
    completed_by: Fact
    measured: tuple[Measured, ...]
    origins: tuple[Origin, ...] = ()
    occurrences: frozenset[Occurrence] = frozenset()
    unheeded_on: date | None = None
    absorbed_by: str | None = field(default=None, compare=False)

    @property
    def order(self) -> tuple[int, int, str]:
        """The sort key: annex, row, id; of sets with the same sum the one that keeps the first of these stands."""
        return self.annex, self.row.row, self.id


@dataclass(slots=True, eq=False)
class Agreed:
    """An amount that the parties agreed, or a court ruled, in place of the items ``named`` (10.3); it is itself an
    item.

    ``covers`` are these and the items of the agreed amounts among them, ``origins`` what they rested on when it was
    made, ``one_then`` (by item) the incidents that were one with those, ``replaced_by`` the amount of the highest rank
    that shared something with it when the later of the two was made, if that is of higher rank.
    """

    id: str
    fact: Fact
    named: tuple[str, ...]
    amount: Fen
    ruled: bool = False
    number: int = 1
    covers: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    one_then: dict[str, list[Origin]] = field(default_factory=dict)
    occurrences: frozenset[Occurrence] = frozenset()
    replaced_by: Agreed | None = None
    absorbed_by: str | None = None

    @property
    def day(self) -> date:
        return self.fact.day

    @property
    def rank(self) -> tuple[bool, tuple[int, int], int]:
        """Of two that share something, the higher counts: a ruling before any agreement, then the later."""
        return self.ruled, chronological(self.fact), self.number


Listed = Item | Agreed
Tie = tuple[str, Any]  # "occurrence" and one, or "item" and an id


def place(one: Listed) -> tuple[date, str]:
    """Items stand by the day they were completed, then id."""
    return one.day, one.id


def ties(one: Listed) -> Iterator[Tie]:
    """What it has in common with everything that it shares something with: occurrences, and the items it names."""
    for occurrence in one.occurrences:
        yield "occurrence", occurrence
    for id_ in (one.id,) if isinstance(one, Item) else (one.id, *one.covers):
        yield "item", id_


@dataclass()
class Damages:
    """Every item and every agreed amount, in order, and the sum of those that stand."""

    listed: Shown[Listed]
    accrued: Fen

    @cached_property
    def items(self) -> dict[str, Item]:
        """By id."""
        return {one.id: one for one in self.listed if isinstance(one, Item)}

    @cached_property
    def agreed(self) -> dict[str, Agreed]:
        """By id."""
        return {one.id: one for one in self.listed if isinstance(one, Agreed)}

    @cached_property
    def standing(self) -> list[Listed]:
        """The items that nothing absorbs."""
        return [one for one in self.listed if one.absorbed_by is None]

    @cached_property
    def absorbed(self) -> dict[str, list[str]]:
        """The absorbed items, by what absorbs them."""
        found: dict[str, list[str]] = {}
        for one in self.listed:
            if one.absorbed_by is not None:
                found.setdefault(one.absorbed_by, []).append(one.id)
        return found
