"""第九条 支付条款 (SPEC 4.2, 4.3): invoices that conform, payments that cover them, the stage review."""

from __future__ import annotations

import pytest

from tests.happenings import (
    SECOND,
    amended,
    deployed,
    invoice,
    paid,
    retracted,
    returned,
    signature,
    signed,
    stage_review,
)
from tests.scenario import (
    anomalies,
    balance,
    given,
    no_anomalies,
    no_obligation,
    obligation,
    terms,
)

PAY = "pay-invoice:inv"
VOID = {"early-invoice": "void"}
BOTH_REQUIRED = terms(payment__instalments=[
    {"number": 1, "amount": "1843129.06"},
    {"number": 2, "amount": SECOND, "requires": ["deployment", "stage-review"]},
])  # fmt: skip


# -- deployment and stage review by the end of 2025 --------------------------------------------------


@pytest.mark.parametrize(("kind", "done"), [("deployment", deployed), ("stage-review", stage_review)])
def test_deployment_and_stage_review_are_due_by_the_end_of_2025_from_the_day_the_contract_is_effective(
    kind, done
) -> None:
    both = given(signature("party_a", "2025-11-19"), signature("party_b", "2025-11-20"))
    both.as_of("2025-11-19").then(no_obligation(kind))
    both.as_of("2025-11-20").then(
        obligation(
            kind,
            "pending",
            due_on="2025-12-31",
            raised_on="2025-11-20",
            clause="9.1",
            obligor="party_b",
            provisional=False,
            raised_by=["signed-a", "signed-b"],
            settled_by=[],
            settled_on=None,
        )
    )
    both.as_of("2025-12-31").then(obligation(kind, "pending"))
    both.as_of("2026-01-01").then(obligation(kind, "overdue"))


@pytest.mark.parametrize(("kind", "done"), [("deployment", deployed), ("stage-review", stage_review)])
@pytest.mark.parametrize(
    ("moment", "day", "state"),
    [
        ("2025-12-30", "2025-12-30", "fulfilled"),
        ("2025-12-31", "2025-12-31", "fulfilled"),
        ("2025-12-31T15:59:59Z", "2025-12-31", "fulfilled"),
        ("2025-12-31T16:00:00Z", "2026-01-01", "fulfilled_late"),
        ("2026-01-01", "2026-01-01", "fulfilled_late"),
    ],
)
def test_deployment_and_stage_review_are_in_time_until_beijing_midnight_of_their_day(
    kind, done, moment, day, state
) -> None:
    told = given(signed, done(moment))
    told.as_of("2026-02-01").then(obligation(kind, state, settled_on=day, settled_by=[done(moment).ref]))


def test_a_second_stage_review_changes_nothing() -> None:
    told = given(signed, stage_review("2025-12-20"), stage_review("2026-01-05").named("again"))
    told.as_of("2026-02-01").then(
        obligation("stage-review", "fulfilled", settled_on="2025-12-20", settled_by=["stage-review"])
    )


def test_a_stage_review_date_on_a_rest_day_does_not_roll() -> None:
    told = given(signed, under=terms(payment__stage_review_by="2026-01-01"))
    told.as_of("2026-01-01").then(obligation("stage-review", "pending", due_on="2026-01-01"))
    told.as_of("2026-01-02").then(obligation("stage-review", "overdue"))


def test_without_a_stage_review_date_there_is_neither_deployment_nor_stage_review() -> None:
    told = given(signed, under=terms(payment__stage_review_by=None))
    told.as_of("2026-01-02").then(no_obligation("deployment"), no_obligation("stage-review"))


def test_the_stage_review_date_is_read_as_of_the_day_asked_about() -> None:
    told = given(signed, amended("2026-02-01", payment__stage_review_by="2026-03-31"))
    told.as_of("2026-01-31").then(obligation("stage-review", "overdue", due_on="2025-12-31"))
    told.as_of("2026-02-01").then(obligation("stage-review", "pending", due_on="2026-03-31"))


