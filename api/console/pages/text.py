"""原文 The contract itself: its own words, article by article, each clause with its live state in the margin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from markupsafe import Markup, escape
from starlette.responses import Response

from api.console.conclusions import TONES
from api.console.context import PageContext
from api.console.foot import foot
from api.console.long_pages import AGAIN_SECONDS
from api.console.routes import Pages
from api.console.tables import LedgerTable, RowGroup, TableColumn, TableRow
from api.console.weighed import WeighedAnswer, weighed, weighed_already
from api.console.words import SYMBOLS, PageWords, clause_anchor
from api.parameters import flag
from ledger import labels
from ledger.domain.template import Template
from ledger.exporting import MOST_WEIGHED
from ledger.projections.paths import in_one_line

_WEIGH = flag("weigh")
WAIT_SECONDS = 0.5  # for what turns on readings, which a short contract has by then
CELL = "｜"  # between the cells of a row of the contract's own tables
ORDER = ("wrong", "broken", "contested", "due", "live", "", "over")  # what matters most first
WRONG, LIVE = ("wrong", "broken"), ("due", "live")
MOST_FACTS = 16  # in a margin, the latest
MOST_CONCLUSIONS = 12  # in a margin, those that matter most
MOST_TOLD = 2  # changes another reading would make, in a margin


@dataclass(slots=True)
class ShownClause:
    """A clause with what stands in its margin; ``live`` is "breach", "live" or ""."""

    name: str
    paragraphs: Sequence[str]
    gloss: str
    live: str
    notes: list[Markup]


@dataclass(slots=True)
class ShownArticle:
    """An article: its heading, then clauses and tables in the contract's order."""

    head: str
    note: str
    anchor: str
    parts: list[ShownClause | LedgerTable] = field(default_factory=list)


def text(pages: Pages) -> None:
    """``/contract/{contract}/text``; ``weigh`` has the other readings tried where there are many facts."""
    components = pages.console.components
    ledger = components.ledger

    @pages.get("text", "/contract/{contract}/text", takes=(_WEIGH,), long=True)
    def show_text(context: PageContext, contract: str) -> Response:
        context.may("read", contract)
        words, template = context.words(contract), ledger.template(contract)
        found = _weighed(context, contract)
        there = found is not None and found.body is not None
        body = context.remembered(contract, f"text {there}", lambda: _body(context, contract, template, found))
        head = context.render(
            "text_head.html", contract, title=words.both((template.zh, template.en)), weighed=there,
            progress=None if found is None else found.progress, begin=words.url("text", weigh="true"),
            contract_title=ledger.terms(contract)["contract"]["title"], again=context.address(),
            as_of=ledger.day(context.question).isoformat(), count=ledger.version(contract),
        )  # fmt: skip
        again = AGAIN_SECONDS if context.one("weigh", False) and not there else 0
        return context.page(words.plain("nav.text"), head + body, here="text", contract=contract, again=again)

    def _weighed(context: PageContext, contract: str) -> WeighedAnswer | None:
        """Of a long contract, where it takes minutes, only where somebody asked for it; else None."""
        if ledger.version(contract) > MOST_WEIGHED and not context.one("weigh", False):
            return weighed_already(components, contract, context.question)
        return weighed(components, contract, context.question, wait=WAIT_SECONDS)

    def _body(
        context: PageContext, contract: str, template: Template, weighed: WeighedAnswer | None
    ) -> Markup:
        words = context.words(contract)
        answer = weighed.answer if weighed is not None else None
        changes = _by_reading(answer) if answer is not None else None
        found = ledger.clauses(contract, None, context.question)
        standing = ledger.status(contract, context.question)
        margin = _Margin(words, template, standing["readings"], changes)
        return context.render(
            "text.html", contract, articles=list(_articles(found["clauses"], margin, words)),
            moment=context.moment(contract), count=len(found["clauses"]), foot=foot(standing, words, "text"),
        )  # fmt: skip


Changes = Mapping[str, Sequence[Mapping[str, Any]]]


def _by_reading(answer: Mapping[str, Any]) -> Changes:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in answer["sensitivity"]:
        found.setdefault(one["reading"], []).append(one)
    return found


