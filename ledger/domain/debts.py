"""What the parties owe each other and how long a court protects it: the debts of a contract and their limitation.

Clauses report their debts (``Clause.debts``). Demands, acknowledgements and suits, which affect limitation, are handled
here for every agreement. The limitation of a debt (``TimeCourse`` in ``ledger.domain.law``) is worked out again
only where the debt or what affects it changed, or its last day passed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import compress
from operator import is_not
from typing import Any, Literal

from ledger.domain.clause import FeedEntry
from ledger.domain.declare import NamedTuple, dataclass, field
from ledger.domain.fact import Fact
from ledger.domain.law import arrival
from ledger.domain.law.limitation import CLAIM, RULING, Bearing, Time, TimeCourse
from ledger.domain.money import Fen
from ledger.domain.shown import Shown

SECTION = "limitation"
_NEVER = date.max


Start = Literal["due", "arisen", "learned", "agreed", "judgment"]


class Debt(NamedTuple):
    """What one party owes the other, as far as it is unpaid.

    ``since`` is the day on which time begins to run (None: the first demand starts it), ``start`` the kind of that day,
    ``months`` the length of the period. ``raised_by`` are the facts from which it arose, ``agreed_by`` acknowledgements
    by which the debtor agreed to perform, ``performed`` payments and settlements of part of it; ``instalment``: it is
    one of several instalments of one price. ``clause`` and ``path``: the clause it is owed under, and the conclusion
    that shows it.
    """

    id: str
    creditor: str
    debtor: str
    amount: Fen
    since: date | None
    start: Start
    raised_by: tuple[str, ...]
    clause: str
    path: str
    agreed_by: tuple[str, ...] = ()
    performed: tuple[Fact, ...] = ()
    months: int = CLAIM
    instalment: bool = False


class Moved(NamedTuple):
    """Changes of debts since the last call: the ids of those no longer owed, and those that are new or changed."""

    gone: list[str]
    came: list[Debt]


@dataclass(slots=True)
class DebtsTold:
    """The debts of a clause as last reported, each by what it is owed on; ``touched`` may have changed since."""

    debts: dict[str, Debt] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)

    def now(self, owed_on: Callable[[str], Debt | None]) -> Moved:
        """The changes since the last call; ``owed_on`` gives the debt of what was touched, None where it has none."""
        moved = Moved([], [])
        for name in self.touched:
            before, debt = self.debts.get(name), owed_on(name)
            if debt is not None and debt != before:
                self.debts[name] = debt
                moved.came.append(debt)
            elif debt is None and before is not None:
                del self.debts[name]
                moved.gone.append(before.id)
        self.touched.clear()
        return moved


@dataclass(slots=True)
class Timed:
    """A debt and its limitation as last worked out, and the events that bear on it."""

    debt: Debt
    time: Time
    course: TimeCourse


def law_of(debt: Debt) -> str:
    """The article that sets the limitation period of a debt."""
    return "civil procedure law 250" if debt.months == RULING else "civil code 188"


def place(one: Timed) -> tuple[date, str]:
    """The sort key: by last day, those without one last, then by debt."""
    last = one.time.last if one.time.state != "stopped" else None
    return last.due if last is not None else _NEVER, one.debt.id


@dataclass(slots=True)
class Suit:
    """A suit on a dispute, from the day of filing to the day on which it ended; ``name`` tells it from others."""

    name: str
    filed: Fact
    facts: frozenset[str]
    ended: Fact | None = None


class Demanded(NamedTuple):
    """A debt, and a demand for it."""

    debt: str
    demand: Fact


@dataclass(slots=True)
class Debts:
    """The debts of a contract, sorted; ``stale`` are those whose limitation must be worked out again.

    ``resting`` are the debts by the facts that raised them or by which the debtor agreed to perform.
    """

    listed: Shown[Timed] = field(default_factory=lambda: Shown(place))
    timed: dict[str, Timed] = field(default_factory=dict)
    resting: dict[str, dict[str, None]] = field(default_factory=dict)
    stale: set[str] = field(default_factory=set)
    demands: dict[str, list[Fact]] = field(default_factory=dict)  # by debt
    demanded: dict[str, list[Demanded]] = field(default_factory=dict)  # by every name of the demand
    acknowledged: dict[str, list[Fact]] = field(default_factory=dict)  # by what is acknowledged
    disputes: dict[str, frozenset[str]] = field(default_factory=dict)  # the facts each is about
    suits: dict[str, list[Suit]] = field(default_factory=dict)  # by dispute
    suits_about: dict[str, list[Suit]] = field(default_factory=dict)  # by fact

    def add(self, one: Timed) -> None:
        self.timed[one.debt.id] = one
        self.listed.put(one)
        for fact in (*one.debt.raised_by, *one.debt.agreed_by):
            self.resting.setdefault(fact, {})[one.debt.id] = None

    def remove(self, id_: str) -> Timed | None:
        """Take a debt out of the list, where it is there."""
        one = self.timed.pop(id_, None)
        if one is not None:
            self.listed.drop(one)
            for fact in (*one.debt.raised_by, *one.debt.agreed_by):
                self.resting[fact].pop(id_, None)
        return one


# -- what bears on a debt's time ---------------------------------------------------------------------


def demand_made(m: Any, fact: Fact, what: Any) -> None:
    book = m[Debts]
    for debt in what.about:
        book.demands.setdefault(debt, []).append(fact)
        for name in arrival.names(fact):
            book.demanded.setdefault(name, []).append(Demanded(debt, fact))
        _bear(m, debt, partial(_of_demand, m, fact))


def notice_served(m: Any, fact: Fact, what: Any) -> None:
    """A demand counts from the day on which it arrived."""
    arrival.served(m, fact, what)
    for debt, demand in m[Debts].demanded.get(what.about, ()):
        _bear(m, debt, partial(_arrived, m, demand))


def acknowledged(m: Any, fact: Fact, what: Any) -> None:
    if fact.speaker != fact.by:  # 代录 by the other side it is not the word of whom it names
        return
    arrival.acknowledged(m, fact, what)
    target = m.standing.id_of(what.target, fact.seq)
    if target is not None:
        book = m[Debts]
        book.acknowledged.setdefault(target, []).append(fact)
        for id_ in book.resting.get(target, ()):
            if target in book.timed[id_].debt.agreed_by:
                _bear(m, id_, partial(_acknowledged, [fact]))
        for debt, demand in book.demanded.get(target, ()):
            _bear(m, debt, partial(_answered, demand, [fact]))


def dispute_opened(m: Any, fact: Fact, what: Any) -> None:
    """A dispute about a correction is also about the fact corrected."""
    m[Debts].disputes[what.dispute] = frozenset(id_ for name in what.facts for id_ in m.standing.ids_of(name, fact.seq))


def lawsuit_filed(m: Any, fact: Fact, what: Any) -> None:
    book = m[Debts]
    suits = book.suits.setdefault(what.dispute, [])
    suit = Suit(f"{what.dispute}/{len(suits)}", fact, book.disputes[what.dispute])
    suits.append(suit)
    for about in suit.facts:
        book.suits_about.setdefault(about, []).append(suit)
    _bear_suit(m, suit)


def judgment_entered(m: Any, fact: Fact, what: Any) -> None:
    """A judgment that is not final ends no suit."""
    if what.final:
        suit_ended(m, fact, what)


def suit_ended(m: Any, fact: Fact, what: Any) -> None:
    for suit in reversed(m[Debts].suits.get(what.dispute, ())):
        if suit.ended is not None:
            break  # and so were those before it
        suit.ended = fact
        _bear_suit(m, suit)


def _bear_suit(m: Any, suit: Suit) -> None:
    book = m[Debts]
    for id_ in {id_ for about in suit.facts for id_ in book.resting.get(about, ())}:
        if not suit.facts.isdisjoint(book.timed[id_].debt.raised_by):
            _bear(m, id_, partial(_of_suit, suit))


def _bear(m: Any, id_: str, events: Callable[[Debt], Iterable[Bearing]]) -> None:
    """Let events bear on a debt; on one that is not known yet they do once it is."""
    book = m[Debts]
    timed = book.timed.get(id_)
    if timed is not None:
        for one in events(timed.debt):
            timed.course.bear(one)
    book.stale.add(id_)
    m.touched.add(SECTION)


# -- the debts and their time ------------------------------------------------------------------------


def looked_at(m: Any, day: date) -> Debts:
    """Work out the debts and their limitation as of the end of ``day``."""
    book: Debts = m[Debts]
    for told in m.template.debts:
        moved = told(m)
        for id_ in moved.gone:
            book.remove(id_)
        for debt in moved.came:
            _work_out(m, book, debt, day)
            book.stale.discard(debt.id)
    if book.stale:
        for id_ in book.stale & book.timed.keys():
            _work_out(m, book, book.timed[id_].debt, day)
        book.stale.clear()
    return book


def ever_owed(m: Any) -> Iterator[str]:
    """The ids of all debts that are, were or may yet be owed, whether paid or not."""
    kinds = {row.debt for row in m.template.types.values() if row.debt}
    yield from (duty.id for duty in m.duties.values() if duty.kind in kinds)
    for clause in m.template.clauses:
        if clause.items is not None:
            yield from clause.items(m, m.day)


def _work_out(m: Any, book: Debts, debt: Debt, day: date) -> None:
    known = book.remove(debt.id)
    course = _course(m, known, debt)
    time = course.time(m.calendar, day)
    book.add(Timed(debt, time, course))
    if time.last is not None:
        m.years.update(time.last.years)
        after = time.last.due + timedelta(days=1)
        if after > m.day:
            m.wake(after, SECTION, partial(_again_if_known, id_=debt.id))


def _course(m: Any, known: Timed | None, debt: Debt) -> TimeCourse:
    """What bears on a debt; where it differs from what is known in what was performed, only that is looked at."""
    if known is None or known.debt._replace(amount=debt.amount, performed=debt.performed) != debt:
        return TimeCourse(debt.since, debt.months, bearings(m, debt))
    gone, came = unlike(known.debt.performed, debt.performed)
    for one in _performed(gone):
        known.course.drop(one)
    for one in _performed(came):
        known.course.bear(one)
    return known.course


def unlike(before: Sequence[Fact], now: Sequence[Fact]) -> tuple[Sequence[Fact], Sequence[Fact]]:
    """Two lists without what they begin and end with alike."""
    most = min(len(before), len(now))
    start = next(compress(range(most), map(is_not, before, now)), most)
    before, now = before[start:], now[start:]
    most = min(len(before), len(now))
    end = next(compress(range(most), map(is_not, reversed(before), reversed(now))), most)
    return before[: len(before) - end], now[: len(now) - end]


def _again_if_known(m: Any, id_: str) -> None:
    if id_ in m[Debts].timed:
        m[Debts].stale.add(id_)


def bearings(m: Any, debt: Debt) -> Iterator[Bearing]:
    """The events that affect the limitation of a debt, in no order."""
    book: Debts = m[Debts]
    yield from _performed(debt.performed)
    for fact in book.demands.get(debt.id, ()):
        yield from _of_demand(m, fact, debt)
    for target in debt.agreed_by:
        yield from _acknowledged(book.acknowledged.get(target, ()), debt)
    suits = {suit.name: suit for about in debt.raised_by for suit in book.suits_about.get(about, ())}
    for suit in suits.values():
        yield from _of_suit(suit, debt)


def _performed(facts: Iterable[Fact]) -> Iterator[Bearing]:
    return (Bearing(fact.day, fact.seq, fact.id, "performance") for fact in facts)


def _of_demand(m: Any, demand: Fact, debt: Debt) -> Iterator[Bearing]:
    """A demand for the debt, and acknowledgements of it."""
    yield from _arrived(m, demand, debt)
    yield from _answered(demand, m[Debts].acknowledged.get(demand.id, ()), debt)


def _arrived(m: Any, demand: Fact, debt: Debt) -> Iterator[Bearing]:
    # 民法典 195 "权利人向义务人提出履行请求": the holder's, and nobody else's
    if demand.actor == debt.creditor:
        yield Bearing(arrival.arrived_on(m, demand), demand.seq, demand.id, "demand")


def _answered(demand: Fact, acknowledgements: Iterable[Fact], debt: Debt) -> Iterator[Bearing]:
    return _acknowledged(acknowledgements if demand.actor == debt.creditor else (), debt)


def _acknowledged(acknowledgements: Iterable[Fact], debt: Debt) -> Iterator[Bearing]:
    return (
        Bearing(fact.day, fact.seq, fact.id, "acknowledgement")
        for fact in acknowledgements if fact.by == debt.debtor
    )  # fmt: skip


def _of_suit(suit: Suit, debt: Debt) -> Iterator[Bearing]:
    if suit.filed.actor == debt.creditor:
        yield Bearing(suit.filed.day, suit.filed.seq, suit.filed.id, "sued", suit.name)
        if suit.ended is not None:
            yield Bearing(suit.ended.day, suit.ended.seq, suit.ended.id, "ended", suit.name)


def feed(m: Any, day: date) -> Iterator[FeedEntry]:
    """The last day of each debt whose time runs, for its creditor only."""
    for one in looked_at(m, day).listed:
        if one.time.state == "running" and one.time.last is not None:
            debt, last = one.debt, one.time.last
            yield FeedEntry(
                f"{SECTION}:{debt.id}", last.due, SECTION, debt.id, law_of(debt), None, last.provisional,
                f"{SECTION}.{debt.id}", for_role=debt.creditor, because=tuple(debt.raised_by),
            )  # fmt: skip
