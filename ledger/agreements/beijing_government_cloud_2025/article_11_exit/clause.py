"""第十一条 退出."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_11_exit import explain, rule
from ledger.agreements.beijing_government_cloud_2025.article_11_exit.facts import (
    ExitPermitted,
    ExitRefused,
    ExitRequested,
    ExitWithdrawn,
    SwitchoverCompleted,
)
from ledger.agreements.beijing_government_cloud_2025.article_11_exit.said import SAID
from ledger.agreements.beijing_government_cloud_2025.article_11_exit.state import Exits
from ledger.agreements.beijing_government_cloud_2025.article_13_term.explain import ended_before_switchover
from ledger.domain.clause import Anomalous, Clause, Duty
from ledger.messages import declare

declare(SAID)

CLAUSE = Clause(
    "article 11",
    handles={
        ExitRequested: rule.exit_requested,
        ExitPermitted: rule.exit_permitted,
        ExitRefused: rule.exit_refused,
        ExitWithdrawn: rule.exit_withdrawn,
        SwitchoverCompleted: rule.switchover_completed,
    },
    states=(Exits,),
    closes=rule.close,
    duties={"switchover": Duty(before=ended_before_switchover, within="periods.switchover_months")},
    anomalies={"EXIT_NOTICE_TOO_SHORT": Anomalous(("11.1",), explain.notice_too_short)},
)
