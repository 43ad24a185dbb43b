"""What a person sees stands in the one catalogue or beside the declaration it names; a language is picked one way."""

from __future__ import annotations

import ast
import re
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHINESE = re.compile("[\u4e00-\u9fff]")
SENTENCE = re.compile(r"[A-Za-z][a-z]+,? [a-z]+,? [a-z]+")
SQL = re.compile("\\b(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|ALTER)\\b")
CITED = re.compile("(civil|criminal|article) [a-z ]*[0-9]")  # an article of the law, or a name that a rule keeps by
CATALOGUES = ("ledger/messages/*", "ledger/agreements/*/said.py")
DECLARED = (  # in both languages beside what they name (docs/contributing.md, "Add a language")
    "ledger/agreements/*/facts.py", "ledger/agreements/*/vocabulary.py", "ledger/agreements/*/readings*",
    "ledger/agreements/*/terms/names.py", "ledger/agreements/*/agreement.py", "ledger/domain/facts/*",
    "ledger/domain/fields.py", "ledger/domain/values.py", "ledger/domain/rulings.py", "ledger/domain/terms_words.py",
    "ledger/domain/fact_envelope.py", "ledger/domain/law/*",
)  # fmt: skip
OTHERWISE = {
    "ledger/domain/calendar.py": "the names of days, as the notices have them",
    "ledger/domain/festivals.py": "the names of days, as the law has them",
    "ledger/notices.py": "the number of a notice",
    "ledger/domain/money.py": "amounts in characters, which exist in Chinese only",
    "ledger/domain/payments/drafts.py": "what a draft records, in the language of the invoice",
    "ledger/importers/*": "how people write what is read",
    "ledger/projections/clauses.py": "how people write what is read",
    "ledger/evidence/guide.py": "handed out with a package, in both languages",
    "ledger/evidence/verify.py": "runs without the program, in both languages",
}
ENGLISH = {
    "ledger/cli/verbs.py": "commands to copy", "ledger/cli/demo_package.py": "commands to copy",
    "ledger/cli/arguments.py": "what argparse says, to be told apart",
    "ledger/log/tables.py": "what a database says to whoever writes past the program",
    "ledger/store/schema.py": "what a database says to whoever writes past the program",
    "ledger/domain/moments.py": "of an exception that is always caught",
}
COMPARES = {  # languages compared for something else than to pick what is said
    "ledger/messages/__init__.py": "here it is picked", "ledger/cli/screens.py": "the gloss below the contract's words",
    "ledger/cli/demo.py": "the edition of a package", "api/console/context.py": "the other language's link",
    "api/console/preferences.py": "what a browser asks for", "api/problems.py": "what a client asks for",
    "ledger/cli/program.py": "what the command line asks for", "ledger/evidence/report_book.py": "a report's edition",
    "api/console/failures.py": "the other language's link",
}  # fmt: skip


@cache
def modules(folder: str) -> list[tuple[str, tuple[ast.AST, ...]]]:
    """Every module below a folder with all nodes of its tree, those of the catalogues left out."""
    files = {file.relative_to(ROOT).as_posix(): file for file in sorted((ROOT / folder).rglob("*.py"))}
    return [
        (name, tuple(ast.walk(ast.parse(file.read_text("utf-8"))))) for name, file in files.items()
        if name == "ledger/messages/__init__.py" or not any(fnmatch(name, place) for place in CATALOGUES)
    ]  # fmt: skip


@cache
def said(nodes: tuple[ast.AST, ...]) -> list[str]:
    """Texts that somebody might see: no docstring, no pattern, nothing raised for engineers, no assertion."""
    unseen: set[int] = set()
    for node in nodes:
        pattern = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and (
            isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
        )  # fmt: skip
        raised = isinstance(node, ast.Raise) and "Refusal" not in (ast.unparse(node.exc) if node.exc else "")
        document = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if pattern or raised or document or isinstance(node, ast.Assert):
            unseen |= {id(one) for one in ast.walk(node)}
    return [
        node.value for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unseen
    ]  # fmt: skip


def test_chinese_stands_in_the_catalogue_in_declarations_and_where_it_is_read_and_nowhere_else() -> None:
    places = (*DECLARED, *OTHERWISE)
    found = {
        (name, text[:40]) for name, nodes in (*modules("api"), *modules("ledger"))
        if CHINESE.search((ROOT / name).read_text("utf-8")) and not any(fnmatch(name, place) for place in places)
        for text in said(nodes) if CHINESE.search(text)
    }  # fmt: skip
    assert found == set()


def test_every_exception_is_one() -> None:
    speaks = {name for name, nodes in modules("ledger") if any(map(CHINESE.search, said(nodes)))}
    assert [place for place in OTHERWISE if not any(fnmatch(name, place) for name in speaks)] == []


def test_no_english_sentence_stands_outside_the_catalogue_and_declarations() -> None:
    """What is in both languages is looked at above; SQL, articles of the law and what engineers read are none."""
    found = {
        (name, text[:60]) for name, nodes in modules("ledger") for text in said(nodes)
        if SENTENCE.search(text) and not CHINESE.search(text) and not SQL.search(text) and not CITED.match(text)
        and not any(fnmatch(name, place) for place in (*DECLARED, *ENGLISH))
    }  # fmt: skip
    assert found == set()
    speaks = {name for name, nodes in modules("ledger") if any(map(SENTENCE.search, said(nodes)))}
    assert speaks >= set(ENGLISH)


def test_no_page_and_no_answer_holds_an_english_sentence_of_its_own() -> None:
    elsewhere = ("api/metrics.py", "api/docs.py", "api/examples/*")  # for machines; a script; what examples hold
    found = {
        (name, text[:60]) for name, nodes in modules("api") for text in said(nodes)
        if SENTENCE.search(text) and not any(fnmatch(name, place) for place in elsewhere)
    }  # fmt: skip
    assert found == set()


def test_no_template_of_a_page_holds_words_of_its_own() -> None:
    for file in sorted((ROOT / "api/console/templates").glob("*.html")):
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", file.read_text("utf-8"), flags=re.DOTALL)
        assert not CHINESE.search(text), file.name
        seen = " ".join(re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', text))
        shown = re.sub(r"<[^>]*>", " ", re.sub(r'[a-z-]+="[^"]*"', "", text))
        assert re.findall("[A-Za-z]{2,}", shown + seen) in ([], ["lvyue", "store", "backup", "FILE"]), file.name


def test_a_language_is_picked_in_one_place() -> None:
    found = set()
    for name, nodes in (*modules("api"), *modules("ledger")):
        for node in nodes:
            asked = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
            if any(isinstance(one, ast.Constant) and one.value in ("zh", "en") for one in asked):
                found.add(name)
    assert found == set(COMPARES)
