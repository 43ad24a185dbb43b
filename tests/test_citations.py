"""What code, documents and tests cite exists: sections of the specification, articles, ADRs, pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import ledger.agreements  # noqa: F401  (their words are what is cited)
from ledger.domain.law.civil_code import WORDS as CIVIL_CODE
from tests.test_clauses_doc import NUMERALS, PARAGRAPHS

ROOT = Path(__file__).parent.parent
PLACES = ("ledger", "api", "tests", "bench", "docs", "contracts")
KINDS = {".py", ".md", ".toml", ".jsonl", ".typ", ".json"}
ADRS = sorted(file.name for file in (ROOT / "docs" / "adr").glob("*.md"))
SPECIFICATION = ROOT / "docs" / "specification.md"
LIST = r"(\d+(?:\.\d+)*(?:(?:, | and |–|-)\d+(?:\.\d+)*)*)"
"""Numbers as they are cited together: ``2.1, 3``, ``4.1-4.8 and 5``."""


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """(place, text) of everything that may cite; this test, which has examples, left out."""
    files = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "Makefile", ROOT / "pyproject.toml"]
    for place in PLACES:
        files += [file for file in (ROOT / place).rglob("*") if file.suffix in KINDS and file != Path(__file__)]
    return tuple((file.relative_to(ROOT).as_posix(), file.read_text("utf-8")) for file in sorted(files))


def cited(pattern: str, *, but: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """(place, what the pattern's group holds), those of ``but`` left out."""
    for place, text in texts():
        if place not in but:
            yield from ((place, found) for found in re.findall(pattern, text))


def numbers(of: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)*", of)


def absent(found: Iterator[tuple[str, str]], known: set[str]) -> list[str]:
    return [f"{place}: {number}" for place, listing in found for number in numbers(listing) if number not in known]


SECTIONS = set(re.findall(r"(?m)^##+ (\d+(?:\.\d+)?)", SPECIFICATION.read_text("utf-8")))


def test_a_section_of_the_specification_that_is_cited_exists() -> None:
    found = list(cited(rf"SPEC(?:\.md)?,?(?: sections?)? {LIST}"))
    assert len(found) > 100 and len(SECTIONS) == 22
    assert not absent(iter(found), SECTIONS)


# -- the contract -----------------------------------------------------------------------------------


def known_articles() -> set[str]:
    """``10``, ``10.4`` for 10(4), ``7.2.4`` for 7(2)4, ``9.1``."""
    dotted = [re.sub(r"[a-d]$", "", one).replace(")", ".").replace("(", ".") for one in PARAGRAPHS]
    roman = [one.translate(str.maketrans("一二三", "123")).strip(".") for one in dotted if one[0].isdigit()]
    return {".".join(one.split(".")[:depth]) for one in roman for depth in (1, 2, 3)}


ARTICLES = known_articles()
LAWS = set(re.findall(r"第 ?(\d+)(?:、(\d+))*", (ROOT / "docs" / "evidence-law.md").read_text("utf-8")))


def test_an_article_of_the_contract_that_is_cited_exists() -> None:
    contract_or_law = ARTICLES | {number for pair in LAWS for number in pair} | {
        name.removeprefix("civil code ") for name in CIVIL_CODE
    }
    found = list(cited(rf"\b[Aa]rt(?:s?\.|icles?) {LIST}", but=("docs/specification.md",)))
    assert len(found) > 100
    assert not absent(iter(found), contract_or_law)


def test_a_number_in_brackets_is_of_the_contract_or_of_the_specification() -> None:
    found = list(cited(r"[a-z`'\"] \(([1-9]\d?\.[1-9]\d?)[),;]", but=("ledger/domain/moments.py",)))  # RFC 3339's
    assert len(found) > 30
    assert not absent(iter(found), ARTICLES | SECTIONS)


def test_a_paragraph_of_the_contract_that_is_cited_exists() -> None:
    paragraph = r"(?<![\d.\w(] )(?<![\d.\w(])(\d\d?\([1-6]\)[1-5]?)(?!\d)"
    found = [
        (place, re.sub("[()]", ".", one).strip(".")) for place, one in cited(paragraph, but=("CHANGELOG.md",))
    ]
    assert len(found) > 30
    assert not absent(iter(found), ARTICLES)


def test_a_chinese_article_that_is_cited_exists() -> None:
    codified = {words.title for words in CIVIL_CODE.values()}
    article = "((?:民法典|规定》?|规则》?)?第[一二三四五六七八九十百零千]+条)"
    for place, whole in cited(article, but=("docs/evidence-clause.md", "tests/evidence/test_report_layout.py")):
        if whole.startswith("民法典"):
            assert whole in codified, place
        elif whole.startswith("第"):
            assert whole[1:-1] in NUMERALS, (place, whole)


def test_an_annex_and_a_row_of_it_that_is_cited_exist() -> None:
    rows = {one.partition("-")[2].partition(".")[0]: one for one in PARAGRAPHS}
    assert rows
    found = 0
    for place, text in texts():
        for annex, listing in re.findall(rf"\b[Aa]nnex (\d)(?: rows? {LIST})?", text):
            found += 1
            assert f"附件{annex}" in {one[:3] for one in PARAGRAPHS}, (place, annex)
            for row in numbers(listing):
                assert f"附件{annex}-{row}" in PARAGRAPHS, (place, annex, row)
    assert found > 100


# -- the law ----------------------------------------------------------------------------------------


def test_an_article_of_the_civil_code_that_is_cited_has_its_words() -> None:
    known = {name.removeprefix("civil code ") for name in CIVIL_CODE}
    other = ("docs/specification.md", "docs/evidence-law.md")
    english = list(cited(rf"[Cc]ivil [Cc]ode,? (?:arts?\.? |articles? )?{LIST}", but=other))
    chinese = list(cited(r"民法典 ?(?:第 ?)?(\d+(?:、\d+)*)", but=other))
    assert len(english) > 10 and len(chinese) > 5
    assert not absent(iter(english), known) + absent(iter(chinese), known)


# -- the pages --------------------------------------------------------------------------------------


def test_the_decisions_are_numbered_in_one_run() -> None:
    assert [int(name[:4]) for name in ADRS] == list(range(1, len(ADRS) + 1))
    for name in ADRS:
        heading = (ROOT / "docs" / "adr" / name).read_text("utf-8").splitlines()[0]
        assert heading.startswith(f"# {int(name[:4])}. "), (name, heading)


def test_a_decision_that_is_cited_exists() -> None:
    assert not absent(cited(r"\bADRs? (\d+(?:(?:, | and )\d+)*)"), {str(int(name[:4])) for name in ADRS})
    for place, name in cited(r"\badr/(\d[\w-]*(?:\.md)?)"):
        assert name in ADRS, place


@pytest.mark.parametrize("pages", [
    r"docs/[\w/-]+\.(?:md|svg|py)", r"contracts/[\w.-]+\.(?:toml|jsonl|txt)", r"(?:ledger|api|bench|tests)/[\w/]+\.py",
])  # fmt: skip
def test_a_page_a_contract_or_a_module_that_is_cited_exists(pages: str) -> None:
    found = list(cited(rf"(?<![\w/])({pages})"))
    assert len(found) > 5
    for place, page in found:
        assert (ROOT / page).exists(), place
