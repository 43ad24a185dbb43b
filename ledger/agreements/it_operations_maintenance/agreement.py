"""信息系统运行维护服务合同（示例文本）: the agreement, its clauses in the order in which they take a fact."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ledger.agreements.it_operations_maintenance import SLUG
from ledger.agreements.it_operations_maintenance.article_01_term import clause as article_1
from ledger.agreements.it_operations_maintenance.article_01_term.answer import PHASE, TERM
from ledger.agreements.it_operations_maintenance.article_01_term.rule import terminate
from ledger.agreements.it_operations_maintenance.article_02_payment import clause as article_2
from ledger.agreements.it_operations_maintenance.article_02_payment.answer import BALANCE
from ledger.agreements.it_operations_maintenance.article_03_service_levels import clause as article_3
from ledger.agreements.it_operations_maintenance.article_03_service_levels.answer import SERVICE
from ledger.agreements.it_operations_maintenance.article_04_assessment import clause as article_4
from ledger.agreements.it_operations_maintenance.article_05_delay import clause as article_5
from ledger.agreements.it_operations_maintenance.article_06_bond import clause as article_6
from ledger.agreements.it_operations_maintenance.article_06_bond.answer import BOND
from ledger.agreements.it_operations_maintenance.article_07_cap import clause as article_7
from ledger.agreements.it_operations_maintenance.article_07_cap.answer import DAMAGES
from ledger.agreements.it_operations_maintenance.article_07_cap.counting import set_off, unsettled
from ledger.agreements.it_operations_maintenance.article_08_termination import clause as article_8
from ledger.agreements.it_operations_maintenance.article_08_termination.section import TERMINATION
from ledger.agreements.it_operations_maintenance.article_09_handover import clause as article_9
from ledger.agreements.it_operations_maintenance.article_10_claims_and_changes import clause as article_10
from ledger.agreements.it_operations_maintenance.readings import READINGS
from ledger.agreements.it_operations_maintenance.said import SAID
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.agreements.words import read_words
from ledger.domain.template import Template
from ledger.explanation.sections import ANOMALIES, CLAIMS, CONTESTED, OBLIGATIONS, POSITIONS, limitation_with
from ledger.messages import declare

declare(SAID)
AGREEMENT = Template(
    SLUG,
    __package__,
    zh="信息系统运行维护服务合同（示例文本）",
    en="Operation and maintenance of information systems (an illustrative text)",
    terms=TERMS,
    readings=READINGS,
    words=partial(read_words, Path(__file__).parent),
    words_of="OPS-2025-001",
    clauses=(
        article_1.CLAUSE,  # first: the others look at signatures and the service period
        article_3.CLAUSE,
        article_4.CLAUSE,
        article_6.clause(unsettled),
        article_2.clause(set_off),  # after what its invoices wait for
        article_5.CLAUSE,
        article_7.CLAUSE,
        article_10.CLAUSE,
        article_8.clause(terminate),
        article_9.CLAUSE,
    ),
    sections=(
        PHASE, TERM, BALANCE, OBLIGATIONS, SERVICE, TERMINATION, DAMAGES, BOND, ANOMALIES, CONTESTED, CLAIMS,
        POSITIONS, limitation_with("balance", "damages", "bond"),
    ),
    foremost="balance.outstanding",
    general={
        "obligations": ("1.1",), "contested": ("10.2",), "readings": ("10.2",), "balance": ("2.3",),
        "settlement": ("10.2",),
    },
    articles={
        "ContractSigned": "1.1", "InvoiceIssued": "2.3", "InvoiceVoided": "2.3", "PaymentMade": "2.3",
        "PaymentReturned": "2.3", "DamagesAgreed": "7.1", "DamagesSettled": "7.1",
    },
)  # fmt: skip
