"""Termination declared under article 10 (SPEC 4.1, 4.5, 4.8): service, what it finds, what becomes known afterwards."""

from __future__ import annotations

import pytest

from tests.happenings import (
    SUPERVISOR,
    A,
    B,
    a_incident,
    absent,
    accepted,
    acknowledged,
    assessed,
    b_incident,
    contested,
    declared,
    dual_active_refused,
    exit_permitted,
    exit_requested,
    fact,
    grade_agreed,
    invoice,
    lease_started,
    linked,
    major_event,
    notice,
    only_declared,
    rectification_rejected,
    rectified,
    retracted,
    signed,
    staffing,
    termination_proposed,
)
from tests.scenario import (
    anomalies,
    b_count,
    given,
    grade,
    ground,
    grounds,
    headroom,
    no_anomalies,
    obligation,
    phase,
    term,
    termination_allowed_under,
    termination_is,
    termination_not_allowed,
    terms,
)

SERVED = (signed, lease_started("2025-12-01"))
TWO_YEARS = terms(term__months=24)
A_INCIDENT = a_incident("2026-01-10")


def arrives(on: str, about: str = "declaration") -> object:
    return fact("NoticeServed", on, A, f"{about}-arrives-{on}", about=about, manner="courier")


# -- service ------------------------------------------------------------------------------------------


def test_until_it_arrived_a_declaration_ends_nothing() -> None:
    told = given(*SERVED, A_INCIDENT, only_declared("2026-01-20", "10.1"))
    told.as_of("2026-06-01").then(
        phase("in_service"),
        termination_is("declared", ("declaration", "2026-01-20", None)),
        no_anomalies,
        termination_allowed_under("10.1"),
    )


@pytest.mark.parametrize(
    ("arrived", "effect"), [("2026-01-28", "2026-01-28"), ("2026-01-20", "2026-01-20"), ("2026-01-18", "2026-01-20")]
)
def test_it_takes_effect_on_the_later_of_its_day_and_the_day_it_arrived(arrived, effect) -> None:
    told = given(*SERVED, A_INCIDENT, only_declared("2026-01-20", "10.1"), arrives(arrived).recorded_on("2026-02-01"))
    told.as_of("2026-02-01").then(
        phase("terminated"),
        term(terminated_on=effect),
        termination_is("exercised", ("declaration", "2026-01-20", arrived)),
    )
    if effect > "2026-01-20":
        told.as_of("2026-01-27").then(
            phase("in_service"), termination_is("declared", ("declaration", "2026-01-20", None))
        )


def test_the_first_service_counts_and_party_bs_acknowledgement_is_one() -> None:
    declaration = only_declared("2026-01-20", "10.1")
    told = given(*SERVED, A_INCIDENT, declaration, acknowledged("2026-01-23", declaration, B), arrives("2026-01-26"))
    told.as_of("2026-02-01").then(term(terminated_on="2026-01-23"))
    by_others = given(*SERVED, A_INCIDENT, declaration, acknowledged("2026-01-23", declaration, SUPERVISOR))
    by_others.as_of("2026-02-01").then(phase("in_service"))


def test_what_opens_only_between_the_declaration_and_its_arrival_counts() -> None:
    told = given(*SERVED, only_declared("2026-01-05", "10.1"), A_INCIDENT, arrives("2026-01-10"))
    told.as_of("2026-02-01").then(term(terminated_on="2026-01-10"), no_anomalies)
    before = given(*SERVED, only_declared("2026-01-05", "10.1"), A_INCIDENT, arrives("2026-01-09"))
    before.as_of("2026-02-01").then(
        phase("in_service"),
        anomalies(("TERMINATION_WITHOUT_GROUND", "declaration", "2026-01-05")),
        termination_is("open", ("declaration", "2026-01-05", "2026-01-09")),
    )


@pytest.mark.parametrize(("arrived", "ends"), [("2027-01-10", True), ("2027-01-11", False)])
def test_a_declaration_that_arrives_after_the_lapse_finds_nothing(arrived, ends) -> None:
    told = given(*SERVED, A_INCIDENT, only_declared("2027-01-05", "10.1"), arrives(arrived), under=TWO_YEARS)
    told.as_of("2027-02-01").then(phase("terminated" if ends else "in_service"))


