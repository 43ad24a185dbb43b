"""The score of a quarter that counts, and the coefficient of a service year (4.2)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_04_assessment.state import Scores
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.domain.declare import NamedTuple
from ledger.domain.fact import Fact
from ledger.domain.machine import Machine


class Assessed(NamedTuple):
    """The average of a service year's scores, and the coefficient that follows; ``scores`` are those that count."""

    average: Fraction
    coefficient: Decimal
    scores: tuple[Fact, ...]


def score_of(m: Machine, quarter: int) -> Fact | None:
    """The assessment of a quarter that counts."""
    said = m[Scores].told.get(quarter)
    return m.prevailing(said) if said else None


def coefficient_of(m: Machine, year: int) -> Assessed | None:
    """None until every quarter of the year is assessed."""
    # 4.2 "服务年度的考核系数按该年度各季度评分的平均分确定"
    table = TERMS.latest(m).assessment
    scores = [score_of(m, quarter) for quarter in m[ServiceLife].quarters_of(year)]
    found = [one for one in scores if one is not None]
    if table is None or not found or len(found) < len(scores):
        return None
    average = sum((Fraction(one.what.score) for one in found), Fraction()) / len(found)
    row = max((one for one in table.coefficients if Fraction(one.from_) <= average), key=lambda one: one.from_)
    return Assessed(average, row.coefficient, tuple(found))
