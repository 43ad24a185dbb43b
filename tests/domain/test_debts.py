"""What is owed, and until when a court protects it: demands, payments, acknowledgements, suits (SPEC 4.9)."""

from __future__ import annotations

import random
from datetime import date

import pytest

from ledger.domain.debts import looked_at
from ledger.explanation.sections import limitation
from ledger.notices import shipped_calendar
from ledger.projections.basis import Basis
from ledger.projections.deadlines import deadlines
from ledger.projections.explain import explain
from tests.happenings import (
    A,
    B,
    acknowledged,
    damages_agreed,
    damages_deducted,
    damages_settled,
    demanded,
    dispute_opened,
    incident,
    invoice,
    judged,
    lease_started,
    paid,
    paid_settlement,
    resolved,
    returned,
    served,
    settlement,
    signed,
    sued,
    system,
    voided,
)
from tests.random_histories import random_history
from tests.scenario import History, calendar_at, changes_on, debt, debts, given
from tests.test_sweep_against_oracle import fact_of

SERVED = (signed, lease_started("2025-12-01"))
INVOICE = invoice("2025-12-04")  # due 2025-12-11
PAY = "pay-invoice:inv"
OUTAGE = incident(
    "2026-02-06", "outage", scope="system", system="mail", duration_minutes=130, consequence="problem",
).recorded_on("2026-02-07")  # fmt: skip
ITEM = "a3-r5:inc"
JS = "settlement:JS-1"
OWED = (*SERVED, system(), OUTAGE)


# -- invoices ---------------------------------------------------------------------------------------


def test_nothing_is_owed_before_an_invoice() -> None:
    given(*SERVED).as_of("2026-06-01").then(debts())


def test_an_unpaid_invoice_is_the_providers_claim_until_three_years_after_its_due_day() -> None:
    told = given(*SERVED, INVOICE)
    told.as_of("2028-12-11").then(
        debt(PAY, "running", creditor=B, amount="1843129.06", last_day="2028-12-11", provisional=True, restarted_by=[]),
        changes_on("2028-12-12", f"limitation.{PAY}.state"),
    )
    told.as_of("2028-12-12").then(debt(PAY, "barred", last_day="2028-12-11"))


def test_an_invoice_paid_or_voided_is_owed_no_more() -> None:
    told = given(*SERVED, INVOICE, paid("2025-12-10"))
    told.as_of("2025-12-09").then(debts(PAY))
    told.as_of("2025-12-10").then(debts())
    given(*SERVED, INVOICE, voided("2025-12-08")).as_of("2025-12-08").then(debts())


def test_part_payment_starts_the_time_anew_and_one_that_came_back_does_not() -> None:
    told = given(*SERVED, INVOICE, paid("2026-09-10", "843129.06"), returned("2026-09-14"))
    told.as_of("2026-09-13").then(
        debt(PAY, "running", amount="1000000.00", last_day="2029-09-10", restarted_by=["pay"])
    )
    told.as_of("2026-09-14").then(
        debt(PAY, "running", amount="1843129.06", last_day="2028-12-11", restarted_by=[])
    )


# -- demands ----------------------------------------------------------------------------------------


def test_a_demand_starts_the_time_anew_from_its_day() -> None:
    told = given(*SERVED, INVOICE, demanded("2026-06-15", PAY))
    told.as_of("2026-06-14").then(debt(PAY, "running", last_day="2028-12-11"))
    told.as_of("2026-06-15").then(debt(PAY, "running", last_day="2029-06-15", restarted_by=["demand"]))


def test_a_demand_that_was_served_counts_from_the_day_it_arrived() -> None:
    told = given(*SERVED, INVOICE, demanded("2026-06-15", PAY), served("2026-06-22"))
    told.as_of("2026-06-21").then(debt(PAY, "running", last_day="2029-06-15"))
    told.as_of("2026-06-22").then(debt(PAY, "running", last_day="2029-06-22", restarted_by=["demand"]))


def test_a_demand_made_in_time_and_served_after_the_last_day_comes_too_late() -> None:
    told = given(*SERVED, INVOICE, demanded("2028-12-11", PAY), served("2028-12-12"))
    told.as_of("2028-12-11").then(debt(PAY, "running", last_day="2031-12-11"))
    told.as_of("2028-12-12").then(debt(PAY, "barred", last_day="2028-12-11", restarted_by=[]))


