"""第九条 支付条款."""

from __future__ import annotations

from functools import partial

from ledger.agreements.beijing_government_cloud_2025.article_06_quality.facts import (
    AcceptancePassed,
    AcceptanceRequested,
)
from ledger.agreements.beijing_government_cloud_2025.article_09_payment import drafts, explain, rule
from ledger.agreements.beijing_government_cloud_2025.article_09_payment.facts import (
    ResourcesDeployed,
    StageReviewFailed,
    StageReviewPassed,
)
from ledger.agreements.beijing_government_cloud_2025.article_09_payment.said import SAID
from ledger.agreements.beijing_government_cloud_2025.article_09_payment.state import Stages
from ledger.domain.clause import Anomalous, Clause, Duty
from ledger.domain.facts.agreement import AmendmentAgreed, ContractSigned, ReadingAgreed
from ledger.domain.feeds import ElectronicInvoice
from ledger.domain.payments.drafts import invoices
from ledger.domain.payments.rule import Invoicing, Settle, close, handlers
from ledger.domain.payments.state import Payments
from ledger.explanation.balance import anomalies
from ledger.explanation.balance.explain import payments
from ledger.messages import declare

declare(SAID)


def clause(settle: Settle) -> Clause:
    """``settle`` sets off at most so much on the damages a fact names, and says how much."""
    invoicing = Invoicing(rule.faults, rule.ripens, rule.due_on, rule.last_day, settle)
    return Clause(
        "article 9",
        handles={
            ContractSigned: partial(rule.effective, by=invoicing),
            AmendmentAgreed: partial(rule.effective, by=invoicing),
            ReadingAgreed: partial(rule.effective, by=invoicing),
            StageReviewPassed: partial(rule.stage_review_passed, by=invoicing),
            ResourcesDeployed: partial(rule.resources_deployed, by=invoicing),
            AcceptanceRequested: rule.acceptance_requested,
            AcceptancePassed: partial(rule.acceptance_passed, by=invoicing),
            **handlers(invoicing),
        },
        silent=(StageReviewFailed,),
        states=(Stages, Payments),
        closes=partial(close, by=invoicing),
        duties={
            "pay-invoice": Duty(
                before=explain.invoice, after=payments, within="payment.pay_within_working_days"
            ),
            "deployment": Duty(source=explain.source),
            "stage-review": Duty(source=explain.source),
        },
        anomalies={
            code: Anomalous(clauses, partial(explain.faulty, code=code))
            for code, clauses in {
                "INVOICE_TAX_RATE": ("9.2",),
                "INVOICE_EXCEEDS_INSTALMENT": ("9.1", "9.2"),
                "INVOICE_BEFORE_EFFECTIVE": ("9.1", "13.1"),
                "INVOICE_BEFORE_DEPLOYMENT": ("9.1",),
                "INVOICE_BEFORE_STAGE_REVIEW": ("9.1",),
                "INVOICE_BEFORE_ACCEPTANCE": ("6.6", "9.1"),
                "INVOICE_AFTER_END": ("9.1", "13.2"),
            }.items()
        }
        | anomalies("9.1"),
        debts=rule.debts,
        drafts={ElectronicInvoice: invoices(drafts.expected)},
    )
