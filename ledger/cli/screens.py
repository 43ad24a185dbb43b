"""The screens of the other verbs: facts, replay, explain, simulate, diff, portfolio, calendar."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ledger import labels
from ledger.domain.section import Section
from ledger.domain.template import TEMPLATES
from ledger.drawing import ALARM, FAINT, PASSING, STRONG, WARNING, Screen, Styled
from ledger.explanation.content import Content
from ledger.explanation.sections import OBLIGATIONS
from ledger.messages import CATALOGUE, in_language, say

Record = Mapping[str, Any]
SOON = 14  # days: nearer deadlines are highlighted
MOST_CAUSES = 6  # facts named as causes of a change
MOST_ANOMALIES, MOST_EFFECTS = 15, 40  # anomalies and other changes shown after recording; --json has all
LONGEST_VALUE = 300  # characters shown of one field; --json has all


def facts(s: Screen, listed: Iterable[Record]) -> None:
    """Facts in order, each with its data and its standing (corrected, retracted, contested)."""
    types: dict[str, str] = {}  # types of the facts recorded before, which a fact may be about
    for fact in listed:
        types |= {fact["ref"]: fact["type"], fact["id"]: fact["type"]}
        s.line(*_fact(s, fact))
        s.line(_recorder(s, fact), indent=4)
        if fact["data"]:
            s.prose(_data(s, fact, types), indent=4, style=FAINT)
        for done in ("corrected_by", "retracted_by", "contested_by"):
            if fact[done]:
                named = s.word("joint").join(map(labels.short_id, fact[done]))
                s.line(Styled(s.word(done, facts=named), WARNING), indent=4)
        for document in fact.get("documents", ()):
            s.line(labels.fact_type("DocumentAttached", s.lang), document["name"], indent=4)
    if not types:
        s.line(s.word("no_facts"))


def _fact(s: Screen, fact: Record) -> list[str]:
    by = labels.who(fact["by"], fact["actor"], s.lang)
    named = fact["ref"] if fact["ref"] != str(fact["seq"]) else ""
    said = Styled(labels.fact_type(fact["type"], s.lang), STRONG)
    return [f"#{fact['seq']}", labels.weekday(fact["on"], s.lang), said, by, *([named] if named else [])]


def _recorder(s: Screen, fact: Record) -> str:
    """Who recorded a fact, for whom, and how many days after it happened."""
    who = s.word("recorded_by", name=labels.recorder(fact["recorded_by"], fact["on_behalf"], s.lang))
    return who + (s.word("days_after", days=fact["days_late"]) if fact.get("days_late", 0) > 0 else "")


def _data(s: Screen, fact: Record, types: Mapping[str, str]) -> str:
    """A fact's data in the words its type declares; terms, which are a document, unchanged."""
    if fact["type"] == "ContractRegistered":
        return "  ".join(_cut(f"{key}: {json.dumps(one, ensure_ascii=False)}") for key, one in fact["data"].items())
    told = Content(again=True).data(fact["type"], fact["data"], types.get(fact["data"].get("target", "")))
    return s.word("listed").join(_cut(in_language(one, s.lang)) for one in told)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"


def replay(s: Screen, entries: Sequence[Record]) -> None:
    """Every fact and every day that changed something, with the changes below it."""
    for entry in entries:
        day = labels.weekday(entry["on"], s.lang)
        if entry["fact"] is None:
            s.line(day, Styled(s.word("passing"), PASSING))
        else:
            by = labels.who(entry["by"], entry["actor"], s.lang)
            s.line(day, labels.short_id(entry["fact"]), Styled(labels.fact_type(entry["type"], s.lang), STRONG), by)
            if not entry["stands"]:
                s.line(Styled(s.word("does_not_stand"), WARNING), indent=4)
        _changes(s, entry["changes"])


def recorded(s: Screen, entries: Sequence[Record]) -> None:
    """Every fact in the order it was recorded, with what that changed."""
    for entry in entries:
        named = Styled(labels.fact_type(entry["type"], s.lang), STRONG)
        by = labels.who(entry["by"], entry["actor"], s.lang)
        s.line(labels.short_id(entry["fact"]), labels.weekday(entry["on"], s.lang), named, by)
        s.line(labels.clock(entry["recorded_at"], s.lang), _recorder(s, entry), indent=4)
        if not entry["stands"]:
            s.line(Styled(s.word("does_not_stand"), WARNING), indent=4)
        _changes(s, entry["changes"])


def _changes(s: Screen, changes: Iterable[Record], indent: int = 4) -> None:
    """Changes, the most important first."""
    for one in sorted(changes, key=_weight):
        said = labels.change(one["path"], one["from"], one["to"], s.lang)
        s.prose(f"{said}{_because(s, one)}", indent=indent, hang=4)


