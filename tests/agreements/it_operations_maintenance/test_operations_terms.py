"""Terms of the second agreement: what contradicts itself is refused (SPEC 9.1)."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.errors import Refusal
from ledger.domain.terms import parse_terms
from ledger.messages import refusal
from tests.operations import terms

MONTHS = {"months": 12, "accepted": "initial"}


def part(**changes: Any) -> list[dict[str, Any]]:
    """One part of the whole price, changed as said; None takes a key out."""
    row = {"number": 1, "share": "1", "after": "invoice", "days": 30} | changes
    return [{key: value for key, value in row.items() if value is not None}]


@pytest.mark.parametrize(("changes", "code", "field"), [
    ({"term": {"from": "2025-07-02", "to": "2025-07-01"}}, "TERM_ENDS_BEFORE", "term.to"),
    ({"term": {"from": "2025-07-02"}}, "TERM_STATED_TWO_WAYS", "term"),
    ({"term": {"from": "2025-07-02", "months": 12}}, "TERM_STATED_TWO_WAYS", "term"),
    ({"term": {"months": 12, "accepted": "final"}}, "STAGE_UNKNOWN", "term.accepted"),
    ({"price__parts": part(share="0.99999999")}, "PARTS_NOT_TOTAL", "price.parts"),
    ({"price__parts": part(amount="1200000.00")}, "PART_ONE_OF", "price.parts.1"),
    ({"price__parts": part(days=None)}, "PART_ONE_OF", "price.parts.1"),
    ({"price__parts": part(months=2)}, "PART_ONE_OF", "price.parts.1"),
    ({"price__parts": part(after="acceptance")}, "PART_LACKS", "price.parts.1.stage"),
    ({"price__parts": part(after="service-year")}, "PART_LACKS", "price.parts.1.year"),
    ({"price__parts": part(stage="initial")}, "PART_TAKES_NOT", "price.parts.1.stage"),
    ({"price__parts": part(after="acceptance", stage="final")}, "STAGE_UNKNOWN", "price.parts.1.stage"),
    ({"price__parts": part(requires=["bond-paid"]), "bond": None}, "PART_NEEDS", "price.parts.1.requires"),
    ({"term": {"accepted": "initial"}}, "TERM_STATED_TWO_WAYS", "term"),
    ({"assessment": {"coefficients": [{"row": 1, "from": "0.01", "coefficient": "1"}]}}, "COEFFICIENTS_FROM_ZERO",
     "assessment.coefficients"),
    ({"service__availability": [{"row": 1, "below": "99.9", "credit": "0.1"},
                                {"row": 2, "below": "99.90", "credit": "0.2"}]}, "BAND_TWICE",
     "service.availability.2.below"),
    ({"delay": {"rate_per_day": "0.05", "cap": "0.0499"}}, "DELAY_CAP_BELOW_RATE", "delay.cap"),
    ({"termination__availability__months": 7}, "MONTHS_BEYOND_WINDOW", "termination.availability.months"),
    ({"cap": None}, "PART_NEEDS", "termination.cap_reached"),
])  # fmt: skip
def test_what_contradicts_itself_is_refused_by_its_path(changes: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_terms(terms(**changes))
    assert [(fault.code, fault.field) for fault in refused.value.faults] == [(code, field)]
    assert all(refusal(refused.value, lang).count("\n") == 0 for lang in ("zh", "en"))  # type: ignore[arg-type]


@pytest.mark.parametrize("changes", [
    {"term": {"from": "2025-07-01", "to": "2025-07-01"}}, {"term": MONTHS}, {"price__parts": part()},
    {"delay": {"rate_per_day": "0.05", "cap": "0.05"}}, {"termination__availability__months": 6},
    {"service": None}, {"stages": None, "price__parts": part()}, {"termination": None, "cap": None}, {"credits": None},
])  # fmt: skip
def test_what_is_just_within_is_read(changes: dict[str, Any]) -> None:
    assert parse_terms(terms(**changes)).contract.id == "OPS-2025-001"
