"""第九条 移交."""

from __future__ import annotations

from ledger.agreements.it_operations_maintenance.article_09_handover import rule
from ledger.agreements.it_operations_maintenance.article_09_handover.facts import HandoverCompleted
from ledger.domain.clause import Clause, Duty

CLAUSE = Clause(
    "article 9", handles={HandoverCompleted: rule.completed}, closes=rule.close,
    duties={"hand-over": Duty(within="handover.within_days")},
)