def _weight(change: Record) -> tuple[bool, bool, int]:
    return labels.weight(change["path"])


def _because(s: Screen, change: Record) -> str:
    """The facts, or the day, that caused a change; only the first if there are very many."""
    causes = change.get("because", ())
    if not causes:
        return ""
    named = [
        f"{labels.weekday(one['on'], s.lang)} {s.word('passing')}" if one["fact"] is None
        else labels.short_id(one["fact"]) for one in causes
    ]  # fmt: skip
    more = ["…"] if len(named) > MOST_CAUSES else []
    return s.word("because", causes=s.word("joint").join([*named[:MOST_CAUSES], *more]))


def explain(s: Screen, answer: Record) -> None:
    """The conclusion, the arithmetic, the words of the contract, the facts."""
    colon = say("joint:colon", s.lang)
    about = labels.path(answer["path"], s.lang)
    s.line(Styled(f"{about}{colon}{labels.value(answer['path'], answer['value'], s.lang)}", STRONG))
    if answer["steps"]:
        s.section(s.word("steps"))
        for number, step in enumerate(answer["steps"], 1):
            s.prose(f"{number:>2}. {step[s.lang]}", hang=4)
    if answer["clauses"]:
        s.section(s.word("clauses"))
        for clause in answer["clauses"]:
            s.line(Styled(clause["title"], STRONG), *_changed(s, clause["changed_by"]))
            s.prose(clause["zh"], indent=4)
            if s.lang == "en":
                s.prose(clause["en"], indent=4, style=FAINT)
    if answer["facts"]:
        s.section(s.word("cited"))
        types = {fact["fact"]: fact["type"] for fact in answer["facts"]}
        for fact in answer["facts"]:
            said = Styled(fact["label"][s.lang], STRONG)
            by = labels.who(fact["by"], fact["actor"], s.lang)
            s.line(labels.short_id(fact["fact"]), labels.weekday(fact["on"], s.lang), said, by)
            s.line(_recorder(s, fact), indent=4)
            if fact["data"]:
                s.prose(_data(s, fact, types), indent=4, style=FAINT)
    if answer["readings"]:
        s.section(s.word("read_as"))
        for reading in answer["readings"]:
            s.prose(reading[s.lang], hang=4)


def clauses(s: Screen, answer: Record) -> None:
    """Each clause: its words, present conclusions, its facts, the readings in force."""
    s.line(answer["contract"], s.word("as_of", day=labels.weekday(answer["as_of"], s.lang)))
    for clause in answer["clauses"]:
        s.section(f"{clause['name'][s.lang]}  {in_language((clause['title'], clause['title_en']), s.lang)}")
        for changed in _changed(s, clause["changed_by"]):
            s.line(changed)
        s.prose(clause["zh"])
        if s.lang == "en":
            s.prose(clause["en"], style=FAINT)
        for one in clause["conclusions"]:
            s.line(one["about"][s.lang], Styled(one["says"][s.lang], STRONG), _ids(one["facts"]), indent=2)
        if clause["facts"]:
            s.line(Styled(s.word("facts_under"), FAINT), indent=2)
        for fact in clause["facts"]:
            said, by = fact["label"][s.lang], labels.who(fact["by"], fact["actor"], s.lang)
            s.line(labels.short_id(fact["fact"]), labels.weekday(fact["on"], s.lang), said, by, indent=4)
        for told in (*clause["readings"], *clause["steps"]):
            s.prose(told[s.lang], indent=2, hang=2, style=FAINT)


def _ids(facts: Sequence[str]) -> str:
    return " ".join(map(labels.short_id, facts))


def _changed(s: Screen, facts: Sequence[str]) -> list[str]:
    """A note that a clause was amended, naming the amendments; empty if it was not."""
    return [say("screen.changed_by", s.lang, facts=", ".join(map(labels.short_id, facts)))] if facts else []


def paths(s: Screen, listed: Sequence[Record]) -> None:
    """Paths that can be explained, each with its name and present value; a path can be typed back as shown."""
    for one in listed:
        s.line(Styled(one["path"], STRONG))
        about, value = labels.path(one["path"], s.lang), labels.value(one["path"], one["value"], s.lang)
        s.prose(f"{about}{say('joint:colon', s.lang)}{value}", indent=4, style=FAINT)


def deadlines(s: Screen, listed: Sequence[Record], *, as_of: date, several: bool) -> None:
    """Overdue first, then what is to come."""
    s.section(s.word("deadlines"))
    if not listed:
        return s.line(s.word("no_deadlines"))
    rows = [("", _deadline(s, one, as_of, several)) for one in listed]
    s.table(("due", "state", "obligation", "obligor", "clause"), rows, wide=(2,))


