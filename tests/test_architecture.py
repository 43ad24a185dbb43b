"""The house keeps its rules: imports, names, articles. The layers themselves are import-linter's (make lint)."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.domain.facts import TYPES

ROOT = Path(__file__).resolve().parents[1]
DOMAIN = sorted((ROOT / "ledger" / "domain").rglob("*.py"))
MODULES = sorted((*(ROOT / "ledger").rglob("*.py"), *(ROOT / "api").rglob("*.py")))
CLAUSES = sorted(
    file.stem for file in (ROOT / "ledger" / "domain" / "clauses").glob("*.py") if file.stem[:3] in ("art", "ann")
)
KEPT_BY_THE_STORE = {"eventsourcing", "orjson", "psycopg", "psycopg_pool"}
NO_NAMES = {"manager", "helper", "helpers", "utils", "util", "common", "base", "misc"}


def imports(file: Path) -> Iterator[str]:
    """The modules a file imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


@pytest.mark.parametrize("file", DOMAIN, ids=lambda file: file.stem)
def test_the_domain_imports_the_standard_library_and_itself_only(file: Path) -> None:
    for module in imports(file):
        assert module.startswith("ledger.domain") or module.partition(".")[0] in sys.stdlib_module_names, module


@pytest.mark.parametrize("file", DOMAIN, ids=lambda file: file.stem)
def test_the_domain_reads_no_clock_no_file_and_no_chance(file: Path) -> None:
    named = {module.partition(".")[0] for module in imports(file)}
    assert not named & {"time", "os", "io", "pathlib", "random", "secrets", "socket", "threading", "subprocess"}
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in ("open", "print", "input", "datetime.now", "date.today", "datetime.utcnow"), called


def test_only_the_store_imports_the_databases_and_their_libraries() -> None:
    for file in MODULES:
        inside = file.relative_to(ROOT).as_posix().startswith("ledger/store/")
        found = {module.partition(".")[0] for module in imports(file)} & KEPT_BY_THE_STORE
        assert inside or not found, (file, found)
        assert inside or "sqlite3.connect" not in file.read_text("utf-8"), file


def test_only_service_and_what_stands_above_it_reads_the_clock() -> None:
    above = ("ledger/service.py", "ledger/cli/", "api/")
    for file in MODULES:
        place = file.relative_to(ROOT).as_posix()
        if not place.startswith(above):
            text = file.read_text("utf-8")
            assert not re.search(r"\btime\.time(_ns)?\(|datetime\.now\(|date\.today\(", text), place


@pytest.mark.parametrize("name", TYPES)
def test_every_fact_type_cites_its_article(name: str) -> None:
    row = TYPES[name]
    doc = row.cls.__doc__ or ""
    assert re.fullmatch(r"\d{1,2}\.\d{1,2}|annex [1-4]", row.article), row.article
    number = row.article.removeprefix("annex ")
    assert re.search(rf"\b{re.escape(number)}\b", doc), f"{name} is of {row.article}, its docstring says: {doc}"
    assert re.search(r"\b(Arts?\.|[Aa]nnex)", doc), doc


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_clause_its_rule_and_its_test_share_one_name(clause: str) -> None:
    tests = list((ROOT / "tests").rglob(f"test_{clause}.py"))
    assert len(tests) == 1, f"tests/clauses/test_{clause}.py"
    assert re.search(r"^def test_", tests[0].read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_clause_quotes_the_words_it_obeys(clause: str) -> None:
    text = (ROOT / "ledger" / "domain" / "clauses" / f"{clause}.py").read_text("utf-8")
    assert re.search("[一-鿿]{4}", text), "the contract's own words stand beside the lines that obey them"


def test_there_are_clauses_facts_and_modules_to_look_at() -> None:
    assert len(CLAUSES) >= 11 and len(TYPES) >= 72 and len(DOMAIN) > 30 and len(MODULES) > 100


def test_no_module_has_a_name_that_says_nothing() -> None:
    for file in MODULES:
        assert not set(file.stem.split("_")) & NO_NAMES, file


def test_every_module_says_what_it_is_for() -> None:
    for file in MODULES:
        tree = ast.parse(file.read_text("utf-8"))
        assert not tree.body or ast.get_docstring(tree), file
