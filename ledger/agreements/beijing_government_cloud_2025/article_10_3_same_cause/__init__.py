"""第十条(3) 同一事件或原因."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause import rule
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.facts import DamagesAgreed, DamagesSettled
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.state import Settlements
from ledger.domain.clause import Clause

CLAUSE = Clause(
    "article 10.3",
    handles={
        DamagesAgreed: rule.agreed,
        DamagesSettled: rule.settled,
    },
    states=(Settlements,),
    keeps_items=(DamagesAgreed, DamagesSettled),
)
