"""The oracle: SPEC sections 2.1-2.4, 3, 4.1-4.9 and 5 again, slowly and obviously, independent of ledger/.

The product's fast sweep is checked against `conclude` on random histories. Every conclusion is recomputed
from the whole list of facts; each function quotes the sentence of SPEC.md it obeys. `because` lists the facts
that make a ground or an item, and the corrections, assessments, links, amendments and agreed readings behind them.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

from tests.oracle_changes import positions_of
from tests.oracle_damages import damages_anomalies, damages_of
from tests.oracle_facts import READINGS, Fact, Question, day_of, known, reading_on, remembered
from tests.oracle_grounds import exit_of, phase_of, span_of_contract, term_of, termination_of
from tests.oracle_incidents import incidents
from tests.oracle_life import anomalies_of, obligations_of
from tests.oracle_limitation import limitation_of
from tests.oracle_money import accounts_of, balance_of
from tests.oracle_standing import Standing

VIEWS = (None, "party_a", "party_b")


def number_of_facts(standing: Standing, facts: list[Fact], as_of: date) -> int:
    """SPEC 4.8: "`facts` counts every fact recorded by known_at whose recorded `on` is not after D,
    retracted ones and corrections included, the registration always"."""
    return len([f for f in facts if f["type"] == "ContractRegistered" or day_of(f["on"]) <= as_of])


def question(
    standing: Standing,
    role: str | None,
    is_working_day: Callable[[date], bool],
    provisional: Callable[[date], bool],
    readings: Mapping[str, str] | None,
) -> Question:
    """What is asked of one view."""
    facts, acknowledged, registration = standing.view(role)
    terms = registration["data"]["terms"]

    @cache
    def by_then(seq: int) -> Question:
        told = Standing([f for f in standing.recorded if f["seq"] <= seq])
        return question(told, role, is_working_day, provisional, readings)

    def then(fact: Fact) -> Question:
        return by_then(fact["seq"])

    asked = Question(facts, terms, dict(readings or {}), is_working_day, provisional, role, acknowledged, then)
    asked.recorded = standing.recorded
    return asked


@remembered
def incidents_of(q: Question, as_of: date) -> dict[str, Any]:
    """SPEC 5 `incidents`, of the operating period."""
    return incidents(q, as_of, span_of_contract(q, as_of))


def listed_anomalies(q: Question, as_of: date) -> list[dict[str, Any]]:
    """SPEC 5 `anomalies`, by day."""
    found = anomalies_of(q, as_of) + damages_anomalies(q, as_of)
    return [
        {"code": code, "fact": fact["id"], "on": fact["day"].isoformat()}
        for code, fact in sorted(found, key=lambda a: (a[1]["day"], a[1]["seq"], a[0]))
    ]


SECTIONS: dict[str, Callable[[Question, date], Any]] = {
    "contract": lambda q, as_of: q.terms["contract"]["id"],
    "as_of": lambda q, as_of: as_of.isoformat(),
    "phase": phase_of,
    "term": term_of,
    "balance": balance_of,
    "obligations": obligations_of,
    "incidents": incidents_of,
    "termination": lambda q, as_of: termination_of(q, as_of, incidents_of(q, as_of)["b_count_rolling_year"]),
    "exit": exit_of,
    "damages": lambda q, as_of: damages_of(q, as_of, accounts_of(q, as_of).settlements),
    "anomalies": listed_anomalies,
    "limitation": limitation_of,
    "readings": lambda q, as_of: {name: reading_on(q, as_of, name, as_of) for name in READINGS},
}


def concluded(q: Question, as_of: date) -> dict[str, Any]:
    """SPEC 5, of one view."""
    return {name: section(q, as_of) for name, section in SECTIONS.items()}


def conclude(
    facts: list[dict[str, Any]],
    *,
    as_of: date,
    known_at: str | None,
    is_working_day: Callable[[date], bool],
    provisional: Callable[[date], bool],
    readings: Mapping[str, str] | None = None,
    as_seen_by: str | None = None,
    positions: bool = True,
) -> dict[str, Any]:
    """SPEC 5, without next_changes, sensitivity, robust and receipt. `facts`: envelopes with seq, id, ref,
    recorded_at."""
    recorded = known(facts, known_at)
    standing = Standing(recorded)

    def answer(role: str | None) -> dict[str, Any]:
        return concluded(question(standing, role, is_working_day, provisional, readings), as_of)

    asked = answer(as_seen_by)
    views = [answer(role) if role != as_seen_by else asked for role in VIEWS] if positions else []
    return {
        **asked,
        "known_at": known_at,
        "facts": number_of_facts(standing, recorded, as_of),
        "contested": standing.contested_facts(as_of),
        "claims": standing.claims(as_of),
        "positions": positions_of(views) if positions else [],
    }
