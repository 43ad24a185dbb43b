"""Invoices and what was paid on them (art. 9)."""

from __future__ import annotations

from dataclasses import dataclass, field

from ledger.domain.fact import Fact
from ledger.domain.money import Fen


@dataclass(slots=True)
class Invoice:
    """An invoice as judged at its own moment."""

    id: str
    fact: Fact
    amount: Fen
    instalment: int
    conforming: bool
    voided: bool = False
    paid: int = 0  # fen received and not returned


@dataclass(slots=True)
class Payment:
    """A payment and whether it came back."""

    fact: Fact
    invoice: str
    amount: Fen
    returned: bool = False


@dataclass(slots=True)
class Payments:
    """Invoices and payments by identifier; ``invoiced`` is the conforming sum by instalment, in fen.

    ``owed`` are the conforming invoices that are not yet paid in full.
    """

    invoices: dict[str, Invoice] = field(default_factory=dict)
    payments: dict[str, list[Payment]] = field(default_factory=dict)
    paid_by_invoice: dict[str, list[Payment]] = field(default_factory=dict)
    paid: int = 0
    invoiced: dict[int, int] = field(default_factory=dict)
    owed: dict[str, Invoice] = field(default_factory=dict)
    stage_review: Fact | None = None
    deployed: Fact | None = None
