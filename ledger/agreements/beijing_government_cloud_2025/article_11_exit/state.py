"""The exits party B asked for, and the switch-over (art. 11)."""

from __future__ import annotations

from datetime import date

from ledger.domain.declare import dataclass, field
from ledger.domain.fact import Fact


@dataclass(slots=True)
class Exit:
    """An exit party B asked for under 11.1.

    ``notice_ends_on`` is the corresponding day of the months of notice. ``permitted`` is the latest answer, ``consent``
    the permission that counts, ``refusal`` the latest refusal; ``consented_on`` the day the permission itself names,
    where party A thereby consents to it.
    """

    request: str
    fact: Fact
    exit_on: date
    notice_ends_on: date
    permitted: bool | None = None
    consent: Fact | None = None
    refusal: Fact | None = None
    consented_on: date | None = None
    withdrawn: bool = False

    @property
    def earliest_on(self) -> date:
        """The first day on which it can take effect."""
        return self.consented_on or max(self.exit_on, self.notice_ends_on)


@dataclass(slots=True)
class Exits:
    """Every exit asked for, by request; ``exited`` is the one that took effect."""

    exits: dict[str, Exit] = field(default_factory=dict)
    exited: Exit | None = None
    switched_over: Fact | None = None
