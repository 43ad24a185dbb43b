"""The screens of the other verbs: facts, replay, explain, simulate, diff, portfolio, calendar."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ledger import labels
from ledger.cli.drawing import ALARM, FAINT, PASSING, STRONG, WARNING, Screen, Styled
from ledger.labels import money
from ledger.messages import say

Record = Mapping[str, Any]
LONGEST_VALUE = 300  # characters of one field; --json has it whole


def facts(s: Screen, listed: Sequence[Record]) -> None:
    """One fact after the other, its data below it."""
    for fact in listed:
        s.line(*_fact(s, fact))
        if fact["data"]:
            s.prose(_data(fact["data"]), indent=4, style=FAINT)
        for document in fact.get("documents", ()):
            s.line(labels.fact_type("DocumentAttached", s.lang), document["name"], indent=4)


def _fact(s: Screen, fact: Record) -> list[str]:
    by = labels.label("role", fact["by"], s.lang)
    named = fact["ref"] if fact["ref"] != str(fact["seq"]) else ""
    said = Styled(labels.fact_type(fact["type"], s.lang), STRONG)
    who = s.word("recorded_by", name=labels.recorder(fact["recorded_by"], fact["on_behalf"], s.lang))
    return [f"#{fact['seq']}", labels.weekday(fact["on"], s.lang), said, by, *([named] if named else []), who]


def _data(data: Record) -> str:
    return "  ".join(f"{key}: {_plain(one)}" for key, one in data.items())


def _plain(one: object) -> str:
    text = one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"


def replay(s: Screen, entries: Sequence[Record]) -> None:
    """Every fact and every day that changed something, with the changes below it."""
    for entry in entries:
        day = labels.weekday(entry["on"], s.lang)
        if entry["fact"] is None:
            s.line(day, Styled(s.word("passing"), PASSING))
        else:
            by = labels.label("role", entry["by"], s.lang)
            s.line(day, labels.short_id(entry["fact"]), Styled(labels.fact_type(entry["type"], s.lang), STRONG), by)
            if not entry["stands"]:
                s.line(Styled(s.word("does_not_stand"), WARNING), indent=4)
        _changes(s, entry["changes"])


def _changes(s: Screen, changes: Iterable[Record], indent: int = 4) -> None:
    for one in changes:
        s.prose(labels.change(one["path"], one["from"], one["to"], s.lang), indent=indent, hang=4)


def explain(s: Screen, answer: Record) -> None:
    """The conclusion, the arithmetic, the words of the contract, the facts."""
    colon = "：" if s.lang == "zh" else ": "
    about = labels.path(answer["path"], s.lang)
    s.line(Styled(f"{about}{colon}{labels.value(answer['path'], answer['value'], s.lang)}", STRONG))
    if answer["steps"]:
        s.section(s.word("steps"))
        for number, step in enumerate(answer["steps"], 1):
            s.prose(f"{number:>2}. {step[s.lang]}", hang=4)
    if answer["clauses"]:
        s.section(s.word("clauses"))
        for clause in answer["clauses"]:
            s.line(Styled(clause["title"], STRONG))
            s.prose(clause["zh"], indent=4)
            if s.lang == "en":
                s.prose(clause["en"], indent=4, style=FAINT)
    if answer["facts"]:
        s.section(s.word("cited"))
        for fact in answer["facts"]:
            said = Styled(fact["label"][s.lang], STRONG)
            by = labels.label("role", fact["by"], s.lang)
            who = s.word("recorded_by", name=labels.recorder(fact["recorded_by"], fact["on_behalf"], s.lang))
            s.line(labels.short_id(fact["fact"]), labels.weekday(fact["on"], s.lang), said, by, who)
            s.prose(_data(fact["data"]), indent=4, style=FAINT)
    if answer["readings"]:
        s.section(say("path.readings", s.lang))
        for reading in answer["readings"]:
            s.prose(reading[s.lang], hang=4)


def simulated(s: Screen, answer: Record) -> None:
    s.section(s.word("simulated"))
    s.line(s.word("as_of", day=labels.weekday(answer["status"]["as_of"], s.lang)))
    _difference(s, answer["changes"])


def diff(s: Screen, answer: Record) -> None:
    first, second = answer["from"], answer["to"]
    if first["as_of"] != second["as_of"]:
        said, ends = s.word("as_of", day=""), [labels.weekday(one["as_of"], s.lang) for one in (first, second)]
    else:
        said, ends = s.word("known_at", moment=""), [labels.clock(one["known_at"], s.lang) for one in (first, second)]
    s.line(said.strip(), Styled(s.word("from_to", first=ends[0], second=ends[1]), STRONG))
    s.section(s.word("changes"))
    _difference(s, answer["changes"])
    if answer["facts"]:
        s.section(s.word("differing_facts"))
        for fact in answer["facts"]:
            named = Styled(labels.fact_type(fact["type"], s.lang), STRONG)
            s.line(labels.short_id(fact["fact"]), labels.weekday(fact["on"], s.lang), named)


def _difference(s: Screen, changes: Sequence[Record]) -> None:
    if not changes:
        return s.line(s.word("no_changes"))
    _changes(s, changes, indent=1)


def portfolio(s: Screen, lines: Sequence[Record]) -> None:
    """A contract a row, its title below its id."""
    if not lines:
        return s.line(s.word("empty_ledger"))
    s.section(s.word("portfolio"))
    for one in lines:
        s.line(Styled(one["contract"], STRONG), one["title"])
        s.line(*_standing(s, one), indent=4)


def _standing(s: Screen, one: Record) -> list[str]:
    """Where a contract stands, in a few words each; what is late or open stands out."""
    until = f" {say('path.term.ends_on', s.lang)} {one['ends_on']}" if one["ends_on"] else ""
    parts: list[str] = [labels.label("phase", one["phase"], s.lang) + until]
    parts.append(f"{say('path.balance.outstanding', s.lang)} {money(one['outstanding'])}")
    if one["overdue"] != "0.00":
        parts.append(Styled(f"{say('path.balance.overdue', s.lang)} {money(one['overdue'])}", ALARM))
    following = one["next_due"]
    if following:
        late = ALARM if one["overdue_obligations"] else ""
        parts.append(Styled(f"{following['due_on']} {labels.obligation(following['id'], s.lang)}", late))
    parts.append(f"{say('path.incidents.b_count_rolling_year', s.lang)} {one['b_count_rolling_year']}")
    if one["termination_allowed"]:
        parts.append(Styled(say("termination.open", s.lang), ALARM))
    return parts


def day(s: Screen, answer: Record) -> None:
    said = "is_working_day" if answer["working"] else "is_rest_day"
    s.line(Styled(s.word(said, day=labels.weekday(answer["day"], s.lang)), STRONG))
    s.line(_why(s, answer))
    if answer["document"]:
        s.line(s.word("by_document", document=answer["document"]))
    if answer["provisional"]:
        s.line(Styled(s.word("no_notice"), WARNING))


def _why(s: Screen, kind: Record) -> str:
    reason = say(f"rest.{kind['reason']}", s.lang)
    named = [labels.label("festival", name, s.lang) for name in kind["name"].split("、") if name]
    said = [name for name in named if not name.startswith("周")]
    return " ".join((*said, reason)) if s.lang == "en" else "".join((*said, "，" if said else "", reason))


def deadline(s: Screen, answer: Record) -> None:
    start, due = (labels.weekday(answer[key], s.lang) for key in ("start", "due"))
    s.line(Styled(s.word("deadline", start=start, count=answer["working_days"], due=due), STRONG))
    if answer["provisional"]:
        s.line(Styled(s.word("no_notice"), WARNING))
    for year, document in answer["documents"].items():
        s.line(year, s.word("by_document", document=document))
    if answer["skipped"]:
        s.section(s.word("skipped"))
        for one in answer["skipped"]:
            s.line(labels.weekday(one["day"], s.lang), _why(s, one))
