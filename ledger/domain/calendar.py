"""Days in Beijing, and the working days the State Council's notices make of them.

A period does not count the day of its trigger (民法典 201) and a period in months ends on the
corresponding day, or the month's last (202). Where a rule says so, a period that ends on a rest
day ends on the next working day (203). No clock and no files: notices come in as values.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal, TypeVar

from ledger.domain.declare import dataclass
from ledger.domain.errors import Refusal
from ledger.domain.festivals import OCCASIONS, off_by_law, statutory
from ledger.domain.law.periods import corresponding_day
from ledger.domain.moments import BEIJING, NotAMoment, On, format_utc, parse_on, parse_utc

__all__ = [
    "BEIJING",
    "Calendar",
    "DayKind",
    "Deadline",
    "NotAMoment",
    "On",
    "RestDay",
    "WorkingDayNotice",
    "corresponding_day",
    "format_utc",
    "parse_on",
    "parse_utc",
]

_DAY: Final = timedelta(days=1)
_Key = TypeVar("_Key")
_Answer = TypeVar("_Answer")


@lru_cache(maxsize=8192)
def month_number(month: str) -> int:
    """``2026-03`` as a count of months, so that consecutive months differ by one."""
    return int(month[:4]) * 12 + int(month[5:])


def month_days(month: str) -> tuple[date, date]:
    """The first and the last day of ``2026-03``."""
    first = date(int(month[:4]), int(month[5:]), 1)
    return first, corresponding_day(first, 1) - _DAY


Reason = Literal["working", "makeup", "weekend", "notice", "statutory"]
Rule = Literal["working-days", "days", "months", "fixed"]


@dataclass(frozen=True, slots=True)
class WorkingDayNotice:
    """One notice of the State Council on a year's days off; it may name days of the years beside it.

    Raises Refusal: NOTICE_VALUE for a blank document number, NOTICE_DAY_TWICE for a day both off and worked,
    NOTICE_DAY_FAR for one more than a year away.
    """

    year: int
    document: str
    published_on: date
    off_days: frozenset[date]
    makeup_days: frozenset[date]

    def __post_init__(self) -> None:
        if not self.document.strip():
            raise Refusal("NOTICE_VALUE", "document", given=repr(self.document), right="国办发明电〔2025〕7号")
        both = self.off_days & self.makeup_days
        if both:
            raise Refusal("NOTICE_DAY_TWICE", "makeup_days", day=min(both))
        far = [day for day in self.off_days | self.makeup_days if abs(day.year - self.year) > 1]
        if far:
            field = "off_days" if min(far) in self.off_days else "makeup_days"
            raise Refusal("NOTICE_DAY_FAR", field, day=min(far), year=self.year)


@dataclass(frozen=True, slots=True)
class RestDay:
    """A day a deadline skipped: ``reason`` is "weekend", "notice" or "statutory"."""

    day: date
    reason: Reason
    name: str
    document: str | None


@dataclass(frozen=True, slots=True)
class DayKind:
    """What a day is and by which notice; ``reason`` adds "working" and "makeup" to those of RestDay."""

    day: date
    working: bool
    reason: Reason
    name: str
    document: str | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a period ends, the rest days it skipped, and the years of working days it rests on.

    ``provisional``: it rests on a day whose year has no known notice. ``years`` is empty for a
    period that neither counts working days nor rolls. A fixed day has its own day as ``start``.
    """

    due: date
    provisional: bool
    skipped: tuple[RestDay, ...]
    years: tuple[int, ...]
    rule: Rule
    start: date
    count: int


# A hundred years of days: beyond any contract, and small enough to walk day by day.
LONGEST: Final = 36_600
_REMEMBERED: Final = 65_536


