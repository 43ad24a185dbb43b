"""第十条(3) 同一事件或原因: no two items of one occurrence stand, and what was agreed stands in place of items.

Items that share an occurrence exclude each other; what stands is the dearest set without such a pair. An amount agreed
or ruled comes first: it takes the place of its items and of what shares an occurrence with them. Only what is joined to
what moved is decided anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Grouped
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import (
    Agreed,
    Item,
    Listed,
    occurrences_of,
    shares,
)
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.dearest import (
    EXACT,
    dearest,
    dearest_first,
)
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.facts import DamagesAgreed, DamagesSettled
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.state import Joined, Settlements
from ledger.domain.fact import Fact, chronological
from ledger.domain.facts.dispute import JudgmentEntered
from ledger.domain.machine import Anomaly, Machine
from ledger.domain.rulings import DamagesRuled, rulings_of

Groups = Callable[[Machine], Grouped]  # the incidents graded and grouped
Found = Callable[[Machine], object]  # brings the items up to date


def agreed(m: Machine, fact: Fact, what: DamagesAgreed, *, found: Found, groups: Groups) -> None:
    found(m)
    _enter(m, groups(m), Agreed(f"agreed:{fact.ref}", fact, what.items, what.amount))


def judged(m: Machine, fact: Fact, what: JudgmentEntered, *, found: Found, groups: Groups) -> None:
    """What a court ruled of items goes before any agreement."""
    if what.final:
        for number, ruled in enumerate(rulings_of(what, DamagesRuled), 1):
            found(m)
            id_ = f"agreed:{fact.ref}" if number == 1 else f"agreed:{fact.ref}.{number}"
            _enter(m, groups(m), Agreed(id_, fact, ruled.items, ruled.amount, ruled=True, number=number))


def settled(m: Machine, fact: Fact, what: DamagesSettled) -> None:
    """What was paid; what was deducted counts as far as it was set off (article 9)."""
    if what.manner == "paid":
        m[Settlements].settle(fact, what.items, what.amount)
        m.touched.add("damages")


def _enter(m: Machine, grouped: Grouped, one: Agreed) -> None:
    """One more agreed amount: what it shares with others now, it shares for ever."""
    s = m[Settlements]
    of_others = (id_ for name in one.named if name in s.agreed for id_ in s.agreed[name].covers)
    one.covers = tuple(dict.fromkeys([*one.named, *of_others]))
    s.agreed[one.id] = one
    s.listed.put(one)
    rested = [origin for id_ in one.covers if id_ in s.items for origin in s.items[id_].origins]
    # an item that a correction takes away is known by the fact that had completed it
    completed_by = [("fact", id_.partition(":")[2]) for id_ in one.covers]
    one.origins = tuple(dict.fromkeys([*rested, *completed_by]))
    for id_ in one.covers:
        s.naming.setdefault(id_, []).append(one)
    for origin in one.origins:
        s.resting.setdefault(origin, []).append(one)
    _tie_anew(s, grouped, one)
    s.made.append(one)
    m.touched.add("damages")


def close(m: Machine, *, found: Found) -> None:
    """What the amounts agreed today share with others at the day's end, they share for ever."""
    s = m[Settlements]
    if not s.made:
        return
    found(m)
    for one in s.made:
        others = {other.id: other for other in s.neighbours(one) if isinstance(other, Agreed) and other is not one}
        for other in others.values():
            lower, higher = sorted((one, other), key=_rank)
            lower.replaced_by |= {higher.id: higher}
    s.made.clear()


# -- what is joined ---------------------------------------------------------------------------------


def absorb(m: Machine, grouped: Grouped, went: Iterable[Item], came: Iterable[Item]) -> Settlements:
    """Decide anew what is joined to the items that ``went`` and ``came`` since the last time, or is one since then."""
    s = m[Settlements]
    named: list[str] = []
    for item in went:
        del s.items[item.id]
        s.listed.drop(item)
        _untie(s, item)
        named.append(item.id)
    for item in came:
        s.items[item.id] = item
        s.listed.put(item)
        _tie(s, item)
        named.append(item.id)
    again = [one for id_ in named for one in s.naming.get(id_, ())] if s.naming else []
    again += _of_moved_groups(s, grouped)
    for one in {one.id: one for one in again}.values():
        _tie_anew(s, grouped, one)
    if s.reading is not None and s.reading != m.agreement.latest.readings["same-cause-damages"]:
        s.reading = None
        s.stale |= dict.fromkeys([*s.items, *s.agreed])
    if s.stale:
        _join_anew(m, s)
    return s


def _of_moved_groups(s: Settlements, grouped: Grouped) -> Iterator[Agreed]:
    """The agreed amounts whose items rested on an incident that is one with others since, or no more."""
    _, groups, s.read = grouped.since(s.read)
    for came, group in groups if s.agreed else ():
        for incident in group.all_of_them if came else ():
            yield from s.resting.get(("incident", incident.id), ())


def _tie_anew(s: Settlements, grouped: Grouped, one: Agreed) -> None:
    """It rests on what its items rest on, and rested on when it was made."""
    _untie(s, one)
    of_items = [s.items[id_].occurrences for id_ in one.covers if id_ in s.items]
    one.occurrences = occurrences_of(one.origins, grouped.of).union(*of_items)
    _tie(s, one)


