"""What makes an invoice one that is due: which it stands for, what conforms, what a red letter frees."""

from __future__ import annotations

import pytest

from tests.agreements.beijing_government_cloud_2025.test_article_09_payment import BOTH_REQUIRED, PAY, VOID
from tests.happenings import (
    SECOND,
    A,
    acknowledged,
    deployed,
    fact,
    invoice,
    lease_started,
    paid,
    reading_agreed,
    retracted,
    returned,
    signature,
    signed,
    stage_review,
    voided,
)
from tests.scenario import (
    anomalies,
    balance,
    given,
    no_anomalies,
    no_obligation,
    obligation,
)

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
