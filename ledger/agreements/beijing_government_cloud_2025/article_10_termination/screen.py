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
    now = termination["state"]
    style = {"open": ALARM, "declared": ALARM, "none": GOOD}.get(now, STRONG)
    s.prose(right_to_terminate(termination, s.lang), style=style)
    left = termination["headroom"]["b_incidents"]
    if now == "none" and left and answer["phase"] in RUNNING:
        s.line(s.word("headroom", count=left))
    if termination["grounds"]:
        s.table(("clause", "arose", "last_day", "state", "facts"), (_ground(s, one) for one in termination["grounds"]),
                wide=(3, 4))  # fmt: skip
    if termination["declared"]:
        s.table(("declaration", "day", "served"), (_declared(s, one) for one in termination["declared"]))


def _declared(s: Screen, one: Mapping[str, Any]) -> tuple[str, list[str]]:
    served = labels.weekday(one["served_on"], s.lang) if one["served_on"] else s.word("not_served")
    return "", [labels.short_id(one["fact"]), labels.weekday(one["on"], s.lang), served]


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
    """That the right is open stands out, with its last day; what else the line has of it is not said here."""
    if name != "termination_allowed" or not line[name]:
        return ""
    last = line["termination_last_day"]
    said = say("termination.open", lang)
    return Styled(f"{said} ({say('screen.first_last_day', lang, value=last)})" if last is not None else said, ALARM)


def right_to_terminate(termination: Mapping[str, Any], lang: Language) -> str:
    """The right of party A under article 10 alone, from the answer's ``termination`` (SPEC 5)."""
    return say(f"termination.{termination['state']}", lang)
