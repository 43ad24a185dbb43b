"""第十三条 合同期限及解除条款; 第十四条 变更."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_13_term import answer, explain, rule
from ledger.agreements.beijing_government_cloud_2025.article_13_term.facts import (
    BillingStarted,
    DataDisposed,
    LeaseStarted,
    ProposalAccepted,
    ProposalRejected,
    RenewalProposed,
    TerminationProposed,
)
from ledger.agreements.beijing_government_cloud_2025.article_13_term.said import SAID
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life, Months
from ledger.domain.clause import Anomalous, Clause
from ledger.domain.facts.agreement import AmendmentAgreed, ContractSigned, ReadingAgreed
from ledger.domain.facts.dispute import JudgmentEntered
from ledger.messages import declare

declare(SAID)


def clause(monthly: tuple[type, ...]) -> Clause:
    """``monthly`` are the facts that tell of a month: one that was no part of the operation is an anomaly (4.2)."""
    return Clause(
        "article 13",
        handles={
            ContractSigned: rule.signed,
            LeaseStarted: rule.service_started,
            BillingStarted: rule.service_started,
            AmendmentAgreed: rule.amended,
            ReadingAgreed: rule.amended,
            RenewalProposed: rule.renewal_proposed,
            TerminationProposed: rule.termination_proposed,
            ProposalAccepted: rule.proposal_accepted,
            ProposalRejected: rule.proposal_rejected,
            JudgmentEntered: rule.judgment_entered,
            **dict.fromkeys(monthly, rule.month_told),
        },
        at_close={DataDisposed: rule.data_disposed},
        states=(Life, Months),
        closes=rule.close,
        anomalies={
            "NOTICE_TOO_SHORT": Anomalous(("13.2",), explain.notice_too_short),
            "SIGNATURE_MISSING": Anomalous(("13.1",), explain.signature_missing),
            "DATA_DESTROYED_EARLY": Anomalous(("13.2",), explain.destroyed_early),
            "MONTH_OUTSIDE_OPERATION": Anomalous(("10.4",), explain.month_outside),
        },
        feed=answer.feed,
    )
