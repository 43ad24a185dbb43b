"""Home, contract, the text, the reasons and time, over the told story: what they say, and where every figure leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest

from api.console import assets
from ledger.domain.template import EVERY_ANSWER, TEMPLATES
from tests.api.server import Served
from tests.story import CONTRACT

AT = f"/contract/{CONTRACT}"
DAY = "as_of=2026-11-20"
CONSOLE = Path(assets.__file__).parents[1]
CHINESE = re.compile("[一-鿿]")
VIEWS = (f"{AT}?{DAY}", f"{AT}/text?{DAY}", f"{AT}/time?{DAY}", f"{AT}/explain?path=termination.allowed&{DAY}", "/")


@pytest.fixture(scope="module")
def signed_in(served: Served) -> Iterator[httpx.Client]:
    """Party A's officer, with a key sent along; a session is tests/api/test_console.py's matter."""
    with served.client("bureau") as client:
        client.headers["accept"] = "text/html"
        yield client


@pytest.fixture
def officer(signed_in: httpx.Client) -> httpx.Client:
    """The same, with no language chosen yet."""
    signed_in.cookies.clear()
    return signed_in


def words(page: str) -> str:
    """A page's text, without its markup."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


@pytest.mark.parametrize(("day", "zh", "en"), [
    ("2026-11-20", ("可以解除", "第 10.2 款", "最后一日 2026-12-01 周二", "还有 11 天"),
     ("May be terminated", "11 days left")),
    ("2026-03-01", ("无解除事由",), ("No ground for termination",)),
])  # fmt: skip
def test_the_contract_page_answers_first_whether_it_may_be_terminated(
    officer: httpx.Client, day: str, zh: tuple[str, ...], en: tuple[str, ...]
) -> None:
    for lang, said in (("zh", zh), ("en", en)):
        page = officer.get(f"{AT}?as_of={day}&lang={lang}").text
        shown = words(page[page.index('class="answer"') : page.index('class="part"', page.index('class="answer"'))])
        assert [one for one in said if one not in shown] == []
        assert "不得解除" not in page


def test_every_figure_and_clause_of_the_pages_leads_to_a_page_that_is_there(officer: httpx.Client) -> None:
    tried: set[str] = set()
    anchors = set(re.findall(r' id="([^"]+)"', officer.get(f"{AT}/text?{DAY}").text))
    for view in VIEWS:
        for href in re.findall(r'<a class="(?:fig|id)" href="([^"]+)"', officer.get(view).text):
            path, _, anchor = unescape(href).partition("#")
            if path.startswith(f"{AT}/text") and anchor:
                assert anchor in anchors, href
            tried |= {path} if path else set()
    assert len(tried) > 150
    for path in sorted(tried)[::7]:  # a seventh of them: each costs a sweep
        assert officer.get(path).status_code == 200, path


def test_drawings_say_what_they_show_and_their_data_stand_beside_them(officer: httpx.Client) -> None:
    page = officer.get(f"{AT}?{DAY}").text
    images = re.findall(r'<svg[^>]*role="img"[^>]*>(.*?)</svg>', page, re.DOTALL)
    assert len(images) >= 4  # the line of time, the year, the balance, damages
    for image in images:
        assert re.search(r"<title [^>]*>[^<]+</title><desc [^>]*>[^<]+</desc>", image)
    year = next(image for image in images if "inc-3" in image)
    assert "并入 inc-2" in words(year) and "3 起" in words(year)
    assert "style=" not in page and "onclick" not in page


def test_stacked_tables_keep_their_roles_and_repeat_their_headings(officer: httpx.Client) -> None:
    for view in VIEWS:
        page = officer.get(view).text
        for table in re.findall(r'<table class="ledger-table stack.*?</table>', page, re.DOTALL):
            assert 'role="table"' in table and 'role="columnheader"' in table
            for cell in re.findall(r"<td([^>]*)>(.*?)</td>", table, re.DOTALL):
                # a column without a heading has nothing to repeat
                headed = 'data-is="' in cell[0] or not words(cell[1]).strip() or '<td role="cell"></td>' in table
                assert 'role="cell"' in cell[0] and headed, cell


