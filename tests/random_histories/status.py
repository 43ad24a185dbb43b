"""What the oracle concludes of a story so far."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from tests import oracle, oracle_operations
from tests.random_histories.story import BOTH, Data, Story


def oracle_of(s: Story) -> ModuleType:
    """The oracle of the agreement that the story's terms are drawn from."""
    return oracle_operations if s.terms["contract"]["template"] == "it-operations-maintenance" else oracle


def section(s: Story, name: str, role: str | None = None) -> Any:
    """A section of what the oracle concludes now, in a role's view or of record."""
    of = oracle_of(s)
    q = s.once(f"question {role}", lambda: of.question(s.standing(), role, s.is_working_day, lambda day: False, {}))
    return of.SECTIONS[name](q, s.today())


def claims(s: Story) -> list[Data]:
    """What the oracle lists as claims now."""
    return s.standing().claims(s.today())


def items_in_some_view(s: Story) -> set[str]:
    """SPEC 4.8: "An item named in a fact must exist in some view." """
    return {i["id"] for role in (None, *BOTH) for i in section(s, "damages", role)["items"]}
