"""What next_changes announces is exactly what a fresh answer shows on the days to come."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta
from typing import Any

import pytest

from ledger.domain.calendar import format_utc, parse_utc
from ledger.domain.fact import Fact
from ledger.domain.history import NAMING, numbering, pointed
from ledger.notices import shipped_calendar
from ledger.projections.basis import Basis
from ledger.projections.status import conclusions, status
from tests import oracle
from tests.oracle_changes import to_come
from tests.random_histories import random_history
from tests.test_sweep_against_oracle import fact_of

ONE_DAY = timedelta(days=1)
RUNS = int(os.environ.get("LVYUE_NEXT_RUNS", "2"))
YEARS = 6 * 366


def concluded(facts: list[Fact], day: date) -> dict[str, Any]:
    pass_ = Basis(facts, shipped_calendar(), day, 2**52).sweep()
    pass_.advance(day)
    return conclusions(pass_.machine, day)


@pytest.mark.parametrize("seed", range(RUNS))
def test_every_change_to_come_is_announced_and_nothing_else(seed: int) -> None:
    facts = [fact_of(envelope) for envelope in random_history(random.Random(seed), 25)]
    last = max(fact.day for fact in facts)
    announced = status(Basis(facts, shipped_calendar(), last, 2**52))["next_changes"]
    horizon = last + timedelta(days=420)
    if len({one["on"] for one in announced}) == 20:
        horizon = min(horizon, date.fromisoformat(announced[-1]["on"]))
    seen = []
    before = concluded(facts, last)
    day = last + ONE_DAY
    while day <= horizon:
        after = concluded(facts, day)
        seen += to_come(day.isoformat(), before, after)
        before, day = after, day + ONE_DAY
    assert seen == [one for one in announced if one["on"] <= horizon.isoformat()]


@pytest.mark.parametrize("seed", range(RUNS))
def test_the_values_announced_are_those_the_oracle_finds_on_the_eve_and_on_the_day(seed: int) -> None:
    history = random_history(random.Random(1000 + seed), 25)
    facts, calendar = [fact_of(envelope) for envelope in history], shipped_calendar()
    last = max(fact.day for fact in facts)
    known_at = max(parse_utc(envelope["recorded_at"]) for envelope in history)
    announced = status(Basis(facts, calendar, last, known_at))["next_changes"]

    def by_the_oracle(day: date) -> dict[str, Any]:
        return oracle.conclude(history, as_of=day, known_at=format_utc(known_at),
                               is_working_day=calendar.is_working_day, provisional=calendar.provisional)  # fmt: skip

    for on in sorted({one["on"] for one in announced}):
        day = date.fromisoformat(on)
        expected = to_come(on, by_the_oracle(day - ONE_DAY), by_the_oracle(day))
        assert [one for one in announced if one["on"] == on] == expected


def with_targets(facts: list[Fact]) -> list[Fact]:
    """Without the acts on facts that are not among them."""
    seqs, there, kept = numbering(facts), set[int](), list[Fact]()
    for fact in facts:
        what: Any = fact.what
        if fact.type not in NAMING or pointed(seqs, what.target, fact.seq) in there:
            kept.append(fact)
            there.add(fact.seq)
    return kept


@pytest.mark.parametrize("seed", range(20 * RUNS))
def test_a_right_can_be_used_until_its_last_day_and_not_after(seed: int) -> None:
    """An open ground is open on its last day and not on the day after; without one it is open years later."""
    facts = [fact_of(envelope) for envelope in random_history(random.Random(seed), 40)]
    asked_on = facts[len(facts) * 2 // 3].day
    facts = [fact for fact in facts if fact.day <= asked_on or fact.seq == 1]
    facts = with_targets(facts)

    def grounds(day: date) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = concluded(facts, day)["termination"]["grounds"]
        return found

    for place, ground in enumerate(grounds(asked_on)):
        last = ground["last_day"]
        if ground["state"] != "open":
            assert last is None
        elif last is None:
            assert grounds(asked_on + timedelta(days=YEARS))[place]["state"] == "open"
        else:
            assert last >= asked_on.isoformat()
            on_it, after = (grounds(date.fromisoformat(last) + days)[place] for days in (timedelta(), ONE_DAY))
            assert (on_it["state"], on_it["last_day"]) == ("open", last)
            assert (after["state"], after["last_day"]) in [("lapsed", None), ("moot", None)]
