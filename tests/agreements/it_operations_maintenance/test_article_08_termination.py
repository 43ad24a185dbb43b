"""第八条 解除: either party's grounds, notices that arrive, what they end (SPEC 9.7)."""

from __future__ import annotations

import pytest

from tests.happenings import A, B, Happening, acknowledged, dispute_opened, fact, judged
from tests.operations import (
    SIGNED,
    accepted,
    anomalies,
    bond,
    given,
    invoice,
    measured,
    noticed,
    paid,
    right,
    scored,
    served,
)
from tests.scenario import Answer, no_obligation, obligation, phase, term

JULY, LOW = 31 * 24 * 60, "2232.000001"  # minutes; 5 % of July are 2,232
NOTICE = "notice-party_a-2025-10-10"
TWO_LOW = [scored(1, "59.99", "2025-10-01"), scored(2, "50", "2025-10-02")]
UNPAID = [SIGNED, bond("2025-07-01"), invoice("INV-1", 1, "2025-07-02")]  # due on 16 July, 60 days on 14 September


def grounds(answer: Answer) -> list[tuple[str, str, str, str]]:
    listed = answer.status["termination"]["grounds"]
    return [(one["clause"], one["maker"], one["arose_on"], one["state"]) for one in listed]


def low(*months: str, downtime: str = LOW) -> list[Happening]:
    """Reports of these months, each on the first of the month after."""
    return [measured(month, downtime, on=f"{month[:5]}{int(month[5:]) + 1:02d}-01") for month in months]


def test_a_month_exactly_at_the_floor_is_none_below_it_is() -> None:
    at = given(SIGNED, low("2025-07", downtime="2232"), low("2025-08", "2025-10", downtime="3000"))
    below = given(SIGNED, low("2025-07"), low("2025-08", "2025-10", downtime="3000"))
    at.as_of("2025-11-01").then(right(A, "none"))
    below.as_of("2025-10-31").then(right(A, "none"))
    below.as_of("2025-11-01").then(right(A, "open"), right(B, "none"))
    assert grounds(below.as_of("2025-11-01")) == [("8.1", "portal:2025-10", "2025-11-01", "open")]


@pytest.mark.parametrize(("third", "found"), [("2025-11", True), ("2026-01", False)])
def test_three_months_count_within_six(third: str, found: bool) -> None:
    on = "2025-12-01" if third == "2025-11" else "2026-02-01"
    told = given(SIGNED, low("2025-07", downtime="3000"), low("2025-09", downtime="3000"), measured(third, 3000, on=on))
    assert bool(grounds(told.as_of("2026-03-01"))) is found


def test_months_of_two_systems_do_not_count_together() -> None:
    told = given(SIGNED, low("2025-07", "2025-08", downtime="3000"),
                 measured("2025-09", 3000, on="2025-10-01", system="approval"))  # fmt: skip
    told.as_of("2025-10-01").then(right(A, "none"))


def test_a_ground_arises_with_the_report_that_completes_it_however_late() -> None:
    told = given(SIGNED, low("2025-08", "2025-09", downtime="3000"), measured("2025-07", 3000, on="2025-11-15"))
    told.as_of("2025-11-14").then(right(A, "none"))
    assert grounds(told.as_of("2025-11-15")) == [("8.1", "portal:2025-09", "2025-11-15", "open")]


def test_two_scores_below_sixty_give_a_ground_sixty_does_not() -> None:
    given(SIGNED, scored(1, "60", "2025-10-01"), scored(2, "50", "2025-10-02")).as_of("2025-10-02").then(
        right(A, "none")
    )
    told = given(SIGNED, TWO_LOW)
    told.as_of("2025-10-01").then(right(A, "none"))
    assert grounds(told.as_of("2025-10-02")) == [("8.2", "quarter:2", "2025-10-02", "open")]


def test_scores_that_do_not_follow_each_other_count_by_one_reading_only() -> None:
    told = given(SIGNED, scored(1, "50", "2025-10-01"), scored(2, "80", "2026-01-05"), scored(3, "50", "2026-04-01"))
    told.as_of("2026-04-01").then(right(A, "open"))
    told.as_of("2026-04-01", reading={"two-scores": "consecutive"}).then(right(A, "none"))


