"""第十三条 合同期限及解除条款 (SPEC 4.1, 4.8): signature, term, renewal and termination by consent."""

from __future__ import annotations

import pytest

from tests.happenings import (
    accepted,
    amended,
    corrected,
    fact,
    lease_started,
    reading_agreed,
    rejected,
    renewal_proposed,
    retracted,
    signature,
    signed,
    switched_over,
    termination_proposed,
    trial_run,
)
from tests.scenario import anomalies, given, no_anomalies, phase, term, terms

SERVED = (signed, lease_started("2025-12-01"))


# -- signature --------------------------------------------------------------------------------------


def test_a_registered_contract_is_not_yet_effective_when_one_party_has_signed() -> None:
    told = given(signature("party_a", "2025-11-19"), signature("party_b", "2025-11-21"))
    told.as_of("2025-11-18").then(phase("registered"))
    told.as_of("2025-11-20").then(phase("registered"), term(signed_on=None, effective_on=None))


def test_a_contract_is_effective_from_the_later_signature_whoever_signs_last() -> None:
    for first, last in (("party_a", "party_b"), ("party_b", "party_a")):
        told = given(signature(first, "2025-11-19"), signature(last, "2025-11-21"))
        told.as_of("2025-11-20").then(phase("registered"))
        told.as_of("2025-11-21").then(phase("effective"), term(signed_on="2025-11-21", effective_on="2025-11-21"))


def test_a_party_that_signs_twice_signs_for_itself_only() -> None:
    told = given(signature("party_a", "2025-11-19"), signature("party_a", "2025-11-20").named("again"))
    told.as_of("2025-11-20").then(phase("registered"))


@pytest.mark.parametrize(
    ("moment", "day"), [("2025-11-19T15:59:59Z", "2025-11-19"), ("2025-11-19T16:00:00Z", "2025-11-20")]
)
def test_a_signature_falls_on_its_beijing_day(moment, day) -> None:
    given(signature("party_a", "2025-11-01"), signature("party_b", moment)).as_of(day).then(
        phase("effective"), term(effective_on=day)
    )


def test_a_retracted_signature_leaves_the_contract_registered() -> None:
    wrong = signature("party_b", "2025-11-19")
    told = given(signature("party_a", "2025-11-19"), wrong, retracted("2025-11-20", wrong))
    told.as_of("2025-11-20").then(phase("registered"), term(effective_on=None))


# -- term -------------------------------------------------------------------------------------------


def test_the_term_has_no_end_before_the_lease() -> None:
    told = given(*SERVED)
    told.as_of("2025-11-30").then(phase("effective"), term(lease_started_on=None, ends_on=None))
    told.as_of("2025-12-01").then(
        phase("in_service"),
        term(lease_started_on="2025-12-01", ends_on="2026-12-01", terminated_on=None, provisional=False),
    )


def test_the_contract_is_in_service_on_the_last_day_of_the_term_and_ended_the_day_after() -> None:
    told = given(*SERVED)
    told.as_of("2026-12-01").then(phase("in_service"))
    told.as_of("2026-12-02").then(phase("ended"), term(ends_on="2026-12-01", terminated_on=None))


@pytest.mark.parametrize(
    ("lease", "months", "ends_on"),
    [
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2025-08-31", 6, "2026-02-28"),
        ("2025-10-03", 12, "2026-10-03"),  # a day off: no roll
        ("2025-11-30T15:59:59Z", 12, "2026-11-30"),
        ("2025-11-30T16:00:00Z", 12, "2026-12-01"),
    ],
)
def test_the_term_ends_on_the_corresponding_day_and_does_not_roll(lease, months, ends_on) -> None:
    given(signed, lease_started(lease), under=terms(term__months=months)).as_of("2026-01-10").then(
        term(ends_on=ends_on)
    )


def test_by_the_reading_day_before_the_term_ends_a_day_earlier() -> None:
    day_before = {"term-end": "day-before"}
    told = given(*SERVED)
    told.as_of("2026-11-30", reading=day_before).then(phase("in_service"), term(ends_on="2026-11-30"))
    told.as_of("2026-12-01", reading=day_before).then(phase("ended"))
    own = given(*SERVED, under=terms(readings=day_before))
    own.as_of("2026-12-01").then(phase("ended"))
    own.as_of("2026-12-01", reading={"term-end": "corresponding-day"}).then(phase("in_service"))


def test_the_reading_of_the_term_is_that_of_the_day_asked_about() -> None:
    told = given(*SERVED, reading_agreed("2026-03-01", "term-end", "day-before"))
    told.as_of("2026-02-28").then(term(ends_on="2026-12-01"))
    told.as_of("2026-03-01").then(term(ends_on="2026-11-30"))


def test_the_months_of_the_term_are_those_of_the_day_asked_about() -> None:
    told = given(*SERVED, amended("2026-03-01", term__months=24))
    told.as_of("2026-02-28").then(term(ends_on="2026-12-01"))
    told.as_of("2026-03-01").then(term(ends_on="2027-12-01"))
    told.as_of("2026-12-02").then(phase("in_service"))


