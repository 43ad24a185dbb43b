"""信息系统运行维护服务合同（示例文本）: the agreement, its clauses in the order in which they take a fact."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ledger.agreements.it_operations_maintenance import (
    SLUG,
    article_01_term,
    article_02_payment,
    article_03_service_levels,
    article_04_assessment,
    article_05_delay,
    article_06_bond,
    article_07_cap,
    article_08_termination,
    article_09_handover,
    article_10_claims_and_changes,
)
from ledger.agreements.it_operations_maintenance.article_01_term.answer import PHASE, TERM
from ledger.agreements.it_operations_maintenance.article_01_term.rule import terminate
from ledger.agreements.it_operations_maintenance.article_02_payment.answer import BALANCE
from ledger.agreements.it_operations_maintenance.article_03_service_levels.answer import SERVICE
from ledger.agreements.it_operations_maintenance.article_06_bond.answer import BOND
from ledger.agreements.it_operations_maintenance.article_07_cap.answer import DAMAGES
from ledger.agreements.it_operations_maintenance.article_07_cap.counting import set_off, unsettled
from ledger.agreements.it_operations_maintenance.article_08_termination.answer import TERMINATION
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
        article_01_term.CLAUSE,  # first: the others look at signatures and the service period
        article_03_service_levels.CLAUSE,
        article_04_assessment.CLAUSE,
        article_06_bond.clause(unsettled),
        article_02_payment.clause(set_off),  # after what its invoices wait for
        article_05_delay.CLAUSE,
        article_07_cap.CLAUSE,
        article_10_claims_and_changes.CLAUSE,
        article_08_termination.clause(terminate),
        article_09_handover.CLAUSE,
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