def test_the_cap_reached_exactly_gives_a_ground_a_fen_less_does_not() -> None:
    late = [SIGNED, accepted("2025-08-16")]  # 180.00
    given(late, cap={"share": "0.00015"}).as_of("2025-08-16").then(right(A, "open"))
    given(late, cap={"share": "0.000150009"}).as_of("2025-08-16").then(right(A, "none"))


def test_a_payment_sixty_days_late_gives_none_sixty_one_days_gives_party_b_a_ground() -> None:
    told = given(UNPAID)
    told.as_of("2025-09-14").then(right(B, "none"))
    told.as_of("2025-09-15").then(right(B, "open"), right(A, "none"))
    assert grounds(told.as_of("2025-09-15")) == [("8.4", "INV-1", "2025-09-15", "open")]
    given(UNPAID, paid("2025-09-14", "INV-1", "360000.00")).as_of("2025-09-30").then(right(B, "none"))
    assert told.as_of("2025-09-15").status["termination"]["grounds"][0]["last_day"] == "2026-06-30"


def test_paid_before_the_notice_arrives_the_ground_is_gone_paid_the_day_after_it_is_used() -> None:
    notice = [noticed("2025-09-20", B), served("2025-09-22", "notice-party_b-2025-09-20")]
    in_time = given(UNPAID, notice, paid("2025-09-22", "INV-1", "360000.00"))
    in_time.as_of("2025-10-31").then(
        right(B, "gone"), phase("in_service"), anomalies(("NOTICE_WITHOUT_GROUND", "notice-party_b-2025-09-20"))
    )
    late = given(UNPAID, notice, paid("2025-09-23", "INV-1", "360000.00"))
    late.as_of("2025-10-06").then(right(B, "declared"), phase("in_service"))
    late.as_of("2025-10-07").then(right(B, "exercised"), phase("terminated"), term(terminated_on="2025-10-07"))


def test_a_notice_ends_the_contract_fifteen_days_after_it_arrived() -> None:
    told = given(SIGNED, TWO_LOW, noticed("2025-10-10", A, "8.2"), served("2025-10-13", NOTICE))
    before = told.as_of("2025-10-12").status["termination"]
    assert before["party_a"] == {"allowed": True, "state": "declared"}
    [declared] = before["declared"]
    assert (declared["by"], declared["served_on"], declared["effective_on"]) == (A, None, None)
    told.as_of("2025-10-27").then(phase("in_service"))
    told.as_of("2025-10-28").then(phase("terminated"), right(A, "exercised"), anomalies())


def test_until_served_a_notice_ends_nothing_acknowledged_it_has_arrived() -> None:
    unserved = given(SIGNED, TWO_LOW, noticed("2025-10-10"))
    unserved.as_of("2026-05-31").then(phase("in_service"))
    known = given(
        SIGNED, TWO_LOW, noticed("2025-10-10"), fact("FactAcknowledged", "2025-10-12", B, "ack", target=NOTICE)
    )
    known.as_of("2025-10-26").then(phase("in_service"))
    known.as_of("2025-10-27").then(phase("terminated"))


def test_without_a_ground_on_the_day_it_arrives_a_notice_has_no_effect() -> None:
    told = given(SIGNED, noticed("2025-10-10"), served("2025-10-13", NOTICE), scored(1, "50", "2025-10-14"),
                 scored(2, "50", "2025-10-14"))  # fmt: skip
    told.as_of("2025-12-31").then(phase("in_service"), anomalies(("NOTICE_WITHOUT_GROUND", NOTICE)))
    arrives_with_it = given(SIGNED, noticed("2025-10-10"), served("2025-10-14", NOTICE), scored(1, "50", "2025-10-14"),
                            scored(2, "50", "2025-10-14"))  # fmt: skip
    arrives_with_it.as_of("2025-10-29").then(phase("terminated"), anomalies())


