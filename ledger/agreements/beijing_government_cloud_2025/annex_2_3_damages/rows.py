"""The rules of the rows of annexes 2 and 3 (SPEC 4.6), by the one source that an item rests on.

The base of annex 2 is total ÷ months of the term, that of annex 3 a twelfth of the system's annual fee. What lies
outside the operating period raises nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import Item
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.rows_of_incidents import (
    of_incident,
    of_repeated_outages,
)
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.rows_of_notices import (
    of_failed_assessments,
    of_late_scale_out,
)
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.rows_of_reports import (
    of_absence,
    of_availability,
    of_complaints,
    of_service_level,
)
from ledger.domain.machine import Machine

RAISES: dict[str, Callable[[Machine, Any], Iterator[Item]]] = {
    "availability": of_availability,  # by month and system
    "service-level": of_service_level,  # by month and system
    "on-site": of_absence,  # by its number
    "complaints": of_complaints,  # by system
    "assessments": of_failed_assessments,  # by notice
    "scale-out": of_late_scale_out,  # by notice
    "incident": of_incident,
    "outages": of_repeated_outages,  # by system
}
