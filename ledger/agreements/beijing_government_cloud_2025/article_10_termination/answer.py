"""May party A terminate, on which grounds, and how far off is the next? (SPEC 4.5)"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, TypeAlias

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import grouping as annex_1_grades
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.answer import b_count
from ledger.agreements.beijing_government_cloud_2025.article_10_termination import grounds as art_10_termination
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.state import (
    Arisen,
    Declaration,
    Ground,
    Grounds,
    State,
)
from ledger.agreements.beijing_government_cloud_2025.article_11_exit import rule as art_11_exit
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life, ruled
from ledger.agreements.beijing_government_cloud_2025.terms import TERMS
from ledger.domain.clause import FeedEntry
from ledger.domain.declare import TypedDict
from ledger.domain.machine import ONE_DAY, Machine
from ledger.domain.moments import shown_day
from ledger.domain.section import Day, FactId


class GroundJson(TypedDict):
    """A ground: days as ``YYYY-MM-DD``; ``state`` open, lapsed, exercised, moot or unsupported."""

    clause: str
    arose_on: Day
    lapses_on: Day | None
    last_day: Day | None
    state: State
    because: list[FactId]


class DeclarationJson(TypedDict):
    """A declaration; ``served_on`` is the day it reached party B, null until it has."""

    fact: FactId
    on: Day
    served_on: Day | None


class HeadroomJson(TypedDict):
    """Null where the terms open no right under 10.2."""

    b_incidents: int | None


Stands: TypeAlias = Literal["none", "open", "declared", "exercised", "gone"]


class TerminationJson(TypedDict):
    """``allowed`` where a ground is open; ``state`` is the state of the right under article 10.

    It is ``exercised``, ``declared`` (not served yet), ``open``, ``gone`` (lapsed, moot or unsupported only) or
    ``none``, the first that applies; ``declared`` lists every declaration. ``headroom`` is the number of B incidents
    missing to 10.2.
    """

    allowed: bool
    state: Stands
    grounds: list[GroundJson]
    declared: list[DeclarationJson]
    headroom: HeadroomJson


def termination(m: Machine, day: date) -> TerminationJson:
    arisen = art_10_termination.grounds(m, day, annex_1_grades.grouped)
    ends = contract_last_day(m)
    if ends != arisen.ends_on:
        arisen.ends_on = ends
        for ground in arisen.unsettled.values():
            arisen.grounds.move(ground)

    def record(ground: Ground) -> GroundJson:
        return {
            "clause": ground.clause,
            "arose_on": ground.arose_on.isoformat(),
            "lapses_on": shown_day(ground.lapses_on),
            "last_day": shown_day(_earlier(ground.lapses_on, ends) if ground.state == "open" else None),
            "state": ground.state,
            "because": ground.because,
        }

    allowed = any(ground.state == "open" for ground in arisen.unsettled.values())
    return {
        "allowed": allowed,
        "state": stands(m, arisen, allowed),
        "grounds": arisen.grounds.records(record),
        "declared": m[Grounds].declared.records(_declaration),
        "headroom": {"b_incidents": headroom_left(m, day)},
    }


def stands(m: Machine, arisen: Arisen, allowed: bool) -> Stands:
    """The state of the right to terminate under article 10."""
    if m[Grounds].exercised:
        return "exercised"
    if any(one.arrived is None for one in m[Grounds].declared):
        return "declared"
    if allowed:
        return "open"
    return "gone" if len(arisen.grounds) else "none"


def _declaration(one: Declaration) -> DeclarationJson:
    return {
        "fact": one.fact.id,
        "on": one.fact.day.isoformat(),
        "served_on": shown_day(one.arrived.day if one.arrived is not None else None),
    }


def headroom_left(m: Machine, day: date) -> int | None:
    """The number of B incidents missing to 10.2; None where the terms give no right under it."""
    terms = TERMS.on(m, day).termination
    return max(0, terms.b_incidents - b_count(m, day)) if terms is not None else None


def last_day(m: Machine, ground: Ground) -> date | None:
    """The last day on which an open ground can be used: the earlier of its lapse and the contract's last day.

    None where neither is known, and for a ground that is not open. Every view of the answer shows this day.
    """
    if ground.state != "open":
        return None
    return _earlier(ground.lapses_on, contract_last_day(m))


def _earlier(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def contract_last_day(m: Machine) -> date | None:
    """The last day of a running contract if nothing new happens: of its term, or before what is to end it."""
    said = ruled(m)
    fixed = said.terminated_on if said is not None else None
    proposed = (one.takes_effect_on for one in m[Life].proposals.values())
    to_come = [fixed] if fixed is not None else [*proposed, art_11_exit.takes_effect_on(m)]
    ends = [day - ONE_DAY for day in to_come if day is not None and day > m.day]
    return _earlier(m[Life].ends_on, *ends)


def feed(m: Machine, day: date) -> Iterator[FeedEntry]:
    """The last days of open rights."""
    for ground in art_10_termination.grounds(m, day, annex_1_grades.grouped).grounds:
        last = last_day(m, ground)
        if last is not None:
            uid = f"lapse-{ground.clause}-{ground.maker}"
            yield FeedEntry(
                uid, last, "right-ends", ground.maker, ground.clause, None, False, "termination.allowed",
                because=ground.because,
            )  # fmt: skip
