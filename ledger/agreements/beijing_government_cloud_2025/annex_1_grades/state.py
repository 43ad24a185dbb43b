"""Incidents, what ties them together, and how they are graded and grouped (annex 1, 10.3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.facts import Measures
from ledger.domain.fact import Fact


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
    def day(self) -> date:
        assert self.first is not None
        return self.first.day


@dataclass(slots=True)
class Grouped:
    """The incidents graded and grouped, true while ``version`` is that of the incidents and of the term."""

    version: tuple[int, int]
    grades: dict[str, str]  # graded incidents only
    groups: list[Group]
    graded: list[Group]  # those with a graded incident


@dataclass(slots=True)
class Incidents:
    """Incidents by identifier; ``links`` are root causes an incident was linked under, also before its day.

    ``version`` moves whenever grades or groups may have.
    """

    reported: dict[str, Incident] = field(default_factory=dict)
    links: dict[str, set[str]] = field(default_factory=dict)
    version: int = 0
    grouped: Grouped | None = None
