"""What was said of record so far, by thing, while facts are weighed in order of recording (SPEC 2.4)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from ledger.domain.declare import NamedTuple, dataclass, field
from ledger.domain.fact import OTHER_PARTY, SAID, TYPES, Fact, FactType, Saying, chronological
from ledger.domain.facts.dispute import DISPUTE
from ledger.domain.hearing import NOTHING_HEARD, Heard
from ledger.domain.history import introduced, subject_of
from ledger.domain.template import TEMPLATES, template_of_facts

CHANGES_ANOTHERS_WORD: Final = "changes-anothers-word"
SPEAKS_FOR_BOTH: Final = "speaks-for-both"
TAKES_BACK: Final = "takes-back"
DISPUTED: Final = "contested"

KERNEL: Final = "ledger.domain.facts."  # the package of the types that every agreement may have

When = tuple[int, int]  # (at, seq)
_NEVER = -(2**63)


class Plan(NamedTuple):
    """How facts of a type are weighed.

    As long as nobody contests one: ``idle``: not at all; ``quiet``: it is no claim, but what it says is noted;
    ``late``: it may be a claim only after the other party declared an end of the contract.
    """

    things: Callable[[Any], Iterable[Hashable]] | None
    restates: bool
    favours: tuple[str, ...]
    binds: bool
    confirmed: bool
    done: bool
    performs: bool
    relied_on: bool
    ends: bool
    introduces: bool
    core: Callable[[Any], Any] | None
    idle: bool
    quiet: bool
    late: bool


class WeighingTypes(NamedTuple):
    """How the facts of a contract are weighed: by type, and the kinds of identifiers by which a claim's subject is
    named: disputes, and those whose facts others restate.
    """

    plans: Mapping[str, Plan]
    named: frozenset[str]


def weighing_of(facts: Sequence[Fact]) -> WeighingTypes:
    """How a contract's facts are weighed, the first of which registers it; of no facts as in any agreement."""
    return _weighing(template_of_facts(facts).slug if facts else "")


@cache
def _weighing(slug: str) -> WeighingTypes:
    """By the types of the agreement and of the kernel alone: another's may name their identifiers alike."""
    own = TEMPLATES[slug].own if slug else ()
    types = {name: row for name, row in TYPES.items() if name in own or row.cls.__module__.startswith(KERNEL)}
    restated = frozenset({
        row.subject[0] for row in types.values() if row.saying.restates and row.subject is not None
    })  # fmt: skip
    return WeighingTypes({name: _plan(row, restated) for name, row in types.items()}, restated | {DISPUTE})


def _plan(row: FactType, restated: frozenset[str]) -> Plan:
    saying = row.saying
    confirmed = "confirmed_by" in row.cls.__annotations__
    introduces = row.introduces is not None and row.introduces[0] in restated
    looked_at = saying._replace(done=False), confirmed, introduces
    late = saying == Saying(done=saying.done, performs=True) and not confirmed and not introduces
    return Plan(saying.things, saying.restates, saying.favours, saying.binds,
                confirmed, saying.done, saying.performs, saying.relied_on, saying.ends, introduces, saying.core,
                idle=looked_at == (SAID, False, False), quiet=is_quiet(row), late=late)  # fmt: skip


def is_quiet(row: FactType) -> bool:
    """Whether a fact of the type is no claim, whatever was said before it, as long as nobody contests it."""
    saying, confirmed = row.saying, "confirmed_by" in row.cls.__annotations__
    return not (saying.things or saying.restates or saying.favours or confirmed or saying.performs)


@dataclass(slots=True)
class _Own:
    """One role's statements on a thing: the ``first`` by (at, seq), those still ``free``, the first it is ``held`` to.

    A role is held to a statement once the other party relied on it; ``acked`` are those it acknowledged, each with the
    number of the acknowledgement.
    """

    first: When
    free: list[When] = field(default_factory=list)
    held: When | None = None
    acked: list[tuple[int, When]] = field(default_factory=list)

    def add(self, when: When, acknowledged: int | None) -> None:
        self.first = min(self.first, when)
        self.free.append(when)
        if acknowledged is not None:
            self.acked.append((acknowledged, when))

    def bars(self, when: When, relied: int) -> bool:
        """Whether a statement made ``when`` would replace one the role is held to; ``relied`` is when the other party
        last relied.
        """
        if self.free and self.free[0][1] < relied:
            fixed = [one for one in self.free if one[1] < relied]
            self.free = self.free[len(fixed) :]  # they came in order of seq
            self.held = min([*fixed, *([self.held] if self.held else [])])
        if self.held is not None and self.held < when:
            return True
        return any(acknowledged < when[1] and one < when for acknowledged, one in self.acked)


