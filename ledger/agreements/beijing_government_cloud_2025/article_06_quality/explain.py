"""Which reports are below the floor of 6.3."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_06_quality.facts import AvailabilityReported
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.state import Quality
from ledger.domain.machine import Obligation
from ledger.explanation import Explanation


def below_floor(x: Explanation, duty: Obligation) -> None:
    for month, fact in sorted(x.m[Quality].below_floor.items()):
        report = fact.what
        assert isinstance(report, AvailabilityReported)
        floor = x.terms(fact.day).quality
        assert floor is not None
        x.step(
            "EX_BELOW_FLOOR", month=month, fact=x.fact(fact.id), availability=report.availability,
            floor=floor.availability, reliability=report.data_reliability, least=floor.data_reliability,
        )  # fmt: skip
