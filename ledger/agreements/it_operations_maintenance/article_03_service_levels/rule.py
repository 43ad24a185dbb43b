"""第三条 服务级别: what was announced, measured, reported and resolved within the service period."""

from __future__ import annotations

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_03_service_levels.facts import (
    AvailabilityMeasured,
    MaintenanceAnnounced,
    TicketOpened,
    TicketResolved,
    TicketResponded,
)
from ledger.agreements.it_operations_maintenance.article_03_service_levels.state import Levels, Ticket, Tickets, Window
from ledger.agreements.it_operations_maintenance.article_07_cap.state import Items
from ledger.domain.calendar import month_days
from ledger.domain.fact import Fact, chronological
from ledger.domain.machine import Machine
from ledger.domain.moments import MINUTE, parse_on


def maintenance_announced(m: Machine, fact: Fact, what: MaintenanceAnnounced) -> None:
    begins = parse_on(what.begins).at
    window, levels = Window(fact, what.system, begins, begins + int(what.minutes * MINUTE)), m[Levels]
    levels.windows.append(window)
    for month, system in levels.reports:
        if system == what.system and window.lies_in(month):
            levels.within[month, system].append(window)
            m[Items].stale.add(("availability", month, system))
    m.touched.update(("service", "damages"))


def availability_measured(m: Machine, fact: Fact, what: AvailabilityMeasured) -> None:
    # 3.1 "乙方应保证各系统的月度可用性"
    if not m[ServiceLife].in_service(*month_days(what.month)):
        m.anomaly("MONTH_OUTSIDE_SERVICE", fact)
        return
    levels, key = m[Levels], (what.month, what.system)
    levels.reports.setdefault(key, []).append(fact)
    if key not in levels.within:
        levels.within[key] = [one for one in levels.windows if one.system == what.system and one.lies_in(what.month)]
    m[Items].stale.add(("availability", what.month, what.system))
    m.touched.update(("service", "damages"))


def ticket_opened(m: Machine, fact: Fact, what: TicketOpened) -> None:
    # 3.2 "甲方报障后，乙方应按事件级别在约定时间内响应并恢复"
    if not m[ServiceLife].in_service(fact.day, fact.day):
        m.anomaly("TICKET_OUTSIDE_SERVICE", fact)
        return
    ticket = Ticket(what.ticket, fact, what.system, what.priority)
    m[Tickets].tickets[what.ticket] = m[Tickets].unresolved[what.ticket] = ticket
    m.touched.add("service")


def ticket_responded(m: Machine, fact: Fact, what: TicketResponded) -> None:
    ticket = m[Tickets].tickets.get(what.ticket)
    if ticket is not None:
        ticket.responded = min([fact, *_told(ticket.responded)], key=chronological)
        _answered(m, ticket)


def ticket_resolved(m: Machine, fact: Fact, what: TicketResolved) -> None:
    ticket = m[Tickets].tickets.get(what.ticket)
    if ticket is not None:
        ticket.resolved = min([fact, *_told(ticket.resolved)], key=chronological)
        m[Tickets].unresolved.pop(what.ticket, None)
        _answered(m, ticket)


def _told(fact: Fact | None) -> list[Fact]:
    return [fact] if fact is not None else []


def _answered(m: Machine, ticket: Ticket) -> None:
    m[Items].stale.add(("ticket", ticket.id))
    m.touched.update(("service", "damages"))
