"""Every page, in both languages, on a desktop and a phone, by day and by night: whole, accessible, silent."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.api.server import Served
from tests.browsers import OLD, old_chromium
from tests.console.served import OPERATIONS
from tests.console.visitor import AGAIN, NOT_THERE, NOT_YOURS, OPERATORS, PAGES, PHONE, TALL, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright


def looked_at(visitor: Visitor, pages: dict[str, str], picture: str, *, axe: bool = True) -> dict[str, list[str]]:
    """What is wrong with each page; nothing is told of a page that is as it should be."""
    wrong: dict[str, list[str]] = {}
    for name, address in pages.items():
        visitor.complaints.clear()
        status = visitor.go(address)
        visitor.picture(f"{name}.{picture}")
        found = [] if status == 200 else [f"status {status}"]
        found += visitor.complaints + (visitor.violations() if axe and name not in AGAIN else [])
        found += [f"{pixels} px too wide"] if (pixels := visitor.too_wide()) else []
        wrong |= {name: found} if found else {}
    return wrong


@pytest.mark.parametrize(("lang", "how"), [
    ("zh", {}), ("en", {"viewport": PHONE, "color_scheme": "dark"}),
], ids=["Chinese on a desktop", "English on a phone by night"])  # fmt: skip
def test_every_page_is_accessible_fits_and_raises_no_error(
    served: Served, browser: Browser, lang: str, how: dict[str, object]
) -> None:
    picture = f"{lang}.{'phone' if how else 'desktop'}"
    officer = Visitor(browser, served, **how).sign_in("bureau", lang)
    assert looked_at(officer, PAGES, picture) == {}
    assert officer.page.locator("html").get_attribute("lang") == ("zh-CN" if lang == "zh" else "en")
    officer.close()

    operator = Visitor(browser, served, **how).sign_in("operator", lang)
    assert looked_at(operator, OPERATORS, picture) == {}
    operator.close()


def test_an_agreement_of_its_own_sections_has_its_pages_without_a_line_for_it(
    served: Served, browser: Browser
) -> None:
    officer = Visitor(browser, served).sign_in("bureau")
    at = f"/contract/{OPERATIONS}"
    pages = {name: f"{at}/{name}" for name in ("text", "time", "facts", "record", "import", "dispute", "readings")}
    pages |= {"contract": at, "record-form": f"{at}/record?fact_type=TicketOpened"}
    pages["evidence"] = f"{at}/evidence?look=preview"
    assert looked_at(officer, pages, "operations.zh", axe=False) == {}
    officer.close()


def test_what_is_refused_or_not_there_says_so_on_a_page_of_its_own(served: Served, browser: Browser) -> None:
    officer = Visitor(browser, served).sign_in("bureau")
    assert officer.go(NOT_THERE) == 404 and officer.page.locator("h1").inner_text() == "没有这一页"
    assert officer.violations() == []
    assert officer.go(NOT_YOURS) == 403 and officer.page.locator("h1").inner_text() == "没有权限"
    officer.close()


def test_forms_that_were_refused_and_drafts_with_faults_are_accessible_too(served: Served, browser: Browser) -> None:
    officer = Visitor(browser, served).sign_in("bureau")
    officer.go(PAGES["record-form"])
    officer.page.get_by_role("button", name="检查并登记").click()
    assert officer.page.locator(".field.faulty").count() >= 3 and officer.violations() == []
    officer.picture("record-faulty.zh.desktop")
    officer.go(PAGES["import"])
    officer.page.fill("#pasted", "月份,可用性,日期\n2026-13,99.9O,2026-08-03\n2026-07,99.99,2026-08-03\n")
    officer.page.select_option("#type", "AvailabilityReported")
    officer.page.get_by_role("button", name="读取成草稿").click()
    assert officer.page.locator("[aria-invalid=true]").count() == 6 and officer.violations() == []
    officer.picture("drafts.zh.desktop")
    officer.close()


def test_enter_in_a_field_signs_in_and_previews_and_changes_no_language_or_type(
    served: Served, browser: Browser
) -> None:
    officer = Visitor(browser, served)
    page = officer.page
    officer.go("/sign-in")
    page.fill("#key", served.keys["bureau"])
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served.url}/")
    officer.go(PAGES["record-form"])
    rate = "税率 （须填其一：税率、明细）"
    for field, typed in (("发票", "INV-9"), ("期次", "2"), ("金额（元）", "100.00"), (rate, "6%")):
        page.get_by_label(field, exact=True).first.fill(typed)
    page.keyboard.press("Enter")
    page.get_by_text("按现在填的登记，会改变").wait_for()
    officer.go(PAGES["evidence"].replace("&look=preview", ""))
    page.locator("#others").press("Enter")
    page.wait_for_url("**look=preview**")
    assert page.locator("html.large").count() == 0 and page.locator("html").get_attribute("lang") == "zh-CN"
    officer.close()


def test_larger_type_and_paper_leave_nothing_out(served: Served, browser: Browser) -> None:
    officer = Visitor(browser, served).sign_in("bureau")
    officer.go(f"{PAGES['dispute']}&type=large")
    assert officer.page.locator("html.large").count() == 1 and officer.too_wide() == 0
    officer.picture("dispute.zh.large")
    officer.page.emulate_media(media="print")
    assert officer.page.locator("#positions table").is_visible() and not officer.page.locator("nav").first.is_visible()
    officer.picture("dispute.zh.print")
    officer.close()


@pytest.mark.parametrize("version", OLD)
def test_the_browsers_that_bureaus_still_have_show_every_page(
    served: Served, playwright: Playwright, version: int
) -> None:
    with closing(old_chromium(playwright, version)) as old:
        assert old.version.startswith(f"{version}.")
        officer = Visitor(old, served, viewport=TALL).sign_in("bureau")  # its pictures show no more than the window
        wrong = looked_at(officer, PAGES, f"zh.chromium-{version}", axe=False)
        operator = Visitor(old, served, viewport=TALL).sign_in("operator")
        wrong |= looked_at(operator, OPERATORS, f"zh.chromium-{version}", axe=False)
        assert wrong == {}
