"""第十一条 退出 (SPEC 4.1, 4.2): exit at party B's request, and the free switch-over after the end."""

from __future__ import annotations

import pytest

from tests.happenings import (
    A,
    B,
    accepted,
    acknowledged,
    amended,
    exit_permitted,
    exit_refused,
    exit_requested,
    exit_withdrawn,
    lease_started,
    retracted,
    signed,
    switched_over,
    termination_proposed,
)
from tests.scenario import anomalies, exit_is, given, no_anomalies, no_obligation, obligation, phase, term, terms

SERVED = (signed, lease_started("2025-12-01"))
NO_EXIT = exit_is(None, None, None)
DEADLINE = {"switchover-period": "deadline"}
STRICT = {"notice-waiver": "strict"}


def test_without_a_request_there_is_no_exit() -> None:
    given(*SERVED).as_of("2026-03-01").then(NO_EXIT)


@pytest.mark.parametrize(
    ("requested", "exit_on", "earliest", "short"),
    [
        ("2026-01-31", "2026-08-01", "2026-08-01", False),
        ("2026-01-31", "2026-07-31", "2026-07-31", False),
        ("2026-01-31", "2026-07-30", "2026-07-31", True),
        ("2026-04-03", "2026-06-01", "2026-10-03", True),  # a day off: no roll
        ("2025-12-31", "2026-01-01", "2026-06-30", True),  # June has no 31st
        ("2026-02-28", "2026-08-28", "2026-08-28", False),
        ("2026-02-27T15:59:59Z", "2026-08-27", "2026-08-27", False),
        ("2026-02-27T16:00:00Z", "2026-08-27", "2026-08-28", True),
    ],
)
def test_an_exit_takes_six_months_from_its_request(requested, exit_on, earliest, short) -> None:
    told = given(*SERVED, exit_requested(requested, exit_on))
    day = "2026-02-28" if requested == "2026-02-27T16:00:00Z" else requested[:10]
    expected = anomalies(("EXIT_NOTICE_TOO_SHORT", "exit", day)) if short else no_anomalies
    told.as_of("2026-04-10").then(exit_is("exit", None, earliest), expected)


def test_an_exit_refused_and_permitted_anew_for_a_later_day_does_not_take_effect_on_the_day_permitted_first() -> None:
    asked, first = exit_requested("2026-01-31", "2026-07-31"), exit_permitted("2026-02-10")
    again = exit_permitted("2026-07-30", exit_on="2026-08-31").named("again")
    told = given(*SERVED, asked, first, exit_refused("2026-02-12"), again)
    told.as_of("2026-07-31").then(exit_is("exit", True, "2026-08-31"), phase("in_service"), term(terminated_on=None))
    told.as_of("2026-08-31").then(phase("terminated"), term(terminated_on="2026-08-31"))


def test_an_exit_permitted_terminates_the_contract_on_its_earliest_day() -> None:
    told = given(*SERVED, exit_requested("2026-01-31", "2026-07-31"), exit_permitted("2026-02-10"))
    told.as_of("2026-02-09").then(exit_is("exit", None, "2026-07-31"))
    told.as_of("2026-07-30").then(exit_is("exit", True, "2026-07-31"), phase("in_service"), term(terminated_on=None))
    told.as_of("2026-07-31").then(phase("terminated"), term(terminated_on="2026-07-31", ends_on="2026-12-01"))


def test_an_exit_refused_or_unanswered_ends_nothing() -> None:
    asked = exit_requested("2026-01-31", "2026-07-31")
    given(*SERVED, asked).as_of("2026-08-01").then(phase("in_service"), exit_is("exit", None, "2026-07-31"))
    told = given(*SERVED, asked, exit_refused("2026-02-10"))
    told.as_of("2026-08-01").then(phase("in_service"), exit_is("exit", False, "2026-07-31"))


def test_an_exit_permitted_after_its_earliest_day_takes_effect_on_the_day_of_consent() -> None:
    told = given(*SERVED, exit_requested("2026-01-31", "2026-07-31"), exit_permitted("2026-09-10"))
    told.as_of("2026-09-09").then(phase("in_service"))
    told.as_of("2026-09-10").then(phase("terminated"), term(terminated_on="2026-09-10"))


