"""What a clause of an agreement declares: which facts it handles and how, what it remembers, what it answers.

A clause owns its facts, rule, state and explanation; the sweep knows it by this declaration alone. Handlers take the
machine, the fact and what it says. ``silent`` facts are on record, and no conclusion rests on them by themselves.
``at_close`` are judged when the day's other facts are in; ``settles`` runs at the close of a day before what takes
effect that day, ``closes`` after it. ``duties`` and ``anomalies`` say what is told of each kind and code; ``found``
brings up to date the anomalies that follow from conclusions, ``items`` are the ids of items that facts may name,
``keeps_items`` the facts that neither raise an item nor take one away, ``feed`` the clause's own days in the calendar
feed. ``views_differ`` tells whether something of a view's facts stands in one view only, though nothing is claimed or
contested. ``debts`` is what of what is owed under it came, moved or went since it was last asked.
``begins`` is what is so by the terms registered, before any fact. ``ahead`` looks, once facts and timers up to a day
are in, for days to come that follow from conclusions. ``drafts``
makes of what a feed tells (:mod:`ledger.domain.feeds`, by its class) the facts that would state it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ledger.domain.declare import NamedTuple, dataclass, field

if TYPE_CHECKING:
    from ledger.domain.debts import Moved
    from ledger.domain.fact import Fact
    from ledger.domain.feeds import Drafting
    from ledger.domain.machine import Machine
    from ledger.domain.view import View

Handler = Callable[["Machine", "Fact", Any], None]
Act = Callable[["Machine"], None]
Telling = Callable[[Any, Any], Any]  # an explanation, and what it is about


class Duty(NamedTuple):
    """What is told of obligations of a kind before and after their due day; ``source``, who set a fixed day.

    ``within`` is the dotted path of the term by which the due day was reckoned, as of the day they were raised.
    """

    before: Telling | None = None
    after: Telling | None = None
    source: Telling | None = None
    within: str | None = None


class Anomalous(NamedTuple):
    """By which clauses something is an anomaly, and what is told of one (an explanation, the fact)."""

    clauses: tuple[str, ...]
    tell: Telling


class FeedEntry(NamedTuple):
    """A day that somebody has to know of, as the calendar feed shows it (SPEC 6).

    ``uid`` belongs to the obligation or the right for ever, whatever is recorded before or after it; ``what`` is
    ``due``, ``overdue``, ``term-ends``, ``right-ends`` (to terminate), ``claim-ends`` (until when something may be
    claimed) or ``limitation``; ``subject`` is the obligation's or the debt's id, or what made the right. ``changed_on``
    is the day since when it is what it is by the mere passing of time, if it is so; ``for_role`` is whose business
    alone it is, ``because`` the facts (ids) from which it came.
    """

    uid: str
    day: date
    what: str
    subject: str
    clause: str
    obligor: str | None
    provisional: bool
    path: str
    changed_on: date | None = None
    for_role: str | None = None
    because: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause, named as it is cited (``article 9``); types are the classes of its facts."""

    name: str
    handles: Mapping[type, Handler] = field(default_factory=dict)
    at_close: Mapping[type, Handler] = field(default_factory=dict)
    silent: tuple[type, ...] = ()
    states: tuple[type, ...] = ()
    settles: Act | None = None
    closes: Act | None = None
    duties: Mapping[str, Duty] = field(default_factory=dict)
    anomalies: Mapping[str, Anomalous] = field(default_factory=dict)
    found: Act | None = None
    items: Callable[[Machine, date], Iterable[str]] | None = None
    keeps_items: tuple[type, ...] = ()
    feed: Callable[[Machine, date], Iterable[FeedEntry]] | None = None
    views_differ: Callable[[View], bool] | None = None
    debts: Callable[[Machine], Moved] | None = None
    begins: Act | None = None
    ahead: Callable[[Machine, date], object] | None = None
    drafts: Mapping[type, Drafting] = field(default_factory=dict)
