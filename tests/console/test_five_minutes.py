"""Done when: a person with the contract's text in hand, after the demonstration and `lvyue serve`, finds every answer.

Nine things are wanted; each is counted in clicks (what is typed is not one) from the page on which the one before was
found. The README is not read: whatever is clicked is found by the words it bears.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from api.principals import Principals
from ledger.cli import main
from ledger.service import Ledger
from tests.api.server import Served, serving
from tests.console.served import CLOCK
from tests.console.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

MOST_CLICKS = 30  # for all nine: some ten seconds each leave time to read
TITLE = "北京市广播电视局宣传中心政务云租赁"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`lvyue demo`, a key for the officer, `lvyue serve`."""
    folder = tmp_path_factory.mktemp("five-minutes")
    assert main(["--lang", "zh", "demo", "--into", str(folder / "demo")]) == 0
    place = folder / "demo" / "ledger"
    store = f"sqlite:///{place / 'lvyue.db'}"
    ledger = Ledger(store)
    principals = Principals(ledger.store, ledger.clock)
    principals.grant("officer", "party_a", "*", by="test")
    key = principals.issue("officer", by="test")[1]
    ledger.store.close()
    with serving(place, seeded=False, store=store, first=CLOCK) as server:
        server.keys["officer"] = key
        yield server
    shutil.rmtree(folder)


class Person:
    """Somebody who counts what they click."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.sign_in_by_form("officer")
        self.clicks, self.of_each = 0, dict[str, int]()

    def click(self, what: Locator) -> None:
        self.clicks += 1
        what.click()

    def follow(self, name: str, within: str = "body") -> None:
        """Click the link that is called so."""
        self.click(self.page.locator(within).get_by_role("link", name=name, exact=True).first)

    def sees(self, *words: str, within: str = "main") -> None:
        shown = self.page.locator(within).first.inner_text()
        assert all(word in shown for word in words), shown

    @contextmanager
    def wants(self, what: str, most: int) -> Iterator[None]:
        """One thing that is wanted, found with so many clicks at most; a picture of where it is found."""
        before = self.clicks
        yield
        self.of_each[what] = self.clicks - before
        assert self.of_each[what] <= most, self.of_each
        self.visitor.picture(f"five-minutes-{len(self.of_each)}")


def test_nine_questions_are_answered_within_five_minutes(served: Served, browser: Browser, tmp_path: Path) -> None:
    visitor = Visitor(browser, served, accept_downloads=True)
    person = Person(visitor)
    page = person.page

    with person.wants("what may we deduct", 0):
        person.sees("尚可抵扣违约金 90,754.35 元", within="#sums")

    with person.wants("may we terminate today", 1):
        person.follow(TITLE)
        person.sees("已行使解除权", "第 10.2 款、第 10.4 款", "2026-11-25 周三 解除", within=".answer")

    with person.wants("what do we owe", 0):
        person.sees("应付\n0.00 元", "30 日内我方应做\n0 项", within=".answer")

    with person.wants("until when: before it was used", 1):
        page.fill(".moment input[name=as_of]", "2026-11-20")
        person.click(page.locator(".moment button"))
        person.sees("可以解除", "2026-12-01", within=".answer")

    with person.wants("could we on 1 March", 1):
        page.fill(".moment input[name=as_of]", "2026-03-01")
        person.click(page.locator(".moment button"))
        person.sees("无解除事由", "再计入 2 起 B 级事件", within=".answer")

    with person.wants("what did we know then", 1):
        person.follow("只按截至日当天所知")
        assert "知悉至 2026-03-01" in page.locator(".moment").inner_text()
        person.sees("无解除事由", within=".answer")

    with person.wants("what does the other side dispute", 2):
        person.follow("回到今天")
        person.follow("争议")
        person.sees("#43", "认定同一原因", within="#disputed")

    with person.wants("record today's invoice", 5):
        person.follow("登记")
        page.fill("input[name=q]", "发票")
        page.keyboard.press("Enter")
        person.follow("开具发票", within="main")
        page.fill("#data-invoice", "INV-99")
        page.fill("#data-instalment", "4")
        page.fill("#data-amount", "100.00")
        page.fill("#data-tax_rate", "6%")
        person.click(page.get_by_role("button", name="检查并登记"))
        person.sees("已登记")

    with person.wants("hand over the proof", 5):
        person.follow("证据")
        person.click(page.get_by_role("button", name="预览"))
        person.click(page.get_by_role("button", name="导出证据包"))
        taken = page.get_by_role("link", name="下载证据包")
        taken.wait_for(timeout=120_000)  # the page renews itself until it is there
        with page.expect_download() as download:
            person.click(taken)
        download.value.save_as(tmp_path / "package.zip")
        assert (tmp_path / "package.zip").stat().st_size > 100_000

    assert len(person.of_each) == 9
    assert person.clicks <= MOST_CLICKS, person.of_each
    assert visitor.complaints == []
    visitor.close()
