"""What fact types and their fields are called in Chinese and English, as declared.

A field takes its name from its type (``labels``), else from what it refers to (an invoice, say), else from its shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from ledger.domain.fact import KINDS, TYPES, Data, FactType
from ledger.domain.fact_data import Field, fields_of, flat_of
from ledger.domain.facts.agreement import ReadingAgreed
from ledger.domain.template import all_readings
from ledger.domain.words import Reading, Said


def fields_in(row: FactType) -> Iterator[Field]:
    """Every field that ``data`` of the type may state, those of a flat record last."""
    yield from fields_of(row.cls)
    flat = flat_of(row.cls)
    if flat is not None:
        yield from flat.fields.values()


def label_of(row: FactType, field: Field) -> Said:
    """What a field of a type is called; without a declared name, its key."""
    if field.key in row.labels:
        return row.labels[field.key]
    kind = kind_of(row, field.key)
    if kind is not None:
        return KINDS[kind][:2]
    return field.shape.label or (field.key, field.key)


def kind_of(row: FactType, key: str) -> str | None:
    """The kind of identifier that a field names."""
    named = [one for one in (row.introduces, row.subject, *row.mentions) if one is not None]
    return next((kind for kind, field in named if field.removesuffix("_") == key and kind in KINDS), None)


def example_of(row: FactType, field: Field) -> Any:
    """A value of a field, as JSON."""
    if field.key in row.example:
        return row.example[field.key]
    if row.cls is ReadingAgreed and field.key in (agreed := _reading_agreed()):
        return agreed[field.key]
    kind = kind_of(row, field.key)
    if kind is None:
        return field.shape.example
    named = KINDS[kind].example
    return [named] if isinstance(field.shape.example, list) else named


def example_data(row: FactType) -> Data:
    """Data of the type to copy: what is required, and what the declaration adds."""
    return {one.key: example_of(row, one) for one in fields_in(row) if one.required or one.key in row.example}


def options_of(row: FactType, field: Field) -> Mapping[str, Said]:
    """The values a field takes, where they are few, with their words; for a reading's option, those of every reading.
    """
    if row.cls is not ReadingAgreed or field.key != "reading":
        return field.shape.options
    return {name: _with_options(one) for name, one in all_readings().items()}


def _with_options(reading: Reading) -> Said:
    zh = "；".join(f"{name} {one.zh}" for name, one in reading.options.items())
    en = "; ".join(f"{name} {one.en}" for name, one in reading.options.items())
    return f"{reading.zh}：{zh}", f"{reading.en}: {en}"


def _reading_agreed() -> Data:
    name, reading = next(iter(all_readings().items()))
    return {"reading": name, "option": list(reading.options)[-1]}


def meaning_of(row: FactType) -> Said:
    """What a fact of the type means, in a sentence or two."""
    return row.meaning, " ".join((row.cls.__doc__ or "").replace("``", "`").split())


def said_of_field(key: str) -> Said | None:
    """What a field of that key is called where the type is not known: the first declaration counts."""
    return _said(len(TYPES))[0].get(key)


def said_of_option(key: str, value: str) -> Said | None:
    """What a value means in a field of that key: the first declaration counts."""
    return _said(len(TYPES))[1].get((key, value))


@cache
def _said(_types: int) -> tuple[dict[str, Said], dict[tuple[str, str], Said]]:
    labels: dict[str, Said] = {}
    options: dict[tuple[str, str], Said] = {}
    for row in TYPES.values():
        for field in fields_in(row):
            labels.setdefault(field.key, label_of(row, field))
            for value, said in field.shape.options.items():
                options.setdefault((field.key, value), said)
    return labels, options
