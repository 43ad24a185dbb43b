"""第五条 甲乙双方安全责任边界: the third-party network security review of the platform."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_05_security.facts import SecurityReviewPassed
from ledger.agreements.beijing_government_cloud_2025.article_05_security.state import Security
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.domain.fact import Fact
from ledger.domain.facts.agreement import ContractSigned
from ledger.domain.machine import Machine


def effective(m: Machine, fact: Fact, what: ContractSigned) -> None:
    # 5(2)3 "落实并通过所建设的云平台的第三方网络安全审查"
    life = m[Life]
    if life.effective_on is None or "security-review" in m.duties:
        return
    due = m.calendar.fixed(life.ends_on) if life.ends_on is not None else None
    raised_by = [signature.id for signature in life.signed.values()]
    m.oblige(
        "security-review", None, "5.2", "party_b", due, raised_by, on=life.effective_on, with_term=True,
        ends_with="early",
    )  # fmt: skip
    reviewed = m[Security].reviewed
    if reviewed is not None:
        m.settle("security-review", reviewed)


def security_review_passed(m: Machine, fact: Fact, what: SecurityReviewPassed) -> None:
    if m[Security].reviewed is None:
        m[Security].reviewed = fact
    m.settle("security-review", fact)
