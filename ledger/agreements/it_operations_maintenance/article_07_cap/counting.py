"""Which items count: credits claimed in time, sums agreed in their place, all of it within the cap (7, 10)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import chain

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_03_service_levels import credits
from ledger.agreements.it_operations_maintenance.article_03_service_levels.state import Tickets
from ledger.agreements.it_operations_maintenance.article_05_delay.delays import follow_delays
from ledger.agreements.it_operations_maintenance.article_07_cap.state import (
    AgreedSum,
    CountedItem,
    Items,
    OwedItem,
    Source,
)
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.agreements.it_operations_maintenance.terms.tables import share_of
from ledger.domain.because import Used, because
from ledger.domain.calendar import Deadline
from ledger.domain.fact import PARTY_A, PARTY_B, Fact
from ledger.domain.law.arrival import Served, arrived_on, services
from ledger.domain.machine import ONE_DAY, Machine
from ledger.domain.money import Fen

CAP: tuple[Used, ...] = ((date.max, "cap"), (date.max, "price.total"))
"""The terms that set the cap, as they are now."""


def counted(m: Machine, day: date) -> Items:
    """The items as of the end of ``day``, which is not before the machine's; only changed ones are worked out again."""
    book = m[Items]
    if book.life != m[ServiceLife].version:
        book.life = m[ServiceLife].version
        book.stale.update(source for source in book.arisen if source[0] == "availability")
    for source in book.stale:
        book.arisen[source] = list(_of(m, source))
    follow_delays(m, day)
    moved = book.delays.changed or bool(book.stale)
    book.delays.changed = False
    book.stale.clear()
    looked_at = (
        day, len(book.agreed), len(book.claimed), sum(map(len, m[Served].services.values())),
        m.agreement.latest.terms,
    )  # fmt: skip
    if moved or looked_at != book.looked_at:
        book.looked_at = looked_at
        arisen = [*chain.from_iterable(book.arisen.values()), *book.delays.items.values()]
        _count(m, book, arisen, day)
    return book


def _of(m: Machine, source: Source) -> Iterator[OwedItem]:
    if source[0] == "availability":
        return credits.of_availability(m, source[1], source[2])
    return credits.of_ticket(m, m[Tickets].tickets[source[1]])


def _count(m: Machine, book: Items, arisen: list[OwedItem], day: date) -> None:
    book.version += 1
    replaced = _replaced(book.agreed.values())
    listed = [_item(m, book, one, day, replaced) for one in arisen]
    listed += [_sum(m, book, one) for one in book.agreed.values()]
    for entry in listed:
        above = replaced.get(entry.id)
        if above is not None:
            entry.absorbed_by, entry.state, entry.since = above.id, "absorbed", None
    book.listed = {entry.id: entry for entry in sorted(listed, key=lambda one: (one.day, one.id))}
    _too_late(m, book)
    _within_cap(m, book)


# -- credits and their claims ------------------------------------------------------------------------


def _item(m: Machine, book: Items, one: OwedItem, day: date, replaced: Collection[str]) -> CountedItem:
    entry = CountedItem(one, one.id, one.clause, one.debtor, one.day, one.amount, one.day)
    readings = list(one.readings)
    allowed = TERMS.on(m, one.day).credits if one.credit else None
    if allowed is not None:
        entry.claim_by = by = claim_by(m, one, allowed.within_days)
        if one.window_from is not None:
            readings.append((one.day, "credit-window"))
        # 10.1 "逾期未主张的，视为放弃该项抵扣"
        naming = [fact for fact in book.claimed if one.id in fact.what.items]
        claim = min((fact for fact in naming if arrived_on(m, fact) <= by.due), default=None,
                    key=lambda fact: (arrived_on(m, fact), fact.at, fact.seq))  # fmt: skip
        if claim is None:
            entry.state, entry.since = "claimable" if day <= by.due else "forfeited", None
            m.look_again(by.due + ONE_DAY, "damages")
        else:
            entry.since, entry.claims = max(arrived_on(m, claim), one.day), (claim, *services(m, claim)[:1])
    used = [*one.terms, *([(one.day, "credits")] if allowed is not None else [])]
    if entry.since is not None and entry.id not in replaced and TERMS.latest(m).cap is not None:
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


