"""The part of docs/clauses.md that follows from the declarations, written into it below its mark.

python -m docs.clauses
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from ledger.agreements import declare_all
from ledger.domain.clause import Handler
from ledger.domain.fact import TYPES, FactType
from ledger.domain.law.articles import WORDS
from ledger.domain.law.source import SOURCES, source_of
from ledger.domain.template import OF_THE_LEDGER, OF_THE_RECORD, TEMPLATES, Template
from ledger.messages import CATALOGUE

declare_all()

ROOT = Path(__file__).parent.parent
LAW = ROOT / "ledger" / "domain" / "law"
PAGE = Path(__file__).parent / "clauses.md"
MARK = "<!-- What follows is written by docs/clauses.py (python -m docs.clauses) from the declarations. -->\n"


def place(handler: Handler) -> str:
    """``article_09_payment.rule.effective`` of a clause, ``domain.payments.rule.invoice_issued`` of the kernel."""
    function = handler.func if isinstance(handler, partial) else handler
    module = function.__module__
    inside = module.removeprefix("ledger.") if module.startswith("ledger.domain.") else ".".join(module.split(".")[-2:])
    return f"`{inside}.{function.__qualname__}`"


def by_article(article: str) -> tuple[bool, list[int]]:
    return article.startswith("annex"), [int(number) for number in re.findall(r"\d+", article)]


def types(template: Template) -> Iterator[str]:
    yield "| Article | Fact type | 中文 | Said by | Handled by |\n|---|---|---|---|---|"
    ours = {
        name: template.article_of(row) if name in template.courses else "–"
        for name, row in TYPES.items() if name in template.courses or row.cls in OF_THE_LEDGER
    }  # fmt: skip
    for name, article in sorted(ours.items(), key=lambda one: (by_article(one[1]), one[0])):
        row = TYPES[name]
        yield f"| {article} | `{name}` | {row.zh} | {', '.join(row.actors)} | {handled(template, row)} |"


def handled(template: Template, row: FactType) -> str:
    """What handles the facts of a type, or why nothing does."""
    if row.name not in template.courses:
        return "of the ledger, of no contract"
    course = template.courses[row.name]
    handlers = [*course.handlers, *([course.at_close] if course.at_close else [])]
    if not handlers and row.cls in OF_THE_RECORD.silent:
        return "of the record itself, whatever the agreement"
    return "<br>".join(map(place, handlers)) or "on record; nothing follows by itself"


def sections(template: Template) -> Iterator[str]:
    yield "| Section | Shown by | Records |\n|---|---|---|"
    for key, section in template.sections.items():
        records = ", ".join(f"`{part or key}`" for part in section.records)
        yield f"| `{key}` | {place(section.show)} | {records or '–'} |"


def anomalies(template: Template) -> Iterator[str]:
    yield "| Anomaly | 中文 | Clauses |\n|---|---|---|"
    for code, told in sorted(template.anomalies.items()):
        yield f"| `{code}` | {CATALOGUE['anomaly:' + code][0]} | {', '.join(told.clauses)} |"


def law() -> Iterator[str]:
    """Each article of the law that is here with its words: the rules that quote it, and what cites it."""
    sources = {file: file.read_text("utf-8") for file in sorted((ROOT / "ledger").rglob("*.py"))}
    yield "| Named | 中文 | In full |\n|---|---|---|"
    yield from (f"| {one.slug} | {one.called[0]} | {one.in_full[0]} |" for one in SOURCES)
    yield "\n| Article | 中文 | Rule beside its words | Cited by |\n|---|---|---|---|"
    for name, words in WORDS.items():
        source = source_of(name)
        assert source is not None
        number = name.rpartition(" ")[2]
        quoted = re.compile(rf"# [^\n]*(?:{source.called[0]} {number}|{words.title}|; {number}) \"")
        rules = [f"`{at(file)}.{one}`" for file, text in sources.items() for one in functions_with(quoted, text)]
        cites = [f"`{at(file)}`" for file, text in sources.items()
                 if file.parent != LAW and (f'"{name}"' in text or words.title in text)]  # fmt: skip
        yield f"| {name} | {words.title} | {'<br>'.join(rules) or '–'} | {'<br>'.join(cites) or '–'} |"


def at(file: Path) -> str:
    """``domain.law.limitation`` of a module's path."""
    return ".".join(file.relative_to(ROOT / "ledger").with_suffix("").parts).removeprefix("agreements.")


def functions_with(pattern: re.Pattern[str], text: str) -> list[str]:
    """The functions of a module in whose body a pattern stands, and the constants below it."""
    lines = [number for number, line in enumerate(text.splitlines(), 1) if pattern.search(line)]
    if not lines:
        return []
    found, after = [], 0
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and any(node.lineno <= line <= (node.end_lineno or 0) for line in lines):
            found.append(node.name)
    for constant in ast.parse(text).body:  # a comment stands above what is no function
        if isinstance(constant, ast.AnnAssign) and any(after < line < constant.lineno for line in lines):
            found.append(ast.unparse(constant.target))
        after = constant.end_lineno or after
    return found


def declared() -> str:
    """Fact types by article with what handles them, sections, anomalies, of each agreement; and the law they cite."""
    parts = []
    for template in TEMPLATES.values():
        if not any(TYPES[name].cls.__module__.startswith("ledger.agreements.") for name in template.own):
            continue  # somebody else's
        parts.append(f"\n## What is declared: {template.zh}\n")
        parts += ["\n".join(table(template)) + "\n" for table in (types, sections, anomalies)]
    parts += ["\n## What is cited of the law\n", "\n".join(law()) + "\n"]
    return "\n".join(parts)


def page() -> str:
    """The page as it ought to be."""
    written, mark, _ = PAGE.read_text("utf-8").partition(MARK)
    return written + mark + declared()


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
