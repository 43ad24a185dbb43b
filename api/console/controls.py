"""The controls of a form, made from shapes; what is typed in them, read like a cell of a table; and its faults.

A control is named like the column of a table that fills the same field (``on``, ``data.amount``,
``data.lines.1.amount``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from api.console.words import PageWords
from api.problems import public
from ledger import messages
from ledger.domain.errors import Refusal
from ledger.domain.values import Shape
from ledger.importers.cells import text_of, value_of, words_of
from ledger.importers.columns import DATA

FEW = 6  # words: as many are shown side by side, more in a list to choose from
LONG = 500  # characters: a field that takes more gets several lines
MORE, DROP = "more", "drop"  # buttons that only change which controls there are
NULL = "-null"  # the tick that states null in a field that takes it
_IN_LIST = re.compile(r"data\.(?P<list>[^.]+)\.(?P<number>[0-9]+)(?P<part>[.-].+)?")
_NUMERIC = {"amount": "decimal", "share": "decimal", "percent": "decimal", "decimal": "decimal", "minutes": "decimal",
            "integer": "numeric"}  # fmt: skip

_MISSING = ("FIELD_MISSING", "TERMS_KEY_MISSING")  # which one is said by the label above

Faults = Mapping[str, Sequence[str]]
Options = tuple[tuple[str, str], ...]  # values with their words


@dataclass(frozen=True, slots=True)
class Control:
    """One field to fill in: ``kind`` is text, area, choice, select, many, grouped, records, rulings or terms.

    ``values`` are what was typed or ticked, ``options`` what can be chosen, ``groups`` the same under headings,
    ``known`` identifiers in use, ``rows`` the records of a list, each with its controls; ``null`` is the label of the
    tick beside it that states null; ``notes`` are remarks on its content; ``other`` is the field for text beside the
    words that can be ticked; ``one_of`` names the fields of which one must be filled in, where it is among such.
    """

    name: str
    label: str
    kind: str
    required: bool = False
    hint: str = ""
    values: tuple[str, ...] = ()
    options: Options = ()
    groups: tuple[tuple[str, Options], ...] = ()
    known: tuple[str, ...] = ()
    numeric: str = ""
    faults: tuple[str, ...] = ()
    rows: tuple[tuple[Control, ...], ...] = ()
    null: str = ""
    is_null: bool = False
    notes: tuple[str, ...] = ()
    other: str = ""
    one_of: str = ""
    parts: tuple[Any, ...] = ()

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def id(self) -> str:
        return id_of(self.name)

    def each(self) -> Iterator[Control]:
        """It and the controls within it."""
        yield self
        for within in (*(one for row in self.rows for one in row), *self.parts):
            yield from within.each()


def id_of(name: str) -> str:
    """The id of a control in its page."""
    return name.replace(".", "-").replace("+", "new")


class Typed:
    """The content of a form, by control; empty where the form is shown for the first time.

    Records of lists that were left empty, and the one to be dropped, are gone and the others renumbered; one that is
    asked for (``more`` is ``data.rulings=incident``) is there.
    """

    def __init__(self, pairs: Sequence[tuple[str, str]] = ()) -> None:
        self._all: dict[str, list[str]] = {}
        dropped = tuple(value for name, value in pairs if name == DROP and value)
        kept = [(name, value) for name, value in pairs if not _within(name, dropped)]
        places = _places(kept)
        for name, value in kept:
            if counted := _counted_anew(name, places):
                self._all.setdefault(counted, []).append(value)
        self.dropping = bool(dropped)
        list_, equals, first = self.one(MORE).partition("=")
        if equals:
            self._all[f"{list_}.{self.rows(list_) + 1}"] = [first]

    @property
    def changes_form(self) -> bool:
        """Whether a button was pressed that only asks for other controls."""
        return self.dropping or bool(self.one(MORE))

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(one for one in self._all.get(name, ()) if one.strip())

    def one(self, name: str) -> str:
        return next(iter(self.all(name)), "").strip()

    def has(self, name: str) -> bool:
        """Whether there was such a control, filled in or not."""
        return name in self._all

    def names(self) -> Iterable[str]:
        return self._all.keys()

    def rows(self, name: str) -> int:
        """The number of the last record of a list in which anything was typed."""
        found = [_IN_LIST.fullmatch(one) for one in self._all if self.all(one)]
        return max((int(one["number"]) for one in found if one and f"data.{one['list']}" == name), default=0)


def _within(name: str, dropped: Sequence[str]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in dropped)


def _places(pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, int], int]:
    """The new number of each record of a list, those in which nothing was typed left out."""
    filled: dict[str, set[int]] = {}
    for name, value in pairs:
        found = _IN_LIST.fullmatch(name)
        if found is not None and value.strip():
            filled.setdefault(found["list"], set()).add(int(found["number"]))
    return {(of, number): place for of, numbers in filled.items() for place, number in enumerate(sorted(numbers), 1)}


def _counted_anew(name: str, places: Mapping[tuple[str, int], int]) -> str:
    found = _IN_LIST.fullmatch(name)
    if found is None:
        return name
    place = places.get((found["list"], int(found["number"])))
    return f"data.{found['list']}.{place}{found['part'] or ''}" if place is not None else ""


@dataclass(slots=True)
class Stated:
    """The fact that a form states, and its faults: sentences by control, "" for the whole.

    ``terms`` are all terms as they stand in the form, where it has such; ``places`` are the controls of what has
    another name in the fact: a row of terms that does not exist yet has a number only in the form. ``one_of`` names, by
    control, the fields of which one must be filled in.
    """

    envelope: dict[str, Any]
    faults: dict[str, list[str]] = field(default_factory=dict)
    terms: dict[str, Any] | None = None
    places: dict[str, str] = field(default_factory=dict)
    one_of: dict[str, str] = field(default_factory=dict)

    def refuse(self, refused: Refusal, lang: messages.Language, inside: str = "") -> None:
        """Put every fault beside its control; ``inside`` is the path of a correction's data."""
        for path, fault in _each(refused, ""):
            name = _control_of(path, inside)
            if fault.code in _MISSING and name in self.one_of:
                said = messages.say("console.form.missing-one-of", lang, fields=self.one_of[name])
            elif fault.code in _MISSING:
                said = messages.say("console.form.missing", lang)
            else:
                said = messages.say(fault.code, lang, **public(fault))
            self.fault(name, said)

    def fault(self, name: str, said: str) -> None:
        place = next((one for one in self.places if name == one or name.startswith(f"{one}.")), None)
        if place is not None:
            name = self.places[place] + name[len(place) :]
        if said not in self.faults.setdefault(name, []):
            self.faults[name].append(said)


