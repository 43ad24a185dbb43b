"""The verb claims: what one side alone says, and the other side's answer to it (SPEC 2.4, 6)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CONTRACT, Lvyue

LEASE = {"type": "LeaseStarted", "on": "2025-12-01", "by": "party_a", "data": {}}
PDF = b"%PDF-1.4\n" + b"0" * 64


def incident(name: str, on: str) -> dict[str, Any]:
    return {"type": "IncidentReported", "on": on, "by": "party_a", "ref": name, "data": {
        "incident": name, "kind": "outage", "scope": "platform", "systems_share": "0.15", "people_affected": 150000,
        "economic_loss": "1500000.00", "duration_minutes": 150,
    }}  # fmt: skip


TIE = {"type": "IncidentsLinked", "on": "2026-06-02", "by": "party_b", "ref": "tie",
       "data": {"incidents": ["i1", "i2", "i3"], "root_cause": "rc"}}  # fmt: skip
SAID = [LEASE, incident("i1", "2026-01-10"), incident("i2", "2026-03-10"), incident("i3", "2026-05-10"), TIE]


@pytest.fixture
def tied(signed: str, lvyue: Lvyue) -> str:
    lines = "\n".join(map(json.dumps, SAID))
    assert lvyue("record", signed, "-", stdin=lines.encode()).status == 0
    return signed


def test_a_claim_is_listed_with_where_the_views_differ_and_becomes_record_once_acknowledged(
    tied: str, lvyue: Lvyue
) -> None:
    told = lvyue("claims", tied, "--json").json
    assert told["claims"] == [
        {"fact": f"{CONTRACT}#8", "by": "party_b", "why": "changes-anothers-word", "concerns": "i1"}
    ]
    allowed = next(one for one in told["positions"] if one["path"] == "termination.allowed")
    assert (allowed["record"], allowed["party_a"], allowed["party_b"]) == (True, True, False)
    shown = lvyue("claims", tied).out
    assert "会改变他方所述" in shown and "'#8'" in shown.replace("\n", "") and "甲方可否按第十条解" in shown
    assert lvyue("claims", tied, "--csv").out.splitlines()[1].startswith(f"{CONTRACT}#8,party_b,")

    previewed = lvyue("claims", tied, "--acknowledge", "8", "--preview")
    assert previewed.status == 0 and lvyue("claims", tied, "--json").json["claims"] != []
    done = lvyue("claims", tied, "--acknowledge", "8", "--json")
    assert done.json["facts"][0]["by"] == "party_a" and done.json["facts"][0]["type"] == "FactAcknowledged"
    assert lvyue("claims", tied, "--json").json == {"claims": [], "contested": [], "positions": []}
    assert "双方视角与共同记录一致" in lvyue("claims", tied).out


def test_a_contest_carries_its_reason_and_its_document(tied: str, lvyue: Lvyue, tmp_path: Path) -> None:
    (tmp_path / "log.pdf").write_bytes(PDF)
    answer = ("--contest", "i1", "--reason", "并非平台故障", "--document", "log.pdf")
    done = lvyue("claims", tied, *answer, "--json").json["facts"][0]
    assert (done["by"], done["data"]["reason"]) == ("party_b", "并非平台故障")
    assert [one["name"] for one in done["documents"]] == ["log.pdf"]
    told = lvyue("claims", tied, "--json").json
    assert told["contested"] == [f"{CONTRACT}#5"]
    assert [one["why"] for one in told["claims"]] == ["contested", "changes-anothers-word"]
    assert lvyue("audit").status == 0, "the document is kept with the fact that carries it"


def test_whoever_answers_is_the_other_party_unless_it_is_said(tied: str, lvyue: Lvyue) -> None:
    by_supervisor = lvyue("claims", tied, "--contest", "8", "--by", "supervisor", "--json").json["facts"][0]
    assert by_supervisor["by"] == "supervisor"
    both = lvyue("claims", tied, "--acknowledge", "8", "--contest", "8")
    assert both.status == 1 and "不能同时" in both.err
    report = {"type": "SecurityReviewPassed", "on": "2026-02-01", "by": "administrator", "data": {"reference": "1"}}
    lvyue("record", tied, "-", stdin=json.dumps(report).encode())
    nobody = lvyue("claims", tied, "--contest", "10")
    assert nobody.status == 1 and "--by" in nobody.err
    assert lvyue("claims", tied, "--contest", "99").status == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_why_it_is_a_claim_and_what_would_make_it_record_is_explained(tied: str, lvyue: Lvyue, lang: str) -> None:
    why = lvyue("explain", tied, f"claims.{CONTRACT}#8", "--lang", lang).out
    expected = ("乙方一方的主张", "经甲方认可") if lang == "zh" else ("party B's claim", "Once party A acknowledges")
    assert all(one in why.replace("\n", "").replace("     ", "") or one in why for one in expected)
    listed = lvyue("explain", tied, "claims", "--json", "--lang", lang).json
    assert f"{CONTRACT}#8" in [one["fact"] for one in listed["facts"]]
    assert "主张" in lvyue("explain", tied, "#8").out, "as the screen shows it"
    positions = lvyue("explain", tied, "positions.termination.allowed", "--json").json
    assert positions["value"]["party_b"] is False and len(positions["steps"]) == 2


def test_every_question_is_asked_in_a_partys_view(tied: str, lvyue: Lvyue) -> None:
    seen = ("--as-seen-by", "party_b")
    assert lvyue("status", tied, "--json", *seen).json["termination"]["allowed"] is False
    assert lvyue("explain", tied, "termination.allowed", "--json", *seen).json["value"] is False
    stands = {one["fact"]: one["stands"] for one in lvyue("replay", tied, "--json").json}
    assert stands[f"{CONTRACT}#8"] is False
    stands = {one["fact"]: one["stands"] for one in lvyue("replay", tied, "--json", *seen).json}
    assert stands[f"{CONTRACT}#8"] is True
    simulated = lvyue("simulate", tied, "-", "--json", *seen, stdin=json.dumps(incident("i4", "2026-06-20")).encode())
    assert simulated.json["status"]["incidents"]["b_count_rolling_year"] == 2


def test_of_what_a_view_lacks_a_sentence_says_so_in_words(tied: str, lvyue: Lvyue) -> None:
    zh, en = (lvyue("explain", tied, "positions", "--lang", lang).out for lang in ("zh", "en"))

    assert "视角为 无" in zh and "为 -" not in zh
    assert "sees it nothing" in " ".join(en.split()) and "sees it -" not in en
