"""第十条: credits are claimed in time, or are gone; settlements (SPEC 9.6)."""

from __future__ import annotations

from tests.happenings import BOTH, A, Happening, fact
from tests.operations import (
    SIGNED,
    amended,
    anomalies,
    claimed,
    given,
    item,
    measured,
    opened,
    responded,
    section,
    served,
)
from tests.scenario import obligation

CREDIT = "availability-credit:2025-07:portal"
REPORTED = [SIGNED, measured("2025-07", 100, on="2025-08-04")]  # to be claimed by 19 August


def test_a_credit_counts_once_it_is_claimed_and_not_before() -> None:
    told = given(REPORTED, claimed("2025-08-19", CREDIT))
    told.as_of("2025-08-18").then(
        item(CREDIT, state="claimable", claim_by="2025-08-19", amount="2000.00", counted="0.00"),
        section("damages", accrued="0.00"),
    )
    told.as_of("2025-08-19").then(
        item(CREDIT, state="standing", counted="2000.00"), section("damages", accrued="2000.00")
    )


def test_unclaimed_on_its_last_day_it_is_gone_the_day_after() -> None:
    told = given(REPORTED)
    told.as_of("2025-08-19").then(item(CREDIT, state="claimable"))
    told.as_of("2025-08-20").then(item(CREDIT, state="forfeited", counted="0.00"))
    changes = told.as_of("2025-08-10").status["next_changes"]
    assert ("2025-08-20", f"damages.items.{CREDIT}.state") in {(one["on"], one["what"]) for one in changes}
    late = given(REPORTED, claimed("2025-08-20", CREDIT))
    late.as_of("2025-08-20").then(
        item(CREDIT, state="forfeited"), anomalies(("CREDIT_CLAIMED_LATE", "claim-2025-08-20"))
    )


def test_a_claim_counts_from_the_day_it_arrived() -> None:
    claim = claimed("2025-08-18", CREDIT)
    in_time = given(REPORTED, claim, served("2025-08-19", "claim-2025-08-18"))
    in_time.as_of("2025-08-19").then(item(CREDIT, state="standing"))
    assert in_time.as_of("2025-08-19").items()[CREDIT]["because"] == [
        "measured-2025-07-portal-party_a", "claim-2025-08-18", "served-claim-2025-08-18",
    ]  # fmt: skip
    late = given(REPORTED, claim, served("2025-08-20", "claim-2025-08-18"))
    late.as_of("2025-08-20").then(
        item(CREDIT, state="forfeited"), anomalies(("CREDIT_CLAIMED_LATE", "claim-2025-08-18"))
    )


def test_the_last_day_rolls_to_a_working_day() -> None:
    told = given(SIGNED, measured("2025-07", 100, on="2025-08-01"))  # fifteen days on is Saturday the 16th
    told.as_of("2025-08-18").then(item(CREDIT, state="claimable", claim_by="2025-08-18"))
    told.as_of("2025-08-19").then(item(CREDIT, state="forfeited"))


def test_by_the_other_reading_the_days_run_from_the_month_s_last() -> None:
    told = given(REPORTED, claimed("2025-08-16", CREDIT))
    told.as_of("2025-08-31", reading={"credit-window": "occurred"}).then(
        item(CREDIT, state="forfeited", claim_by="2025-08-15")
    )
    told.as_of("2025-08-31").then(item(CREDIT, state="standing"))


def test_without_the_table_a_credit_need_not_be_claimed() -> None:
    told = given(REPORTED, credits=None)
    told.as_of("2025-08-04").then(item(CREDIT, state="standing", claim_by=None, counted="2000.00"))


def test_damages_for_delay_need_no_claim_and_credits_of_tickets_do() -> None:
    told = given(SIGNED, opened("T-1", "2025-09-01T10:00:00+08:00"), responded("T-1", "2025-09-01T11:00:00+08:00"))
    told.as_of("2026-01-31").then(
        item("response-credit:T-1", state="forfeited"), item("delay:accept:initial", state="standing", claim_by=None)
    )


def test_the_window_is_that_of_the_credit_s_day() -> None:
    told = given(REPORTED, amended("2025-08-05", credits__within_days=5), claimed("2025-08-19", CREDIT))
    told.as_of("2025-08-19").then(item(CREDIT, state="standing", claim_by="2025-08-19"))


def test_what_the_parties_settle_on_is_owed_in_this_agreement_too() -> None:
    told = given(
        SIGNED,
        fact("SettlementAgreed", "2026-08-01", A, "JS-1", settlement="JS-1", debtor=A, amount="500.00",
             due_on="2026-08-20", summary="结算", confirmed_by=BOTH),
        fact("PaymentMade", "2026-08-21", A, "p", payment="p", settlement="JS-1", amount="500.00"),
    )  # fmt: skip
    told.as_of("2026-08-20").then(obligation("settlement:JS-1", "pending", clause="10.2", obligor=A))
    told.as_of("2026-08-21").then(obligation("settlement:JS-1", "fulfilled_late"))


def test_what_was_paid_on_a_settlement_and_what_was_returned_of_it_wait_for_the_settlement() -> None:
    def back(ref: str, day: str) -> Happening:
        return fact("PaymentReturned", day, "party_b", ref, payment="p", amount="500.00", reason="退票")

    told = given(
        SIGNED,
        fact("SettlementAgreed", "2026-08-01", A, "JS-1", settlement="JS-1", debtor=A, amount="500.00",
             due_on="2026-08-20", summary="结算", confirmed_by=BOTH),
        fact("PaymentMade", "2026-07-01", A, "p", payment="p", settlement="JS-1", amount="500.00"),
        back("back", "2026-07-02"), back("again", "2026-07-03"),
    )  # fmt: skip
    told.as_of("2026-07-31").then(anomalies())
    told.as_of("2026-08-01").then(
        anomalies(("RETURN_EXCEEDS_PAYMENT", "again")), obligation("settlement:JS-1", "pending")
    )
