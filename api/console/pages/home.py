"""首页 Home: pending decisions, deadlines, changes since the last visit; below these, all contracts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cached_property, partial
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from api.console import conclusions, portfolio
from api.console.context import PageContext
from api.console.pages.contract import figures, of_another, sums, verdicts, waiting
from api.console.pages.time import path_told
from api.console.routes import Pages
from api.console.tables import LedgerTable, TableColumn, TableRow, table
from api.console.words import PageWords
from ledger import labels
from ledger.domain.errors import Refusal
from ledger.domain.fact import PARTIES
from ledger.domain.moments import beijing_day, format_utc, parse_utc
from ledger.domain.section import Verdict
from ledger.drawing.sections import days_between
from ledger.portfolio import Page
from ledger.service import Question
from ledger.store.leaf import decode

MOST_DECIDED, MOST_DUE, MOST_CHANGED = 5, 15, 5  # contracts listed in each part; a link leads to the rest
MOST_ROWS = 60  # due days listed, over all these contracts
MOST_NEW = 300  # latest facts searched for what is new since the last visit
SHOWN_NEW = 20  # facts, and changes of one contract


def home(pages: Pages) -> None:
    """``/``."""

    @pages.get("home", "/", takes=portfolio.TAKES, long=True)
    def show_home(context: PageContext) -> Response:
        words = context.words()
        try:
            body = _remembered(context, words)
        except Refusal as refused:
            if refused.code != "PORTFOLIO_BUILDING":
                raise
            body = context.render("building.html", sentence=words.say("portfolio.building"))
        return context.page(words.plain("nav.home"), body, here="home")

    def _remembered(context: PageContext, words: PageWords) -> Markup:
        """The page, cached per principal, permissions and last visit until something is recorded."""
        page, asked = portfolio.found(context), [context.one(one.name) for one in portfolio.TAKES]
        principal, before = context.principal, _before(context)
        grants = hash(frozenset(principal.roles.items()))
        what = f"home {words.lang} {principal.name} {grants} {before} {asked} {page.position} {page.current}"
        make = partial(_body, context, words, page, before)
        made = context.components.responses.recall_of_all(what, context.question, lambda: (str(make()).encode(), None))
        return Markup(made[0].decode())

    def _body(context: PageContext, words: PageWords, page: Page, before: int | None) -> Markup:
        ledger = context.components.ledger
        today = ledger.day(context.question)
        soon, more_soon = portfolio.standing_out(context, "next_deadline<=30d", MOST_DUE)
        late, more_late = portfolio.standing_out(context, "overdue_obligations>=1", MOST_DUE)
        opened = [portfolio.standing_out(context, flag, MOST_DECIDED) for flag in portfolio.flags()]
        open_ = [line for lines, _ in opened for line in lines]
        waiting, _ = portfolio.standing_out(context, "claims>=1", MOST_DUE)
        wanted = dict.fromkeys(portfolio.of_these([*open_, *soon, *late, *waiting]))
        told = [ToldContract(context, number) for number in wanted]
        decide = [one for one in told if one.must_decide]
        more_open = len(decide) > MOST_DECIDED or any(more for _, more in opened)
        decide = decide[:MOST_DECIDED]
        due, more_due = _due(told, words)
        sums_, more_sums = _sums(context, told, words)
        states, orders = portfolio.choices(words)
        filtered = any(context.one(name) for name in ("q", "state", "sort", "cursor"))
        return context.render(
            "home.html", today=today.isoformat(), last=(today + timedelta(days=conclusions.SOON)).isoformat(),
            decide=decide, decided=_count(len(decide), more_open, words), due=due,
            sums=sums_, more_sums=more_sums, more=more_soon or more_due, more_late=more_late, days=days_between,
            since=_since(context, words, before), all=portfolio.listed(context, page, words), filtered=filtered,
            asked={name: context.one(name, "") for name in ("q", "state", "sort")}, states=states, orders=orders,
            provisos=portfolio.provisos(page.shown(), words), fixed=context.question.as_of is not None,
            following=_with(context, words, portfolio.following(page)), behind=not page.current,
        )  # fmt: skip


def _count(count: int, more: bool, words: PageWords) -> object:
    """A count, marked as a minimum if not all were counted."""
    return words.say("home.at-least", count=count) if more else count


def _with(context: PageContext, words: PageWords, cursor: str | None) -> str:
    asked = {name: context.one(name) for name in ("q", "state", "sort")}
    return words.url("home", **asked, cursor=cursor, anchor="all") if cursor is not None else ""


class ToldContract:
    """One contract as the home page shows it."""

    def __init__(self, context: PageContext, number: str) -> None:
        ledger = context.components.ledger
        self.number, self.words = number, context.words(number)
        self.role = context.permissions.principal.role(number)
        self.title = ledger.terms(number)["contract"]["title"]
        self.answer = ledger.status(number, context.question)
        self.template = ledger.template(number)
        self._reckoned = partial(context.reckoned, number)

    @cached_property
    def how(self) -> Mapping[str, Any]:
        """How each due day was computed, by obligation."""
        return self._reckoned()

    @property
    def verdicts(self) -> list[Verdict]:
        found = verdicts(self.answer, self.template, self.words)
        return [one for one in found if self.whose in (None, one.role) or not one.role]

    @property
    def others(self) -> str:
        return of_another(self.verdicts, self.role)

    @property
    def must_decide(self) -> bool:
        """Whether a right is open, so that a decision is needed before its last day."""
        return any(one.reasons for one in self.verdicts)

    @property
    def whose(self) -> str | None:
        """The party whose rights are shown: the reader's own, or None if the reader is no party."""
        return self.role if self.role in PARTIES else None

    @property
    def figures(self) -> list[tuple[object, Markup]]:
        return figures(self.answer, self.template, self.role, self.words)

    def due(self) -> Iterator[tuple[str, Callable[[], TableRow]]]:
        """What is overdue or due within thirty days, for either party: the day, and a function that makes its row."""
        for party in PARTIES:
            for duty in conclusions.due_soon(self.answer, party):
                yield duty["due_on"] or "9", partial(self._due_row, duty, party)

    def _due_row(self, duty: Mapping[str, Any], party: str) -> TableRow:
        words, told = self.words, self.how.get(duty["id"])
        whose = words.say("whose.ours") if party == self.role else words.say("whose.theirs")
        who = whose if self.role in PARTIES else words.label("role", party)
        return TableRow([
            conclusions.state_of(duty, self.answer["as_of"], words) + Markup("<br>")
            + conclusions.due_cell(duty, words),
            Markup("<b>{}</b>").format(words.ident(who)) if party == self.role else words.ident(who),
            conclusions.obligation_link(duty, words), words.link("contract", self.title, contract=self.number),
            words.running(words.both(told)) if told is not None else "",
        ])  # fmt: skip


