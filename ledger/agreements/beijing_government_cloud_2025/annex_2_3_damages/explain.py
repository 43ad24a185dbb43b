"""How damages come about: the row, what was measured, the exact amount, and what absorbs what (SPEC 4.6)."""

from __future__ import annotations

from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Incidents
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.answer import damages, found
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import Damages, Item
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.state import Reports
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.state import Grounds, Notice
from ledger.agreements.beijing_government_cloud_2025.readings import reliability_floor
from ledger.agreements.beijing_government_cloud_2025.terms import ANNEXES
from ledger.domain.fact import Fact
from ledger.domain.money import Fen, percent, round_half_up, yuan
from ledger.explanation import Both, Explanation, clause_name, label, phrase, summed


def accrued(x: Explanation) -> None:
    of = found(x.m)
    for one in of.items.values():
        item(x, one, of)
    agreed = _agreements(x, of)
    x.cite("10.3")
    x.read("same-cause-damages", x.day)
    standing = [one for one in of.items.values() if one.absorbed_by is None and one.amount is not None]
    parts = summed([*(one.amount or 0 for one in standing), *agreed])
    x.step("EX_ACCRUED", parts=parts, sum=yuan(of.accrued), count=len(standing) + len(agreed), day=x.day)


def _agreements(x: Explanation, of: Damages) -> list[Fen]:
    """Every agreed amount, and whether it counts; those that do."""
    counting = {one.fact.id for one in of.agreed.values()}
    for fact in x.of_type("DamagesAgreed"):
        _agreement(x, fact, counts=fact.id in counting)
    return [one.amount for one in of.agreed.values()]


def _agreement(x: Explanation, fact: Fact, *, counts: bool) -> None:
    what: Any = fact.what
    code = "EX_AGREED" if counts else "EX_AGREED_REPLACED"
    x.step(code, fact=x.fact(fact.id), items=", ".join(what.items), amount=yuan(what.amount))


def settled(x: Explanation) -> None:
    x.cite("annex 2", "annex 3")
    paid = x.of_type("DamagesSettled")
    for fact in paid:
        what: Any = fact.what
        x.step("EX_SETTLED_LINE", fact=x.fact(fact.id), items=", ".join(what.items), amount=yuan(what.amount))
    amounts = [fact.what.amount for fact in paid]
    x.step("EX_SETTLED", parts=summed(amounts), sum=damages(x.m, x.day)["settled"], day=x.day)


def deductible(x: Explanation) -> None:
    """Accrued, settled, and what is left of it."""
    accrued(x)
    settled(x)
    shown = damages(x.m, x.day)
    x.step("EX_DEDUCTIBLE", **{name: shown[name] for name in ("accrued", "settled", "deductible")}, day=x.day)


def at(x: Explanation, id_: str) -> None:
    of = found(x.m)
    agreed = of.agreed.get(id_)
    if agreed is not None:
        x.cite("10.3")
        return _agreement(x, agreed.fact, counts=True)
    item(x, of.items[id_], of)


def _told_by(x: Explanation, one: Item) -> list[str]:
    """The facts an item rests on, the assessments that gave an incident its measures among them."""
    incidents = {incident.fact.id: incident.facts for incident in x.m[Incidents].reported.values()}
    return list(dict.fromkeys(id_ for told in one.because for id_ in incidents.get(told, [told])))


def item(x: Explanation, one: Item, of: Damages) -> None:
    clause = f"annex {one.annex} row {one.row.row}"
    x.cite(f"annex {one.annex}", clause)
    x.step("EX_ITEM", id=one.id, clause=clause_name(clause), on=one.day, facts=x.facts(_told_by(x, one)))
    x.rest_on_term(f"damages.{ANNEXES[one.annex]}.{one.row.row}", one.day)
    for told in _measured(x, one):
        x.step("EX_ITEM_RULE", id=one.id, rule=told)
    _amount(x, one)
    _absorbed(x, one, of)


# -- what the row asks and what was measured --------------------------------------------------------


def _measured(x: Explanation, one: Item) -> list[Both]:
    """A sentence for each fact that fulfils the row, with the value and the row's bounds."""
    row = one.row
    told: list[Both] = []
    for id_ in one.because:
        what: Any = x.by_id[id_].what
        match x.by_id[id_].type:
            case "AvailabilityReported":
                day, floor = x.by_id[id_].day, row.data_reliability
                x.read("data-reliability-floor", day)
                if floor is not None:
                    floor = reliability_floor(floor, x.m.agreement.on(day).readings)
                told.append(phrase(
                    "EX_ROW_AVAILABILITY", month=what.month, availability=what.availability, floor=row.availability,
                    reliability=what.data_reliability, least=floor, consequence=label("consequence", what.consequence),
                ))  # fmt: skip
            case "ServiceLevelReported":
                minutes = what.response_minutes if row.rule == "response" else what.recovery_minutes
                told.append(_band(x, one, id_, minutes, what.consequence))
            case "OnSiteAbsenceRecorded":
                told.append(_band(x, one, id_, what.minutes, what.consequence))
    if row.rule in ("unheeded-notice", "mutual-backup", "tampering", "data-loss", "intrusion", "outage"):
        told.append(_of_incident(x, one))
    if row.rule == "repeated-outages":
        told.append(_outages(x, one))
    if row.rule in _OVER_TIME:
        told.append(_OVER_TIME[row.rule](x, one))
    return told


