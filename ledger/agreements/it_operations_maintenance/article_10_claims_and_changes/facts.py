"""第十条 抵扣的主张: credits claimed."""

from __future__ import annotations

from ledger.domain.fact import DONE, ITEM, A, fact
from ledger.domain.facts.damages import items_exist
from ledger.domain.fields import Identifiers


@fact(
    "10.1", zh="主张抵扣", en="credits claimed", actors=A, served=True, admit=items_exist,
    saying=DONE,
    chosen={"items": ITEM}, usual=A,
    meaning="甲方书面主张若干项第三条约定的抵扣。",
    labels={"items": ("抵扣项目", "credits")},
    example={"items": ["availability-credit:2026-02:portal"]},
)  # fmt: skip
class CreditsClaimed:
    """Party A claimed credits of article 3 in writing (Art. 10.1)."""

    items: Identifiers