# -- when an invoice falls due -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2025-11-24", "2025-12-01"),  # 25, 26, 27, 28 November, Monday 1 December
        ("2025-12-26", "2026-01-05"),  # 29, 30, 31 December, Sunday 4 January is worked, 5 January
        ("2025-12-31", "2026-01-08"),  # 4 (made up), 5, 6, 7, 8 January
        ("2026-02-13", "2026-02-27"),  # Saturday 14 February is worked; 15 to 23 off; 24, 25, 26, 27
        ("2026-02-27", "2026-03-05"),  # Saturday 28 February is worked; 2, 3, 4, 5 March
        ("2026-04-30", "2026-05-11"),  # 6, 7, 8 May, Saturday 9 May is worked, 11 May
        ("2025-11-24T15:59:59Z", "2025-12-01"),
        ("2025-11-24T16:00:00Z", "2025-12-02"),
        ("2025-11-25T00:00:00+08:00", "2025-12-02"),
    ],
)
def test_an_invoice_is_due_five_working_days_after_the_day_it_was_received(received, due) -> None:
    given(signed, invoice(received)).as_of("2026-05-01").then(
        obligation(
            PAY,
            "overdue" if due < "2026-05-01" else "pending",
            due_on=due,
            provisional=False,
            clause="9.1",
            obligor="party_a",
            raised_by=["inv"],
        )
    )


def test_a_due_day_that_rests_on_a_year_without_a_notice_is_provisional() -> None:
    given(signed, invoice("2026-12-24")).as_of("2026-12-31").then(
        obligation(PAY, "pending", due_on="2026-12-31", provisional=False)
    )
    given(signed, invoice("2026-12-25")).as_of("2026-12-31").then(
        obligation(PAY, "pending", due_on="2027-01-04", provisional=True)
    )  # 28, 29, 30, 31 December; 1 January is statutory, 2 and 3 a weekend


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2025-12-01", "fulfilled"),
        ("2025-12-01T15:59:59Z", "fulfilled"),
        ("2025-12-01T16:00:00Z", "fulfilled_late"),
        ("2025-12-02", "fulfilled_late"),
    ],
)
def test_a_payment_is_in_time_until_beijing_midnight_of_the_due_day(on, state) -> None:
    given(signed, invoice("2025-11-24"), paid(on)).as_of("2026-01-01").then(
        obligation(PAY, state, settled_by=["pay"]), no_anomalies
    )


def test_an_unpaid_invoice_is_pending_on_its_due_day_and_overdue_the_day_after() -> None:
    told = given(signed, invoice("2025-11-24"))
    told.as_of("2025-12-01").then(obligation(PAY, "pending"), balance(payable="1843129.06", overdue="0.00"))
    told.as_of("2025-12-02").then(obligation(PAY, "overdue"), balance(payable="1843129.06", overdue="1843129.06"))


def test_the_working_days_to_pay_are_those_agreed_on_the_invoices_day() -> None:
    told = given(
        signed,
        invoice("2025-11-24", "100.00", "one"),
        amended("2025-11-25", payment__pay_within_working_days=10),
        invoice("2025-11-25", "100.00", "two"),
    )
    told.as_of("2025-12-01").then(
        obligation("pay-invoice:one", "pending", due_on="2025-12-01"),
        obligation("pay-invoice:two", "pending", due_on="2025-12-09"),
    )


# -- payments that cover ----------------------------------------------------------------------------


def test_one_fen_short_does_not_cover_an_invoice() -> None:
    given(signed, invoice("2025-11-24"), paid("2025-11-25", "1843129.05")).as_of("2025-12-02").then(
        obligation(PAY, "overdue"),
        balance(paid="1843129.05", outstanding="460782.27", payable="0.01", overdue="0.01"),
        no_anomalies,
    )


def test_one_fen_too_much_is_an_anomaly() -> None:
    given(signed, invoice("2025-11-24"), paid("2025-11-25", "1843129.07")).as_of("2025-12-02").then(
        obligation(PAY, "fulfilled"),
        balance(paid="1843129.07", outstanding="460782.25", payable="0.00"),
        anomalies(("PAYMENT_EXCEEDS_INVOICE", "pay", "2025-11-25")),
    )


