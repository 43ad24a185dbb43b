"""A form for a fact, made from the declaration of its type; and what was typed in it, as the fact it states.

A control is called like the column of a table that fills the same field (``on``, ``data.amount``,
``data.lines.1.amount``), and what is typed is read as such a cell is (:mod:`ledger.importers.cells`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from api.console.words import PageWords
from ledger import labels, messages
from ledger.domain.errors import Refusal
from ledger.domain.fact import PARTIES, FactType
from ledger.domain.fact_data import Field, flat_of
from ledger.domain.fact_words import example_of, fields_in, kind_of, label_of
from ledger.domain.values import Shape
from ledger.importers.cells import cell_of, value_of, words_of
from ledger.importers.columns import DATA, part_name

FEW = 6  # words: as many are shown side by side, more in a list to choose from
MOST_KNOWN = 200  # identifiers offered for a field that names something
ROWS, MORE_ROWS, MOST_ROWS = 2, 3, 60
LONG = 500  # characters: a field that takes more gets several lines
_IN_LIST = re.compile(r"data\.(?P<list>[^.]+)\.(?P<number>[0-9]+)(?P<part>\..+)?")


@dataclass(frozen=True, slots=True)
class Control:
    """One field to fill in: ``kind`` is text, area, choice, select or many; ``values`` what was typed or ticked.

    ``options`` are (value, words), ``known`` identifiers in use, ``rows`` the records of a list, each its controls.
    """

    name: str
    label: str
    kind: str
    required: bool = False
    hint: str = ""
    values: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    known: tuple[str, ...] = ()
    numeric: str = ""
    faults: tuple[str, ...] = ()
    rows: tuple[tuple[Control, ...], ...] = ()

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")


class Typed:
    """What a form brings, by control; blank where the form is shown for the first time."""

    def __init__(self, pairs: Sequence[tuple[str, str]] = ()) -> None:
        self._all: dict[str, list[str]] = {}
        for name, value in pairs:
            self._all.setdefault(name, []).append(value)

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(one for one in self._all.get(name, ()) if one.strip())

    def one(self, name: str) -> str:
        return next(iter(self.all(name)), "").strip()

    def rows(self, name: str) -> int:
        """The number of the last record of a list in which anything was typed."""
        found = [_IN_LIST.fullmatch(one) for one, values in self._all.items() if any(map(str.strip, values))]
        return max((int(one["number"]) for one in found if one and f"data.{one['list']}" == name), default=0)


@dataclass(slots=True)
class Stated:
    """The fact that a form states, and what is wrong with it, sentences by control; "" for the whole."""

    envelope: dict[str, Any]
    faults: dict[str, list[str]] = field(default_factory=dict)

    def refuse(self, refused: Refusal, lang: messages.Language, inside: str = "") -> None:
        """Put every fault beside the control it is about; ``inside`` is the path of a correction's data."""
        for fault in refused.faults or (refused,):
            missing = fault.code == "FIELD_MISSING"  # which one is said by the label above
            said = messages.say("console.form.missing" if missing else fault.code, lang, **fault.values)
            name = _control_of(fault.field or "", inside)
            if said not in self.faults.setdefault(name, []):
                self.faults[name].append(said)


class Asking(NamedTuple):
    """What a form is asked for: the type, which variant of it, by which role, what things are called so far."""

    row: FactType
    variant: str
    role: str
    known: Mapping[str, Sequence[str]]


def controls(words: PageWords, asking: Asking, typed: Typed, faults: Mapping[str, Sequence[str]]) -> list[Control]:
    """The controls of a type's data, those that must be filled in first; then those that need not be."""
    listed = [_control(words, asking, one, typed, faults) for one in shown_fields(asking.row, asking.variant)]
    return [one for one in listed if one.required] + [one for one in listed if not one.required]


def of_envelope(
    words: PageWords, name: str, label: str, typed: Typed, faults: Mapping[str, Sequence[str]], *, hint: str = "",
    kind: str = "text", required: bool = False, value: str = "",
) -> Control:  # fmt: skip
    """A control of what is not data; ``value`` stands in it until something was typed."""
    values = typed.all(name) or ((value,) if value else ())
    return Control(name, words.plain(label), kind, required, words.plain(hint) if hint else "", values,
                   faults=tuple(faults.get(name, ())))  # fmt: skip


