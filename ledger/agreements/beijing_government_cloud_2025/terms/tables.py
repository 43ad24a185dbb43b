"""The terms of one contract as immutable values: one class per table of the terms file (SPEC 2.3).

Attribute names are the TOML keys (``A`` and ``B`` of a grade table are ``a`` and ``b``). Money is in
:class:`~ledger.domain.money.Fen`; shares, percentages, rates and quantities are exact ``Decimal``;
periods and counts are ``int``. Only :func:`ledger.domain.terms.parse_terms` should build them: what it
returns has been checked as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from ledger.domain.bands import Band, band_of
from ledger.domain.declare import record
from ledger.domain.money import Fen
from ledger.domain.terms import Contract, Party


@record
class Instalment:
    """One instalment of the price (Art. 9.1); ``requires`` must have passed before its invoice conforms.

    That is ``deployment``, ``stage-review``, or acceptances by their names.
    """

    number: int
    amount: Fen
    requires: tuple[str, ...] = ()


@record
class PaymentTerms:
    """The price, its tax rate as a share of one, and how it is paid (Art. 9).

    Without ``tax_rate`` no invoice is held against one; without ``pay_within_working_days`` an invoice is due on no
    day of its own; without ``stage_review_by`` there is neither a deployment nor a stage-review obligation.
    """

    total: Fen
    currency: str
    tax_rate: Decimal | None = None
    pay_within_working_days: int | None = None
    stage_review_by: date | None = None
    instalments: tuple[Instalment, ...]


@record
class Term:
    """How long the contract runs (Art. 13.1): from ``starts_on`` to ``ends_on``, that day included, or ``months``.

    Months run from what the term ``starts_with``, the ``lease`` or ``billing``. Beside the days they are what the base
    of annex 2 is divided by.
    """

    months: int | None = None
    starts_with: str = "lease"
    starts_on: date | None = None
    ends_on: date | None = None


@record
class Periods:
    """The periods of Arts. 4.2, 6.2, 6.6, 7.2, 11.1, 11.2, 13.2 and annex 3 row 4; units are in the names.

    What one that is left out would set does not arise. Scale-out is stated in days or in working days.
    """

    trial_run_days: int | None = None
    rework_days: int | None = None
    return_materials_working_days: int | None = None
    scale_out_days: int | None = None
    scale_out_working_days: int | None = None
    exit_notice_months: int | None = None
    termination_notice_working_days: int | None = None
    switchover_months: int | None = None


@record
class SystemFloors:
    """The least promised of one system, whatever is promised of the platform; None: not promised."""

    system: str
    availability: Decimal | None = None
    data_reliability: Decimal | None = None


@record
class QualityTerms:
    """The floors of Art. 6.3, in per cent (``99.99``): of the platform, and of single systems; None: not promised."""

    availability: Decimal | None = None
    data_reliability: Decimal | None = None
    systems: tuple[SystemFloors, ...] = ()

    def of(self, system: str | None) -> QualityTerms | SystemFloors | None:
        """What is promised of a system, of the platform for None."""
        if system is None:
            return self
        return next((one for one in self.systems if one.system == system), None)


@record
class Termination:
    """How many A and B incidents open the right to terminate (Arts. 10.1, 10.2); the window is in months."""

    a_incidents: int
    b_incidents: int
    b_window_months: int = 12


@record
class OutageGrade:
    """What makes an outage this grade (annex 1): share above, people and loss from; the share is of one."""

    systems_share_over: Decimal
    people_from: int
    loss_from: Fen


@record
class Outage:
    """Annex 1, 服务中断: the least duration in minutes and the two grades."""

    minutes: int
    a: OutageGrade
    b: OutageGrade


@record
class Tampering:
    """Annex 1, 重大篡改事件: the least duration in minutes."""

    minutes: int


@record
class DataLossGradeA:
    """Annex 1, 数据丢失, grade A: more systems than this, of at least this level of protection (等保)."""

    systems_over: int
    mlps_level_from: int


@record
class DataLossGradeB:
    """Annex 1, 数据丢失, grade B: from this many systems on."""

    systems_from: int


@record
class DataLoss:
    """Annex 1, 数据丢失: data of more than so many months, and the two grades."""

    months_over: Decimal
    a: DataLossGradeA
    b: DataLossGradeB


@record
class IntrusionGradeA:
    """Annex 1, 恶意入侵攻击, grade A: the level of protection (等保) from which it counts."""

    mlps_level_from: int


@record
class Intrusion:
    """Annex 1, 恶意入侵攻击: within how many hours of the notice it had to be handled, and grade A."""

    hours: int
    a: IntrusionGradeA


@record
class Grades:
    """Annex 1. A kind whose table is absent is never graded under this contract."""

    outage: Outage | None = None
    tampering: Tampering | None = None
    data_loss: DataLoss | None = None
    intrusion: Intrusion | None = None


@record
class DamagesRow:
    """One row of annex 2 or 3: a rule, its parameters, its rate as a share of the base (``2.00``: 200 %).

    ``over`` and ``under`` are minutes, both exclusive, ``from_`` and ``to`` inclusive. A rule has the parameters
    that :data:`.shape.RULE_KEYS` names; the others are None.
    """

    row: int
    rule: str
    rate: Decimal
    availability: Decimal | None = None
    data_reliability: Decimal | None = None
    over: int | None = None
    from_: int | None = None
    under: int | None = None
    to: int | None = None
    count: int | None = None
    minutes: int | None = None

    @property
    def band(self) -> Band:
        """The minutes a banded rule's row is about; TypeError for a row of another rule."""
        ends = {"over": self.over, "from": self.from_, "under": self.under, "to": self.to}
        found = band_of({key: end for key, end in ends.items() if end is not None})
        if found is None:
            raise TypeError(f"row {self.row} ({self.rule}) has no band")
        return found


@record
class DamagesTerms:
    """Liquidated damages: ``material`` is annex 2 (重大违约行为), ``general`` annex 3 (一般违约行为).

    ``by_rule`` has the rows of each rule, bands in ascending order, each with the number of its annex.
    """

    material: tuple[DamagesRow, ...] = ()
    general: tuple[DamagesRow, ...] = ()
    by_rule: Mapping[str, tuple[tuple[int, DamagesRow], ...]]


@record
class OrderLine:
    """One line of the order (annex 4): ``total`` = unit price in yuan × quantity × periods, exactly.

    ``periods`` are months, or times for a service priced per time.
    """

    part: str
    service: str
    name: str
    unit_price: Decimal
    quantity: Decimal
    periods: int
    total: Fen


@record
class OrderTerms:
    """Annex 4; empty where the contract has none."""

    lines: tuple[OrderLine, ...] = ()


@record
class CloudTerms:
    """The parameters of one contract, checked as a whole. ``parties`` has ``party_a`` and ``party_b``.

    ``readings`` holds only the readings this contract settles otherwise than by default. Without ``quality`` nothing
    is promised of it.
    """

    contract: Contract
    parties: dict[str, Party]
    payment: PaymentTerms
    term: Term
    periods: Periods = Periods()
    quality: QualityTerms | None = None
    termination: Termination | None = None
    grades: Grades = Grades()
    readings: dict[str, str]
    damages: DamagesTerms
    order: OrderTerms = OrderTerms()
