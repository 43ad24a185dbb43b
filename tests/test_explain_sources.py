"""An explanation names the facts that set the terms, readings and measures it rests on, without being told to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ledger import labels
from ledger.agreements.beijing_government_cloud_2025.agreement import AGREEMENT
from ledger.domain.money import percent
from ledger.domain.terms_values import Rows, Shape, Value
from ledger.projections.basis import Basis
from ledger.projections.explain import explain
from tests.happenings import (
    amended,
    assessed,
    b_incident,
    corrected,
    deployed,
    incident,
    invoice,
    lease_started,
    reading_agreed,
    service_level,
    signed_on,
    stage_review,
    system,
)
from tests.scenario import History, calendar_at, given

STARTED = (signed_on("2025-11-19"), lease_started("2025-12-01"))


def explained(
    history: History, path: str, as_of: str = "2026-06-30", reading: dict[str, str] | None = None
) -> dict[str, Any]:
    moment = history.facts[-1].recorded_at
    asked = Basis(history.facts, calendar_at(moment), date.fromisoformat(as_of), moment, None, reading or {})
    return explain(asked, path)


def refs(history: History, told: dict[str, Any]) -> list[str]:
    by_id = {fact.id: fact.ref for fact in history.facts}
    return [by_id[one["fact"]] for one in told["facts"]]


def words(told: dict[str, Any], lang: str = "zh") -> str:
    return "\n".join(step[lang] for step in told["steps"])


def changed(told: dict[str, Any]) -> dict[str, list[str]]:
    return {one["clause"]: one["changed_by"] for one in told["clauses"] if one["changed_by"]}


# -- terms ------------------------------------------------------------------------------------------


def test_given_a_longer_period_to_pay_then_the_deadline_rests_on_the_amendment() -> None:
    history = given(STARTED, amended("2026-01-05", payment__pay_within_working_days=10), invoice("2026-02-02"))
    told = explained(history, "pay-invoice:inv")
    assert "amendment" in refs(history, told)
    assert "自 2026-01-05 起，付款期限（工作日）由 5 改为 10" in words(told)
    assert "From 2026-01-05, days to pay (working days) is 10 instead of 5" in words(told, "en")
    assert "期间为 10 个工作日" in words(told)
    assert list(changed(told)) == ["9.1"] and "第 9.1 款引用的是原文" in words(told)


def test_given_an_amendment_after_the_invoice_then_its_deadline_is_told_without_it_and_the_words_are_marked() -> None:
    history = given(STARTED, invoice("2026-02-02"), amended("2026-03-02", payment__pay_within_working_days=10))
    told = explained(history, "pay-invoice:inv")
    assert "“付款期限（工作日）”：5（" in words(told) and "期间为 5 个工作日" in words(told)
    assert list(changed(told)) == ["9.1"] and "自 2026-03-02 起" in words(told)
    assert not changed(explained(history, "pay-invoice:inv", "2026-03-01"))


def test_given_no_amendment_then_no_words_are_marked_and_none_is_named() -> None:
    history = given(STARTED, invoice("2026-02-02"))
    told = explained(history, "pay-invoice:inv")
    assert not changed(told) and "改为" not in words(told)


@pytest.mark.parametrize("path, change, name", [
    ("trial-run", {"periods__trial_run_days": 90}, "试运行期限（日）由 60 改为 90"),
    ("term.ends_on", {"term__months": 24}, "服务期（月）由 12 改为 24"),
    ("stage-review", {"payment__stage_review_by": "2026-06-30"}, "阶段性验收评审期限由 2025-12-31 改为 2026-06-30"),
    ("termination.allowed", {"termination__b_incidents": 4}, "B 级事件解除次数由 3 改为 4"),
    ("incidents.grades.b-2026-02-10", {"grades__outage__minutes": 90}, "中断时长不少于（分钟）由 120 改为 90"),
    ("balance.total", {"payment__instalments__2__requires": []}, "合同按变更后的约定"),
])  # fmt: skip
def test_given_an_amendment_then_what_rests_on_it_names_it(path: str, change: dict[str, Any], name: str) -> None:
    history = given(amended("2025-11-19", **change), STARTED, b_incident("2026-02-10"))
    told = explained(history, path)
    if path == "balance.total":  # a requirement is no part of the total
        assert "amendment" in refs(history, told) and name not in words(told)
    else:
        assert "amendment" in refs(history, told) and name in words(told)


def test_given_a_row_of_damages_amended_then_its_item_names_the_amendment_and_the_rate_is_exact() -> None:
    slow = service_level("2026-02-01", "2026-01", "problem", "slow", system="mail", response_minutes=20)
    history = given(STARTED, system(), amended("2026-01-05", damages__general__8__rate="0.125"), slow)
    told = explained(history, "a3-r8:slow")
    assert "amendment" in refs(history, told) and "annex 3 row 8" in changed(told)
    assert "附件 3 第 8 行违约金比例由 0.30 改为 0.125" in words(told)
    assert "× 12.5%" in words(told)


def test_given_another_price_then_an_item_of_annex_2_names_the_amendment() -> None:
    changes = {"payment.total": "2303912.32", "payment.instalments.2.amount": "460783.26", "order": None}
    cheaper = amended("2026-01-05", **{key.replace(".", "__"): value for key, value in changes.items()})
    slow = service_level("2026-02-01", "2026-01", "major", "slow", response_minutes=20)
    history = given(STARTED, cheaper, slow)
    told = explained(history, "a2-r7:slow")
    assert "合同总额（元）由 2303911.32 改为 2303912.32" in words(told) and "amendment" in refs(history, told)


def test_given_an_amended_line_of_the_order_then_the_units_owed_rest_on_the_amendment() -> None:
    changes = {"order__lines__host-scan__name": "主机扫描"}
    history = given(amended("2025-11-19", **changes), STARTED)
    told = explained(history, "host-scan")
    assert "清单 host-scan 服务名称由" in words(told)
    assert changed(told) == {"annex 4": [history.facts[1].id]}


def test_given_two_amendments_of_one_term_then_the_last_by_its_day_is_named() -> None:
    history = given(STARTED, amended("2026-01-05", "first", payment__pay_within_working_days=10),
                    amended("2026-02-05", "second", payment__pay_within_working_days=15), invoice("2026-03-02", "2.00"),
                    invoice("2026-02-02", "1.00", "small"))  # fmt: skip
    assert "由 10 改为 15" in words(explained(history, "pay-invoice:inv"))
    small = explained(history, "pay-invoice:small", "2026-02-04")
    assert "由 5 改为 10" in words(small) and "second" not in refs(history, small)


def test_given_a_whole_table_amended_then_what_stood_in_it_rests_on_it() -> None:
    periods = {**History().known.document()["periods"], "trial_run_days": 90}
    told = explained(given(amended("2025-11-19", periods=periods), STARTED), "trial-run")
    assert "期限按变更后的约定" in words(told) and list(changed(told)) == ["6.2"]


def _leaves(shape: Shape, path: str) -> list[str]:
    if isinstance(shape, Value):
        return [path]
    keys = (shape.row if isinstance(shape, Rows) else shape).keys
    return [leaf for key, part in keys.items() for leaf in _leaves(part, f"{path}.{key}")]


@pytest.mark.parametrize("table", AGREEMENT.terms.keys)
def test_every_term_is_stated_by_the_words_of_some_clause(table: str) -> None:
    stated = [".".join(part for part in path.split(".") if not part.isdigit())
              for paths in AGREEMENT.terms.stated_in.values() for path in paths]  # fmt: skip
    for leaf in _leaves(AGREEMENT.terms.keys[table], table):
        assert any(f"{leaf}.".startswith(f"{path}.") for path in stated), leaf
    assert set(AGREEMENT.terms.stated_in) <= set(AGREEMENT.words)


def test_a_term_is_called_by_the_row_it_stands_in_and_its_column_in_both_languages() -> None:
    assert all(zh != en and en.isascii() for zh, en in AGREEMENT.terms.names.values())
    assert labels.term("payment.instalments.2.amount") == ("第 2 期金额（元）", "instalment 2: amount (CNY)")
    assert labels.term("damages.general.8.rate")[0] == "附件 3 第 8 行违约金比例"
    assert labels.term("no.such.term") == ("no.such.term", "no.such.term")


def test_every_term_by_which_an_obligation_is_due_exists() -> None:
    for kind, duty in AGREEMENT.duties.items():
        if duty.within is not None:
            table, _, key = duty.within.partition(".")
            assert key in AGREEMENT.terms.keys[table].keys, kind  # type: ignore[union-attr]


# -- readings ---------------------------------------------------------------------------------------


def test_given_an_agreed_reading_then_what_is_read_by_it_rests_on_it() -> None:
    history = given(STARTED, reading_agreed("2026-01-05", "term-end", "day-before"))
    told = explained(history, "term.ends_on")
    assert "reading-2026-01-05" in refs(history, told) and "双方约定为“对应日的前一日”" in words(told)
    assert [one["set_by"] for one in told["readings"]] == [[history.facts[-1].id]]


def test_given_a_question_under_another_reading_then_no_agreement_is_named_for_it() -> None:
    history = given(STARTED, reading_agreed("2026-01-05", "term-end", "day-before"))
    told = explained(history, "term.ends_on", reading={"term-end": "corresponding-day"})
    assert "reading-2026-01-05" not in refs(history, told) and "双方约定" not in words(told)
    assert [one["set_by"] for one in told["readings"]] == [[]]


# -- corrections and assessments --------------------------------------------------------------------


def test_given_a_corrected_fact_then_it_is_named_with_its_correction_and_both_values_are_told() -> None:
    signed = signed_on("2025-11-19")
    first = lease_started("2025-12-01")
    bill = invoice("2026-02-02", "1000.00")
    history = given(signed, first, bill, corrected("2026-02-03", bill, amount="100.00"),
                    corrected("2026-02-04", first, "2025-12-02"))  # fmt: skip
    told = explained(history, "pay-invoice:inv")
    assert "“开具发票”#5（2026-02-02，乙方，经 #6 更正）" in words(told)
    assert "“开具发票”#5（2026-02-02，乙方）已经“更正”#6" in words(told)
    assert "金额（元）由 1000.00 改为 100.00" in words(told)
    assert refs(history, told)[:2] == [bill.ref, f"{bill.ref}-corrected-2026-02-03"]
    moved = explained(history, "term.lease_started_on")
    assert "日期由 2025-12-01 改为 2025-12-02" in words(moved)
    assert "its day from 2025-12-01 to 2025-12-02" in words(moved, "en")


def test_given_a_correction_of_a_corrected_fact_then_each_tells_what_it_put_in_the_place_of_what() -> None:
    bill = invoice("2026-02-02", "1000.00")
    history = given(STARTED, bill, corrected("2026-02-03", bill, amount="100.00"),
                    corrected("2026-02-04", bill, amount="10.00"))  # fmt: skip
    told = words(explained(history, "pay-invoice:inv"))
    assert "经 #6, #7 更正" in told
    assert "金额（元）由 1000.00 改为 100.00" in told and "金额（元）由 100.00 改为 10.00" in told


def test_given_an_assessment_that_gave_an_incident_its_measures_then_its_item_rests_on_it() -> None:
    history = given(
        STARTED, system(), incident("2026-02-10", "outage", scope="system", system="mail", duration_minutes=100),
        assessed("2026-02-12", ref="assessed", duration_minutes=130),
    )  # fmt: skip
    told = explained(history, "a3-r5:inc")
    assert "assessed" in refs(history, told)


@pytest.mark.parametrize("rate, shown", [("0.125", "12.5%"), ("1.00", "100%"), ("2", "200%"), ("0.0005", "0.05%"),
                                         ("10", "1000%"), ("0.00", "0%")])  # fmt: skip
def test_a_rate_is_shown_in_per_cent_exactly(rate: str, shown: str) -> None:
    assert percent(rate) == shown


def test_given_what_came_before_then_deployment_and_review_name_no_amendment_that_did_not_touch_them() -> None:
    history = given(STARTED, deployed("2025-12-05"), stage_review("2025-12-06"), amended("2026-01-05", term__months=13))
    assert "amendment" not in refs(history, explained(history, "stage-review"))
