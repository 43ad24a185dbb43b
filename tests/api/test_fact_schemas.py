"""The schemas of facts in the served document are exactly what the ledger takes and what it answers.

A schema may be wider than the parser only where JSON Schema cannot say it; each such place is named below.
"""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from api.shapes import ExplanationJson
from api.shapes.fact_schemas import IMAGINED, TOLD, fact_schemas
from api.shapes.terms_schema import schema as schema_of
from ledger.agreements.beijing_government_cloud_2025.agreement import AGREEMENT
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.facts import MEASURES_OF
from ledger.agreements.beijing_government_cloud_2025.readings import READINGS
from ledger.domain.errors import Refusal
from ledger.domain.fact import PARTIES, ROLES, TYPES
from ledger.domain.fact_data import fields_of
from ledger.domain.fact_envelope import read_envelope
from ledger.domain.fields import NAME, ON, SHA256, TYPE_OF_MEDIA
from ledger.domain.moments import parse_on
from ledger.domain.terms_amendment import document_json
from ledger.domain.terms_values import Rows, Table, Value, read
from ledger.domain.values import Shape
from ledger.notices import shipped_calendar
from ledger.projections.explain import explainer
from ledger.projections.terms_check import advice
from ledger.service import Question, envelope
from ledger.store.decoding import decode_fact
from tests.api.server import TERMS, Served, serving
from tests.domain import fact_samples
from tests.domain.fact_samples import COMMON, GOLDEN, OTHER_KINDS
from tests.domain.terms_documents import THIS, THREE_YEARS
from tests.random_histories import random_history
from tests.story import CONTRACT, Told, story
from tests.test_sweep_against_oracle import fact_of

OF_THE_LOG = frozenset(name for name, row in TYPES.items() if row.ledgers)

NOW = parse_on("2026-11-22T22:00:00+08:00").at
SCHEMAS = fact_schemas()


def schema(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}", "components": {"schemas": SCHEMAS}}


@cache
def validator() -> jsonschema_rs.Draft202012Validator:
    """Of an object with a value under the name of its schema: made once, as all of them are read each time."""
    known = {name: {"$ref": f"#/components/schemas/{name}"} for name in SCHEMAS}
    stated = {"properties": known, "additionalProperties": False, "components": {"schemas": SCHEMAS}}
    return jsonschema_rs.Draft202012Validator(stated, validate_formats=True)


def fits(name: str, value: object) -> bool:
    assert name in SCHEMAS
    return validator().is_valid({name: value})


def assert_fits(name: str, value: object) -> None:
    assert [str(error)[:300] for error in validator().iter_errors({name: value})] == []


def takes(stated: dict[str, Any]) -> bool:
    """Does the ledger take this envelope, as far as it can tell without knowing the contract?"""
    try:
        read_envelope(stated, NOW)
    except Refusal:
        return False
    data = stated.get("data", {})
    return stated["type"] != "ReadingAgreed" or data["option"] in getattr(READINGS.get(data["reading"]), "options", ())


def sample(type_: str, **changes: Any) -> dict[str, Any]:
    """The sample's envelope with some of its data changed; ``...`` leaves one out."""
    stated = fact_samples.envelope(type_)
    data = {**stated["data"], **changes}
    return stated | {"data": {key: value for key, value in data.items() if value is not ...}}


# --- what was recorded -----------------------------------------------------------------------------


def test_every_fact_of_the_story_fits_as_it_is_told_and_as_it_is_answered(tmp_path: Path) -> None:
    for stated in story():
        assert_fits("FactIn", stated)
        assert_fits("ImaginedFact", stated)
        second = Draft202012Validator(schema(f"{stated['type']}FactIn"), format_checker=FormatChecker())
        assert list(second.iter_errors(stated)) == []
    recorded = [envelope(fact) for fact in Told(tmp_path).ledger.facts(CONTRACT, Question())]
    assert len(recorded) == len(story()) + 1
    told = advice(TERMS, shipped_calendar())
    assert_fits("ContractRegisteredRecordedFact", recorded[0] | {"repeated": False, "advice": told})
    for shown in recorded:
        assert_fits("Fact", shown)
    for shown in recorded[1:]:
        assert_fits("RecordedFact", shown | {"repeated": True})
        assert not fits("RecordedFact", shown) and not fits("Fact", shown | {"repeated": True})


