"""The contract's life between signature and end (art. 13)."""

from __future__ import annotations

from datetime import date

from ledger.agreements.beijing_government_cloud_2025.terms import TERMS
from ledger.domain.calendar import Deadline, corresponding_day, month_days
from ledger.domain.declare import NamedTuple, dataclass, field
from ledger.domain.fact import Fact
from ledger.domain.machine import ONE_DAY, Anomaly, End, Machine


@dataclass(slots=True)
class Proposal:
    """A renewal or termination proposed under 13.2; ``answer`` is the first answer it was given, which decides."""

    fact: Fact
    renewal: bool
    day: date  # ends_on or effective_on as proposed
    ends_on: date | None = None  # of the term, as it stood when the proposal was made
    answer: Fact | None = None
    accepted: bool = False
    notice: Deadline | None = None  # the last of the working days it needs, once it is accepted
    takes_effect_on: date | None = None  # of a termination, once accepted


class Start(NamedTuple):
    """The first day of the term, and the fact that started it; of days agreed, the registration that states them."""

    day: date
    fact: Fact

    @property
    def id(self) -> str:
        return self.fact.id


@dataclass(slots=True)
class Life:
    """Signatures, start, term and end; ``version`` changes whenever the operating period may have.

    ``last_day`` of a terminated contract is its last day of operation.
    """

    signed: dict[str, Fact] = field(default_factory=dict)
    effective_on: date | None = None
    trial_run: Fact | None = None
    start: Start | None = None
    renewed_to: date | None = None
    renewed_by: list[str] = field(default_factory=list)
    renewed_on: date | None = None
    before_renewal: tuple[date | None, list[str]] = (None, [])  # renewed_to and renewed_by
    ends_on: date | None = None
    terminated_on: date | None = None
    terminated_by: list[str] = field(default_factory=list)
    last_day: date | None = None
    from_lease: bool = False
    provisional: bool = False
    proposals: dict[str, Proposal] = field(default_factory=dict)
    version: int = 0
    awaits_ruled_end: bool = False
    unsigned: Anomaly | None = None  # in service without both signatures
    operating_period: tuple[date | None, date | None] = (None, None)
    """运营期间 (4.1): its first and its last day; None for what is not known yet."""

    def over_from(self, day: date) -> date | None:
        """The first day on which the contract is over, if it is over at the end of ``day``."""
        if self.terminated_on is not None and self.terminated_on <= day:
            return self.terminated_on
        if self.ends_on is not None and day > self.ends_on:
            return self.ends_on + ONE_DAY
        return None

    def term_ends_on(self, m: Machine, renewed_to: date | None) -> date | None:
        """The last day of the term by its start, the terms and the reading ``term-end`` as they are now; a renewal
        prevails."""
        term = TERMS.latest(m).term
        if term.ends_on is not None and self.effective_on is not None:
            return renewed_to or term.ends_on
        if self.start is None or term.months is None:
            return None
        if renewed_to is not None:
            return renewed_to
        last = corresponding_day(self.start.day, term.months)
        return last - ONE_DAY if m.agreement.latest.readings["term-end"] == "day-before" else last

    def _operates(self) -> tuple[date | None, date | None]:
        # 10(1) "在运营期间": from the trial run on, or from the lease on [operating-period]
        first = self.start if self.from_lease else self.trial_run
        starts = self.start.day if self.start is not None else None
        if first is not None and (starts is None or first.day < starts):
            starts = first.day
        return starts, self.last_day or self.ends_on

    def operating(self, day: date) -> bool:
        """Whether ``day`` is in the operating period."""
        return self._shares(day, day)

    def operating_month(self, month: str) -> bool:
        """Whether ``month`` (``YYYY-MM``) shares a day with the operating period."""
        return self._shares(*month_days(month))

    def _shares(self, start: date, end: date) -> bool:
        first, last = self.operating_period
        return first is not None and first <= end and (last is None or start <= last)

    def moved(self, m: Machine) -> None:
        """Note that the operating period may have changed, and with it everything judged by it."""
        trial, start = self.trial_run, self.start
        parted = trial is not None and (start is None or trial.day < start.day)
        self.from_lease = parted and m.agreement.latest.readings["operating-period"] == "from-lease"
        self.operating_period = self._operates()
        self.version += 1
        m.touched.update(("term", "incidents", "termination", "damages"))

    def terminate(
        self, m: Machine, day: date, by: list[str], *, last_day: date | None = None, provisional: bool = False
    ) -> bool:
        """The contract is terminated from ``day``, unless it is over already or a judgment has it otherwise.

        Its last day is the day before, or ``last_day``.
        """
        if self.over_from(day) is not None or self.terminated_on is not None or ruled_out(m, day):
            return False
        self.end(m, day, by, last_day=last_day, provisional=provisional)
        return True

    def end(
        self, m: Machine, day: date, by: list[str], *, last_day: date | None = None, provisional: bool = False
    ) -> None:
        """The contract is terminated from ``day``, whatever was before; what was agreed on that day renews nothing."""
        if self.renewed_on == day:
            self.renewed_to, self.renewed_by = self.before_renewal
            ends_on = self.term_ends_on(m, self.renewed_to)
            if ends_on is not None:
                self.move_end(m, ends_on)
        self.terminated_on = day
        self.terminated_by = by
        self.last_day = last_day if last_day is not None else day - ONE_DAY
        self.provisional = provisional
        self.moved(m)
        m.end(End(day, True, by))

    def move_end(self, m: Machine, ends_on: date) -> None:
        """The term now ends on ``ends_on``, and with it what is due by the end of the term."""
        if ends_on == self.ends_on:
            return
        self.ends_on = ends_on
        self.moved(m)
        self._run_out(m)
        m.wake(ends_on + ONE_DAY, "term", self._run_out)
        m.move_term(ends_on)

    def _run_out(self, m: Machine) -> None:
        """The term is over or, after a late renewal, no longer is."""
        if self.terminated_on is None:
            over = self.over_from(m.day)
            start = [self.start.id] if self.start is not None else []
            m.end(End(over, False, self.renewed_by or start) if over is not None else None)


class Ruled(NamedTuple):
    """What a final judgment of ``day`` says of a termination: from when, or that nothing ended the contract by then."""

    day: date
    terminated_on: date | None
    by: str


def ruled(m: Machine) -> Ruled | None:
    """What a judgment recorded later, or today, says of the days being swept (SPEC 2.4)."""
    said = m.hindsight.get("terminated_on")
    return said if isinstance(said, Ruled) else None


def ruled_out(m: Machine, day: date) -> bool:
    """Whether a judgment says that nothing ended the contract on ``day``, or that something else did."""
    said = ruled(m)
    return said is not None and day <= max(said.day, said.terminated_on or said.day)


@dataclass(slots=True)
class Months:
    """The reports of each month, and which months lay outside the operating period when last compared with it."""

    told: list[tuple[str, Fact]] = field(default_factory=list)
    outside: dict[str, Anomaly] = field(default_factory=dict)  # by fact
    within: tuple[date | None, date | None] = (None, None)
