"""第十条 抵扣的主张、变更与争议: credits are claimed in writing."""

from __future__ import annotations

from ledger.agreements.it_operations_maintenance.article_07_cap.state import Items
from ledger.agreements.it_operations_maintenance.article_10_claims_and_changes.facts import CreditsClaimed
from ledger.domain.fact import Fact
from ledger.domain.facts.settlement import NoticeServed
from ledger.domain.law.arrival import names
from ledger.domain.machine import Machine


def credits_claimed(m: Machine, fact: Fact, what: CreditsClaimed) -> None:
    # 10.1 "书面主张第三条约定的抵扣"
    book = m[Items]
    for id_ in what.items:
        book.claims.setdefault(id_, []).append(fact)
    for name in names(fact):
        book.named.setdefault(name, []).append(fact)
    book.again.update(what.items)
    m.touched.add("damages")


def notice_served(m: Machine, fact: Fact, what: NoticeServed) -> None:
    """A claim may arrive later than it was made."""
    for claim in m[Items].named.get(what.about, ()):
        m[Items].again.update(claim.what.items)
    m.touched.add("damages")