# -- which clauses it names ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "told_of"), [((), False), (("10.1",), False), (("10.1", "10.2"), True), (("10.4",), True)]
)
def test_naming_a_clause_under_which_nothing_is_open_is_told_and_hinders_nothing(named, told_of) -> None:
    declaration = only_declared("2026-01-20", *named)
    told = given(*SERVED, A_INCIDENT, declaration, arrives("2026-01-20"))
    expected = anomalies(*([("TERMINATION_CLAUSE_MISNAMED", "declaration", "2026-01-20")] if told_of else []))
    told.as_of("2026-02-01").then(phase("terminated"), ground("10.1", "exercised"), expected)


# -- what becomes known afterwards --------------------------------------------------------------------

WEAK = a_incident("2026-01-10", "inc", economic_loss="4999999.99")


def test_an_assessment_after_the_declaration_makes_it_effective_from_its_day() -> None:
    told = given(
        *SERVED, WEAK, declared("2026-02-01", "10.1"), assessed("2026-03-01", economic_loss="5000000.00", by=SUPERVISOR)
    )
    told.as_of("2026-02-28").then(
        phase("in_service"), anomalies(("TERMINATION_WITHOUT_GROUND", "declaration", "2026-02-01"))
    )
    told.as_of("2026-03-01").then(
        phase("terminated"),
        term(terminated_on="2026-02-01"),
        ground("10.1", "exercised", arose_on="2026-01-10"),
        no_anomalies,
    )


def test_an_assessment_after_the_declaration_unmakes_it() -> None:
    told = given(
        *SERVED,
        a_incident("2026-01-10", "inc"),
        declared("2026-02-01", "10.1"),
        assessed("2026-03-01", economic_loss="4999999.99", by=SUPERVISOR),
    )
    told.as_of("2026-02-28").then(phase("terminated"))
    told.as_of("2026-03-01").then(
        phase("in_service"),
        term(terminated_on=None),
        anomalies(("TERMINATION_WITHOUT_GROUND", "declaration", "2026-02-01")),
        grade("inc", "B"),
        termination_not_allowed,
    )


def test_what_happened_since_is_lived_again_with_the_end_in_its_place() -> None:
    between = (b_incident("2026-02-10"), invoice("2026-02-12"))
    told = given(
        *SERVED,
        WEAK,
        declared("2026-02-01", "10.1"),
        between,
        assessed("2026-03-01", economic_loss="5000000.00", by=SUPERVISOR),
    )
    told.as_of("2026-02-28").then(b_count(2), obligation("pay-invoice:inv", "overdue"))
    told.as_of("2026-03-01").then(b_count(0), anomalies(("INVOICE_AFTER_END", "inv", "2026-02-12")))
    assert told.as_of("2026-03-01").obligation("pay-invoice:inv") is None
    assert told.as_of("2026-03-01").obligation("switchover")["raised_on"] == "2026-02-01"


def test_a_later_declaration_is_the_one_that_counts_where_the_earlier_found_nothing() -> None:
    told = given(*SERVED, declared("2026-01-05", "10.1", "first"), A_INCIDENT, declared("2026-01-20", "10.1", "second"))
    told.as_of("2026-02-01").then(
        term(terminated_on="2026-01-20"),
        anomalies(("TERMINATION_WITHOUT_GROUND", "first", "2026-01-05")),
        termination_is("exercised", ("first", "2026-01-05", "2026-01-05"), ("second", "2026-01-20", "2026-01-20")),
    )


