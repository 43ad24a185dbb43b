"""A contract as a timed machine: what it remembers while its facts and timers pass (ARCHITECTURE, the sweep).

Plain records only; what a clause does with them stands in :mod:`ledger.domain.clauses`. ``day`` is the day
being handled. A timer is a day on which something happens or may show, with nothing recorded that day.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from ledger.domain.agreement import Agreement
from ledger.domain.calendar import Calendar, Deadline
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


Act = Callable[["Machine"], None]


class Machine:
    """One contract, swept up to the end of ``day``."""

    def __init__(self, agreement: Agreement, calendar: Calendar, registration: Fact) -> None:
        self.agreement = agreement
        self.calendar = calendar
        self.registration = registration
        self.day = date.min
        self.life = Life()
        self.duties: dict[str, Obligation] = {}
        self.invoices: dict[str, Invoice] = {}
        self.payments: dict[str, Payment] = {}
        self.paid_by_invoice: dict[str, list[Payment]] = {}
        self.paid = 0
        self.invoiced: dict[int, int] = {}
        self.stage_review: Fact | None = None
        self.deployed: Fact | None = None
        self.notices: dict[str, Notice] = {}
        self.notice_grounds: list[NoticeGround] = []
        self.unsettled_grounds: list[Notice] = []  # 10.4 grounds that arose today, judged at the day's close
        self.declarations: list[Fact] = []  # today's, judged at the day's close
        self.effects: list[Act] = []  # what takes effect today, if it still does at the day's close
        self.heard: list[Fact] = []  # contests and acknowledgements that stand
        self.exercised: set[tuple[str, str]] = set()
        self.incidents: dict[str, Incident] = {}
        self.links: dict[str, set[str]] = {}  # root causes an incident was linked under, also before its day
        self.incidents_version = 0  # moves whenever grades or groups may have
        self.grouped: Grouped | None = None
        self.systems: dict[str, Fact] = {}
        self.absences: dict[str, list[Fact]] = {}
        self.staffing: dict[str, Fact] = {}
        self.dual_active_refused: list[Fact] = []
        self.availability: dict[tuple[str, str | None], Fact] = {}
        self.service_levels: dict[tuple[str, str | None], Fact] = {}
        self.assessments: dict[tuple[str, str | None], Fact] = {}
        self.complaints: dict[str, list[Fact]] = {}
        self.on_site: list[Fact] = []
        self.scale_outs: dict[str, ScaleOut] = {}
        self.scale_outs_named: dict[str, ScaleOut] = {}  # by identifier, and by the request's ref and id
        self.rework: list[str] = []
        self.below_floor: dict[str, Fact] = {}
        self.below_since: date | None = None
        self.healed: tuple[date | None, date | None] = (None, None)  # on which day, a breach since when
        self.leaks: list[Fact] = []
        self.security_review: Fact | None = None
        self.performed: dict[str, list[Fact]] = {}
        self.tallies: dict[str, Tally] = {}
        self.charges: dict[tuple[int, int, str | None, int], tuple[Fraction | None, Fen | None]] = {}
        self.damages_agreed: list[Fact] = []
        self.damages_settled: Fen = Fen(0)
        self.anomalies: list[Anomaly] = []
        self.contests: dict[str, set[str]] = {}
        self.years: set[int] = set()
        self.touched: set[str] = set()
        self._days: list[date] = []
        self._timers: dict[date, list[tuple[str, Act | None]]] = {}

    # -- obligations ------------------------------------------------------------------------------

    def oblige(
        self, kind: str, identifier: str | None, clause: str, obligor: str, due: Deadline | None, by: list[str], *,
        on: date, standing: bool = False, settles_itself: bool = False,
    ) -> Obligation:
        """Raise an obligation; its state may change the day after it is due."""
        id_ = f"{kind}:{identifier}" if identifier is not None else kind
        duty = Obligation(id_, kind, clause, obligor, on, due, by, standing=standing, settles_itself=settles_itself)
        self.duties[id_] = duty
        self.touched.add("obligations." + id_)
        self.watch(duty)
        return duty

    def watch(self, duty: Obligation) -> None:
        """Look at ``duty`` again when it falls due."""
        if duty.due is not None:
            self.years.update(duty.due.years)
            self.wake(duty.due.due if duty.settles_itself else duty.due.due + ONE_DAY, "obligations." + duty.id)

    def settle(self, id_: str, fact: Fact) -> None:
        """``fact`` fulfils the obligation, unless something did before."""
        duty = self.duties.get(id_)
        if duty is not None and duty.settled_on is None and not duty.cancelled and not duty.breached:
            duty.settled_on = fact.day
            duty.settled_by = [fact.id]
            self.touched.add("obligations." + id_)

    def reopen(self, id_: str) -> None:
        duty = self.duties.get(id_)
        if duty is not None and not duty.cancelled:
            duty.settled_on = None
            duty.settled_by = []
            self.touched.add("obligations." + id_)

    def cancel(self, id_: str, fact: Fact) -> None:
        duty = self.duties.get(id_)
        if duty is not None:
            duty.cancelled = True
            duty.settled_on = fact.day
            duty.settled_by = [fact.id]
            self.touched.add("obligations." + id_)

    def breach(self, id_: str, on: date | None, by: list[str]) -> None:
        """The obligation is breached since ``on``; ``None`` takes a breach back."""
        duty = self.duties.get(id_)
        if duty is not None:
            duty.breached = on is not None
            duty.settled_on = on
            duty.settled_by = by
            self.touched.add("obligations." + id_)

    def anomaly(self, code: str, fact: Fact) -> None:
        self.anomalies.append(Anomaly(code, fact.id, fact.seq, fact.day))
        self.touched.add("anomalies")

    def terminate(self, day: date, by: list[str], *, provisional: bool = False) -> bool:
        """The contract is terminated from ``day``, unless it is over already."""
        life = self.life
        if life.terminated_on is not None or (life.ends_on is not None and day > life.ends_on):
            return False
        life.terminated_on = day
        life.terminated_by = by
        life.provisional = provisional
        self.incidents_version += 1
        self.touched.update(("term", "incidents", "termination", "damages"))
        return True

    def term_moves(self, ends_on: date) -> None:
        """The term now ends on ``ends_on``, and with it what is due by the end of the term."""
        if ends_on == self.life.ends_on:
            return
        self.life.ends_on = ends_on
        self.incidents_version += 1
        self.touched.update(("term", "incidents", "termination", "damages"))
        self.wake(ends_on + ONE_DAY, "term")
        for id_ in ("security-review", "host-hardening", "host-scan"):
            if id_ in self.duties:
                self.duties[id_].due = self.calendar.fixed(ends_on)
                self.touched.add("obligations." + id_)
                self.watch(self.duties[id_])

    # -- timers -----------------------------------------------------------------------------------

    def wake(self, day: date, section: str, act: Act | None = None) -> None:
        """On ``day`` ``section`` may change; ``act``, if given, happens first. A past day means at once."""
        if day <= self.day:
            if act is not None:
                act(self)
            self.touched.add(section)
            return
        timers = self._timers.get(day)
        if timers is None:
            self._timers[day] = [(section, act)]
            heapq.heappush(self._days, day)
        else:
            timers.append((section, act))

    @property
    def next_timer(self) -> date | None:
        return self._days[0] if self._days else None

    def ring(self) -> list[str]:
        """Let the next day's timers go off; the sections they concern."""
        self.day = heapq.heappop(self._days)
        sections = []
        for section, act in self._timers.pop(self.day):
            sections.append(section)
            if act is not None:
                act(self)
        self.touched.update(sections)
        return sections
