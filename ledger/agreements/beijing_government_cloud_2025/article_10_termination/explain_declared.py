"""What became of each declaration: when it reached party B, which grounds were open, its effect (SPEC 4.1, 4.8)."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_10_termination.state import Declaration, Grounds
from ledger.domain.fact import Fact
from ledger.explanation import Explanation


def declarations(x: Explanation) -> None:
    """Each declaration and its effect."""
    if not x.m[Grounds].declared:
        x.step("EX_NOTHING_DECLARED", day=x.day)
    for one in x.m[Grounds].declared:
        declaration(x, one)


def declaration(x: Explanation, one: Declaration) -> None:
    x.cite("civil code 565")
    if one.arrived is None or one.effect_on is None:
        x.step("EX_DECLARED_WAITING", fact=x.fact(one.fact.id), day=x.day)
        return
    x.step("EX_DECLARED_ARRIVED", fact=x.fact(one.fact.id), arrived=x.fact(one.arrived.id), on=one.effect_on)
    if one.ruled:
        x.step("EX_DECLARED_RULED", fact=x.fact(one.fact.id))
    elif one is x.m[Grounds].effective:
        clauses = ", ".join(dict.fromkeys(ground.clause for ground in one.opened or ()))
        x.step("EX_DECLARED_EFFECTIVE", on=one.effect_on, clauses=clauses)
        _misnamed(x, one)
        x.cite("contract interpretation 53")
        x.step("EX_TERMINATION_REVIEWED")
    elif one.over:
        x.step("EX_DECLARED_OVER", on=one.effect_on)
    else:
        x.step("EX_DECLARED_IN_VAIN", on=one.effect_on)


def _misnamed(x: Explanation, one: Declaration) -> None:
    found = {ground.clause for ground in one.opened or ()}
    other = [clause for clause in one.clauses if clause not in found]
    if other:
        x.step("EX_DECLARED_MISNAMED", named=", ".join(other), clauses=", ".join(sorted(found)))


def told(x: Explanation, fact: Fact) -> None:
    """A declaration that had no ground, or named a clause under which none was open."""
    for one in x.m[Grounds].declared:
        if one.fact.id == fact.id:
            declaration(x, one)
    x.cite("13.2", "13.3", "civil code 563")
    x.step("EX_OTHER_RIGHTS")
