"""第三条 服务级别."""

from __future__ import annotations

from ledger.agreements.it_operations_maintenance.article_03_service_levels import drafts, explain, rule
from ledger.agreements.it_operations_maintenance.article_03_service_levels.facts import (
    AvailabilityMeasured,
    MaintenanceAnnounced,
    TicketOpened,
    TicketResolved,
    TicketResponded,
)
from ledger.agreements.it_operations_maintenance.article_03_service_levels.said import SAID
from ledger.agreements.it_operations_maintenance.article_03_service_levels.state import Levels, Tickets
from ledger.domain.clause import Anomalous, Clause
from ledger.domain.feeds import MonitoredOutage
from ledger.messages import declare

declare(SAID)

CLAUSE = Clause(
    "article 3",
    handles={
        MaintenanceAnnounced: rule.maintenance_announced,
        AvailabilityMeasured: rule.availability_measured,
        TicketOpened: rule.ticket_opened,
        TicketResponded: rule.ticket_responded,
        TicketResolved: rule.ticket_resolved,
    },
    states=(Levels, Tickets),
    drafts={MonitoredOutage: drafts.tickets},
    anomalies={
        "MONTH_OUTSIDE_SERVICE": Anomalous(("1.2", "3.1"), explain.outside),
        "TICKET_OUTSIDE_SERVICE": Anomalous(("1.2", "3.2"), explain.outside),
    },
)
