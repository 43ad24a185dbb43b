"""Either party's right to terminate on the screen: what article 8 gives, ground by ground."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger import labels
from ledger.domain.fact import PARTIES
from ledger.drawing import ALARM, FAINT, GOOD, STRONG, Screen, Styled
from ledger.messages import Language, say


def termination(s: Screen, answer: Mapping[str, Any]) -> None:
    shown = answer["termination"]
    s.section(s.word("ops_termination"))
    for party in PARTIES:
        state = shown[party]["state"]
        style = {"open": ALARM, "declared": ALARM, "none": GOOD}.get(state, STRONG)
        s.prose(right(party, state, s.lang), style=style)
    if shown["grounds"]:
        s.table(("clause", "ops_party", "arose", "last_day", "state", "facts"),
                (_ground(s, one) for one in shown["grounds"]), wide=(4, 5))  # fmt: skip
    if shown["declared"]:
        s.table(("ops_notice", "day", "ops_served", "ops_effective"), (_notice(s, one) for one in shown["declared"]))


def glance(name: str, line: Mapping[str, Any], lang: Language) -> str:
    """An open right stands out, and is left out where there is none."""
    return Styled(right(name.removesuffix("_may_terminate"), "open", lang), ALARM) if line[name] else ""


def right(party: str, state: str, lang: Language) -> str:
    """What article 8, and it alone, gives a party."""
    return say(f"ops.right.{state}", lang, party=labels.label("role", party, lang))


def _ground(s: Screen, one: Mapping[str, Any]) -> tuple[str, list[str]]:
    last = one["lapses_on"] if one["state"] == "lapsed" else one["last_day"]
    return "" if one["state"] == "open" else FAINT, [
        labels.clause(one["clause"], s.lang), labels.label("role", one["party"], s.lang),
        labels.weekday(one["arose_on"], s.lang), labels.weekday(last, s.lang) if last else "-",
        labels.label("ground", one["state"], s.lang), " ".join(labels.short_id(fact) for fact in one["because"]),
    ]  # fmt: skip


def _notice(s: Screen, one: Mapping[str, Any]) -> tuple[str, list[str]]:
    served = labels.weekday(one["served_on"], s.lang) if one["served_on"] else s.word("not_served")
    effective = labels.weekday(one["effective_on"], s.lang) if one["effective_on"] else "-"
    return "", [labels.short_id(one["fact"]), labels.weekday(one["on"], s.lang), served, effective]
