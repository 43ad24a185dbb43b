"""第三条 枯死: plants lost, pests reported and assessed."""

from __future__ import annotations

from ledger.domain.fact import AB, Saying, fact, kind
from ledger.domain.fields import Identifier, Positive

TICKET = kind("ticket", "报障单", "ticket", "T-1")  # the agreement on operation and maintenance has it, too


@fact(
    "3", zh="绿植枯死", en="plants lost", actors=AB, meaning="若干株绿植枯死。",
    labels={"plants": ("株数", "plants")}, example={"plants": 2},
)  # fmt: skip
class PlantsLost:
    """Plants died (Art. 3)."""

    plants: Positive


@fact("3", zh="报告虫害", en="pests reported", actors=AB, introduces=TICKET, meaning="绿植生虫。")
class PestsReported:
    """Plants have pests; nothing follows from it (Art. 3)."""

    ticket: Identifier


@fact(
    "3", zh="认定虫害", en="pests assessed", actors=AB, subject=TICKET, saying=Saying(restates=True),
    meaning="一方认定了所报告的虫害。",
)  # fmt: skip
class PestsAssessed:
    """What was reported was looked at (Art. 3); nothing follows from it."""

    ticket: Identifier
