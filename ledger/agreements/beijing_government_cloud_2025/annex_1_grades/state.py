"""Incidents, what ties them together, and how they are graded and grouped (annex 1, 10.3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.facts import Measures
from ledger.domain.fact import Fact
from ledger.domain.machine import PLACE
from ledger.domain.shown import Shown


@dataclass(slots=True)
class Incident:
    """An incident with its measures as last assessed and what ties it to others."""

    id: str
    fact: Fact
    kind: str
    measures: Measures
    facts: list[str]
    linked: set[str]
    measured_cause: str | None = None
    agreed: str | None = None
    tied: frozenset[str] = frozenset()  # the causes it is found by, as last grouped

    @property
    def causes(self) -> set[str]:
        return self.linked | {self.measured_cause} if self.measured_cause else self.linked

    @property
    def day(self) -> date:
        return self.fact.day


@dataclass(slots=True)
class Group:
    """Incidents that are one by 10.3: ``all_of_them`` and those of the operating period, by (on, seq)."""

    all_of_them: list[Incident]
    members: list[Incident]
    grade: str | None  # the highest of the members'
    first: Incident | None  # the first member of that grade
    graded: bool  # some incident of the group is graded, inside the operating period or not

    @property
    def id(self) -> str:
        """Names the group while it is one: its first incident, of the operating period or not."""
        return self.all_of_them[0].id

    @property
    def day(self) -> date:
        assert self.first is not None
        return self.first.day


Read = tuple[int, int]
"""How far the changes of the groups were read: of which ``version``, and how many."""


@dataclass(slots=True)
class Grouped:
    """The incidents graded and grouped, kept as they move.

    ``version`` is that of the term by which they were graded; when it moves, all are graded anew. ``changes`` since
    then are the groups that came (true) and went (false), in order: who keeps something by group follows them with
    :meth:`since`.
    """

    version: int = -1
    grades: dict[str, str] = field(default_factory=dict)  # graded incidents only
    of: dict[str, Group] = field(default_factory=dict)  # the group of every incident
    by_cause: dict[str, dict[str, Incident]] = field(default_factory=dict)
    changes: list[tuple[bool, Group]] = field(default_factory=list)

    @property
    def groups(self) -> list[Group]:
        """Every group."""
        return list({id(group): group for group in self.of.values()}.values())

    @property
    def graded(self) -> list[Group]:
        """Those with a graded incident, inside the operating period or not."""
        return list({id(group): group for id_ in self.grades for group in [self.of[id_]]}.values())

    def since(self, read: Read | None) -> tuple[bool, list[tuple[bool, Group]], Read]:
        """Whether all begins anew, the changes not yet read, and how far they are read then."""
        now = self.version, len(self.changes)
        if read is None or read[0] != self.version:
            return True, self.changes[:], now
        return False, self.changes[read[1] :], now


@dataclass(slots=True)
class Incidents:
    """Incidents by identifier; ``links`` are root causes an incident was linked under, also before its day.

    ``moved`` are those whose grade or ties may have moved since they were last grouped.
    """

    reported: dict[str, Incident] = field(default_factory=dict)
    links: dict[str, set[str]] = field(default_factory=dict)
    moved: dict[str, None] = field(default_factory=dict)
    grouped: Grouped = field(default_factory=Grouped)


@dataclass(slots=True)
class Counting:
    """A group that counts."""

    group: Group

    @property
    def place(self) -> tuple[date, str]:
        assert self.group.first is not None
        return self.group.day, self.group.first.id


@dataclass(slots=True)
class LeftOut:
    """An incident that does not count, why, and which one counts in its place."""

    incident: Incident
    reason: str
    counted_as: str | None

    @property
    def place(self) -> tuple[date, str]:
        return self.incident.day, self.incident.id


@dataclass(slots=True)
class Tally:
    """What counts and what does not, by day and incident, as far as the groups were ``read``.

    ``b`` are the B-grade groups; those from ``first`` on count. ``never`` are, by group, the incidents that never do.
    """

    read: Read | None = None
    first: date = date.min
    b: list[Counting] = field(default_factory=list)
    counted: Shown[Counting] = field(default_factory=lambda: Shown(PLACE))
    excluded: Shown[LeftOut] = field(default_factory=lambda: Shown(PLACE))
    never: dict[str, list[LeftOut]] = field(default_factory=dict)
    outside: dict[str, LeftOut] = field(default_factory=dict)  # the B-grade groups before ``first``, by group
    counting: dict[str, Counting] = field(default_factory=dict)  # by group
    graded: list[str] = field(default_factory=list)  # the incidents that are graded, sorted
    grades: dict[str, str] = field(default_factory=dict)  # of these
