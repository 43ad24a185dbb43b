"""What parts of the price wait for: acceptances (article 2)."""

from __future__ import annotations

from ledger.domain.declare import dataclass, field
from ledger.domain.fact import Fact


@dataclass(slots=True)
class Acceptances:
    """The first acceptance of each stage; ``waited_for`` are the service years for whose end an invoice waits."""

    accepted: dict[str, Fact] = field(default_factory=dict)
    waited_for: set[object] = field(default_factory=set)