def _due(told: Iterable[ToldContract], words: PageWords) -> tuple[LedgerTable, bool]:
    """The due days of all these contracts, earliest first, and whether there are more."""
    heads = ("due", "who", "what", "contract", "how")
    listed = sorted((pair for one in told for pair in one.due()), key=lambda pair: pair[0])
    columns = [TableColumn(words.plain(f"column.{name}")) for name in heads]
    rows = [row() for _, row in listed[:MOST_ROWS]]
    shown = table(words.say("home.due.caption"), columns, rows, empty=words.say("home.due.none"))
    return shown, len(listed) > MOST_ROWS


def _sums(
    context: PageContext, told: Sequence[ToldContract], words: PageWords
) -> tuple[LedgerTable, list[tuple[str, str]]]:  # fmt: skip
    """Sums owed, sums deductible and claims that await an answer, where there are any; and links to full lists.

    For contracts not listed in the other parts, the deductible sums come from the portfolio, highest first.
    """
    rows, more = [], []
    for one in told:
        told_of = [*sums(one.answer, one.template, one.words), waiting(one.answer, one.role, one.words)]
        figures_ = [Markup("{} {}").format(name, value) for name, value in told_of if _is_any(value)]
        if figures_:
            title = words.link("contract", one.title, contract=one.number)
            rows.append(TableRow([title, Markup("").join(Markup("<div>{}</div>").format(told) for told in figures_)]))
    known = {one.number for one in told}
    for name, path in portfolio.figures():
        lines, left = portfolio.standing_out(context, f"{name}>0.00", MOST_DUE)
        more += [(words.url("home", state=name, anchor="all"), labels.path(path, words.lang))] if left else []
        rows += [_sum_row(context, line, name, path) for line in lines if line["contract"] not in known]
    columns = [TableColumn(words.plain("column.contract")), TableColumn(words.plain("column.sums"))]
    return table(words.say("home.sums.caption"), columns, rows, empty=words.say("home.sums.none")), more


