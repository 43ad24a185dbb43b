"""第九条 支付条款: deployment and stage review."""

from __future__ import annotations

from ledger.domain.fact import DONE, PERFORMED, A, B, fact
from ledger.domain.fields import Reason


@fact(
    "9.1", zh="云资源部署完成", en="resources deployed", actors=B, first=True,
    saying=PERFORMED,
    meaning="乙方完成云资源部署。",
)  # fmt: skip
class ResourcesDeployed:
    """Party B finished deploying the cloud resources (Art. 9.1)."""


@fact(
    "9.1", zh="阶段性验收评审通过", en="stage review passed", actors=A, first=True,
    saying=DONE,
    meaning="阶段性验收评审通过。",
)  # fmt: skip
class StageReviewPassed:
    """The stage review was passed (Art. 9.1)."""

    reason: Reason | None = None


@fact(
    "9.1", zh="阶段性验收评审未通过", en="stage review failed", actors=A,
    saying=DONE,
    meaning="阶段性验收评审未通过。",
)  # fmt: skip
class StageReviewFailed:
    """The stage review was not passed (Art. 9.1)."""

    reason: Reason | None = None
