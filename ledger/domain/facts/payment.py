"""Invoices, payments and damages (art. 9, art. 10.3, annexes 2 and 3)."""

from __future__ import annotations

from decimal import Decimal

from ledger.domain.declare import record
from ledger.domain.money import Fen


@record
class InvoiceIssued:
    """Party B gave party A an invoice for an instalment (Art. 9.1, 9.2)."""

    invoice: str
    instalment: int
    amount: Fen
    tax_rate: Decimal


@record
class InvoiceVoided:
    """Party B voided an invoice (Art. 9.1)."""

    invoice: str
    reason: str


@record
class PaymentMade:
    """Party A paid towards an invoice (Art. 9.1)."""

    payment: str
    invoice: str
    amount: Fen


@record
class PaymentReturned:
    """A payment came back: bounced, refunded or misdirected (Art. 9.1)."""

    payment: str
    reason: str


@record
class DamagesAgreed:
    """Both parties settled on an amount for damages items (Art. 10.3)."""

    items: tuple[str, ...]
    amount: Fen
    confirmed_by: tuple[str, ...]


@record
class DamagesSettled:
    """Damages were paid or deducted (Annex 2, Annex 3)."""

    items: tuple[str, ...]
    amount: Fen
    manner: str
