"""What of these terms counsel wants to see before signing (SPEC 2.3, 9.1), found on the bounds.

Conditions that nothing can meet, rights that cannot arise within the term, tables that reward the worse, what no row is
said of, days that the calendar moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ledger.agreements.it_operations_maintenance.terms.shape import PRIORITIES
from ledger.agreements.it_operations_maintenance.terms.tables import OperationsTerms
from ledger.domain.advice import Advice, day_off, just_below, months_short
from ledger.domain.calendar import Calendar, corresponding_day
from ledger.domain.money import Fen, yuan

BOND_MOST = Decimal("0.10")  # 政府采购法实施条例 48 "履约保证金的数额不得超过政府采购合同金额的 10%"


def advise(terms: OperationsTerms, calendar: Calendar) -> Iterator[Advice]:
    """Everything there is to tell, in the order of the contract."""
    yield from _term(terms, calendar)
    yield from _parts(terms)
    yield from _availability(terms)
    yield from _priorities(terms)
    yield from _coefficients(terms)
    yield from _stages(terms, calendar)
    yield from _bond_and_cap(terms)
    yield from _rights(terms)
    yield from _claims(terms)


def parts_within(terms: OperationsTerms, months: int) -> int:
    """How many years (of 12 months) or quarters (of 3) the service period has, the last one perhaps cut short."""
    term = terms.term
    if term.months is not None:
        return -(-term.months // months)
    assert term.from_ is not None and term.to is not None
    count = 1
    while corresponding_day(term.from_, months * count) < term.to:
        count += 1
    return count


def _term(terms: OperationsTerms, calendar: Calendar) -> Iterator[Advice]:
    if terms.term.from_ is None and terms.term.accepted is None:
        yield Advice("OPS_ADVICE_NO_START", "1.2", "term", {"months": terms.term.months or 0})
    if terms.term.months is not None:
        yield from months_short(calendar, terms.term.months, "1.2", "term.months")
    if terms.term.to is not None:
        yield from day_off(calendar, terms.term.to, "1.2", "term.to")


def _parts(terms: OperationsTerms) -> Iterator[Advice]:
    """A part that waits for a year the term has not is never to be paid; one for no incident of no system always."""
    years = parts_within(terms, 12)
    for part in terms.price.parts:
        if part.year is not None and part.year > years:
            yield Advice(
                "OPS_ADVICE_YEAR_NEVER", "2.1", f"price.parts.{part.number}.year",
                {"number": part.number, "year": part.year, "years": years}, part.year,
            )  # fmt: skip
        if part.assessed and terms.assessment is None:
            yield Advice(
                "OPS_ADVICE_NO_COEFFICIENTS", "4.2", f"price.parts.{part.number}.assessed", {"number": part.number},
            )  # fmt: skip
        if "no-major-incident" in part.requires and not terms.service.systems:
            yield Advice(
                "OPS_ADVICE_NO_INCIDENT", "2.1", f"price.parts.{part.number}.requires", {"number": part.number},
            )  # fmt: skip


# -- service levels: 3.1, 3.2 -----------------------------------------------------------------------


def _availability(terms: OperationsTerms) -> Iterator[Advice]:
    service = terms.service
    if (service.availability or service.priorities) and not service.systems:
        yield Advice("OPS_ADVICE_NO_SYSTEM", "3.1", "service.systems", {})
    bands = sorted(service.availability, key=lambda band: band.below, reverse=True)
    for better, worse in pairwise(bands):
        if worse.credit <= better.credit:
            yield Advice(
                "OPS_ADVICE_BAND_NOT_GRAVER", "3.1", f"service.availability.{worse.row}.credit",
                {"below": f"{worse.below:f}", "credit": f"{worse.credit:f}", "other": f"{better.below:f}",
                 "more": f"{better.credit:f}"}, f"{just_below(worse.below):f}",
            )  # fmt: skip
    if bands and not service.maintenance_notice_hours:
        yield Advice("OPS_ADVICE_MAINTENANCE_UNANNOUNCED", "3.1", "service.maintenance_notice_hours", {}, 0)
    counted = terms.termination.availability if terms.termination is not None else None
    if counted is not None and bands and counted.below > bands[0].below:
        yield Advice(
            "OPS_ADVICE_COUNTS_UNCREDITED", "8.1", "termination.availability.below",
            {"below": f"{counted.below:f}", "most": f"{bands[0].below:f}"}, f"{bands[0].below:f}",
        )  # fmt: skip


def _priorities(terms: OperationsTerms) -> Iterator[Advice]:
    rows = {row.priority: row for row in terms.service.priorities}
    missing = [one for one in PRIORITIES if one not in rows]
    if rows and missing:
        values = {"missing": ("、".join(missing), ", ".join(missing))}
        yield Advice("OPS_ADVICE_PRIORITY_WITHOUT_ROW", "3.2", "service.priorities", values, missing[0])
    for name, row in sorted(rows.items()):
        if row.resolve.within_minutes <= row.respond.within_minutes:
            yield Advice(
                "OPS_ADVICE_RESOLVED_FIRST", "3.2", f"service.priorities.{name}.resolve.within_minutes",
                {"priority": name, "respond": row.respond.within_minutes, "resolve": row.resolve.within_minutes},
                row.resolve.within_minutes,
            )  # fmt: skip
        for key, time in (("respond", row.respond), ("resolve", row.resolve)):
            if time.per == "hour" and "late-hours" not in terms.readings:
                yield Advice(
                    "OPS_ADVICE_BEGUN_HOUR", "3.2", f"service.priorities.{name}.{key}.per",
                    {"priority": name, "minutes": time.within_minutes + 1, "amount": yuan(time.amount)},
                    time.within_minutes + 1, "late-hours",
                )  # fmt: skip
    for (graver, one), (lesser, other) in pairwise(sorted(rows.items())):
        for key in ("respond", "resolve"):
            longer, shorter = getattr(one, key).within_minutes, getattr(other, key).within_minutes
            if longer > shorter:
                yield Advice(
                    "OPS_ADVICE_PRIORITIES_EXCHANGED", "3.2", f"service.priorities.{graver}.{key}.within_minutes",
                    {"graver": graver, "longer": longer, "lesser": lesser, "shorter": shorter}, longer,
                )  # fmt: skip


# -- assessment: 4.2 --------------------------------------------------------------------------------


def _coefficients(terms: OperationsTerms) -> Iterator[Advice]:
    rows = sorted(terms.assessment.coefficients, key=lambda row: row.from_) if terms.assessment is not None else []
    for worse, better in pairwise(rows):
        if better.coefficient <= worse.coefficient:
            yield Advice(
                "OPS_ADVICE_COEFFICIENT_NOT_HIGHER", "4.2", f"assessment.coefficients.{better.row}.coefficient",
                {"score": f"{better.from_:f}", "coefficient": f"{better.coefficient:f}", "other": f"{worse.from_:f}",
                 "less": f"{worse.coefficient:f}"}, f"{better.from_:f}",
            )  # fmt: skip
    if rows and not any(part.assessed for part in terms.price.parts):
        yield Advice("OPS_ADVICE_NOTHING_ASSESSED", "4.2", "assessment", {})


# -- delay: 5.1 -------------------------------------------------------------------------------------


def _stages(terms: OperationsTerms, calendar: Calendar) -> Iterator[Advice]:
    for stage in terms.stages:
        if stage.by is None:
            continue
        field = f"stages.{stage.stage}.by"
        yield from day_off(calendar, stage.by, "5.1", field)
        if terms.term.to is not None and stage.by >= terms.term.to:
            yield Advice(
                "OPS_ADVICE_STAGE_AFTER_END", "5.1", field,
                {"stage": stage.name, "by": stage.by.isoformat(), "last": terms.term.to.isoformat()},
                stage.by.isoformat(),
            )  # fmt: skip
        if terms.delay is not None and not _after(terms, stage.stage):
            yield Advice("OPS_ADVICE_DELAY_OF_NOTHING", "5.1", field, {"stage": stage.name})


def _after(terms: OperationsTerms, stage: str) -> Fen:
    """What is paid after the acceptance of a stage, before any coefficient."""
    return Fen(sum(terms.price.sum_of(part) for part in terms.price.parts if part.stage == stage))


# -- bond and cap: 6.1, 7.1 -------------------------------------------------------------------------


def _bond_and_cap(terms: OperationsTerms) -> Iterator[Advice]:
    total = terms.price.total
    if terms.bond is not None and terms.bond.amount > total * BOND_MOST:
        yield Advice(
            "OPS_ADVICE_BOND_ABOVE_TENTH", "6.1", "bond.amount",
            {"amount": yuan(terms.bond.amount), "most": yuan(Fen(int(total * BOND_MOST)))}, yuan(terms.bond.amount),
        )  # fmt: skip
    if terms.cap is None or terms.delay is None:
        return
    late = [terms.delay.cap * _after(terms, stage.stage) for stage in terms.stages if stage.by is not None]
    of_delay = max(late, default=Decimal(0))
    if of_delay > terms.cap.share * total:
        yield Advice(
            "OPS_ADVICE_CAP_BELOW_DELAY", "7.1", "cap.share",
            {"cap": yuan(Fen(int(terms.cap.share * total))), "delay": yuan(Fen(int(of_delay)))}, f"{terms.cap.share:f}",
        )  # fmt: skip


# -- rights to terminate: article 8 -----------------------------------------------------------------


def _rights(terms: OperationsTerms) -> Iterator[Advice]:
    rights = terms.termination
    if rights is None:
        return
    if rights.availability is not None:
        needed, there = rights.availability.months, _months(terms)
        if needed > there:
            values = {"needed": needed, "there": there}
            yield Advice("OPS_ADVICE_MONTHS_NEVER", "8.1", "termination.availability.months", values, needed)
        if rights.availability.below == 0:
            yield Advice("OPS_ADVICE_NEVER_BELOW", "8.1", "termination.availability.below", {}, "0")
    if rights.scores is not None:
        needed, there = rights.scores.count, parts_within(terms, 3)
        if needed > there:
            values = {"needed": needed, "there": there}
            yield Advice("OPS_ADVICE_SCORES_NEVER", "8.2", "termination.scores.count", values, needed)
        if rights.scores.below == 0:
            yield Advice("OPS_ADVICE_NEVER_BELOW", "8.2", "termination.scores.below", {}, "0")
        if rights.scores.count > 1 and "two-scores" not in terms.readings:
            yield Advice(
                "OPS_ADVICE_SCORES_APART", "8.2", "termination.scores.count", {"count": rights.scores.count}, "1, 3",
                "two-scores",
            )  # fmt: skip
    if rights.cap_reached and not terms.service.availability and not terms.service.priorities and terms.delay is None:
        yield Advice("OPS_ADVICE_CAP_NEVER", "8.3", "termination.cap_reached", {})


def _months(terms: OperationsTerms) -> int:
    """How many calendar months the service period may touch at most."""
    term = terms.term
    if term.months is not None:
        return term.months + 1
    assert term.from_ is not None and term.to is not None
    return (term.to.year - term.from_.year) * 12 + term.to.month - term.from_.month + 1


# -- claims: 10.1 -----------------------------------------------------------------------------------


def _claims(terms: OperationsTerms) -> Iterator[Advice]:
    if terms.credits is not None and terms.service.availability and "credit-window" not in terms.readings:
        days = terms.credits.within_days
        field = "credits.within_days"
        yield Advice("OPS_ADVICE_CLAIM_WINDOW", "10.1", field, {"days": days}, days + 1, "credit-window")
