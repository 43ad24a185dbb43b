"""第五条 迟延."""

from __future__ import annotations

from ledger.agreements.it_operations_maintenance.article_02_payment.facts import StageAccepted
from ledger.agreements.it_operations_maintenance.article_05_delay import explain, rule
from ledger.agreements.it_operations_maintenance.article_05_delay.said import SAID
from ledger.domain.clause import Clause, Duty
from ledger.domain.facts.agreement import AmendmentAgreed, ContractSigned
from ledger.messages import declare

declare(SAID)

CLAUSE = Clause(
    "article 5",
    handles={ContractSigned: rule.effective, AmendmentAgreed: rule.effective, StageAccepted: rule.stage_accepted},
    duties={"accept": Duty(source=explain.source)},
)