def test_of_two_declarations_the_earlier_takes_the_place_of_the_later_once_it_is_known_to_have_had_a_ground() -> None:
    told = given(
        *SERVED,
        WEAK,
        declared("2026-01-20", "10.1", "first"),
        a_incident("2026-02-10"),
        declared("2026-02-20", "10.1", "second"),
        assessed("2026-03-01", economic_loss="5000000.00", by=SUPERVISOR),
    )
    told.as_of("2026-02-28").then(term(terminated_on="2026-02-20"))
    told.as_of("2026-03-01").then(
        term(terminated_on="2026-01-20"),
        anomalies(("TERMINATION_WITHOUT_GROUND", "second", "2026-02-20")),
        grounds(("10.1", "2026-01-10", "exercised")),
    )


def test_what_happens_after_the_day_it_took_effect_does_not_unmake_it() -> None:
    three = [b_incident(f"2026-0{month}-10") for month in (1, 2, 3)]
    told = given(
        *SERVED,
        three,
        declared("2026-03-20", "10.2"),
        a_incident("2026-04-10"),
        linked("2026-04-20", "b-2026-03-10", "a-2026-04-10"),
    )
    told.as_of("2026-05-01").then(term(terminated_on="2026-03-20"), ground("10.2", "exercised"))


def test_an_outage_that_had_not_lasted_long_enough_by_the_end_of_the_day_is_no_ground_on_it() -> None:
    late = a_incident("2026-01-20T22:00:01+08:00", "late", duration_minutes=150)
    told = given(*SERVED, declared("2026-01-20", "10.1"), late)
    told.as_of("2026-02-01").then(
        phase("in_service"),
        anomalies(("TERMINATION_WITHOUT_GROUND", "declaration", "2026-01-20")),
        ground("10.1", "open"),
    )
    enough = given(
        *SERVED, declared("2026-01-20", "10.1"), a_incident("2026-01-20T22:00:00+08:00", "late", duration_minutes=150)
    )
    enough.as_of("2026-02-01").then(phase("terminated"), ground("10.1", "exercised"))


def test_a_link_known_later_of_before_unmakes_it() -> None:
    three = [b_incident(f"2026-0{month}-10") for month in (1, 2, 3)]
    told = given(*SERVED, three, declared("2026-03-20", "10.2"), linked("2026-04-20", "b-2026-02-10", "b-2026-03-10"))
    told.as_of("2026-04-19").then(phase("terminated"))
    told.as_of("2026-04-20").then(phase("in_service"), headroom(1))


def test_its_day_of_the_agreed_end_is_too_late() -> None:
    agreed = (termination_proposed("2026-01-12", "2026-03-20"), accepted("2026-01-15"))
    told = given(*SERVED, A_INCIDENT, agreed, declared("2026-03-20", "10.1"))
    told.as_of("2026-04-01").then(
        term(terminated_on="2026-03-20"),
        ground("10.1", "moot"),
        termination_is("gone", ("declaration", "2026-03-20", "2026-03-20")),
        anomalies(("TERMINATION_WITHOUT_GROUND", "declaration", "2026-03-20")),
    )
    before = given(*SERVED, A_INCIDENT, agreed, declared("2026-03-19", "10.1"))
    before.as_of("2026-04-01").then(term(terminated_on="2026-03-19"), ground("10.1", "exercised"), no_anomalies)


# -- judgments ----------------------------------------------------------------------------------------


def ruled(on: str, **ruling: object) -> tuple:
    dispute = fact("DisputeOpened", on, A, f"dispute-{on}", dispute=f"d-{on}", clauses=["10.1"], facts=["declaration"])
    judgment = fact(
        "JudgmentEntered",
        on,
        A,
        f"judgment-{on}",
        dispute=f"d-{on}",
        court="法院",
        reference="1号",
        final=True,
        rulings=[ruling],
    )
    return dispute, judgment.documented()


def test_a_judgment_that_nothing_ended_the_contract_prevails_over_the_declaration() -> None:
    told = given(*SERVED, A_INCIDENT, declared("2026-01-20", "10.1"), ruled("2026-06-01", terminated_on=None))
    told.as_of("2026-05-31").then(phase("terminated"))
    told.as_of("2026-06-01").then(phase("in_service"), no_anomalies, ground("10.1", "open"))


