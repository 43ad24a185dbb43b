"""What the oracle concludes of a story so far."""

from __future__ import annotations

from types import ModuleType

from tests import oracle, oracle_operations
from tests.oracle_standing import Standing
from tests.random_histories.story import BOTH, Data, Story


def oracle_of(s: Story) -> ModuleType:
    """The oracle of the agreement that the story's terms are drawn from."""
    return oracle_operations if s.terms["contract"]["template"] == "it-operations-maintenance" else oracle


def s_status(s: Story) -> Data:
    """What the oracle concludes now, to know item ids and open grounds."""
    standing = Standing(s.facts)
    of = oracle_of(s)
    q = of.question(standing, None, s.is_working_day, lambda day: False, {})
    return {**of.concluded(q, s.today()), "claims": standing.claims(s.today())}


def items_in_some_view(s: Story) -> set[str]:
    """SPEC 4.8: "An item named in a fact must exist in some view." """
    standing = Standing(s.facts)
    of = oracle_of(s)
    views = [of.question(standing, role, s.is_working_day, lambda day: False, {}) for role in (None, *BOTH)]
    return {i["id"] for q in views for i in of.concluded(q, s.today())["damages"]["items"]}
