"""Incidents, what ties them together, and how they are graded, grouped and counted (annex 1, 10.3)."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.facts import Measures
from ledger.domain.declare import NamedTuple, dataclass, field
from ledger.domain.fact import Fact, chronological
from ledger.domain.machine import PLACE
from ledger.domain.shown import Shown

Period = tuple[date | None, date | None]
"""The operating period's first and last day; None for what is not known yet."""


class InOperation(NamedTuple):
    """What of an incident lies in a period: its first day there and its measures, the minutes of it only.

    ``day`` is None, and the measures are all, where nothing lies there.
    """

    day: date | None
    measures: Measures


@dataclass(slots=True, eq=False)
class Incident:
    """An incident with its measures as they count and what ties it to others.

    ``stated`` is, by measure, the fact that states it. ``ties`` are the causes that tie it in the view swept,
    ``claimed`` those that tie it in party B's view only, ``untied`` those from which it was unlinked, each with the
    fact that says so. ``agreed`` and ``ruled`` are the grade that the parties agreed and a court ruled, ``decided_by``
    the fact behind the one that counts, ``had`` the first day on which it had a grade.

    As last grouped: ``day`` is its first day in the operating period (its report's day where it has none), ``event``
    all reports of the same event, by (on, seq), and ``counts`` whether its own measures count among them.
    """

    id: str
    fact: Fact
    kind: str
    measures: Measures
    facts: list[str]
    day: date
    stated: dict[str, Fact]
    assessments: list[Fact] = field(default_factory=list)
    agreements: list[Fact] = field(default_factory=list)
    ties: dict[str, Fact] = field(default_factory=dict)
    untied: dict[str, Fact] = field(default_factory=dict)
    claimed: dict[str, str] = field(default_factory=dict)
    agreed: str | None = None
    ruled: str | None = None
    decided_by: Fact | None = None
    had: dict[str, date] = field(default_factory=dict)
    counts: bool = True
    event: tuple[Incident, ...] = ()
    tied: frozenset[str] = frozenset()  # the causes it is found by, as last grouped
    spread: frozenset[Hashable] = frozenset()  # where and on which days it is found, as last grouped
    within: tuple[Measures, Period, InOperation] | None = None  # what of the measures lay in a period, as last asked

    @property
    def causes(self) -> frozenset[str]:
        """The causes that tie it to others in the view swept."""
        return frozenset(self.ties)

    @property
    def decided(self) -> str | None:
        """The grade that a court ruled, or else the parties agreed: A, B, none; None where neither did."""
        return self.ruled if self.ruled is not None else self.agreed

    @property
    def moment(self) -> tuple[int, int]:
        return chronological(self.fact)


@dataclass(slots=True, eq=False)
class Counted:
    """Incidents of the operating period that count as one: their highest grade, ``first`` the first that had it."""

    first: Incident
    grade: str
    members: list[Incident]
    day: date  # the first there of that grade

    @property
    def place(self) -> tuple[date, str]:
        """Listed by day, then incident."""
        return self.day, self.first.id

    @property
    def began(self) -> tuple[date, int, int]:
        """In order of what happened."""
        return self.day, *self.first.moment

    def same_event(self, one: Incident) -> bool:
        """Does ``first``, or a member before it, tell of the event that ``one`` tells of?"""
        before = self.members[: self.members.index(one)]
        return any(other in one.event for other in (self.first, *before))


@dataclass(slots=True, eq=False)
class Group:
    """Incidents that are one by 10.3: ``all_of_them`` and those of the operating period, by (on, seq).

    ``counted`` is how they count: as one, or each event by itself where 10.3 does not affect counting
    (``same-cause-count``).
    """

    all_of_them: list[Incident]
    members: list[Incident]
    grade: str | None  # the highest of the members'
    first: Incident | None  # the first member of that grade
    graded: bool  # some incident of the group is graded, inside the operating period or not
    counted: list[Counted]

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
    """The incidents graded and grouped, updated as they change.

    ``version`` is that of the term by which they were graded; when it changes, all are graded again. ``raw`` has the
    grade of each incident by its own measures, ``grades`` only of those whose measures count. ``changes`` are the
    groups added (true) and removed (false) since, in order; code that keeps something by group follows them with
    :meth:`since`.
    """

    version: int = -1
    raw: dict[str, str] = field(default_factory=dict)
    grades: dict[str, str] = field(default_factory=dict)  # graded incidents only
    of: dict[str, Group] = field(default_factory=dict)  # the group of every incident
    by_cause: dict[str, dict[str, Incident]] = field(default_factory=dict)
    by_place: dict[Hashable, dict[str, Incident]] = field(default_factory=dict)
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
        """Whether everything starts again, the changes not yet read, and the mark up to which they are then read."""
        now = self.version, len(self.changes)
        if read is None or read[0] != self.version:
            return True, self.changes[:], now
        return False, self.changes[read[1] :] if read != now else [], now


@dataclass(slots=True)
class Incidents:
    """Incidents by identifier; ``links`` are the facts that link and unlink each by a root cause, ``ruled`` the grades
    by judgments, both including those dated before it.

    ``moved`` are those whose grade or ties may have changed since they were last grouped, ``today`` those that facts of
    today concern.
    """

    reported: dict[str, Incident] = field(default_factory=dict)
    links: dict[str, dict[str, list[Fact]]] = field(default_factory=dict)
    ruled: dict[str, list[tuple[Fact, str]]] = field(default_factory=dict)
    moved: dict[str, None] = field(default_factory=dict)
    today: dict[str, None] = field(default_factory=dict)
    grouped: Grouped = field(default_factory=Grouped)


@dataclass(slots=True)
class LeftOut:
    """An incident that does not count, why, and which one counts in its place."""

    incident: Incident
    reason: str
    counted_as: str | None
    day: date

    @property
    def place(self) -> tuple[date, str]:
        return self.day, self.incident.id


@dataclass(slots=True)
class Tally:
    """What counts and what does not, by day and incident, as far as the groups were ``read``.

    ``b`` are those that count as B; those from ``first`` on count. ``never`` are, by group, the incidents that never
    do, ``listed`` those that are graded.
    """

    read: Read | None = None
    first: date = date.min
    b: list[Counted] = field(default_factory=list)
    counted: Shown[Counted] = field(default_factory=lambda: Shown(PLACE))
    excluded: Shown[LeftOut] = field(default_factory=lambda: Shown(PLACE))
    never: dict[str, list[LeftOut]] = field(default_factory=dict)
    listed: dict[str, list[str]] = field(default_factory=dict)
    outside: dict[str, LeftOut] = field(default_factory=dict)  # B-grade ones before ``first``, by their first incident
    graded: list[str] = field(default_factory=list)  # the incidents that are graded, sorted
    grades: dict[str, str] = field(default_factory=dict)  # of these
