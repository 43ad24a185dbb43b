"""10.4: a notice unheeded, and what supports it."""

from __future__ import annotations

import pytest

from tests.agreements.beijing_government_cloud_2025.test_article_10_termination import SERVED, TWO_YEARS
from tests.happenings import (
    a_incident,
    absent,
    b_incident,
    dual_active_refused,
    major_event,
    notice,
    rectification_rejected,
    rectified,
    retracted,
    staffing,
)
from tests.scenario import (
    given,
    ground,
    grounds,
    obligation,
    termination_allowed_under,
    termination_not_allowed,
)

# -- 10.4: a notice unheeded, and what supports it --------------------------------------------------

EVENT = (major_event("2026-01-05", "2026-01-20"), absent("2026-01-12"))
ABSENT = notice("2026-01-15", "2026-02-10", "absent-key-personnel")


def test_a_notice_unfulfilled_at_its_deadline_opens_the_right_the_day_after() -> None:
    told = given(*SERVED, EVENT, ABSENT)
    told.as_of("2026-02-10").then(
        grounds(),
        obligation(
            "rectify:notice",
            "pending",
            due_on="2026-02-10",
            clause="10.4",
            obligor="party_b",
            raised_on="2026-01-15",
            raised_by=["notice"],
        ),
    )
    told.as_of("2026-02-11").then(
        obligation("rectify:notice", "overdue"),
        termination_allowed_under("10.4"),
        ground("10.4", "open", arose_on="2026-02-11", lapses_on="2027-02-11", because=["absent-2026-01-12", "notice"]),
    )


def test_a_ground_of_10_4_lapses_a_year_after_it_arose() -> None:
    told = given(*SERVED, EVENT, ABSENT, under=TWO_YEARS)
    told.as_of("2027-02-11").then(ground("10.4", "open"))
    told.as_of("2027-02-12").then(ground("10.4", "lapsed"), termination_not_allowed)
    told.as_of("2027-02-12", reading={"lapse": "never"}).then(ground("10.4", "open", lapses_on=None))


@pytest.mark.parametrize(
    ("completed", "state", "arises"),
    [
        ("2026-02-09", "fulfilled", False),
        ("2026-02-10", "fulfilled", False),
        ("2026-02-10T15:59:59Z", "fulfilled", False),
        ("2026-02-10T16:00:00Z", "fulfilled_late", True),
        ("2026-02-11", "fulfilled_late", True),
        ("2026-05-01", "fulfilled_late", True),
    ],
)
def test_completion_by_the_deadline_prevents_the_ground_and_later_completion_heals_nothing(
    completed, state, arises
) -> None:
    told = given(*SERVED, EVENT, ABSENT, rectified(completed))
    expected = ground("10.4", "open", arose_on="2026-02-11") if arises else grounds()
    told.as_of("2026-06-01").then(obligation("rectify:notice", state), expected)


def test_a_timely_completion_rejected_after_the_deadline_opens_the_right_on_the_day_of_the_rejection() -> None:
    told = given(*SERVED, EVENT, ABSENT, rectified("2026-02-05"), rectification_rejected("2026-02-20"))
    told.as_of("2026-02-19").then(grounds(), obligation("rectify:notice", "fulfilled"))
    told.as_of("2026-02-20").then(
        ground("10.4", "open", arose_on="2026-02-20"), obligation("rectify:notice", "overdue")
    )


def test_a_completion_rejected_before_the_deadline_and_not_repeated_opens_the_right_after_the_deadline() -> None:
    told = given(*SERVED, EVENT, ABSENT, rectified("2026-02-05"), rectification_rejected("2026-02-08"))
    told.as_of("2026-02-10").then(grounds(), obligation("rectify:notice", "pending"))
    told.as_of("2026-02-11").then(ground("10.4", "open", arose_on="2026-02-11"))


def test_a_completion_rejected_on_the_last_day_opens_the_right_the_day_after() -> None:
    told = given(*SERVED, EVENT, ABSENT, rectified("2026-02-05"), rectification_rejected("2026-02-10"))
    told.as_of("2026-02-10").then(grounds())
    told.as_of("2026-02-11").then(ground("10.4", "open", arose_on="2026-02-11"))


def test_a_completion_rejected_and_done_again_in_time_opens_nothing() -> None:
    told = given(
        *SERVED, EVENT, ABSENT, rectified("2026-02-05"), rectification_rejected("2026-02-08"), rectified("2026-02-10")
    )
    told.as_of("2026-06-01").then(grounds(), obligation("rectify:notice", "fulfilled", settled_on="2026-02-10"))


