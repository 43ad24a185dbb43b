"""Who was absent from which major event (4.2), and how far the migration of each system is (4.3)."""

from __future__ import annotations

from ledger.domain.declare import dataclass, field
from ledger.domain.fact import Fact


@dataclass(slots=True)
class Events:
    """Absences by event."""

    absences: dict[str, list[Fact]] = field(default_factory=dict)


@dataclass(slots=True)
class Migration:
    """The systems registered, tested, assessed and deployed; ``trial_runs`` began today."""

    registered: dict[str, Fact] = field(default_factory=dict)
    tested: dict[str, Fact] = field(default_factory=dict)
    assessed: dict[str, Fact] = field(default_factory=dict)
    deployed: dict[str, Fact] = field(default_factory=dict)
    trial_runs: list[Fact] = field(default_factory=list)

    def cleared(self, system: str) -> bool:
        """Passed its test and its security assessment."""
        return system in self.tested and system in self.assessed

    @property
    def unready(self) -> list[str]:
        """The systems registered that are not tested, assessed and deployed."""
        return [one for one in self.registered if not self.cleared(one) or one not in self.deployed]
