"""What falls due, and the last days of rights: what a calendar shows (SPEC 6), out of one sweep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ledger.domain.clause import FeedEntry
from ledger.domain.machine import ONE_DAY, Machine


def deadlines(m: Machine, day: date) -> list[FeedEntry]:
    """What is open at the end of ``day``: obligations, and the days that clauses put into the feed; by day.

    What is one role's business alone says whose (``for_role``): until when a claim can be pressed is its creditor's.
    """
    found = list(_of_obligations(m, day))
    for clause in m.template.clauses:
        if clause.feed is not None:
            found += clause.feed(m, day)
    return sorted(found, key=lambda one: (one.day, one.uid))


def _of_obligations(m: Machine, day: date) -> Iterator[FeedEntry]:
    for duty in m.duties.values():
        state = duty.state(day)
        if duty.due is not None and state in ("pending", "overdue"):
            due, overdue = duty.due.due, state == "overdue"
            yield FeedEntry(
                duty.id, due, state if overdue else "due", duty.id, duty.clause, duty.obligor, duty.due.provisional,
                f"obligations.{duty.id}", due + ONE_DAY if overdue else None,
            )  # fmt: skip
