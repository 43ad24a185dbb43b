"""What counsel wants to see of these terms before signing: on the bounds, with the smallest example (SPEC 2.3, 9.1)."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from ledger.agreements.it_operations_maintenance.readings import READINGS
from ledger.agreements.it_operations_maintenance.terms.said import SAID
from ledger.labels import article
from ledger.notices import shipped_calendar
from ledger.projections.terms_check import advice
from tests.domain.terms_documents import faults
from tests.operations import terms

EXAMPLE = [
    ("OPS_ADVICE_PRIORITY_WITHOUT_ROW", "service.priorities", "P3", None),
    ("OPS_ADVICE_BEGUN_HOUR", "service.priorities.P1.resolve.per", 241, "late-hours"),
    ("OPS_ADVICE_BEGUN_HOUR", "service.priorities.P2.resolve.per", 481, "late-hours"),
    ("OPS_ADVICE_SCORES_APART", "termination.scores.count", "1, 3", "two-scores"),
    ("OPS_ADVICE_CLAIM_WINDOW", "credits.within_days", 16, "credit-window"),
]


def told(**changes: Any) -> list[dict[str, Any]]:
    return advice(terms(**changes), shipped_calendar())


def new(**changes: Any) -> list[tuple[str, str, Any]]:
    """What is told of changed terms that was not told of the example."""
    found = [(one["code"], one["field"], one["example"]) for one in told(**changes)]
    return [one for one in found if one not in [line[:3] for line in EXAMPLE]]


def parts(**changed: Any) -> list[dict[str, Any]]:
    """The example's parts with keys of the last changed."""
    found = deepcopy(terms()["price"]["parts"])
    found[-1] |= changed
    return found  # type: ignore[no-any-return]


def bands(*rows: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"row": n, "below": below, "credit": credit} for n, (below, credit) in enumerate(rows, 1)]


def times(**minutes: tuple[int, int]) -> list[dict[str, Any]]:
    allowed = {"amount": "1.00", "per": "breach"}
    return [
        {"priority": name, "respond": {"within_minutes": respond, **allowed},
         "resolve": {"within_minutes": resolve, **allowed}}
        for name, (respond, resolve) in minutes.items()
    ]  # fmt: skip


