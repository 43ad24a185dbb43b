"""The rules of the architecture: imports, names, articles. The layers themselves are import-linter's (make lint)."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from ledger.agreements.words import read_words
from ledger.domain.fact import TYPES
from ledger.domain.template import TEMPLATES

ROOT = Path(__file__).resolve().parents[1]
DOMAIN = sorted((ROOT / "ledger" / "domain").rglob("*.py"))
MODULES = sorted((*(ROOT / "ledger").rglob("*.py"), *(ROOT / "api").rglob("*.py")))
AGREEMENTS = ROOT / "ledger" / "agreements"
CLAUSES = sorted(file.parent for file in AGREEMENTS.glob("*/*/rule.py"))
KEPT_BY_THE_STORE = {"eventsourcing", "orjson", "psycopg", "psycopg_pool"}
NO_NAMES = {"manager", "helper", "helpers", "utils", "util", "common", "base", "misc"}
RIDDLES = {
    "rooms", "door", "leaves", "wire", "call", "caller", "rates", "measures", "answers", "keeping", "kept", "recount",
}  # fmt: skip


@dataclass
class Read:
    """What is asked of a module: what it imports, wherever in it, and from where; its classes; has it a docstring?"""

    imports: list[str]
    taken: list[tuple[str, set[str]]]
    classes: list[str]
    told: bool


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


@cache
def read(file: Path) -> Read:
    """In one walk for all tests; the tree, large as it is, is not kept."""
    parsed = tree(file)
    found = Read([], [], [], not parsed.body or bool(ast.get_docstring(parsed)))
    for node in ast.walk(parsed):
        if isinstance(node, ast.Import):
            found.imports += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.taken.append((node.module or "", {alias.name for alias in node.names}))
            found.imports += [node.module] if node.module and node.level == 0 else []
        elif isinstance(node, ast.ClassDef):
            found.classes.append(node.name)
    return found


def test_the_domain_imports_the_standard_library_and_itself_only() -> None:
    for file in DOMAIN:
        for module in read(file).imports:
            assert module.startswith("ledger.domain") or module.partition(".")[0] in sys.stdlib_module_names, module


def test_the_domain_reads_no_clock_no_file_and_no_chance() -> None:
    for file in DOMAIN:
        named = {module.partition(".")[0] for module in read(file).imports}
        assert not named & {"time", "os", "io", "pathlib", "random", "secrets", "socket", "threading", "subprocess"}
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in ("open", "print", "input", "datetime.now", "date.today", "datetime.utcnow"), called


def test_only_the_store_imports_the_databases_and_their_libraries_and_canonical_json_orjson() -> None:
    for file in MODULES:
        place = file.relative_to(ROOT).as_posix()
        inside = place.startswith("ledger/store/")
        found = {module.partition(".")[0] for module in read(file).imports} & KEPT_BY_THE_STORE
        assert inside or not found or (place, found) == ("ledger/canonical.py", {"orjson"}), (file, found)
        assert inside or "sqlite3.connect" not in file.read_text("utf-8"), file


def test_only_service_and_what_stands_above_it_reads_the_clock() -> None:
    above = ("ledger/service.py", "ledger/cli/", "api/")
    for file in MODULES:
        place = file.relative_to(ROOT).as_posix()
        if not place.startswith(above):
            text = file.read_text("utf-8")
            assert not re.search(r"\btime\.time(_ns)?\(|datetime\.now\(|date\.today\(", text), place


def test_every_fact_type_cites_its_article() -> None:
    for name in TYPES:
        row = TYPES[name]
        doc = row.cls.__doc__ or ""
        if not row.article:  # of no one agreement: each says under which of its clauses it stands
            assert row.cls.__module__.startswith("ledger.domain.facts.") and not re.search(r"\bArts?\.", doc), name
            continue
        assert re.fullmatch(r"\d{1,2}\.\d{1,2}|annex [1-4]", row.article), row.article
        number = row.article.removeprefix("annex ")
        assert re.search(rf"\b{re.escape(number)}\b", doc), f"{name} is of {row.article}, its docstring says: {doc}"
        assert re.search(r"\b(Arts?\.|[Aa]nnex)", doc), doc


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.name)
def test_a_clause_its_rule_and_its_test_share_one_name(clause: Path) -> None:
    tests = ROOT / "tests" / "agreements" / clause.parent.name / f"test_{clause.name}.py"
    assert re.search(r"^def test_", tests.read_text("utf-8"), re.MULTILINE)


def close_up(text: str) -> str:
    """Without white space and bars between cells, one kind of comma, colon and bracket: these alone may differ."""
    marks = str.maketrans("，：；（）", ",:;()")
    return re.sub(r"[\s｜]+", "", text.translate(marks))


def quoted(file: Path) -> Iterator[str]:
    """What a file quotes in Chinese: the parts between ellipses of what stands in quotation marks in its comments."""
    for line in re.findall(r'#[^\n]*|"""(?:.|\n)*?"""', file.read_text("utf-8")):
        for quotation in re.findall(r'"([^"\n]*[一-鿿]{2}[^"\n]*)"', line.replace('"""', "")):
            yield from (part for part in re.split(r"\s*…\s*", quotation) if part)


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.name)
def test_a_rule_quotes_words_of_its_agreement_or_of_the_law(clause: Path) -> None:
    known = close_up("".join(f"{one.zh}\n" for one in read_words(clause.parent).values()))
    found = [words for file in sorted(clause.glob("*.py")) for words in quoted(file)]
    assert found, "the contract's own words stand beside the lines that obey them"
    for words in found:
        assert close_up(words) in known, words


