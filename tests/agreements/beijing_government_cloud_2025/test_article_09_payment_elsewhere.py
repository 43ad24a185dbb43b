"""Money that lies elsewhere: returns, allocations, credit, set-off, what follows an early end."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.agreements.beijing_government_cloud_2025.test_article_09_payment import BOTH_REQUIRED, PAY
from tests.happenings import (
    SECOND,
    accepted,
    damages_deducted,
    deployed,
    dispute_opened,
    incident,
    invoice,
    judgment,
    lease_started,
    paid,
    paid_settlement,
    paid_together,
    returned,
    settlement,
    signed,
    stage_review,
    termination_proposed,
    voided,
)
from tests.scenario import (
    anomalies,
    balance,
    deductible,
    given,
    no_anomalies,
    no_obligation,
    obligation,
    settled,
)

# -- money that lies elsewhere: returns, allocations, credit (SPEC 4.3) ------------------------------


def test_a_partial_return_reopens_what_it_covered() -> None:
    told = given(signed, invoice("2025-11-24"), paid("2025-11-25"), returned("2025-11-27", amount="0.01"))
    told.as_of("2025-11-26").then(obligation(PAY, "fulfilled"))
    told.as_of("2025-12-02").then(
        obligation(PAY, "overdue", settled_on=None), balance(paid="1843129.05", payable="0.01", overdue="0.01")
    )


def test_of_a_payment_beyond_its_invoice_what_is_beyond_goes_back_first() -> None:
    """Case 09: 1000.00 of 1844129.06 come back, and the invoice stays paid."""
    back = returned("2026-01-05", amount="1000.00")
    told = given(signed, invoice("2025-11-26"), paid("2025-11-27", "1844129.06"), back)
    told.as_of("2026-01-04").then(balance(paid="1844129.06", credit="1000.00", outstanding="459782.26"))
    told.as_of("2026-01-05").then(
        obligation(PAY, "fulfilled", settled_on="2025-11-27"),
        balance(paid="1843129.06", credit="0.00", outstanding="460782.26"),
    )


def test_more_than_was_paid_cannot_come_back() -> None:
    told = given(
        signed, invoice("2025-11-24"), paid("2025-11-25", "100.00"), returned("2025-11-26", amount="70.00"),
        returned("2025-11-27", amount="30.00").named("again"),
    )  # fmt: skip
    told.as_of("2025-11-27").then(balance(paid="0.00", outstanding="2303911.32"), no_anomalies)
    told = given(
        signed, invoice("2025-11-24"), paid("2025-11-25", "100.00"), returned("2025-11-26", amount="70.00"),
        returned("2025-11-27", amount="30.01").named("again"),
    )  # fmt: skip
    told.as_of("2025-11-26").then(no_anomalies)
    told.as_of("2025-11-27").then(
        balance(paid="0.00", outstanding="2303911.32"), anomalies(("RETURN_EXCEEDS_PAYMENT", "again", "2025-11-27"))
    )


def test_what_of_a_rest_came_back_is_all_of_it_and_no_more_than_that() -> None:
    told = given(
        signed, invoice("2025-11-24"), paid("2025-11-25", "100.00"), returned("2025-11-26", amount="70.00"),
        returned("2025-11-27").named("rest"),
    )  # fmt: skip
    told.as_of("2025-11-27").then(balance(paid="0.00"), no_anomalies)


def test_one_transfer_pays_several_invoices() -> None:
    """Case 11."""
    told = given(
        signed, invoice("2025-12-02", "1000000.00", "one"), invoice("2025-12-02", "843129.06", "two"),
        paid_together("2025-12-05", one="1000000.00", two="843129.06"),
    )  # fmt: skip
    for name in ("one", "two"):
        told.as_of("2025-12-05").then(
            obligation(f"pay-invoice:{name}", "fulfilled", settled_on="2025-12-05", settled_by=["pay"])
        )
    told.as_of("2025-12-05").then(balance(paid="1843129.06", payable="0.00"), no_anomalies)


def test_a_partial_return_takes_from_the_last_allocation_first() -> None:
    told = given(
        signed, invoice("2025-12-02", "300.00", "one"), invoice("2025-12-02", "200.00", "two"),
        paid_together("2025-12-05", one="300.00", two="200.00"), returned("2025-12-08", amount="250.00"),
    )  # fmt: skip
    told.as_of("2025-12-08").then(balance(paid="250.00", payable="250.00"))
    assert told.as_of("2025-12-08").obligation("pay-invoice:two")["state"] == "pending"
    told.record(paid("2025-12-09", "200.00", "more", "two"))
    told.as_of("2025-12-09").then(
        obligation("pay-invoice:two", "fulfilled", settled_by=["more"]), obligation("pay-invoice:one", "pending")
    )


def test_what_was_paid_on_a_voided_invoice_pays_the_one_issued_in_its_place() -> None:
    """Case 07: after 红冲重开 nothing is payable or overdue."""
    told = given(
        signed, invoice("2025-11-24", name="one"), paid("2025-11-27", name="one"), voided("2025-12-02", "one"),
        invoice("2025-12-02", name="two"),
    )  # fmt: skip
    told.as_of("2025-12-15").then(
        obligation("pay-invoice:one", "cancelled"),
        obligation("pay-invoice:two", "fulfilled", settled_on="2025-12-02", settled_by=["pay"]),
        balance(invoiced="1843129.06", paid="1843129.06", payable="0.00", overdue="0.00", credit="0.00"), no_anomalies,
    )  # fmt: skip


def test_credit_covers_invoices_of_its_own_instalment_first_then_others_by_due_day_then_id() -> None:
    done = (deployed("2025-11-20"), stage_review("2025-11-20"))
    told = given(
        signed, done, invoice("2025-11-21", "100.00", "two", instalment=2), invoice("2025-11-26", "100.00", "b"),
        invoice("2025-11-26", "100.00", "a"), invoice("2025-11-25", "150.00", "c"),
        invoice("2025-11-20", "50.00", "paid"), paid("2025-11-27", "300.00", name="paid"),
    )  # fmt: skip
    told.as_of("2025-11-27").then(
        anomalies(("PAYMENT_EXCEEDS_INVOICE", "pay", "2025-11-27")),
        obligation("pay-invoice:paid", "fulfilled"),
        obligation("pay-invoice:c", "fulfilled", settled_on="2025-11-27"),  # the same instalment, due first
        obligation("pay-invoice:a", "fulfilled", settled_on="2025-11-27"),  # then by id
        obligation("pay-invoice:b", "pending"),
        obligation("pay-invoice:two", "pending"),
        balance(paid="300.00", payable="200.00", credit="0.00"),
    )
    told.record(paid("2025-11-28", "150.00", "rest", "paid"))
    told.as_of("2025-11-28").then(
        obligation("pay-invoice:b", "fulfilled", settled_on="2025-11-28"), balance(payable="50.00", credit="0.00")
    )


def test_what_is_paid_on_an_invoice_that_day_goes_before_credit() -> None:
    told = given(
        signed, invoice("2025-11-24", "100.00", "one"), paid("2025-11-25", "200.00", "p1", "one"),
        invoice("2025-11-28", "100.00", "two"), paid("2025-11-28", "60.00", "p2", "two"),
    )  # fmt: skip
    told.as_of("2025-11-28").then(
        anomalies(("PAYMENT_EXCEEDS_INVOICE", "p1", "2025-11-25")),
        obligation("pay-invoice:two", "fulfilled", settled_on="2025-11-28", settled_by=["p1", "p2"]),
        balance(credit="60.00", payable="0.00"),
    )


def test_credit_settles_an_invoice_from_the_day_it_came_to_cover_it() -> None:
    """One whose own payment came back is covered by credit from that day on, not from when the credit was paid."""
    told = given(
        signed, invoice("2025-11-24", "100.00", "one"), paid("2025-11-25", "100.00", "p1", "one"),
        invoice("2025-11-26", "100.00", "wrong", tax_rate="0.09"), paid("2025-11-27", "100.00", "p2", "wrong"),
        returned("2025-12-05", "p1"),
    )  # fmt: skip
    told.as_of("2025-12-04").then(obligation("pay-invoice:one", "fulfilled", settled_on="2025-11-25"))
    told.as_of("2025-12-05").then(
        obligation("pay-invoice:one", "fulfilled_late", settled_on="2025-12-05", settled_by=["p2"])
    )


def test_credit_stays_where_it_went_when_a_payment_comes_back() -> None:
    told = given(
        signed, invoice("2025-11-24", "100.00", "one"), paid("2025-11-25", "100.00", "p1", "one"),
        paid("2025-11-26", "100.00", "p2", "one"), invoice("2025-11-27", "100.00", "two"), returned("2025-11-28", "p1"),
    )  # fmt: skip
    told.as_of("2025-11-27").then(
        obligation("pay-invoice:two", "fulfilled", settled_on="2025-11-27", settled_by=["p2"]), balance(payable="0.00")
    )
    told.as_of("2025-11-28").then(
        obligation("pay-invoice:two", "fulfilled", settled_by=["p2"]),
        obligation("pay-invoice:one", "pending", settled_on=None), balance(payable="100.00", credit="0.00"),
    )  # fmt: skip


def test_what_was_paid_on_an_invoice_that_does_not_conform_is_credit_and_its_own_once_it_does() -> None:
    """SPEC 4.3: "an invoice that comes to conform takes first of its own payments what is still free"."""
    told = given(
        signed, deployed("2025-11-20"), invoice("2025-11-24", "100.00", "one", instalment=2),
        paid("2025-11-25", "100.00", name="one"), stage_review("2025-12-01"),
    )  # fmt: skip
    told.as_of("2025-11-25").then(balance(paid="100.00", credit="100.00", payable="0.00"))
    told.as_of("2025-12-01").then(
        obligation("pay-invoice:one", "fulfilled", raised_on="2025-12-01", settled_on="2025-12-01", settled_by=["pay"]),
        balance(credit="0.00"),
    )
    elsewhere = given(
        signed, deployed("2025-11-20"), invoice("2025-11-24", "100.00", "one", instalment=2),
        paid("2025-11-25", "100.00", name="one"), invoice("2025-11-26", "60.00", "other"), stage_review("2025-12-01"),
    )  # fmt: skip
    elsewhere.as_of("2025-12-01").then(
        obligation("pay-invoice:other", "fulfilled", settled_on="2025-11-26"),
        obligation("pay-invoice:one", "pending"), balance(payable="60.00", credit="0.00"),
    )  # fmt: skip


def test_paying_a_voided_invoice_is_beyond_it() -> None:
    told = given(signed, invoice("2025-11-24", "100.00"), voided("2025-11-25"), paid("2025-11-26", "100.00"))
    told.as_of("2025-11-26").then(
        anomalies(("PAYMENT_EXCEEDS_INVOICE", "pay", "2025-11-26")), balance(paid="100.00", credit="100.00")
    )


def test_no_more_is_payable_than_is_outstanding() -> None:
    """A payment that waits for its invoice is not left out of what is outstanding."""
    told = given(
        signed, deployed("2025-11-20"), stage_review("2025-11-20"), invoice("2025-11-24", name="one"),
        invoice("2025-11-24", SECOND, "two", instalment=2), voided("2026-02-01", "two"),
        invoice("2026-02-02", SECOND, "three", instalment=2), paid("2025-12-20", SECOND, "early", "three"),
        paid("2025-11-25", name="one"),
    )  # fmt: skip
    told.as_of("2025-12-20").then(balance(outstanding="0.00", payable="0.00", overdue="0.00", credit=SECOND))
    told.as_of("2026-02-02").then(obligation("pay-invoice:three", "fulfilled"), balance(payable="0.00", credit="0.00"))


# -- set-off (民法典 568) -----------------------------------------------------------------------------

FAULT = incident("2025-12-05", "tampering", "tm", consequence="major", security_service_fault=True)  # 383985.22
SERVED = (signed, lease_started("2025-12-01"))


def test_a_set_off_settles_the_invoice_it_names_and_the_damages() -> None:
    told = given(*SERVED, FAULT, invoice("2025-12-04"), paid("2025-12-09", "1459143.84"),
                 damages_deducted("2025-12-10", "383985.22", "inv", "a2-r3:tm"))  # fmt: skip
    told.as_of("2025-12-09").then(balance(payable="383985.22", deducted="0.00"), obligation(PAY, "pending"))
    told.as_of("2025-12-10").then(
        obligation(PAY, "fulfilled", settled_on="2025-12-10", settled_by=["pay", "deducted-2025-12-10"]),
        balance(paid="1459143.84", deducted="383985.22", outstanding="460782.26", payable="0.00"),
        settled("383985.22"), deductible("0.00"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("invoiced", "deducted", "set_off"),
    [
        ("1000000.00", "383985.21", "383985.21"),
        ("1000000.00", "383985.22", "383985.22"),
        ("1000000.00", "383985.23", "383985.22"),  # no more than the damages
        ("300000.00", "383985.22", "300000.00"),  # no more than the invoice
    ],
)
def test_each_debt_is_set_off_as_far_as_the_other_is_there_and_the_rest_counts_nowhere(
    invoiced, deducted, set_off
) -> None:
    told = given(*SERVED, FAULT, invoice("2025-12-08", invoiced),
                 damages_deducted("2025-12-10", deducted, "inv", "a2-r3:tm"))  # fmt: skip
    left = Decimal(invoiced) - Decimal(set_off)
    told.as_of("2025-12-10").then(
        balance(deducted=set_off, paid="0.00", payable=f"{left:.2f}", credit="0.00"), settled(set_off)
    )


def test_what_was_set_off_against_a_voided_invoice_is_credit_for_another() -> None:
    told = given(*SERVED, FAULT, invoice("2025-12-08", name="one"),
                 damages_deducted("2025-12-10", "383985.22", "one", "a2-r3:tm"), voided("2025-12-12", "one"),
                 invoice("2025-12-15", name="two"))  # fmt: skip
    told.as_of("2025-12-12").then(balance(deducted="383985.22", credit="383985.22", payable="0.00"))
    told.as_of("2025-12-15").then(
        balance(deducted="383985.22", credit="0.00", payable="1459143.84"), settled("383985.22")
    )


# -- after an early end, settlements -----------------------------------------------------------------

ENDED = (termination_proposed("2026-01-05", "2026-03-10"), accepted("2026-01-06"))


@pytest.mark.parametrize(("received", "after"), [("2026-03-09", False), ("2026-03-10", True), ("2026-03-11", True)])
def test_an_invoice_received_after_an_early_end_raises_nothing(received, after) -> None:
    told = given(*SERVED, ENDED, invoice(received))
    if after:
        told.as_of("2026-03-20").then(
            anomalies(("INVOICE_AFTER_END", "inv", received)), no_obligation(PAY),
            balance(invoiced="0.00", payable="0.00"),
        )  # fmt: skip
    else:
        told.as_of("2026-03-20").then(no_anomalies, obligation(PAY, "overdue"), balance(payable="1843129.06"))


def test_deployment_after_an_early_end_cures_no_invoice() -> None:
    told = given(*SERVED, ENDED, stage_review("2026-01-10"), invoice("2026-02-01", SECOND, instalment=2),
                 deployed("2026-03-11"), under=BOTH_REQUIRED)  # fmt: skip
    told.as_of("2026-04-01").then(no_obligation(PAY), balance(payable="0.00"))
    in_time = given(*SERVED, ENDED, stage_review("2026-01-10"), invoice("2026-02-01", SECOND, instalment=2),
                    deployed("2026-03-09"), under=BOTH_REQUIRED)  # fmt: skip
    in_time.as_of("2026-04-01").then(obligation(PAY, "overdue", raised_on="2026-03-09"))


def test_an_invoice_after_the_term_has_run_out_is_an_invoice() -> None:
    given(*SERVED, invoice("2026-12-10")).as_of("2026-12-10").then(no_anomalies, obligation(PAY, "pending"))


@pytest.mark.parametrize(("paid_on", "state"), [("2026-04-20", "fulfilled"), ("2026-04-21", "fulfilled_late")])
def test_a_settlement_is_owed_by_its_debtor_until_payments_cover_it(paid_on, state) -> None:
    agreed = settlement("2026-03-20", "120000.00", "2026-04-20")
    told = given(*SERVED, ENDED, agreed, paid_settlement("2026-04-01", "100000.00", "one"),
                 paid_settlement(paid_on, "20000.00", "two"))  # fmt: skip
    told.as_of("2026-04-01").then(
        obligation(
            "settlement:JS-1", "pending", clause="13.2", obligor="party_a", raised_on="2026-03-20",
            due_on="2026-04-20", raised_by=["JS-1"],
        ),
        balance(paid="0.00"),
    )  # fmt: skip
    told.as_of("2026-05-01").then(
        obligation("settlement:JS-1", state, settled_on=paid_on, settled_by=["one", "two"]), balance(paid="0.00")
    )
    told.record(returned("2026-05-05", "one"))
    told.as_of("2026-05-05").then(obligation("settlement:JS-1", "overdue", settled_on=None))


def test_a_settlement_without_a_day_is_never_overdue_and_party_b_may_owe_one() -> None:
    told = given(*SERVED, settlement("2026-03-20", "500.00", debtor="party_b"),
                 paid_settlement("2026-06-01", "500.00", by="party_b"))  # fmt: skip
    told.as_of("2026-05-31").then(obligation("settlement:JS-1", "pending", due_on=None, obligor="party_b"))
    told.as_of("2026-06-01").then(obligation("settlement:JS-1", "fulfilled", settled_on="2026-06-01"))


def test_each_ruling_on_a_debt_is_a_settlement_of_its_dispute() -> None:
    first = {"debtor": "party_a", "amount": "30000.00", "due_on": "2026-09-15"}
    rulings = (first, {"debtor": "party_b", "amount": "1.00"})
    told = given(*SERVED, dispute_opened("2026-02-02", "lease", name="D-1"), judgment("2026-08-17", *rulings))
    told.as_of("2026-08-16").then(no_obligation("settlement:D-1"))
    told.as_of("2026-08-17").then(
        obligation("settlement:D-1", "pending", due_on="2026-09-15", obligor="party_a", raised_by=["judgment"]),
        obligation("settlement:D-1.2", "pending", due_on=None, obligor="party_b"),
    )


def test_a_partial_return_takes_first_what_came_to_cover_another_invoice_last() -> None:
    old = invoice("2025-12-05", "1000000.00", "old"), paid("2025-12-08", "1000000.00", name="old")
    credit = old, voided("2025-12-10", "old")
    two = invoice("2025-12-20", "300000.00", "first"), invoice("2025-12-29", "500000.00", "later")
    told = given(signed, lease_started("2025-12-01"), credit, two, returned("2026-01-05", amount="300000.00"))
    told.as_of("2026-02-01").then(
        obligation("pay-invoice:first", "fulfilled", settled_on="2025-12-20"),
        obligation("pay-invoice:later", "overdue"), balance(payable="100000.00", credit="0.00"),
    )  # fmt: skip
