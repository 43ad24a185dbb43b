"""第六条 履约保证金: paid, drawn on, returned."""

from __future__ import annotations

from ledger.domain.fact import ITEM, PERFORMED, A, B, Saying, fact
from ledger.domain.facts.damages import items_exist
from ledger.domain.fields import Identifiers, Money


@fact(
    "6.1", zh="交纳履约保证金", en="bond paid", actors=B, first=True,
    saying=PERFORMED,
    meaning="乙方向甲方交纳履约保证金。",
    example={"amount": "60000.00"},
)  # fmt: skip
class BondPaid:
    """Party B paid towards the performance bond (Art. 6.1)."""

    amount: Money


@fact(
    "6.2", zh="扣划履约保证金", en="bond drawn on", actors=A, admit=items_exist,
    saying=Saying(done=True, relied_on=True),
    chosen={"items": ITEM},
    meaning="甲方就若干项抵扣款或违约金从履约保证金中扣划。",
    labels={"items": ("项目", "items")},
    example={"items": ["delay:accept:initial"], "amount": "1200.00"},
)  # fmt: skip
class BondDrawn:
    """Party A drew on the bond for items of credits and damages (Art. 6.2)."""

    items: Identifiers
    amount: Money


@fact(
    "6.3", zh="退还履约保证金", en="bond returned", actors=A,
    saying=PERFORMED,
    meaning="甲方退还履约保证金的余额或其一部分。",
    example={"amount": "60000.00"},
)  # fmt: skip
class BondReturned:
    """Party A returned what is left of the bond, or some of it (Art. 6.3)."""

    amount: Money
