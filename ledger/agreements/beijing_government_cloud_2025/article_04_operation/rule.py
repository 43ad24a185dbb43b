"""第四条 乙方权利义务: monitoring reports and on-site duty during major events."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_04_operation.facts import (
    MajorEventAnnounced,
    MonitoringReportDelivered,
    MonitoringReportRequested,
    PersonnelAbsent,
)
from ledger.agreements.beijing_government_cloud_2025.article_04_operation.state import Events
from ledger.domain.fact import Fact, chronological
from ledger.domain.machine import Machine


def monitoring_report_requested(m: Machine, fact: Fact, what: MonitoringReportRequested) -> None:
    # 4(2)2 "按甲方需求定期向甲方提供监控报告"
    due = m.calendar.fixed(what.due_on)
    m.oblige("monitoring-report", what.report, "4.2", "party_b", due, [fact.id], on=fact.day)


def monitoring_report_delivered(m: Machine, fact: Fact, what: MonitoringReportDelivered) -> None:
    m.settle("monitoring-report:" + what.report, fact)


def major_event_announced(m: Machine, fact: Fact, what: MajorEventAnnounced) -> None:
    # 4(2)4 "重大活动期间，乙方应配合甲方制定预案并提供云平台的现场值守等服务"
    due = m.calendar.fixed(what.to)
    m.oblige(
        "on-site-duty", what.event, "4.2", "party_b", due, [fact.id], on=fact.day, settles_itself=True
    )
    _breach(m, what.event)


def personnel_absent(m: Machine, fact: Fact, what: PersonnelAbsent) -> None:
    m[Events].absences.setdefault(what.event, []).append(fact)
    _breach(m, what.event)


def _breach(m: Machine, event: str) -> None:
    """Breached from the first absence, also where it was recorded later."""
    absences = m[Events].absences.get(event)
    if absences:
        first = min(absences, key=chronological)
        m.breach("on-site-duty:" + event, first.day, [first.id])
