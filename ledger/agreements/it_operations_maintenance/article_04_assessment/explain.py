"""How a service year's coefficient was worked out, and why a score does not count."""

from __future__ import annotations

from fractions import Fraction

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_04_assessment.coefficients import coefficient_of, score_of
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.bilingual import joined, phrase
from ledger.domain.fact import Fact
from ledger.domain.money import cut
from ledger.explanation import Explanation


def shown(average: Fraction) -> str:
    """An average for display: rounded to the same side of every row."""
    return cut(average, 4)


def tell_coefficient(x: Explanation, year: int) -> None:
    """The scores of a year, their average and what follows, or what is missing."""
    x.cite("4.1", "4.2")
    known, quarters = coefficient_of(x.m, year), x.m[ServiceLife].quarters_of(year)
    scores = [(quarter, score_of(x.m, quarter)) for quarter in quarters]
    lines = [
        phrase("OPS_SCORE", quarter=quarter, score=one.what.score, fact=x.fact(one.id))
        for quarter, one in scores if one is not None
    ]  # fmt: skip
    if known is not None:
        x.rest_on_term("assessment", x.day)
        x.step("OPS_COEFFICIENT", year=year, scores=joined(lines), average=shown(known.average),
               coefficient=known.coefficient)  # fmt: skip
        return
    if TERMS.latest(x.m).assessment is None:
        x.step("OPS_NO_COEFFICIENTS", year=year)
        return
    if lines:
        x.step("OPS_SCORES_SO_FAR", year=year, scores=joined(lines))
    missing = [str(quarter) for quarter, one in scores if one is None]
    x.step("OPS_COEFFICIENT_UNKNOWN", year=year, missing=", ".join(missing) or "–", day=x.day)


def outside(x: Explanation, fact: Fact) -> None:
    x.step("OPS_QUARTER_OUTSIDE", quarter=fact.what.quarter, first=x.m[ServiceLife].starts_on or "–",
           last=x.m[ServiceLife].ends_on or "–")  # fmt: skip
