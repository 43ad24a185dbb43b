"""Whether either party may terminate, on which grounds, and what became of notices (SPEC 9.7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_08_termination.grounds import grounds, state_of
from ledger.agreements.it_operations_maintenance.article_08_termination.state import (
    RightGround,
    RightState,
    TerminationNotices,
)
from ledger.domain.clause import FeedEntry
from ledger.domain.declare import TypedDict
from ledger.domain.law.termination import lapses_on
from ledger.domain.machine import Machine
from ledger.domain.moments import shown_day
from ledger.domain.section import Day, FactId, Role

RightStands = Literal["none", "open", "declared", "exercised", "gone"]


class RightJson(TypedDict):
    """The state of a party's right to terminate; ``allowed`` where one of its grounds is open."""

    allowed: bool
    state: RightStands


class RightGroundJson(TypedDict):
    """A ground of a party; ``last_day`` is that of an open one: of its lapse, or of the contract."""

    clause: str
    party: Role
    maker: str
    arose_on: Day
    lapses_on: Day
    last_day: Day | None
    state: RightState
    because: list[FactId]


class TerminationNoticeJson(TypedDict):
    """A notice: when it arrived, and from when it has effect; null where it has none."""

    fact: FactId
    by: Role
    on: Day
    served_on: Day | None
    effective_on: Day | None


class EitherTerminationJson(TypedDict):
    """Either party's right to terminate, grounds and notices."""

    party_a: RightJson
    party_b: RightJson
    grounds: list[RightGroundJson]
    declared: list[TerminationNoticeJson]


def termination(m: Machine, day: date) -> EitherTerminationJson:
    listed = [(one, state_of(m, one, day)) for one in grounds(m, day)]
    return {
        "party_a": _right(m, "party_a", listed, day),
        "party_b": _right(m, "party_b", listed, day),
        "grounds": [_ground(m, one, state) for one, state in listed],
        "declared": [
            {
                "fact": one.fact.id, "by": one.fact.actor, "on": one.fact.day.isoformat(),
                "served_on": shown_day(one.arrived_on), "effective_on": shown_day(one.effective_on),
            }
            for one in m[TerminationNotices].given
        ],
    }  # fmt: skip


def _right(m: Machine, party: str, listed: Sequence[tuple[RightGround, RightState]], day: date) -> RightJson:
    states = {state for one, state in listed if one.party == party}
    return {"allowed": "open" in states, "state": _stands(m, party, states, day)}


def _stands(m: Machine, party: str, states: set[RightState], day: date) -> RightStands:
    notices = m[TerminationNotices]
    if "exercised" in states:
        return "exercised"
    mine = [one for one in notices.given if one.fact.actor == party]
    waiting = [one for one in mine if one.arrived is None or (one.effective_on is not None and day < one.effective_on)]
    if waiting and not m[ServiceLife].over_on(day):
        return "declared"
    if "open" in states:
        return "open"
    return "gone" if states else "none"


def _ground(m: Machine, one: RightGround, state: RightState) -> RightGroundJson:
    return {
        "clause": one.clause, "party": one.party, "maker": one.maker, "arose_on": one.arose_on.isoformat(),
        "lapses_on": lapses_on([one.arose_on]).isoformat(), "last_day": shown_day(last_day(m, one, state)),
        "state": state, "because": one.because,
    }  # fmt: skip


def last_day(m: Machine, one: RightGround, state: RightState) -> date | None:
    """The last day on which an open ground can be used."""
    if state != "open":
        return None
    last, lapse = m[ServiceLife].last_day, lapses_on([one.arose_on])
    return lapse if last is None else min(lapse, last)


def open_on(m: Machine, day: date, party: str) -> list[RightGround]:
    """The grounds of a party open on ``day``, a past one, if the contract were not over: by what is known now."""
    return [
        one for one in grounds(m, m.day)
        if one.party == party and one.arose_on <= day <= lapses_on([one.arose_on])
        and (one.cured_on is None or one.cured_on > day)
    ]  # fmt: skip


def feed(m: Machine, day: date) -> Iterator[FeedEntry]:
    """The last days of open rights; each concerns the party whose right it is."""
    for one in grounds(m, day):
        last = last_day(m, one, state_of(m, one, day))
        if last is not None:
            yield FeedEntry(
                f"right-{one.clause}-{one.maker}", last, "right-ends", one.maker, one.clause, None, False,
                f"termination.{one.party}.allowed", for_role=one.party, because=one.because,
            )  # fmt: skip
