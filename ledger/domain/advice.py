"""What is lawful but unwise in terms: it is pointed out to those who sign, and never refused (SPEC 2.3).

Checks that agreements have in common: floors that are not one number, agreed days that are no working days, months that
end early for want of a corresponding day. They are found from the bounds, not by trying values; days are checked for
the last year with a notice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from ledger.domain.calendar import Calendar
from ledger.domain.declare import NamedTuple
from ledger.domain.law.periods import corresponding_day
from ledger.domain.words import Said

ONE_DAY = timedelta(days=1)
THIS_YEAR = 2026  # where no notice is known


class Advice(NamedTuple):
    """One point that counsel should see before signing.

    ``code`` is that of its sentence in the catalogue, whose ``values`` may be bilingual; ``clause`` is the clause whose
    words cause it, ``field`` the dotted path of the term; ``example`` is the smallest case, as JSON; ``reading`` is the
    open question of the text that settles it, where there is one.
    """

    code: str
    clause: str
    field: str
    values: Mapping[str, object | Said]
    example: str | int | None = None
    reading: str | None = None


class Floor(NamedTuple):
    """The minimum of a measure, in per cent, that a clause states at a dotted path."""

    least: Decimal
    clause: str
    field: str


def floors_disagree(measure: str, floors: Sequence[Floor], reading: str | None = None) -> Iterator[Advice]:
    """Different floors of one measure: a value between them breaches one clause and not the other."""
    stated: dict[Decimal, list[Floor]] = {}
    for floor in floors:
        stated.setdefault(floor.least, []).append(floor)
    if len(stated) < 2:
        return
    in_order = sorted(stated.items())
    lowest, above = in_order[0][0], in_order[1][1][0]
    listed = [(f"{least:f}", list(dict.fromkeys(one.clause for one in places))) for least, places in in_order]
    values = {"measure": measure, "floors": listed}
    yield Advice("ADVICE_FLOORS_DISAGREE", above.clause, above.field, values, f"{lowest:f}", reading)


def just_below(floor: Decimal) -> Decimal:
    """The floor less one unit of its last decimal place."""
    exponent = floor.as_tuple().exponent
    assert isinstance(exponent, int)
    return floor - Decimal(1).scaleb(min(exponent, 0))


def noticed_year(calendar: Calendar) -> int:
    """The last year with a notice."""
    return max((notice.year for notice in calendar.notices), default=THIS_YEAR)


def days_of(year: int) -> Sequence[date]:
    first = date(year, 1, 1)
    return [first + ONE_DAY * number for number in range((date(year + 1, 1, 1) - first).days)]


def day_off(calendar: Calendar, day: date, clause: str, field: str, reading: str | None = None) -> Iterator[Advice]:
    """An agreed day that is no working day: it does not move to the next one."""
    if calendar.is_working_day(day):
        return
    before = day
    while not calendar.is_working_day(before):
        before -= ONE_DAY
    values = {"day": day.isoformat(), "before": before.isoformat()}
    yield Advice("ADVICE_DAY_OFF", clause, field, values, day.isoformat(), reading)


def months_short(
    calendar: Calendar, months: int, clause: str, field: str, reading: str | None = None
) -> Iterator[Advice]:
    """Months that end early because the last month has no corresponding day: the greatest loss, first in the year."""
    year = noticed_year(calendar)
    years = [year + more for more in range(5)] if months % 12 == 0 else [year]  # of 29 February, the next there is
    short = [(day.day - corresponding_day(day, months).day, day) for one in years for day in days_of(one)]
    lost, begun = max(short, key=lambda one: (one[0], -one[1].toordinal()))
    if lost > 0:
        end = corresponding_day(begun, months)
        values = {"months": months, "from": begun.isoformat(), "to": end.isoformat(), "days": lost}
        yield Advice("ADVICE_MONTHS_SHORT", clause, field, values, begun.isoformat(), reading)
