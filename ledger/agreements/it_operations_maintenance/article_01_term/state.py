"""The contract's life between signature and end (article 1)."""

from __future__ import annotations

from datetime import date

from ledger.domain.calendar import corresponding_day
from ledger.domain.declare import dataclass, field
from ledger.domain.fact import Fact
from ledger.domain.machine import ONE_DAY


@dataclass(slots=True)
class ServiceLife:
    """Signatures, the service period and the end.

    ``starts_on`` and ``ends_on`` are the term's, ``began_by`` is the acceptance that starts it, where one does;
    ``terminated_on`` is the day on which a notice or a judgment ended the contract, by the facts ``terminated_by``, and
    ``terminated_last`` its last day then. ``version`` changes whenever the service period may have.
    """

    signed: dict[str, Fact] = field(default_factory=dict)
    effective_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    began_by: Fact | None = None
    terminated_on: date | None = None
    terminated_last: date | None = None
    terminated_by: list[str] = field(default_factory=list)
    handed_over: Fact | None = None
    version: int = 0

    @property
    def last_day(self) -> date | None:
        """The contract's last day, as far as it is known."""
        return self.terminated_last if self.terminated_on is not None else self.ends_on

    @property
    def early_end(self) -> date | None:
        """The last day of a contract that was terminated."""
        return self.terminated_last if self.terminated_on is not None else None

    def over_on(self, day: date) -> bool:
        """Whether the contract's last day has passed by the end of ``day``."""
        return self.last_day is not None and day > self.last_day

    def in_service(self, first: date, last: date) -> bool:
        """Whether the days from ``first`` to ``last`` include one of the service period."""
        starts, ends = self.starts_on, self.last_day
        if starts is None or (ends is not None and ends < starts):  # it ended before it began
            return False
        return starts <= last and (ends is None or first <= ends)

    def period(self, months: int, number: int) -> tuple[date, date] | None:
        """First and last day of the ``number``-th year (12 ``months``) or quarter (3) of the service period."""
        starts, ends = self.starts_on, self.ends_on
        if starts is None or ends is None:
            return None
        first, after = (corresponding_day(starts, months * count) for count in (number - 1, number))
        if first >= ends and number > 1:
            return None
        return first, ends if after >= ends else after - ONE_DAY

    def quarters_of(self, year: int) -> list[int]:
        """The service quarters of a service year, as many as there are."""
        return [quarter for quarter in range(4 * year - 3, 4 * year + 1) if self.period(3, quarter) is not None]
