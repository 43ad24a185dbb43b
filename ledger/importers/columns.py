"""The columns of a table of facts: what each contains, what it is called, and which heading of another table names it.

A column's key is the path in the envelope that it fills: ``on``, ``by``, ``data.amount``. A list of records stands in
numbered columns, ``data.lines.1.amount`` (明细1 金额), or as JSON in one column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import normalize

from ledger.domain.declare import NamedTuple, replace
from ledger.domain.fact import KINDS, ROLES, TYPES, FactType
from ledger.domain.fact_data import Field
from ledger.domain.fact_words import fields_in, kind_of, label_of
from ledger.domain.fields import DOCUMENT, IDENTIFIER, ON, PARTY, list_of
from ledger.domain.values import Shape, one_of
from ledger.domain.words import Said
from ledger.messages import CATALOGUE

DATA = "data."
TYPE_KEY = "type"
LEDGERS = (
    "seq", "id", "contract", "position", "recorded_at", "recorded_by", "recorded_roles", "on_behalf", "digest", "prev",
    "days_late", "corrected_by", "retracted_by", "contested_by", "acknowledged_by", "repeated",
)
"""Columns of an exported table that the ledger itself fills: ignored when reading."""
ENVELOPE = ("on", "by", "actor", "ref")
_ROLE = replace(PARTY, schema=one_of(*ROLES), sort="word")
_SHAPES = {"on": ON, "by": _ROLE, "actor": _ROLE, "ref": IDENTIFIER}
_REMARKS = ("备注", "备注说明", "说明", "remark", "remarks", "note", "notes", "comment", "comments")
_YUAN = ("(元)", "(人民币)", "(人民币元)", "(cny)", "(rmb)", "(yuan)")
_NUMBERED = re.compile(r"(?P<list>.*?[^0-9.])\.?(?P<number>[1-9][0-9]{0,2})\.?(?P<part>[^0-9.].*)")
_BRACKETED = re.compile(r"\([^()]*\)$")


class Column(NamedTuple):
    """One column: its key, what it is called in Chinese and English, the shape of its values."""

    key: str
    name: Said
    shape: Shape
    required: bool = False


def columns_of(row: FactType, numbers: int = 1) -> tuple[Column, ...]:
    """The columns of a type, the envelope's first; of a list of records ``numbers`` groups of columns."""
    found = [Column(key, envelope_name(key), _SHAPES[key], key == "on") for key in ENVELOPE]
    for field in fields_in(row):
        found += _data_columns(row, field, numbers)
    return tuple(found)


_LISTED = re.compile(r"data\.(?P<list>[^.]+)\.(?P<number>[0-9]+)\.(?P<part>.+)")


def path_of(key: str) -> str:
    """The path in the envelope that a column's key fills: columns count a list from 1, paths from 0."""
    return _counted(key, -1)


def key_of(path: str) -> str:
    """The key of the column that fills a path of the envelope."""
    return _counted(path, 1)


def _counted(name: str, by: int) -> str:
    found = _LISTED.fullmatch(name)
    return name if found is None else f"data.{found['list']}.{int(found['number']) + by}.{found['part']}"


def envelope_name(key: str) -> Said:
    """What a key of the envelope, or one that the ledger adds, is called in a heading."""
    return CATALOGUE.get(f"table.{key}", (key, key))


def _data_columns(row: FactType, field: Field, numbers: int) -> Iterator[Column]:
    name, items = label_of(row, field), field.shape.items
    if items is None or not items.parts:
        yield _data_column(row, field)
        return
    for number in range(1, numbers + 1):
        for part, shape in items.parts.items():
            said = part_name(row, part, shape)
            yield Column(f"{DATA}{field.key}.{number}.{part}",
                         (f"{name[0]}{number} {said[0]}", f"{name[1]} {number} {said[1]}"), shape)  # fmt: skip


def _data_column(row: FactType, field: Field) -> Column:
    """The one column of a field; of a list of records that of its JSON."""
    return Column(DATA + field.key, label_of(row, field), field.shape, field.required)


def _of_identifier(row: FactType, field: Field) -> Iterator[str]:
    """What tables call an identifier: 发票编号, 发票号, invoice id."""
    if kind_of(row, field.key) is not None and field.shape.items is None:
        zh, en = label_of(row, field)
        yield from (f"{zh}{end}" for end in ("编号", "号", "名称"))
        yield from (f"{en} {end}" for end in ("id", "no", "no.", "number"))


def part_name(row: FactType, part: str, shape: Shape) -> Said:
    """The name of a part of a record in a list: that of the type's field with this key, else that of its shape."""
    if part in row.labels:
        return row.labels[part]
    kind = kind_of(row, part)
    return KINDS[kind][:2] if kind is not None else shape.label or (part, part)


