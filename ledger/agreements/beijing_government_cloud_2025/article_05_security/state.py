"""The security review (5.2)."""

from __future__ import annotations

from ledger.domain.declare import dataclass
from ledger.domain.fact import Fact


@dataclass(slots=True)
class Security:
    """The first review that was passed."""

    reviewed: Fact | None = None
