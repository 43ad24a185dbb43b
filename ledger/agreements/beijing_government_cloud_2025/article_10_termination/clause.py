"""第十条 违约责任及协议解除."""

from __future__ import annotations

from functools import partial

from ledger.agreements.beijing_government_cloud_2025.article_10_termination import (
    answer,
    declared,
    explain,
    explain_declared,
    rule,
)
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.facts import (
    DualActiveRefused,
    RectificationCompleted,
    RectificationNoticeIssued,
    RectificationRejected,
    StaffingReported,
    TerminationDeclared,
)
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.said import SAID
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.state import Grounds
from ledger.domain.clause import Anomalous, Clause, Duty
from ledger.domain.facts.record import FactAcknowledged
from ledger.domain.facts.settlement import NoticeServed
from ledger.messages import declare

declare(SAID)


def clause(graded: declared.Graded) -> Clause:
    """``graded`` gives the incidents that are one by 10.3 and how they count (annex 1)."""
    return Clause(
        "article 10",
        handles={
            RectificationNoticeIssued: rule.notice_issued,
            RectificationCompleted: rule.rectification_completed,
            RectificationRejected: rule.rectification_rejected,
            StaffingReported: rule.staffing_reported,
            DualActiveRefused: rule.dual_active_refused,
            NoticeServed: declared.served,
            FactAcknowledged: declared.acknowledged,
        },
        at_close={TerminationDeclared: declared.declared},
        states=(Grounds,),
        settles=partial(rule.settle_grounds, groups=graded.grouped),
        closes=partial(declared.judge, graded=graded),
        duties={"rectify": Duty(after=explain.notice)},
        anomalies={
            "TERMINATION_WITHOUT_GROUND": Anomalous(("10.1", "10.2", "10.4"), explain_declared.told),
            "TERMINATION_CLAUSE_MISNAMED": Anomalous(("10.1", "10.2", "10.4"), explain_declared.told),
            "NOTICE_WITHOUT_PERIOD": Anomalous(("10.4",), explain.without_period),
            "NOTICE_GROUND_UNKNOWN": Anomalous(("10.4",), explain.ground_unknown),
        },
        feed=answer.feed,
    )
