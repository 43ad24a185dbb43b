"""Bands as SVG: drawn time and drawn money, once for a desk and once for a phone, with what they say as a description.

Nothing in them can be focused, colours are classes of the style sheet, and labels are placed from the data: beside
their mark where that is free, else in the next lane.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from markupsafe import Markup

from api.console.svg import Lanes, Scale, element, line, text, width
from ledger.domain.money import Fen, yuan
from ledger.drawing.bands import MoneyBand, MoneyBar, TimeBand, TimeMark, TimeSpan
from ledger.labels import money

Placed = tuple[TimeMark, float, int, bool]  # with where it stands, its lane, whether its label is at the left
WIDE, NARROW = 980.0, 350.0
BOX, LANE, ROW = 22.0, 28.0, 30.0


def figure(name: str, title: str, finding: str, wide: Markup, narrow: Markup, sizes: Mapping[float, float]) -> Markup:
    """Both drawings as one figure; the one for phones is hidden from who reads, since the other says the same."""
    said = element("title", title, id=f"{name}-t") + element("desc", finding, id=f"{name}-d")
    shown = Markup("")
    for size, content in ((WIDE, wide), (NARROW, narrow)):
        spoken = {"role": "img", "aria_labelledby": f"{name}-t {name}-d"} if size == WIDE else {"aria_hidden": "true"}
        box = f"0 0 {size:.0f} {sizes[size]:.0f}"
        shown += element("svg", (said if size == WIDE else Markup("")) + content,
                         cls="for-desk" if size == WIDE else "for-phone", viewBox=box, **spoken)  # fmt: skip
    return element("figure", shown, cls="band")


def time_band(name: str, band: TimeBand) -> Markup:
    """A band of time."""
    drawn = {size: _TimeDrawing(band, size) for size in (WIDE, NARROW)}
    return figure(name, band.title, band.finding, drawn[WIDE].content, drawn[NARROW].content,
                  {size: one.height for size, one in drawn.items()})  # fmt: skip


class _TimeDrawing:
    """One drawing of a band at one width; from the top: window and today, marks in lanes, the line, spans."""

    def __init__(self, band: TimeBand, size: float) -> None:
        self.band, self.size, self.narrow = band, size, size < WIDE
        first, last = _reach(band)
        self.scale = Scale(first, last, 6.0, size - 6.0)
        self.content = Markup("")
        above, lanes = self._marks()
        self.top = 26.0
        self.axis = self.top + max(2, lanes) * LANE + (BOX if self.narrow and band.last_day else 0)
        self._window()
        self._line()
        self.content += above(self.axis)
        self.height = self._spans()
        self._days()

    def _marks(self) -> tuple[Callable[[float], Markup], int]:
        """The marks, each in a lane where neither it nor its label lies on another; merged ones above the others."""
        lanes, placed = Lanes(), list[Placed]()
        counted = [one for one in self.band.marks if not one.within]
        merged = [one for one in self.band.marks if one.within]
        for one in sorted(counted, key=lambda one: one.on):
            placed.append(self._placed(lanes, one, one.name))
        over = Lanes()
        above = [self._placed(over, one, f"{one.name} {one.note}".strip(), right=True)
                 for one in sorted(merged, key=lambda one: one.on)]  # fmt: skip
        at = {one.name: (x, lane * LANE + BOX) for one, x, lane, _ in placed}

        def drawn(axis: float) -> Markup:
            shown = Markup("")
            for one, x, lane, left in placed:
                shown += self._box(one, x, axis - BOX - lane * LANE, one.name, left)
            for one, x, lane, left in above:
                y = axis - BOX - (lanes.count + lane) * LANE - 4
                if one.within in at:
                    first, top = at[one.within]
                    shown += element("path", cls="k", d=f"M{first:.1f} {axis - top:.1f}V{y + BOX:.1f}H{x:.1f}")
                shown += self._box(one, x, y, f"{one.name} {one.note}".strip(), left)
            return shown

        return drawn, lanes.count + over.count

    def _placed(self, lanes: Lanes, one: TimeMark, label: str, *, right: bool = False) -> Placed:
        x, long = self.scale.x(one.on), width(label) + 6
        left = (not right and x - BOX / 2 - long > 0) or x + BOX / 2 + long > self.size
        ends = (x - BOX / 2 - long, x + BOX / 2) if left else (x - BOX / 2, x + BOX / 2 + long)
        return one, x, lanes.put(*ends), left

    def _box(self, one: TimeMark, x: float, y: float, label: str, left: bool) -> Markup:
        solid = one.counts and not one.within
        shown = element("rect", cls=None if solid else "o", x=x - BOX / 2, y=y, width=BOX, height=BOX,
                        stroke_dasharray=None if solid else "3 2")  # fmt: skip
        shown += text(x, y + 16, one.letter, cls="inv" if solid else "m", anchor="middle")
        where, anchor = (x - BOX / 2 - 5, "end") if left else (x + BOX / 2 + 5, None)
        return shown + text(where, y + 16, label, cls="hw" if solid else "m hw", anchor=anchor)

    def _window(self) -> None:
        if self.band.window is None:
            return
        first, last, what = self.band.window
        left, right = self.scale.x(first), self.scale.x(last)
        self.content += element("rect", cls="w", x=left, y=self.top, width=right - left, height=self.axis - self.top)
        room = self.scale.x(self.band.as_of) - width(self.band.now) - 24
        if not self.narrow or width(what) < room:
            self.content += text(left + 6, 20, what, cls="m")

    def _line(self) -> None:
        self.content += line("k", 6.0, self.axis, self.size - 6, self.axis)
        for x, label in self.scale.months(58 if self.narrow else 64):
            self.content += line("k", x, self.axis, x, self.axis + 5)
            anchor = "start" if x < 24 else "end" if x > self.size - 24 else "middle"
            self.content += text(x, self.axis + 19, label, cls="m", anchor=anchor)

    def _spans(self) -> float:
        """A row for each, its words left of it where there is room, else on a line above; how deep that is."""
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
        """On from its end, dashed, to where it would have ended without what cut it off; ``free`` is from where there
        is room for words."""
        if one.until is None or self.scale.x(one.until) <= end + 2:
            return
        until = self.scale.x(one.until)
        self.content += line("g", end, y + 7, until, y + 7, stroke_dasharray="2 4")
        if until - free > width(one.until_note) + 8:
            self.content += text(until - 4, y, one.until_note, cls="m", anchor="end")

    def _days(self) -> None:
        """The day asked about, the last day, and the days on which something leaves the window."""
        x = self.scale.x(self.band.as_of)
        self.content += line("k", x, self.top, x, self.axis)
        self.content += element("path", cls="x", d=f"M{x - 6:.1f} 16h12l-6 10z")
        self.content += text(x - 10, 20, self.band.now, cls="b", anchor="end")
        last = self.band.last_day
        if last is not None:
            at = self.scale.x(last.on)
            self.content += line("xs", at, 34.0, at, self.height - 8, stroke_width=2)
            room = self.size - at - 8
            right = room > width(last.says)
            where, anchor = (at + 8, None) if right else (at - 8, "end")
            if not right and at - 8 - width(last.says) < 0:
                where, anchor = self.size - 6, "end"
            self.content += text(where, 44.0, last.says, cls="x b", anchor=anchor)
            if last.note and (room if right else at - 8) > width(last.note):
                self.content += text(where, 62.0, last.note, cls="m", anchor=anchor)
        for on in self.band.leaving:
            self.content += text(self.scale.x(on), self.axis - 8, "○", cls="m", anchor="middle")
        if self.band.leaving and not self.narrow:
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
    """The first and last day drawn: a year ahead of the day asked about at most, so that the past stays legible."""
    asked = date.fromisoformat(band.as_of)
    days = [band.as_of, *(one.on for one in band.marks), *(one.start for one in band.spans), *band.leaving]
    days += [one.until or one.end for one in band.spans] + ([band.last_day.on] if band.last_day else [])
    days += list(band.window[:2]) if band.window else []
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    limit = asked + timedelta(days=370)
    return first - timedelta(days=2), min(max(last, asked), limit) + timedelta(days=2)


def money_band(name: str, band: MoneyBand) -> Markup:
    """Sums at one scale."""
    drawn = {size: _money(band, size) for size in (WIDE, NARROW)}
    return figure(name, band.title, band.finding, drawn[WIDE][0], drawn[NARROW][0],
                  {size: one[1] for size, one in drawn.items()})  # fmt: skip


def _money(band: MoneyBand, size: float) -> tuple[Markup, float]:
    most = max([one.amount for one in band.bars] + [band.whole, 1])
    content, y = Markup(""), 0.0
    for bar in band.bars:
        drawn, y = _bar(bar, y, size, (size - 12) / most)
        content += drawn
    return content, y


def _bar(bar: MoneyBar, y: float, size: float, per_fen: float) -> tuple[Markup, float]:
    """A bar under its words; what its pieces are is told inside where it fits, else on lines below."""
    content, at = Markup(""), 6.0
    for words, weight in ((bar.name, "b"), (_sum(bar.amount), "b"), (bar.note, "m")):
        if at > 6 and at + width(words) > size - 6:
            at, y = 6.0, y + 18
        content += text(at, y + 16, words, cls=weight)
        at += width(words) * (1.08 if weight == "b" else 1.0) + 8
    x, below = 6.0, list[tuple[str, str]]()
    for piece in bar.pieces:
        long = max(1.0, piece.amount * per_fen) if piece.amount else 0.0
        cls = {"done": "w", "open": "x", "": None}[piece.tone]
        content += element("rect", cls=cls, x=x, y=y + 24, width=long, height=20)
        said = f"{piece.name} {_sum(piece.amount)}"
        if piece.amount and not piece.tone and width(said) + 12 < long:
            content += text(x + 8, y + 39, said, cls="inv")
        elif piece.amount:
            below.append((said, "x b" if piece.tone == "open" else "m"))
        if piece.tone == "done":
            content += element("rect", cls="o", x=x, y=y + 24, width=long, height=20, fill_opacity="0")
        x += long
        if piece is not bar.pieces[-1] and not piece.tone:
            content += line("r", x, y + 24, x, y + 44, stroke_width=2)
    y += 44
    content += line("r", x, y, size - 6, y) if x < size - 8 else Markup("")
    at = 6.0
    for said, cls in below:
        if at + width(said) > size - 6:
            at, y = 6.0, y + 18
        content += text(at, y + 16, said, cls=cls)
        at += width(said) + 18
    return content, y + (30 if below else 12)


def _sum(amount: int) -> str:
    return money(yuan(Fen(amount)))
