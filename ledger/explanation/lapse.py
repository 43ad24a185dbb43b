"""The law on the year in which a right to terminate must be used (Civil Code 564, 199, 203)."""

from __future__ import annotations

from datetime import date

from ledger import labels
from ledger.bilingual import label, weekday
from ledger.explanation import Explanation
from ledger.messages import Language


def ground_name(part: str, key: str, lang: Language) -> str:
    """What a record of ``termination`` is called: a declaration by its fact, a ground by its clause and day."""
    if part == "declared":
        return labels.short_id(key)
    clause, _, rest = key.partition("@")
    return f"{labels.article(clause, lang)} {rest.rstrip('+')}"


def year_of_a_right(x: Explanation, last: date, other: str) -> None:
    """Explain that nothing suspends the year, that a rest day may extend it, that the ``other`` party may shorten it.

    ``last`` is the last day of the year.
    """
    x.cite("civil code 199", "civil code 564")
    x.step("EX_LAPSE_FIXED")
    if not x.m.calendar.is_working_day(last):
        x.cite("civil code 203")
        rolled = x.m.calendar.days(last, 0, rolls=True).due
        x.step("EX_LAPSE_ON_REST_DAY", lapses=weekday(last), rolled=weekday(rolled))
    x.step("EX_LAPSE_DEMANDED", other=label("role", other))