def test_the_debtors_own_demand_starts_nothing_anew() -> None:
    given(*SERVED, INVOICE, demanded("2026-06-15", PAY, by=A)).as_of("2026-06-15").then(
        debt(PAY, "running", last_day="2028-12-11", restarted_by=[])
    )


def test_a_demand_concerns_the_debts_it_names_alone() -> None:
    told = given(*OWED, INVOICE, demanded("2026-06-15", ITEM, by=A))
    told.as_of("2026-06-15").then(
        debt(PAY, "running", last_day="2028-12-11"), debt(ITEM, "running", last_day="2029-06-15"), debts(PAY, ITEM)
    )


# -- acknowledgements -------------------------------------------------------------------------------


def test_the_debtors_acknowledgement_of_the_invoice_or_of_the_demand_starts_the_time_anew() -> None:
    told = given(*SERVED, INVOICE, acknowledged("2026-03-02", INVOICE, A))
    told.as_of("2026-03-01").then(debt(PAY, "running", last_day="2028-12-11"))
    told.as_of("2026-03-02").then(debt(PAY, "running", last_day="2029-03-02"))
    demand = demanded("2026-06-15", PAY)
    told = given(*SERVED, INVOICE, demand, acknowledged("2026-07-01", demand, A))
    told.as_of("2026-07-01").then(debt(PAY, "running", last_day="2029-07-02"))  # 1 July 2029 is a Sunday


def test_whether_an_acknowledgement_of_what_is_barred_revives_it_is_for_a_court() -> None:
    told = given(*SERVED, INVOICE, demanded("2029-01-08", PAY), acknowledged("2029-02-05", INVOICE, A))
    told.as_of("2029-02-05").then(debt(PAY, "barred", last_day="2028-12-11", restarted_by=[]))


def test_to_acknowledge_an_incident_is_no_agreement_to_pay_for_it() -> None:
    told = given(*OWED, acknowledged("2026-03-02", OUTAGE, B))
    told.as_of("2026-03-02").then(debt(ITEM, "running", last_day="2029-02-06", restarted_by=[]))


# -- damages ----------------------------------------------------------------------------------------


def test_an_item_is_the_bureaus_claim_from_its_day_or_from_when_it_learned_of_it() -> None:
    given(*OWED).as_of("2026-06-01").then(debts(ITEM), debt(ITEM, "running", creditor=A, last_day="2029-02-06"))
    late = incident(
        "2026-02-06", "outage", scope="system", system="mail", duration_minutes=130, learned_on="2026-03-03",
    ).recorded_on("2026-03-04")  # fmt: skip
    given(*SERVED, system(), late).as_of("2026-06-01").then(debt(ITEM, "running", last_day="2029-03-05"))


def test_an_item_without_an_amount_or_settled_in_full_is_no_debt() -> None:
    without = incident("2026-02-06", "outage", scope="system", duration_minutes=130).recorded_on("2026-02-07")
    given(*SERVED, without).as_of("2026-06-01").then(debts())
    told = given(*OWED, damages_settled("2026-04-01", "2500.02", ITEM))  # 100001 ÷ 12 × 30 % = 2500.03
    told.as_of("2026-04-01").then(debt(ITEM, "running", amount="0.01", last_day="2029-04-02"))
    given(*OWED, damages_settled("2026-04-01", "2500.03", ITEM)).as_of("2026-04-01").then(debts())


def test_an_amount_agreed_stands_in_place_of_its_items_and_runs_from_the_agreement() -> None:
    agreement = damages_agreed("2026-05-06", "2000.00", ITEM)
    told = given(*OWED, agreement)
    told.as_of("2026-05-05").then(debts(ITEM))
    told.as_of("2026-05-06").then(debts("agreed:agreed"), debt("agreed:agreed", "running", last_day="2029-05-07"))
    told = given(*OWED, agreement, acknowledged("2026-06-01", agreement, B))
    told.as_of("2026-06-01").then(debt("agreed:agreed", "running", last_day="2029-06-01"))


# -- settlements and rulings ------------------------------------------------------------------------


