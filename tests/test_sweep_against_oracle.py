"""The sweep against the oracle: on random histories both must conclude the same."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta
from typing import Any

import pytest

from ledger.agreements.beijing_government_cloud_2025 import AGREEMENT
from ledger.domain.calendar import format_utc, parse_on, parse_utc
from ledger.domain.fact import Fact
from ledger.domain.fact_data import parse_data
from ledger.notices import shipped_calendar
from ledger.projections.paths import changes
from ledger.projections.status import Asked, status
from tests import oracle
from tests.random_histories import random_history

LEFT_OUT = ("next_changes", "sensitivity", "receipt")
RUNS = int(os.environ.get("LVYUE_ORACLE_RUNS", "40"))


def fact_of(envelope: dict[str, Any]) -> Fact:
    contract = envelope["id"].rpartition("#")[0]
    moment = parse_on(envelope["on"])
    ref = envelope.get("ref") or str(envelope["seq"])
    return Fact(
        contract, envelope["seq"], envelope["id"], ref, envelope["type"], envelope["on"], moment.day, moment.at,
        envelope["by"], parse_data(envelope["type"], envelope["data"]), (),
        parse_utc(envelope["recorded_at"]), "test", envelope["seq"], "0" * 64, "0" * 64,
    )  # fmt: skip


def answers(
    history: list[dict[str, Any]], as_of: date, known_at: int, readings: dict[str, str], as_seen_by: str | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    known = [envelope for envelope in history if parse_utc(envelope["recorded_at"]) <= known_at]
    calendar = shipped_calendar()
    asked = Asked(as_of, known_at, as_seen_by, readings)
    fast = status([fact_of(envelope) for envelope in known], calendar, asked)
    slow = oracle.conclude(
        history, as_of=as_of, known_at=format_utc(known_at), is_working_day=calendar.is_working_day,
        provisional=calendar.provisional, readings=readings, as_seen_by=as_seen_by,
    )  # fmt: skip
    return {key: value for key, value in fast.items() if key not in LEFT_OUT}, slow


@pytest.mark.parametrize("seed", range(RUNS))
def test_the_sweep_concludes_what_the_oracle_concludes(seed: int) -> None:
    rng = random.Random(seed)
    history = random_history(rng, rng.randrange(15, 90))
    moments = [parse_utc(envelope["recorded_at"]) for envelope in history]
    for _ in range(4):
        as_of = date(2025, 11, 1) + timedelta(days=rng.randrange(0, 1100))
        known_at = rng.choice(moments) if rng.random() < 0.4 else moments[-1]
        reading = rng.choice(list(AGREEMENT.readings))
        readings = {reading: rng.choice(list(AGREEMENT.readings[reading].options))} if rng.random() < 0.5 else {}
        as_seen_by = rng.choice([None, None, None, "party_a", "party_b"])
        fast, slow = answers(history, as_of, known_at, readings, as_seen_by)
        assert changes(slow, fast, AGREEMENT) == [], (as_of, known_at, readings, as_seen_by)
        assert fast == slow
