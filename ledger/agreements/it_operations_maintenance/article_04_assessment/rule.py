"""第四条 考核: scores of quarters of the service period."""

from __future__ import annotations

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_04_assessment.facts import QuarterAssessed
from ledger.agreements.it_operations_maintenance.article_04_assessment.state import Scores
from ledger.domain.fact import Fact
from ledger.domain.machine import Machine


def quarter_assessed(m: Machine, fact: Fact, what: QuarterAssessed) -> None:
    # 4.1 "甲方按服务季度对乙方的服务进行考核，以百分制评分"
    if m[ServiceLife].period(3, what.quarter) is None:
        m.anomaly("QUARTER_OUTSIDE_SERVICE", fact)
        return
    m[Scores].told.setdefault(what.quarter, []).append(fact)
    m.touched.update(("service", "balance", "termination"))
