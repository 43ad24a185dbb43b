"""No two items of one occurrence stand, and what was agreed or ruled stands in place of items (10.3).

Items that share an occurrence exclude each other; the set with the highest sum that has no such pair stands. Agreed and
ruled amounts come first: they replace their items and whatever shares an occurrence with them. Only what is connected
with a change is decided again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Grouped
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import (
    Agreed,
    Item,
    Listed,
    Origin,
    Tie,
    occurrences_of,
    ties,
)
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.dearest import (
    EXACT,
    dearest,
    dearest_first,
)
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.state import Joined, Settlements
from ledger.domain.fact import chronological
from ledger.domain.machine import Anomaly, Machine

# -- what is joined ---------------------------------------------------------------------------------


def absorb(m: Machine, grouped: Grouped, went: Sequence[Item], came: Sequence[Item]) -> Settlements:
    """Decide again whatever is connected with the items that ``went`` and ``came`` since the last call, or became one
    since.
    """
    s = m[Settlements]
    for item in went:
        del s.items[item.id]
        s.listed.drop(item)
        _untie(s, item)
    for item in came:
        s.items[item.id] = item
        s.listed.put(item)
        _tie(s, item)
    again = {one.id: one for one in _of_moved_groups(s, grouped)}
    if s.naming:
        again |= {one.id: one for item in (*went, *came) for one in s.naming.get(item.id, ())}
    for one in again.values():
        _tie_anew(s, grouped, one)
    if s.reading is not None and s.reading != m.agreement.latest.readings["same-cause-damages"]:
        s.reading = None
        s.stale |= dict.fromkeys([*s.items, *s.agreed])
    if s.stale:
        _join_anew(m, s)
    return s


def _of_moved_groups(s: Settlements, grouped: Grouped) -> Iterator[Agreed]:
    """The agreed amounts whose items rested on an incident that became one with others since, or no longer is."""
    _, groups, s.read = grouped.since(s.read)
    for came, group in groups:
        for incident in group.all_of_them if came else ():
            s.incidents[incident.fact.ref] = incident.id
            yield from s.resting.get(("incident", incident.id), ())
            yield from s.resting.get(("fact", incident.fact.ref), ())


def rest_on(s: Settlements, grouped: Grouped, one: Agreed, origins: Iterable[Origin]) -> None:
    """The origins its items rest on, or did when it was made."""
    more = [origin for origin in dict.fromkeys(origins) if origin not in one.origins]
    one.origins = (*one.origins, *more)
    for origin in more:
        s.resting.setdefault(origin, []).append(one)
    _tie_anew(s, grouped, one)


def rested_on(s: Settlements, one: Agreed, items: Mapping[str, Item], grouped: Grouped) -> None:
    """The incidents that were one with those its ``items`` rested on when it was made; items that no longer exist are
    included.
    """
    for id_ in one.covers:
        if id_ in items:
            names = [name for kind, name in items[id_].origins if kind == "incident" and name in grouped.of]
            members = (incident.id for name in names for incident in grouped.of[name].all_of_them)
            one.one_then[id_] = [("incident", name) for name in dict.fromkeys(members)]
            for origin in one.one_then[id_]:
                if one not in s.resting.setdefault(origin, []):
                    s.resting[origin].append(one)


def _tie_anew(s: Settlements, grouped: Grouped, one: Agreed) -> None:
    """Connect it again with what its items rest on, or did when it was made, and with incidents whose report completed
    one.
    """
    _untie(s, one)
    of_items = [s.items[id_].occurrences for id_ in one.covers if id_ in s.items]
    reported = (("incident", s.incidents[ref]) for kind, ref in one.origins if kind == "fact" and ref in s.incidents)
    gone = (origin for id_, origins in one.one_then.items() if id_ not in s.items for origin in origins)
    one.occurrences = occurrences_of([*one.origins, *reported, *gone], grouped.of).union(*of_items)
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
    changed = s.stale | dict.fromkeys(decided)
    if not s.sums.named.isdisjoint(changed):
        s.version += 1
    s.decided |= changed
    s.stale.clear()


def _joined(s: Settlements, one: Listed) -> list[Listed]:
    """Everything connected with it, directly or through others."""
    found: list[Listed] = []
    reached, seen, passed = [one], {one.id}, set[Tie]()
    while reached:
        found.append(reached.pop())
        for tie in ties(found[-1]):
            if tie not in passed:
                passed.add(tie)
                for other in s.tied_by(tie):
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
    agreed = sorted((one for one in joined if isinstance(one, Agreed)), key=rank, reverse=True)
    highest: dict[Tie, Agreed] = {}
    for amount in agreed:
        higher = [highest[tie] for tie in ties(amount) if tie in highest]
        higher += [amount.replaced_by] if amount.replaced_by is not None else []
        amount.absorbed_by = max(higher, key=rank).id if higher else None
        for tie in ties(amount):
            highest.setdefault(tie, amount)
    counting: dict[Tie, Agreed] = {}
    for amount in agreed:
        for tie in ties(amount) if amount.absorbed_by is None else ():
            counting.setdefault(tie, amount)
    for item in items:
        # 10(3) "经甲乙双方协商, 确定乙方应承担责任"
        above = [counting[tie] for tie in ties(item) if tie in counting]
        item.absorbed_by = max(above, key=rank).id if above else None
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


def rank(one: Agreed) -> tuple[bool, tuple[int, int], int]:
    return one.rank


def _absorb(m: Machine, s: Settlements, items: list[Item], *, whole: bool) -> Iterator[tuple[Anomaly, int]]:
    """Absorb the items that do not stand; what could not be weighed exactly is noted.

    ``items`` are in order, ``whole`` where they are one tangle.
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
    """Items connected by what they share, directly or through others; each tangle in the order of ``items``."""
    of: dict[object, list[Item]] = {}
    for item in items:
        tangle = [item]
        for other in {id(of[one]): of[one] for one in item.occurrences if one in of}.values():
            tangle += other
        for one in tangle:
            of |= dict.fromkeys((one.id, *one.occurrences), tangle)
    return [sorted(one, key=lambda item: item.order) for one in {id(tangle): tangle for tangle in of.values()}.values()]
