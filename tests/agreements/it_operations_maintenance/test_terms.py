"""Terms of the second agreement: what contradicts itself is refused, what is unwise is told (SPEC 9.1, 2.3)."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.errors import Refusal
from ledger.domain.terms import parse_terms
from ledger.messages import refusal
from ledger.notices import shipped_calendar
from ledger.projections.terms_check import advice
from tests.operations import terms

ALWAYS = [("OPS_ADVICE_PRIORITY_NONE", "P3"), ("OPS_ADVICE_WINDOW", 16)]
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
    ({"price__parts": part(after="acceptance")}, "PART_LACKS", "price.parts.1.stage"),
    ({"price__parts": part(after="service-year")}, "PART_LACKS", "price.parts.1.year"),
    ({"price__parts": part(stage="initial")}, "PART_TAKES_NOT", "price.parts.1.stage"),
    ({"price__parts": part(after="acceptance", stage="final")}, "STAGE_UNKNOWN", "price.parts.1.stage"),
    ({"price__parts": part(requires=["bond-paid"]), "bond": None}, "PART_NEEDS", "price.parts.1.requires"),
    ({"price__parts": part(after="service-year", year=1, assessed=True), "assessment": None}, "PART_NEEDS",
     "price.parts.1.assessed"),
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


def told(**changes: Any) -> list[tuple[str, Any]]:
    found = [(one["code"], one["example"]) for one in advice(terms(**changes), shipped_calendar())]
    return [one for one in found if one not in ALWAYS]


def test_of_the_example_what_counsel_sees_is_told_with_its_reading() -> None:
    listed = advice(terms(), shipped_calendar())
    assert [(one["code"], one["example"]) for one in listed] == ALWAYS
    assert [one["reading"] for one in listed] == [None, "credit-window"]


def test_a_condition_that_nobody_can_fulfil_is_told_on_its_bound() -> None:
    two_years = {"from": "2025-07-01", "to": "2027-06-30"}
    years = part(after="service-year", year=2)
    assert told(price__parts=years) == [("OPS_ADVICE_YEAR_NEVER", 2)]
    assert told(price__parts=years, term=two_years) == []
    assert told(termination__scores__count=4) == []
    assert told(termination__scores__count=5) == [("OPS_ADVICE_SCORES_NEVER", 5)]
    short = {"from": "2025-07-01", "to": "2025-09-30"}
    one_part = part()
    assert told(term=short, price__parts=one_part, termination__scores=None) == []
    assert told(term=short | {"to": "2025-08-31"}, price__parts=one_part, termination__scores=None) == [
        ("OPS_ADVICE_MONTHS_NEVER", 3)
    ]


def test_tables_that_run_the_wrong_way_are_told_on_their_bound() -> None:
    bands = [{"row": 1, "below": "99.90", "credit": "0.15"}, {"row": 2, "below": "99.00", "credit": "0.15"}]
    assert told(service__availability=bands) == []
    falling = [bands[0], bands[1] | {"credit": "0.14"}]
    assert told(service__availability=falling) == [("OPS_ADVICE_CREDIT_FALLS", "98.99")]
    rows = [{"row": 1, "from": "90", "coefficient": "0.80"}, {"row": 2, "from": "0", "coefficient": "0.80"}]
    assert told(assessment={"coefficients": rows}) == []
    assert told(assessment={"coefficients": [rows[0] | {"coefficient": "0.79"}, rows[1]]}) == [
        ("OPS_ADVICE_COEFFICIENT_FALLS", "90")
    ]
    assert told(termination__availability__below="99.90") == []
    assert told(termination__availability__below="99.91") == [("OPS_ADVICE_FLOOR_WITHOUT_CREDIT", "99.90")]


def test_days_and_months_that_the_calendar_shortens_are_told() -> None:
    assert told(stages=[{"stage": "initial", "name": "初验", "by": "2025-08-16"}]) == [("ADVICE_DAY_OFF", "2025-08-16")]
    assert [code for code, _ in told(term={"months": 6, "accepted": "initial"})] == ["ADVICE_MONTHS_SHORT"]
