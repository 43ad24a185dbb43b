"""What a part of the price comes to, and whether what it waits for has come (2.1, 2.2)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_02_payment.state import Acceptances
from ledger.agreements.it_operations_maintenance.article_03_service_levels.state import Tickets
from ledger.agreements.it_operations_maintenance.article_04_assessment.coefficients import coefficient_of
from ledger.agreements.it_operations_maintenance.article_06_bond.state import BondAccount
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.agreements.it_operations_maintenance.terms.tables import Price, PricePart
from ledger.domain.machine import Machine
from ledger.domain.money import Fen, round_half_up


def sum_of(m: Machine, price: Price, part: PricePart) -> Fen:
    """What a part comes to; an assessed one times the coefficient of its year, once that is known."""
    # 2.1 "按该年度的考核系数支付"
    amount = price.sum_of(part)
    known = coefficient_of(m, part.year) if part.assessed and part.year is not None else None
    return amount if known is None else round_half_up(Fraction(known.coefficient) * amount)


def total(m: Machine) -> Fen:
    """What the price comes to as of the day, by the coefficients known."""
    price = TERMS.latest(m).price
    return Fen(sum(sum_of(m, price, part) for part in price.parts))


def triggered(m: Machine, part: PricePart) -> bool:
    """Has that come after which the part is paid? Signing is the contract's effect, which is asked of every invoice."""
    if part.after == "acceptance":
        return part.stage in m[Acceptances].accepted
    if part.after == "service-year":
        # 2.1 "于第一个服务年度届满并完成考核后": it is over when its last day has passed
        year = m[ServiceLife].period(12, part.year or 1)
        over = year is not None and m.day > year[1]
        return over and (not part.assessed or coefficient_of(m, part.year or 1) is not None)
    return True


def met(m: Machine, day: date, condition: str) -> bool:
    """Is a condition of 2.2 met; ``day`` says which terms are meant?"""
    if condition == "bond-paid":
        bond = TERMS.on(m, day).bond
        return bond is not None and m[BondAccount].paid >= bond.amount
    return not m[Tickets].major_open
