"""Facts as tables that import again as the same facts (:mod:`ledger.importers.table`).

CSV and Parquet hold one table: a column that says each row's type, the envelope, everything in ``data`` by its key,
then what only the ledger says. A workbook has a sheet for each type, headings and words in the language asked for.
What was registered as terms is not repeated: the row stands, its document does not. Personal values are what is stored
of them, commitments, and do not import.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ledger.domain.fact import TYPES, FactType
from ledger.domain.fact_words import fields_in
from ledger.domain.values import Shape
from ledger.exporters.tables import ColumnSort, Form, ListTable
from ledger.importers.cells import cell_of
from ledger.importers.columns import DATA, Column, columns_of, envelope_name
from ledger.labels import fact_type
from ledger.messages import Language, in_language

AFTER = (
    "documents", "seq", "id", "position", "recorded_at", "recorded_by", "recorded_roles", "on_behalf", "days_late",
    "corrected_by", "retracted_by", "contested_by", "digest", "prev",
)  # fmt: skip
_SUM = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,2})?")
_COUNTS, _FLAGS = ("seq", "position", "days_late"), ("on_behalf",)
_SORTS: dict[str, ColumnSort] = {"amount": "sum", "integer": "count", "yes-no": "flag"}

Line = Mapping[str, Any]


def facts_tables(register: Iterable[Line], form: Form, lang: Language = "zh") -> list[ListTable]:
    """The tables of facts as ``Ledger.register_of`` lists them; for ``xlsx`` one for each type."""
    listed = list(register)
    if form != "xlsx":
        return [_mixed(listed)]
    names = dict.fromkeys(fact["type"] for fact in listed)
    return [_of_type(TYPES[name], [fact for fact in listed if fact["type"] == name], lang) for name in names]


def _numbers(row: FactType, facts: Sequence[Line]) -> int:
    """How many groups of columns the longest list of records needs."""
    lists = [field.key for field in fields_in(row) if field.shape.items is not None and field.shape.items.parts]
    return max((len(fact["data"].get(key, ())) for fact in facts for key in lists), default=0)


def _columns(row: FactType, facts: Sequence[Line]) -> list[Column]:
    columns = columns_of(row, _numbers(row, facts)) if row.name != "ContractRegistered" else columns_of(row)[:4]
    return [one for one in columns if any(_at(fact, one.key) is not None for fact in facts) or one.required]


def _at(fact: Line, key: str) -> Any:
    """What a fact says at a column's key; a ref of its own is none."""
    if key == "ref":
        return None if fact["ref"] == str(fact["seq"]) else fact["ref"]
    value: Any = fact
    for part in key.split("."):
        if isinstance(value, list):
            value = value[int(part) - 1] if int(part) <= len(value) else None
        elif isinstance(value, Mapping):
            value = value.get(part)
    return value


def _of_type(row: FactType, facts: Sequence[Line], lang: Language) -> ListTable:
    columns = _columns(row, facts)
    after = [key for key in AFTER if any(fact.get(key) not in (None, [], ()) for fact in facts)]
    names = (*(one.name for one in columns), *map(envelope_name, after))
    headings = tuple(in_language(name, lang) for name in names)
    sorts = (*(_SORTS.get(one.shape.sort, "text") for one in columns), *map(_sort_after, after))
    rows = [
        (*(_said(_at(fact, one.key), one.shape, lang) for one in columns), *(_after(fact, key) for key in after))
        for fact in facts
    ]  # fmt: skip
    return ListTable(fact_type(row.name, lang), headings, sorts, rows)


def _said(value: Any, shape: Shape, lang: Language) -> Any:
    """A value as a workbook shows it: words in the language, yes and no as such."""
    if isinstance(value, bool):
        return value
    return cell_of(value, shape, lang)


def _mixed(facts: Sequence[Line]) -> ListTable:
    shapes: dict[str, Shape] = {}
    by_type: dict[str, set[str]] = {}
    for name in dict.fromkeys(fact["type"] for fact in facts):
        columns = _columns(TYPES[name], [fact for fact in facts if fact["type"] == name])
        by_type[name] = {one.key for one in columns}
        for one in columns:
            shapes.setdefault(one.key, one.shape)
    envelope = [key for key in ("on", "by", "actor", "ref") if key in shapes]
    data = [key for key in shapes if key.startswith(DATA)]
    headings = ("type", *envelope, *data, *AFTER)
    sums = [key for key in data if shapes[key].sort == "amount" and all(map(_is_sum, (_at(one, key) for one in facts)))]
    told: list[ColumnSort] = ["sum" if key in sums else "text" for key in (*envelope, *data)]
    sorts: tuple[ColumnSort, ...] = ("text", *told, *map(_sort_after, AFTER))
    rows = [
        (fact["type"], *(cell_of(_at(fact, key), shapes[key]) if key in by_type[fact["type"]] else None
                         for key in (*envelope, *data)), *(_after(fact, key) for key in AFTER))
        for fact in facts
    ]  # fmt: skip
    return ListTable("facts", headings, sorts, rows)


def _is_sum(value: Any) -> bool:
    """An amount, or nothing: a field of the same key may be something else in another type."""
    return value is None or (isinstance(value, str) and _SUM.fullmatch(value) is not None)


def _after(fact: Line, key: str) -> Any:
    value = fact.get(key)
    return None if value in ([], ()) else value


def _sort_after(key: str) -> ColumnSort:
    return "count" if key in _COUNTS else "flag" if key in _FLAGS else "text"
