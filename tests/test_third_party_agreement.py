"""An agreement that somebody else adds: its folder, and not a line outside it (docs/contributing.md).

Commands and the server run in two processes of their own that find the invented agreement of
``tests/third_party`` as they would find one that is installed.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from site import addsitedir

import pytest

from ledger.domain.template import TEMPLATES
from tests.api.server import Served, serving
from tests.cli.conftest import ROOT, Lvyue, command

FOLDER = ROOT / "tests/third_party"
TERMS = FOLDER / "lvyue_agreements/plant_care/plants-1.toml"
OPERATIONS = ROOT / "contracts/it-operations-example.toml"
STORY = [
    {"type": "CareRequested", "on": "2026-03-02", "by": "party_a", "data": {"request": "CARE-1"}},
    {"type": "CareGiven", "on": "2026-03-06", "by": "party_b", "data": {"request": "CARE-1"}},
    {"type": "PlantsMoved", "on": "2026-03-07", "by": "party_a", "data": {"place": "大厅"}},
    {"type": "CareGiven", "on": "2026-03-08", "by": "party_b", "data": {}},
    {"type": "CarePaid", "on": "2026-03-09", "by": "party_a", "data": {"amount": "100.00"}},
    {"type": "PlantsLost", "on": "2026-03-10", "by": "party_a", "data": {"plants": 2}},
    {
        "type": "AmendmentAgreed", "on": "2026-03-11", "by": "party_a",
        "data": {"changes": {"care.within_working_days": 5}, "confirmed_by": ["party_a", "party_b"], "summary": "延长"},
        "documents": [{"sha256": "5a" * 32, "name": "补充协议.pdf", "media_type": "application/pdf"}],
    },
    {"type": "CareRequested", "on": "2026-03-12", "by": "party_a", "data": {"request": "CARE-2"}},
]  # fmt: skip
DAY = ("--as-of", "2026-03-20")
FEES = {"visits": 1, "due": "300.00", "paid": "100.00", "outstanding": "200.00"}


def lines(*facts: dict[str, object]) -> bytes:
    return "".join(json.dumps(fact) + "\n" for fact in facts).encode()


@pytest.fixture(scope="module")
def finding() -> Iterator[Lvyue]:
    """``lvyue`` standing in a folder, in a process that finds the agreement."""
    with get_context("spawn").Pool(1, addsitedir, (str(FOLDER),)) as pool:
        yield lambda *arguments, **more: pool.apply(command, arguments, {"LVYUE_LANG": "en", **more})


@pytest.fixture(scope="module")
def recorded(finding: Lvyue, tmp_path_factory: pytest.TempPathFactory) -> Lvyue:
    """``lvyue`` where the contract is registered and its story recorded."""
    run = partial(finding, tmp_path_factory.mktemp("plants"))
    assert run("register", TERMS).status == 0
    done = run("record", "PLANTS-1", "-", stdin=lines(*STORY))
    assert done.status == 0, done.err
    return run


def test_nobody_finds_it_who_does_not_have_it() -> None:
    assert "plant-care" not in TEMPLATES


def test_status_shows_its_section_its_obligations_and_its_anomaly(recorded: Lvyue) -> None:
    answer = recorded("status", "PLANTS-1", *DAY, "--json").json
    assert answer["fees"] == FEES
    assert [(duty["id"], duty["due_on"], duty["state"]) for duty in answer["obligations"]] == [
        ("care:CARE-1", "2026-03-05", "fulfilled_late"), ("care:CARE-2", "2026-03-19", "overdue"),
    ]  # fmt: skip
    assert [(one["code"], one["fact"]) for one in answer["anomalies"]] == [("LOST_BEFORE_CARE", "PLANTS-1#7")]
    assert "termination" not in answer and "damages" not in answer


@pytest.mark.parametrize(("lang", "said"), [
    ("en", ["care fees", "fees outstanding   200.00", "care for the plants CARE-2", "plants died before care"]),
    ("zh", ["养护费", "未付养护费   200.00", "养护绿植 CARE-2", "绿植在要求养护之前已枯死"]),
])  # fmt: skip
def test_the_screen_says_it_in_both_languages(recorded: Lvyue, lang: str, said: list[str]) -> None:
    shown = recorded("--lang", lang, "status", "PLANTS-1", *DAY).out
    assert [one for one in said if one not in shown] == []


def test_explain_quotes_its_own_words_facts_reading_and_amendment(recorded: Lvyue) -> None:
    fees = recorded("explain", "PLANTS-1", "fees.outstanding", *DAY, "--json").json
    assert fees["value"] == "200.00"
    assert [clause["zh"] for clause in fees["clauses"]] == ["甲方按每次养护 300 元付费。"]
    assert [fact["fact"] for fact in fees["facts"]] == ["PLANTS-1#3", "PLANTS-1#6"]
    assert [(one["reading"], one["option"]) for one in fees["readings"]] == [("paid-visits", "requested")]
    duty = recorded("explain", "PLANTS-1", "obligations.care:CARE-2", *DAY).out
    assert "is 5 instead of 3" in duty and "changed since by #8" in duty
    for path in ("obligations", "anomalies", "contested", "readings", "fees"):
        assert recorded("explain", "PLANTS-1", path, *DAY).status == 0, path


def test_its_reading_can_be_asked_for_and_is_weighed(recorded: Lvyue) -> None:
    asked = recorded("status", "PLANTS-1", *DAY, "--reading", "paid-visits=every", "--json").json
    assert asked["fees"]["due"] == "600.00"
    assert "every visit" in recorded("status", "PLANTS-1", *DAY, "--sensitivity").out


def test_whose_word_counts_is_told_in_every_view_without_code_of_its_own(finding: Lvyue, tmp_path: Path) -> None:
    run = partial(finding, tmp_path)
    run("register", TERMS)
    unsigned = [fact if fact["type"] != "AmendmentAgreed" else {**fact, "documents": []} for fact in STORY]
    claimed = {"type": "CareGiven", "on": "2026-03-14", "by": "party_a", "actor": "party_b",
               "data": {"request": "CARE-2"}}  # fmt: skip
    assert run("record", "PLANTS-1", "-", stdin=lines(*unsigned, claimed)).status == 0
    contest = {"type": "FactContested", "on": "2026-03-15", "by": "party_b", "data": {"target": "10"}}
    assert run("record", "PLANTS-1", "-", stdin=lines(contest)).status == 0

    found = run("claims", "PLANTS-1", *DAY, "--json").json
    assert [(one["fact"], one["by"], one["why"]) for one in found["claims"]] == [
        ("PLANTS-1#8", "party_a", "speaks-for-both"), ("PLANTS-1#10", "party_a", "contested"),
    ]  # fmt: skip
    due = next(one for one in found["positions"] if one["path"] == "obligations.care:CARE-2.due_on")
    assert (due["record"], due["party_a"], due["party_b"]) == ("2026-03-17", "2026-03-19", "2026-03-17")
    seen = [run("status", "PLANTS-1", *DAY, "--as-seen-by", role, "--json").json for role in ("party_a", "party_b")]
    assert [answer["obligations"][1]["state"] for answer in seen] == ["fulfilled", "overdue"]
    for path in ("claims", "positions", "limitation", "contested", "#10"):
        assert run("explain", "PLANTS-1", path, *DAY).status == 0
    assert run("claims", "PLANTS-1", "--acknowledge", "8").status == 0
    assert run("status", "PLANTS-1", *DAY, "--json").json["obligations"][1]["due_on"] == "2026-03-19"


def test_claims_of_another_agreement_are_weighed_without_its_types(finding: Lvyue, tmp_path: Path) -> None:
    opened = {"type": "TicketOpened", "on": "2025-07-02T09:00:00+08:00", "by": "party_a",
              "data": {"ticket": "T-9", "system": "portal", "priority": "P1"}}  # fmt: skip
    contest = {"type": "FactContested", "on": "2025-07-03", "by": "party_b", "data": {"target": "2"}}
    told = []
    for place, run in (("with", finding), ("without", command)):
        (tmp_path / place).mkdir()
        run(tmp_path / place, "register", OPERATIONS)
        assert run(tmp_path / place, "record", "OPS-2025-001", "-", stdin=lines(opened, contest)).status == 0
        told.append(run(tmp_path / place, "claims", "OPS-2025-001", "--as-of", "2025-07-04", "--json").json["claims"])
    assert told[0] == told[1] and [one["concerns"] for one in told[0]] == ["OPS-2025-001#2"]


def test_replay_portfolio_deadlines_and_simulation_know_it(recorded: Lvyue) -> None:
    assert "fees due: 0.00 → 300.00" in recorded("replay", "PLANTS-1").out
    assert "fees outstanding 200.00" in recorded("portfolio").out
    assert "care for the plants CARE-2" in recorded("deadlines").out
    paid = {"type": "CarePaid", "on": "2026-03-15", "by": "party_a", "data": {"amount": "200.00"}}
    assert "fees outstanding: 200.00 → 0.00" in recorded("simulate", "PLANTS-1", "-", *DAY, stdin=lines(paid)).out


def test_a_fact_of_another_agreement_is_refused(recorded: Lvyue) -> None:
    signed = {"type": "ContractSigned", "on": "2026-03-02", "by": "party_a", "data": {"party": "party_a"}}
    refused = recorded("record", "PLANTS-1", "-", stdin=lines(signed))
    assert refused.status == 1 and "not a fact of this contract's template (plant-care)" in refused.err


def test_its_types_are_listed_with_an_example_to_copy(recorded: Lvyue) -> None:
    assert "PlantsMoved" in recorded("types").out
    example = json.loads(next(line for line in recorded("types", "PlantsLost").out.splitlines() if line[:1] == "{"))
    assert example["data"] == {"plants": 2}


def test_its_package_is_verified_and_holds_its_conclusions(recorded: Lvyue, tmp_path: Path) -> None:
    package = tmp_path / "plants.zip"
    exported = recorded("evidence", "PLANTS-1", "-o", package, *DAY, "--lang", "both")
    assert exported.status == 0, exported.err
    verified = recorded("verify", package, "--json")
    assert verified.json["failed"] == [] and verified.json["conclusions"] == "same", verified.out


@pytest.fixture(scope="module")
def plants(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    found = f"import sys; sys.path.insert(0, {str(FOLDER)!r})"
    with serving(tmp_path_factory.mktemp("served"), first=found, afresh=True) as server:
        terms = tomllib.loads(TERMS.read_text("utf-8"))
        terms["contract"]["id"] = "OTHER-1"
        with server.client("party_a") as party_a, server.client("party_b") as party_b:
            party_a.post("/api/v1/contracts", json={"terms": terms}).raise_for_status()
            for fact in STORY:
                client = party_a if fact["by"] == "party_a" else party_b
                posted = client.post("/api/v1/contracts/OTHER-1/facts", json=fact)
                assert posted.status_code == 201, posted.text
        yield server


def test_over_http_it_is_registered_recorded_asked_and_explained(plants: Served) -> None:
    at = "/api/v1/contracts/OTHER-1"
    with plants.client("party_a") as party_a:
        answer = party_a.get(f"{at}/status", params={"as_of": "2026-03-20"}).json()
        assert answer["fees"] == FEES and len(answer["obligations"]) == 2
        why = party_a.get(f"{at}/explain", params={"path": "fees.outstanding", "as_of": "2026-03-20"}).json()
        assert why["value"] == "200.00" and why["clauses"][0]["zh"] == "甲方按每次养护 300 元付费。"
        document = party_a.get("/openapi.json").json()["components"]["schemas"]
        assert "fees" in document["Status"]["properties"] and "Fees" in document
        assert any("CareRequested" in name for name in document)


def test_its_pages_are_there_without_code_of_its_own(plants: Served) -> None:
    with plants.client("party_a") as officer:
        officer.headers["accept"] = "text/html"
        for lang, said in (("zh", ("养护费", "未付养护费", "养护绿植")), ("en", ("care fees", "care for the plants"))):
            page = officer.get("/contract/OTHER-1", params={"as_of": "2026-03-20", "lang": lang})
            assert page.status_code == 200 and [one for one in said if one not in page.text] == []
        text = officer.get("/contract/OTHER-1/text", params={"as_of": "2026-03-20"})
        assert "甲方按每次养护 300 元付费。" in re.sub("<[^>]+>", "", text.text)  # what can be read otherwise is marked
        assert officer.get("/contract/OTHER-1/explain", params={"path": "fees.outstanding"}).status_code == 200
        assert officer.get("/contract/OTHER-1/time").status_code == 200
