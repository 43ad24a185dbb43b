"""What code, documents and tests cite exists: sections of the specification, articles, ADRs, pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from ledger.domain.law.articles import WORDS as LAW
from ledger.domain.law.source import SOURCES, LawText, source_of
from tests.test_architecture import close_up
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
        files += [file for file in (ROOT / place).rglob("*") if file.suffix in KINDS and file != Path(__file__)
                  and "cases" not in file.parts]  # histories as counsel wrote them
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
    assert len(found) > 100 and len(SECTIONS) == 31
    assert not absent(iter(found), SECTIONS)


# -- the contract -----------------------------------------------------------------------------------


def known_articles() -> set[str]:
    """``10``, ``10.4`` for 10(4), ``7.2.4`` for 7(2)4, ``9.1``."""
    dotted = [re.sub(r"[a-d]$", "", one).replace(")", ".").replace("(", ".") for one in PARAGRAPHS]
    roman = [one.translate(str.maketrans("一二三", "123")).strip(".") for one in dotted if one[0].isdigit()]
    return {".".join(one.split(".")[:depth]) for one in roman for depth in (1, 2, 3)}


ARTICLES = known_articles()
LAW_TEXTS = tuple(f"ledger/domain/law/{file.name}" for file in (ROOT / "ledger" / "domain" / "law").glob("*.py"))
"""Where the words of the law stand, which name other articles."""
LAWS = set(re.findall(r"第 ?(\d+)(?:、(\d+))*", (ROOT / "docs" / "evidence-law.md").read_text("utf-8")))


def test_an_article_of_the_contract_that_is_cited_exists() -> None:
    contract_or_law = (
        ARTICLES
        | {number for pair in LAWS for number in pair}
        | {number for source in SOURCES for number in articles_of(source.slug)}
    )
    found = list(cited(rf"\b[Aa]rt(?:s?\.|icles?) {LIST}", but=("docs/specification.md", *LAW_TEXTS)))
    assert len(found) > 100
    assert not absent(iter(found), contract_or_law)


def test_a_number_in_brackets_is_of_the_contract_or_of_the_specification() -> None:
    found = list(cited(r"[a-z`'\"] \(([1-9]\d?\.[1-9]\d?)[),;]", but=("ledger/domain/moments.py",)))  # RFC 3339's
    assert len(found) > 30
    assert not absent(iter(found), ARTICLES | SECTIONS)


def test_a_paragraph_of_the_contract_that_is_cited_exists() -> None:
    paragraph = r"(?<![\d.\w(] )(?<![\d.\w(])(\d\d?\([1-6]\)[1-5]?)(?!\d)"
    found = [(place, re.sub("[()]", ".", one).strip(".")) for place, one in cited(paragraph, but=("CHANGELOG.md",))]
    assert len(found) > 30
    assert not absent(iter(found), ARTICLES)


def test_a_chinese_article_that_is_cited_exists() -> None:
    codified = {words.title for words in LAW.values()}
    laws = tuple(source.called[0] for source in SOURCES)
    article = f"((?:{'|'.join(laws)}|号|条例》?|规定》?|规则》?)?第[一二三四五六七八九十百零千]+条)"
    other = ("docs/evidence-clause.md", "tests/evidence/test_report_layout.py", *LAW_TEXTS)
    for place, whole in cited(article, but=other):
        if whole.startswith(laws):
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


def articles_of(slug: str) -> set[str]:
    """The numbers of a source's articles that are here with their words, and of their paragraphs (``585.2``)."""
    found = {name.rpartition(" ")[2]: words for name, words in LAW.items() if name.rpartition(" ")[0] == slug}
    return found.keys() | {
        f"{number}.{paragraph}" for number, words in found.items() for paragraph in range(1, words.zh.count("\n") + 2)
    }


NOT_CONCLUDED = (*LAW_TEXTS, "docs/evidence-law.md")  # the words themselves; what the package answers


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.slug)
def test_an_article_of_the_law_that_is_cited_has_its_words(source: LawText) -> None:
    zh, en = source.called
    known = articles_of(source.slug)
    english = list(cited(rf"(?i){re.escape(en)},? (?:arts?\.? |articles? )?{LIST}", but=NOT_CONCLUDED))
    chinese = list(cited(rf"{zh} ?(?:第 ?)?(\d+(?:[、–]\d+)*)", but=NOT_CONCLUDED))
    assert english or chinese or known
    assert not absent(iter(english), known) + absent(iter(chinese), known)


def test_an_article_of_the_interpretation_cited_by_its_number_has_its_words() -> None:
    found = list(cited(rf"法释〔2023〕13(?:号)? (?:art\. |第 ?){LIST}"))
    assert found and not absent(iter(found), articles_of("contract interpretation"))


def test_a_name_of_an_article_that_is_cited_exists() -> None:
    for source in SOURCES:
        for place, name in cited(rf'"({source.slug} \d+)"'):
            assert name in LAW, place


def test_what_is_quoted_of_the_law_are_its_words() -> None:
    """Where an article is named and words stand in quotation marks after it, they are that article's."""
    found = 0
    sources = "|".join(source.called[0] for source in SOURCES)
    pattern = re.compile(rf'(?:{sources}) ?第?([\d一二三四五六七八九十百千零]+)条?[^"“\n]{{0,12}}["“]([^"”\n]+)["”]')
    for place, text in texts():
        for match in pattern.finditer(text):
            if not re.search("[一-鿿]", match[2]):
                continue  # the end of a string of code
            found += 1
            words = "".join(one.zh for name, one in LAW.items() if named(name, match[0], match[1]))
            for part in re.split("…+", match[2]):
                assert close_up(part) in close_up(words), (place, match[0])
    assert found >= 5


def named(name: str, cited_as: str, number: str) -> bool:
    """Is an article the one that a text cites by the law's name and a number?"""
    source = source_of(name)
    assert source is not None
    same = number in (name.rpartition(" ")[2], LAW[name].title.removeprefix(source.called[0])[1:-1])
    return same and cited_as.startswith(source.called[0])


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
