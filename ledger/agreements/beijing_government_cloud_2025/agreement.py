"""北京市级政务云服务协议（2025 年版）: the agreement, its clauses in the order in which they take a fact."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ledger.agreements.beijing_government_cloud_2025 import (
    SLUG,
    annex_1_grades,
    annex_2_3_damages,
    annex_4_order,
    article_04_operation,
    article_05_security,
    article_06_quality,
    article_07_confidentiality,
    article_09_payment,
    article_10_3_same_cause,
    article_10_termination,
    article_11_exit,
    article_13_term,
)
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.answer import INCIDENTS
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.grouping import counted_until, grouped
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.answer import DAMAGES, found, set_off
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.facts import (
    AssessmentRecorded,
    ServiceLevelReported,
    SystemRegistered,
)
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.facts import (
    AvailabilityReported,
    TrialRunStarted,
)
from ledger.agreements.beijing_government_cloud_2025.article_09_payment.answer import BALANCE
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.answer import TERMINATION
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.declared import Graded
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.facts import StaffingReported
from ledger.agreements.beijing_government_cloud_2025.article_11_exit.answer import EXIT
from ledger.agreements.beijing_government_cloud_2025.article_13_term.answer import PHASE, TERM
from ledger.agreements.beijing_government_cloud_2025.readings import READINGS
from ledger.agreements.beijing_government_cloud_2025.terms import TERMS
from ledger.agreements.words import read_words
from ledger.domain.template import Template
from ledger.explanation.sections import ANOMALIES, CLAIMS, CONTESTED, OBLIGATIONS, POSITIONS, limitation_with

LIMITATION = limitation_with("balance", "damages")
AGREEMENT = Template(
    SLUG,
    __package__,
    zh="北京市级政务云服务协议（2025 年版）",
    en="Beijing municipal government cloud service agreement (2025)",
    terms=TERMS,
    readings=READINGS,
    words=partial(read_words, Path(__file__).parent),
    words_of="CU12-1101-2025-018605",
    clauses=(
        article_13_term.clause(
            monthly=(AvailabilityReported, ServiceLevelReported, AssessmentRecorded, StaffingReported)
        ),  # first: the others look at signatures, lease and end
        article_04_operation.clause(SystemRegistered, TrialRunStarted),
        article_05_security.CLAUSE,
        article_06_quality.CLAUSE,
        article_07_confidentiality.CLAUSE,
        article_09_payment.clause(set_off),
        article_10_termination.clause(Graded(grouped, counted_until)),
        article_10_3_same_cause.clause(found, grouped),
        article_11_exit.CLAUSE,
        annex_1_grades.CLAUSE,
        annex_2_3_damages.CLAUSE,
        annex_4_order.CLAUSE,
    ),
    sections=(
        PHASE, TERM, BALANCE, OBLIGATIONS, INCIDENTS, TERMINATION, EXIT, DAMAGES, ANOMALIES, CONTESTED,
        CLAIMS, POSITIONS, LIMITATION,
    ),
    foremost="termination.allowed",
    general={
        "obligations": ("13.1",), "contested": ("12.1",), "readings": ("14.2",), "balance": ("9.1",),
        "settlement": ("13.2",),
    },
    articles={
        "InvoiceIssued": "9.1", "InvoiceVoided": "9.1", "PaymentMade": "9.1", "PaymentReturned": "9.1",
        "DamagesAgreed": "10.3", "DamagesSettled": "annex 2", "DisputeResolved": "12.2", "ContractSigned": "13.1",
        "SettlementAgreed": "13.2", "NoticeServed": "13.2", "AmendmentAgreed": "14.2", "ReadingAgreed": "14.2",
        "FactCorrected": "14.2", "FactRetracted": "14.2", "FactAcknowledged": "14.2", "ContractRegistered": "14.4",
        "DocumentAttached": "14.4",
    },
)
