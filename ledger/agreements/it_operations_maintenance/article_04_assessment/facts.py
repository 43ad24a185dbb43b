"""第四条 考核: scores by service quarter."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from ledger.domain.fact import A, Saying, fact
from ledger.domain.fields import Percent, Positive


def _of_quarter(what: Any) -> Iterable[Hashable]:
    return ((QuarterAssessed.__name__, what.quarter),)


@fact(
    "4.1", zh="季度考核", en="quarter assessed", actors=A, first=True,
    saying=Saying(things=_of_quarter),
    usual=A,
    meaning="甲方就第几个服务季度评分（百分制）。",
    labels={"quarter": ("服务季度", "service quarter"), "score": ("评分", "score")},
    example={"quarter": 1, "score": "92.5"},
)  # fmt: skip
class QuarterAssessed:
    """Party A scored a service quarter, counted from the first of the service period, out of a hundred (Art. 4.1)."""

    quarter: Positive
    score: Percent
