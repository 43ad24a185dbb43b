"""第四条 乙方权利义务: 运维、云迁移、重大活动."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_04_operation import explain, rule
from ledger.agreements.beijing_government_cloud_2025.article_04_operation.facts import (
    DualActiveRequested,
    MajorEventAnnounced,
    MonitoringReportDelivered,
    MonitoringReportRequested,
    PersonnelAbsent,
    SecurityAssessmentPassed,
    SystemDeployed,
    SystemTestPassed,
)
from ledger.agreements.beijing_government_cloud_2025.article_04_operation.state import Events
from ledger.domain.clause import Clause, Duty

CLAUSE = Clause(
    "article 4",
    handles={
        MonitoringReportRequested: rule.monitoring_report_requested,
        MonitoringReportDelivered: rule.monitoring_report_delivered,
        MajorEventAnnounced: rule.major_event_announced,
        PersonnelAbsent: rule.personnel_absent,
    },
    silent=(SystemTestPassed, SecurityAssessmentPassed, SystemDeployed, DualActiveRequested,),
    states=(Events,),
    duties={"on-site-duty": Duty(after=explain.absences)},
)
