"""What the oracle concludes of a story so far."""

from __future__ import annotations

from tests.oracle import concluded, question
from tests.oracle_standing import Standing
from tests.random_histories.story import Data, Story


def s_status(s: Story) -> Data:
    """What the oracle concludes now, to know item ids and open grounds."""
    standing = Standing(s.facts)
    q = question(standing, None, s.is_working_day, lambda day: False, {})
    return {**concluded(q, s.today()), "claims": standing.claims(s.today())}


def items_in_some_view(s: Story) -> set[str]:
    """SPEC 4.8: "An item named in a fact must exist in some view." """
    standing = Standing(s.facts)
    views = [question(standing, role, s.is_working_day, lambda day: False, {}) for role in (None, "party_a", "party_b")]
    return {i["id"] for q in views for i in concluded(q, s.today())["damages"]["items"]}
