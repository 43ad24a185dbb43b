"""第六条 服务质量及验收要求."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_06_quality import explain, rule
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.facts import (
    AcceptanceFailed,
    AcceptanceRequested,
    AvailabilityReported,
    TrialRunStarted,
)
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.said import SAID
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.state import Quality
from ledger.agreements.beijing_government_cloud_2025.article_13_term.facts import BillingStarted, LeaseStarted
from ledger.domain.clause import Clause, Duty
from ledger.domain.facts.agreement import ContractSigned
from ledger.messages import declare

declare(SAID)

CLAUSE = Clause(
    "article 6",
    handles={
        ContractSigned: rule.effective,
        LeaseStarted: rule.service_started,
        BillingStarted: rule.service_started,
        TrialRunStarted: rule.trial_run_started,
        AvailabilityReported: rule.availability_reported,
        AcceptanceRequested: rule.acceptance_requested,
        AcceptanceFailed: rule.acceptance_failed,
    },
    states=(Quality,),
    closes=rule.close,
    duties={
        "trial-run": Duty(within="periods.trial_run_days"),
        "rework": Duty(within="periods.rework_days"),
        "availability": Duty(after=explain.below_floor),
        "system-availability": Duty(after=explain.below_floor),
    },
)
