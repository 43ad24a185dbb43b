"""Terms and readings are what their agreement declares: another one has its own, with not a line in the kernel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from api.shapes.terms_schema import terms_schemas
from ledger.agreements.beijing_government_cloud_2025.agreement import AGREEMENT
from ledger.domain.agreement import Agreement
from ledger.domain.errors import Refusal
from ledger.domain.template import TEMPLATES, Template, TermsOf, all_readings
from ledger.domain.terms import amend, document_json, parse_terms, registered, shared
from ledger.domain.terms_values import Rows, Table, Value, integer
from ledger.domain.words import Option, Reading
from ledger.explanation.sections import ANOMALIES, CLAIMS, CONTESTED, OBLIGATIONS, POSITIONS
from tests.domain.streams import Stream
from tests.domain.terms_documents import THIS, with_

BERTHS = Rows(Table({"number": Value(integer(1, 99)), "metres": Value(integer(1, 50))}), "number")
BOAT = {
    "contract": {"id": "BOAT-1", "title": "游船租赁", "template": "boat-lease"},
    "parties": {"party_a": {"name": "甲"}, "party_b": {"name": "乙"}},
    "harbour": {"berths": [{"number": 3, "metres": 12}]},
    "readings": {"tide": "low"},
}
TIDE = Reading(
    ("1",), "潮水以何时为准", "which tide counts?",
    {
        "high": Option("高潮", "high tide", "航行在高潮。", "Ships sail at high tide."),
        "low": Option("低潮", "low tide", "危险在低潮。", "The danger is at low tide."),
    },
)  # fmt: skip


def _lease(slug: str = "boat-lease", **readings: Reading) -> Template:
    def too_long(values: dict[str, Any], faulty: frozenset[str]) -> Iterator[Refusal]:
        for path, row in values.get("harbour", {}).get("berths", []):
            if row.get("metres", 0) > 40:
                yield Refusal("TERMS_OUT_OF_RANGE", f"{path}.metres", given=row["metres"], range="≤ 40")

    terms = TermsOf({"harbour": Table({"berths": BERTHS})}, lambda values: values | shared(values), too_long)
    return Template(slug, __name__, zh="游船", en="boats", clauses=(), terms=terms, readings=readings or {"tide": TIDE},
                    sections=(OBLIGATIONS, ANOMALIES, CONTESTED, CLAIMS, POSITIONS), foremost="phase",
                    words=dict, words_of="BOAT-1")  # fmt: skip


@pytest.fixture
def boats() -> Iterator[Template]:
    yield _lease()
    del TEMPLATES["boat-lease"]


def _faults(document: dict[str, Any]) -> set[tuple[str | None, str]]:
    with pytest.raises(Refusal) as caught:
        parse_terms(document)
    return {(fault.field, fault.code) for fault in caught.value.faults}


def test_given_terms_of_another_agreement_then_they_are_read_checked_and_amended_by_its_own_keys(
    boats: Template,
) -> None:
    terms: Any = parse_terms(BOAT)
    assert terms["harbour"] == {"berths": [("harbour.berths.3", {"number": 3, "metres": 12})]}
    assert terms["contract"].id == "BOAT-1" and terms["readings"] == {"tide": "low"}
    longer = amend(BOAT, {"harbour.berths.3.metres": 45})
    assert longer["harbour"] == {"berths": [{"number": 3, "metres": 45}]} != BOAT["harbour"]
    assert _faults(longer) == {("harbour.berths.3.metres", "TERMS_OUT_OF_RANGE")}
    with pytest.raises(Refusal) as caught:
        amend(BOAT, {"payment.total": "1.00"})
    assert [(one.field, one.code) for one in caught.value.faults] == [("payment.total", "AMENDMENT_KEY_UNKNOWN")]


def test_given_the_tables_of_one_agreement_in_the_terms_of_another_then_they_are_unknown(boats: Template) -> None:
    assert ("payment", "TERMS_KEY_UNKNOWN") in _faults(BOAT | {"payment": THIS["payment"]})
    assert ("readings.tide", "TERMS_KEY_UNKNOWN") in _faults(with_("readings/tide", "low"))
    assert ("readings.lapse", "TERMS_KEY_UNKNOWN") in _faults(BOAT | {"readings": {"lapse": "never"}})


def test_given_two_agreements_then_each_contract_has_the_readings_of_its_own(boats: Template) -> None:
    assert boats.defaults == {"tide": "high"}
    assert set(Agreement(document_json(THIS), {}).latest.readings) == set(AGREEMENT.readings)
    Stream().refuse("READING_UNKNOWN", "data.reading", "ReadingAgreed", "party_a", reading="tide", option="low",
                    confirmed_by=["party_a", "party_b"])  # fmt: skip
    assert {"tide", "lapse"} <= set(all_readings())


def test_given_two_agreements_then_the_schema_of_terms_takes_those_of_either(boats: Template) -> None:
    either, *each = terms_schemas().values()
    named = [one["properties"]["contract"]["properties"]["template"]["enum"] for one in each]
    assert either["oneOf"][-1] == {"$ref": "#/components/schemas/BoatLeaseTerms"}
    assert named[0] == [AGREEMENT.slug] and ["boat-lease"] in named


def test_given_a_reading_that_another_agreement_declares_otherwise_then_the_program_does_not_start(
    boats: Template,
) -> None:
    with pytest.raises(TypeError, match="tide"):
        _lease("other-boats", tide=TIDE._replace(zh="别的问题"))
    assert "other-boats" not in TEMPLATES
    again = _lease("more-boats", tide=TIDE)
    assert TEMPLATES.pop("more-boats") is again


def test_given_a_contract_then_no_amendment_exchanges_its_agreement(boats: Template) -> None:
    with pytest.raises(Refusal) as caught:
        amend(BOAT, {"contract.template": AGREEMENT.slug})
    assert [(one.field, one.code) for one in caught.value.faults] == [("contract.template", "AMENDMENT_TEMPLATE")]


def test_given_the_same_registered_terms_then_they_are_parsed_once_and_so_is_an_amendment_of_them() -> None:
    document = Stream().known.document()
    assert registered(document) is registered(dict(document))
    changed = registered(document).amended({"periods.rework_days": 45})
    assert changed is registered(document).amended({"periods.rework_days": 45})
    assert changed.document["periods"]["rework_days"] == 45 and changed.document["order"] is not document
    assert registered(document).document == document


def test_an_agreement_that_would_not_tell_claims_is_refused_by_name() -> None:
    with pytest.raises(TypeError, match="boat-hire: every answer also has the sections claims, positions"):
        Template("boat-hire", __name__, zh="游船", en="boats", clauses=(), readings={}, foremost="phase", words=dict,
                 terms=TermsOf({}, dict, lambda values, refused: ()), words_of="BOAT-1",
                 sections=(OBLIGATIONS, ANOMALIES, CONTESTED))  # fmt: skip
    assert "boat-hire" not in TEMPLATES
