"""第十二条 争议解决."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_12_disputes.facts import (
    DisputeOpened,
    DisputeResolved,
    LawsuitFiled,
)
from ledger.domain.clause import Clause

CLAUSE = Clause("article 12", silent=(DisputeOpened, LawsuitFiled, DisputeResolved))
