"""The documentation page in a real browser: offline, under its own policy, every operation on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.api.server import CONTRACT, Served
from tests.browsers import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = chromium(playwright)
        yield opened
        opened.close()


@dataclass
class Docs:
    """The documentation page, opened at an operation; what it asked for, what the browser complained about."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def docs(served: Served, browser: Browser) -> Iterator[Docs]:
    """Opened once: rendering sixty types of fact takes a busy machine half a minute."""
    context = browser.new_context(
        http_credentials={"username": "x", "password": served.keys["bureau"]}, ignore_https_errors=True
    )
    opened = Docs(context.new_page())
    page = opened.page
    page.set_default_timeout(180_000)
    page.on("request", lambda request: opened.asked.append(request.url))
    page.on("console", lambda message: opened.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    page.goto(f"{served.url}/docs#/conclusions/simulate")
    page.wait_for_selector(".opblock-summary")
    yield opened
    context.close()


def test_the_docs_page_shows_every_operation_and_asks_no_other_host(served: Served, docs: Docs) -> None:
    page = docs.page
    document = page.evaluate("fetch('/openapi.json').then(answer => answer.json())")
    operations = sum(len(operations) for operations in document["paths"].values())
    assert page.locator(".opblock-summary").count() == operations
    hosts = {urlsplit(url).hostname for url in docs.asked if not url.startswith("data:")}
    assert hosts == {urlsplit(served.url).hostname}
    assert docs.complaints == []


def test_trying_an_operation_out_starts_from_an_example_that_the_server_takes(served: Served, docs: Docs) -> None:
    page = docs.page
    page.locator("button.authorize").click()
    page.locator(".auth-container input").fill(served.keys["bureau"])
    page.locator(".auth-btn-wrapper button[type=submit]").click()
    page.locator(".auth-btn-wrapper .btn-done").click()
    operation = page.locator("#operations-conclusions-simulate")
    operation.locator(".opblock-description").wait_for()
    assert operation.locator(".opblock-summary-description").inner_text() == (
        "假设：多这些事实会怎样 / What if these facts were recorded too?"
    )
    assert operation.get_by_placeholder("contract", exact=True).input_value() == CONTRACT
    assert operation.locator("textarea").first.input_value().startswith('{\n  "type": "IncidentReported"')
    operation.get_by_role("button", name="Execute").click()
    status = operation.locator(".live-responses-table .response-col_status").nth(1)
    status.wait_for()
    assert status.inner_text().split()[0] == "200"


def test_without_a_key_the_browser_is_told_what_to_type_and_shown_nothing_else(
    served: Served, browser: Browser
) -> None:
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    page.goto(f"{served.url}/docs", wait_until="commit")  # what stands below waits for the key
    page.locator("p[lang=en]").wait_for()
    said = page.locator("body").inner_text()
    assert "用户名可任意填写" in said and "密码填您的密钥" in said
    assert "any user name" in said and "your key as the password" in said
    assert page.locator(".opblock-summary").count() == 0
    assert context.request.get(f"{served.url}/openapi.json").status == 401
    context.close()


def test_no_type_of_fact_is_shown_as_an_object_without_a_name(docs: Docs) -> None:
    operation = docs.page.locator("#operations-conclusions-simulate")  # of the types that record_facts takes, and open
    operation.locator(".opblock-description").wait_for()
    operation.get_by_role("tab", name="Schema").first.click()
    for number in range(3):  # one of two; a fact; one of the facts
        operation.locator(".json-schema-2020-12-keyword--oneOf .json-schema-2020-12-accordion").nth(number).click()
    body = operation.locator(".opblock-section-request-body")
    titles = body.locator(".json-schema-2020-12__title").all_inner_texts()
    types = body.locator(".json-schema-2020-12__attribute").all_inner_texts()
    assert "InvoiceIssuedFactIn" in " ".join(titles) and "开具发票 · invoice issued" in " ".join(types)
    assert any("one of" in one for one in types) and not any("object | object" in one for one in types)
