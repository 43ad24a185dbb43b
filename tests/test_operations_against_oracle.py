"""The second agreement's sweep against its oracle: on random histories both must conclude the same."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta
from typing import Any

import pytest

from ledger.domain.calendar import format_utc, parse_utc
from ledger.notices import shipped_calendar
from ledger.projections.basis import Basis
from ledger.projections.status import status
from tests import oracle_operations
from tests.oracle_changes import to_come
from tests.oracle_operations import RECORDS
from tests.random_histories.operations import random_operations, random_readings
from tests.test_sweep_against_oracle import fact_of

LEFT_OUT = ("next_changes", "sensitivity", "robust", "receipt")
ONE_DAY = timedelta(days=1)
RUNS = int(os.environ.get("LVYUE_ORACLE_RUNS", "12"))
FIRST = int(os.environ.get("LVYUE_ORACLE_FIRST", "0"))  # the seed that the runs begin with


def comparable(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without what the oracle does not tell; positions have no order of their own."""
    kept = {key: value for key, value in answer.items() if key not in LEFT_OUT}
    return {**kept, "positions": sorted(answer["positions"], key=lambda one: one["path"])}


def answers(
    history: list[dict[str, Any]], as_of: date, known_at: int, readings: dict[str, str], as_seen_by: str | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    known = [envelope for envelope in history if parse_utc(envelope["recorded_at"]) <= known_at]
    calendar = shipped_calendar()
    fast = status(Basis([fact_of(one) for one in known], calendar, as_of, known_at, as_seen_by, readings))
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


@pytest.mark.parametrize("seed", range(FIRST, FIRST + RUNS))
def test_the_second_agreement_concludes_what_its_oracle_concludes(seed: int) -> None:
    for question in questions(seed):
        fast, slow = answers(*question)
        told = {key: (comparable(slow).get(key), comparable(fast).get(key)) for key in slow}
        assert {key: pair for key, pair in told.items() if pair[0] != pair[1]} == {}, question[1:]


@pytest.mark.parametrize("seed", range(FIRST, FIRST + max(2, RUNS // 6)))
def test_the_changes_to_come_are_those_its_oracle_finds(seed: int) -> None:
    """On each day announced what the oracle finds changed since its eve, and nothing between two such days."""
    rng = random.Random(10_000 + seed)
    history, calendar = random_operations(rng, rng.randrange(10, 40)), shipped_calendar()
    facts = [fact_of(envelope) for envelope in history]
    last, known_at = max(fact.day for fact in facts), parse_utc(history[-1]["recorded_at"])
    role = rng.choice([None, None, "party_a", "party_b"])
    announced = status(Basis(facts, calendar, last, known_at, role))["next_changes"]

    def by_the_oracle(day: date) -> dict[str, Any]:
        return oracle_operations.conclude(
            history, as_of=day, known_at=format_utc(known_at), is_working_day=calendar.is_working_day,
            provisional=calendar.provisional, as_seen_by=role, positions=False,
        )  # fmt: skip

    before = by_the_oracle(last)
    for on in sorted({one["on"] for one in announced}):
        day = date.fromisoformat(on)
        eve, after = by_the_oracle(day - ONE_DAY), by_the_oracle(day)
        assert to_come(on, before, eve, RECORDS) == []
        assert to_come(on, eve, after, RECORDS) == [one for one in announced if one["on"] == on]
        before = after
    if len({one["on"] for one in announced}) < 20:  # nothing is announced after the twentieth day
        years_on = date.fromisoformat(before["as_of"]) + timedelta(days=1500)
        assert to_come("", before, by_the_oracle(years_on), RECORDS) == []