def _complaints(x: Explanation, one: Item) -> Both:
    number = sum(x.by_id[id_].type == "ComplaintFiled" for id_ in one.because)
    return phrase("EX_ROW_COMPLAINTS", number=number, count=one.row.count)


def _assessments(x: Explanation, one: Item) -> Both:
    failed = [x.by_id[id_].what for id_ in one.because if x.by_id[id_].type == "AssessmentRecorded"]
    notice = _notice(x, one)
    return phrase("EX_ROW_ASSESSMENTS", count=one.row.count, notice=notice.id, deadline=notice.deadline,
                  months=", ".join(getattr(what, "month", "") for what in failed))  # fmt: skip


def _scale_out(x: Explanation, one: Item) -> Both:
    notice = _notice(x, one)
    request, asked = next((name, out) for name, out in x.m[Reports].scale_outs.items() if out.fact.id in one.because)
    return phrase("EX_ROW_SCALE_OUT", request=request, due=asked.due, notice=notice.id, deadline=notice.deadline)


def _notice(x: Explanation, one: Item) -> Notice:
    return next(notice for notice in x.m[Grounds].notices.values() if notice.fact.id in one.because)


_OVER_TIME = {
    "repeated-complaints": _complaints, "failed-assessments": _assessments, "late-scale-out": _scale_out,
}  # fmt: skip


def _band(x: Explanation, one: Item, id_: str, minutes: int, consequence: str) -> Both:
    x.read("band-gaps", x.by_id[id_].day)
    return phrase("EX_ROW_BAND", minutes=minutes, over=one.row.over, under=one.row.under,
                  consequence=label("consequence", consequence))  # fmt: skip


def _of_incident(x: Explanation, one: Item) -> Both:
    reported: Any = one.completed_by.what
    incident = x.m[Incidents].reported[reported.incident]
    measures = incident.measures
    return phrase(
        "EX_ROW_OUTAGE" if one.row.rule == "outage" else "EX_ROW_INCIDENT", incident=incident.id,
        kind=label("kind", incident.kind), minutes=measures.duration_minutes, least=one.row.minutes,
        notice=measures.unheeded_notice or "-", consequence=label("consequence", measures.consequence or "none"),
    )  # fmt: skip


def _outages(x: Explanation, one: Item) -> Both:
    incidents = [other for other in x.m[Incidents].reported.values() if other.fact.id in one.because]
    minutes = [other.measures.duration_minutes or 0 for other in incidents]
    x.read("consecutive-outages", one.day)
    return phrase("EX_ROW_OUTAGES", number=len(incidents), count=one.row.count, least=one.row.minutes,
                  sum=" + ".join(map(str, minutes)), minutes=sum(minutes))  # fmt: skip


# -- the amount -------------------------------------------------------------------------------------


def _amount(x: Explanation, one: Item) -> None:
    if one.base is None or one.amount is None:
        x.step("EX_ITEM_NO_FEE", id=one.id)
        return
    exact = one.base.each.denominator == 1
    values: dict[str, object] = {
        "id": one.id, "whole": yuan(one.base.whole), "months": one.base.months, "amount": yuan(one.amount),
        "base": yuan(round_half_up(one.base.each)), "exact": f"{one.base.each / 100}", "rate": percent(one.row.rate),
    }  # fmt: skip
    if one.annex == 2:
        x.rest_on(x.m.registration.id)
        x.rest_on_term("payment.total", one.day)
        values["of"] = phrase("EX_BASE_TOTAL")
    else:
        assert one.system is not None  # whose fee is the base
        values["of"] = phrase("EX_BASE_FEE", fact=x.fact(x.m[Reports].systems[one.system].id), system=one.system)
    x.step("EX_ITEM_AMOUNT" if exact else "EX_ITEM_AMOUNT_ROUNDED", **values)


# -- 10.3 -------------------------------------------------------------------------------------------


def _absorbed(x: Explanation, one: Item, of: Damages) -> None:
    by = one.absorbed_by
    if by is None:
        taken = of.absorbed.get(one.id)
        if taken:
            x.cite("10.3")
            x.read("same-cause-damages", x.day)
            x.step("EX_ITEM_ABSORBS", id=one.id, others=", ".join(taken))
        return
    x.cite("10.3")
    x.read("same-cause-damages", x.day)
    agreed = of.agreed.get(by)
    if agreed is not None:
        return x.step("EX_ITEM_AGREED", id=one.id, by=by, fact=x.fact(agreed.fact.id))
    larger = of.items[by]
    x.rest_on(*larger.because)
    x.step("EX_ITEM_ABSORBED", id=one.id, by=by, amount=_yuan(one), larger=_yuan(larger))


def _yuan(one: Item) -> str:
    return yuan(one.amount) if one.amount is not None else "-"


def no_fee(x: Explanation, fact: Fact) -> None:
    x.step("EX_NO_FEE", fact=x.fact(fact.id))
