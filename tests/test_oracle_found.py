"""What the oracle found: small histories on which the sweep and SPEC once parted."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.notices import shipped_calendar
from ledger.projections.status import Asked, status
from tests.test_oracle import Draft, history, leased, outage_a, signed
from tests.test_sweep_against_oracle import fact_of, parse_utc


def concluded(facts: list[dict[str, Any]], day: str) -> dict[str, Any]:
    told = [fact_of({**fact, "id": f"C#{fact['seq']}"}) for fact in facts]
    return status(told, shipped_calendar(), Asked(date.fromisoformat(day), parse_utc(facts[-1]["recorded_at"])))


def test_an_absence_raises_nothing_where_there_is_no_operating_period() -> None:
    """SPEC 4.6: "Months and minutes outside the operating period raise nothing." """
    absence: Draft = ("OnSiteAbsenceRecorded", "2026-03-08", "supervisor", {"minutes": 119, "consequence": "major"})
    assert concluded(history(*signed(), absence), "2026-04-01")["damages"]["items"] == []
    [item] = concluded(history(*signed(), leased("2025-12-01"), absence), "2026-04-01")["damages"]["items"]
    assert item["id"] == "a2-r11:f-5"


def test_a_partys_key_does_not_write_the_supervisors_word() -> None:
    """SPEC 2.4: "A fact marked 代录 whose principal holds a party's role weighs as that party's word"."""
    own = outage_a("i1", "2026-01-10")
    type_, on, _, data = outage_a("i2", "2026-01-10")
    facts = history(*signed(), leased("2025-12-01"), own, (type_, on, "supervisor", {**data, "duration_minutes": 60}))
    grades = concluded(facts, "2026-02-01")["incidents"]["grades"]
    assert grades == {}  # the supervisor's measures alone count: 60 minutes are no A
    facts[-1]["recorded_roles"] = ["party_b"]
    assert concluded(facts, "2026-02-01")["incidents"]["grades"] == {"i1": "A"}


def test_a_change_of_a_judgment_that_is_itself_a_claim_is_listed() -> None:
    """SPEC 2.4 no. 2: "corrects or retracts such a fact [...] without a document"; `claims` list "corrections and
    retractions at every D"."""
    said = {"dispute": "d1", "court": "法院", "reference": "1", "final": True, "rulings": [{"terminated_on": None}]}
    facts = history(
        ("DisputeOpened", "2026-01-01", "party_a", {"dispute": "d1", "clauses": ["10.2"], "facts": []}),
        ("JudgmentEntered", "2026-02-01", "party_b", said),
        ("FactCorrected", "2026-02-02", "party_b", {"target": "f-3", "reason": "笔误", "data": said}),
    )
    claims = concluded(facts, "2026-03-01")["claims"]
    assert [(claim["fact"], claim["why"]) for claim in claims] == [
        ("C#3", "speaks-for-both"), ("C#4", "speaks-for-both")
    ]  # fmt: skip
