"""What a contract's machine remembers: plain records; what a clause does with them stands in the clauses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from ledger.domain.calendar import Deadline
from ledger.domain.facts import Fact, Measures
from ledger.domain.money import Fen
from ledger.domain.terms import OrderLine

ONE_DAY = timedelta(days=1)


@dataclass(slots=True)
class Obligation:
    """Something one party owes the other (SPEC 4.2)."""

    id: str
    kind: str
    clause: str
    obligor: str
    raised_on: date
    due: Deadline | None
    raised_by: list[str]
    settled_on: date | None = None
    settled_by: list[str] = field(default_factory=list)
    standing: bool = False  # lasts as long as the contract, or for ever
    breached: bool = False
    cancelled: bool = False
    settles_itself: bool = False  # fulfilled by its own day passing without a breach

    @property
    def due_on(self) -> date | None:
        return self.due.due if self.due is not None else None

    def settled(self, day: date) -> date | None:
        if self.settles_itself and not self.breached and self.due_on is not None and day >= self.due_on:
            return self.due_on
        return self.settled_on

    def state(self, day: date) -> str:
        """pending, overdue, fulfilled, fulfilled_late, standing, breached or cancelled at the end of ``day``."""
        settled = self.settled(day)
        if self.cancelled:
            return "cancelled"
        if self.breached:
            return "breached"
        if self.standing:
            return "standing"
        if settled is not None:
            return "fulfilled" if self.due_on is None or settled <= self.due_on else "fulfilled_late"
        return "pending" if self.due_on is None or day <= self.due_on else "overdue"


@dataclass(slots=True)
class Proposal:
    """A renewal or termination proposed under 13.2."""

    fact: Fact
    renewal: bool
    day: date  # ends_on or effective_on as proposed
    ends_on: date | None = None  # of the term, as it stood when the proposal was made
    accepted: bool = False
    takes_effect_on: date | None = None  # of a termination, once accepted


@dataclass(slots=True)
class Exit:
    """An exit party B asked for under 11.1."""

    request: str
    fact: Fact
    exit_on: date
    earliest_on: date
    permitted: bool | None = None
    consent: Fact | None = None
    withdrawn: bool = False


@dataclass(slots=True)
class Life:
    """Where the contract stands between signature and switch-over (arts. 11 and 13)."""

    signed: dict[str, Fact] = field(default_factory=dict)
    effective_on: date | None = None
    trial_run: Fact | None = None
    lease: Fact | None = None
    renewed_to: date | None = None
    renewed_by: list[str] = field(default_factory=list)
    ends_on: date | None = None
    terminated_on: date | None = None
    terminated_by: list[str] = field(default_factory=list)
    provisional: bool = False
    switched_over: Fact | None = None
    proposals: dict[str, Proposal] = field(default_factory=dict)
    exits: dict[str, Exit] = field(default_factory=dict)
    exited: Exit | None = None

    def over_from(self, day: date) -> date | None:
        """The first day on which the contract is over, if it is over at the end of ``day``."""
        if self.terminated_on is not None and self.terminated_on <= day:
            return self.terminated_on
        if self.ends_on is not None and day > self.ends_on:
            return self.ends_on + ONE_DAY
        return None

    def operating(self, day: date) -> bool:
        """Is ``day`` of the operating period 运营期间: earlier of trial run and lease start, to the end (4.1)?"""
        starts = [fact.day for fact in (self.trial_run, self.lease) if fact is not None]
        if not starts or day < min(starts):
            return False
        last = self.terminated_on or self.ends_on
        return last is None or day <= last


@dataclass(slots=True)
class Invoice:
    """An invoice as judged at its own moment (art. 9)."""

    id: str
    fact: Fact
    amount: Fen
    instalment: int
    conforming: bool
    voided: bool = False
    paid: int = 0  # fen received and not returned


@dataclass(slots=True)
class Payment:
    """A payment and whether it came back."""

    fact: Fact
    invoice: str
    amount: Fen
    returned: bool = False


@dataclass(slots=True)
class Notice:
    """A rectification notice and how it was answered (10.4)."""

    id: str
    fact: Fact
    ground: str
    about: str | None
    deadline: date
    completed: Fact | None = None
    unheeded_on: date | None = None


@dataclass(slots=True)
class NoticeGround:
    """A ground under 10.4 as it arose: supported or not, and by which facts."""

    notice: str
    arose_on: date
    supported: bool
    because: list[str]


@dataclass(slots=True)
class Incident:
    """An incident with its measures as last assessed and what ties it to others (annex 1, 10.3)."""

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
    """The incidents graded and grouped, true while ``version`` is that of the machine's incidents."""

    version: int
    grades: dict[str, str]  # graded incidents only
    groups: list[Group]
    graded: list[Group]  # those with a graded incident


@dataclass(slots=True)
class ScaleOut:
    """A scale-out asked for, its due day and its completion (annex 3 row 4)."""

    fact: Fact
    due: date
    completed: Fact | None = None


@dataclass(slots=True)
class Tally:
    """A per-time service of annex 4: what was performed of what was ordered."""

    line: OrderLine
    units: int = 0
    times: dict[str, int] = field(default_factory=dict)  # by host, where hosts are named
    short: int = 0  # hosts named that have not had their times yet
    facts: list[str] = field(default_factory=list)
    undone: tuple[date | None, date | None, list[str]] = (None, None, [])  # on which day, fulfilled since when, by


@dataclass(slots=True)
class Anomaly:
    """Something recorded that the contract does not provide for (section 5)."""

    code: str
    fact: str
    seq: int
    on: date
