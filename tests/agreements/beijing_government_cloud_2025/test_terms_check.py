"""What counsel wants to see before signing: every gap, double match and floor, found on the bounds (SPEC 2.3)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.rows_of_reports import band as rule
from ledger.agreements.beijing_government_cloud_2025.readings import READINGS
from ledger.agreements.beijing_government_cloud_2025.terms import DamagesRow
from ledger.agreements.beijing_government_cloud_2025.terms.advice import FINEST
from ledger.domain.advice import just_below
from ledger.domain.bands import Band, gaps
from ledger.domain.terms import parse_terms
from ledger.labels import article
from ledger.notices import shipped_calendar
from ledger.projections.terms_check import advice
from tests.domain.terms_documents import THIS, THREE_YEARS, named, with_, without

# What is told of the terms of this contract: the code, the path, the smallest example, the reading that settles it.
TOLD = [
    ("ADVICE_FLOORS_DISAGREE", "damages.material.1.data_reliability", "99.9999", "data-reliability-floor"),
    ("ADVICE_MONTHS_SHORT", "periods.exit_notice_months", "2026-08-31", None),
    ("ADVICE_MONTHS_SHORT", "term.months", "2028-02-29", "term-end"),
    ("ADVICE_DAYS_NONE", "periods.scale_out_days", "2026-02-14", "natural-days"),
    ("ADVICE_FORCE_MAJEURE", "grades", None, "force-majeure"),
    ("ADVICE_OVER_AND_FROM", "grades.outage.A.systems_share_over", "0.30", None),
    ("ADVICE_ALL_OR_ANY", "grades.outage", None, "outage-criteria"),
    ("ADVICE_ABOVE_CEILING", "grades.outage.B.systems_share_over", "0.301", "outage-b-ceiling"),
    ("ADVICE_ATTENTION_BOTH", "grades.tampering", "municipal_leader", None),
    ("ADVICE_OVER_AND_FROM", "grades.data_loss.months_over", "1", None),
    ("ADVICE_SYSTEMS_BETWEEN", "grades.data_loss.B.systems_from", 2, None),
    *(
        (code, f"damages.{annex}.{row}", example, "band-gaps")
        for annex, first in (("material", 7), ("general", 8))
        for row, (code, example) in enumerate((
            ("ADVICE_GAP_POINT", 30), ("ADVICE_GAP_ABOVE", 60), ("ADVICE_GAP_POINT", 60), ("ADVICE_GAP_ABOVE", 120),
            ("ADVICE_GAP_POINT", 120), ("ADVICE_GAP_ABOVE", 240),
        ), first)
    ),
    ("ADVICE_BELOW_BOTH", "damages.general.2", "99.98", "same-cause-damages"),
    ("ADVICE_BELOW_BOTH", "damages.general.2", "99.98", "same-cause-damages"),
    ("ADVICE_OUTAGE_BOTH", "damages.general.6.minutes", 480, "same-cause-damages"),
    ("ADVICE_NO_SYSTEM_PRICE", "damages.general", None, None),
]  # fmt: skip


def told(document: Any = THIS) -> list[dict[str, Any]]:
    return advice(document, shipped_calendar())


def codes(document: Any, *wanted: str) -> list[tuple[str, Any]]:
    return [(one["field"], one["example"]) for one in told(document) if one["code"] in wanted]


def test_of_this_contract_exactly_these_are_told_each_with_its_smallest_example() -> None:
    assert [(one["code"], one["field"], one["example"], one["reading"]) for one in told()] == TOLD


def test_each_is_told_in_both_languages_under_a_clause_and_settled_by_a_reading_there_is() -> None:
    for document in (THIS, THREE_YEARS):
        for one in told(document):
            assert one["zh"].isprintable() and one["zh"].endswith("。") and "{" not in one["zh"] + one["en"]
            assert one["en"].isprintable() and one["en"].endswith(".")
            assert article(one["clause"], "zh") != one["clause"]
            assert one["reading"] is None or one["reading"] in READINGS


@pytest.mark.parametrize(("reading", "option", "code"), [
    ("band-gaps", "a-fortiori", "ADVICE_GAP_POINT"), ("band-gaps", "literal", "ADVICE_GAP_ABOVE"),
    ("data-reliability-floor", "six-nines", "ADVICE_FLOORS_DISAGREE"), ("natural-days", "rolls", "ADVICE_DAYS_NONE"),
    ("force-majeure", "excluded", "ADVICE_FORCE_MAJEURE"), ("outage-criteria", "any", "ADVICE_ALL_OR_ANY"),
    ("outage-b-ceiling", "open", "ADVICE_ABOVE_CEILING"),
])  # fmt: skip
def test_what_the_terms_settle_themselves_is_not_told_again(reading: str, option: str, code: str) -> None:
    assert codes(THIS, code) and not codes(with_("readings", {reading: option}), code)


def test_a_gap_between_two_bands_is_told_whole_and_no_reading_settles_it() -> None:
    apart = with_("damages/material/7/over", 45)  # row 8 from over 45, row 7 to under 30
    [one] = [one for one in told(apart) if one["code"] == "ADVICE_GAP_BETWEEN"]
    assert (one["field"], one["example"], one["reading"]) == ("damages.material.7", 30, None)
    closed = with_("damages/material/6", {"row": 7, "rule": "response", "over": 15, "to": 30, "rate": "1.00"})
    assert ("damages.material.7", 30) not in codes(closed, "ADVICE_GAP_POINT", "ADVICE_GAP_BETWEEN")
    beyond = with_("damages/material/6", {"row": 7, "rule": "response", "over": 15, "to": 28, "rate": "1.00"})
    assert ("damages.material.7", "28.000001") in codes(beyond, "ADVICE_GAP_BETWEEN")


def test_a_last_band_without_an_upper_end_leaves_nothing_above() -> None:
    row = {"row": 8, "rule": "response", "from": 30, "rate": "2.00"}
    assert [field for field, _ in codes(with_("damages/material/7", row), "ADVICE_GAP_ABOVE", "ADVICE_GAP_POINT")
            if field in ("damages.material.7", "damages.material.8")] == []  # fmt: skip


def test_floors_that_agree_are_not_told_and_those_of_availability_are_told_as_well() -> None:
    agree = with_("damages/material/0/data_reliability", "99.9999")
    assert codes(agree, "ADVICE_FLOORS_DISAGREE") == []
    both = with_("quality/availability", "99.95")
    assert ("damages.material.1.availability", "99.95") in codes(both, "ADVICE_FLOORS_DISAGREE")
    assert [field for field, _ in codes(without("quality", agree), "ADVICE_FLOORS_DISAGREE")] == []


def test_grades_that_leave_nothing_between_them_are_not_told() -> None:
    of_a = THIS["grades"]["outage"]["A"] | {"systems_share_over": "0.10"}
    same = with_("grades/outage/B", of_a)
    assert codes(same, "ADVICE_ABOVE_CEILING") == []  # whatever is above the ceiling with these people and loss is an A
    assert codes(with_("grades/data_loss/B/systems_from", 3), "ADVICE_SYSTEMS_BETWEEN") == []
    assert codes(without("damages"), "ADVICE_NO_SYSTEM_PRICE") == []


def test_an_instalment_that_waits_for_nothing_after_one_that_waits_is_told() -> None:
    three = [{"number": 1, "amount": "1.00", "requires": ["acceptance"]}, {"number": 2, "amount": "2303910.32"}]
    told_of = codes(with_("payment/instalments", three), "ADVICE_INSTALMENT_WAITS_NOT")
    assert told_of == [("payment.instalments.2", 2)] and codes(THIS, "ADVICE_INSTALMENT_WAITS_NOT") == []


def test_a_grade_that_another_leaves_nothing_of_is_out_of_reach() -> None:
    of_a = THIS["grades"]["outage"]["A"]
    assert codes(with_("grades/outage/B", of_a), "ADVICE_B_OUT_OF_REACH") == [("grades.outage.B", None)]
    a_fen_less = with_("grades/outage/B", of_a | {"loss_from": "4999999.99"})
    assert codes(a_fen_less, "ADVICE_B_OUT_OF_REACH") == []
    capped = with_("readings", {"outage-b-ceiling": "thirty-percent"})
    ceiling = with_("grades/outage/B/systems_share_over", "0.30", capped)
    assert codes(ceiling, "ADVICE_B_OUT_OF_REACH") == [("grades.outage.B.systems_share_over", None)]
    every_level = with_("grades/data_loss/A/mlps_level_from", 1, with_("grades/data_loss/B/systems_from", 4))
    assert codes(every_level, "ADVICE_B_OUT_OF_REACH") == [("grades.data_loss.B", None)]
    assert codes(with_("grades/data_loss/B/systems_from", 3, every_level), "ADVICE_B_OUT_OF_REACH") == []
    assert codes(without("grades"), "ADVICE_NOTHING_GRADED") == [("grades", None)]
    assert codes(without("termination", without("grades")), "ADVICE_NOTHING_GRADED") == []


def test_a_day_that_is_no_working_day_and_periods_that_lose_none() -> None:
    assert codes(with_("payment/stage_review_by", "2026-02-17"), "ADVICE_DAY_OFF") == [
        ("payment.stage_review_by", "2026-02-17"),
    ]  # fmt: skip
    assert codes(THIS, "ADVICE_DAY_OFF") == []  # 2025-12-31, a Wednesday
    assert ("periods.scale_out_days", "2026-02-14") in codes(THIS, "ADVICE_DAYS_NONE")
    assert codes(without("damages"), "ADVICE_DAYS_NONE") == []
    longer = with_("periods/scale_out_days", 10)  # a working day is left of ten that begin before the festival
    assert codes(longer, "ADVICE_DAYS_SHORT") == [("periods.scale_out_days", "2026-02-13")]
    unpaid = without("payment/pay_within_working_days")
    assert codes(unpaid, "ADVICE_NO_DAY_TO_PAY") == [("payment.pay_within_working_days", None)]


def test_a_row_whose_period_is_left_out_cannot_arise_and_working_days_need_no_telling() -> None:
    unstated = without("periods/scale_out_days")
    assert codes(unstated, "ADVICE_ROW_NEVER") == [("periods.scale_out_days", None)]
    counted = with_("periods/scale_out_working_days", 5, unstated)
    assert codes(counted, "ADVICE_ROW_NEVER", "ADVICE_DAYS_NONE", "ADVICE_DAYS_SHORT") == []


def test_days_of_the_term_are_told_where_they_are_off_or_are_not_the_months_beside_them() -> None:
    ends = {"months": 12, "starts_on": "2025-12-01", "ends_on": "2026-11-30"}
    assert codes(with_("term", ends), "ADVICE_MONTHS_DIFFER", "ADVICE_DAY_OFF") == []  # a Monday, the day before
    assert codes(with_("term", ends | {"ends_on": "2026-12-01"}), "ADVICE_MONTHS_DIFFER") == []
    assert codes(with_("term", ends | {"ends_on": "2026-11-29"}), "ADVICE_MONTHS_DIFFER", "ADVICE_DAY_OFF") == [
        ("term.ends_on", "2026-11-29"), ("term.months", 12),
    ]  # fmt: skip


def test_a_floor_of_one_system_is_held_against_those_of_the_tables() -> None:
    portal = with_("quality/systems", [{"system": "portal", "availability": "99.9"}])
    [one] = [one for one in told(portal) if one["code"] == "ADVICE_FLOORS_DISAGREE" and "availability" in one["field"]]
    assert (one["field"], one["example"]) == ("quality.availability", "99.9")
    assert "99.9%" in one["zh"] and "99.99%" in one["zh"]


@pytest.mark.parametrize(("floor", "below"), [
    ("99.99", "99.98"), ("99.9999", "99.9998"), ("100", "99"), ("0.1", "0.0"),
])  # fmt: skip
def test_just_below_a_floor_is_one_of_its_last_place_less(floor: str, below: str) -> None:
    assert just_below(Decimal(floor)) == Decimal(below)


# -- a plain decision table -------------------------------------------------------------------------


@st.composite
def tables(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Rows of one rule that may stand in one table: bands in ascending order that share no value."""
    ends = sorted(draw(st.sets(st.integers(0, 60), min_size=2, max_size=8)))
    rows: list[dict[str, Any]] = []
    place = 0
    while place + 1 < len(ends):
        lower = draw(st.sampled_from(["over", "from"]))
        if rows and rows[-1].get("to") == ends[place]:
            lower = "over"
        row = {"row": len(rows) + 1, "rule": "response", "rate": "1.00", lower: ends[place]}
        last = place + 2 >= len(ends)
        upper = draw(st.sampled_from(["under", "to", *(["none"] if last else [])]))
        if upper != "none":
            row[upper] = ends[place + 1]
        rows.append(row)
        place += draw(st.sampled_from([1, 2]))
    return rows