class Statements:
    """What the facts taken so far, in order of seq, said, and on which things a role's word is of record."""

    def __init__(self, plans: Mapping[str, Plan]) -> None:
        self._plans = plans
        self._of_record: dict[Hashable, set[str]] = {}  # by thing, the roles
        self._said: dict[Hashable, dict[str, _Own]] = {}  # by thing and role
        self._brought: dict[tuple[str, str], tuple[Fact, int | None]] = {}  # what is restated, since when acknowledged
        self._relied: dict[str, int] = {}  # by role, the last of its acts that relied on what was said
        self._ended: dict[str, int] = {}  # by role, the latest moment at which it declared the contract ended

    def next(self, fact: Fact) -> str | None:
        """Take in a fact that no act concerns and that acts on no other; why it is a claim, None where it is none."""
        plan = self._plans[fact.type]
        if plan.idle or (plan.late and not self.ended):
            return None
        weighed = plan.quiet or fact.speaker not in OTHER_PARTY
        why = None if weighed else self.why_claim(fact, plan, NOTHING_HEARD)
        self.take(fact, plan, None, of_record=why is None)
        return why

    def take(self, fact: Fact, plan: Plan, heard: Heard | None, *, of_record: bool) -> None:
        """Take in a fact, which is of record or a claim."""
        role, when = fact.speaker, chronological(fact)
        acknowledged = None if heard is None else heard.acked.get(OTHER_PARTY.get(role, ""))
        for thing in plan.things(fact.what) if plan.things is not None else ():
            own = self._said.setdefault(thing, {}).setdefault(role, _Own(when))
            own.add(when, acknowledged)
            if of_record:
                self._of_record.setdefault(thing, set()).add(role)
        if plan.introduces and (named := introduced(fact)) is not None:
            self._brought.setdefault(named, (fact, acknowledged))
        if plan.relied_on:
            self._relied[role] = fact.seq
        if plan.ends:
            self._ended[role] = max(fact.at, self._ended.get(role, _NEVER))

    def why_claim(self, fact: Fact, plan: Plan, heard: Heard) -> str | None:
        """Why a party's fact is a claim after what was said before it."""
        speaker, other = fact.speaker, OTHER_PARTY[fact.speaker]
        disputed = bool(heard.contests) and heard.disputes(fact, other, fact.actor)
        if speaker in plan.favours or self._by_others(fact, plan):
            return CHANGES_ANOTHERS_WORD
        if plan.confirmed and (not fact.documents or disputed):
            return SPEAKS_FOR_BOTH
        anew, held = self._of_its_own(fact, plan, other)
        late = plan.performs and fact.actor == speaker and self._ended_after(fact, other)
        if held or (late and not fact.documents) or (disputed and (anew or late)):
            return TAKES_BACK
        done = plan.done and fact.actor == speaker
        return DISPUTED if disputed and not done and fact.seq != 1 else None

    def _by_others(self, fact: Fact, plan: Plan) -> bool:
        """Whether another role reported what this assesses, or stated, of record, a thing that this states too."""
        role, reported = fact.speaker, self._restated(fact, plan)
        if reported is not None and reported[0].speaker != role:
            return True
        if plan.things is None:
            return False
        return any(self._of_record.get(thing, set()) - {role} for thing in plan.things(fact.what))

    def _of_its_own(self, fact: Fact, plan: Plan, other: str) -> tuple[bool, bool]:
        """Whether it restates what its role said before and is held to by what the other party did."""
        relied, reported, when = self._relied.get(other, 0), self._restated(fact, plan), chronological(fact)
        anew = held = False
        if reported is not None and reported[0].speaker == fact.speaker:
            first, acknowledged = reported
            anew, held = True, first.seq < relied or (acknowledged is not None and acknowledged < fact.seq)
        for thing in plan.things(fact.what) if plan.things is not None else ():
            own = self._said.get(thing, {}).get(fact.speaker)
            if own is not None:
                anew = anew or own.first < when
                held = held or own.bars(when, relied)
        return anew, held

    def _restated(self, fact: Fact, plan: Plan) -> tuple[Fact, int | None] | None:
        named = subject_of(fact) if plan.restates else None
        return None if named is None else self._brought.get(named)

    @property
    def ended(self) -> bool:
        """Whether somebody declared an end of the contract."""
        return bool(self._ended)

    def _ended_after(self, fact: Fact, other: str) -> bool:
        """Whether the other party declared, before this was recorded, an end that lies after it."""
        return self._ended.get(other, _NEVER) > fact.at
