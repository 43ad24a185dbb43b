"""第四条 乙方权利义务: monitoring reports, on-site duty during major events, tests before a system is moved."""

from __future__ import annotations

from typing import Any

from ledger.agreements.beijing_government_cloud_2025.article_04_operation.facts import (
    MajorEventAnnounced,
    MonitoringReportDelivered,
    MonitoringReportRequested,
    PersonnelAbsent,
    SecurityAssessmentPassed,
    SystemDeployed,
    SystemTestPassed,
)
from ledger.agreements.beijing_government_cloud_2025.article_04_operation.state import Events, Migration
from ledger.domain.fact import Fact, chronological
from ledger.domain.machine import Machine


def monitoring_report_requested(m: Machine, fact: Fact, what: MonitoringReportRequested) -> None:
    # 4(2)2 "按甲方需求定期向甲方提供监控报告"
    due = m.calendar.fixed(what.due_on)
    m.oblige("monitoring-report", what.report, "4.2", "party_b", due, [fact.id], on=fact.day, ends_with="early")


def monitoring_report_delivered(m: Machine, fact: Fact, what: MonitoringReportDelivered) -> None:
    m.settle("monitoring-report:" + what.report, fact)


def major_event_announced(m: Machine, fact: Fact, what: MajorEventAnnounced) -> None:
    # 4(2)4 "重大活动期间，乙方应配合甲方制定预案并提供云平台的现场值守等服务"
    due = m.calendar.fixed(what.to)
    m.oblige(
        "on-site-duty", what.event, "4.2", "party_b", due, [fact.id], on=fact.day, settles_itself=True,
        ends_with="early",
    )  # fmt: skip
    _breach(m, what.event)


def personnel_absent(m: Machine, fact: Fact, what: PersonnelAbsent) -> None:
    if what.count == 0:  # told under rules 2026.1: nobody was absent
        return
    m[Events].absences.setdefault(what.event, []).append(fact)
    _breach(m, what.event)


def _breach(m: Machine, event: str) -> None:
    """Breached from the first absence, also where it was recorded later."""
    absences = m[Events].absences.get(event)
    if absences:
        first = min(absences, key=chronological)
        m.breach("on-site-duty:" + event, first.day, [first.id])


# -- what comes before a system is moved ------------------------------------------------------------


def system_registered(m: Machine, fact: Fact, what: Any) -> None:
    m[Migration].registered.setdefault(what.system, fact)


def system_test_passed(m: Machine, fact: Fact, what: SystemTestPassed) -> None:
    m[Migration].tested.setdefault(what.system, fact)


def security_assessment_passed(m: Machine, fact: Fact, what: SecurityAssessmentPassed) -> None:
    m[Migration].assessed.setdefault(what.system, fact)


def system_deployed(m: Machine, fact: Fact, what: SystemDeployed) -> None:
    m[Migration].deployed.setdefault(what.system, fact)


def judge_deployment(m: Machine, fact: Fact, what: SystemDeployed) -> None:
    # 4(3)2 "所有业务系统在迁移、部署到云平台之前，乙方应进行系统测试，并由安全监管服务商出具安全测评报告"
    if not m[Migration].cleared(what.system):
        m.anomaly("DEPLOYED_UNTESTED", fact)


def trial_run_started(m: Machine, fact: Fact, what: Any) -> None:
    m[Migration].trial_runs.append(fact)


def close(m: Machine) -> None:
    """6(2) "完成系统入云检测和迁移等工作, 并投入试运行": by the end of the day the trial run began."""
    migration = m[Migration]
    if migration.trial_runs:
        if migration.unready:
            for fact in migration.trial_runs:
                m.anomaly("TRIAL_RUN_UNTESTED", fact)
        migration.trial_runs.clear()