def in_row(row: dict[str, Any], value: Decimal) -> bool:
    """A row of the table as anybody reads it."""
    return (
        ("over" not in row or value > row["over"]) and ("from" not in row or value >= row["from"])
        and ("under" not in row or value < row["under"]) and ("to" not in row or value <= row["to"])
    )


def holding(read: list[DamagesRow], value: Decimal) -> DamagesRow | None:
    """The row of the rule, where its band holds the value as written."""
    row = rule(read, value)
    return row if row is not None and row.band.holds(value) else None


@settings(max_examples=300, deadline=None)
@given(tables(), st.data())
def test_a_plain_decision_table_gives_exactly_the_row_that_the_check_and_the_rule_give(
    rows: list[dict[str, Any]], data: st.DataObject
) -> None:
    document = with_("damages", {"material": rows, "general": []})
    assert named(document) == set()
    read = [row for _, row in parse_terms(document).damages.by_rule["response"]]
    found = list(gaps([row.band for row in read]))
    bounds = {Decimal(end) for row in rows for key, end in row.items() if key in ("over", "from", "under", "to")}
    near = st.sampled_from(sorted(bounds)).flatmap(lambda end: st.sampled_from([end - FINEST, end, end + FINEST]))
    value = data.draw(near.filter(lambda one: one >= 0) | st.decimals(0, 70, places=6))

    by_hand = [row["row"] for row in rows if in_row(row, value)]
    by_rule = holding(read, value)
    in_gap = [gap for gap in found if gap.band.holds(value)]

    assert by_hand == ([] if by_rule is None else [by_rule.row])
    assert bool(in_gap) == (not by_hand and not read[0].band.short_of(value))
    for gap in found:  # its smallest example is in it, in no row, and nothing smaller that can be recorded is
        assert gap.band.holds(gap.smallest(FINEST)) and holding(read, gap.smallest(FINEST)) is None
        assert not gap.band.holds(gap.smallest(FINEST) - FINEST)


def test_bands_meet_where_a_value_is_in_both() -> None:
    assert Band(15, False, 30, True).meets(Band(30, True, 60)) and not Band(15, False, 30).meets(Band(30, True, 60))
    assert Band(0, True, None).meets(Band(1_000, False, None))
