"""The second agreement's sweep against its oracle: on random histories both must conclude the same."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ledger.domain.calendar import format_utc, parse_utc
from ledger.notices import shipped_calendar
from ledger.projections.status import Asked, status
from tests import oracle_operations
from tests.random_histories.operations import random_operations, random_readings
from tests.test_sweep_against_oracle import fact_of

LEFT_OUT = ("next_changes", "sensitivity", "robust", "receipt", "positions")
RUNS = int(os.environ.get("LVYUE_ORACLE_RUNS", "12"))
DEBT = ("debt", "creditor", "amount", "state", "last_day", "restarted_by")


def without(record: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in keys}


def comparable(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without what the oracle does not tell: what a conclusion rests on, and by which clause."""
    kept = without(answer, *LEFT_OUT)
    damages, service, termination = answer["damages"], answer["service"], answer["termination"]
    kept["damages"] = {**damages, "items": [without(one, "because", "clause") for one in damages["items"]]}
    kept["service"] = {
        **service,
        "availability": [without(one, "because") for one in service["availability"]],
        "scores": [{**one, "score": Decimal(str(one["score"]))} for one in service["scores"]],
        "coefficients": [
            {key: value if key == "year" else Decimal(value) for key, value in one.items()}
            for one in service["coefficients"]
        ],
    }
    kept["termination"] = {**termination, "grounds": [without(one, "because") for one in termination["grounds"]]}
    kept["limitation"] = [{key: debt[key] for key in DEBT} for debt in answer["limitation"]]
    return kept


def answers(
    history: list[dict[str, Any]], as_of: date, known_at: int, readings: dict[str, str], as_seen_by: str | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    known = [envelope for envelope in history if parse_utc(envelope["recorded_at"]) <= known_at]
    calendar = shipped_calendar()
    fast = status([fact_of(one) for one in known], calendar, Asked(as_of, known_at, as_seen_by, readings))
    slow = oracle_operations.conclude(
        history, as_of=as_of, known_at=format_utc(known_at), is_working_day=calendar.is_working_day,
        provisional=calendar.provisional, readings=readings, as_seen_by=as_seen_by,
    )  # fmt: skip
    return fast, slow


def questions(seed: int) -> list[tuple[list[dict[str, Any]], date, int, dict[str, str], str | None]]:
    """A history and what is asked of it: a day, what was known, a few readings, a view."""
    rng = random.Random(seed)
    history = random_operations(rng, rng.randrange(15, 70))
    moments = [parse_utc(envelope["recorded_at"]) for envelope in history]
    found = []
    for _ in range(4):
        as_of = date(2025, 11, 1) + timedelta(days=rng.randrange(0, 900))
        known_at = rng.choice(moments) if rng.random() < 0.4 else moments[-1]
        role = rng.choice([None, None, "party_a", "party_b", "supervisor"])
        found.append((history, as_of, known_at, random_readings(rng), role))
    return found


@pytest.mark.parametrize("seed", range(RUNS))
def test_the_second_agreement_concludes_what_its_oracle_concludes(seed: int) -> None:
    for question in questions(seed):
        fast, slow = answers(*question)
        told = {key: (comparable(slow).get(key), comparable(fast).get(key)) for key in slow}
        assert {key: pair for key, pair in told.items() if pair[0] != pair[1]} == {}, question[1:]