def test_a_settlement_runs_from_its_day_and_one_without_a_day_from_the_first_demand() -> None:
    dated = given(*SERVED, settlement("2026-12-07", "5000.00", "2026-12-31"))
    dated.as_of("2026-12-07").then(debt(JS, "running", creditor=B, amount="5000.00", last_day="2029-12-31"))
    open_ended = (*SERVED, settlement("2026-12-07", "5000.00"), paid_settlement("2027-01-04", "1000.00"))
    told = given(*open_ended, demanded("2027-03-01", JS), served("2027-03-03"))
    told.as_of("2027-01-04").then(debt(JS, "running", amount="4000.00", last_day=None, restarted_by=[]))
    told.as_of("2027-03-02").then(debt(JS, "running", last_day="2030-03-01", restarted_by=["demand"]))
    told.as_of("2027-03-03").then(debt(JS, "running", last_day="2030-03-04"))  # 3 March 2030 is a Sunday


def test_a_settlement_owed_by_the_provider_is_the_bureaus_claim() -> None:
    told = given(*SERVED, settlement("2026-12-07", "5000.00", debtor=B))
    told.as_of("2026-12-07").then(debt(JS, "running", creditor=A))


def test_the_debtors_acknowledgement_of_a_settlement_and_part_payment_start_its_time_anew() -> None:
    agreement = settlement("2026-12-07", "5000.00", "2026-12-31")
    told = given(*SERVED, agreement, acknowledged("2027-01-04", agreement, B), paid_settlement("2027-03-01", "1000.00"))
    told.as_of("2027-01-04").then(debt(JS, "running", last_day="2029-12-31", restarted_by=[]))  # B is no debtor of it
    told.as_of("2027-03-01").then(debt(JS, "running", last_day="2030-03-01", restarted_by=["pay"]))


def test_a_ruling_can_be_enforced_for_two_years_from_its_day_or_else_from_the_judgment() -> None:
    opened = (*SERVED, dispute_opened("2026-03-02", "lease"), sued("2026-03-09"))
    ruling = {"debtor": A, "amount": "30000.00"}
    told = given(*opened, judged("2026-08-17", ruling | {"due_on": "2026-09-15"}))
    told.as_of("2028-09-15").then(debt("settlement:dispute", "running", last_day="2028-09-15"))
    told.as_of("2028-09-16").then(debt("settlement:dispute", "barred"))
    without = given(*opened, judged("2026-08-17", ruling))
    without.as_of("2026-08-17").then(debt("settlement:dispute", "running", creditor=B, last_day="2028-08-17"))


def test_an_amount_ruled_in_place_of_items_is_a_ruling() -> None:
    opened = (*OWED, dispute_opened("2026-03-02", "inc"), sued("2026-03-09"))
    told = given(*opened, judged("2026-08-17", {"items": [ITEM], "amount": "2000.00"}))
    told.as_of("2026-08-16").then(debt(ITEM, "stopped"))
    [ruled] = told.as_of("2026-08-17").status["limitation"]
    assert (ruled["amount"], ruled["last_day"], ruled["state"]) == ("2000.00", "2028-08-17", "running")


def test_a_set_off_is_part_payment_of_the_invoice_and_of_the_item() -> None:
    told = given(*OWED, INVOICE, damages_deducted("2026-04-01", "1000.00", "inv", ITEM))
    told.as_of("2026-04-01").then(
        debt(PAY, "running", amount="1842129.06", last_day="2029-04-02"),
        debt(ITEM, "running", amount="1500.03", last_day="2029-04-02"),
    )


# -- suits ------------------------------------------------------------------------------------------


def test_a_suit_about_what_raised_the_debt_stops_its_time_until_it_ends() -> None:
    told = given(*OWED, dispute_opened("2026-03-02", "inc"), sued("2026-03-09"), resolved("2026-11-16"))
    told.as_of("2026-03-08").then(debt(ITEM, "running", last_day="2029-02-06"))
    told.as_of("2026-03-09").then(debt(ITEM, "stopped", last_day=None))
    told.as_of("2026-11-15").then(debt(ITEM, "stopped"))
    told.as_of("2026-11-16").then(debt(ITEM, "running", last_day="2029-11-16"))


