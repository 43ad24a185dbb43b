"""The right to terminate on the screen: what article 10 gives, ground by ground."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger import labels
from ledger.drawing import ALARM, FAINT, GOOD, STRONG, Screen, Styled
from ledger.messages import Language, say

RUNNING = ("registered", "effective", "in_service")


def termination(s: Screen, answer: Mapping[str, Any]) -> None:
    termination = answer["termination"]
    s.section(s.word("termination"))
    now = standing(termination)
    s.prose(right_to_terminate(termination, s.lang), style={"open": ALARM, "none": GOOD}.get(now, STRONG))
    left = termination["headroom"]["b_incidents"]
    if now == "none" and left and answer["phase"] in RUNNING:
        s.line(s.word("headroom", count=left))
    if termination["grounds"]:
        s.table(("clause", "arose", "last_day", "state", "facts"), (_ground(s, one) for one in termination["grounds"]),
                wide=(3, 4))  # fmt: skip


def _ground(s: Screen, ground: Mapping[str, Any]) -> tuple[str, list[str]]:
    last = ground["lapses_on"] if ground["state"] == "lapsed" else ground["last_day"]
    return "" if ground["state"] == "open" else FAINT, [
        labels.clause(ground["clause"], s.lang),
        labels.weekday(ground["arose_on"], s.lang),
        labels.weekday(last, s.lang) if last else "-",
        labels.label("ground", ground["state"], s.lang),
        " ".join(labels.short_id(fact) for fact in ground["because"]),
    ]


def glance(name: str, line: Mapping[str, Any], lang: Language) -> str:
    return Styled(say("termination.open", lang), ALARM) if line[name] else ""


def right_to_terminate(termination: Mapping[str, Any], lang: Language) -> str:
    """What article 10, and it alone, gives party A by the answer's ``termination`` (SPEC 5)."""
    return say(f"termination.{standing(termination)}", lang)


def standing(termination: Mapping[str, Any]) -> str:
    """``open``, ``exercised`` or ``none``: a right that was used is not told as one there never was."""
    if any(ground["state"] == "exercised" for ground in termination["grounds"]):
        return "exercised"
    return "open" if termination["allowed"] else "none"
