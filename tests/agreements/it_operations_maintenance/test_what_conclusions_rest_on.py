"""What items and grounds rest on: every fact without which they would not be what they are (SPEC 4.8, 9.9)."""

from __future__ import annotations

from typing import Any

from tests.happenings import B, contested, dispute_opened, sued
from tests.operations import (
    SIGNED,
    accepted,
    agreed,
    amended,
    bond,
    claimed,
    given,
    invoice,
    item,
    maintenance,
    measured,
    noticed,
    paid,
    scored,
    section,
    served,
)
from tests.scenario import Answer

CREDIT, DELAY = "availability-credit:2025-07:portal", "delay:accept:initial"
SIGNATURES = ["signed-party_a", "signed-party_b"]


def rests_on(answer: Answer, item_id: str) -> list[str]:
    found: list[str] = answer.items()[item_id]["because"]
    return found


def debt(answer: Answer, id_: str) -> dict[str, Any]:
    [found] = [one for one in answer.status["limitation"] if one["debt"] == id_]
    return found


def test_what_counts_within_the_cap_rests_on_what_set_the_cap() -> None:
    told = given(SIGNED, measured("2025-07", 100, on="2025-08-04"), amended("2025-09-01", cap__share="0.001"),
                 amended("2025-09-02", delay__cap="0.04"), credits=None)  # fmt: skip
    answer = told.as_of("2025-09-02").then(item(CREDIT, counted="1200.00"))
    assert rests_on(answer, CREDIT) == ["measured-2025-07-portal-party_a", "amended-2025-09-01"]
    [ground] = answer.grounds("8.3")
    assert ground["because"] == ["measured-2025-07-portal-party_a", "amended-2025-09-01"]


def test_a_ground_by_sums_agreed_alone_rests_on_the_cap_too() -> None:
    told = given(SIGNED, measured("2025-07", 100, on="2025-08-04"), amended("2025-08-10", cap__share="0.001"),
                 agreed("2025-09-01", CREDIT, amount="1200.00"))  # fmt: skip
    [ground] = told.as_of("2025-09-01").grounds("8.3")
    assert ground["because"] == ["amended-2025-08-10", "sum-2025-09-01"]


def test_the_band_that_applies_rests_on_a_change_of_any_band() -> None:
    # 500 of 44 640 minutes: 98.88 %, below 99.00 and no longer below 98.00
    told = given(SIGNED, amended("2025-07-01", service__availability__2__below="98.00"),
                 measured("2025-07", 500, on="2025-08-04"))  # fmt: skip
    answer = told.as_of("2025-08-04").then(item(CREDIT, amount="2000.00"))
    assert rests_on(answer, CREDIT) == ["amended-2025-07-01", "measured-2025-07-portal-party_a"]


def test_what_was_left_out_rests_on_how_early_it_was_to_be_announced_then() -> None:
    told = given(
        SIGNED, amended("2025-07-01", service__maintenance_notice_hours=1),
        maintenance("night", "2025-07-10T20:00:00+08:00", "2025-07-10T22:00:00+08:00", 60),
        amended("2025-07-20", service__maintenance_notice_hours=48), measured("2025-07", 160, 60, on="2025-08-04"),
    )  # fmt: skip
    answer = told.as_of("2025-08-04").then(item(CREDIT, amount="2000.00"))
    announced = ["amended-2025-07-01", "night", "measured-2025-07-portal-party_a"]
    assert rests_on(answer, CREDIT) == announced
    [month] = answer.status["service"]["availability"]
    assert answer.named(month["because"]) == announced


def test_a_month_cut_by_an_early_end_rests_on_what_ended_the_contract() -> None:
    scores = [scored(1, "50", "2025-07-02"), scored(2, "50", "2025-07-03")]
    ended = [noticed("2025-07-05"), served("2025-07-05", "notice-party_a-2025-07-05")]
    told = given(SIGNED, scores, ended, measured("2025-07", 100, on="2025-08-04"))
    answer = told.as_of("2025-08-04")
    assert rests_on(answer, CREDIT) == [
        "notice-party_a-2025-07-05", "served-notice-party_a-2025-07-05", "measured-2025-07-portal-party_a",
    ]  # fmt: skip


