"""Who was absent from on-site duty (4.2)."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_04_operation.state import Events
from ledger.domain.machine import Obligation
from ledger.explanation import Explanation


def absences(x: Explanation, duty: Obligation) -> None:
    for fact in x.m[Events].absences.get(duty.id.partition(":")[2], []):
        x.step("EX_HAPPENED", fact=x.fact(fact.id))
