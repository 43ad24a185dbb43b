"""第十条(3) 同一事件或原因."""

from __future__ import annotations

from functools import partial

from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause import explain, rule
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.said import SAID
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.state import Settlements
from ledger.domain.clause import Anomalous, Clause, no_items
from ledger.domain.facts.damages import DamagesAgreed, DamagesSettled
from ledger.domain.facts.dispute import JudgmentEntered
from ledger.messages import declare

declare(SAID)


def clause(found: rule.Found, groups: rule.Groups) -> Clause:
    """``found`` updates the items of annexes 2 and 3, ``groups`` gives the incidents that are one."""
    return Clause(
        "article 10.3",
        handles={
            DamagesAgreed: partial(rule.agreed, found=found, groups=groups),
            DamagesSettled: rule.settled,
            JudgmentEntered: partial(rule.judged, found=found, groups=groups),
        },
        states=(Settlements,),
        closes=partial(rule.close, found=found, groups=groups),
        anomalies={"DAMAGES_TANGLED": Anomalous(("10.3",), explain.tangled)},
        adds_items={DamagesAgreed: rule.sum_added, DamagesSettled: no_items},
    )
