"""附件2 重大违约行为, 附件3 一般违约行为."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages import answer, debts, explain, rule
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.facts import (
    AssessmentRecorded,
    ComplaintFiled,
    OnSiteAbsenceRecorded,
    ScaleOutCompleted,
    ScaleOutRequested,
    ServiceLevelReported,
    SystemRegistered,
)
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.said import SAID
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.state import Raised, Reports
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.facts import AvailabilityReported
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.facts import (
    RectificationNoticeIssued,
    RectificationRejected,
)
from ledger.domain.clause import Anomalous, Clause, Duty
from ledger.domain.facts.settlement import NoticeServed
from ledger.messages import declare

declare(SAID)

CLAUSE = Clause(
    "annexes 2 and 3",
    handles={
        SystemRegistered: rule.system_registered,
        ServiceLevelReported: rule.service_level_reported,
        OnSiteAbsenceRecorded: rule.on_site_absence_recorded,
        AssessmentRecorded: rule.assessment_recorded,
        ComplaintFiled: rule.complaint_filed,
        ScaleOutRequested: rule.scale_out_requested,
        ScaleOutCompleted: rule.scale_out_completed,
        AvailabilityReported: rule.availability_reported,
        RectificationNoticeIssued: rule.notice_issued,
        NoticeServed: rule.notice_served,
        RectificationRejected: rule.notice_rejected,
    },
    states=(Reports, Raised, debts.Owed),
    duties={"scale-out": Duty(within="periods.scale_out_days")},
    anomalies={"NO_SYSTEM_FEE": Anomalous(("annex 3",), explain.no_fee)},
    found=answer.without_fee,
    items=answer.item_ids,
    debts=debts.debts,
)
