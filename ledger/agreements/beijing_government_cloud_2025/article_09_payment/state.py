"""What an instalment waits for: deployment, stage review, acceptances by name (art. 9)."""

from __future__ import annotations

from ledger.domain.declare import dataclass, field
from ledger.domain.fact import Fact


@dataclass(slots=True)
class Stages:
    """The first deployment and the first stage review passed; acceptances passed by name, and whose each round is."""

    deployed: Fact | None = None
    stage_review: Fact | None = None
    rounds: dict[str, str] = field(default_factory=dict)
    accepted: dict[str, Fact] = field(default_factory=dict)
