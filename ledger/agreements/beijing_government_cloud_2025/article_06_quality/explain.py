"""Which reports are below the floor of 6.3."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_06_quality.facts import AvailabilityReported
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.state import Kept, Quality
from ledger.bilingual import joined, label, phrase
from ledger.domain.machine import Obligation
from ledger.explanation import Explanation


def below_floor(x: Explanation, duty: Obligation) -> None:
    system = duty.id.partition(":")[2] or None
    kept = x.m[Quality].kept.get(system, Kept())
    for month, fact in sorted(kept.below.items()):
        report = fact.what
        assert isinstance(report, AvailabilityReported)
        quality = x.terms(fact.day).quality
        assert quality is not None
        floors = quality if system is None else next(one for one in quality.systems if one.system == system)
        floor, least = floors.availability, floors.data_reliability
        if system is None and floor is not None and least is not None:
            x.step(
                "EX_BELOW_FLOOR", month=month, fact=x.fact(fact.id), availability=report.availability, floor=floor,
                reliability=report.data_reliability, least=least,
            )  # fmt: skip
            continue
        measures = (("availability", floor), ("data_reliability", least))
        told = [phrase("EX_FLOOR_OF", measure=label("measure", name), found=getattr(report, name), floor=stated)
                for name, stated in measures if stated is not None]  # fmt: skip
        of = phrase("EX_OF_PLATFORM") if system is None else phrase("EX_OF_SYSTEM", system=system)
        x.step("EX_BELOW_FLOOR_OF", month=month, of=of, fact=x.fact(fact.id), told=joined(told))