def _each(refused: Refusal, above: str) -> Iterator[tuple[str, Refusal]]:
    """Every fault of a refusal with its path; those of terms are told within the field they are stated in."""
    path = ".".join(part for part in (above, refused.field) if part)
    if not refused.faults:
        yield path, refused
    for fault in refused.faults:
        yield from _each(fault, path)


def of_shape(
    words: PageWords, name: str, label: str, shape: Shape, typed: Typed, faults: Faults, required: bool = False,
    hint: str = "", known: tuple[str, ...] = (),
) -> Control:  # fmt: skip
    """The control in which a value of a shape is typed or chosen."""
    options = tuple((value, words.both((zh, en))) for value, zh, en in words_of(shape))
    null = words.both(shape.null) if shape.null is not None else ""
    return Control(
        name, label, control_kind(shape), required, hint or how_written(words, shape, shape.example), typed.all(name),
        options, known=known, numeric=_NUMERIC.get(shape.sort, ""), faults=tuple(faults.get(name, ())), null=null,
        is_null=bool(typed.one(name + NULL)),
    )  # fmt: skip


def control_kind(shape: Shape) -> str:
    """The kind of control for a value of a shape."""
    if shape.sort in ("word", "yes-no"):
        return "choice" if len(list(words_of(shape))) <= FEW else "select"
    if shape.sort == "list" and shape.items is not None and shape.items.sort == "word":
        return "many"
    if shape.sort in ("object", "record") or (shape.sort == "list" and shape.items and shape.items.sort == "object"):
        return "area"
    return "area" if shape.sort == "text" and int(shape.schema.get("maxLength", 0)) > LONG else "text"


def how_written(words: PageWords, shape: Shape, example: Any) -> str:
    """How such a value is written, where that is not obvious."""
    kind = control_kind(shape)
    if shape.sort in ("list", "record") and kind == "area":
        return words.plain("form.hint.shaped", said=words.both(shape.said), example=text_of(example, shape))
    if shape.sort == "list" and kind != "text":
        return ""
    if shape.sort == "pattern":
        return words.plain("form.hint.shaped", said=words.both(shape.said), example=text_of(example, shape))
    code, written = f"form.hint.{shape.sort}", text_of(example, shape)
    if shape.sort == "share":
        return words.plain(code, example=written, percent=f"{Decimal(written) * 100:f}".rstrip("0").rstrip("."))
    if shape.sort == "moment":
        written = written[:16].replace("T", " ")
    return words.plain(code, example=written) if f"console.{code}" in messages.CATALOGUE else ""


def value_typed(name: str, shape: Shape, typed: Typed, stated: Stated, lang: messages.Language) -> Any:
    """The value of one control, None where it is empty or cannot be read."""
    given = typed.all(name)
    if not given:
        return None
    if control_kind(shape) == "many":
        return list(given)
    try:
        return value_of(given[0].strip(), shape)
    except Refusal as refused:
        stated.fault(name, messages.say(refused.code, lang, **refused.values))
        return None


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
    part = re.sub(r"\.[0-9]+$", "", found["part"])  # of a list within a record
    return f"data.{found['list']}.{int(found['number']) + 1}{part}"


def fault_summary(faults: Faults, names: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Every fault with its control and that control's name; a fault of the whole has none."""
    found = []
    for name, said in faults.items():
        known = next((one for one in (name, name.rpartition(".")[0], name.rsplit(".", 2)[0]) if one in names), "")
        found += [(id_of(name) if known else "", names.get(known, ""), one) for one in said]
    return found
