"""The terms of a contract as a form, made from what its agreement declares.

A term's control is named by its dotted path (``data.changes.TABLE.KEY``), a row that does not exist yet by its number
(``data.changes.TABLE.LIST.+1.KEY``); a row is removed by ``-`` in the control of its path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from api.console.controls import MORE, Control, Faults, Stated, Typed, control_kind, of_shape, value_typed
from api.console.words import PageWords
from ledger import messages
from ledger.domain.template import Template
from ledger.domain.terms_amendment import changes_between
from ledger.domain.terms_values import Rows, Table, Value, row_address, value_in
from ledger.domain.terms_words import column_of, row_of, value_shape
from ledger.domain.values import Shape
from ledger.importers.cells import text_of
from ledger.importers.columns import DATA

GONE = "-"
COLUMNS = "columns"  # the field that names each list of which all columns are shown
_FIXED = ("contract.template",)  # what no form changes
_FIXED_LATER = ("contract.id", *_FIXED)
_NEW = re.compile(r"\+([1-9][0-9]{0,2})\..+")
Document = Mapping[str, Any]


class TermsAsked(NamedTuple):
    """What a form of terms starts from.

    ``key`` is the field of the fact it fills, ``before`` the terms that hold, ``shown`` those that stand in the fields
    until something is typed; ``whole``: the fact states all of the terms, else only what it changes.
    """

    template: Template
    key: str
    before: Document
    shown: Document
    whole: bool = False

    @property
    def name(self) -> str:
        return DATA + self.key

    @property
    def fixed(self) -> Sequence[str]:
        return _FIXED_LATER if self.before else _FIXED


Notes = Mapping[str, Sequence[str]]


class TermsRow(NamedTuple):
    """A row of a list: what it is called, its cells; ``drop`` the tick that takes it away, "" where it is new."""

    label: str
    cells: tuple[Control, ...]
    drop: str
    dropped: bool
    notes: tuple[str, ...]


class TermsList(NamedTuple):
    """A list of rows with what its columns are called; ``more`` are those that no row has, not shown until
    ``all_columns`` are asked for."""

    name: str
    label: str
    heads: tuple[str, ...]
    rows: tuple[TermsRow, ...]
    faults: tuple[str, ...]
    notes: tuple[str, ...]
    more: tuple[str, ...]
    all_columns: bool

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")


class TermsGroup(NamedTuple):
    """A table of the terms: its values, its lists, the tables in it; ``open`` where there is something to look at."""

    label: str
    size: int
    open: bool
    fields: tuple[Control, ...]
    lists: tuple[TermsList, ...]
    groups: tuple[TermsGroup, ...]
    notes: tuple[str, ...]

    def each(self) -> Iterator[Control]:
        """The controls in it."""
        yield from self.fields
        for one in self.lists:
            yield Control(one.name, one.label, "terms")
            for row in one.rows:
                yield from row.cells
        for group in self.groups:
            yield from group.each()


@dataclass(slots=True)
class _Drawing:
    """What every part of one form of terms needs to be drawn."""

    words: PageWords
    asked: TermsAsked
    typed: Typed
    faults: Faults
    notes: Notes
    changed: Sequence[str]

    def name(self, path: str) -> str:
        return f"{self.asked.name}.{path}"


# --- showing ---------------------------------------------------------------------------------------


def terms_control(
    words: PageWords, asked: TermsAsked, typed: Typed, faults: Faults, notes: Notes,
) -> Control:
    """The whole of the terms; ``notes`` are points for counsel, by dotted path."""
    stated = document_typed(asked, typed, Stated({}), words.lang)
    changed = list(changes_between(asked.template.shape, asked.before, stated)) if asked.before else []
    drawing = _Drawing(words, asked, typed, faults, notes, changed)
    shape = asked.template.shape
    groups = tuple(
        _group(drawing, part, asked.shown.get(key) or {}, key, key) if isinstance(part, Table)
        else _list_alone(drawing, part, asked.shown.get(key) or [], key)
        for key, part in shape.keys.items() if not isinstance(part, Value)
    )  # fmt: skip
    label = words.plain("form.terms-whole" if asked.whole else "form.terms-changes")
    hint = words.plain("form.hint.terms" if asked.before else "form.hint.terms-new")
    return Control(asked.name, label, "terms", True, hint, faults=tuple(faults.get(asked.name, ())), parts=groups)


def _list_alone(drawing: _Drawing, part: Rows, shown: Sequence[Any], key: str) -> TermsGroup:
    made = _list(drawing, part, shown, key, key)
    return TermsGroup(made.label, len(made.rows), _looked_at(drawing, key), (), (made,), (), ())


def _group(drawing: _Drawing, table: Table, shown: Document, path: str, named: str) -> TermsGroup:
    fields, lists, groups = [], [], []
    for key, part in table.keys.items():
        where, called = f"{path}.{key}", f"{named}.{key}"
        if isinstance(part, Value):
            fields.append(_field(drawing, part, shown.get(key), where, called))
        elif isinstance(part, Rows):
            lists.append(_list(drawing, part, shown.get(key) or [], where, called))
        else:
            groups.append(_group(drawing, part, shown.get(key) or {}, where, called))
    size = len(fields) + sum(len(one.rows) for one in lists) + sum(one.size for one in groups)
    missing = not drawing.asked.before and any(one.required and not one.values for one in fields)
    return TermsGroup(
        _called(drawing, named), size, missing or _looked_at(drawing, path), tuple(fields), tuple(lists), tuple(groups),
        tuple(drawing.notes.get(path, ())),
    )  # fmt: skip


def _looked_at(drawing: _Drawing, path: str) -> bool:
    """Is anything below the path at fault, changed, or asked for?"""
    name = drawing.name(path)
    more = drawing.typed.one(MORE).removeprefix(f"{COLUMNS}:")
    looked_at = (*drawing.faults, more, *drawing.typed.all(COLUMNS), *map(drawing.name, drawing.changed))
    return any(one == name or one.startswith((f"{name}.", f"{name}[")) for one in looked_at)


def _called(drawing: _Drawing, named: str) -> str:
    said = column_of(drawing.asked.template, named)
    return drawing.words.both(said) if said is not None else named


def _field(drawing: _Drawing, part: Value, value: Any, path: str, named: str, alone: str = "") -> Control:
    """The control of one value, what stands in it now unless something was typed."""
    shape, name = value_shape(drawing.asked.template, named, part), drawing.name(path)
    made = of_shape(drawing.words, name, alone or _called(drawing, named), shape, drawing.typed, drawing.faults,
                    not part.optional)  # fmt: skip
    values = made.values
    if not drawing.typed.has(name) and value is not None:
        values = tuple(map(str, value)) if made.kind == "many" else (text_of(value, shape),)
    if not values and made.required and len(made.options) == 1 and made.kind != "many":
        values = (made.options[0][0],)  # there is nothing else to choose
    there = dict(made.options)
    options = made.options + tuple((one, one) for one in values if made.kind == "many" and one not in there)
    kind = {"choice": "select"}.get(made.kind, made.kind)
    if path in drawing.asked.fixed:
        kind, values = "fixed", (dict(options).get(values[0], values[0]) if values else "",)
    other = shape.items.label if shape.items is not None else None
    return Control(
        made.name, made.label, kind, made.required, "" if alone or not _unlike(shape) else made.hint, values, options,
        numeric=made.numeric, faults=made.faults, notes=tuple(drawing.notes.get(path, ())),
        other=drawing.words.both(other) if other is not None else "",
    )  # fmt: skip


def _unlike(shape: Shape) -> bool:
    """Is it not plain, from what it is called, how it is written?"""
    return shape.sort in ("share", "day")


def _list(drawing: _Drawing, part: Rows, shown: Sequence[Any], path: str, named: str) -> TermsList:
    name, columns, more = drawing.name(path), list(columns_of(part.row)), []
    new, asked = _new_rows(drawing.typed, name), _asks_columns(drawing.typed, name)
    if not new and not asked:  # a row that is not there yet may have any of them
        used = {key for row in shown for key, _ in columns if value_in(row, key) is not None}
        more = [_called(drawing, f"{named}.{key}") for key, of in columns if key not in used and of.optional]
        columns = [(key, of) for key, of in columns if key in used or not of.optional]
    heads = tuple(_called(drawing, f"{named}.{key}") for key, _ in columns)
    rows = []
    for row in shown:
        address = str(row_address(part, row))
        said = row_of(drawing.asked.template, named, address)
        label = drawing.words.both(said).strip() if said is not None else address
        drop = f"{name}.{address}"
        cells = tuple(_cell(drawing, part, row, f"{path}.{address}", named, key, of, label) for key, of in columns)
        rows.append(TermsRow(label, cells, drop, drawing.typed.one(drop) == GONE,
                             tuple(drawing.notes.get(f"{path}.{address}", ()))))  # fmt: skip
    for number in new:
        label = drawing.words.plain("form.new-row", number=number)
        cells = tuple(_cell(drawing, part, {}, f"{path}.+{number}", named, key, of, label) for key, of in columns)
        rows.append(TermsRow(label, cells, "", False, ()))
    return TermsList(name, _called(drawing, named), heads, tuple(rows), tuple(drawing.faults.get(name, ())),
                     tuple(drawing.notes.get(path, ())), tuple(more), asked)  # fmt: skip


def _cell(
    drawing: _Drawing, part: Rows, row: Document, path: str, named: str, key: str, of: Value, label: str
) -> Control:
    alone = drawing.words.plain("form.cell", row=label, column=_called(drawing, f"{named}.{key}"))
    made = _field(drawing, of, value_in(row, key), f"{path}.{key}", f"{named}.{key}", alone)
    if key == part.address and row:
        return Control(made.name, made.label, "fixed", values=made.values, faults=made.faults)
    return made


def columns_of(table: Table, before: str = "") -> Iterator[tuple[str, Value]]:
    """The values of a row, those of tables in it by their path."""
    for key, part in table.keys.items():
        if isinstance(part, Value):
            yield before + key, part
        elif isinstance(part, Table):
            yield from columns_of(part, f"{before}{key}.")


def _asks_columns(typed: Typed, name: str) -> bool:
    """Were the columns of a list asked for that none of its rows has?"""
    return typed.one(MORE) == f"{COLUMNS}:{name}" or name in typed.all(COLUMNS)


def _new_rows(typed: Typed, name: str) -> Sequence[int]:
    """The numbers of the rows that are not there yet: those in which something was typed, and one that is asked for."""
    found = {int(one[1]) for each in typed.names() if each.startswith(f"{name}.")
             and (one := _NEW.fullmatch(each.removeprefix(f"{name}."))) and typed.all(each)}  # fmt: skip
    if typed.one(MORE) == name:
        found.add(max(found, default=0) + 1)
    return sorted(found)


# --- what was typed --------------------------------------------------------------------------------


class _Reading(NamedTuple):
    asked: TermsAsked
    typed: Typed
    stated: Stated
    lang: messages.Language


def document_typed(asked: TermsAsked, typed: Typed, stated: Stated, lang: messages.Language) -> dict[str, Any]:
    """The terms as they stand in the form; what cannot be read is noted beside its control, and left out."""
    return _table(_Reading(asked, typed, stated, lang), asked.template.shape, asked.shown, "", "")


def _table(at: _Reading, table: Table, shown: Document, path: str, named: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, part in table.keys.items():
        where, called = (f"{path}.{key}", f"{named}.{key}") if path else (key, key)
        value: Any
        if isinstance(part, Value):
            value = _value(at, part, shown.get(key), where, called)
        elif isinstance(part, Rows):
            value = _rows(at, part, shown.get(key) or [], where, called)
        else:
            value = _table(at, part, shown.get(key) or {}, where, called)
        if value is not None and (isinstance(part, Value) or value or key in shown or not part.optional):
            found[key] = value
    return found


def _value(at: _Reading, part: Value, shown: Any, path: str, named: str) -> Any:
    name = f"{at.asked.name}.{path}"
    if path in at.asked.fixed or not at.typed.has(name):
        return shown
    shape = value_shape(at.asked.template, named, part)
    value = value_typed(name, shape, at.typed, at.stated, at.lang)
    if value is None and control_kind(shape) == "many" and shown is not None:
        return []
    return value


def _rows(at: _Reading, part: Rows, shown: Sequence[Any], path: str, named: str) -> list[dict[str, Any]]:
    name, found = f"{at.asked.name}.{path}", []
    for row in shown:
        address = row_address(part, row)
        if at.typed.one(f"{name}.{address}") != GONE:
            found.append({**_table(at, part.row, row, f"{path}.{address}", named), part.address: row[part.address]})
    for number in _new_rows(at.typed, name):
        row = _table(at, part.row, {}, f"{path}.+{number}", named)
        if row:
            found.append(row)
            new = f"{name}.+{number}"
            at.stated.places[f"{name}.{row.get(part.address)}"] = at.stated.places[f"{name}[{len(found)}]"] = new
    return found
