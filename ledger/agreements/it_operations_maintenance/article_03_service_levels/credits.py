"""The credits of article 3: by availability of a system and month, by response to and resolution of a ticket."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from ledger.agreements.it_operations_maintenance.article_01_term.bounds import Bound, first_day, last_day
from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_03_service_levels.state import Levels, Ticket, Window
from ledger.agreements.it_operations_maintenance.article_07_cap.state import OwedItem
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.agreements.it_operations_maintenance.terms.tables import AllowedTime, CreditBand
from ledger.domain.because import Used
from ledger.domain.calendar import month_days
from ledger.domain.declare import NamedTuple
from ledger.domain.fact import PARTY_B, Fact
from ledger.domain.machine import Machine
from ledger.domain.moments import MINUTE, day_begins
from ledger.domain.money import Fen, round_half_up

HOUR = 60 * MINUTE
ONE_DAY = timedelta(days=1)


class MeasuredMonth(NamedTuple):
    """The availability of a system in a month as a share of one, and what it follows from; minutes are exact.

    ``total`` are those of the month's days in the service period, ``left_out`` those of announced maintenance;
    ``period`` are the facts that set the first or last day of service where it divides the month.
    """

    report: Fact
    share: Fraction
    total: Fraction
    downtime: Fraction
    left_out: Fraction
    windows: tuple[Window, ...]
    period: tuple[Fact, ...]
    terms: tuple[Used, ...]

    @property
    def percent(self) -> Fraction:
        return self.share * 100

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The report, and the announcements that left minutes out."""
        return (self.report, *(one.fact for one in self.windows))


def availability(m: Machine, month: str, system: str) -> MeasuredMonth | None:
    """None where nothing is reported of the month, or all of it was announced maintenance."""
    said = m[Levels].reports.get((month, system))
    if not said:
        return None
    report = m.prevailing(said)
    begins, ends = _in_service(m, month)
    total = Fraction(ends - begins, MINUTE)
    downtime = min(Fraction(report.what.downtime_minutes), total)
    # 3.1 "乙方至少提前 24 小时公告的维护时间，既不计入服务时间，也不计入不可用时间"
    windows = [one for one in m[Levels].within[month, system] if _in_time(m, one)]
    announced, used = _union(windows, begins, ends)
    left_out = min(Fraction(report.what.maintenance_minutes or 0), announced, downtime)
    if total == left_out:
        return None
    share, counting = (total - downtime) / (total - left_out), tuple(used) if left_out else ()
    cut = _cut(m, month)
    terms = [(one.fact.day, "service.maintenance_notice_hours") for one in counting]
    terms += [used for bound in cut for used in bound.terms]
    period = tuple(fact for bound in cut for fact in bound.facts)
    return MeasuredMonth(report, share, total, downtime, left_out, counting, period, tuple(terms))


def _in_service(m: Machine, month: str) -> tuple[int, int]:
    """When the month's days in the service period begin and end, in µs."""
    first, last = month_days(month)
    life = m[ServiceLife]
    if life.starts_on is None:  # by what is known now it has not begun
        return day_begins(first), day_begins(first)
    first = max(first, life.starts_on)
    if life.last_day is not None:
        last = min(last, life.last_day)
    return day_begins(first), max(day_begins(first), day_begins(last + ONE_DAY))


def _cut(m: Machine, month: str) -> list[Bound]:
    """What set the first or last day of service, where not all of the month is in service."""
    (first, last), life = month_days(month), m[ServiceLife]
    found = [first_day(m)] if life.starts_on is not None and first < life.starts_on else []
    return [*found, last_day(m)] if life.last_day is not None and life.last_day < last else found


def _in_time(m: Machine, window: Window) -> bool:
    hours = TERMS.on(m, window.fact.day).service.maintenance_notice_hours
    return window.fact.at + hours * HOUR <= window.begins


def _union(windows: list[Window], begins: int, ends: int) -> tuple[Fraction, list[Window]]:
    """How many minutes of a time lie in windows, and in which."""
    covered, reached, used = 0, begins, list[Window]()
    for one in sorted(windows, key=lambda one: (one.begins, one.fact.seq)):
        first, last = max(one.begins, begins), min(one.ends, ends)
        if first < last:
            used.append(one)
            covered += max(0, last - max(first, reached))
            reached = max(reached, last)
    return Fraction(covered, MINUTE), used


def band_of(m: Machine, measured: MeasuredMonth) -> CreditBand | None:
    """The band that applies: of several the lowest."""
    # 3.1 "适用多档的，按最高一档抵扣"
    bands = TERMS.on(m, measured.report.day).service.availability
    below = [one for one in bands if measured.percent < Fraction(one.below)]
    return min(below, key=lambda one: one.below, default=None)


def of_availability(m: Machine, month: str, system: str) -> Iterator[OwedItem]:
    measured = availability(m, month, system)
    band = band_of(m, measured) if measured is not None else None
    if measured is None or band is None:
        return
    day = measured.report.day
    fee = next((one.monthly_fee for one in TERMS.on(m, day).service.systems if one.system == system), None)
    if fee is not None:
        amount = round_half_up(Fraction(band.credit) * fee)
        yield OwedItem(
            f"availability-credit:{month}:{system}", "3.1", PARTY_B, amount, day, credit=True,
            window_from=month_days(month)[1], facts=measured.facts, period=measured.period,
            terms=((day, "service.availability"), (day, f"service.systems.{system}.monthly_fee"), *measured.terms),
        )  # fmt: skip


def of_ticket(m: Machine, ticket: Ticket) -> Iterator[OwedItem]:
    """What a ticket that was answered, or resolved, too late gives."""
    row = next(
        (one for one in TERMS.on(m, ticket.fact.day).service.priorities if one.priority == ticket.priority), None
    )
    if row is None:
        return
    told = (("response", row.respond, ticket.answered), ("resolution", row.resolve, ticket.resolved))
    for name, allowed, done in told:
        units = late_units(m, ticket, allowed, done) if done is not None else 0
        if done is not None and units:
            kind = "respond" if name == "response" else "resolve"
            yield OwedItem(
                f"{name}-credit:{ticket.id}", "3.2", PARTY_B, Fen(allowed.amount * units), done.day, credit=True,
                facts=(ticket.fact, done), terms=((ticket.fact.day, f"service.priorities.{row.priority}.{kind}"),),
                readings=((done.day, "late-hours"),) if allowed.per == "hour" else (),
            )  # fmt: skip


def late(ticket: Ticket, allowed: AllowedTime, done: Fact) -> int:
    """How much later than allowed something was done, in µs; exactly then is in time."""
    return max(0, done.at - ticket.fact.at - allowed.within_minutes * MINUTE)


def late_units(m: Machine, ticket: Ticket, allowed: AllowedTime, done: Fact) -> int:
    """How often the sum is due: once for a breach, or for each hour late."""
    # 3.2 "每逾期 1 小时"
    over = late(ticket, allowed, done)
    if allowed.per == "breach" or not over:
        return 1 if over else 0
    hours, rest = divmod(over, HOUR)
    return hours + 1 if rest and m.agreement.reading("late-hours", done.day) == "begun" else hours
