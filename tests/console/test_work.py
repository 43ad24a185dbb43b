"""Facts, forms, imports, evidence, the log and access over real HTTP: who may do what, and that it is done once."""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Iterator
from html import unescape
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from api.console.fact_form import Asking, Stated, Typed, read_data, typed_of
from api.console.sessions import form_token
from ledger.domain.fact import TYPES
from tests.api.server import Served
from tests.console.served import YOUNG
from tests.console.visitor import AT
from tests.domain.fact_samples import SAMPLES

TOKEN = {"form_token": form_token("")}  # who sends a key with the request has no session
PDF = ("保密协议.pdf", b"%PDF-1.4 signed", "application/pdf")


def words(page: httpx.Response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.text)))


@pytest.fixture(scope="module")
def people(served: Served) -> Iterator[SimpleNamespace]:
    """Everybody with a browser's way to ask."""
    opened = {who: served.client(who) for who in served.keys}
    for client in opened.values():
        client.headers["accept"] = "text/html"
    yield SimpleNamespace(**opened)
    for client in opened.values():
        client.close()


def send(client: httpx.Client, address: str, files: Any = None, **fields: Any) -> httpx.Response:
    return client.post(address, data={**TOKEN, **fields}, files=files)


def words_of_alert(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page.partition('role="alert"')[2].partition("</div>")[0])


def invoice(name: str, **more: str) -> dict[str, str]:
    given = {"data.invoice": name, "data.instalment": "2", "data.amount": "100.00", "data.tax_rate": "6%"}
    return {"on": "2026-11-25", **given, "do": "record", **more}


# --- forms -------------------------------------------------------------------------------------------


def test_what_a_form_shows_of_a_fact_is_read_back_as_the_same_fact() -> None:
    for name, (_, data) in SAMPLES.items():
        row, stated = TYPES[name.partition(" ")[0]], Stated({})
        if row.name != "ContractRegistered" and not row.ledgers:  # which no form is made for
            back = read_data(Asking(row, "", "party_a", {}), Typed(typed_of(row, data)), stated, "zh")
            assert (name, back, stated.faults) == (name, data, {})


def test_what_cannot_be_read_is_told_once_beside_its_field_with_what_would_be_right(people: SimpleNamespace) -> None:
    given = {"data.month": "二月", "data.availability": "很高", "data.data_reliability": "99.9999", "on": "昨天"}
    page = send(people.bureau, f"{AT}/record?fact_type=AvailabilityReported", do="record", **given)
    said = unescape(re.sub(r"\s", "", words_of_alert(page.text)))
    assert page.status_code == 422 and [page.text.count(f'href="#{one}"') for one in ("on", "data-month")] == [1, 1]
    assert "写作2026-02或2026年2月" in said and '应如"99.95"' in said


def test_of_fields_of_which_one_is_needed_the_form_says_so_before_and_after(people: SimpleNamespace) -> None:
    form = f"/contract/{YOUNG}/record?fact_type=InvoiceIssued"
    assert people.bureau.get(form).text.count("（须填其一：税率、明细）") == 2
    page = send(people.bureau, form, **{**invoice("NEITHER"), "data.tax_rate": ""})
    said = unescape(re.sub(r"\s", "", words_of_alert(page.text)))
    assert page.status_code == 422 and "下列须填写其中一项：税率、明细。" in said and "必须填写。" not in said
    english = words(people.bureau.get(form + "&lang=en"))
    people.bureau.get(form + "&lang=zh")
    table = "日期\t发票\t期次\t金额\t税率\n2026-11-25\tNEITHER\t2\t1.00\t\n"
    drafts = send(people.bureau, f"{AT}/import", kind="table", type="InvoiceIssued", pasted=table).headers["location"]
    assert "下列须填写其中一项：税率、明细。" in words(people.bureau.get(drafts))
    assert send(people.bureau, drafts, do="discard", row=["1"]).status_code == 303
    assert "tax rate (one of these is needed: tax rate, lines)" in english