def normal(heading: str) -> str:
    """A heading for comparison: NFKC, lower case, no spaces, underscores or colons."""
    return re.sub(r"[\s_:*]+", "", normalize("NFKC", heading).casefold())


class Headings:
    """Finds the column of a type that a heading names."""

    def __init__(self, row: FactType) -> None:
        self.columns = {one.key: one for one in columns_of(row, numbers=0)}
        documents = Column("documents", envelope_name("documents"), list_of(DOCUMENT))  # as JSON, of an exported table
        self.columns |= {one.key: one for one in (*(_data_column(row, field) for field in fields_in(row)), documents)}
        self._keys: dict[str, str] = {}
        for column in self.columns.values():
            self._name(column.key, column.key, column.key.removeprefix(DATA), *column.name)
        self._name("on", *row.headings.get("on", ()))
        for column in self.columns.values():  # what is declared comes before what others may call it
            self._name(column.key, *_aliases(column.key))
        for field in fields_in(row):
            self._name(DATA + field.key, *row.headings.get(field.key, ()), *_of_identifier(row, field))
        self._lists = {
            DATA + field.key: (row, field) for field in fields_in(row)
            if field.shape.items is not None and field.shape.items.parts
        }  # fmt: skip

    def _name(self, key: str, *names: str) -> None:
        for name in names:
            whole = normal(name)
            self._keys.setdefault(whole, key)
            self._keys.setdefault(_BRACKETED.sub("", whole), key)

    def column(self, heading: str) -> Column | None:
        """The column that a heading names; for records of a list also ``明细1 金额`` and ``lines.1.amount``.

        An amount may be in units of ten thousand yuan where its heading says so: ``金额（万元）``.
        """
        said = normal(heading)
        if is_in_ten_thousands(heading):
            found = self.column(_BRACKETED.sub("", said))
            return found if found is not None and found.shape.sort == "amount" else None
        if said not in self._keys and (unit := _BRACKETED.search(said)) is not None and unit[0] in _YUAN:
            said = _BRACKETED.sub("", said)
        if said in self._keys:
            return self.columns[self._keys[said]]
        return self._numbered(said)

    def _numbered(self, said: str) -> Column | None:
        found = _NUMBERED.fullmatch(said)
        key = self._keys.get(found["list"].rstrip(".")) if found is not None else None
        if found is None or key is None or key not in self._lists:
            return None
        row, field = self._lists[key]
        assert field.shape.items is not None
        for part, shape in field.shape.items.parts.items():
            names = [normal(one) for one in (part, *part_name(row, part, shape))]
            if found["part"] in (*names, *(_BRACKETED.sub("", one) for one in names)):
                return Column(f"{key}.{found['number']}.{part}", (said, said), shape)
        return None

    @property
    def names(self) -> list[str]:
        """The Chinese headings, as a fault lists them."""
        return [column.name[0] for key, column in self.columns.items() if key != "documents"]


def _aliases(key: str) -> tuple[str, ...]:
    said = CATALOGUE.get(f"table.{key}.also")
    return () if said is None else tuple(one for both in said for one in both.split("|"))


@cache
def _headings(name: str, _types: int) -> Headings:
    return Headings(TYPES[name])


def headings(row: FactType) -> Headings:
    """The headings of a type, made once."""
    return _headings(row.name, len(TYPES))


@cache
def names_of_types(_types: int) -> dict[str, str]:
    """The types by every name that a cell or a sheet may use, normalised."""
    return {normal(name): row.name for row in TYPES.values() for name in (row.en, row.zh, row.name)}


def type_called(name: str) -> FactType | None:
    """The type that a cell, a sheet or an option names."""
    found = names_of_types(len(TYPES)).get(normal(name))
    return None if found is None else TYPES[found]


def is_type_heading(heading: str) -> bool:
    """Whether a heading says that its column names each row's type."""
    return normal(heading) in {normal(one) for one in (TYPE_KEY, *envelope_name(TYPE_KEY), *_aliases(TYPE_KEY))}


def is_in_ten_thousands(heading: str) -> bool:
    """Whether a heading says that its column is in 万元."""
    return normal(heading).endswith("(万元)")


def is_remark(heading: str) -> bool:
    """Whether a column has remarks, which no fact states and the original file keeps."""
    return normal(heading) in _REMARKS


def is_ledgers(heading: str) -> bool:
    """Whether a heading names something that only the ledger adds to a fact."""
    return normal(heading) in _ledgers()


@cache
def _ledgers() -> frozenset[str]:
    return frozenset(normal(name) for key in LEDGERS for name in (key, *envelope_name(key)))
