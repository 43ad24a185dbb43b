"""The law above every agreement: its articles are named, titled and worded as laws are, and each is used."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from ledger import labels
from ledger.domain.law.articles import WORDS
from ledger.domain.law.periods import corresponding_day
from ledger.domain.law.source import SOURCES, numeral, source_of
from ledger.domain.law.termination import lapses_on

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(("number", "written"), [
    (2, "二"), (10, "十"), (14, "十四"), (65, "六十五"), (90, "九十"), (137, "一百三十七"), (200, "二百"),
    (203, "二百零三"), (250, "二百五十"), (511, "五百一十一"), (1259, "一千二百五十九"), (2005, "二千零五"),
])  # fmt: skip
def test_a_number_is_written_as_laws_write_it(number: int, written: str) -> None:
    assert numeral(number) == written


def test_an_article_has_its_source_its_title_whole_sentences_and_a_gloss() -> None:
    for name in WORDS:
        source, words = source_of(name), WORDS[name]
        assert source is not None
        assert words.title == f"{source.called[0]}第{numeral(int(name.rpartition(' ')[2]))}条"
        for paragraph in words.zh.split("\n"):
            assert re.search("[。；：]$", paragraph) and not re.search("[ a-zA-Z,;:]", paragraph), paragraph
        assert words.en.endswith(".")


def test_every_source_has_articles_and_every_article_is_cited_somewhere() -> None:
    assert {source_of(name) for name in WORDS} == set(SOURCES)
    law = ROOT / "ledger" / "domain" / "law"
    files = [file for place in ("ledger", "api", "docs") for file in (ROOT / place).rglob("*")
             if file.suffix in (".py", ".md", ".typ") and file.parent != law]  # fmt: skip
    text = "\n".join(file.read_text("utf-8") for file in files)
    for name in WORDS:
        source = source_of(name)
        assert source is not None
        number = name.rpartition(" ")[2]
        patterns = (
            rf'"{name}"', rf"{source.called[0]} ?第? ?(\d+、)*{number}\b", rf"{WORDS[name].title}",
            rf"(?i){source.called[1]},? (arts?\. |articles? )?[\d., and–]*\b{number}\b",
        )  # fmt: skip
        assert any(re.search(one, text) for one in patterns), f"{name} is cited nowhere"


def test_an_article_is_cited_by_its_laws_name_in_both_languages() -> None:
    assert labels.article("civil code 203", "zh") == "民法典第 203 条"
    assert labels.article("civil procedure law 250", "zh") == "民事诉讼法第 250 条"
    assert labels.article("contract interpretation 65", "en").endswith("Contracts, article 65")


@pytest.mark.parametrize(("day", "months", "corresponding"), [
    (date(2025, 12, 1), 12, date(2026, 12, 1)), (date(2024, 2, 29), 12, date(2025, 2, 28)),
    (date(2024, 2, 29), 36, date(2027, 2, 28)), (date(2025, 2, 28), 36, date(2028, 2, 28)),
    (date(2025, 8, 31), 6, date(2026, 2, 28)), (date(2025, 3, 31), -1, date(2025, 2, 28)),
    (date(2025, 11, 30), 1, date(2025, 12, 30)),
])  # fmt: skip
def test_a_period_of_months_ends_on_the_corresponding_day_or_the_months_last(
    day: date, months: int, corresponding: date
) -> None:
    assert corresponding_day(day, months) == corresponding


@pytest.mark.parametrize(("known", "last"), [
    ((date(2026, 5, 10),), date(2027, 5, 10)), ((date(2026, 5, 10), date(2026, 11, 1)), date(2027, 11, 1)),
    ((date(2028, 2, 29),), date(2029, 2, 28)),
])  # fmt: skip
def test_a_right_to_terminate_lapses_a_year_after_its_ground_was_known(known: tuple[date, ...], last: date) -> None:
    assert lapses_on(known) == last
