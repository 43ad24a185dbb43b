"""第九条 支付条款."""

from __future__ import annotations

from functools import partial

from ledger.agreements.beijing_government_cloud_2025.article_09_payment import debts, explain, rule
from ledger.agreements.beijing_government_cloud_2025.article_09_payment.facts import (
    InvoiceIssued,
    InvoiceVoided,
    PaymentMade,
    PaymentReturned,
    ResourcesDeployed,
    StageReviewFailed,
    StageReviewPassed,
)
from ledger.agreements.beijing_government_cloud_2025.article_09_payment.state import Payments
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.facts import DamagesSettled
from ledger.agreements.beijing_government_cloud_2025.article_13_term.facts import ContractSigned
from ledger.domain.clause import Anomalous, Clause, Duty
from ledger.domain.facts.agreement import AmendmentAgreed, ReadingAgreed
from ledger.domain.facts.dispute import JudgmentEntered
from ledger.domain.facts.settlement import SettlementAgreed


def clause(settle: rule.Settle) -> Clause:
    """``settle`` sets off at most so much on the damages a fact names, and says how much."""
    return Clause(
        "article 9",
        handles={
            ContractSigned: rule.effective,
            AmendmentAgreed: rule.effective,
            ReadingAgreed: rule.effective,
            StageReviewPassed: rule.stage_review_passed,
            ResourcesDeployed: rule.resources_deployed,
            InvoiceIssued: rule.invoice_issued,
            InvoiceVoided: rule.invoice_voided,
            PaymentMade: rule.payment_made,
            PaymentReturned: rule.payment_returned,
            DamagesSettled: partial(rule.damages_settled, settle=settle),
            SettlementAgreed: rule.settlement_agreed,
            JudgmentEntered: rule.judgment_entered,
        },
        silent=(StageReviewFailed,),
        states=(Payments, debts.DebtsTold),
        closes=rule.close,
        duties={
            "pay-invoice": Duty(
                before=explain.invoice, after=explain.payments, within="payment.pay_within_working_days"
            ),
            "deployment": Duty(source=explain.source),
            "stage-review": Duty(source=explain.source),
            "settlement": Duty(after=explain.debt),
        },
        anomalies={
            code: Anomalous(clauses, partial(explain.faulty, code=code))
            for code, clauses in {
                "INVOICE_TAX_RATE": ("9.2",),
                "INVOICE_EXCEEDS_INSTALMENT": ("9.1", "9.2"),
                "INVOICE_BEFORE_EFFECTIVE": ("9.1", "13.1"),
                "INVOICE_BEFORE_DEPLOYMENT": ("9.1",),
                "INVOICE_BEFORE_STAGE_REVIEW": ("9.1",),
                "INVOICE_AFTER_END": ("9.1", "13.2"),
            }.items()
        }
        | {
            "PAYMENT_EXCEEDS_INVOICE": Anomalous(("9.1",), explain.paid_too_much),
            "PAYMENT_BEFORE_INVOICE": Anomalous(("9.1",), explain.paid_early),
        },
        debts=debts.debts,
    )
