"""Who was absent from which major event (4.2)."""

from __future__ import annotations

from dataclasses import dataclass, field

from ledger.domain.fact import Fact


@dataclass(slots=True)
class Events:
    """Absences by event."""

    absences: dict[str, list[Fact]] = field(default_factory=dict)
