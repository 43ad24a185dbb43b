"""第十三条 合同期限及解除条款 (SPEC 4.1, 4.8): signature, term, renewal and termination by consent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.happenings import (
    accepted,
    amended,
    b_incident,
    corrected,
    deployed,
    dispute_opened,
    fact,
    judgment,
    lease_started,
    reading_agreed,
    rejected,
    renewal_proposed,
    retracted,
    served,
    signature,
    signed,
    stage_review,
    switched_over,
    termination_proposed,
    trial_run,
)
from tests.scenario import anomalies, excluded, given, no_anomalies, obligation, phase, term, terms

SERVED = (signed, lease_started("2025-12-01"))
STRICT, SAME_DAY = {"notice-waiver": "strict"}, {"notice-day": "same-day"}


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
        ("2026-10-19T15:59:59Z", False),
        ("2026-10-19T16:00:00Z", True),
        ("2026-10-20", True),  # … 1 December, the last day: not before it
    ],
)
def test_a_renewal_proposed_fewer_than_thirty_working_days_before_the_end_is_an_anomaly_and_takes_effect(
    proposed, late
) -> None:
    told = given(*SERVED, renewal_proposed(proposed, "2027-12-01"), accepted("2026-11-01", "renewal"))
    told.as_of("2026-10-31").then(no_anomalies)
    day = "2026-10-20"
    expected = anomalies(("NOTICE_TOO_SHORT", "renewal", day)) if late else no_anomalies
    told.as_of("2026-11-01").then(expected, term(ends_on="2027-12-01"))


def test_by_the_reading_same_day_a_renewal_is_in_time_until_the_thirtieth_working_day_is_the_last() -> None:
    same_day = {"notice-day": "same-day"}
    last = given(*SERVED, renewal_proposed("2026-10-20", "2027-12-01"), accepted("2026-11-01", "renewal"))
    last.as_of("2026-11-01", reading=same_day).then(no_anomalies)
    after = given(*SERVED, renewal_proposed("2026-10-21", "2027-12-01"), accepted("2026-11-01", "renewal"))
    after.as_of("2026-11-01", reading=same_day).then(anomalies(("NOTICE_TOO_SHORT", "renewal", "2026-10-21")))


def test_a_late_renewal_never_accepted_is_no_anomaly() -> None:
    given(*SERVED, renewal_proposed("2026-11-20", "2027-12-01"), rejected("2026-11-21", "renewal")).as_of(
        "2026-11-30"
    ).then(no_anomalies, term(ends_on="2026-12-01"))


# -- termination by consent -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effective_on", "short", "strictly", "same_day_strictly"),
    [
        ("2026-04-15", False, "2026-04-15", "2026-04-15"),  # the day after the thirtieth working day
        ("2026-04-14", True, "2026-04-15", "2026-04-14"),  # the thirtieth working day itself, which runs to its end
        ("2026-04-13", True, "2026-04-15", "2026-04-14"),
        ("2026-03-05", True, "2026-04-15", "2026-04-14"),
    ],
)
def test_consent_cures_a_notice_shorter_than_thirty_working_days(
    effective_on, short, strictly, same_day_strictly
) -> None:
    """SPEC 4.1, 民法典 562.1: effective on the day agreed; the anomaly stands at the proposal; ``strict`` waits."""
    told = given(*SERVED, termination_proposed("2026-03-02", effective_on), accepted("2026-03-05"))
    told.as_of("2026-03-04").then(no_anomalies)
    too_short = anomalies(("NOTICE_TOO_SHORT", "termination", "2026-03-02"))
    told.as_of("2026-03-05").then(too_short if short else no_anomalies)
    for day, readings in (
        (effective_on, {}), (strictly, STRICT), (same_day_strictly, STRICT | SAME_DAY),
    ):  # fmt: skip
        before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
        told.as_of(before, reading=readings).then(phase("in_service"), term(terminated_on=None))
        told.as_of(day, reading=readings).then(phase("terminated"), term(terminated_on=day, provisional=False))


def test_by_the_reading_same_day_the_thirtieth_working_day_keeps_the_notice() -> None:
    told = given(*SERVED, termination_proposed("2026-03-02", "2026-04-14"), accepted("2026-03-05"))
    told.as_of("2026-04-14", reading=SAME_DAY).then(phase("terminated"), no_anomalies)
    shorter = given(*SERVED, termination_proposed("2026-03-02", "2026-04-13"), accepted("2026-03-05"))
    shorter.as_of("2026-04-13", reading=SAME_DAY).then(
        phase("terminated"), anomalies(("NOTICE_TOO_SHORT", "termination", "2026-03-02"))
    )


def test_a_proposal_around_beijing_midnight_counts_from_its_beijing_day() -> None:
    late = given(*SERVED, termination_proposed("2026-03-02T16:00:00Z", "2026-04-15"), accepted("2026-03-05"))
    late.as_of("2026-04-15").then(phase("terminated"), anomalies(("NOTICE_TOO_SHORT", "termination", "2026-03-03")))
    early = given(*SERVED, termination_proposed("2026-03-02T15:59:59Z", "2026-04-15"), accepted("2026-03-05"))
    early.as_of("2026-04-15").then(phase("terminated"), no_anomalies)


def test_an_offer_rejected_is_extinct_and_one_accepted_is_bound() -> None:
    """SPEC 4.8: of two answers to one proposal the first decides (民法典 478, 483)."""
    proposed = termination_proposed("2026-03-02", "2026-05-06")
    given(*SERVED, proposed, rejected("2026-03-05"), accepted("2026-03-06")).as_of("2026-06-01").then(
        phase("in_service"), no_anomalies
    )
    given(*SERVED, proposed, accepted("2026-03-05"), rejected("2026-03-06")).as_of("2026-05-06").then(
        phase("terminated")
    )
    renewal = renewal_proposed("2026-06-01", "2027-06-30")
    given(*SERVED, renewal, rejected("2026-06-05", "renewal"), accepted("2026-06-06", "renewal")).as_of(
        "2026-07-01"
    ).then(term(ends_on="2026-12-01"))


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
    told = given(*SERVED, shorter, termination_proposed("2026-03-02", "2026-03-10"), accepted("2026-03-05"))
    told.as_of("2026-03-10").then(phase("terminated"), no_anomalies)
    after = given(
        *SERVED,
        termination_proposed("2026-03-02", "2026-03-10"),
        amended("2026-03-03", periods__termination_notice_working_days=5),
        accepted("2026-03-05"),
    )
    after.as_of("2026-03-10").then(anomalies(("NOTICE_TOO_SHORT", "termination", "2026-03-02")))


def test_a_termination_day_that_rests_on_a_year_without_a_notice_is_provisional() -> None:
    served = (signed, lease_started("2026-06-01"))
    told = given(*served, termination_proposed("2026-12-01", "2026-12-02"), accepted("2026-12-02"))
    told.as_of("2027-03-01").then(term(terminated_on="2026-12-02", provisional=False))
    told.as_of("2027-03-01", reading=STRICT).then(phase("terminated"), term(provisional=True))
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


# -- what an end leaves, and discharges (557, 566) ---------------------------------------------------

ENDED = (termination_proposed("2026-03-02", "2026-05-20"), accepted("2026-03-05"))


def test_what_was_to_be_performed_later_is_discharged_when_the_contract_ends_early() -> None:
    told = given(*SERVED, ENDED)
    told.as_of("2026-05-19").then(obligation("host-scan", "pending"), obligation("security-review", "pending"))
    for duty in ("host-scan", "host-hardening", "security-review", "availability"):
        told.as_of("2026-05-20").then(
            obligation(
                duty, "discharged", settled_on="2026-05-20", settled_by=["termination", "termination-accepted"]
            )
        )
    told.as_of("2027-01-10").then(obligation("host-scan", "discharged"), obligation("confidentiality", "standing"))


def test_what_was_overdue_or_done_by_the_end_is_not_discharged() -> None:
    told = given(*SERVED, ENDED, deployed("2025-12-20"))
    told.as_of("2026-05-20").then(
        obligation("deployment", "fulfilled"), obligation("stage-review", "overdue"), obligation("trial-run", "overdue")
    )
    later = given(*SERVED, ENDED, stage_review("2026-06-01"))
    later.as_of("2026-06-01").then(obligation("stage-review", "fulfilled_late"))


@pytest.mark.parametrize(
    ("due_on", "state"), [("2026-05-19", "overdue"), ("2026-05-20", "discharged"), ("2026-05-21", "discharged")]
)
def test_a_report_due_before_the_end_is_overdue_and_one_due_on_it_is_discharged(due_on, state) -> None:
    asked = fact("MonitoringReportRequested", "2026-03-01", "party_a", "r", report="r", due_on=due_on)
    given(*SERVED, ENDED, asked).as_of("2026-06-10").then(obligation("monitoring-report:r", state))


def test_a_duty_raised_after_the_end_is_discharged_on_the_day_it_is_raised() -> None:
    asked = fact("MonitoringReportRequested", "2026-06-01", "party_a", "r", report="r", due_on="2026-06-20")
    delivered = fact("MonitoringReportDelivered", "2026-06-02", "party_b", "d", report="r")
    given(*SERVED, ENDED, asked, delivered).as_of("2026-07-01").then(
        obligation("monitoring-report:r", "discharged", settled_on="2026-06-01")
    )


@pytest.mark.parametrize(("done", "state"), [("2026-05-20", "fulfilled"), ("2026-05-21", "discharged")])
def test_what_was_done_by_the_day_of_the_end_was_performed_by_then(done, state) -> None:
    reviewed = fact("SecurityReviewPassed", done, "party_b", "review", reference="网审1号")
    given(*SERVED, ENDED, reviewed).as_of("2026-06-10").then(obligation("security-review", state))


def test_a_term_that_runs_out_discharges_nothing_but_availability() -> None:
    told = given(*SERVED)
    told.as_of("2026-12-02").then(
        obligation("host-scan", "overdue"), obligation("security-review", "overdue"),
        obligation("availability", "discharged", settled_on="2026-12-02"),
    )  # fmt: skip


# -- when a proposal arrived, what a court says of the end -------------------------------------------


@pytest.mark.parametrize(
    ("arrived", "short"),
    [
        ("2026-03-02", False),  # the day it was made: the thirtieth working day is 14 April
        ("2026-03-03", True),  # … 15 April, not before the day agreed
        ("2026-04-20", True),  # recorded as served after it was accepted: it had arrived by then
    ],
)
def test_the_days_of_notice_run_from_the_day_the_proposal_arrived(arrived, short) -> None:
    """SPEC 4.1: other notices count as arrived on their day unless a NoticeServed says otherwise (民法典 137)."""
    told = given(
        *SERVED, termination_proposed("2026-03-02", "2026-04-15"), served(arrived, "termination", "party_a"),
        accepted("2026-03-05") if arrived < "2026-04-01" else accepted("2026-03-05").recorded_on("2026-04-21"),
    )  # fmt: skip
    late = arrived == "2026-04-20"
    expected = anomalies(("NOTICE_TOO_SHORT", "termination", "2026-03-02")) if short and not late else no_anomalies
    told.as_of("2026-04-21").then(expected, phase("terminated"), term(terminated_on="2026-04-15"))


def _ruled(on: str, terminated_on: str | None, ref: str = "judgment"):
    return judgment(on, {"terminated_on": terminated_on}, ref=ref)


DISPUTED = dispute_opened("2026-06-01", "lease", name="D-1")


def test_a_court_may_say_that_nothing_ended_the_contract_up_to_its_judgment() -> None:
    """SPEC 2.4: {"terminated_on": null}: nothing ended it up to that day."""
    told = given(*SERVED, ENDED, DISPUTED, _ruled("2026-08-17", None))
    told.as_of("2026-08-16").then(phase("terminated"), obligation("host-scan", "discharged"))
    told.as_of("2026-08-17").then(
        phase("in_service"), term(terminated_on=None), obligation("host-scan", "pending", settled_on=None)
    )
    again = (termination_proposed("2026-08-18", "2026-11-02", "anew"), accepted("2026-08-20", "anew"))
    told.record(again)
    told.as_of("2026-11-02").then(phase("terminated"), term(terminated_on="2026-11-02"))


@pytest.mark.parametrize("said", ["2026-04-01", "2026-05-20", "2026-07-15"])
def test_a_court_may_say_on_which_day_the_contract_ended(said) -> None:
    told = given(*SERVED, ENDED, DISPUTED, _ruled("2026-08-17", said))
    told.as_of("2026-08-16").then(term(terminated_on="2026-05-20"))
    told.as_of("2026-08-17").then(
        phase("terminated"), term(terminated_on=said), obligation("host-scan", "discharged", settled_on=said),
        obligation("switchover", "pending", raised_on=said, raised_by=["judgment"]),
    )  # fmt: skip


def test_a_court_may_say_that_a_running_contract_ends_on_a_day_to_come() -> None:
    told = given(*SERVED, DISPUTED, _ruled("2026-08-17", "2026-09-30"))
    told.as_of("2026-09-29").then(phase("in_service"), term(terminated_on=None))
    told.as_of("2026-09-30").then(phase("terminated"), term(terminated_on="2026-09-30"))


def test_of_two_judgments_on_the_end_the_later_prevails() -> None:
    told = given(
        *SERVED, ENDED, DISPUTED, _ruled("2026-08-17", "2026-04-01", "first"), _ruled("2026-10-20", None, "second")
    )
    told.as_of("2026-10-19").then(term(terminated_on="2026-04-01"))
    told.as_of("2026-10-20").then(phase("in_service"), term(terminated_on=None))


def test_the_last_day_of_operation_is_the_day_before_an_agreed_end() -> None:
    told = given(*SERVED, ENDED, b_incident("2026-05-19", "last"), b_incident("2026-05-20", "after"))
    told.as_of("2026-06-01").then(excluded(("after", "outside-operating-period", None)))


# -- without signatures, and data at the end ---------------------------------------------------------


def test_in_service_without_both_signatures_is_an_anomaly_at_the_lease() -> None:
    """SPEC 4.8: performed and accepted (民法典 490), but a signature is missing."""
    told = given(signature("party_a", "2025-11-19"), lease_started("2025-12-01"), signature("party_b", "2025-12-05"))
    told.as_of("2025-12-04").then(phase("in_service"), anomalies(("SIGNATURE_MISSING", "lease", "2025-12-01")))
    told.as_of("2025-12-05").then(no_anomalies)
    whole_day = given(lease_started("2025-11-19"), signed)
    whole_day.as_of("2025-11-19").then(no_anomalies)


@pytest.mark.parametrize(
    ("manner", "on", "early"),
    [("destroyed", "2026-12-09", True), ("destroyed", "2026-12-10", False), ("relocated", "2026-12-09", False)],
)
def test_data_destroyed_before_the_switch_over_was_completed_is_an_anomaly(manner, on, early) -> None:
    disposed = fact("DataDisposed", on, "party_b", "data", manner=manner)
    expected = anomalies(("DATA_DESTROYED_EARLY", "data", on)) if early else no_anomalies
    given(*SERVED, disposed, switched_over("2026-12-10")).as_of("2026-12-20").then(expected)


def test_a_trial_run_alone_puts_no_contract_in_service() -> None:
    given(signed, trial_run("2025-12-01")).as_of("2025-12-01").then(phase("effective"))
