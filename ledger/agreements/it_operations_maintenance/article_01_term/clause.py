"""第一条 合同生效与服务期."""

from __future__ import annotations

from ledger.agreements.it_operations_maintenance.article_01_term import answer, rule
from ledger.agreements.it_operations_maintenance.article_01_term.said import SAID
from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_02_payment.facts import StageAccepted
from ledger.domain.clause import Clause
from ledger.domain.facts.agreement import AmendmentAgreed, ContractSigned
from ledger.messages import declare

declare(SAID)

CLAUSE = Clause(
    "article 1",
    handles={
        ContractSigned: rule.signed,
        AmendmentAgreed: rule.amended,
        StageAccepted: rule.stage_accepted,
    },
    states=(ServiceLife,),
    begins=rule.set_term,
    feed=answer.feed,
)