@pytest.mark.parametrize(
    ("named", "earliest", "strictly"),
    [
        ("2026-05-01", "2026-05-01", "2026-09-02"),  # shorter than six months: consented to
        ("2026-09-01", "2026-09-01", "2026-09-02"),
        ("2026-09-02", "2026-09-02", "2026-09-02"),  # the corresponding day itself
        ("2026-09-03", "2026-09-03", "2026-09-03"),  # later than asked for
    ],
)
def test_a_permission_that_names_a_day_consents_to_it(named, earliest, strictly) -> None:
    """SPEC 4.1: that day "is then `earliest_exit_on` [`notice-waiver`: `strict`, if later]"."""
    told = given(*SERVED, exit_requested("2026-03-02", "2026-05-01"), exit_permitted("2026-03-03", exit_on=named))
    told.as_of("2026-03-02").then(exit_is("exit", None, "2026-09-02"))
    told.as_of("2026-03-03").then(
        exit_is("exit", True, earliest), anomalies(("EXIT_NOTICE_TOO_SHORT", "exit", "2026-03-02"))
    )
    told.as_of("2026-11-01").then(term(terminated_on=earliest))
    told.as_of("2026-11-01", reading=STRICT).then(exit_is("exit", True, strictly), term(terminated_on=strictly))


def test_a_permission_for_a_day_gone_by_takes_effect_on_its_own_day() -> None:
    told = given(
        *SERVED, exit_requested("2026-03-02", "2026-05-01"), exit_permitted("2026-05-10", exit_on="2026-05-01")
    )
    told.as_of("2026-05-09").then(phase("in_service"))
    told.as_of("2026-05-10").then(
        phase("terminated"), term(terminated_on="2026-05-10"), exit_is("exit", True, "2026-05-01")
    )


def test_of_several_permissions_since_the_last_refusal_the_first_counts() -> None:
    first = exit_permitted("2026-03-03", exit_on="2026-05-01")
    again = exit_permitted("2026-03-10", exit_on="2026-04-01")
    asked = exit_requested("2026-03-02", "2026-05-01")
    told = given(*SERVED, asked, first, again.named("again"))
    told.as_of("2026-03-10").then(exit_is("exit", True, "2026-05-01"))
    refused = given(*SERVED, asked, first, exit_refused("2026-03-05"), again.named("again"))
    refused.as_of("2026-03-05").then(exit_is("exit", False, "2026-09-02"))
    refused.as_of("2026-03-10").then(exit_is("exit", True, "2026-04-01"))


def test_a_request_withdrawn_before_its_day_ends_nothing() -> None:
    told = given(
        *SERVED, exit_requested("2026-01-31", "2026-07-31"), exit_permitted("2026-02-10"), exit_withdrawn("2026-07-30")
    )
    told.as_of("2026-07-29").then(exit_is("exit", True, "2026-07-31"))
    told.as_of("2026-07-30").then(NO_EXIT)
    told.as_of("2026-08-30").then(NO_EXIT, phase("in_service"))


def test_the_latest_request_not_withdrawn_is_the_one_that_counts() -> None:
    told = given(
        *SERVED,
        exit_requested("2025-12-31", "2026-06-30", "one"),
        exit_permitted("2026-01-10", "one"),
        exit_requested("2026-02-28", "2026-10-01", "two"),
    )
    told.as_of("2026-02-27").then(exit_is("one", True, "2026-06-30"))
    told.as_of("2026-02-28").then(exit_is("two", None, "2026-10-01"))
    told.as_of("2026-07-10").then(phase("in_service"), exit_is("two", None, "2026-10-01"))


