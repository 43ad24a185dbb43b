"""Terms: what the shipped files say, which is what the contract says, and what may be left out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ledger.agreements.beijing_government_cloud_2025.terms import DamagesRow
from ledger.domain.money import yuan
from ledger.domain.terms import parse_terms
from tests.domain.terms_documents import CONTRACTS, THIS, THREE_YEARS, named, with_, without


def test_given_this_contract_then_its_price_is_paid_in_two_instalments_within_five_working_days() -> None:
    payment = parse_terms(THIS).payment
    assert yuan(payment.total) == "2303911.32"
    assert [(each.number, yuan(each.amount), each.requires) for each in payment.instalments] == [
        (1, "1843129.06", ()),
        (2, "460782.26", ("deployment", "stage-review")),
    ]
    assert payment.tax_rate == Decimal("0.06")
    assert payment.pay_within_working_days == 5
    assert payment.stage_review_by == date(2025, 12, 31)


def test_given_this_contract_then_its_order_has_eleven_lines_in_each_of_two_parts() -> None:
    lines = parse_terms(THIS).order.lines
    parts = {part: [line for line in lines if line.part == part] for part in ("base", "extension")}
    assert {part: len(of_part) for part, of_part in parts.items()} == {"base": 11, "extension": 11}
    assert sum(line.total for line in parts["base"]) == 151119120  # 基础部分总价 1511191.2
    assert sum(line.total for line in parts["extension"]) == 79272012  # 扩展部分总价 792720.12
    assert len({line.name for line in lines}) == 22


@pytest.mark.parametrize("service", ["host-hardening", "host-scan"])
def test_given_this_contract_then_hardening_and_scanning_are_ordered_twice_for_62_hosts(service: str) -> None:
    line = next(line for line in parse_terms(THIS).order.lines if line.service == service)
    assert (str(line.quantity), line.periods) == ("62", 2)


MATERIAL = """1 availability 1.00, 2 mutual-backup 0.50, 3 tampering 2.00, 4 data-loss 2.00, 5 intrusion 1.00,
    6 unheeded-notice 1.00, 7 response 1.00, 8 response 2.00, 9 recovery 1.00, 10 recovery 2.00,
    11 on-site-absence 1.00, 12 on-site-absence 2.00"""
GENERAL = """1 availability 0.50, 2 repeated-complaints 0.20, 3 failed-assessments 0.20,
    4 late-scale-out 0.20, 5 outage 0.30, 6 repeated-outages 0.60, 7 unheeded-notice 0.50,
    8 response 0.30, 9 response 0.50, 10 recovery 0.30, 11 recovery 0.50,
    12 on-site-absence 0.30, 13 on-site-absence 0.50"""


@pytest.mark.parametrize(("annex", "table"), [("material", MATERIAL), ("general", GENERAL)])
def test_given_this_contract_then_annexes_2_and_3_have_the_rules_and_rates_of_the_text(
    annex: str, table: str
) -> None:
    rows: tuple[DamagesRow, ...] = getattr(parse_terms(THIS).damages, annex)
    assert [f"{row.row} {row.rule} {row.rate}" for row in rows] == [cell.strip() for cell in table.split(",")]


def test_given_this_contract_then_the_bands_and_floors_of_its_tables_are_those_of_the_text() -> None:
    damages = parse_terms(THIS).damages
    bands = [(row.over, row.under) for row in damages.material[6:]]
    assert bands == [(15, 30), (30, 60), (30, 60), (60, 120), (60, 120), (120, 240)]
    assert [(row.over, row.under) for row in damages.general[7:]] == bands
    assert damages.material[0].data_reliability == Decimal("99.99999")  # seven nines, in annex 2 only
    assert {damages.general[0].data_reliability, damages.general[1].data_reliability} == {Decimal("99.9999")}
    assert damages.general[5] == DamagesRow(
        row=6, rule="repeated-outages", rate=Decimal("0.60"), count=3, minutes=480
    )


def test_given_this_contract_then_the_grades_and_readings_are_those_of_annex_1_and_none() -> None:
    terms = parse_terms(THIS)
    assert terms.grades.outage is not None and terms.grades.data_loss is not None
    assert terms.grades.outage.a.people_from == 500_000
    assert yuan(terms.grades.outage.b.loss_from) == "1000000.00"
    assert terms.grades.data_loss.a.systems_over == 3
    assert terms.readings == {}


def test_given_the_three_year_example_then_it_is_other_terms_without_annex_tables() -> None:
    terms = parse_terms(THREE_YEARS)
    shares = [each.amount * 100 // terms.payment.total for each in terms.payment.instalments]
    assert shares == [30, 30, 30, 10]
    assert (terms.term.months, terms.payment.pay_within_working_days) == (36, 30)
    assert terms.grades.tampering is None
    assert terms.grades.outage is not None and terms.grades.outage.minutes == 240
    assert (terms.damages.material, terms.damages.general, terms.order.lines) == ((), (), ())
    first = (CONTRACTS / "three-year-example.toml").read_text("utf-8").splitlines()[0]
    assert "illustrative" in first and "示例" in first


def test_given_no_window_then_b_incidents_are_counted_over_twelve_months() -> None:
    assert parse_terms(without("termination/b_window_months")).termination.b_window_months == 12


@pytest.mark.parametrize("path", ["damages", "damages/material", "damages/general", "order", "order/lines", "grades",
                                  "quality", "termination", "readings", "grades/outage"])
def test_given_an_optional_table_or_list_then_empty_and_left_out_mean_the_same(path: str) -> None:
    empty: object = [] if path in ("damages/material", "damages/general", "order/lines") else {}
    assert named(with_(path, empty)) == set()
    assert parse_terms(with_(path, empty)) == parse_terms(without(path))


def test_given_no_quality_and_no_termination_then_there_is_neither() -> None:
    terms = parse_terms(without("quality", without("termination")))
    assert (terms.quality, terms.termination) == (None, None)


@pytest.mark.parametrize(("ends", "within", "without_"), [
    ({"over": 15, "under": 30}, [16, Decimal("15.000001"), Decimal("29.999999")], [15, 30]),
    ({"from": 15, "to": 30}, [15, 30], [Decimal("14.999999"), Decimal("30.000001")]),
    ({"from": 60}, [60, 10**9], [Decimal("59.999999")]), ({"over": 60}, [Decimal("60.000001")], [60]),
    ({"from": 30, "to": 30}, [30], [29, 31]),
])  # fmt: skip
def test_given_a_band_then_its_ends_are_within_as_its_keys_say(
    ends: dict[str, int], within: list[Decimal | int], without_: list[Decimal | int]
) -> None:
    row = {"row": 1, "rule": "response", "rate": "1.00", **ends}
    [read] = parse_terms(with_("damages/material", [row])).damages.material
    assert all(read.band.holds(value) for value in within)
    assert not any(read.band.holds(value) for value in without_)


@pytest.mark.parametrize(("first", "second", "fault"), [
    ({"over": 15, "under": 30}, {"from": 30, "under": 60}, None), ({"over": 15, "to": 30}, {"over": 30}, None),
    ({"over": 15, "to": 30}, {"from": 30, "under": 60}, "TERMS_BANDS_OVERLAP"),
    ({"over": 15}, {"over": 30, "under": 60}, "TERMS_BANDS_OVERLAP"),
    ({"from": 15, "under": 15}, {"over": 30}, "TERMS_BAND_CROSSED"), ({"from": 15, "to": 15}, {"over": 15}, None),
])  # fmt: skip
def test_given_two_bands_then_they_may_share_an_end_that_is_not_in_both(
    first: dict[str, int], second: dict[str, int], fault: str | None
) -> None:
    rows = [{"row": n, "rule": "response", "rate": "1.00", **ends} for n, ends in enumerate((first, second), 1)]
    assert {code for _, code in named(with_("damages/material", rows))} == ({fault} if fault else set())


OPTIONAL = """quality termination grades grades/outage grades/tampering grades/data_loss grades/intrusion readings
    damages damages/material damages/general order payment/stage_review_by payment/instalments/1/requires"""


@pytest.mark.parametrize("path", OPTIONAL.split())
def test_given_an_optional_part_left_out_then_the_terms_still_stand(path: str) -> None:
    assert named(without(path)) == set()
