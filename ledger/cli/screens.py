"""The screens of the other verbs: facts, replay, explain, simulate, diff, portfolio, calendar."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from ledger import labels
from ledger.cli.drawing import ALARM, FAINT, WARNING, Screen, money
from ledger.messages import Language, say

Record = Mapping[str, Any]
LONGEST_VALUE = 300  # characters of one field; --json has it whole


def facts(console: Console, listed: Sequence[Record], lang: Language) -> None:
    """One fact after the other, its data below it."""
    s = Screen(console, lang)
    for fact in listed:
        s.line(*_fact(fact, lang))
        if fact["data"]:
            s.prose(_data(fact["data"]), indent=4, style=FAINT)
        for document in fact.get("documents", ()):
            s.line(labels.fact_type("DocumentAttached", lang), document["name"], indent=4, style=FAINT)


def _fact(fact: Record, lang: Language) -> list[str | Text]:
    by = labels.label("role", fact["by"], lang)
    named = fact["ref"] if fact["ref"] != str(fact["seq"]) else ""
    parts = [f"#{fact['seq']}", labels.weekday(fact["on"], lang), Text(labels.fact_type(fact["type"], lang), "bold")]
    return [*parts, *filter(None, (by, named))]


def _data(data: Record) -> str:
    return "  ".join(f"{key}: {_plain(one)}" for key, one in data.items())


def _plain(one: object) -> str:
    text = one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"


def replay(console: Console, entries: Sequence[Record], lang: Language) -> None:
    """Every fact and every day that changed something, with the changes below it."""
    s = Screen(console, lang)
    for entry in entries:
        day = labels.weekday(entry["on"], lang)
        if entry["fact"] is None:
            s.line(day, Text(s.word("passing"), style="italic"))
        else:
            by = labels.label("role", entry["by"], lang)
            s.line(day, labels.short_id(entry["fact"]), Text(labels.fact_type(entry["type"], lang), "bold"), by)
            if not entry["stands"]:
                s.line(Text(s.word("does_not_stand"), style=WARNING), indent=4)
        _changes(s, entry["changes"])


def _changes(s: Screen, changes: Iterable[Record], indent: int = 4) -> None:
    for change in changes:
        path, before, after = change["path"], change["from"], change["to"]
        about = labels.path(path, s.lang)
        if isinstance(after, dict) and before is None:
            said = f"{s.word('arises')} {labels.value(path, after, s.lang)}"
        elif isinstance(before, dict) and after is None:
            said = s.word("vanishes")
        else:
            said = f"{_shown(path, before, s.lang)} → {_shown(path, after, s.lang)}"
        s.prose(f"{about}{'：' if s.lang == 'zh' else ': '}{said}", indent=indent, hang=4)


def _shown(path: str, value: object, lang: Language) -> str:
    if path.startswith(("balance.", "damages.")) and isinstance(value, str) and value.replace(".", "").isdigit():
        return money(value)
    return labels.value(path, value, lang)


def explain(console: Console, answer: Record, lang: Language) -> None:
    """The conclusion, the arithmetic, the words of the contract, the facts."""
    s = Screen(console, lang)
    colon = "：" if lang == "zh" else ": "
    about = labels.path(answer["path"], lang)
    s.line(Text(f"{about}{colon}{labels.value(answer['path'], answer['value'], lang)}", style="bold"))
    if answer["steps"]:
        s.section(s.word("steps"))
        for number, step in enumerate(answer["steps"], 1):
            s.prose(f"{number:>2}. {step[lang]}", hang=4)
    if answer["clauses"]:
        s.section(s.word("clauses"))
        for clause in answer["clauses"]:
            s.line(Text(clause["title"], style="bold"))
            s.prose(clause["zh"], indent=4)
            if lang == "en":
                s.prose(clause["en"], indent=4, style=FAINT)
    if answer["facts"]:
        s.section(s.word("cited"))
        for fact in answer["facts"]:
            s.line(
                labels.short_id(fact["fact"]), labels.weekday(fact["on"], lang), Text(fact["label"][lang], "bold"),
                labels.label("role", fact["by"], lang),
            )  # fmt: skip
            s.prose(_data(fact["data"]), indent=4, style=FAINT)
    if answer["readings"]:
        s.section(say("path.readings", lang))
        for reading in answer["readings"]:
            s.prose(reading[lang], hang=4)


def simulated(console: Console, answer: Record, lang: Language) -> None:
    s = Screen(console, lang)
    s.section(s.word("simulated"))
    s.line(s.word("as_of", day=labels.weekday(answer["status"]["as_of"], lang)))
    _difference(s, answer["changes"])


def diff(console: Console, answer: Record, lang: Language) -> None:
    s = Screen(console, lang)
    first, second = answer["from"], answer["to"]
    key = "as_of" if first["as_of"] != second["as_of"] else "known_at"
    ends = [
        labels.weekday(one[key], lang) if key == "as_of" else labels.clock(one[key], lang) for one in (first, second)
    ]
    said = s.word(key, **{"day" if key == "as_of" else "moment": ""}).strip()
    s.line(said, Text(s.word("from_to", first=ends[0], second=ends[1]), style="bold"))
    s.section(s.word("changes"))
    _difference(s, answer["changes"])
    if answer["facts"]:
        s.section(s.word("differing_facts"))
        for fact in answer["facts"]:
            named = Text(labels.fact_type(fact["type"], lang), "bold")
            s.line(labels.short_id(fact["fact"]), labels.weekday(fact["on"], lang), named)


def _difference(s: Screen, changes: Sequence[Record]) -> None:
    if not changes:
        return s.line(s.word("no_changes"))
    _changes(s, changes, indent=1)


def portfolio(console: Console, lines: Sequence[Record], lang: Language) -> None:
    """A contract a row, its title below its id."""
    s = Screen(console, lang)
    if not lines:
        return s.line(s.word("empty_ledger"))
    s.section(s.word("portfolio"))
    for one in lines:
        s.line(Text(one["contract"], style="bold"), one["title"])
        s.line(*_standing(s, one), indent=4)


def _standing(s: Screen, one: Record) -> list[str | Text]:
    """Where a contract stands, in a few words each; what is late or open stands out."""
    until = f" {say('path.term.ends_on', s.lang)} {one['ends_on']}" if one["ends_on"] else ""
    parts: list[str | Text] = [labels.label("phase", one["phase"], s.lang) + until]
    parts.append(f"{say('path.balance.outstanding', s.lang)} {money(one['outstanding'])}")
    if one["overdue"] != "0.00":
        parts.append(Text(f"{say('path.balance.overdue', s.lang)} {money(one['overdue'])}", style=ALARM))
    following = one["next_due"]
    if following:
        late = ALARM if one["overdue_obligations"] else ""
        parts.append(Text(f"{following['due_on']} {labels.obligation(following['id'], s.lang)}", style=late))
    parts.append(f"{say('path.incidents.b_count_rolling_year', s.lang)} {one['b_count_rolling_year']}")
    if one["termination_allowed"]:
        parts.append(Text(s.word("may_terminate"), style=ALARM))
    return parts


def day(console: Console, answer: Record, lang: Language) -> None:
    s = Screen(console, lang)
    said = "is_working_day" if answer["working"] else "is_rest_day"
    s.line(Text(s.word(said, day=labels.weekday(answer["day"], lang)), style="bold"))
    s.line(_why(s, answer))
    if answer["document"]:
        s.line(s.word("by_document", document=answer["document"]))
    if answer["provisional"]:
        s.line(Text(s.word("no_notice"), style=WARNING))


def _why(s: Screen, kind: Record) -> str:
    reason = say(f"rest.{kind['reason']}", s.lang)
    named = [labels.label("festival", name, s.lang) for name in kind["name"].split("、") if name]
    said = [name for name in named if not name.startswith("周")]
    return " ".join((*said, reason)) if s.lang == "en" else "".join((*said, "，" if said else "", reason))


def deadline(console: Console, answer: Record, lang: Language) -> None:
    s = Screen(console, lang)
    start, due = (labels.weekday(answer[key], lang) for key in ("start", "due"))
    s.line(Text(s.word("deadline", start=start, count=answer["working_days"], due=due), style="bold"))
    if answer["provisional"]:
        s.line(Text(s.word("no_notice"), style=WARNING))
    for year, document in answer["documents"].items():
        s.line(year, s.word("by_document", document=document))
    if answer["skipped"]:
        s.section(s.word("skipped"))
        for one in answer["skipped"]:
            s.line(labels.weekday(one["day"], lang), _why(s, one))
