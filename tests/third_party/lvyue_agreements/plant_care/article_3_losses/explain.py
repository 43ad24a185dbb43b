"""Why plants that died are an anomaly."""

from __future__ import annotations

from ledger.domain.fact import Fact
from ledger.explanation import Explanation


def lost_before_care(x: Explanation, fact: Fact) -> None:
    x.step("PLANT_LOST", count=fact.what.plants)
