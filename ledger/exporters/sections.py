"""A section of the answer, and the portfolio, as tables; which of their values are sums, their declared types say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from ledger.domain.declare import is_typed_dict
from ledger.domain.errors import Refusal
from ledger.domain.section import Section
from ledger.domain.template import Template
from ledger.exporters.tables import ColumnSort, ListTable, flat, table_of
from ledger.projections.portfolio import kinds


def section_table(answer: Mapping[str, Any], template: Template, key: str) -> ListTable:
    """The records of a section of ``Ledger.status``; of several lists in it each row says in ``part`` whose it is.

    A section that lists no records is one row of its values. Refusal SECTION_UNKNOWN.
    """
    section = template.sections.get(key)
    if section is None:
        raise Refusal("SECTION_UNKNOWN", "section", section=key, known=", ".join(template.sections))
    rows = list(_rows(section, answer[key]))
    return table_of(key, rows, dict.fromkeys(_sums(section.shape), "sum"))


def _rows(section: Section, value: Any) -> Iterable[Mapping[str, Any]]:
    if isinstance(value, list):
        return [one if isinstance(one, Mapping) else {section.key: one} for one in value]
    if not isinstance(value, Mapping):
        return [{section.key: value}]
    if not section.records:
        return [value]
    several = len(section.records) > 1
    return [({"part": part} if several else {}) | one for part in section.records for one in value[part]]


def _sums(shape: Any) -> set[str]:
    """The keys of records, at whatever depth, whose values are declared as money."""
    if is_typed_dict(shape):
        hints = get_type_hints(shape, include_extras=True)
        inner = set().union(*map(_sums, hints.values()), set())
        return inner | {key for key, hint in hints.items() if _is_money(hint)}
    return set().union(*map(_sums, get_args(shape)), set())


def _is_money(hint: Any) -> bool:
    if get_origin(hint) is Annotated:
        return "Money" in get_args(hint)[1:]
    return any(map(_is_money, get_args(hint))) and get_origin(hint) not in (list, tuple, dict)


def portfolio_table(lines: Iterable[Mapping[str, Any]]) -> ListTable:
    """The lines of ``Portfolio.lines``, a row for each contract."""
    said: dict[str, ColumnSort] = {"sum": "sum", "count": "count", "flag": "flag"}
    return table_of("portfolio", map(flat, lines), {name: said[kind] for name, kind in kinds().items() if kind in said})
