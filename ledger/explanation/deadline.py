"""How a deadline was worked out: its start, its rule, every rest day skipped and by which notice (arts. 200-204)."""

from __future__ import annotations

from datetime import date

from ledger.bilingual import Bilingual, joined, label, phrase, weekday
from ledger.domain.calendar import Calendar, Deadline, RestDay
from ledger.domain.machine import ONE_DAY
from ledger.explanation import Explanation


def deadline(x: Explanation, due: Deadline, *, source: Bilingual | None = None) -> None:
    """``source`` says who set a fixed day."""
    match due.rule:
        case "working-days":
            _working_days(x, due)
        case "fixed":
            x.step("EX_DUE_FIXED", due=weekday(due.due), source=source or Bilingual("", ""))
        case _:
            _natural(x, due)
    if due.provisional:
        years = ", ".join(str(year) for year in due.years if str(year) not in x.m.calendar.documents(due.years))
        x.step("EX_DUE_PROVISIONAL", due=due.due, years=years)


def _working_days(x: Explanation, due: Deadline) -> None:
    x.cite("civil code 201")
    x.step("EX_DUE_WORKING_DAYS", start=weekday(due.start), count=due.count)
    if due.skipped:
        x.step("EX_DUE_SKIPPED", count=len(due.skipped), days=joined(map(rest_day, due.skipped)))
    else:
        x.step("EX_DUE_NONE_SKIPPED")
    makeup = _makeup_days(x.m.calendar, due)
    if makeup:
        x.step("EX_DUE_MAKEUP", days=joined(makeup))
    x.step("EX_DUE_IS", due=weekday(due.due))


def _makeup_days(calendar: Calendar, due: Deadline) -> list[Bilingual]:
    """Weekend days within the period that a notice turned into working days."""
    found, day = [], due.start + ONE_DAY
    while day <= due.due:
        kind = calendar.explain(day)
        if kind.reason == "makeup":
            found.append(phrase("EX_MAKEUP_DAY", day=weekday(day), document=kind.document))
        day += ONE_DAY
    return found


def _natural(x: Explanation, due: Deadline) -> None:
    """Natural days or months; ``years`` are named where the end rolls."""
    x.cite("civil code 201", "civil code 202" if due.rule == "months" else "civil code 200")
    code = "EX_DUE_MONTHS" if due.rule == "months" else "EX_DUE_DAYS"
    end: date = due.skipped[0].day if due.skipped else due.due
    x.step(code, start=weekday(due.start), count=due.count, end=weekday(end))
    if due.skipped:
        x.cite("civil code 203")
        days = joined(map(rest_day, due.skipped))
        x.step("EX_DUE_ROLLED", end=weekday(end), days=days, due=weekday(due.due))
    elif due.years:
        x.step("EX_DUE_ON_WORKING_DAY", due=weekday(due.due))
    else:
        x.step("EX_DUE_NO_ROLL", due=weekday(due.due))


def rest_day(rest: RestDay) -> Bilingual:
    """``2026-01-01（周四，元旦，国办发明电〔2025〕7号）``."""
    if rest.reason == "weekend":
        return phrase("EX_REST_WEEKEND", day=weekday(rest.day))
    name = festival(rest.name)
    if rest.document is None:
        return phrase("EX_REST_STATUTORY", day=weekday(rest.day), name=name)
    return phrase("EX_REST_NOTICE", day=weekday(rest.day), name=name, document=rest.document)


def festival(name: str) -> Bilingual:
    """One holiday, or several on one run of days."""
    return joined((label("festival", part) for part in name.split("、")), "、")
