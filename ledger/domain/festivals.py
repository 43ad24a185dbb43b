"""The statutory holidays of the whole nation, from the law alone, year by year.

What the State Council's yearly notice arranges around them (which weekends are worked) is not
here: this is what is left to go by where no notice is known, and how a notice's days off get
their names. Source of the rules: 全国年节及纪念日放假办法 and its revisions of 2007, 2013 and 2024.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Final

# Year, then as MMDD: 春节 (the first day of the lunar year), 清明, 端午 (fifth day of the fifth
# month), 中秋 (fifteenth day of the eighth month). Source: the lunar calendar of GB/T 33661-2017,
# taken down in November 2025; the tests compare every row with two independent libraries.
_LUNAR: Final = """
2006 0129 0405 0531 1006  2007 0218 0405 0619 0925  2008 0207 0404 0608 0914  2009 0126 0404 0528 1003
2010 0214 0405 0616 0922  2011 0203 0405 0606 0912  2012 0123 0404 0623 0930  2013 0210 0404 0612 0919
2014 0131 0405 0602 0908  2015 0219 0405 0620 0927  2016 0208 0404 0609 0915  2017 0128 0404 0530 1004
2018 0216 0405 0618 0924  2019 0205 0405 0607 0913  2020 0125 0404 0625 1001  2021 0212 0404 0614 0921
2022 0201 0405 0603 0910  2023 0122 0405 0622 0929  2024 0210 0404 0610 0917  2025 0129 0404 0531 1006
2026 0217 0405 0619 0925  2027 0206 0405 0609 0915  2028 0126 0404 0528 1003  2029 0213 0404 0616 0922
2030 0203 0405 0605 0912  2031 0123 0405 0624 1001  2032 0211 0404 0612 0919  2033 0131 0404 0601 0908
2034 0219 0405 0620 0927  2035 0208 0405 0610 0916  2036 0128 0404 0530 1004  2037 0215 0404 0618 0924
2038 0204 0405 0607 0913  2039 0124 0405 0527 1002  2040 0212 0404 0614 0920  2041 0201 0404 0603 0910
2042 0122 0404 0622 0928  2043 0210 0405 0611 0917  2044 0130 0404 0531 1005  2045 0217 0404 0619 0925
2046 0206 0404 0608 0915  2047 0126 0405 0529 1004  2048 0214 0404 0615 0922  2049 0202 0404 0604 0911
2050 0123 0404 0623 0930  2051 0211 0405 0613 0919  2052 0201 0404 0601 0907  2053 0219 0404 0620 0926
2054 0208 0404 0610 0916  2055 0128 0405 0530 1005  2056 0215 0404 0617 0924  2057 0204 0404 0606 0913
2058 0124 0404 0625 1002  2059 0212 0405 0614 0921  2060 0202 0404 0603 0909
"""


def _rows() -> Iterator[tuple[int, tuple[date, ...]]]:
    words = _LUNAR.split()
    for index in range(0, len(words), 5):
        year = int(words[index])
        days = words[index + 1 : index + 5]
        yield year, tuple(date(year, int(day[:2]), int(day[2:])) for day in days)


LUNAR: Final[dict[int, tuple[date, ...]]] = dict(_rows())
"""Year -> (春节, 清明, 端午, 中秋); years outside 2006-2060 have no row."""

SATURDAY: Final = 5
OCCASIONS: Final = {date(2015, 9, 3): "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日"}
"""Days that were off once, by a notice of their own and not by the law."""


@cache
def statutory(year: int) -> dict[date, str]:
    """The statutory holidays of a year with their names; 国庆节 and 中秋节 may share a day.

    Outside 2006-2060 only the holidays of fixed date: 元旦, 劳动节, 国庆节.
    """
    days: dict[date, str] = {}
    for first, length, name in _spans(year):
        for offset in range(length):
            day = first + timedelta(days=offset)
            days[day] = f"{days[day]}、{name}" if day in days else name
    return days


@cache
def off_by_law(year: int) -> dict[date, str]:
    """The statutory holidays of a year and the working days off in their place, with names: 春节, 春节补假.

    全国年节及纪念日放假办法 第六条 "全体公民放假的假日，如果适逢周六、周日，应当在工作日补假": on the next
    working day that is free.
    """
    holidays = statutory(year)
    days = dict(holidays)
    for holiday in sorted(holidays):
        if holiday.weekday() >= SATURDAY:
            instead = holiday
            while instead.weekday() >= SATURDAY or instead in days:
                instead += timedelta(days=1)
            days[instead] = f"{holidays[holiday]}补假"
    return days


def _spans(year: int) -> Iterator[tuple[date, int, str]]:
    """First day, length in days and name of each holiday under the law in force that year."""
    yield date(year, 1, 1), 1, "元旦"
    # 1999: three days of 劳动节; 2007: one; 2024: two (5月1日、2日).
    yield date(year, 5, 1), 3 if year < 2008 else 1 if year < 2025 else 2, "劳动节"
    yield date(year, 10, 1), 3, "国庆节"
    if year not in LUNAR:
        return
    spring, qingming, dragon_boat, mid_autumn = LUNAR[year]
    # 1999 and 2013: 初一 to 初三; 2007: 除夕 to 初二; 2024: 除夕 to 初三.
    eve = 2008 <= year < 2014 or year >= 2025
    yield spring - timedelta(days=eve), 4 if year >= 2025 else 3, "春节"
    if year >= 2008:
        yield qingming, 1, "清明节"
        yield dragon_boat, 1, "端午节"
        yield mid_autumn, 1, "中秋节"
