"""附件4 北京市级政务云产品服务订单."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.annex_4_order import explain, rule
from ledger.agreements.beijing_government_cloud_2025.annex_4_order.facts import ServicePerformed
from ledger.agreements.beijing_government_cloud_2025.annex_4_order.said import SAID
from ledger.agreements.beijing_government_cloud_2025.annex_4_order.state import Order
from ledger.agreements.beijing_government_cloud_2025.article_13_term.explain import source, term_end
from ledger.agreements.beijing_government_cloud_2025.article_13_term.facts import BillingStarted, LeaseStarted
from ledger.domain.clause import Clause, Duty
from ledger.messages import declare

declare(SAID)

CLAUSE = Clause(
    "annex 4",
    handles={
        LeaseStarted: rule.service_started,
        BillingStarted: rule.service_started,
        ServicePerformed: rule.service_performed,
    },
    states=(Order,),
    closes=rule.order,
    duties=dict.fromkeys(rule.PER_TIME, Duty(before=term_end, after=explain.units, source=source)),
)
