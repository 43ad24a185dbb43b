"""附件1 重大事件—退出."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import drafts, grouping, rule
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.facts import (
    IncidentAssessed,
    IncidentGradeAgreed,
    IncidentReported,
    IncidentsLinked,
    IncidentsUnlinked,
)
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.said import SAID
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Incidents, Tally
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.facts import TrialRunStarted
from ledger.agreements.beijing_government_cloud_2025.article_13_term.facts import BillingStarted, LeaseStarted
from ledger.domain.clause import Clause
from ledger.domain.facts.agreement import AmendmentAgreed, ContractSigned
from ledger.domain.facts.dispute import JudgmentEntered
from ledger.domain.feeds import MonitoredOutage
from ledger.messages import declare

declare(SAID)

CLAUSE = Clause(
    "annex 1",
    handles={
        ContractSigned: rule.watch_anew,
        LeaseStarted: rule.watch_anew,
        BillingStarted: rule.watch_anew,
        TrialRunStarted: rule.watch_anew,
        AmendmentAgreed: rule.watch_anew,
        IncidentReported: rule.reported,
        IncidentAssessed: rule.assessed,
        IncidentGradeAgreed: rule.grade_agreed,
        JudgmentEntered: rule.judged,
        IncidentsLinked: rule.linked,
        IncidentsUnlinked: rule.linked,
    },
    states=(Incidents, Tally),
    settles=rule.note_grades,
    views_differ=grouping.ties_in_one_view,
    drafts={MonitoredOutage: drafts.outages},
)
