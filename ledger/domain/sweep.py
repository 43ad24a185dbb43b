"""The sweep: one pure pass over facts and timers, from which every conclusion follows (docs/architecture.md).

Facts come in order of (``on``, ``seq``). A rule about a day looks at the whole day (SPEC 4.8), so facts that such rules
look up (signatures, terms, the stage review …) are handled first, and what the whole day decides (declarations, grounds
under 10.4) is judged at its close. Where a later day shows that an earlier one went otherwise (a ground of a
declaration that became known only afterwards), all days up to it are swept once more with that in hindsight; a rule on
such a day finds the machine as it is then known to have been.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any

from ledger.domain.agreement import Agreement
from ledger.domain.calendar import Calendar
from ledger.domain.fact import Fact
from ledger.domain.facts.agreement import AmendmentAgreed, ContractRegistered, ReadingAgreed
from ledger.domain.judgments import RULED
from ledger.domain.machine import Machine
from ledger.domain.standing import Standing

AGREED = frozenset({AmendmentAgreed.__name__, ReadingAgreed.__name__})  # hold for the whole day: handled first
Step = Callable[[date, Fact | None], None]


class Sweep:
    """One pass over a contract; ``machine`` is the contract at the end of the last day handled."""

    def __init__(
        self, standing: Standing, role: str | None, calendar: Calendar, asked: Mapping[str, str],
        consulted: dict[str, None] | None = None, *, looks_back: bool = True,
    ) -> None:  # fmt: skip
        """Sweep the facts that stand as seen by ``role`` (None: of record); ``asked`` are the readings asked for.

        ``consulted``, where given, collects the readings that rules look up, in the order in which each is first looked
        up. ``looks_back``: rules may ask how the contract stood by what was known when a fact was recorded.
        """
        view = standing.view(role)
        facts = view.facts
        registration = next(fact for fact in facts if isinstance(fact.what, ContractRegistered))
        self._terms, self._asked, self._consulted = registration.what.terms, asked, consulted
        agreement = self._agreement({})
        template = agreement.template
        self.machine = Machine(template, agreement, calendar, registration, standing, view)
        self.machine.then = partial(_then, asked) if looks_back else None
        self._courses = template.courses
        in_order = sorted(facts, key=attrgetter("at"))  # stable: equal moments keep the order of seq
        self._days: list[tuple[date, list[Fact]]] = [
            (day, list(told)) for day, told in groupby(in_order, attrgetter("day"))
        ]
        self._next = 0
        self._reliving = False
        self._here: set[tuple[str, str]] = set()
        self._waiting: dict[tuple[str, str], list[Fact]] = {}
        self._at_close: list[Fact] = []

    def _agreement(self, hindsight: Mapping[str, Any]) -> Agreement:
        """The agreement as registered; readings that a court ruled hold throughout."""
        ruled = {about.removeprefix(RULED): one for about, one in hindsight.items() if about.startswith(RULED)}
        return Agreement(self._terms, self._asked, ruled, self._consulted)

    def advance(self, until: date, step: Step | None = None) -> None:
        """Handle every fact and timer up to the end of ``until``; ``step`` is called after each."""
        while True:
            while (day := self.next_day()) is not None and day <= until:
                self._handle_day(day, step)
            if self._reliving:
                return
            for look in self.machine.template.ahead:
                look(self.machine, until)
            if (ahead := self.next_day()) is None or ahead > until:
                return

    def next_day(self) -> date | None:
        """The next day that has a fact or a timer."""
        fact_day = self._days[self._next][0] if self._next < len(self._days) else None
        timer_day = self.machine.next_timer
        if fact_day is None or timer_day is None:
            return fact_day or timer_day
        return min(fact_day, timer_day)

    def stop_facts(self) -> None:
        """Leave out all further facts: only timers remain."""
        del self._days[self._next :]

    def _handle_day(self, day: date, step: Step | None) -> None:
        machine = self.machine
        if machine.next_timer == day:
            machine.ring()
            if step is not None:
                step(day, None)
        machine.day = day
        for fact in self._of_day(day):
            self._handle(fact)
            if step is not None and self._courses[fact.type].at_close is None:
                step(day, fact)
        self._close(day, step)

    def _of_day(self, day: date) -> list[Fact]:
        """The facts of a day in the order in which they are handled."""
        if self._next == len(self._days) or self._days[self._next][0] != day:
            return []
        facts, types = self._days[self._next][1], self.machine.template.first
        self._next += 1
        first = [fact for fact in facts if fact.type in types]
        if not first:
            return facts
        first.sort(key=lambda fact: fact.type not in AGREED)  # stable
        return first + [fact for fact in facts if fact.type not in types]

    def _handle(self, fact: Fact) -> None:
        waits_for, handlers, introduces, at_close = self._courses[fact.type]
        what = fact.what
        if waits_for is not None:
            about = (waits_for[0], getattr(what, waits_for[1]))
            if about not in self._here:
                self._waiting.setdefault(about, []).append(fact)
                return
        for handler in handlers:
            handler(self.machine, fact, what)
        if at_close is not None:
            self._at_close.append(fact)
        if introduces is not None:
            brought = (introduces[0], getattr(what, introduces[1]))
            self._here.add(brought)
            if brought in self._waiting:
                for waiting in self._waiting.pop(brought):
                    self._handle(waiting)

    def _close(self, day: date, step: Step | None) -> None:
        """Judge what the whole day decides."""
        machine, template = self.machine, self.machine.template
        for settle in template.settles:
            settle(machine)
        if machine.effects:
            for take_effect in machine.effects:
                take_effect(machine)
            machine.effects.clear()
        if self._at_close:
            self._judge(day, step)
        for close in template.closes:
            close(machine)
        self._relive(day)
        if step is not None:
            step(day, None)

    def _judge(self, day: date, step: Step | None) -> None:
        for fact in self._at_close:
            judge = self._courses[fact.type].at_close
            assert judge is not None
            judge(self.machine, fact, fact.what)
            if step is not None:
                step(day, fact)
        self._at_close.clear()

    def _relive(self, day: date) -> None:
        """If ``day`` showed that an earlier day went otherwise, sweep all days up to it again, without calling
        ``step``.
        """
        machine = self.machine
        if self._reliving:
            return
        duties = machine.duties
        while machine.begin_again(self._agreement):
            self._next = 0
            self._here.clear()
            self._waiting.clear()
            self._reliving = True
            self.advance(day)
            self._reliving = False
            machine.touched.update(*(section.marks for section in machine.template.sections.values()))
            machine.touched.update("obligations." + id_ for id_ in duties.keys() | machine.duties.keys())


def _then(asked: Mapping[str, str], m: Machine, fact: Fact) -> Machine:
    """The contract at the end of a fact's day, by what was known when it was recorded.

    The machine is handed over and not held: in a circle nothing is freed before the collector comes by.
    """
    known = Standing([one for one in m.standing.recorded if one.seq <= fact.seq])
    pass_ = Sweep(known, m.view.role, m.calendar, asked, looks_back=False)
    pass_.advance(fact.day)
    return pass_.machine
