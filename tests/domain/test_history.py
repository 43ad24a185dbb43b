"""Which facts stand (SPEC 2.2, 4.8): corrections, retractions, contests, and who knew what when."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from ledger.domain import history
from ledger.domain.admission_state import AdmissionState
from ledger.domain.standing import Standing
from tests.happenings import (
    FIRST,
    A,
    acknowledged,
    amended,
    b_incident,
    contested,
    corrected,
    fact,
    incident,
    invoice,
    lease_started,
    linked,
    notice,
    paid,
    reading_agreed,
    retracted,
    returned,
    signed,
    system,
)
from tests.random_histories import random_history
from tests.scenario import (
    accrued,
    anomalies,
    b_count,
    balance,
    contests,
    given,
    grade,
    items_are,
    no_obligation,
    obligation,
    term,
    terms,
)
from tests.test_sweep_against_oracle import fact_of

PAY = "pay-invoice:inv"
WRONG = invoice("2025-11-24", "1000.00")
SERVED = (signed, lease_started("2025-12-01"))


def _facts(answer) -> int:
    return answer.status["facts"]


# -- corrections ------------------------------------------------------------------------------------


def test_a_correction_applies_to_its_target_at_every_day_once_it_is_recorded() -> None:
    told = given(signed, WRONG, corrected("2026-05-01", WRONG, amount="2000.00"))
    for day in ("2025-11-24", "2026-04-30", "2026-05-01"):
        told.as_of(day).then(balance(invoiced="2000.00"))


def test_before_a_correction_was_recorded_the_ledger_answers_as_it_did_then() -> None:
    told = given(signed, WRONG, corrected("2025-11-25", WRONG, amount="2000.00").recorded_on("2026-05-01"))
    told.as_of("2026-06-01", known_at="2026-05-01").then(balance(invoiced="1000.00"))
    told.as_of("2026-06-01", known_at="2026-05-01T00:00:02+08:00").then(balance(invoiced="2000.00"))
    told.as_of("2025-11-24", known_at="2026-05-01T00:00:02+08:00").then(balance(invoiced="2000.00"))


def test_what_was_recorded_exactly_at_the_moment_of_knowledge_is_known() -> None:
    told = given(signed, WRONG.recorded_on("2025-11-24T12:00:00+08:00"))
    told.as_of("2025-11-24", known_at="2025-11-24T12:00:00.999999+08:00").then(balance(invoiced="0.00"))
    told.as_of("2025-11-24", known_at="2025-11-24T12:00:01+08:00").then(balance(invoiced="1000.00"))


def test_a_correction_may_put_the_day_right() -> None:
    told = given(signed, WRONG, corrected("2026-05-01", WRONG, "2025-11-26"))
    told.as_of("2025-11-25").then(no_obligation(PAY), balance(invoiced="0.00"))
    told.as_of("2025-11-26").then(obligation(PAY, "pending", raised_on="2025-11-26", due_on="2025-12-03"))


def test_a_correction_that_states_no_day_leaves_the_day_an_earlier_one_stated() -> None:
    told = given(
        signed,
        WRONG,
        corrected("2026-05-01", WRONG, "2025-11-26", amount="1.00"),
        corrected("2026-05-02", WRONG, amount="2000.00"),
    )
    told.as_of("2025-11-25").then(balance(invoiced="0.00"))
    told.as_of("2025-11-26").then(balance(invoiced="2000.00"))


def test_of_two_corrections_that_state_a_day_the_later_holds() -> None:
    told = given(
        signed,
        WRONG,
        corrected("2026-05-01", WRONG, "2025-11-26"),
        corrected("2026-05-02", WRONG, "2025-11-28"),
    )
    told.as_of("2025-11-27").then(balance(invoiced="0.00"))
    told.as_of("2025-11-28").then(balance(invoiced="1000.00"))


def test_the_latest_correction_recorded_holds_whatever_its_own_day() -> None:
    told = given(
        signed,
        WRONG,
        corrected("2026-05-01", WRONG, amount="2000.00"),
        corrected("2026-04-01", WRONG, amount="3000.00").recorded_on("2026-05-02"),
    )
    told.as_of("2026-06-01").then(balance(invoiced="3000.00"))


def test_a_corrected_fact_states_its_whole_data_anew() -> None:
    told = given(
        *SERVED,
        b_incident("2026-01-10", "inc"),
        corrected("2026-02-01", b_incident("2026-01-10", "inc"), people_affected=None),
    )
    told.as_of("2026-01-10").then(grade("inc", None))


def test_corrected_data_may_bring_in_another_identifier() -> None:
    told = given(
        signed, WRONG, corrected("2025-11-25", WRONG, invoice="inv-2"), paid("2025-11-26", "1000.00", name="inv-2")
    )
    told.as_of("2025-11-26").then(no_obligation(PAY), obligation("pay-invoice:inv-2", "fulfilled"))


def test_a_retracted_correction_restores_what_was_recorded_first() -> None:
    right = corrected("2026-05-01", WRONG, "2025-11-26", amount="2000.00")
    told = given(signed, WRONG, right, retracted("2026-05-02", right))
    told.as_of("2025-11-24").then(balance(invoiced="1000.00"))


def test_a_retracted_correction_restores_the_correction_before_it() -> None:
    first, second = corrected("2026-05-01", WRONG, amount="2000.00"), corrected("2026-05-02", WRONG, amount="3000.00")
    told = given(signed, WRONG, first, second, retracted("2026-05-03", second))
    told.as_of("2025-11-24").then(balance(invoiced="2000.00"))


def test_a_correction_may_itself_be_corrected() -> None:
    first = corrected("2026-05-01", WRONG, amount="2000.00")
    told = given(signed, WRONG, first, corrected("2026-05-02", first, data=WRONG.data | {"amount": "2500.00"}))
    told.as_of("2025-11-24").then(balance(invoiced="2500.00"))


def test_a_corrected_retraction_may_spare_its_first_target_and_take_another() -> None:
    one, two = invoice("2025-11-24", "1.00", "one"), invoice("2025-11-24", "2.00", "two")
    gone = retracted("2025-11-25", one)
    told = given(signed, one, two, gone)
    told.as_of("2025-11-25").then(balance(invoiced="2.00"))
    told.record(corrected("2025-11-26", gone, target="two")).as_of("2025-11-25").then(balance(invoiced="1.00"))


def test_corrected_terms_count_at_every_day() -> None:
    document = terms(periods__trial_run_days=90)
    right = fact(
        "FactCorrected", "2026-05-01", "party_a", "right", target="terms", data={"terms": document}, reason="笔误"
    ).documented()
    told = given(signed, right)
    told.as_of("2025-11-19").then(obligation("trial-run", "pending", due_on="2026-02-24"))
    told.as_of("2025-11-19", known_at="2026-04-30").then(obligation("trial-run", "pending", due_on="2026-01-19"))


# -- retractions ------------------------------------------------------------------------------------


def test_a_retracted_retraction_brings_the_fact_back() -> None:
    gone = retracted("2025-11-25", WRONG)
    told = given(signed, WRONG, gone)
    told.as_of("2025-11-24").then(balance(invoiced="0.00"))
    told.record(retracted("2025-11-26", gone)).as_of("2025-11-24").then(balance(invoiced="1000.00"))
    told.as_of("2025-11-26", known_at="2025-11-26").then(balance(invoiced="0.00"))


def test_what_is_about_a_retracted_fact_counts_for_nothing_through_every_step() -> None:
    told = given(
        signed, WRONG, paid("2025-11-25", "400.00"), paid("2025-11-25", "600.00", "two"), returned("2025-11-26", "two")
    )
    told.as_of("2025-11-26").then(balance(invoiced="1000.00", paid="400.00"))
    taken_back = retracted("2025-11-27", WRONG)
    told.record(taken_back).as_of("2025-11-27").then(balance(invoiced="1000.00", paid="400.00"))
    told.record(acknowledged("2025-11-27", taken_back, A)).as_of("2025-11-27").then(
        balance(invoiced="0.00", paid="0.00", outstanding="2303911.32"), no_obligation(PAY)
    )


def test_a_system_merely_mentioned_is_read_as_not_given_when_it_is_retracted() -> None:
    mail = system()
    outage = incident("2026-02-01", "outage", scope="system", system="mail", duration_minutes=120)
    told = given(*SERVED, mail, outage, retracted("2026-03-01", mail))
    told.as_of("2026-03-01").then(items_are({"a3-r5:inc": None}), anomalies(("NO_SYSTEM_FEE", "inc", "2026-02-01")))


def test_an_identifier_introduced_again_takes_over_what_names_it() -> None:
    mail = system()
    outage = incident("2026-02-01", "outage", scope="system", system="mail", duration_minutes=120)
    told = given(
        *SERVED,
        mail,
        outage,
        retracted("2026-03-01", mail),
        system("2026-03-02", annual_fee="1200.00").named("mail-again"),
    )
    told.as_of("2026-03-02").then(items_are({"a3-r5:inc": "30.00"}))
    taken_back = retracted("2025-11-26", WRONG)
    paid_first = given(
        signed,
        WRONG,
        paid("2025-11-25", "1000.00"),
        taken_back,
        acknowledged("2025-11-26", taken_back, A),
        invoice("2025-11-27", "1000.00").named("inv-again"),
    )
    paid_first.as_of("2025-11-27").then(obligation(PAY, "fulfilled", raised_by=["inv-again"]), balance(paid="1000.00"))


def test_an_amendment_a_reading_and_a_link_count_from_their_own_day_and_not_when_retracted() -> None:
    amendment = amended("2026-03-01", term__months=24)
    told = given(*SERVED, amendment)
    told.as_of("2026-02-28").then(term(ends_on="2026-12-01"))
    told.record(retracted("2026-04-01", amendment)).as_of("2026-03-01").then(term(ends_on="2026-12-01"))
    reading = reading_agreed("2026-03-01", "term-end", "day-before")
    read = given(*SERVED, reading, retracted("2026-04-01", reading))
    read.as_of("2026-03-01").then(term(ends_on="2026-12-01"))
    tie = linked("2026-03-01", "one", "two")
    tied = given(
        *SERVED,
        b_incident("2026-01-10", "one"),
        b_incident("2026-01-11", "two"),
        tie,
        corrected("2026-04-01", tie, "2026-03-15"),
    )
    tied.as_of("2026-03-14").then(b_count(2))
    tied.as_of("2026-03-15").then(b_count(1))


# -- facts counted ----------------------------------------------------------------------------------


def test_facts_counts_everything_recorded_by_then_whose_recorded_day_has_come() -> None:
    told = given(signed, WRONG, corrected("2025-11-25", WRONG, "2025-11-20"), retracted("2025-11-26", WRONG))
    for day, expected in (
        ("2019-01-01", 1),
        ("2025-11-18", 1),
        ("2025-11-19", 3),
        ("2025-11-23", 3),
        ("2025-11-24", 4),
        ("2025-11-25", 5),
        ("2026-01-01", 6),
    ):
        assert _facts(told.as_of(day)) == expected
    assert _facts(told.as_of("2026-01-01", known_at="2025-11-26")) == 5


def test_a_fact_recorded_late_counts_from_its_own_day_once_known() -> None:
    told = given(signed, WRONG.recorded_on("2026-01-15"))
    told.as_of("2025-11-24").then(balance(invoiced="1000.00"))
    told.as_of("2025-11-24", known_at="2026-01-15").then(balance(invoiced="0.00"))
    assert _facts(told.as_of("2026-02-01", known_at="2026-01-15")) == 3


def test_facts_of_one_day_are_ordered_by_time_and_a_date_stands_at_its_start() -> None:
    """The void frees the instalment for what comes after it, not for what came before."""
    one = invoice("2025-11-24T09:00:00+08:00", FIRST, "one")
    dated = invoice("2025-11-25", FIRST, "two")
    void = fact("InvoiceVoided", "2025-11-25T00:00:01+08:00", "party_b", "void", invoice="one", reason="重开")
    later = invoice("2025-11-25T00:00:02+08:00", FIRST, "three")
    told = given(signed, one, later.recorded_on("2025-11-26"), void, dated)
    told.as_of("2025-11-25", reading={"early-invoice": "void"}).then(
        anomalies(("INVOICE_EXCEEDS_INSTALMENT", "two", "2025-11-25")), obligation("pay-invoice:three", "pending")
    )
    told.as_of("2025-11-25").then(  # by default the void cures the one that came first (4.3)
        obligation("pay-invoice:two", "pending"),
        anomalies(*(("INVOICE_EXCEEDS_INSTALMENT", name, "2025-11-25") for name in ("three", "two"))),
    )


# -- contests ---------------------------------------------------------------------------------------

BY_A = contested("2025-12-01", WRONG, "party_a")


def test_a_contest_holds_at_every_day_once_it_is_recorded() -> None:
    told = given(signed, WRONG, BY_A)
    told.as_of("2025-11-23").then(contests())
    told.as_of("2025-11-24").then(contests("inv"), balance(invoiced="0.00"))
    told.as_of("2025-12-01", known_at="2025-12-01").then(contests(), balance(invoiced="1000.00"))


def test_as_seen_by_the_contesting_role_the_fact_and_what_hangs_on_it_are_left_out() -> None:
    told = given(signed, WRONG.documented(), paid("2025-11-25", "400.00"), BY_A)
    told.as_of("2025-12-01", as_seen_by="party_a").then(
        balance(invoiced="0.00", paid="0.00"), no_obligation(PAY), contests("inv")
    )
    for role in ("party_b", "supervisor", None):
        told.as_of("2025-12-01", as_seen_by=role).then(balance(invoiced="1000.00", paid="400.00"), contests("inv"))


def test_an_acknowledgement_by_the_same_role_ends_the_contest_and_bars_a_later_one() -> None:
    told = given(signed, WRONG, BY_A, acknowledged("2025-12-05", WRONG, "party_a"))
    told.as_of("2025-12-05", as_seen_by="party_a").then(contests(), balance(invoiced="1000.00"))
    told.record(contested("2025-12-06", WRONG, "party_a"))
    told.as_of("2025-12-06", as_seen_by="party_a").then(contests(), balance(invoiced="1000.00"))


def test_an_acknowledgement_by_another_role_ends_nothing() -> None:
    told = given(signed, WRONG, BY_A, acknowledged("2025-12-05", WRONG, "supervisor"))
    told.as_of("2025-12-05", as_seen_by="party_a").then(contests("inv"), balance(invoiced="0.00"))


def test_each_role_contests_for_itself() -> None:
    told = given(
        signed, WRONG, BY_A, contested("2025-12-02", WRONG, "supervisor"), acknowledged("2025-12-05", WRONG, "party_a")
    )
    told.as_of("2025-12-05", as_seen_by="party_a").then(contests("inv"), balance(invoiced="1000.00"))
    told.as_of("2025-12-05", as_seen_by="supervisor").then(balance(invoiced="0.00"))


def test_a_retracted_contest_counts_for_nothing() -> None:
    told = given(signed, WRONG, BY_A, retracted("2025-12-02", BY_A))
    told.as_of("2025-12-02", as_seen_by="party_a").then(contests(), balance(invoiced="1000.00"))


def test_contested_facts_are_listed_by_their_moment_a_day_being_its_start() -> None:
    one, two = invoice("2025-11-24T08:00:00+08:00", "1.00", "one"), invoice("2025-11-24", "2.00", "two")
    told = given(signed, one, two, contested("2025-12-01", one, "party_a"), contested("2025-12-01", two, "party_a"))
    told.as_of("2025-12-01").then(contests("two", "one"))


def test_contested_facts_are_listed_by_their_day() -> None:
    one, two = invoice("2025-11-25", "1.00", "one"), invoice("2025-11-24", "2.00", "two")
    told = given(signed, one, two, contested("2025-12-01", one, "party_a"), contested("2025-12-01", two, "party_a"))
    told.as_of("2025-12-01").then(contests("two", "one"))


def test_a_contested_correction_leaves_the_original_of_record_and_counts_as_its_speaker_sees_it() -> None:
    right = corrected("2025-11-26", WRONG, amount="2000.00")
    told = given(signed, WRONG, right, contested("2025-12-01", right, "party_a"))
    for role in (None, "party_a", "supervisor"):
        told.as_of("2025-12-01", as_seen_by=role).then(balance(invoiced="1000.00"))
    told.as_of("2025-12-01", as_seen_by="party_b").then(balance(invoiced="2000.00"))


def test_a_contested_retraction_leaves_the_fact_of_record_and_counts_as_its_speaker_sees_it() -> None:
    gone = retracted("2025-11-26", WRONG)
    told = given(signed, WRONG, gone, contested("2025-12-01", gone, "party_a"))
    for role in (None, "party_a", "supervisor"):
        told.as_of("2025-12-01", as_seen_by=role).then(balance(invoiced="1000.00"))
    told.as_of("2025-12-01", as_seen_by="party_b").then(balance(invoiced="0.00"))


def test_a_contested_notice_merely_mentioned_is_read_as_not_given_in_that_view() -> None:
    warned = notice("2026-01-05", "2026-01-20", name="warning", by="supervisor")
    after = incident("2026-02-01", "outage", unheeded_notice="warning", consequence="major")
    told = given(*SERVED, warned, after, contested("2026-02-10", warned, "party_b"))
    told.as_of("2026-02-10", as_seen_by="party_b").then(accrued("0.00"))
    told.as_of("2026-02-10").then(accrued("191992.61"))


def test_a_contested_signature_leaves_the_contract_unsigned_in_that_view() -> None:
    told = given(signed, lease_started("2025-12-01"), contested("2025-12-05", signed[1], "party_a"))
    told.as_of("2025-12-05", as_seen_by="party_a").then(term(effective_on=None))


# -- the functions themselves -----------------------------------------------------------------------


def test_without_corrections_the_facts_stand_as_they_were_recorded() -> None:
    facts = given(signed, WRONG, paid("2025-11-25", "1.00")).facts
    assert Standing(facts).view().facts is facts
    assert history.resolve(facts) is facts


def test_the_original_facts_stay_as_they_were() -> None:
    told = given(signed, WRONG, corrected("2025-11-25", WRONG, amount="2000.00"))
    before = repr(told.facts)
    Standing(told.facts).view()
    assert repr(told.facts) == before


def test_an_id_wins_over_another_facts_ref() -> None:
    facts = given(signed, WRONG).facts
    misleading = [*facts[:3], replace(facts[3], ref=facts[1].id)]
    ids = {fact.id: fact.seq for fact in facts}
    assert history.numbering(misleading) == {"terms": 1, "signed-a": 2, "signed-b": 3, **ids}


@pytest.mark.parametrize("seed", range(8))
def test_a_whole_history_and_one_admitted_act_by_act_leave_the_same_facts(seed: int) -> None:
    facts = [fact_of(envelope) for envelope in random_history(random.Random(seed), 40)]
    known = AdmissionState(facts[0].contract, facts)
    left = history.resolve(facts)
    assert [one.seq for one in left] == [one.seq for one in facts if one.seq not in known.standing.gone]
    assert all(one.what == known.what(one.seq) for one in left)
