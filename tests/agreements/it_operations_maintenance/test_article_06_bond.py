"""第六条 履约保证金: paid in time, drawn on for what is unsettled, returned after the end (SPEC 9.4, 9.6)."""

from __future__ import annotations

from tests.happenings import B, fact
from tests.operations import (
    SIGNED,
    accepted,
    anomalies,
    bond,
    bond_drawn,
    bond_returned,
    given,
    noticed,
    scored,
    section,
    served,
)
from tests.scenario import no_obligation, obligation

DELAY = "delay:accept:initial"  # 180.00 for a day
LATE = [SIGNED, bond("2025-07-01"), accepted("2025-08-16")]


def test_the_bond_is_due_fifteen_days_after_the_effect_and_paid_by_what_completes_it() -> None:
    # 20 June and 15 days are 5 July 2025, a Saturday: Monday the 7th
    given(SIGNED, bond("2025-07-07")).as_of("2025-07-07").then(obligation("pay-bond", "fulfilled", due_on="2025-07-07"))
    short = given(SIGNED, bond("2025-07-07", "59999.99"), bond("2025-07-08", "0.01", "rest"))
    short.as_of("2025-07-07").then(obligation("pay-bond", "pending"))
    short.as_of("2025-07-08").then(obligation("pay-bond", "fulfilled_late", settled_by=["bond", "rest"]))


def test_a_draw_within_what_is_owed_settles_it_one_beyond_is_an_anomaly() -> None:
    told = given(LATE, bond_drawn("2025-09-01", DELAY, amount="180.00"))
    told.as_of("2025-09-01").then(
        anomalies(), section("bond", paid="60000.00", drawn="180.00", held="59820.00"),
        section("damages", settled="180.00", deductible="0.00"),
    )  # fmt: skip
    beyond = given(LATE, bond_drawn("2025-09-01", DELAY, amount="180.01"))
    beyond.as_of("2025-09-01").then(anomalies(("BOND_DRAWN_BEYOND", "drawn-2025-09-01")))
    twice = given(
        LATE, bond_drawn("2025-09-01", DELAY, amount="100.00"), bond_drawn("2025-09-02", DELAY, amount="80.01")
    )
    twice.as_of("2025-09-02").then(anomalies(("BOND_DRAWN_BEYOND", "drawn-2025-09-02")))


def test_a_draw_beyond_what_is_held_is_an_anomaly() -> None:
    told = given(SIGNED, bond("2025-07-01", "100.00"), accepted("2025-08-16"),
                 bond_drawn("2025-09-01", DELAY, amount="100.01"))  # fmt: skip
    told.as_of("2025-09-01").then(anomalies(("BOND_DRAWN_BEYOND", "drawn-2025-09-01")), section("bond", held="-0.01"))


def test_what_is_held_is_to_be_returned_thirty_days_after_the_last_day() -> None:
    told = given(
        SIGNED, bond("2025-07-01"), bond_returned("2026-07-30", "59999.99"), bond_returned("2026-07-31", "0.01")
    )
    told.as_of("2026-06-30").then(no_obligation("return-bond"))
    told.as_of("2026-07-01").then(obligation("return-bond", "pending", due_on="2026-07-30", raised_on="2026-07-01"))
    told.as_of("2026-07-30").then(obligation("return-bond", "pending"))
    told.as_of("2026-07-31").then(obligation("return-bond", "fulfilled_late", settled_by=["returned-2026-07-31"]))
    [debt] = [one for one in told.as_of("2026-07-30").status["limitation"] if one["debt"] == "return-bond"]
    assert (debt["creditor"], debt["amount"]) == ("party_b", "0.01")


def test_after_an_early_end_it_is_returned_from_then_and_an_unpaid_bond_is_no_more_owed() -> None:
    scores = [scored(1, "50", "2025-06-21"), scored(2, "50", "2025-06-22")]
    ended = [scores, noticed("2025-06-22"), served("2025-06-22", "notice-party_a-2025-06-22")]
    told = given(SIGNED, ended)
    told.as_of("2025-07-07").then(obligation("pay-bond", "discharged"), no_obligation("return-bond"))
    paid = given(SIGNED, bond("2025-06-30"), ended)
    paid.as_of("2025-08-06").then(obligation("return-bond", "pending", due_on="2025-08-06"))


def test_more_returned_than_is_held_is_an_anomaly() -> None:
    told = given(SIGNED, bond("2025-07-01"), bond_returned("2026-07-02", "60000.01"))
    told.as_of("2026-07-02").then(anomalies(("BOND_RETURNED_BEYOND", "returned-2026-07-02")))


def test_without_the_table_there_is_no_bond() -> None:
    told = given(SIGNED, fact("BondPaid", "2025-07-01", B, "bond", amount="1.00"), bond=None, price__parts=[
        {"number": 1, "amount": "1200000.00", "after": "invoice", "days": 30},
    ])  # fmt: skip
    told.as_of("2026-07-31").then(no_obligation("pay-bond"), no_obligation("return-bond"))


def test_a_bond_paid_only_after_the_end_is_to_be_returned_within_as_many_days_of_that() -> None:
    told = given(SIGNED, bond("2026-09-01"))
    told.as_of("2026-09-01").then(obligation("return-bond", "pending", due_on="2026-10-08", raised_on="2026-09-01"))
