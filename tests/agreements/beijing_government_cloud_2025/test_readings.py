"""The readings of SPEC 4.7: the table's names and options, arguments that rest on words that are there."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from ledger.agreements.beijing_government_cloud_2025.agreement import AGREEMENT
from ledger.agreements.beijing_government_cloud_2025.readings import READINGS
from ledger.domain.calendar import parse_on
from ledger.domain.law.articles import WORDS as LAW
from ledger.domain.words import Reading
from ledger.projections.basis import Basis
from ledger.projections.explain import explain
from tests.happenings import signed
from tests.scenario import calendar_at, given
from tests.test_words import close_up, contract

SPECIFICATION = (Path(__file__).parents[3] / "docs" / "specification.md").read_text("utf-8")
SECTION = re.split(r"(?m)^### 4\.8", re.split(r"(?m)^### 4\.7", SPECIFICATION)[1])[0]
CJK = re.compile("[一-鿿]")


def said_in_chinese(reading: Reading) -> list[str]:
    return [reading.zh, *(text for one in reading.options.values() for text in (one.zh, one.argument_zh))]


def test_the_readings_are_those_of_the_table_in_its_order() -> None:
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in re.findall(r"(?m)^\| `.*", SECTION)]
    table = {cells[0].strip("`"): re.findall(r"(?:^|\\\| )`([a-z0-9-]+)`", cells[2]) for cells in rows}
    assert len(table) == 30
    assert [*table.items()] == [(name, [*one.options]) for name, one in READINGS.items()]


def test_the_day_that_decides_is_the_tables() -> None:
    sentence = re.search(r"as_of does for (.*?)\)", SECTION)
    assert sentence
    no_one_fact, of_the_count = sentence[1].split("of the count, ")
    named = {day: set(re.findall("`([a-z-]+)`", text)) for day, text in
             (("as_of", no_one_fact), ("both", of_the_count.partition(";")[0]))}  # fmt: skip
    assert named == {day: {name for name, one in READINGS.items() if one.decided_on == day} for day in named}


def test_every_option_has_a_sentence_and_an_argument_in_both_languages() -> None:
    for name in READINGS:
        reading = READINGS[name]
        said = said_in_chinese(reading)
        told = [text for one in reading.options.values() for text in (one.en, one.argument_en)]
        assert all(CJK.search(text) for text in said) and not any(map(str.isspace, (text[-1] for text in said)))
        assert all(text and not text.endswith(" ") for text in (reading.en, *told))
        arguments = {one.argument_zh for one in reading.options.values()} | {
            one.argument_en for one in reading.options.values()
        }
        assert len(arguments) == 2 * len(reading.options) and all(text[-1] in "。." for text in arguments)


def test_what_an_argument_quotes_stands_in_the_contract_or_the_law() -> None:
    for name in READINGS:
        law = "".join(close_up(words.zh) for words in LAW.values())
        for text in said_in_chinese(READINGS[name]):
            for quoted in re.findall("“(.*?)”", text):
                assert close_up(quoted) in contract(AGREEMENT) or close_up(quoted) in law, quoted


def test_the_clauses_of_a_reading_have_their_words() -> None:
    assert all(one.clauses and AGREEMENT.words.keys() >= set(one.clauses) for one in READINGS.values())


def test_an_explanation_tells_what_speaks_for_each_option_and_which_day_decides() -> None:
    for name in READINGS:
        told, known_at = given(signed), parse_on("2026-02-02").at
        found = explain(Basis(told.facts, calendar_at(known_at), date(2026, 2, 1), known_at), f"readings.{name}")
        zh, en = ("\n".join(step[lang] for step in found["steps"]) for lang in ("zh", "en"))
        for option in READINGS[name].options.values():
            assert option.argument_zh in zh and option.argument_en in en
        assert {clause["clause"] for clause in found["clauses"]} >= set(READINGS[name].clauses)
        decides = {
            "fact": "the fact that is judged decides", "as_of": "the day asked about decides.", "both": "a count",
        }  # fmt: skip
        assert decides[READINGS[name].decided_on] in en
