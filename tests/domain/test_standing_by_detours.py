"""No one rewrites alone by a detour (SPEC 2.4): changes of changes, other names and months, acts redirected."""

from __future__ import annotations

import pytest

from tests.domain.test_standing import DAY, DISPUTE, SERVED, claims, declared, judged, position
from tests.happenings import (
    SUPERVISOR,
    A,
    B,
    Happening,
    acknowledged,
    assessed,
    availability,
    b_incident,
    contested,
    corrected,
    fact,
    grade_agreed,
    notice,
    rectified,
    retracted,
)
from tests.scenario import b_count, given, grade

REPORT = b_incident("2026-01-10", "inc").said_by(B).named("report")
GRANTED = acknowledged("2026-01-12", REPORT, A)
BY_SUPERVISOR = assessed("2026-01-12", "inc", people_affected=100000).said_by(SUPERVISOR)


def redirected(on: str, act: Happening, target: Happening) -> Happening:
    """A correction of an act that names another target."""
    return fact("FactCorrected", on, act.by, "turned", target=act.ref, data={**act.data, "target": target.ref},
                reason="写错对象")  # fmt: skip


# -- what the other party acknowledged ------------------------------------------------------------------


def test_what_was_acknowledged_as_corrected_is_not_changed_by_changing_the_correction() -> None:
    mended = corrected("2026-01-11", REPORT, learned_on="2026-01-11").named("mended")
    back = retracted("2026-01-13", mended).named("back")
    anew = corrected("2026-01-13", mended, data=REPORT.data | {"people_affected": 1}).named("anew")
    given(*SERVED, REPORT, mended, GRANTED, back).as_of(DAY).then(claims(("back", "takes-back")))
    given(*SERVED, REPORT, mended, GRANTED, anew).as_of(DAY).then(claims(("anew", "takes-back")), grade("inc", "B"))
    given(*SERVED, REPORT, mended, back, GRANTED.recorded_on("2026-01-14")).as_of(DAY).then(claims())


def test_to_take_back_what_is_itself_a_claim_is_none() -> None:
    mended = corrected("2026-01-13", REPORT, people_affected=1).named("mended")
    back = retracted("2026-01-14", mended).named("back")
    given(*SERVED, REPORT, GRANTED, mended, back).as_of(DAY).then(claims(), grade("inc", "B"))


def test_what_was_acknowledged_after_a_retraction_was_taken_back_does_not_go_with_it() -> None:
    gone = retracted("2026-01-11", REPORT).named("gone")
    undone = retracted("2026-01-11", gone).named("undone")
    again = retracted("2026-01-13", undone).named("again")
    given(*SERVED, REPORT, gone, undone, GRANTED, again).as_of(DAY).then(
        claims(("again", "takes-back")), grade("inc", "B")
    )


def test_an_act_is_not_redirected_to_what_was_acknowledged_since() -> None:
    other = b_incident("2026-01-10", "other").said_by(B)
    gone = retracted("2026-01-11", other).named("gone")
    turned = redirected("2026-01-13", gone, REPORT)
    given(*SERVED, REPORT, other, gone, GRANTED, turned).as_of(DAY).then(
        claims(("turned", "takes-back")), grade("inc", "B")
    )
    given(*SERVED, REPORT, other, gone, turned).as_of(DAY).then(claims(), grade("inc", None))


def test_a_documented_act_is_not_redirected_without_a_document_to_what_both_agreed() -> None:
    agreed = grade_agreed("2026-01-12", "none").named("agreed")
    other = b_incident("2026-01-10", "other").said_by(A)
    gone = retracted("2026-01-14", other).documented().named("gone")
    base = (*SERVED, REPORT, other, agreed, gone)
    turned = redirected("2026-01-15", gone, agreed)
    given(*base, turned).as_of(DAY).then(claims(("turned", "speaks-for-both")), grade("inc", None))
    given(*base, turned.documented()).as_of(DAY).then(claims(), grade("inc", "B"))


def test_a_judgment_that_upholds_a_fact_does_not_uphold_the_claim_that_took_it_back() -> None:
    mended = corrected("2026-01-13", REPORT, people_affected=1).named("mended")
    upheld = judged("2026-03-01", "j", {"fact": "report", "stands": True})
    given(*SERVED, DISPUTE, REPORT, GRANTED, mended, upheld).as_of(DAY).then(
        claims(("mended", "takes-back")), grade("inc", "B")
    )


def test_what_a_court_upheld_is_not_corrected_alone_afterwards() -> None:
    upheld = judged("2026-03-01", "j", {"fact": "report", "stands": True})
    mended = corrected("2026-03-02", REPORT, people_affected=1).named("mended")
    given(*SERVED, DISPUTE, REPORT, upheld, mended).as_of(DAY).then(claims(("mended", "takes-back")), grade("inc", "B"))


# -- what a neutral role assessed -----------------------------------------------------------------------

OTHERWISE = b_incident("2026-01-10", "x").said_by(B).named("report")
RENAMED = corrected("2026-01-11", OTHERWISE, incident="inc").named("renamed")


@pytest.mark.parametrize("taken", [OTHERWISE, RENAMED], ids=["the report", "the correction that named it so"])
def test_a_report_that_a_neutral_role_assessed_by_its_corrected_name_is_not_taken_back_alone(taken: Happening) -> None:
    back = retracted("2026-01-13", taken).named("back")
    given(*SERVED, OTHERWISE, RENAMED, BY_SUPERVISOR, back).as_of(DAY).then(
        claims(("back", "changes-anothers-word")), grade("inc", "B")
    )
    given(*SERVED, OTHERWISE, RENAMED, back).as_of(DAY).then(claims())


