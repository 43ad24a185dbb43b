"""The contracts the reader may see, filtered and ordered: the only place where pages query the portfolio.

The cost of a page does not depend on the number of contracts (:mod:`ledger.portfolio`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from api.console.context import PageContext
from api.console.tables import LedgerTable, TableColumn, TableRow, table
from api.console.words import PageWords
from api.parameters import Parameter, at, cursor, matching, text
from ledger import labels
from ledger.domain.template import TEMPLATES, Template
from ledger.messages import CATALOGUE, say
from ledger.portfolio import Page, PortfolioQuery, names

MOST = 50  # contracts on a page
STATES = {
    "due": "next_deadline<=30d", "late": "overdue_obligations>=1", "claims": "claims>=1", "one-short": "one_short",
}  # fmt: skip
ORDERS = ("next_deadline", "next_change", "-overdue_obligations", "-claims")
PLACE = cursor("contract", 2)
TAKES: tuple[Parameter, ...] = (
    text("q", 200), matching("state", "[a-z][a-z_=-]{0,80}", "listed"),
    matching("sort", "-?[a-z][a-z0-9_]{0,59}", "listed"), PLACE,
)  # fmt: skip


def found(context: PageContext) -> Page:
    """The page of contracts that the address asks for."""
    state = context.one("state", "")
    where = [_condition(state)] if state else []
    wanted = PortfolioQuery(where, "", context.one("q", ""), context.one("sort", ""), context.permissions.seen())
    return context.components.ledger.portfolio.page(wanted, context.one("cursor"), MOST, context.question)


def _condition(state: str) -> str:
    """The condition of a choice of :func:`choices`."""
    return STATES.get(state) or (f"{state}>0.00" if state in dict(figures()) else state)


def standing_out(context: PageContext, condition: str, most: int) -> tuple[list[dict[str, Any]], bool]:
    """The first contracts that meet a condition, and whether there are more."""
    wanted = PortfolioQuery([condition], contracts=context.permissions.seen())
    page = context.components.ledger.portfolio.page(wanted, None, most, context.question)
    return page.shown(), page.following is not None


def flags() -> list[str]:
    """The yes-or-no values that agreements show at a glance, as conditions."""
    return [name for name, _ in _shown("flag")]


def figures() -> list[tuple[str, str]]:
    """The sums that agreements show at a glance, such as the deductible amount: name and path."""
    named = {f"{key}.{part}" for template in TEMPLATES.values() for key, one in template.sections.items()
             for part in one.figures}  # fmt: skip
    return [(name, path) for name, path in _shown("sum") if path in named]


def choices(words: PageWords) -> tuple[list[tuple[str, object]], list[tuple[str, object]]]:
    """The filters and orders on offer, in words; those of the agreements come last."""
    states: list[tuple[str, object]] = [(name, words.say(f"portfolio.{name}")) for name in STATES]
    states += [(name, labels.path(path, words.lang)) for name, path in (*_shown("flag"), *figures()) if path]
    orders: list[tuple[str, object]] = [(name, words.say(f"portfolio.by.{name}")) for name in ORDERS]
    orders += [(name, labels.path(path, words.lang)) for name, path in _shown("day")]
    orders += [(f"-{name}", labels.path(path, words.lang)) for name, path in _shown("sum")]
    return states, orders


def _shown(kind: str) -> list[tuple[str, str]]:
    """The values of one kind that agreements show at a glance, by name, with the path in the answer."""
    by_name = {name: f"{key}.{part}".rstrip(".") for template in TEMPLATES.values()
               for key, section in template.sections.items() for name, part in section.at_a_glance.items()}  # fmt: skip
    return [(name, by_name[name]) for name, one in names().items()
            if one == kind and name in by_name and f"path.{by_name[name]}" in CATALOGUE]  # fmt: skip


def listed(context: PageContext, page: Page, words: PageWords) -> LedgerTable:
    """One row for each contract: its values at a glance as a sentence, what is due next, what is overdue."""
    heads = ("contract", "sentence", "next", "late", "claims")
    columns = [TableColumn(words.plain(f"portfolio.head.{name}"), id=name == "claims") for name in heads]
    rows = [_row(context, line) for line in page.shown()]
    return table(words.say("portfolio.caption"), columns, rows, empty=words.say("portfolio.none"))


def _row(context: PageContext, line: Mapping[str, Any]) -> TableRow:
    number, words = line["contract"], context.words(line["contract"])
    named = words.link("contract", line["title"], contract=number) + _small(words.ident(number))
    deadline = line["next_deadline"]
    coming: Markup | str = "–"
    if deadline is not None:
        coming = words.day(deadline["on"]) + _small(labels.path(deadline["path"], words.lang))
    late = line["overdue_obligations"]
    return TableRow([
        named, sentence(line, context.components.ledger.template(number), words), coming,
        words.state("wrong", words.say("items", count=late)) if late else words.state("over", words.say("nothing")),
        words.link("contract", words.say("items", count=line["claims"]), contract=number, anchor="claims"),
    ])  # fmt: skip


def _small(text: object) -> Markup:
    return Markup("<small>{}</small>").format(text)


def sentence(line: Mapping[str, Any], template: Template, words: PageWords) -> Markup:
    """The values that sections show at a glance, true ones first and bold; zero and empty ones are left out."""
    first: list[Markup] = []
    said: list[Markup] = []
    for key, section in template.sections.items():
        for name, part in section.at_a_glance.items():
            if key == "claims":
                continue  # shown in a column of their own
            told = section.glance(name, line, words.lang) if section.glance is not None else None
            if told is None and name in line and line[name] not in (None, 0, "0.00", False):
                told = labels.glance(f"{key}.{part}".rstrip("."), line[name], words.lang)
            if told and line.get(name) is True:
                first.append(Markup("<b>{}</b>").format(words.running(told)))
            elif told:
                said.append(words.running(told))
    return Markup(say("joint:part", words.lang)).join([*first, *said]) or escape("–")


def provisos(lines: Sequence[Mapping[str, Any]], words: PageWords) -> list[str]:
    """The reservations about sums in these rows, stated once below them."""
    sections = {key: one for template in TEMPLATES.values() for key, one in template.sections.items()}
    return [say(one.proviso, words.lang) for one in sections.values() if one.proviso
            and any(line.get(name, "0.00") != "0.00" for line in lines for name in one.at_a_glance)]  # fmt: skip


def following(page: Page) -> str | None:
    """The cursor of the next page."""
    return at("contract", *page.following) if page.following is not None else None


def of_these(lines: Sequence[Mapping[str, Any]]) -> list[str]:
    return [line["contract"] for line in lines]
