"""The words a conclusion cites are the contract's own, and every clause a rule names has its words."""

from __future__ import annotations

import re
from functools import cache

import pytest

from ledger.agreements.beijing_government_cloud_2025.agreement import AGREEMENT
from ledger.agreements.it_operations_maintenance.agreement import AGREEMENT as OPERATIONS
from ledger.domain.law.articles import WORDS as LAW
from ledger.domain.template import TEMPLATES, Template
from ledger.domain.terms import parse_terms
from tests.scenario import terms
from tests.story import CONTRACTS

ROWS = [(2, row) for row in range(1, 13)] + [(3, row) for row in range(1, 14)]
KINDS = ("outage", "tampering", "data_loss", "intrusion")


def close_up(text: str) -> str:
    """Without white space and list bullets, which alone may differ."""
    return re.sub(r"\s+", "", re.sub(r"(?m)^\s*- ", "", text))


TEXTS = {AGREEMENT: "cu12-1101-2025-018605.zh.txt", OPERATIONS: "it-operations-example.zh.txt"}
CLAUSES = [(template, clause) for template in TEXTS for clause in template.words if clause not in LAW]


@cache
def contract(template: Template) -> str:
    return close_up((CONTRACTS / TEXTS[template]).read_text(encoding="utf-8"))


def test_the_words_of_a_clause_are_the_contracts_verbatim() -> None:
    for template, clause in CLAUSES:
        words, text = template.words[clause], contract(template)
        for part in re.split("[｜\n]", words.zh):
            assert close_up(part) in text, part
        assert close_up(words.title).replace("—", "一") in text.replace("—", "一")  # the text writes 一 for —


def test_the_illustrative_text_says_so_in_its_first_line() -> None:
    first = (CONTRACTS / TEXTS[OPERATIONS]).read_text(encoding="utf-8").partition("\n")[0]
    assert "示例" in first and "illustrative" in first


@pytest.mark.parametrize("template", TEXTS, ids=lambda one: one.slug)
def test_every_clause_has_a_title_and_a_gloss_in_english(template: Template) -> None:
    for clause, words in template.words.items():
        assert words.title and words.title_en and words.zh and words.en, clause
        assert not re.search("[一-鿿]", words.en + words.title_en) or clause == "civil code 1259"


def test_every_damages_row_and_every_grade_has_its_words() -> None:
    document = parse_terms(terms())
    material, general = document.damages.material, document.damages.general
    assert [(2, one.row) for one in material] + [(3, one.row) for one in general] == ROWS
    assert {f"annex {annex} row {row}" for annex, row in ROWS} <= AGREEMENT.words.keys()
    assert {f"annex 1 {kind} {grade}" for kind in KINDS for grade in "AB"} <= AGREEMENT.words.keys()


@pytest.mark.parametrize("template", [one for one in TEMPLATES.values() if one.own], ids=lambda one: one.slug)
def test_the_article_of_every_fact_type_has_its_words(template: Template) -> None:
    assert {template.article_of(row) for row in template.types.values()} <= template.words.keys()


def test_the_rate_of_a_row_is_the_rate_in_its_words() -> None:
    document = parse_terms(terms())
    for annex, rows in ((2, document.damages.material), (3, document.damages.general)):
        for row in rows:
            number, _, rate = AGREEMENT.words[f"annex {annex} row {row.row}"].zh.split("｜")
            assert (number, rate) == (str(row.row), f"{row.rate * 100:.0f}%")


def test_the_words_are_of_the_template_this_contract_was_drawn_from() -> None:
    assert parse_terms(terms()).contract.template == AGREEMENT.slug
