"""第十条(3) 同一事件或原因: of what one occurrence makes due only the largest stands, or what the parties agreed."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import Agreed, Item, place
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.facts import DamagesAgreed, DamagesSettled
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.state import Settlements, Together
from ledger.domain.fact import Fact, chronological
from ledger.domain.machine import Machine


def agreed(m: Machine, fact: Fact, what: DamagesAgreed) -> None:
    """Of two agreed amounts on one item the later counts."""
    settlements = m[Settlements]
    one = Agreed(fact, what.amount)
    for item in what.items:
        before = settlements.agreed.get(item)
        if before is None or chronological(before.fact) < chronological(fact):
            settlements.agreed[item] = one
            settlements.stale[item] = None
    m.touched.add("damages")


def settled(m: Machine, fact: Fact, what: DamagesSettled) -> None:
    m[Settlements].settled += what.amount
    m.touched.add("damages")


def absorb(m: Machine, went: Iterable[Item], came: Iterable[Item]) -> Settlements:
    """Items of one occurrence, or of incidents that are one, form a group: only the largest stands.

    Of the items that went and came since the last time only the groups they were in, or are in, are formed anew.
    """
    s = m[Settlements]
    for item in went:
        del s.items[item.id]
        s.listed.drop(item)
        for occurrence in item.occurrences:
            s.tied[occurrence].pop(item.id, None)
        s.stale |= dict.fromkeys(s.groups[item.id].ids)
    for item in came:
        s.items[item.id] = item
        s.listed.put(item)
        for occurrence in item.occurrences:
            s.tied.setdefault(occurrence, {})[item.id] = item
        s.stale[item.id] = None
    reading = m.agreement.latest.readings["same-cause-damages"]
    if reading != s.reading:
        s.reading = reading
        s.stale |= dict.fromkeys([*s.groups, *s.items])
    formed: set[str] = set()
    for id_ in s.stale:
        if id_ not in formed:
            group = _tied(s, id_)
            formed.update(group)
            for one in group:
                _dissolve(s, one)
            _form(s, group)
    s.stale.clear()
    return s


def _tied(s: Settlements, id_: str) -> list[str]:
    """The items that hang together with this one, directly or through others; itself alone if it is no item."""
    found: list[str] = []
    reached, seen = [id_], {id_}
    while reached:
        one = reached.pop()
        found.append(one)
        item = s.items.get(one)
        for occurrence in item.occurrences if item is not None else ():
            reached += [other for other in s.tied[occurrence] if other not in seen]
            seen.update(s.tied[occurrence])
    return found


def _form(s: Settlements, ids: list[str]) -> None:
    # 10(3) "甲方不可就同一事件重复要求乙方承担违约责任, 经甲乙双方协商, 确定乙方应承担责任"
    items = sorted((s.items[id_] for id_ in ids if id_ in s.items), key=place)
    agreed = max((s.agreed[id_] for id_ in ids if id_ in s.agreed), key=_agreed_at, default=None)
    if not items and agreed is None:
        return
    largest = max(items, key=_size) if items and s.reading == "highest" else None
    for item in items:
        by = agreed if agreed is not None else largest
        absorbed_by = None if by is None or by is item else by.id
        if absorbed_by != item.absorbed_by:
            item.absorbed_by = absorbed_by
            s.listed.move(item)
    accrues = 0 if agreed is not None else sum(item.amount or 0 for item in items if item.absorbed_by is None)
    s.accrued += accrues
    if agreed is not None:
        agreed.groups += 1
        if agreed.groups == 1:
            s.accrued += agreed.amount
            s.listed.put(agreed)
    s.groups |= dict.fromkeys(ids, Together(ids, accrues, agreed))


def _size(item: Item) -> tuple[bool, int, int, int]:
    return item.amount is not None, item.amount or 0, -item.annex, -item.row.row


def _dissolve(s: Settlements, id_: str) -> None:
    group = s.groups.get(id_)
    if group is None:
        return
    for one in group.ids:
        del s.groups[one]
    s.accrued -= group.accrues
    agreed = group.agreed
    if agreed is not None:
        agreed.groups -= 1
        if agreed.groups == 0:
            s.accrued -= agreed.amount
            s.listed.drop(agreed)


def _agreed_at(one: Agreed) -> tuple[int, int]:
    return chronological(one.fact)
