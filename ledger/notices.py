"""The State Council's notices on working days that come with the product, 2007-2026.

``data/working_days_cn.jsonl`` holds the data of one CalendarPublished fact a line, in the order of
publication. ``published_on`` is the day the public could know it (the government's own page), which
may be later than the day it was signed. A year's later notice changes only the days it names.
"""

import json
import os
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from ledger.domain.calendar import Calendar, WorkingDayNotice
from ledger.domain.errors import Refusal
from ledger.domain.fact import Fact
from ledger.domain.fact_data import data_json
from ledger.domain.facts.record import CalendarPublished

_KEYS = ("year", "document", "published_on", "off_days", "makeup_days")


@cache
def shipped_notices() -> tuple[WorkingDayNotice, ...]:
    """The notices that come with the product, in the order of their publication."""
    # Opened beside this module: importlib.resources alone would take five times as long to import.
    path = os.path.join(os.path.dirname(__file__), "data", "working_days_cn.jsonl")
    with open(path, encoding="utf-8") as lines:
        return tuple(notice_from_data(json.loads(line)) for line in lines)


@cache
def shipped_calendar() -> Calendar:
    """The calendar of the shipped notices; one for all, because it remembers its answers."""
    return Calendar(shipped_notices())


def published_notices(recorded: Iterable[Fact]) -> tuple[WorkingDayNotice, ...]:
    """The notices that facts of the calendar's stream state, in their order."""
    stated = (data_json(fact.what) for fact in recorded if isinstance(fact.what, CalendarPublished))
    return tuple(map(notice_from_data, stated))


def notice_from_data(data: Mapping[str, object], *, path: str = "data") -> WorkingDayNotice:
    """The notice a CalendarPublished fact states, from the fact's JSON data.

    Raises Refusal (NOTICE_KEYS, NOTICE_VALUE, NOTICE_DAY_TWICE, NOTICE_DAY_FAR) naming the field.
    """
    if set(data) != set(_KEYS):
        wrong = min(set(data) ^ set(_KEYS))
        raise Refusal("NOTICE_KEYS", f"{path}.{wrong}", known=", ".join(_KEYS))
    year, document = data["year"], data["document"]
    if type(year) is not int or not date.min.year < year < date.max.year:
        raise Refusal("NOTICE_VALUE", f"{path}.year", given=repr(year), right="2026")
    if not isinstance(document, str):
        raise Refusal("NOTICE_VALUE", f"{path}.document", given=repr(document), right="国办发明电〔2025〕7号")
    published_on = _day(data["published_on"], f"{path}.published_on")
    off_days = _days(data["off_days"], f"{path}.off_days")
    makeup_days = _days(data["makeup_days"], f"{path}.makeup_days")
    try:
        return WorkingDayNotice(year, document, published_on, off_days, makeup_days)
    except Refusal as refusal:
        refusal.field = f"{path}.{refusal.field}"
        raise


def _days(given: object, field: str) -> frozenset[date]:
    if not isinstance(given, list | tuple):
        raise Refusal("NOTICE_VALUE", field, given=repr(given), right='["2026-01-01"]')
    return frozenset([_day(day, f"{field}.{index}") for index, day in enumerate(given)])


def _day(given: object, field: str) -> date:
    try:
        if isinstance(given, str) and len(given) == 10 and "W" not in given:
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise Refusal("NOTICE_VALUE", field, given=repr(given), right="2026-01-01")
