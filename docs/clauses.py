"""The part of docs/clauses.md that follows from the declarations, written into it below its mark.

python -m docs.clauses
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import ledger.agreements  # noqa: F401  (declares every agreement)
from ledger.domain.clause import Handler
from ledger.domain.fact import TYPES, FactType
from ledger.domain.template import OF_THE_RECORD, TEMPLATES, Template
from ledger.messages import CATALOGUE

PAGE = Path(__file__).parent / "clauses.md"
MARK = "<!-- What follows is written by docs/clauses.py (python -m docs.clauses) from the declarations. -->\n"


def place(handler: Handler) -> str:
    """``article_09_payment.rule.invoice_issued``."""
    function = handler.func if isinstance(handler, partial) else handler
    return f"`{'.'.join(function.__module__.split('.')[-2:])}.{function.__qualname__}`"


def by_article(row: FactType) -> tuple[bool, list[int]]:
    return row.article.startswith("annex"), [int(number) for number in re.findall(r"\d+", row.article)]


def types(template: Template) -> Iterator[str]:
    yield "| Article | Fact type | 中文 | Said by | Handled by |\n|---|---|---|---|---|"
    ours = {name: row for name, row in TYPES.items() if row.cls.__module__.startswith("ledger.")}
    for name, row in sorted(ours.items(), key=lambda one: (by_article(one[1]), one[0])):
        yield f"| {row.article} | `{name}` | {row.zh} | {', '.join(row.actors)} | {handled(template, row)} |"


def handled(template: Template, row: FactType) -> str:
    """What handles the facts of a type, or why nothing does."""
    if row.name not in template.courses:
        return "of the ledger, of no contract"
    if row.cls in (*OF_THE_RECORD.handles, *OF_THE_RECORD.silent):
        return "of the record itself, whatever the agreement"
    course = template.courses[row.name]
    handlers = [*course.handlers, *([course.at_close] if course.at_close else [])]
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


def declared() -> str:
    """Fact types by article with what handles them, sections of the answer, anomalies, for each agreement."""
    parts = []
    for template in TEMPLATES.values():
        if not any(TYPES[name].cls.__module__.startswith("ledger.agreements.") for name in template.own):
            continue  # somebody else's
        parts.append(f"\n## What is declared: {template.zh}\n")
        parts += ["\n".join(table(template)) + "\n" for table in (types, sections, anomalies)]
    return "\n".join(parts)


def page() -> str:
    """The page as it ought to be."""
    written, mark, _ = PAGE.read_text("utf-8").partition(MARK)
    return written + mark + declared()


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
