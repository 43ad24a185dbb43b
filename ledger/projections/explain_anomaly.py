"""What an anomaly says: what was recorded, and what the contract provides instead (SPEC 5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.article_09_payment.facts import InvoiceIssued
from ledger.agreements.beijing_government_cloud_2025.article_09_payment.state import Payments
from ledger.agreements.beijing_government_cloud_2025.article_11_exit.state import Exits
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.domain.fact import Fact
from ledger.domain.machine import Machine
from ledger.domain.money import Fen, yuan
from ledger.projections import explain_term
from ledger.projections.explain_termination import every as every_ground
from ledger.projections.explanation import Explanation, joined, label, phrase, summed

Before = Callable[[Fact], Machine]
CLAUSES: dict[str, tuple[str, ...]] = {  # what each is an anomaly by
    "INVOICE_TAX_RATE": ("9.2",),
    "INVOICE_EXCEEDS_INSTALMENT": ("9.1", "9.2"),
    "INVOICE_BEFORE_EFFECTIVE": ("9.1", "13.1"),
    "INVOICE_BEFORE_STAGE_REVIEW": ("9.1",),
    "PAYMENT_EXCEEDS_INVOICE": ("9.1",),
    "NOTICE_TOO_SHORT": ("13.2",),
    "EXIT_NOTICE_TOO_SHORT": ("11.1",),
    "TERMINATION_WITHOUT_GROUND": ("10.1", "10.2", "10.4"),
    "NO_SYSTEM_FEE": ("annex 3",),
}


def every(x: Explanation, listed: list[dict[str, Any]]) -> None:
    if not listed:
        x.step("EX_NO_ANOMALIES", day=x.day)
    for entry in listed:
        x.cite(*CLAUSES[entry["code"]])
        x.step("EX_ANOMALY_LINE", name=entry["code"], fact=x.fact(entry["fact"]), on=entry["on"],
               what=label("anomaly", entry["code"]))  # fmt: skip


def one(x: Explanation, key: str, before: Before) -> None:
    """``key`` is ``CODE@fact``; ``before`` gives the machine as it stood when that fact was judged."""
    code, _, id_ = key.rstrip("+").partition("@")
    fact = x.by_id[id_]
    x.cite(*CLAUSES[code])
    x.step("EX_ANOMALY", fact=x.fact(id_), what=label("anomaly", code))
    match code:
        case "NOTICE_TOO_SHORT":
            proposal = next(other for other in x.m[Life].proposals.values() if other.fact.id == id_)
            x.step("EX_PROPOSED", fact=x.fact(id_), on=proposal.day)
            explain_term.notice_period(x, proposal)
        case "EXIT_NOTICE_TOO_SHORT":
            exits = x.m[Exits].exits.values()
            explain_term.leaving(x, next(other for other in exits if other.fact.id == id_))
        case "TERMINATION_WITHOUT_GROUND":
            every_ground(x)
            x.step("EX_DECLARED_IN_VAIN", clause=getattr(fact.what, "clause", ""), on=fact.day)
        case "NO_SYSTEM_FEE":
            x.step("EX_NO_FEE", fact=x.fact(id_))
        case "PAYMENT_EXCEEDS_INVOICE":
            _payment(x, fact)
        case _:
            _invoice(x, code, fact, before)


def _payment(x: Explanation, fact: Fact) -> None:
    book = x.m[Payments]
    what: Any = fact.what
    invoice = book.invoices[what.invoice]
    paid = [other for other in book.paid_by_invoice[invoice.id] if not other.returned]
    lines = joined(phrase("EX_PAYMENT", fact=x.fact(other.fact.id), amount=yuan(other.amount)) for other in paid)
    x.step("EX_PAID_TOO_MUCH", invoice=invoice.id, amount=yuan(invoice.amount), payments=lines,
           paid=summed(other.amount for other in paid))  # fmt: skip


def _invoice(x: Explanation, code: str, fact: Fact, before: Before) -> None:
    what = fact.what
    assert isinstance(what, InvoiceIssued)
    terms = x.m.agreement.terms(fact.day)
    if code == "INVOICE_TAX_RATE":
        x.step("EX_TAX_RATE", invoice=what.invoice, rate=what.tax_rate, right=terms.payment.tax_rate)
    elif code == "INVOICE_BEFORE_EFFECTIVE":
        effective = x.m[Life].effective_on
        known = phrase("EX_EFFECTIVE", on=effective) if effective else phrase("EX_NOT_EFFECTIVE", day=x.day)
        x.step("EX_TOO_EARLY", invoice=what.invoice, on=fact.day, known=known)
    elif code == "INVOICE_BEFORE_STAGE_REVIEW":
        x.step("EX_BEFORE_REVIEW", invoice=what.invoice, instalment=what.instalment, on=fact.day)
    else:
        instalment = next((one for one in terms.payment.instalments if one.number == what.instalment), None)
        if instalment is None:
            x.step("EX_NO_INSTALMENT", invoice=what.invoice, instalment=what.instalment)
            return
        earlier = Fen(before(fact)[Payments].invoiced.get(what.instalment, 0))
        x.step("EX_EXCEEDS", invoice=what.invoice, instalment=what.instalment, amount=yuan(what.amount),
               earlier=yuan(earlier), sum=yuan(Fen(earlier + what.amount)), most=yuan(instalment.amount))  # fmt: skip
    x.step("EX_NOT_CONFORMING", invoice=what.invoice)