class Calendar:
    """Working days under the notices given; a later notice overrides an earlier one day by day.

    Immutable: what it remembers are only answers already given.
    """

    __slots__ = ("_deadlines", "_known", "_named", "_rest_days", "_years", "notices")

    def __init__(self, notices: Iterable[WorkingDayNotice] = ()) -> None:
        self.notices = tuple(sorted(notices, key=lambda notice: notice.published_on))
        self._years = frozenset(notice.year for notice in self.notices)
        self._named: dict[date, tuple[bool, WorkingDayNotice]] = {}
        for notice in self.notices:
            self._named |= dict.fromkeys(notice.off_days, (False, notice))
            self._named |= dict.fromkeys(notice.makeup_days, (True, notice))
        self._known: dict[int, Calendar] = {len(self.notices): self}
        self._deadlines: dict[tuple[Rule, date, int, bool], Deadline] = {}
        self._rest_days: dict[date, RestDay] = {}

    def known_by(self, day: date) -> "Calendar":
        """The calendar as it stood at the end of ``day``: the notices published until then."""
        count = bisect_right(self.notices, day, key=lambda notice: notice.published_on)
        known = self._known.get(count)
        if known is None:
            known = self._known.setdefault(count, Calendar(self.notices[:count]))
        return known

    def is_working_day(self, day: date) -> bool:
        """By notice where one names the day, else Monday to Friday less, without a notice, holidays."""
        named = self._named.get(day)
        if named is not None:
            return named[0]
        return day.weekday() < 5 and (day.year in self._years or day not in off_by_law(day.year))

    def provisional(self, day: date) -> bool:
        """Whether no known notice settles the day: its year has none, and no neighbour's names it."""
        return day.year not in self._years and day not in self._named

    def explain(self, day: date) -> DayKind:
        """What the day is, why, its name (元旦, 周六) and the document that says so."""
        named = self._named.get(day)
        weekday = "周" + "一二三四五六日"[day.weekday()]
        if named is not None:
            working, notice = named
            name = weekday if working else self._festival(day)
            return DayKind(day, working, "makeup" if working else "notice", name, notice.document, False)
        provisional = day.year not in self._years
        if provisional and day in off_by_law(day.year):
            return DayKind(day, False, "statutory", off_by_law(day.year)[day], None, True)
        working = day.weekday() < 5
        return DayKind(day, working, "working" if working else "weekend", weekday, None, provisional)

    def working_days(self, start: date, n: int) -> Deadline:
        """The n-th working day after ``start``, which is not counted itself (民法典 201)."""
        return self._deadline("working-days", start, n, False)

    def days(self, start: date, n: int, rolls: bool) -> Deadline:
        """``start`` + n days; if it ``rolls``, the next working day from there (民法典 203)."""
        return self._deadline("days", start, n, rolls)

    def months(self, start: date, n: int, rolls: bool) -> Deadline:
        """The corresponding day n months on (民法典 202); if it ``rolls``, the next working day."""
        return self._deadline("months", start, n, rolls)

    def fixed(self, day: date) -> Deadline:
        """A day the contract or a party named: it neither rolls nor rests on any notice."""
        return self._deadline("fixed", day, 0, False)

    def documents(self, years: Iterable[int]) -> dict[str, str]:
        """Year -> document numbers of its notices in the order published; years without one are left out."""
        found: dict[str, str] = {}
        for year in sorted(self._years.intersection(years)):
            found[str(year)] = "、".join(notice.document for notice in self.notices if notice.year == year)
        return found

    def _deadline(self, rule: Rule, start: date, count: int, rolls: bool) -> Deadline:
        key = (rule, start, count, rolls)
        found = self._deadlines.get(key)
        if found is None:
            found = self._compute(rule, start, count, rolls)
            _remember(self._deadlines, key, found)
        return found

    def _compute(self, rule: Rule, start: date, count: int, rolls: bool) -> Deadline:
        if rule == "working-days":
            return self._walk(rule, start, count, start, _counted(count, LONGEST))
        if rule == "months":
            end = corresponding_day(start, _counted(count, LONGEST // 30))
        else:
            end = start + timedelta(days=_counted(count, LONGEST))
        if rolls:
            # 民法典 203 "期间的最后一日是法定休假日的，以法定休假日结束的次日为期间的最后一日"
            return self._walk(rule, start, count, end - _DAY, 1)
        return Deadline(end, False, (), (), rule, start, count)

    def _walk(self, rule: Rule, start: date, count: int, day: date, left: int) -> Deadline:
        """Go on from ``day`` over so many working days, noting what is skipped and relied on."""
        skipped: list[RestDay] = []
        years: set[int] = set()
        provisional = False
        while left:
            # 民法典 201 "开始的当日不计入，自下一日开始计算"
            day += _DAY
            named = self._named.get(day)
            years.add(day.year)
            if named is not None:
                years.add(named[1].year)
            elif day.year not in self._years:
                provisional = True
            if self.is_working_day(day):
                left -= 1
            else:
                skipped.append(self._rest_day(day))
        return Deadline(day, provisional, tuple(skipped), tuple(sorted(years)), rule, start, count)

    def _rest_day(self, day: date) -> RestDay:
        found = self._rest_days.get(day)
        if found is None:
            kind = self.explain(day)
            found = RestDay(day, kind.reason, kind.name, kind.document)
            _remember(self._rest_days, day, found)
        return found

    def _festival(self, day: date) -> str:
        """The holidays within the unbroken run of rest days around a day off: what it is off for."""
        first = last = day
        while not self.is_working_day(first - _DAY):
            first -= _DAY
        while not self.is_working_day(last + _DAY):
            last += _DAY
        run = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
        own = statutory(day.year).get(day)
        names = [own] if own else [statutory(at.year).get(at) or OCCASIONS.get(at, "") for at in run]
        return "、".join(dict.fromkeys(part for name in names if name for part in name.split("、")))


def _counted(count: int, longest: int) -> int:
    if not 0 <= count <= longest:
        raise ValueError(f"a period is between 0 and {longest} long, not {count}")
    return count


def _remember(answers: dict[_Key, _Answer], key: _Key, answer: _Answer) -> None:
    if len(answers) >= _REMEMBERED:
        answers.clear()
    answers[key] = answer
