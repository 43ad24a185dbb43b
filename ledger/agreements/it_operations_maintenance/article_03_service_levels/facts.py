"""第三条 服务级别: maintenance announced, availability measured, tickets opened, answered and resolved."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from ledger.agreements.it_operations_maintenance.vocabulary import MAINTENANCE, TICKET, Priority, system_is_known
from ledger.domain.errors import Refusal
from ledger.domain.fact import AB, ABS, PERFORMED, B, Saying, fact
from ledger.domain.fields import Identifier, Minutes, Moment, Month


@fact(
    "3.1", zh="维护公告", en="maintenance announced", actors=B, introduces=MAINTENANCE, admit=system_is_known,
    chosen={"system": "service.systems"}, usual=B,
    meaning="乙方公告某系统将自某时起维护若干分钟。",
    labels={"system": ("系统", "system"), "begins": ("开始时间", "begins"), "minutes": ("时长（分钟）", "minutes")},
    example={"system": "portal", "begins": "2026-03-28T22:00:00+08:00", "minutes": 120},
)  # fmt: skip
class MaintenanceAnnounced:
    """Party B announced that a system would be maintained from a moment on, for so many minutes (Art. 3.1)."""

    maintenance: Identifier
    system: Identifier
    begins: Moment
    minutes: Minutes


def _of_month(what: Any) -> Iterable[Hashable]:
    return ((AvailabilityMeasured.__name__, what.month, what.system),)


def _within_downtime(what: Any, path: str) -> None:
    if what.maintenance_minutes is not None and what.maintenance_minutes > what.downtime_minutes:
        raise Refusal(
            "MAINTENANCE_BEYOND_DOWNTIME", f"{path}.maintenance_minutes", maintenance=what.maintenance_minutes,
            downtime=what.downtime_minutes,
        )  # fmt: skip


@fact(
    "3.1", zh="可用性月报", en="availability measured", actors=ABS, admit=system_is_known, check=_within_downtime,
    saying=Saying(things=_of_month),
    chosen={"system": "service.systems"}, usual=ABS,
    meaning="报告某系统某月不可用的分钟数，以及其中处于维护时间内的分钟数。",
    labels={
        "system": ("系统", "system"), "downtime_minutes": ("不可用时间（分钟）", "downtime (minutes)"),
        "maintenance_minutes": ("其中维护时间（分钟）", "of these, maintenance (minutes)"),
    },
    example={"system": "portal", "downtime_minutes": 60, "maintenance_minutes": 30},
)  # fmt: skip
class AvailabilityMeasured:
    """For how many minutes of a month a system was unavailable, and how many of these were maintenance (Art. 3.1)."""

    month: Month
    system: Identifier
    downtime_minutes: Minutes
    maintenance_minutes: Minutes | None = None


@fact(
    "3.2", zh="报障", en="ticket opened", actors=AB, introduces=TICKET, admit=system_is_known,
    chosen={"system": "service.systems"}, usual=AB,
    meaning="就某系统的事件报障，写明级别；事实的时刻即报障时刻。",
    labels={"system": ("系统", "system")},
    example={"system": "portal", "priority": "P1"},
)  # fmt: skip
class TicketOpened:
    """An incident of a system was reported, with its priority; its moment starts the times of 3.2 (Art. 3.2)."""

    ticket: Identifier
    system: Identifier
    priority: Priority


@fact(
    "3.2", zh="响应", en="ticket responded to", actors=B, subject=TICKET,
    saying=PERFORMED,
    usual=B,
    meaning="乙方响应报障。",
)  # fmt: skip
class TicketResponded:
    """Party B responded to a ticket (Art. 3.2)."""

    ticket: Identifier


@fact(
    "3.2", zh="恢复", en="ticket resolved", actors=B, subject=TICKET,
    saying=PERFORMED,
    usual=B,
    meaning="乙方已恢复服务，报障单办结。",
)  # fmt: skip
class TicketResolved:
    """Party B restored the service, which resolves the ticket (Art. 3.2)."""

    ticket: Identifier
