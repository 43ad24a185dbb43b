"""What an instalment waits for: deployment and stage review (art. 9)."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.domain.fact import Fact


@dataclass(slots=True)
class Stages:
    """The first deployment and the first stage review passed."""

    deployed: Fact | None = None
    stage_review: Fact | None = None
