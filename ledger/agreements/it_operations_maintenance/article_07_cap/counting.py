"""Which items count: credits claimed in time, sums agreed in their place, all of it within the cap (7, 10)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date
from heapq import heappop, heappush

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_03_service_levels import credits
from ledger.agreements.it_operations_maintenance.article_03_service_levels.state import Tickets
from ledger.agreements.it_operations_maintenance.article_05_delay.delays import follow_delays
from ledger.agreements.it_operations_maintenance.article_07_cap.state import (
    AgreedSum,
    CountedItem,
    InTurn,
    Items,
    OwedItem,
    SettledBy,
    Source,
)
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.agreements.it_operations_maintenance.terms.tables import share_of
from ledger.domain.because import Used, because
from ledger.domain.calendar import Deadline
from ledger.domain.fact import PARTY_A, PARTY_B, Fact
from ledger.domain.law.arrival import arrived_on, services
from ledger.domain.machine import ONE_DAY, Machine
from ledger.domain.money import Fen

CAP: tuple[Used, ...] = ((date.max, "cap"), (date.max, "price.total"))
"""The terms that set the cap, as they are now."""


def counted(m: Machine, day: date) -> Items:
    """The items as of the end of ``day``, which is not before the machine's; only changed ones are counted again."""
    book = m[Items]
    if book.life != m[ServiceLife].version:
        book.life = m[ServiceLife].version
        book.stale.update(source for source in book.arisen if source[0] == "availability")
    for source in book.stale:
        before, book.arisen[source] = book.arisen.get(source, []), list(_of(m, source))
        arisen = {one.id: one for one in book.arisen[source]}
        for id_ in dict.fromkeys([*(one.id for one in before), *arisen]):
            _owe(book, id_, arisen.get(id_))
    book.stale.clear()
    follow_delays(m, day)
    for duty in book.delays.changed:
        _owe(book, f"delay:{duty}", book.delays.items.get(duty))
    book.delays.changed.clear()
    while book.moves and book.moves[0][0] <= day:
        book.again.add(heappop(book.moves)[1])
    if book.terms is not m.agreement.latest.terms:
        book.terms, terms = m.agreement.latest.terms, TERMS.latest(m)
        book.cap = share_of(terms.cap.share, terms.price.total) if terms.cap is not None else None
        book.again.update(book.listed)
    if book.again:
        _count(m, book, day)
    return book


def _of(m: Machine, source: Source) -> Iterator[OwedItem]:
    if source[0] == "availability":
        return credits.of_availability(m, source[1], source[2])
    return credits.of_ticket(m, m[Tickets].tickets[source[1]])


def _owe(book: Items, id_: str, one: OwedItem | None) -> None:
    """Note what is owed of an item now, None where nothing is."""
    if one != book.owed.get(id_):
        book.again.add(id_)
        if one is not None:
            book.owed[id_] = one
        else:
            del book.owed[id_]


def _count(m: Machine, book: Items, day: date) -> None:
    again, book.again = book.again, set()
    for id_ in again:
        before, entry = book.listed.pop(id_, None), _entry(m, book, id_, day)
        if before is not None:
            book.in_order.drop(before)
            _turn(book, before.debtor).drop(before)
        if entry is not None:
            book.listed[id_] = entry
            book.in_order.put(entry)
            _turn(book, entry.debtor).put(entry)
    claims = {claim.seq: claim for id_ in again for claim in book.claims.get(id_, ())}
    for claim in claims.values():
        _too_late(m, book, claim)
    changed = again | _within_cap(m, book)
    book.changed |= changed
    sums = [book.agreed[id_] for id_ in again if id_ in book.agreed]
    if not book.settled.named.isdisjoint(changed.union(*(one.covers for one in sums))):
        book.version += 1


def _turn(book: Items, debtor: str) -> InTurn:
    return book.in_turn.setdefault(debtor, InTurn())


