"""Due days and the last days of rights, as a calendar shows them (SPEC 6), from one sweep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from ledger.domain.clause import FeedEntry
from ledger.domain.declare import NamedTuple
from ledger.domain.machine import ONE_DAY, Machine

if TYPE_CHECKING:
    from ledger.projections.portfolio import PortfolioRow


class Deadlines(NamedTuple):
    """The open deadlines of a contract; ``changed_at`` (µs) is when something they rest on was last recorded."""

    contract: str
    title: str
    changed_at: int
    deadlines: tuple[FeedEntry, ...]


class DeadlinesOfAll(NamedTuple):
    """The deadlines of one contract after the other; the rest as of :class:`ledger.portfolio.Page`."""

    found: Iterator[Deadlines]
    position: int
    current: bool


def deadlines(m: Machine, day: date) -> list[FeedEntry]:
    """The open deadlines at the end of ``day``: obligations, and the days that clauses put into the feed; by day.

    One that concerns a single role says which (``for_role``): the last day to pursue a claim concerns its creditor.
    """
    found = list(_of_obligations(m, day))
    for clause in m.template.clauses:
        if clause.feed is not None:
            found += clause.feed(m, day)
    return sorted(found, key=lambda one: (one.day, one.uid))


def feed_of(row: PortfolioRow) -> dict[str, Any]:
    """The deadlines of a row as JSON, for :func:`deadlines_in`."""
    entries = [
        {name: value.isoformat() if isinstance(value, date) else value for name, value in one._asdict().items()
         if value is not None and name != "because"}
        for one in row.deadlines
    ]  # fmt: skip
    return {"title": row.title, "recorded_at": row.recorded_at, "deadlines": entries}


def deadlines_in(feed: Mapping[str, Any]) -> tuple[FeedEntry, ...]:
    """The deadlines of a row, from its JSON."""
    return tuple(FeedEntry(**_WITHOUT | one | {
        name: date.fromisoformat(one[name]) for name in ("day", "changed_on") if name in one
    }) for one in feed["deadlines"])  # fmt: skip


_WITHOUT = {"obligor": None}


def _of_obligations(m: Machine, day: date) -> Iterator[FeedEntry]:
    for duty in m.duties.values():
        state = duty.state(day)
        if duty.due is not None and state in ("pending", "overdue"):
            due, overdue = duty.due.due, state == "overdue"
            yield FeedEntry(
                duty.id, due, state if overdue else "due", duty.id, duty.clause, duty.obligor, duty.due.provisional,
                f"obligations.{duty.id}", due + ONE_DAY if overdue else None,
                because=duty.raised_by,
            )  # fmt: skip
