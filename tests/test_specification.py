"""docs/specification.md is ahead of the rules: what the program lacks stands in its list "Not yet built", nothing else.

Both ways are held: nothing is missing that the list does not name, and nothing is listed that is there by now.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from ledger.agreements.beijing_government_cloud_2025.readings import READINGS
from ledger.cli.verbs import VERBS
from ledger.domain.fact import TYPES
from ledger.domain.law.articles import WORDS as LAW
from ledger.domain.template import TEMPLATES
from ledger.messages import CATALOGUE
from ledger.projections.status import RULES
from tests.story import Told

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "specification.md").read_text("utf-8")
PREFACE, _, _REST = PAGE.partition("### Not yet built")
NOT_YET, _, MEANING = _REST.partition("\n## 1. ")


def listed(part: str) -> set[str]:
    """What stands in code letters in the lines of the list that begin with ``part``, ``4.2`` or ``2.2, types``."""
    lines = re.findall(rf"(?ms)^- \*\*{re.escape(part)}(?:, [a-z]+)?\*\*(.*?)(?=^- |\Z)", NOT_YET)
    return set(re.findall("`([^`]+)`", "".join(lines)))


def section(number: str) -> str:
    """The text of a section, to the next heading."""
    return re.split(r"(?m)^#+ ", re.split(rf"(?m)^#+ {re.escape(number)}\.? ", MEANING)[1])[0]


def column(text: str) -> set[str]:
    """What stands in code letters in the first column of a table."""
    return set(re.findall("`([^`]+)`", "".join(re.findall(r"(?m)^\| (`[^|]*) \|", text))))


def test_the_preface_names_the_rules_by_which_the_program_concludes() -> None:
    assert f"This page is rules {RULES}, by which the program concludes" in PREFACE


def test_every_type_of_the_table_is_there_or_listed() -> None:
    types = column(section("2.2")) | column(section("9.2"))
    assert len(types) > 80
    assert types - TYPES.keys() == listed("2.2, types")
    assert {name for name, row in TYPES.items() if not row.ledgers} - types == {"CalendarPublished"}


def test_no_field_is_listed_that_a_type_has() -> None:
    fields = listed("2.2, fields")
    lacking = {one for one in fields if "." in one}
    for one in lacking:
        name, _, field = one.partition(".")
        assert field not in TYPES[name].cls.__annotations__, one
        assert re.search(rf"\| `{name}`.*\b{field}\b|\| `[^|]*`{name}`.*\b{field}\b", section("2.2")), one


def test_every_reading_is_there_or_listed() -> None:
    readings = column(section("4.7"))
    assert len(readings) == 30 and readings >= READINGS.keys()
    assert readings - READINGS.keys() == listed("4.7") & readings


@pytest.mark.parametrize("number", ["4.1", "4.2", "4.3", "4.4", "4.5", "4.6"])
def test_every_anomaly_is_there_or_listed(number: str) -> None:
    anomalies = re.compile("[A-Z]+_[A-Z_]+")
    told = {code.removeprefix("anomaly:") for code in CATALOGUE if code.startswith("anomaly:")}
    wanted = set(re.findall("`([A-Z]+_[A-Z_]+)`", section(number)))
    lacking = {one for part in ("4.1", "4.2", "4.3", "4.6") for one in listed(part) if anomalies.fullmatch(one)}
    assert wanted <= told | lacking
    assert not told & lacking


def test_every_verb_is_there_or_listed() -> None:
    named = set(re.findall(r"`lvyue ([a-z]+)", section("6")))
    beside = set(re.findall("`([a-z]+)`", section("6").partition("Beside these:")[2].partition(".")[0]))
    lacking = named - {verb.name for verb in VERBS}
    assert lacking == listed("6, commands")
    assert {verb.name for verb in VERBS} == (named | beside) - lacking


def test_every_article_of_the_civil_code_is_there() -> None:
    cited = re.findall(r"Civil Code,? (?:arts?\. )?([\d.]+(?:(?:, | and |–)[\d.]+)*)", MEANING)
    articles = {number.partition(".")[0] for found in cited for number in re.findall(r"[\d.]+", found)}
    assert len(articles) > 10
    assert not {article for article in articles if f"civil code {article}" not in LAW}


def requests() -> set[str]:
    """Every request section 6 names, ``GET /contracts/{id}/status``."""
    http = section("6").partition("HTTP under")[2].partition("Query parameters")[0]
    found = set()
    for method, path in re.findall("`(?:([A-Z]+) )?(/[^ `]+)`", http):
        stem, _, last = path.rpartition("/")
        found |= {f"{method or 'GET'} {stem}/{one}" for one in last.split("|")}
    return found - {"GET /api/v1", "GET /openapi.json"}


def test_every_request_is_there_or_listed() -> None:
    declared = re.compile(r'\.(get|post)\(\s*"([^"]+)"')
    found = [one for file in (ROOT / "api").rglob("*.py") for one in declared.findall(file.read_text("utf-8"))]
    answered = {f"{method.upper()} {path.replace('{contract}', '{id}')}" for method, path in found}
    sections = [one for template in TEMPLATES.values() for one in template.sections.values()]
    answered |= {f"GET /contracts/{{id}}/{one.key}" for one in sections if one.alone}
    assert len(requests()) > 15
    assert requests() - answered == listed("6, paths")


def keys(answer: dict[str, Any]) -> set[str]:
    """The keys of an answer and of its parts: ``balance``, ``balance.total``."""
    parts = {key: value for key, value in answer.items() if isinstance(value, dict)}
    inner = {f"{key}.{name}" for key, part in parts.items() if key != "readings" for name in part}
    return answer.keys() | inner


def test_every_key_of_the_answer_is_there_or_listed(tmp_path: Path) -> None:
    found = re.search(r"```json\n(.*?)```", section("5"), re.DOTALL)
    assert found
    wanted = keys(json.loads(found[1]))
    answered = keys(Told(tmp_path).status("2026-11-22"))
    variable = {key for key in wanted | answered if key.startswith(("receipt.calendar.", "incidents.grades."))}
    assert wanted - answered - variable == listed("5")
    assert answered - wanted - variable <= {"term.provisional"}  # 4.8 has it
