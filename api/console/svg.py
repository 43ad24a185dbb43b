"""What drawings are made of: elements, the widths of labels, and places where labels do not lie on one another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from markupsafe import Markup, escape

CHINESE, LATIN = 13.5, 7.3  # px a character takes at the drawings' type size


def element(name: str, text: object = None, **given: object) -> Markup:
    """An SVG element; ``cls`` is its class, an underscore in a name a hyphen, a number is rounded to tenths."""
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
    """How wide a label is, near enough: what is not Latin takes a whole square."""
    return sum(LATIN if character < "\u2e80" else CHINESE for character in str(shown))


class Lanes:
    """Lanes in which things lie side by side: each is put into the first where it touches nothing."""

    def __init__(self, gap: float = 6.0) -> None:
        self._lanes: list[list[tuple[float, float]]] = []
        self._kept: list[tuple[float, float, int]] = []
        self._gap = gap

    def room(self, left: float, right: float) -> int:
        """The first lane with room from ``left`` to ``right``; one above all where a line is kept free up to there."""
        for number, taken in enumerate(self._lanes):
            free = [(one, other) for one, other, above in self._kept if number > above]
            if all(right + self._gap < one or left - self._gap > other for one, other in (*taken, *free)):
                return number
        return len(self._lanes)

    def put(self, left: float, right: float) -> int:
        """The lane of what reaches from ``left`` to ``right``."""
        lane = self.room(left, right)
        if lane == len(self._lanes):
            self._lanes.append([])
        self._lanes[lane].append((left, right))
        return lane

    def keep(self, left: float, right: float, above: int) -> None:
        """Keep what is from ``left`` to ``right`` free in every lane above one, for a line that leads up."""
        self._kept.append((left, right, above))

    @property
    def count(self) -> int:
        return len(self._lanes)


class Scale:
    """Days along a line, the same scale left to right."""

    def __init__(self, first: date, last: date, left: float, right: float) -> None:
        self.first, self.last, self.left, self.right = first, max(last, first + timedelta(days=1)), left, right
        self.a_day = (right - left) / (self.last - self.first).days

    def x(self, day: date | str) -> float:
        """Where a day stands, kept within the line."""
        on = date.fromisoformat(day[:10]) if isinstance(day, str) else day
        return min(self.right, max(self.left, self.left + (on - self.first).days * self.a_day))

    def months(self, room: float) -> Iterable[tuple[float, str]]:
        """Beginnings of months with their labels, so many that there are ``room`` px between them; a year where it is
        the first that is shown or January."""
        step = next((step for step in (1, 2, 3, 6, 12, 24, 60) if 30.4 * step * self.a_day > room), 120)
        year, month, named = self.first.year, self.first.month, False
        while (day := date(year, month, 1)) <= self.last:
            if day >= self.first and (year * 12 + month - 1) % step == 0:
                whole = not named or month <= step
                yield self.x(day), day.strftime("%Y-%m" if whole else "%m")
                named = True
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
