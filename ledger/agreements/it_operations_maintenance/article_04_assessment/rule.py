"""第四条 考核: scores of quarters of the service period."""

from __future__ import annotations

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_02_payment.facts import StageAccepted
from ledger.agreements.it_operations_maintenance.article_04_assessment.facts import QuarterAssessed
from ledger.agreements.it_operations_maintenance.article_04_assessment.state import Scores
from ledger.domain.fact import Fact
from ledger.domain.machine import Machine


def quarter_assessed(m: Machine, fact: Fact, what: QuarterAssessed) -> None:
    # 4.1 "甲方按服务季度对乙方的服务进行考核，以百分制评分"
    if m[ServiceLife].period(3, what.quarter) is None:
        m[Scores].outside.append((fact, m.anomaly("QUARTER_OUTSIDE_SERVICE", fact)))
        return
    m[Scores].told.setdefault(what.quarter, []).append(fact)
    m.touched.update(("service", "balance", "termination"))


def stage_accepted(m: Machine, fact: Fact, what: StageAccepted) -> None:
    """The service period may begin with it: a score given earlier that day is of that period."""
    scores = m[Scores]
    today = [(told, anomaly) for told, anomaly in scores.outside if told.day == fact.day]
    scores.outside = []
    for told, anomaly in today:
        m.no_anomaly(anomaly)
        quarter_assessed(m, told, told.what)