def _articles(clauses: Sequence[Mapping[str, Any]], margin: _Margin, words: PageWords) -> Iterator[ShownArticle]:
    for title, listed in groupby(clauses, key=lambda one: one["title"]):
        own = list(listed)
        head, _, note = re.sub(r"^(附件 ?\d+)[:：]? ?", r"\1 ", title).partition(" ")
        note = words.both((note, own[0]["title_en"]))
        article = ShownArticle(head, note, f"of-{clause_anchor(own[0]['clause'])}")
        heads: list[str] = []
        for is_row, part in groupby(own, key=lambda one: CELL in one["zh"] and "\n" not in one["zh"]):
            if is_row:
                article.parts.append(_table(list(part), heads, margin, words))
                continue
            for one in part:
                lines = one["zh"].split("\n")
                heads = next((line.split(CELL) for line in lines if CELL in line), heads)
                open_words = margin.open_words(one)
                shown = [_marked(line, open_words) for line in lines if CELL not in line]
                live, notes = margin.of(one)
                article.parts.append(ShownClause(one["clause"], shown, one["en"], live, notes))
        yield article


def _marked(line: str, open_words: Sequence[str]) -> Markup:
    """A line of the contract's own words, those marked whose meaning is an open question."""
    there = [one for one in open_words if one in line]
    if not there:
        return escape(line)
    parts = re.split(f"({'|'.join(map(re.escape, there))})", line)
    return Markup("").join(Markup("<mark>{}</mark>").format(one) if one in there else escape(one) for one in parts)


def _table(
    rows: Sequence[Mapping[str, Any]], heads: Sequence[str], margin: _Margin, words: PageWords
) -> LedgerTable:
    """One of the contract's own tables, with a column more for how things stand. A row with fewer cells than there
    are headings leaves those after the first empty, as the contract's merged cells do."""
    cells = [one["zh"].split(CELL) for one in rows]
    most = max(map(len, cells))
    named = list(heads) if len(heads) == most else [""] * most
    shown = []
    for one, own in zip(rows, cells, strict=True):
        live, notes = margin.of(one)
        idle = [] if one["conclusions"] or one["facts"] else [words.say("text.idle")]
        first, *others = [*idle, *notes]
        said = Markup("").join([first, *(Markup('<div class="beside">{}</div>').format(note) for note in others)])
        padded = [own[0], *[""] * (most - len(own)), *own[1:]]
        shown.append(TableRow([*map(escape, padded), said], "breached" if live == "breach" else "",
                              clause_anchor(one["clause"])))  # fmt: skip
    columns = [*(TableColumn(head) for head in named), TableColumn(words.plain("text.now"))]
    return LedgerTable("", columns, [RowGroup("", shown)], cls="original")