def test_a_judgment_that_dates_the_end_as_the_declaration_did_confirms_it() -> None:
    told = given(*SERVED, A_INCIDENT, declared("2026-01-20", "10.1"), ruled("2026-06-01", terminated_on="2026-01-20"))
    told.as_of("2026-06-01").then(term(terminated_on="2026-01-20"), ground("10.1", "exercised"), no_anomalies)


# -- the state of the right ---------------------------------------------------------------------------


def test_the_state_of_the_right_in_a_word() -> None:
    nothing = given(*SERVED)
    nothing.as_of("2026-02-01").then(termination_is("none"))
    given(*SERVED, A_INCIDENT).as_of("2026-02-01").then(termination_is("open"))
    given(*SERVED, A_INCIDENT, under=TWO_YEARS).as_of("2027-01-11").then(termination_is("gone"))
    unsupported = given(*SERVED, notice("2026-01-15", "2026-02-10", "understaffed"))
    unsupported.as_of("2026-02-11").then(termination_is("gone"))
    unserved = given(*SERVED, only_declared("2026-01-05"))
    unserved.as_of("2026-02-01").then(termination_is("declared", ("declaration", "2026-01-05", None)))


def test_without_terms_of_termination_no_right_arises_under_10_1_and_10_2() -> None:
    bare = terms(termination=None)
    told = given(*SERVED, A_INCIDENT, [b_incident(f"2026-0{n}-10") for n in (2, 3, 4)], under=bare)
    told.as_of("2026-05-01").then(grounds(), headroom(None), b_count(3), termination_is("none"))
    refused = given(
        *SERVED,
        dual_active_refused("2026-02-02", "2026-02-05"),
        notice("2026-02-06", "2026-02-27", "dual-active-refused"),
        under=bare,
    )
    refused.as_of("2026-02-28").then(termination_allowed_under("10.4"))


def test_without_grades_nothing_is_graded() -> None:
    told = given(*SERVED, A_INCIDENT, grade_agreed("2026-02-01", "B", "a-2026-01-10"), under=terms(grades=None))
    told.as_of("2026-01-31").then(grade("a-2026-01-10", None), grounds())
    told.as_of("2026-02-01").then(grade("a-2026-01-10", "B"))


# -- 10.4: order, cause, period -----------------------------------------------------------------------


def supervisors(*deadlines: str) -> list:
    return [notice(f"2026-0{n}-01", day, name=f"s{n}", by=SUPERVISOR) for n, day in enumerate(deadlines, 2)]


DEMAND = notice("2026-05-06", "2026-05-07", "unheeded-supervisor-notices", "demand")
LATER = {"notice-cause": "later"}


@pytest.mark.parametrize(
    ("on", "named", "stated", "later"),
    [
        ("2026-02-10", "s2", False, False),  # the deadline's own day
        ("2026-02-11", "s2", True, False),
        ("2026-03-10", "s3", False, False),
        ("2026-03-11", "s3", True, True),
        ("2026-03-11", None, False, True),
        ("2026-03-10", None, False, False),
        ("2026-03-05", "s3", False, False),  # past the first deadline, not past that of the one it names
        ("2026-05-08", "s2", True, True),  # the day the ground arises
        ("2026-05-09", "s2", False, False),
    ],
)
def test_the_accident_comes_after_the_deadline_of_the_notice_it_names(on, named, stated, later) -> None:
    more = {} if named is None else {"unheeded_notice": named}
    told = given(*SERVED, supervisors("2026-02-10", "2026-03-10"), DEMAND, b_incident(on, "b", **more))
    told.as_of("2026-05-10").then(ground("10.4", "open" if stated else "unsupported", arose_on="2026-05-08"))
    told.as_of("2026-05-10", reading=LATER).then(ground("10.4", "open" if later else "unsupported"))


def test_several_are_two_or_by_the_reading_three() -> None:
    three = {"several-notices": "three"}
    accident = b_incident("2026-04-20", "b", unheeded_notice="s2")
    two = given(*SERVED, supervisors("2026-02-10", "2026-03-10"), accident, DEMAND)
    two.as_of("2026-05-08").then(ground("10.4", "open"))
    two.as_of("2026-05-08", reading=three).then(ground("10.4", "unsupported"))
    more = given(*SERVED, supervisors("2026-02-10", "2026-03-10", "2026-04-10"), accident, DEMAND)
    more.as_of("2026-05-08", reading=three).then(ground("10.4", "open"))


