"""Drawings of time and money, as data: given by a section and drawn by a terminal or a page.

Days are ``YYYY-MM-DD``, sums fen. The content of a drawing stands as a table beside it, so a drawing may leave out
details.
"""

from __future__ import annotations

from ledger.domain.declare import NamedTuple, dataclass


class TimeMark(NamedTuple):
    """Something that happened on a day. ``letter`` stands in its box, ``name`` beside it; ``within`` is the name of the
    mark that it counts as part of; ``counts`` is false for what is only shown.
    """

    on: str
    letter: str
    name: str
    within: str = ""
    note: str = ""
    counts: bool = True


class TimeSpan(NamedTuple):
    """Something that holds from one day to another; from there to ``until``, when it would have ended, it is dashed."""

    name: str
    note: str
    start: str
    end: str
    until: str | None = None
    until_note: str = ""


class LastDay(NamedTuple):
    """The day up to which something can be done, and why that is the last."""

    on: str
    says: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TimeBand:
    """A line of time. ``finding`` says in a sentence what it shows; ``window`` is (first day, last day, what it is);
    ``now`` is what the
    day asked about is called, ``leaving`` are days on which something will drop out of the window."""

    title: str
    finding: str
    as_of: str
    now: str
    marks: tuple[TimeMark, ...] = ()
    spans: tuple[TimeSpan, ...] = ()
    window: tuple[str, str, str] | None = None
    last_day: LastDay | None = None
    leaving: tuple[str, ...] = ()
    leaving_note: str = ""


class MoneyPiece(NamedTuple):
    """A part of a bar; ``tone`` is "done" (settled), "open" (outstanding), or "" for neither."""

    name: str
    amount: int
    tone: str = ""


class MoneyBar(NamedTuple):
    """One sum and its parts, drawn at the scale of the whole band."""

    name: str
    amount: int
    note: str
    pieces: tuple[MoneyPiece, ...]


@dataclass(frozen=True, slots=True)
class MoneyBand:
    """Sums below one another at one scale; ``whole`` is the sum (fen) that is as long as the drawing, where there is
    one larger than theirs."""

    title: str
    finding: str
    bars: tuple[MoneyBar, ...]
    whole: int = 0