def test_a_dispute_without_a_suit_or_about_something_else_stops_nothing() -> None:
    told = given(*OWED, INVOICE, dispute_opened("2026-03-02", "inv"), sued("2026-03-09", by=B))
    told.as_of("2026-03-02").then(debt(PAY, "running"))
    told.as_of("2026-03-09").then(debt(PAY, "stopped"), debt(ITEM, "running", last_day="2029-02-06"))


def test_the_debtors_suit_does_not_stop_the_creditors_time() -> None:
    given(*OWED, dispute_opened("2026-03-02", "inc"), sued("2026-03-09", by=B)).as_of("2026-03-09").then(
        debt(ITEM, "running", last_day="2029-02-06")
    )


def test_a_suit_filed_on_the_last_day_keeps_the_claim_and_one_the_day_after_does_not() -> None:
    for day, state in (("2029-02-06", "stopped"), ("2029-02-07", "barred")):
        given(*OWED, dispute_opened("2026-03-02", "inc"), sued(day)).as_of("2029-02-07").then(debt(ITEM, state))


def test_a_judgment_that_is_not_final_does_not_end_the_suit() -> None:
    opened = (*OWED, dispute_opened("2026-03-02", "inc"), sued("2026-03-09"))
    ruling = {"incident": "inc", "grade": "none"}
    given(*opened, judged("2026-08-17", ruling, final=False)).as_of("2026-08-17").then(debt(ITEM, "stopped"))


# -- the day in the feed ----------------------------------------------------------------------------


def feed(told: History, day: str) -> list[tuple[str, str, str | None]]:
    asked = Basis(told.facts, calendar_at(told._now), date.fromisoformat(day), told._now)
    pass_ = asked.sweep()
    pass_.advance(asked.as_of)
    listed = deadlines(pass_.machine, asked.as_of)
    return [(one.uid, one.day.isoformat(), one.for_role) for one in listed if one.what == "limitation"]


def test_the_last_day_of_a_claim_is_its_creditors_business_until_it_has_passed() -> None:
    told = given(*OWED, INVOICE)
    running = [(f"limitation:{PAY}", "2028-12-11", B), (f"limitation:{ITEM}", "2029-02-06", A)]
    assert feed(told, "2028-12-11") == running
    assert feed(told, "2028-12-12") == running[1:]
    stopped = given(*OWED, dispute_opened("2026-03-02", "inc"), sued("2026-03-09"))
    assert feed(stopped, "2026-03-09") == []


def test_the_status_of_a_later_day_does_not_depend_on_having_been_asked_before() -> None:
    told = given(*OWED, INVOICE, demanded("2026-06-15", PAY))
    for day in ("2026-06-16", "2029-06-15", "2029-06-16", "2030-01-01"):
        assert told.as_of(day).status["limitation"] == told.as_of(day).status["limitation"]
    told.as_of("2029-06-16").then(debt(PAY, "barred"), debt(ITEM, "barred"))


# -- told -------------------------------------------------------------------------------------------


def why(told: History, day: str, path: str) -> str:
    asked = Basis(told.facts, calendar_at(told._now), date.fromisoformat(day), told._now)
    answer = explain(asked, path)
    return "\n".join(step["zh"] for step in answer["steps"])


def test_what_is_barred_is_told_as_a_defence_and_not_as_the_end_of_the_claim() -> None:
    told = why(given(*SERVED, INVOICE, demanded("2028-12-12", PAY)), "2028-12-12", f"limitation.{PAY}")
    assert "可以提出不履行义务的抗辩" in told and "债权不因期间届满而消灭" in told and "法院不主动适用" in told
    assert "单凭催告不使它重新计算" in told
    assert "较为稳妥的一日" in told  # two instalments of one price (189)


def test_that_the_debtor_acknowledged_or_paid_in_part_after_the_expiry_is_told_and_left_to_a_court() -> None:
    told = given(*SERVED, INVOICE, acknowledged("2029-02-05", INVOICE, A), paid("2029-02-06", "1000.00"))
    reasons = why(told, "2029-02-06", f"limitation.{PAY}.state")
    assert "债务人于 2029-02-05 认可时期间已经届满" in reasons and "2029-02-06 部分履行时期间已经届满" in reasons
    assert "此处不作结论" in reasons