def test_a_graded_accident_known_only_after_the_ground_arose_does_not_support_it() -> None:
    told = given(
        *SERVED,
        supervisors("2026-02-10", "2026-03-10"),
        DEMAND,
        b_incident("2026-04-20", "b", unheeded_notice="s2", duration_minutes=119),
        assessed("2026-06-01", "b", duration_minutes=120, by=SUPERVISOR),
    )
    told.as_of("2026-06-01").then(ground("10.4", "unsupported"), grade("b", "B"))


def test_by_the_reading_not_agreed_a_refused_dual_active_opens_nothing() -> None:
    told = given(
        *SERVED,
        dual_active_refused("2026-02-02", "2026-02-05"),
        notice("2026-02-06", "2026-02-27", "dual-active-refused"),
    )
    told.as_of("2026-02-28").then(ground("10.4", "open"))
    told.as_of("2026-02-28", reading={"dual-active-optional": "not-agreed"}).then(
        ground("10.4", "unsupported"), termination_not_allowed
    )


EVENT = (major_event("2026-01-05", "2026-01-20"), absent("2026-01-12"))


@pytest.mark.parametrize(
    ("issued", "deadline", "period"),
    [("2026-02-01", "2026-02-02", True), ("2026-02-01", "2026-02-01", False), ("2026-02-01", "2026-01-20", False)],
)
def test_a_deadline_not_after_the_day_of_the_notice_is_no_period(issued, deadline, period) -> None:
    told = given(*SERVED, EVENT, notice(issued, deadline, "absent-key-personnel"))
    answer = told.as_of("2026-03-01")
    answer.then(
        grounds(("10.4", "2026-02-03", "open")) if period else grounds(),
        no_anomalies if period else anomalies(("NOTICE_WITHOUT_PERIOD", "notice", issued)),
    )


@pytest.mark.parametrize(("arrived", "period"), [("2026-02-09", True), ("2026-02-10", False), ("2026-02-20", False)])
def test_a_notice_that_arrives_too_late_for_its_deadline_leaves_no_period(arrived, period) -> None:
    told = given(*SERVED, EVENT, notice("2026-01-15", "2026-02-10", "absent-key-personnel"), arrives(arrived, "notice"))
    told.as_of("2026-03-01").then(
        grounds(("10.4", "2026-02-11", "open")) if period else grounds(),
        no_anomalies if period else anomalies(("NOTICE_WITHOUT_PERIOD", "notice", "2026-01-15")),
    )


def test_a_declaration_is_unmade_when_the_notice_it_rests_on_is_known_to_have_arrived_late() -> None:
    told = given(
        *SERVED,
        EVENT,
        notice("2026-01-15", "2026-02-10", "absent-key-personnel"),
        declared("2026-02-15", "10.4"),
        arrives("2026-02-20", "notice"),
    )
    told.as_of("2026-02-19").then(phase("terminated"))
    told.as_of("2026-02-20").then(phase("in_service"), grounds())


def test_a_notice_of_party_a_on_another_ground_is_told() -> None:
    told = given(
        *SERVED,
        notice("2026-01-15", "2026-02-10", "patching"),
        notice("2026-01-16", "2026-02-10", "logs", "s", SUPERVISOR),
    )
    told.as_of("2026-03-01").then(grounds(), anomalies(("NOTICE_GROUND_UNKNOWN", "notice", "2026-01-15")))


def test_it_is_the_notice_of_who_gave_it_whoever_says_so() -> None:
    said_by_b = notice("2026-01-15", "2026-02-10", "absent-key-personnel", by=B).done_by(A)
    given(*SERVED, EVENT, said_by_b).as_of("2026-02-11").then(ground("10.4", "open"))
    said_by_a = notice("2026-01-15", "2026-02-10", "absent-key-personnel", by=A).done_by(SUPERVISOR)
    given(*SERVED, EVENT, said_by_a).as_of("2026-02-11").then(grounds(), no_anomalies)


