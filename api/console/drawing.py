"""Bands of time and of money as SVG, in widths for a desktop, a tablet and a phone, each with a text description.

Nothing in them takes the focus; colours are classes of the style sheet; a label stands beside its mark if there is
room, else in the next lane.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from markupsafe import Markup

from api.console.svg import Lanes, Scale, element, line, text, width
from ledger.domain.money import Fen, yuan
from ledger.drawing.bands import MoneyBand, MoneyBar, TimeBand, TimeMark, TimeSpan
from ledger.labels import money

SIZES = {"desk": 980.0, "tablet": 620.0, "phone": 350.0}  # px; the style sheet shows one of them
WIDE = SIZES["desk"]
BOX, LANE, ROW = 22.0, 28.0, 30.0
MOST_LANES = 6  # lanes of labelled marks
A_WHILE = 120  # days ahead drawn, where the last mark is a mere lapse


def figure(name: str, title: str, finding: str, draw: Callable[[float], tuple[Markup, float]]) -> Markup:
    """A figure in every size; ``draw`` gives the drawing for a width (px) and its height (px).

    Each carries the description, because a screen reader reads the one that the window shows.
    """
    shown = Markup("")
    for screen, size in SIZES.items():
        content, height = draw(size)
        title_id, finding_id = f"{name}-{screen}-t", f"{name}-{screen}-d"
        said = element("title", title, id=title_id) + element("desc", finding, id=finding_id)
        shown += element("svg", said + content, cls=f"for-{screen}", viewBox=f"0 0 {size:.0f} {height:.0f}",
                         role="img", aria_labelledby=f"{title_id} {finding_id}")  # fmt: skip
    return element("figure", shown, cls="band")


def time_band(name: str, band: TimeBand) -> Markup:
    """A band of time."""

    def draw(size: float) -> tuple[Markup, float]:
        drawn = _TimeDrawing(band, size)
        return drawn.content, drawn.height

    return figure(name, band.title, band.finding, draw)


class _Placed(NamedTuple):
    """A mark with its position, its lane, and its label, to the left or right of it."""

    mark: TimeMark
    x: float
    lane: int
    label: str
    left: bool


class _TimeDrawing:
    """One drawing of a band at one width; from the top: window and today, marks in lanes, the line, spans."""

    def __init__(self, band: TimeBand, size: float) -> None:
        self.band, self.size = band, size
        first, last = _reach(band)
        self.scale = Scale(first, last, 6.0, size - 6.0)
        self.content = Markup("")
        counted, merged, lanes = self._marks()
        self.top = 26.0
        self.axis = max(self.top + max(2, lanes) * LANE + self._words_of_last_day(), self._words_of_leaving())
        self._window()
        self._line()
        under = len(self.content)
        self.height = self._spans()
        spans, self.content = self.content[under:], self.content[:under]
        self._days()
        self._boxes(counted, merged)
        self.content += spans

    def _marks(self) -> tuple[list[_Placed], list[_Placed], int]:
        """The counted marks, those merged with them, and the number of lanes; labels are dropped if they need too
        many lanes."""
        for named in (True, False):
            lanes, over = Lanes(), Lanes()
            merged = sorted((one for one in self.band.marks if one.within), key=lambda one: one.on)
            joined = {one.within for one in merged}
            counted: list[_Placed] = []
            for one in sorted((one for one in self.band.marks if not one.within), key=lambda one: one.on):
                placed = self._placed(lanes, one, one.name if named else "")
                if one.name in joined:
                    lanes.keep(placed.x - 4, placed.x + 4, placed.lane)
                counted.append(placed)
            above = [self._placed(over, one, self._told(one) if named else "", right=True) for one in merged]
            if lanes.count + over.count <= MOST_LANES:
                break
        return counted, [one._replace(lane=one.lane + lanes.count) for one in above], lanes.count + over.count

    def _told(self, one: TimeMark) -> str:
        """A merged mark, with the reason for merging if that ends before the day asked about."""
        told = f"{one.name} {one.note}".strip()
        return told if self.scale.x(one.on) + BOX + width(told) < self.scale.x(self.band.as_of) else one.name

    def _placed(self, lanes: Lanes, one: TimeMark, label: str, *, right: bool = False) -> _Placed:
        """Place a mark in the lowest free lane, its label to the left if that is no higher."""
        x, long = self.scale.x(one.on), width(label) + 6 if label else 0.0
        ends = {True: (x - BOX / 2 - long, x + BOX / 2), False: (x - BOX / 2, x + BOX / 2 + long)}
        fits = [left for left in ((False, True) if right else (True, False))
                if ends[left][0] >= 0 and ends[left][1] <= self.size] or [x > self.size / 2]  # fmt: skip
        left = min(fits, key=lambda left: lanes.room(*ends[left]))
        return _Placed(one, x, lanes.put(*ends[left]), label, left)

    def _boxes(self, counted: Sequence[_Placed], merged: Sequence[_Placed]) -> None:
        """Draw the marks, and lines from merged marks to those they are merged with."""
        at = {one.mark.name: one for one in counted}
        for one in merged:
            into = at.get(one.mark.within)
            if into is not None:
                path = f"M{into.x:.1f} {self._box_top(into):.1f}V{self._box_top(one) + BOX:.1f}H{one.x:.1f}"
                self.content += element("path", cls="k", d=path)
        for one in (*counted, *merged):
            self._box(one)

    def _box_top(self, one: _Placed) -> float:
        return self.axis - BOX - one.lane * LANE - (4 if one.mark.within else 0)

    def _box(self, one: _Placed) -> None:
        x, y, solid = one.x, self._box_top(one), one.mark.counts and not one.mark.within
        self.content += element("rect", cls=None if solid else "o", x=x - BOX / 2, y=y, width=BOX, height=BOX,
                                stroke_dasharray=None if solid else "3 2")  # fmt: skip
        self.content += text(x, y + 16, one.mark.letter, cls="inv" if solid else "m", anchor="middle")
        if one.label:
            where, anchor = (x - BOX / 2 - 5, "end") if one.left else (x + BOX / 2 + 5, None)
            self.content += text(where, y + 16, one.label, cls="hw" if solid else "m hw", anchor=anchor)

    def _window(self) -> None:
        if self.band.window is None:
            return
        first, last, what = self.band.window
        left, right = self.scale.x(first), self.scale.x(last)
        self.content += element("rect", cls="w", x=left, y=self.top, width=right - left, height=self.axis - self.top)
        room = self.scale.x(self.band.as_of) - width(self.band.now) - 24
        if left + 6 + width(what) < room:
            self.content += text(left + 6, 20, what, cls="m")

    def _line(self) -> None:
        self.content += line("k", 6.0, self.axis, self.size - 6, self.axis)
        for x, label in self.scale.months(64 if self.size == WIDE else 58):
            self.content += line("k", x, self.axis, x, self.axis + 5)
            anchor = "start" if x < 24 else "end" if x > self.size - 24 else "middle"
            self.content += text(x, self.axis + 19, label, cls="m", anchor=anchor)

    def _spans(self) -> float:
        """Draw a row for each span, labelled to its left if there is room, else above; returns the depth (px)."""
        y, words = self.axis + 33, Markup("")
        for one in self.band.spans:
            start, end = self.scale.x(one.start), self.scale.x(one.end)
            said = f"{one.name} {one.note}".strip()
            beside = start - 8 - width(said) > 0
            y += 0 if beside else 18
            self.content += line("g", start, self.axis, start, y)
            named = element("tspan", one.name, cls="b") + (f" {one.note}" if one.note else "")
            x = start - 8 if beside else max(6.0, min(start + 5, self.size - width(said) - 8))
            words += text(x, y + 12 if beside else y - 5, named, cls="h", anchor="end" if beside else None)
            self.content += element("rect", x=start, y=y, width=max(2.0, end - start), height=14)
            self._beyond(one, max(end, 0.0 if beside else x + width(said)), end, y)
            y += ROW
        self.content += words
        return y + 8

    def _beyond(self, one: TimeSpan, free: float, end: float, y: float) -> None:
        """Draw a dashed line from a span's end to where it would have ended if it had not been cut off; ``free`` is
        where the room for its label begins."""
        if one.until is None or self.scale.x(one.until) <= end + 2:
            return
        until = self.scale.x(one.until)
        self.content += line("g", end, y + 7, until, y + 7, stroke_dasharray="2 4")
        if until - free > width(one.until_note) + 8:
            self.content += text(until - 4, y, one.until_note, cls="m", anchor="end")

    def _beside_last_day(self) -> float:
        """The room right of the last day (px), 0 if its label does not fit there."""
        last = self.band.last_day
        room = self.size - self.scale.x(last.on) - 14 if last is not None else 0.0
        return room if last is not None and room > width(last.says) * 1.05 else 0.0

    def _words_of_last_day(self) -> float:
        """The extra height (px) for labels above the marks."""
        return BOX if self.band.last_day is not None and not self._beside_last_day() else 0.0

    def _words_of_leaving(self) -> float:
        """The depth (px) of the line at which labels of days leaving the window fit below that of the last day."""
        return 106.0 if self.band.leaving and self._beside_last_day() else 0.0

    def _days(self) -> None:
        """Draw the day asked about, the last day, and the days on which something leaves the window."""
        x = self.scale.x(self.band.as_of)
        self.content += line("k", x, self.top, x, self.axis)
        self.content += element("path", cls="x", d=f"M{x - 6:.1f} 16h12l-6 10z")
        self.content += text(x - 10, 20, self.band.now, cls="b", anchor="end")
        last = self.band.last_day
        if last is not None:
            at = self.scale.x(last.on)
            self.content += line("xs", at, 34.0, at, self.height - 8, stroke_width=2)
            room = self._beside_last_day()
            where, anchor = (at + 8, None) if room else (max(at - 8, 6 + width(last.says) * 1.05), "end")
            self.content += text(where, 44.0, last.says, cls="x b", anchor=anchor)
            if last.note and room > width(last.note):
                self.content += text(where, 62.0, last.note, cls="m")
        for on in self.band.leaving:
            self.content += text(self.scale.x(on), self.axis - 8, "○", cls="m", anchor="middle")
        if self.band.leaving:
            self._leaving_note()

    def _leaving_note(self) -> None:
        xs = [self.scale.x(on) for on in self.band.leaving]
        half, middle = width(self.band.leaving_note) / 2, (min(xs) + max(xs)) / 2
        middle = min(middle, self.size - 6 - half)
        last = self.band.last_day
        free = max(self.scale.x(self.band.as_of), self.scale.x(last.on) if last is not None else 0.0)
        if middle - half > free + 4:
            self.content += text(middle, self.axis - 24, self.band.leaving_note, cls="m", anchor="middle")


def _reach(band: TimeBand) -> tuple[date, date]:
    """The first and last day drawn, at most a year after the day asked about, so that the past stays legible."""
    asked = date.fromisoformat(band.as_of)
    days = [band.as_of, *(one.on for one in band.marks), *(one.start for one in band.spans), *band.leaving]
    days += [one.end for one in band.spans] + ([band.last_day.on] if band.last_day else [])
    days += list(band.window[:2]) if band.window else []
    soon = (asked + timedelta(days=A_WHILE)).isoformat()
    days += [min(one.until, soon) for one in band.spans if one.until is not None]
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    limit = asked + timedelta(days=370)
    return first - timedelta(days=2), min(max(last, asked), limit) + timedelta(days=6)


def money_band(name: str, band: MoneyBand) -> Markup:
    """A band of sums at one scale."""
    return figure(name, band.title, band.finding, partial(_money, band))


def _money(band: MoneyBand, size: float) -> tuple[Markup, float]:
    most = max([one.amount for one in band.bars] + [band.whole, 1])
    content, y = Markup(""), 0.0
    for bar in band.bars:
        drawn, y = _bar(bar, y, size, (size - 12) / most)
        content += drawn
    return content, y


def _bar(bar: MoneyBar, y: float, size: float, per_fen: float) -> tuple[Markup, float]:
    """A bar below its label; the labels of its pieces stand inside if they fit, else on lines below."""
    content, at = Markup(""), 6.0
    for words, weight in ((bar.name, "b"), (_sum(bar.amount), "b"), (bar.note, "m")):
        if at > 6 and at + width(words) > size - 6:
            at, y = 6.0, y + 18
        content += text(at, y + 16, words, cls=weight)
        at += width(words) * (1.08 if weight == "b" else 1.0) + 8
    x, below = 6.0, list[tuple[float, str, str]]()
    for piece in bar.pieces:
        long = max(1.0, piece.amount * per_fen) if piece.amount else 0.0
        cls = {"done": "w", "open": "x", "": None}[piece.tone]
        content += element("rect", cls=cls, x=x, y=y + 24, width=long, height=20)
        said = f"{piece.name} {_sum(piece.amount)}"
        if piece.amount and not piece.tone and width(said) + 12 < long:
            content += text(x + 8, y + 39, said, cls="inv")
        elif piece.amount:
            below.append((x, said, "x b" if piece.tone == "open" else "m"))
        if piece.tone == "done":
            content += element("rect", cls="o", x=x, y=y + 24, width=long, height=20, fill_opacity="0")
        x += long
        if long and not piece.tone and x < size - 8:
            content += line("r", x, y + 24, x, y + 44, stroke_width=2)
    y += 44
    content += line("r", x, y, size - 6, y) if x < size - 8 else Markup("")
    told, y = _below(below, y, size)
    return content + told, y + (30 if below else 12)


def _below(pieces: Sequence[tuple[float, str, str]], y: float, size: float) -> tuple[Markup, float]:
    """Labels of pieces, each below the start of its piece if there is room, else on a line of its own."""
    content, free = Markup(""), 6.0
    for x, said, cls in pieces:
        at = max(6.0, min(x, size - 6 - width(said) * 1.05))
        if at < free:
            at = free
        if at + width(said) > size - 6:
            at, y = max(6.0, min(x, size - 6 - width(said) * 1.05)), y + 18
        content += text(at, y + 16, said, cls=cls)
        free = at + width(said) + 18
    return content, y


def _sum(amount: int) -> str:
    return money(yuan(Fen(amount)))
