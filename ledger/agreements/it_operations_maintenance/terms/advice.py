"""What of these terms counsel wants to see before signing: what gives nothing, what nobody can fulfil (SPEC 2.3).

Found on the bounds of the tables, not by trying values.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ledger.agreements.it_operations_maintenance.terms.shape import PRIORITIES
from ledger.agreements.it_operations_maintenance.terms.tables import OperationsTerms
from ledger.domain.advice import Advice, day_off, just_below, months_short
from ledger.domain.calendar import Calendar
from ledger.domain.law.periods import corresponding_day
from ledger.domain.money import percent


def advise(terms: OperationsTerms, calendar: Calendar) -> Iterator[Advice]:
    """Everything there is to tell, in the order of the contract."""
    yield from _term(terms, calendar)
    yield from _years_that_never_end(terms)
    yield from _bands(terms)
    yield from _priorities(terms)
    yield from _coefficients(terms)
    yield from _stages(terms, calendar)
    yield from _grounds_out_of_reach(terms)
    yield from _floor_without_credit(terms)
    yield from _window(terms)


def periods(terms: OperationsTerms, months: int) -> int:
    """How many service years (12 months) or quarters (3) there are; of a part of one, one."""
    term = terms.term
    if term.months is not None:
        return -(-term.months // months)
    assert term.from_ is not None and term.to is not None
    count = 1
    while corresponding_day(term.from_, months * count) < term.to:
        count += 1
    return count


def _term(terms: OperationsTerms, calendar: Calendar) -> Iterator[Advice]:
    if terms.term.months is not None:
        yield from months_short(calendar, terms.term.months, "1.2", "term.months")


def _years_that_never_end(terms: OperationsTerms) -> Iterator[Advice]:
    """A part that waits for a service year there is none of is never payable."""
    years = periods(terms, 12)
    for part in terms.price.parts:
        if part.year is not None and part.year > years:
            values = {"number": part.number, "year": part.year, "years": years}
            yield Advice("OPS_ADVICE_YEAR_NEVER", "2.1", f"price.parts.{part.number}.year", values, part.year)


def _bands(terms: OperationsTerms) -> Iterator[Advice]:
    """Below a lower bound less is credited than above it."""
    for lower, higher in pairwise(sorted(terms.service.availability, key=lambda one: one.below)):
        if lower.credit < higher.credit:
            values = {"lower": f"{lower.below:f}", "less": percent(lower.credit), "more": percent(higher.credit)}
            field = f"service.availability.{lower.row}"
            yield Advice("OPS_ADVICE_CREDIT_FALLS", "3.1", field, values, f"{just_below(lower.below):f}")


def _priorities(terms: OperationsTerms) -> Iterator[Advice]:
    stated = {one.priority for one in terms.service.priorities}
    missing = [one for one in PRIORITIES if one not in stated]
    if stated and missing:
        values = {"missing": ", ".join(missing)}
        yield Advice("OPS_ADVICE_PRIORITY_NONE", "3.2", "service.priorities", values, missing[0])
    for one in terms.service.priorities:
        if one.respond.within_minutes >= one.resolve.within_minutes:
            minutes = {"priority": one.priority, "respond": one.respond.within_minutes,
                      "resolve": one.resolve.within_minutes}  # fmt: skip
            field = f"service.priorities.{one.priority}"
            yield Advice("OPS_ADVICE_RESPONSE_LATE", "3.2", field, minutes, one.respond.within_minutes)


def _coefficients(terms: OperationsTerms) -> Iterator[Advice]:
    """A higher score gives a lower coefficient."""
    rows = terms.assessment.coefficients if terms.assessment is not None else ()
    for lower, higher in pairwise(sorted(rows, key=lambda one: one.from_)):
        if higher.coefficient < lower.coefficient:
            values = {"score": f"{higher.from_:f}", "less": f"{higher.coefficient:f}", "more": f"{lower.coefficient:f}"}
            field = f"assessment.coefficients.{higher.row}"
            yield Advice("OPS_ADVICE_COEFFICIENT_FALLS", "4.2", field, values, f"{higher.from_:f}")


def _stages(terms: OperationsTerms, calendar: Calendar) -> Iterator[Advice]:
    for stage in terms.stages:
        if stage.by is not None:
            yield from day_off(calendar, stage.by, "5.1", f"stages.{stage.stage}.by")


def _grounds_out_of_reach(terms: OperationsTerms) -> Iterator[Advice]:
    """More months or scores than the service period has: nobody can ever terminate by them."""
    rights = terms.termination
    if rights is None:
        return
    quarters = periods(terms, 3)
    if rights.scores is not None and rights.scores.count > quarters:
        values = {"count": rights.scores.count, "quarters": quarters}
        yield Advice("OPS_ADVICE_SCORES_NEVER", "8.2", "termination.scores.count", values, rights.scores.count)
    months = _calendar_months(terms)
    if rights.availability is not None and rights.availability.months > months:
        values = {"count": rights.availability.months, "months": months}
        field = "termination.availability.months"
        yield Advice("OPS_ADVICE_MONTHS_NEVER", "8.1", field, values, rights.availability.months)


def _calendar_months(terms: OperationsTerms) -> int:
    """The most calendar months that the service period can share a day with."""
    term = terms.term
    if term.months is not None:
        return term.months + 1
    assert term.from_ is not None and term.to is not None
    return (term.to.year - term.from_.year) * 12 + term.to.month - term.from_.month + 1


def _floor_without_credit(terms: OperationsTerms) -> Iterator[Advice]:
    """An availability that counts towards termination, and for which nothing is credited."""
    floor = terms.termination.availability if terms.termination is not None else None
    highest = max((one.below for one in terms.service.availability), default=Decimal(0))
    if floor is not None and terms.service.availability and floor.below > highest:
        values = {"floor": f"{floor.below:f}", "highest": f"{highest:f}"}
        yield Advice("OPS_ADVICE_FLOOR_WITHOUT_CREDIT", "8.1", "termination.availability.below", values, f"{highest:f}")


def _window(terms: OperationsTerms) -> Iterator[Advice]:
    """By one reading of 10.1 a month reported late can no longer be claimed for."""
    if terms.credits is not None and terms.service.availability and "credit-window" not in terms.readings:
        values = {"days": terms.credits.within_days}
        example = terms.credits.within_days + 1
        yield Advice("OPS_ADVICE_WINDOW", "10.1", "credits.within_days", values, example, "credit-window")
