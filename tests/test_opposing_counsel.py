"""Small histories around the hard edges that opposing counsel tried, each worked out by hand from SPEC and the law.

They cross several rooms at once: whose word, service, effect, count, money, damages, limitation.
"""

from __future__ import annotations

from tests.domain.test_standing import claims, position
from tests.happenings import (
    FIRST,
    SECOND,
    SUPERVISOR,
    A,
    B,
    a_incident,
    acknowledged,
    amended,
    availability,
    b_incident,
    contested,
    corrected,
    damages_agreed,
    damages_deducted,
    declared,
    deployed,
    dispute_opened,
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
    paid,
    rectified,
    retracted,
    returned,
    served,
    signed,
    stage_review,
    unlinked,
    voided,
)
from tests.happenings import absent as nobody_came
from tests.happenings import judgment as ruled
from tests.scenario import (
    anomalies,
    b_count,
    balance,
    given,
    grade,
    ground,
    obligation,
    phase,
    term,
    termination_allowed_under,
    termination_is,
    termination_not_allowed,
    terms,
)

SERVED = (signed, lease_started("2025-12-01"))
DAY = "2026-06-30"
ACCIDENT = a_incident("2026-01-10", "accident")
DECLARED = only_declared("2026-01-20", "10.1")


def test_what_was_acknowledged_is_not_contested_afterwards_whatever_the_days_say() -> None:
    granted, denied = acknowledged("2026-01-13", ACCIDENT, B), contested("2026-01-12", ACCIDENT, B)
    given(*SERVED, ACCIDENT, granted, denied).as_of(DAY).then(grade("accident", "A"), claims())
    given(*SERVED, ACCIDENT, denied).as_of(DAY).then(grade("accident", None), claims(("accident", "contested")))
    given(*SERVED, ACCIDENT, denied, granted).as_of(DAY).then(grade("accident", "A"), claims())


def test_a_correction_of_a_correction_needs_what_the_first_needed() -> None:
    ours = b_incident("2026-01-10", "one")
    less = corrected("2026-01-12", ours, people_affected=90000).named("less")
    back = fact("FactRetracted", "2026-01-14", A, "back", target="less", reason="误改")
    given(*SERVED, ours, less, back).as_of(DAY).then(grade("one", "B"), claims())
    told = given(*SERVED, ours, less, acknowledged("2026-01-13", less, B), back)
    told.as_of(DAY).then(grade("one", None), claims(("back", "takes-back")))


def test_a_declaration_arrives_on_the_first_day_that_anything_tells_of() -> None:
    late = served("2026-01-28", "declaration", by=A)
    told = given(*SERVED, ACCIDENT, DECLARED, late)
    told.as_of("2026-01-27").then(termination_is("declared", ("declaration", "2026-01-20", None)), phase("in_service"))
    told.as_of("2026-01-28").then(term(terminated_on="2026-01-28"))
    earlier = served("2026-01-25", "declaration", by=A).recorded_on("2026-02-10")
    given(*SERVED, ACCIDENT, DECLARED, late, earlier).as_of(DAY).then(term(terminated_on="2026-01-25"))
    before_itself = served("2026-01-15", "declaration", by=A).recorded_on("2026-01-21")
    given(*SERVED, ACCIDENT, DECLARED, before_itself).as_of(DAY).then(term(terminated_on="2026-01-20"))
    by_stranger = acknowledged("2026-01-22", DECLARED, SUPERVISOR)
    given(*SERVED, ACCIDENT, DECLARED, by_stranger).as_of(DAY).then(phase("in_service"))
    denied = contested("2026-02-01", late, B)
    given(*SERVED, ACCIDENT, DECLARED, late, denied).as_of(DAY).then(phase("in_service"))
    given(*SERVED, ACCIDENT, DECLARED, late.documented(), denied).as_of(DAY).then(phase("terminated"))


def test_a_declaration_on_the_last_day_of_the_year_holds_and_on_the_next_has_no_ground() -> None:
    long = terms(term__months=24)
    sent = only_declared("2027-01-09", "10.1")
    in_time, late = (served(on, "declaration", by=A) for on in ("2027-01-10", "2027-01-11"))
    given(*SERVED, ACCIDENT, sent, in_time, under=long).as_of("2027-02-01").then(phase("terminated"))
    given(*SERVED, ACCIDENT, sent, late, under=long).as_of("2027-02-01").then(
        phase("in_service"), ground("10.1", "lapsed", last_day=None),
        anomalies(("TERMINATION_WITHOUT_GROUND", "declaration", "2027-01-09")),
    )  # fmt: skip