def test_no_module_of_the_kernel_names_a_term_or_a_reading_of_an_agreement() -> None:
    for file in DOMAIN:
        of_kernel = [row for row in TYPES.values() if row.cls.__module__.startswith("ledger.domain.")]
        fields = {field for row in of_kernel for field in row.cls.__slots__}
        names = {name for one in TEMPLATES.values() for name in (*one.terms.keys, *one.readings)} - fields
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Attribute):
                assert node.attr not in names - {"order"}, node.attr
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node.value.split(".")[0] not in names, node.value


def test_there_are_clauses_facts_and_modules_to_look_at() -> None:
    assert len(CLAUSES) >= 11 and len(TYPES) >= 72 and len(DOMAIN) > 25 and len(MODULES) > 100


def test_no_module_has_a_name_that_says_nothing() -> None:
    for file in MODULES:
        assert not set(file.stem.split("_")) & NO_NAMES, file


def test_no_module_has_a_name_only_its_author_understands() -> None:
    for file in MODULES:
        assert file.stem not in RIDDLES, file


def test_no_two_classes_have_one_name() -> None:
    where: dict[str, list[str]] = {}
    for file in MODULES:
        for name in read(file).classes:
            where.setdefault(name, []).append(file.relative_to(ROOT).as_posix())
    assert {name: files for name, files in where.items() if len(files) > 1} == {}


def test_every_module_says_what_it_is_for() -> None:
    for file in MODULES:
        assert read(file).told, file


def test_the_ledger_declares_its_classes_so_that_a_command_starts_quickly() -> None:
    theirs = {"dataclasses": {"dataclass"}, "typing": {"NamedTuple"}}
    alone = {"declare.py", "verify.py"}  # the declaration itself; what goes into every package
    found = [
        file.relative_to(ROOT).as_posix()
        for file in MODULES if ROOT / "ledger" in file.parents and file.name not in alone
        for module, names in read(file).taken if theirs.get(module, set()) & names
    ]  # fmt: skip
    assert found == [], "take them from ledger.domain.declare"


def test_no_module_of_an_agreement_imports_late() -> None:
    """Clauses read each other's modules; a folder's ``__init__.py`` is empty, so that no circle comes of it."""
    for file in AGREEMENTS.glob("*/*/*.py"):
        late = [one for one in ast.walk(tree(file)) if isinstance(one, ast.Import | ast.ImportFrom) and one.col_offset]
        guarded = [node for node in tree(file).body if isinstance(node, ast.If)]
        assert not late or guarded, file


class _Renamed(ast.NodeTransformer):
    """What a function does, whatever it calls things."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self.names.setdefault(node.id, f"v{len(self.names)}"), node.ctx)

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(self.names.setdefault(node.arg, f"v{len(self.names)}"))


def test_no_two_functions_do_the_same_to_the_letter() -> None:
    alike: dict[tuple[type[ast.AST], ...], list[tuple[str, ast.Module]]] = {}  # by the kinds of what they are made of
    for file in MODULES:
        text = file.read_text("utf-8")
        lines = text.splitlines()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) is not None else node.body
                if body and sum(map(len, map(str.strip, lines[body[0].lineno - 1 : node.end_lineno]))) >= 100:
                    whole = ast.Module([*node.args.args, *body], [])
                    kinds = tuple(map(type, ast.walk(whole)))
                    alike.setdefault(kinds, []).append((f"{file.relative_to(ROOT)} {node.name}", whole))
    where: dict[str, list[str]] = {}
    for place, whole in (one for group in alike.values() if len(group) > 1 for one in group):
        where.setdefault(ast.dump(_Renamed().visit(whole)), []).append(place)
    assert [places for places in where.values() if len(places) > 1] == []
