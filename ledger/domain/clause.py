"""What a clause of an agreement declares: the facts it handles and how, its state, and what it contributes to answers.

A clause owns its facts, rule, state and explanation; the sweep knows it by this declaration alone. Handlers take the
machine, the fact and the fact's data. ``silent`` types are recorded without effect on any conclusion. ``at_close``
handlers run after the day's other facts; ``settles`` runs at the close of a day before the effects of that day,
``closes`` after them. ``duties`` and ``anomalies`` explain each kind of obligation and each code; ``found`` updates the
anomalies that follow from conclusions; ``items`` gives the ids of items that facts may name, ``adds_items`` what facts
of a type add to them, given ref and data, where they take none away (None: they may change any; so may the types that
are not named); ``feed`` gives the clause's own days in the calendar feed. ``views_differ`` tells
whether a view differs from the record though nothing is claimed or contested. ``debts`` gives the debts under the
clause that arose, changed or ended since the last call. ``begins`` sets up what follows from the registered terms
before any fact. ``ahead`` runs after all facts and timers up to a day, to set timers for days that follow from
conclusions. ``drafts`` gives, by class of :mod:`ledger.domain.feeds`, the function that drafts facts from what a feed
reported.
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
Adds = Callable[[str, Any], Sequence[str] | None]
Telling = Callable[[Any, Any], Any]  # an explanation, and what it is about


def no_items(ref: str, what: Any) -> Sequence[str]:
    """A fact that adds no item and takes none away."""
    return ()


class Duty(NamedTuple):
    """How obligations of a kind are explained: before and after their due day; ``source`` says who set a fixed day.

    ``within`` is the dotted path of the term that set the period, as of the day on which the obligation was raised.
    """

    before: Telling | None = None
    after: Telling | None = None
    source: Telling | None = None
    within: str | None = None


class Anomalous(NamedTuple):
    """The clauses by which something is an anomaly, and the function that explains it (the explanation, the fact)."""

    clauses: tuple[str, ...]
    tell: Telling


class FeedEntry(NamedTuple):
    """A day in the calendar feed (SPEC 6).

    ``uid`` identifies the obligation or right permanently, whatever is recorded before or after. ``what`` is ``due``,
    ``overdue``, ``term-ends``, ``right-ends`` (a right to terminate), ``claim-ends`` (a period for claiming) or
    ``limitation``. ``subject`` is the id of the obligation or debt, or of what gave rise to the right. ``changed_on``
    is set where the passing of time alone made it what it is, and says since when. ``for_role`` is set where it
    concerns one role only. ``because`` are the ids of the facts it follows from.
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
    """The declaration of one clause, named as it is cited (``article 9``); fact types are given by their classes."""

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
    adds_items: Mapping[type, Adds] = field(default_factory=dict)
    feed: Callable[[Machine, date], Iterable[FeedEntry]] | None = None
    views_differ: Callable[[View], bool] | None = None
    debts: Callable[[Machine], Moved] | None = None
    begins: Act | None = None
    ahead: Callable[[Machine, date], object] | None = None
    drafts: Mapping[type, Drafting] = field(default_factory=dict)
