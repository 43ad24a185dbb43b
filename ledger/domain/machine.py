"""A contract as a timed machine: what it remembers while its facts and timers pass (ARCHITECTURE, the sweep).

Its records are plain (:mod:`ledger.domain.state`); what a clause does with them stands in
:mod:`ledger.domain.clauses`. ``day`` is the day being handled. A timer is a day on which something happens
or may show, with nothing recorded that day.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import date
from fractions import Fraction

from ledger.domain.agreement import Agreement
from ledger.domain.calendar import Calendar, Deadline
from ledger.domain.facts import Fact
from ledger.domain.money import Fen
from ledger.domain.state import (
    ONE_DAY,
    Anomaly,
    Grouped,
    Incident,
    Invoice,
    Life,
    Notice,
    NoticeGround,
    Obligation,
    Payment,
    ScaleOut,
    Tally,
)

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