def test_a_corrected_lease_start_moves_the_end_at_every_day() -> None:
    lease = lease_started("2025-12-01")
    told = given(signed, lease, corrected("2026-03-01", lease, "2025-12-15"))
    told.as_of("2025-12-14").then(phase("effective"))
    told.as_of("2025-12-15").then(phase("in_service"), term(ends_on="2026-12-15"))
    told.as_of("2025-12-14", known_at="2026-02-28").then(phase("in_service"))


def test_a_dispute_leaves_the_phase_as_it_is() -> None:
    dispute = fact("DisputeOpened", "2026-03-01", "party_a", "d", dispute="d", clauses=["9.1"], facts=["lease"])
    lawsuit = fact("LawsuitFiled", "2026-03-02", "party_a", "l", dispute="d", court="人民法院")
    given(*SERVED, dispute, lawsuit).as_of("2026-03-02").then(phase("in_service"))


def test_an_ended_contract_is_closed_once_switched_over() -> None:
    told = given(*SERVED, switched_over("2027-01-10"))
    told.as_of("2027-01-09").then(phase("ended"))
    told.as_of("2027-01-10").then(phase("closed"))


def test_a_switch_over_during_the_term_closes_the_contract_only_when_it_ends() -> None:
    told = given(*SERVED, switched_over("2026-11-10"))
    told.as_of("2026-12-01").then(phase("in_service"))
    told.as_of("2026-12-02").then(phase("closed"))


# -- renewal ----------------------------------------------------------------------------------------


def test_an_accepted_renewal_moves_the_end_from_the_day_of_consent() -> None:
    told = given(*SERVED, renewal_proposed("2026-06-01", "2027-06-30"), accepted("2026-06-10", "renewal"))
    told.as_of("2026-06-09").then(term(ends_on="2026-12-01"))
    told.as_of("2026-06-10").then(term(ends_on="2027-06-30"), no_anomalies)
    told.as_of("2027-06-30").then(phase("in_service"))
    told.as_of("2027-07-01").then(phase("ended"))


def test_a_renewal_rejected_or_left_unanswered_moves_nothing() -> None:
    given(*SERVED, renewal_proposed("2026-06-01", "2027-06-30")).as_of("2026-07-01").then(term(ends_on="2026-12-01"))
    told = given(*SERVED, renewal_proposed("2026-06-01", "2027-06-30"), rejected("2026-06-10", "renewal"))
    told.as_of("2026-07-01").then(term(ends_on="2026-12-01"))


@pytest.mark.parametrize(
    ("proposed", "late"),
    [
        ("2026-10-19", False),  # thirty working days later is 30 November
        ("2026-10-20", False),  # … 1 December, the last day
        ("2026-10-20T15:59:59Z", False),
        ("2026-10-20T16:00:00Z", True),
        ("2026-10-21", True),  # … 2 December
    ],
)
def test_a_renewal_proposed_fewer_than_thirty_working_days_before_the_end_is_an_anomaly_and_takes_effect(
    proposed, late
) -> None:
    told = given(*SERVED, renewal_proposed(proposed, "2027-12-01"), accepted("2026-11-01", "renewal"))
    told.as_of("2026-10-31").then(no_anomalies)
    day = "2026-10-21" if late else proposed[:10]
    expected = anomalies(("NOTICE_TOO_SHORT", "renewal", day)) if late else no_anomalies
    told.as_of("2026-11-01").then(expected, term(ends_on="2027-12-01"))


def test_a_late_renewal_never_accepted_is_no_anomaly() -> None:
    given(*SERVED, renewal_proposed("2026-11-20", "2027-12-01"), rejected("2026-11-21", "renewal")).as_of(
        "2026-11-30"
    ).then(no_anomalies, term(ends_on="2026-12-01"))


# -- termination by consent -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effective_on", "terminated_on", "short"),
    [
        ("2026-04-15", "2026-04-15", False),
        ("2026-04-14", "2026-04-14", False),  # the thirtieth working day after 2 March
        ("2026-04-13", "2026-04-14", True),
        ("2026-03-03", "2026-04-14", True),
    ],
)
def test_a_termination_takes_effect_no_sooner_than_thirty_working_days_after_it_was_proposed(
    effective_on, terminated_on, short
):
    told = given(*SERVED, termination_proposed("2026-03-02", effective_on), accepted("2026-03-05"))
    told.as_of("2026-03-04").then(no_anomalies)
    expected = anomalies(("NOTICE_TOO_SHORT", "termination", "2026-03-02")) if short else no_anomalies
    told.as_of("2026-03-05").then(expected, phase("in_service"), term(terminated_on=None))
    day_before = f"2026-04-{int(terminated_on[-2:]) - 1:02d}"
    told.as_of(day_before).then(phase("in_service"), term(terminated_on=None))
    told.as_of(terminated_on).then(phase("terminated"), term(terminated_on=terminated_on, provisional=False))


