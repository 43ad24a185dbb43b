"""What may be looked up of fact types: all of them, each with an example that a real ledger takes as it stands."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.domain.errors import Refusal
from ledger.domain.fact import KINDS, TYPES, FactType, kind
from ledger.domain.fact_words import kind_of
from ledger.domain.moments import parse_on
from ledger.domain.template import OF_THE_LEDGER, TEMPLATES
from ledger.domain.terms_amendment import document_json
from ledger.projections.fact_types import fact_type, fact_types
from ledger.service import CALENDAR, Ledger
from tests.story import CONTRACT, CONTRACTS

NOW = parse_on("2026-11-22T22:00:00+08:00").at
TERMS = document_json(tomllib.loads((CONTRACTS / "cu12-1101-2025-018605.toml").read_text("utf-8")))
OPERATIONS = document_json(tomllib.loads((CONTRACTS / "it-operations-example.toml").read_text("utf-8")))
TO_COPY = [row for row in TYPES.values() if fact_type(row.name)["example_fact"] is not None]


ABOUT = {("DemandMade", "about"): "InvoiceIssued", ("NoticeServed", "about"): "DemandMade"}
LEASE = {"type": "LeaseStarted", "on": "2025-12-01", "by": "party_a", "data": {}}  # damages follow in operation only


def signature(party: str) -> dict[str, Any]:
    return {"type": "ContractSigned", "on": "2025-11-19", "by": party, "data": {"party": party}}


def needed(row: FactType) -> Iterator[dict[str, Any]]:
    """The examples that bring in what the example of a type names, what they name themselves first."""
    example = fact_type(row.name)["example_fact"]
    for key in example["data"]:
        kind = kind_of(row, key)
        own = row.introduces is not None and row.introduces == (kind, key)
        if kind is not None and not own:
            maker = next(one for one in TYPES.values() if one.introduces is not None and one.introduces[0] == kind)
            yield from needed(maker)
            yield fact_type(maker.name)["example_fact"]
        elif key == "items" and row.name in TEMPLATES["it-operations-maintenance"].own:
            yield fact_type("AvailabilityMeasured")["example_fact"]
        elif key == "items":  # of damages, which follow from a report
            report = fact_type("AvailabilityReported")["example_fact"]
            yield report | {"ref": example["data"]["items"][0].partition(":")[2]}
        elif (row.name, key) in ABOUT:
            yield from needed(TYPES[ABOUT[row.name, key]])
            yield fact_type(ABOUT[row.name, key])["example_fact"]


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for the ledgers of this file."""
    yield tmp_path_factory.mktemp("examples")


@pytest.mark.parametrize("row", TO_COPY, ids=lambda row: row.name)
def test_the_example_of_a_type_is_recorded_as_it_stands(row: FactType, stores: Path) -> None:
    ledger = Ledger(f"sqlite:///{stores / row.name}.db", clock=lambda: NOW, create=True)
    terms = OPERATIONS if row.name in TEMPLATES["it-operations-maintenance"].own else TERMS
    contract = CALENDAR if row.name == "CalendarPublished" else ledger.register(terms).fact.contract
    if contract != CALENDAR:
        began = [LEASE] if contract == CONTRACT else []
        ledger.record(contract, [signature("party_a"), signature("party_b"), *began, *needed(row)])
    example = fact_type(row.name)["example_fact"]
    if row.name.startswith("Proposal"):  # whose answer is the other party's
        example = example | {"by": "party_b"}
    [done] = ledger.record(contract, [example])
    assert (done.fact.type, done.repeated) == (row.name, False)
    assert ledger.facts(contract)[-1].id == done.fact.id


def test_every_type_is_listed_under_its_agreement_and_says_how_it_is_recorded() -> None:
    listed = {one["type"]: one for one in fact_types()}
    assert set(listed) == set(TYPES)
    assert listed["FactCorrected"]["template"] is None and listed["InvoiceIssued"]["template"] is None
    assert listed["SystemRegistered"]["template"] == "beijing-municipal-government-cloud-2025"
    assert all(one["clauses"] == {one["template"]: one["clause"]} for one in listed.values() if one["template"])
    assert all(set(one["clauses"]) >= set(TEMPLATES) or not one["clauses"]
               for one in listed.values() if not one["template"])  # fmt: skip
    assert {name for name, one in listed.items() if not one["clauses"]} == {cls.__name__ for cls in OF_THE_LEDGER}
    assert {one["recorded_with"] for one in listed.values()} == {"record", "register", "calendar publish", "ledger"}
    assert {name for name, one in listed.items() if one["recorded_with"] == "ledger"} == {
        name for name, row in TYPES.items() if row.ledgers
    }
    without = {one["type"] for one in listed.values() if fact_type(one["type"])["example_fact"] is None}
    assert without == {"ContractRegistered"} | {name for name, row in TYPES.items() if row.ledgers}


