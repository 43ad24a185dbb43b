"""Why a contract's life and its money are as they are: what is said of each figure and day of 4.1 to 4.3."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ledger.explanation import added
from ledger.projections.basis import Basis
from ledger.projections.explain import explain
from tests.happenings import (
    SECOND,
    accepted,
    availability,
    damages_deducted,
    deployed,
    dispute_opened,
    exit_permitted,
    exit_requested,
    fact,
    incident,
    invoice,
    judgment,
    lease_started,
    paid,
    paid_settlement,
    renewal_proposed,
    returned,
    served,
    settlement,
    signature,
    signed,
    stage_review,
    system,
    termination_proposed,
    trial_run,
    voided,
)
from tests.scenario import History, calendar_at, given
from tests.test_explain import check, every_path

SERVED = (signed, lease_started("2025-12-01"))
ENDED = (termination_proposed("2026-01-05", "2026-03-10"), accepted("2026-01-06"))


def said(told: History, path: str, day: str, lang: str = "zh", **readings: str) -> str:
    """What is said of a path, once for both languages held against what every explanation has to be."""
    named = {one.ref: one.id for one in told.facts}
    for ref in sorted(named, key=len, reverse=True):
        path = path.replace("@" + ref, "@" + named[ref])
    explained = why(told, path, day, **readings)
    check(explained, set(named.values()))
    return "\n".join(step[lang] for step in explained["steps"])


def why(told: History, path: str, day: str, **readings: str) -> dict[str, Any]:
    now = told.facts[-1].recorded_at
    options = {name.replace("_", "-"): option for name, option in readings.items()}
    return explain(Basis(told.facts, calendar_at(now), date.fromisoformat(day), now, None, options), path)


def clauses(told: History, path: str, day: str) -> list[str]:
    return [one["clause"] for one in why(told, path, day)["clauses"]]


# -- the end ----------------------------------------------------------------------------------------


def test_a_termination_by_consent_says_what_was_short_and_what_cures_it() -> None:
    told = given(*SERVED, ENDED)
    words = said(told, "term.terminated_on", "2026-03-10", "en")
    assert "consent" in words and "2026-03-10" in words
    assert "civil code 562" in clauses(told, "term.terminated_on", "2026-03-10")
    short = given(*SERVED, termination_proposed("2026-03-02", "2026-03-10"), accepted("2026-03-03"))
    words = said(short, "anomalies.NOTICE_TOO_SHORT@termination", "2026-03-10")
    assert "最早 2026-04-15 才满足" in words and "期限不足由同意补正" in words
    assert "不判断解除合同方应承担的损失" in words
    strictly = said(short, "anomalies.NOTICE_TOO_SHORT@termination", "2026-04-15", "en", notice_waiver="strict")
    assert "consent does not cure it, and the termination takes effect on 2026-04-15" in strictly


def test_a_proposal_served_late_counts_from_the_day_it_arrived() -> None:
    arrived = served("2026-03-04", "termination", "party_a")
    told = given(*SERVED, termination_proposed("2026-03-02", "2026-04-15"), arrived, accepted("2026-03-10"))
    words = said(told, "anomalies.NOTICE_TOO_SHORT@termination", "2026-04-15")
    assert "自其到达之日起算" in words
    assert "civil code 137" in clauses(told, "term.terminated_on", "2026-04-15")


def test_a_late_renewal_says_when_the_term_was_to_end() -> None:
    told = given(*SERVED, renewal_proposed("2026-10-20", "2027-12-01"), accepted("2026-11-01", "renewal"))
    words = said(told, "anomalies.NOTICE_TOO_SHORT@renewal", "2026-11-01", "en")
    assert "the term was to end on 2026-12-01, before 2026-12-02" in words and "holds all the same" in words


def test_what_is_discharged_says_what_ended_the_contract_and_what_is_not_concluded() -> None:
    told = given(*SERVED, ENDED)
    words = said(told, "obligations.host-scan.state", "2026-04-01")
    assert "合同已于 2026-03-10 提前终止" in words and "民法典第557、566条" in words and "此处不作结论" in words
    assert {"civil code 557", "civil code 566"} <= set(clauses(told, "obligations.host-scan.state", "2026-04-01"))
    over = said(given(*SERVED), "obligations.availability.state", "2026-12-02", "en")
    assert "The term is over, and from 2026-12-02 it is no longer owed" in over


def test_the_switch_over_says_that_its_months_set_no_deadline() -> None:
    told = given(*SERVED)
    assert "The contract sets no deadline" in said(told, "obligations.switchover.expected_until", "2026-12-02", "en")
    assert "没有规定期限" in said(told, "obligations.switchover", "2026-12-02")
    due = said(told, "obligations.switchover.due_on", "2026-12-02", "en", switchover_period="deadline")
    assert "sets no deadline" not in due and "2027-06-01" in due


def test_a_permission_that_names_a_day_is_a_consent_to_it() -> None:
    permitted = exit_permitted("2026-03-03", exit_on="2026-05-01")
    told = given(*SERVED, exit_requested("2026-03-02", "2026-05-01"), permitted)
    words = said(told, "exit.earliest_exit_on", "2026-03-03")
    assert "即同意在该日退出" in words and "最早退出日为 2026-05-01" in words
    strictly = said(told, "exit.earliest_exit_on", "2026-03-03", notice_waiver="strict")
    assert "不因许可而缩短" in strictly and "最早退出日为 2026-09-02" in strictly


def test_what_a_court_said_of_the_end_is_told() -> None:
    told = given(*SERVED, ENDED, dispute_opened("2026-04-01", "lease", name="D-1"),
                 judgment("2026-08-17", {"terminated_on": None}))  # fmt: skip
    assert "至 2026-08-17 合同没有终止" in said(told, "phase", "2026-08-17")
    moved = given(*SERVED, ENDED, dispute_opened("2026-04-01", "lease", name="D-1"),
                  judgment("2026-08-17", {"terminated_on": "2026-02-01"}))  # fmt: skip
    assert "ended from 2026-02-01" in said(moved, "term.terminated_on", "2026-08-17", "en")


# -- anomalies of life ------------------------------------------------------------------------------


def test_each_anomaly_of_life_says_what_is_missing() -> None:
    told = given(
        signature("party_a", "2025-11-19"), lease_started("2025-12-01"), system("2025-12-01"),
        fact("SystemDeployed", "2025-12-02", "party_b", "moved", system="mail"), trial_run("2025-12-03"),
        fact("PersonnelAssigned", "2025-12-04", "party_b", "ops", person="ops", nda_signed=False),
        fact("PersonnelReplaced", "2025-12-05", "party_b", "left", person="ops", handover_filed=False),
        fact("DataDisposed", "2025-12-06", "party_b", "data", manner="destroyed"),
        availability("2025-12-10", "2025-10", ref="oct"),
    )  # fmt: skip
    for path, words in (
        ("anomalies.SIGNATURE_MISSING@lease", "尚缺签署：乙方"),
        ("anomalies.DEPLOYED_UNTESTED@moved", "缺少：系统测试；安全测评"),
        ("anomalies.TRIAL_RUN_UNTESTED@trial-run", "当日缺少：系统测试；安全测评"),
        ("anomalies.NDA_UNSIGNED@ops", "未签署书面《保密协议》"),
        ("anomalies.HANDOVER_UNFILED@left", "未向甲方备案"),
        ("anomalies.DATA_DESTROYED_EARLY@data", "迁移切换尚未完成"),
        ("anomalies.MONTH_OUTSIDE_OPERATION@oct", "没有一日在运营期间内"),
    ):
        assert words in said(told, path, "2025-12-31"), path


# -- money ------------------------------------------------------------------------------------------


def test_an_invoice_that_ripened_says_what_stood_in_the_way_and_since_when_it_conforms() -> None:
    second = invoice("2025-12-18", SECOND, instalment=2)
    told = given(signed, deployed("2025-12-01"), second, stage_review("2025-12-20"))
    words = said(told, "obligations.pay-invoice:inv.due_on", "2025-12-26")
    assert "自 2025-12-20 起障碍消除" in words and "付款期限由此起算" in words
    early = said(told, "anomalies.INVOICE_BEFORE_STAGE_REVIEW@inv", "2025-12-19", "en")
    assert "conforms from the day on which nothing stands in the way" in early
    assert "自 2025-12-20 起障碍消除" in said(told, "anomalies.INVOICE_BEFORE_STAGE_REVIEW@inv", "2025-12-20")
    never = said(told, "anomalies.INVOICE_BEFORE_STAGE_REVIEW@inv", "2025-12-20", "en", early_invoice="void")
    assert "raises no duty to pay and is not counted as invoiced" in never


def test_every_sum_of_the_balance_says_what_it_is_made_of() -> None:
    fault = incident("2025-12-05", "tampering", "tm", consequence="major", security_service_fault=True)
    told = given(
        *SERVED, fault, invoice("2025-12-04", "900000.00", "one"), invoice("2025-12-05", "500000.00", "two"),
        paid("2025-12-06", "950000.00", "p1", "one"), returned("2025-12-08", "p1", "10000.00"),
        damages_deducted("2025-12-10", "400000.00", "two", "a2-r3:tm"), voided("2025-12-12", "one", "100000.00"),
        invoice("2025-12-20", "10.00", "later"), paid("2025-12-12", "5.00", "p2", "later"),
    )  # fmt: skip
    day = "2025-12-12"
    assert "其中 10,000.00 元已退回" in said(told, "balance.paid", day)
    assert "就发票 two 抵销 383,985.22 元" in said(told, "balance.deducted", day)
    assert "不计入任何一处" in said(told, "balance.deducted", day)
    assert "红字冲减后为 800,000.00 元" in said(told, "balance.invoiced", day)
    assert "CNY 76,014.78 are covered since 2025-12-12" in said(told, "balance.payable", day, "en")
    assert "wait for invoice later" in said(told, "balance.credit", day, "en")
    assert "beyond what was left of that invoice" in said(told, "balance.credit", day, "en")
    assert "− 抵销 383,985.22 =" in said(told, "balance.outstanding", day)
    assert "款项等待该发票" in said(told, "anomalies.PAYMENT_BEFORE_INVOICE@p2", day)
    assert "自该发票引起付款义务之日起抵作付款" in said(told, "anomalies.PAYMENT_BEFORE_INVOICE@p2", "2025-12-20")
    assert "超出部分是预存款项" in said(told, "anomalies.PAYMENT_EXCEEDS_INVOICE@p1", day)
    assert "civil code 568" in clauses(told, "balance.deducted", day)


def test_a_return_beyond_its_payment_says_which_how_much_was_left_and_how_much_was_said() -> None:
    told = given(
        *SERVED, invoice("2025-12-04"), paid("2025-12-05", "100.00"), returned("2025-12-06", amount="70.00"),
        returned("2025-12-07", amount="30.01").named("again"), returned("2025-12-08").named("third"),
    )  # fmt: skip
    day, code = "2025-12-08", "anomalies.RETURN_EXCEEDS_PAYMENT@"
    assert "所退的付款是 pay" in said(told, code + "again", day)
    assert "称退回 30.01 元，而该付款当时尚余 30.00 元未退回；超出的 0.01 元" in said(told, code + "again", day)
    english = said(told, code + "again", day, "en")
    assert "CNY 30.01 came back, while CNY 30.00 of the payment was left; the CNY 0.01 beyond" in english
    assert "CNY 70.00 of it had come back before" in english
    assert "而该付款当时已无余额（0.00 元）" in said(told, code + "third", day)
    assert "all of it came back, while nothing (CNY 0.00)" in said(told, code + "third", day, "en")
    on_settlement = given(*SERVED, settlement("2025-12-04", "500.00"), paid_settlement("2025-12-05", "200.00"),
                          returned("2025-12-06", amount="200.01"))  # fmt: skip
    assert "尚余 200.00 元未退回" in said(on_settlement, code + "pay-returned", day)


def test_after_an_early_end_an_invoice_and_a_settlement_say_what_is_concluded_and_what_is_not() -> None:
    told = given(*SERVED, ENDED, invoice("2026-03-12"), settlement("2026-03-20", "500.00", "2026-04-20"),
                 paid_settlement("2026-04-01", "200.00"))  # fmt: skip
    words = said(told, "anomalies.INVOICE_AFTER_END@inv", "2026-04-02")
    assert "最后一日是 2026-03-09" in words and "不判断是否还应付款" in words
    owed = said(told, "obligations.settlement:JS-1", "2026-04-02", "en")
    assert "Paid CNY 200.00 of CNY 500.00; unpaid CNY 300.00" in owed
    free = given(*SERVED, settlement("2026-03-20", "500.00"))
    assert "民法典第511条" in said(free, "obligations.settlement:JS-1", "2026-04-02")


@pytest.mark.parametrize("day", ["2025-12-10", "2026-03-10", "2026-06-01", "2026-12-10"])
def test_every_path_of_a_history_with_a_bit_of_everything_is_explained(day: str) -> None:
    told = given(
        *SERVED, invoice("2025-12-02", "300.00", "one"), paid("2025-12-03", "400.00", "p1", "one"),
        voided("2025-12-04", "one", "50.00"), invoice("2025-12-05", SECOND, "two", instalment=2), ENDED,
        fact("MonitoringReportRequested", "2026-04-01", "party_a", "r", report="r", due_on="2026-04-20"),
        invoice("2026-04-02", "1.00", "three"), settlement("2026-04-03", "500.00"),
    )  # fmt: skip
    answer = told.as_of(day).status
    for path in every_path(answer):
        if not path.startswith(("positions", "termination.declared")):
            check(why(told, path, day), {one.id for one in told.facts})


def test_a_sum_of_one_part_is_not_said_to_equal_itself() -> None:
    assert added([19199261], "191,992.61") == "191,992.61"
    assert added([100, 250000], "2,501.00") == "1.00 + 2,500.00 = 2,501.00"
    assert added([], "0.00") == "0.00"
    assert added([500], "3.00") == "5.00 = 3.00"  # never hidden, should they differ
