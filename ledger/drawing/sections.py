"""How the sections of an answer are drawn: those every answer has, and one of which nothing else is declared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ledger import labels
from ledger.drawing import ALARM, FAINT, WARNING, Screen, Styled
from ledger.messages import Language, in_language, say

Answer = Mapping[str, Any]
_ORDER = ("overdue", "breached", "pending", "standing", "fulfilled_late", "fulfilled", "discharged", "cancelled")
_STYLES = {"overdue": ALARM, "breached": ALARM} | dict.fromkeys(
    ("fulfilled_late", "fulfilled", "discharged", "cancelled"), FAINT
)
SOON = 30  # days: a due day this near is worth a colour
A_YEAR = 365  # days: so is the last day of a claim


def plain(s: Screen, key: str, value: Any) -> None:
    """A section by its labels: a line a part, a table for each list of records."""
    s.section(labels.path(key, s.lang))
    if not isinstance(value, Mapping):
        value = {"": value}
    for part, one in value.items():
        path = f"{key}.{part}" if part else key
        if isinstance(one, list) and one and isinstance(one[0], Mapping):
            s.line(labels.path(path, s.lang))
            heads = [labels.field(name, s.lang) for name in one[0]]
            rows = [("", [labels.value(f"{path}.{name}", cell, s.lang) for name, cell in row.items()]) for row in one]
            s.table(heads, rows, named=True, wide=range(len(heads)))
        else:
            s.line(labels.path(path, s.lang), labels.value(path, one, s.lang))


def obligations(s: Screen, answer: Answer) -> None:
    duties = answer["obligations"]
    s.section(s.word("obligations"))
    if not duties:
        return s.line(s.word("none"))
    shown = sorted(duties, key=lambda duty: (_ORDER.index(duty["state"]), duty["due_on"] or "9999", duty["id"]))
    rows = ((_STYLES.get(duty["state"], ""), _duty(s, duty, answer["as_of"])) for duty in shown)
    s.table(("due", "state", "obligation", "obligor", "clause"), rows, wide=(2,))


def _duty(s: Screen, duty: Mapping[str, Any], as_of: str) -> list[str]:
    due = labels.weekday(duty["due_on"], s.lang) if duty["due_on"] else "-"
    if "expected_until" in duty and not duty["due_on"]:
        due = s.word("expected_until", day=duty["expected_until"])
    name = labels.obligation(duty["id"], s.lang)
    return [
        f"{due} {s.word('provisional')}" if duty["provisional"] else due,
        Styled(_state(s, duty, as_of), _near(duty, as_of)),
        name if "within" not in duty else s.word(
            "within", duty=name, term=in_language(labels.term(duty["within"]), s.lang),
        ),
        labels.label("role", duty["obligor"], s.lang),
        labels.clause(duty["clause"], s.lang),
    ]


def _state(s: Screen, duty: Mapping[str, Any], as_of: str) -> str:
    state = labels.label("state", duty["state"], s.lang)
    if duty["settled_on"]:
        return say(f"settled.{duty['state']}", s.lang, day=duty["settled_on"])
    if duty["state"] == "overdue":
        return s.word("days_late", days=days_between(duty["due_on"], as_of))
    if duty["state"] == "pending" and duty["due_on"]:
        return f"{state} {s.word('days_left', days=days_between(as_of, duty['due_on']))}"
    return state


def _near(duty: Mapping[str, Any], as_of: str) -> str:
    pending = duty["state"] == "pending" and duty["due_on"]
    return WARNING if pending and days_between(as_of, duty["due_on"]) <= SOON else ""


def days_between(first: str, last: str) -> int:
    """From one day to another, both as answers show them."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def phase(value: str, lang: Language) -> str:
    """The phase of a contract, beside its number."""
    return labels.label("phase", value, lang)


def phase_at_a_glance(name: str, line: Mapping[str, Any], lang: Language) -> str:
    return phase(line[name], lang)


def anomalies(s: Screen, answer: Answer) -> None:
    if answer["anomalies"]:
        s.section(s.word("anomalies"))
        s.table(("day", "anomaly", "type"), (_anomaly(s, one) for one in answer["anomalies"]), wide=(1,))


def _anomaly(s: Screen, one: Mapping[str, Any]) -> tuple[str, list[str]]:
    said = Styled(labels.label("anomaly", one["code"], s.lang), WARNING)
    return "", [labels.weekday(one["on"], s.lang), said, labels.short_id(one["fact"])]


def claims(s: Screen, answer: Answer) -> None:
    if answer["claims"]:
        s.section(s.word("claims"))
        s.table(("type", "claimed_by", "concerns", "why"), (_claim(s, one) for one in answer["claims"]), wide=(3,))


def _claim(s: Screen, one: Mapping[str, Any]) -> tuple[str, list[str]]:
    concerns = one["concerns"]
    about = labels.short_id(concerns) if "#" in concerns else concerns
    return "", [labels.short_id(one["fact"]), labels.label("role", one["by"], s.lang), about,
                labels.label("why", one["why"], s.lang)]  # fmt: skip


def positions(s: Screen, answer: Answer) -> None:
    if answer["positions"]:
        s.section(s.word("positions"))
        s.table(("path", "record", "party_a", "party_b"), (_position(s, one) for one in answer["positions"]),
                wide=(0, 1, 2, 3))  # fmt: skip


def _position(s: Screen, one: Mapping[str, Any]) -> tuple[str, list[str]]:
    path = one["path"]
    views = (labels.value(path, one[view], s.lang) for view in ("record", "party_a", "party_b"))
    return "", [labels.path(path, s.lang), *views]


def limitation(s: Screen, answer: Answer) -> None:
    """The debts by their last day, and that the end of the time is a defence and no end of the claim."""
    listed = answer["limitation"]
    if listed:
        s.section(s.word("limitation"))
        rows = ((FAINT if one["state"] == "barred" else "", _debt(s, one, answer["as_of"])) for one in listed)
        s.table(("last_day", "state", "debt", "creditor", "amount"), rows, wide=(1, 2), right=(4,))
        if any(one["state"] == "barred" for one in listed):
            s.prose(s.word("limitation_note"), style=FAINT)


def _debt(s: Screen, one: Mapping[str, Any], as_of: str) -> list[str]:
    last = one["last_day"]
    day = labels.weekday(last, s.lang) if last else "-"
    near = one["state"] == "running" and last and days_between(as_of, last) <= A_YEAR
    return [
        f"{day} {s.word('provisional')}" if one["provisional"] else day,
        Styled(labels.label("limitation", one["state"], s.lang), WARNING if near else ""),
        labels.debt(one["debt"], s.lang),
        labels.label("role", one["creditor"], s.lang),
        labels.money(one["amount"]),
    ]


def contested(s: Screen, answer: Answer) -> None:
    if answer["contested"]:
        s.section(s.word("contested"))
        s.line(*(labels.short_id(fact) for fact in answer["contested"]))
