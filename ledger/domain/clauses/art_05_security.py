"""第五条 甲乙双方安全责任边界: the third-party network security review of the platform."""

from __future__ import annotations

from ledger.domain.facts import ContractSigned, Fact, SecurityReviewPassed
from ledger.domain.machine import Machine


def effective(m: Machine, fact: Fact, what: ContractSigned) -> None:
    # 5(2)3 "落实并通过所建设的云平台的第三方网络安全审查"
    if m.life.effective_on is None or "security-review" in m.duties:
        return
    due = m.calendar.fixed(m.life.ends_on) if m.life.ends_on is not None else None
    raised_by = [signature.id for signature in m.life.signed.values()]
    m.oblige("security-review", None, "5.2", "party_b", due, raised_by, on=m.life.effective_on)
    if m.security_review is not None:
        m.settle("security-review", m.security_review)


def security_review_passed(m: Machine, fact: Fact, what: SecurityReviewPassed) -> None:
    if m.security_review is None:
        m.security_review = fact
    m.settle("security-review", fact)
