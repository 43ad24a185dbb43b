"""A form for a fact, made from the declaration of its type; and the fact stated by what was typed in it.

A control has the name of the table column for the same field (``on``, ``data.amount``, ``data.lines.1.amount``),
and typed text is read like a cell of that column (:mod:`ledger.importers.cells`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from api.console import ruling_form
from api.console.controls import (
    MORE,
    Control,
    Faults,
    Stated,
    Typed,
    control_kind,
    how_written,
    of_shape,
    value_typed,
)
from api.console.ruling_form import Things, is_of_rulings
from api.console.terms_form import TermsAsked, document_typed, terms_control
from api.console.words import PageWords
from ledger import labels, messages
from ledger.bilingual import Bilingual, in_one
from ledger.domain.errors import Refusal
from ledger.domain.fact import OPTION, PARTIES, READING, Fact, FactType
from ledger.domain.fact_data import Field, flat_of
from ledger.domain.fact_words import example_of, fields_in, kind_of, label_of
from ledger.domain.facts.agreement import AmendmentAgreed, ContractRegistered
from ledger.domain.template import Template
from ledger.domain.terms import amend
from ledger.domain.terms_amendment import changes_between
from ledger.domain.values import Shape
from ledger.importers.cells import text_of
from ledger.importers.columns import DATA, part_name
from ledger.service import Ledger, Question

MOST_KNOWN = 200  # identifiers offered for a field that names a thing
ROWS, MORE_ROWS, MOST_ROWS = 2, 3, 60
NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


class Asking(NamedTuple):
    """What a form is for: the type, its variant, the role, the identifiers in use.

    For types with rulings or terms also the agreement, the possible subjects of rulings, the terms, and the warnings
    about them by dotted path.
    """

    row: FactType
    variant: str
    role: str
    known: Mapping[str, Sequence[str]]
    template: Template | None = None
    things: Things = NOTHING
    terms: TermsAsked | None = None
    advice: Mapping[str, Sequence[str]] = NOTHING


def asking(
    ledger: Ledger, words: PageWords, contract: str, row: FactType, role: str, variant: str = "",
    said: tuple[Fact, Mapping[str, Any]] | None = None,
) -> Asking:  # fmt: skip
    """Collect what a form for a type needs from a contract; ``said`` is the fact to correct, with its data."""
    template = ledger.template(contract)
    chooses = bool(row.chosen) or any(is_of_rulings(one.shape) for one in fields_in(row))
    return Asking(
        row, variant, role, ledger.identifiers(contract), template,
        ruling_form.things_of(ledger, words, contract) if chooses else {},
        _terms(ledger, contract, template, row, said),
    )


def _terms(
    ledger: Ledger, contract: str, template: Template, row: FactType, said: tuple[Fact, Mapping[str, Any]] | None
) -> TermsAsked | None:
    """The terms that a form starts from: those in force, or those in force before the fact to correct."""
    if row.cls is ContractRegistered and said is not None:
        return TermsAsked(template, "terms", said[1]["terms"], said[1]["terms"], whole=True)
    if row.cls is not AmendmentAgreed:
        return None
    if said is None:
        now = ledger.terms_in_force(contract)
        return TermsAsked(template, "changes", now, now)
    before = ledger.terms_in_force(contract, Question(as_of=said[0].day - timedelta(days=1)))
    try:
        return TermsAsked(template, "changes", before, amend(before, said[1]["changes"]))
    except Refusal:  # it changes something that another amendment of the same day made
        return TermsAsked(template, "changes", before, before)


def controls(words: PageWords, asking: Asking, typed: Typed, faults: Faults) -> list[Control]:
    """The controls of a type's data: required ones first, then those of which one is needed."""
    listed = [
        replace(_control(words, asking, one, typed, faults), one_of=named_one_of(asking.row, one.key, words.lang))
        for one in shown_fields(asking.row, asking.variant)
    ]
    return sorted(listed, key=lambda one: 0 if one.required else 1 if one.one_of else 2)


