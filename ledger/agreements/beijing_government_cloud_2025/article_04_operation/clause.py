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
from ledger.agreements.beijing_government_cloud_2025.article_04_operation.said import SAID
from ledger.agreements.beijing_government_cloud_2025.article_04_operation.state import Events, Migration
from ledger.domain.clause import Anomalous, Clause, Duty
from ledger.messages import declare

declare(SAID)


def clause(registered: type, trial_run: type) -> Clause:
    """``registered`` names a system, ``trial_run`` is when all of them have to be ready."""
    return Clause(
        "article 4",
        handles={
            MonitoringReportRequested: rule.monitoring_report_requested,
            MonitoringReportDelivered: rule.monitoring_report_delivered,
            MajorEventAnnounced: rule.major_event_announced,
            PersonnelAbsent: rule.personnel_absent,
            registered: rule.system_registered,
            SystemTestPassed: rule.system_test_passed,
            SecurityAssessmentPassed: rule.security_assessment_passed,
            SystemDeployed: rule.system_deployed,
            trial_run: rule.trial_run_started,
        },
        at_close={SystemDeployed: rule.judge_deployment},
        silent=(DualActiveRequested,),
        states=(Events, Migration),
        closes=rule.close,
        duties={"on-site-duty": Duty(after=explain.absences)},
        anomalies={
            "DEPLOYED_UNTESTED": Anomalous(("4.3",), explain.deployed_untested),
            "TRIAL_RUN_UNTESTED": Anomalous(("6.2", "4.3"), explain.trial_run_untested),
        },
    )