def test_a_clause_that_is_not_open_is_misnamed_and_changes_nothing() -> None:
    told = given(SIGNED, TWO_LOW, noticed("2025-10-10", A, "8.1", "8.2"), served("2025-10-13", NOTICE))
    told.as_of("2025-10-28").then(phase("terminated"), anomalies(("NOTICE_GROUND_NOT_OPEN", NOTICE)))


def test_a_party_has_no_use_of_the_other_s_ground() -> None:
    told = given(SIGNED, TWO_LOW, noticed("2025-10-10", B), served("2025-10-13", "notice-party_b-2025-10-10"))
    told.as_of("2025-12-31").then(
        phase("in_service"), right(B, "none"), anomalies(("NOTICE_WITHOUT_GROUND", "notice-party_b-2025-10-10"))
    )


def test_a_ground_lapses_after_a_year_and_is_moot_after_the_last_day() -> None:
    longer = given(SIGNED, TWO_LOW, term__to="2027-06-30")
    longer.as_of("2026-10-02").then(right(A, "open"))
    longer.as_of("2026-10-03").then(right(A, "gone"))
    assert grounds(longer.as_of("2026-10-03"))[0][3] == "lapsed"
    told = given(SIGNED, TWO_LOW)
    told.as_of("2026-06-30").then(right(A, "open"))
    assert grounds(told.as_of("2026-07-01"))[0][3] == "moot"


def test_after_an_early_end_invoices_raise_nothing_and_the_hand_over_is_owed() -> None:
    told = given(
        SIGNED, TWO_LOW, accepted("2025-10-05"), noticed("2025-10-10"), served("2025-10-13", NOTICE),
        invoice("INV-1", 2, "2025-10-28"), invoice("INV-2", 2, "2025-10-29"),
    )  # fmt: skip
    told.as_of("2025-11-30").then(
        obligation("pay-invoice:INV-1", "overdue"),
        anomalies(("INVOICE_AFTER_END", "INV-2"), ("INVOICE_EXCEEDS_INSTALMENT", "INV-2")),
        obligation("hand-over", "overdue", due_on="2025-11-27"),
    )  # fmt: skip


def test_without_the_table_no_right_arises() -> None:
    told = given(SIGNED, TWO_LOW, low("2025-07", "2025-08", "2025-09", downtime=str(JULY)), termination=None)
    told.as_of("2026-01-31").then(right(A, "none"), right(B, "none"))


def test_what_becomes_known_later_of_the_day_a_notice_arrived_unmakes_it() -> None:
    ended = [SIGNED, TWO_LOW, noticed("2025-10-10"), served("2025-10-13", NOTICE)]
    told = given(ended, measured("2025-11", 100, on="2025-12-01"), scored(2, "80", "2025-12-05"))
    told.as_of("2025-12-04").then(
        phase("terminated"), right(A, "exercised"),
        anomalies(("MONTH_OUTSIDE_SERVICE", "measured-2025-11-portal-party_a")),
    )  # fmt: skip
    told.as_of("2025-12-05").then(
        phase("in_service"), right(A, "none"), anomalies(("NOTICE_WITHOUT_GROUND", NOTICE))
    )


def test_an_end_ruled_later_is_the_end_of_all_that_came_after_it() -> None:
    dispute = fact("DisputeOpened", "2025-09-02", A, "d", dispute="D-1", clauses=["8.1"], facts=["terms"])
    ruled = fact("JudgmentEntered", "2025-12-10", A, "j", dispute="D-1", court="示例法院", reference="（2025）2 号",
                 final=True, rulings=[{"terminated_on": "2025-11-01"}])  # fmt: skip
    told = given(SIGNED, accepted("2025-08-10"), dispute, invoice("INV-1", 2, "2025-11-05"), ruled)
    told.as_of("2025-12-09").then(obligation("pay-invoice:INV-1", "overdue"), anomalies())
    told.as_of("2025-12-10").then(phase("terminated"), anomalies(("INVOICE_AFTER_END", "INV-1")))
    # nobody is late with what is not owed
    told.as_of("2025-12-10").then(no_obligation("pay-invoice:INV-1"))