def test_a_form_sent_twice_records_one_fact_and_another_after_it_a_second(people: SimpleNamespace) -> None:
    form = f"/contract/{YOUNG}/record?fact_type=InvoiceIssued"
    first = send(people.bureau, form, once="a" * 16, **invoice("ONCE-1"))
    again = send(people.bureau, form, once="a" * 16, **invoice("ONCE-1"))
    other = send(people.bureau, form, once="a" * 16, **invoice("ONCE-2"))
    assert first.status_code == again.status_code == other.status_code == 303
    assert first.headers["location"] == again.headers["location"] != other.headers["location"]


def test_a_form_without_its_token_records_nothing(people: SimpleNamespace) -> None:
    form = f"/contract/{YOUNG}/record?fact_type=InvoiceIssued"
    assert people.bureau.post(form, data=invoice("FORGED")).status_code == 403
    assert "FORGED" not in people.bureau.get(f"/contract/{YOUNG}/facts").text


def test_each_role_is_offered_what_it_may_say_and_nothing_else(people: SimpleNamespace) -> None:
    offered = words(people.watch.get(f"{AT}/record"))
    assert "安全测评通过" in offered and "开具发票" not in offered
    assert people.watch.get(f"{AT}/record?fact_type=InvoiceIssued").status_code == 403
    assert people.audit.get(f"{AT}/record").status_code == 403
    assert "登记" not in words(people.audit.get(AT)).partition("争议")[0]
    assert send(people.watch, f"{AT}/facts/39/contest", reason="x", do="record").status_code == 403  # its own word


# --- facts -------------------------------------------------------------------------------------------


def test_facts_are_found_by_words_and_facets_and_taken_out_as_they_are_found(people: SimpleNamespace) -> None:
    page = words(people.bureau.get(f"{AT}/facts?q=inc-4"))
    assert "符合 3 条" in page and "认定同一原因 1" in page and "有异议 1" in page
    assert "符合 1 条" in words(people.bureau.get(f"{AT}/facts?q=inc-4&standing=claim"))
    assert "没有符合的事实" in words(people.bureau.get(f"{AT}/facts?q=inc-4&by=party_a"))
    under = words(people.bureau.get(f"{AT}/facts?under=10.3"))
    assert "只列 第 10.3 款 名下各种类的事实" in under and "认定同一原因" in under and "符合 3 条" in under
    assert people.bureau.get(f"{AT}/facts?under=no-such").status_code == 404
    taken = people.bureau.get(f"{AT}/facts.csv?q=inc-4")
    rows = list(csv.DictReader(io.StringIO(taken.content.decode("utf-8-sig"))))
    assert [row["seq"] for row in rows] == ["43", "39", "38"]
    assert people.bureau.get(f"{AT}/facts.xlsx").content[:2] == b"PK"
    assert people.bureau.get(f"{AT}/facts.docx").status_code == 422


def test_a_fact_as_of_a_day_before_it_is_not_there(people: SimpleNamespace) -> None:
    assert people.bureau.get(f"{AT}/facts/43?as_of=2026-06-01").status_code == 404
    assert "共 23 条 截至 2026-02-28" in words(people.bureau.get(f"{AT}/facts?as_of=2026-02-28"))


def test_what_is_done_to_a_fact_is_done_now_whatever_day_its_address_asks_about(people: SimpleNamespace) -> None:
    assert people.bureau.get(f"{AT}/facts/43/contest?as_of=2026-01-01").status_code == 200
    for day in ("2025-11-17", "2026-06-11", "2026-06-12"):  # before everything, before the claim, on its day
        assert people.bureau.get(f"{AT}/dispute?fact=43&as_of={day}").status_code == 200


def test_nothing_is_done_any_more_to_a_fact_that_was_retracted(people: SimpleNamespace) -> None:
    made = send(people.bureau, f"/contract/{YOUNG}/record?fact_type=InvoiceIssued", **invoice("TAKEN-BACK"))
    fact = made.headers["location"].partition("?")[0]
    provider = people.provider.get(fact).text
    assert f"{fact}/acknowledge" in provider and f"{fact}/contest" in provider
    assert send(people.bureau, f"{fact}/retract", reason="误录", do="record").status_code == 303
    for client in (people.bureau, people.provider):
        page = client.get(fact)
        assert "已撤回" in page.text and not re.search(rf"{fact}/(acknowledge|contest|correct|retract)", page.text)
        assert client.get(f"{fact}/contest").status_code == 403
    assert "已撤回的事实，这些都不能再做" in words(people.provider.get(f"{fact}/contest"))


