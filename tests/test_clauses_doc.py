"""docs/clauses.md covers the whole contract, and names nothing that does not exist."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

from docs.clauses import page, place
from ledger.agreements.beijing_government_cloud_2025.agreement import AGREEMENT as TEMPLATE
from ledger.domain.fact import TYPES
from ledger.domain.template import OF_THE_LEDGER
from tests.story import CONTRACTS

ROOT = Path(__file__).parent.parent
AGREEMENT = "ledger.agreements.beijing_government_cloud_2025"
TEXT = (CONTRACTS / "cu12-1101-2025-018605.zh.txt").read_text(encoding="utf-8")
KINDS = ("outage", "tampering", "data_loss", "intrusion")
NUMERALS = {name: number for number, name in enumerate("一二三四五六七八九十", 1)} | {
    "十一": 11, "十二": 12, "十三": 13, "十四": 14,
}  # fmt: skip


def _numbered(of: str, last: int) -> list[str]:
    return [of.format(number) for number in range(1, last + 1)]


# Every article, paragraph and annex row there is; rows of annex 5 and tables without a number by their place.
PARAGRAPHS = [
    *_numbered("1({})", 4), "2", *_numbered("3({})", 4), "4(1)1", *_numbered("4(2){}", 4), *_numbered("4(3){}", 5),
    *_numbered("5(1){}", 2), *_numbered("5(2){}", 3), *_numbered("6({})", 6), *_numbered("7(1){}", 2),
    *_numbered("7(2){}", 5), "8(一)", "8(二)", "8(三)", "9.1", "9.2", *_numbered("10({})", 4),
    *(f"10(4){letter}" for letter in "abcd"), *_numbered("11({})", 2), *_numbered("12({})", 2),
    *_numbered("13({})", 3), *_numbered("14({})", 4), *(f"附件1 {kind} {grade}" for grade in "AB" for kind in KINDS),
    "附件2", *_numbered("附件2-{}", 12), "附件3", *_numbered("附件3-{}", 13), "附件4", *_numbered("附件4-{}", 22),
    "附件4 合计", "附件5", "附件5-1", *_numbered("附件5-2.{}", 2), "附件5-3", *_numbered("附件5-3.{}", 4),
    *_numbered("附件5-4.{}", 2), *_numbered("附件5-5.{}", 2), "附件5-6", *_numbered("附件5-7.{}", 2),
]  # fmt: skip


# -- the contract -----------------------------------------------------------------------------------


def paragraphs() -> set[str]:
    """The paragraphs of the contract as its own numbers give them."""
    body, _, annexes = TEXT.partition("附件 1 重大事件")
    first, _, rest = annexes.partition("附件 2 违约责任")
    second, _, rest = rest.partition("附件 3 违约责任")
    third, _, rest = rest.partition("附件 4: 北京市")
    fourth, _, fifth = rest.partition("附件 5: 北京市")
    return {
        *_articles(body), *_grades(first), *_rows(second, "附件2"), *_rows(third, "附件3"), *_order(fourth),
        *_confidentiality(fifth),
    }  # fmt: skip


def _articles(body: str) -> Iterator[str]:
    article, paragraph, letters = 0, "", iter("abcd")
    for line in body.splitlines():
        line, bullet = line.strip().removeprefix("- "), line.startswith(" - ")
        if named := re.match("第(.{1,2})条 ", line):
            article = NUMERALS[named[1]]
            if not re.search(rf"{line}\n+(- )?[(1]", body):
                yield str(article)  # an article without paragraphs
        elif numbered := re.match(r"\(([1-9一二三])\) ?(.*)", line):
            paragraph = f"{article}({numbered[1]})"
            if len(numbered[2].strip()) > 8:  # else a heading over its items
                yield paragraph
        elif item := re.match(r"([1-9])\) ", line):
            yield f"{paragraph}{item[1]}"
        elif article == 9 and (numbered := re.match(r"([1-9])\. ", line)):
            yield f"9.{numbered[1]}"
        elif bullet and article == 10:
            yield f"{paragraph}{next(letters)}"


def _grades(table: str) -> Iterator[str]:
    names = {"服务中断": "outage", "重大篡改事件": "tampering", "数据丢失": "data_loss", "恶意入侵攻击": "intrusion"}
    found = re.findall("(?m)(?:^|\t)(服务中断|重大篡改事件|数据丢失|恶意入侵攻击)\t", table)
    for number, name in enumerate(found):
        yield f"附件1 {names[name]} {'AB'[number // 4]}"


def _rows(table: str, annex: str) -> Iterator[str]:
    if "取费基数" in table:
        yield annex
    yield from (f"{annex}-{number}" for number in re.findall(r"(?m)^(\d+)\t", table))


def _order(table: str) -> Iterator[str]:
    numbers = count(1)
    for line in table.splitlines():
        if "单位: 1" in line:
            yield f"附件4-{next(numbers)}"
    if "客户" in table:
        yield "附件4"
    if "项目总价" in table:
        yield "附件4 合计"


def _confidentiality(annex: str) -> Iterator[str]:
    yield "附件5"
    articles = re.split("(?m)^第(.)条 ", annex)[1:]
    for name, words in zip(articles[::2], articles[1::2], strict=True):
        article = f"附件5-{NUMERALS[name]}"
        items = re.findall(r"(?m)^(?:- )?([1-9])、", words)
        opening = words.split("\n\n")[1]
        if not re.match(r"(- )?[1-9]、", opening):
            yield article  # with words of its own
        yield from (f"{article}.{item}" for item in items)


def test_the_list_of_paragraphs_is_that_of_the_contract() -> None:
    assert paragraphs() == set(PARAGRAPHS)


# -- the page ---------------------------------------------------------------------------------------


class Row(NamedTuple):
    paragraph: str
    facts: list[str]
    rules: list[str]
    tests: list[str]
    note: str


def rows() -> list[Row]:
    page = (ROOT / "docs" / "clauses.md").read_text(encoding="utf-8")
    found = []
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 6 and cells[0] not in ("§", "---"):
            paragraph, _, facts, rules, tests, note = cells
            found.append(Row(paragraph, *(re.findall("`([^`]+)`", cell) for cell in (facts, rules, tests)), note))
    return found


@cache
def named_in(module: str) -> frozenset[str]:
    path = ROOT / "tests" / f"{module}.py"
    return frozenset(re.findall(r"(?m)^def (test_\w+)\(", path.read_text(encoding="utf-8")))


def test_every_paragraph_has_one_row_in_order() -> None:
    assert [row.paragraph for row in rows()] == PARAGRAPHS


def test_a_row_names_only_what_exists() -> None:
    for row in rows():
        for fact in row.facts:
            assert fact in TYPES
        for rule in row.rules:
            module, _, name = rule.rpartition(".")
            package = AGREEMENT if rule.startswith(("article_", "annex_", "terms.")) else "ledger"
            assert hasattr(importlib.import_module(f"{package}.{module}"), name), rule
        for test in row.tests:
            module, _, name = test.partition("::")
            assert name in named_in(module), test


def test_a_row_has_a_rule_and_a_test_or_says_why_not() -> None:
    for row in rows():
        assert (row.rules and row.tests) or (row.note != "–" and not row.facts)


HANDLERS: dict[str, set[str]] = {}
"""What each handler of facts handles, by its place: ``article_09_payment.rule.invoice_issued``."""
for _name, _course in TEMPLATE.courses.items():
    for _handler in (*_course.handlers, *([_course.at_close] if _course.at_close else [])):
        HANDLERS.setdefault(place(_handler).strip("`"), set()).add(_name)


def test_a_handler_in_a_row_handles_one_of_its_facts() -> None:
    for row in [row for row in rows() if row.facts]:
        for rule in row.rules:
            assert rule not in HANDLERS or HANDLERS[rule] & set(row.facts), (rule, HANDLERS[rule])


def test_what_follows_from_the_declarations_is_as_they_are() -> None:
    assert (ROOT / "docs" / "clauses.md").read_text("utf-8") == page(), "python -m docs.clauses writes it anew"


def test_every_type_of_fact_stands_in_some_row() -> None:
    ours = {name for name, row in TYPES.items() if name in TEMPLATE.types or row.cls in OF_THE_LEDGER}
    assert {fact for row in rows() for fact in row.facts} == ours


def test_every_clause_with_rules_stands_in_some_row() -> None:
    folder = ROOT.joinpath(*AGREEMENT.split("."))
    with_rules = {path.parent.name for path in folder.glob("*/rule.py")}
    named = {rule.split(".")[0] for row in rows() for rule in row.rules if rule.startswith(("article_", "annex_"))}
    assert with_rules == named