def test_a_delay_that_ended_with_the_term_rests_on_what_moved_the_term() -> None:
    told = given(SIGNED, amended("2025-08-10", term__to="2025-08-31"))
    answer = told.as_of("2025-08-31").then(item(DELAY, day="2025-08-31"))
    assert rests_on(answer, DELAY) == [*SIGNATURES, "amended-2025-08-10"]


def test_an_acceptance_after_the_cap_was_reached_made_nothing_of_the_delay() -> None:
    # 5 % of 360 000 at 0.05 % a day: the hundredth day after 15 August is 23 November
    told = given(SIGNED, accepted("2025-11-24"))
    answer = told.as_of("2025-11-24").then(item(DELAY, day="2025-11-23", amount="18000.00"))
    assert rests_on(answer, DELAY) == SIGNATURES
    answer = given(SIGNED, accepted("2025-11-23")).as_of("2025-11-24").then(item(DELAY, day="2025-11-23"))
    assert rests_on(answer, DELAY) == [*SIGNATURES, "accepted-initial"]


def test_a_delay_rests_on_the_amounts_of_its_own_parts_alone() -> None:
    told = given(SIGNED, amended("2025-07-01", price__parts__1__working_days=5),
                 amended("2025-07-02", price__parts__2__share="0.20", price__parts__3__share="0.50"),
                 accepted("2025-08-16"))  # fmt: skip
    answer = told.as_of("2025-08-16").then(item(DELAY, amount="120.00"))
    assert rests_on(answer, DELAY) == [*SIGNATURES, "amended-2025-07-02", "accepted-initial"]


def test_a_late_payment_rests_on_what_set_its_due_day() -> None:
    told = given(SIGNED, bond("2025-07-01"), amended("2025-07-02", price__parts__1__working_days=1),
                 amended("2025-07-03", termination__payment_late_days=1), invoice("I1", 1, "2025-07-07"),
                 paid("2025-07-11", "I1", "360000.00"))  # fmt: skip
    answer = told.as_of("2025-07-11")
    # due on Tuesday the 8th; paid three days later, when the right arose on the 10th
    assert rests_on(answer, "delay:pay-invoice:I1") == ["amended-2025-07-02", "I1", "pay-I1-2025-07-11"]
    [ground] = answer.grounds("8.4")
    assert ground["because"] == ["amended-2025-07-02", "amended-2025-07-03", "I1"]


def test_a_suit_about_an_amendment_alone_does_not_stop_the_time_of_a_credit() -> None:
    told = [SIGNED, amended("2025-07-01", service__availability__1__credit="0.10"),
            measured("2025-07", 100, on="2025-08-04"), claimed("2025-08-05", CREDIT)]  # fmt: skip
    about_the_amendment = given(told, dispute_opened("2025-09-01", "amended-2025-07-01"), sued("2025-09-02"))
    answer = about_the_amendment.as_of("2025-09-02").then(section("damages", accrued="4000.00"))
    assert "amended-2025-07-01" in rests_on(answer, CREDIT)
    assert debt(answer, CREDIT)["state"] == "running"
    assert answer.named(debt(answer, CREDIT)["raised_by"]) == ["measured-2025-07-portal-party_a", "claim-2025-08-05"]
    about_the_report = given(told, dispute_opened("2025-09-01", "measured-2025-07-portal-party_a"), sued("2025-09-02"))
    assert debt(about_the_report.as_of("2025-09-02"), CREDIT)["state"] == "stopped"


def test_the_debt_of_the_bond_is_announced_for_the_day_after_the_contracts_last_day() -> None:
    answer = given(SIGNED, bond("2025-07-01")).as_of("2026-06-01")
    to_come = {(one["on"], one["what"]) for one in answer.status["next_changes"]}
    assert ("2026-07-01", "limitation.return-bond") in to_come


def test_that_maintenance_was_announced_in_time_is_party_bs_word_which_party_a_may_contest() -> None:
    announced = maintenance("night", "2025-07-09", "2025-07-10T22:00:00+08:00", 60)
    told = [SIGNED, announced, measured("2025-07", 60, 60, on="2025-08-04")]
    given(told).as_of("2025-08-04").then(item(CREDIT))
    disputed = given(told, contested("2025-08-05", announced, "party_a"))
    answer = disputed.as_of("2025-08-05").then(item(CREDIT, amount="2000.00"))
    [claim] = answer.status["claims"]
    assert (claim["by"], claim["why"]) == (B, "contested")
