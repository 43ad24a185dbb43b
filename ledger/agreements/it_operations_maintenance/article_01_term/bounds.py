"""What set the first and the last day of the service period: facts, and terms as they are now."""

from __future__ import annotations

from datetime import date

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.domain.because import Used
from ledger.domain.declare import NamedTuple
from ledger.domain.fact import Fact
from ledger.domain.machine import Machine


class Bound(NamedTuple):
    """What set a day of the service period; terms of which it is the latest that counts."""

    facts: tuple[Fact, ...] = ()
    terms: tuple[Used, ...] = ()


def first_day(m: Machine) -> Bound:
    """The terms, or the acceptance that starts the service period."""
    began = m[ServiceLife].began_by
    if began is None:
        return Bound((), ((date.max, "term.from"),))
    return Bound((began,), ((date.max, "term.accepted"),))


def last_day(m: Machine) -> Bound:
    """What ended the contract early; else the terms, or the acceptance from which their months run."""
    life = m[ServiceLife]
    if life.terminated_on is not None:
        return Bound(tuple(m.fact(id_) for id_ in life.terminated_by))
    if life.began_by is None:
        return Bound((), ((date.max, "term.to"),))
    return Bound((life.began_by,), ((date.max, "term.accepted"), (date.max, "term.months")))