def test_a_denial_undoes_an_end_only_as_far_as_it_rests_on_the_other_sides_disputed_word() -> None:
    ended, denied = declared("2026-01-20", "10.1"), contested("2026-02-01", ACCIDENT, B)
    bare = given(*SERVED, ACCIDENT, ended, denied).as_of(DAY)
    bare.then(phase("in_service"), position("phase", "in_service", "terminated", "in_service"))
    given(*SERVED, ACCIDENT.documented(), ended, denied).as_of(DAY).then(phase("terminated"))
    neutral = ACCIDENT.said_by(SUPERVISOR)
    given(*SERVED, neutral, ended, denied.documented()).as_of(DAY).then(phase("terminated"))
    own = ACCIDENT.said_by(B)
    taken_back = given(*SERVED, own, ended, retracted("2026-02-01", own).named("back")).as_of(DAY)
    taken_back.then(phase("terminated"), claims(("back", "takes-back")))


def test_a_rectification_told_after_the_declaration_needs_its_paper_and_a_denial_of_it_another() -> None:
    away = major_event("2026-01-02", "2026-01-05"), nobody_came("2026-01-03")
    asked = notice("2026-01-10", "2026-01-20", ground="absent-key-personnel")
    ended, done = declared("2026-01-25", "10.4"), rectified("2026-01-19").recorded_on("2026-02-01")
    told = (*SERVED, away, asked, ended)
    given(*told).as_of(DAY).then(phase("terminated"))
    given(*told, done).as_of(DAY).then(phase("terminated"), claims(("notice-rectified-2026-01-19", "takes-back")))
    given(*told, done.documented()).as_of(DAY).then(phase("in_service"))
    denied = contested("2026-02-02", done, A)
    given(*told, done.documented(), denied).as_of(DAY).then(phase("in_service"))
    given(*told, done.documented(), denied.documented()).as_of(DAY).then(phase("terminated"))


def test_the_year_counts_on_its_last_day_and_not_after_it_and_29_february_ends_on_the_28th() -> None:
    def three(first: str, last: str) -> object:
        told = (b_incident(first, "one"), b_incident(f"{last[:4]}-01-20", "two"), b_incident(last, "three"))
        return given(*SERVED, *told, under=terms(term__months=60)).as_of(last)

    three("2026-02-10", "2027-02-10").then(b_count(3), termination_allowed_under("10.2"))  # type: ignore[attr-defined]
    three("2026-02-10", "2027-02-11").then(b_count(2), termination_not_allowed)  # type: ignore[attr-defined]
    three("2028-02-29", "2029-02-28").then(b_count(3))  # type: ignore[attr-defined]
    three("2028-02-29", "2029-03-01").then(b_count(2))  # type: ignore[attr-defined]


def test_who_terminated_and_then_admits_one_cause_had_no_ground() -> None:
    three = [b_incident(f"2026-0{month}-10", f"b{month}") for month in (2, 3, 4)]
    ended, admitted = declared("2026-04-20", "10.2"), linked("2026-05-01", "b2", "b3")
    given(*SERVED, three, ended, admitted.said_by(B)).as_of(DAY).then(phase("terminated"))  # a claim
    told = given(*SERVED, three, ended, admitted)
    told.as_of("2026-04-30").then(phase("terminated"))
    told.as_of("2026-05-01").then(phase("in_service"), b_count(2))


def test_party_b_admits_by_unlinking_its_own_tie_but_not_against_a_tie_of_party_a_that_it_acknowledged() -> None:
    told = (*SERVED, b_incident("2026-01-10", "one"), b_incident("2026-02-10", "two"))
    for speaker, other, count in ((B, A, 2), (A, B, 1)):
        tie = linked("2026-03-01", "one", "two").said_by(speaker).named("tie")
        agreed = (*told, tie, acknowledged("2026-03-05", tie, other))
        given(*agreed).as_of(DAY).then(b_count(1), claims())
        given(*agreed, unlinked("2026-03-10", "one", "two")).as_of(DAY).then(b_count(count), claims())


