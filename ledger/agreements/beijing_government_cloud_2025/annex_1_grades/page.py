"""The incidents as pages draw them: the year in which they count, with what is one, and the grounds that arose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from ledger import labels
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.facts import IncidentReported
from ledger.domain.fact import Fact
from ledger.drawing.bands import LastDay, TimeBand, TimeMark, TimeSpan
from ledger.drawing.listed import ListedColumn, ListedRow, ListedTable
from ledger.messages import Language, say

MOST_SPANS = 4  # grounds drawn one by one
MOST = 48  # marks that can be told apart, the latest; the table has all


def pictures(answer: Mapping[str, Any], facts: Sequence[Fact], lang: Language) -> Iterator[TimeBand | ListedTable]:
    """The year as a band, and the same as a table."""
    reported = {one.what.incident: one for one in facts if isinstance(one.what, IncidentReported)}
    told: dict[str, list[str]] = {}
    for one in facts:
        about = {getattr(one.what, "incident", None), *(getattr(one.what, "incidents", None) or ())}
        for name in reported.keys() & about:
            told.setdefault(name, []).append(one.id)
    days = {name: fact.day.isoformat() for name, fact in reported.items()}
    days |= {one["incident"]: one["on"] for one in answer["incidents"]["counted"]}
    if answer["incidents"]["grades"] or answer["termination"]["grounds"]:
        yield _year(answer, days, lang)
    yield _table(answer, reported, told, days, lang)


def _year(answer: Mapping[str, Any], days: Mapping[str, str], lang: Language) -> TimeBand:
    incidents, grounds = answer["incidents"], answer["termination"]["grounds"]
    first, last = incidents["window"]
    marks = [TimeMark(one["on"], one["grade"], one["incident"]) for one in incidents["counted"]]
    marks += [
        TimeMark(days[one["incident"]], incidents["grades"].get(one["incident"], ""), one["incident"],
                 one["counted_as"] or "", _why(one, lang), counts=False)
        for one in incidents["excluded"] if one["incident"] in days
    ]  # fmt: skip
    marks = sorted(marks, key=lambda one: one.on)[-MOST:]
    leaving = [one["on"] for one in answer["next_changes"]
               if one["what"] == "incidents.b_count_rolling_year" and one["to"] < one["from"]]  # fmt: skip
    days_left = [one["last_day"] for one in grounds if one["state"] == "open"]
    lasts = [] if None in days_left else days_left  # with one that has none yet, there is no last day
    over = bool(lasts) and max(lasts) == answer["term"]["ends_on"]
    return TimeBand(
        say("year.title", lang), _finding(answer, lang), answer["as_of"], say("year.now", lang), tuple(marks),
        tuple(_spans(grounds, answer, lang)),
        (first, last, say("year.window", lang, first=first, last=last)),
        LastDay(max(lasts), say("year.last-day", lang, day=max(lasts)), say("year.term-over", lang) if over else "")
        if lasts else None,
        tuple(leaving), say("year.leaving", lang),
    )  # fmt: skip


def _finding(answer: Mapping[str, Any], lang: Language) -> str:
    incidents = answer["incidents"]
    counted = [one["incident"] for one in incidents["counted"] if one["grade"] == "B"]
    said = [say("year.finding", lang, count=incidents["b_count_rolling_year"], which=_listed(counted, lang))]
    for one in answer["termination"]["grounds"]:
        clause, state = labels.article(one["clause"], lang), labels.label("ground", one["state"], lang)
        said.append(say("year.finding.ground", lang, clause=clause, day=one["arose_on"], state=state))
    return say("joint:sentence", lang).join(said)


def _spans(
    grounds: Sequence[Mapping[str, Any]], answer: Mapping[str, Any], lang: Language
) -> Iterator[TimeSpan]:  # fmt: skip
    """A span for each ground; where there are many, one for each clause, from the first to the last day of them."""
    spans = [(ground["clause"], _span(ground, answer, lang)) for ground in grounds]
    if len(spans) <= MOST_SPANS:
        yield from (one for _, one in spans)
        return
    for clause in dict.fromkeys(clause for clause, _ in spans):
        own = [one for of, one in spans if of == clause]
        first = min(one.start for one in own)
        note = say("year.grounds", lang, count=len(own), day=first)
        yield TimeSpan(labels.article(clause, lang), note, first, max(one.end for one in own))


def _span(ground: Mapping[str, Any], answer: Mapping[str, Any], lang: Language) -> TimeSpan:
    """From the day a ground arose to its last day, on to the day it would lapse; one that is over, to what ended it."""
    lapses, ends = ground["lapses_on"], answer["term"]["terminated_on"] or answer["term"]["ends_on"]
    end = ground["last_day"] or min(one for one in (lapses, ends, answer["as_of"]) if one is not None)
    note = say("year.arose", lang, day=ground["arose_on"], state=labels.label("ground", ground["state"], lang))
    until = lapses if lapses is not None and lapses > end else None
    name, start = labels.article(ground["clause"], lang), ground["arose_on"]
    would = say("year.would-lapse", lang, day=lapses) if until else ""
    return TimeSpan(name, note, start, max(end, start), until, would)


def _table(
    answer: Mapping[str, Any], reported: Mapping[str, Fact], told: Mapping[str, Sequence[str]],
    days: Mapping[str, str], lang: Language,
) -> ListedTable:  # fmt: skip
    """Every incident by its day, those that are one with another below it."""
    incidents = answer["incidents"]
    merged = {one["incident"]: one for one in incidents["excluded"] if one["counted_as"]}
    counted = {one["incident"] for one in incidents["counted"]}
    outside = {one["incident"]: one for one in incidents["excluded"] if not one["counted_as"]}
    leaves = {one["what"]: one["on"] for one in answer["next_changes"] if one["to"] is None}
    rows: list[ListedRow] = []

    def row(name: str, says: str, style: Any) -> None:
        kind = [labels.label("kind", reported[name].what.kind, lang)] if name in reported else []
        named = (name, f"incidents.grades.{name}", *kind)
        grade = incidents["grades"].get(name) or say("year.no-grade", lang)
        rows.append(ListedRow([named, days.get(name), grade, says, told.get(name, [])], style))

    for name in sorted(days, key=lambda name: (days[name], name)):
        if days[name] > answer["as_of"] or name in merged:
            continue
        says = _counts(name, leaves, lang) if name in counted else _why(outside[name], lang) if name in outside else (
            say("year.ungraded", lang))  # fmt: skip
        row(name, says, "" if name in counted else "out")
        for one, why in merged.items():
            if why["counted_as"] == name:
                row(one, _why(why, lang), "under")
    heads = (("field.incident", "figure"), ("field.on", "day"), ("field.grade", "id"), ("year.counting", "text"),
             ("field.because", "facts"))  # fmt: skip
    columns = [ListedColumn(say(code, lang), kind) for code, kind in heads]  # type: ignore[arg-type]
    return ListedTable(say("year.caption", lang), columns, rows, empty=say("year.none", lang))


def _counts(name: str, leaves: Mapping[str, str], lang: Language) -> str:
    """That it counts, and the last day on which it does if nothing new happens."""
    on = leaves.get(f"incidents.counted.{name}")
    if on is None:
        return say("year.counts", lang)
    return say("year.counts.until", lang, day=(date.fromisoformat(on) - timedelta(days=1)).isoformat())


def _why(one: Mapping[str, Any], lang: Language) -> str:
    return f"{say('excluded:' + one['reason'], lang)} {one['counted_as'] or ''}".strip()


def _listed(names: Sequence[str], lang: Language) -> str:
    return say("joint:list", lang).join(names) or say("year.nothing", lang)
