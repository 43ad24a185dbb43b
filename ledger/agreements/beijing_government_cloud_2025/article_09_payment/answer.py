"""What has been invoiced and paid of the total, and what is outstanding? (SPEC 4.3)"""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_09_payment import explain
from ledger.agreements.beijing_government_cloud_2025.terms import TERMS
from ledger.domain.machine import Machine
from ledger.domain.money import Fen
from ledger.explanation.balance import balance_of


def total(m: Machine) -> Fen:
    return TERMS.latest(m).payment.total


BALANCE = balance_of(total, explain.total, ("9.1", "9.2"))
