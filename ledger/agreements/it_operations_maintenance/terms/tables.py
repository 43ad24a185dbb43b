"""The terms of one contract, as rules read them (SPEC 9.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ledger.domain.declare import record
from ledger.domain.money import Fen, round_half_up
from ledger.domain.terms import Contract, Party


@record
class ServicePeriod:
    """From and to, or so many months from the acceptance of a stage (article 1), or from a day not stated."""

    from_: date | None = None
    to: date | None = None
    months: int | None = None
    accepted: str | None = None


@record
class Stage:
    """A named acceptance, and by when it is to be passed, if that is said."""

    stage: str
    name: str
    by: date | None = None


@record
class PricePart:
    """A part of the price: its sum or share, after what it is paid and within how long (article 2)."""

    number: int
    share: Decimal | None = None
    amount: Fen | None = None
    after: str
    stage: str | None = None
    year: int | None = None
    assessed: bool = False
    days: int | None = None
    working_days: int | None = None
    months: int | None = None
    requires: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        """In what it is said within how long it is to be paid: ``days``, ``working_days``, ``months``."""
        return "working_days" if self.working_days is not None else "months" if self.months is not None else "days"


@record
class Price:
    """What is paid, in parts."""

    total: Fen
    currency: str
    tax_rate: Decimal | None = None
    parts: tuple[PricePart, ...]

    def sum_of(self, part: PricePart) -> Fen:
        """What a part comes to, before any coefficient."""
        return part.amount if part.amount is not None else share_of(part.share or Decimal(0), self.total)


def share_of(share: Decimal, total: Fen) -> Fen:
    return round_half_up(Fraction(share) * total)


@record
class ServedSystem:
    """A system in operation and its monthly fee."""

    system: str
    name: str
    monthly_fee: Fen


@record
class CreditBand:
    """Below so many per cent, so much of the monthly fee is credited (3.1)."""

    row: int
    below: Decimal
    credit: Decimal


@record
class AllowedTime:
    """Within how many minutes, and the sum for each breach or each hour late (3.2)."""

    within_minutes: int
    amount: Fen
    per: str


@record
class Priority:
    """How fast tickets of a priority are answered and resolved."""

    priority: str
    respond: AllowedTime
    resolve: AllowedTime


@record
class Service:
    """Service levels (article 3)."""

    maintenance_notice_hours: int = 0
    systems: tuple[ServedSystem, ...] = ()
    availability: tuple[CreditBand, ...] = ()
    priorities: tuple[Priority, ...] = ()


@record
class CoefficientRow:
    """From a score on, the coefficient (4.2)."""

    row: int
    from_: Decimal
    coefficient: Decimal


@record
class Assessment:
    """The table of coefficients (article 4)."""

    coefficients: tuple[CoefficientRow, ...]


@record
class Delay:
    """The rate for each day late and the cap, as shares of what is late (article 5)."""

    rate_per_day: Decimal
    cap: Decimal


@record
class Bond:
    """The performance bond (article 6)."""

    amount: Fen
    pay_within_days: int
    return_within_days: int


@record
class Cap:
    """The cap on what either party owes, as a share of the total (article 7)."""

    share: Decimal


@record
class Shortfall:
    """So many months below a floor within so many months (8.1)."""

    below: Decimal
    months: int
    within_months: int


@record
class LowScores:
    """So many scores below a floor (8.2)."""

    below: Decimal
    count: int


@record
class TerminationRights:
    """When either party may terminate, and how many days after its notice arrived the contract ends (article 8)."""

    notice_days: int
    availability: Shortfall | None = None
    scores: LowScores | None = None
    cap_reached: bool = False
    payment_late_days: int | None = None


@record
class WithinDays:
    """A period of days: of the hand-over (article 9), of the claim for a credit (article 10)."""

    within_days: int


@record
class OperationsTerms:
    """The terms of one contract."""

    contract: Contract
    parties: Mapping[str, Party]
    readings: Mapping[str, str]
    term: ServicePeriod
    stages: tuple[Stage, ...]
    price: Price
    service: Service
    assessment: Assessment | None
    delay: Delay | None
    bond: Bond | None
    cap: Cap | None
    termination: TerminationRights | None
    handover: WithinDays | None
    credits: WithinDays | None
