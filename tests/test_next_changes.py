"""What next_changes announces is exactly what a fresh answer shows on the days to come."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta
from typing import Any

import pytest

from ledger.domain.facts import Fact
from ledger.notices import shipped_calendar
from ledger.projections.paths import changes
from ledger.projections.status import Asked, conclusions, status, sweep
from tests.random_histories import random_history
from tests.test_sweep_against_oracle import fact_of

ONE_DAY = timedelta(days=1)


def concluded(facts: list[Fact], day: date) -> dict[str, Any]:
    pass_ = sweep(facts, shipped_calendar(), Asked(day, 2**52))
    pass_.advance(day)
    return conclusions(pass_.machine, facts, day)


@pytest.mark.parametrize("seed", range(int(os.environ.get("LVYUE_NEXT_RUNS", "5"))))
def test_every_change_to_come_is_announced_and_nothing_else(seed: int) -> None:
    facts = [fact_of(envelope) for envelope in random_history(random.Random(seed), 25)]
    last = max(fact.day for fact in facts)
    announced = status(facts, shipped_calendar(), Asked(last, 2**52))["next_changes"]
    horizon = last + timedelta(days=420)
    told = {(one["on"], one["what"]) for one in announced if one["on"] <= horizon.isoformat()}
    if len({one["on"] for one in announced}) == 20:
        horizon = min(horizon, date.fromisoformat(announced[-1]["on"]))
    seen = set()
    before = concluded(facts, last)
    day = last + ONE_DAY
    while day <= horizon:
        after = concluded(facts, day)
        seen |= {(day.isoformat(), change["path"]) for change in changes(before, after)}
        before, day = after, day + ONE_DAY
    assert seen == told
