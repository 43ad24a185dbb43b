"""北京市级政务云服务协议（2025 年版）: the agreement, its clauses in the order in which they take a fact."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ledger.agreements.beijing_government_cloud_2025 import SLUG
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import clause as annex_1
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.grouping import counted_until, grouped
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.section import INCIDENTS
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages import clause as annex_2
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.answer import found, set_off
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.facts import (
    AssessmentRecorded,
    ServiceLevelReported,
    SystemRegistered,
)
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.section import DAMAGES
from ledger.agreements.beijing_government_cloud_2025.annex_4_order import clause as annex_4
from ledger.agreements.beijing_government_cloud_2025.article_04_operation import clause as article_4
from ledger.agreements.beijing_government_cloud_2025.article_05_security import clause as article_5
from ledger.agreements.beijing_government_cloud_2025.article_06_quality import clause as article_6
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.facts import (
    AvailabilityReported,
    TrialRunStarted,
)
from ledger.agreements.beijing_government_cloud_2025.article_07_confidentiality import clause as article_7
from ledger.agreements.beijing_government_cloud_2025.article_09_payment import clause as article_9
from ledger.agreements.beijing_government_cloud_2025.article_09_payment.answer import BALANCE
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause import clause as article_10_3
from ledger.agreements.beijing_government_cloud_2025.article_10_termination import clause as article_10
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.declared import Graded
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.facts import StaffingReported
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.section import TERMINATION
from ledger.agreements.beijing_government_cloud_2025.article_11_exit import clause as article_11
from ledger.agreements.beijing_government_cloud_2025.article_11_exit.answer import EXIT
from ledger.agreements.beijing_government_cloud_2025.article_13_term import clause as article_13
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
        article_13.clause(
            monthly=(AvailabilityReported, ServiceLevelReported, AssessmentRecorded, StaffingReported)
        ),  # first: the others look at signatures, lease and end
        article_4.clause(SystemRegistered, TrialRunStarted),
        article_5.CLAUSE,
        article_6.CLAUSE,
        article_7.CLAUSE,
        article_9.clause(set_off),
        article_10.clause(Graded(grouped, counted_until)),
        article_10_3.clause(found, grouped),
        article_11.CLAUSE,
        annex_1.CLAUSE,
        annex_2.CLAUSE,
        annex_4.CLAUSE,
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
