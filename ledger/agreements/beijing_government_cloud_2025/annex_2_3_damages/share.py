"""Liquidated damages as a share of the contract's total."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def share_of_total(amount: int, total: int) -> str:
    """``16.7%``, rounded half up at its first decimal; of a smaller share than 0.1 % just that."""
    share = Decimal(100 * amount) / Decimal(total)
    if 0 < share < Decimal("0.05"):
        return "< 0.1%"
    return f"{share.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"
