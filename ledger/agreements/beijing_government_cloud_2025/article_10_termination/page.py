"""The answer to the question most people ask of this agreement: may party A terminate, on what ground, until when?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ledger import labels
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.screen import right_to_terminate
from ledger.domain.fact import PARTY_A
from ledger.domain.section import Verdict
from ledger.messages import Language, say

MOST_TOLD = 4  # grounds told one by one
TONES = {"open": "wrong", "declared": "due", "exercised": "live", "gone": "over", "none": "over"}


def verdicts(answer: Mapping[str, Any], lang: Language) -> Iterator[Verdict]:
    """By article 10 alone; rights under other articles and the law are mentioned beside it."""
    termination = answer["termination"]
    open_ = [one for one in termination["grounds"] if one["state"] == "open"]
    days = [one["last_day"] for one in open_]
    last = max(days) if days and None not in days else None  # one that has no last day yet leaves the right without
    yield Verdict(
        say(f"verdict.{termination['state']}", lang), TONES[termination["state"]], "termination.allowed",
        tuple(_reasons(open_, answer, lang)),
        last, _why_last(last, open_, answer, lang), tuple(_notes(open_, answer, lang)),
        PARTY_A,
    )  # fmt: skip


def _reasons(
    open_: Sequence[Mapping[str, Any]], answer: Mapping[str, Any], lang: Language
) -> Iterator[tuple[str, str, str]]:  # fmt: skip
    """A line for each ground; where there are many, one for each clause."""
    if len(open_) <= MOST_TOLD:
        yield from ((one["clause"], _ground(one, answer, lang), _path(one)) for one in open_)
        return
    for clause in dict.fromkeys(one["clause"] for one in open_):
        days = sorted(one["arose_on"] for one in open_ if one["clause"] == clause)
        words = say("verdict.grounds", lang, count=len(days), first=days[0], last=days[-1])
        yield clause, words, "termination.allowed"


def _path(ground: Mapping[str, Any]) -> str:
    return f"termination.grounds.{ground['clause']}@{ground['arose_on']}"


def _ground(ground: Mapping[str, Any], answer: Mapping[str, Any], lang: Language) -> str:
    count = answer["incidents"]["b_count_rolling_year"]
    still_enough = answer["termination"]["headroom"]["b_incidents"] == 0  # else some have left the window since
    if ground["clause"] == "10.2" and still_enough:
        return say("verdict.ground.incidents", lang, count=count, day=ground["arose_on"])
    return say("verdict.ground", lang, day=ground["arose_on"])


def _why_last(
    last: str | None, grounds: list[Mapping[str, Any]], answer: Mapping[str, Any], lang: Language
) -> str:
    if last is None:
        return say("verdict.no-last-day", lang) if grounds else ""
    if last == answer["term"]["ends_on"]:
        return say("verdict.term-over", lang)
    return say("verdict.lapses", lang) if any(one["lapses_on"] == last for one in grounds) else ""


def _notes(grounds: list[Mapping[str, Any]], answer: Mapping[str, Any], lang: Language) -> Iterator[str]:
    termination = answer["termination"]
    if len(grounds) > 1:
        yield say("verdict.each", lang)
    differing = {one["path"]: one for one in answer["positions"]}
    for clause in dict.fromkeys(one["clause"] for one in grounds):
        others = [differing.get(_path(one)) for one in grounds if one["clause"] == clause]
        denied = sum(other is not None and other["party_b"] is None for other in others)
        if denied:
            said = "verdict.differs" if denied == len(others) else "verdict.differs.some"
            yield say(said, lang, clause=labels.article(clause, lang), count=denied)
    missing = termination["headroom"]["b_incidents"]
    if termination["state"] == "none" and missing:
        yield say("screen.headroom", lang, count=missing)
    used = [one["clause"] for one in termination["grounds"] if one["state"] == "exercised"]
    if used and answer["term"]["terminated_on"] is not None:
        clauses = say("joint:list", lang).join(labels.article(one, lang) for one in dict.fromkeys(used))
        yield say("verdict.used", lang, clauses=clauses, day=labels.weekday(answer["term"]["terminated_on"], lang))
    if not grounds:
        yield right_to_terminate(termination, lang)
    else:
        yield say("verdict.others", lang)