def _entry(m: Machine, book: Items, id_: str, day: date) -> CountedItem | None:
    """How an item or an agreed sum counts; None where there is none."""
    one, agreed, above = book.owed.get(id_), book.agreed.get(id_), _above(book, id_)
    entry = _item(m, book, one, day, above) if one is not None else None
    entry = _sum(m, book, agreed) if agreed is not None else entry
    if entry is not None and above is not None:
        entry.absorbed_by, entry.state, entry.since = above.id, "absorbed", None
    return entry


# -- credits and their claims ------------------------------------------------------------------------


def _item(m: Machine, book: Items, one: OwedItem, day: date, above: AgreedSum | None) -> CountedItem:
    entry = CountedItem(one, one.id, one.clause, one.debtor, one.day, one.amount, one.day)
    readings = list(one.readings)
    allowed = TERMS.on(m, one.day).credits if one.credit else None
    if allowed is not None:
        entry.claim_by = by = claim_by(m, one, allowed.within_days)
        if one.window_from is not None:
            readings.append((one.day, "credit-window"))
        # 10.1 "逾期未主张的，视为放弃该项抵扣"
        naming = book.claims.get(one.id, ())
        claim = min((fact for fact in naming if arrived_on(m, fact) <= by.due), default=None,
                    key=lambda fact: (arrived_on(m, fact), fact.at, fact.seq))  # fmt: skip
        if claim is None:
            entry.state, entry.since = "claimable" if day <= by.due else "forfeited", None
            m.look_again(by.due + ONE_DAY, "damages")
            if day <= by.due:
                heappush(book.moves, (by.due + ONE_DAY, one.id))
        else:
            entry.since, entry.claims = max(arrived_on(m, claim), one.day), (claim, *services(m, claim)[:1])
    used = [*one.terms, *([(one.day, "credits")] if allowed is not None else [])]
    if entry.since is not None and above is None and TERMS.latest(m).cap is not None:
        used += CAP
    entry.because = because(m, [*one.facts, *one.period, *entry.claims], terms=used, readings=readings)
    return entry


def claim_by(m: Machine, one: OwedItem, days: int) -> Deadline:
    """The last day on which a claim for the credit may arrive."""
    # 10.1 "甲方应自知道或者应当知道抵扣事由之日起 15 日内书面主张第三条约定的抵扣"
    start = one.day
    if one.window_from is not None and m.agreement.reading("credit-window", one.day) == "occurred":
        start = one.window_from
    found = m.calendar.days(start, days, rolls=True)
    m.years.update(found.years)
    return found


def _too_late(m: Machine, book: Items, claim: Fact) -> None:
    """Whether a claim names a credit after whose last day it arrived."""
    arrived = arrived_on(m, claim)
    named = [book.listed[id_] for id_ in claim.what.items if id_ in book.listed]
    if not any(one.claim_by is not None and arrived > one.claim_by.due for one in named):
        if claim.id in book.late:
            m.no_anomaly(book.late.pop(claim.id))
    elif claim.id not in book.late:
        book.late[claim.id] = m.anomaly("CREDIT_CLAIMED_LATE", claim)


# -- agreed sums -------------------------------------------------------------------------------------


def _sum(m: Machine, book: Items, one: AgreedSum) -> CountedItem:
    debtor = debtor_of(book, one.id)
    return CountedItem(
        one, one.id, "10.2", debtor, one.fact.day, one.amount, one.fact.day, because=because(m, [one.fact])
    )


def _above(book: Items, id_: str) -> AgreedSum | None:
    """The sum that replaces an item or a sum: of several the highest in rank, for a sum of those above it."""
    agreed = book.agreed.get(id_)
    above = list(book.covering.get(id_, ()))
    if agreed is not None:
        above += [one for covered in agreed.covers for one in book.covering[covered]]
        above = [one for one in above if one.rank > agreed.rank]
    return max(above, key=lambda one: one.rank, default=None)


# -- the cap -----------------------------------------------------------------------------------------


