"""Which grounds have arisen for either party, and what has become of them (article 8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_02_payment.due import due_within
from ledger.agreements.it_operations_maintenance.article_03_service_levels.credits import MeasuredMonth, availability
from ledger.agreements.it_operations_maintenance.article_03_service_levels.state import Levels
from ledger.agreements.it_operations_maintenance.article_04_assessment.coefficients import score_of
from ledger.agreements.it_operations_maintenance.article_04_assessment.state import Scores
from ledger.agreements.it_operations_maintenance.article_07_cap.counting import CAP, counted
from ledger.agreements.it_operations_maintenance.article_08_termination.state import (
    GroundName,
    LatePayments,
    RightGround,
    RightState,
    TerminationNotices,
)
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.agreements.it_operations_maintenance.terms.tables import Shortfall
from ledger.domain.because import because
from ledger.domain.calendar import month_number
from ledger.domain.fact import PARTY_A, PARTY_B, Fact
from ledger.domain.law.termination import lapses_on
from ledger.domain.machine import ONE_DAY, Machine
from ledger.domain.payments.state import Invoice, Payments


def grounds(m: Machine, day: date) -> list[RightGround]:
    """Those that have arisen by the end of ``day``, not after the contract's last day; by day, clause, maker."""
    last = m[ServiceLife].last_day
    found = [*_availability(m), *_scores(m), *_cap(m, day), *_late_payments(m)]
    until = day if last is None else min(day, last)
    listed = [one for one in found if one.arose_on <= until]
    for one in listed:
        m.look_again(lapses_on([one.arose_on]) + ONE_DAY, "termination")
    return sorted(listed, key=lambda one: (one.arose_on, one.clause, one.maker))


def state_of(m: Machine, ground: RightGround, day: date) -> RightState:
    """What has become of a ground at the end of ``day``."""
    if ground.named in _used(m):
        return "exercised"
    last = m[ServiceLife].last_day
    end = day if last is None else min(day, last)
    lapse = lapses_on([ground.arose_on])
    if ground.cured_on is not None and ground.cured_on <= min(end, lapse):
        return "cured"
    if end > lapse:
        return "lapsed"
    return "moot" if m[ServiceLife].over_on(day) else "open"


def _used(m: Machine) -> tuple[GroundName, ...]:
    """The grounds by which the contract was ended, by a notice or by a judgment that confirms it."""
    notices, on = m[TerminationNotices], m[ServiceLife].terminated_on
    used = [one.uses for one in notices.given if on is not None and one.effective_on == on]
    return used[0] if used else ()


def _completed(made: Iterable[tuple[Fact, bool]], count: int) -> list[Fact] | None:
    """Of facts, the one marked and as many others, the earliest, as make ``count``; None where there are too few."""
    listed = sorted(made, key=lambda one: (not one[1], one[0].day, one[0].seq))
    return [fact for fact, _ in listed[:count]] if len(listed) >= count else None


def _availability(m: Machine) -> Iterator[RightGround]:
    # 8.1 "任意连续 6 个月内，同一系统有 3 个月的可用性低于 95% 的，甲方有权解除合同"
    by_system: dict[str, list[tuple[str, MeasuredMonth]]] = {}
    for month, system in sorted(m[Levels].reports):
        measured = availability(m, month, system)
        if measured is not None:
            by_system.setdefault(system, []).append((month, measured))
    for system, months in by_system.items():
        for month, measured in months:
            terms = TERMS.on(m, measured.report.day).termination
            floor = terms.availability if terms is not None else None
            if floor is not None and _low(measured, floor):
                yield from _shortfall(m, system, month, floor, months)


def _low(measured: MeasuredMonth, floor: Shortfall) -> bool:
    return measured.percent < Fraction(floor.below)


