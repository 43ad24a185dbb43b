"""What falls due, and the last days of rights: what a calendar shows (SPEC 6), out of one sweep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import rule as annex_1_grades
from ledger.agreements.beijing_government_cloud_2025.article_10_termination import rule as art_10_termination
from ledger.agreements.beijing_government_cloud_2025.article_13_term import rule as art_13_term
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.domain.machine import ONE_DAY, Machine, Obligation
from ledger.projections.termination import last_day

What = Literal["due", "overdue", "term-ends", "right-ends"]


class Deadline(NamedTuple):
    """A day that somebody has to know of.

    ``uid`` belongs to the obligation or the ground for ever, whatever is recorded before or after it; ``subject`` is
    the obligation's id, or the incident or notice that made the ground. ``changed_on`` is the day since when it is
    what it is by the mere passing of time, if it is so.
    """

    uid: str
    day: date
    what: What
    subject: str
    clause: str
    obligor: str | None
    provisional: bool
    path: str
    changed_on: date | None = None


def deadlines(m: Machine, day: date) -> list[Deadline]:
    """The deadlines that are open at the end of ``day``, by their day."""
    found = [*_of_obligations(m, day), *_of_the_term(m, day), *_of_rights(m, day)]
    return sorted(found, key=lambda one: (one.day, one.uid))


def _of_obligations(m: Machine, day: date) -> Iterator[Deadline]:
    for duty in m.duties.values():
        state = duty.state(day)
        if duty.due is not None and state in ("pending", "overdue"):
            yield _of(duty, overdue=state == "overdue")


def _of(duty: Obligation, *, overdue: bool) -> Deadline:
    assert duty.due is not None
    due = duty.due.due
    return Deadline(
        duty.id, due, "overdue" if overdue else "due", duty.id, duty.clause, duty.obligor, duty.due.provisional,
        f"obligations.{duty.id}", due + ONE_DAY if overdue else None,
    )  # fmt: skip


def _of_the_term(m: Machine, day: date) -> Iterator[Deadline]:
    ends_on = m[Life].ends_on
    if ends_on is not None and art_13_term.phase(m, day) == "in_service":
        yield Deadline("term-end", ends_on, "term-ends", "", "13.1", None, False, "term.ends_on")


def _of_rights(m: Machine, day: date) -> Iterator[Deadline]:
    for ground in art_10_termination.grounds(m, day, annex_1_grades.graded_groups):
        last = last_day(m, ground)
        if last is not None:
            uid = f"lapse-{ground.clause}-{ground.maker}"
            yield Deadline(uid, last, "right-ends", ground.maker, ground.clause, None, False, "termination.allowed")
