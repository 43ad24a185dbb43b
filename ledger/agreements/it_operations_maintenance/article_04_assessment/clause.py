"""第四条 考核."""

from __future__ import annotations

from ledger.agreements.it_operations_maintenance.article_02_payment.facts import StageAccepted
from ledger.agreements.it_operations_maintenance.article_04_assessment import explain, rule
from ledger.agreements.it_operations_maintenance.article_04_assessment.facts import QuarterAssessed
from ledger.agreements.it_operations_maintenance.article_04_assessment.said import SAID
from ledger.agreements.it_operations_maintenance.article_04_assessment.state import Scores
from ledger.domain.clause import Anomalous, Clause
from ledger.messages import declare

declare(SAID)

CLAUSE = Clause(
    "article 4",
    handles={QuarterAssessed: rule.quarter_assessed, StageAccepted: rule.stage_accepted},
    states=(Scores,),
    anomalies={"QUARTER_OUTSIDE_SERVICE": Anomalous(("4.1", "1.2"), explain.outside)},
)
