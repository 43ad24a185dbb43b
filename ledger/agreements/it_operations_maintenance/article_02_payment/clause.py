"""第二条 合同价款与支付."""

from __future__ import annotations

from functools import partial

from ledger.agreements.it_operations_maintenance.article_02_payment import drafts, explain, rule
from ledger.agreements.it_operations_maintenance.article_02_payment.due import due_on
from ledger.agreements.it_operations_maintenance.article_02_payment.facts import StageAccepted
from ledger.agreements.it_operations_maintenance.article_02_payment.said import SAID
from ledger.agreements.it_operations_maintenance.article_02_payment.state import Acceptances
from ledger.agreements.it_operations_maintenance.article_03_service_levels.facts import TicketResolved
from ledger.agreements.it_operations_maintenance.article_04_assessment.facts import QuarterAssessed
from ledger.agreements.it_operations_maintenance.article_06_bond.facts import BondPaid
from ledger.domain.clause import Anomalous, Clause, Duty
from ledger.domain.facts.agreement import AmendmentAgreed, ContractSigned
from ledger.domain.feeds import ElectronicInvoice
from ledger.domain.payments.drafts import invoices
from ledger.domain.payments.rule import Invoicing, Settle, close, handlers
from ledger.domain.payments.state import Payments
from ledger.explanation.balance import anomalies
from ledger.explanation.balance.explain import payments
from ledger.messages import declare

declare(SAID)

_WAITED_FOR = (ContractSigned, AmendmentAgreed, StageAccepted, BondPaid, QuarterAssessed, TicketResolved)


def clause(settle: Settle) -> Clause:
    """``settle`` sets off at most so much on the items a fact names, and says how much."""
    invoicing = Invoicing(rule.faults, rule.ripens, due_on, rule.last_day, settle)
    return Clause(
        "article 2",
        handles={**dict.fromkeys(_WAITED_FOR, partial(rule.came, by=invoicing)), **handlers(invoicing)},
        states=(Acceptances, Payments),
        closes=partial(close, by=invoicing),
        duties={"pay-invoice": Duty(before=explain.invoice, after=payments)},
        anomalies={
            code: Anomalous(clauses, partial(explain.faulty, code=code))
            for code, clauses in {
                "INVOICE_TAX_RATE": ("2.3",),
                "INVOICE_EXCEEDS_INSTALMENT": ("2.1", "2.3"),
                "INVOICE_BEFORE_EFFECTIVE": ("1.1", "2.3"),
                "INVOICE_BEFORE_TRIGGER": ("2.1", "2.3"),
                "INVOICE_CONDITION_OPEN": ("2.2", "2.3"),
                "INVOICE_AFTER_END": ("2.3", "10.2"),
            }.items()
        }
        | anomalies("2.3"),
        debts=rule.debts,
        drafts={ElectronicInvoice: invoices(drafts.expected)},
    )
