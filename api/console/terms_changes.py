"""What a form of terms changes in the terms in force, in words; and what counsel should see of the result."""

from __future__ import annotations

from typing import Any, NamedTuple

from api.console.terms_form import Document, Notes, TermsAsked, columns_of
from api.console.words import PageWords
from ledger.domain.errors import Refusal
from ledger.domain.template import Template
from ledger.domain.terms_amendment import changes_between
from ledger.domain.terms_values import Rows, Value, row_address, value_in
from ledger.domain.terms_words import column_of, row_of, term_of, value_shape
from ledger.importers.cells import text_of
from ledger.service import Ledger


class TermChange(NamedTuple):
    """One term that changes: its path, what it is called, before and after in words; "none" where nothing is stated."""

    path: str
    name: str
    before: str
    after: str


def changes_told(words: PageWords, asked: TermsAsked, after: Document) -> list[TermChange]:
    """What differs between the terms that hold and those in the form, row by row and value by value."""
    found = []
    for path, value in changes_between(asked.template.shape, asked.before, after).items():
        was = _at(asked.template.shape, asked.before, path)
        found.append(TermChange(path, *_said(words, asked.template, path, was, value)))
    return found


def _at(shape: Any, document: Any, path: str) -> Any:
    for part in path.split("."):
        if document is None:
            return None
        if isinstance(shape, Rows):
            document = next((row for row in document if str(row_address(shape, row)) == part), None)
            shape = shape.row
        else:
            document, shape = document.get(part), shape.keys[part]
    return document


def _said(words: PageWords, template: Template, path: str, before: Any, after: Any) -> tuple[str, str, str]:
    shape: Any = template.shape
    named: list[str] = []
    row = ""
    for part in path.split("."):
        if isinstance(shape, Rows):
            said = row_of(template, ".".join(named), part)
            row, shape = words.both(said).strip() if said is not None else part, shape.row
            continue
        named.append(part)
        row, shape = "", shape.keys[part]
    called = term_of(template, path)
    name = words.both(called) if called is not None else path
    if row:
        listed = column_of(template, ".".join(named))
        name = words.plain("form.cell", row=words.both(listed) if listed is not None else ".".join(named), column=row)
    was, now = (_in_words(words, template, shape, ".".join(named), one) for one in (before, after))
    return name, was, now


def _in_words(words: PageWords, template: Template, shape: Any, named: str, value: Any) -> str:
    """A value, or all of a row, in words."""
    if value is None:
        return words.plain("nothing")
    if isinstance(shape, Value):
        of = value_shape(template, named, shape)
        if of.sort == "list" and of.items is not None:
            options = of.items.options
            said = str(words.listed(words.both(options[one]) if one in options else str(one) for one in value))
            return said or words.plain("nothing")
        if of.sort == "yes-no":
            return words.label("truth", str(value).lower())
        return text_of(value, of, words.lang)
    if isinstance(shape, Rows):
        return words.plain("form.rows", count=len(value))
    parts = [
        f"{words.both(called) if (called := column_of(template, f'{named}.{key}')) else key} "
        + _in_words(words, template, of, f"{named}.{key}", value_in(value, key))
        for key, of in columns_of(shape) if value_in(value, key) is not None
    ]
    return words.plain("comma").join(parts) or words.plain("nothing")


def advised(words: PageWords, ledger: Ledger, asked: TermsAsked, after: Document | None) -> tuple[Notes, list[str]]:
    """What counsel should see of the terms in the form, by dotted path; and which of it is new.

    Empty where they contradict themselves.
    """
    before = _advice(ledger, asked.before)
    now = before if after is None else _advice(ledger, after)
    notes: dict[str, list[str]] = {}
    for one in now:
        notes.setdefault(one["field"], []).append(one[words.lang])
    known = [(one["code"], one["field"], one["zh"]) for one in before]
    return notes, [one[words.lang] for one in now if (one["code"], one["field"], one["zh"]) not in known]


def _advice(ledger: Ledger, document: Document | None) -> list[dict[str, Any]]:
    try:
        return ledger.advice(document) if document else []
    except Refusal:
        return []