def test_a_late_completion_rejected_opens_no_second_ground() -> None:
    told = given(*SERVED, EVENT, ABSENT, rectified("2026-02-20"), rectification_rejected("2026-03-01"))
    told.as_of("2026-06-01").then(grounds(("10.4", "2026-02-11", "open")), obligation("rectify:notice", "overdue"))


def test_a_timely_completion_rejected_after_the_deadline_and_done_again_does_not_heal() -> None:
    told = given(
        *SERVED, EVENT, ABSENT, rectified("2026-02-05"), rectification_rejected("2026-02-20"), rectified("2026-02-25")
    )
    told.as_of("2026-06-01").then(
        ground("10.4", "open", arose_on="2026-02-20"),
        obligation("rectify:notice", "fulfilled_late", settled_on="2026-02-25"),
    )


def test_absence_recorded_only_after_the_ground_arose_does_not_support_it() -> None:
    told = given(*SERVED, major_event("2026-01-05", "2026-03-20"), absent("2026-02-12"), ABSENT)
    told.as_of("2026-06-01").then(ground("10.4", "unsupported", because=["notice"]), termination_not_allowed)
    same_day = given(*SERVED, major_event("2026-01-05", "2026-03-20"), absent("2026-02-11T20:00:00+08:00"), ABSENT)
    same_day.as_of("2026-06-01").then(ground("10.4", "open"))


def test_a_notice_nothing_supports_opens_nothing() -> None:
    for slug in ("unheeded-supervisor-notices", "absent-key-personnel", "understaffed", "dual-active-refused"):
        told = given(*SERVED, notice("2026-01-15", "2026-02-10", slug))
        told.as_of("2026-02-11").then(ground("10.4", "unsupported", arose_on="2026-02-11"), termination_not_allowed)


def test_an_unsupported_ground_stays_unsupported_when_it_would_have_lapsed_or_the_contract_has_ended() -> None:
    told = given(*SERVED, notice("2026-01-15", "2026-02-10", "understaffed"))
    told.as_of("2027-06-01").then(ground("10.4", "unsupported"))


def test_a_notice_on_another_ground_or_by_another_role_opens_nothing() -> None:
    given(*SERVED, EVENT, notice("2026-01-15", "2026-02-10", "patching")).as_of("2026-03-01").then(grounds())
    for role in ("supervisor", "administrator"):
        told = given(*SERVED, EVENT, ABSENT.said_by(role))
        told.as_of("2026-03-01").then(grounds(), obligation("rectify:notice", "overdue"))


@pytest.mark.parametrize(
    ("reports", "supported"),
    [
        ([("2025-12", 4), ("2026-01", 4)], True),  # December and January are consecutive
        ([("2026-01", 4), ("2026-02", 3)], True),
        ([("2026-01", 4), ("2026-02", 5)], False),  # 5 of 5
        ([("2026-01", 4), ("2026-03", 4)], False),
        ([("2026-01", 4)], False),
        ([("2025-01", 4), ("2026-01", 4)], False),
    ],
)
def test_two_consecutive_months_short_of_staff_support_a_notice_of_it(reports, supported) -> None:
    said = [staffing(f"2026-04-0{n}", month, actual) for n, (month, actual) in enumerate(reports, 1)]
    told = given(*SERVED, *said, notice("2026-04-05", "2026-04-20", "understaffed"))
    told.as_of("2026-05-01").then(ground("10.4", "open" if supported else "unsupported"))


def test_a_refused_dual_active_request_supports_a_notice_of_it() -> None:
    told = given(
        *SERVED,
        dual_active_refused("2026-01-05", "2026-01-08"),
        notice("2026-01-15", "2026-02-10", "dual-active-refused"),
    )
    told.as_of("2026-02-11").then(ground("10.4", "open", because=["dual-refused", "notice"]))


@pytest.mark.parametrize(("refused", "state"), [("2026-02-11", "open"), ("2026-02-12", "unsupported")])
def test_a_refusal_supports_from_its_own_day_whenever_the_request_is_dated(refused, state) -> None:
    requested, refusal = dual_active_refused("2026-02-20", refused)
    told = given(
        *SERVED, notice("2026-01-15", "2026-02-10", "dual-active-refused"), requested,
        refusal.recorded_on("2026-02-21"),
    )  # fmt: skip
    told.as_of("2026-03-01").then(ground("10.4", state))


