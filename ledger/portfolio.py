"""Find contracts by how they stand: by conditions in words, in pages that cost as much as they contain, or counted.

The rows are those of the projector, which is brought up to date before an answer where that is quick. Otherwise the
rows served may be behind, and the page states at which position of the ledger they stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from json import loads
from typing import Any, TypeVar

from ledger.collector import collector_paused
from ledger.domain.declare import NamedTuple, dataclass, replace
from ledger.domain.errors import Refusal
from ledger.domain.values import nearest, quoted
from ledger.loading import TODAY, Loader, Question
from ledger.messages import CATALOGUE
from ledger.portfolio_rows import UNREAD
from ledger.projections.portfolio import Kind, as_number, kinds, row, values
from ledger.projector import Projector
from ledger.recording import Recorder
from ledger.store import Store
from ledger.store.encoding import encode
from ledger.store.portfolio import Generation, feeds
from ledger.store.portfolio_search import Condition, Order, Sought, find, find_lines
from ledger.supposing import Changing, Supposition, supposed

AT_ONCE = 50  # contracts swept before an answer: some 50 ms
LINES_AT_ONCE = 1000
SWEPT_AT_ONCE = 200  # contracts swept for a page of another question than how they stand today
_LOWEST, _HIGHEST = -(1 << 62), 1 << 62
Found = TypeVar("Found")
_CONDITION = re.compile(r"([a-z][a-z0-9_]*)(?:(>=|<=|=|>|<)(.+))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PortfolioQuery:
    """Which contracts, and in which order.

    ``where`` are conditions, all of which must hold: ``overdue>10000.00``, ``termination_allowed``,
    ``next_deadline<=30d``, ``one_short``, ``claims>=1``, ``phase=in_service``; the names are those of a line
    (``names()``). A value that is missing, 0 or false meets none. The number begins with ``prefix``; number or title
    contains ``contains``, in any case. ``order`` is a name, after ``-`` in descending order; contracts without such a
    value are then left out. Without it the first condition on a sum, count or day decides the order (sums and counts
    descending), else the registration. ``contracts`` are those that may be seen; None for all.
    """

    where: Sequence[str] = ()
    prefix: str = ""
    contains: str = ""
    order: str = ""
    contracts: Collection[str] | None = None


ALL = PortfolioQuery()


class PortfolioPlace(NamedTuple):
    """Where a page ends and the next begins."""

    value: int
    place: int


class Page(NamedTuple):
    """Lines of contracts as JSON, where the next page begins (None: nowhere), and how far the lines go.

    ``position`` is that of the last fact they rest on; ``current`` says whether that was the ledger's last and every
    line is today's.
    """

    lines: list[bytes]
    following: PortfolioPlace | None
    position: int
    current: bool

    def shown(self) -> list[dict[str, Any]]:
        """The lines as Python values."""
        return [loads(line) for line in self.lines]


def names() -> dict[str, Kind]:
    """The names by which contracts can be found and ordered, and what each holds."""
    return kinds()


class Feeds(NamedTuple):
    """(contract, its deadlines for :func:`ledger.projections.deadlines.deadlines_in`); the rest as of a page."""

    found: Iterator[tuple[str, dict[str, Any]]]
    position: int
    current: bool


class Portfolio:
    """The contracts of one ledger, found by how they stand today."""

    def __init__(self, projector: Projector, loader: Loader, recorder: Recorder) -> None:
        self.projector = projector
        self._loader, self._recorder = loader, recorder

    def page(
        self, wanted: PortfolioQuery = ALL, after: PortfolioPlace | None = None, most: int = 50,
        question: Question = TODAY,
    ) -> Page:  # fmt: skip
        """The next at most ``most`` contracts of what is wanted after a place, a line each, JSON as bytes.

        A line is ``{"contract", "title", …}`` with what the sections of its agreement show at a glance (``phase``,
        ``outstanding``, ``overdue``, ``credit``, ``termination_allowed``, ``claims`` …), ``next_due``,
        ``next_deadline``, ``next_change`` and ``one_short``; :func:`names` lists by what can be found. As they stand
        today it costs the same whatever the number of contracts; by another ``question`` each is swept for it.

        Refusal WHERE_UNKNOWN, WHERE_VALUE, ORDER_UNKNOWN of what is wanted; PORTFOLIO_BUILDING where no generation
        of rows has been built yet; ORDER_TODAY_ONLY where another day is asked about.
        """
        self._loader.check()
        if question != TODAY:
            return self._page_as(question, wanted, after, most)
        found, generation, current = self._found(wanted, partial(find_lines, after=after, most=most + 1))
        following = PortfolioPlace(*found[most - 1][:2]) if len(found) > most else None
        return Page([line for _, _, line in found[:most]], following, generation.position, current)

    def _page_as(
        self, question: Question, wanted: PortfolioQuery, after: PortfolioPlace | None, most: int
    ) -> Page:
        """Sweep contracts for a page, at most ``SWEPT_AT_ONCE``: it may have fewer lines than asked for and still
        continue.
        """
        if wanted.order:
            raise Refusal("ORDER_TODAY_ONLY", "order")
        conditions = [condition(text, self._loader.day(question)) for text in wanted.where]
        position = self.projector.recorded()
        listed = self.contracts(replace(wanted, where=()), after, SWEPT_AT_ONCE + 1)
        lines, place = list[bytes](), None
        for following, contract in listed[:SWEPT_AT_ONCE]:
            if len(lines) == most:
                return Page(lines, place, position, True)
            found, place = self.line(contract, question), following
            if found is not None and _meets(values(found), conditions):
                lines.append(encode(found))
        return Page(lines, place if len(listed) > SWEPT_AT_ONCE else None, position, True)

    def lines(self, question: Question = TODAY, wanted: PortfolioQuery = ALL) -> list[dict[str, Any]]:
        """Every line of :meth:`page`; the portfolio is brought up to date first, however long that takes."""
        self.projector.current(_HIGHEST)
        lines, after = list[dict[str, Any]](), None
        while True:
            page = self.page(wanted, after, LINES_AT_ONCE, question)
            lines += page.shown()
            if (after := page.following) is None:
                return lines

    def line(self, contract: str, question: Question = TODAY) -> dict[str, Any] | None:
        """A contract's line; None where nothing of it was known by ``known_at``."""
        try:
            basis = self._loader.load(contract, question)
        except Refusal as refused:
            if refused.code == "CONTRACT_UNKNOWN_THEN":
                return None
            raise
        with collector_paused():
            return row(basis).line

    def what_if(
        self, prefix: str, supposition: Supposition, contracts: Collection[str] | None = None, *,
        progress: Callable[[int], None] | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """Which contracts would change, of those whose number begins with ``prefix`` and that may be seen (None: all).

        ``{"swept", "changing", "changed": [{"contract", "count", "changes"}], "refused": [{"contract", "code"}]}``;
        ``progress`` hears the percent that is done. Records nothing.
        """
        wanted, after, found = PortfolioQuery(prefix=prefix, contracts=contracts), None, Changing()
        self.projector.current(_HIGHEST)
        total = max(1, self.count(wanted))
        while listed := self.contracts(wanted, after, LINES_AT_ONCE):
            for place, contract in listed:
                found.add(supposed(self._loader.load(contract), supposition, self._recorder.imagine))
                after = place
                if progress is not None:
                    progress(100 * found.swept // total)
        return found.shown()

    def count(self, wanted: PortfolioQuery) -> int:
        """How many contracts match, as they stand today. Refusals as for :meth:`page`."""
        self._loader.check()
        return len(self._found(wanted, partial(find, after=None, most=_HIGHEST))[0])

    def feeds(self, contracts: Collection[str] | None) -> Feeds:
        """The deadlines of the contracts that may be seen, as they stand today.

        Refusal PORTFOLIO_BUILDING, and that of a contract that cannot be read.
        """
        self._loader.check()
        generation, current = self._served()
        self._refuse_unread(generation, PortfolioQuery(contracts=contracts))
        kept = feeds(self.projector.kept, generation.number, contracts)
        return Feeds(((contract, loads(feed)) for contract, feed in kept), generation.position, current)

    def contracts(
        self, wanted: PortfolioQuery, after: PortfolioPlace | None, most: int
    ) -> list[tuple[PortfolioPlace, str]]:
        """The numbers alone, each with its place. Refusals as for :meth:`page`."""
        found = self._found(wanted, partial(find, after=after, most=most))[0]
        return [(PortfolioPlace(one.value, one.place), one.contract) for one in found]

    def _found(
        self, wanted: PortfolioQuery, search: Callable[[Store, int, Sought], list[Found]]
    ) -> tuple[list[Found], Generation, bool]:
        """What ``search`` finds, in a generation that was served throughout, and whether that is current."""
        sought = self.sought(wanted)
        while True:
            generation, current = self._served()
            self._refuse_unread(generation, wanted)
            found = search(self.projector.kept, generation.number, sought)
            serving = self.projector.serving()
            if serving is not None and serving.number == generation.number:
                return found, generation, current

    def _refuse_unread(self, generation: Generation, wanted: PortfolioQuery) -> None:
        """Raise the refusal of a contract that cannot be read, rather than leaving it out silently."""
        unread = Sought((Condition(UNREAD, 1, 1),), wanted.prefix, contracts=wanted.contracts)
        for one in find(self.projector.kept, generation.number, unread, None, 1, lines=False):
            self.projector.read(one.contract)

    def _served(self) -> tuple[Generation, bool]:
        current = self.projector.current(AT_ONCE)
        generation = self.projector.serving()
        if generation is None:
            raise Refusal("PORTFOLIO_BUILDING")
        return generation, current

    def sought(self, wanted: PortfolioQuery) -> Sought:
        """The query in the numbers by which rows are found."""
        today = self._loader.day()
        conditions = tuple(condition(text, today) for text in wanted.where)
        name, down = wanted.order.removeprefix("-"), wanted.order.startswith("-")
        if wanted.order and kinds().get(name, "word") == "word":
            raise Refusal("ORDER_UNKNOWN", "order", order=quoted(name), near=nearest(name, kinds()))
        if not wanted.order:
            ordering = (one.name for one in conditions if kinds().get(one.name) in ("sum", "count", "day"))
            name = next(ordering, "")
            down = kinds().get(name) in ("sum", "count")
        direction: Order = "down" if down else "up"
        return Sought(conditions, wanted.prefix, wanted.contains, name or None, direction, wanted.contracts)


def _meets(held: Mapping[str, int], conditions: Sequence[Condition]) -> bool:
    return all(one.name in held and one.least <= held[one.name] <= one.most for one in conditions)


def condition(text: str, today: date) -> Condition:
    """A condition in words as numbers. Refusal WHERE_UNKNOWN for a name no line has, WHERE_VALUE for no such value."""
    matched = _CONDITION.fullmatch(text)
    name, sign, value = matched.groups() if matched is not None else (text, None, None)
    kind = kinds().get(name)
    if kind is None:
        raise Refusal("WHERE_UNKNOWN", "where", name=quoted(name), known=", ".join(kinds()))
    if sign is None and kind == "flag":
        sign, value = "=", "true"
    if kind in ("flag", "word"):
        if sign != "=" or value is None or (kind == "flag" and value != "true"):
            raise _unusable(kind, name, value or "")
        return Condition(name if kind == "flag" else f"{name}={value}", 1, 1)
    number = _number(kind, name, value or "", today)
    least, most = {
        ">=": (number, _HIGHEST), "<=": (_LOWEST, number), ">": (number + 1, _HIGHEST), "<": (_LOWEST, number - 1),
    }.get(sign or "", (number, number))  # fmt: skip
    return Condition(name, least, most)


def _number(kind: Kind, name: str, value: str, today: date) -> int:
    try:
        if kind == "day" and re.fullmatch("[0-9]{1,4}d", value):
            return today.toordinal() + int(value[:-1])
        if kind == "count" and not re.fullmatch("-?[0-9]{1,12}", value):
            raise ValueError(value)
        if kind == "day" and not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError(value)
        return as_number(kind, value)
    except ValueError:
        raise _unusable(kind, name, value) from None


def _unusable(kind: Kind, name: str, value: str) -> Refusal:
    zh, en = CATALOGUE[f"where.{kind}"]
    return Refusal("WHERE_VALUE", "where", name=name, value=quoted(value), wanted=en, wanted_zh=zh)