EVERY = {"P1": (1, 5), "P2": (2, 6), "P3": (3, 7), "P4": (4, 8)}
ROWS = [{"row": 1, "from": "90", "coefficient": "0.90"}, {"row": 2, "from": "0", "coefficient": "0.90"}]
RIGHTS = {"notice_days": 15}
TOLD: list[tuple[str, dict[str, Any], list[tuple[str, Any]]]] = [
    ("ADVICE_MONTHS_SHORT", {"term": {"months": 6, "accepted": "initial"}}, [("term.months", "2026-08-31")]),
    ("ADVICE_DAY_OFF", {"term__to": "2026-06-28"}, [("term.to", "2026-06-28")]),
    ("ADVICE_DAY_OFF", {"stages": [{"stage": "initial", "name": "初验", "by": "2025-10-01"}]},
     [("stages.initial.by", "2025-10-01")]),
    ("OPS_ADVICE_YEAR_NEVER", {"price__parts": parts(year=2)}, [("price.parts.3.year", 2)]),
    ("OPS_ADVICE_YEAR_NEVER", {"price__parts": parts(year=2), "term__to": "2026-07-01"},
     [("price.parts.3.year", 2)]),  # the second would begin on the last day
    ("OPS_ADVICE_YEAR_NEVER", {"price__parts": parts(year=2), "term__to": "2026-07-02"}, []),
    ("OPS_ADVICE_NO_INCIDENT", {"service__systems": None}, [("price.parts.2.requires", None)]),
    ("OPS_ADVICE_NO_SYSTEM", {"service__systems": None}, [("service.systems", None)]),
    ("OPS_ADVICE_BAND_NOT_GRAVER", {"service__availability": bands(("99.90", "0.05"), ("99.00", "0.05"))},
     [("service.availability.2.credit", "98.99")]),
    ("OPS_ADVICE_BAND_NOT_GRAVER", {"service__availability": bands(("99.90", "0.05"), ("99.00", "0.06"))}, []),
    ("OPS_ADVICE_MAINTENANCE_UNANNOUNCED", {"service__maintenance_notice_hours": 0},
     [("service.maintenance_notice_hours", 0)]),
    ("OPS_ADVICE_COUNTS_UNCREDITED", {"termination__availability__below": "99.91"},
     [("termination.availability.below", "99.90")]),
    ("OPS_ADVICE_COUNTS_UNCREDITED", {"termination__availability__below": "99.90"}, []),
    ("OPS_ADVICE_PRIORITY_WITHOUT_ROW", {"service__priorities": times(**EVERY)}, []),
    ("OPS_ADVICE_RESOLVED_FIRST", {"service__priorities": times(**EVERY | {"P4": (8, 8)})},
     [("service.priorities.P4.resolve.within_minutes", 8)]),
    ("OPS_ADVICE_PRIORITIES_EXCHANGED", {"service__priorities": times(**EVERY | {"P3": (2, 5)})},
     [("service.priorities.P2.resolve.within_minutes", 6)]),
    ("OPS_ADVICE_COEFFICIENT_NOT_HIGHER", {"assessment": {"coefficients": ROWS}},
     [("assessment.coefficients.1.coefficient", "90")]),
    ("OPS_ADVICE_NO_COEFFICIENTS", {"assessment": None}, [("price.parts.3.assessed", None)]),
    ("OPS_ADVICE_NO_START", {"term": {"months": 13}}, [("term", None)]),
    ("OPS_ADVICE_NOTHING_ASSESSED", {"price__parts": parts(assessed=False)}, [("assessment", None)]),
    ("OPS_ADVICE_STAGE_AFTER_END", {"stages": [{"stage": "initial", "name": "初验", "by": "2026-06-30"}]},
     [("stages.initial.by", "2026-06-30")]),
    ("OPS_ADVICE_STAGE_AFTER_END", {"stages": [{"stage": "initial", "name": "初验", "by": "2026-06-29"}]}, []),
    ("OPS_ADVICE_DELAY_OF_NOTHING", {"price__parts": [
        {"number": 1, "amount": "1200000.00", "after": "service-year", "year": 1, "assessed": True, "days": 30},
    ]}, [("stages.initial.by", None)]),
    ("OPS_ADVICE_BOND_ABOVE_TENTH", {"bond__amount": "120000.01"}, [("bond.amount", "120000.01")]),
    ("OPS_ADVICE_BOND_ABOVE_TENTH", {"bond__amount": "120000.00"}, []),
    ("OPS_ADVICE_CAP_BELOW_DELAY", {"cap__share": "0.0149"}, [("cap.share", "0.0149")]),  # 5 % of 360,000 is 1.5 %
    ("OPS_ADVICE_CAP_BELOW_DELAY", {"cap__share": "0.015"}, []),
    ("OPS_ADVICE_SCORES_NEVER", {"termination__scores__count": 5}, [("termination.scores.count", 5)]),
    ("OPS_ADVICE_MONTHS_NEVER", {"termination__availability": {"below": "95.00", "months": 13, "within_months": 24}},
     [("termination.availability.months", 13)]),
    ("OPS_ADVICE_MONTHS_NEVER", {"termination__availability": {"below": "95.00", "months": 12, "within_months": 24}},
     []),
    ("OPS_ADVICE_NEVER_BELOW", {"termination__scores__below": "0"}, [("termination.scores.below", "0")]),
    ("OPS_ADVICE_NEVER_BELOW", {"termination__availability__below": "0"}, [("termination.availability.below", "0")]),
    ("OPS_ADVICE_CAP_NEVER", {"service": None, "delay": None, "credits": None},
     [("termination.cap_reached", None)]),
]  # fmt: skip


def test_of_the_example_exactly_these_are_told() -> None:
    assert [(one["code"], one["field"], one["example"], one["reading"]) for one in told()] == EXAMPLE


@pytest.mark.parametrize(("code", "changes", "expected"), TOLD)
def test_each_is_told_on_its_bound_with_the_smallest_example(
    code: str, changes: dict[str, Any], expected: list[tuple[str, Any]]
) -> None:
    assert [(field, example) for other, field, example in new(**changes) if other == code] == expected


def test_every_sentence_is_told_somewhere_in_both_languages_under_a_clause() -> None:
    seen: set[str] = set()
    for changes in ({}, *(changes for _, changes, _ in TOLD)):
        for one in told(**changes):
            seen.add(one["code"])
            assert one["zh"].endswith("。") and one["en"].endswith(".") and "{" not in one["zh"] + one["en"]
            assert article(one["clause"], "zh") != one["clause"]
            assert one["reading"] is None or one["reading"] in READINGS
    assert seen >= {code for code in SAID if code.startswith("OPS_ADVICE_")}


def test_what_the_terms_settle_themselves_is_not_told_again() -> None:
    settled = {"late-hours": "full", "two-scores": "any", "credit-window": "known"}
    assert [one["code"] for one in told(readings=settled)] == ["OPS_ADVICE_PRIORITY_WITHOUT_ROW"]
    assert [one["reading"] for one in told(readings={"two-scores": "any"})] == [
        None, "late-hours", "late-hours", "credit-window",
    ]  # fmt: skip


def test_a_single_low_score_leaves_no_question_whether_they_follow_each_other() -> None:
    assert "OPS_ADVICE_SCORES_APART" not in [one["code"] for one in told(termination__scores__count=1)]


def test_shares_of_a_hundred_and_twenty_per_cent_are_refused_as_one_notice_published_them() -> None:
    four = [{"number": n, "share": "0.30", "after": "service-year", "year": n, "days": 30} for n in range(1, 5)]
    [one] = [one for one in faults(terms(price__parts=four, term__to="2029-06-30")) if one.code == "PARTS_NOT_TOTAL"]
    assert (one.values["sum"], one.values["total"]) == ("1440000.00", "1200000.00")
