"""第十条 抵扣的主张、变更与争议."""

from __future__ import annotations

from ledger.agreements.it_operations_maintenance.article_07_cap.explain import claimed_late
from ledger.agreements.it_operations_maintenance.article_10_claims_and_changes import rule
from ledger.agreements.it_operations_maintenance.article_10_claims_and_changes.facts import CreditsClaimed
from ledger.domain.clause import Anomalous, Clause, no_items
from ledger.domain.facts.settlement import NoticeServed

CLAUSE = Clause(
    "article 10",
    handles={CreditsClaimed: rule.credits_claimed, NoticeServed: rule.notice_served},
    anomalies={"CREDIT_CLAIMED_LATE": Anomalous(("10.1",), claimed_late)},
    adds_items={CreditsClaimed: no_items},
)