def test_a_judgment_prevails_over_an_agreement_of_any_day() -> None:
    told = (b_incident("2026-01-10", "one"), grade_agreed("2026-02-01", "none", "one"))
    opened = dispute_opened("2026-03-01", "one", name="D-1")
    court = ruled("2026-04-01", {"incident": "one", "grade": "A"})
    given(*SERVED, *told, opened, court).as_of("2026-03-31").then(grade("one", None))
    agreed_anew = grade_agreed("2026-05-01", "none", "one")
    given(*SERVED, *told, opened, court, agreed_anew).as_of(DAY).then(grade("one", "A"))
    paperless = given(*SERVED, *told, opened, court.bare()).as_of(DAY)
    paperless.then(grade("one", None), claims(("judgment", "speaks-for-both")))


def test_money_that_paid_a_voided_invoice_pays_the_next_until_it_goes_back() -> None:
    told = (*SERVED, invoice("2025-12-05"), paid("2025-12-10"), voided("2025-12-15"))
    given(*told).as_of("2025-12-16").then(balance(invoiced="0.00", credit=FIRST, payable="0.00", outstanding=SECOND))
    anew = invoice("2025-12-18", name="anew")
    given(*told, anew).as_of("2025-12-20").then(obligation("pay-invoice:anew", "fulfilled", settled_on="2025-12-18"))
    given(*told, anew, returned("2025-12-30")).as_of("2025-12-31").then(
        obligation("pay-invoice:anew", "overdue", due_on="2025-12-25"), balance(paid="0.00", overdue=FIRST)
    )


def test_a_set_off_counts_as_far_as_both_debts_reach_and_a_fen_too_much_covers_the_next() -> None:
    short = availability("2026-02-01", "2026-01", "99.98", consequence="major", ref="short").said_by(A)
    most = (short, invoice("2026-02-02"), paid("2026-02-03", "1743129.06"))
    deducted = damages_deducted("2026-02-04", "191992.61", "inv", "a2-r1:short")
    told = given(*SERVED, *most, deducted).as_of("2026-02-10").then(balance(deducted="100000.00", payable="0.00"))
    assert told.status["damages"]["deductible"] == "91992.61"
    ready = deployed("2025-12-19"), stage_review("2025-12-20")
    over = (invoice("2025-12-05"), paid("2025-12-10", "1843129.07"), invoice("2025-12-29", SECOND, "second", 2))
    given(*SERVED, ready, over).as_of("2026-01-30").then(balance(credit="0.00", payable="460782.25"))


def test_an_agreed_sum_outlasts_its_report_and_one_side_alone_agrees_nothing() -> None:
    short = availability("2026-02-01", "2026-01", "99.98", consequence="major", ref="short").said_by(A)
    sum_ = damages_agreed("2026-03-01", "50000.00", "a2-r1:short")
    accrued = [
        given(*SERVED, short, *more).as_of(DAY).status["damages"]["accrued"]
        for more in ([], [sum_.bare()], [sum_], [sum_, retracted("2026-03-05", short)])
    ]
    assert accrued == ["191992.61", "191992.61", "50000.00", "50000.00"]


def test_an_exit_and_a_declaration_end_it_by_whichever_comes_first() -> None:
    leaving = exit_requested("2026-02-02", "2026-08-02"), exit_permitted("2026-02-10")
    late = a_incident("2026-07-01", "late")
    given(*SERVED, leaving, late, declared("2026-08-01", "10.1")).as_of("2026-09-01").then(
        term(terminated_on="2026-08-01"), termination_is("exercised", ("declaration", "2026-08-01", "2026-08-01"))
    )
    given(*SERVED, leaving, late, declared("2026-08-02", "10.1")).as_of("2026-09-01").then(
        term(terminated_on="2026-08-02"), termination_is("gone", ("declaration", "2026-08-02", "2026-08-02"))
    )


def test_an_amendment_governs_its_whole_day_and_one_sides_paperless_word_of_it_nothing() -> None:
    ten = amended("2026-02-03", payment__pay_within_working_days=10)
    for on, due in (("2026-02-02", "2026-02-09"), ("2026-02-03", "2026-02-24")):  # 14 February is worked
        given(*SERVED, invoice(on), ten).as_of("2026-02-03").then(obligation("pay-invoice:inv", "pending", due_on=due))
    bare = given(*SERVED, invoice("2026-02-03"), ten.bare()).as_of("2026-02-04")
    bare.then(obligation("pay-invoice:inv", "pending", due_on="2026-02-10"))
