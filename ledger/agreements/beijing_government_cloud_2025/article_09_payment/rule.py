"""第九条 支付条款: invoices that conform, payments that cover them, the stage review by the end of 2025."""

from __future__ import annotations

from datetime import date

from ledger.agreements.beijing_government_cloud_2025.article_09_payment.facts import (
    InvoiceIssued,
    InvoiceVoided,
    PaymentMade,
    PaymentReturned,
    ResourcesDeployed,
    StageReviewPassed,
    allocated,
    tax_rates,
)
from ledger.agreements.beijing_government_cloud_2025.article_09_payment.state import Invoice, Payment, Payments
from ledger.agreements.beijing_government_cloud_2025.article_13_term.facts import ContractSigned
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.terms import CloudTerms, latest_terms, terms_on
from ledger.domain.calendar import Deadline
from ledger.domain.fact import Fact
from ledger.domain.facts.agreement import AmendmentAgreed
from ledger.domain.machine import ONE_DAY, Machine


def effective(m: Machine, fact: Fact, what: ContractSigned | AmendmentAgreed) -> None:
    # 9.1 "待 2025 年底前, 乙方完成云资源部署且通过阶段性验收评审后": a date, so it does not roll
    book = m[Payments]
    life = m[Life]
    if life.effective_on is None:
        return
    by = latest_terms(m).payment.stage_review_by
    for kind in ("deployment", "stage-review"):
        duty = m.duties.get(kind)
        if by is None:
            m.duties.pop(kind, None)
        elif duty is None:
            raised_by = [signature.id for signature in life.signed.values()]
            m.oblige(kind, None, "9.1", "party_b", m.calendar.fixed(by), raised_by, on=life.effective_on)
            done = book.deployed if kind == "deployment" else book.stage_review
            if done is not None:
                m.settle(kind, done)
        elif duty.due_on != by:
            duty.due = m.calendar.fixed(by)
            m.watch(duty)
        m.touched.add("obligations." + kind)


def resources_deployed(m: Machine, fact: Fact, what: ResourcesDeployed) -> None:
    book = m[Payments]
    if book.deployed is None:
        book.deployed = fact
    m.settle("deployment", fact)


def stage_review_passed(m: Machine, fact: Fact, what: StageReviewPassed) -> None:
    book = m[Payments]
    if book.stage_review is None:
        book.stage_review = fact
    m.settle("stage-review", fact)


def invoice_issued(m: Machine, fact: Fact, what: InvoiceIssued) -> None:
    """An invoice that conforms raises the duty to pay it; one that does not is an anomaly (4.3)."""
    book = m[Payments]
    terms = terms_on(m, fact.day)
    faults = _faults(m, fact, what, terms)
    for code in faults:
        m.anomaly(code, fact)
    invoice = Invoice(what.invoice, fact, what.amount, what.instalment, conforming=not faults)
    book.invoices[what.invoice] = invoice
    m.touched.add("balance")
    if invoice.conforming:
        book.invoiced[what.instalment] = book.invoiced.get(what.instalment, 0) + what.amount
        due = due_on(m, fact.day, terms)
        m.oblige("pay-invoice", what.invoice, "9.1", "party_a", due, [fact.id], on=fact.day)
        m.wake(due.due + ONE_DAY, "balance")
    _owe(book, invoice)
    for payment in book.paid_by_invoice.get(what.invoice, []):
        _receive(m, invoice, payment)


def _owe(book: Payments, invoice: Invoice) -> None:
    if invoice.conforming and not invoice.voided and invoice.paid < invoice.amount:
        book.owed[invoice.id] = invoice
    else:
        book.owed.pop(invoice.id, None)


def due_on(m: Machine, provided: date, terms: CloudTerms) -> Deadline:
    # 9.1 "待乙方向甲方提供发票后的 5 个工作日内, 甲方应支付"
    return m.calendar.working_days(provided, terms.payment.pay_within_working_days)


def _faults(m: Machine, fact: Fact, what: InvoiceIssued, terms: CloudTerms) -> list[str]:
    book = m[Payments]
    faults = []
    # 9.1 "乙方可在合同签署生效后先向甲方预开具合同规定总金额款项的 80% 金额的发票"
    if m[Life].effective_on is None:
        faults.append("INVOICE_BEFORE_EFFECTIVE")
    # 9.2 "适用税率为 6%"
    if any(rate != terms.payment.tax_rate for rate in tax_rates(what)):
        faults.append("INVOICE_TAX_RATE")
    instalment = next((one for one in terms.payment.instalments if one.number == what.instalment), None)
    # 9.2 "开票金额以合同签订总金额为准"
    if instalment is None or book.invoiced.get(what.instalment, 0) + what.amount > instalment.amount:
        faults.append("INVOICE_EXCEEDS_INSTALMENT")
    # 9.1 "且通过阶段性验收评审后, 向甲方提供合同额 20% 的发票"
    if instalment is not None and "stage-review" in instalment.requires and book.stage_review is None:
        faults.append("INVOICE_BEFORE_STAGE_REVIEW")
    return faults


def invoice_voided(m: Machine, fact: Fact, what: InvoiceVoided) -> None:
    book = m[Payments]
    invoice = book.invoices[what.invoice]
    if not invoice.voided:
        invoice.voided = True
        if invoice.conforming:
            book.invoiced[invoice.instalment] -= invoice.amount
            _owe(book, invoice)
            m.cancel("pay-invoice:" + what.invoice, fact)
        m.touched.add("balance")


def payment_made(m: Machine, fact: Fact, what: PaymentMade) -> None:
    book = m[Payments]
    m.touched.add("balance")
    for part in allocated(what):
        payment = Payment(fact, part.invoice, part.amount)
        book.payments.setdefault(what.payment, []).append(payment)
        book.paid_by_invoice.setdefault(part.invoice, []).append(payment)
        book.paid += part.amount
        invoice = book.invoices.get(part.invoice)
        if invoice is not None:
            _receive(m, invoice, payment)


def _receive(m: Machine, invoice: Invoice, payment: Payment) -> None:
    if not payment.returned:
        invoice.paid += payment.amount
        _owe(m[Payments], invoice)
        if invoice.paid > invoice.amount:
            m.anomaly("PAYMENT_EXCEEDS_INVOICE", payment.fact)
        duty = m.duties.get("pay-invoice:" + invoice.id)
        if duty is not None and duty.settled_on is None and invoice.paid >= invoice.amount:
            _cover(m, invoice)


def payment_returned(m: Machine, fact: Fact, what: PaymentReturned) -> None:
    book = m[Payments]
    m.touched.add("balance")
    for payment in book.payments.get(what.payment, []):
        if payment.returned:
            continue
        payment.returned = True
        book.paid -= payment.amount
        invoice = book.invoices.get(payment.invoice)
        if invoice is not None:
            invoice.paid -= payment.amount
            _owe(book, invoice)
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
    for payment in m[Payments].paid_by_invoice[invoice.id]:
        if payment.returned:
            continue
        reached += payment.amount
        used.append(payment.fact.id)
        if reached >= invoice.amount:
            duty.settled_on = payment.fact.day
            duty.settled_by = used
            return