def test_every_explanation_of_the_story_is_as_declared(tmp_path: Path) -> None:
    told = Told(tmp_path)
    status = told.status("2026-11-20")
    paths = [*PATHS, *(one["id"] for one in (*status["obligations"], *status["damages"]["items"]))]
    why = explainer(told.ledger.load(CONTRACT, told.question("2026-11-20")))
    for path in paths:
        ExplanationJson.model_validate(why(path))


PATHS = ("phase", "term.ends_on", "balance.overdue", "termination.allowed", "damages.accrued", "incidents", "exit")


@pytest.mark.parametrize("seed", range(3))
def test_every_fact_of_a_random_history_fits(seed: int) -> None:
    for told in random_history(random.Random(seed), 60):
        stated = {key: told[key] for key in ("type", "on", "by", "ref", "data") if key in told}
        if stated["type"] != "ContractRegistered":
            assert_fits(f"{stated['type']}FactIn", stated)
        assert_fits(f"{stated['type']}Fact", envelope(fact_of(told)))


def test_every_golden_fact_of_every_version_is_answered_as_the_schema_says() -> None:
    for path in sorted(GOLDEN.glob("*.json")):
        shown = envelope(decode_fact("test", 7, json.loads(path.read_bytes()), "a" * 64))
        if shown["type"] == "ContractRegistered":  # of the golden terms only a part is written
            shown["data"] = {"terms": TERMS}
        assert_fits("Fact", shown)
        assert not fits("Fact", shown | {"colour": "red"})
        assert not fits("Fact", shown | {"data": shown["data"] | {"colour": "red"}})


def test_personal_values_are_answered_as_commitments_only() -> None:
    shown = envelope(decode_fact("test", 7, json.loads((GOLDEN / "PersonnelAssigned.v1.json").read_bytes()), "a" * 64))
    told = sample("PersonnelAssigned", name="甲", phone="乙")
    assert fits("FactIn", told) and takes(told)
    assert not fits("Fact", shown | {"data": told["data"]})
    committed = sample("PersonnelAssigned", name={"commitment": "a" * 64})
    assert not fits("FactIn", committed) and not takes(committed)


# --- where each type may occur ---------------------------------------------------------------------


def test_each_type_is_told_imagined_and_answered_only_where_it_can_be() -> None:
    assert set(TYPES) - set(TOLD) == {"ContractRegistered", *OF_THE_LOG}
    assert set(TOLD) - set(IMAGINED) == {"CalendarPublished"}
    for type_ in TYPES:
        told = fact_samples.envelope(type_)
        assert fits("FactIn", told) is (type_ in TOLD), type_
        assert fits("ImaginedFact", told) is (type_ in IMAGINED), type_


@pytest.mark.parametrize("type_, status, code", [
    ("ContractRegistered", 409, "REGISTRATION_ONLY_FIRST"), ("CalendarPublished", 422, "CALENDAR_NOT_OF_CONTRACT"),
    *((name, 422, "LOG_NOT_OF_CONTRACT") for name in sorted(OF_THE_LOG)),
])  # fmt: skip
def test_what_cannot_be_told_of_a_contract_is_refused_by_the_server(
    type_: str, status: int, code: str, served: Served
) -> None:
    with served.client("bureau") as client:
        answer = client.post(f"/api/v1/contracts/{CONTRACT}/simulate", json=fact_samples.envelope(type_))
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_notice_is_told_to_the_calendar_and_answered_as_the_schema_says(tmp_path: Path) -> None:
    told = sample("CalendarPublished", published_on="2025-11-05") | {"on": "2025-11-05"}
    del told["documents"]
    with serving(tmp_path) as alone, alone.client("office") as client:
        answer = client.post("/api/v1/contracts/calendar/facts", json=told)
        assert answer.status_code == 201, answer.text
        assert_fits("RecordedFact", answer.json()["facts"][0])
        for shown in client.get("/api/v1/contracts/calendar/facts").json():
            assert_fits("Fact", shown)


# --- schema and parser agree -----------------------------------------------------------------------

