"""Availability as reported, breaches of the floor, rework that waits for another request (art. 6)."""

from __future__ import annotations

from datetime import date

from ledger.agreements.beijing_government_cloud_2025.terms import QualityTerms
from ledger.domain.declare import dataclass, field
from ledger.domain.fact import Fact


@dataclass(slots=True)
class Kept:
    """How the floors of the platform, or of a system, are kept: the months ``below`` them, and since when."""

    below: dict[str, Fact] = field(default_factory=dict)
    below_since: date | None = None
    healed: tuple[date | None, date | None] = (None, None)  # on which day, a breach since when


@dataclass(slots=True)
class Quality:
    """``availability`` is the latest report by system and month, None for the platform, as in ``kept``.

    ``promised`` are the terms by which what is promised was raised, ``version`` that of the term when last looked at.
    """

    availability: dict[str | None, dict[str, Fact]] = field(default_factory=dict)
    kept: dict[str | None, Kept] = field(default_factory=dict)
    weighed_within: tuple[date | None, date | None] = (None, None)  # the operating period
    rework: list[str] = field(default_factory=list)
    promised: QualityTerms | None = None
    version: int = -1
