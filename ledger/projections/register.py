"""The register of facts: each as recorded, how late, and which later fact corrected, retracted or contests it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ledger.domain import history
from ledger.domain.fact import Fact

_DONE = {"FactCorrected": "corrected_by", "FactRetracted": "retracted_by", "FactContested": "contested_by"}


ACTS = frozenset(_DONE)
"""The types of facts by which another's line is otherwise."""


def register(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """A line a fact, in order of ``seq``: ``{"fact", "days_late", "corrected_by", "retracted_by", "contested_by"}``.

    ``days_late`` are the days from happening to recording; the others list the ids of the facts that did so and
    stand themselves.
    """
    lines: dict[int, dict[str, Any]] = {fact.seq: plain(fact) for fact in facts}
    seqs = history.numbering(facts)
    for act in history.resolve(facts):
        if act.type in _DONE:
            what: Any = act.what
            target = history.pointed(seqs, what.target, act.seq)
            if target in lines:
                lines[target][_DONE[act.type]].append(act.id)
    return list(lines.values())


def plain(fact: Fact) -> dict[str, Any]:
    """The line of a fact that no other is about."""
    return {"fact": fact.id, "days_late": fact.days_late} | {key: [] for key in _DONE.values()}
