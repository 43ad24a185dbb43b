"""第九条 支付条款: invoices that conform, payments that cover them, the stage review by the end of 2025."""

from __future__ import annotations

from datetime import date

from ledger.domain.calendar import Deadline
from ledger.domain.facts import (
    AmendmentAgreed,
    ContractSigned,
    Fact,
    InvoiceIssued,
    InvoiceVoided,
    PaymentMade,
    PaymentReturned,
    ResourcesDeployed,
    StageReviewPassed,
)
from ledger.domain.machine import Machine
from ledger.domain.state import ONE_DAY, Invoice, Payment
from ledger.domain.terms import Terms


def effective(m: Machine, fact: Fact, what: ContractSigned | AmendmentAgreed) -> None:
    # 9.1 "待 2025 年底前, 乙方完成云资源部署且通过阶段性验收评审后": a date, so it does not roll
    if m.life.effective_on is None:
        return
    by = m.agreement.latest.terms.payment.stage_review_by
    for kind in ("deployment", "stage-review"):
        duty = m.duties.get(kind)
        if by is None:
            m.duties.pop(kind, None)
        elif duty is None:
            raised_by = [signature.id for signature in m.life.signed.values()]
            m.oblige(kind, None, "9.1", "party_b", m.calendar.fixed(by), raised_by, on=m.life.effective_on)
            done = m.deployed if kind == "deployment" else m.stage_review
            if done is not None:
                m.settle(kind, done)
        elif duty.due_on != by:
            duty.due = m.calendar.fixed(by)
            m.watch(duty)
        m.touched.add("obligations." + kind)


def resources_deployed(m: Machine, fact: Fact, what: ResourcesDeployed) -> None:
    if m.deployed is None:
        m.deployed = fact
    m.settle("deployment", fact)


def stage_review_passed(m: Machine, fact: Fact, what: StageReviewPassed) -> None:
    if m.stage_review is None:
        m.stage_review = fact
    m.settle("stage-review", fact)


def invoice_issued(m: Machine, fact: Fact, what: InvoiceIssued) -> None:
    """An invoice that conforms raises the duty to pay it; one that does not is an anomaly (4.3)."""
    terms = m.agreement.terms(fact.day)
    faults = _faults(m, fact, what, terms)
    for code in faults:
        m.anomaly(code, fact)
    invoice = Invoice(what.invoice, fact, what.amount, what.instalment, conforming=not faults)
    m.invoices[what.invoice] = invoice
    m.touched.add("balance")
    if invoice.conforming:
        m.invoiced[what.instalment] = m.invoiced.get(what.instalment, 0) + what.amount
        due = due_on(m, fact.day, terms)
        m.oblige("pay-invoice", what.invoice, "9.1", "party_a", due, [fact.id], on=fact.day)
        m.wake(due.due + ONE_DAY, "balance")
    for payment in m.paid_by_invoice.get(what.invoice, []):
        _receive(m, invoice, payment)


def due_on(m: Machine, provided: date, terms: Terms) -> Deadline:
    # 9.1 "待乙方向甲方提供发票后的 5 个工作日内, 甲方应支付"
    return m.calendar.working_days(provided, terms.payment.pay_within_working_days)


def _faults(m: Machine, fact: Fact, what: InvoiceIssued, terms: Terms) -> list[str]:
    faults = []
    # 9.1 "乙方可在合同签署生效后先向甲方预开具合同规定总金额款项的 80% 金额的发票"
    if m.life.effective_on is None:
        faults.append("INVOICE_BEFORE_EFFECTIVE")
    # 9.2 "适用税率为 6%"
    if what.tax_rate != terms.payment.tax_rate:
        faults.append("INVOICE_TAX_RATE")
    instalment = next((one for one in terms.payment.instalments if one.number == what.instalment), None)
    # 9.2 "开票金额以合同签订总金额为准"
    if instalment is None or m.invoiced.get(what.instalment, 0) + what.amount > instalment.amount:
        faults.append("INVOICE_EXCEEDS_INSTALMENT")
    # 9.1 "且通过阶段性验收评审后, 向甲方提供合同额 20% 的发票"
    if instalment is not None and "stage-review" in instalment.requires and m.stage_review is None:
        faults.append("INVOICE_BEFORE_STAGE_REVIEW")
    return faults


def invoice_voided(m: Machine, fact: Fact, what: InvoiceVoided) -> None:
    invoice = m.invoices[what.invoice]
    if not invoice.voided:
        invoice.voided = True
        if invoice.conforming:
            m.invoiced[invoice.instalment] -= invoice.amount
            m.cancel("pay-invoice:" + what.invoice, fact)
        m.touched.add("balance")


def payment_made(m: Machine, fact: Fact, what: PaymentMade) -> None:
    payment = Payment(fact, what.invoice, what.amount)
    m.payments[what.payment] = payment
    m.paid_by_invoice.setdefault(what.invoice, []).append(payment)
    m.paid += what.amount
    m.touched.add("balance")
    invoice = m.invoices.get(what.invoice)
    if invoice is not None:
        _receive(m, invoice, payment)


def _receive(m: Machine, invoice: Invoice, payment: Payment) -> None:
    if not payment.returned:
        invoice.paid += payment.amount
        if invoice.paid > invoice.amount:
            m.anomaly("PAYMENT_EXCEEDS_INVOICE", payment.fact)
        duty = m.duties.get("pay-invoice:" + invoice.id)
        if duty is not None and duty.settled_on is None and invoice.paid >= invoice.amount:
            _cover(m, invoice)


def payment_returned(m: Machine, fact: Fact, what: PaymentReturned) -> None:
    payment = m.payments[what.payment]
    if payment.returned:
        return
    payment.returned = True
    m.paid -= payment.amount
    m.touched.add("balance")
    invoice = m.invoices.get(payment.invoice)
    if invoice is not None:
        invoice.paid -= payment.amount
        _cover(m, invoice)


def _cover(m: Machine, invoice: Invoice) -> None:
    """The invoice is paid on the day its payments, those returned left out, reach its amount."""
    id_ = "pay-invoice:" + invoice.id
    duty = m.duties.get(id_)
    if duty is None or duty.cancelled:
        return
    m.reopen(id_)
    reached = 0
    used: list[str] = []
    for payment in m.paid_by_invoice[invoice.id]:
        if payment.returned:
            continue
        reached += payment.amount
        used.append(payment.fact.id)
        if reached >= invoice.amount:
            duty.settled_on = payment.fact.day
            duty.settled_by = used
            return
