"""What Article 9 expects of an electronic invoice: the sums of the instalments and the tax rate, by the terms."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ledger.domain.money import fen
from ledger.domain.payments.drafts import Expected


def expected(terms: Mapping[str, Any]) -> Expected:
    payment = terms["payment"]
    return Expected({row["number"]: fen(row["amount"]) for row in payment["instalments"]}, Decimal(payment["tax_rate"]))
