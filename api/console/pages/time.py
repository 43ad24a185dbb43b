"""时间 Time: the changes before and after a day, by occurrence or by recording; a comparison of two moments."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from api.console.context import PageContext
from api.console.foot import foot
from api.console.moment import Changes, changes, entries
from api.console.parameters import ON_EVERY_PAGE
from api.console.routes import Pages
from api.console.tables import LedgerTable, TableColumn, TableRow, table
from api.console.words import PageWords
from api.parameters import Parameter
from ledger import labels
from ledger.domain.moments import format_utc, parse_utc
from ledger.service import Question

BEFORE, AFTER = 12, 8  # steps shown on either side of the day asked about
AT_ANY_TIME = {"as_of": None, "known_at": None}  # facts listed that only one of the two moments counts
MOST_TOLD = 6  # changes shown of one step


def _from(name: str) -> Parameter:
    one = ON_EVERY_PAGE[name]
    return Parameter(f"from_{name}", one.schema, one.read, wanted=one.wanted)


TAKES = (_from("as_of"), _from("known_at"))


@dataclass(frozen=True, slots=True)
class Recordings:
    """The recordings before and after the moment asked about (UTC), and how many there are."""

    before: str | None
    after: str | None
    count: int


def time(pages: Pages) -> None:
    """Declares ``/contract/{contract}/time``."""
    ledger = pages.console.components.ledger

    @pages.get("time", "/contract/{contract}/time", takes=TAKES, long=True)
    def show_time(context: PageContext, contract: str) -> Response:
        context.may("read", contract)
        words = context.words(contract)
        what = f"time {context.one('from_as_of')} {context.one('from_known_at')}"
        body = context.remembered(contract, what, lambda: _body(context, contract, words))
        return context.page(words.plain("nav.time"), body, here="time", contract=contract)

    def _body(context: PageContext, contract: str, words: PageWords) -> Markup:
        asked = context.question
        answer = ledger.status(contract, asked)
        first = Question(context.one("from_as_of"), context.one("from_known_at"), asked.as_seen_by, asked.readings)
        found = changes(context, contract)
        if first.as_of is None and first.known_at is None:
            before = found.before(answer["as_of"])
            first = replace(first, as_of=date.fromisoformat(before or answer["as_of"]))
        first = replace(first, known_at=asked.known_at if first.known_at is None else first.known_at,
                        as_of=asked.as_of if first.as_of is None else first.as_of)  # fmt: skip
        compared = ledger.diff(contract, first, asked)
        return context.render(
            "time.html", contract, title=ledger.terms(contract)["contract"]["title"], moment=context.moment(contract),
            steps=_steps(_around(context, contract, found, answer["as_of"]), answer, words, context),
            recorded=_recorded([fact.recorded_at for fact in ledger.facts(contract)], answer["known_at"]),
            first=compared["from"], second=compared["to"], here=context.address, carried=context.carried,
            given=(context.one("from_as_of"), context.one("from_known_at")),
            differences=_differences(compared["changes"], words), facts=_facts(compared["facts"], words),
            path=context.request.url.path, foot=foot(answer, words, "time", **_compared(context)),
        )  # fmt: skip


def _compared(context: PageContext) -> dict[str, object]:
    """The first of the two moments compared, as given in the address."""
    found = {"from_as_of": context.one("from_as_of"), "from_known_at": context.one("from_known_at")}
    return {name: format_utc(one) if isinstance(one, int) else one for name, one in found.items()}


def _around(context: PageContext, contract: str, found: Changes, as_of: str) -> list[dict[str, Any]]:
    """Entries of the replay that changed something: at least BEFORE and AFTER of them around a day, if they exist.

    A long contract is replayed only in part; the part is widened until it holds enough entries.
    """
    days = [date.fromisoformat(on) for on in found.until]
    if found.replayed or not days:
        return entries(context, contract, date.fromisoformat(found.through))
    here, many = bisect_right(found.until, as_of), BEFORE
    while True:
        first, last = max(0, here - many), min(len(days), here + many)
        listed = entries(context, contract, days[last - 1], days[first - 1] if first else None)
        past = sum(entry["on"] <= as_of for entry in listed)
        if (past >= BEFORE or not first) and (len(listed) - past >= AFTER or last == len(days)):
            return listed
        many *= 4


def _steps(
    entries: Sequence[Mapping[str, Any]], answer: Mapping[str, Any], words: PageWords, context: PageContext
) -> LedgerTable:  # fmt: skip
    """What happened around the day asked about, and what will change if nothing new happens."""
    past = [entry for entry in entries if entry["on"] <= answer["as_of"]][-BEFORE:]
    later = [entry for entry in entries if entry["on"] > answer["as_of"]][:AFTER]
    rows = [_step(entry, answer["as_of"], words, context) for entry in (*past, *later)]
    if not later:
        by_day: dict[str, list[Mapping[str, Any]]] = {}
        for one in answer["next_changes"]:
            by_day.setdefault(one["on"], []).append({"path": one["what"], "from": one["from"], "to": one["to"]})
        for on, changed in list(by_day.items())[:AFTER]:
            coming = {"on": on, "fact": None, "type": None, "changes": changed}
            rows.append(_step(coming, answer["as_of"], words, context))
    columns = [TableColumn(words.plain(f"column.{name}")) for name in ("day", "by-what", "change")]
    return table(words.say("time.steps.caption"), columns, rows, empty=words.say("time.steps.none"))


def _step(entry: Mapping[str, Any], as_of: str, words: PageWords, context: PageContext) -> TableRow:
    to = context.address(as_of=entry["on"])
    day = Markup('<a href="{}">{}</a>').format(to, words.day(entry["on"]))
    if entry["fact"] is not None:
        cause = words.fact(entry["fact"], **AT_ANY_TIME) + " " + labels.fact_type(entry["type"], words.lang)
    else:
        cause = words.say("by-itself")
    told = sorted(entry["changes"], key=lambda one: labels.weight(one["path"]))
    undated = PageWords(words.lang, context.console.addresses, words.contract, [])  # facts may be later
    lines = [undated.running(labels.change(one["path"], one["from"], one["to"], words.lang))
             for one in told[:MOST_TOLD]]  # fmt: skip
    if len(told) > MOST_TOLD:
        before = (date.fromisoformat(entry["on"]) - timedelta(days=1)).isoformat()
        whole = words.url("time", **AT_ANY_TIME | {"as_of": entry["on"], "from_as_of": before, "anchor": "compare"})
        lines.append(Markup('<a href="{}">{}</a>').format(whole, words.say("more", count=len(told) - MOST_TOLD)))
    state = "out" if entry["on"] > as_of else ""
    return TableRow([day, cause, Markup("<br>").join(lines)], state)


def _recorded(moments: Sequence[int], known_at: str) -> Recordings:
    known = parse_utc(known_at)
    before = max((one for one in moments if one < known), default=None)
    after = min((one for one in moments if one > known), default=None)
    return Recordings(format_utc(before - 1) if before is not None and before > min(moments) else None,
                    format_utc(after) if after is not None else None, len(moments))  # fmt: skip


def _differences(found: Sequence[Mapping[str, Any]], words: PageWords) -> LedgerTable:
    """Each difference with the facts, or the day, that caused it."""
    columns = [TableColumn(words.plain(f"column.{name}")) for name in ("conclusion", "first", "second", "because")]
    rows = []
    for one in sorted(found, key=lambda one: labels.weight(one["path"])):
        causes = (words.fact(each["fact"], **AT_ANY_TIME) if each["fact"] is not None else words.day(each["on"])
                  for each in one["because"])  # fmt: skip
        rows.append(TableRow([
            path_told(one["path"], one["to"], words),
            words.value(one["path"], one["from"]) if one["from"] is not None else words.say("positions.nothing"),
            words.value(one["path"], one["to"]) if one["to"] is not None else words.say("positions.nothing"),
            Markup(" ").join(causes),
        ]))  # fmt: skip
    return table(words.say("time.differences.caption"), columns, rows, empty=words.say("time.differences.none"))


def path_told(path: str, value: Any, words: PageWords) -> Markup:
    """The name of a path, linked to its explanation if it has a value."""
    said = labels.path(path, words.lang)
    return words.fig(path, said) if value is not None else words.running(said)


def _facts(found: Sequence[Mapping[str, Any]], words: PageWords) -> Markup:
    """The facts counted at one moment but not at the other."""
    named = ((words.fact(one["fact"], **AT_ANY_TIME), labels.fact_type(one["type"], words.lang)) for one in found)
    return words.listed(Markup("{} {}").format(*pair) for pair in named)


