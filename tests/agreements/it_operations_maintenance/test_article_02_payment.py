"""第二条 合同价款与支付: when invoices conform, by when they are due, what the price comes to (SPEC 9.5)."""

from __future__ import annotations

from tests.happenings import B, fact
from tests.operations import (
    SIGNED,
    accepted,
    anomalies,
    bond,
    given,
    invoice,
    opened,
    paid,
    resolved,
    scored,
)
from tests.scenario import balance, no_obligation, obligation

FIRST, SECOND, THIRD = (f"pay-invoice:INV-{number}" for number in (1, 2, 3))
YEAR = [scored(quarter, "90", on) for quarter, on in
        ((1, "2025-10-05"), (2, "2026-01-05"), (3, "2026-04-03"), (4, "2026-07-03"))]  # fmt: skip


def test_an_invoice_is_due_so_many_working_days_after_it_conforms() -> None:
    told = given(SIGNED, bond("2025-07-01"), invoice("INV-1", 1, "2025-07-02"))
    told.as_of("2025-07-16").then(obligation(FIRST, "pending", due_on="2025-07-16"), balance(payable="360000.00"))
    told.as_of("2025-07-17").then(obligation(FIRST, "overdue"), balance(overdue="360000.00"))


def test_an_invoice_before_the_bond_waits_for_the_payment_that_completes_it() -> None:
    told = given(
        SIGNED, invoice("INV-1", 1, "2025-06-25"), bond("2025-07-01", "59999.99"), bond("2025-07-02", "0.01", "rest")
    )
    told.as_of("2025-07-01").then(no_obligation(FIRST), anomalies(("INVOICE_CONDITION_OPEN", "INV-1")))
    told.as_of("2025-07-02").then(obligation(FIRST, "pending", due_on="2025-07-16", raised_by=["INV-1", "rest"]))


def test_an_invoice_on_the_day_of_the_bond_or_the_acceptance_conforms() -> None:
    told = given(
        SIGNED, invoice("INV-1", 1, "2025-07-01"), bond("2025-07-01"), invoice("INV-2", 2, "2025-08-20"),
        accepted("2025-08-20"),
    )  # fmt: skip
    told.as_of("2025-08-20").then(
        obligation(FIRST, "overdue"), obligation(SECOND, "pending", due_on="2025-09-19"), anomalies()
    )


def test_days_roll_over_rest_days_working_days_are_counted() -> None:
    told = given(SIGNED, accepted("2025-08-29"), invoice("INV-2", 2, "2025-09-01"), invoice("INV-1", 1, "2025-09-26"),
                 bond("2025-09-26"))  # fmt: skip
    # thirty days from 1 September end on 1 October, a holiday until the 8th
    told.as_of("2025-10-09").then(obligation(SECOND, "pending", due_on="2025-10-09"))
    told.as_of("2025-10-10").then(obligation(SECOND, "overdue"))
    # ten working days from 26 September, the 28th and 11 October being worked
    told.as_of("2025-10-16").then(obligation(FIRST, "pending", due_on="2025-10-16"))


def test_an_invoice_before_the_acceptance_conforms_with_it() -> None:
    told = given(SIGNED, invoice("INV-2", 2, "2025-08-19"), accepted("2025-08-20"))
    told.as_of("2025-08-19").then(no_obligation(SECOND), anomalies(("INVOICE_BEFORE_TRIGGER", "INV-2")))
    told.as_of("2025-08-20").then(obligation(SECOND, "pending", due_on="2025-09-19"))


def test_while_a_major_incident_is_open_an_invoice_waits_and_later_ones_do_not_undo_it() -> None:
    told = given(
        SIGNED, accepted("2025-08-20"), opened("T-1", "2025-08-21T08:00:00+08:00"), invoice("INV-2", 2, "2025-08-22"),
        resolved("T-1", "2025-08-25T10:00:00+08:00"), opened("T-2", "2025-08-26T10:00:00+08:00"),
    )  # fmt: skip
    told.as_of("2025-08-24").then(no_obligation(SECOND), anomalies(("INVOICE_CONDITION_OPEN", "INV-2")))
    told.as_of("2025-08-25").then(obligation(SECOND, "pending", raised_by=["INV-2", "resolved-T-1"]))
    told.as_of("2025-08-26").then(obligation(SECOND, "pending", due_on="2025-09-24"))


