"""What its contracts state: within how many working days care is given, and what a visit costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ledger.domain.declare import record
from ledger.domain.errors import Refusal
from ledger.domain.money import Fen
from ledger.domain.template import TermsOf
from ledger.domain.terms import Contract, Party, shared
from ledger.domain.terms_values import Table, Value, integer, money


@record
class Care:
    """Article 1 and article 2."""

    within_working_days: int
    fee: Fen


@record
class PlantTerms:
    """The terms of one contract."""

    contract: Contract
    parties: Mapping[str, Party]
    readings: Mapping[str, str]
    care: Care


def build(values: dict[str, Any]) -> PlantTerms:
    return PlantTerms(**shared(values), care=Care(**values["care"]))


def contradictions(values: dict[str, Any], faulty: frozenset[str]) -> Iterable[Refusal]:
    return ()


TERMS = TermsOf(
    {"care": Table({"within_working_days": Value(integer(1, 30)), "fee": Value(money())})},
    build,
    contradictions,
    stated_in={"1": ("care.within_working_days",), "2": ("care.fee",)},
    names={
        "care.within_working_days": ("养护期限（工作日）", "period for care (working days)"),
        "care.fee": ("每次养护费", "fee per visit"),
    },
)
