"""What Article 2 expects of an electronic invoice: the sums of the parts that no coefficient changes, and the rate."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ledger.domain.money import Fen, fen, round_half_up
from ledger.domain.payments.drafts import Expected


def expected(terms: Mapping[str, Any]) -> Expected:
    price = terms["price"]
    fixed = [part for part in price["parts"] if not part.get("assessed")]
    rate = price.get("tax_rate")
    return Expected({part["number"]: _sum(part, price) for part in fixed}, None if rate is None else Decimal(rate))


def _sum(part: Mapping[str, Any], price: Mapping[str, Any]) -> Fen:
    if "amount" in part:
        return fen(part["amount"])
    return round_half_up(Fraction(part["share"]) * fen(price["total"]))
