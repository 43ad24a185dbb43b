"""附件1 重大事件—退出: the table of grades, what makes an incident A or B.

The heading limits the table to accidents for which the provider is mainly responsible (云服务商主责). A
measure that is not stated never satisfies a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.facts import Measures
from ledger.agreements.beijing_government_cloud_2025.terms import Grades, OutageGrade
from ledger.domain.declare import NamedTuple


def grade(kind: str, measures: Measures, grades: Grades, readings: Mapping[str, str]) -> str | None:
    """``"A"``, ``"B"`` or ``None`` for an incident of ``kind`` with these measures.

    A reading is consulted only where its options differ: each one consulted doubles what ``robust`` tries.
    """
    asked: list[Criterion] = []
    for one in criteria(kind, measures, grades):
        if one.grade == "AB" and one.met is not True:
            return None
        asked.append(one)
    if not asked:  # 互备缺失 is no row of annex 1
        return None
    found = _of_rows(kind, asked, readings)
    if found is None or _barred_by_force_majeure(kind, measures, readings):
        return None
    if measures.responsibility == "provider" or mainly_responsible(measures, readings["main-responsibility"]):
        return found
    return None


def _of_rows(kind: str, asked: list[Criterion], readings: Mapping[str, str]) -> str | None:
    rows = _met(asked, "A"), _met(asked, "B")
    if kind == "outage":
        some = _met(asked, "A", any), _met(asked, "B", any)
        if some != rows and readings["outage-criteria"] == "any":
            rows = some
    of_a, of_b = rows
    if of_a or not of_b:
        return "A" if of_a else None
    over = kind == "outage" and _share_of_a(asked)  # "超过 10% 至 30%"
    return None if over and readings["outage-b-ceiling"] == "thirty-percent" else "B"


def _barred_by_force_majeure(kind: str, measures: Measures, readings: Mapping[str, str]) -> bool:
    if kind not in ("outage", "data_loss"):  # "因不可抗力造成": a contradiction of the text
        return False
    barred = "excluded" if measures.force_majeure is True else "required"
    return readings["force-majeure"] == barred


def mainly_responsible(measures: Measures, reading: str) -> bool:
    """Whether the provider is mainly responsible, by the reading ``main-responsibility``; if not stated, the provider
    is.
    """
    # "重大安全事故 (云服务商主责)"
    stated = measures.responsibility
    if reading == "stated":
        return stated == "provider"
    return stated in (None, "provider") or (stated == "shared" and reading == "unless-other")


class Criterion(NamedTuple):
    """One condition of a row of annex 1 and what was found; ``met`` is None where nothing was stated.

    ``grade`` is "A", "B" or, for what both rows ask, "AB"; ``test`` says how ``stated`` was held against ``required``:
    ``is``, ``from`` (以上, inclusive), ``over`` (超过, exclusive), ``one_of``, or ``weighty``, where ``stated`` is the
    level of protection and 重要业务系统, of which either is enough.
    """

    grade: str
    measure: str
    test: str
    required: Any
    stated: Any
    met: bool | None


def criteria(kind: str, measures: Measures, grades: Grades) -> Iterator[Criterion]:
    """What annex 1 requires of an incident of ``kind``, criteria of both rows first; empty where it has no row for it.
    """
    match kind:
        case "outage" if grades.outage is not None:
            outage = grades.outage
            # "服务中断 云平台整体 … 2 小时以上"
            # A "超过 30% 以上业务系统中断、影响人数 50 万以上、导致 500 万元以上经济损失"
            # B "超过 10% 至 30% 业务系统中断、影响人数 10 万以上、导致 100 万元以上经济损失"
            yield _is("AB", "scope", measures, "platform")
            yield _from("AB", "duration_minutes", measures, outage.minutes)
            yield from _affected("A", measures, outage.a)
            yield from _affected("B", measures, outage.b)
        case "tampering" if grades.tampering is not None:
            # "因云服务商的安全隐患原因造成的系统被恶意篡改事件…未按照应急预案进行处置 … 30 分钟以上"
            # A "在重大或特别重大保障期间 … 被国家级机构或媒体通报、市级领导批示或关注"
            # B "被市级机构或媒体通报、市级领导批示或关注": national attention a fortiori
            yield _from("AB", "duration_minutes", measures, grades.tampering.minutes)
            yield _is("AB", "provider_hazard", measures, True)
            yield _is("AB", "plan_followed", measures, False)
            yield _is("A", "guarantee_period", measures, True)
            yield _one_of("A", "attention", measures, ("national", "municipal_leader"))
            yield _one_of("B", "attention", measures, ("municipal", "municipal_leader", "national"))
        case "data_loss" if grades.data_loss is not None:
            loss = grades.data_loss
            # "核心业务数据 … 丢失超过 1 个月以上的数据,且确认无法恢复"
            # A "等保三级或重要业务系统 … 超过 3 个业务系统"
            # B "1 个业务系统": more of them a fortiori
            yield _is("AB", "core_data", measures, True)
            yield _is("AB", "unrecoverable", measures, True)
            yield _over("AB", "months_lost", measures, loss.months_over)
            yield _over("A", "systems_affected", measures, loss.a.systems_over)
            yield _weighty(measures, loss.a.mlps_level_from)
            yield _from("B", "systems_affected", measures, loss.b.systems_from)
        case "intrusion" if grades.intrusion is not None:
            # "被第三方安全机构通报…未在 24 小时内做有效处置…造成业务系统…被恶意篡改或敏感信息泄露事件"
            # A "等保三级或重要业务系统 … 在重大或特别重大保障期间"
            yield _is("AB", "third_party_notified", measures, True)
            yield _is("AB", "handled_in_time", measures, False)
            yield _is("AB", "tampered_or_leaked", measures, True)
            yield _is("A", "guarantee_period", measures, True)
            yield _weighty(measures, grades.intrusion.a.mlps_level_from)


def _met(asked: Iterable[Criterion], row: str, together: Callable[[Iterable[bool]], bool] = all) -> bool:
    return together(one.met is True for one in asked if one.grade == row)


def _share_of_a(asked: Iterable[Criterion]) -> bool:
    return any(one.met is True for one in asked if one.grade == "A" and one.measure == "systems_share")


def _affected(row: str, measures: Measures, of: OutageGrade) -> Iterator[Criterion]:
    yield _over(row, "systems_share", measures, of.systems_share_over)
    yield _from(row, "people_affected", measures, of.people_from)
    yield _from(row, "economic_loss", measures, of.loss_from)


def _is(row: str, measure: str, measures: Measures, right: object) -> Criterion:
    stated = getattr(measures, measure)
    return Criterion(row, measure, "is", right, stated, None if stated is None else stated == right)


def _from(row: str, measure: str, measures: Measures, least: Any) -> Criterion:  # 以上
    stated = getattr(measures, measure)
    return Criterion(row, measure, "from", least, stated, None if stated is None else stated >= least)


def _over(row: str, measure: str, measures: Measures, limit: Any) -> Criterion:  # 超过
    stated = getattr(measures, measure)
    return Criterion(row, measure, "over", limit, stated, None if stated is None else stated > limit)


def _one_of(row: str, measure: str, measures: Measures, names: tuple[str, ...]) -> Criterion:
    stated = getattr(measures, measure)
    met = None if stated is None else not set(stated).isdisjoint(names)
    return Criterion(row, measure, "one_of", names, stated, met)


def _weighty(measures: Measures, level: int) -> Criterion:  # 等保三级或重要业务系统
    stated = measures.mlps_level, measures.important
    if stated == (None, None):
        return Criterion("A", "weighty", "weighty", level, None, None)
    met = (measures.mlps_level is not None and measures.mlps_level >= level) or measures.important is True
    return Criterion("A", "weighty", "weighty", level, stated, met)
