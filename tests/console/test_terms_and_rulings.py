"""Amendments, judgments and the terms of a new contract filled in by people: over real HTTP, without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from tests.api.server import Served
from tests.console.served import YOUNG
from tests.console.test_work import send, words
from tests.console.visitor import AT

AMEND = f"{AT}/record?fact_type=AmendmentAgreed"
JUDGE = f"{AT}/record?fact_type=JudgmentEntered"
BOTH = {"data.confirmed_by": ["party_a", "party_b"], "data.summary": "补充协议一", "on": "2026-11-25"}
JUDGED = {
    "on": "2026-11-25", "data.dispute": "D-1", "data.court": "北京市东城区人民法院", "data.final": "true",
    "data.reference": "（2026）京0101民初9号",
}  # fmt: skip


@pytest.fixture(scope="module")
def people(served: Served) -> Iterator[SimpleNamespace]:
    opened = {who: served.client(who) for who in ("bureau", "operator", "audit")}
    for client in opened.values():
        client.headers["accept"] = "text/html"
    yield SimpleNamespace(**opened)
    for client in opened.values():
        client.close()


def control(page: httpx.Response, name: str) -> str:
    """The control of that name as the page has it."""
    found = re.search(rf'<(?:input|select|textarea)[^>]*name="{re.escape(name)}"[^>]*>', page.text)
    assert found is not None, name
    return unescape(found[0])


def shown(page: httpx.Response) -> str:
    found = re.search(r'name="shown" value="([0-9a-f]+)"', page.text)
    assert found is not None
    return found[1]


def recorded(client: httpx.Client, answer: httpx.Response) -> dict[str, Any]:
    """The data of the fact that a form recorded."""
    assert answer.status_code == 303, words(answer)[:800]
    fact = answer.headers["location"].partition("?")[0].replace("/contract/", "/api/v1/contracts/")
    found: dict[str, Any] = client.get(fact, headers={"accept": "application/json"}).json()
    return found["data"]  # type: ignore[no-any-return]


# --- amendments ------------------------------------------------------------------------------------


def test_an_amendment_begins_with_the_terms_in_force_in_fields_of_their_kinds(people: SimpleNamespace) -> None:
    page = people.bureau.get(AMEND)
    assert "付款期限（工作日）" in words(page) and "附件 3 第 4 行" in words(page)
    assert 'value="5"' in control(page, "data.changes.payment.pay_within_working_days")
    assert 'inputmode="decimal"' in control(page, "data.changes.payment.instalments.2.amount")
    assert control(page, "data.changes.term.starts_with").startswith("<select")
    assert "contract.id" not in re.findall(r'name="data\.changes\.([^"]+)"', page.text)
    assert "律师" not in words(page) and "可用性的下限不一致" not in words(page)
    assert "数据可靠性的下限不一致" in words(page)  # what counsel wants to see stands beside its field


def test_an_amendment_is_shown_old_and_new_before_it_is_recorded_with_what_it_changes(people: SimpleNamespace) -> None:
    typed = {
        **BOTH, "data.changes.payment.pay_within_working_days": "10", "data.changes.damages.general.4.rate": "30%",
        "data.changes.quality.availability": "99.95",
    }  # fmt: skip
    before = words(people.bureau.get(f"{AT}/facts"))
    first = send(people.bureau, AMEND, do="record", **typed)
    assert first.status_code == 200 and words(people.bureau.get(f"{AT}/facts")) == before
    told = words(first)
    assert "改动 3 处条款" in told and "付款期限（工作日） 5 10 payment.pay_within_working_days" in told
    assert "附件 3 第 4 行违约金比例 0.20 0.3" in told and "改动后律师要看的" in told and "为 99.95%" in told
    assert "按现在填的登记，会改变" in told
    again = send(people.bureau, AMEND, do="record", shown=shown(first), **typed)
    assert recorded(people.bureau, again)["changes"] == {
        "payment.pay_within_working_days": 10, "damages.general.4.rate": "0.3", "quality.availability": "99.95",
    }  # fmt: skip
    corrected = people.bureau.get(again.headers["location"].partition("?")[0] + "/correct")
    assert 'value="10"' in control(corrected, "data.changes.payment.pay_within_working_days")
    assert "改动 3 处条款" not in words(corrected)


def test_every_fault_of_an_amendment_stands_beside_its_field_and_nothing_typed_is_lost(people: SimpleNamespace) -> None:
    typed = {
        **BOTH, "data.changes.payment.instalments.1.amount": "1,900,000", "data.changes.payment.tax_rate": "six",
        "data.changes.payment.instalments.+1.number": "2", "data.changes.payment.instalments.+1.amount": "x",
        "data.changes.order.lines.vcpu": "-",
    }  # fmt: skip
    page = send(people.bureau, AMEND, do="record", **typed)
    assert page.status_code == 422
    for name, value in typed.items():
        if name.startswith("data.changes.") and value != "-":
            assert f'value="{value}"' in control(page, name)
    assert "aria-invalid" in control(page, "data.changes.payment.tax_rate")
    assert "checked" in control(page, "data.changes.order.lines.vcpu")
    mended = {**typed, "data.changes.payment.tax_rate": "6%", "data.changes.payment.instalments.+1.amount": "1"}
    page = send(people.bureau, AMEND, do="record", **mended)
    assert "aria-invalid" in control(page, "data.changes.payment.instalments.+1.number")  # 2 is there already
    assert "各期金额合计 2360783.26" in words(page) and "订单各行合计" in words(page)


def test_rows_are_added_and_taken_away(people: SimpleNamespace) -> None:
    asked = send(people.bureau, AMEND, more="data.changes.quality.systems", **BOTH)
    assert asked.status_code == 200 and "fault" not in re.sub("<style.*", "", asked.text).partition("<form")[2]
    row = {"data.changes.quality.systems.+1.system": "portal", "data.changes.quality.systems.+1.availability": "99.9"}
    control(asked, "data.changes.quality.systems.+1.availability")
    gone = {"data.changes.damages.material.12": "-", "data.changes.payment.stage_review_by": ""}
    page = send(people.bureau, AMEND, do="preview", **BOTH, **row, **gone)
    told = words(page)
    assert "单个系统的下限：系统 portal 无 可用性下限（%） 99.9 quality.systems.portal" in told
    assert "damages.material.12" in told and "阶段性验收评审期限 2025-12-31 无" in told


def test_an_acceptance_of_any_name_is_ticked_or_written_and_a_wrong_one_stands_beside_its_field(
    people: SimpleNamespace,
) -> None:
    name = "data.changes.payment.instalments.2.requires"
    assert "另一次验收，以 acceptance 结尾" in words(people.bureau.get(AMEND))
    typed = {**BOTH, name: ["", "deployment", "phase-two-acceptance"], "do": "record"}
    page = send(people.bureau, AMEND, **typed)
    assert page.status_code == 200 and f'name="{name}" value="phase-two-acceptance" checked' in page.text
    changed = recorded(people.bureau, send(people.bureau, AMEND, shown=shown(page), **typed))["changes"]
    assert changed == {"payment.instalments.2.requires": ["deployment", "phase-two-acceptance"]}
    wrong = send(people.bureau, AMEND, **{**typed, name: ["", "二期验收"]})
    assert wrong.status_code == 422 and f'href="#{name.replace(".", "-")}"' in wrong.text


def test_columns_that_no_row_has_are_named_and_shown_when_asked_for_and_stay_until_it_is_recorded(
    people: SimpleNamespace,
) -> None:
    general, page = "data.changes.damages.general", people.bureau.get(AMEND)
    asked = re.search(rf'各行还可以写明：([^<]+)。 <button name="more" value="columns:({general})">', page.text)
    assert asked is not None, re.findall(r'value="columns:[^"]+"', page.text)
    page = send(people.bureau, AMEND, more=f"columns:{general}")
    hidden = f'name="columns" value="{general}"'
    assert hidden in page.text and f"columns:{general}" not in page.text
    assert all(f'<th scope="col">{one}</th>' in page.text for one in re.split("、", unescape(asked[1])))
    again = send(people.bureau, AMEND, columns=general, do="preview", **BOTH)
    assert hidden in again.text and again.status_code == 422


def test_an_amendment_of_nothing_says_so(people: SimpleNamespace) -> None:
    page = send(people.bureau, AMEND, do="record", **BOTH)
    assert page.status_code == 422 and "没有改动任何条款" in words(page)


# --- judgments -------------------------------------------------------------------------------------


def test_a_judgment_is_put_together_of_rulings_on_things_of_the_contract(people: SimpleNamespace) -> None:
    page, typed = people.bureau.get(JUDGE), dict(JUDGED)
    assert "＋ 事件级别裁判" in words(page)
    for number, (kind, more) in enumerate({
        "incident": {"incident": "inc-2", "grade": "B"}, "reading": {"option": "outage-b-ceiling=open"},
        "items": {"items": "a2-r1:avail-2026-03", "amount": "150,000"}, "terminated_on": {"terminated_on-null": "true"},
        "fact": {"fact": "#43", "stands": "true"},
        "debtor": {"debtor": "party_b", "amount": "30000", "due_on": "2026年12月31日"},
    }.items(), 1):  # fmt: skip
        page = send(people.bureau, JUDGE, more=f"data.rulings={kind}", **typed)
        assert page.status_code == 200 and f'name="data.rulings.{number}" value="{kind}"' in page.text
        ruling = f"data.rulings.{number}"
        typed |= {ruling: kind, **{f"{ruling}.{key}": said for key, said in more.items()}}
    told = words(page)
    assert "inc-2 事件报告 2026-03-18" in told and "a2-r1:avail-2026-03 191,992.61" in told
    assert "有争议的事实" in page.text
    assert "会改变" in words(send(people.bureau, JUDGE, do="preview", **typed))
    data = recorded(people.bureau, send(people.bureau, JUDGE, do="record", **typed))
    assert data["rulings"] == [
        {"incident": "inc-2", "grade": "B"}, {"reading": "outage-b-ceiling", "option": "open"},
        {"items": ["a2-r1:avail-2026-03"], "amount": "150000.00"}, {"terminated_on": None},
        {"fact": "#43", "stands": True}, {"debtor": "party_b", "amount": "30000.00", "due_on": "2026-12-31"},
    ]  # fmt: skip


def test_a_ruling_taken_away_leaves_the_others_and_faults_stand_beside_their_own(people: SimpleNamespace) -> None:
    typed = {
        **JUDGED, "data.rulings.1": "terminated_on", "data.rulings.1.terminated_on": "2026-06-30",
        "data.rulings.1.terminated_on-null": "true", "data.rulings.2": "incident", "data.rulings.3": "debtor",
        "data.rulings.3.debtor": "party_a", "data.rulings.3.amount": "many",
    }  # fmt: skip
    page = send(people.bureau, JUDGE, do="record", **typed)
    assert page.status_code == 422 and "只能取其一" in words(page) and words(page).count("必须填写") == 4
    assert "aria-invalid" in control(page, "data.rulings.3.amount")
    less = send(people.bureau, JUDGE, drop="data.rulings.1", **typed)
    assert less.status_code == 200 and 'name="data.rulings.1" value="incident"' in less.text
    assert 'value="many"' in control(less, "data.rulings.2.amount") and 'name="data.rulings.3"' not in less.text


# --- the terms of a new contract -------------------------------------------------------------------


def test_a_contract_is_registered_by_filling_in_its_terms_as_another_has_them(people: SimpleNamespace) -> None:
    form, number = f"/start/terms?like={YOUNG}", "CU12-1101-2026-000008"
    page = people.bureau.get(form)
    assert "付款期限（工作日）" in words(page) and 'value=""' in control(page, "data.terms.contract.id")
    refused = send(people.bureau, form, do="register", **{"data.terms.payment.total": "1"})
    assert refused.status_code == 422 and "aria-invalid" in control(refused, "data.terms.contract.id")
    assert "各期金额合计" in words(refused)
    typed = {"data.terms.contract.id": number, "data.terms.payment.pay_within_working_days": ""}
    assert "不能登记" in words(send(people.bureau, form, do="register", **typed))  # it has no role there yet
    send(people.operator, "/access", do="grant", name="bureau", role="party_a", contract=number)
    checked = words(send(people.bureau, form, do="check", **typed))
    assert "可以登记" in checked and "民法典第五百一十一条" in checked  # what counsel wants to see
    assert send(people.bureau, form, do="register", **typed).status_code == 303
    terms = people.bureau.get(f"/api/v1/contracts/{number}", headers={"accept": "application/json"}).json()["terms"]
    assert "pay_within_working_days" not in terms["payment"] and terms["contract"]["id"] == number
    assert people.audit.get("/start/terms").status_code == 403


def test_the_terms_of_every_agreement_can_be_filled_in_from_nothing(people: SimpleNamespace) -> None:
    page = people.bureau.get("/start/terms?template=it-operations-maintenance")
    assert "验收阶段：加一行" in words(page)
    asked = send(people.bureau, "/start/terms?template=it-operations-maintenance", more="data.terms.price.parts")
    assert control(asked, "data.terms.price.parts.+1.after").startswith("<select")
    empty = send(people.bureau, "/start/terms?template=it-operations-maintenance", do="register")
    assert empty.status_code == 422 and "合同编号 ：必须填写" in words(empty)
    assert "合同总价（元） ：必须填写" in words(empty)
