"""第十条(3) 同一事件或原因: of what one occurrence makes due only the largest stands, or what the parties agreed."""

from __future__ import annotations

from collections.abc import Hashable

from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import Agreed, Item
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.facts import DamagesAgreed, DamagesSettled
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.state import Settlements
from ledger.domain.fact import Fact
from ledger.domain.machine import Machine
from ledger.domain.money import Fen


def agreed(m: Machine, fact: Fact, what: DamagesAgreed) -> None:
    m[Settlements].agreed.append(fact)
    m.touched.add("damages")


def settled(m: Machine, fact: Fact, what: DamagesSettled) -> None:
    m[Settlements].settled += what.amount
    m.touched.add("damages")


def absorb(m: Machine, items: list[Item]) -> tuple[Fen, list[Agreed]]:
    """Items of one occurrence, or of incidents that are one, form a group: only the largest stands.

    The sum of what stands, and the agreed amounts in it.
    """
    # 10(3) "甲方不可就同一事件重复要求乙方承担违约责任, 经甲乙双方协商, 确定乙方应承担责任"
    tied = _Ties()
    for item in items:
        for occurrence in item.occurrences:
            tied.tie(("item", item.id), occurrence)
    replaced = _agreements(m, tied)
    agreed = list({one.id: one for one in replaced.values()}.values())
    accrued: int = sum(one.amount for one in agreed)
    grouped: dict[Hashable, list[Item]] = {}
    for item in items:
        grouped.setdefault(tied.root(("item", item.id)), []).append(item)
    highest = m.agreement.latest.readings["same-cause-damages"] == "highest"
    for root, group in grouped.items():
        if root in replaced:
            for item in group:
                item.absorbed_by = replaced[root].id
            continue
        if highest:
            largest = max(group, key=lambda i: (i.amount is not None, i.amount or 0, -i.annex, -i.row.row))
            for item in group:
                item.absorbed_by = largest.id if item is not largest else None
        accrued += sum(item.amount or 0 for item in group if item.absorbed_by is None)
    return Fen(accrued), agreed


def _agreements(m: Machine, tied: _Ties) -> dict[Hashable, Agreed]:
    """An agreed amount takes the place of its items' groups; of two on one group the later counts."""
    replaced: dict[Hashable, Agreed] = {}
    for fact in sorted(m[Settlements].agreed, key=_moment):
        what = fact.what
        assert isinstance(what, DamagesAgreed)
        replaced |= {tied.root(("item", item)): Agreed(fact, what.amount) for item in what.items}
    return replaced


class _Ties:
    """Which items and occurrences hang together."""

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}

    def root(self, node: Hashable) -> Hashable:
        while (parent := self._parent.get(node, node)) != node:
            self._parent[node] = self._parent.get(parent, parent)
            node = parent
        return node

    def tie(self, one: Hashable, other: Hashable) -> None:
        self._parent[self.root(one)] = self.root(other)


def _moment(fact: Fact) -> tuple[int, int]:
    return fact.at, fact.seq
