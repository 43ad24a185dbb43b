"""What takes long shows how far it is, without script and with it, can be left and come back to, and stopped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.api.server import Served
from tests.console.served import console
from tests.console.visitor import AT, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NO_WAITING = (
    "import importlib\nimportlib.import_module('api.console.pages.importing').WAIT_SECONDS = 0\n"
    "text = importlib.import_module('api.console.pages.text')\ntext.WAIT_SECONDS, text.MOST_WEIGHED = 0, 10\n"
)
MANY, LONG = 3_000, 60_000  # rows; milliseconds


def sheet(rows: int, month: str) -> str:
    return "月份,可用性,数据可靠性,后果,日期\n" + f"{month},99.995,99.99999,无影响,2026-11-02\n" * rows


@pytest.fixture(scope="module")
def served(told: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with console(tmp_path_factory.mktemp("progress"), *told, first=NO_WAITING) as server:
        yield server


def hand_in(visitor: Visitor, name: str, content: str) -> None:
    visitor.go(f"{AT}/import")
    visitor.page.select_option("#type", "AvailabilityReported")
    visitor.page.set_input_files("#file-in", {"name": name, "mimeType": "text/csv", "buffer": content.encode()})
    visitor.page.get_by_role("button", name="读取成草稿").click()


@pytest.mark.parametrize("script", [False, True])
def test_a_page_tells_how_far_an_import_is_and_goes_on_to_the_drafts(
    browser: Browser, served: Served, *, script: bool
) -> None:
    visitor = Visitor(browser, served, java_script_enabled=script).sign_in("bureau")
    hand_in(visitor, f"{script}.csv", sheet(MANY + script, "2026-10"))
    visitor.page.get_by_text(f"{MANY + script} 行都可以登记").wait_for(timeout=LONG)
    assert "/import/" in visitor.page.url and visitor.complaints == []
    visitor.close()


def test_an_import_can_be_left_found_again_and_stopped_without_a_draft(browser: Browser, served: Served) -> None:
    visitor = Visitor(browser, served, java_script_enabled=False).sign_in("bureau")
    hand_in(visitor, "许多.csv", sheet(10 * MANY, "2026-09"))
    visitor.page.locator("progress").wait_for(timeout=LONG)
    visitor.go(f"{AT}/import")
    visitor.page.locator("#under-way").get_by_role("link", name="许多.csv").click()
    visitor.page.get_by_role("button", name="停止").click()
    visitor.page.get_by_text("已停止；没有登记任何事实").wait_for(timeout=LONG)
    visitor.go(f"{AT}/import")
    assert "许多.csv" not in visitor.page.inner_text("main")
    visitor.close()


@pytest.mark.parametrize(("script", "day"), [(False, "2026-11-19"), (True, "2026-11-20")])
def test_what_other_readings_would_change_is_worked_out_from_the_text_of_a_long_contract(
    browser: Browser, served: Served, *, script: bool, day: str
) -> None:
    visitor = Visitor(browser, served, java_script_enabled=script).sign_in("bureau")
    visitor.go(f"{AT}/text?as_of={day}")
    clause = visitor.page.locator("[id='c10.2']")
    assert "若“" not in clause.inner_text()
    visitor.page.get_by_role("link", name="开始推算").click()
    clause.get_by_text("若“各计一次”").first.wait_for(timeout=LONG)
    assert visitor.page.get_by_role("link", name="开始推算").count() == 0 and visitor.complaints == []
    visitor.close()
