"""What has been invoiced and paid, and what is outstanding? (SPEC 4.3)"""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.article_09_payment.state import Payments
from ledger.domain.machine import Machine
from ledger.domain.money import Fen, yuan


def balance(m: Machine, day: date) -> dict[str, Any]:
    """``total`` is the contract's as of ``day``; ``payable`` what conforming invoices still ask for."""
    book = m[Payments]
    payment = m.agreement.latest.terms.payment
    invoiced = payable = overdue = 0
    for invoice in book.invoices.values():
        if not invoice.conforming or invoice.voided:
            continue
        invoiced += invoice.amount
        unpaid = max(0, invoice.amount - invoice.paid)
        payable += unpaid
        due = m.duties["pay-invoice:" + invoice.id].due_on
        if due is not None and day > due:
            overdue += unpaid
    amounts = {
        "total": payment.total, "invoiced": invoiced, "paid": book.paid, "outstanding": payment.total - book.paid,
        "payable": payable, "overdue": overdue,
    }  # fmt: skip
    return {"currency": payment.currency} | {name: yuan(Fen(amount)) for name, amount in amounts.items()}
