"""Tables as data, drawn by one macro: on a phone, where rows are stacked, each cell repeats its heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A heading; ``number`` for a right-aligned column, ``id`` for content that is never broken."""

    head: str
    number: bool = False
    id: bool = False

    @property
    def cls(self) -> str:
        return "num" if self.number else "id" if self.id else ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: the first cell is its heading. ``cls`` is ``under`` (absorbed), ``out`` (not counted), ``differs`` …"""

    cells: Sequence[Markup | str]
    cls: str = ""
    anchor: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows under a heading of their own; "" for none."""

    head: str
    lines: Sequence[TableRow]


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """A table. ``stack``: on a phone each row becomes a block; else it scrolls. ``foot`` are rows of sums, of which the
    first cell spans ``span`` columns; ``left`` is how many rows were left out."""

    caption: Markup | str
    columns: Sequence[TableColumn]
    groups: Sequence[RowGroup] = ()
    foot: Sequence[TableRow] = ()
    span: int = 1
    stack: bool = True
    cls: str = ""
    empty: Markup | str = ""
    label: str = field(default="")
    left: int = 0

    @property
    def lines(self) -> int:
        return sum(len(group.lines) for group in self.groups)


MOST_ROWS = 60  # of a group, shown at first; the rest is a link away


def shortened(one: LedgerTable, *, whole: bool) -> LedgerTable:
    """The table with the first rows of each group only, unless the ``whole`` of it is asked for."""
    if whole or all(len(group.lines) <= MOST_ROWS for group in one.groups):
        return one
    groups = [RowGroup(group.head, group.lines[:MOST_ROWS]) for group in one.groups]
    return replace(one, groups=groups, left=one.lines - sum(len(group.lines) for group in groups))


def table(
    caption: Markup | str, columns: Sequence[TableColumn], lines: Sequence[TableRow], *,
    empty: Markup | str = "", cls: str = "", stack: bool = True,
) -> LedgerTable:  # fmt: skip
    """A table of one group; ``empty`` is what stands in its place where there are no rows."""
    return LedgerTable(caption, columns, [RowGroup("", lines)] if lines else [], stack=stack, cls=cls, empty=empty)
