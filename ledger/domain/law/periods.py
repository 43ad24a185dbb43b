"""How periods are counted (期间): when they begin and end, and which numbers 以上 and 以内 include."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from ledger.domain.law.source import CIVIL_CODE, article

WORDS = dict((
    article(
        CIVIL_CODE, 200,
        "民法所称的期间按照公历年、月、日、小时计算。",
        "Periods are counted in years, months, days and hours of the Gregorian calendar.",
    ),
    article(
        CIVIL_CODE, 201,
        "按照年、月、日计算期间的，开始的当日不计入，自下一日开始计算。\n"
        "按照小时计算期间的，自法律规定或者当事人约定的时间开始计算。",
        "In periods of years, months or days the first day is not counted; counting begins on the next. Periods of "
        "hours run from the time that law or the parties provide.",
    ),
    article(
        CIVIL_CODE, 202,
        "按照年、月计算期间的，到期月的对应日为期间的最后一日；没有对应日的，月末日为期间的最后一日。",
        "A period of years or months ends on the corresponding day of its last month, or where there is none on that "
        "month's last day.",
    ),
    article(
        CIVIL_CODE, 203,
        "期间的最后一日是法定休假日的，以法定休假日结束的次日为期间的最后一日。\n"
        "期间的最后一日的截止时间为二十四时；有业务时间的，停止业务活动的时间为截止时间。",
        "A period whose last day is a statutory rest day ends on the day after the rest days. The last day ends at "
        "24:00; where there are business hours, when business ends.",
    ),
    article(
        CIVIL_CODE, 204,
        "期间的计算方法依照本法的规定，但是法律另有规定或者当事人另有约定的除外。",
        "Periods are counted as this code says unless law or the parties provide otherwise.",
    ),
    article(
        CIVIL_CODE, 1259,
        "民法所称的“以上”、“以下”、“以内”、“届满”，包括本数；所称的“不满”、“超过”、“以外”，"
        "不包括本数。",
        "以上, 以下, 以内 and 届满 include the number; 不满, 超过 and 以外 do not.",
    ),
))  # fmt: skip


@lru_cache(4096)  # windows of a year begin and end on few days, asked again at each step
def corresponding_day(day: date, months: int) -> date:
    """The same day of the month so many months on (or back), else that month's last day."""
    # 民法典 202 "到期月的对应日为期间的最后一日；没有对应日的，月末日为期间的最后一日"
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= 28:
        return date(year, month + 1, day.day)
    last = date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)
    return last if day.day > last.day else last.replace(day=day.day)