def test_two_grounds_of_one_day_are_listed_by_their_notices() -> None:
    told = given(
        *SERVED, EVENT, staffing("2026-02-03", "2026-01", 4),
        notice("2026-02-12", "2026-03-12", "absent-key-personnel", "first"),
        rectified("2026-03-05", "first"), notice("2026-03-15", "2026-03-30", "understaffed", "second"),
        rectification_rejected("2026-03-31", "first"),
    )  # fmt: skip
    answer = told.as_of("2026-04-01")
    answer.then(grounds(("10.4", "2026-03-31", "open"), ("10.4", "2026-03-31", "unsupported")))
    assert [one["because"] for one in answer.grounds("10.4")] == [
        ["absent-2026-01-12", "first", "first-rectified-2026-03-05", "first-rejected-2026-03-31"], ["second"]
    ]  # a timely completion that was rejected is what makes the first one unheeded


SUPERVISORS = (
    notice("2026-01-05", "2026-01-20", name="s1", by="supervisor"),
    notice("2026-01-06", "2026-02-10", name="s2", by="supervisor"),
)
MULTIPLE = notice("2026-01-25", "2026-02-10", "unheeded-supervisor-notices")
CAUSED = b_incident("2026-02-01", unheeded_notice="s1")


def test_two_unheeded_supervisor_notices_and_a_b_incident_support_a_notice_of_them() -> None:
    told = given(*SERVED, SUPERVISORS, CAUSED, MULTIPLE)
    told.as_of("2026-02-11").then(
        ground("10.4", "open", arose_on="2026-02-11", because=["s1", "s2", "notice", "b-2026-02-01"])
    )
    with_a = given(*SERVED, SUPERVISORS, a_incident("2026-02-01", unheeded_notice="s1"), MULTIPLE)
    with_a.as_of("2026-02-11").then(ground("10.4", "open"))


def test_one_unheeded_supervisor_notice_is_not_multiple() -> None:
    told = given(*SERVED, SUPERVISORS[0], CAUSED, MULTIPLE)
    told.as_of("2026-02-11").then(ground("10.4", "unsupported"))
    in_time = given(*SERVED, SUPERVISORS, rectified("2026-02-10", "s2"), CAUSED, MULTIPLE)
    in_time.as_of("2026-02-11").then(ground("10.4", "unsupported"))


def test_supervisor_notices_whose_deadline_is_still_to_come_do_not_count() -> None:
    later = notice("2026-01-06", "2026-02-11", name="s2", by="supervisor")
    told = given(*SERVED, SUPERVISORS[0], later, CAUSED, MULTIPLE)
    told.as_of("2026-03-01").then(ground("10.4", "unsupported", arose_on="2026-02-11"))


def test_a_supervisor_notice_completed_after_its_deadline_still_counts_as_unheeded() -> None:
    told = given(*SERVED, SUPERVISORS, rectified("2026-01-21", "s1"), CAUSED, MULTIPLE)
    told.as_of("2026-02-11").then(ground("10.4", "open"))


def test_without_a_graded_incident_unheeded_supervisor_notices_support_nothing() -> None:
    told = given(*SERVED, SUPERVISORS, b_incident("2026-02-01", duration_minutes=119, unheeded_notice="s1"), MULTIPLE)
    told.as_of("2026-02-11").then(ground("10.4", "unsupported"))
    too_late = given(*SERVED, SUPERVISORS, b_incident("2026-02-12", unheeded_notice="s1"), MULTIPLE)
    too_late.as_of("2026-03-01").then(ground("10.4", "unsupported"))


def test_notices_of_other_roles_are_not_the_supervisors() -> None:
    others = [notice("2026-01-05", "2026-01-20", name=f"n-{by}", by=by) for by in ("party_a", "administrator")]
    told = given(*SERVED, SUPERVISORS[0], others, CAUSED, MULTIPLE)
    told.as_of("2026-02-11").then(ground("10.4", "unsupported"))


def test_a_retracted_notice_opens_nothing_and_owes_nothing() -> None:
    told = given(*SERVED, EVENT, ABSENT, retracted("2026-03-01", ABSENT))
    told.as_of("2026-03-01").then(grounds())
    assert told.as_of("2026-03-01").obligation("rectify:notice") is None


def test_a_retracted_absence_no_longer_supports_the_notice() -> None:
    told = given(*SERVED, EVENT, ABSENT, retracted("2026-03-01", EVENT[1]))
    told.as_of("2026-03-01").then(ground("10.4", "unsupported"))