def _shortfall(
    m: Machine, system: str, month: str, floor: Shortfall, months: list[tuple[str, MeasuredMonth]]
) -> Iterator[RightGround]:  # fmt: skip
    first = month_number(month) - floor.within_months + 1
    window = [
        (other, one) for other, one in months
        if first <= month_number(other) <= month_number(month) and _low(one, floor)
    ]  # fmt: skip
    made = _completed([(one.report, other == month) for other, one in window], floor.months)
    if made is not None:
        on = max(fact.day for fact in made)
        months_made = [measured for _, measured in window if measured.report in made]
        facts = [fact for one in months_made for fact in (*one.facts, *one.period)]
        used = [used for one in months_made for used in one.terms]
        told = because(m, facts, terms=[(made[0].day, "termination.availability"), *used])
        yield RightGround("8.1", PARTY_A, f"{system}:{month}", on, told)


def _scores(m: Machine) -> Iterator[RightGround]:
    # 8.2 "有两次季度评分低于 60 分的，甲方有权解除合同"
    told = {quarter: one for quarter in sorted(m[Scores].told) if (one := score_of(m, quarter)) is not None}
    for quarter, fact in told.items():
        terms = TERMS.on(m, fact.day).termination
        rule = terms.scores if terms is not None else None
        if rule is None or Fraction(fact.what.score) >= Fraction(rule.below):
            continue
        low = {other: one for other, one in told.items()
               if other <= quarter and Fraction(one.what.score) < Fraction(rule.below)}  # fmt: skip
        readings = [(fact.day, "two-scores")] if rule.count > 1 and len(low) >= rule.count else []
        if readings and m.agreement.reading("two-scores", fact.day) == "consecutive":
            low = {other: one for other, one in low.items() if other > quarter - rule.count}
        made = _completed([(one, other == quarter) for other, one in low.items()], rule.count)
        if made is not None:
            on = max(one.day for one in made)
            why = because(m, made, terms=[(fact.day, "termination.scores")], readings=readings)
            yield RightGround("8.2", PARTY_A, f"quarter:{quarter}", on, why)


def _cap(m: Machine, day: date) -> Iterator[RightGround]:
    # 8.3 "乙方应付的抵扣款和违约金累计达到第七条限额的，甲方有权解除合同"
    terms = TERMS.latest(m).termination
    if terms is not None and terms.cap_reached:
        book = counted(m, day)
        if book.reached_on is not None:
            told = because(m, book.reached_by, terms=[*CAP, (date.max, "termination.cap_reached")])
            yield RightGround("8.3", PARTY_A, "cap", book.reached_on, told)


def _late_payments(m: Machine) -> Iterable[RightGround]:
    """Worked out for the invoices on which something changed since; for all where the terms did."""
    kept, moved = m[LatePayments], m[Payments].moved
    if kept.terms is not m.agreement.latest.terms:
        kept.terms, kept.followed = m.agreement.latest.terms, 0
        kept.grounds.clear()
    for name in dict.fromkeys(moved[kept.followed :]):
        ground = _late_payment(m, m[Payments].invoices[name])
        if ground is not None:
            kept.grounds[name] = ground
        else:
            kept.grounds.pop(name, None)
    kept.followed = len(moved)
    return kept.grounds.values()


def _late_payment(m: Machine, invoice: Invoice) -> RightGround | None:
    # 8.4 "甲方逾期付款超过 60 日的，乙方有权解除合同"
    duty = m.duties.get("pay-invoice:" + invoice.id)
    due = duty.due_on if duty is not None else None
    if due is None or duty is None:
        return None
    terms = TERMS.on(m, due).termination
    if terms is None or terms.payment_late_days is None:
        return None
    arises = due + timedelta(days=terms.payment_late_days + 1)
    if duty.settled_on is not None and duty.settled_on < arises:
        return None
    m.look_again(arises, "termination")
    told = because(m, [m.fact(id_) for id_ in duty.raised_by],
                   terms=[due_within(m, invoice), (due, "termination.payment_late_days")])  # fmt: skip
    # 8.4 "解除通知送达前甲方已经付清的，不得以此为由解除"
    return RightGround("8.4", PARTY_B, invoice.id, arises, told, duty.settled_on)
