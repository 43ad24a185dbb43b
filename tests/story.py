"""The year of facts that ships with this contract, told to a ledger day by day as it would have been recorded."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from ledger.domain.moments import MINUTE, parse_on
from ledger.domain.terms_amendment import document_json
from ledger.service import Ledger, Question

CONTRACTS = Path(__file__).parent.parent / "contracts"
CONTRACT = "CU12-1101-2025-018605"
STORY = CONTRACTS / "cu12-1101-2025-018605.story.jsonl"
EVENING = (24 * 3600 - 60) * 1_000_000  # a day's facts are recorded at 23:59, Beijing time
LATER = parse_on("2026-11-26T08:00:00+08:00").at


def story() -> list[dict[str, Any]]:
    lines = STORY.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if not line.startswith("#")]


def ref_ids() -> dict[str, str]:
    """The fact id behind each ref of the story; the registration is the first fact."""
    return {fact["ref"]: f"{CONTRACT}#{seq}" for seq, fact in enumerate(story(), 2)}


def _over(fact: dict[str, Any]) -> int:
    """When what a fact tells was over: an incident's end, else its own moment."""
    return parse_on(fact["on"]).at + int(fact["data"].get("duration_minutes", 0)) * MINUTE


class Told:
    """A ledger to which the story was told, and short ways to ask it."""

    def __init__(self, folder: Path, leave_out: str | None = None) -> None:
        self.now = parse_on("2025-11-18").at
        self.ledger = Ledger(f"sqlite:///{folder / 'story.db'}", clock=lambda: self.now, create=True)
        terms = tomllib.loads((CONTRACTS / "cu12-1101-2025-018605.toml").read_text(encoding="utf-8"))
        self.ledger.register(document_json(terms))
        told = [fact for fact in story() if fact["ref"] != leave_out]
        for day, facts in groupby(told, key=lambda fact: fact["on"][:10]):
            of_the_day = list(facts)
            self.now = max(parse_on(day).at + EVENING, *map(_over, of_the_day))
            self.ledger.record(CONTRACT, of_the_day)
        self.now = LATER

    def question(self, as_of: str, **asked: Any) -> Question:
        if "known_at" in asked:
            asked["known_at"] = parse_on(asked["known_at"]).at
        return Question(as_of=date.fromisoformat(as_of), **asked)

    def status(self, as_of: str, **asked: Any) -> dict[str, Any]:
        return self.ledger.status(CONTRACT, self.question(as_of, **asked))

    def explain(self, path: str, as_of: str, **asked: Any) -> dict[str, Any]:
        return self.ledger.explain(CONTRACT, path, self.question(as_of, **asked))

    def words(self, path: str, as_of: str, lang: str = "zh", **asked: Any) -> str:
        """Everything an explanation says, a sentence a line."""
        return "\n".join(step[lang] for step in self.explain(path, as_of, **asked)["steps"])
