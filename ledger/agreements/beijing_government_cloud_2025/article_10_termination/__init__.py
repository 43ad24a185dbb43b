"""第十条 违约责任及协议解除."""

from __future__ import annotations

from functools import partial

from ledger.agreements.beijing_government_cloud_2025.article_10_termination import answer, explain, rule
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.facts import (
    DualActiveRefused,
    RectificationCompleted,
    RectificationNoticeIssued,
    RectificationRejected,
    StaffingReported,
    TerminationDeclared,
)
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.state import Grounds
from ledger.domain.clause import Anomalous, Clause, Duty


def clause(groups: rule.Groups) -> Clause:
    """``groups`` gives the incidents that are one by 10.3 and of which some are graded (annex 1)."""
    return Clause(
        "article 10",
        handles={
            RectificationNoticeIssued: rule.notice_issued,
            RectificationCompleted: rule.rectification_completed,
            RectificationRejected: rule.rectification_rejected,
            StaffingReported: rule.staffing_reported,
            DualActiveRefused: rule.dual_active_refused,
        },
        at_close={TerminationDeclared: partial(rule.declared, groups=groups)},
        states=(Grounds,),
        settles=partial(rule.settle_grounds, groups=groups),
        duties={"rectify": Duty(after=explain.notice)},
        anomalies={"TERMINATION_WITHOUT_GROUND": Anomalous(("10.1", "10.2", "10.4"), explain.in_vain)},
        feed=answer.feed,
    )