def test_payments_together_cover_an_invoice_on_the_day_of_the_last() -> None:
    told = given(
        signed, invoice("2025-11-24"), paid("2025-11-25", "1000000.00", "one"), paid("2025-12-02", "843129.06", "two")
    )
    told.as_of("2025-12-01").then(obligation(PAY, "pending"), balance(payable="843129.06"))
    told.as_of("2025-12-02").then(
        obligation(PAY, "fulfilled_late", settled_on="2025-12-02", settled_by=["one", "two"]), no_anomalies
    )


def test_a_returned_payment_reopens_its_invoice() -> None:
    told = given(signed, invoice("2025-11-24"), paid("2025-11-25"), returned("2025-11-28"))
    told.as_of("2025-11-27").then(obligation(PAY, "fulfilled", settled_on="2025-11-25"), balance(paid="1843129.06"))
    told.as_of("2025-11-28").then(
        obligation(PAY, "pending", settled_on=None, settled_by=[]),
        balance(paid="0.00", outstanding="2303911.32", payable="1843129.06"),
    )
    told.as_of("2025-12-02").then(obligation(PAY, "overdue"), balance(overdue="1843129.06"))
    told.record(paid("2025-12-03", payment="again"))
    told.as_of("2025-12-03").then(
        obligation(PAY, "fulfilled_late", settled_on="2025-12-03", settled_by=["again"]), no_anomalies
    )


def test_a_payment_returned_twice_is_returned_once() -> None:
    told = given(
        signed, invoice("2025-11-24"), paid("2025-11-25"), returned("2025-11-28"), returned("2025-11-29").named("again")
    )
    told.as_of("2025-11-28").then(no_anomalies)
    told.as_of("2025-12-01").then(
        balance(paid="0.00", payable="1843129.06", outstanding="2303911.32"),
        anomalies(("RETURN_EXCEEDS_PAYMENT", "again", "2025-11-29")),
    )


def test_a_return_of_a_payment_that_does_not_stand_changes_nothing() -> None:
    told = given(signed, invoice("2025-11-24"), paid("2025-11-25"), returned("2025-11-28"),
                 retracted("2025-11-28", paid("2025-11-25")))  # fmt: skip
    told.as_of("2025-11-28").then(balance(paid="0.00", payable="1843129.06"), no_anomalies)


def test_an_invoice_paid_twice_over_stays_covered_when_one_payment_is_returned() -> None:
    told = given(
        signed, invoice("2025-11-24"), paid("2025-11-25"), paid("2025-11-26", payment="twice"), returned("2025-11-28")
    )
    told.as_of("2025-11-26").then(anomalies(("PAYMENT_EXCEEDS_INVOICE", "twice", "2025-11-26")))
    told.as_of("2025-11-28").then(
        obligation(PAY, "fulfilled", settled_on="2025-11-26", settled_by=["twice"]), balance(paid="1843129.06")
    )


def test_overdue_is_only_the_part_of_payable_that_is_past_its_due_day() -> None:
    told = given(
        signed,
        invoice("2025-11-24", "1000.00", "one"),
        invoice("2025-11-25", "500.00", "two"),
        paid("2025-11-26", "300.00", name="one"),
    )
    told.as_of("2025-12-01").then(balance(invoiced="1500.00", paid="300.00", payable="1200.00", overdue="0.00"))
    told.as_of("2025-12-02").then(balance(payable="1200.00", overdue="700.00"))
    told.as_of("2025-12-03").then(balance(payable="1200.00", overdue="1200.00"))


def test_the_total_is_that_of_the_day_asked_about() -> None:
    """A second APT protection: 500 × 12 = 6000.00 more."""
    second = {"order__lines__anti-apt__quantity": "2", "order__lines__anti-apt__total": "12000.00"}
    more = {"payment__total": "2309911.32", "payment__instalments__2__amount": "466782.26"}
    told = given(signed, amended("2026-02-01", **second, **more))
    told.as_of("2026-01-31").then(balance(total="2303911.32", outstanding="2303911.32"))
    told.as_of("2026-02-01").then(balance(total="2309911.32", outstanding="2309911.32"))
