"""第九条 支付条款 (SPEC 4.2, 4.3): invoices that conform, payments that cover them, the stage review."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.happenings import (
    SECOND,
    A,
    accepted,
    acknowledged,
    amended,
    damages_deducted,
    deployed,
    dispute_opened,
    fact,
    incident,
    invoice,
    judgment,
    lease_started,
    paid,
    paid_settlement,
    paid_together,
    reading_agreed,
    retracted,
    returned,
    settlement,
    signature,
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
    told.as_of("2025-12-01").then(balance(paid="0.00", payable="1843129.06", outstanding="2303911.32"))


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


# -- what conforms ----------------------------------------------------------------------------------


def test_a_conforming_invoice_counts_as_invoiced_and_raises_the_duty_to_pay() -> None:
    given(signed, invoice("2025-11-24")).as_of("2025-11-24").then(
        obligation(PAY, "pending", raised_on="2025-11-24"),
        no_anomalies,
        balance(
            currency="CNY",
            total="2303911.32",
            invoiced="1843129.06",
            paid="0.00",
            outstanding="2303911.32",
            payable="1843129.06",
            overdue="0.00",
        ),
    )


def _anomalous(code: str, *steps, ref: str = "inv", on: str, under=None) -> None:
    given(*steps, under=under).as_of("2026-06-01").then(anomalies((code, ref, on)), no_obligation("pay-invoice:" + ref))


def test_an_invoice_of_another_tax_rate_raises_nothing() -> None:
    for rate in ("0.09", "0.0599", "0.0601", "0"):
        _anomalous("INVOICE_TAX_RATE", signed, invoice("2025-11-24", tax_rate=rate), on="2025-11-24")


def test_a_tax_rate_written_with_more_digits_is_the_same_rate() -> None:
    given(signed, invoice("2025-11-24", tax_rate="0.060")).as_of("2025-12-01").then(no_anomalies)


def test_an_invoice_before_both_have_signed_conforms_from_the_day_both_have() -> None:
    """SPEC 4.3: what time can cure, time cures [``early-invoice``]; the anomaly stays."""
    told = given(signature("party_a", "2025-11-19"), invoice("2025-11-19"), signature("party_b", "2025-11-20"))
    early = anomalies(("INVOICE_BEFORE_EFFECTIVE", "inv", "2025-11-19"))
    told.as_of("2025-11-19").then(early, no_obligation(PAY), balance(invoiced="0.00"))
    told.as_of("2025-11-20").then(
        early,
        obligation(PAY, "pending", raised_on="2025-11-20", due_on="2025-11-27", raised_by=["inv", "signed-b"]),
        balance(invoiced="1843129.06"),
    )
    told.as_of("2025-12-20", reading=VOID).then(early, no_obligation(PAY), balance(invoiced="0.00", payable="0.00"))


def test_an_invoice_on_the_day_of_the_later_signature_conforms_whichever_was_recorded_first() -> None:
    told = given(signature("party_a", "2025-11-19"), invoice("2025-11-20"), signature("party_b", "2025-11-20"))
    told.as_of("2025-11-20").then(no_anomalies, obligation(PAY, "pending"))
    at_night = given(
        signature("party_a", "2025-11-19"),
        invoice("2025-11-20T01:00:00+08:00"),
        signature("party_b", "2025-11-20T23:00:00+08:00"),
    )
    at_night.as_of("2025-11-20").then(no_anomalies, obligation(PAY, "pending"))


def test_an_invoice_one_fen_above_its_instalment_raises_nothing() -> None:
    _anomalous("INVOICE_EXCEEDS_INSTALMENT", signed, invoice("2025-11-24", "1843129.07"), on="2025-11-24")


def test_invoices_of_one_instalment_are_added_up_and_one_fen_too_much_is_an_anomaly() -> None:
    told = given(
        signed,
        invoice("2025-11-24", "1843129.00", "one"),
        invoice("2025-11-25", "0.07", "two"),
        invoice("2025-11-26", "0.06", "three"),
    )
    told.as_of("2025-12-01").then(
        anomalies(("INVOICE_EXCEEDS_INSTALMENT", "two", "2025-11-25")),
        no_obligation("pay-invoice:two"),
        obligation("pay-invoice:three", "pending"),
        balance(invoiced="1843129.06", payable="1843129.06"),
    )


def test_an_invoice_of_another_instalment_does_not_use_up_this_one() -> None:
    told = given(
        signed, deployed("2025-11-20"), stage_review("2025-11-20"), invoice("2025-11-24"),
        invoice("2025-11-25", SECOND, "second", instalment=2),
    )  # fmt: skip
    told.as_of("2025-11-25").then(no_anomalies, balance(invoiced="2303911.32"))


def test_a_voided_invoice_makes_room_for_those_that_exceeded_only_because_of_it_in_order_of_receipt() -> None:
    told = given(
        signed,
        invoice("2025-11-24", name="one"),
        invoice("2025-11-25", name="two"),
        invoice("2025-11-25T08:00:00+08:00", name="three"),
        voided("2025-11-26", "one"),
        invoice("2025-11-27", name="four"),
    )
    told.as_of("2025-11-27").then(
        anomalies(
            ("INVOICE_EXCEEDS_INSTALMENT", "two", "2025-11-25"),
            ("INVOICE_EXCEEDS_INSTALMENT", "three", "2025-11-25"),
            ("INVOICE_EXCEEDS_INSTALMENT", "four", "2025-11-27"),
        ),
        obligation("pay-invoice:one", "cancelled", settled_on="2025-11-26", settled_by=["one-voided"]),
        obligation("pay-invoice:two", "pending", raised_on="2025-11-26", due_on="2025-12-03"),
        no_obligation("pay-invoice:three"),
        no_obligation("pay-invoice:four"),
        balance(invoiced="1843129.06", payable="1843129.06"),
    )
    told.as_of("2025-11-27", reading=VOID).then(
        no_obligation("pay-invoice:two"), obligation("pay-invoice:four", "pending")
    )


def test_a_void_on_the_invoices_own_day_but_recorded_after_it_cures_it_that_day() -> None:
    told = given(
        signed, invoice("2025-11-24", name="one"), invoice("2025-11-24", name="two"), voided("2025-11-24", "one")
    )
    told.as_of("2025-11-24").then(
        anomalies(("INVOICE_EXCEEDS_INSTALMENT", "two", "2025-11-24")),
        obligation("pay-invoice:two", "pending", raised_on="2025-11-24", due_on="2025-12-01"),
    )


@pytest.mark.parametrize(("cut", "conforms"), [("0.01", False), ("0.02", True), ("0.03", True)])
def test_a_partial_red_letter_counts_as_a_void_also_of_the_invoice_itself(cut, conforms) -> None:
    told = given(signed, invoice("2025-11-24", "1843129.08"), voided("2025-11-26", amount=cut))
    expected = obligation(PAY, "pending", raised_on="2025-11-26") if conforms else no_obligation(PAY)
    told.as_of("2025-11-26").then(expected, anomalies(("INVOICE_EXCEEDS_INSTALMENT", "inv", "2025-11-24")))


def test_a_partial_red_letter_lowers_what_is_to_be_paid() -> None:
    cut = voided("2025-11-27", amount="300.00")
    told = given(signed, invoice("2025-11-24", "1000.00"), paid("2025-11-25", "700.00"), cut)
    told.as_of("2025-11-26").then(obligation(PAY, "pending"), balance(invoiced="1000.00", payable="300.00"))
    told.as_of("2025-11-27").then(
        obligation(PAY, "fulfilled", settled_on="2025-11-27", settled_by=["pay", "inv-red-2025-11-27"]),
        balance(invoiced="700.00", payable="0.00", credit="0.00"),
    )
    told.record(voided("2025-11-28", amount="100.00"))
    told.as_of("2025-11-28").then(
        obligation(PAY, "fulfilled", settled_on="2025-11-27"), balance(invoiced="600.00", credit="100.00")
    )
    told.record(voided("2025-11-29", amount="600.00"))
    told.as_of("2025-11-29").then(obligation(PAY, "cancelled"), balance(invoiced="0.00", credit="700.00"))


def test_a_voided_invoice_stays_cancelled_when_its_payment_is_returned() -> None:
    told = given(signed, invoice("2025-11-24"), paid("2025-11-25"), voided("2025-11-26"), returned("2025-11-27"))
    told.as_of("2025-11-26").then(
        obligation(PAY, "cancelled"), balance(invoiced="0.00", paid="1843129.06", payable="0.00")
    )
    told.as_of("2025-12-10").then(
        obligation(PAY, "cancelled", settled_on="2025-11-26", settled_by=["inv-voided"]),
        balance(invoiced="0.00", paid="0.00", payable="0.00", overdue="0.00"),
    )


def test_an_invoice_that_did_not_conform_uses_up_no_instalment() -> None:
    told = given(signed, invoice("2025-11-24", tax_rate="0.09", name="wrong"), invoice("2025-11-25"))
    told.as_of("2025-11-25").then(
        anomalies(("INVOICE_TAX_RATE", "wrong", "2025-11-24")),
        obligation(PAY, "pending"),
        balance(invoiced="1843129.06"),
    )


def test_an_unknown_instalment_is_exceeded() -> None:
    _anomalous("INVOICE_EXCEEDS_INSTALMENT", signed, invoice("2025-11-24", "0.01", instalment=3), on="2025-11-24")


@pytest.mark.parametrize(
    ("deployed_on", "reviewed_on", "codes", "raised_on", "due_on"),
    [
        ("2025-12-18", "2025-12-18", [], "2025-12-18", "2025-12-25"),
        ("2025-12-18T23:00:00+08:00", "2025-12-18T23:00:00+08:00", [], "2025-12-18", "2025-12-25"),  # the whole day
        ("2025-12-19", "2025-12-18", ["DEPLOYMENT"], "2025-12-19", "2025-12-26"),
        ("2025-12-18", "2025-12-19", ["STAGE_REVIEW"], "2025-12-19", "2025-12-26"),
        ("2025-12-20", "2025-12-19", ["DEPLOYMENT", "STAGE_REVIEW"], "2025-12-20", "2025-12-26"),  # a Saturday
    ],
)
def test_the_second_instalment_conforms_from_the_day_deployment_and_review_are_both_there(
    deployed_on, reviewed_on, codes, raised_on, due_on
) -> None:
    """SPEC 4.3: "raised then and due 5 working days from that day (not rolled first)"; 9.1 且: both."""
    told = given(signed, invoice("2025-12-18", SECOND, instalment=2), deployed(deployed_on), stage_review(reviewed_on),
                 under=BOTH_REQUIRED)  # fmt: skip
    told.as_of("2025-12-30").then(
        anomalies(*((f"INVOICE_BEFORE_{code}", "inv", "2025-12-18") for code in codes)),
        obligation(PAY, "overdue", raised_on=raised_on, due_on=due_on),
    )
    voided_ = no_obligation(PAY) if codes else obligation(PAY, "overdue", raised_on="2025-12-18")
    told.as_of("2025-12-30", reading=VOID).then(voided_)


def test_around_beijing_midnight_an_invoice_belongs_to_the_day_before_or_after_the_stage_review() -> None:
    done = (deployed("2025-12-01"), stage_review("2025-12-20"))
    before = given(signed, done, invoice("2025-12-19T15:59:59Z", SECOND, instalment=2))
    before.as_of("2025-12-20").then(
        anomalies(("INVOICE_BEFORE_STAGE_REVIEW", "inv", "2025-12-19")), obligation(PAY, "pending")
    )
    on_the_day = given(signed, done, invoice("2025-12-19T16:00:00Z", SECOND, instalment=2))
    on_the_day.as_of("2025-12-20").then(no_anomalies)


@pytest.mark.parametrize(
    ("received", "due", "rolled"),
    [
        ("2025-11-28", "2025-12-05", "2025-12-05"),  # a Friday
        ("2025-11-29", "2025-12-05", "2025-12-08"),  # a Saturday: counted from Monday
        ("2025-12-01", "2025-12-08", "2025-12-08"),
    ],
)
def test_an_invoice_received_on_a_rest_day_may_count_as_received_on_the_next_working_day(received, due, rolled) -> None:
    told = given(signed, invoice(received))
    told.as_of("2025-12-01").then(obligation(PAY, "pending", raised_on=received, due_on=due))
    told.as_of("2025-12-01", reading={"invoice-received": "next-working-day"}).then(
        obligation(PAY, "pending", raised_on=received, due_on=rolled)
    )


def test_every_line_of_an_invoice_has_the_contracts_rate() -> None:
    def lined(*rates: str):
        lines = [{"amount": "50.00", "tax_rate": rate} for rate in rates]
        return fact("InvoiceIssued", "2025-11-24", "party_b", "inv", invoice="inv", instalment=1,
                    amount=f"{50 * len(rates)}.00", lines=lines)  # fmt: skip

    given(signed, lined("0.06", "0.060")).as_of("2025-12-01").then(no_anomalies, balance(invoiced="100.00"))
    given(signed, lined("0.06", "0.09")).as_of("2025-12-01").then(
        anomalies(("INVOICE_TAX_RATE", "inv", "2025-11-24")), no_obligation(PAY)
    )


def test_by_the_reading_condition_nobody_owes_deployment_or_review_and_the_invoice_waits_all_the_same() -> None:
    condition = {"stage-review-date": "condition"}
    told = given(signed, invoice("2025-12-18", SECOND, instalment=2), under=BOTH_REQUIRED)
    told.as_of("2026-01-10", reading=condition).then(
        no_obligation("deployment"), no_obligation("stage-review"), no_obligation(PAY)
    )
    agreed = given(signed, reading_agreed("2026-01-05", "stage-review-date", "condition"))
    agreed.as_of("2026-01-04").then(obligation("deployment", "overdue"))
    agreed.as_of("2026-01-05").then(no_obligation("deployment"))


def test_the_first_instalment_needs_no_stage_review() -> None:
    given(signed, invoice("2025-11-24")).as_of("2026-03-01").then(no_anomalies)


def test_every_fault_of_an_invoice_is_listed() -> None:
    told = given(invoice("2025-11-24", "460782.27", instalment=2, tax_rate="0.13"), under=BOTH_REQUIRED)
    codes = ("BEFORE_DEPLOYMENT", "BEFORE_EFFECTIVE", "BEFORE_STAGE_REVIEW", "EXCEEDS_INSTALMENT", "TAX_RATE")
    told.as_of("2025-12-01").then(
        anomalies(*((f"INVOICE_{code}", "inv", "2025-11-24") for code in codes)),
        no_obligation(PAY),
        balance(invoiced="0.00", payable="0.00"),
    )


def test_what_is_paid_on_an_invoice_that_did_not_conform_is_paid_all_the_same() -> None:
    told = given(signed, invoice("2025-11-24", tax_rate="0.09"), paid("2025-11-25", "100.00"))
    told.as_of("2025-12-10").then(balance(paid="100.00", outstanding="2303811.32", payable="0.00", overdue="0.00"))


def test_paying_too_much_on_an_invoice_that_did_not_conform_is_an_anomaly_too() -> None:
    told = given(signed, invoice("2025-11-24", "100.00", tax_rate="0.09"), paid("2025-11-25", "100.01"))
    told.as_of("2025-12-10").then(
        anomalies(("INVOICE_TAX_RATE", "inv", "2025-11-24"), ("PAYMENT_EXCEEDS_INVOICE", "pay", "2025-11-25"))
    )


def test_an_invoice_taken_back_by_both_leaves_no_obligation_and_takes_its_payments_with_it() -> None:
    wrong = invoice("2025-11-24")
    taken_back = retracted("2025-12-02", wrong)
    told = given(signed, wrong, paid("2025-11-25"), lease_started("2025-12-01"), taken_back)
    told.as_of("2025-12-02").then(obligation(PAY, "fulfilled"), balance(paid="1843129.06"))
    told = told.record(acknowledged("2025-12-02", taken_back, A))
    told.as_of("2025-12-02").then(no_obligation(PAY), balance(invoiced="0.00", paid="0.00", payable="0.00"))
    told.as_of("2025-11-30").then(no_obligation(PAY), balance(invoiced="0.00", paid="0.00"))


def test_a_retracted_payment_reopens_its_invoice() -> None:
    wrong = paid("2025-11-25")
    told = given(signed, invoice("2025-11-24"), wrong, retracted("2025-11-28", wrong))
    told.as_of("2025-12-02").then(obligation(PAY, "overdue"), balance(paid="0.00"))
    told.as_of("2025-12-02", known_at="2025-11-28").then(obligation(PAY, "fulfilled"), balance(paid="1843129.06"))


def test_a_retracted_void_revives_the_invoice() -> None:
    wrong = voided("2025-11-26")
    told = given(signed, invoice("2025-11-24"), wrong, retracted("2025-11-27", wrong))
    told.as_of("2025-11-27").then(obligation(PAY, "pending"), balance(invoiced="1843129.06"))


def test_a_payment_counts_as_paid_on_its_own_day_also_where_the_invoice_came_later() -> None:
    told = given(signed, invoice("2025-11-24"), paid("2025-11-21"))
    told.as_of("2025-11-20").then(balance(paid="0.00"))
    early = anomalies(("PAYMENT_BEFORE_INVOICE", "pay", "2025-11-21"))
    told.as_of("2025-11-21").then(
        balance(paid="1843129.06", invoiced="0.00", payable="0.00", credit="1843129.06"), no_obligation(PAY), early
    )
    told.as_of("2025-11-24").then(
        obligation(PAY, "fulfilled", settled_on="2025-11-24", settled_by=["pay"]), early,
        balance(payable="0.00", credit="0.00"),
    )  # fmt: skip


def test_a_voided_invoice_keeps_the_day_of_the_void_whatever_payments_still_cover_it() -> None:
    told = given(
        signed,
        invoice("2025-11-24"),
        paid("2025-11-25"),
        paid("2025-11-26", payment="twice"),
        voided("2025-11-27"),
        returned("2025-11-28", "twice"),
    )
    told.as_of("2025-11-28").then(obligation(PAY, "cancelled", settled_on="2025-11-27", settled_by=["inv-voided"]))


@pytest.mark.parametrize(("kind", "done"), [("deployment", deployed), ("stage-review", stage_review)])
def test_what_was_done_before_the_signatures_counts_from_the_first_time_it_was_done(kind, done) -> None:
    told = given(done("2025-11-01"), done("2025-11-05").named("again"), signed)
    told.as_of("2025-11-19").then(
        obligation(kind, "fulfilled", settled_on="2025-11-01", settled_by=[done("2025-11-01").ref])
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
        returned("2025-11-27", amount="70.00").named("again"),
    )  # fmt: skip
    told.as_of("2025-11-27").then(balance(paid="0.00", outstanding="2303911.32"))


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
