"""Reports of one event (SPEC 2.4; clause 10.3): which are one, whose measures count, how they are counted, left out."""

from __future__ import annotations

from cProfile import Profile

import pytest

from tests.happenings import (
    SUPERVISOR,
    A,
    B,
    a_incident,
    acknowledged,
    assessed,
    b_incident,
    fact,
    grade_agreed,
    incident,
    lease_started,
    linked,
    notice,
    signed,
    system,
)
from tests.scenario import b_count, counted, counts, excluded, given, grade, ground, grounds, headroom

SERVED = (signed, lease_started("2025-12-01"))
SEPARATE = {"overlapping-reports": "separate"}
MORNING = "2026-01-10T09:00:00+08:00"  # the outage of 120 minutes ends at 11:00


def at(clock: str) -> str:
    return f"2026-01-10T{clock}+08:00"


def by_judgment(on: str, name: str, grade: str, final: bool = True) -> tuple:
    """A judgment with its paper."""
    sued = fact("DisputeOpened", on, A, f"dispute-{on}", dispute=f"dispute-{on}", clauses=["10.1"], facts=[name])
    judgment = fact(
        "JudgmentEntered",
        on,
        A,
        f"judgment-{on}",
        dispute=f"dispute-{on}",
        court="法院",
        reference="1号",
        final=final,
        rulings=[{"incident": name, "grade": grade}],
    )
    return sued, judgment.documented()


# -- different roles ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("second", "one"),
    [
        (at("10:59:59"), True),
        (at("11:00:00"), False),  # the first is over as this begins
        (at("07:00:01"), True),
        (at("07:00:00"), False),
        ("2026-01-10", True),  # without a time of day it spans its day
        ("2026-01-11", False),
        ("2026-01-09", False),
    ],
)
def test_reports_of_two_roles_are_one_event_while_their_times_overlap(second, one) -> None:
    told = given(*SERVED, b_incident(MORNING, "a"), b_incident(second, "b").said_by(B)).as_of("2026-01-12")
    told.then(b_count(1 if one else 2))


def test_one_without_a_duration_spans_its_days() -> None:
    stated = {"scope": "platform", "systems_share": "0.2"}
    told = given(*SERVED, b_incident(MORNING, "a"), incident(at("23:00:00"), "outage", "b", B, **stated))
    told.as_of("2026-01-12").then(counted(("a", "B", "2026-01-10", ["a", "b"])), excluded(("b", "same-event", "a")))


def test_one_that_lasts_over_midnight_spans_both_its_days() -> None:
    long = b_incident("2026-01-10T23:00:00+08:00", "a", duration_minutes=120)
    told = given(*SERVED, long, b_incident("2026-01-11", "b").said_by(B))
    told.as_of("2026-01-12").then(b_count(1))


@pytest.mark.parametrize(
    "other",
    [
        b_incident(at("09:30:00"), "b", scope="system", system="mail").said_by(B),
        incident(at("09:30:00"), "intrusion", "b", B, third_party_notified=True, handled_in_time=False,
                 tampered_or_leaked=True),
    ],
)  # fmt: skip
def test_another_kind_or_scope_is_another_event(other) -> None:
    told = given(*SERVED, system(), b_incident(MORNING, "a"), other).as_of("2026-01-12")
    assert told.status["incidents"]["counted"][0]["members"] == ["a"]


@pytest.mark.parametrize(("other", "one"), [("mail", True), ("web", False)])
def test_outages_of_a_system_are_one_event_where_it_is_the_same_system(other, one) -> None:
    measures = {"scope": "system", "duration_minutes": 130}
    told = given(
        *SERVED, system(), system(name="web"), incident(MORNING, "outage", "a", A, system="mail", **measures),
        incident(MORNING, "outage", "b", B, system=other, **measures), grade_agreed("2026-01-11", "B", "a"),
    )  # fmt: skip
    told.as_of("2026-01-12").then(counted(("a", "B", "2026-01-10", ["a", "b"] if one else ["a"])))


def test_by_the_reading_separate_each_report_counts() -> None:
    told = given(*SERVED, *(b_incident(MORNING, role[-1]).said_by(role) for role in (A, B, SUPERVISOR)))
    told.as_of("2026-01-12").then(b_count(1), headroom(2))
    told.as_of("2026-01-12", reading=SEPARATE).then(b_count(3), excluded(), ground("10.2", "open"))


# -- one role -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("second", "one"),
    [(at("10:59:59"), True), (at("11:00:00"), False), ("2026-01-10", False)],  # without a clock they are two
)
def test_a_roles_own_reports_are_one_only_where_they_overlap_by_the_clock(second, one) -> None:
    told = given(*SERVED, b_incident(MORNING, "a"), b_incident(second, "b"))
    told.as_of("2026-01-12").then(b_count(1 if one else 2))
    told.as_of("2026-01-12", reading=SEPARATE).then(b_count(2))


