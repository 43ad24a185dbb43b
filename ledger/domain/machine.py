"""A contract as a timed machine: its state while facts and timers pass (docs/architecture.md, the sweep).

The machine keeps obligations, timers and anomalies; the state of a clause is ``machine[State]``. ``day`` is the day
being handled. A timer is a day on which something happens, or may change in an answer, without a fact. ``view`` is the
view in which the facts stand, ``standing`` has claims and contests, ``positions`` lists where the views differ once
they were compared, ``compared`` since and until which day each of them holds. ``hindsight`` has what later days showed
of earlier ones (:meth:`Machine.look_back`).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from ledger.domain.agreement import Agreement
from ledger.domain.calendar import Calendar, Deadline
from ledger.domain.clause import Act
from ledger.domain.declare import NamedTuple, dataclass, field
from ledger.domain.fact import Fact
from ledger.domain.shown import Shown
from ledger.domain.standing import Standing
from ledger.domain.template import Template
from ledger.domain.view import View

ONE_DAY = timedelta(days=1)
PLACE = attrgetter("place")
State = TypeVar("State")


class End(NamedTuple):
    """The contract ended on ``day``, ``early`` or with its term, by the facts ``by``."""

    day: date
    early: bool
    by: list[str]


Ends = Literal["never", "early", "any"]


@dataclass(slots=True)
class Obligation:
    """Something that one party owes the other (SPEC 4.2).

    ``ends_with`` says which end of the contract discharges it: an early one, any, or none; ``within`` is the dotted
    path of the term that set its due day, where that differs from the one declared for its kind (``Duty.within``).
    """

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
    with_term: bool = False  # due when the term ends, and moves with it
    ends_with: Ends = "never"
    ended: End | None = None  # how the contract ended, if it did
    expected_until: date | None = None  # a measure of how long it takes, no deadline
    within: str | None = None

    @property
    def due_on(self) -> date | None:
        return self.due.due if self.due is not None else None

    @property
    def discharged_on(self) -> date | None:
        """The day from which it need no longer be performed, since the contract is over (SPEC 4.1, 民法典 557, 566).

        An obligation that was performed, breached or overdue by then is not discharged.
        """
        # 民法典 566 "合同解除后，尚未履行的，终止履行"; 557 "合同解除的，该合同的权利义务关系终止"
        end = self.ended
        if end is None or self.ends_with == "never" or (self.ends_with == "early" and not end.early) or self.cancelled:
            return None
        if self.standing:
            return None if self.breached else end.day
        if self.raised_on > end.day:
            return self.raised_on
        settled = self.due_on if self.settles_itself and not self.breached else self.settled_on
        by_then = (settled is not None and settled <= end.day) or (self.due_on is not None and self.due_on < end.day)
        return None if by_then else end.day

    def settled(self, day: date) -> date | None:
        discharged = self.discharged_on
        if discharged is not None and discharged <= day:
            return discharged
        if self.settles_itself and not self.breached and self.due_on is not None and day >= self.due_on:
            return self.due_on
        return self.settled_on

    @property
    def told_by(self) -> list[str]:
        """The facts that settled it, or that ended the contract with which it ends."""
        return self.ended.by if self.ended is not None and self.discharged_on is not None else self.settled_by

    def state(self, day: date) -> str:
        """pending, overdue, fulfilled, fulfilled_late, standing, breached, discharged or cancelled at the end of the
        day.
        """
        settled = self.settled(day)
        if self.cancelled:
            return "cancelled"
        discharged = self.discharged_on
        if discharged is not None and discharged <= day:
            return "discharged"
        if self.breached:
            return "breached"
        if self.standing:
            return "standing"
        if settled is not None:
            return "fulfilled" if self.due_on is None or settled <= self.due_on else "fulfilled_late"
        return "pending" if self.due_on is None or day <= self.due_on else "overdue"


@dataclass(slots=True)
class Anomaly:
    """A recorded fact that the contract does not provide for (SPEC 5)."""

    code: str
    fact: str
    seq: int
    on: date

    @property
    def place(self) -> tuple[date, int, str, str]:
        """The sort key of anomalies: by day, then number."""
        return self.on, self.seq, self.fact, self.code


class Machine(dict[type, Any]):
    """One contract, swept up to the end of ``day``; ``machine[State]`` is the state of the clause that declares it.

    State is looked up some ten thousand times a pass, hence a dictionary; it is made on first use.
    """

    __hash__, __eq__ = object.__hash__, object.__eq__  # type: ignore[assignment]

    def __init__(
        self, template: Template, agreement: Agreement, calendar: Calendar, registration: Fact, standing: Standing,
        view: View,
    ) -> None:  # fmt: skip
        self.template = template
        self.calendar = calendar
        self.registration = registration
        self.standing, self.view = standing, view
        self.then: Callable[[Machine, Fact], Machine] | None = None
        self.positions: list[dict[str, Any]] = []
        self.compared: list[tuple[date, date | None]] = []
        self.hindsight: dict[str, Hashable] = {}
        self.relived_until = date.min
        self._tried: list[dict[str, Hashable]] = []
        self._by_id: dict[str, Fact] = {}
        self._begin(agreement)

    def _begin(self, agreement: Agreement) -> None:
        self.clear()
        self.agreement = agreement
        self.day = date.min
        self.duties: dict[str, Obligation] = {}
        self.anomalies: Shown[Anomaly] = Shown(PLACE)
        self.ended: End | None = None
        self.effects: list[Act] = []  # what takes effect today, if it still does at the day's close
        self.years: set[int] = set()
        self.touched: set[str] = set()
        self._days: list[date] = []
        self._timers: dict[date, list[tuple[str, Act | None]]] = {}
        self._looks: set[tuple[date, str]] = set()
        self._seen_later: dict[str, Hashable] = {}
        for begin in self.template.begins:
            begin(self)

    if TYPE_CHECKING:

        def __getitem__(self, state: type[State]) -> State: ...

    def __missing__(self, state: type[State]) -> State:
        if state not in self.template.states:
            raise KeyError(state)
        return self.begin(state)

    def begin(self, state: type[State]) -> State:
        """Reset a clause's ``state``, to work it out from the start."""
        self[state] = begun = state()
        return begun

    def replaces(self, new: Fact, old: Fact) -> bool:
        """Whether ``new`` counts instead of ``old``, where both state the same thing, in the view swept (SPEC 2.4)."""
        return self.view.replaces(new, old)

    def prevailing(self, said: Iterable[Fact]) -> Fact:
        """The one that counts, in the view swept, of several facts that state the same thing (SPEC 2.4)."""
        return self.view.prevailing(said)

    def fact(self, id_: str) -> Fact:
        """A fact of the view swept, by its id."""
        if not self._by_id:
            self._by_id = {fact.id: fact for fact in self.view.facts}
        return self._by_id[id_]

    # -- what later facts show of earlier days ------------------------------------------------------

    def look_back(self, about: str, shown: Hashable) -> None:
        """Note that what counts today shows ``shown`` of an earlier day, where ``hindsight`` has something else
        ``about`` it.

        All days up to this one are then swept once more with that in ``hindsight``, so that no consequence of the
        contrary remains. Days swept again are not judged again by what was known on them.
        """
        if self.day >= self.relived_until and self.hindsight.get(about) != shown:
            self._seen_later[about] = shown

    def remember(self, about: str, shown: Hashable) -> None:
        """Note something of today, to be found in ``hindsight`` if today is swept again."""
        self.hindsight = {**self.hindsight, about: shown}

    def begin_again(self, agreement: Callable[[Mapping[str, Hashable]], Agreement]) -> bool:
        """Reset everything but ``hindsight``, if today showed something that was not in it; returns whether it did.

        ``agreement`` is the one registered, with what ``hindsight`` has. A state of ``hindsight`` that already led back
        here today is not tried again.
        """
        if not self._seen_later and self.day != self.relived_until:
            return False
        seen, self._seen_later = self._seen_later, {}
        hindsight = self.hindsight | seen
        if self.day != self.relived_until:
            self._tried = [self.hindsight]
        if hindsight in self._tried:
            return False
        self._tried.append(hindsight)
        self.hindsight = hindsight
        self.relived_until = self.day
        self._begin(agreement(hindsight))
        return True

    # -- obligations ------------------------------------------------------------------------------

    def oblige(
        self, kind: str, identifier: str | None, clause: str, obligor: str, due: Deadline | None, by: list[str], *,
        on: date, standing: bool = False, settles_itself: bool = False, with_term: bool = False,
        ends_with: Ends = "never", within: str | None = None,
    ) -> Obligation:  # fmt: skip
        """Raise an obligation; its state may change on the day after it is due."""
        id_ = f"{kind}:{identifier}" if identifier is not None else kind
        duty = Obligation(
            id_, kind, clause, obligor, on, due, by, standing=standing, settles_itself=settles_itself,
            with_term=with_term, ends_with=ends_with, ended=self.ended, within=within,
        )  # fmt: skip
        self.duties[id_] = duty
        self.touched.add("obligations." + id_)
        self.watch(duty)
        return duty

    def watch(self, duty: Obligation) -> None:
        """Set a timer for the day on which ``duty`` falls due."""
        if duty.due is not None:
            self.years.update(duty.due.years)
            self.wake(duty.due.due if duty.settles_itself else duty.due.due + ONE_DAY, "obligations." + duty.id)

    def settle(self, id_: str, fact: Fact) -> None:
        """``fact`` fulfils the obligation, unless it is settled already."""
        duty = self.duties.get(id_)
        if duty is not None and duty.settled_on is None and not duty.cancelled and not duty.breached:
            duty.settled_on = fact.day
            duty.settled_by = [fact.id]
            self.touched.add("obligations." + id_)

    def settle_by(self, id_: str, on: date, by: list[str]) -> None:
        """These facts together fulfil the obligation, since a day."""
        duty = self.duties.get(id_)
        if duty is not None and not duty.cancelled:
            duty.settled_on, duty.settled_by = on, by
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
            duty.settled_on = max(fact.day, duty.raised_on)
            duty.settled_by = [fact.id]
            self.touched.add("obligations." + id_)

    def breach(self, id_: str, on: date | None, by: list[str]) -> None:
        """The obligation is breached since ``on``; ``None`` withdraws the breach."""
        duty = self.duties.get(id_)
        if duty is not None:
            duty.breached = on is not None
            duty.settled_on = on
            duty.settled_by = by
            self.touched.add("obligations." + id_)

    def move_term(self, ends_on: date) -> None:
        """Obligations due at the end of the term are now due on ``ends_on``."""
        for duty in self.duties.values():
            if duty.with_term:
                duty.due = self.calendar.fixed(ends_on)
                self.touched.add("obligations." + duty.id)
                self.watch(duty)

    def end(self, end: End | None) -> None:
        """The contract is over or, after a late renewal, no longer over; obligations that last as long as it end with
        it.
        """
        if end == self.ended:
            return
        self.ended = end
        for duty in self.duties.values():
            duty.ended = end
            if duty.ends_with != "never":
                self.touched.add("obligations." + duty.id)

    def anomaly(self, code: str, fact: Fact) -> Anomaly:
        noted = Anomaly(code, fact.id, fact.seq, fact.day)
        self.anomalies.put(noted)
        self.touched.add("anomalies")
        return noted

    def no_anomaly(self, noted: Anomaly) -> None:
        """Withdraw an anomaly: by what is known now, the contract provides for the fact."""
        self.anomalies.drop(noted)
        self.touched.add("anomalies")

    # -- timers -----------------------------------------------------------------------------------

    def wake(self, day: date, section: str, act: Act | None = None) -> None:
        """Set a timer: on ``day`` ``section`` may change, after ``act`` if given. A past day means at once."""
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

    def look_again(self, day: date, section: str) -> None:
        """Note that ``section`` may change on a coming day; repeated calls count once."""
        if day > self.day and (day, section) not in self._looks:
            self._looks.add((day, section))
            self.wake(day, section)

    @property
    def next_timer(self) -> date | None:
        return self._days[0] if self._days else None

    def ring(self) -> list[str]:
        """Run the timers of the next day; returns the sections concerned."""
        self.day = heapq.heappop(self._days)
        sections = []
        for section, act in self._timers.pop(self.day):
            sections.append(section)
            if act is not None:
                act(self)
        self.touched.update(sections)
        return sections