def test_a_proposal_around_beijing_midnight_counts_from_its_beijing_day() -> None:
    late = given(*SERVED, termination_proposed("2026-03-02T16:00:00Z", "2026-04-14"), accepted("2026-03-05"))
    late.as_of("2026-04-14").then(phase("in_service"), anomalies(("NOTICE_TOO_SHORT", "termination", "2026-03-03")))
    early = given(*SERVED, termination_proposed("2026-03-02T15:59:59Z", "2026-04-14"), accepted("2026-03-05"))
    early.as_of("2026-04-14").then(phase("terminated"), no_anomalies)


def test_a_termination_accepted_after_its_day_takes_effect_on_the_day_of_consent() -> None:
    told = given(*SERVED, termination_proposed("2026-03-02", "2026-04-20"), accepted("2026-05-06"))
    told.as_of("2026-05-05").then(phase("in_service"))
    told.as_of("2026-05-06").then(phase("terminated"), term(terminated_on="2026-05-06"), no_anomalies)


def test_a_termination_rejected_or_left_unanswered_ends_nothing() -> None:
    proposed = termination_proposed("2026-03-02", "2026-05-06")
    given(*SERVED, proposed).as_of("2026-06-01").then(phase("in_service"), no_anomalies)
    given(*SERVED, proposed, rejected("2026-03-05")).as_of("2026-06-01").then(phase("in_service"), no_anomalies)


def test_party_b_may_propose_and_party_a_accept() -> None:
    told = given(
        *SERVED, termination_proposed("2026-03-02", "2026-04-14", by="party_b"), accepted("2026-03-05", by="party_a")
    )
    told.as_of("2026-04-14").then(phase("terminated"))


def test_the_days_of_notice_are_those_agreed_on_the_day_of_the_proposal() -> None:
    shorter = amended("2026-03-01", periods__termination_notice_working_days=5)
    told = given(*SERVED, shorter, termination_proposed("2026-03-02", "2026-03-09"), accepted("2026-03-05"))
    told.as_of("2026-03-09").then(phase("terminated"), no_anomalies)
    after = given(
        *SERVED,
        termination_proposed("2026-03-02", "2026-03-09"),
        amended("2026-03-03", periods__termination_notice_working_days=5),
        accepted("2026-03-05"),
    )
    after.as_of("2026-03-09").then(phase("in_service"))


def test_a_termination_day_that_rests_on_a_year_without_a_notice_is_provisional() -> None:
    served = (signed, lease_started("2026-06-01"))
    told = given(*served, termination_proposed("2026-12-01", "2026-12-02"), accepted("2026-12-02"))
    answer = told.as_of("2027-03-01").then(phase("terminated"))
    assert answer.status["term"]["provisional"] is True
    later = given(*served, termination_proposed("2026-12-01", "2027-03-31"), accepted("2026-12-02"))
    later.as_of("2027-03-31").then(phase("terminated"), term(terminated_on="2027-03-31", provisional=False))


def test_a_termination_due_after_the_end_of_the_term_changes_nothing() -> None:
    told = given(*SERVED, termination_proposed("2026-11-02", "2026-12-20"), accepted("2026-11-03"))
    told.as_of("2026-12-20").then(phase("ended"), term(terminated_on=None))


def test_a_termination_on_the_last_day_of_the_term_takes_effect() -> None:
    told = given(*SERVED, termination_proposed("2026-09-01", "2026-12-01"), accepted("2026-09-02"))
    told.as_of("2026-12-01").then(phase("terminated"), term(terminated_on="2026-12-01"))


def test_a_contract_may_be_terminated_before_its_lease_starts() -> None:
    told = given(signed, termination_proposed("2026-03-02", "2026-04-14"), accepted("2026-03-05"))
    told.as_of("2026-04-13").then(phase("effective"))
    told.as_of("2026-04-14").then(phase("terminated"))


def test_a_terminated_contract_is_closed_once_switched_over() -> None:
    told = given(
        *SERVED, termination_proposed("2026-03-02", "2026-04-14"), accepted("2026-03-05"), switched_over("2026-05-20")
    )
    told.as_of("2026-05-19").then(phase("terminated"))
    told.as_of("2026-05-20").then(phase("closed"), term(terminated_on="2026-04-14"))


def test_a_retracted_acceptance_undoes_the_termination() -> None:
    consent = accepted("2026-03-05")
    told = given(*SERVED, termination_proposed("2026-03-02", "2026-04-14"), consent, retracted("2026-05-01", consent))
    told.as_of("2026-05-01").then(phase("in_service"), term(terminated_on=None))


def test_a_trial_run_alone_puts_no_contract_in_service() -> None:
    given(signed, trial_run("2025-12-01")).as_of("2025-12-01").then(phase("effective"))
