"""Who joined party B's staff without a signed undertaking, who left without a filed handover (7.2, annex 5)."""

from __future__ import annotations

from typing import Any

from ledger.domain.fact import Fact
from ledger.explanation import Explanation


def nda_unsigned(x: Explanation, fact: Fact) -> None:
    what: Any = fact.what
    x.step("EX_NDA_UNSIGNED", fact=x.fact(fact.id), person=what.person)


def handover_unfiled(x: Explanation, fact: Fact) -> None:
    what: Any = fact.what
    x.step("EX_HANDOVER_UNFILED", fact=x.fact(fact.id), person=what.person)