KINDS: dict[str, dict[str, Any]] = {kind: {**COMMON, **own} for kind, own in OTHER_KINDS.items()}
STATED = {type_: sample(type_) for type_ in TOLD} | {
    f"IncidentReported {kind}": sample("IncidentReported", kind=kind) | {
        "data": {"incident": "INC-1", "kind": kind, **own}
    } for kind, own in KINDS.items()
}  # fmt: skip
# Of each sort of value: good ones, bad ones, and what lies just beside the limit.
PROBES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 5, 6, 1948, 1949, 2199, 2200, 10**9, 10**9 + 1, 1.5, "", "x", " x", "x ", "甲 乙",
    "0", "-0", "0.0", "-0.0", "1", "01", "1.", ".5", "+1", "1e5", "0.06", "1.00", "1.000", "1.001", "100", "100.000",
    "100.001", "99.999999", "10000", "10000.1", "100000000000", "100000000000.01", "99999999999.99", "0." + "1" * 28,
    "0." + "1" * 29, "a" * 128, "a" * 129, "a" * 500, "a" * 501, "a" * 10_000, "a" * 10_001, "a\x00b", "a\x85b",
    "a\u00a0b", "a\u00adb", "a\u200bb", "a\u200eb", "a\u202eb", "a\u2028b", "a\ue000b", "a\ufeffb", "a\ufffeb", "a\n",
    "1.00\n", "2026-03-01\n", "2026-03\n", "2026-03-05", "2026-02-29", "2024-02-29", "2026-3-5", "20260305",
    "2026-W10-4", "1948-12-31", "1949-01-01", "2199-12-31", "2200-01-01", "2026-03", "2026-13", "1948-12", "2199-12",
    "2026-03-01T08:00:00+08:00", "2026-03-01T08:00:00Z", "2026-03-01T08:00:00", "2026-03-01t08:00:00z",
    "2026-03-01T24:00:00Z", "2026-03-01T23:59:60Z", "2026-03-01T08:00:00.123456Z", "2026-03-01T08:00:00.1234567Z",
    "2026-02-30T08:00:00Z", "2026-03-01T08:00:00+24:00", "2026-03-01T08:00Z", "A", "B", "none", "major", "excellent",
    "relocated", "platform", "national", "provider", "paid", "availability", "10.2", "10.3", "party_a", "party_b",
    "supervisor",
    "a" * 64, "A" * 64, "a-b", "a--b", "-a", "application/pdf", "application", "application/", "lapse", "never",
    "P1", ["8.1"],
    [], ["x"], ["x", "x"], ["party_a", "party_b"], ["party_b", "party_a"], ["party_a", "party_a"], ["party_a"],
    ["2026-01-03"], ["2026-01-03", "2026-01-03"], ["2026-13-01"], ["national"], ["national", "national"], ["A"],
    ["10.2"], [None], [" x"], [1], {}, {"x": 1}, {"x": [None, {"y": "z"}]}, {"commitment": "a" * 64},
)  # fmt: skip
# Checks across fields, which the schema does not make: probed elsewhere.
ACROSS = {("MajorEventAnnounced", "from"), ("MajorEventAnnounced", "to"), ("CalendarPublished", "year"),
          ("IncidentReported", "kind"), ("InvoiceIssued", "amount"), ("InvoiceIssued", "lines"),
          ("PaymentMade", "amount"), ("PaymentMade", "allocations"), ("DamagesSettled", "manner"),
          ("DamagesSettled", "invoice"), ("AvailabilityMeasured", "downtime_minutes"),
          ("AvailabilityMeasured", "maintenance_minutes")}  # fmt: skip


def agree(stated: dict[str, Any]) -> bool:
    """Whether both take it; an assertion that schema and parser say the same."""
    taken = takes(stated)
    assert fits(f"{stated['type']}FactIn", stated) is taken, (taken, stated)
    return taken


def test_schema_and_parser_agree_on_keys_and_roles() -> None:
    for name in STATED:
        stated = STATED[name]
        assert agree(stated)
        for key in ("on", "by", "data", "ref", "documents"):
            agree({other: value for other, value in stated.items() if other != key})
        for key in stated["data"]:
            if (stated["type"], key) not in ACROSS:
                agree(sample_without(stated, key))
        assert not agree(stated | {"data": {**stated["data"], "colour": "red"}})
        assert not agree(stated | {"colour": "red"})
        assert not agree(stated | {"seq": 1})
        for role in (*ROLES, "operator", "PARTY_A", ""):
            row = TYPES[stated["type"]]
            assert takes(stated | {"by": role}) is (role in row.actors)
            assert fits(f"{row.name}FactIn", stated | {"by": role}) is (role in row.by)
            for by in row.by:  # that only a party says it of another is not the schema's
                told = stated | {"by": by, "actor": role}
                assert fits(f"{row.name}FactIn", told) is (role in row.actors)
                own = by == role or (by in PARTIES and not row.own)
                assert takes(told) is (role in row.actors and own)


def sample_without(stated: dict[str, Any], key: str) -> dict[str, Any]:
    return stated | {"data": {other: value for other, value in stated["data"].items() if other != key}}


