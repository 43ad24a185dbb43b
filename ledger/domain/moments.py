"""Moments and the Beijing days they belong to.

A moment belongs to the day it has in Beijing, whatever offset it was written with: 16:00 UTC
begins the next one. Moments are microseconds since the Unix epoch, so that they compare exactly.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final, Literal

from ledger.domain.declare import dataclass

BEIJING: Final = timezone(timedelta(hours=8))
FIRST_YEAR: Final = 1949
LAST_YEAR: Final = 2199
MINUTE: Final = 60_000_000
"""Microseconds."""

_MICROSECOND: Final = timedelta(microseconds=1)
_SECOND: Final = 1_000_000
_EPOCH: Final = datetime(1970, 1, 1)
_EPOCH_UTC: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_ORDINAL: Final = date(FIRST_YEAR, 1, 1).toordinal()
_LAST_ORDINAL: Final = date(LAST_YEAR, 12, 31).toordinal()
_EPOCH_ORDINAL: Final = date(1970, 1, 1).toordinal()
_DAY_MICROSECONDS: Final = 86_400_000_000
_BEIJING_MICROSECONDS: Final = 8 * 3_600_000_000

_DAY_SHAPE: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DATE: Final = re.compile(_DAY_SHAPE)
# "t" and "z" are RFC 3339 too (5.6, note), and SPEC 2.1 does not narrow it.
_CLOCK: Final = r"[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?"
_NAIVE: Final = _DAY_SHAPE + _CLOCK
_SHAPE: Final = _DAY_SHAPE + _CLOCK + r"(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
# Hours and offsets are bounded here: fromisoformat takes 24:00 and +08:99 in some versions.
_FINER: Final = r"[Tt][0-9:]+\.[0-9]{10,}(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
_MOMENT: Final = re.compile(
    _DAY_SHAPE + r"[Tt](?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}(?:\.[0-9]{1,9})?"
    r"(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)

Flaw = Literal["format", "naive", "impossible", "range", "fraction"]


class NotAMoment(ValueError):
    """A text that is no day and no moment; ``reason`` is "format", "naive", "impossible", "range" or "fraction"."""

    def __init__(self, reason: Flaw, text: str) -> None:
        super().__init__(f"not a day (YYYY-MM-DD) or a moment with an offset (RFC 3339): {text!r} ({reason})")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class On:
    """When a fact happened: its Beijing day and ``at``, microseconds since the Unix epoch."""

    day: date
    at: int


# Only real days within the years accepted get in, so that this never holds more than 92,000.
_DATES: Final[dict[str, On]] = {}


def parse_on(text: str) -> On:
    """A day (``2025-11-24``, standing at its start in Beijing) or an RFC 3339 moment with an offset.

    Seconds are required; a fraction has at most nine digits, of which six count (SPEC 2.1).
    Raises NotAMoment (a ValueError) for times without an offset, days and times that do not exist, and days
    outside 1949-2199.
    """
    found = _DATES.get(text)
    if found is not None:
        return found
    if _DATE.fullmatch(text):
        return _date_only(text)
    return _moment(text)


def parse_utc(text: str) -> int:
    """An RFC 3339 moment with an offset, as microseconds since the Unix epoch; NotAMoment otherwise."""
    return _moment(text).at


def parse_known_at(text: str) -> int:
    """Up to which moment knowledge counts: a moment with an offset, or a day, which means its end in Beijing.

    As microseconds since the Unix epoch; NotAMoment otherwise (SPEC 4.8).
    """
    if _DATE.fullmatch(text):
        return day_begins(_date_only(text).day) + _DAY_MICROSECONDS - 1
    return _moment(text).at


def format_utc(at: int) -> str:
    """Microseconds since the Unix epoch as ``2026-11-22T06:00:00.000000Z``."""
    return (_EPOCH + timedelta(microseconds=at)).isoformat(timespec="microseconds") + "Z"


day_text = lru_cache(maxsize=4096)(date.isoformat)
"""A day as answers show it."""


def shown_day(day: date | None) -> str | None:
    """A day as answers show it; None for none."""
    return day_text(day) if day is not None else None


def beijing_day(at: int) -> date:
    """The day in Beijing of a moment in microseconds since the Unix epoch."""
    return date.fromordinal(_EPOCH_ORDINAL + (at + _BEIJING_MICROSECONDS) // _DAY_MICROSECONDS)


def beijing_time(at: int) -> datetime:
    """A moment in microseconds since the Unix epoch, exactly, as Beijing's clock shows it."""
    return datetime.fromtimestamp(at // _SECOND, BEIJING).replace(microsecond=at % _SECOND)


def day_begins(day: date) -> int:
    """When a day begins in Beijing, in microseconds since the Unix epoch."""
    return (day.toordinal() - _EPOCH_ORDINAL) * _DAY_MICROSECONDS - _BEIJING_MICROSECONDS


def _date_only(text: str) -> On:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NotAMoment("impossible", text) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotAMoment("range", text)
    on = _DATES[text] = On(day, day_begins(day))
    return on


def _moment(text: str) -> On:
    if not _MOMENT.fullmatch(text):
        raise NotAMoment(_flaw(text), text)
    try:
        at = (datetime.fromisoformat(text.upper()) - _EPOCH_UTC) // _MICROSECOND  # cuts digits beyond the sixth
    except ValueError:
        raise NotAMoment("impossible", text) from None
    ordinal = (at + _BEIJING_MICROSECONDS) // _DAY_MICROSECONDS + _EPOCH_ORDINAL
    if not _FIRST_ORDINAL <= ordinal <= _LAST_ORDINAL:
        raise NotAMoment("range", text)
    return On(date.fromordinal(ordinal), at)


def _flaw(text: str) -> Flaw:
    if re.fullmatch(_NAIVE, text):
        return "naive"
    if re.fullmatch(_FINER, text[10:]):
        return "fraction"
    return "impossible" if re.fullmatch(_SHAPE, text) else "format"
