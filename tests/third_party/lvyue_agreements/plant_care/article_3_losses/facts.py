"""第三条 枯死."""

from __future__ import annotations

from ledger.domain.fact import AB, fact
from ledger.domain.fields import Positive


@fact(
    "3", zh="绿植枯死", en="plants lost", actors=AB, meaning="若干株绿植枯死。",
    labels={"plants": ("株数", "plants")}, example={"plants": 2},
)  # fmt: skip
class PlantsLost:
    """Plants died (Art. 3)."""

    plants: Positive
