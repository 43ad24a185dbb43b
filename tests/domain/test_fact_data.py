"""Bad data: whatever a client may get wrong is refused, with the field named, in Chinese and English."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import pytest

from ledger import messages
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES
from ledger.domain.fact_data import data_json, decode_data, parse_data, stored_name
from tests.domain.fact_samples import SAMPLES

DOMAIN = Path(__file__).parents[2] / "ledger" / "domain"
INVOICE = {"invoice": "INV-1", "instalment": 1, "amount": "1843129.06", "tax_rate": "0.06"}


def sample(type_: str, **changes: object) -> dict[str, Any]:
    """The sample's data with some fields changed; ``...`` leaves one out."""
    data = {**SAMPLES[type_][1], **changes}
    return {key: value for key, value in data.items() if value is not ...}


def refused(type_: str, data: object, code: str, field: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        parse_data(type_, data)
    assert (caught.value.code, caught.value.field) == (code, field)
    for lang in ("zh", "en"):
        said = messages.refusal(caught.value, lang)
        assert said.startswith(field) and "\n" not in said and said.isprintable()
    return caught.value


def test_given_a_sample_then_it_reads_and_one_field_more_or_less_does_not() -> None:
    for type_ in SAMPLES:
        data = SAMPLES[type_][1]
        parse_data(type_, data)
        refused(type_, {**data, "colour": "red"}, "FIELD_UNKNOWN", "data.colour")
        cls: Any = TYPES[type_].cls
        for name in cls.__slots__:
            key = name.removesuffix("_")
            if key in data and name not in cls.__optional__:
                refused(type_, {k: v for k, v in data.items() if k != key}, "FIELD_MISSING", f"data.{key}")


def test_given_any_field_with_a_value_of_a_wrong_type_then_it_is_named() -> None:
    for type_ in SAMPLES:
        data = SAMPLES[type_][1]
        for key, value in data.items():
            for wrong in (None, 1.5, math.nan, math.inf, [None], True if not isinstance(value, bool) else "true"):
                with pytest.raises(Refusal) as caught:
                    parse_data(type_, {**data, key: wrong})
                assert str(caught.value.field).startswith(f"data.{key}"), (key, wrong, caught.value)


def test_given_a_misspelt_field_then_the_unknown_one_is_named_and_those_there_are() -> None:
    fault = refused("InvoiceIssued", {**{k: v for k, v in INVOICE.items() if k != "amount"}, "ammount": "1"},
                    "FIELD_UNKNOWN", "data.ammount")
    assert fault.values["known"] == "invoice, instalment, amount, tax_rate, lines, number, issued_on"


# what is stated, the code, the field
DEPENDENT: list[tuple[str, dict[str, Any], str, str]] = [
    ("InvoiceIssued", {"lines": ..., }, "FIELD_MISSING", "data.tax_rate"),
    ("InvoiceIssued", {"tax_rate": "0.06"}, "FIELDS_EXCLUDE", "data.lines"),
    ("InvoiceIssued", {"amount": "1843129.05"}, "AMOUNT_NOT_SUM", "data.amount"),
    ("InvoiceIssued", {"lines": [{"amount": "1843129.06"}]}, "FIELD_MISSING", "data.lines.0.tax_rate"),
    ("InvoiceIssued", {"lines": [{"amount": "1", "tax_rate": "0", "x": 1}]}, "FIELD_UNKNOWN", "data.lines.0.x"),
    ("InvoiceIssued", {"lines": [{"amount": 1, "tax_rate": "0"}]}, "FIELD_TYPE", "data.lines.0.amount"),
    ("InvoiceIssued", {"lines": []}, "LIST_LENGTH", "data.lines"),
    ("PaymentMade", {"allocations": ...}, "FIELD_MISSING", "data.invoice"),
    ("PaymentMade", {"invoice": "INV-1"}, "FIELDS_EXCLUDE", "data.allocations"),
    ("PaymentMade", {"settlement": "JS-1"}, "FIELDS_EXCLUDE", "data.settlement"),
    ("PaymentMade", {"amount": "1843129.07"}, "AMOUNT_NOT_SUM", "data.amount"),
    ("PaymentMade", {"allocations": [{"invoice": "I", "amount": "1"}, {"invoice": "I", "amount": "2"}]},
     "LIST_DUPLICATE", "data.allocations.1.invoice"),
    ("DamagesSettled", {"invoice": ...}, "DEDUCTION_WITHOUT_INVOICE", "data.invoice"),
    ("DamagesSettled", {"manner": "paid"}, "INVOICE_WITHOUT_DEDUCTION", "data.invoice"),
    ("TerminationDeclared", {"clauses": ["10.3"]}, "CHOICE_UNKNOWN", "data.clauses.0"),
    ("TerminationDeclared", {"clauses": ["10.1", "10.1"]}, "LIST_DUPLICATE", "data.clauses.1"),
    ("JudgmentEntered", {"rulings": []}, "LIST_LENGTH", "data.rulings"),
    ("JudgmentEntered", {"rulings": [{"guilty": True}]}, "RULING_UNKNOWN", "data.rulings.0"),
    ("JudgmentEntered", {"rulings": [{"incident": "i"}]}, "FIELD_MISSING", "data.rulings.0.grade"),
    ("JudgmentEntered", {"rulings": [{"terminated_on": None, "grade": "A"}]}, "FIELD_UNKNOWN", "data.rulings.0.grade"),
    ("JudgmentEntered", {"rulings": [{"terminated_on": "soon"}]}, "DATE_INVALID", "data.rulings.0.terminated_on"),
    ("JudgmentEntered", {"rulings": [{"fact": "x", "stands": None}]}, "FIELD_TYPE", "data.rulings.0.stands"),
]  # fmt: skip


@pytest.mark.parametrize(("type_", "changes", "code", "field"), DEPENDENT)
def test_given_fields_that_do_not_go_together_then_the_one_at_fault_is_named(
    type_: str, changes: dict[str, Any], code: str, field: str
) -> None:
    refused(type_, sample(type_, **changes), code, field)


def test_given_several_lines_alike_then_all_count() -> None:
    line = {"amount": "10.00", "tax_rate": "0.06"}
    read: Any = parse_data("InvoiceIssued", sample("InvoiceIssued", lines=[line, line], amount="20.00"))
    assert len(read.lines) == 2 and data_json(read)["lines"] == [line, line]


@pytest.mark.parametrize(("given", "kept"), [
    (15, 15), ("15", 15), ("15.0", 15), ("15.4", "15.4"), ("15.40", "15.40"), (0, 0), ("0.000001", "0.000001"),
])  # fmt: skip
def test_given_minutes_then_whole_ones_are_integers_and_others_are_as_they_came(given: object, kept: object) -> None:
    read = parse_data("ServiceLevelReported", sample("ServiceLevelReported", response_minutes=given))
    assert data_json(read)["response_minutes"] == kept
    assert decode_data(stored_name(read), data_json(read)) == read


@pytest.mark.parametrize("rate", ["0", "0.0000000", "0.0000001", "0.060", "99.99990", "100", "100.0"])
def test_given_a_decimal_then_it_is_written_as_it_came(rate: str) -> None:
    assert data_json(parse_data("InvoiceIssued", INVOICE | {"tax_rate": rate}))["tax_rate"] == rate


def test_given_an_unknown_type_then_it_is_refused() -> None:
    refused("InvoicePaid", INVOICE, "FACT_UNKNOWN_TYPE", "type")


def test_given_data_that_is_no_object_then_it_is_refused() -> None:
    for data in (None, [], "x", 1, [INVOICE]):
        refused("InvoiceIssued", data, "FIELD_TYPE", "data")


@pytest.mark.parametrize(("amount", "code"), [
    (1843129.06, "FIELD_TYPE"), (1843129, "FIELD_TYPE"), (True, "FIELD_TYPE"), (None, "FIELD_TYPE"),
    (math.nan, "FIELD_TYPE"), ("1843129.061", "AMOUNT_DECIMALS"), ("0.000", "AMOUNT_DECIMALS"),
    ("-1.00", "AMOUNT_NEGATIVE"), ("-0.001", "AMOUNT_NEGATIVE"), ("NaN", "AMOUNT_INVALID"),
    ("Infinity", "AMOUNT_INVALID"), ("1e5", "AMOUNT_INVALID"), ("+1", "AMOUNT_INVALID"), ("", "AMOUNT_INVALID"),
    ("1,000.00", "AMOUNT_INVALID"), ("01.00", "AMOUNT_INVALID"), (".5", "AMOUNT_INVALID"), ("5.", "AMOUNT_INVALID"),
    (" 5", "AMOUNT_INVALID"), ("5 ", "AMOUNT_INVALID"), ("１", "AMOUNT_INVALID"), ("¥5", "AMOUNT_INVALID"),
    ("1_000", "AMOUNT_INVALID"), ("9" * 31, "AMOUNT_INVALID"), ("5\n", "AMOUNT_INVALID"), ("--5", "AMOUNT_INVALID"),
    ("100000000000.01", "AMOUNT_TOO_LARGE"), ("9" * 20, "AMOUNT_TOO_LARGE"),
])
def test_given_an_amount_that_is_none_then_it_is_refused(amount: object, code: str) -> None:
    refused("InvoiceIssued", {**INVOICE, "amount": amount}, code, "data.amount")


@pytest.mark.parametrize(("amount", "fen"), [
    ("0", 0), ("0.1", 10), ("0.01", 1), ("10.50", 1050), ("1843129.06", 184312906), ("100000000000.00", 10**13),
])
def test_given_an_amount_then_it_is_exact_to_the_fen(amount: str, fen: int) -> None:
    read: Any = parse_data("InvoiceIssued", {**INVOICE, "amount": amount})
    assert read.amount == fen


@pytest.mark.parametrize(("type_", "field", "value", "code"), [
    ("InvoiceIssued", "tax_rate", 0.06, "FIELD_TYPE"),
    ("InvoiceIssued", "tax_rate", "6%", "DECIMAL_INVALID"),
    ("InvoiceIssued", "tax_rate", "100.000000001", "NUMBER_RANGE"),
    ("InvoiceIssued", "tax_rate", "-0.06", "NUMBER_RANGE"),
    ("InvoiceIssued", "tax_rate", "-0", "NUMBER_RANGE"),
    ("InvoiceIssued", "tax_rate", "0." + "0" * 29, "DECIMAL_INVALID"),
    ("InvoiceIssued", "tax_rate", "sNaN", "DECIMAL_INVALID"),
    ("InvoiceIssued", "instalment", -1, "NUMBER_RANGE"),
    ("InvoiceIssued", "instalment", 10**9 + 1, "NUMBER_RANGE"),
    ("InvoiceIssued", "instalment", 10**400, "NUMBER_RANGE"),
    ("InvoiceIssued", "instalment", True, "FIELD_TYPE"),
    ("InvoiceIssued", "instalment", "1", "FIELD_TYPE"),
    ("InvoiceIssued", "instalment", 1.0, "FIELD_TYPE"),
    ("AvailabilityReported", "availability", "100.0001", "NUMBER_RANGE"),
    ("AvailabilityReported", "data_reliability", "99,9", "DECIMAL_INVALID"),
    ("IncidentReported", "systems_share", "1.01", "NUMBER_RANGE"),
    ("IncidentReported", "people_affected", -1, "NUMBER_RANGE"),
    ("IncidentReported", "duration_minutes", 15.4, "FIELD_TYPE"),
    ("IncidentReported", "duration_minutes", "15.4000001", "MINUTES_TOO_FINE"),
    ("IncidentReported", "duration_minutes", "-1", "NUMBER_RANGE"),
    ("IncidentReported", "duration_minutes", -1, "NUMBER_RANGE"),
    ("IncidentReported", "duration_minutes", True, "FIELD_TYPE"),
    ("IncidentReported", "duration_minutes", "1e2", "DECIMAL_INVALID"),
    ("PersonnelAbsent", "count", 0, "NUMBER_RANGE"),
    ("IncidentReported", "economic_loss", "5000000.001", "AMOUNT_DECIMALS"),
    ("IncidentReported", "kind", "earthquake", "CHOICE_UNKNOWN"),
    ("IncidentReported", "scope", "province", "CHOICE_UNKNOWN"),
    ("IncidentReported", "consequence", "minor", "CHOICE_UNKNOWN"),
    ("IncidentReported", "responsibility", "party_b", "CHOICE_UNKNOWN"),
    ("IncidentReported", "force_majeure", "true", "FIELD_TYPE"),
    ("IncidentReported", "force_majeure", 1, "FIELD_TYPE"),
    ("IncidentReported", "learned_on", "2026-02-29", "DATE_INVALID"),
    ("IncidentReported", "mlps_level", 3, "MEASURE_OF_OTHER_KIND"),
    ("IncidentReported", "system", None, "FIELD_TYPE"),
    ("SystemRegistered", "mlps_level", 0, "NUMBER_RANGE"),
    ("SystemRegistered", "mlps_level", 6, "NUMBER_RANGE"),
    ("SystemRegistered", "important", 0, "FIELD_TYPE"),
    ("SystemRegistered", "annual_fee", "-1", "AMOUNT_NEGATIVE"),
    ("StaffingReported", "month", "2026-13", "MONTH_INVALID"),
    ("StaffingReported", "month", "2026-3", "MONTH_INVALID"),
    ("StaffingReported", "month", "2026-03-01", "MONTH_INVALID"),
    ("StaffingReported", "month", "1948-12", "MONTH_INVALID"),
    ("StaffingReported", "month", 202603, "FIELD_TYPE"),
    ("ExitRequested", "exit_on", "2026-04-31", "DATE_INVALID"),
    ("ExitRequested", "exit_on", "20261001", "DATE_INVALID"),
    ("ExitRequested", "exit_on", "2026-W40-1", "DATE_INVALID"),
    ("ExitRequested", "exit_on", "2026-10-01T00:00:00+08:00", "DATE_INVALID"),
    ("ExitRequested", "exit_on", "1948-12-31", "DATE_RANGE"),
    ("ExitRequested", "exit_on", "2200-01-01", "DATE_RANGE"),
    ("ExitRequested", "request", "", "IDENTIFIER_INVALID"),
    ("ExitRequested", "request", " E1", "IDENTIFIER_INVALID"),
    ("ExitRequested", "request", "E1 ", "IDENTIFIER_INVALID"),
    ("ExitRequested", "request", "E\u30001", "IDENTIFIER_INVALID"),
    ("ExitRequested", "request", "E\u200b1", "IDENTIFIER_INVALID"),
    ("ExitRequested", "request", "E" * 129, "IDENTIFIER_INVALID"),
    ("ExitRequested", "request", 7, "FIELD_TYPE"),
    ("ExitRequested", "reason", "", "TEXT_EMPTY"),
    ("ExitRequested", "reason", "字" * 10_001, "TEXT_TOO_LONG"),
    ("TerminationDeclared", "clauses", "10.1", "FIELD_TYPE"),
    ("TerminationDeclared", "clauses", [], "LIST_LENGTH"),
    ("DataDisposed", "manner", "deducted", "CHOICE_UNKNOWN"),
    ("DamagesSettled", "manner", "destroyed", "CHOICE_UNKNOWN"),
    ("DamagesSettled", "items", [], "LIST_LENGTH"),
    ("DamagesSettled", "items", "a2-r7:x", "FIELD_TYPE"),
    ("DamagesSettled", "items", ["x"] * 1001, "LIST_LENGTH"),
    ("AcceptancePassed", "rating", "A", "CHOICE_UNKNOWN"),
    ("AcceptancePassed", "round", True, "FIELD_TYPE"),
    ("AcceptancePassed", "round", -1, "NUMBER_RANGE"),
    ("ComplaintFiled", "subject", "price", "CHOICE_UNKNOWN"),
    ("IncidentGradeAgreed", "grade", "C", "CHOICE_UNKNOWN"),
    ("IncidentGradeAgreed", "confirmed_by", ["party_a"], "CONFIRMATION_INCOMPLETE"),
    ("IncidentGradeAgreed", "confirmed_by", [], "CONFIRMATION_INCOMPLETE"),
    ("IncidentGradeAgreed", "confirmed_by", ["party_a", "party_a"], "CONFIRMATION_INCOMPLETE"),
    ("IncidentGradeAgreed", "confirmed_by", ["party_a", "party_b", "supervisor"], "CONFIRMATION_INCOMPLETE"),
    ("IncidentGradeAgreed", "confirmed_by", ["party_a", {}], "CONFIRMATION_INCOMPLETE"),
    ("IncidentGradeAgreed", "confirmed_by", "party_a", "FIELD_TYPE"),
    ("IncidentsLinked", "incidents", [], "LIST_LENGTH"),
    ("IncidentsUnlinked", "incidents", [], "LIST_LENGTH"),
    ("RectificationNoticeIssued", "ground", "Absent_Key", "SLUG_INVALID"),
    ("RectificationNoticeIssued", "ground", "a--b", "SLUG_INVALID"),
    ("RectificationNoticeIssued", "ground", "-a", "SLUG_INVALID"),
    ("RectificationNoticeIssued", "ground", "a-b\n", "SLUG_INVALID"),
    ("ContractSigned", "party", "supervisor", "SIGNATURE_BY_NON_PARTY"),
    ("ContractSigned", "party", "party_c", "SIGNATURE_BY_NON_PARTY"),
    ("MajorEventAnnounced", "to", "2026-03-03", "PERIOD_REVERSED"),
    ("MajorEventAnnounced", "personnel", -1, "NUMBER_RANGE"),
    ("ServicePerformed", "units", 0, "NUMBER_RANGE"),
    ("DocumentAttached", "sha256", "0" * 63, "DIGEST_INVALID"),
    ("DocumentAttached", "sha256", "A" * 64, "DIGEST_INVALID"),
    ("DocumentAttached", "media_type", "pdf", "MEDIA_TYPE_INVALID"),
    ("FactCorrected", "on", "2026-01-01T00:00:00", "TIME_WITHOUT_OFFSET"),
    ("FactCorrected", "on", "2026-02-30", "DATE_INVALID"),
    ("FactCorrected", "on", "2026-01-01T24:00:00Z", "DATE_INVALID"),
    ("FactCorrected", "data", [], "FIELD_TYPE"),
    ("EvidenceExported", "facts", "41", "FIELD_TYPE"),
    ("PersonnelAssigned", "name", {"commitment": "0" * 64}, "FIELD_TYPE"),
    ("CalendarPublished", "year", 2026.0, "FIELD_TYPE"),
])
def test_given_a_value_that_cannot_be_then_its_field_is_named(
    type_: str, field: str, value: object, code: str
) -> None:
    refused(type_, sample(type_, **{field: value}), code, f"data.{field}")


@pytest.mark.parametrize(("type_", "field", "value", "code", "at"), [
    ("DamagesSettled", "items", ["a", "b", "a"], "LIST_DUPLICATE", "2"),
    ("DamagesSettled", "items", ["a", 5], "FIELD_TYPE", "1"),
    ("IncidentsLinked", "incidents", ["INC-1", "INC-1"], "LIST_DUPLICATE", "1"),
    ("IncidentsLinked", "incidents", ["INC-1", ["INC-2"]], "FIELD_TYPE", "1"),
    ("DisputeOpened", "clauses", ["10.3", "10\u202e.3"], "TEXT_FORBIDDEN", "1"),
    ("DisputeOpened", "facts", [None], "FIELD_TYPE", "0"),
    ("CalendarPublished", "off_days", ["2026-01-01", "2026-13-01"], "DATE_INVALID", "1"),
    ("CalendarPublished", "off_days", ["2026-01-01", "2026-01-04"], "DAY_OFF_AND_MADE_UP", "1"),
    ("ContractRegistered", "terms", {"payment": {"total": 2303911.32}}, "FIELD_TYPE", "payment.total"),
    ("AmendmentAgreed", "changes", {"payment.total": math.nan}, "FIELD_TYPE", "payment.total"),
    ("AmendmentAgreed", "changes", {"x": [["a", "\x1b[2J"]]}, "TEXT_FORBIDDEN", "x.0.1"),
    ("AmendmentAgreed", "changes", {"x": 10**30}, "NUMBER_RANGE", "x"),
    ("FactCorrected", "data", {"amount": 1.5}, "FIELD_TYPE", "amount"),
])
def test_given_a_bad_value_within_a_value_then_the_way_to_it_is_named(
    type_: str, field: str, value: object, code: str, at: str
) -> None:
    refused(type_, sample(type_, **{field: value}), code, f"data.{field}.{at}")


def test_given_attention_named_twice_or_unknown_then_it_is_refused() -> None:
    data = {"incident": "I", "kind": "tampering"}
    refused("IncidentReported", {**data, "attention": ["national", "national"]}, "LIST_DUPLICATE", "data.attention.1")
    refused("IncidentReported", {**data, "attention": ["world"]}, "CHOICE_UNKNOWN", "data.attention.0")
    refused("IncidentReported", {**data, "attention": "national"}, "FIELD_TYPE", "data.attention")


@pytest.mark.parametrize("character", [
    "\x00", "\t", "\n", "\r", "\x1b", "\x7f", "\x85", "\x9f", "\u061c", "\u200e", "\u200f", "\u202a", "\u202b",
    "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\ud800", "\udfff", "\ufdd0", "\ufffe",
    "\uffff", "\U0001ffff", "\U0010fffe",
])
def test_given_a_text_with_a_control_or_bidirectional_character_then_it_is_refused(character: str) -> None:
    data = {"invoice": "INV-1", "reason": f"发票{character}作废"}
    fault = refused("InvoiceVoided", data, "TEXT_FORBIDDEN", "data.reason")
    assert fault.values == {"position": 3, "character": f"U+{ord(character):04X}"}
    refused("InvoiceVoided", {"invoice": f"I{character}", "reason": "x"}, "IDENTIFIER_INVALID", "data.invoice")


@pytest.mark.parametrize("text", [
    "发票作废", "a b", "全角　空格", "emoji 👩\u200d💻", "é e\u0301", "\u00ad", "字" * 10_000, "\ue000",
])
def test_given_an_ordinary_text_then_it_is_kept_as_it_is(text: str) -> None:
    read: Any = parse_data("InvoiceVoided", {"invoice": "INV-1", "reason": text})
    assert read.reason == text


def test_given_a_field_whose_name_prints_invisibly_then_the_refusal_shows_it_escaped() -> None:
    fault = refused("InvoiceIssued", {**INVOICE, "am\u202eount": "1"}, "FIELD_UNKNOWN", "data.am\\u202eount")
    assert fault.field is not None and fault.field.isascii()


def test_given_data_too_deep_or_too_large_then_it_is_refused() -> None:
    deep: dict[str, Any] = {}
    for _ in range(5000):
        deep = {"x": deep}
    with pytest.raises(Refusal) as caught:
        parse_data("AmendmentAgreed", sample("AmendmentAgreed", changes=deep))
    assert caught.value.code == "DATA_TOO_DEEP"
    many = {"x": [[0] * 1000 for _ in range(101)]}
    refused("AmendmentAgreed", sample("AmendmentAgreed", changes=many), "DATA_TOO_LARGE", "data.changes")


def test_given_a_measure_in_an_assessment_then_any_kind_may_have_it_until_the_incident_is_known() -> None:
    read: Any = parse_data("IncidentAssessed", {"incident": "INC-1", "mlps_level": 3, "people_affected": 5})
    assert (read.measures.mlps_level, read.measures.people_affected, read.measures.scope) == (3, 5, None)


def test_given_both_parties_in_another_order_then_the_content_is_the_same() -> None:
    one = parse_data("ReadingAgreed", sample("ReadingAgreed", confirmed_by=["party_b", "party_a"]))
    assert one == parse_data("ReadingAgreed", sample("ReadingAgreed"))


def test_given_every_code_raised_here_or_at_admission_then_the_catalogue_has_it() -> None:
    agreements = DOMAIN.parent / "agreements"
    sources = [
        *DOMAIN.glob("fact*.py"), *DOMAIN.glob("admission*.py"), *DOMAIN.glob("facts/*.py"),
        DOMAIN / "values.py", DOMAIN / "fields.py", *agreements.rglob("facts.py"),
    ]  # fmt: skip
    written = "".join(source.read_text(encoding="utf-8") for source in sources)
    codes = set(re.findall(r'[Rr]efusal\(\s*"([A-Z_]+)"', written)) | set(re.findall(r'"([A-Z]+_[A-Z_]+)"', written))
    assert len(codes) > 50
    assert codes <= messages.CATALOGUE.keys()
