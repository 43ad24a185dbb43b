"""第二条 合同价款与支付: the acceptances that parts of the price wait for."""

from __future__ import annotations

from ledger.agreements.it_operations_maintenance.vocabulary import stage_is_known
from ledger.domain.fact import DONE_AND_RELIED_ON, A, fact
from ledger.domain.fields import Identifier


@fact(
    "2.1", zh="阶段验收通过", en="stage accepted", actors=A, first=True, admit=stage_is_known,
    saying=DONE_AND_RELIED_ON,
    chosen={"stage": "stages"},
    meaning="甲方验收通过合同所列的一个阶段。",
    labels={"stage": ("验收阶段", "stage")},
    example={"stage": "initial"},
)  # fmt: skip
class StageAccepted:
    """Party A accepted a stage that the terms name (Art. 2.1)."""

    stage: Identifier
