"""Why items of damages could not be weighed exactly (10.3)."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.dearest import EXACT
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.state import Settlements
from ledger.domain.fact import Fact
from ledger.explanation import Explanation


def tangled(x: Explanation, fact: Fact) -> None:
    for joined in {id(one): one for one in x.m[Settlements].joined.values()}.values():
        for anomaly, count in joined.tangled:
            if anomaly.fact == fact.id:
                x.step("EX_TANGLED", fact=x.fact(fact.id), count=count, most=EXACT)