def test_a_ruling_that_nothing_had_ended_the_contract_takes_an_end_by_notice_back() -> None:
    dispute = fact("DisputeOpened", "2025-11-02", B, "d", dispute="D-1", clauses=["8.5"], facts=["terms"])
    ruled = fact("JudgmentEntered", "2026-01-10", B, "j", dispute="D-1", court="示例法院", reference="（2026）3 号",
                 final=True, rulings=[{"terminated_on": None}])  # fmt: skip
    told = given(SIGNED, TWO_LOW, noticed("2025-10-10"), served("2025-10-13", NOTICE), dispute,
                 measured("2025-11", 100, on="2025-12-01"), ruled)  # fmt: skip
    told.as_of("2026-01-09").then(phase("terminated"))
    told.as_of("2026-01-10").then(phase("in_service"), anomalies(), right(A, "open"))
    assert [one["month"] for one in told.as_of("2026-01-10").status["service"]["availability"]] == ["2025-11"]


def test_a_voided_invoice_was_paid_late_until_its_void() -> None:
    told = given(UNPAID, fact("InvoiceVoided", "2025-09-20", B, "void", invoice="INV-1", reason="开错"))
    told.as_of("2025-09-19").then(right(B, "open"))
    told.as_of("2025-09-20").then(right(B, "gone"))
    assert grounds(told.as_of("2025-09-20")) == [("8.4", "INV-1", "2025-09-15", "cured")]


def test_a_ground_that_lapsed_is_cured_by_nothing() -> None:
    told = given(UNPAID, paid("2026-09-15", "INV-1", "360000.00"), term__to="2027-06-30")
    assert grounds(told.as_of("2026-09-15"))[0][3] == "cured"
    told = given(UNPAID, paid("2026-09-16", "INV-1", "360000.00"), term__to="2027-06-30")
    assert grounds(told.as_of("2026-09-16"))[0][3] == "lapsed"


def test_what_ends_the_contract_after_such_a_ruling_ends_it_also_a_notice_in_between() -> None:
    dispute = fact("DisputeOpened", "2025-11-02", B, "d", dispute="D-1", clauses=["8.5"], facts=["terms"])
    ruled = fact("JudgmentEntered", "2026-01-10", B, "j", dispute="D-1", court="示例法院", reference="（2026）3 号",
                 final=True, rulings=[{"terminated_on": None}])  # fmt: skip
    told = given(SIGNED, TWO_LOW, noticed("2025-10-10"), served("2025-10-13", NOTICE), dispute, noticed("2025-12-30"),
                 served("2025-12-30", "notice-party_a-2025-12-30"), ruled)  # fmt: skip
    told.as_of("2026-01-10").then(phase("in_service"), right(A, "declared"))
    told.as_of("2026-01-14").then(phase("terminated"), term(terminated_on="2026-01-14"), right(A, "exercised"))


def test_a_notice_that_arrives_after_an_end_ruled_has_no_ground() -> None:
    ruling = judged("2025-10-05", {"terminated_on": "2025-10-06"})
    ended = [dispute_opened("2025-10-03", "signed-party_a"), ruling, acknowledged("2025-10-05", ruling, B)]
    told = given(SIGNED, TWO_LOW, ended, noticed("2025-10-10"), served("2025-10-10", NOTICE))
    answer = told.as_of("2025-11-30")
    answer.then(term(terminated_on="2025-10-06"), anomalies(("NOTICE_WITHOUT_GROUND", NOTICE)))
    assert [one["effective_on"] for one in answer.status["termination"]["declared"]] == [None]


def test_a_ground_that_only_the_end_itself_made_is_not_exercised_by_it() -> None:
    scores = [scored(1, "50", "2025-07-02"), scored(2, "50", "2025-07-03")]
    told = given(SIGNED, scores, noticed("2025-08-20"), served("2025-08-20", "notice-party_a-2025-08-20"),
                 termination__notice_days=0, cap__share="0.0001")  # fmt: skip
    # the delay since 15 August ends with the contract, and so reaches the cap of 120.00 that very day
    assert grounds(told.as_of("2025-08-21")) == [
        ("8.2", "quarter:2", "2025-07-03", "exercised"), ("8.3", "cap", "2025-08-20", "moot"),
    ]  # fmt: skip