def test_the_earlier_request_counts_again_when_the_later_is_withdrawn() -> None:
    told = given(
        *SERVED,
        exit_requested("2025-12-31", "2026-06-30", "one"),
        exit_permitted("2026-01-10", "one"),
        exit_requested("2026-02-28", "2026-10-01", "two"),
        exit_withdrawn("2026-03-10", "two"),
    )
    told.as_of("2026-03-10").then(exit_is("one", True, "2026-06-30"))
    told.as_of("2026-06-30").then(phase("terminated"), term(terminated_on="2026-06-30"))


def test_an_earlier_request_whose_day_has_passed_takes_effect_when_the_later_is_withdrawn() -> None:
    told = given(
        *SERVED,
        exit_requested("2025-12-31", "2026-06-30", "one"),
        exit_permitted("2026-01-10", "one"),
        exit_requested("2026-02-28", "2026-10-01", "two"),
        exit_withdrawn("2026-07-10", "two"),
    )
    told.as_of("2026-07-09").then(phase("in_service"))
    told.as_of("2026-07-10").then(phase("terminated"), exit_is("one", True, "2026-06-30"))


def test_an_exit_that_took_effect_is_not_undone_by_a_later_withdrawal_or_request() -> None:
    told = given(
        *SERVED,
        exit_requested("2026-01-31", "2026-07-31"),
        exit_permitted("2026-02-10"),
        exit_withdrawn("2026-08-01"),
        exit_requested("2026-08-02", "2027-08-02", "two"),
    )
    told.as_of("2026-09-01").then(
        phase("terminated"), term(terminated_on="2026-07-31"), exit_is("exit", True, "2026-07-31")
    )


def test_the_months_of_notice_are_those_agreed_on_the_day_of_the_request() -> None:
    shorter = amended("2026-02-28", periods__exit_notice_months=1)
    told = given(*SERVED, exit_requested("2026-02-27", "2026-03-31", "one"), shorter)
    told.as_of("2026-02-28").then(exit_is("one", None, "2026-08-27"))
    told.record(exit_requested("2026-02-28", "2026-03-28", "two"))
    told.as_of("2026-02-28").then(
        exit_is("two", None, "2026-03-28"), anomalies(("EXIT_NOTICE_TOO_SHORT", "one", "2026-02-27"))
    )


def test_an_exit_due_after_the_end_of_the_term_changes_nothing() -> None:
    told = given(*SERVED, exit_requested("2026-07-01", "2027-01-10"), exit_permitted("2026-07-10"))
    told.as_of("2027-02-01").then(phase("ended"), term(terminated_on=None))


def test_a_retracted_request_is_no_request() -> None:
    asked = exit_requested("2026-01-31", "2026-07-01")
    back = retracted("2026-03-01", asked)
    told = given(*SERVED, asked, exit_permitted("2026-02-10"), back, acknowledged("2026-03-02", back, A))
    told.as_of("2026-09-01").then(NO_EXIT, no_anomalies, phase("in_service"))


def test_a_request_that_was_permitted_is_not_taken_back_by_its_own_side_alone() -> None:
    """SPEC 2.4 no. 3: recorded before an ExitPermitted said by the other party."""
    asked = exit_requested("2026-01-31", "2026-07-01")
    told = given(*SERVED, asked, exit_permitted("2026-02-10"), retracted("2026-03-01", asked))
    told.as_of("2026-09-01").then(phase("terminated"))
    told.as_of("2026-09-01", as_seen_by=B).then(NO_EXIT, phase("in_service"))


# -- switch-over ------------------------------------------------------------------------------------


def test_the_switch_over_is_raised_the_day_after_the_end_and_its_six_months_are_a_measure() -> None:
    """SPEC 4.2: 一般延续 6 个月 is a measure; the reading ``deadline`` makes it due then."""
    told = given(*SERVED)
    told.as_of("2026-12-01").then(no_obligation("switchover"))
    told.as_of("2027-07-01").then(
        obligation(
            "switchover",
            "pending",
            raised_on="2026-12-02",
            due_on=None,
            expected_until="2027-06-01",
            clause="11.2",
            obligor="party_b",
            raised_by=["lease"],
            provisional=False,
        )
    )
    told.as_of("2027-06-01", reading=DEADLINE).then(
        obligation("switchover", "pending", due_on="2027-06-01", expected_until="2027-06-01", provisional=True)
    )
    told.as_of("2027-06-02", reading=DEADLINE).then(obligation("switchover", "overdue"))


