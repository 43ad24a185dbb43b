"""第十条(3) 同一事件或原因: amounts agreed or ruled in place of items, and what was settled of items."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Grouped
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import Agreed, Item, Occurrence, Origin
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.absorb import rank, rest_on, rested_on
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.retold import retold_since
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.state import Settlements
from ledger.domain.damages import agreed_item
from ledger.domain.fact import Fact
from ledger.domain.facts.damages import DamagesAgreed, DamagesSettled
from ledger.domain.facts.dispute import JudgmentEntered
from ledger.domain.history import introduced
from ledger.domain.machine import Machine
from ledger.domain.rulings import DamagesRuled, rulings_of

Groups = Callable[[Machine], Grouped]  # the incidents graded and grouped
Found = Callable[[Machine], object]  # brings the items up to date


def agreed(m: Machine, fact: Fact, what: DamagesAgreed, *, found: Found, groups: Groups) -> None:
    # 10(3) "经甲乙双方协商, 确定乙方应承担责任"
    found(m)
    _enter(m, groups(m), Agreed(agreed_item(fact.ref), fact, what.items, what.amount))


def judged(m: Machine, fact: Fact, what: JudgmentEntered, *, found: Found, groups: Groups) -> None:
    """What a court ruled of items goes before any agreement."""
    if what.final:
        for number, ruled in enumerate(rulings_of(what, DamagesRuled), 1):
            found(m)
            id_ = agreed_item(fact.ref, number)
            _enter(m, groups(m), Agreed(id_, fact, ruled.items, ruled.amount, ruled=True, number=number))


def sum_added(ref: str, what: DamagesAgreed) -> list[str]:
    return [agreed_item(ref)]


def settled(m: Machine, fact: Fact, what: DamagesSettled) -> None:
    """What was paid; what was deducted counts as far as it was set off (article 9)."""
    if what.manner == "paid":
        m[Settlements].settle(fact, what.items, what.amount)
        m.touched.add("damages")


def _enter(m: Machine, grouped: Grouped, one: Agreed) -> None:
    """One more agreed amount, in the place of the items it names; who names an agreed amount, names its items."""
    # 10(3) "经甲乙双方协商, 确定乙方应承担责任"
    s = m[Settlements]
    s.agreed[one.id] = one
    s.listed.put(one)
    of_others = (id_ for name in one.named if name in s.agreed for id_ in s.agreed[name].covers)
    _cover(s, grouped, one, [*one.named, *of_others])
    s.made.append(one)
    m.touched.add("damages")


def _cover(s: Settlements, grouped: Grouped, one: Agreed, ids: Iterable[str]) -> None:
    """It is in the place of these as well, and so is each that names it, whichever was made first."""
    more = [id_ for id_ in dict.fromkeys(ids) if id_ not in one.covers]
    one.covers = (*one.covers, *more)
    # an item that a correction takes away is known by the fact that had completed it
    origins: list[Origin] = [("fact", id_.partition(":")[2]) for id_ in more]
    origins += [origin for id_ in more if id_ in s.items for origin in s.items[id_].origins]
    for id_ in more:
        s.naming.setdefault(id_, []).append(one)
    rest_on(s, grouped, one, origins)
    for other in s.naming.get(one.id, ()):
        if not set(one.covers) <= set(other.covers):
            _cover(s, grouped, other, one.covers)


def close(m: Machine, *, found: Found, groups: Groups) -> None:
    """What the amounts agreed today share with others, now or by what was known, they share for ever."""
    s = m[Settlements]
    if not s.made:
        return
    found(m)
    for one in s.made:
        rested_on(s, one, s.items, groups(m))
        others = {other.id: other for other in s.neighbours(one) if isinstance(other, Agreed) and other is not one}
        others |= {other.id: other for other in _shared_then(m, groups, one, found)}
        for other in others.values():
            lower, higher = sorted((one, other), key=rank)
            if lower.replaced_by is None or rank(lower.replaced_by) < rank(higher):
                lower.replaced_by = higher
            s.stale[lower.id] = None
    s.made.clear()


def _shared_then(m: Machine, groups: Groups, one: Agreed, found: Found) -> list[Agreed]:
    """The amounts agreed before that shared an occurrence with it when it was recorded, though they may no longer.

    What its items rested on then, what shares an occurrence with them now is covered by it.
    """
    s = m[Settlements]
    before = [other for other in s.agreed.values() if other is not one and other.fact.seq < one.fact.seq]
    if m.then is None or not retold_since(m, one.fact):
        return []
    then = m.then(m, one.fact)
    found(then)
    items = then[Settlements].items
    rested_on(s, one, items, groups(then))
    rested = [origin for id_ in one.covers if id_ in items for origin in items[id_].origins]
    _without_renamed(one, then, m)
    rest_on(s, groups(m), one, _still(rested, then, m))
    own = _rested_on(items, one)
    return [other for other in before if own & _rested_on(items, other)]


def _without_renamed(one: Agreed, then: Machine, now: Machine) -> None:
    one.one_then = {id_: _still(origins, then, now) for id_, origins in one.one_then.items()}


def _still(origins: Iterable[Origin], then: Machine, now: Machine) -> list[Origin]:
    """Those whose identifier another fact has not brought in anew since (SPEC 4.8)."""
    was, now_borne = ({introduced(fact): fact.seq for fact in m.view.facts} for m in (then, now))
    return [one for one in origins if one not in was or now_borne.get(one, was[one]) == was[one]]


def _rested_on(items: Mapping[str, Item], one: Agreed) -> set[Occurrence]:
    return {occurrence for id_ in one.covers if id_ in items for occurrence in items[id_].occurrences}
