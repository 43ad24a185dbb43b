"""The screen of ``lvyue status``: what matters first on top, nothing wider than 80 cells needed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Any

from ledger import labels
from ledger.cli.drawing import ALARM, FAINT, GOOD, STRONG, WARNING, Screen, Styled
from ledger.domain.template import all_readings
from ledger.labels import money
from ledger.messages import say

Answer = Mapping[str, Any]
_ORDER = ("overdue", "breached", "pending", "standing", "fulfilled_late", "fulfilled", "cancelled")
_STYLES = {"overdue": ALARM, "breached": ALARM, "fulfilled_late": FAINT, "fulfilled": FAINT, "cancelled": FAINT}
SOON = 30  # days: a due day this near is worth a colour
DAYS_SHOWN = 8  # of the next changes; --json has them all
RUNNING = ("registered", "effective", "in_service")


def draw(s: Screen, answer: Answer, *, title: str, as_seen_by: str | None = None) -> None:
    """Draw the answer of SPEC section 5."""
    _head(s, answer, title, as_seen_by)
    _balance(s, answer)
    _obligations(s, answer)
    _incidents(s, answer)
    _termination(s, answer)
    _exit(s, answer)
    _damages(s, answer)
    _anomalies(s, answer)
    _next_changes(s, answer)
    _readings(s, answer)
    _sensitivity(s, answer)
    s.blank()


def _head(s: Screen, answer: Answer, title: str, as_seen_by: str | None) -> None:
    s.line(Styled(title, STRONG))
    phase = labels.label("phase", answer["phase"], s.lang)
    s.line(answer["contract"], Styled(phase, STRONG))
    seen = [s.word("as_seen_by", role=labels.label("role", as_seen_by, s.lang))] if as_seen_by else []
    s.line(
        s.word("as_of", day=labels.weekday(answer["as_of"], s.lang)),
        s.word("known_at", moment=labels.clock(answer["known_at"], s.lang)),
        s.word("facts", count=answer["facts"]), *seen,
    )  # fmt: skip
    term = answer["term"]
    dates = ("effective_on", "lease_started_on", "ends_on", "terminated_on")
    shown = [f"{say(f'path.term.{key}', s.lang)} {term[key]}" for key in dates if term[key] is not None]
    if shown:
        s.line(*shown, *([s.word("provisional")] if term["provisional"] else []))


def _balance(s: Screen, answer: Answer) -> None:
    s.section(s.word("balance"))
    rows = []
    for keys in (("total", "invoiced", "paid"), ("outstanding", "payable", "overdue")):
        row: list[str] = []
        for key in keys:
            amount = answer["balance"][key]
            alarming = key == "overdue" and amount != "0.00"
            row += [say(f"path.balance.{key}", s.lang), Styled(money(amount), ALARM if alarming else "")]
        rows.append(("", row))
    s.table([""] * 6, rows, right=(1, 3, 5))


def _obligations(s: Screen, answer: Answer) -> None:
    duties = answer["obligations"]
    s.section(s.word("obligations"))
    if not duties:
        return s.line(s.word("none"))
    shown = sorted(duties, key=lambda duty: (_ORDER.index(duty["state"]), duty["due_on"] or "9999", duty["id"]))
    rows = ((_STYLES.get(duty["state"], ""), _duty(s, duty, answer["as_of"])) for duty in shown)
    s.table(("due", "state", "obligation", "obligor", "clause"), rows, wide=(2,))


def _duty(s: Screen, duty: Mapping[str, Any], as_of: str) -> list[str]:
    due = labels.weekday(duty["due_on"], s.lang) if duty["due_on"] else "-"
    return [
        f"{due} {s.word('provisional')}" if duty["provisional"] else due,
        Styled(_state(s, duty, as_of), _near(duty, as_of)),
        labels.obligation(duty["id"], s.lang),
        labels.label("role", duty["obligor"], s.lang),
        labels.clause(duty["clause"], s.lang),
    ]


def _state(s: Screen, duty: Mapping[str, Any], as_of: str) -> str:
    state = labels.label("state", duty["state"], s.lang)
    if duty["settled_on"]:
        return say(f"settled.{duty['state']}", s.lang, day=duty["settled_on"])
    if duty["state"] == "overdue":
        return s.word("days_late", days=_days(duty["due_on"], as_of))
    if duty["state"] == "pending" and duty["due_on"]:
        return f"{state} {s.word('days_left', days=_days(as_of, duty['due_on']))}"
    return state


def _near(duty: Mapping[str, Any], as_of: str) -> str:
    pending = duty["state"] == "pending" and duty["due_on"]
    return WARNING if pending and _days(as_of, duty["due_on"]) <= SOON else ""


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _incidents(s: Screen, answer: Answer) -> None:
    incidents = answer["incidents"]
    s.section(s.word("incidents"))
    first, last = incidents["window"]
    counts = s.word("counts", a=incidents["a_count"], b=incidents["b_count_rolling_year"])
    s.line(Styled(counts, STRONG), s.word("window", first=first, last=last))
    rows: list[tuple[str, list[str]]] = []
    for one in incidents["counted"]:
        others = [member for member in one["members"] if member != one["incident"]]
        joined = f"{say('field.members', s.lang)} {', '.join(others)}" if others else ""
        rows.append(("", [one["incident"], labels.weekday(one["on"], s.lang), one["grade"], joined]))
    for one in incidents["excluded"]:
        reason = say(f"excluded.{one['reason']}", s.lang)
        grade = incidents["grades"].get(one["incident"], "-")
        rows.append((FAINT, [one["incident"], "", grade, " ".join(filter(None, (reason, one["counted_as"])))]))
    if rows:
        s.table(("incident", "day", "grade", "counts"), rows, wide=(0, 3))


def _termination(s: Screen, answer: Answer) -> None:
    termination = answer["termination"]
    s.section(s.word("termination"))
    standing = labels.standing(termination)
    s.prose(labels.right_to_terminate(termination, s.lang), style={"open": ALARM, "none": GOOD}.get(standing, STRONG))
    left = termination["headroom"]["b_incidents"]
    if standing == "none" and left and answer["phase"] in RUNNING:
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


def _exit(s: Screen, answer: Answer) -> None:
    asked = answer["exit"]
    if asked["request"] is None:
        return
    s.section(s.word("exit"))
    parts = (f"{say(f'path.exit.{key}', s.lang)} {labels.value(f'exit.{key}', asked[key], s.lang)}" for key in asked)
    s.line(*parts)


def _damages(s: Screen, answer: Answer) -> None:
    damages = answer["damages"]
    if not damages["items"] and damages["settled"] == "0.00":
        return
    s.section(s.word("damages"))
    for key in ("accrued", "settled", "deductible"):
        s.line(Styled(f"{say(f'path.damages.{key}', s.lang)} {money(damages[key])}", STRONG))
    if damages["items"]:
        sum_ = (STRONG, [s.word("not_absorbed"), "", "", "", money(damages["accrued"]), ""])
        s.table(("item", "clause", "base", "rate", "amount", "absorbed"),
                [*(_item(s, one) for one in damages["items"]), sum_], wide=(0, 5), right=(2, 3, 4))  # fmt: skip


def _item(s: Screen, item: Mapping[str, Any]) -> tuple[str, list[str]]:
    return FAINT if item["absorbed_by"] else "", [
        item["id"],
        labels.clause(labels.clause_of_item(item), s.lang),
        money(item["base"]),
        f"{float(item['rate']):.0%}" if item["rate"] is not None else "-",
        money(item["amount"]),
        item["absorbed_by"] or "",
    ]


def _anomalies(s: Screen, answer: Answer) -> None:
    if answer["anomalies"]:
        s.section(s.word("anomalies"))
        s.table(("day", "anomaly", "type"), (_anomaly(s, one) for one in answer["anomalies"]), wide=(1,))
    if answer["contested"]:
        s.section(s.word("contested"))
        s.line(*(labels.short_id(fact) for fact in answer["contested"]))


def _anomaly(s: Screen, one: Mapping[str, Any]) -> tuple[str, list[str]]:
    said = Styled(labels.label("anomaly", one["code"], s.lang), WARNING)
    return "", [labels.weekday(one["on"], s.lang), said, labels.short_id(one["fact"])]


def _next_changes(s: Screen, answer: Answer) -> None:
    listed = answer["next_changes"]
    if not listed:
        return
    s.section(s.word("next_changes"))
    days = [(day, list(ones)) for day, ones in groupby(listed, key=lambda one: str(one["on"]))]
    rows: list[tuple[str, list[str]]] = []
    for day, ones in days[:DAYS_SHOWN]:
        told = [one for one in ones if not _follows(one)]
        said = [labels.change(one["what"], one["from"], one["to"], s.lang) for one in told or ones]
        rows += [("", [labels.weekday(day, s.lang) if line is said[0] else "", line]) for line in said]
    s.table(("", ""), rows, wide=(1,))
    if len(days) > DAYS_SHOWN:
        s.line(s.word("more", count=len(days) - DAYS_SHOWN))


def _follows(change: Mapping[str, Any]) -> bool:
    """The headroom follows from the count, and that a right has no last day any more from its state."""
    what: str = change["what"]
    return what == "termination.headroom.b_incidents" or (what.endswith(".last_day") and change["to"] is None)


def _readings(s: Screen, answer: Answer) -> None:
    known = all_readings()
    other = {name: option for name, option in answer["readings"].items() if option != known[name].default}
    if not other:
        return
    s.section(s.word("readings"))
    for reading, option in other.items():
        s.line(f"{labels.label('reading', reading, s.lang)}: {labels.option(reading, option, s.lang)}")


def _sensitivity(s: Screen, answer: Answer) -> None:
    if answer["sensitivity"] is None:
        return
    s.section(s.word("sensitivity"))
    if not answer["sensitivity"]:
        return s.prose(s.word("none_sensitive"))
    rows: list[tuple[str, list[str]]] = []
    shown: tuple[str, str] | None = None
    for one in answer["sensitivity"]:
        other = (one["reading"], one["option"])
        rows.append(("", [
            "" if other == shown else labels.option(*other, s.lang), labels.path(one["path"], s.lang),
            labels.value(one["path"], one["from"], s.lang), labels.value(one["path"], one["to"], s.lang),
        ]))  # fmt: skip
        shown = other
    s.table(("reading", "change", "from", "to"), rows, wide=(0, 1, 2, 3))
