"""Parts of drawings: SVG elements, label widths, and placement of labels without overlap."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from markupsafe import Markup, escape

CHINESE, LATIN = 13.5, 7.3  # px per character at the drawings' type size


def element(name: str, text: object = None, **given: object) -> Markup:
    """An SVG element; ``cls`` is its class, underscores in names become hyphens, numbers are rounded to tenths."""
    told = Markup("")
    for key, value in given.items():
        if value is None:
            continue
        key = "class" if key == "cls" else key.replace("_", "-")
        shown = f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value
        told += Markup(' {}="{}"').format(Markup(key), shown)
    if text is None:
        return Markup("<{}{}/>").format(Markup(name), told)
    return Markup("<{}{}>{}</{}>").format(Markup(name), told, text, Markup(name))


def line(cls: str, x1: float, y1: float, x2: float, y2: float, **more: object) -> Markup:
    return element("line", cls=cls, x1=x1, y1=y1, x2=x2, y2=y2, **more)


def text(x: float, y: float, shown: object, *, cls: str | None = None, anchor: str | None = None) -> Markup:
    return element("text", escape(shown), cls=cls, x=x, y=y, text_anchor=anchor)


def width(shown: object) -> float:
    """The approximate width of a label (px): a non-Latin character is as wide as it is high."""
    return sum(LATIN if character < "\u2e80" else CHINESE for character in str(shown))


class Lanes:
    """Lanes of items side by side: each item goes into the first lane where it touches no other."""

    def __init__(self, gap: float = 6.0) -> None:
        self._lanes: list[list[tuple[float, float]]] = []
        self._kept: list[tuple[float, float, int]] = []
        self._gap = gap

    def room(self, left: float, right: float) -> int:
        """The first lane free from ``left`` to ``right``, or a new one on top where a line crosses the lanes."""
        for number, taken in enumerate(self._lanes):
            free = [(one, other) for one, other, above in self._kept if number > above]
            if all(right + self._gap < one or left - self._gap > other for one, other in (*taken, *free)):
                return number
        return len(self._lanes)

    def put(self, left: float, right: float) -> int:
        """Place an item reaching from ``left`` to ``right``; returns its lane."""
        lane = self.room(left, right)
        if lane == len(self._lanes):
            self._lanes.append([])
        self._lanes[lane].append((left, right))
        return lane

    def keep(self, left: float, right: float, above: int) -> None:
        """Keep ``left`` to ``right`` free in every lane above the given one, for a line leading up."""
        self._kept.append((left, right, above))

    @property
    def count(self) -> int:
        return len(self._lanes)


class Scale:
    """Days along a line, at one scale."""

    def __init__(self, first: date, last: date, left: float, right: float) -> None:
        self.first, self.last, self.left, self.right = first, max(last, first + timedelta(days=1)), left, right
        self.a_day = (right - left) / (self.last - self.first).days

    def x(self, day: date | str) -> float:
        """The position of a day (px), clamped to the line."""
        on = date.fromisoformat(day[:10]) if isinstance(day, str) else day
        return min(self.right, max(self.left, self.left + (on - self.first).days * self.a_day))

    def months(self, room: float) -> Iterable[tuple[float, str]]:
        """Starts of months with labels, at least ``room`` px apart; the label has the year for the first month shown
        and for January."""
        step = next((step for step in (1, 2, 3, 6, 12, 24, 60) if 30.4 * step * self.a_day > room), 120)
        year, month, named = self.first.year, self.first.month, False
        while (day := date(year, month, 1)) <= self.last:
            if day >= self.first and (year * 12 + month - 1) % step == 0:
                whole = not named or month <= step
                yield self.x(day), day.strftime("%Y-%m" if whole else "%m")
                named = True
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
