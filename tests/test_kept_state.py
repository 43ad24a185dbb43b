"""What a sweep keeps from step to step never drifts: at every day it concludes what a sweep from nothing concludes."""

from __future__ import annotations

import os
import random
from datetime import date

import pytest

from ledger.domain.fact import Fact
from ledger.notices import shipped_calendar
from ledger.projections.basis import Basis
from ledger.projections.status import concluded
from tests.random_histories import random_history
from tests.test_sweep_against_oracle import fact_of

RUNS = int(os.environ.get("LVYUE_KEPT_RUNS", "8"))


@pytest.mark.parametrize("seed", range(RUNS))
def test_asked_at_every_step_a_sweep_concludes_what_one_from_nothing_concludes(seed: int) -> None:
    rng = random.Random(seed)
    facts = [fact_of(envelope) for envelope in random_history(rng, rng.randrange(15, 45))]
    readings = rng.choice([{}, {}, {"year-window": "contract-year"}, {"same-cause-damages": "sum"}])
    asked = Basis(facts, shipped_calendar(), max(fact.day for fact in facts), 2**52, readings=readings)
    kept = asked.sweep()

    def step(day: date, fact: Fact | None) -> None:
        concluded(kept.machine, day)

    while (day := kept.next_day()) is not None and day <= asked.as_of:
        kept.advance(day, step)
        fresh = asked.sweep()
        fresh.advance(day)
        assert concluded(kept.machine, day) == concluded(fresh.machine, day), day

