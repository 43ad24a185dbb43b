"""What a sweep keeps from step to step never drifts: at every day it concludes what a sweep from nothing concludes."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ledger.domain.fact import Fact
from ledger.notices import shipped_calendar
from ledger.projections.basis import Basis
from ledger.projections.status import concluded
from tests.random_histories import random_history
from tests.random_histories.operations import random_operations
from tests.test_sweep_against_oracle import fact_of

RUNS = int(os.environ.get("LVYUE_KEPT_RUNS", "8"))


AGREED_LATE = 42  # the seed of a history in which a grade is agreed that makes a ground for termination
HISTORIES = [*((random_history, seed) for seed in (*range(RUNS), AGREED_LATE)),
             *((random_operations, seed) for seed in range(RUNS // 2))]  # fmt: skip


@pytest.mark.parametrize(("history", "seed"), HISTORIES)
def test_asked_at_every_step_a_sweep_concludes_what_one_from_nothing_concludes(
    history: Callable[[random.Random, int], list[dict[str, Any]]], seed: int
) -> None:
    rng = random.Random(seed)
    facts = [fact_of(envelope) for envelope in history(rng, rng.randrange(15, 45))]
    of_the_first = [{"year-window": "contract-year"}, {"same-cause-damages": "sum"}]
    readings = rng.choice([{}, {}, *(of_the_first if history is random_history else [{}, {}])])
    asked = Basis(facts, shipped_calendar(), max(fact.day for fact in facts), 2**52, readings=readings)
    kept = asked.sweep()

    def step(day: date, fact: Fact | None) -> None:
        concluded(kept.machine, day)

    while (day := kept.next_day()) is not None and day <= asked.as_of:
        kept.advance(day, step)
        fresh = asked.sweep()
        fresh.advance(day)
        assert concluded(kept.machine, day) == concluded(fresh.machine, day), day

