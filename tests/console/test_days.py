"""The days of four persons who have nothing but a browser without scripts: officer, auditor, counsel, operator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.api.server import ROOT, Served, serving
from tests.console.served import CLOCK, YOUNG
from tests.console.visitor import AT, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TERMS = ROOT / "contracts" / "cu12-1101-2025-018605.toml"
SHEET = """月份,可用性,数据可靠性,后果,日期
2026-07,99.995,99.99999,无影响,2026-08-03
2026-13,99.998,99.99999,无影响,2026-10-09
2026-10,99.9O,99.99999,无影响,2026-11-02
"""


@pytest.fixture
def visitor(served: Served, browser: Browser) -> Iterator[Visitor]:
    someone = Visitor(browser, served, java_script_enabled=False, accept_downloads=True)
    yield someone
    assert [one for one in someone.complaints if "422" not in one] == []  # a refused form is no error of the page
    someone.close()


def test_the_officer_answers_records_an_invoice_with_its_pdf_and_imports_a_sheet(visitor: Visitor) -> None:
    page = visitor.sign_in_by_form("bureau")

    # may we terminate, until when; what was so on the day before the declaration
    visitor.go(f"{AT}?as_of=2026-11-20")
    assert "可以解除" in page.locator(".answer").inner_text() and "2026-12-01" in page.locator(".answer").inner_text()

    # today's invoice: a wrong amount, then what it would change, then recorded with its PDF
    visitor.go(f"/contract/{YOUNG}/record?q=发票")
    page.get_by_role("link", name="开具发票").click()
    page.fill("#data-invoice", "FP-1")
    page.fill("#data-instalment", "1")
    page.fill("#data-amount", "1,843,129.O6")
    page.fill("#data-tax_rate", "6%")
    page.set_input_files("#documents", {"name": "发票.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 paid"})
    page.get_by_role("button", name="检查并登记").click()
    assert page.locator("#data-amount").get_attribute("aria-invalid") == "true"
    assert page.locator("#data-amount").input_value() == "1,843,129.O6" and "发票.pdf" in page.inner_text("main form")
    page.fill("#data-amount", "1,843,129.06")
    page.locator(".buttons").get_by_role("button", name="只看会改变什么").click()
    assert "支付发票 FP-1" in page.locator("[role=status]").inner_text()
    page.get_by_role("button", name="检查并登记").click()
    assert "已登记" in page.inner_text(".notice") and "发票.pdf" in page.inner_text("#documents")

    # the deadline that follows: five working days
    visitor.go(f"/contract/{YOUNG}")
    assert "2026-12-03" in page.locator("main").inner_text()

    # a sheet of three rows with two faults: the others first, the two once they are mended
    visitor.go(f"{AT}/import")
    page.fill("#pasted", SHEET)
    page.select_option("#type", "AvailabilityReported")
    page.get_by_role("button", name="读取成草稿").click()
    assert "3 行中 2 行有误" in page.inner_text(".notice") and page.locator("[aria-invalid=true]").count() == 2
    page.get_by_role("button", name="登记所选").click()
    assert "已登记 1 行" in page.locator(".notice").first.inner_text()
    page.get_by_label("第 2 行 月份").fill("2026-09")
    page.get_by_label("第 3 行 可用性").fill("99.90")
    page.get_by_role("button", name="登记所选").click()  # nothing is ticked: what was typed is kept all the same
    page.get_by_label("第 2 行", exact=True).check()
    page.get_by_label("第 3 行", exact=True).check()
    page.get_by_role("button", name="登记所选").click()
    assert "全部处理完" in page.locator("main").inner_text()


def test_the_auditor_travels_to_before_it_was_known_and_follows_a_conclusion_to_its_words(visitor: Visitor) -> None:
    page = visitor.sign_in_by_form("audit")

    # inc-1 was graded B only once party B had corrected its report, on 11 February
    visitor.go(f"{AT}/time?as_of=2026-02-11")
    page.fill("#compare input[name=from_as_of]", "2026-02-11")
    page.fill("#compare input[name=from_known_at]", "2026-02-10")
    page.get_by_role("button", name="比较").click()
    compared = page.locator("#compare").inner_text()
    assert re.search(r"事件级别 inc-1\s+无\s+B\s+#22", compared) and re.search(r"B 级事件数\s+0\s+1\s+#22", compared)
    page.fill(".moment input[name=known_at]", "2026-02-10")
    page.locator(".moment button").click()
    assert "known_at=2026-02-10" in page.url

    # the correction, both values beside each other
    visitor.go(f"{AT}/facts?standing=corrected")
    assert "影响人数：12000 → 120000" in page.locator("#list").inner_text()

    # from the answer to its reasons, from the reasons to the words, from the words to the facts
    visitor.go(f"{AT}?as_of=2026-11-20")
    page.get_by_role("link", name="依据").first.click()
    assert "explain" in page.url
    page.get_by_role("link", name=re.compile("第 10.2 款")).first.click()
    assert "/text" in page.url and "B级事件" in page.locator(":target").inner_text().replace(" ", "")
    page.locator("a.fig", has_text="#21").first.click()
    assert page.locator("h1").inner_text() == "#21 事件报告"


def test_counsel_weighs_the_dispute_previews_exports_and_verifies(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.sign_in_by_form("provider")

    visitor.go(f"{AT}/dispute")
    assert {"#43", "#39"} <= set(page.locator("#disputed tbody th").all_inner_texts())
    page.get_by_role("row", name="#43").get_by_role("link", name="认定与不认定").click()
    assert re.search(r"B 级事件数\s+3\s+≠ 2", page.locator("#otherwise").inner_text())
    page.get_by_role("link", name="再看一次").wait_for(state="hidden", timeout=60_000)  # the page renews itself
    assert "同一原因的数次事故如何计次" in page.locator("#readings").inner_text()
    page.get_by_role("link", name="为争议 D-1 准备证据").click()
    assert "列出 21 条" in page.locator("#preview").inner_text()
    assert "履约事实：事件核定（#39）" in page.locator("#catalogue").inner_text()

    page.get_by_role("button", name="导出证据包").click()
    page.get_by_role("link", name="再看一次").wait_for(state="hidden", timeout=60_000)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载证据包").click()
    download.value.save_as(tmp_path / "package.zip")

    visitor.go("/verify")
    page.set_input_files("#package", tmp_path / "package.zip")
    page.get_by_role("button", name="核验").click()
    assert "package.zip：通过" in page.locator("[role=status]").inner_text()


def test_the_operator_sets_up_a_ledger_grants_a_role_and_signs_out(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path, seeded=False, first=CLOCK) as server:
        first = next(found[0] for line in server.printed if (found := re.search(r"lvy_[0-9a-f]{12}_\S{43}", line)))
        server.keys["operator"] = first
        visitor = Visitor(browser, server, java_script_enabled=False)
        page = visitor.sign_in_by_form("operator")
        assert page.url.endswith("/start")
        assert "还没有合同" in page.inner_text("main")

        page.get_by_role("link", name="授予角色、发放密钥").click()
        page.fill("#name", "contract-officer")
        page.select_option("#role", "party_a")
        page.get_by_role("button", name="授予角色").click()
        assert "接着给 contract-officer 发放密钥" in page.inner_text("[role=status]")
        assert page.input_value("#key-name") == "contract-officer"
        page.get_by_role("button", name="发放密钥").click()
        server.keys["officer"] = page.locator("code").inner_text()
        page.get_by_role("button", name="退出").click()
        assert visitor.go("/access") == 200 and page.url.endswith("/sign-in?to=/access")

        visitor.sign_in_by_form("officer")
        visitor.go("/")
        page.get_by_role("link", name="开始").click()
        page.fill("#terms", "[contract]\n")
        page.get_by_role("button", name="检查").click()
        assert "不能登记" in page.locator("[role=alert]").inner_text() and page.input_value("#terms") == "[contract]"
        page.fill("#terms", TERMS.read_text("utf-8"))
        page.get_by_role("button", name="登记合同").click()
        assert "已登记合同 CU12-1101-2025-018605" in page.inner_text("main")
        visitor.close()