def test_schema_and_parser_agree_on_every_value_of_every_field() -> None:
    for name in STATED:
        stated = STATED[name]
        taken = 0
        for key in stated["data"]:
            if (stated["type"], key) not in ACROSS:
                taken += sum(agree(stated | {"data": {**stated["data"], key: probe}}) for probe in PROBES)
        assert taken or not set(stated["data"]) - {key for type_, key in ACROSS if type_ == stated["type"]}


def test_schema_and_parser_agree_on_the_rest_of_the_envelope() -> None:
    stated = sample("LeaseStarted")
    digest, name, kind = "a" * 64, "发票.pdf", "application/pdf"
    good = {"sha256": digest, "name": name, "media_type": kind}
    documents = [
        [], [good], [good, good], [good] * 100, [good] * 101, [good | {"sm3": digest}], [good | {"sm3": None}],
        [good | {"sm3": "x"}], [good | {"size": 1}], [{"sha256": digest, "name": name}], [good | {"name": ""}], [1], {},
    ]  # fmt: skip
    for probe in (*PROBES, *documents):
        for key in ("on", "ref", "data", "documents"):
            if not (key == "on" and probe == "2199-12-31"):  # it has not come
                agree(stated | {key: probe})


@pytest.mark.parametrize("kind", MEASURES_OF)
def test_an_incident_takes_the_measures_of_its_kind_and_no_others(kind: str) -> None:
    every = {key: value for own in (*KINDS.values(), sample("IncidentReported")["data"]) for key, value in own.items()}
    for key, value in every.items():
        if key not in ("incident", "kind"):
            stated = sample("IncidentReported") | {"data": {"incident": "INC-1", "kind": kind, key: value}}
            assert agree(stated) is (key in MEASURES_OF[kind]), key
    for wrong in (None, "fire", 1, ...):
        assert not agree(sample("IncidentReported", kind=wrong))


def test_a_reading_is_agreed_with_an_option_of_its_own() -> None:
    for reading in READINGS:
        for option in {one for known in READINGS.values() for one in known.options} | {"x"}:
            taken = agree(sample("ReadingAgreed", reading=reading, option=option))
            assert taken is (option in READINGS[reading].options), (reading, option)


# Every shape once, by the first field that has it.
OF_FIELDS = {
    id(field.shape): (f"{row.name}.{field.key}", field.shape)
    for row in reversed(TYPES.values()) for field in fields_of(row.cls) if field.key != "party"
}  # fmt: skip
SHAPES: dict[str, Shape] = dict(OF_FIELDS.values())
SHAPES |= {"on": ON, "sha256": SHA256, "name": NAME, "media_type": TYPE_OF_MEDIA}
WIDER = ("statement", "terms", "changes", "data")  # answered only; documents of any depth and size
# Beyond the basic plane, and of characters not assigned, a schema cannot say what is hidden.
LETTERS = st.characters(max_codepoint=0xFFFF, exclude_categories=("Cs", "Cn"))
NON_CHARACTERS = st.sampled_from("\ufdd0\ufdef\ufffe\uffff")
AT_THE_EDGE = re.compile("(1948-12-31|1949-01-01|2199-12-31|2200-01-01)[Tt]")  # whose day depends on the offset
WORDS = st.text(st.one_of(LETTERS, NON_CHARACTERS), max_size=140)
NUMBERS = st.from_regex(r"\A-?[0-9]{1,13}(\.[0-9]{0,3})?\Z")
DAYS = st.from_regex(r"\A(194[89]|20[0-9][0-9]|2[12]00)-[01][0-9]-[0-3][0-9](T[0-2][0-9]:[0-6]0:00(Z|[+-]08:00)?)?\Z")
SIMPLE = st.one_of(st.none(), st.booleans(), st.integers(-3, 10**10), st.floats(0.1, 0.9), WORDS, NUMBERS, DAYS)
VALUES = st.one_of(SIMPLE, st.lists(SIMPLE, max_size=3), st.dictionaries(WORDS.filter(bool), st.integers(), max_size=2))


KNOWN = {
    key: jsonschema_rs.Draft202012Validator(dict(shape.schema), validate_formats=True) for key, shape in SHAPES.items()
}
PATTERNS = sorted({
    one["pattern"] for shape in SHAPES.values() for one in (shape.schema, *shape.schema.get("anyOf", ()))
    if "pattern" in one
})  # fmt: skip


