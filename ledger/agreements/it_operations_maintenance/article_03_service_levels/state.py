"""Maintenance announced, availability reported, tickets (article 3)."""

from __future__ import annotations

from ledger.agreements.it_operations_maintenance.terms.shape import MAJOR
from ledger.domain.calendar import month_days
from ledger.domain.declare import dataclass, field
from ledger.domain.fact import Fact, chronological
from ledger.domain.machine import ONE_DAY
from ledger.domain.moments import day_begins


@dataclass(slots=True)
class Window:
    """Maintenance announced of a system: from ``begins`` to ``ends``, µs since the Unix epoch."""

    fact: Fact
    system: str
    begins: int
    ends: int

    def lies_in(self, month: str) -> bool:
        first, last = month_days(month)
        return self.begins < day_begins(last + ONE_DAY) and day_begins(first) < self.ends


@dataclass(slots=True)
class Levels:
    """Maintenance windows as announced, and reports by month and system, of which one counts; ``within`` has the
    windows that lie in a month reported, at least in part.
    """

    windows: list[Window] = field(default_factory=list)
    reports: dict[tuple[str, str], list[Fact]] = field(default_factory=dict)
    within: dict[tuple[str, str], list[Window]] = field(default_factory=dict)


@dataclass(slots=True)
class Ticket:
    """A ticket, the first answer to it, and what resolved it first."""

    id: str
    fact: Fact
    system: str
    priority: str
    responded: Fact | None = None
    resolved: Fact | None = None

    @property
    def answered(self) -> Fact | None:
        """The earlier of response and resolution."""
        told = [one for one in (self.responded, self.resolved) if one is not None]
        return min(told, key=chronological, default=None)


@dataclass(slots=True)
class Tickets:
    """Tickets of the service period, by identifier; ``unresolved`` are those still open."""

    tickets: dict[str, Ticket] = field(default_factory=dict)
    unresolved: dict[str, Ticket] = field(default_factory=dict)

    @property
    def major_open(self) -> bool:
        """Whether a major incident is open."""
        # 3.2 "P1 级为重大事件"
        return any(ticket.priority == MAJOR for ticket in self.unresolved.values())
