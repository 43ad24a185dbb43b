"""How an item is made: base and amount, what it rests on, and what lies in the operating period (SPEC 4.6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.because import (
    amended_grade,
    readings_of,
    settled_by,
    terms_of,
)
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Incident, Incidents
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.facts import SystemRegistered
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import (
    Base,
    Item,
    Measured,
    Origin,
    occurrences_of,
)
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.state import Reports
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.terms import ANNEXES, TERMS, DamagesRow
from ledger.domain.because import Used, because
from ledger.domain.calendar import corresponding_day, month_number
from ledger.domain.fact import Fact, chronological
from ledger.domain.machine import ONE_DAY, Machine
from ledger.domain.moments import MINUTE, day_begins
from ledger.domain.money import round_half_up

CONSEQUENCE = {2: "major", 3: "problem"}  # 造成重大影响/事故 | 出现问题但未造成重大影响
Minutes = Decimal | int


def make(
    m: Machine, annex: int, row: DamagesRow, completed_by: Fact, system: str | None, origins: Iterable[Origin],
    facts: Sequence[Fact], measured: Iterable[Measured], *, day: date | None = None, suffix: str = "",
    incidents: Sequence[Incident] = (), unheeded_on: date | None = None,
) -> Item:  # fmt: skip
    """Make an item that ``facts`` and ``incidents`` raise and rest on; ``day`` is the first day of an incident in the
    operating period, where that is not the day of the fact that completed it.

    A damages base uses total and months of the day the item was completed (SPEC 4.8).
    """
    day = day if day is not None else completed_by.day
    base = base_of(m, annex, system, day)
    rested = list(dict.fromkeys(origins))
    if rested:  # of one fact, one occurrence
        rested = list(dict.fromkeys([*rested, ("fact", completed_by.ref)]))
    terms, readings = _used(m, annex, row, day, incidents) if m.agreement.changed else ((), ())
    settled = [fact for incident in incidents for fact in settled_by(m, incident)]
    told = because(m, [*facts, *settled], terms=terms, readings=readings)
    raised_by = dict.fromkeys(fact.id for fact in sorted(facts, key=chronological))
    return Item(
        f"a{annex}-r{row.row}:{completed_by.ref}{suffix}", annex, row, system, day, base,
        None if base is None else round_half_up(base.each * Fraction(row.rate)), told, list(raised_by), completed_by,
        tuple(measured), tuple(rested), occurrences_of(rested, m[Incidents].grouped.of), unheeded_on,
    )  # fmt: skip


READ: dict[str, tuple[str, ...]] = {
    "availability": ("data-reliability-floor",), "repeated-complaints": ("data-reliability-floor",),
    "response": ("band-gaps",), "recovery": ("band-gaps",), "on-site-absence": ("band-gaps",),
    "repeated-outages": ("consecutive-outages", "repeated-outages"), "late-scale-out": ("natural-days",),
}  # fmt: skip
"""The readings that a rule consults on the day of its item."""


def readings_for(m: Machine, rule: str, day: date) -> tuple[str, ...]:
    """The readings that a rule consults on a day; working days need none of those on natural days."""
    in_working_days = rule == "late-scale-out" and TERMS.on(m, day).periods.scale_out_working_days is not None
    return () if in_working_days else READ.get(rule, ())


def _used(
    m: Machine, annex: int, row: DamagesRow, day: date, incidents: Iterable[Incident]
) -> tuple[list[Used], list[Used]]:  # fmt: skip
    """The terms that set the row and the base, and the readings consulted for both.

    Also those that decide whether an incident is graded, on which depends whether it raises a row.
    """
    terms = [(day, f"damages.{ANNEXES[annex]}.{row.row}")]
    readings = [(day, reading) for reading in readings_for(m, row.rule, day)]
    if annex == 2:
        terms += [(day, "payment.total"), (day, "term.months")]
        readings.append((day, "base-months"))
    for incident in incidents:
        readings += readings_of(m, incident)
        if amended_grade(m, incident):
            terms += terms_of(m, incident)
        if incident.id in m[Incidents].grouped.grades:
            readings.append((incident.day, "graded-damages"))
    return terms, readings


def base_of(m: Machine, annex: int, system: str | None, day: date) -> Base | None:
    if annex == 2:  # 附件2 "取费基数:服务协议总金额/服务月数"
        terms = TERMS.on(m, day)
        months = _months(m, day) or terms.term.months
        return Base("total", terms.payment.total, months) if months is not None else None  # rows ask for months
    registered = m[Reports].systems.get(system) if system is not None else None
    if registered is None:
        return None
    what = registered.what
    assert isinstance(what, SystemRegistered)
    return Base("fee", what.annual_fee, 12, registered.id)  # 附件3 "取费基数为某业务系统的月均云服务费"


def _months(m: Machine, day: date) -> int | None:
    """The months from the start to the end of the term, a part counting as one, by the reading ``extended-term``."""
    life = m[Life]
    if life.start is None or life.ends_on is None:
        return None
    start, ends_on = life.start.day, life.ends_on
    months = (ends_on.year - start.year) * 12 + ends_on.month - start.month
    months = months + 1 if corresponding_day(start, months) < ends_on else max(months, 1)
    if months == TERMS.on(m, day).term.months or m.agreement.reading("base-months", day) != "extended-term":
        return None
    return months


# -- what a report rests on, and what of it lies in the operating period ----------------------------


def reported(m: Machine, fact: Fact, *, month: str | None = None) -> list[Origin]:
    """A report, and the incidents that caused what it reports: those it names, or by ``shortfall-cause`` the month's.
    """
    what: Any = fact.what
    names = dict.fromkeys(one for one in what.incidents or () if one in m[Incidents].reported)
    if month is not None:
        begun = [one for one in begun_in(m, month) if what.system is None or concerns(one, what.system)]
        caused = {one.id: None for one in begun if one.id not in names}
        if caused and m.agreement.latest.readings["shortfall-cause"] == "same-month":
            names |= caused
    return [("fact", fact.ref), *(("incident", name) for name in names)]


def begun_in(m: Machine, month: str) -> Iterable[Incident]:
    """The incidents that began in a month."""
    return m[Reports].begun.get(month_number(month), {}).values()


def concerns(incident: Incident, system: str) -> bool:
    """Whether it is an incident of that system, or of the platform, including one of no particular system."""
    measures = incident.measures
    of_platform = measures.scope == "platform" or (measures.scope is None and measures.system is None)
    return measures.system == system or of_platform


def times(m: Machine, at: int, minutes: Minutes | None) -> tuple[int, int]:
    """The part of a duration of ``minutes`` from ``at`` (µs) within the operating period, in µs.

    A fact of a day without a time counts from its start. Without an operating period nothing lies within it.
    """
    first, last = m[Life].operating_period
    begin, end = at, at + int((minutes or 0) * MINUTE)
    if first is None:
        return begin, begin
    begin = max(begin, day_begins(first))
    if last is not None:
        end = min(end, day_begins(last + ONE_DAY))
    return begin, max(begin, end)


def minutes_of(m: Machine, fact: Fact, minutes: Minutes) -> Minutes:
    """How many of the minutes from a fact's moment on lie in the operating period."""
    begin, end = times(m, fact.at, minutes)
    return in_minutes(end - begin)


def in_minutes(duration: int) -> Minutes:
    """µs in minutes, a whole number where it is one."""
    whole, rest = divmod(duration, MINUTE)
    return Decimal(duration) / MINUTE if rest else whole


def is_(measure: str, required: object, found: object, *facts: Fact) -> Measured:
    return Measured(measure, "is", required, found, required == found, tuple(fact.id for fact in facts))
