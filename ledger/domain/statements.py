"""What was said of record so far, thing by thing, while facts are weighed in order of recording (SPEC 2.4)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.fact import OTHER_PARTY, SAID, TYPES, Fact, chronological
from ledger.domain.history import introduced, subject_of

if TYPE_CHECKING:
    from ledger.domain.standing import Heard

When = tuple[int, int]  # (at, seq)
_NEVER = -(2**63)


class Plan(NamedTuple):
    """What is to be looked at in facts of a type; ``idle``: nothing, unless somebody contests one."""

    things: Callable[[Any], Iterable[Hashable]] | None
    against: Callable[[Any], Iterable[Hashable]] | None
    restates: bool
    favours: tuple[str, ...]
    confirmed: bool
    done: bool
    performs: bool
    relied_on: bool
    ends: bool
    introduces: bool
    idle: bool


@cache
def plan_of(type: str) -> Plan:
    """The plan of a type, by its declaration."""
    row = TYPES[type]
    saying = row.saying
    confirmed = "confirmed_by" in row.cls.__annotations__
    introduces = row.introduces is not None and row.introduces[0] in _restated()
    looked_at = saying._replace(done=False), confirmed, introduces
    return Plan(saying.things, saying.against or saying.things, saying.restates, saying.favours, confirmed, saying.done,
                saying.performs, saying.relied_on, saying.ends, introduces,
                idle=looked_at == (SAID, False, False))  # fmt: skip


def _restated() -> set[str]:
    """The kinds of identifiers whose facts others restate."""
    return {row.subject[0] for row in TYPES.values() if row.saying.restates and row.subject is not None}


@dataclass(slots=True)
class _Own:
    """One role's statements on a thing: those still ``free``, and since when (at, seq) it is ``held`` to one.

    A statement is held to once the other party relied on it; ``acked`` are those it acknowledged, with the number of
    the acknowledgement.
    """

    free: list[When] = field(default_factory=list)
    held: When | None = None
    acked: list[tuple[int, When]] = field(default_factory=list)

    def add(self, when: When, acknowledged: int | None) -> None:
        self.free.append(when)
        if acknowledged is not None:
            self.acked.append((acknowledged, when))

    def bars(self, when: When, relied: int) -> bool:
        """Does what is said ``when`` replace what the role is held to? The other party last relied by ``relied``."""
        if self.free and self.free[0][1] < relied:
            fixed = [one for one in self.free if one[1] < relied]
            self.free = self.free[len(fixed) :]  # they came in order of seq
            self.held = min([*fixed, *([self.held] if self.held else [])])
        if self.held is not None and self.held < when:
            return True
        return any(acknowledged < when[1] and one < when for acknowledged, one in self.acked)


class Statements:
    """What counts of record of the facts taken so far, in order of seq."""

    def __init__(self) -> None:
        self._said: dict[Hashable, dict[str, _Own]] = {}  # by thing and role
        self._brought: dict[tuple[str, str], tuple[Fact, int | None]] = {}  # what is restated, since when acknowledged
        self._relied: dict[str, int] = {}  # by role, the last of its acts that relied on what was said
        self._ended: dict[str, int] = {}  # by role, the latest moment at which it declared the contract ended

    def take(self, fact: Fact, plan: Plan, heard: Heard | None) -> None:
        """A fact that is of record."""
        role = fact.speaker
        acknowledged = None if heard is None else heard.acked.get(OTHER_PARTY.get(role, ""))
        if plan.things is not None:
            for thing in plan.things(fact.what):
                self._said.setdefault(thing, {}).setdefault(role, _Own()).add(chronological(fact), acknowledged)
        if plan.introduces:
            self._brought.setdefault(introduced(fact) or ("", ""), (fact, acknowledged))
        self._rely(fact, plan)

    def take_claim(self, fact: Fact, plan: Plan) -> None:
        """A fact that is a claim: it is said all the same."""
        if plan.introduces:
            self._brought.setdefault(introduced(fact) or ("", ""), (fact, None))
        self._rely(fact, plan)

    def _rely(self, fact: Fact, plan: Plan) -> None:
        if plan.relied_on:
            self._relied[fact.speaker] = fact.seq
        if plan.ends:
            self._ended[fact.speaker] = max(fact.at, self._ended.get(fact.speaker, _NEVER))

    def by_others(self, fact: Fact, plan: Plan) -> bool:
        """Did another role report what this assesses, or state, of record, a thing that this states too?"""
        role = fact.speaker
        if plan.restates:
            reported = self._brought.get(subject_of(fact) or ("", ""))
            if reported is not None and reported[0].speaker != role:
                return True
        if plan.things is None or plan.favours:
            return False
        return any(by != role for thing in plan.things(fact.what) for by in self._said.get(thing, ()))

    def held_to(self, fact: Fact, plan: Plan, other: str) -> bool:
        """Does this replace what its role said before and is held to?"""
        relied = self._relied.get(other, 0)
        if plan.restates:
            reported = self._brought.get(subject_of(fact) or ("", ""))
            if reported is not None and reported[0].speaker == fact.speaker:
                first, acknowledged = reported
                if first.seq < relied or (acknowledged is not None and acknowledged < fact.seq):
                    return True
        if plan.against is None:
            return False
        when = chronological(fact)
        own = (self._said.get(thing, {}).get(fact.speaker) for thing in plan.against(fact.what))
        return any(one is not None and one.bars(when, relied) for one in own)

    def ended_after(self, fact: Fact, other: str) -> bool:
        """Did the other party declare, before this was recorded, an end that lies after it?"""
        return self._ended.get(other, _NEVER) > fact.at