def shown_fields(row: FactType, variant: str) -> Iterator[Field]:
    """The fields a form of a variant has, where that was chosen before; else all, the one that tells it among them."""
    by, known = row.variants if row.variants is not None else ("", {})
    flat = flat_of(row.cls)
    inner = flat.fields if flat is not None else {}
    for one in fields_in(row):
        if not variant or (one.key != by and (one.key not in inner or one.key in known[variant])):
            yield one


def actors(row: FactType, role: str) -> tuple[str, ...]:
    """Who may have done it, where this role says so; its own self first."""
    if row.own or role not in PARTIES:
        return (role,)
    return tuple(sorted(row.actors, key=lambda one: one != role)) or (role,)


def read_data(asking: Asking, typed: Typed, stated: Stated, lang: messages.Language) -> dict[str, Any]:
    """The data that was typed; what cannot be read is told beside its control."""
    data: dict[str, Any] = {}
    if asking.row.variants is not None and asking.variant:
        data[asking.row.variants[0]] = asking.variant
    for one in shown_fields(asking.row, asking.variant):
        name = DATA + one.key
        parts = one.shape.items.parts if one.shape.items is not None else None
        if parts:
            records = [_record(f"{name}.{number}", parts, typed, stated, lang)
                       for number in range(1, typed.rows(name) + 1)]  # fmt: skip
            if found := [record for record in records if record]:
                data[one.key] = found
        elif (value := _value(name, one.shape, typed, stated, lang)) is not None:
            data[one.key] = value
    return data