def _tie(s: Settlements, one: Listed) -> None:
    for occurrence in one.occurrences:
        s.tied.setdefault(occurrence, {})[one.id] = one
    s.stale[one.id] = None


def _untie(s: Settlements, one: Listed) -> None:
    for occurrence in one.occurrences:
        s.tied[occurrence].pop(one.id, None)
    before = s.joined.get(one.id)
    s.stale |= dict.fromkeys([one.id, *(before.ids if before is not None else ())])


def _join_anew(m: Machine, s: Settlements) -> None:
    s.version += 1
    decided: set[str] = set()
    for id_ in s.stale:
        if id_ in decided:
            continue
        one = s.one(id_)
        joined = [] if one is None else _joined(s, one)
        decided.update(other.id for other in joined)
        for gone in (id_, *(other.id for other in joined)):
            _dissolve(m, s, gone)
        if joined:
            _decide(m, s, joined)
    s.decided |= s.stale | dict.fromkeys(decided)
    s.stale.clear()


def _joined(s: Settlements, one: Listed) -> list[Listed]:
    """What hangs together with it, directly or through others."""
    found: list[Listed] = []
    reached, seen = [one], {one.id}
    while reached:
        found.append(reached.pop())
        for other in s.neighbours(found[-1]):
            if other.id not in seen:
                seen.add(other.id)
                reached.append(other)
    return found


def _dissolve(m: Machine, s: Settlements, id_: str) -> None:
    joined = s.joined.get(id_)
    if joined is not None:
        for one in joined.ids:
            del s.joined[one]
        s.accrued -= joined.accrues
        for anomaly, _ in joined.tangled:
            m.anomalies.drop(anomaly)


# -- what stands ------------------------------------------------------------------------------------


def _decide(m: Machine, s: Settlements, joined: Sequence[Listed]) -> None:
    before = {one.id: one.absorbed_by for one in joined}
    items = sorted((one for one in joined if isinstance(one, Item)), key=lambda item: item.order)
    agreed = sorted((one for one in joined if isinstance(one, Agreed)), key=_rank, reverse=True)
    for place, amount in enumerate(agreed):
        higher = [*amount.replaced_by.values(), *(other for other in agreed[:place] if shares(amount, other))]
        amount.absorbed_by = max(higher, key=_rank).id if higher else None
    counting = [amount for amount in agreed if amount.absorbed_by is None]
    for item in items:
        # 10(3) "经甲乙双方协商, 确定乙方应承担责任"
        item.absorbed_by = next((amount.id for amount in counting if shares(item, amount)), None)
    tangled = list(_absorb(m, s, [item for item in items if item.absorbed_by is None], whole=not agreed))
    for anomaly, _ in tangled:
        m.anomalies.put(anomaly)
    for one in joined:
        if one.absorbed_by != before[one.id]:
            s.listed.move(one)
    accrues = sum(one.amount or 0 for one in joined if one.absorbed_by is None)
    s.accrued += accrues
    ids = [one.id for one in joined]
    s.joined |= dict.fromkeys(ids, Joined(ids, accrues, tangled))


def _rank(one: Agreed) -> tuple[bool, tuple[int, int], int]:
    return one.rank


def _absorb(m: Machine, s: Settlements, items: list[Item], *, whole: bool) -> Iterator[tuple[Anomaly, int]]:
    """The items that do not stand are absorbed; what could not be weighed exactly is told.

    ``items`` by their order, ``whole`` where they are one tangle.
    """
    for tangle in [items] if whole and items else _tangles(items):
        if len(tangle) == 1:  # stands by itself, however read
            continue
        s.reading = m.agreement.latest.readings["same-cause-damages"]
        if s.reading == "sum":
            return
        # 10(3) "甲方不可就同一事件重复要求乙方承担违约责任"
        choose = dearest if len(tangle) <= EXACT else dearest_first
        standing = [tangle[place] for place in choose([(item.occurrences, item.amount) for item in tangle])]
        holds = {occurrence: item for item in standing for occurrence in item.occurrences}
        stands = {item.id for item in standing}
        for item in tangle:
            if item.id not in stands:
                by = {holds[occurrence].id: holds[occurrence] for occurrence in item.occurrences if occurrence in holds}
                item.absorbed_by = min(by.values(), key=_dearest_first).id
        if len(tangle) > EXACT:
            last = max(tangle, key=lambda item: (item.day, chronological(item.completed_by))).completed_by
            yield Anomaly("DAMAGES_TANGLED", last.id, last.seq, last.day), len(tangle)


def _dearest_first(item: Item) -> tuple[int, tuple[int, int, str]]:
    return -(item.amount or 0), item.order


def _tangles(items: Iterable[Item]) -> list[list[Item]]:
    """Items joined by what they share, directly or through others; each tangle in the order of ``items``."""
    of: dict[object, list[Item]] = {}
    for item in items:
        tangle = [item]
        for other in {id(of[one]): of[one] for one in item.occurrences if one in of}.values():
            tangle += other
        for one in tangle:
            of |= dict.fromkeys((one.id, *one.occurrences), tangle)
    return [sorted(one, key=lambda item: item.order) for one in {id(tangle): tangle for tangle in of.values()}.values()]