def _within_cap(m: Machine, book: Items) -> set[str]:
    """Cut what is beyond the cap; returns the items of which another part counts now."""
    # 7.1 "任何一方按本合同应付的抵扣款和违约金，累计不超过合同总价的 20%"
    changed = set[str]()
    for debtor, turn in book.in_turn.items():
        moved = turn.moved
        changed.update(_sum_up(book, turn))
        if debtor == PARTY_B:
            _reached(m, book, turn, moved)
    return changed


def _sum_up(book: Items, turn: InTurn) -> list[str]:
    """What counts of each item, from the place on where something moved; returns the items of which another part does.
    """
    changed = list[str]()
    del turn.sums[turn.moved :]
    so_far = turn.sums[-1] if turn.sums else 0
    for _, id_ in turn.places[turn.moved :]:
        one = book.listed[id_]
        room = max(0, book.cap - so_far) if book.cap is not None else one.amount
        # 7.1 "双方另行商定或者生效裁判确定的数额，不受此限"
        counts = one.amount if isinstance(one.of, AgreedSum) else min(one.amount, room)
        if counts != one.counted:
            one.counted = counts
            book.in_order.move(one)
            changed.append(id_)
        so_far += counts
        turn.sums.append(so_far)
    turn.moved = len(turn.places)
    return changed


def _reached(m: Machine, book: Items, turn: InTurn, moved: int) -> None:
    """When the cap was reached, and by what, where that may have changed from the place ``moved`` on."""
    place = bisect_left(turn.sums, book.cap) if book.cap is not None else len(turn.sums)
    if place >= len(turn.sums):
        book.reached_on, book.reached_by = None, []
    elif moved <= place:
        book.reached_on = turn.places[place][0]
        made = [book.listed[id_] for _, id_ in turn.places[: place + 1]]
        book.reached_by = [m.fact(id_) for one in made for id_ in one.because]


def standing(book: Items, id_: str) -> tuple[str, int] | None:
    """The item that counts in place of an item, and its amount; None where there is no such item."""
    one = book.listed.get(id_)
    while one is not None and one.absorbed_by is not None:
        one = book.listed.get(one.absorbed_by)
    return None if one is None else (one.id, one.counted)


def accrued(book: Items, debtor: str) -> Fen:
    sums = _turn(book, debtor).sums
    return Fen(sums[-1] if sums else 0)


def settled(book: Items, debtor: str) -> Fen:
    """The sums paid, drawn or set off on items of a debtor; a sum is of the debtor of the first item it names."""
    kept, settlements = book.settled_by, book.settled.settlements
    if kept.sums != len(book.agreed):
        kept = book.settled_by = SettledBy(sums=len(book.agreed))
    for one in settlements[kept.settlements :]:
        of = debtor_of(book, one.items[0])
        kept.of[of] = kept.of.get(of, 0) + one.amount
    kept.settlements = len(settlements)
    return Fen(kept.of.get(debtor, 0))


def debtor_of(book: Items, name: str) -> str:
    """The debtor of an item, whether it still exists or not; of an agreed sum, that of the first item it names."""
    passed = set[str]()
    while name in book.agreed and name not in passed:
        passed.add(name)
        name = book.agreed[name].covers[0]
    return PARTY_A if name.startswith("delay:pay-invoice:") else PARTY_B


def unsettled(m: Machine, ids: Iterable[str]) -> Fen:
    """What counts of these items and is not settled yet; for an absorbed item, the item that absorbed it counts."""
    book = counted(m, m.day)
    return book.settled.unsettled(ids, book.version, lambda id_: standing(book, id_))


def set_off(m: Machine, fact: Fact, most: int) -> int:
    """Set off at most ``most`` fen on the items a fact names, as far as they are unsettled; returns how much."""
    m.touched.add("damages")
    part = Fen(max(0, min(most, unsettled(m, fact.what.items))))
    if part:
        m[Items].settled.settle(fact, fact.what.items, part)
    return part
