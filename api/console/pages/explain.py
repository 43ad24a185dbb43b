"""依据 Explanation of a conclusion: its steps, the words it rests on, the facts, the readings in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from api.console import fact_telling as told
from api.console.context import PageContext
from api.console.foot import foot
from api.console.routes import Pages
from api.console.tables import LedgerTable, TableColumn, TableRow, table
from api.console.words import PageWords
from api.parameters import text
from ledger import labels
from ledger.domain.fact import Fact

_PATH = text("path", 300, required=True)


def explain(pages: Pages) -> None:
    """Declares ``/contract/{contract}/explain?path=…``, for any path of the answer."""
    ledger = pages.console.components.ledger

    @pages.get("explain", "/contract/{contract}/explain", takes=(_PATH,))
    def show_explanation(context: PageContext, contract: str) -> Response:
        context.may("read", contract)
        path, words = context.one("path"), context.words(contract)
        title = words.plain("explain.title", what=labels.path(path, words.lang))
        body = context.remembered(contract, f"explain {path}", lambda: _body(context, contract, path))
        return context.page(title, body, here="contract", contract=contract)

    def _body(context: PageContext, contract: str, path: str) -> Markup:
        words, asked = context.words(contract), context.question
        found = ledger.explain(contract, path, asked)
        standing = {fact.id: fact for fact in ledger.standing(contract, asked)}
        return context.render(
            "explain.html", contract, what=labels.path(path, words.lang), path=path, moment=context.moment(contract),
            value=words.value(path, found["value"]), found=found, facts=_facts(found["facts"], standing, words),
            foot=foot(ledger.status(contract, asked), words, "explain", path=path),
            raw=_is_record(found["value"]), record=_record(path, found["value"], words),
        )  # fmt: skip


def _is_record(value: Any) -> bool:
    return isinstance(value, Mapping)


def _record(path: str, value: Any, words: PageWords) -> list[tuple[str, Markup]]:
    """The fields of a record, each linked to its own explanation."""
    if not isinstance(value, Mapping):
        return []
    found = []
    for name, one in value.items():
        shown = words.value(f"{path}.{name}", one)
        found.append((labels.field(name, words.lang), shown))
    return found


def _facts(listed: list[Mapping[str, Any]], standing: Mapping[str, Fact], words: PageWords) -> LedgerTable:
    heads = ("fact", "day", "what", "who")
    rows = []
    for one in listed:
        fact = standing.get(one["fact"])
        said = told.in_short(words, fact) if fact is not None else ""
        named = Markup("<b>{}</b><small>{}</small>").format(words.both(one["label"]), said)
        rows.append(TableRow([words.fact(one["fact"]), words.day(one["on"]), named,
                              labels.who(one["by"], one["actor"], words.lang)]))  # fmt: skip
    columns = [TableColumn(words.plain(f"column.{name}")) for name in heads]
    return table(words.say("explain.facts.caption"), columns, rows, empty=words.say("explain.facts.none"))
