"""What the parties owe each other, and until when a court protects it: the debts of a contract and their time.

Clauses tell their debts (``Clause.debts``); what bears on their time, demands, acknowledgements and suits, is heard
here, whatever the agreement. A debt's time is worked out by :func:`ledger.domain.law.limitation.time_of`, and anew
only where the debt or what bears on it moved, or its last day passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any, Literal

from ledger.domain.clause import FeedEntry
from ledger.domain.declare import NamedTuple, dataclass, field
from ledger.domain.fact import Fact
from ledger.domain.law import arrival
from ledger.domain.law.limitation import CLAIM, RULING, Bearing, Time, time_of
from ledger.domain.money import Fen
from ledger.domain.shown import Shown

SECTION = "limitation"
_NEVER = date.max


Start = Literal["due", "arisen", "learned", "agreed", "judgment"]


class Debt(NamedTuple):
    """What one party owes the other, as far as it is unpaid.

    ``since`` is the day that starts its time (None: the first demand does), ``start`` what kind of day, ``months`` how
    long the time is. ``raised_by`` are the facts by which it arose, ``agreed_by`` those by whose acknowledgement the
    debtor agrees to perform, ``performed`` the payments and settlements of part of it; ``instalment``: it is one of
    several of one price. ``clause`` and ``path`` say by what it is owed and which conclusion shows it.
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
    """What became of debts since they were last told: the ids of those owed no more, and those that came or moved."""

    gone: list[str]
    came: list[Debt]


@dataclass(slots=True)
class DebtsTold:
    """The debts of a clause as last told, by id."""

    debts: dict[str, Debt] = field(default_factory=dict)

    def now(self, owed: Iterable[Debt]) -> Moved:
        """What moved since they were last told; ``owed`` are all there are now."""
        before, self.debts = self.debts, {debt.id: debt for debt in owed}
        came = [debt for id_, debt in self.debts.items() if before.get(id_) is not debt and before.get(id_) != debt]
        return Moved([id_ for id_ in before if id_ not in self.debts], came)


@dataclass(slots=True)
class Timed:
    """A debt and its time as last worked out."""

    debt: Debt
    time: Time


def law_of(debt: Debt) -> str:
    """The article that says how long a debt's time is."""
    return "civil procedure law 250" if debt.months == RULING else "civil code 188"


def place(one: Timed) -> tuple[date, str]:
    """By last day, those that have none last, then debt."""
    last = one.time.last if one.time.state != "stopped" else None
    return last.due if last is not None else _NEVER, one.debt.id


@dataclass(slots=True)
class Suit:
    """A suit about a dispute, from the day it was filed to the one on which it ended."""

    filed: Fact
    facts: frozenset[str]
    ended: Fact | None = None


@dataclass(slots=True)
class Debts:
    """The debts as last looked at, by their place; ``stale`` are those whose time is to be worked out anew."""

    listed: Shown[Timed] = field(default_factory=lambda: Shown(place))
    timed: dict[str, Timed] = field(default_factory=dict)
    stale: set[str] = field(default_factory=set)
    demands: dict[str, list[Fact]] = field(default_factory=dict)  # by debt
    acknowledged: dict[str, list[Fact]] = field(default_factory=dict)  # by what is acknowledged
    disputes: dict[str, frozenset[str]] = field(default_factory=dict)  # the facts each is about
    suits: dict[str, list[Suit]] = field(default_factory=dict)  # by dispute


# -- what bears on a debt's time ---------------------------------------------------------------------


def demand_made(m: Any, fact: Fact, what: Any) -> None:
    book = m[Debts]
    for debt in what.about:
        book.demands.setdefault(debt, []).append(fact)
        _again(m, debt)


def notice_served(m: Any, fact: Fact, what: Any) -> None:
    """A demand counts from the day it arrived."""
    arrival.served(m, fact, what)
    demanded = m[Debts].demands
    if demanded:
        _again(m, *demanded)


def acknowledged(m: Any, fact: Fact, what: Any) -> None:
    if fact.speaker != fact.by:  # 代录 by the other side it is not the word of whom it names
        return
    arrival.acknowledged(m, fact, what)
    target = m.standing.id_of(what.target, fact.seq)
    if target is not None:
        book = m[Debts]
        book.acknowledged.setdefault(target, []).append(fact)
        _again(m, *(id_ for id_, one in book.timed.items() if target in one.debt.agreed_by))
        _again(m, *(id_ for id_, demands in book.demands.items() if any(one.id == target for one in demands)))


def dispute_opened(m: Any, fact: Fact, what: Any) -> None:
    """Who disputes a correction disputes what it corrects."""
    m[Debts].disputes[what.dispute] = frozenset(id_ for name in what.facts for id_ in m.standing.ids_of(name, fact.seq))


