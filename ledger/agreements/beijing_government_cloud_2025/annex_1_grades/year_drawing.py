"""The drawing of the rolling year: the place and lane of each incident, ground and end of the window.

Only places are worked out here; what counts is taken from the conclusions. Lengths are in millimetres from the
drawing's left end. A mark's form, not its colour, says what it is, so that it is legible in black and white.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from ledger.bilingual import Bilingual, Text, clause_name, phrase
from ledger.domain.declare import dataclass

WIDTH = 164.0
MOST = 48  # marks that can be told apart
_MARK, _CHARACTER, _GAP = 3.0, 1.28, 2.0


@dataclass(frozen=True, slots=True)
class DrawnIncident:
    """An incident to draw; ``form`` is counted, same-cause, outside or ungraded; ``tied`` the one it counts as."""

    id: str
    on: date
    grade: str | None
    form: str
    tied: str | None = None


def drawing(
    incidents: Sequence[DrawnIncident], window: Sequence[str], grounds: Sequence[Mapping[str, Any]], as_of: date
) -> dict[str, Any]:
    """The block ``timeline``: months, window, marks with their lanes above the axis, grounds below it."""
    shown, notes = _shown(incidents)
    first, last = (date.fromisoformat(day) for day in window)
    start = min([first, *(one.on for one in shown), *(_day(ground) for ground in grounds)])
    start, end = start - timedelta(days=9), max(last, as_of) + timedelta(days=9)
    scale = WIDTH / (end - start).days

    def x(day: date) -> float:
        return round((day - start).days * scale, 2)

    marks = _laid([
        {"x": x(one.on), "label": _short(one.id), "date": one.on.isoformat(), "letter": one.grade or "",
         "form": one.form, "id": one.id, "tied": one.tied or ""}
        for one in sorted(shown, key=lambda one: (one.on, one.id))
    ])  # fmt: skip
    flags = _laid([
        {"x": x(_day(ground)), "label": clause_name(ground["clause"]), "date": ground["arose_on"]}
        for ground in grounds
    ])  # fmt: skip
    return {
        "kind": "timeline", "title": phrase("report.drawing"), "marks": marks, "grounds": flags, "notes": notes,
        "months": [{"x": x(month), "label": month.strftime("%Y-%m")} for month in _months(start, end, scale)],
        "window": {"from": x(first), "to": x(last), "first": window[0], "last": window[1]},
        "legend": [[form, phrase(f"report.legend.{form}")] for form in
                   ("counted", "same-cause", "outside", "ungraded", "ground", "window")],
    }  # fmt: skip


def _day(ground: Mapping[str, Any]) -> date:
    return date.fromisoformat(ground["arose_on"])


def _shown(incidents: Sequence[DrawnIncident]) -> tuple[list[DrawnIncident], list[Bilingual]]:
    """As many as can be distinguished: graded ones before others, then the latest."""
    listed, notes = list(incidents), list[Bilingual]()
    if len(listed) > MOST:
        listed = [one for one in incidents if one.form != "ungraded"]
        notes.append(phrase("report.drawing_left", count=len(incidents) - len(listed)))
    if len(listed) > MOST:
        notes.append(phrase("report.drawing_older", shown=MOST, count=len(listed) - MOST))
        listed = sorted(listed, key=lambda one: one.on)[-MOST:]
    return listed, notes


def _short(name: str, most: int = 16) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"


def _laid(marks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each mark with its lane, and whether its label stands to its left; no two overlap."""
    ends: list[list[tuple[float, float]]] = []
    for mark in marks:
        width = _MARK + _CHARACTER * max(_width(mark["label"]), len(mark["date"]))
        left = mark["x"] + width > WIDTH
        taken = (mark["x"] - width, mark["x"] + _MARK) if left else (mark["x"] - _MARK, mark["x"] + width)
        lane = next((n for n, lane in enumerate(ends) if all(_apart(taken, one) for one in lane)), len(ends))
        ends += [[]] if lane == len(ends) else []
        ends[lane].append(taken)
        mark |= {"lane": lane, "left": left}
    return marks


def _width(label: Text) -> int:
    """The width of a label in half-width characters; a bilingual label has the English beside the Chinese."""
    text = label if isinstance(label, str) else f"{label.zh} {label.en}"
    return sum(1 if char.isascii() else 2 for char in text)


def _apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[1] + _GAP < other[0] or other[1] + _GAP < one[0]


def _months(start: date, end: date, scale: float) -> list[date]:
    """The first days of months, so many that their labels do not touch."""
    months, year, month = [], start.year, start.month
    while (day := date(year, month, 1)) <= end:
        months.append(day)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 600) if 30.4 * step * scale > 13)
    inside = [day for day in months if day >= start and (end - day).days * scale > 6]
    return [day for day in inside if (day.year * 12 + day.month - 1) % step == 0]
