"""Load what an answer about a contract rests on: what is stored and was known by the moment asked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from ledger.custody.custody import Custody
from ledger.domain.calendar import format_utc
from ledger.domain.clock import LATE
from ledger.domain.declare import dataclass, field
from ledger.domain.errors import Refusal
from ledger.domain.fact import ROLES, unknown_role
from ledger.domain.moments import FIRST_YEAR, LAST_YEAR, beijing_day
from ledger.domain.template import reading_known, template_of_facts
from ledger.projections.basis import Basis
from ledger.streams import SYSTEM, Streams


@dataclass(frozen=True, slots=True)
class Question:
    """A question: as of which day (today), by the knowledge of which moment (now), in whose view, under which readings.
    """

    as_of: date | None = None
    known_at: int | None = None
    as_seen_by: str | None = None
    readings: Mapping[str, str] = field(default_factory=dict)
    sensitivity: bool = False


TODAY = Question()


@dataclass(frozen=True, slots=True)
class Loader:
    """Loads contracts of one ledger; refuses where the ledger is not the one that was signed."""

    streams: Streams
    custody: Custody
    clock: Callable[[], int]

    def load(self, contract: str, question: Question = TODAY, *, of_system: bool = False, dated: bool = True) -> Basis:
        """What the answer rests on: the day and the moment asked about, facts and working days as known by then.

        A replica answers by what was known when its last fact was recorded: the same question to the server that it
        follows, with that ``known_at``, has the same answer.

        Refusal as for :meth:`askable`; CONTRACT_UNKNOWN_THEN, READING_UNKNOWN, READING_OPTION_UNKNOWN; TODAY_UNKNOWN
        where today is asked about, and the clock stands behind the contract's last fact by more than two minutes. Of
        what is not ``dated`` the day says nothing.
        """
        self._askable(contract, question, of_system=of_system)
        at = self.clock()
        until = self.streams.known_until(at)
        committed, notices = self.streams.known(contract)
        last = self.streams.moment(committed[-1]) if committed else 0
        if dated and question.as_of is None and at < last - LATE:
            raise Refusal("TODAY_UNKNOWN", "as_of", clock=format_utc(at), last=format_utc(last))
        now_known = max(until, last)  # a clock that stands behind what is recorded does not make it unknown
        asked = now_known if question.known_at is None else question.known_at
        known_at = min(asked, now_known) if until < at else asked  # a replica has nothing to say of what comes later
        facts = self.streams.known_by(committed, known_at)
        if not facts:
            raise Refusal("CONTRACT_UNKNOWN_THEN", contract=contract, moment=format_utc(known_at))
        for reading, option in question.readings.items():
            reading_known(template_of_facts(facts).readings, reading, option)
        return Basis(
            facts, self.streams.calendar(known_at, notices), question.as_of or beijing_day(at), known_at,
            question.as_seen_by, question.readings, question.sensitivity,
        )  # fmt: skip

    def askable(self, contract: str, question: Question, *, of_system: bool) -> None:
        """Raise Refusal CONTRACT_UNKNOWN, DATE_RANGE, ROLE_UNKNOWN, or Tampered ROLLED_BACK where nothing can be
        answered.
        """
        self._askable(contract, question, of_system=of_system)
        self.streams.corrected()

    def _askable(self, contract: str, question: Question, *, of_system: bool) -> None:
        if contract in SYSTEM and not of_system:
            raise Refusal("CONTRACT_UNKNOWN", "contract", contract=contract)
        if question.as_of is not None and not FIRST_YEAR <= question.as_of.year <= LAST_YEAR:
            raise Refusal("DATE_RANGE", "as_of", value=question.as_of.isoformat(), first=FIRST_YEAR, last=LAST_YEAR)
        if question.as_seen_by is not None and question.as_seen_by not in ROLES:
            raise unknown_role(question.as_seen_by, "as_seen_by")
        self.check()

    def day(self, question: Question = TODAY) -> date:
        """The day a question is about: the one it names, or today in Beijing."""
        return question.as_of or beijing_day(self.clock())

    def check(self) -> None:
        """Tampered ROLLED_BACK where the ledger is not the one signed last, FACTS_GONE where it lacks facts it had."""
        self.custody.remembered.check(asking=True)