def lawsuit_filed(m: Any, fact: Fact, what: Any) -> None:
    book = m[Debts]
    facts = book.disputes[what.dispute]
    book.suits.setdefault(what.dispute, []).append(Suit(fact, facts))
    _again(m, *(id_ for id_, one in book.timed.items() if not facts.isdisjoint(one.debt.raised_by)))


def judgment_entered(m: Any, fact: Fact, what: Any) -> None:
    """A judgment that is not final ends no suit."""
    if what.final:
        suit_ended(m, fact, what)


def suit_ended(m: Any, fact: Fact, what: Any) -> None:
    book = m[Debts]
    for suit in book.suits.get(what.dispute, ()):
        if suit.ended is None:
            suit.ended = fact
            _again(m, *(id_ for id_, one in book.timed.items() if not suit.facts.isdisjoint(one.debt.raised_by)))


def _again(m: Any, *debts: str) -> None:
    if debts:
        m[Debts].stale.update(debts)
        m.touched.add(SECTION)


# -- the debts and their time ------------------------------------------------------------------------


def looked_at(m: Any, day: date) -> Debts:
    """The debts there are and their time at the end of ``day``."""
    book: Debts = m[Debts]
    for told in m.template.debts:
        moved = told(m)
        for id_ in moved.gone:
            book.listed.drop(book.timed.pop(id_))
        for debt in moved.came:
            _work_out(m, book, debt, day)
            book.stale.discard(debt.id)
    if book.stale:
        for id_ in book.stale & book.timed.keys():
            _work_out(m, book, book.timed[id_].debt, day)
        book.stale.clear()
    return book


def ever_owed(m: Any) -> Iterator[str]:
    """What is or was owed, or may yet be: the ids of debts, whether something of them is unpaid or not."""
    kinds = {row.debt for row in m.template.types.values() if row.debt}
    yield from (duty.id for duty in m.duties.values() if duty.kind in kinds)
    for clause in m.template.clauses:
        if clause.items is not None:
            yield from clause.items(m, m.day)


def _work_out(m: Any, book: Debts, debt: Debt, day: date) -> None:
    time = time_of(m.calendar, debt.since, debt.months, bearings(m, debt), day)
    known = book.timed.get(debt.id)
    if known is not None:
        book.listed.drop(known)
    book.timed[debt.id] = timed = Timed(debt, time)
    book.listed.put(timed)
    if time.last is not None:
        m.years.update(time.last.years)
        after = time.last.due + timedelta(days=1)
        if after > m.day:
            m.wake(after, SECTION, partial(_again_if_known, id_=debt.id))


def _again_if_known(m: Any, id_: str) -> None:
    if id_ in m[Debts].timed:
        m[Debts].stale.add(id_)


def bearings(m: Any, debt: Debt) -> Iterator[Bearing]:
    """What happened that bears on a debt's time, in no order."""
    book: Debts = m[Debts]
    for fact in debt.performed:
        yield Bearing(fact.day, fact.seq, fact.id, "performance")
    agreed_by = list(debt.agreed_by)
    for fact in book.demands.get(debt.id, ()):
        # 民法典 195 "权利人向义务人提出履行请求": the holder's, and nobody else's
        if fact.actor == debt.creditor:
            yield Bearing(arrival.arrived_on(m, fact), fact.seq, fact.id, "demand")
            agreed_by.append(fact.id)
    for target in agreed_by:
        for fact in book.acknowledged.get(target, ()):
            if fact.by == debt.debtor:
                yield Bearing(fact.day, fact.seq, fact.id, "acknowledgement")
    for dispute, suits in book.suits.items():
        for number, suit in enumerate(suits):
            if suit.filed.actor == debt.creditor and not suit.facts.isdisjoint(debt.raised_by):
                name = f"{dispute}/{number}"
                yield Bearing(suit.filed.day, suit.filed.seq, suit.filed.id, "sued", name)
                if suit.ended is not None:
                    yield Bearing(suit.ended.day, suit.ended.seq, suit.ended.id, "ended", name)


def feed(m: Any, day: date) -> Iterator[FeedEntry]:
    """The last day of each debt whose time runs, for its creditor alone."""
    for one in looked_at(m, day).listed:
        if one.time.state == "running" and one.time.last is not None:
            debt, last = one.debt, one.time.last
            yield FeedEntry(
                f"{SECTION}:{debt.id}", last.due, SECTION, debt.id, law_of(debt), None, last.provisional,
                f"{SECTION}.{debt.id}", for_role=debt.creditor, because=tuple(debt.raised_by),
            )  # fmt: skip
