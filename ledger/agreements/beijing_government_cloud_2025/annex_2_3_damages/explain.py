"""How damages arise: the row, what it requires and what was found, the exact amount, what stands (SPEC 4.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import explain as annex_1
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Incidents
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.answer import damages, found
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import Damages, Item, Measured
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.made import readings_for
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.share import share_of_total
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause import explain as art_10_3
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.state import Settlements
from ledger.agreements.beijing_government_cloud_2025.terms import ANNEXES, TERMS
from ledger.bilingual import Bilingual, clause_name, joined, label, phrase
from ledger.domain.fact import Fact
from ledger.domain.money import percent, round_half_up, said_yuan, thousands
from ledger.explanation import Explanation, added

COURTS = ("civil code 585", "contract interpretation 65")
"""That a court may adjust liquidated damages, and what is as a rule excessive."""


def accrued(x: Explanation) -> None:
    of = found(x.m)
    for one in of.items.values():
        item(x, one, of)
    for amount in of.agreed.values():
        art_10_3.agreed(x, amount)
    x.cite("10.3")
    x.read("same-cause-damages", x.day)
    parts = [one.amount for one in of.standing if one.amount is not None]
    x.step("EX_ACCRUED", sum=added(parts, said_yuan(of.accrued)), count=len(parts), day=x.day)
    if of.accrued:
        total = TERMS.latest(x.m).payment.total
        x.rest_on_term("payment.total", x.day)
        x.step("EX_ACCRUED_SHARE", sum=said_yuan(of.accrued), total=said_yuan(total),
               share=share_of_total(of.accrued, total))  # fmt: skip
        _adjustable(x)


def _adjustable(x: Explanation) -> None:
    x.cite(*COURTS)
    x.cite("civil code 585", "contract interpretation 64", "contract interpretation 65")
    x.step("damages.adjustable")


def settled(x: Explanation) -> None:
    art_10_3.settled(x)
    amounts = [one.amount for one in x.m[Settlements].settlements]
    x.step("EX_SETTLED", sum=added(amounts, thousands(damages(x.m, x.day)["settled"])), day=x.day)


def deductible(x: Explanation) -> None:
    """Accrued, settled, and what is left of it."""
    accrued(x)
    settled(x)
    shown: Mapping[str, Any] = damages(x.m, x.day)
    x.step("EX_DEDUCTIBLE", **{name: thousands(shown[name]) for name in ("accrued", "settled", "deductible")},
           day=x.day)  # fmt: skip


def at(x: Explanation, id_: str) -> None:
    of = found(x.m)
    agreed = of.agreed.get(id_)
    if agreed is not None:
        art_10_3.agreed(x, agreed)
    else:
        item(x, of.items[id_], of)
    _adjustable(x)


def item(x: Explanation, one: Item, of: Damages) -> None:
    clause = f"annex {one.annex} row {one.row.row}"
    x.cite(f"annex {one.annex}", clause)
    x.step("EX_ITEM", id=one.id, clause=clause_name(clause), on=one.day, facts=x.facts(one.because))
    x.rest_on_term(f"damages.{ANNEXES[one.annex]}.{one.row.row}", one.day)
    _measured(x, one)
    _amount(x, one)
    art_10_3.absorbed(x, one, of)


# -- what the row asks and what was found -----------------------------------------------------------

MONTHLY = ("availability", "repeated-complaints", "response", "recovery")


def _measured(x: Explanation, one: Item) -> None:
    for reading in readings_for(x.m, one.row.rule, one.day):
        x.read(reading, one.day)
    if one.row.rule in MONTHLY:
        x.read("shortfall-cause", x.day)
    needed = [criterion for criterion in one.measured if not criterion.either]
    either = [criterion for criterion in one.measured if criterion.either]
    if either:
        x.step("EX_ITEM_EITHER", id=one.id, criteria=joined(_criteria(either)))
    if needed:
        x.step("EX_ITEM_MEASURED", id=one.id, criteria=joined(_criteria(needed)))
    if any(("incident", incident) in one.origins for incident in x.m[Incidents].grouped.grades):
        x.read("graded-damages", one.day)


def _criteria(asked: Iterable[Measured]) -> list[Bilingual]:
    return [_criterion(one, phrase("EX_MET" if one.met else "EX_NOT_MET")) for one in asked]


def _criterion(one: Measured, verdict: Bilingual) -> Bilingual:
    measure, found = label("measure", one.measure), _shown(one, one.found)
    if one.test == "past":
        return phrase("EX_CRITERION_PAST", measure=measure, threshold=one.required, verdict=verdict)
    required = _shown(one, one.required) if one.test == "is" else one.required
    needed = phrase(f"EX_{one.test.upper()}", threshold=required)
    return phrase("EX_CRITERION", measure=measure, needed=needed, stated=found, verdict=verdict)


def _shown(one: Measured, value: Any) -> Bilingual:
    return label("kind", value) if one.measure == "kind" else annex_1.shown(one.measure, value)


# -- the amount -------------------------------------------------------------------------------------


def _amount(x: Explanation, one: Item) -> None:
    if one.base is None or one.amount is None:
        x.step("EX_ITEM_NO_FEE", id=one.id)
        return
    exact = one.base.each.denominator == 1
    values: dict[str, object] = {
        "id": one.id, "whole": said_yuan(one.base.whole), "months": one.base.months,
        "amount": said_yuan(one.amount), "base": said_yuan(round_half_up(one.base.each)),
        "exact": f"{one.base.each / 100}", "rate": percent(one.row.rate),
    }  # fmt: skip
    if one.base.set_by is None:
        x.read("base-months", one.day)
        x.rest_on(x.m.registration.id)
        x.rest_on_term("payment.total", one.day)
        x.rest_on_term("term.months", one.day)
        values["of"] = phrase("EX_BASE_TOTAL", on=one.day)
    else:
        values["of"] = phrase("EX_BASE_FEE", fact=x.fact(one.base.set_by), system=one.system)
    x.step("EX_ITEM_AMOUNT" if exact else "EX_ITEM_AMOUNT_ROUNDED", **values)


def no_fee(x: Explanation, fact: Fact) -> None:
    x.step("EX_NO_FEE", fact=x.fact(fact.id))
