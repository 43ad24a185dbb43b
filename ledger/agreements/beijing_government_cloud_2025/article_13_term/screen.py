"""The term on the screen: its days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.drawing import Screen
from ledger.messages import say


def term(s: Screen, answer: Mapping[str, Any]) -> None:
    term = answer["term"]
    dates = ("effective_on", "lease_started_on", "ends_on", "terminated_on")
    shown = [f"{say(f'path.term.{key}', s.lang)} {term[key]}" for key in dates if term[key] is not None]
    if term.get("starts_on") is not None:
        by = say(f"starts_with:{term['starts_with']}", s.lang)
        shown.insert(1, f"{say('path.term.starts_on', s.lang)} {term['starts_on']} ({by})")
    if shown:
        s.line(*shown, *([s.word("provisional")] if term["provisional"] else []))
