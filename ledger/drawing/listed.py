"""A table as data: given by a section and drawn by a terminal or a page.

A column says what its cells contain: ``text``, ``id``, ``figure`` (a text, the path that explains it, and a text below
it), ``day`` (or None), ``sum`` (yuan and the path that explains it, or None), ``share`` (a decimal, or None),
``clause``, ``facts`` (ids), ``state`` (a tone and a word, see :class:`ledger.domain.section.Listing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from ledger.domain.declare import NamedTuple, dataclass

Kind = Literal["text", "id", "figure", "day", "sum", "share", "clause", "facts", "state"]


class ListedColumn(NamedTuple):
    head: str
    kind: Kind


class ListedRow(NamedTuple):
    """A row; ``style`` is ``under`` for what is absorbed by the row above and ``out`` for what does not count."""

    cells: Sequence[Any]
    style: Literal["", "under", "out"] = ""


class ListedSum(NamedTuple):
    """A sum below the rows: its name, the yuan, the path that explains it; ``less`` is taken from the one above."""

    name: str
    amount: str
    path: str
    less: bool = False


@dataclass(frozen=True, slots=True)
class ListedTable:
    """``note`` stands below it; ``empty`` stands in its place where there are no rows."""

    caption: str
    columns: Sequence[ListedColumn]
    rows: Sequence[ListedRow]
    sums: Sequence[ListedSum] = ()
    note: str = ""
    empty: str = ""