def _too_late(m: Machine, book: Items) -> None:
    """Claims that name a credit and arrived after its last day."""
    late = {}
    for fact in book.claimed:
        named = [book.listed[id_] for id_ in fact.what.items if id_ in book.listed]
        if any(one.claim_by is not None and arrived_on(m, fact) > one.claim_by.due for one in named):
            late[fact.id] = fact
    for id_ in [id_ for id_ in book.late if id_ not in late]:
        m.no_anomaly(book.late.pop(id_))
    for id_, fact in late.items():
        if id_ not in book.late:
            book.late[id_] = m.anomaly("CREDIT_CLAIMED_LATE", fact)


# -- agreed sums -------------------------------------------------------------------------------------


def _sum(m: Machine, book: Items, one: AgreedSum) -> CountedItem:
    debtor = debtor_of(book, one.id)
    return CountedItem(
        one, one.id, "10.2", debtor, one.fact.day, one.amount, one.fact.day, because=because(m, [one.fact])
    )


def _replaced(agreed: Iterable[AgreedSum]) -> dict[str, AgreedSum]:
    """By item and agreed sum, the sum that replaces it: of several the highest in rank."""
    found: dict[str, AgreedSum] = {}
    ranked = sorted(agreed, key=lambda one: one.rank)
    for place, one in enumerate(ranked):
        for lower in ranked[:place]:
            if lower.id in one.covers or set(lower.covers) & set(one.covers):
                found[lower.id] = one
        for id_ in one.covers:
            if not id_.startswith("agreed:"):  # of these the rank decides
                found[id_] = one
    return found


# -- the cap -----------------------------------------------------------------------------------------


def _within_cap(m: Machine, book: Items) -> None:
    # 7.1 "任何一方按本合同应付的抵扣款和违约金，累计不超过合同总价的 20%"
    terms = TERMS.latest(m)
    book.cap = share_of(terms.cap.share, terms.price.total) if terms.cap is not None else None
    book.reached_on, book.reached_by = None, []
    for debtor in (PARTY_A, PARTY_B):
        standing = [one for one in book.listed.values() if one.debtor == debtor and one.since is not None]
        standing.sort(key=lambda one: (one.since, one.id))
        so_far = 0
        for place, one in enumerate(standing):
            room = max(0, book.cap - so_far) if book.cap is not None else one.amount
            # 7.1 "双方另行商定或者生效裁判确定的数额，不受此限"
            one.counted = one.amount if isinstance(one.of, AgreedSum) else min(one.amount, room)
            so_far += one.counted
            reached = book.cap is not None and so_far >= book.cap
            if debtor == PARTY_B and reached and book.reached_on is None:
                book.reached_on = one.since
                book.reached_by = [m.fact(id_) for made in standing[: place + 1] for id_ in made.because]


def standing(book: Items, id_: str) -> tuple[str, int] | None:
    """The item that counts in place of an item, and its amount; None where there is no such item."""
    one = book.listed.get(id_)
    while one is not None and one.absorbed_by is not None:
        one = book.listed.get(one.absorbed_by)
    return None if one is None else (one.id, one.counted)


def accrued(book: Items, debtor: str) -> Fen:
    return Fen(sum(one.counted for one in book.listed.values() if one.debtor == debtor))


def settled(book: Items, debtor: str) -> Fen:
    """The sums paid, drawn or set off on items of a debtor; a sum is of the debtor of the first item it names."""
    return Fen(sum(one.amount for one in book.settled.settlements if debtor_of(book, one.items[0]) == debtor))


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
