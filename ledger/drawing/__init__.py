"""The few shapes every screen is drawn with: headed sections, lines, running text, plain tables.

Drawn here rather than by a library: rich costs 50 ms of the 150 a status may take (docs/adr/0003-command-line.md)
and breaks lines at spaces only, which Chinese has none of.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import IO

from ledger.drawing.wrapping import broken, cells
from ledger.messages import Language, say

ALARM, WARNING, GOOD, FAINT, STRONG, PASSING = "1;31", "33", "32", "2", "1", "3"  # ANSI attributes
NARROWEST = 8  # cells: a column that may be broken is made no narrower
GAP = "  "


class Styled(str):
    """Text with a style of its own, shown where there are colours."""

    style: str

    def __new__(cls, text: str, style: str) -> Styled:
        made = super().__new__(cls, text)
        made.style = style
        return made


class Screen:
    """A stream, its width, whether it has colours, and the language used."""

    def __init__(self, stream: IO[str], lang: Language) -> None:
        self.stream = stream
        self.lang = lang
        self.width = _width(stream)
        self.coloured = _coloured(stream)

    def word(self, code: str, **values: object) -> str:
        return say(f"screen.{code}", self.lang, **values)

    def blank(self) -> None:
        self._put("")

    def section(self, title: str) -> None:
        self._put("")
        self._put(f"{self._styled(title, STRONG)} {self._styled('─' * (self.width - cells(title) - 1), FAINT)}")

    def line(self, *parts: str, indent: int = 1) -> None:
        """Parts side by side, three cells apart; one that does not fit begins the next line."""
        room = self.width - indent
        shown, used = "", 0
        for part in parts:
            for piece in broken(part, room):
                size = cells(piece)
                if used and used + 3 + size > room:
                    self._put(" " * indent + shown)
                    shown, used = "", 0
                shown += ("   " if used else "") + self._styled(piece, getattr(part, "style", ""))
                used += (3 if used else 0) + size
        self._put(" " * indent + shown)

    def prose(self, text: str, indent: int = 1, hang: int = 0, style: str = "") -> None:
        """Running text; lines after a paragraph's first hang ``hang`` cells in."""
        width = max(20, self.width - indent - hang)
        for paragraph in text.split("\n"):
            for at, line in enumerate(broken(paragraph, width)):
                self._put(" " * (indent + (hang if at else 0)) + self._styled(line, style))

    def table(
        self, columns: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]], *, wide: Iterable[int] = (),
        right: Iterable[int] = (), named: bool = False,
    ) -> None:  # fmt: skip
        """A table without lines; rows are a style and their cells.

        ``columns`` are headings by their codes (``named``: in words), none where all are empty; only ``wide`` columns
        are broken into lines; ``right`` ones hold amounts.
        """
        listed = list(rows)
        if any(columns):
            heads = columns if named else [say(f"column.{name}", self.lang) if name else "" for name in columns]
            listed.insert(0, (FAINT, heads))
        widths = self._widths([cells_ for _, cells_ in listed], set(wide))
        for style, row in listed:
            self._row(style, row, widths, set(right))

    def _widths(self, rows: list[Sequence[str]], wide: set[int]) -> list[int]:
        widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
        room = self.width - 1 - len(GAP) * (len(widths) - 1)
        while sum(widths) > room and (wider := [at for at in wide if widths[at] > NARROWEST]):
            widths[max(wider, key=widths.__getitem__)] -= 1
        return widths

    def _row(self, style: str, row: Sequence[str], widths: list[int], right: set[int]) -> None:
        columns = [broken(cell, width) for cell, width in zip(row, widths, strict=True)]
        for at in range(max(map(len, columns))):
            shown, owed = "", 0
            for place, (column, width, cell) in enumerate(zip(columns, widths, row, strict=True)):
                text = column[at] if at < len(column) else ""
                if not text:
                    owed += width + len(GAP)
                    continue
                padding = width - cells(text)
                before, after = (padding, 0) if place in right else (0, padding)
                shown += " " * (owed + before) + self._styled(text, getattr(cell, "style", "") or style)
                owed = after + len(GAP)
            self._put(" " + shown)

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if style and self.coloured and text else text

    def _put(self, line: str) -> None:
        self.stream.write(line.rstrip() + "\n")


def _width(stream: IO[str]) -> int:
    """As wide as the terminal; 80 cells where there is none, so that what is kept in files looks the same."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit():
        return max(40, int(columns))
    try:
        return max(40, os.get_terminal_size(stream.fileno()).columns)
    except (OSError, ValueError):
        return 80


def _coloured(stream: IO[str]) -> bool:
    """On a terminal, unless NO_COLOR is set (no-color.org); FORCE_COLOR asks for colours anyway."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM") != "dumb")