def test_a_correction_that_renamed_nothing_is_taken_back_after_a_neutral_role_assessed_the_report() -> None:
    mended = corrected("2026-01-11", REPORT, learned_on="2026-01-11").named("mended")
    given(*SERVED, REPORT, mended, BY_SUPERVISOR, retracted("2026-01-13", mended)).as_of(DAY).then(claims())


def test_a_report_that_a_neutral_role_assessed_does_not_go_by_undoing_what_brought_it_back() -> None:
    gone = retracted("2026-01-11", REPORT).named("gone")
    undone = retracted("2026-01-11", gone).named("undone")
    again = retracted("2026-01-13", undone).named("again")
    given(*SERVED, REPORT, gone, undone, BY_SUPERVISOR, again).as_of(DAY).then(
        claims(("again", "changes-anothers-word")), grade("inc", "B")
    )


@pytest.mark.parametrize("on", ["2025-11-01", None])
def test_a_report_that_a_neutral_role_assessed_is_not_moved_to_another_day_or_kind(on: str | None) -> None:
    mended = corrected("2026-01-13", REPORT, on, economic_loss="1.00").named("mended")
    claimed = [("mended", "changes-anothers-word")] if on else []
    given(*SERVED, REPORT, BY_SUPERVISOR, mended).as_of(DAY).then(claims(*claimed))
    given(*SERVED, REPORT, mended, BY_SUPERVISOR.recorded_on("2026-01-14")).as_of(DAY).then(claims())
    kind = fact("FactCorrected", "2026-01-13", B, "kind", target="report", reason="类别有误",
                data={"incident": "inc", "kind": "mutual_backup"})  # fmt: skip
    given(*SERVED, REPORT, BY_SUPERVISOR, kind).as_of(DAY).then(
        claims(("kind", "changes-anothers-word")), grade("inc", "B")
    )
    back = retracted("2026-01-15", mended).named("back")
    claimed = [("back", "changes-anothers-word")] if on else []
    given(*SERVED, REPORT, mended, BY_SUPERVISOR.recorded_on("2026-01-14"), back).as_of(DAY).then(claims(*claimed))


# -- other names, other months, other days --------------------------------------------------------------


def test_an_older_fact_does_not_take_over_an_identifier_by_a_correction() -> None:
    small = b_incident("2026-01-05", "small", people_affected=1).said_by(B).named("small")
    gone = retracted("2026-02-02", REPORT).named("gone")
    takes_over = corrected("2026-02-03", small, incident="inc").named("takes-over")
    told = given(*SERVED, small, REPORT, GRANTED, gone, takes_over)
    told.as_of(DAY).then(claims(("gone", "takes-back")), grade("inc", "B"), b_count(1))
    told.as_of(DAY, as_seen_by=B).then(grade("inc", None))
    told.as_of(DAY).then(position("incidents.grades.inc", "B", "B", None))


def test_an_older_report_moved_to_a_month_that_another_told_since_is_the_claim() -> None:
    february = availability("2026-03-01", "2026-02", "99.999").said_by(B).named("february")
    theirs = availability("2026-03-01", "2026-01", "99.90").said_by(A).named("theirs")
    moved = corrected("2026-03-02", february, month="2026-01").named("moved")
    given(*SERVED, february, theirs, moved).as_of(DAY).then(claims(("february", "changes-anothers-word")))
    given(*SERVED, february, moved, theirs.recorded_on("2026-03-03")).as_of(DAY).then(
        claims(("theirs", "changes-anothers-word"))
    )
    figure = corrected("2026-03-02", february, availability="99.99").named("figure")
    again = availability("2026-03-01", "2026-02", "99.90").said_by(A).named("again")
    given(*SERVED, february, again, figure).as_of(DAY).then(claims(("again", "changes-anothers-word")))


def test_a_declaration_moved_to_a_later_day_makes_nothing_late_that_was_told_in_time() -> None:
    warned, ended = notice("2026-01-10", "2026-01-31", name="warned"), declared("2026-02-01")
    moved = corrected("2026-02-13", ended, "2026-02-10")
    for on, expected in (("2026-02-05", ()), ("2026-01-31", (("done", "takes-back"),))):
        done = rectified(on, "warned").named("done").recorded_on("2026-02-12")
        given(*SERVED, warned, ended, done, moved).as_of(DAY).then(claims(*expected))


# -- documents, principals ------------------------------------------------------------------------------


def test_a_document_attached_later_is_none_of_the_facts_own() -> None:
    bare = grade_agreed("2026-01-12", "none").bare().named("bare")
    attached = fact("DocumentAttached", "2026-01-13", A, "paper", about="bare", sha256="1" * 64, name="协议.pdf",
                    media_type="application/pdf")  # fmt: skip
    given(*SERVED, REPORT, bare, attached).as_of(DAY).then(claims(("bare", "speaks-for-both")), grade("inc", "B"))
    papered = grade_agreed("2026-01-12", "none").named("papered")
    denied = contested("2026-01-14", papered, B).named("denied")
    told = given(*SERVED, REPORT, papered, denied)
    told.record(fact("DocumentAttached", "2026-01-15", B, "paper", about="denied", sha256="1" * 64, name="说明.pdf",
                     media_type="application/pdf"))  # fmt: skip
    told.as_of(DAY).then(claims(), grade("inc", None))


def test_a_party_takes_back_what_the_others_principal_recorded_in_its_name() -> None:
    forged = availability("2026-02-01", "2026-01", "99.999").said_by(A).named("forged")
    relied = acknowledged("2026-02-02", forged, B)
    told = given(*SERVED, forged, relied, retracted("2026-02-03", forged).named("disowned"))
    told.as_of(DAY).then(claims(("disowned", "takes-back")))
    next(one for one in told.facts if one.ref == "forged").recorded_roles = ("party_b",)
    told.as_of(DAY).then(claims())