def test_each_report_joins_the_first_event_all_of_whose_reports_it_overlaps_with() -> None:
    told = given(
        *SERVED,
        b_incident(at("09:00:00"), "a1"),
        b_incident(at("12:00:00"), "a2"),
        b_incident(at("10:30:00"), "b1", duration_minutes=180).said_by(B),  # overlaps with both of party A's
        b_incident(at("13:30:00"), "b2").said_by(B),
    )
    told.as_of("2026-01-12").then(
        counted(("a1", "B", "2026-01-10", ["a1", "b1"]), ("a2", "B", "2026-01-10", ["a2", "b2"])),
        excluded(("b1", "same-event", "a1"), ("b2", "same-event", "a2")),
    )


def test_the_supervisors_reports_are_placed_first() -> None:
    told = given(
        *SERVED,
        b_incident(at("09:00:00"), "a1", duration_minutes=180),
        b_incident(at("10:00:00"), "s1").said_by(SUPERVISOR),
        b_incident(at("09:30:00"), "b1", duration_minutes=120).said_by(B),
    )
    told.as_of("2026-01-12").then(
        counted(("s1", "B", "2026-01-10", ["a1", "b1", "s1"])),
        excluded(("a1", "same-event", "s1"), ("b1", "same-event", "s1")),
    )


# -- whose measures count -----------------------------------------------------------------------------


def test_where_a_supervisor_reports_the_event_its_measures_alone_count() -> None:
    mild = b_incident(MORNING, "s").said_by(SUPERVISOR)
    told = given(*SERVED, a_incident(MORNING, "a"), mild)
    told.as_of("2026-01-12").then(
        counts(a_count=0, b_count_rolling_year=1, grades={"s": "B"}), grounds(), excluded(("a", "same-event", "s"))
    )
    none = given(*SERVED, a_incident(MORNING, "a"), b_incident(MORNING, "s", duration_minutes=119).said_by(SUPERVISOR))
    none.as_of("2026-01-12").then(counts(grades={}, counted=[], excluded=[]))


def test_what_a_party_says_a_supervisor_observed_is_the_partys_word() -> None:
    hearsay = b_incident(MORNING, "b").said_by(B).done_by(SUPERVISOR)
    told = given(*SERVED, a_incident(MORNING, "a"), hearsay)
    told.as_of("2026-01-12").then(counts(grades={"a": "A", "b": "B"}), excluded(("b", "same-event", "a")))


def test_without_a_supervisors_report_the_highest_grade_counts() -> None:
    told = given(*SERVED, b_incident(MORNING, "a"), a_incident(at("09:30:00"), "b").said_by(B))
    told.as_of("2026-01-12").then(
        counted(("b", "A", "2026-01-10", ["a", "b"])), counts(grades={"a": "B", "b": "A"}),
        excluded(("a", "same-event", "b")),
    )  # fmt: skip


def test_an_agreed_grade_of_a_member_prevails_over_the_supervisors_measures() -> None:
    told = given(
        *SERVED, a_incident(MORNING, "a"), a_incident(MORNING, "s").said_by(SUPERVISOR),
        grade_agreed("2026-02-01", "B", "a"),
    )  # fmt: skip
    told.as_of("2026-01-31").then(grade("s", "A"))
    told.as_of("2026-02-01").then(counts(grades={"a": "B"}), b_count(1), excluded(("s", "same-event", "a")))


def test_a_grade_finally_ruled_prevails_over_the_agreed_one() -> None:
    told = given(
        *SERVED,
        a_incident(MORNING, "a"),
        grade_agreed("2026-02-01", "B", "a"),
        by_judgment("2026-02-20", "a", "A", final=False),
        by_judgment("2026-03-01", "a", "none"),
        grade_agreed("2026-04-01", "A", "a"),
    )
    told.as_of("2026-02-28").then(grade("a", "B"))
    told.as_of("2026-03-01").then(grade("a", None), grounds())
    told.as_of("2026-04-01").then(grade("a", None))


def test_a_judgment_dated_before_the_incident_it_rules_on_counts_from_the_incidents_day() -> None:
    later = b_incident("2026-03-10", "later")
    told = given(*SERVED, later, [one.recorded_on("2026-04-01") for one in by_judgment("2026-03-01", "later", "A")])
    told.as_of("2026-03-10").then(grade("later", "A"), ground("10.1", "open", arose_on="2026-03-10"))


def test_an_assessment_that_moves_the_time_moves_the_event() -> None:
    told = given(
        *SERVED, b_incident(MORNING, "a"), b_incident(at("11:30:00"), "b").said_by(B),
        assessed("2026-02-01", "a", duration_minutes=151), assessed("2026-03-01", "a", duration_minutes=150),
    )  # fmt: skip
    told.as_of("2026-01-31").then(b_count(2))
    told.as_of("2026-02-01").then(b_count(1), excluded(("b", "same-event", "a")))
    told.as_of("2026-03-01").then(b_count(2), excluded())


