"""Which items stand and which are absorbed, what was agreed or ruled in their place, what was settled (10.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import explain as annex_1
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Incidents
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import Agreed, Damages, Item, Listed
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.dearest import EXACT
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.state import Settlements
from ledger.bilingual import Bilingual, joined, phrase
from ledger.domain.fact import Fact
from ledger.domain.money import said_yuan
from ledger.explanation import Explanation


def absorbed(x: Explanation, one: Item, of: Damages) -> None:
    """Whether the item stands, and what absorbs it otherwise."""
    if one.absorbed_by is None:
        taken = of.absorbed.get(one.id)
        if taken:
            _by_the_reading(x)
            x.step("EX_ITEM_ABSORBS", id=one.id, others=", ".join(taken))
        return
    _by_the_reading(x)
    agreed = of.agreed.get(one.absorbed_by)
    if agreed is not None:
        code = "EX_ITEM_RULED" if agreed.ruled else "EX_ITEM_AGREED"
        return x.step(code, id=one.id, by=agreed.id, fact=x.fact(agreed.fact.id))
    larger = of.items[one.absorbed_by]
    x.rest_on(*larger.because)
    x.step("EX_ITEM_ABSORBED", id=one.id, by=larger.id, amount=_yuan(one), larger=_yuan(larger),
           shared=joined(_shared(x, one, larger)))  # fmt: skip


def _by_the_reading(x: Explanation) -> None:
    x.cite("10.3")
    x.read("same-cause-damages", x.day)


def _shared(x: Explanation, one: Item, other: Item) -> Iterator[Bilingual]:
    """The occurrences that two items share: an incident with those that are one with it, or else a report."""
    shared = sorted(one.occurrences & other.occurrences)
    incidents = [name for kind, name in shared if kind == "cause"]
    for name in incidents:
        group = x.m[Incidents].grouped.of[name].all_of_them
        if len(group) > 1:
            ids = ", ".join(incident.id for incident in group)
            yield phrase("EX_ONE_INCIDENT", incidents=ids, facts=x.facts(annex_1.ties(x, group)))
        else:
            yield phrase("EX_AN_INCIDENT", incident=name)
    if incidents:
        return
    by_ref = {fact.ref: fact.id for fact in x.standing}
    for kind, name in shared:
        if kind == "fact":
            yield x.fact(by_ref[name])
        else:
            yield phrase("EX_A_SCALE_OUT", request=name)


def _yuan(one: Listed) -> str:
    return said_yuan(one.amount) if one.amount is not None else "-"


def agreed(x: Explanation, one: Agreed) -> None:
    """An amount agreed or ruled, and whether it counts."""
    x.cite("10.3", *(("12.1",) if one.ruled else ()))
    x.step("EX_RULED" if one.ruled else "EX_AGREED", fact=x.fact(one.fact.id), items=", ".join(one.named),
           amount=said_yuan(one.amount))  # fmt: skip
    if one.absorbed_by is not None:
        by = x.m[Settlements].agreed[one.absorbed_by]
        x.step("EX_AGREED_REPLACED", id=one.id, by=by.id, fact=x.fact(by.fact.id))


def settled(x: Explanation) -> None:
    """Each settlement, what of it counts, and which items it fills."""
    settlements = x.m[Settlements]
    x.cite("annex 2", "annex 3")
    parts = settlements.filled().parts
    for one in settlements.settlements:
        what: Any = one.fact.what
        x.step("EX_SETTLED_LINE", fact=x.fact(one.fact.id), items=", ".join(one.items), amount=said_yuan(one.amount))
        if one.amount < what.amount:
            x.cite("civil code 568")
            x.step("EX_SET_OFF_PARTLY", fact=x.fact(one.fact.id), stated=said_yuan(what.amount),
                   amount=said_yuan(one.amount))  # fmt: skip
        own = [part for part in parts if part.fact is one.fact]
        if own and [part.item for part in own] != list(one.items):
            filled = (phrase("EX_FILLED_PART", item=part.item, amount=said_yuan(part.amount)) for part in own)
            x.step("EX_FILLED", fact=x.fact(one.fact.id), parts=joined(filled))


def tangled(x: Explanation, fact: Fact) -> None:
    for one in {id(one): one for one in x.m[Settlements].joined.values()}.values():
        for anomaly, count in one.tangled:
            if anomaly.fact == fact.id:
                x.step("EX_TANGLED", fact=x.fact(fact.id), count=count, most=EXACT)
