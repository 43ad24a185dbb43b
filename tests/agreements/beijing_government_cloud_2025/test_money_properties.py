"""What holds of the money whatever was invoiced, voided, paid, set off and returned, in whatever order (SPEC 4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, assume, settings
from hypothesis import given as examples
from hypothesis import strategies as st

from ledger.domain.machine import Machine
from ledger.domain.payments.state import Payments
from ledger.projections.basis import Basis
from tests.happenings import (
    Happening,
    accepted,
    damages_deducted,
    deployed,
    incident,
    invoice,
    lease_started,
    paid,
    paid_together,
    returned,
    signature,
    stage_review,
    termination_proposed,
    voided,
)
from tests.scenario import History, calendar_at, given, terms

FIRST_DAY = date(2025, 11, 19)
INSTALMENTS = terms(
    payment__total="1000.00", order__lines=[],
    payment__instalments=[
        {"number": 1, "amount": "700.00"},
        {"number": 2, "amount": "300.00", "requires": ["deployment", "stage-review"]},
    ],
)  # fmt: skip
SIGNED = (signature("party_a", "2025-11-19"), signature("party_b", "2025-11-21"))
FAULT = incident("2025-12-02", "tampering", "tm", consequence="major", security_service_fault=True)  # 166.67


def _on(day: int) -> str:
    return (FIRST_DAY + timedelta(days=day)).isoformat()


days = st.integers(0, 40)
amounts = st.integers(1, 8).map(lambda hundreds: f"{hundreds * 50}.00")
names = st.sampled_from(["i0", "i1", "i2", "i3"])
invoices = st.lists(
    st.tuples(days, amounts, st.sampled_from([1, 1, 2]), st.sampled_from(["0.06", "0.06", "0.06", "0.09"])),
    min_size=4, max_size=4,
)  # fmt: skip
payments = st.lists(st.tuples(days, amounts, names, st.none() | names), max_size=5)
returns = st.lists(st.tuples(days, st.integers(0, 4), st.none() | amounts), max_size=3)
voids = st.lists(st.tuples(days, names, st.none() | amounts), max_size=3)
deductions = st.lists(st.tuples(days, amounts, names), max_size=2)


@st.composite
def histories(draw: st.DrawFn, *, back: bool = True) -> list[Happening]:
    """Invoices first, for what names an invoice has to know it; every day is free."""
    told = [invoice(_on(day), amount, f"i{number}", instalment, rate)
            for number, (day, amount, instalment, rate) in enumerate(draw(invoices))]  # fmt: skip
    told += [deployed(_on(draw(days))), stage_review(_on(draw(days))), lease_started(_on(12)), FAULT]
    made = draw(payments)
    for number, (day, amount, name, other) in enumerate(made):
        if other is None or other == name:
            told.append(paid(_on(day), amount, f"p{number}", name))
        else:
            told.append(paid_together(_on(day), f"p{number}", **{name: amount, other: "25.00"}))
    if back:
        told += [returned(_on(day), f"p{number}", amount).named(f"r{index}")
                 for index, (day, number, amount) in enumerate(draw(returns)) if number < len(made)]  # fmt: skip
    told += [voided(_on(day), name, amount).named(f"v{index}")
             for index, (day, name, amount) in enumerate(draw(voids))]  # fmt: skip
    told += [damages_deducted(_on(day), amount, name, "a2-r3:tm").named(f"d{index}")
             for index, (day, amount, name) in enumerate(draw(deductions))]  # fmt: skip
    if draw(st.booleans()):
        told += [termination_proposed(_on(13), _on(draw(st.integers(14, 45)))), accepted(_on(14))]
    return told


def recorded(*told: Happening) -> History:
    """All of it recorded on one day, long after it happened."""
    return given(*(one.recorded_on("2026-03-01") for one in (*SIGNED, *told)), under=INSTALMENTS)


def machines(history: History) -> Iterator[tuple[Machine, date]]:
    now = history.facts[-1].recorded_at
    for offset in (2, 8, 13, 17, 23, 30, 41, 60):
        day = FIRST_DAY + timedelta(days=offset)
        pass_ = Basis(history.facts, calendar_at(now), day, now).sweep()
        pass_.advance(day)
        yield pass_.machine, day


SLOW = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


@SLOW
@examples(histories())
def test_the_sums_of_the_balance_add_up_and_no_fen_is_lost_or_used_twice(told: list[Happening]) -> None:
    """total = paid + deducted + outstanding; what was paid or set off covers an invoice or is credit."""
    history = recorded(*told)
    for m, day in machines(history):
        shown: dict[str, Any] = {
            name: Decimal(sum_) for name, sum_ in history.as_of(day.isoformat()).status["balance"].items()
            if name != "currency"
        }  # fmt: skip
        book = m[Payments]
        assert shown["total"] == shown["paid"] + shown["deducted"] + shown["outstanding"]
        assert 0 <= shown["overdue"] <= shown["payable"] <= max(0, shown["outstanding"])
        assert shown["credit"] >= 0
        for one in book.invoices.values():
            assert sum(piece.amount for piece in one.pieces) == one.covered <= one.amount
            assert all(piece.on is one and piece.amount > 0 for piece in one.pieces)
            assert one.conforming or not one.pieces
        covered = sum(one.covered for one in book.invoices.values())
        assert book.paid + book.deducted == covered + book.credit
        for payment in book.payments.values():
            assert sum(piece.amount for among in payment.pieces for piece in among) == payment.amount - payment.returned
        assert not (book.free and book.owed), "credit lies idle while an invoice is unpaid"
        assert set(book.owed) == {one.id for one in book.invoices.values() if one.conforming and one.unpaid}


@SLOW
@examples(histories())
def test_a_duty_to_pay_is_fulfilled_exactly_while_its_invoice_is_covered(told: list[Happening]) -> None:
    for m, day in machines(recorded(*told)):
        for one in m[Payments].invoices.values():
            duty = m.duties.get("pay-invoice:" + one.id)
            assert (duty is not None) == (one.conforms_on is not None)
            if duty is None:
                continue
            state = duty.state(day)
            assert (state == "cancelled") == one.voided
            assert state == "cancelled" or state.startswith("fulfilled") == (one.unpaid == 0)
            assert state == "cancelled" or duty.settled_on is None or duty.raised_on <= duty.settled_on <= day


@SLOW
@examples(histories(back=False), st.integers(0, 4), st.integers(1, 20))
def test_an_earlier_payment_never_makes_more_overdue(told: list[Happening], which: int, sooner: int) -> None:
    payments = [one for one in told if one.type == "PaymentMade"]
    assume(which < len(payments) and not any(one.type == "DamagesSettled" for one in told))
    late = payments[which]
    earlier = replace(late, on=max(FIRST_DAY, date.fromisoformat(late.on) - timedelta(days=sooner)).isoformat())
    moved = [earlier if one is late else one for one in told]
    before, after = recorded(*told), recorded(*moved)
    for offset in range(6, 70, 5):
        day = (FIRST_DAY + timedelta(days=offset)).isoformat()
        overdue = [Decimal(one.as_of(day).status["balance"]["overdue"]) for one in (before, after)]
        assert overdue[1] <= overdue[0], f"on {day}: {overdue}"


@SLOW
@examples(histories(), st.randoms(use_true_random=False))
def test_in_which_order_payments_were_recorded_changes_no_sum(told: list[Happening], rng: Any) -> None:
    """Facts count by when they happened; here no two happened at one moment."""
    timed = [replace(one, on=f"{one.on}T{index // 60:02d}:{index % 60:02d}:00+08:00") for index, one in enumerate(told)]
    payments = [one for one in timed if one.type == "PaymentMade"]
    rng.shuffle(payments)
    rest = iter(payments)
    mixed = [next(rest) if one.type == "PaymentMade" else one for one in timed]
    one, other = recorded(*timed), recorded(*mixed)
    for offset in (5, 15, 25, 45):
        day = (FIRST_DAY + timedelta(days=offset)).isoformat()
        assert one.as_of(day).status["balance"] == other.as_of(day).status["balance"]