def test_the_text_carries_the_state_of_each_clause_and_what_another_reading_would_change(officer: httpx.Client) -> None:
    page = officer.get(f"{AT}/readings?{DAY}").text  # which has the readings weighed
    deadline = 100
    while "正在逐一试算" in (page := officer.get(f"{AT}/text?{DAY}").text) and deadline:
        deadline -= 1
        officer.get(f"{AT}/readings?{DAY}")
    template = TEMPLATES["beijing-municipal-government-cloud-2025"]
    clause = page[page.index('id="c10.2"') : page.index('id="c10.3"')]
    assert 'class="margin-note breach"' in clause and "成立，可以行使" in clause
    assert "如 <mark>1 年内</mark>发生附件 1 所列 B 级事件 3 次" in clause and "各计一次" in clause
    page = re.sub("</?mark>", "", page)
    for name, said in template.words.items():
        if not name.startswith(("civil", "interpretation")) and "｜" not in said.zh:
            first = said.zh.split("\n")[0]
            assert first in unescape(page) or name.partition(" ")[0] not in ("annex",), name


def test_two_moments_differ_by_what_made_each_difference(officer: httpx.Client) -> None:
    page = words(officer.get(f"{AT}/time?as_of=2026-06-05&from_as_of=2026-06-04").text)
    assert re.search(r"甲方可否按第十条解除 否 是 #39", page)


def test_home_tells_what_to_decide_what_falls_due_and_finds_contracts(officer: httpx.Client) -> None:
    page = words(officer.get(f"/?{DAY}").text)
    assert "可以解除，还有 11 天" in page and "整改 N-2" in page and "主机漏洞扫描" in page
    assert CONTRACT in words(officer.get("/?q=宣传中心").text)
    assert "没有符合的合同" in words(officer.get("/?q=不存在").text)


TITLES = "北京市广播电视局宣传中心政务云租赁|政务信息系统运行维护服务合同（示例）"


def test_in_english_only_what_is_the_contracts_own_is_chinese(officer: httpx.Client) -> None:
    for view in (f"{AT}?{DAY}", f"{AT}/time?{DAY}", "/"):
        page = officer.get(f"{view}{'&' if '?' in view else '?'}lang=en").text
        left = words(re.sub(rf"{TITLES}|国办发明电〔\d+〕\d+号|履约|中文", "", page))
        assert CHINESE.findall(left) == []


def test_one_side_sees_its_own_contract_and_a_stranger_none(served: Served, officer: httpx.Client) -> None:
    with served.client("stranger") as stranger:
        stranger.headers["accept"] = "text/html"
        assert stranger.get(AT).status_code == 403
        assert CONTRACT not in stranger.get("/").text


def test_an_address_that_cannot_be_meant_is_told_as_a_page(officer: httpx.Client) -> None:
    wrong = officer.get(f"{AT}?as_of=2026-02-30")
    assert wrong.status_code == 422 and "2026-02-30" in wrong.text
    assert officer.get(f"{AT}/explain?path=no.such.path").status_code == 404


def test_no_page_names_a_fact_type_a_term_or_a_path_of_an_agreement() -> None:
    files = [file for file in CONSOLE.rglob("*") if file.suffix in (".py", ".html", ".js")]
    every = {file: file.read_text("utf-8") for file in files}
    kernel = (*EVERY_ANSWER, "limitation")
    for template in TEMPLATES.values():
        named = {rf"\b{name}\b" for name in template.own}
        named |= {rf"[\"'{{]{re.escape(key)}[\"'.]" for key in template.sections if key not in kernel}
        named |= {re.escape(path) for path in template.terms.names if "." in path}
        declared = (*template.readings, *template.duties, *template.anomalies)
        named |= {rf"[\"']{re.escape(name)}[\"'=:]" for name in declared if name != "accept"}  # a header of HTTP, too
        wanted = re.compile("|".join(sorted(named)))
        for file, text in every.items():
            found = wanted.search(text)
            assert found is None, (file.name, found)
