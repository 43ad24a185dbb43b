"""The few shapes every screen is drawn with: headed sections, plain tables, amounts and days."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from ledger.cli.wrapping import broken
from ledger.messages import Language, say

ALARM, WARNING, GOOD, FAINT = "bold red", "yellow", "green", "dim"


class Screen:
    """A console and the language it speaks."""

    def __init__(self, console: Console, lang: Language) -> None:
        self.console = console
        self.lang = lang

    def word(self, code: str, **values: object) -> str:
        return say(f"screen.{code}", self.lang, **values)

    def line(self, *parts: str | Text, indent: int = 1, style: str = "") -> None:
        """Parts side by side, broken where the line ends."""
        text = Text("   ", style=style).join(Text(part) if isinstance(part, str) else part for part in parts)
        self.console.print(Padding(text, (0, 0, 0, indent), expand=False))

    def prose(self, text: str, indent: int = 1, hang: int = 0, style: str = "") -> None:
        """Running text, whose Chinese breaks between any two characters; later lines hang ``hang`` cells in."""
        width = max(20, self.console.width - indent - hang)
        for paragraph in text.split("\n"):
            for at, line in enumerate(broken(paragraph, width)):
                self.console.print(Text(" " * (indent + (hang if at else 0)) + line, style=style))

    def section(self, title: str) -> None:
        self.console.print()
        self.console.print(Rule(Text(title, style="bold"), align="left", characters="─", style=FAINT))

    def table(self, *columns: str, wide: Iterable[int] = (), right: Iterable[int] = (), headed: bool = True) -> Table:
        """A table without lines; only ``wide`` columns may be broken, ``right`` ones hold amounts."""
        made = Table(box=None, padding=(0, 2, 0, 0), show_header=headed, header_style=FAINT, pad_edge=False)
        wide, right = set(wide), set(right)
        for at, name in enumerate(columns):
            made.add_column(
                say(f"column.{name}", self.lang) if name else "", no_wrap=at not in wide, overflow="fold",
                justify="right" if at in right else "left",
            )  # fmt: skip
        return made

    def show(self, what: RenderableType) -> None:
        self.console.print(Padding(what, (0, 0, 0, 1), expand=False))


def row(table: Table, *cells: str | Text, style: str | None = None) -> None:
    """A row as given: nothing in it is markup."""
    table.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in cells), style=style)


def money(amount: str | None) -> str:
    """``2303911.32`` as 2,303,911.32."""
    if amount is None:
        return "-"
    whole, point, rest = amount.partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.lstrip('-')):,}{point}{rest}"