class _Margin:
    """What is said beside a clause: how it stands, the facts under it, how it is read and what else it could mean."""

    def __init__(
        self, words: PageWords, template: Template, readings: Mapping[str, str], changes: Changes | None
    ) -> None:
        self.words, self.template, self.readings, self.changes = words, template, readings, changes

    def of(self, clause: Mapping[str, Any]) -> tuple[str, list[Markup]]:
        """Whether it is breached or at work, and the notes."""
        told = [one for one in clause["conclusions"] if self._telling(one["path"])]
        by_tone = sorted(((self._tone(one), one) for one in told), key=lambda pair: ORDER.index(pair[0]))
        tones = {tone for tone, _ in by_tone}
        notes = [self._conclusion(one, tone) for tone, one in by_tone[:MOST_CONCLUSIONS]]
        if len(by_tone) > MOST_CONCLUSIONS:
            left = self.words.say("more", count=len(by_tone) - MOST_CONCLUSIONS)
            notes.append(self.words.link("contract", left, all="true"))
        if clause["changed_by"]:
            notes.append(self.words.say("text.changed", facts=self.words.facts(clause["changed_by"])))
        if clause["facts"]:
            ids = [one["fact"] for one in clause["facts"]]
            code = "text.facts" if len(ids) <= MOST_FACTS else "text.facts.most"
            notes.append(self.words.say(code, facts=self.words.facts(ids[-MOST_FACTS:]), count=len(ids)))
        paths = {one["path"] for one in clause["conclusions"]}
        notes += self._readings([one["reading"] for one in clause["readings"]], paths)
        if any(tone in WRONG for tone in tones):
            return "breach", notes
        return ("live" if any(tone in LIVE for tone in tones) else ""), notes

    def open_words(self, clause: Mapping[str, Any]) -> list[str]:
        """The words of a clause that its open questions quote."""
        asked = (self.template.readings[one["reading"]].zh for one in clause["readings"])
        return [words for question in asked for words in re.findall("“([^”]+)”", question)]

    def _telling(self, path: str) -> bool:
        """Of a section with many parts only those an officer asks for; records always."""
        key, _, part = path.partition(".")
        section = self.template.sections[key]
        return not section.money or part in section.figures or part.partition(".")[0] in section.records or part == ""

    def _tone(self, one: Mapping[str, Any]) -> str:
        key, _, part = one["path"].partition(".")
        section = self.template.sections[key]
        listing = section.listings.get(part.partition(".")[0])
        tones = {**TONES, **(listing.tones if listing is not None else {})}
        return tones.get(one["state"] or "", "")

    def _conclusion(self, one: Mapping[str, Any], tone: str) -> Markup:
        about, says = self.words.both(one["about"]), self.words.both(one["says"])
        if tone:
            symbol = Markup('<span aria-hidden="true">{}</span> ').format(SYMBOLS[tone])
            loud = Markup('<b class="bad">{}{}</b> ') if tone in WRONG else Markup("{}{} ")
            return loud.format(symbol, says) + self.words.fig(one["path"], about)
        warns = Markup('<span aria-hidden="true">{}</span> ').format(SYMBOLS["wrong"])
        unusual = one["path"].startswith("anomalies.")  # to be looked at, which is no breach of a clause
        return (warns if unusual else Markup("")) + self.words.fig(one["path"], f"{about} {says}")

    def _readings(self, names: Sequence[str], paths: set[str]) -> list[Markup]:
        """Those of which another would change what stands here; the others behind a disclosure."""
        told = [(self._made(name, paths), self._reading(name, paths)) for name in names]
        shown, rest = [said for made, said in told if made], [said for made, said in told if not made]
        if rest:
            code = "text.readings" if self.changes is None else "text.readings.same"
            inside = Markup("").join(Markup("<p>{}</p>").format(said) for said in rest)
            shown.append(Markup("<details><summary>{}</summary>{}</details>").format(
                self.words.say(code, count=len(rest)), inside))  # fmt: skip
        return shown

    def _made(self, name: str, paths: set[str]) -> list[Mapping[str, Any]]:
        """What another reading changes of the conclusions here, but for details that only follow."""
        telling = (one for one in (self.changes or {}).get(name, ()) if not labels.weight(one["path"])[1])
        return [one for one in telling if any(in_one_line(one["path"], path) for path in paths)]

    def _reading(self, name: str, paths: set[str]) -> Markup:
        """How an unclear passage is read, and what another reading of it would change of what stands here."""
        words = self.words
        asked = words.link("readings", labels.label("reading", name, words.lang), anchor=name)
        said = words.say("text.reading", reading=asked, option=labels.option(name, self.readings[name], words.lang))
        if self.changes is None:
            return said
        here = self._made(name, paths)
        if not here:
            return said + words.say("text.reading.same" if name not in self.changes else "text.reading.elsewhere")
        for option, made in groupby(here, key=lambda one: one["option"]):
            told = sorted(made, key=lambda one: labels.weight(one["path"]))
            changes = words.listed(words.running(labels.change(one["path"], one["from"], one["to"], words.lang))
                                   for one in told[:MOST_TOLD])  # fmt: skip
            if len(told) > MOST_TOLD:
                changes += words.say("readings.more", count=len(told) - MOST_TOLD)
            said += words.say("text.reading.other", option=labels.option(name, option, words.lang), change=changes)
        return said
