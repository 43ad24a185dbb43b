"""Damages agreed and settled, and which items are of one occurrence (10.3)."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import Agreed, Item, place
from ledger.domain.shown import Shown


@dataclass(slots=True)
class Together:
    """Items of one occurrence; ``accrues`` is what stands of them, fen, or else what was ``agreed`` in their place."""

    ids: list[str]
    accrues: int
    agreed: Agreed | None


@dataclass(slots=True)
class Settlements:
    """The latest agreement on an amount by item; what was settled in all; how the items were last grouped.

    ``tied`` are the items by occurrence, ``groups`` the group each item, or identifier agreed on, is in. ``listed``
    are the items and the agreed amounts that count, by their place. ``stale`` are to be grouped anew.
    """

    agreed: dict[str, Agreed] = field(default_factory=dict)
    settled: int = 0  # fen
    items: dict[str, Item] = field(default_factory=dict)
    tied: dict[Hashable, dict[str, Item]] = field(default_factory=dict)
    groups: dict[str, Together] = field(default_factory=dict)
    stale: dict[str, None] = field(default_factory=dict)
    listed: Shown[Item | Agreed] = field(default_factory=lambda: Shown(place))
    accrued: int = 0  # fen
    reading: str | None = None  # of same-cause-damages, by which they were grouped