def _sum_row(context: PageContext, line: Mapping[str, Any], name: str, path: str) -> TableRow:
    words = context.words(line["contract"])
    shown = words.say("yuan", sum=words.fig(path, words.value(path, line[name])))
    said = Markup("{} {}").format(labels.path(path, words.lang), shown)
    return TableRow([words.link("contract", line["title"], contract=line["contract"]), said])


def _is_any(value: Markup) -> bool:
    """Whether a figure differs from zero."""
    return re.search("[1-9]", value.striptags()) is not None


# -- since the last visit ------------------------------------------------------------------------------


def _before(context: PageContext) -> int | None:
    """When the principal's previous session began (µs); None in the first session."""
    session, sessions = context.session, context.console.sessions
    return sessions.before(session) if session is not None else None


def _since(context: PageContext, words: PageWords, before: int | None) -> dict[str, Any] | None:
    """Facts recorded, and changes made by them or by the passing of days, since then; None in the first session."""
    if before is None:
        return None
    fresh, more = _fresh(context, before)
    contracts = list(dict.fromkeys(leaf["contract"] for leaf in fresh))
    changed = [_changed(context, number, before) for number in contracts[:MOST_CHANGED]]
    rows = [row for of_one in changed for row in of_one]
    cut = len(contracts) > MOST_CHANGED or any(len(of_one) == SHOWN_NEW for of_one in changed)
    heads = ("contract", "conclusion", "was", "became", "because")
    columns = [TableColumn(words.plain(f"column.{name}")) for name in heads]
    return {
        "day": format_utc(before), "facts": _count(len(fresh), more, words),
        "contracts": _count(len(contracts), more, words), "changes": _count(len(rows), more or cut, words),
        "table": table(words.say("home.since.caption"), columns, rows, empty=words.say("home.since.none")),
    }  # fmt: skip


def _fresh(context: PageContext, before: int) -> tuple[list[dict[str, Any]], bool]:
    """The facts recorded since, of contracts the reader may see, and whether there may be more: only the last
    MOST_NEW facts are searched."""
    store = context.components.ledger.store
    after = max(0, store.leaf_count() - MOST_NEW)
    leaves = (decode(leaf, position) for position, leaf in store.following(after, MOST_NEW))
    since = [leaf for leaf in leaves if parse_utc(leaf["recorded_at"]) > before]
    return [leaf for leaf in since if context.permissions.sees(leaf["contract"])], len(since) == MOST_NEW


def _changed(context: PageContext, number: str, before: int) -> list[TableRow]:
    ledger, words = context.components.ledger, context.words(number)
    then = Question(as_of=beijing_day(before), known_at=before)
    try:
        found = ledger.diff(number, then, replace(context.question))
    except Refusal as refused:
        if refused.code in ("CONTRACT_UNKNOWN_THEN", "CONTRACT_UNKNOWN"):
            return []  # it was registered since, or is a stream of the ledger's own
        raise
    title = words.link("contract", ledger.terms(number)["contract"]["title"], contract=number)
    ordered = sorted(found["changes"], key=lambda one: labels.weight(one["path"]))
    return [TableRow([
        title, path_told(one["path"], one["to"], words), words.value(one["path"], one["from"]),
        words.value(one["path"], one["to"]), _because(one["because"], words),
    ]) for one in ordered[:SHOWN_NEW]]  # fmt: skip


def _because(causes: Iterable[Mapping[str, Any]], words: PageWords) -> Markup:
    shown = (words.fact(one["fact"]) if one["fact"] is not None else words.day(one["on"]) for one in causes)
    return Markup(" ").join(shown)