@pytest.mark.parametrize(("on", "supports"), [("2025-11-30", False), ("2025-12-01", True)])
def test_an_absence_or_refusal_before_operation_supports_nothing(on, supports) -> None:
    event = (major_event("2025-11-20", "2026-01-20"), absent(on))
    told = given(*SERVED, event, notice("2026-01-15", "2026-02-10", "absent-key-personnel"))
    told.as_of("2026-02-11").then(ground("10.4", "open" if supports else "unsupported"))


@pytest.mark.parametrize(("lease", "supports"), [("2025-12-31", True), ("2026-01-01", False)])
def test_a_month_counts_that_shares_a_day_with_operation(lease, supports) -> None:
    short = [staffing("2026-03-01", "2025-12", 4), staffing("2026-03-02", "2026-01", 4)]
    told = given(signed, lease_started(lease), short, notice("2026-03-05", "2026-03-20", "understaffed"))
    told.as_of("2026-03-21").then(ground("10.4", "open" if supports else "unsupported"))


def test_of_two_roles_reports_of_a_month_the_supervisors_counts() -> None:
    january = staffing("2026-02-01", "2026-01", 4)
    told = given(
        *SERVED,
        january,
        staffing("2026-03-01", "2026-02", 4),
        staffing("2026-03-02", "2026-02", 5).said_by(SUPERVISOR),
        notice("2026-03-05", "2026-03-20", "understaffed"),
    )
    told.as_of("2026-03-21").then(ground("10.4", "unsupported"))


@pytest.mark.parametrize(("ends", "arises"), [("2026-06-12", True), ("2026-06-11", False)])
def test_no_ground_arises_after_the_contracts_last_day(ends, arises) -> None:
    leaving = (exit_requested("2025-12-05", ends), exit_permitted("2025-12-06"))
    told = given(*SERVED, leaving, EVENT, notice("2026-05-15", "2026-06-10", "absent-key-personnel"))
    told.as_of("2026-07-01").then(grounds(*([("10.4", "2026-06-11", "moot")] if arises else [])))


def test_a_notice_that_the_end_discharged_is_not_unheeded() -> None:
    told = given(
        *SERVED,
        A_INCIDENT,
        EVENT,
        notice("2026-01-15", "2026-02-10", "absent-key-personnel"),
        declared("2026-02-01", "10.1"),
    )
    told.as_of("2026-03-01").then(
        obligation("rectify:notice", "discharged"), grounds(("10.1", "2026-01-10", "exercised"))
    )


def test_rejected_on_the_last_day_of_the_contract_it_is_still_a_ground() -> None:
    notice_ = notice("2026-01-15", "2026-02-10", "absent-key-personnel")
    told = given(*SERVED, EVENT, notice_, rectified("2026-02-05"), rectification_rejected("2026-12-01"))
    told.as_of("2026-12-01").then(ground("10.4", "open", arose_on="2026-12-01", last_day="2026-12-01"))
    after = given(*SERVED, EVENT, notice_, rectified("2026-02-05"), rectification_rejected("2026-12-02"))
    after.as_of("2026-12-02").then(grounds())


# -- whose word ---------------------------------------------------------------------------------------


def test_a_contest_of_the_report_it_rests_on_undoes_the_declaration_and_a_retraction_restores_it() -> None:
    contest = contested("2026-01-26", A_INCIDENT, B)
    told = given(*SERVED, A_INCIDENT, declared("2026-01-20", "10.1"), contest)
    told.as_of("2026-02-01").then(
        phase("in_service"), anomalies(("TERMINATION_WITHOUT_GROUND", "declaration", "2026-01-20"))
    )
    told.as_of("2026-02-01", as_seen_by=A).then(phase("terminated"), no_anomalies)
    told.record(retracted("2026-02-02", contest)).as_of("2026-02-02").then(phase("terminated"), no_anomalies)
