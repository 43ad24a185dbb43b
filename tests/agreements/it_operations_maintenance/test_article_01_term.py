"""第一条 合同生效与服务期: signature, the service period, its end (SPEC 9.3)."""

from __future__ import annotations

from tests.happenings import A, B, fact
from tests.operations import SIGNED, accepted, amended, anomalies, given, handed_over, measured, opened, section
from tests.scenario import obligation, phase, term

FROM_ACCEPTANCE = {"term": {"months": 12, "accepted": "initial"}}


def test_a_contract_is_effective_on_the_later_signature_and_in_service_from_its_first_day() -> None:
    told = given(fact("ContractSigned", "2025-06-18", A, party=A), fact("ContractSigned", "2025-06-20", B, party=B))
    told.as_of("2025-06-19").then(phase("registered"), term(effective_on=None, starts_on="2025-07-01"))
    told.as_of("2025-06-20").then(phase("effective"), term(effective_on="2025-06-20", ends_on="2026-06-30"))
    told.as_of("2025-06-30").then(phase("effective"))
    told.as_of("2025-07-01").then(phase("in_service"))


def test_signed_after_the_first_day_it_is_in_service_from_the_signature() -> None:
    told = given(fact("ContractSigned", "2025-07-03", A, party=A), fact("ContractSigned", "2025-07-04", B, party=B))
    told.as_of("2025-07-03").then(phase("registered"))
    told.as_of("2025-07-04").then(phase("in_service"))


def test_the_term_ends_with_its_last_day_and_closes_with_the_hand_over() -> None:
    told = given(SIGNED, handed_over("2026-07-10"))
    told.as_of("2026-06-30").then(phase("in_service"))
    told.as_of("2026-07-01").then(phase("ended"))
    told.as_of("2026-07-09").then(phase("ended"))
    told.as_of("2026-07-10").then(phase("closed"))


def test_months_run_from_the_acceptance_to_the_corresponding_day() -> None:
    told = given(SIGNED, accepted("2025-08-31"), **FROM_ACCEPTANCE)
    told.as_of("2025-08-30").then(phase("effective"), term(starts_on=None, ends_on=None))
    told.as_of("2025-08-31").then(phase("in_service"), term(starts_on="2025-08-31", ends_on="2026-08-31"))
    told.as_of("2026-08-31").then(phase("in_service"))
    told.as_of("2026-09-01").then(phase("ended"))


def test_an_amendment_moves_the_end_and_may_take_an_end_back() -> None:
    told = given(SIGNED, amended("2026-06-30", term__to="2026-07-15"))
    told.as_of("2026-07-15").then(phase("in_service"))
    told.as_of("2026-07-16").then(phase("ended"))
    shortened = given(SIGNED, amended("2026-03-01", term__to="2026-03-31"))
    shortened.as_of("2026-03-31").then(phase("in_service"))
    shortened.as_of("2026-04-01").then(phase("ended"), obligation("hand-over", "pending", due_on="2026-04-30"))
    late = given(SIGNED, amended("2026-07-02", term__to="2026-12-31"))
    late.as_of("2026-07-01").then(phase("ended"))
    assert late.as_of("2026-07-02").then(phase("in_service")).obligation("hand-over") is None


def test_a_final_judgment_says_when_the_contract_ended() -> None:
    dispute = fact("DisputeOpened", "2026-02-01", A, "d", dispute="D-1", clauses=["8.1"], facts=["terms"])
    ruled = fact("JudgmentEntered", "2026-05-10", A, "j", dispute="D-1", court="示例法院", reference="（2026）1 号",
                 final=True, rulings=[{"terminated_on": "2026-04-01"}])  # fmt: skip
    told = given(SIGNED, dispute, ruled)
    told.as_of("2026-05-09").then(phase("in_service"))
    told.as_of("2026-05-10").then(
        phase("terminated"), term(terminated_on="2026-04-01"), obligation("hand-over", "overdue", due_on="2026-04-30")
    )


def test_what_is_reported_of_days_outside_the_service_period_has_no_effect() -> None:
    told = given(
        SIGNED, measured("2025-06", 600, on="2025-06-30"), measured("2025-07", 600, on="2025-07-31"),
        opened("T-0", "2025-06-30T23:59:59+08:00"), opened("T-1", "2025-07-01T00:00:00+08:00"),
        opened("T-2", "2026-06-30T23:59:59+08:00"), opened("T-3", "2026-07-01"),
    )  # fmt: skip
    answer = told.as_of("2026-07-02")
    assert [(code, fact) for code, fact, _ in answer.anomalies()] == [
        ("MONTH_OUTSIDE_SERVICE", "measured-2025-06-portal-party_a"), ("TICKET_OUTSIDE_SERVICE", "T-0"),
        ("TICKET_OUTSIDE_SERVICE", "T-3"),
    ]  # fmt: skip
    assert [one["ticket"] for one in answer.status["service"]["open_tickets"]] == ["T-1", "T-2"]
    assert [one["month"] for one in answer.status["service"]["availability"]] == ["2025-07"]
    answer.then(section("service", scores=[], coefficients=[]))


def test_the_days_of_the_term_stand_in_the_terms_before_anybody_signs() -> None:
    given().as_of("2025-06-01").then(phase("registered"), term(starts_on="2025-07-01", ends_on="2026-06-30"))


def test_a_contract_that_ended_before_its_first_day_had_no_service_period() -> None:
    dispute = fact("DisputeOpened", "2025-07-05", A, "d", dispute="D-1", clauses=["8.1"], facts=["terms"])
    ruled = fact("JudgmentEntered", "2025-08-10", A, "j", dispute="D-1", court="示例法院", reference="（2025）1 号",
                 final=True, rulings=[{"terminated_on": "2025-07-11"}])  # fmt: skip
    told = given(SIGNED, dispute, measured("2025-07", 100, on="2025-08-01"), ruled, term__from="2025-07-15")
    told.as_of("2025-08-09").then(anomalies())
    told.as_of("2025-08-10").then(anomalies(("MONTH_OUTSIDE_SERVICE", "measured-2025-07-portal-party_a")))
