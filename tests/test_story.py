"""The story of the contract's year says what it is meant to show (issue 2 item 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.story import CONTRACT, STORY, Told, ref_ids, story

LAST, END = "2026-11-20", "2026-11-25"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    yield Told(tmp_path_factory.mktemp("story"))


def duty(status: dict[str, Any], id_: str) -> dict[str, Any]:
    return next(one for one in status["obligations"] if one["id"] == id_)


def item(status: dict[str, Any], id_: str) -> dict[str, Any]:
    return next(one for one in status["damages"]["items"] if one["id"] == id_)


def test_the_first_line_says_what_is_real_and_what_is_illustrative() -> None:
    first = STORY.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# ")
    assert "真实的只有合同本身" in first and "虚构" in first
    assert "Only what the contract itself states is real" in first


def test_the_story_is_one_year_in_order_and_names_nobody() -> None:
    facts = story()
    days = [fact["on"][:10] for fact in facts]
    assert 45 <= len(facts) <= 80
    assert days == sorted(days) and days[0] == "2025-11-19" and days[-1] == END
    assert len({fact["ref"] for fact in facts}) == len(facts)
    assert all(fact["data"].keys() == {"person", "nda_signed"} for fact in facts if fact["type"] == "PersonnelAssigned")
    assert not re.search(r"1[3-9]\d{9}", STORY.read_text(encoding="utf-8"))  # no telephone number


def test_the_fees_of_the_systems_add_up_to_the_contract(told: Told) -> None:
    fees = [fact["data"]["annual_fee"] for fact in story() if fact["type"] == "SystemRegistered"]
    cents = sum(int(fee.replace(".", "")) for fee in fees)
    assert f"{cents // 100}.{cents % 100:02d}" == told.status(LAST)["balance"]["total"]


# -- money ------------------------------------------------------------------------------------------


def test_an_invoice_with_a_wrong_tax_rate_is_voided_and_replaced(told: Told) -> None:
    before, after = told.status("2025-11-23"), told.status("2025-11-24")
    wrong = [{"code": "INVOICE_TAX_RATE", "fact": ref_ids()["inv-1"], "on": "2025-11-21"}]
    assert before["anomalies"] == wrong and before["balance"]["invoiced"] == "0.00"
    assert after["balance"]["invoiced"] == "1843129.06"
    assert not any(one["id"] == "pay-invoice:INV-1" for one in after["obligations"])


def test_the_first_payment_comes_two_days_late(told: Told) -> None:
    assert told.status("2025-12-01")["balance"]["overdue"] == "0.00"
    assert told.status("2025-12-02")["balance"]["overdue"] == "1843129.06"
    paid = told.status("2025-12-03")
    assert paid["balance"]["overdue"] == "0.00" and paid["balance"]["outstanding"] == "460782.26"
    first = duty(paid, "pay-invoice:INV-2")
    assert (first["due_on"], first["state"], first["settled_on"]) == ("2025-12-01", "fulfilled_late", "2025-12-03")
    assert "晚 2 日" in told.words("pay-invoice:INV-2", "2025-12-03")


# -- time -------------------------------------------------------------------------------------------


def test_the_dragon_boat_festival_moves_the_second_payment_to_26_june(told: Told) -> None:
    second = duty(told.status("2026-06-26"), "pay-invoice:INV-3")
    assert (second["due_on"], second["state"]) == ("2026-06-26", "fulfilled")
    words = told.words("pay-invoice:INV-3", "2026-06-26")
    for rest in ("2026-06-19", "2026-06-20", "2026-06-21"):
        assert f"{rest}（" in words
    assert "国办发明电〔2025〕7号" in words


def test_damages_are_set_off_against_the_invoice_they_name_before_the_rest_is_paid(told: Told) -> None:
    before, after, paid = (told.status(day)["balance"] for day in ("2026-06-23", "2026-06-24", "2026-06-26"))
    assert (before["payable"], before["deducted"]) == ("460782.26", "0.00")
    assert (after["payable"], after["deducted"]) == ("268789.65", "191992.61")
    assert (paid["payable"], paid["outstanding"], paid["paid"]) == ("0.00", "0.00", "2111918.71")


def test_the_trial_run_is_due_on_a_sunday_and_rolls_to_monday(told: Told) -> None:
    assert duty(told.status("2026-01-18"), "trial-run")["state"] == "pending"
    trial = duty(told.status("2026-01-19"), "trial-run")
    assert (trial["due_on"], trial["state"]) == ("2026-01-19", "fulfilled")
    assert "2026-01-18（周日） 是休息日，顺延" in told.words("trial-run", "2026-01-19")


def test_rework_rolls_and_the_materials_are_due_on_a_make_up_saturday(told: Told) -> None:
    status = told.status(LAST)
    assert duty(status, "rework:1")["due_on"] == "2026-11-16"
    assert duty(status, "return-materials:RM-1")["due_on"] == "2026-10-10"
    assert "2026-10-10（周六），国办发明电〔2025〕7号" in told.words("return-materials:RM-1", LAST)


# -- incidents --------------------------------------------------------------------------------------


def test_a_correction_makes_the_first_outage_a_b(told: Told) -> None:
    as_known_then = told.status("2026-02-10", known_at="2026-02-10T23:00:00+08:00")
    as_known_now = told.status("2026-02-10")
    assert as_known_then["incidents"]["grades"] == {}
    assert as_known_now["incidents"]["grades"] == {"inc-1": "B"}


def test_three_b_incidents_of_which_two_share_a_cause_do_not_open_termination(told: Told) -> None:
    status = told.status("2026-03-31")
    assert status["incidents"]["grades"] == {"inc-1": "B", "inc-2": "B", "inc-3": "B"}
    assert status["incidents"]["b_count_rolling_year"] == 2
    assert status["incidents"]["excluded"] == [{"incident": "inc-3", "reason": "same-cause", "counted_as": "inc-2"}]
    assert status["termination"] == {
        "allowed": False, "state": "none", "grounds": [], "declared": [], "headroom": {"b_incidents": 1},
    }  # fmt: skip


def test_an_assessment_makes_a_fourth_b_and_that_opens_10_2(told: Told) -> None:
    before, after = told.status("2026-06-04"), told.status("2026-06-05")
    assert "inc-4" not in before["incidents"]["grades"] and not before["termination"]["allowed"]
    assert after["incidents"]["grades"]["inc-4"] == "B" and after["incidents"]["b_count_rolling_year"] == 3
    [ground] = after["termination"]["grounds"]
    assert (ground["clause"], ground["arose_on"], ground["lapses_on"]) == ("10.2", "2026-05-12", "2027-06-05")
    assert after["termination"]["allowed"]


def test_without_the_correction_termination_would_not_be_allowed(told: Told, tmp_path: Path) -> None:
    uncorrected = Told(tmp_path, leave_out="fix-1").status("2026-06-05")
    assert uncorrected["incidents"]["b_count_rolling_year"] == 2 and not uncorrected["termination"]["allowed"]
    words = told.words("termination.allowed", "2026-06-05")
    assert "已经“更正”" in words and "原报少写一个零" in words


def test_the_provider_contests_the_assessment_and_sees_another_answer(told: Told) -> None:
    everyone, provider = told.status("2026-06-08"), told.status("2026-06-08", as_seen_by="party_b")
    assert everyone["contested"] == [ref_ids()["assess-4"]] and everyone["termination"]["allowed"]
    assert "inc-4" not in provider["incidents"]["grades"] and not provider["termination"]["allowed"]


# -- notices, exit, damages -------------------------------------------------------------------------


def test_an_unheeded_notice_is_a_ground_that_completion_does_not_heal(told: Told) -> None:
    assert [one["clause"] for one in told.status("2026-09-18")["termination"]["grounds"]] == ["10.2"]
    last = told.status(LAST)
    unheeded = last["termination"]["grounds"][1]
    assert (unheeded["clause"], unheeded["arose_on"], unheeded["state"]) == ("10.4", "2026-09-19", "open")
    assert duty(last, "rectify:N-3")["state"] == "fulfilled_late"


def test_an_exit_asked_for_too_late_is_an_anomaly_and_refused(told: Told) -> None:
    asked, refused = told.status("2026-08-17"), told.status("2026-08-31")
    assert asked["exit"] == {"request": "EX-1", "permitted": None, "earliest_exit_on": "2027-02-17"}
    assert refused["exit"]["permitted"] is False
    assert [one["code"] for one in asked["anomalies"]] == [
        "INVOICE_TAX_RATE", "TRIAL_RUN_UNTESTED", "EXIT_NOTICE_TOO_SHORT",
    ]  # fmt: skip


def test_one_report_raises_two_items_and_the_larger_absorbs_the_other(told: Told) -> None:
    status = told.status("2026-07-03")
    larger, smaller = item(status, "a3-r11:level-2026-06"), item(status, "a3-r8:level-2026-06")
    assert (larger["amount"], larger["absorbed_by"]) == ("25500.00", None)
    assert (smaller["amount"], smaller["absorbed_by"]) == ("15300.00", larger["id"])


def test_a_supervisors_notice_unheeded_costs_half_a_months_fee_until_an_amount_is_agreed(told: Told) -> None:
    before, after = told.status("2026-06-28"), told.status("2026-06-29")
    assert item(before, "a3-r7:report-5")["amount"] == "35217.13"
    assert item(before, "a3-r5:report-5")["absorbed_by"] == "a3-r7:report-5"
    assert item(after, "a3-r7:report-5")["absorbed_by"] == "agreed:agree-1"
    assert item(after, "agreed:agree-1")["because"] == [ref_ids()["agree-1"]]


def test_the_scale_out_is_late_and_charged_after_the_administrators_notice(told: Told) -> None:
    assert duty(told.status("2026-06-16"), "scale-out:SO-1")["state"] == "overdue"
    assert not any(one["id"] == "a3-r4:notice-2" for one in told.status("2026-06-22")["damages"]["items"])
    assert item(told.status("2026-06-23"), "a3-r4:notice-2")["amount"] == "14086.85"


def test_the_platform_report_of_march_breaches_6_3_and_is_settled(told: Told) -> None:
    status = told.status(LAST)
    assert duty(status, "availability")["state"] == "breached"
    assert item(status, "a2-r1:avail-2026-03")["amount"] == "191992.61"
    assert status["damages"]["settled"] == "191992.61" and status["damages"]["accrued"] == "282746.96"


def test_hosts_are_hardened_but_two_scans_are_missing(told: Told) -> None:
    status = told.status(LAST)
    assert duty(status, "host-hardening")["state"] == "fulfilled"
    assert duty(status, "host-scan")["state"] == "pending"
    assert "62 台 × 2 次 = 124 次" in told.words("host-scan", LAST)
    assert "已完成 122 次" in told.words("host-scan", LAST)


# -- the end of it ----------------------------------------------------------------------------------


def test_the_explanation_of_termination_walks_from_the_right_to_the_facts(told: Told) -> None:
    explained = told.explain("termination.allowed", LAST)
    assert explained["value"] is True
    cited = {fact["fact"] for fact in explained["facts"]}
    refs = ("report-1", "fix-1", "report-2", "link-1", "report-4", "assess-4", "notice-3")
    assert {ref_ids()[ref] for ref in refs} <= cited
    clauses = {one["clause"] for one in explained["clauses"]}
    assert {"10.2", "10.3", "10.4", "annex 1 outage B", "civil code 564"} <= clauses
    assert explained["steps"][0]["zh"].startswith("结论：截至 2026-11-20，按第十条甲方可以解除合同")


def test_replay_tells_every_fact_and_what_it_changed(told: Told) -> None:
    entries = told.ledger.replay(CONTRACT, told.question(END))
    assert [entry["fact"] for entry in entries if entry["fact"] is not None and entry["fact"].endswith("#1")]
    assert sum(entry["fact"] is not None for entry in entries) == len(story()) + 1
    assessed = next(entry for entry in entries if entry["fact"] == ref_ids()["assess-4"])
    changed = {change["path"]: change["to"] for change in assessed["changes"]}
    assert changed["termination.allowed"] is True and changed["incidents.grades.inc-4"] == "B"


# -- whose word counts ------------------------------------------------------------------------------


def test_a_link_by_the_provider_alone_is_a_claim_and_changes_nothing_of_record(told: Told) -> None:
    before, record = told.status("2026-06-11"), told.status("2026-06-12")
    provider = told.status("2026-06-12", as_seen_by="party_b")
    [claim] = record["claims"]
    assert (claim["fact"], claim["by"], claim["why"]) == (ref_ids()["link-2"], "party_b", "changes-anothers-word")
    assert record["incidents"] == before["incidents"] | {"window": record["incidents"]["window"]}
    assert record["termination"]["allowed"] and not provider["termination"]["allowed"]
    [differs] = [one for one in record["positions"] if one["path"] == "termination.allowed"]
    assert (differs["record"], differs["party_a"], differs["party_b"]) == (True, True, False)


def test_a_claim_that_the_bureau_acknowledges_is_of_record_from_its_own_day(told: Told) -> None:
    then = told.status("2026-09-14", known_at="2026-09-14T23:59:30+08:00")
    now = told.status("2026-09-14")
    assert item(then, "a3-r9:level-2026-08")["amount"] == "13416.67"
    assert item(now, "a3-r8:level-2026-08-b")["amount"] == "8050.00"
    assert "level-2026-08" not in {one["id"].partition(":")[2] for one in now["damages"]["items"]}
    assert [one["fact"] for one in now["claims"]] == [ref_ids()["link-2"]]


# -- the end of the contract ------------------------------------------------------------------------


def test_the_declaration_takes_effect_when_it_is_served(told: Told) -> None:
    declared, served = told.status("2026-11-24"), told.status(END)
    assert (declared["phase"], declared["termination"]["state"]) == ("in_service", "declared")
    assert (served["phase"], served["term"]["terminated_on"]) == ("terminated", END)
    assert served["termination"]["state"] == "exercised"
    assert {ground["state"] for ground in served["termination"]["grounds"]} == {"exercised"}
    assert duty(served, "host-scan")["state"] == "discharged"