def typed_of(row: FactType, data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What would have to be typed for ``data``, to be changed from there."""
    pairs: list[tuple[str, str]] = []
    for one in fields_in(row):
        if one.key not in data:
            continue
        shape, value, name = one.shape, data[one.key], DATA + one.key
        parts = shape.items.parts if shape.items is not None else None
        if parts and isinstance(value, list):
            pairs += [(f"{name}.{number}.{part}", _cell(of, record[part])) for number, record in enumerate(value, 1)
                      for part, of in parts.items() if part in record]  # fmt: skip
        elif _kind(shape) == "many":
            pairs += [(name, str(each)) for each in value]
        else:
            pairs.append((name, _cell(shape, value)))
    return pairs


# --- one control -----------------------------------------------------------------------------------


def _control(
    words: PageWords, asking: Asking, one: Field, typed: Typed, faults: Mapping[str, Sequence[str]]
) -> Control:
    row, shape, name = asking.row, one.shape, DATA + one.key
    label = words.both(label_of(row, one))
    parts = shape.items.parts if shape.items is not None else None
    if parts:
        count = min(MOST_ROWS, max(ROWS, typed.rows(name) + (MORE_ROWS if typed.one("more") == name else 0)))
        rows = tuple(
            tuple(_plain(words, f"{name}.{number}.{part}", words.both(part_name(row, part, of)), of, typed, faults)
                  for part, of in parts.items())
            for number in range(1, count + 1)
        )  # fmt: skip
        return Control(name, label, "records", one.required, rows=rows, faults=tuple(faults.get(name, ())))
    return _plain(words, name, label, shape, typed, faults, one.required, *_offered(words, asking, one))


def _plain(
    words: PageWords, name: str, label: str, shape: Shape, typed: Typed, faults: Mapping[str, Sequence[str]],
    required: bool = False, hint: str = "", known: tuple[str, ...] = (),
) -> Control:  # fmt: skip
    kind = _kind(shape)
    options = tuple((value, (zh, en)[words.lang == "en"]) for value, zh, en in words_of(shape))
    numeric = {"amount": "decimal", "share": "decimal", "percent": "decimal", "decimal": "decimal",
               "minutes": "decimal", "integer": "numeric"}.get(shape.sort, "")  # fmt: skip
    return Control(
        name, label, kind, required, hint or _hint(words, shape), typed.all(name), options, known, numeric,
        tuple(faults.get(name, ())),
    )  # fmt: skip


def _kind(shape: Shape) -> str:
    if shape.sort in ("word", "yes-no"):
        return "choice" if len(list(words_of(shape))) <= FEW else "select"
    if shape.sort == "list" and shape.items is not None and shape.items.sort == "word":
        return "many"
    if shape.sort in ("object", "record") or (shape.sort == "list" and shape.items and shape.items.sort == "object"):
        return "area"
    return "area" if shape.sort == "text" and int(shape.schema.get("maxLength", 0)) > LONG else "text"


def _hint(words: PageWords, shape: Shape) -> str:
    return _told(words, shape, shape.example)


def _told(words: PageWords, shape: Shape, example: Any) -> str:
    """How such a value is written, where that is not plain."""
    if shape.sort in ("list", "record") and _kind(shape) == "area":
        return words.plain("form.hint.shaped", said=words.both(shape.said), example=_cell(shape, example))
    if shape.sort == "list" and _kind(shape) != "text":
        return ""
    code = f"form.hint.{shape.sort}"
    return words.plain(code, example=_cell(shape, example)) if f"console.{code}" in messages.CATALOGUE else ""


def _offered(words: PageWords, asking: Asking, one: Field) -> tuple[str, tuple[str, ...]]:
    """What a field that names something may say: of a new name those in use, of an old one all there are."""
    kind = kind_of(asking.row, one.key)
    if kind is None:
        return _told(words, one.shape, example_of(asking.row, one)), ()
    there = tuple(asking.known.get(kind, ()))
    introduced = asking.row.introduces is not None and asking.row.introduces[1].removesuffix("_") == one.key
    if introduced:
        return words.plain("form.hint.new-name", used=words.listed(there[-5:]) if there else "–"), ()
    return words.plain("form.hint.known-name", known=words.listed(there[-5:]) if there else "–"), there[-MOST_KNOWN:]


# --- what was typed --------------------------------------------------------------------------------


def _record(
    name: str, parts: Mapping[str, Shape], typed: Typed, stated: Stated, lang: messages.Language
) -> dict[str, Any]:
    found = {part: _value(f"{name}.{part}", shape, typed, stated, lang) for part, shape in parts.items()}
    return {part: value for part, value in found.items() if value is not None}


def _value(name: str, shape: Shape, typed: Typed, stated: Stated, lang: messages.Language) -> Any:
    """What one control says, None where it is left empty or cannot be read."""
    given = typed.all(name)
    if not given:
        return None
    if _kind(shape) == "many":
        return list(given)
    try:
        return value_of(given[0].strip(), shape)
    except Refusal as refused:
        stated.faults.setdefault(name, []).append(messages.say(refused.code, lang, **refused.values))
        return None


def _cell(shape: Shape, value: Any) -> str:
    said = cell_of(value, shape)
    return "" if said is None else str(said).lower() if isinstance(said, bool) else str(said)


def _control_of(path: str, inside: str) -> str:
    """The control that a path of the envelope is typed in: lists count from 0 there, and from 1 in a form."""
    if inside and path.startswith(inside):
        path = DATA + path[len(inside) :].lstrip(".") if path != inside else ""
    elif inside and path.startswith(DATA):
        path = path.removeprefix(DATA)
    found = _IN_LIST.fullmatch(path)
    if found is None:
        return path
    if not found["part"]:
        return f"data.{found['list']}"
    return f"data.{found['list']}.{int(found['number']) + 1}{found['part']}"


def role_words(words: PageWords, roles: Sequence[str]) -> list[tuple[str, str]]:
    return [(role, labels.label("role", role, words.lang)) for role in roles]


def fault_summary(faults: Mapping[str, Sequence[str]], names: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Every fault with the control it leads to and what that is called; a fault of the whole leads nowhere."""
    found = []
    for name, said in faults.items():
        known = next((one for one in (name, name.rpartition(".")[0], name.rsplit(".", 2)[0]) if one in names), "")
        found += [(name.replace(".", "-") if known else "", names.get(known, ""), one) for one in said]
    return found
