"""第九条 支付条款: invoices that conform, and what covers them; what must be done by the end of 2025."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ledger.agreements.beijing_government_cloud_2025.article_09_payment import flow
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
from ledger.agreements.beijing_government_cloud_2025.article_09_payment.state import (
    Cut,
    Invoice,
    Payment,
    Payments,
    Piece,
    SetOff,
    SettledDebt,
)
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.facts import DamagesSettled
from ledger.agreements.beijing_government_cloud_2025.article_13_term.facts import ContractSigned
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.terms import latest_terms, terms_on
from ledger.domain.calendar import Deadline
from ledger.domain.fact import Fact, chronological
from ledger.domain.facts.agreement import AmendmentAgreed, ReadingAgreed
from ledger.domain.facts.dispute import JudgmentEntered
from ledger.domain.facts.settlement import SettlementAgreed
from ledger.domain.machine import ONE_DAY, Machine
from ledger.domain.money import Fen
from ledger.domain.rulings import DebtRuled, rulings_of

Settle = Callable[[Machine, Fact, int], int]  # at most so much is set off on the items a fact names; how much was
EARLY = ("INVOICE_BEFORE_EFFECTIVE", "INVOICE_BEFORE_DEPLOYMENT", "INVOICE_BEFORE_STAGE_REVIEW")
CURABLE = frozenset({*EARLY, "INVOICE_EXCEEDS_INSTALMENT"})


# -- what has to be done by the end of 2025 ----------------------------------------------------------


def effective(m: Machine, fact: Fact, what: ContractSigned | AmendmentAgreed | ReadingAgreed) -> None:
    # 9.1 "待 2025 年底前, 乙方完成云资源部署且通过阶段性验收评审后": a date, so it does not roll
    book, life = m[Payments], m[Life]
    if life.effective_on is None:
        return
    by = latest_terms(m).payment.stage_review_by
    if by is not None and m.agreement.latest.readings["stage-review-date"] == "condition":
        by = None  # no duty of party B's: only the invoice waits
    for kind, done in (("deployment", book.deployed), ("stage-review", book.stage_review)):
        duty = m.duties.get(kind)
        if by is None:
            m.duties.pop(kind, None)
        elif duty is None:
            raised_by = [signature.id for signature in life.signed.values()]
            due = m.calendar.fixed(by)
            m.oblige(kind, None, "9.1", "party_b", due, raised_by, on=life.effective_on, ends_with="early")
            if done is not None:
                m.settle(kind, done)
        elif duty.due_on != by:
            duty.due = m.calendar.fixed(by)
            m.watch(duty)
        m.touched.add("obligations." + kind)
    ripen(m, fact)


def resources_deployed(m: Machine, fact: Fact, what: ResourcesDeployed) -> None:
    if m[Payments].deployed is None:
        m[Payments].deployed = fact
    m.settle("deployment", fact)
    ripen(m, fact)


def stage_review_passed(m: Machine, fact: Fact, what: StageReviewPassed) -> None:
    if m[Payments].stage_review is None:
        m[Payments].stage_review = fact
    m.settle("stage-review", fact)
    ripen(m, fact)


# -- invoices ----------------------------------------------------------------------------------------


def invoice_issued(m: Machine, fact: Fact, what: InvoiceIssued) -> None:
    """An invoice that conforms raises the duty to pay it; one that does not is an anomaly (4.3)."""
    book = m[Payments]
    invoice = Invoice(what.invoice, fact, what.amount, what.instalment, what.amount)
    invoice.earlier = book.invoiced.get(what.instalment, 0)
    invoice.faults = tuple(_faults(m, invoice))
    for code in invoice.faults:
        m.anomaly(code, fact)
    book.invoices[what.invoice] = invoice
    book.today.append(invoice)
    m.touched.add("balance")
    if not invoice.faults:
        _conform(m, invoice, None)
    elif CURABLE.issuperset(invoice.faults) and m.agreement.reading("early-invoice", fact.day) == "ripens":
        book.unripe.append(invoice)
    for piece in book.waiting.pop(what.invoice, ()):
        _pay(m, piece)


def _conform(m: Machine, invoice: Invoice, cured_by: Fact | None) -> None:
    book = m[Payments]
    invoice.conforms_on, invoice.cured_by = m.day, cured_by
    book.invoiced[invoice.instalment] = book.invoiced.get(invoice.instalment, 0) + invoice.amount
    facts = [invoice.fact] if cured_by is None else sorted([invoice.fact, cured_by], key=chronological)
    raised_by = [one.id for one in facts]
    due = due_on(m, invoice)
    m.oblige("pay-invoice", invoice.id, "9.1", "party_a", due, raised_by, on=m.day)
    m.wake(due.due + ONE_DAY, "balance")
    book.owed[invoice.id] = invoice
    flow.take_own(m, invoice)


def due_on(m: Machine, invoice: Invoice) -> Deadline:
    # 9.1 "待乙方向甲方提供发票后的 5 个工作日内, 甲方应支付"
    provided = received_on(m, invoice.fact.day)
    counted_from = max(provided, invoice.conforms_on or provided)
    return m.calendar.working_days(counted_from, terms_on(m, invoice.fact.day).payment.pay_within_working_days)


def received_on(m: Machine, day: date) -> date:
    """The day an invoice counts as received: its own, or the next working day [``invoice-received``]."""
    working_day = m.calendar.days(day, 0, rolls=True).due
    if working_day == day or m.agreement.reading("invoice-received", day) == "that-day":
        return day
    return working_day


def _faults(m: Machine, invoice: Invoice) -> list[str]:
    """Why the invoice does not conform by what holds now; its terms are those of its own day."""
    book, what = m[Payments], invoice.fact.what
    assert isinstance(what, InvoiceIssued)
    payment = terms_on(m, invoice.fact.day).payment
    faults = []
    # 9.1 "乙方可在合同签署生效后先向甲方预开具合同规定总金额款项的 80% 金额的发票"
    if m[Life].effective_on is None:
        faults.append("INVOICE_BEFORE_EFFECTIVE")
    # 9.2 "适用税率为 6%"
    if any(rate != payment.tax_rate for rate in tax_rates(what)):
        faults.append("INVOICE_TAX_RATE")
    instalment = next((one for one in payment.instalments if one.number == what.instalment), None)
    # 9.2 "开票金额以合同签订总金额为准"
    if instalment is None or book.invoiced.get(what.instalment, 0) + invoice.amount > instalment.amount:
        faults.append("INVOICE_EXCEEDS_INSTALMENT")
    # 9.1 "完成云资源部署且通过阶段性验收评审后, 向甲方提供合同额 20% 的发票"
    requires = instalment.requires if instalment is not None else ()
    if "deployment" in requires and not _done(m, book.deployed):
        faults.append("INVOICE_BEFORE_DEPLOYMENT")
    if "stage-review" in requires and not _done(m, book.stage_review):
        faults.append("INVOICE_BEFORE_STAGE_REVIEW")
    return faults


def _done(m: Machine, performed: Fact | None) -> bool:
    """Was it performed while it was still to be performed (民法典 566)?"""
    early = m.ended is not None and m.ended.early
    return performed is not None and not (early and m.ended is not None and performed.day > m.ended.day)


def ripen(m: Machine, fact: Fact) -> None:
    """What time can cure, time cures: invoices to which nothing stands in the way any more, in order of receipt."""
    book = m[Payments]
    for invoice in sorted(book.unripe, key=lambda one: chronological(one.fact)):
        if not _faults(m, invoice):
            book.unripe.remove(invoice)
            _conform(m, invoice, fact)


def invoice_voided(m: Machine, fact: Fact, what: InvoiceVoided) -> None:
    """A void, or a red letter over part of the amount; what it frees is credit, and room for others."""
    book = m[Payments]
    invoice = book.invoices[what.invoice]
    if invoice.voided:
        return
    cut = invoice.amount if what.amount is None else min(what.amount, invoice.amount)
    invoice.amount -= cut
    invoice.cuts.append(Cut(fact, invoice.amount))
    if invoice in book.unripe and invoice.voided:
        book.unripe.remove(invoice)
    if invoice.conforms_on is not None:
        book.invoiced[invoice.instalment] -= cut
        if invoice.voided:
            m.cancel("pay-invoice:" + invoice.id, fact)
        flow.uncover(m, invoice, invoice.amount)
    m.touched.add("balance")
    ripen(m, fact)


def close(m: Machine) -> None:
    """What the whole day decides: was an invoice received after an early end, a payment made before its invoice; and
    what is free then covers what is unpaid.
    """
    book = m[Payments]
    last_day = m[Life].last_day
    if last_day is not None and m.day > last_day:
        for invoice in (one for one in book.today if isinstance(one, Invoice)):
            m.anomaly("INVOICE_AFTER_END", invoice.fact)
            _after_end(m, invoice)
    for payment in (one for one in book.today if isinstance(one, Payment)):
        if any(invoice not in book.invoices for invoice, _ in payment.allocations):
            m.anomaly("PAYMENT_BEFORE_INVOICE", payment.fact)
    book.today.clear()
    flow.spread(m)


def _after_end(m: Machine, invoice: Invoice) -> None:
    """民法典 566 "合同解除后，尚未履行的，终止履行": accounts are settled by agreement or judgment."""
    book = m[Payments]
    invoice.faults = (*invoice.faults, "INVOICE_AFTER_END")
    if invoice in book.unripe:
        book.unripe.remove(invoice)
    if invoice.conforms_on is not None:
        book.invoiced[invoice.instalment] -= invoice.amount
        invoice.conforms_on = None
        m.duties.pop("pay-invoice:" + invoice.id, None)
        m.touched.add("obligations.pay-invoice:" + invoice.id)
        flow.uncover(m, invoice, 0)


# -- payments and set-offs ---------------------------------------------------------------------------


def payment_made(m: Machine, fact: Fact, what: PaymentMade) -> None:
    book = m[Payments]
    if what.settlement is not None:
        payment = Payment(fact, what.amount, [], [], what.settlement)
        book.payments[what.payment] = payment
        _pay_debt(m, payment, what.settlement)
        return
    allocations = [(one.invoice, int(one.amount)) for one in allocated(what)]
    payment = Payment(fact, what.amount, allocations, flow.divided(fact, allocations))
    book.payments[what.payment] = payment
    book.paid += what.amount
    m.touched.add("balance")
    book.today.append(payment)
    for [piece] in payment.pieces:
        _pay(m, piece)


def _pay(m: Machine, piece: Piece) -> None:
    exceeding = m[Payments].exceeding
    if flow.receive(m, piece) and piece.fact.id not in exceeding:
        exceeding.add(piece.fact.id)
        m.anomaly("PAYMENT_EXCEEDS_INVOICE", piece.fact)


def payment_returned(m: Machine, fact: Fact, what: PaymentReturned) -> None:
    book = m[Payments]
    payment = book.payments[what.payment]
    left = payment.amount - payment.returned
    amount = left if what.amount is None else min(what.amount, left)
    if not amount:
        return
    payment.returned += amount
    payment.returned_by.append(fact)
    m.touched.add("balance")
    if payment.settlement is not None:
        if payment.settlement in book.debts:
            _weigh(m, book.debts[payment.settlement])
        return
    book.paid -= amount
    flow.take_back(m, payment, amount)


def damages_settled(m: Machine, fact: Fact, what: DamagesSettled, settle: Settle) -> None:
    # 民法典 568 "任何一方可以将自己的债务与对方的到期债务抵销": each as far as the other is there
    if what.manner != "deducted":
        return
    book = m[Payments]
    taken: list[tuple[str, int]] = []
    left = int(what.amount)
    for invoice in _deducted_from(m, what):
        part = settle(m, fact, min(left, invoice.unpaid))
        if part:
            taken.append((invoice.id, part))
            left -= part
    set_off = SetOff(fact, what.amount - left, flow.divided(fact, taken))
    book.set_offs[fact.id] = set_off
    book.deducted += set_off.amount
    m.touched.update(("balance", "damages"))
    for [piece] in set_off.pieces:
        flow.receive(m, piece)


def _deducted_from(m: Machine, what: DamagesSettled) -> list[Invoice]:
    """The invoice named; of facts before rules 2026.2, which named none, conforming ones by due day."""
    book = m[Payments]
    if what.invoice is not None:
        return [book.invoices[what.invoice]] if what.invoice in book.invoices else []
    return sorted(book.owed.values(), key=lambda one: (m.duties["pay-invoice:" + one.id].due_on or date.max, one.id))


# -- settlements and debts by judgment (13.2) --------------------------------------------------------


def settlement_agreed(m: Machine, fact: Fact, what: SettlementAgreed) -> None:
    """13(2) "解除合同方应承担被解除方的损失": what the parties settled on is owed as settled."""
    _owe(m, fact, what.settlement, what.debtor, what.amount, what.due_on)


def judgment_entered(m: Machine, fact: Fact, what: JudgmentEntered) -> None:
    if not what.final:
        return
    for count, one in enumerate(rulings_of(what, DebtRuled), 1):
        name = what.dispute if count == 1 else f"{what.dispute}.{count}"
        _owe(m, fact, name, one.debtor, one.amount, one.due_on)


def _owe(m: Machine, fact: Fact, name: str, debtor: str, amount: Fen, due_on: date | None) -> None:
    book = m[Payments]
    before = book.debts.get(name)
    payments = before.payments if before is not None else book.unsettled.pop(name, [])
    debt = book.debts[name] = SettledDebt(name, fact, debtor, amount, payments)
    due = m.calendar.fixed(due_on) if due_on is not None else None
    m.oblige("settlement", name, "13.2", debtor, due, [fact.id], on=fact.day)
    _weigh(m, debt)


def _pay_debt(m: Machine, payment: Payment, settlement: str) -> None:
    debt = m[Payments].debts.get(settlement)
    if debt is None:
        m[Payments].unsettled.setdefault(settlement, []).append(payment)
        return
    debt.payments.append(payment)
    _weigh(m, debt)


def _weigh(m: Machine, debt: SettledDebt) -> None:
    """A settlement is fulfilled since the day payments cover it; a payment that comes back re-opens it."""
    id_ = "settlement:" + debt.id
    reached = debt.reached()
    if reached is None:
        m.reopen(id_)
    else:
        m.settle_by(id_, max(reached[0], debt.fact.day), reached[1])
