"""The second agreement declares itself: nothing else names it, and everything shows it (SPEC 9)."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from ledger.domain.facts.agreement import ContractRegistered
from ledger.domain.moments import parse_on
from ledger.domain.template import TEMPLATES
from ledger.domain.terms import parse_terms
from ledger.domain.terms_amendment import document_json
from ledger.importers.jsonl import read_lines
from ledger.projections.explain import explainer
from ledger.service import Ledger, Question
from tests.cli.conftest import ROOT, command

CONTRACTS = ROOT / "contracts"
EXAMPLE, STORY = CONTRACTS / "it-operations-example.toml", CONTRACTS / "it-operations-example.story.jsonl"
NOW = parse_on("2026-11-22T22:00:00+08:00").at
NAMES = re.compile(r"it[_-]operations|OPS-2025|it_ops|运行维护服务合同")
DAYS = ("2025-06-30", "2025-09-05", "2026-04-10", "2026-04-21", "2026-07-31")


def test_nothing_outside_its_folder_names_it() -> None:
    places = (
        "api", "ledger/agreements/beijing_government_cloud_2025", "ledger/cli", "ledger/custody", "ledger/domain",
        "ledger/drawing", "ledger/evidence", "ledger/explanation", "ledger/importers", "ledger/log", "ledger/messages",
        "ledger/projections", "ledger/store",
    )  # fmt: skip
    files = [
        file for place in places for file in (ROOT / place).rglob("*") if file.suffix in (".py", ".typ", ".html", ".js")
    ]
    files += [*(ROOT / "ledger").glob("*.py"), ROOT / "pyproject.toml", ROOT / "Makefile"]
    assert len(files) > 250
    assert [str(file) for file in files if NAMES.search(file.read_text("utf-8"))] == []


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The example registered and its year recorded."""
    made = Ledger(f"sqlite:///{tmp_path_factory.mktemp('second')}/lvyue.db", clock=lambda: NOW, create=True)
    made.register(document_json(tomllib.loads(EXAMPLE.read_text("utf-8"))))
    with open(STORY, "rb") as stream:
        made.record("OPS-2025-001", [line.envelope for line in read_lines(stream)])
    return made


def test_the_example_and_its_facts_say_that_they_are_illustrative() -> None:
    for file in (
        EXAMPLE,
        STORY,
        CONTRACTS / "it-operations-example.zh.txt",
        CONTRACTS / "it-operations-example.demo.jsonl",
    ):
        first = file.read_text("utf-8").partition("\n")[0]
        assert "示例" in first and "illustrative" in first, file
    terms = parse_terms(document_json(tomllib.loads(EXAMPLE.read_text("utf-8"))))
    assert terms.contract.template in TEMPLATES
    assert ContractRegistered.__name__ in TEMPLATES[terms.contract.template].types


def test_the_year_shows_each_of_its_types_and_articles(ledger: Ledger) -> None:
    told = {fact.type for fact in ledger.facts("OPS-2025-001")}
    assert told >= TEMPLATES["it-operations-maintenance"].own
    cited = {clause for day in DAYS for clause in _clauses(ledger, day)}
    assert {number.partition(".")[0] for number in cited} >= {str(number) for number in range(1, 11)} - {"4", "7"}


def _clauses(ledger: Ledger, day: str) -> set[str]:
    answer = ledger.status("OPS-2025-001", _as_of(day))
    return {one["clause"] for one in (*answer["obligations"], *answer["damages"]["items"],
                                      *answer["termination"]["grounds"])} | {"1.2", "10.2"}  # fmt: skip


def _as_of(day: str) -> Question:
    return Question(as_of=parse_on(day).day)


@pytest.mark.parametrize("day", DAYS)
def test_every_conclusion_is_explained_in_both_languages(ledger: Ledger, day: str) -> None:
    paths = [one["path"] for one in ledger.paths("OPS-2025-001", _as_of(day))]
    assert len(paths) > 25
    why = explainer(ledger.load("OPS-2025-001", _as_of(day)))  # one sweep for all
    for path in [*paths, *TEMPLATES["it-operations-maintenance"].sections]:
        told = why(path)
        for step in told["steps"]:
            assert re.search("[一-鿿]", step["zh"]) and not re.search(r"OPS_|\bops\.|\{", step["zh"] + step["en"]), step
            plain = re.sub(r"“[^”]*”|‘[^’]*’", "", step["en"])
            assert not re.search("[一-鿿]", plain.replace("响应时间记错，以工单系统日志为准", "")), step


def test_the_demonstration_tells_its_year(tmp_path: Path) -> None:
    told = command(tmp_path, "demo", "it-operations", "--contracts", CONTRACTS, "--lang", "en")
    assert told.status == 0, told.err
    for said in ("to be claimed by", "not claimed in time", "days late", "By article 8"):
        assert said in " ".join(told.out.split()), said
    assert "RESULT: 通过 PASSED" in told.out and "found out" in told.out
    assert command(tmp_path, "demo", "nothing-of-the-kind", "--contracts", CONTRACTS).status == 1


def test_its_answer_is_what_the_specification_shows(ledger: Ledger) -> None:
    page = (ROOT / "docs" / "specification.md").read_text("utf-8").partition("### 9.9")[2]
    shown = json.loads(re.search(r"```json\n(.*?)```", page, re.DOTALL)[1])  # type: ignore[index]
    answer = ledger.status("OPS-2025-001", _as_of("2026-04-21"))
    for key, part in shown.items():
        if key not in ("balance", "phase"):
            assert part.keys() == answer[key].keys(), key
    for key, record in (
        ("damages", "items"),
        ("termination", "grounds"),
        ("termination", "declared"),
        ("service", "scores"),
    ):
        assert shown[key][record][0].keys() == answer[key][record][0].keys(), (key, record)
