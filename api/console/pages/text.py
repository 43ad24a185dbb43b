"""原文 Text: the contract's wording, article by article, with the present state of each clause in the margin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from markupsafe import Markup, escape
from starlette.responses import Response

from api.console.context import PageContext
from api.console.foot import foot
from api.console.long_pages import AGAIN_SECONDS
from api.console.margin import Changes, Margin
from api.console.routes import Pages
from api.console.tables import LedgerTable, RowGroup, TableColumn, TableRow
from api.console.weighed import WeighedAnswer, weighed, weighed_already
from api.console.words import PageWords, clause_anchor
from api.parameters import flag
from ledger.domain.template import Template
from ledger.exporting import MOST_WEIGHED

_WEIGH = flag("weigh")
WAIT_SECONDS = 0.5  # one wait for what depends on readings; enough for a short contract
CELL = "｜"  # separates the cells in a row of the contract's own tables


@dataclass(slots=True)
class ShownClause:
    """A clause with its margin notes; ``live`` is "breach", "live" or ""."""

    name: str
    paragraphs: Sequence[str]
    gloss: str
    live: str
    notes: list[Markup]


@dataclass(slots=True)
class ShownArticle:
    """An article: its heading, then its clauses and tables in the contract's order."""

    head: str
    note: str
    anchor: str
    parts: list[ShownClause | LedgerTable] = field(default_factory=list)


def text(pages: Pages) -> None:
    """Declares ``/contract/{contract}/text``; ``weigh`` tries the other readings even of a long contract."""
    components = pages.console.components
    ledger = components.ledger

    @pages.get("text", "/contract/{contract}/text", takes=(_WEIGH,), long=True)
    def show_text(context: PageContext, contract: str) -> Response:
        context.may("read", contract)
        words, template = context.words(contract), ledger.template(contract)
        found = _weighed(context, contract)
        there = found is not None and found.body is not None
        body = context.remembered(contract, f"text {there}", lambda: _body(context, contract, template, found))
        renewed = context.one("weigh", False)  # a page must not reload while it is being read
        head = context.render(
            "text_head.html", contract, renewed=renewed, title=words.both((template.zh, template.en)), weighed=there,
            progress=None if found is None else found.progress, begin=words.url("text", weigh="true"),
            contract_title=ledger.terms(contract)["contract"]["title"], again=context.address(),
            as_of=ledger.day(context.question).isoformat(), count=ledger.version(contract),
        )  # fmt: skip
        again = AGAIN_SECONDS if renewed and not there else 0
        return context.page(words.plain("nav.text"), head + body, here="text", contract=contract, again=again)

    def _weighed(context: PageContext, contract: str) -> WeighedAnswer | None:
        """What depends on readings; None for a long contract, where it takes minutes, unless asked for."""
        begun = weighed_already(components, contract, context.question)
        if begun is not None or (ledger.version(contract) > MOST_WEIGHED and not context.one("weigh", False)):
            return begun
        return weighed(components, contract, context.question, wait=WAIT_SECONDS)

    def _body(
        context: PageContext, contract: str, template: Template, weighed: WeighedAnswer | None
    ) -> Markup:
        words = context.words(contract)
        answer = weighed.answer if weighed is not None else None
        changes = _by_reading(answer) if answer is not None else None
        found = ledger.clauses(contract, None, context.question)
        standing = ledger.status(contract, context.question)
        margin = Margin(words, template, standing, changes)
        return context.render(
            "text.html", contract, articles=list(_articles(found["clauses"], margin, words)),
            moment=context.moment(contract), count=len(found["clauses"]), foot=foot(standing, words, "text"),
        )  # fmt: skip


def _by_reading(answer: Mapping[str, Any]) -> Changes:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in answer["sensitivity"]:
        found.setdefault(one["reading"], []).append(one)
    return found


def _articles(clauses: Sequence[Mapping[str, Any]], margin: Margin, words: PageWords) -> Iterator[ShownArticle]:
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
    """A line of the contract's wording, with the words marked whose meaning is an open question."""
    there = [one for one in open_words if one in line]
    if not there:
        return escape(line)
    parts = re.split(f"({'|'.join(map(re.escape, there))})", line)
    return Markup("").join(Markup("<mark>{}</mark>").format(one) if one in there else escape(one) for one in parts)


def _table(
    rows: Sequence[Mapping[str, Any]], heads: Sequence[str], margin: Margin, words: PageWords
) -> LedgerTable:
    """One of the contract's own tables, with an added column for the present state. A row with fewer cells than
    headings leaves the cells after its first empty, as merged cells in the contract do."""
    cells = [one["zh"].split(CELL) for one in rows]
    most = max(map(len, cells))
    named = list(heads) if len(heads) == most else [""] * most
    shown = []
    nothing = Markup('<span class="quiet">{}</span>').format(words.say("text.idle"))
    for one, own in zip(rows, cells, strict=True):
        live, notes = margin.of(one)
        idle = [] if notes and (one["conclusions"] or one["facts"]) else [nothing]
        said = Markup("").join(Markup('<div class="beside">{}</div>').format(note) for note in [*idle, *notes])
        padded = [own[0], *[""] * (most - len(own)), *own[1:]]
        shown.append(TableRow([*map(escape, padded), said], "breached" if live == "breach" else "",
                              clause_anchor(one["clause"])))  # fmt: skip
    columns = [*(TableColumn(head) for head in named), TableColumn(words.plain("text.now"))]
    return LedgerTable("", columns, [RowGroup("", shown)], cls="original")
