"""The rulings of a judgment as records to add and fill in; and the things of a contract that forms offer to choose
from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from api.console import fact_telling as told
from api.console.controls import NULL, Control, Faults, Options, Stated, Typed, of_shape, value_typed
from api.console.words import PageWords
from ledger import labels, messages
from ledger.domain.errors import Refusal
from ledger.domain.fact import DEBT, ITEM, KINDS, NOTICE, OPTION, READING, TYPES, Fact
from ledger.domain.rulings import FACT, NAMED, RULING, RULINGS, Ruling
from ledger.domain.template import Template
from ledger.domain.terms_values import Rows, Table, row_address
from ledger.domain.values import Shape
from ledger.importers.cells import text_of
from ledger.service import Ledger

MOST_FACTS = 200  # offered beside those in dispute, the latest
Things = Mapping[str, Sequence[tuple[str, Options]]]
"""What of a contract can be chosen, by what it is, under headings ("" where one does without)."""


def is_of_rulings(shape: Shape) -> bool:
    """Whether it is a list of rulings."""
    return shape.items is RULING


def things_of(ledger: Ledger, words: PageWords, contract: str) -> Things:
    """The facts, items of damages, debts, notices, readings, rows of terms and whatever has an identifier."""
    facts, template = ledger.facts(contract), ledger.template(contract)
    answer = ledger.status(contract)
    named: dict[str, Sequence[tuple[str, Options]]] = {
        kind: [("", tuple((name, _introduced(words, facts, kind, name)) for name in names))]
        for kind, names in ledger.identifiers(contract).items()
    }
    disputed = {one["fact"] for one in answer["claims"]} | set(answer["contested"])
    by_dispute: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
    for fact in reversed(facts):
        number = labels.short_id(fact.id)
        said = f"{number} {told.type_name(words, fact.type)} {fact.on} {told.in_short(words, fact).striptags()}"
        by_dispute[fact.id in disputed].append((number, said))
    named[FACT] = [
        (words.plain("form.facts-disputed"), tuple(by_dispute[True])),
        (words.plain("form.facts-other", most=MOST_FACTS), tuple(by_dispute[False][:MOST_FACTS])),
    ]
    clauses = {one["debt"]: one["clause"] for one in answer["limitation"]}

    def owed(name: str, amount: str) -> str:
        clause = labels.article(clauses[name], words.lang) if name in clauses else ""
        return f"{words.sum(amount)} {clause}".strip()

    items = [one for part in answer.values() if isinstance(part, dict) for one in part.get("items", ())]
    named[ITEM] = [("", tuple((one["id"], f"{one['id']}　{owed(one['id'], one['amount'])}") for one in items))]
    named[DEBT] = [("", tuple(
        (one["debt"], f"{labels.debt(one['debt'], words.lang)}　{owed(one['debt'], one['amount'])}")
        for one in answer["limitation"]
    ))]  # fmt: skip
    named[NOTICE] = [("", tuple(
        (_called(fact), f"{_called(fact)} {told.type_name(words, fact.type)} {fact.on[:10]}")
        for fact in reversed(facts) if TYPES[fact.type].served
    ))]  # fmt: skip
    named |= _in_terms(words, template, ledger.terms_in_force(contract))
    named[OPTION] = [
        (words.both((one.zh, one.en)),
         tuple((f"{name}={key}", words.both(said[:2])) for key, said in one.options.items()))
        for name, one in template.readings.items()
    ]  # fmt: skip
    return named


def _called(fact: Fact) -> str:
    """By what others name a fact: the identifier it introduces, or its own."""
    introduces = TYPES[fact.type].introduces
    return str(getattr(fact.what, introduces[1])) if introduces is not None else fact.ref or labels.short_id(fact.id)


def _in_terms(words: PageWords, template: Template, terms: Mapping[str, Any]) -> dict[str, Any]:
    """The rows of lists of the terms that fields of facts name, by the path of the list."""
    found = {}
    for path in {of for row in template.types.values() for of in row.chosen.values()}:
        part: Any = template.shape
        rows: Any = terms
        for key in path.split("."):
            part = part.keys.get(key) if isinstance(part, Table) else None
            rows = rows.get(key) or () if isinstance(rows, Mapping) else ()
        if isinstance(part, Rows):
            found[path] = [("", tuple((name, _called_row(name, row)) for row in rows
                                      if (name := str(row_address(part, row)))))]  # fmt: skip
    return found


def _called_row(address: str, row: Mapping[str, Any]) -> str:
    return " ".join(dict.fromkeys([address, str(row.get("name", address))]))


def _introduced(words: PageWords, facts: Sequence[Any], kind: str, name: str) -> str:
    """What has an identifier, by the fact that introduced it."""
    for fact in facts:
        row = TYPES[fact.type]
        if row.introduces is not None and row.introduces[0] == kind and getattr(fact.what, row.introduces[1]) == name:
            return f"{name} {told.type_name(words, fact.type)} {fact.on[:10]}"
    return name


def offered(template: Template) -> list[Ruling]:
    """The kinds of rulings possible on a contract of an agreement."""
    kinds = template.kinds
    return [one for one in RULINGS.values() if all(named in NAMED or named in kinds for named in one.names.values())]


def rulings_control(
    words: PageWords, name: str, label: str, things: Things, template: Template, typed: Typed, faults: Faults
) -> Control:
    """Every ruling that was asked for, each a record of its own; the kinds that can be asked for."""
    rows = []
    for number in range(1, typed.rows(name) + 1):
        known = RULINGS.get(typed.one(f"{name}.{number}"))
        if known is None:
            continue
        head = words.plain("form.ruling", number=number, ruling=words.both(known.said))
        kind = Control(f"{name}.{number}", head, "hidden", values=(known.key,))
        parts = [_part(words, f"{name}.{number}", known, key, of, things, typed, faults)
                 for key, of in known.shape.parts.items() if known.names.get(key) != READING]  # fmt: skip
        rows.append((kind, *parts))
    options = tuple((one.key, words.both(one.said)) for one in offered(template))
    return Control(name, label, "rulings", True, words.plain("form.hint.rulings"), options=options,
                   faults=tuple(faults.get(name, ())), rows=tuple(rows))  # fmt: skip


def _part(
    words: PageWords, ruling: str, known: Ruling, key: str, of: Shape, things: Things, typed: Typed, faults: Faults
) -> Control:
    named, name = known.names.get(key), f"{ruling}.{key}"
    label = known.labels.get(key) or (KINDS[named][:2] if named in KINDS else of.label) or (key, key)
    required = key not in known.cls.__optional__  # type: ignore[attr-defined]
    made = of_shape(words, name, words.both(label), of, typed, faults, required)
    if named is None:
        return made
    beside = tuple(faults.get(f"{ruling}.{_reading_of(known)}", ())) if named == OPTION else ()
    return to_choose_from(words, replace(made, faults=(*made.faults, *beside)), of, things.get(named, ()))


def to_choose_from(
    words: PageWords, made: Control, of: Shape, groups: Sequence[tuple[str, Options]]
) -> Control:
    """A control to choose something of the contract, of a list several; what was said and is not there stays."""
    there = {value for _, options in groups for value, _ in options}
    lost = tuple((one, one) for one in made.values if one not in there)
    groups = (*groups, *((("", lost),) if lost else ()))
    options = tuple(one for _, listed in groups for one in listed)
    hint = "" if options else words.plain("form.hint.nothing-there")
    if of.sort == "list":
        return replace(made, kind="many", hint=hint, options=options)
    return replace(made, kind="grouped", hint=hint, options=(), groups=groups)


def _reading_of(known: Ruling) -> str:
    return next(key for key, named in known.names.items() if named == READING)


def rulings_typed(name: str, typed: Typed, stated: Stated, lang: messages.Language) -> list[dict[str, Any]]:
    """The rulings that were filled in, as JSON."""
    found = []
    for number in range(1, typed.rows(name) + 1):
        known = RULINGS.get(typed.one(f"{name}.{number}"))
        if known is not None:
            found.append(_ruling_typed(f"{name}.{number}", known, typed, stated, lang))
    return found


def _ruling_typed(
    ruling: str, known: Ruling, typed: Typed, stated: Stated, lang: messages.Language
) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for key, of in known.shape.parts.items():
        name, named = f"{ruling}.{key}", known.names.get(key)
        if named == OPTION and typed.one(name):
            said[_reading_of(known)], _, said[key] = typed.one(name).partition("=")
        elif named == ITEM and typed.all(name):
            said[key] = list(typed.all(name))
        elif named not in (OPTION, READING, ITEM):
            value = typed.one(name) or None if named is not None else value_typed(name, of, typed, stated, lang)
            if of.null is not None and typed.one(name + NULL):
                if value is not None:
                    stated.fault(name, messages.say("console.form.both-said", lang))
                said[key] = None
            elif value is not None:
                said[key] = value
                _held(name, of, value, stated, lang)
    for key in known.shape.parts:
        beside = f"{ruling}.{key}"
        required = key not in known.cls.__optional__  # type: ignore[attr-defined]
        if required and known.names.get(key) != READING and key not in said and beside not in stated.faults:
            stated.fault(beside, messages.say("console.form.missing", lang))
    return said


def _held(name: str, of: Shape, value: Any, stated: Stated, lang: messages.Language) -> None:
    """A value against its shape here already: a list is refused for its first fault alone."""
    try:
        of.parse(value)
    except Refusal as refused:
        stated.fault(name, messages.say(refused.code, lang, **refused.values))


def typed_of_rulings(name: str, rulings: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """What would have to be typed for rulings as JSON."""
    pairs: list[tuple[str, str]] = []
    for number, said in enumerate(rulings, 1):
        known = next(one for key, one in RULINGS.items() if key in said)
        pairs.append((f"{name}.{number}", known.key))
        for key, of in known.shape.parts.items():
            if key not in said or known.names.get(key) == READING:
                continue
            one, value = f"{name}.{number}.{key}", said[key]
            if value is None:
                pairs.append((one + NULL, "true"))
            elif known.names.get(key) == OPTION:
                pairs.append((one, f"{said[_reading_of(known)]}={value}"))
            elif isinstance(value, list):
                pairs += [(one, str(each)) for each in value]
            else:
                pairs.append((one, text_of(value, of)))
    return pairs
