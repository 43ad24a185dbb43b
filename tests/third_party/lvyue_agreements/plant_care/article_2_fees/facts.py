"""第二条 养护费: what was paid."""

from __future__ import annotations

from ledger.domain.fact import AB, fact
from ledger.domain.fields import Money


@fact("2", zh="支付养护费", en="care paid for", actors=AB, meaning="甲方支付养护费。")
class CarePaid:
    """Party A paid for care (Art. 2); ``amount`` in yuan."""

    amount: Money