def _deadline(s: Screen, one: Record, as_of: date, several: bool) -> list[str]:
    days = (date.fromisoformat(one["on"]) - as_of).days
    left = s.word("days_left", days=days) if days >= 0 else s.word("days_late", days=-days)
    due = labels.weekday(one["on"], s.lang)
    about = _what_falls_due(s, one)
    return [
        f"{due} {s.word('provisional')}" if one["provisional"] else due,
        Styled(left, ALARM if days < 0 else WARNING if days <= SOON else ""),
        f"{about} {one['contract']}" if several else about,
        labels.label("role", one["obligor"], s.lang) if one["obligor"] else "-",
        labels.clause(one["clause"], s.lang),
    ]


def _what_falls_due(s: Screen, one: Record) -> str:
    match one["what"]:
        case "due" | "overdue":
            return labels.obligation(one["subject"], s.lang)
        case "limitation":
            return s.word("limitation_ends", subject=labels.debt(one["subject"], s.lang))
        case _:
            return s.word(one["what"], clause=labels.article(one["clause"], s.lang), subject=one["subject"])


def effects(s: Screen, changes: Sequence[Record]) -> None:
    """Changes made by recorded facts, the most important first, so that what is cut off matters least."""
    s.section(s.word("effects"))
    weighed = sorted(changes, key=_weight)
    odd = [change for change in weighed if change["path"].startswith("anomalies")]
    others = [change for change in weighed if not change["path"].startswith("anomalies")]
    told = [*odd[:MOST_ANOMALIES], *others[:MOST_EFFECTS]]
    _difference(s, told)
    if len(changes) > len(told):
        s.line(s.word("more", count=len(changes) - len(told)))


def simulated(s: Screen, answer: Record) -> None:
    s.section(s.word("simulated"))
    s.line(s.word("as_of", day=labels.weekday(answer["status"]["as_of"], s.lang)))
    _difference(s, answer["changes"])


def diff(s: Screen, answer: Record) -> None:
    first, second = answer["from"], answer["to"]
    if first["as_of"] != second["as_of"]:
        said, ends = s.word("as_of", day=""), [labels.weekday(one["as_of"], s.lang) for one in (first, second)]
    else:
        known = [one["known_at"] for one in (first, second)]
        exact = known[0] != known[1] and known[0][:19] == known[1][:19]
        said, ends = s.word("known_at", moment=""), [labels.clock(one, s.lang, exact=exact) for one in known]
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
    """One row for each contract, its title below its id."""
    if not lines:
        return s.line(s.word("empty_ledger"))
    s.section(s.word("portfolio"))
    for one in lines:
        s.line(Styled(one["contract"], STRONG), one["title"])
        s.line(*_standing(s, one), indent=4)
    for section in _sections().values():
        if section.proviso and any(one.get(name, "0.00") != "0.00" for one in lines for name in section.at_a_glance):
            s.prose(say(section.proviso, s.lang), style=FAINT)


def what_if(s: Screen, found: Record) -> None:
    """The contracts that would change, each with its first changes."""
    s.line(s.word("what_if", changing=found["changing"], swept=found["swept"]))
    for one in found["changed"]:
        s.section(one["contract"])
        _changes(s, one["changes"], indent=1)
        if one["count"] > len(one["changes"]):
            s.line(s.word("and_more", count=one["count"] - len(one["changes"])), indent=4)
    for one in found["refused"]:
        s.line(Styled(one["contract"], WARNING), s.word("not_supposed", why=one["code"]))


def _sections() -> dict[str, Section]:
    return {key: section for template in TEMPLATES.values() for key, section in template.sections.items()}


def _standing(s: Screen, one: Record) -> list[str]:
    """The state of a contract in short phrases; what is overdue or open is highlighted."""
    parts: list[str] = []
    for key, section in _sections().items():
        for name, part in section.at_a_glance.items():
            if name in one:
                path = f"{key}.{part}" if part else key
                told = section.glance(name, one, s.lang) if section.glance is not None else None
                said = labels.glance(path, one[name], s.lang) if told is None else told
                parts += [said] if said else []
        if key == OBLIGATIONS.key and one["next_due"]:
            due = f"{one['next_due']['due_on']} {labels.obligation(one['next_due']['id'], s.lang)}"
            parts.append(Styled(due, ALARM if one["overdue_obligations"] else ""))
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
    names = [f"festival:{name}" for name in kind["name"].split("、")]  # a weekday's name is shown already
    return s.word("rest_why").join((*(say(name, s.lang) for name in names if name in CATALOGUE), reason))


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