def agree_in_every_shape(value: object) -> None:
    """Schema and reader of every shape take this value, or neither."""
    assume(not (isinstance(value, str) and AT_THE_EDGE.match(value)))
    for key, shape in SHAPES.items():
        try:
            shape.parse(value)
            taken = True
        except Refusal:
            taken = False
        said = KNOWN[key].is_valid(value)
        assert said is taken or (key.rpartition(".")[2] in WIDER and not taken), (key, taken, value)


@given(VALUES)
def test_schema_and_reader_of_every_shape_agree_on_any_value(value: object) -> None:
    agree_in_every_shape(value)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_schema_and_reader_of_every_shape_agree_on_what_a_pattern_of_one_allows(pattern: str) -> None:
    @settings(max_examples=20)
    @given(st.from_regex(re.compile(pattern.removesuffix("$") + r"\Z"), alphabet=LETTERS))
    def check(value: str) -> None:
        agree_in_every_shape(value)

    check()


# --- terms -----------------------------------------------------------------------------------------


def parts(shape: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every part of the terms below ``shape`` and where it is; of a list the first row."""
    yield path, shape
    keys = shape.keys if isinstance(shape, Table) else {0: shape.row} if isinstance(shape, Rows) else {}
    for key, part in keys.items():
        yield from parts(part, (*path, key))


@pytest.mark.parametrize("document", [THIS, THREE_YEARS], ids=["this", "three-years"])
def test_terms_fit_and_with_a_key_more_or_less_they_fit_where_they_are_read(document: dict[str, Any]) -> None:
    terms = document_json(document)
    assert_fits("Terms", terms)
    for path, _ in parts(AGREEMENT.shape):
        for change in ("colour", None):
            changed = copy.deepcopy(terms)
            *above, last = path or ("",)
            held: Any = changed
            try:
                for key in above:
                    held = held[key]
                if change is None:
                    del held[last]
                else:
                    (held[last] if path else held)[change] = "red"
            except (KeyError, TypeError):
                continue  # not in this document, or no table
            found: list[Refusal] = []
            read(AGREEMENT.shape, changed, "", found)
            assert fits("Terms", changed) is (not found), (path, change, found)
            assert found or change is None


def test_schema_and_reader_of_terms_agree_on_every_value() -> None:
    for path, shape in parts(AGREEMENT.shape):
        if isinstance(shape, Value):
            agree_on_every_value(path, shape)


def agree_on_every_value(path: tuple[str | int, ...], shape: Value) -> None:
    known = jsonschema_rs.Draft202012Validator(schema_of(shape), validate_formats=True)
    decimal = shape.read.schema.get("pattern", "").startswith(("^(0|", "^(?:0|"))
    for probe in (*PROBES, " ", "a" * 64, "a" * 65, "a" * 200, "a" * 201, "CNY", "stage-review", ["stage-review"]):
        found: list[Refusal] = []
        read(shape, probe, "", found)
        wider = decimal and isinstance(probe, str)  # of a decimal's bounds the schema says nothing
        assert known.is_valid(probe) is (not found) or (wider and known.is_valid(probe)), (probe, found)


# --- where a schema is wider -----------------------------------------------------------------------


@pytest.mark.parametrize("stated", [
    sample("ContractSigned", party="party_a"),  # another's signature: by is party_b
    sample("IncidentAssessed", core_data=True),  # measures of two kinds
    sample("FactCorrected", data={"colour": "red"}),  # not the data of the fact corrected
    sample("InvoiceVoided", invoice="INV-9"),  # no such invoice
    sample("AmendmentAgreed", changes={"colour": "red"}),  # no such term
    sample("MajorEventAnnounced", to="2026-03-03"),  # ends before it begins
    sample("AvailabilityReported", system="\U000e0001"),  # hidden, beyond the basic plane
    sample("InvoiceVoided", reason="a\U0001ffff"),  # no character, beyond the basic plane
    sample("ExitPermitted", request="\u0378"),  # not assigned by Unicode
    sample("PersonnelAbsent", count=1.0),  # a whole number with a point
], ids=lambda stated: stated["type"])  # fmt: skip
def test_what_a_schema_cannot_say_the_server_refuses_all_the_same(stated: dict[str, Any], served: Served) -> None:
    assert fits("FactIn", stated)
    with served.client("bureau") as client:
        answer = client.post(f"/api/v1/contracts/{CONTRACT}/simulate", json=stated)
    assert answer.status_code in (409, 422), answer.text
    assert answer.json()["field"].startswith(("data", "ref", "type", "by")), answer.text
