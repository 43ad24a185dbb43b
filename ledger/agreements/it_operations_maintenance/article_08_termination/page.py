"""The answer to what most people ask: may either party terminate, on what ground, until when?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ledger import labels
from ledger.agreements.it_operations_maintenance.article_08_termination.screen import right
from ledger.domain.fact import PARTIES
from ledger.domain.section import Verdict
from ledger.messages import Language, say

TONES = {"open": "wrong", "declared": "due", "exercised": "live", "gone": "over", "none": "over"}


def verdicts(answer: Mapping[str, Any], lang: Language) -> Iterator[Verdict]:
    """For either party by article 8 alone."""
    for party in PARTIES:
        state = answer["termination"][party]["state"]
        open_ = [one for one in answer["termination"]["grounds"] if one["party"] == party and one["state"] == "open"]
        last = max((one["last_day"] for one in open_ if one["last_day"] is not None), default=None)
        yield Verdict(
            say(f"ops.verdict.{state}", lang, party=labels.label("role", party, lang)), TONES[state],
            f"termination.{party}",
            tuple((one["clause"], say("ops.verdict.ground", lang, day=one["arose_on"]), _path(one)) for one in open_),
            last, _why_last(last, open_, lang), (right(party, state, lang),), party,
        )  # fmt: skip


def _path(ground: Mapping[str, Any]) -> str:
    return f"termination.grounds.{ground['clause']}@{ground['maker']}"


def _why_last(last: str | None, grounds: list[Mapping[str, Any]], lang: Language) -> str:
    if last is None:
        return ""
    lapses = any(one["lapses_on"] == last for one in grounds)
    return say("ops.verdict.lapses" if lapses else "ops.verdict.term-over", lang)
