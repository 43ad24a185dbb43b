"""Why the total is what it is, and why an invoice does or does not conform (SPEC 4.3)."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_09_payment.rule import acceptances, received_on
from ledger.agreements.beijing_government_cloud_2025.article_09_payment.state import Stages
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.bilingual import Bilingual, joined, label, phrase
from ledger.domain.fact import Fact
from ledger.domain.facts.payment import InvoiceIssued
from ledger.domain.machine import Obligation
from ledger.domain.money import capitals, said_yuan
from ledger.domain.payments.state import Invoice, Payments
from ledger.explanation import Explanation, summed
from ledger.explanation.balance.explain import by_now, cured, exceeds, rates
from ledger.messages import LOADED


def total(x: Explanation, shown: str) -> None:
    payment = x.terms(x.day).payment
    x.cite("9.2")
    x.rest_on(x.m.registration.id, *(fact.id for fact in x.of_type("AmendmentAgreed")))
    parts = summed(instalment.amount for instalment in payment.instalments)
    x.step("EX_TOTAL", total=said_yuan(payment.total), parts=parts, capitals=capitals(payment.total))


def conforming(x: Explanation, invoice: Invoice) -> None:
    """Why an invoice conforms, by what it was judged, and since when."""
    stages, what = x.m[Stages], invoice.fact.what
    assert isinstance(what, InvoiceIssued)
    terms = x.terms(invoice.fact.day)
    instalment = next(one for one in terms.payment.instalments if one.number == what.instalment)
    x.cite("9.1", "9.2")
    _cured(x, invoice)
    any_rate = terms.payment.tax_rate is None
    x.step(
        "EX_INVOICE_CONFORMS_ANY_RATE" if any_rate else "EX_INVOICE_CONFORMS",
        invoice=invoice.id, instalment=what.instalment, amount=said_yuan(invoice.issued),
        rate=rates(what), most=said_yuan(instalment.amount), effective=x.m[Life].effective_on,
    )  # fmt: skip
    for name, done in (("deployment", stages.deployed), ("stage-review", stages.stage_review)):
        if name in instalment.requires and done is not None:
            x.step("EX_INVOICE_AFTER_REVIEW", fact=x.fact(done.id))
    for name in acceptances(instalment.requires):
        if name in stages.accepted:
            x.cite("6.6")
            x.step("EX_INVOICE_AFTER_ACCEPTANCE", name=acceptance(name), fact=x.fact(stages.accepted[name].id))
    if x.read("invoice-received", invoice.fact.day) != "that-day":
        x.step("EX_INVOICE_RECEIVED", on=received_on(x.m, invoice.fact.day))


def _cured(x: Explanation, invoice: Invoice) -> None:
    if invoice.cured_by is not None:
        x.read("early-invoice", invoice.fact.day)
    cured(x, invoice)


def invoice(x: Explanation, duty: Obligation) -> None:
    conforming(x, x.m[Payments].invoices[duty.id.partition(":")[2]])


def source(x: Explanation, duty: Obligation) -> Bilingual:
    """Who set the day by which deployment and stage review are due."""
    x.read("stage-review-date")
    x.rest_on_term("payment.stage_review_by", x.day)
    return phrase("EX_SOURCE_CONTRACT")


# -- anomalies --------------------------------------------------------------------------------------


def faulty(x: Explanation, fact: Fact, code: str) -> None:
    """Why an invoice did not conform when it was received, by one of its anomalies, and whether it does by now."""
    what = fact.what
    assert isinstance(what, InvoiceIssued)
    invoice = x.m[Payments].invoices[what.invoice]
    match code:
        case "INVOICE_TAX_RATE":
            right = x.terms(fact.day).payment.tax_rate
            x.step("EX_TAX_RATE", invoice=what.invoice, rate=rates(what), right=right)
        case "INVOICE_BEFORE_EFFECTIVE":
            effective = x.m[Life].effective_on
            known = phrase("EX_EFFECTIVE", on=effective) if effective else phrase("EX_NOT_EFFECTIVE", day=x.day)
            x.step("EX_TOO_EARLY", invoice=what.invoice, on=fact.day, known=known)
        case "INVOICE_BEFORE_DEPLOYMENT":
            x.step("EX_BEFORE_DEPLOYMENT", invoice=what.invoice, instalment=what.instalment, on=fact.day)
        case "INVOICE_BEFORE_STAGE_REVIEW":
            x.step("EX_BEFORE_REVIEW", invoice=what.invoice, instalment=what.instalment, on=fact.day)
        case "INVOICE_BEFORE_ACCEPTANCE":
            _before_acceptance(x, fact, what)
        case "INVOICE_AFTER_END":
            x.cite("civil code 566")
            x.step("EX_INVOICE_AFTER_END", invoice=what.invoice, on=fact.day, last=x.m[Life].last_day)
        case _:
            _exceeds(x, invoice)
    if invoice.cured_by is not None:
        x.read("early-invoice", invoice.fact.day)
    by_now(x, invoice)


def _before_acceptance(x: Explanation, fact: Fact, what: InvoiceIssued) -> None:
    """Which of the acceptances that its instalment waits for had not been passed by the invoice's day."""
    accepted = x.m[Stages].accepted
    instalment = next(one for one in x.terms(fact.day).payment.instalments if one.number == what.instalment)
    missing = [name for name in acceptances(instalment.requires)
               if name not in accepted or accepted[name].day > fact.day]  # fmt: skip
    x.step("EX_BEFORE_ACCEPTANCE", invoice=what.invoice, instalment=what.instalment, on=fact.day,
           names=joined(map(acceptance, missing)))  # fmt: skip


def acceptance(name: str) -> Bilingual:
    """A named acceptance in words; one that no catalogue knows by its name in the terms."""
    return label("acceptance", name) if f"acceptance:{name}" in LOADED else Bilingual(name, name)


def _exceeds(x: Explanation, invoice: Invoice) -> None:
    instalments = x.terms(invoice.fact.day).payment.instalments
    most = next((one.amount for one in instalments if one.number == invoice.instalment), None)
    exceeds(x, invoice, most)