def test_whatever_is_typed_is_told_and_breaks_nothing(people: SimpleNamespace) -> None:
    form = f"{AT}/record?fact_type=JudgmentEntered"
    for typed in ("[", '{"a": 1.5}', "=1+1", "9" * 40, "\u202e", "2026-02-30", "a=1"):
        given = {f"data.{name}": typed for name in ("dispute", "court", "reference", "final")}
        given |= {"data.rulings.1": "debtor", "data.rulings.1.amount": typed}
        answer = send(people.bureau, form, on=typed, do="record", **given)
        assert answer.status_code == 422 and answer.text.count("aria-invalid") >= 2


def test_personal_values_are_shown_to_a_party_that_asks_and_that_is_put_on_record(people: SimpleNamespace) -> None:
    given = {"data.person": "ops-09", "data.nda_signed": "true", "data.name": "某乙"}
    form = f"{AT}/record?fact_type=PersonnelAssigned"
    made = send(people.provider, form, on="2026-11-25", do="record", **given)
    fact = made.headers["location"].partition("?")[0]
    assert "某乙" not in people.bureau.get(fact).text
    assert "某乙" in send(people.bureau, fact, do="disclose").text
    assert send(people.watch, fact, do="disclose").status_code == 403
    assert "查看个人信息" in words(people.operator.get("/access"))


def test_a_document_is_kept_with_its_fact_and_handed_out_as_it_came(people: SimpleNamespace) -> None:
    assert send(people.bureau, f"{AT}/facts/3", files={"file": PDF}).status_code == 303
    page = people.bureau.get(f"{AT}/facts/3").text
    found = re.search(rf'href="({AT}/documents/[0-9a-f]{{64}})"', page)
    assert found is not None and PDF[0] in page
    handed = people.bureau.get(found[1])
    assert handed.content == PDF[1] and "attachment" in handed.headers["content-disposition"]
    assert people.stranger.get(found[1]).status_code == 403
    wrong = send(people.bureau, f"{AT}/facts/3", files={"file": ("x.pdf", b"no pdf", "application/pdf")})
    assert wrong.status_code == 422 and "fault" in wrong.text


# --- imports, evidence, log, access ------------------------------------------------------------------


def test_a_row_said_by_another_role_is_not_recorded_and_says_so(people: SimpleNamespace) -> None:
    table = "日期,陈述方,月份,可用性,数据可靠性,后果\n2026-11-02,乙方,2026-10,99.995,99.99999,无影响\n"
    made = send(people.bureau, f"{AT}/import", kind="table", type="AvailabilityReported", pasted=table)
    drafts = made.headers["location"]
    refused = send(people.bureau, drafts, do="confirm", row="1")
    assert refused.status_code == 422 and "没有登记" in words(refused)
    assert send(people.bureau, drafts, do="confirm").status_code == 422  # nothing is ticked
    assert people.audit.get(drafts).status_code == 403


def test_a_package_is_for_whoever_asked_for_it(people: SimpleNamespace) -> None:
    made = send(people.audit, f"{AT}/evidence?about=D-1")
    assert made.status_code == 303
    assert people.bureau.get(made.headers["location"]).status_code == 404
    assert send(people.audit, f"{AT}/evidence?disclose=3.name").status_code == 403
    assert people.bureau.get(f"{AT}/evidence?about=no-such&look=preview").status_code == 422


def test_ticks_of_drafts_stay_as_they_were_set_and_what_was_mended_is_ticked(people: SimpleNamespace) -> None:
    table = "日期\t发票\t期次\t金额\t税率\n" + "".join(
        f"2026-11-25\tFP-T{one}\t{'甲' if one == 3 else 2}\t1.00\t6%\n" for one in (1, 2, 3, 4))  # fmt: skip
    made = send(people.bureau, f"{AT}/import", kind="table", type="InvoiceIssued", pasted=table)
    drafts = made.headers["location"]

    def ticked(page: httpx.Response) -> list[str]:
        return re.findall(r'name="row" value="([0-9]+)" checked', page.text)

    assert ticked(people.bureau.get(drafts)) == ["1", "2", "4"]
    mended = send(people.bureau, drafts, do="check", row=["1", "4"], **{"3:data.instalment": "第 2 期"})
    assert ticked(mended) == ["1", "3", "4"]
    assert ticked(send(people.bureau, drafts, do="show", row=["4"], **{"4:data.amount": "1.00"})) == ["4"]
    assert send(people.bureau, drafts, do="discard", row=["1", "2", "3", "4"]).status_code == 303