def test_a_creditor_who_sets_off_claims_its_right_and_no_debtor_performed() -> None:
    told = given(*OWED, INVOICE, damages_deducted("2026-03-02", "1000.00", "inv", ITEM))
    told.as_of("2026-03-02").then(debt(ITEM, "running", last_day="2029-03-02"))
    reasons = why(told, "2026-03-02", f"limitation.{ITEM}")
    assert "债权人于 2026-03-02 自行抵销或者扣划" in reasons and "部分履行" not in reasons
    assert "部分履行视为同意履行" in why(told, "2026-03-02", f"limitation.{PAY}")  # who sets off pays its own debt
    late = given(*OWED, invoice("2029-01-30"), damages_deducted("2029-02-07", "1000.00", "inv", ITEM))
    assert "债权人自行抵销或者扣划不使它重新计算" in why(late, "2029-02-07", f"limitation.{ITEM}")


def test_a_stopped_time_has_no_last_day_and_an_end_without_a_judgment_says_what_holds_if_withdrawn() -> None:
    told = given(*OWED, dispute_opened("2026-03-02", "inc"), sued("2026-03-09"), resolved("2026-11-16"))
    assert "在此之前没有最后一日" in why(told, "2026-03-09", f"limitation.{ITEM}")
    ended = why(told, "2026-11-16", f"limitation.{ITEM}")
    assert "以撤诉终结的" in ended and "2029-03-09" in ended


def test_a_debt_that_is_paid_may_still_be_asked_about() -> None:
    told = given(*SERVED, INVOICE, paid("2025-12-10"))
    assert "没有未清偿的数额" in why(told, "2028-12-12", f"limitation.{PAY}.state")


def test_damages_are_told_to_be_adjustable_wherever_their_amount_stands() -> None:
    assert "法院可以调整" in why(given(*OWED), "2026-06-01", f"limitation.{ITEM}")


# -- step by step -----------------------------------------------------------------------------------


def test_a_step_works_out_only_the_debts_it_touched() -> None:
    other = "pay-invoice:other"
    told = given(
        *SERVED, invoice("2025-12-04", "100.00"), invoice("2025-12-05", "100.00", name="other"),
        settlement("2025-12-08", "50.00"), demanded("2026-01-05", PAY), demanded("2026-01-06", other, name="second"),
        served("2026-01-12"), paid_settlement("2026-01-13", "20.00"), paid("2026-01-14", "100.00", "last", "other"),
    )  # fmt: skip
    pass_ = Basis(told.facts, calendar_at(told._now), date(2026, 1, 14), told._now).sweep()

    def worked_out(day: int) -> set[str]:
        before = dict(looked_at(pass_.machine, pass_.machine.day).timed)
        pass_.advance(date(2026, 1, day))
        after = looked_at(pass_.machine, pass_.machine.day).timed
        return {id_ for id_, one in after.items() if before.get(id_) is not one}

    assert worked_out(11) == {PAY, other, JS}
    assert worked_out(12) == {PAY}  # its demand arrived
    assert worked_out(13) == {JS}  # paid in part
    assert worked_out(14) == set()  # the other was paid
    assert looked_at(pass_.machine, date(2026, 1, 14)).timed.keys() == {PAY, JS}


@pytest.mark.parametrize("seed", [0, 2, 5])
def test_looked_at_day_after_day_the_debts_are_those_of_a_fresh_look(seed: int) -> None:
    history = random_history(random.Random(seed), 70)
    facts = [fact_of(envelope) for envelope in history]
    calendar, known_at = shipped_calendar(), facts[-1].recorded_at
    days = sorted({fact.day for fact in facts} | {date(2028, 12, 29), date(2029, 6, 1), date(2031, 1, 1)})
    pass_ = Basis(facts, calendar, days[-1], known_at).sweep()
    seen = 0
    for day in (day for day in days if day >= date(2025, 11, 1)):
        pass_.advance(day)
        fresh = Basis(facts, calendar, days[-1], known_at).sweep()
        fresh.advance(day)
        assert limitation(pass_.machine, day) == limitation(fresh.machine, day), day
        seen += len(limitation(fresh.machine, day))
    assert seen
