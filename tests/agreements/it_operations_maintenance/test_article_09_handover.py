"""第九条 移交: owed from the day after the last, by its day (SPEC 9.4)."""

from __future__ import annotations

from tests.operations import SIGNED, amended, bond, given, handed_over
from tests.scenario import no_obligation, obligation, phase


def test_the_hand_over_is_due_thirty_days_after_the_last_day() -> None:
    told = given(SIGNED)
    told.as_of("2026-06-30").then(no_obligation("hand-over"))
    told.as_of("2026-07-01").then(
        obligation("hand-over", "pending", due_on="2026-07-30", raised_on="2026-07-01", raised_by=["terms"])
    )
    told.as_of("2026-07-30").then(obligation("hand-over", "pending"))
    told.as_of("2026-07-31").then(obligation("hand-over", "overdue"))


def test_it_is_fulfilled_by_the_hand_over_also_by_one_before_the_end() -> None:
    given(SIGNED, handed_over("2026-07-30")).as_of("2026-07-31").then(
        obligation("hand-over", "fulfilled"), phase("closed")
    )
    given(SIGNED, handed_over("2026-07-31")).as_of("2026-07-31").then(obligation("hand-over", "fulfilled_late"))
    early = given(SIGNED, handed_over("2026-06-29"))
    early.as_of("2026-06-30").then(phase("in_service"))
    early.as_of("2026-07-01").then(obligation("hand-over", "fulfilled", settled_on="2026-06-29"), phase("closed"))


def test_a_day_that_is_no_working_day_rolls() -> None:
    told = given(SIGNED, handover={"within_days": 31}, term__to="2026-05-31")  # the 1st of July
    told.as_of("2026-07-01").then(obligation("hand-over", "pending", due_on="2026-07-01"))
    rolled = given(SIGNED, handover={"within_days": 27}, term__to="2026-05-31")  # 27 June, a Saturday
    rolled.as_of("2026-06-29").then(obligation("hand-over", "pending", due_on="2026-06-29"))


def test_without_the_table_there_is_none_and_no_closing() -> None:
    told = given(SIGNED, handed_over("2026-07-05"), handover=None)
    told.as_of("2026-07-31").then(no_obligation("hand-over"), phase("ended"))


def test_an_end_agreed_afterwards_is_of_its_own_day() -> None:
    told = given(SIGNED, amended("2026-03-31", term__to="2026-03-15"), bond("2025-07-01"))
    told.as_of("2026-03-31").then(
        obligation("hand-over", "pending", raised_on="2026-03-16", due_on="2026-04-14"),
        obligation("return-bond", "pending", raised_on="2026-03-16", due_on="2026-04-14"),
    )
