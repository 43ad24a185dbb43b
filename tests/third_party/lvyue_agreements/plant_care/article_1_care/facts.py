"""第一条 养护: care requested, care given, plants moved about."""

from __future__ import annotations

from ledger.domain.fact import A, B, fact, kind
from ledger.domain.fields import Identifier, Text

CARE_REQUEST = kind("care-request", "养护要求", "request for care", "CARE-1")


@fact(
    "1", zh="要求养护", en="care requested", actors=A, introduces=(CARE_REQUEST, "request"),
    meaning="甲方要求养护绿植。",
)  # fmt: skip
class CareRequested:
    """Party A asked for the plants to be cared for (Art. 1)."""

    request: Identifier


@fact(
    "1", zh="完成养护", en="care given", actors=B, mentions=((CARE_REQUEST, "request"),),
    meaning="乙方养护了绿植；未经要求的不写养护要求。",
)  # fmt: skip
class CareGiven:
    """Party B cared for the plants (Art. 1); without a request where nobody asked."""

    request: Identifier | None = None


@fact(
    "1", zh="绿植移位", en="plants moved", actors=A, meaning="甲方移动了绿植。",
    labels={"place": ("位置", "place")}, example={"place": "大厅"},
)  # fmt: skip
class PlantsMoved:
    """Party A moved plants; nothing follows from it."""

    place: Text
