"""第九条 支付条款: when an invoice conforms, and by when it is due; what must be done by the end of 2025."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ledger.agreements.beijing_government_cloud_2025.article_06_quality.facts import (
    AcceptancePassed,
    AcceptanceRequested,
)
from ledger.agreements.beijing_government_cloud_2025.article_09_payment.facts import (
    ResourcesDeployed,
    StageReviewPassed,
)
from ledger.agreements.beijing_government_cloud_2025.article_09_payment.state import Stages
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.terms import TERMS
from ledger.agreements.beijing_government_cloud_2025.terms.shape import REQUIREMENTS
from ledger.domain.calendar import Deadline
from ledger.domain.debts import Moved
from ledger.domain.fact import Fact
from ledger.domain.facts.agreement import AmendmentAgreed, ContractSigned, ReadingAgreed
from ledger.domain.facts.payment import InvoiceIssued, tax_rates
from ledger.domain.machine import Machine
from ledger.domain.payments.debts import debts as invoices_owed
from ledger.domain.payments.rule import Invoicing, ripen
from ledger.domain.payments.state import Invoice, Payments

EARLY = (
    "INVOICE_BEFORE_EFFECTIVE", "INVOICE_BEFORE_DEPLOYMENT", "INVOICE_BEFORE_STAGE_REVIEW", "INVOICE_BEFORE_ACCEPTANCE",
)  # fmt: skip
CURABLE = frozenset({*EARLY, "INVOICE_EXCEEDS_INSTALMENT"})


# -- what has to be done by the end of 2025 ----------------------------------------------------------


def effective(
    m: Machine, fact: Fact, what: ContractSigned | AmendmentAgreed | ReadingAgreed, *, by: Invoicing
) -> None:  # fmt: skip
    # 9.1 "待 2025 年底前, 乙方完成云资源部署且通过阶段性验收评审后": a date, so it does not roll
    stages, life = m[Stages], m[Life]
    if life.effective_on is None:
        return
    day = TERMS.latest(m).payment.stage_review_by
    if day is not None and m.agreement.latest.readings["stage-review-date"] == "condition":
        day = None  # no duty of party B's: only the invoice waits
    for kind, done in (("deployment", stages.deployed), ("stage-review", stages.stage_review)):
        duty = m.duties.get(kind)
        if day is None:
            m.duties.pop(kind, None)
        elif duty is None:
            raised_by = [signature.id for signature in life.signed.values()]
            due = m.calendar.fixed(day)
            m.oblige(kind, None, "9.1", "party_b", due, raised_by, on=life.effective_on, ends_with="early")
            if done is not None:
                m.settle(kind, done)
        elif duty.due_on != day:
            duty.due = m.calendar.fixed(day)
            m.watch(duty)
        m.touched.add("obligations." + kind)
    ripen(m, fact, by)


def resources_deployed(m: Machine, fact: Fact, what: ResourcesDeployed, *, by: Invoicing) -> None:
    if m[Stages].deployed is None:
        m[Stages].deployed = fact
    m.settle("deployment", fact)
    ripen(m, fact, by)


def stage_review_passed(m: Machine, fact: Fact, what: StageReviewPassed, *, by: Invoicing) -> None:
    if m[Stages].stage_review is None:
        m[Stages].stage_review = fact
    m.settle("stage-review", fact)
    ripen(m, fact, by)


def acceptance_requested(m: Machine, fact: Fact, what: AcceptanceRequested) -> None:
    """A round is of the acceptance it says, else of the one it is named after."""
    m[Stages].rounds[str(what.round)] = what.acceptance or str(what.round)


def acceptance_passed(m: Machine, fact: Fact, what: AcceptancePassed, *, by: Invoicing) -> None:
    name = m[Stages].rounds.get(str(what.round), str(what.round))
    m[Stages].accepted.setdefault(name, fact)
    ripen(m, fact, by)


# -- invoices ----------------------------------------------------------------------------------------


def due_on(m: Machine, invoice: Invoice) -> Deadline | None:
    """The last of the working days in which it is to be paid; None where no such days are agreed."""
    # 9.1 "待乙方向甲方提供发票后的 5 个工作日内, 甲方应支付"
    provided = received_on(m, invoice.fact.day)
    counted_from = max(provided, invoice.conforms_on or provided)
    within = TERMS.on(m, invoice.fact.day).payment.pay_within_working_days
    return m.calendar.working_days(counted_from, within) if within is not None else None


def received_on(m: Machine, day: date) -> date:
    """The day an invoice counts as received: its own, or the next working day [``invoice-received``]."""
    working_day = m.calendar.days(day, 0, rolls=True).due
    if working_day == day or m.agreement.reading("invoice-received", day) == "that-day":
        return day
    return working_day


def faults(m: Machine, invoice: Invoice) -> list[str]:
    """Why the invoice does not conform by what holds now; its terms are those of its own day."""
    book, stages, what = m[Payments], m[Stages], invoice.fact.what
    assert isinstance(what, InvoiceIssued)
    payment = TERMS.on(m, invoice.fact.day).payment
    found = []
    # 9.1 "乙方可在合同签署生效后先向甲方预开具合同规定总金额款项的 80% 金额的发票"
    if m[Life].effective_on is None:
        found.append("INVOICE_BEFORE_EFFECTIVE")
    # 9.2 "适用税率为 6%"
    if payment.tax_rate is not None and any(rate != payment.tax_rate for rate in tax_rates(what)):
        found.append("INVOICE_TAX_RATE")
    instalment = next((one for one in payment.instalments if one.number == what.instalment), None)
    # 9.2 "开票金额以合同签订总金额为准"
    if instalment is None or book.invoiced.get(what.instalment, 0) + invoice.amount > instalment.amount:
        found.append("INVOICE_EXCEEDS_INSTALMENT")
    # 9.1 "完成云资源部署且通过阶段性验收评审后, 向甲方提供合同额 20% 的发票"
    requires = instalment.requires if instalment is not None else ()
    if "deployment" in requires and not _done(m, stages.deployed):
        found.append("INVOICE_BEFORE_DEPLOYMENT")
    if "stage-review" in requires and not _done(m, stages.stage_review):
        found.append("INVOICE_BEFORE_STAGE_REVIEW")
    if not all(_done(m, stages.accepted.get(name)) for name in acceptances(requires)):
        found.append("INVOICE_BEFORE_ACCEPTANCE")
    return found


def acceptances(requires: Iterable[str]) -> list[str]:
    """The named acceptances among what an instalment waits for."""
    return [name for name in requires if name not in REQUIREMENTS]


def _done(m: Machine, performed: Fact | None) -> bool:
    """Was it performed while it was still to be performed (民法典 566)?"""
    last_day = m[Life].last_day if m.ended is not None and m.ended.early else None
    return performed is not None and (last_day is None or performed.day <= last_day)


def ripens(m: Machine, invoice: Invoice) -> bool:
    """Can time cure all that is wrong with it [``early-invoice``]?"""
    return CURABLE.issuperset(invoice.faults) and m.agreement.reading("early-invoice", invoice.fact.day) == "ripens"


def last_day(m: Machine) -> date | None:
    return m[Life].last_day


def debts(m: Machine) -> Moved:
    return invoices_owed(m, several=len(TERMS.latest(m).payment.instalments) > 1)