def test_a_ticket_of_another_priority_holds_nothing_up() -> None:
    told = given(
        SIGNED, accepted("2025-08-20"), opened("T-1", "2025-08-21T08:00:00+08:00", "P2"),
        invoice("INV-2", 2, "2025-08-22"),
    )  # fmt: skip
    told.as_of("2025-08-22").then(obligation(SECOND, "pending"), anomalies())


def test_a_part_after_a_service_year_waits_for_the_day_after_its_last_and_the_last_score() -> None:
    scores = [scored(quarter, "95", "2026-06-20") for quarter in (1, 2, 3, 4)]
    told = given(SIGNED, scores, invoice("INV-3", 3, "2026-06-25", "480000.00"))
    told.as_of("2026-06-30").then(no_obligation(THIRD), anomalies(("INVOICE_BEFORE_TRIGGER", "INV-3")))
    told.as_of("2026-07-01").then(obligation(THIRD, "pending", due_on="2026-07-31", raised_by=["INV-3"]))
    late = given(SIGNED, YEAR, invoice("INV-3", 3, "2026-07-01", "480000.00"))
    late.as_of("2026-07-02").then(no_obligation(THIRD))
    late.as_of("2026-07-03").then(obligation(THIRD, "pending", raised_by=["INV-3", "score-4-2026-07-03"]))


def test_a_part_comes_to_its_sum_times_the_coefficient_and_no_invoice_may_exceed_that() -> None:
    scores = [scored(quarter, "85", "2026-06-20") for quarter in (1, 2, 3, 4)]
    told = given(
        SIGNED, scores, invoice("INV-3", 3, "2026-07-01", "456000.00"), invoice("INV-4", 3, "2026-07-02", "0.01")
    )
    told.as_of("2026-06-19").then(balance(total="1200000.00"))
    told.as_of("2026-07-02").then(
        balance(total="1176000.00", payable="456000.00"), anomalies(("INVOICE_EXCEEDS_INSTALMENT", "INV-4"))
    )


def test_what_time_cannot_cure_stays_so() -> None:
    told = given(
        SIGNED, bond("2025-07-01"), invoice("INV-1", 1, "2025-07-02", rate="0.09"), invoice("INV-9", 9, "2025-07-02"),
        invoice("INV-2", 1, "2025-07-03", "360000.01"),
    )  # fmt: skip
    told.as_of("2026-06-30").then(
        balance(invoiced="0.00"),
        anomalies(("INVOICE_TAX_RATE", "INV-1"), ("INVOICE_EXCEEDS_INSTALMENT", "INV-9"),
                  ("INVOICE_EXCEEDS_INSTALMENT", "INV-2")),
    )  # fmt: skip


def test_payments_cover_invoices_and_what_is_beyond_is_credit() -> None:
    told = given(
        SIGNED, bond("2025-07-01"), invoice("INV-1", 1, "2025-07-02"), paid("2025-07-16", "INV-1", "360000.01"),
        accepted("2025-08-20"), invoice("INV-2", 2, "2025-08-20"),
    )  # fmt: skip
    told.as_of("2025-07-16").then(obligation(FIRST, "fulfilled"), balance(credit="0.01", outstanding="839999.99"))
    told.as_of("2025-08-20").then(balance(credit="0.00", payable="359999.99"))


def test_a_void_dated_before_its_invoice_cancels_it_on_the_day_it_was_raised() -> None:
    told = given(SIGNED, bond("2025-07-01"), invoice("INV-1", 1, "2025-07-02"),
                 fact("InvoiceVoided", "2025-06-30", B, "void", invoice="INV-1", reason="开错"))  # fmt: skip
    told.as_of("2025-07-02").then(obligation("pay-invoice:INV-1", "cancelled", settled_on="2025-07-02"))
