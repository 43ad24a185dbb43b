"""Claims over HTTP: listed by themselves, answered by the other side's fact, seen in each view (SPEC 2.4, 6)."""

from __future__ import annotations

from typing import Any

from tests.api.server import Own, signed


def incident(name: str, on: str) -> dict[str, Any]:
    return {"type": "IncidentReported", "on": on, "by": "party_a", "ref": name, "data": {
        "incident": name, "kind": "outage", "scope": "platform", "systems_share": "0.15", "people_affected": 150000,
        "economic_loss": "1500000.00", "duration_minutes": 150,
    }}  # fmt: skip


def test_a_claim_is_listed_and_becomes_record_by_the_other_sides_acknowledgement(own: Own) -> None:
    facts, status = f"{own.at}/facts", f"{own.at}/status?as_of=2026-06-30"
    tie = {"type": "IncidentsLinked", "on": "2026-06-02", "by": "party_b", "ref": "tie",
           "data": {"incidents": ["i1", "i2"], "root_cause": "rc"}}  # fmt: skip
    with own.client("party_a") as a, own.client("party_b") as b:
        for fact in (signed("party_a"), {"type": "LeaseStarted", "on": "2025-12-01", "by": "party_a", "data": {}},
                     incident("i1", "2026-01-10"), incident("i2", "2026-03-10")):  # fmt: skip
            a.post(facts, json=fact).raise_for_status()
        b.post(facts, json=tie).raise_for_status()

        told = a.get(f"{own.at}/claims?as_of=2026-06-30").json()
        assert [(one["by"], one["why"], one["concerns"]) for one in told["claims"]] == [
            ("party_b", "changes-anothers-word", "i1")
        ]
        seen = {role: b.get(f"{status}&as_seen_by={role}").json() for role in ("party_a", "party_b")}
        assert {role: one["incidents"]["b_count_rolling_year"] for role, one in seen.items()} == {
            "party_a": 2, "party_b": 1,
        }  # fmt: skip
        count = next(one for one in a.get(status).json()["positions"] if one["path"].endswith("b_count_rolling_year"))
        assert count == {"path": "incidents.b_count_rolling_year", "record": 2, "party_a": 2, "party_b": 1}

        b.post(facts, json={"type": "FactAcknowledged", "on": "2026-06-10", "by": "party_a", "data": {"target": "tie"}})
        assert len(b.get(f"{own.at}/claims?as_of=2026-06-30").json()["claims"]) == 1, "nobody grants its own claim"
        a.post(facts, json={"type": "FactAcknowledged", "on": "2026-06-10", "by": "party_a",
                            "data": {"target": "tie"}}).raise_for_status()  # fmt: skip
        assert a.get(f"{own.at}/claims?as_of=2026-06-30").json()["claims"] == []
        assert a.get(status).json()["incidents"]["b_count_rolling_year"] == 1
        assert a.get(status).json()["positions"] == []