def test_the_log_says_how_many_facts_wait_for_the_next_checkpoint(people: SimpleNamespace) -> None:
    page = words(people.bureau.get("/log"))
    waiting = re.search("等待下一个检查点的事实：([0-9]+) 条", page)
    covered = re.search("事实数 签发 .*? ([0-9]+) 20[0-9-]+ ", page)
    size = re.search("共 ([0-9]+) 条事实", page)
    assert waiting or "最近的检查点涵盖全部事实" in page
    assert covered and size and int(covered[1]) + (int(waiting[1]) if waiting else 0) == int(size[1])


def test_an_audit_is_begun_by_who_may_and_tells_what_it_found(people: SimpleNamespace) -> None:
    assert send(people.bureau, "/log").status_code == 403
    assert send(people.audit, "/log").status_code == 303
    deadline = time.monotonic() + 60
    while "没有发现问题" not in (page := words(people.audit.get("/log"))) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert "没有发现问题" in page and "合同 3 份" in page


def test_access_is_the_operators_and_the_last_one_stays(people: SimpleNamespace) -> None:
    assert people.bureau.get("/access").status_code == 403
    refused = send(people.operator, "/access", do="take-away", name="operator", contract="*")
    assert refused.status_code == 422 and "没有改动" in words(refused)
    assert send(people.operator, "/access", do="grant", name="新人", role="party_a").status_code == 422


def test_each_role_is_offered_first_what_it_says_month_by_month_whoever_does_it(people: SimpleNamespace) -> None:
    usual = {who: words(client.get(f"{AT}/record")).partition("按条款")[0].partition("常用")[2] for who, client in (
        ("bureau", people.bureau), ("provider", people.provider), ("watch", people.watch))}  # fmt: skip
    for who, types in {
        "bureau": ("开具发票", "付款", "事件报告", "可用性报告", "月度考核", "整改通知"),
        "provider": ("开具发票", "付款", "事件报告", "响应与恢复时间报告", "整改完成"),
        "watch": ("事件报告", "事件核定", "现场无人值守", "运维人员到位情况", "整改通知"),
    }.items():
        assert all(one in usual[who] for one in types), (who, usual[who])
    assert "InvoiceIssued" in people.bureau.get(f"/contract/{YOUNG}/record").text.partition("按条款")[0]


def test_what_is_there_already_is_chosen_and_not_typed(people: SimpleNamespace) -> None:
    """Readings, debts, items of damages, notices, rows of the terms: in words, what the ledger calls them behind."""
    form = f"{AT}/record?fact_type=ReadingAgreed"
    page = people.bureau.get(form).text
    chosen = {"data.option": re.findall(r'<option value="([a-z0-9_-]+=[a-z0-9_-]+)"', page)[1]}
    both = {"data.confirmed_by": ["party_a", "party_b"]}
    told = send(people.bureau, form, on="2026-11-25", do="preview", **both, **chosen)
    assert told.status_code == 200 and f'value="{chosen["data.option"]}" selected' in told.text
    missing = send(people.bureau, form, on="2026-11-25", do="preview").text
    assert missing.count('href="#data-option"') == 1 and "reading" not in words_of_alert(missing)
    demand = people.bureau.get(f"{AT}/record?fact_type=DemandMade").text
    assert re.search(r'name="data.about" value="a3-r4:notice-2"[^>]*>[^<]*14,086.85 附件 3 第 4 行', demand)
    two = re.findall(r'name="data.about" value="([^"]+)"', demand)[:2]
    assert send(people.bureau, f"{AT}/record?fact_type=DemandMade", on="2026-11-25", do="preview",
                **{"data.demand": "CG-9", "data.about": two}).status_code == 200  # fmt: skip
    assert '<option value="N-1">' in people.bureau.get(f"{AT}/record?fact_type=NoticeServed").text
    assert '<option value="portal">' in people.bureau.get("/contract/OPS-2025-001/record?fact_type=TicketOpened").text
