"""Terms that cannot stand: every kind of fault, each named by its path, all of them at once."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Literal

import pytest

from ledger import messages
from ledger.agreements.beijing_government_cloud_2025.terms.shape import RULE_KEYS
from ledger.domain.template import TEMPLATES
from tests.domain.terms_documents import THIS, faults, named, with_, without

OUT = object()  # stands for: taken out of the document
LINE = "order.lines.high-performance-storage"  # the fourth line
ROW_2, AT_2 = "damages/material/1", "damages.material.2"  # mutual-backup
ROW_8 = "damages/material/7"  # response, over 30, under 60
REQUIRES, REQUIRED = "payment/instalments/1/requires", "payment.instalments.2.requires"
REVIEW, SECOND = "payment/stage_review_by", "payment/instalments/1/amount"
LEVEL = "grades/intrusion/A/mlps_level_from"
DATED = {"months": 12, "starts_on": date(2025, 12, 1), "ends_on": date(2026, 12, 1)}
DAYS = ("starts_on", "ends_on")
OUTAGE = THIS["grades"]["outage"]
EXCHANGED = {"minutes": 120, "A": OUTAGE["B"], "B": OUTAGE["A"]}

# What is wrong, where (a list is entered by place), the value put there; then the field and code to name it.
FAULTS: list[tuple[str, str, object, str, str]] = [
    ("a key nobody knows", "contract/colour", "red", "contract.colour", "KEY_UNKNOWN"),
    ("a table nobody knows", "annex_9", {}, "annex_9", "KEY_UNKNOWN"),
    ("an unknown key in a row", "order/lines/3/colour", 1, f"{LINE}.colour", "KEY_UNKNOWN"),
    ("a third party", "parties/party_c", {"name": "丙"}, "parties.party_c", "KEY_UNKNOWN"),
    ("a reading nobody knows", "readings/moon", "full", "readings.moon", "KEY_UNKNOWN"),
    ("an option nobody knows", "readings/lapse", "soon", "readings.lapse", "CHOICE_UNKNOWN"),
    ("a missing table", "term", OUT, "term", "KEY_MISSING"),
    ("a missing key", "payment/currency", OUT, "payment.currency", "KEY_MISSING"),
    ("a missing grade", "grades/outage/B", OUT, "grades.outage.B", "KEY_MISSING"),
    ("a row without its number", f"{ROW_8}/row", OUT, "damages.material[8].row", "KEY_MISSING"),
    ("a table that is none", "term", 12, "term", "NOT_A_TABLE"),
    ("a row that is no table", "order/lines/3", 5, "order.lines[4]", "NOT_A_TABLE"),
    ("a list that is none", "damages/material", {}, "damages.material", "NOT_A_LIST"),
    ("requirements that are no list", REQUIRES, "stage-review", REQUIRED, "NOT_A_LIST"),
    ("no instalment at all", "payment/instalments", [], "payment.instalments", "LIST_EMPTY"),
    ("a number for a text", "contract/title", 5, "contract.title", "NOT_TEXT"),
    ("a blank text", "parties/party_a/name", " ", "parties.party_a.name", "TEXT_BLANK"),
    ("too long a text", "contract/title", "长" * 201, "contract.title", "TEXT_LONG"),
    ("a text turned around", "contract/title", "a\u202eb", "contract.title", "TEXT_HIDDEN"),
    ("a text with a bell", "contract/title", "a\x07", "contract.title", "TEXT_HIDDEN"),
    ("a text of two lines", "contract/title", "a\nb", "contract.title", "TEXT_HIDDEN"),
    ("a lone surrogate", "contract/title", "\ud800", "contract.title", "TEXT_HIDDEN"),
    ("an id with a slash", "contract/id", "CU/12", "contract.id", "ID_CHARACTERS"),
    ("an id with a number sign", "contract/id", "CU#12", "contract.id", "ID_CHARACTERS"),
    ("an id of 65 characters", "contract/id", "C" * 65, "contract.id", "ID_CHARACTERS"),
    ("an id that climbs", "contract/id", "..", "contract.id", "ID_CHARACTERS"),
    ("a service of two words", "order/lines/3/service", "a b", "order.lines[4].service", "SLUG_CHARACTERS"),
    ("a part in capitals", "order/lines/3/part", "Base", f"{LINE}.part", "SLUG_CHARACTERS"),
    ("another currency", "payment/currency", "USD", "payment.currency", "CHOICE_UNKNOWN"),
    ("a requirement nobody knows", REQUIRES, ["full-moon"], REQUIRED, "CHOICE_UNKNOWN"),
    ("a requirement twice", REQUIRES, ["stage-review"] * 2, REQUIRED, "DUPLICATE"),
    ("true for a count", "termination/a_incidents", True, "termination.a_incidents", "NOT_INTEGER"),
    ("a float for a period", "periods/rework_days", 30.0, "periods.rework_days", "NOT_INTEGER"),
    ("a text for a period", "term/months", "12", "term.months", "NOT_INTEGER"),
    ("no days at all", "periods/rework_days", 0, "periods.rework_days", "OUT_OF_RANGE"),
    ("negative months", "term/months", -12, "term.months", "OUT_OF_RANGE"),
    ("a number of 20,000 digits", "term/months", 10**20_000, "term.months", "OUT_OF_RANGE"),
    ("a float for a tax rate", "payment/tax_rate", 0.06, "payment.tax_rate", "NOT_DECIMAL"),
    ("a tax rate with an exponent", "payment/tax_rate", "6e-2", "payment.tax_rate", "NOT_DECIMAL"),
    ("a tax rate in full width", "payment/tax_rate", "０.０６", "payment.tax_rate", "NOT_DECIMAL"),
    ("a negative tax rate", "payment/tax_rate", "-0.06", "payment.tax_rate", "NOT_DECIMAL"),
    ("no number for a tax rate", "payment/tax_rate", "NaN", "payment.tax_rate", "NOT_DECIMAL"),
    ("a tax of the whole", "payment/tax_rate", "1", "payment.tax_rate", "OUT_OF_RANGE"),
    ("an availability above 100", "quality/availability", "100.01", "quality.availability", "OUT_OF_RANGE"),
    ("damages of nothing", f"{ROW_8}/rate", "0.00", "damages.material.8.rate", "OUT_OF_RANGE"),
    ("a percentage for a rate", f"{ROW_8}/rate", "100", "damages.material.8.rate", "OUT_OF_RANGE"),
    ("a level of protection of 6", LEVEL, 6, LEVEL.replace("/", "."), "OUT_OF_RANGE"),
    ("a quantity of nothing", "order/lines/3/quantity", "0", f"{LINE}.quantity", "OUT_OF_RANGE"),
    ("a float for money", "payment/total", 2303911.32, "payment.total", "NOT_MONEY"),
    ("an integer for money", "payment/total", 2303911, "payment.total", "NOT_MONEY"),
    ("negative money", "payment/total", "-2303911.32", "payment.total", "NOT_MONEY"),
    ("money in groups", "payment/total", "2,303,911.32", "payment.total", "NOT_MONEY"),
    ("money finer than fen", "payment/total", "2303911.320", "payment.total", "MONEY_TOO_FINE"),
    ("a total of nothing", "payment/total", "0.00", "payment.total", "OUT_OF_RANGE"),
    ("the 31st of November", REVIEW, "2025-11-31", "payment.stage_review_by", "NO_SUCH_DAY"),
    ("a day of another form", REVIEW, "2025/12/31", "payment.stage_review_by", "NOT_A_DAY"),
    ("a moment for a day", REVIEW, datetime(2025, 12, 31, 8), "payment.stage_review_by", "NOT_A_DAY"),
    ("a time for a day", REVIEW, time(8), "payment.stage_review_by", "NOT_A_DAY"),
    ("a day too early", REVIEW, date(1948, 12, 31), "payment.stage_review_by", "OUT_OF_RANGE"),
    ("an instalment twice", "payment/instalments/1/number", 1, "payment.instalments.1.number", "DUPLICATE"),
    ("a row twice", f"{ROW_8}/row", 7, "damages.material.7.row", "DUPLICATE"),
    ("a service twice", "order/lines/3/service", "vcpu", "order.lines.vcpu.service", "DUPLICATE"),
    ("a fen too much", SECOND, "460782.27", "payment.instalments", "INSTALMENTS_SUM"),
    ("a fen too little", SECOND, "460782.25", "payment.instalments", "INSTALMENTS_SUM"),
    ("a wrong product", "order/lines/3/quantity", "285.1", f"{LINE}.total", "LINE_PRODUCT"),
    ("a line left out", "order/lines/3", OUT, "order.lines", "LINES_SUM"),
    ("grades exchanged", "grades/outage", EXCHANGED, "grades.outage.A", "GRADES_EXCHANGED"),
    ("a rule nobody knows", f"{ROW_8}/rule", "magic", "damages.material.8.rule", "CHOICE_UNKNOWN"),
    ("a rule of annex 3 in 2", f"{ROW_2}/rule", "late-scale-out", f"{AT_2}.rule", "RULE_WRONG_ANNEX"),
    ("a rule without its parameter", f"{ROW_8}/over", OUT, "damages.material.8.over", "RULE_KEY_MISSING"),
    ("another rule's parameter", f"{ROW_2}/minutes", 30, f"{AT_2}.minutes", "RULE_KEY_FOREIGN"),
    ("a band whose ends cross", f"{ROW_8}/over", 61, "damages.material.8.under", "BAND_CROSSED"),
    ("a band whose ends meet", f"{ROW_8}/over", 60, "damages.material.8.under", "BAND_CROSSED"),
    ("a band with two lower ends", f"{ROW_8}/from", 31, "damages.material.8.from", "BAND_TWICE"),
    ("natural and working days for one period", "periods/scale_out_working_days", 5,
     "periods.scale_out_working_days", "PERIOD_TWICE"),
    ("a first day without a last", "term/starts_on", date(2025, 12, 1), "term.ends_on", "KEY_MISSING"),
    ("a lease to start a term of days", "term", DATED | {"starts_with": "lease"}, "term.starts_with", "START_TWICE"),
    ("a term that ends too early", "term", DATED | {"ends_on": date(2025, 11, 30)}, "term.ends_on", "TERM_CROSSED"),
    ("days without months to divide by", "term", {key: DATED[key] for key in DAYS}, "term.months", "KEY_MISSING"),
    ("another thing to start with", "term/starts_with", "signature", "term.starts_with", "CHOICE_UNKNOWN"),
    ("a system of which nothing is promised", "quality/systems", [{"system": "portal"}],
     "quality.systems.portal.availability", "KEY_MISSING"),
    ("two bands that overlap", f"{ROW_8}/over", 29, "damages.material.8.over", "BANDS_OVERLAP"),
]
SENTENCES = [row[0] for row in FAULTS]


def document(path: str, value: object) -> dict[str, Any]:
    return without(path) if value is OUT else with_(path, value)


@pytest.mark.parametrize(("_", "path", "value", "field", "code"), FAULTS, ids=SENTENCES)
def test_given_one_fault_then_exactly_that_one_is_named(
    _: str, path: str, value: object, field: str, code: str
) -> None:
    assert named(document(path, value)) == {(field, f"TERMS_{code}")}


def test_given_the_whole_table_of_faults_then_every_kind_there_is_was_shown() -> None:
    kinds = {code for code in messages.CATALOGUE if code.startswith("TERMS_")}
    elsewhere = {"TERMS_INVALID", "TERMS_NOT_JSON", "TERMS_NOT_BOOLEAN"}  # this agreement has no boolean term
    assert kinds - elsewhere == {f"TERMS_{row[4]}" for row in FAULTS}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_given_each_fault_then_one_printable_sentence_names_its_field(lang: Literal["zh", "en"]) -> None:
    for _, path, value, field, _code in FAULTS:
        (refused,) = faults(document(path, value))
        sentence = messages.refusal(refused, lang)
        assert sentence.startswith(field)
        assert sentence.isprintable() and sentence[-1] in "。." and len(sentence) < 700


def test_given_many_faults_in_many_tables_then_all_are_named_at_once() -> None:
    changed = with_("payment/total", 1.5)
    changed["x"] = 1
    changed["order"]["lines"][0]["total"] = "1.001"
    changed["order"]["lines"][1]["quantity"] = "1"
    changed["damages"]["material"][7]["over"] = 29
    changed["grades"]["outage"]["minutes"] = "120"
    del changed["term"]["months"]
    assert named(changed) == {
        ("payment.total", "TERMS_NOT_MONEY"),
        ("x", "TERMS_KEY_UNKNOWN"),
        ("order.lines.vcpu.total", "TERMS_MONEY_TOO_FINE"),
        ("order.lines.memory.total", "TERMS_LINE_PRODUCT"),
        ("damages.material.8.over", "TERMS_BANDS_OVERLAP"),
        ("grades.outage.minutes", "TERMS_NOT_INTEGER"),
        ("term.months", "TERMS_KEY_MISSING"),
    }


def test_given_one_wide_band_over_two_apart_then_both_overlaps_are_named() -> None:
    row = {"rule": "response", "rate": "1.00"}
    bands = [(10, 100), (15, 30), (40, 50)]
    rows = [row | {"row": n, "over": over, "under": under} for n, (over, under) in enumerate(bands, 1)]
    changed = with_("damages/material", rows)
    assert named(changed) == {
        ("damages.material.2.over", "TERMS_BANDS_OVERLAP"),
        ("damages.material.3.over", "TERMS_BANDS_OVERLAP"),
    }


def test_given_the_same_band_in_the_other_annex_or_rule_then_nothing_overlaps() -> None:
    assert named(with_("damages/material/8/over", 15)) == set()  # row 9, recovery, beside row 7, response


@pytest.mark.parametrize("given", [None, 5, [], "terms", [THIS]])
def test_given_no_table_at_all_then_it_is_refused_as_such(given: object) -> None:
    assert named(given) == {(None, "TERMS_NOT_A_TABLE")}


def test_given_an_empty_document_then_what_every_agreement_has_is_missed() -> None:
    assert named({}) == {(table, "TERMS_KEY_MISSING") for table in ("contract", "parties")}


def test_given_only_an_agreement_then_every_table_it_requires_is_missed() -> None:
    tables = {"parties", "payment", "term"}
    assert named({"contract": THIS["contract"]}) == {(table, "TERMS_KEY_MISSING") for table in tables}


@pytest.mark.parametrize("template", [None, 5, ["beijing-municipal-government-cloud-2025"]])
def test_given_no_agreement_that_can_be_read_then_nothing_is_said_of_tables_it_may_have(template: object) -> None:
    document = with_("contract/template", template)
    assert named(with_("contract/id", "C/1", document)) == {
        ("contract.template", "TERMS_NOT_TEXT"), ("contract.id", "TERMS_ID_CHARACTERS"),
    }


def test_given_an_agreement_nobody_declared_then_those_that_are_known_are_told() -> None:
    refused = faults(with_("contract/template", "lease-of-a-boat"))
    assert [(fault.code, fault.field) for fault in refused] == [("TEMPLATE_UNKNOWN", "contract.template")]
    assert refused[0].values["known"] == ", ".join(sorted(TEMPLATES))


def test_given_a_key_that_would_not_print_then_the_refusal_shows_it_escaped() -> None:
    assert named(with_("contract/a\u202eb", 1)) == {("contract.a\\u202eb", "TERMS_KEY_UNKNOWN")}


def test_given_prices_finer_than_fen_then_only_the_total_must_be_whole_fen() -> None:
    line = {"part": "base", "service": "drop", "name": "滴", "unit_price": "0.0001", "quantity": "250.5"}
    rest = {"periods": 8, "total": "0.20"}
    changed = with_("order/lines", [*THIS["order"]["lines"], line | rest])
    product, lines = faults(changed)
    assert (product.field, product.code) == ("order.lines.drop.total", "TERMS_LINE_PRODUCT")
    assert product.values["product"] == "0.20040"
    assert (lines.field, lines.code) == ("order.lines", "TERMS_LINES_SUM")
    line["quantity"] = "250"
    changed = with_("order/lines", [*THIS["order"]["lines"], line | rest])
    assert named(changed) == {("order.lines", "TERMS_LINES_SUM")}


@pytest.mark.parametrize("rule", RULE_KEYS)
def test_given_each_rule_then_it_takes_exactly_its_own_parameters(rule: str) -> None:
    every: dict[str, object] = {
        "availability": "99.9", "data_reliability": "99.9", "over": 1, "under": 2, "count": 3, "minutes": 4,
    }  # fmt: skip
    row = {"row": 1, "rule": rule, "rate": "0.10"}
    own = [key for key in RULE_KEYS[rule] if key not in ("from", "to")]  # other words for the ends of a band
    fits = row | {key: every[key] for key in own}
    assert named(with_("damages/general", [fits])) == set()
    codes = {code for _, code in named(with_("damages/general", [row | every]))}
    assert codes == ({"TERMS_RULE_KEY_FOREIGN"} if len(own) < len(every) else set())
    missing = {field for field, _ in named(with_("damages/general", [row]))}
    assert missing == {f"damages.general.1.{key}" for key in own if key != "under"}  # a band may be open above
