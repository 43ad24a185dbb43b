"""A calendar of one real notice, calendars of invented ones, and the long way to ask them."""

from datetime import date, timedelta
from functools import cache

from hypothesis import strategies as st

from ledger.domain.calendar import Calendar, WorkingDayNotice
from ledger.domain.festivals import statutory

NOTICE_2026 = WorkingDayNotice(
    2026,
    "国办发明电〔2025〕7号",
    date(2025, 11, 4),
    frozenset(
        [date(2026, 1, day) for day in range(1, 4)]
        + [date(2026, 2, day) for day in range(15, 24)]
        + [date(2026, 10, day) for day in range(1, 8)]
    ),
    frozenset(
        [date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 9, 20), date(2026, 10, 10)]
    ),
)
CALENDAR = Calendar([NOTICE_2026])
DAY = timedelta(days=1)

DAYS = st.dates(min_value=date(2005, 1, 1), max_value=date(2062, 12, 31))
NEAR = st.dates(min_value=date(2025, 11, 1), max_value=date(2028, 2, 28))
COUNTS = st.integers(min_value=0, max_value=70)


@st.composite
def notices(draw: st.DrawFn, year: int | None = None) -> WorkingDayNotice:
    named = draw(st.dictionaries(st.dates(date(2025, 12, 1), date(2028, 1, 31)), st.booleans(), max_size=40))
    about = year or draw(st.sampled_from([2026, 2027]))
    named = {day: off for day, off in named.items() if abs(day.year - about) <= 1}
    off_days = frozenset(day for day, off in named.items() if off)
    return WorkingDayNotice(
        about,
        f"第{draw(st.integers(1, 10**9))}号",
        draw(st.dates(date(2025, 1, 1), date(2026, 12, 31))),
        off_days,
        frozenset(named) - off_days,
    )


CALENDARS = st.lists(notices(), max_size=4, unique_by=lambda notice: notice.published_on).map(Calendar)


@cache
def plainly_off(year: int) -> set[date]:
    """The holidays of a year, and for each on a weekend the next working day: owed, and given as soon as one comes."""
    holidays, owed, off = statutory(year), 0, set(statutory(year))
    for number in range(366):
        day = date(year, 1, 1) + timedelta(days=number)
        if day in holidays:
            owed += day.weekday() in (5, 6)
        elif owed and day.weekday() not in (5, 6):
            owed -= 1
            off.add(day)
    return off


def plainly_working(day: date, known: tuple[WorkingDayNotice, ...]) -> bool:
    """The same question, answered the long way: the last notice that names the day, else the law."""
    for notice in sorted(known, key=lambda notice: notice.published_on, reverse=True):
        if day in notice.off_days:
            return False
        if day in notice.makeup_days:
            return True
    if day.weekday() in (5, 6):
        return False
    return any(notice.year == day.year for notice in known) or day not in plainly_off(day.year)
