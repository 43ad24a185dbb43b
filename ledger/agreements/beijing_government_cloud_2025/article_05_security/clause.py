"""第五条 甲乙双方安全责任边界."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_05_security import rule
from ledger.agreements.beijing_government_cloud_2025.article_05_security.facts import SecurityReviewPassed
from ledger.agreements.beijing_government_cloud_2025.article_05_security.said import SAID
from ledger.agreements.beijing_government_cloud_2025.article_05_security.state import Security
from ledger.agreements.beijing_government_cloud_2025.article_13_term.explain import source, term_end
from ledger.domain.clause import Clause, Duty
from ledger.domain.facts.agreement import ContractSigned
from ledger.messages import declare

declare(SAID)

CLAUSE = Clause(
    "article 5",
    handles={
        ContractSigned: rule.effective,
        SecurityReviewPassed: rule.security_review_passed,
    },
    states=(Security,),
    duties={"security-review": Duty(before=term_end, source=source)},
)