def test_as_a_deadline_the_switch_over_rolls_over_rest_days_as_a_measure_it_does_not() -> None:
    told = given(signed, lease_started("2025-10-01"), under=terms(term__months=6))
    told.as_of("2026-05-06").then(
        obligation("switchover", "pending", raised_on="2026-04-02", due_on=None, expected_until="2026-10-01")
    )  # ends 1 April; 1 to 7 October are off
    told.as_of("2026-05-06", reading=DEADLINE).then(
        obligation("switchover", "pending", due_on="2026-10-08", expected_until="2026-10-01", provisional=False)
    )


def test_the_switch_over_of_a_terminated_contract_is_raised_and_counted_from_that_day() -> None:
    told = given(*SERVED, termination_proposed("2026-01-10", "2026-03-20"), accepted("2026-01-12"))
    told.as_of("2026-03-19").then(no_obligation("switchover"))
    told.as_of("2026-03-20").then(
        obligation(
            "switchover", "pending", raised_on="2026-03-20", expected_until="2026-09-20",
            raised_by=["termination", "termination-accepted"],
        )
    )  # fmt: skip


def test_the_switch_over_after_an_exit_is_counted_from_the_exit() -> None:
    told = given(*SERVED, exit_requested("2025-12-05", "2026-06-05"), exit_permitted("2026-01-10"))
    told.as_of("2026-06-05").then(
        obligation(
            "switchover", "pending", raised_on="2026-06-05", expected_until="2026-12-05",
            raised_by=["exit", "exit-permitted"],
        )
    )  # fmt: skip
    told.as_of("2026-06-05", reading=DEADLINE).then(obligation("switchover", "pending", due_on="2026-12-07"))


def test_an_exit_rests_on_the_permission_that_stands_and_not_on_one_refused_since_or_given_again() -> None:
    first, again = (exit_permitted(on).named(name) for on, name in (("2026-01-10", "first"), ("2026-03-01", "again")))
    asked = exit_requested("2025-12-05", "2026-06-05")
    anew = given(*SERVED, asked, first, exit_refused("2026-02-10"), again)
    anew.as_of("2026-06-05").then(obligation("switchover", "pending", raised_by=["exit", "again"]))
    twice = given(*SERVED, asked, first, again)
    twice.as_of("2026-06-05").then(obligation("switchover", "pending", raised_by=["exit", "first"]))


@pytest.mark.parametrize(
    ("moment", "state"),
    [("2026-07-20T15:59:59Z", "fulfilled"), ("2026-07-20T16:00:00Z", "fulfilled_late")],
)
def test_as_a_deadline_a_switch_over_is_in_time_until_the_end_of_its_day(moment, state) -> None:
    left = (exit_requested("2025-12-05", "2026-01-20"), exit_permitted("2025-12-20", exit_on="2026-01-20"))
    told = given(*SERVED, left, switched_over(moment))
    told.as_of("2026-08-01").then(
        obligation("switchover", "fulfilled", settled_by=["switched-over"]), phase("closed")
    )
    told.as_of("2026-08-01", reading=DEADLINE).then(obligation("switchover", state, settled_by=["switched-over"]))


def test_a_switch_over_completed_before_the_end_fulfils_the_duty_that_arises_then() -> None:
    told = given(*SERVED, switched_over("2026-11-20"))
    told.as_of("2026-12-02").then(obligation("switchover", "fulfilled", settled_on="2026-11-20"))


def test_the_months_for_the_switch_over_are_those_in_force_when_the_contract_ends() -> None:
    told = given(*SERVED, amended("2026-05-01", periods__switchover_months=1))
    told.as_of("2026-12-10").then(obligation("switchover", "pending", expected_until="2027-01-01"))
    told.as_of("2026-12-10", reading=DEADLINE).then(
        obligation("switchover", "pending", due_on="2027-01-04")  # 1 January, then a weekend
    )