# -- counting -----------------------------------------------------------------------------------------


def test_of_a_cause_the_later_event_is_left_out_for_its_cause_and_its_other_reports_for_the_event() -> None:
    told = given(
        *SERVED,
        b_incident(MORNING, "one"),
        b_incident("2026-02-10", "two"),
        b_incident("2026-02-10", "two-b").said_by(B),
        linked("2026-03-01", "one", "two"),
    )
    told.as_of("2026-03-01").then(
        counted(("one", "B", "2026-01-10", ["one", "two", "two-b"])),
        excluded(("two", "same-cause", "one"), ("two-b", "same-event", "one")),
    )


def test_by_the_reading_each_a_cause_does_not_bar_counting_and_an_event_still_counts_once() -> None:
    told = given(
        *SERVED,
        b_incident(MORNING, "one"),
        b_incident("2026-02-10", "two"),
        b_incident("2026-02-10", "two-b").said_by(B),
        b_incident("2026-03-10", "three"),
        linked("2026-03-11", "one", "two", "three"),
    )
    told.as_of("2026-03-11").then(b_count(1), grounds())
    told.as_of("2026-03-11", reading={"same-cause-count": "each"}).then(
        b_count(3), excluded(("two-b", "same-event", "two")), ground("10.2", "open", arose_on="2026-03-10")
    )


# -- a root cause stated by party B -------------------------------------------------------------------


def test_a_root_cause_that_party_b_alone_states_ties_in_its_own_view_only() -> None:
    told = given(
        *SERVED,
        b_incident("2026-01-10", "one", root_cause="光缆"),
        b_incident("2026-02-10", "two", root_cause="光缆").said_by(B),
    )
    told.as_of("2026-02-10").then(b_count(2))
    told.as_of("2026-02-10", as_seen_by=A).then(b_count(2))
    told.as_of("2026-02-10", as_seen_by=B).then(b_count(1))
    [position] = [
        one for one in told.as_of("2026-02-10").status["positions"] if one["path"] == "incidents.b_count_rolling_year"
    ]
    assert position == {"path": "incidents.b_count_rolling_year", "record": 2, "party_a": 2, "party_b": 1}


def test_acknowledged_or_stated_by_others_it_ties_for_everybody() -> None:
    two = b_incident("2026-02-10", "two", root_cause="光缆").said_by(B)
    one = b_incident("2026-01-10", "one", root_cause="光缆").said_by(SUPERVISOR)
    told = given(*SERVED, one, two, acknowledged("2026-03-01", two, A))
    told.as_of("2026-03-01").then(b_count(1))
    assert told.as_of("2026-03-01").status["positions"] == []


def test_of_a_supervisors_link_and_an_admission_the_one_recorded_later_counts() -> None:
    """Party B unlinking gives up what shields it; party A linking gives up a count: each admits what hurts it."""
    link = fact("IncidentsLinked", "2026-03-01", SUPERVISOR, "link", incidents=["one", "two"], root_cause="光缆")
    undo = fact("IncidentsUnlinked", "2026-04-01", B, "undo", incidents=["two"], root_cause="光缆")
    told = given(*SERVED, b_incident("2026-01-10", "one"), b_incident("2026-02-10", "two"), link, undo)
    told.as_of("2026-03-31").then(b_count(1))
    told.as_of("2026-04-01").then(b_count(2))
    before = given(
        *SERVED, b_incident("2026-01-10", "one"), b_incident("2026-02-10", "two"), undo, link.recorded_on("2026-04-02")
    )
    before.as_of("2026-04-02").then(b_count(1))


def test_a_notice_unheeded_is_no_kind_of_event() -> None:
    warned = notice("2026-01-05", "2026-01-08", name="s", by=SUPERVISOR)
    told = given(*SERVED, warned, b_incident(MORNING, "a", unheeded_notice="s"), b_incident(MORNING, "b").said_by(B))
    told.as_of("2026-01-12").then(b_count(1))


def calls_for(reports: int) -> tuple[int, int]:
    """How many calls a status costs that has to find so many reports of one role to be one event, and what counts."""
    flood = [b_incident(f"2026-03-02T{number % 20:02}:{number % 60:02}:{number // 60:02}+08:00", f"f-{number}")
             for number in range(reports)]  # fmt: skip
    told = given(*SERVED, *flood)
    profile = Profile()
    counted = profile.runcall(told.as_of, "2026-06-01").status["incidents"]["counted"]
    return sum(entry.callcount for entry in profile.getstats()), len(counted[0]["members"])


def test_a_flood_of_reports_of_one_outage_costs_what_it_holds() -> None:
    few, many = calls_for(400), calls_for(1600)
    assert (few[1], many[1]) == (400, 1600)
    assert many[0] < 5 * few[0], "four times the reports, not sixteen times the work"