def named_one_of(row: FactType, key: str, lang: messages.Language) -> str:
    """What the fields are called of which one must be filled in, where a field is among such; else nothing."""
    if key not in row.one_of:
        return ""
    called = {one.key: str(in_one(Bilingual(*label_of(row, one)), lang)) for one in fields_in(row)}
    return messages.say("joint:list", lang).join(called[each] for each in row.one_of)


def of_envelope(
    words: PageWords, name: str, label: str, typed: Typed, faults: Faults, *, hint: str = "",
    kind: str = "text", required: bool = False, value: str = "",
) -> Control:  # fmt: skip
    """A control of the envelope; ``value`` is its initial value."""
    values = typed.all(name) or ((value,) if value else ())
    return Control(name, words.plain(label), kind, required, words.plain(hint) if hint else "", values,
                   faults=tuple(faults.get(name, ())))  # fmt: skip


def shown_fields(row: FactType, variant: str) -> Iterator[Field]:
    """The fields of the chosen variant; if none was chosen all fields, including the one that selects it."""
    by, known = row.variants if row.variants is not None else ("", {})
    flat = flat_of(row.cls)
    inner = flat.fields if flat is not None else {}
    for one in fields_in(row):
        if row.chosen.get(one.key) == READING:  # chosen together with its option
            continue
        if not variant or (one.key != by and (one.key not in inner or one.key in known[variant])):
            yield one


def actors(row: FactType, role: str) -> tuple[str, ...]:
    """The roles that may be the actor when this role states the fact, its own first."""
    if row.own or role not in PARTIES:
        return (role,)
    return tuple(sorted(row.actors, key=lambda one: one != role)) or (role,)


def read_data(asking: Asking, typed: Typed, stated: Stated, lang: messages.Language) -> dict[str, Any]:
    """The data typed; faults are reported by control."""
    data: dict[str, Any] = {}
    if asking.row.variants is not None and asking.variant:
        data[asking.row.variants[0]] = asking.variant
    for one in shown_fields(asking.row, asking.variant):
        name = DATA + one.key
        if one_of := named_one_of(asking.row, one.key, lang):
            stated.one_of[name] = one_of
        if asking.terms is not None and asking.terms.key == one.key:
            _read_terms(asking.terms, typed, stated, lang, data)
            continue
        if is_of_rulings(one.shape):
            if rulings := ruling_form.rulings_typed(name, typed, stated, lang):
                data[one.key] = rulings
            continue
        if one.key in asking.row.chosen and _read_chosen(asking.row, one, typed, stated, data):
            continue
        parts = one.shape.items.parts if one.shape.items is not None else None
        if parts:
            records = [_record(f"{name}.{number}", parts, typed, stated, lang)
                       for number in range(1, typed.rows(name) + 1)]  # fmt: skip
            if found := [record for record in records if record]:
                data[one.key] = found
        elif (value := value_typed(name, one.shape, typed, stated, lang)) is not None:
            data[one.key] = value
    return data


def _read_chosen(row: FactType, one: Field, typed: Typed, stated: Stated, data: dict[str, Any]) -> bool:
    """Put a chosen value into the data; returns False if the text has to be parsed instead."""
    name, of = DATA + one.key, row.chosen[one.key]
    given = typed.all(name)
    if of == OPTION:
        reading = _reading_of(row)
        stated.places[DATA + reading] = name
        if given and "=" in given[0]:
            data[reading], _, data[one.key] = given[0].partition("=")
    elif one.shape.sort == "list" and len(given) > 1:
        data[one.key] = list(given)
    return of in (OPTION, READING) or len(given) > 1


def _reading_of(row: FactType) -> str:
    """The field with the reading whose option this field names."""
    return next(key for key, named in row.chosen.items() if named == READING)


def _read_terms(
    asked: TermsAsked, typed: Typed, stated: Stated, lang: messages.Language, data: dict[str, Any]
) -> None:
    stated.terms = document_typed(asked, typed, stated, lang)
    changed = changes_between(asked.template.shape, asked.before, stated.terms)
    if asked.whole:
        data[asked.key] = stated.terms
    elif changed:
        data[asked.key] = changed
    if not changed and not stated.faults:
        stated.fault(asked.name, messages.say("console.form.nothing-changed", lang))


