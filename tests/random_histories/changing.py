"""What changes what was recorded: corrections, retractions, contests."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta

from tests.oracle_facts import CONTROL, INTRODUCES, Fact, names, ref_of
from tests.random_histories.single import common_measures, measures
from tests.random_histories.story import Data, Story

# --- corrections, retractions, contests -----------------------------------------------------------


def mention(s: Story, fact: Fact) -> str:
    return str(s.rng.choice((fact["id"], ref_of(fact), f"#{fact['seq']}")))


def altered(s: Story, fact: Fact) -> Data:
    """The data of a fact with something in them put right; what it introduces and is about stay."""
    rng = s.rng
    data: Data = deepcopy(fact["data"])
    if "amount" in data and not data.get("lines") and not data.get("allocations"):
        data["amount"] = s.sum(data["amount"])
    for key in ("effective_on", "ends_on", "exit_on", "deadline", "due_on", "to"):
        if key in data:
            day = date.fromisoformat(data[key]) + timedelta(days=rng.choice((-1, 0, 1, 5)))
            data[key] = max(day, date.fromisoformat(data.get("from", "2025-01-01"))).isoformat()
    if fact["type"] == "IncidentReported":
        data = {"incident": data["incident"], "kind": data["kind"], **common_measures(s), **measures(s, data["kind"])}
    if "availability" in data and "month" in data:
        data["availability"] = rng.choice(("99.98", "99.99"))
    if "downtime_minutes" in data:
        data["downtime_minutes"] = rng.choice((43, 44, 450, 2300, 50000))
        data.pop("maintenance_minutes", None)
    if "score" in data:
        data["score"] = rng.choice(("59", "60", "95"))
    for key in ("passed", "important"):
        if key in data and rng.random() < 0.5:
            data[key] = not data[key]
    if "consequence" in data:
        data["consequence"] = s.consequence()
    if "annual_fee" in data:
        data["annual_fee"] = rng.choice(("1200.00", "2400.02"))
    return data


def correct(s: Story) -> None:
    there = [f for f in s.alive() if f["type"] not in (*CONTROL, "ContractRegistered", "EvidenceExported")]
    if there:
        fact = s.rng.choice(there)
        data = {"target": mention(s, fact), "data": altered(s, fact), "reason": "笔误"}
        if s.rng.random() < 0.4:
            back = fact["day"] - timedelta(days=s.rng.choice((0, 1, 1, 3, 30)))
            data["on"] = back.isoformat() + s.rng.choice(("", "", "T00:00:00+08:00", "T12:30:00+08:00"))
        s.put("FactCorrected", fact["by"], data, documents=0.4)


def correct_terms(s: Story) -> None:
    document = deepcopy(s.terms)
    key = "scale_out_days" if "scale_out_days" in document["periods"] else "scale_out_working_days"
    document["periods"][key] = s.rng.randint(1, 9)
    document["quality"]["availability"] = s.rng.choice(("99.9", "99.99"))
    s.put(
        "FactCorrected",
        s.facts[0]["by"],
        {"target": "terms", "data": {"terms": document}, "reason": "笔误"},
        documents=0.6,
    )


def retract(s: Story) -> None:
    there = [f for f in s.alive() if f["type"] not in ("ContractRegistered", "FactRetracted", "EvidenceExported")]
    if there:
        fact = s.rng.choice(there)
        s.put("FactRetracted", fact["by"], {"target": mention(s, fact), "reason": "误录"}, documents=0.3)


def retract_retraction(s: Story) -> None:
    """What a retraction took away comes back, unless its identifier has been taken since."""
    for retraction in [f for f in s.heard() if f["type"] == "FactRetracted"]:
        target = next(f for f in s.facts if names(retraction["data"]["target"], f))
        if target["type"] in INTRODUCES:
            kind, key = INTRODUCES[target["type"]]
            if target["data"][key] in s.known(kind):
                continue
        if target["type"] not in CONTROL:
            data = {"target": mention(s, retraction), "reason": "撤回有误"}
            return s.put("FactRetracted", retraction["by"], data)
    return None
