"""第十三条 合同期限及解除条款; 第十四条 变更."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_13_term import answer, explain, rule
from ledger.agreements.beijing_government_cloud_2025.article_13_term.facts import (
    ContractSigned,
    DataDisposed,
    LeaseStarted,
    ProposalAccepted,
    ProposalRejected,
    RenewalProposed,
    TerminationProposed,
)
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.domain.clause import Anomalous, Clause
from ledger.domain.facts.agreement import AmendmentAgreed, ReadingAgreed
from ledger.domain.facts.record import FactAcknowledged
from ledger.domain.law import arrival

CLAUSE = Clause(
    "article 13",
    handles={
        ContractSigned: rule.signed,
        LeaseStarted: rule.lease_started,
        AmendmentAgreed: rule.amended,
        ReadingAgreed: rule.reading_agreed,
        RenewalProposed: rule.renewal_proposed,
        TerminationProposed: rule.termination_proposed,
        ProposalAccepted: rule.proposal_accepted,
        ProposalRejected: rule.proposal_rejected,
        FactAcknowledged: arrival.acknowledged,
    },
    silent=(DataDisposed,),
    states=(Life, arrival.Served),
    anomalies={"NOTICE_TOO_SHORT": Anomalous(("13.2",), explain.notice_too_short)},
    feed=answer.feed,
)
