"""The rows that notices raise: assessments failed month after month, scale-outs not completed."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.facts import (
    AssessmentRecorded,
    ScaleOutRequested,
)
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import Item, Measured, Origin
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.made import make
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.state import Reports
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.state import Grounds, RectificationNotice
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.terms import TERMS
from ledger.domain.fact import ADMINISTRATOR, Fact, chronological
from ledger.domain.law.arrival import services
from ledger.domain.machine import ONE_DAY, Machine


def _past(notice: RectificationNotice) -> Measured:
    return Measured("deadline_passed", "past", notice.deadline, notice.unheeded_on, True, (notice.fact.id,))


def of_failed_assessments(m: Machine, name: str) -> Iterator[Item]:
    # 附件3 第3行 "如乙方连续 3 次未能通过考核, 经限期整改后仍不能达到甲方要求的"
    notice = m[Grounds].notices[name]
    if notice.about != "assessment" or notice.unheeded_on is None or not notice.leaves_a_period:
        return
    for annex, row in TERMS.on(m, notice.fact.day).damages.by_rule.get("failed-assessments", ()):
        for system, months in m[Reports].assessed.items():
            run = _run_before(m, months, row.count or 0, notice.fact)
            if run:
                failed = Measured("failed_in_a_row", "from", row.count, len(run), True, tuple(one.id for one in run))
                because = sorted([*run, *notice.told_by], key=chronological)
                suffix = f":{system}" if system is not None else ""
                yield make(
                    m, annex, row, notice.fact, system, [], because, [failed, _past(notice)], suffix=suffix,
                    unheeded_on=notice.unheeded_on,
                )  # fmt: skip


def _run_before(m: Machine, months: dict[int, Fact], count: int, notice: Fact) -> list[Fact]:
    """The first ``count`` consecutive failed months of the operating period all reported before the notice."""
    before = {
        month: fact for month, fact in months.items()
        if not _assessed(fact).passed and chronological(fact) < chronological(notice)
        and m[Life].operating_month(_assessed(fact).month)
    }  # fmt: skip
    for month in sorted(before):
        if all(month + step in before for step in range(count)):
            return [before[month + step] for step in range(count)]
    return []


def _assessed(fact: Fact) -> AssessmentRecorded:
    assert isinstance(fact.what, AssessmentRecorded)
    return fact.what


def of_late_scale_out(m: Machine, name: str) -> Iterator[Item]:
    notice = m[Grounds].notices[name]
    asked = m[Reports].scale_outs_named.get(notice.about or "")
    if asked is None or notice.fact.actor != ADMINISTRATOR:
        return
    # 附件3 第4行 "且经管理单位书面通知仍未能限期满足甲方需求的": 仍, after the seven days; 限期, with a period
    if notice.arrived_on <= asked.due or not notice.leaves_a_period:
        return
    request = asked.fact.what
    assert isinstance(request, ScaleOutRequested)
    late_on = notice.deadline + ONE_DAY
    if late_on > m.day or (asked.completed is not None and asked.completed.day < late_on):
        return
    duties = (m.duties.get(f"scale-out:{request.request}"), m.duties.get(f"rectify:{notice.id}"))
    if any(duty is not None and duty.discharged_on is not None for duty in duties):
        return
    measured = [
        Measured("scale_out_due", "past", asked.due, late_on, True, (asked.fact.id,)),
        Measured("deadline_passed", "past", notice.deadline, late_on, True, (notice.fact.id,)),
    ]
    arrival = services(m, notice.fact)[:1] if notice.arrived_on > notice.fact.day else []
    because = sorted([asked.fact, *notice.told_by, *arrival], key=chronological)
    for annex, row in TERMS.on(m, notice.fact.day).damages.by_rule.get("late-scale-out", ()):
        origins: list[Origin] = [("scale-out", request.request)]
        yield make(m, annex, row, notice.fact, request.system, origins, because, measured, unheeded_on=late_on)
