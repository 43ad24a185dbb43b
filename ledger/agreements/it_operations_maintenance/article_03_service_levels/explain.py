"""How an availability was worked out, how late a ticket was, and what is therefore credited."""

from __future__ import annotations

from fractions import Fraction

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_03_service_levels.credits import (
    HOUR,
    MeasuredMonth,
    availability,
    band_of,
    late,
    late_units,
)
from ledger.agreements.it_operations_maintenance.article_03_service_levels.state import Tickets
from ledger.agreements.it_operations_maintenance.article_07_cap.state import OwedItem
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.domain.fact import Fact
from ledger.domain.moments import MINUTE
from ledger.domain.money import cut, percent, said_yuan
from ledger.explanation import Explanation


def percent_of(measured: MeasuredMonth) -> str:
    """An availability for display: per cent, rounded to the same side of every band."""
    return cut(measured.percent, 6)


def number(value: Fraction) -> str:
    """Minutes in a sentence; facts give them with six decimals at most."""
    return str(value.numerator) if value.denominator == 1 else cut(value, 6)


def measured(x: Explanation, month: str, system: str) -> None:
    """The availability of a system and month."""
    x.cite("3.1")
    one = availability(x.m, month, system)
    if one is None:
        x.step("OPS_NOT_MEASURED", month=month, system=system)
        return
    x.step("OPS_AVAILABILITY", month=month, system=system, fact=x.fact(one.report.id), total=number(one.total),
           downtime=number(one.downtime), left_out=number(one.left_out), percent=percent_of(one))  # fmt: skip
    for day, path in dict.fromkeys(one.terms):
        x.rest_on_term(path, day)
    if one.windows:
        x.step("OPS_WINDOWS", facts=x.facts(window.fact.id for window in one.windows), left_out=number(one.left_out))


def credit(x: Explanation, item: OwedItem) -> None:
    """The credit, and how it was worked out."""
    kind, _, rest = item.id.partition(":")
    if kind == "availability-credit":
        month, _, system = rest.partition(":")
        measured(x, month, system)
        one = availability(x.m, month, system)
        band = band_of(x.m, one) if one is not None else None
        fee = next((each.monthly_fee for each in x.terms(item.day).service.systems if each.system == system), None)
        if one is not None and band is not None and fee is not None:
            for day, path in item.terms:
                if (day, path) not in one.terms:
                    x.rest_on_term(path, day)
            x.step("OPS_BAND", below=band.below, credit=percent(band.credit), fee=said_yuan(fee),
                   amount=said_yuan(item.amount))  # fmt: skip
        return
    _ticket(x, item, kind.removesuffix("-credit"), rest)


def _ticket(x: Explanation, item: OwedItem, kind: str, id_: str) -> None:
    ticket = x.m[Tickets].tickets[id_]
    row = next(one for one in TERMS.on(x.m, ticket.fact.day).service.priorities if one.priority == ticket.priority)
    allowed, done = (row.respond, ticket.answered) if kind == "response" else (row.resolve, ticket.resolved)
    assert done is not None
    for day, path in item.terms:
        x.rest_on_term(path, day)
    over, took = late(ticket, allowed, done), Fraction(done.at - ticket.fact.at, MINUTE)
    x.step("OPS_LATE_" + kind.upper(), ticket=id_, priority=ticket.priority, opened=x.fact(ticket.fact.id),
           done=x.fact(done.id), within=allowed.within_minutes, minutes=number(took),
           over=number(Fraction(over, MINUTE)))  # fmt: skip
    if allowed.per == "hour":
        if over % HOUR:
            x.read("late-hours", done.day)
        x.step("OPS_LATE_HOURS", hours=late_units(x.m, ticket, allowed, done), each=said_yuan(allowed.amount),
               amount=said_yuan(item.amount))  # fmt: skip


def outside(x: Explanation, fact: Fact) -> None:
    """A report or a ticket that lies outside the service period."""
    life = x.m[ServiceLife]
    x.step("OPS_OUTSIDE_SERVICE", fact=x.fact(fact.id), first=life.starts_on or "–", last=life.last_day or "–")