def typed_of(row: FactType, data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The texts that would have to be typed for ``data``: the initial values of a correction."""
    pairs: list[tuple[str, str]] = []
    for one in fields_in(row):
        if one.key not in data:
            continue
        shape, value, name = one.shape, data[one.key], DATA + one.key
        if is_of_rulings(shape):
            pairs += ruling_form.typed_of_rulings(name, value)
            continue
        parts = shape.items.parts if shape.items is not None else None
        of = row.chosen.get(one.key)
        if of == OPTION:
            pairs.append((name, f"{data[_reading_of(row)]}={value}"))
        elif of == READING:  # shown before its option
            continue
        elif of is not None and isinstance(value, list):
            pairs += [(name, str(each)) for each in value]
        elif parts and isinstance(value, list):
            pairs += [(f"{name}.{number}.{part}", text_of(record[part], of)) for number, record in enumerate(value, 1)
                      for part, of in parts.items() if part in record]  # fmt: skip
        elif control_kind(shape) == "many":
            pairs += [(name, str(each)) for each in value]
        else:
            pairs.append((name, text_of(value, shape)))
    return pairs


# --- one control -----------------------------------------------------------------------------------


def _control(
    words: PageWords, asking: Asking, one: Field, typed: Typed, faults: Faults
) -> Control:
    row, shape, name = asking.row, one.shape, DATA + one.key
    label = words.both(label_of(row, one))
    if asking.terms is not None and asking.terms.key == one.key:
        return terms_control(words, asking.terms, typed, faults, asking.advice)
    if is_of_rulings(shape) and asking.template is not None:
        return ruling_form.rulings_control(words, name, label, asking.things, asking.template, typed, faults)
    parts = shape.items.parts if shape.items is not None else None
    if parts:
        count = min(MOST_ROWS, max(ROWS, typed.rows(name) + (MORE_ROWS if typed.one(MORE) == name else 0)))
        rows = tuple(
            tuple(of_shape(words, f"{name}.{number}.{part}", words.both(part_name(row, part, of)), of, typed, faults)
                  for part, of in parts.items())
            for number in range(1, count + 1)
        )  # fmt: skip
        return Control(name, label, "records", one.required, rows=rows, faults=tuple(faults.get(name, ())))
    made = of_shape(words, name, label, shape, typed, faults, one.required, *_offered(words, asking, one))
    groups = asking.things.get(row.chosen.get(one.key, ""), ())
    return ruling_form.to_choose_from(words, made, shape, groups) if groups else made


def _offered(words: PageWords, asking: Asking, one: Field) -> tuple[str, tuple[str, ...]]:
    """Suggestions for a field that names a thing: for a new name those in use, for an existing thing all of them."""
    kind = kind_of(asking.row, one.key)
    if kind is None:
        return how_written(words, one.shape, example_of(asking.row, one)), ()
    there = tuple(asking.known.get(kind, ()))
    introduced = asking.row.introduces is not None and asking.row.introduces[1].removesuffix("_") == one.key
    if introduced:
        return words.plain("form.hint.new-name", used=words.listed(there[-5:]) if there else "–"), ()
    code = "form.hint.known-names" if one.shape.sort == "list" else "form.hint.known-name"
    return words.plain(code, known=words.listed(there[-5:]) if there else "–"), there[-MOST_KNOWN:]


# --- what was typed --------------------------------------------------------------------------------


def _record(
    name: str, parts: Mapping[str, Shape], typed: Typed, stated: Stated, lang: messages.Language
) -> dict[str, Any]:
    found = {part: value_typed(f"{name}.{part}", shape, typed, stated, lang) for part, shape in parts.items()}
    return {part: value for part, value in found.items() if value is not None}


def role_words(words: PageWords, roles: Sequence[str]) -> list[tuple[str, str]]:
    return [(role, labels.label("role", role, words.lang)) for role in roles]