@pytest.mark.parametrize("name", ["InvoiceIssued", "开具发票", "invoice issued"])
def test_a_type_is_found_by_any_of_its_names(name: str) -> None:
    found = fact_type(name)
    assert (found["type"], found["clause"], found["actor"]) == ("InvoiceIssued", None, ["party_b"])
    assert found["clauses"] == {
        "beijing-municipal-government-cloud-2025": "9.1", "it-operations-maintenance": "2.3",
    }  # fmt: skip
    assert found["by"] == ["party_a", "party_b"]
    assert found["introduces"] == {"kind": "invoice", "name": {"zh": "发票", "en": "invoice"}, "field": "invoice"}
    assert [(one["field"], one["required"]) for one in found["fields"]][2:4] == [
        ("amount", True), ("tax_rate", False),
    ]  # fmt: skip


def test_fields_say_their_words_what_they_name_and_of_which_kinds_they_are() -> None:
    fields = {one["field"]: one for one in fact_type("IncidentReported")["fields"]}
    assert fields["consequence"]["options"][2] == {
        "option": "major", "name": {"zh": "造成重大影响", "en": "major effect"},
    }  # fmt: skip
    assert fields["duration_minutes"]["only_for"] == {"field": "kind", "options": ["outage", "tampering"]}
    assert fields["system"]["names"] == "system" and fields["system"]["only_for"] is None
    readings = next(one for one in fact_type("ReadingAgreed")["fields"] if one["field"] == "reading")["options"]
    assert {one["option"] for one in readings} == {name for one in TEMPLATES.values() for name in one.readings}


@pytest.mark.parametrize("given, nearest", [("InvoiceIssed", "InvoiceIssued"), ("开发票", "InvoiceIssued"), ("", "")])
def test_a_type_there_is_not_is_told_the_nearest(given: str, nearest: str) -> None:
    with pytest.raises(Refusal) as refused:
        fact_type(given)
    assert refused.value.code == "TYPE_UNKNOWN" and nearest in str(refused.value.values["nearest"])


# --- an agreement that forgot a type ----------------------------------------------------------------

AGREEMENT = """
from forgetful import clause
from ledger.domain.template import Template, TermsOf
from ledger.explanation.sections import ANOMALIES, CLAIMS, CONTESTED, OBLIGATIONS, POSITIONS

Template(
    "forgetful", __name__, zh="…", en="…", clauses=(clause.CLAUSE,), foremost="phase", readings={},
    sections=(OBLIGATIONS, ANOMALIES, CONTESTED, CLAIMS, POSITIONS),
    terms=TermsOf({}, dict, lambda values, refused: ()), words=dict, words_of="F-1",
)
"""
CLAUSE = """
from ledger.domain.clause import Clause
from ledger.domain.fact import A, fact


@fact("1", zh="一事", en="thing", actors=A, meaning="发生一事。")
class ThingHappened:
    "A thing happened (Art. 1)."


@fact("1", zh="别的事", en="other thing", actors=A, meaning="发生别的事。")
class OtherThingHappened:
    "Another thing happened (Art. 1)."


CLAUSE = Clause("article 1", handles={ThingHappened: lambda m, fact, what: None}, silent=(%s))
"""


@pytest.mark.parametrize("silent, forgotten", [("OtherThingHappened,", ""), ("", "OtherThingHappened")])
def test_a_type_no_clause_handles_or_declares_silent_stops_the_program(
    silent: str, forgotten: str, tmp_path: Path
) -> None:
    package = tmp_path / "forgetful"
    package.mkdir()
    (package / "__init__.py").write_text(AGREEMENT, "utf-8")
    (package / "clause.py").write_text(CLAUSE % silent, "utf-8")
    started = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", "import forgetful; print('started')"], capture_output=True, text=True,
        encoding="utf-8", env={"PYTHONPATH": os.pathsep.join((str(tmp_path), str(CONTRACTS.parent)))}, check=False,
    )  # fmt: skip
    if forgotten:
        assert started.returncode == 1 and "started" not in started.stdout
        said = f"TypeError: forgetful: no clause handles {forgotten} or declares it silent"
        assert started.stderr.splitlines()[-1] == said
    else:
        assert (started.returncode, started.stdout) == (0, "started\n"), started.stderr


def test_two_agreements_cannot_call_two_things_by_one_kind_of_identifier() -> None:
    assert kind("invoice", "发票", "invoice", "INV-9") == "invoice" and KINDS["invoice"].example == "INV-1"
    for zh, en in (("收据", "invoice"), ("发票", "receipt")):
        with pytest.raises(ValueError, match="two kinds of identifier are called invoice"):
            kind("invoice", zh, en, "R-1")
    assert KINDS["invoice"][:2] == ("发票", "invoice")
