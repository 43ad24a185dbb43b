"""Whose word counts (SPEC 2.4): the four kinds of claim, on, just before and just after; documents; views; lists."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ledger.domain.standing import Standing
from ledger.projections.basis import Basis
from ledger.projections.explain import explainer
from tests.happenings import (
    ADMINISTRATOR,
    SUPERVISOR,
    A,
    B,
    Happening,
    acknowledged,
    amended,
    assessed,
    availability,
    b_incident,
    contested,
    corrected,
    damages_agreed,
    fact,
    grade_agreed,
    incident,
    invoice,
    lease_started,
    linked,
    notice,
    paid,
    paid_together,
    rectified,
    retracted,
    signed,
    unlinked,
)
from tests.scenario import Answer, History, b_count, balance, calendar_at, given, grade, phase, term, terms

SERVED = (signed, lease_started("2025-12-01"))
DAY = "2026-06-30"


def claims(*expected: tuple[str, str]) -> Any:
    """The claims, each the ref of its fact and why."""

    def check(answer: Answer) -> None:
        listed = [(answer.refs[one["fact"]], one["why"]) for one in answer.status["claims"]]
        assert listed == list(expected)

    return check


def none_claimed(answer: Answer) -> None:
    assert answer.status["claims"] == [] and answer.status["positions"] == []


def position(path: str, record: Any, party_a: Any, party_b: Any) -> Any:
    def check(answer: Answer) -> None:
        one = next(one for one in answer.status["positions"] if one["path"] == path)
        assert (one["record"], one["party_a"], one["party_b"]) == (record, party_a, party_b)

    return check


def declared(on: str, ref: str = "declared") -> Happening:
    return fact("TerminationDeclared", on, A, ref, clauses=["10.1"])


def judged(on: str, ref: str, *rulings: dict[str, Any], by: str = A, final: bool = True) -> Happening:
    return fact("JudgmentEntered", on, by, ref, dispute="D", court="北京市东城区人民法院", reference="1", final=final,
                rulings=list(rulings))  # fmt: skip


DISPUTE = fact("DisputeOpened", "2026-02-01", B, "D", dispute="D", clauses=["10.2"], facts=["lease"])

# -- no. 1: it changes what another role said ---------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "by", "claimed"),
    [(linked, B, True), (linked, A, False), (linked, SUPERVISOR, False),
     (unlinked, A, True), (unlinked, B, False), (unlinked, SUPERVISOR, False)],
)  # fmt: skip
def test_a_link_by_party_b_and_an_unlinking_by_party_a_are_claims_the_other_way_round_admissions(
    said: Any, by: str, claimed: bool
) -> None:
    ties = said("2026-03-01", "one", "two").said_by(by).named("tie")
    told = given(*SERVED, b_incident("2026-01-10", "one"), b_incident("2026-02-10", "two"), ties)
    told.as_of(DAY).then(claims(("tie", "changes-anothers-word")) if claimed else claims())


@pytest.mark.parametrize(
    ("reporter", "assessor", "claimed"),
    [(A, A, False), (A, B, True), (A, SUPERVISOR, False), (B, B, False), (B, A, True), (SUPERVISOR, A, True),
     (SUPERVISOR, B, True), (SUPERVISOR, SUPERVISOR, False)],
)  # fmt: skip
def test_an_assessment_of_an_incident_that_another_role_reported_is_a_claim(
    reporter: str, assessor: str, claimed: bool
) -> None:
    of = assessed("2026-01-12", "inc", responsibility="other").said_by(assessor).named("as")
    told = given(*SERVED, b_incident("2026-01-10", "inc").said_by(reporter), of)
    told.as_of(DAY).then(claims(("as", "changes-anothers-word")) if claimed else claims())


def test_an_assessment_of_a_measure_that_another_roles_assessment_gave_before_is_a_claim() -> None:
    ours = b_incident("2026-01-10", "inc").said_by(A)
    supervisors = assessed("2026-01-12", "inc", people_affected=90000).said_by(SUPERVISOR).named("theirs")
    same = assessed("2026-01-13", "inc", people_affected=200000).said_by(A).named("ours")
    other = assessed("2026-01-13", "inc", economic_loss="1.00").said_by(A).named("ours")
    given(*SERVED, ours, supervisors, same).as_of(DAY).then(claims(("ours", "changes-anothers-word")))
    given(*SERVED, ours, supervisors, other).as_of(DAY).then(claims())
    given(*SERVED, ours, same, supervisors).as_of(DAY).then(claims(), grade("inc", None))


def test_a_report_that_a_neutral_role_has_assessed_or_linked_is_not_taken_back_alone() -> None:
    ours = b_incident("2026-01-10", "inc").said_by(B)
    back = retracted("2026-02-01", ours).named("back")
    by_supervisor = assessed("2026-01-12", "inc", people_affected=100000).said_by(SUPERVISOR)
    given(*SERVED, ours, by_supervisor, back).as_of(DAY).then(
        claims(("back", "changes-anothers-word")), grade("inc", "B")
    )
    given(*SERVED, ours, back).as_of(DAY).then(claims(), grade("inc", None))
    late = by_supervisor.recorded_on("2026-03-01")
    with pytest.raises(Exception, match="ID_RETRACTED"):
        given(*SERVED, ours, back, late)
    both = ours, b_incident("2026-01-20", "two"), linked("2026-01-25", "inc", "two").said_by(SUPERVISOR)
    given(*SERVED, *both, back).as_of(DAY).then(claims(("back", "changes-anothers-word")))


def test_a_month_that_another_roles_report_of_record_told_before_is_told_by_a_claim() -> None:
    theirs = availability("2026-02-01", "2026-01", "99.90").said_by(SUPERVISOR).named("theirs")
    ours = availability("2026-02-01", "2026-01", "99.999").said_by(B).named("ours")
    given(*SERVED, theirs, ours).as_of(DAY).then(claims(("ours", "changes-anothers-word")))
    given(*SERVED, ours, theirs).as_of(DAY).then(claims())
    another_month = availability("2026-03-01", "2026-02", "99.999").said_by(B)
    given(*SERVED, theirs, another_month).as_of(DAY).then(claims())
    doubted = contested("2026-02-02", ours, A)  # what is not of record bars nobody
    mine = availability("2026-02-03", "2026-01", "99.90").said_by(A).named("mine")
    given(*SERVED, ours, mine).as_of(DAY).then(claims(("mine", "changes-anothers-word")))
    given(*SERVED, ours, doubted, mine).as_of(DAY).then(claims(("ours", "contested")))


# -- no. 2: it speaks for both or for the court --------------------------------------------------------


def test_what_both_confirmed_needs_its_document_or_the_other_partys_word() -> None:
    bare = grade_agreed("2026-01-12", "none").bare().named("ga")
    base = (*SERVED, b_incident("2026-01-10", "inc"))
    given(*base, bare).as_of(DAY).then(claims(("ga", "speaks-for-both")), grade("inc", "B"))
    given(*base, bare).as_of(DAY, as_seen_by=A).then(grade("inc", None))
    given(*base, bare).as_of(DAY, as_seen_by=B).then(grade("inc", "B"))
    given(*base, bare, acknowledged("2026-01-20", bare, SUPERVISOR)).as_of(DAY).then(claims(("ga", "speaks-for-both")))
    given(*base, bare, acknowledged("2026-01-20", bare, B)).as_of("2026-01-12").then(none_claimed, grade("inc", None))
    given(*base, bare.documented()).as_of(DAY).then(none_claimed, grade("inc", None))


def test_an_agreement_with_its_document_is_unsettled_by_a_contest_with_one_only() -> None:
    papered = grade_agreed("2026-01-12", "none").named("ga")
    denied = contested("2026-01-15", papered, B)
    base = (*SERVED, b_incident("2026-01-10", "inc"), papered)
    given(*base, denied).as_of(DAY).then(claims(), grade("inc", None))
    given(*base, denied.documented()).as_of(DAY).then(claims(("ga", "speaks-for-both")), grade("inc", "B"))


def test_an_agreement_an_acknowledgement_and_the_registered_terms_are_not_changed_by_one_alone() -> None:
    agreed = grade_agreed("2026-01-12", "none").named("ga")
    base = (*SERVED, b_incident("2026-01-10", "inc"), agreed)
    back = retracted("2026-02-01", agreed).named("back")
    given(*base, back.bare()).as_of(DAY).then(claims(("back", "speaks-for-both")), grade("inc", None))
    given(*base, back).as_of(DAY).then(claims(), grade("inc", "B"))
    other = corrected("2026-02-01", agreed, grade="A").named("other")
    given(*base, other.bare()).as_of(DAY).then(claims(("other", "speaks-for-both")), grade("inc", None))
    given(*base, other.bare(), acknowledged("2026-02-02", other, B)).as_of(DAY).then(none_claimed, grade("inc", "A"))
    tie = linked("2026-03-01", "inc").said_by(B).named("tie")
    granted = acknowledged("2026-03-02", tie, A).named("granted")
    ungranted = retracted("2026-03-03", granted).named("ungranted")
    given(*base, tie, granted, ungranted).as_of(DAY).then(claims(("ungranted", "speaks-for-both")))
    given(*base, tie, granted, ungranted.documented()).as_of(DAY).then(claims(("tie", "changes-anothers-word")))
    right = fact("FactCorrected", "2026-05-01", A, "right", target="terms", reason="笔误",
                 data={"terms": terms(term__months=24)})  # fmt: skip
    given(*base, right).as_of(DAY).then(claims(("right", "speaks-for-both")), term(ends_on="2026-12-01"))
    given(*base, right).as_of(DAY, as_seen_by=A).then(term(ends_on="2027-12-01"))


def test_a_judgment_without_its_document_rules_as_its_speaker_sees_it_only() -> None:
    ruling = judged("2026-03-01", "j", {"incident": "inc", "grade": "none"}, by=B)
    base = (*SERVED, b_incident("2026-01-10", "inc"), DISPUTE)
    given(*base, ruling.bare()).as_of(DAY).then(claims(("j", "speaks-for-both")), grade("inc", "B"))
    given(*base, ruling.bare()).as_of(DAY, as_seen_by=B).then(grade("inc", None))
    given(*base, ruling).as_of(DAY).then(claims(), grade("inc", None))


# -- no. 3: it takes back its own word -----------------------------------------------------------------

RELYING = (
    declared("2026-02-01", "act"),
    fact("DamagesAgreed", "2026-02-01", A, "act", items=["a2-r1:av"], amount="1.00", confirmed_by=[A, B]),
    fact("DamagesSettled", "2026-02-01", A, "act", items=["a2-r1:av"], amount="1.00", manner="paid"),
    fact("SettlementAgreed", "2026-02-01", A, "act", settlement="S", debtor=B, amount="1.00", summary="结算",
         confirmed_by=[A, B]),
)  # fmt: skip
LATE_FIGURES = availability("2026-01-05", "2025-12", "99.90", consequence="major").said_by(B).named("av")


@pytest.mark.parametrize("act", RELYING, ids=lambda act: act.type)
def test_a_report_recorded_before_the_other_party_acted_is_not_taken_back_alone(act: Happening) -> None:
    report = b_incident("2026-01-10", "inc").said_by(B)
    back = retracted("2026-03-01", report).named("back")
    base = (*SERVED, LATE_FIGURES)
    given(*base, report, act, back).as_of(DAY).then(claims(("back", "takes-back")), grade("inc", "B"))
    given(*base, act, report.recorded_on("2026-02-02"), back).as_of(DAY).then(claims(), grade("inc", None))
    own = act.said_by(B)
    if act.type != "TerminationDeclared":
        given(*base, report, own, back).as_of(DAY).then(claims(), grade("inc", None))


def test_what_the_other_party_acknowledged_is_neither_corrected_nor_told_anew_alone() -> None:
    report = availability("2026-02-01", "2026-01", "99.90").said_by(B).named("report")
    granted = acknowledged("2026-02-02", report, A)
    mended = corrected("2026-02-03", report, availability="99.999").named("mended")
    anew = availability("2026-02-03", "2026-01", "99.999").said_by(B).named("anew")
    given(*SERVED, report, granted, mended).as_of(DAY).then(claims(("mended", "takes-back")))
    given(*SERVED, report, granted, anew).as_of(DAY).then(claims(("anew", "takes-back")))
    given(*SERVED, report, mended).as_of(DAY).then(claims())
    given(*SERVED, report, anew).as_of(DAY).then(claims())
    given(*SERVED, report, mended, granted.recorded_on("2026-02-04")).as_of(DAY).then(claims())
    earlier = availability("2026-01-31", "2026-01", "99.999").said_by(B).named("anew").recorded_on("2026-02-03")
    given(*SERVED, report, granted, earlier).as_of(DAY).then(claims())  # it replaces nothing: the later on counts


def test_one_s_own_report_is_not_assessed_away_after_the_other_party_acted_on_it() -> None:
    report = b_incident("2026-01-10", "inc").said_by(B)
    away = assessed("2026-02-02", "inc", responsibility="other").said_by(B).named("away")
    given(*SERVED, report, declared("2026-02-01"), away).as_of(DAY).then(claims(("away", "takes-back")))
    given(*SERVED, report, away, declared("2026-02-03")).as_of(DAY).then(claims())


@pytest.mark.parametrize(
    ("on", "papered", "claimed"),
    [("2026-01-31", False, True), ("2026-01-31", True, False), ("2026-02-01", False, False)],
)
def test_a_performance_of_before_told_after_a_declaration_needs_its_document(
    on: str, papered: bool, claimed: bool
) -> None:
    done = rectified(on, "warned").named("done").recorded_on("2026-02-10")
    done = done.documented() if papered else done
    warned = notice("2026-01-10", "2026-01-31", name="warned")
    told = given(*SERVED, warned, declared("2026-02-01"), done)
    told.as_of(DAY).then(claims(("done", "takes-back")) if claimed else claims())
    if papered:
        told.record(contested("2026-02-11", done, A).documented()).as_of(DAY).then(claims(("done", "takes-back")))
    given(*SERVED, warned, done, declared("2026-02-01").recorded_on("2026-02-11")).as_of(DAY).then(claims())


def test_a_correction_that_the_other_party_contests_takes_back() -> None:
    bill = invoice("2026-01-10", "1.00", "bill")
    mended = corrected("2026-01-11", bill, amount="2.00").named("mended")
    told = given(*SERVED, bill, mended, contested("2026-01-12", mended, A))
    told.as_of(DAY).then(claims(("mended", "takes-back")), balance(invoiced="1.00"))
    told.as_of(DAY, as_seen_by=B).then(balance(invoiced="2.00"))


def test_what_the_others_payment_is_about_is_not_taken_back_alone() -> None:
    """A payment hangs on its invoice: by taking that back alone party_b would take the payment out of the record."""
    bill, money = invoice("2025-12-05"), paid("2025-12-08")
    back = retracted("2025-12-20", bill).named("back")
    given(*SERVED, bill, back).as_of(DAY).then(claims(), balance(invoiced="0.00", paid="0.00"))
    told = given(*SERVED, bill, money, back)
    told.as_of(DAY).then(claims(("back", "takes-back")), balance(invoiced="1843129.06", paid="1843129.06"))
    told.as_of(DAY, as_seen_by=B).then(balance(invoiced="0.00", paid="0.00"))
    told.record(acknowledged("2025-12-21", back, A)).as_of(DAY).then(none_claimed, balance(invoiced="0.00"))
    unpaid = retracted("2025-12-19", money)
    given(*SERVED, bill, money, unpaid, back).as_of(DAY).then(claims(), balance(invoiced="0.00", paid="0.00"))
    together = paid_together("2025-12-08", inv="1843129.06")
    given(*SERVED, bill, together, back).as_of(DAY).then(claims(("back", "takes-back")), balance(paid="1843129.06"))


def test_a_correction_that_renames_what_the_others_word_is_about_is_a_claim_one_that_moves_it_is_none() -> None:
    bill, money = invoice("2025-12-05", "1000.00"), paid("2025-12-08", "1000.00")
    renamed = corrected("2025-12-20", bill, invoice="INV-X").named("renamed")
    given(*SERVED, bill, money, renamed).as_of(DAY).then(claims(("renamed", "takes-back")), balance(credit="0.00"))
    given(*SERVED, bill, renamed).as_of(DAY).then(claims())
    cheaper = corrected("2025-12-20", bill, amount="900.00").named("cheaper")
    given(*SERVED, bill, money, cheaper).as_of(DAY).then(claims(), balance(invoiced="900.00", credit="100.00"))


def test_a_report_whose_grade_was_agreed_or_a_dispute_that_a_court_decided_is_not_taken_back_alone() -> None:
    ours = b_incident("2026-01-10", "inc")
    back, bare = retracted("2026-02-01", ours).named("back"), grade_agreed("2026-01-12", "A").bare().named("ga")
    given(*SERVED, ours, grade_agreed("2026-01-12", "A"), back).as_of(DAY).then(
        claims(("back", "takes-back")), grade("inc", "A")
    )
    given(*SERVED, ours, bare, back).as_of(DAY).then(claims(("ga", "speaks-for-both")), grade("inc", None))
    opened = DISPUTE.said_by(A).named("D-opened")
    ruling = judged("2026-03-01", "J", {"terminated_on": "2026-04-01"}).documented()
    withdrawn = retracted("2026-05-01", opened).named("withdrawn")
    told = given(*SERVED, opened, ruling, withdrawn)
    told.as_of(DAY).then(claims(("withdrawn", "takes-back")), phase("terminated"))


def test_an_assessment_that_is_but_a_claim_keeps_nobody_from_taking_back_his_report() -> None:
    ours, back = b_incident("2026-01-10", "inc"), retracted("2026-02-01", b_incident("2026-01-10", "inc")).named("back")
    theirs = assessed("2026-01-12", "inc", people_affected=1).said_by(B).named("as")
    given(*SERVED, ours, theirs, back).as_of(DAY).then(grade("inc", None))
    granted = acknowledged("2026-01-13", theirs, A)
    given(*SERVED, ours, theirs, granted, back).as_of(DAY).then(claims(("back", "takes-back")))


# -- no. 4: it is disputed ------------------------------------------------------------------------------


def test_what_the_other_party_contests_counts_as_its_speaker_sees_it_only() -> None:
    report = b_incident("2026-01-10", "inc").said_by(A)
    told = given(*SERVED, report, contested("2026-01-12", report, B))
    told.as_of(DAY).then(claims(("inc", "contested")), grade("inc", None))
    told.as_of(DAY).then(position("incidents.grades.inc", None, "B", None))
    told.as_of(DAY, as_seen_by=A).then(grade("inc", "B"))
    told.as_of(DAY, as_seen_by=B).then(grade("inc", None))
    told.as_of(DAY, known_at="2026-01-12").then(none_claimed, grade("inc", "B"))


def test_of_a_disputed_report_that_a_neutral_role_assessed_the_incident_stands_without_its_speakers_measures() -> None:
    report = b_incident("2026-01-10", "inc").said_by(A)
    denied = contested("2026-02-01", report, B)
    some = assessed("2026-01-12", "inc", duration_minutes=130).said_by(SUPERVISOR).named("some")
    told = given(*SERVED, report, some, denied)
    told.as_of(DAY).then(claims(("inc", "contested")), grade("inc", None))
    told.as_of(DAY).then(position("incidents.grades.inc", None, "B", None))
    measures = {**dict(b_incident("2026-01-10").data), "people_affected": 100001}
    measured = {key: value for key, value in measures.items() if key not in ("incident", "kind")}
    whole = assessed("2026-01-13", "inc", **measured).said_by(SUPERVISOR).named("whole")
    given(*SERVED, report, whole, denied).as_of(DAY).then(claims(("inc", "contested")), grade("inc", "B"))
    given(*SERVED, report, denied, whole).as_of(DAY, as_seen_by=SUPERVISOR).then(grade("inc", "B"))
    given(*SERVED, report, whole, denied).as_of(DAY, as_seen_by=B).then(grade("inc", None))


def test_of_a_disputed_report_whose_grade_was_agreed_the_agreement_stands() -> None:
    report = b_incident("2026-01-10", "inc", people_affected=1).said_by(A)
    denied, agreed = contested("2026-02-01", report, B), grade_agreed("2026-01-12", "B").named("ga")
    given(*SERVED, report, agreed, denied).as_of(DAY).then(claims(("inc", "contested")), grade("inc", "B"))
    bare = agreed.bare()
    given(*SERVED, report, bare, denied).as_of(DAY).then(grade("inc", None))
    given(*SERVED, report, bare, acknowledged("2026-01-13", bare, B), denied).as_of(DAY).then(grade("inc", "B"))


def test_a_bare_denial_meets_a_bare_word_a_document_needs_a_document() -> None:
    report = b_incident("2026-01-10", "inc").said_by(A).documented()
    denied = contested("2026-01-12", report, B)
    told = given(*SERVED, report, denied)
    told.as_of(DAY).then(claims(), grade("inc", "B"), position("incidents.grades.inc", "B", "B", None))
    told.record(contested("2026-01-13", report, B).documented()).as_of(DAY).then(claims(("inc", "contested")))


def test_the_role_whose_act_is_told_contests_it_too_and_no_other() -> None:
    told_of = fact("SecurityAssessmentPassed", "2026-01-10", A, "passed", system="oa")
    system = fact("SystemRegistered", "2025-12-02", A, "oa", system="oa", name="办公", annual_fee="1.00", mlps_level=2,
                  important=False)  # fmt: skip
    told_of = told_of.done_by(SUPERVISOR)
    base = (*SERVED, system, told_of)
    given(*base, contested("2026-01-11", told_of, SUPERVISOR)).as_of(DAY).then(claims(("passed", "contested")))
    given(*base, contested("2026-01-11", told_of, ADMINISTRATOR)).as_of(DAY).then(claims())


def test_what_is_done_by_saying_it_is_contested_in_vain_unless_another_tells_it() -> None:
    warned = notice("2026-01-10", "2026-01-31", name="warned").said_by(A)
    given(*SERVED, warned, contested("2026-01-11", warned, B)).as_of(DAY).then(claims())
    refused = fact("DualActiveRefused", "2026-01-12", A, "refused", request="da")
    asked = fact("DualActiveRequested", "2026-01-11", A, "da", request="da")
    by_itself, as_told = refused.said_by(B), refused.done_by(B)
    given(*SERVED, asked, by_itself, contested("2026-01-13", by_itself, A)).as_of(DAY).then(claims())
    denied = contested("2026-01-13", as_told, B)
    given(*SERVED, asked, as_told, denied).as_of(DAY).then(claims(("refused", "contested")))


def test_a_neutral_roles_word_is_of_record_whoever_contests_it() -> None:
    report = b_incident("2026-01-10", "inc").said_by(SUPERVISOR)
    told = given(*SERVED, report, contested("2026-01-12", report, B).documented())
    told.as_of(DAY).then(claims(), grade("inc", "B"))
    assert told.as_of(DAY).named(told.as_of(DAY).status["contested"]) == ["inc"]
    told.as_of(DAY, as_seen_by=B).then(grade("inc", None))
    told.as_of(DAY, as_seen_by=SUPERVISOR).then(grade("inc", "B"))


# -- acknowledgements, judgments, principals ------------------------------------------------------------


def test_an_acknowledgement_makes_a_claim_record_from_its_own_day_and_bars_contests() -> None:
    tie = linked("2026-03-01", "one", "two").said_by(B).named("tie")
    base = (*SERVED, b_incident("2026-01-10", "one"), b_incident("2026-02-10", "two"), tie)
    told = given(*base, acknowledged("2026-05-01", tie, A))
    told.as_of("2026-02-28").then(b_count(2))
    told.as_of("2026-03-01").then(b_count(1), none_claimed)
    told.record(contested("2026-05-02", tie, A).documented()).as_of(DAY).then(b_count(1), none_claimed)
    told.as_of(DAY, known_at="2026-05-01").then(b_count(2), claims(("tie", "changes-anothers-word")))


def test_a_final_judgment_upholds_a_claim_or_strikes_a_fact_at_every_day() -> None:
    tie = linked("2026-03-01", "one", "two").said_by(B).named("tie")
    base = (*SERVED, b_incident("2026-01-10", "one"), b_incident("2026-02-10", "two"), tie, DISPUTE)
    given(*base, judged("2026-05-01", "j", {"fact": "tie", "stands": True})).as_of("2026-03-01").then(
        b_count(1), none_claimed
    )
    given(*base, judged("2026-05-01", "j", {"fact": "one", "stands": False})).as_of("2026-01-10").then(b_count(0))
    given(*base, judged("2026-05-01", "j", {"fact": "one", "stands": False}, final=False)).as_of(DAY).then(b_count(2))
    twice = judged("2026-05-01", "j1", {"fact": "tie", "stands": True}), judged(
        "2026-05-02", "j2", {"fact": "tie", "stands": False}
    )
    for order in (twice, twice[::-1]):
        later = [one.recorded_on("2026-05-03") for one in order]
        given(*base, *later).as_of(DAY).then(b_count(2))


def test_a_judgment_on_a_reading_holds_throughout_from_its_day() -> None:
    ruled = judged("2026-05-01", "j", {"reading": "term-end", "option": "day-before"})
    told = given(*SERVED, DISPUTE, ruled)
    told.as_of("2026-04-30").then(term(ends_on="2026-12-01"))
    told.as_of("2026-05-01").then(term(ends_on="2026-11-30"))
    told.as_of("2026-05-01", reading={"term-end": "corresponding-day"}).then(term(ends_on="2026-12-01"))
    two = [judged("2026-05-01", ref, {"reading": "term-end", "option": option}).recorded_on("2026-05-02")
           for ref, option in (("j1", "corresponding-day"), ("j2", "day-before"))]  # fmt: skip
    given(*SERVED, DISPUTE, *two).as_of(DAY).then(term(ends_on="2026-11-30"))
    given(*SERVED, DISPUTE, *two[::-1]).as_of(DAY).then(term(ends_on="2026-12-01"))


def _recorded_by(told: History, ref: str, *roles: str) -> None:
    """As if somebody who holds these roles had recorded the fact."""
    next(fact for fact in told.facts if fact.ref == ref).recorded_roles = roles


def test_what_a_partys_principal_records_for_another_weighs_as_that_partys_word() -> None:
    report = b_incident("2026-01-10", "inc").said_by(SUPERVISOR)
    told = given(*SERVED, report, contested("2026-01-12", report, B))
    told.as_of(DAY).then(claims(), grade("inc", "B"))
    _recorded_by(told, "inc", "party_a")
    told.as_of(DAY).then(claims(("inc", "contested")), grade("inc", None))
    _recorded_by(told, "inc", "integrator")
    told.as_of(DAY).then(claims(), grade("inc", "B"))


def test_a_partys_principal_neither_acknowledges_contests_nor_takes_back_for_the_other() -> None:
    tie = linked("2026-03-01", "one", "two").said_by(B).named("tie")
    base = (*SERVED, b_incident("2026-01-10", "one"), b_incident("2026-02-10", "two"), tie)
    granted = acknowledged("2026-05-01", tie, A).named("granted")
    told = given(*base, granted)
    _recorded_by(told, "granted", "party_b")
    told.as_of(DAY).then(b_count(2), claims(("tie", "changes-anothers-word")))
    _recorded_by(told, "granted", "party_a", "supervisor")
    told.as_of(DAY).then(b_count(1), claims())
    gone = retracted("2026-05-01", base[2]).named("gone")
    told = given(*base, gone)
    _recorded_by(told, "gone", "party_b")
    told.as_of(DAY).then(b_count(2))


# -- views and lists ------------------------------------------------------------------------------------


def test_of_two_facts_of_a_view_that_bring_in_one_identifier_the_first_counts() -> None:
    report = b_incident("2026-01-10", "inc").said_by(B)
    back, again = retracted("2026-03-01", report), b_incident("2026-04-01", "inc").said_by(B).named("again")
    told = given(*SERVED, report, declared("2026-02-01"), back, again)
    told.as_of(DAY).then(grade("inc", "B"))
    assert told.as_of(DAY).status["incidents"]["counted"][0]["on"] == "2026-01-10"
    assert told.as_of(DAY, as_seen_by=B).status["incidents"]["counted"][0]["on"] == "2026-04-01"


def test_an_amendment_that_a_view_cannot_make_is_left_out_of_it() -> None:
    amounts = {1: "1843129.06", 2: "460781.26", 3: "1.00"}
    rows = [{"number": number, "amount": amount} for number, amount in amounts.items()]
    three = amended("2026-01-10", "three", payment__instalments=rows).bare()
    more = amended("2026-01-11", "more", payment__instalments__3__amount="2.00",
                   payment__instalments__2__amount="460780.26")  # fmt: skip
    third = invoice("2026-02-01", "2.00", "third", instalment=3)
    told = given(*SERVED, three, more, third)
    told.as_of(DAY).then(claims(("three", "speaks-for-both")), balance(invoiced="0.00"))
    told.as_of(DAY, as_seen_by=A).then(balance(invoiced="2.00"))


def test_claims_list_what_counts_by_the_day_corrections_and_retractions_at_every_day() -> None:
    report = b_incident("2026-01-10", "inc").said_by(B)
    back = retracted("2026-03-01", report).named("back")
    tie = linked("2026-02-15", "inc").said_by(B).named("tie")
    told = given(*SERVED, report, declared("2026-02-01"), tie, back)
    told.as_of("2026-01-10").then(claims(("back", "takes-back")))
    told.as_of("2026-02-14").then(claims(("back", "takes-back")))
    told.as_of("2026-02-15").then(claims(("tie", "changes-anothers-word"), ("back", "takes-back")))


def test_a_claim_that_its_own_speaker_withdrew_is_listed_no_more() -> None:
    bare = amended("2026-01-10", term__months=24).bare().named("bare")
    back = retracted("2026-01-11", bare).named("back")
    given(*SERVED, bare, back).as_of(DAY).then(claims(("back", "speaks-for-both")))


@pytest.mark.parametrize(
    ("said", "concerns"),
    [
        (linked("2026-03-01", "inc").said_by(B), "inc"),
        (assessed("2026-03-01", "inc", people_affected=1).said_by(B), "inc"),
        (availability("2026-03-01", "2026-01", "99.999").said_by(B), "2026-01"),
        (judged("2026-03-01", "j", {"incident": "inc", "grade": "A"}, by=B).bare(), "D"),
        (amended("2026-03-01", term__months=24).bare().named("am"), None),
    ],
    ids=lambda one: getattr(one, "type", ""),
)
def test_a_claim_concerns_an_incident_a_month_a_dispute_or_its_own_fact(said: Happening, concerns: str | None) -> None:
    theirs = availability("2026-02-01", "2026-01", "99.90").said_by(SUPERVISOR)
    told = given(*SERVED, b_incident("2026-01-10", "inc").said_by(A), theirs, DISPUTE, said).as_of(DAY)
    (claim,) = told.status["claims"]
    assert claim["concerns"] == (concerns or claim["fact"])


def test_other_roles_see_the_record_less_what_they_contest() -> None:
    report = b_incident("2026-01-10", "inc").said_by(A)
    told = given(*SERVED, report, contested("2026-01-12", report, SUPERVISOR))
    told.as_of(DAY).then(claims(), grade("inc", "B"))
    told.as_of(DAY, as_seen_by=SUPERVISOR).then(grade("inc", None))
    told.as_of(DAY, as_seen_by=ADMINISTRATOR).then(grade("inc", "B"))


def test_an_act_that_was_taken_on_anothers_word_is_undone_by_a_contest_only_as_far_as_it_rests_on_ones_own() -> None:
    severe = incident("2026-01-10", "outage", scope="platform", systems_share="0.35", people_affected=600000,
                      economic_loss="6000000.00", duration_minutes=150)  # fmt: skip
    served = fact("NoticeServed", "2026-02-01", A, "served", about="declared", manner="handed")
    ended = declared("2026-02-01"), served
    for by, expected in ((A, "in_service"), (B, "terminated"), (SUPERVISOR, "terminated")):
        report = severe.said_by(by)
        told = given(*SERVED, report, *ended)
        told.as_of(DAY).then(phase("terminated"))
        if by != B:
            told.record(contested("2026-03-01", report, B)).as_of(DAY).then(phase(expected))


def test_where_nothing_is_claimed_or_contested_all_views_share_the_facts_as_recorded() -> None:
    told = given(*SERVED, b_incident("2026-01-10", "inc").said_by(SUPERVISOR))
    standing = Standing(told.facts)
    assert not standing.parted
    assert all(standing.view(role).facts is told.facts for role in (None, A, B, SUPERVISOR))


def test_a_long_chain_of_retractions_of_retractions_is_weighed_from_its_end() -> None:
    report = b_incident("2026-01-10", "inc").said_by(B)
    told = given(*SERVED, report, declared("2026-02-01"))
    last: Happening = report
    for number in range(401):
        last = retracted("2026-03-01", last).named(f"r{number}")
        told.record(last)
    standing = Standing(told.facts)
    assert set(standing.claimed.values()) == {"takes-back"} and len(standing.claimed) == 1


def test_damages_agreed_bare_by_one_are_claims_and_damages_of_record_are_not_touched() -> None:
    report = LATE_FIGURES
    bare = damages_agreed("2026-02-01", "1.00", "a2-r1:av").bare()
    told = given(*SERVED, report, bare)
    told.as_of(DAY).then(position("damages.accrued", "191992.61", "1.00", "191992.61"))


def test_what_is_explained_says_where_the_views_differ_on_it() -> None:
    told = given(
        *SERVED, b_incident("2026-01-10", "i1"), b_incident("2026-02-10", "i2"),
        linked("2026-02-15", "i1", "i2").said_by(B),
    )  # fmt: skip
    asked = Basis(told.facts, calendar_at(told._now), date.fromisoformat("2026-03-01"), told._now)
    explained = explainer(asked)
    told_count = [step["zh"] for step in explained("incidents.b_count_rolling_year")["steps"]]
    assert any("各方视角对此不同" in one and "乙方视角为 1" in one for one in told_count)
    assert not any("各方视角" in step["zh"] for step in explained("balance.total")["steps"])
