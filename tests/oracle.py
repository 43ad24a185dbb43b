"""The oracle: SPEC sections 2.1, 3, 4.1-4.8 and 5 again, slowly and obviously, independent of ledger/.

The product's fast sweep is checked against `conclude` on random histories. Every conclusion is recomputed
from the whole list of facts; each function quotes the sentence of SPEC.md it obeys.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from tests.oracle_damages import damages_of
from tests.oracle_facts import (
    READINGS,
    Fact,
    Question,
    contested_by,
    counting,
    day_of,
    heard,
    known,
    reading_on,
    seen_by,
    terms_on,
)
from tests.oracle_incidents import grounds, incidents
from tests.oracle_life import (
    anomalies_of,
    balance_of,
    exit_of,
    last_day_of,
    life_of,
    obligations_of,
    phase_of,
    shown,
    term_of,
)


def registered_terms(facts: list[Fact]) -> dict[str, Any]:
    """The document of ContractRegistered (2.2: "counts at every `as_of`, before all other facts"), as
    corrected."""
    registration = next(f for f in heard(facts) if f["type"] == "ContractRegistered")
    document: dict[str, Any] = registration["data"]["terms"]
    return document


def number_of_facts(facts: list[Fact], as_of: date) -> int:
    """SPEC 4.8: "`facts` counts every fact recorded by known_at whose recorded `on` is not after D,
    retracted ones and corrections included, the registration always"."""
    return len([f for f in facts if f["type"] == "ContractRegistered" or day_of(f["on"]) <= as_of])


def contested_facts(facts: list[Fact], visible: list[Fact], as_of: date) -> list[str]:
    """SPEC 2.2: "the fact is listed under `contested`": what is contested as of D and not retracted."""
    contested = [fact["seq"] for _, fact in contested_by(facts, heard(visible), as_of)]
    return [f["id"] for f in heard(facts) if f["seq"] in contested]


def conclude(
    facts: list[dict[str, Any]],
    *,
    as_of: date,
    known_at: str | None,
    is_working_day: Callable[[date], bool],
    provisional: Callable[[date], bool],
    readings: Mapping[str, str] | None = None,
    as_seen_by: str | None = None,
) -> dict[str, Any]:
    """SPEC 5, without next_changes, sensitivity and receipt. `facts`: envelopes with seq, id, ref,
    recorded_at."""
    recorded = known(facts, known_at)
    visible = seen_by(recorded, as_of, as_seen_by)
    q = Question(counting(visible), registered_terms(visible), dict(readings or {}), is_working_day, provisional)
    life = life_of(q, as_of)
    terminated_on = life["terminated_on"]
    counted = incidents(q, as_of, terminated_on)
    found = grounds(q, as_of, terminated_on, life["exercised"])
    damages, without_fee = damages_of(q, as_of, terminated_on)
    anomalies = anomalies_of(q, as_of, life) + [("NO_SYSTEM_FEE", f) for f in without_fee]
    needed = terms_on(q, as_of, as_of)["termination"]["b_incidents"]
    return {
        "contract": q.terms["contract"]["id"],
        "as_of": as_of.isoformat(),
        "known_at": known_at,
        "facts": number_of_facts(recorded, as_of),
        "phase": phase_of(q, as_of, life),
        "term": term_of(q, as_of, life),
        "balance": balance_of(q, as_of),
        "obligations": obligations_of(q, as_of, life),
        "incidents": counted,
        "termination": {
            "allowed": any(g["state"] == "open" for g in found),
            "grounds": [
                {
                    "clause": g["clause"],
                    "arose_on": shown(g["arose_on"]),
                    "lapses_on": shown(g["lapses_on"]),
                    "last_day": shown(last_day_of(q, as_of, life, g)),
                    "state": g["state"],
                    "because": [f["id"] for f in g["because"]],
                }
                for g in found
            ],
            "headroom": {"b_incidents": max(0, needed - counted["b_count_rolling_year"])},
        },
        "exit": exit_of(q, as_of, life),
        "damages": damages,
        "anomalies": [
            {"code": code, "fact": fact["id"], "on": shown(fact["day"])}
            for code, fact in sorted(anomalies, key=lambda a: (a[1]["day"], a[1]["seq"], a[0]))
        ],
        "contested": contested_facts(recorded, visible, as_of),
        "readings": {name: reading_on(q, as_of, name, as_of) for name in READINGS},
    }
