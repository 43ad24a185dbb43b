"""A package about a dispute: its clauses and facts, followed through their explanations; and previews of any."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.domain.errors import Refusal
from ledger.evidence.at_issue import at_issue, named
from tests.evidence.exported import Place, zipped
from tests.evidence.test_both_verifiers import Both, both, keys, package
from tests.story import CONTRACT

__all__ = ["both", "keys", "package"]


@pytest.fixture
def place(told: Path, tmp_path: Path) -> Place:
    return Place(told, tmp_path)


def shown(files: dict[str, bytes]) -> set[str]:
    leaves = [json.loads(line) for line in files["data/events.jsonl"].splitlines()]
    return {f"{leaf['contract']}#{leaf['seq']}" for leaf in leaves if leaf["contract"] == CONTRACT}


def concerned(place: Place, *about: str) -> tuple[set[str], frozenset[str]]:
    facts = place.ledger.facts(CONTRACT)
    found, rests = at_issue(
        facts, *named(facts, about), place.ledger.status(CONTRACT), lambda path: place.ledger.explain(CONTRACT, path)
    )
    return rests, found.sections


def test_a_dispute_about_10_2_shows_every_fact_that_the_right_to_terminate_rests_on(place: Place) -> None:
    rests = {
        one["fact"]
        for path in ("termination.grounds.10.2@2026-05-12", "termination.allowed", "incidents.b_count_rolling_year")
        for one in place.ledger.explain(CONTRACT, path)["facts"]
    }
    files = place.export(about=["D-1"])
    assert rests <= shown(files)


def test_no_explanation_at_issue_rests_on_what_is_withheld(place: Place) -> None:
    rests, _ = concerned(place, "D-1")
    files = place.export(about=["D-1"])
    assert rests and rests <= shown(files) and len(shown(files)) < place.ledger.version(CONTRACT) / 2


@pytest.mark.parametrize(
    ("about", "sections"),
    [
        ("D-1", {"term", "incidents", "termination", "contested", "positions", "readings"}),
        ("INV-1", {"term", "balance", "anomalies"}),
        ("INV-2", {"term", "balance", "obligations", "readings"}),
        ("EX-1", {"term", "exit", "anomalies"}),
        ("SO-1", {"term", "obligations", "damages", "limitation", "readings"}),
    ],
)
def test_sections_that_are_not_at_issue_are_left_out(place: Place, about: str, sections: set[str]) -> None:
    assert place.preview(about=[about]).sections == tuple(sorted(sections))


def test_a_dispute_names_its_facts_and_clauses(place: Place) -> None:
    facts = place.ledger.facts(CONTRACT)
    ids, clauses = named(facts, ["D-1"])
    assert clauses == {"10.2"}
    assert {fact.ref for fact in facts if fact.id in ids} == {"assess-4", "dispute-1"}


def test_both_verifiers_say_how_many_facts_a_dispute_withholds(both: Both, place: Place, tmp_path: Path) -> None:
    files = place.export(about=["D-1"])
    zipped(files, tmp_path / "d1.zip")
    rows = [json.loads(line) for line in files["data/log/inclusion.jsonl"].splitlines()]
    status, said = both("d1.zip")
    assert status == 0 and said.count(f"digests only: {sum('leaf' in row for row in rows)}") == 1
    assert f"只列摘要 {sum('leaf' in row for row in rows)} 条" in said


# -- previews -----------------------------------------------------------------------------------------


def test_a_preview_tells_what_the_package_then_holds_and_records_nothing(place: Place) -> None:
    before = place.ledger.version(CONTRACT), place.ledger.store.head("log"), sorted(place.folder.iterdir())
    for about in ([], ["D-1"], ["notice-1"]):
        found = place.preview(about=about)
        now = place.ledger.version(CONTRACT), place.ledger.store.head("log"), sorted(place.folder.iterdir())
        assert now == before
        assert found.facts + found.withheld == before[0]
    found = place.preview(about=["D-1"], disclose=["staff-9.name"])
    files = place.export(about=["D-1"], disclose=["staff-9.name"])
    assert len(shown(files)) == found.facts + 1, "and the record of the export"
    assert found.disclosed == files["data/disclosures.txt"].count(b"\n")
    whole = place.preview()
    assert whole.sections is None and whole.withheld == 0 and len(whole.documents) == 1


def test_a_preview_refuses_what_the_export_would_refuse(place: Place) -> None:
    with pytest.raises(Refusal, match="SCOPE_UNKNOWN"):
        place.preview(about=["nobody"])
    with pytest.raises(Refusal, match="DISCLOSE_UNKNOWN"):
        place.preview(disclose=["inv-1.amount"])
