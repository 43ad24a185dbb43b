"""What has been invoiced and paid of the price, and what is outstanding (SPEC 9.5)."""

from __future__ import annotations

from ledger.agreements.it_operations_maintenance.article_02_payment import explain
from ledger.agreements.it_operations_maintenance.article_02_payment.parts import total
from ledger.explanation.balance import balance_of

BALANCE = balance_of(total, explain.total, ("2.1", "2.3"))
