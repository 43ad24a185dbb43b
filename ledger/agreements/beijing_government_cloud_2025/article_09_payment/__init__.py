"""第九条 支付条款."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_09_payment import rule
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
from ledger.agreements.beijing_government_cloud_2025.article_13_term.facts import ContractSigned
from ledger.domain.clause import Clause
from ledger.domain.facts.agreement import AmendmentAgreed

CLAUSE = Clause(
    "article 9",
    handles={
        ContractSigned: rule.effective,
        AmendmentAgreed: rule.effective,
        StageReviewPassed: rule.stage_review_passed,
        ResourcesDeployed: rule.resources_deployed,
        InvoiceIssued: rule.invoice_issued,
        InvoiceVoided: rule.invoice_voided,
        PaymentMade: rule.payment_made,
        PaymentReturned: rule.payment_returned,
    },
    silent=(StageReviewFailed,),
    states=(Payments,),
)
