"""Amending terms by dotted key, and the document as it is recorded."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from ledger import messages
from ledger.agreements.beijing_government_cloud_2025.terms import CloudTerms
from ledger.agreements.it_operations_maintenance.terms.shape import PRIORITIES
from ledger.domain.errors import Refusal
from ledger.domain.money import yuan
from ledger.domain.template import TEMPLATES
from ledger.domain.terms import amend, document_json, parse_terms
from ledger.domain.terms_amendment import changes_between
from ledger.domain.terms_values import Rows, Value
from ledger.domain.terms_words import column_of, row_of, value_shape
from tests.domain.terms_documents import THIS, THREE_YEARS, with_, without

RECORDED = document_json(THIS)
FREE = {"part": "base", "name": "免费项", "unit_price": "0", "quantity": "1", "periods": 12, "total": "0.00"}


def terms_after(changes: dict[str, object]) -> CloudTerms:
    return parse_terms(amend(RECORDED, changes))


def refused(changes: dict[str, object], document: Any = RECORDED) -> set[tuple[str | None, str]]:
    with pytest.raises(Refusal) as caught:
        amend(document, changes)
    assert caught.value.code == "AMENDMENT_INVALID"
    for fault in caught.value.faults:
        for lang in ("zh", "en"):
            assert fault.field is not None
            assert messages.refusal(fault, lang).startswith(fault.field)
    return {(fault.field, fault.code) for fault in caught.value.faults}


def test_given_a_period_amended_then_only_that_period_changes() -> None:
    after = terms_after({"periods.rework_days": 45})
    assert after.periods.rework_days == 45
    assert amend(amend(RECORDED, {"periods.rework_days": 45}), {"periods.rework_days": 30}) == RECORDED


def test_given_an_amendment_then_the_document_it_started_from_is_untouched() -> None:
    before = copy.deepcopy(RECORDED)
    amend(RECORDED, {"payment.instalments.2.amount": "1.00", "order.lines.vcpu": None})
    assert before == RECORDED


def test_given_two_instalments_amended_by_number_then_the_total_still_holds() -> None:
    after = terms_after(
        {"payment.instalments.1.amount": "1843129.00", "payment.instalments.2.amount": "460782.32"}
    )
    assert [yuan(each.amount) for each in after.payment.instalments] == ["1843129.00", "460782.32"]


def test_given_one_instalment_amended_alone_then_the_terms_contradict_themselves() -> None:
    with pytest.raises(Refusal) as caught:
        terms_after({"payment.instalments.2.amount": "460782.27"})
    assert [fault.code for fault in caught.value.faults] == ["TERMS_INSTALMENTS_SUM"]


def test_given_a_damages_row_amended_by_its_row_then_its_rate_changes() -> None:
    assert terms_after({"damages.material.7.rate": "1.50"}).damages.material[6].rate == Decimal("1.50")


def test_given_an_order_line_amended_by_its_service_then_it_and_the_sums_must_agree() -> None:
    after = terms_after(
        {
            "order.lines.anti-ddos.quantity": "2",
            "order.lines.anti-ddos.total": "0.24",
            "payment.total": "2303911.44",
            "payment.instalments.2.amount": "460782.38",
        }
    )
    assert next(line for line in after.order.lines if line.service == "anti-ddos").quantity == 2


def test_given_a_new_row_as_a_whole_then_it_is_added_under_its_number() -> None:
    after = terms_after(
        {"payment.instalments.2.amount": "460782.25", "payment.instalments.3": {"amount": "0.01"}}
    )
    assert [(each.number, yuan(each.amount)) for each in after.payment.instalments[1:]] == [
        (2, "460782.25"), (3, "0.01"),
    ]  # fmt: skip


def test_given_a_whole_row_that_stands_already_then_it_is_replaced_in_its_place() -> None:
    after = terms_after({"damages.material.3": {"row": 3, "rule": "intrusion", "rate": "0.10"}})
    assert [(row.row, row.rule) for row in after.damages.material[1:4]] == [
        (2, "mutual-backup"), (3, "intrusion"), (4, "data-loss"),
    ]  # fmt: skip


def test_given_a_new_order_line_by_its_service_then_it_need_not_repeat_its_service() -> None:
    assert terms_after({"order.lines.free-item": FREE}).order.lines[-1].service == "free-item"


def test_given_a_service_named_by_digits_then_its_line_is_addressed_all_the_same() -> None:
    assert terms_after({"order.lines.007": FREE, "order.lines.7": FREE}).order.lines[-2].service == "007"


def test_given_null_then_a_row_or_an_optional_key_is_taken_away() -> None:
    taken = ("damages.general.13", "payment.stage_review_by", "grades.tampering")
    after = terms_after(dict.fromkeys(taken))
    assert len(after.damages.general) == 12
    assert after.payment.stage_review_by is None
    assert after.grades.tampering is None


def test_given_null_for_what_is_not_there_then_nothing_is_begun() -> None:
    three_years = document_json(THREE_YEARS)
    assert amend(three_years, {"grades.tampering": None, "grades.tampering.minutes": None}) == three_years


def test_given_a_table_the_contract_lacked_then_it_can_be_agreed_whole_or_by_its_keys() -> None:
    whole = amend(document_json(THREE_YEARS), {"grades.tampering": {"minutes": 30}})
    assert amend(document_json(THREE_YEARS), {"grades.tampering.minutes": 30}) == whole
    row = {"rule": "outage", "rate": "0.30", "minutes": 120}
    after = parse_terms(amend(whole, {"damages.general.1": row}))
    assert after.grades.tampering is not None and after.damages.general[0].minutes == 120


def test_given_a_stage_review_day_as_text_or_as_a_date_then_the_same_is_recorded() -> None:
    assert amend(RECORDED, {"payment.stage_review_by": date(2026, 3, 31)}) == amend(
        THIS, {"payment.stage_review_by": "2026-03-31"}
    )


def test_given_a_reading_settled_by_amendment_then_the_terms_hold_it() -> None:
    assert terms_after({"readings.term-end": "day-before"}).readings == {"term-end": "day-before"}


def test_given_a_whole_and_its_part_then_the_order_they_stand_in_does_not_matter() -> None:
    changes: list[tuple[str, object]] = [
        ("payment.instalments.3.amount", "0.02"),
        ("payment.instalments.3", {"amount": "0.01"}),
        ("payment.instalments.2.amount", "460782.24"),
    ]
    assert amend(RECORDED, dict(changes)) == amend(RECORDED, dict(reversed(changes)))
    assert yuan(terms_after(dict(changes)).payment.instalments[2].amount) == "0.02"


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("periods.tea_breaks", 3, "AMENDMENT_KEY_UNKNOWN"),
        ("tea", {}, "AMENDMENT_KEY_UNKNOWN"),
        ("", 1, "AMENDMENT_KEY_UNKNOWN"),
        ("payment.", 1, "AMENDMENT_KEY_UNKNOWN"),
        ("payment.total.fen", 1, "AMENDMENT_KEY_UNKNOWN"),
        ("payment.instalments.2.requires.0", "x", "AMENDMENT_KEY_UNKNOWN"),
        ("payment.instalments.2.colour", "red", "AMENDMENT_KEY_UNKNOWN"),
        ("readings.moon", "full", "AMENDMENT_KEY_UNKNOWN"),
        ("payment.instalments.9.amount", "1.00", "AMENDMENT_ROW_UNKNOWN"),
        ("payment.instalments.02.amount", "1.00", "AMENDMENT_ROW_UNKNOWN"),
        ("payment.instalments.9", None, "AMENDMENT_ROW_UNKNOWN"),
        ("order.lines.4.total", "1.00", "AMENDMENT_ROW_UNKNOWN"),
        ("damages.material.7.row", 14, "AMENDMENT_ADDRESS"),
        ("order.lines.vcpu.service", "cpu", "AMENDMENT_ADDRESS"),
        ("payment.instalments.3", {"number": 4, "amount": "1.00"}, "AMENDMENT_ADDRESS"),
        ("payment.instalments.0", {"amount": "1.00"}, "AMENDMENT_ADDRESS"),
        ("payment.instalments.three", {"amount": "1.00"}, "AMENDMENT_ADDRESS"),
        ("payment.instalments.3", "1.00", "TERMS_NOT_A_TABLE"),
        ("periods.rework_days", 45.0, "TERMS_NOT_JSON"),
        ("payment.stage_review_by", datetime(2026, 3, 31), "TERMS_NOT_JSON"),
        ("contract.id", "CU12-OTHER", "AMENDMENT_CONTRACT_ID"),
        ("contract.id", None, "AMENDMENT_CONTRACT_ID"),
    ],
)
def test_given_a_change_that_leads_nowhere_then_its_key_is_named(key: str, value: object, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        amend(RECORDED, {key: value})
    assert [(fault.field, fault.code) for fault in caught.value.faults] == [(key, code)]


def test_given_no_change_at_all_then_the_amendment_is_refused() -> None:
    assert refused({}) == {("changes", "AMENDMENT_EMPTY")}


def test_given_the_whole_contract_table_with_another_id_then_the_amendment_is_refused() -> None:
    assert refused({"contract": {"title": "新"}}) == {
        ("contract.id", "AMENDMENT_CONTRACT_ID"), ("contract.template", "AMENDMENT_TEMPLATE"),
    }


def test_given_several_wrong_keys_then_all_are_named_at_once() -> None:
    assert refused({"a": 1, "b.c": 2, "contract.id": "X", "term.months": 24}) == {
        ("a", "AMENDMENT_KEY_UNKNOWN"),
        ("b.c", "AMENDMENT_KEY_UNKNOWN"),
        ("contract.id", "AMENDMENT_CONTRACT_ID"),
    }


def test_given_a_key_that_would_not_print_then_the_refusal_shows_it_escaped_and_short() -> None:
    ((field, _),) = refused({"x\u202e" * 50: 1})
    assert field is not None and field.isprintable() and len(field) < 300


def test_given_a_table_replaced_by_a_number_then_its_parts_cannot_be_amended_with_it() -> None:
    assert refused({"term": 12, "term.months": 24}) == {("term", "TERMS_NOT_A_TABLE")}
    assert refused({"order.lines": 1, "order.lines.vcpu.total": "1"}) == {("order.lines", "TERMS_NOT_A_LIST")}
    assert refused({"order.lines": [1], "order.lines.None.total": "1"}) == {
        ("order.lines.None.total", "AMENDMENT_ROW_UNKNOWN")
    }


# --- the document as it is recorded --------------------------------------------------------------------


def test_given_a_toml_document_then_its_json_is_sorted_has_dates_as_text_and_parses_equal() -> None:
    assert list(RECORDED) == sorted(THIS)
    assert RECORDED["payment"]["stage_review_by"] == "2025-12-31"
    again = json.loads(json.dumps(RECORDED, ensure_ascii=False))
    assert again == RECORDED == document_json(again)
    assert parse_terms(again) == parse_terms(THIS)


def test_given_the_same_keys_in_another_order_then_the_recorded_bytes_are_the_same() -> None:
    turned = {key: THIS[key] for key in reversed(THIS)}
    assert json.dumps(document_json(turned)) == json.dumps(RECORDED)


@pytest.mark.parametrize("value", [1.5, float("nan"), datetime(2026, 1, 1), b"x", {1}])
def test_given_what_json_cannot_hold_then_it_is_refused_with_its_path(value: object) -> None:
    with pytest.raises(Refusal) as caught:
        document_json(with_("order/lines/3/total", value))
    assert (caught.value.code, caught.value.field) == ("TERMS_NOT_JSON", "order.lines[4].total")


def test_given_a_document_nested_without_end_then_it_is_refused_without_a_crash() -> None:
    deep: Any = 1
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(Refusal, match="TERMS_NOT_JSON"):
        document_json({"contract": deep})


# --- what is between two documents -----------------------------------------------------------------


def between(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return changes_between(TEMPLATES[THIS["contract"]["template"]].shape, document_json(before), document_json(after))


def test_given_a_value_written_otherwise_and_meaning_the_same_then_nothing_changes() -> None:
    assert between(THIS, with_("payment/tax_rate", "0.060")) == {}
    assert between(THIS, with_("payment/tax_rate", "0.061")) == {"payment.tax_rate": "0.061"}


def test_given_a_table_gone_or_come_then_it_is_taken_away_whole_and_begun_key_by_key() -> None:
    less = without("grades/tampering")
    assert between(THIS, less) == {"grades.tampering": None}
    assert between(less, THIS) == {"grades.tampering.minutes": 30}


def test_given_rows_gone_come_and_moved_then_each_is_named_by_its_address() -> None:
    rows = [*reversed(THIS["damages"]["general"][1:]), {"row": 99, "rule": "late-scale-out", "rate": "0.10"}]
    assert between(THIS, with_("damages/general", rows)) == {
        "damages.general.1": None, "damages.general.99": {"rule": "late-scale-out", "rate": "0.10"},
    }  # fmt: skip


def test_given_rows_that_cannot_be_told_apart_then_the_list_is_one_change() -> None:
    rows = [*THIS["payment"]["instalments"], THIS["payment"]["instalments"][0]]
    assert list(between(THIS, with_("payment/instalments", rows))) == ["payment.instalments"]


def test_every_term_of_every_agreement_has_a_name_and_every_word_of_it_a_meaning() -> None:
    agreements = [one for one in TEMPLATES.values() if one.terms.names]
    assert len(agreements) >= 2
    for template in agreements:
        paths = dict(terms_of(template.shape))
        assert {re.sub(r"(=.*|\.\*)$", "", name) for name in template.terms.names} <= paths.keys()
        for path, shape in paths.items():
            assert column_of(template, path) is not None, path
            if isinstance(shape, Rows):
                assert row_of(template, path, "1") is not None, path
            if isinstance(shape, Value):
                of = value_shape(template, path, shape)
                words = {**of.options, **(of.items.options if of.items is not None else {})}
                assert all(zh != word or word in PRIORITIES for word, (zh, _) in words.items()), (path, words)
                assert words or of.sort not in ("word", "list"), path


def terms_of(shape: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every table, list and value below a shape."""
    table = shape.row if isinstance(shape, Rows) else shape
    for key, part in table.keys.items():
        where = f"{path}.{key}" if path else key
        yield where, part
        if not isinstance(part, Value):
            yield from terms_of(part, where)
