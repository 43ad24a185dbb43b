"""The facts that the rows of annexes 2 and 3 use: systems, monthly reports, absences, complaints, scale-outs."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Incident, Read
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import Item
from ledger.domain.declare import dataclass, field
from ledger.domain.fact import Fact
from ledger.domain.machine import Anomaly


@dataclass(slots=True)
class ScaleOut:
    """A scale-out requested, its due day and its completion (annex 3 row 4)."""

    fact: Fact
    due: date
    completed: Fact | None = None


Source = tuple[str, Hashable]
"""What an item rests on: a name of ``rows.RAISES`` and the key of the report, incident, system or notice."""


@dataclass(slots=True)
class Reports:
    """Facts by what they report; those in whose place another counts are left out.

    ``begun`` has the incidents by the month in which they began, ``naming`` what must be worked out again when an
    incident named by a report changes, ``warned`` the incidents that name a notice.
    """

    systems: dict[str, Fact] = field(default_factory=dict)
    service_levels: dict[tuple[str, str | None], Fact] = field(default_factory=dict)
    assessed: dict[str | None, dict[int, Fact]] = field(default_factory=dict)  # by system and month
    complaints: dict[str, list[Fact]] = field(default_factory=dict)  # about availability, by system
    on_site: list[Fact] = field(default_factory=list)
    outages: dict[str, list[Incident]] = field(default_factory=dict)  # ungraded ones of one system
    scale_outs: dict[str, ScaleOut] = field(default_factory=dict)
    scale_outs_named: dict[str, ScaleOut] = field(default_factory=dict)  # by identifier, by the request's ref and id
    demands: dict[str, list[str]] = field(default_factory=dict)  # notices by what they are about
    begun: dict[int, dict[str, Incident]] = field(default_factory=dict)
    naming: dict[str, dict[Source, None]] = field(default_factory=dict)
    warned: dict[str, dict[str, None]] = field(default_factory=dict)


@dataclass(slots=True)
class Raised:
    """The items as last worked out, by what they rest on; ``stale`` are the sources to be worked out again.

    ``feeless`` are the sources of items that wait for the fee of a system, ``groups_read`` the mark up to which changes
    of groups were read, ``outage_of`` the system among whose outages an incident is, ``term`` the version of the
    operating period, the terms and the readings by which all were worked out.
    """

    items: dict[Source, list[Item]] = field(default_factory=dict)
    stale: dict[Source, None] = field(default_factory=dict)
    feeless: dict[str, set[Source]] = field(default_factory=dict)
    groups_read: Read | None = None
    outage_of: dict[str, str] = field(default_factory=dict)
    term: int = -1
    unpriced: dict[str, tuple[Anomaly, int]] = field(default_factory=dict)  # by fact, its items without a base
